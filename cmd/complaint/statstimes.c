/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many cases, how long they took, where they waited. */
#include <stdlib.h>

#include "base/msg.h"

#include "cmd/complaint/stats.h"

enum { HANDLING, HANDLING_WORKING, RESPONSE, RESPONSE_WORKING, TIMES };

static const struct {
	const char *name, *definition;
} times[TIMES] = {
	[HANDLING] = { "handling", "from opening to the last closing" },
	[HANDLING_WORKING] = { "handling_working",
			       "of it within hours, open and not paused" },
	[RESPONSE] = { "response", NULL },
	[RESPONSE_WORKING] = { "response_working",
			       "of it within hours, open and not paused" },
};

static const char *definition(const struct stats *s, int time)
{
	if (time != RESPONSE)
		return times[time].definition;
	return s->response ?
		       "from opening to the first event of --response" :
		       "from opening to the first event that moves the case";
}

/* What is counted of a group. */
struct counts {
	uint64_t cases, closed, ended, reopened, within, late;
};

struct sums {
	struct durations time[TIMES];
	struct duration *of[TIMES];	/* by group */
	struct counts *counts;
};

static void add_minutes(struct durations *d, uint32_t group, int64_t us)
{
	durations_add(d, group, us / INSTANT_MINUTE);
}

static void count_case(struct counts *c, const struct casework_case *k,
		       bool closed)
{
	c->cases++;
	c->closed += closed;
	c->ended += closed || k->reopened > 0;
	c->reopened += k->reopened > 0;
	switch (casestats_verdict(k)) {
	case CASESTATS_WITHIN:
		c->within++;
		break;
	case CASESTATS_LATE:
		c->late++;
		break;
	case CASESTATS_UNKNOWN:
		break;
	}
}

static void add_case(const struct stats *s, struct sums *sums, size_t i)
{
	uint32_t group = s->g.group[i];
	struct casecols_case k = casecols_case(&s->src.cols, s->g.at[i]);
	struct casestats_response r = casestats_response(s->times, k.number);
	bool closed = k.k.closed_at != CASEWORK_NO_TIME;

	count_case(&sums->counts[group], &k.k, closed);
	if (closed) {
		add_minutes(&sums->time[HANDLING], group, k.k.elapsed);
		add_minutes(&sums->time[HANDLING_WORKING], group,
			    k.k.working);
	}
	if (r.given) {
		add_minutes(&sums->time[RESPONSE], group, r.elapsed);
		add_minutes(&sums->time[RESPONSE_WORKING], group, r.working);
	}
}

static struct sums sum_up(const struct stats *s)
{
	struct sums sums = { .counts = mem_zalloc(s->g.groups,
						  sizeof(*sums.counts)) };

	for (size_t i = 0; i < s->g.n; i++)
		add_case(s, &sums, i);
	for (int t = 0; t < TIMES; t++)
		sums.of[t] = durations_finish(&sums.time[t], s->g.groups);
	return sums;
}

static void release(struct sums *sums)
{
	for (int t = 0; t < TIMES; t++) {
		durations_release(&sums->time[t]);
		free(sums->of[t]);
	}
	free(sums->counts);
}

/* ---- a row a group ---- */

static void put_share(struct output *out, uint64_t part, uint64_t whole)
{
	output_share(out, (money_wide)part, (money_wide)whole);
}

static void put_minutes(struct output *out, const struct duration *d,
			int64_t minutes)
{
	if (d->n)
		output_int(out, minutes);
	else
		output_empty(out);
}

static void put_middle(struct output *out, const struct duration *d)
{
	put_minutes(out, d, d->median);
	put_minutes(out, d, d->p90);
}

static void put_counts(struct output *out, const struct counts *c)
{
	output_int(out, (int64_t)c->cases);
	output_int(out, (int64_t)(c->cases - c->closed));
	output_int(out, (int64_t)c->closed);
	output_int(out, (int64_t)c->reopened);
	put_share(out, c->reopened, c->ended);
	output_int(out, (int64_t)(c->within + c->late));
	output_int(out, (int64_t)c->within);
	put_share(out, c->within, c->within + c->late);
}

struct output *stats_summary(struct stats *s)
{
	static const struct output_column columns[] = {
		{ "cases", COL_INT },
		{ "open", COL_INT },
		{ "closed", COL_INT },
		{ "reopened", COL_INT },
		{ "reopened_share", COL_SHARE },
		{ "due_known", COL_INT },
		{ "within", COL_INT },
		{ "within_share", COL_SHARE },
		{ "handling_median", COL_INT },
		{ "handling_p90", COL_INT },
		{ "handling_working_median", COL_INT },
		{ "handling_working_p90", COL_INT },
		{ "responded", COL_INT },
		{ "response_median", COL_INT },
		{ "response_p90", COL_INT },
		{ "response_working_median", COL_INT },
		{ "response_working_p90", COL_INT },
		{ "as_of", COL_DAY },
	};
	const struct by *by = &s->src.cols.by;
	struct output *out = by_open(by, &s->common, columns, NELEMS(columns));
	struct sums sums = sum_up(s);

	for (size_t i = 0; i < s->g.groups; i++) {
		size_t g = s->g.order[i];

		by_put(by, g, out);
		put_counts(out, &sums.counts[g]);
		for (int t = 0; t < TIMES; t++) {
			if (t == RESPONSE)
				output_int(out, (int64_t)sums.of[t][g].n);
			put_middle(out, &sums.of[t][g]);
		}
		output_day(out, s->src.asked.day);
		output_end(out);
	}
	release(&sums);
	return out;
}

/* ---- a row a time ---- */

void stats_put_duration(struct output *out, const struct duration *d)
{
	output_int(out, (int64_t)d->n);
	output_real(out, d->mean);
	put_minutes(out, d, d->median);
	put_minutes(out, d, d->p90);
	put_minutes(out, d, d->p95);
	put_minutes(out, d, d->max);
}

struct output *stats_times(struct stats *s)
{
	static const struct output_column columns[] = {
		{ "time", COL_TEXT },	{ "n", COL_INT },
		{ "mean", COL_REAL },	{ "median", COL_INT },
		{ "p90", COL_INT },	{ "p95", COL_INT },
		{ "max", COL_INT },	{ "definition", COL_TEXT },
	};
	const struct by *by = &s->src.cols.by;
	bool people = output_for_people(&s->common);
	struct output *out = by_open(by, &s->common, columns, NELEMS(columns));
	struct sums sums = sum_up(s);

	for (size_t i = 0; i < s->g.groups * TIMES; i++) {
		size_t g = s->g.order[i / TIMES];
		int t = (int)(i % TIMES);

		by_put(by, g, out);
		output_str(out, times[t].name);
		stats_put_duration(out, &sums.of[t][g]);
		output_str(out, people ? tr(definition(s, t)) :
					 definition(s, t));
		output_end(out);
	}
	release(&sums);
	return out;
}

/* ---- a row a state ---- */

/* Of one state, by group. */
struct stays {
	struct durations elapsed, working;
	struct duration *of_elapsed, *of_working;
	uint64_t *stays, *now;
	money_wide *sum;	/* minutes */
};

static void add_stays(const struct stats *s, struct stays *t, int state)
{
	for (size_t i = 0; i < s->g.n; i++) {
		uint32_t group = s->g.group[i];
		struct casestats_dwell d = casestats_dwell(s->times,
							   s->g.at[i], state);
		struct casecols_case k = casecols_case(&s->src.cols,
						       s->g.at[i]);

		t->now[group] += k.k.state == state;
		t->stays[group] += d.stays;
		if (d.stays == 0)
			continue;
		t->sum[group] += d.elapsed / INSTANT_MINUTE;
		add_minutes(&t->elapsed, group, d.elapsed);
		add_minutes(&t->working, group, d.working);
	}
}

static void make_stays(const struct stats *s, struct stays *t, int state)
{
	*t = (struct stays){
		.stays = mem_zalloc(s->g.groups, sizeof(*t->stays)),
		.now = mem_zalloc(s->g.groups, sizeof(*t->now)),
		.sum = mem_zalloc(s->g.groups, sizeof(*t->sum)),
	};
	add_stays(s, t, state);
	t->of_elapsed = durations_finish(&t->elapsed, s->g.groups);
	t->of_working = durations_finish(&t->working, s->g.groups);
	durations_release(&t->elapsed);
	durations_release(&t->working);
}

static void release_stays(struct stays *t)
{
	free(t->of_elapsed);
	free(t->of_working);
	free(t->stays);
	free(t->now);
	free(t->sum);
}

static void put_stays(struct output *out, const struct stays *t, size_t g,
		      money_wide whole)
{
	output_int(out, (int64_t)t->stays[g]);
	output_int(out, (int64_t)t->now[g]);
	output_share(out, t->sum[g], whole);
	stats_put_duration(out, &t->of_elapsed[g]);
	output_real(out, t->of_working[g].mean);
	put_middle(out, &t->of_working[g]);
}

static void put_states(const struct stats *s, const struct stays *state,
		       size_t g, struct output *out)
{
	const struct workflow *w = s->src.workflow;
	money_wide whole = 0;

	for (int i = 1; i < workflow_states(w); i++)
		if (!workflow_state(w, i)->closed)
			whole += state[i].sum[g];
	for (int i = 1; i < workflow_states(w); i++) {
		if (workflow_state(w, i)->closed)
			continue;
		by_put(&s->src.cols.by, g, out);
		output_text(out, s->src.cols.state[i]);
		put_stays(out, &state[i], g, whole);
		output_end(out);
	}
}

struct output *stats_dwell(struct stats *s)
{
	static const struct output_column columns[] = {
		{ "state", COL_TEXT },	  { "stays", COL_INT },
		{ "now", COL_INT },	  { "share", COL_SHARE },
		{ "cases", COL_INT },	  { "mean", COL_REAL },
		{ "median", COL_INT },	  { "p90", COL_INT },
		{ "p95", COL_INT },	  { "max", COL_INT },
		{ "working_mean", COL_REAL },
		{ "working_median", COL_INT },
		{ "working_p90", COL_INT },
	};
	struct output *out = by_open(&s->src.cols.by, &s->common, columns,
				     NELEMS(columns));
	size_t states = (size_t)workflow_states(s->src.workflow);
	struct stays *state = mem_zalloc(states, sizeof(*state));

	for (size_t i = 1; i < states; i++)
		make_stays(s, &state[i], (int)i);
	for (size_t i = 0; i < s->g.groups; i++)
		put_states(s, state, s->g.order[i], out);
	for (size_t i = 1; i < states; i++)
		release_stays(&state[i]);
	free(state);
	return out;
}
