/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trend --actions: whether the cause that an action was taken against came
 * back after it was done. An action is against the cases whose column (cause,
 * unless another is asked for) has the word of its issue.
 */
#include <stdlib.h>

#include "base/day.h"

#include "cmd/complaint/trend.h"

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
		int32_t day = (int32_t)(trend_day(t, k.k.opened_at) + DAY_NONE);

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
		     const struct trend_action *a, struct output *out)
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
		       const struct trend_actions *all, size_t i,
		       struct output *out)
{
	const struct trend_action *a = group_entry(all->by_id, i);

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
	struct trend_actions all = trend_read_actions(t);
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
