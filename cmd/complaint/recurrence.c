/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trend --actions: whether the cause that an action was taken against came
 * back after it was done. An action is against the cases whose column (cause,
 * unless another is asked for) has the word of its issue.
 */
#include <stdlib.h>

#include "base/day.h"

#include "cmd/complaint/trend.h"

/* What the register says of an action. Zero is DAY_NONE, less it. */
struct action {
	int64_t begun, done;	/* days, from DAY_NONE on; 0: not */
	int64_t issue_at;	/* when the issue was given, less INT64_MIN/2 */
	uint32_t issue;		/* number of the word */
};

struct actions {
	struct group *by_id, *issues;
};

enum { ID, AT, ENTRY, ISSUE, COLUMNS };

static int64_t day_in(struct trend *t, int64_t at)
{
	return (int64_t)instant_day(at, place_zone(t->src.place, at)) -
	       DAY_NONE;
}

/* The entries of an action may come in any order: earliest and latest. */
static void take_row(struct trend *t, struct actions *all,
		     const struct cell *c)
{
	size_t i = group_intern(all->by_id, c[ID].text);
	struct action *a = group_entry(all->by_id, i);
	int64_t day = day_in(t, c[AT].us), at = c[AT].us - INT64_MIN / 2;

	if (!a->begun || day < a->begun)
		a->begun = day;
	if (text_is(c[ENTRY].text, "done") && day > a->done)
		a->done = day;
	if (c[ISSUE].known && at >= a->issue_at) {
		a->issue_at = at;
		a->issue = (uint32_t)group_intern(
			all->issues, codes_of(t->src.cols.codes,
					      text_of(t->cause),
					      c[ISSUE].text));
	}
}

static struct actions read_actions(struct trend *t)
{
	static const struct input_column columns[COLUMNS] = {
		[ID] = { "action_id", COL_TEXT, INPUT_FILLED },
		[AT] = { "at", COL_INSTANT, INPUT_FILLED },
		[ENTRY] = { "entry", COL_TEXT, INPUT_REQUIRED },
		[ISSUE] = { "issue", COL_TEXT, INPUT_REQUIRED },
	};
	struct actions all = {
		.by_id = group_new(sizeof(struct action), 0, NULL, NULL),
		.issues = group_new(0, 0, NULL, NULL),
	};
	char *files[1] = { mem_strdup(t->actions) };
	struct common common;
	struct input *in;
	struct row row;

	group_intern(all.issues, TEXT(""));
	common_beside(&common);
	common.tz = t->common.tz;
	in = input_open(&common, schema_find(TEXT("actions")), columns,
			COLUMNS, files, 1);
	while (input_next(in, &row)) {
		if (day_in(t, row.cell[AT].us) + DAY_NONE > t->last_day)
			input_skip(in);
		else
			take_row(t, &all, row.cell);
	}
	input_close(in, 0);
	free(files[0]);
	return all;
}

/* ---- the cases ---- */

struct opened {
	uint32_t *issue;	/* of each chosen case */
	int32_t *day;
	int32_t first;
};

static struct opened find_opened(struct trend *t, struct group *issues,
				 size_t column)
{
	struct opened o = { .first = DAY_MAX };
	uint32_t *value;
	struct group *values = casegroups_values(&t->g, column, &value);

	o.issue = value;
	o.day = mem_alloc(t->g.n, sizeof(*o.day));
	for (size_t i = 0; i < t->g.n; i++) {
		struct casecols_case k = casecols_case(&t->src.cols,
						       t->g.at[i]);
		int32_t day = (int32_t)(day_in(t, k.k.opened_at) + DAY_NONE);

		o.issue[i] = (uint32_t)group_intern(
			issues, group_key(values, value[i]));
		o.day[i] = day;
		if (day < o.first)
			o.first = day;
	}
	group_free(values);
	return o;
}

static uint64_t count_in(const struct trend *t, const struct opened *o,
			 uint32_t issue, struct day_range r, int32_t *first)
{
	uint64_t n = 0;

	*first = DAY_NONE;
	for (size_t i = 0; i < t->g.n; i++) {
		if (o->issue[i] != issue || o->day[i] < r.first ||
		    o->day[i] > r.last)
			continue;
		if (n++ == 0 || o->day[i] < *first)
			*first = o->day[i];
	}
	return n;
}

static double days_in(struct day_range r)
{
	return r.last < r.first ? 0 : (double)r.last - r.first + 1;
}

/* ---- rows ---- */

static void put_rate(struct output *out, struct casetrend_rate r)
{
	output_int(out, (int64_t)r.count);
	output_int(out, (int64_t)r.of);
}

static void put_done(struct trend *t, const struct opened *o,
		     const struct action *a, struct output *out)
{
	struct casetrend_windows w =
		casetrend_windows((int32_t)(a->begun + DAY_NONE),
				  (int32_t)(a->done + DAY_NONE),
				  (int)t->window, t->last_day);
	struct casetrend_rate before, after;
	int32_t first, again;

	if (w.before.first < o->first)
		w.before.first = o->first;
	before.count = count_in(t, o, a->issue, w.before, &first);
	before.of = days_in(w.before);
	after.count = count_in(t, o, a->issue, w.after, &again);
	after.of = days_in(w.after);
	put_rate(out, before);
	put_rate(out, after);
	trend_put_change(out, t, after, before);
	output_day(out, again);
	output_str(out, again != DAY_NONE ? "yes" : "no");
}

static void put_action(struct trend *t, const struct opened *o,
		       const struct actions *all, size_t i,
		       struct output *out)
{
	const struct action *a = group_entry(all->by_id, i);

	output_text(out, group_key(all->by_id, i));
	output_text(out, group_key(all->issues, a->issue));
	output_day(out, (int32_t)(a->begun + DAY_NONE));
	output_day(out, a->done ? (int32_t)(a->done + DAY_NONE) : DAY_NONE);
	if (a->done && a->issue)
		put_done(t, o, a, out);
	else
		for (int k = 0; k < 9; k++)
			output_empty(out);
	output_end(out);
}

struct output *trend_recurrence(struct trend *t)
{
	static const struct output_column columns[] = {
		{ "action_id", COL_TEXT },  { "issue", COL_TEXT },
		{ "begun_on", COL_DAY },    { "done_on", COL_DAY },
		{ "before", COL_INT },	    { "before_days", COL_INT },
		{ "after", COL_INT },	    { "after_days", COL_INT },
		{ "change_pct", COL_FIXED4 }, { "p", COL_SHARE },
		{ "change", COL_TEXT },	    { "again_on", COL_DAY },
		{ "recurred", COL_TEXT },
	};
	struct output *out = output_open(&t->common, columns,
					 NELEMS(columns));
	struct actions all = read_actions(t);
	struct opened o = find_opened(t, all.issues, t->column);
	uint32_t *order = group_sorted(all.by_id);

	for (size_t i = 0; i < group_count(all.by_id); i++)
		put_action(t, &o, &all, order[i], out);
	free(order);
	free(o.issue);
	free(o.day);
	group_free(all.by_id);
	group_free(all.issues);
	return out;
}
