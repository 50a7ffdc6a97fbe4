/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trend --actions: whether the cause that an action was taken against came
 * back after it was done. An action is against the cases whose column (cause,
 * unless another is asked for) has the word of its issue.
 */
#include <math.h>
#include <stdlib.h>

#include "base/day.h"

#include "cmd/complaint/trend.h"

/* ---- the cases ---- */

struct opened {
	uint32_t *issue;	/* of each chosen case */
	int32_t *day;
	struct trend_days services;	/* empty without --services */
};

static struct opened find_opened(struct trend *t, struct group *issues,
				 size_t column)
{
	struct opened o = { .issue = NULL };
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

static int64_t days_in(struct day_range r)
{
	return r.last < r.first ? 0 : (int64_t)r.last - r.first + 1;
}

/* How many of the days are before that one. */
static size_t days_before(const struct trend_days *d, int32_t day)
{
	size_t low = 0, high = d->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (d->day[mid] < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static size_t services_in(const struct opened *o, struct day_range r)
{
	return r.last < r.first ? 0 :
				  days_before(&o->services, r.last + 1) -
					  days_before(&o->services, r.first);
}

/* ---- rows ---- */

/* One of the two windows of an action. */
struct window {
	uint64_t count;
	int64_t days;
	size_t services;
	int32_t first;		/* day of its first case, or DAY_NONE */
};

static struct window look_in(const struct trend *t, const struct opened *o,
			     uint32_t issue, struct day_range r)
{
	struct window w = { .days = days_in(r),
			    .services = services_in(o, r) };

	w.count = count_in(t, o, issue, r, &w.first);
	return w;
}

static struct casetrend_rate rate_of(const struct trend *t,
				     const struct window *w)
{
	return (struct casetrend_rate){
		w->count, t->services ? (double)w->services : (double)w->days
	};
}

static void put_window(struct output *out, const struct window *w)
{
	output_int(out, (int64_t)w->count);
	output_int(out, w->days);
}

static void put_per_100(struct output *out, const struct window *w)
{
	output_fixed4(out, w->services > 0 ? 100 * (double)w->count /
						     (double)w->services :
					     NAN);
}

static void put_services(const struct trend *t, const struct window *before,
			 const struct window *after, struct output *out)
{
	if (t->services) {
		output_int(out, (int64_t)before->services);
		output_int(out, (int64_t)after->services);
		put_per_100(out, before);
		put_per_100(out, after);
	} else {
		for (int k = 0; k < 4; k++)
			output_empty(out);
	}
	output_str(out, t->services ? "services" : "days");
}

static void put_done(struct trend *t, const struct opened *o,
		     const struct trend_action *a, struct output *out)
{
	struct casetrend_windows w =
		casetrend_windows((int32_t)(a->begun + DAY_NONE),
				  (int32_t)(a->done + DAY_NONE),
				  (int)t->window, t->last_day);
	struct window before, after;

	if (w.before.first < t->first_day)
		w.before.first = t->first_day;
	before = look_in(t, o, a->issue, w.before);
	after = look_in(t, o, a->issue, w.after);
	put_window(out, &before);
	put_window(out, &after);
	trend_put_change(out, t, rate_of(t, &after), rate_of(t, &before));
	output_day(out, after.first);
	output_str(out, after.first != DAY_NONE ? "yes" : "no");
	put_services(t, &before, &after, out);
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
		for (int k = 0; k < 14; k++)
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
		{ "before_services", COL_INT }, { "after_services", COL_INT },
		{ "before_per_100", COL_FIXED4 },
		{ "after_per_100", COL_FIXED4 },
		{ "against", COL_TEXT },
	};
	struct output *out = output_open(&t->common, columns,
					 NELEMS(columns));
	struct trend_actions all = trend_read_actions(t);
	struct opened o = find_opened(t, all.issues, t->column);
	uint32_t *order = group_sorted(all.by_id);

	if (t->services)
		o.services = trend_service_days(t);
	for (size_t i = 0; i < group_count(all.by_id); i++)
		put_action(t, &o, &all, order[i], out);
	free(order);
	free(o.issue);
	free(o.day);
	free(o.services.day);
	group_free(all.by_id);
	group_free(all.issues);
	return out;
}
