/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each timer of the workflow: how often it was kept, and what was used. */
#include <stdlib.h>

#include "cmd/complaint/stats.h"

/* Of one timer, by group. */
struct timed {
	uint64_t *cases, *within, *late;
	struct durations used;
	struct duration *of;
};

static void add_case(const struct stats *s, struct timed *t, size_t timer,
		     size_t i)
{
	struct timers_status status = timers_status(s->src.timers, s->g.at[i],
						    timer,
						    s->src.asked.when);
	uint32_t g = s->g.group[i];

	if (status.state == TIMERS_UNUSED || status.limit == 0)
		return;
	t->cases[g]++;
	t->late[g] += status.late;
	if (status.state != TIMERS_STOPPED)
		return;
	t->within[g] += !status.late;
	durations_add(&t->used, g, status.used / INSTANT_MINUTE);
}

static struct timed make(const struct stats *s, size_t timer)
{
	size_t n = s->g.groups;
	struct timed t = {
		.cases = mem_zalloc(n, sizeof(*t.cases)),
		.within = mem_zalloc(n, sizeof(*t.within)),
		.late = mem_zalloc(n, sizeof(*t.late)),
	};

	for (size_t i = 0; i < s->g.n; i++)
		add_case(s, &t, timer, i);
	t.of = durations_finish(&t.used, n);
	durations_release(&t.used);
	return t;
}

static void release(struct timed *t)
{
	free(t->cases);
	free(t->within);
	free(t->late);
	free(t->of);
}

static void put_row(const struct stats *s, const struct timed *t, size_t timer,
		    size_t g, struct output *out)
{
	const struct workflow_timer *w = timers_timer(s->src.timers, timer);
	uint64_t decided = t->within[g] + t->late[g];

	by_put(&s->src.cols.by, g, out);
	output_text(out, w->name);
	output_str(out, w->working ? "working" : "wall");
	output_int(out, (int64_t)t->cases[g]);
	output_int(out, (int64_t)(t->cases[g] - decided));
	output_int(out, (int64_t)t->within[g]);
	output_int(out, (int64_t)t->late[g]);
	output_share(out, (money_wide)t->within[g], (money_wide)decided);
	stats_put_duration(out, &t->of[g]);
	output_day(out, s->src.asked.day);
	output_end(out);
}

struct output *stats_sla(struct stats *s)
{
	static const struct output_column columns[] = {
		{ "timer", COL_TEXT },	{ "clock", COL_TEXT },
		{ "cases", COL_INT },	{ "running", COL_INT },
		{ "within", COL_INT },	{ "late", COL_INT },
		{ "within_share", COL_SHARE },
		{ "n", COL_INT },	{ "mean", COL_REAL },
		{ "median", COL_INT },	{ "p90", COL_INT },
		{ "p95", COL_INT },	{ "max", COL_INT },
		{ "as_of", COL_DAY },
	};
	struct output *out = by_open(&s->src.cols.by, &s->common, columns,
				     NELEMS(columns));
	size_t timers = timers_count(s->src.timers);
	struct timed *t = mem_alloc(timers, sizeof(*t));

	for (size_t k = 0; k < timers; k++)
		t[k] = make(s, k);
	for (size_t i = 0; i < s->g.groups; i++)
		for (size_t k = 0; k < timers; k++)
			put_row(s, &t[k], k, s->g.order[i], out);
	for (size_t k = 0; k < timers; k++)
		release(&t[k]);
	free(t);
	return out;
}
