/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-complaint process: the tables. */
#include <stdlib.h>

#include "base/mem.h"
#include "stream/output.h"

#include "cmd/complaint/processview.h"

#define MEDIAN (PROCESS_ONE / 2)
#define P90 (PROCESS_ONE / 10 * 9)

static const struct {
	const char *name;
	double us;
} units[] = {
	[PROCESSVIEW_MINUTE] = { "minute", 6e7 },
	[PROCESSVIEW_HOUR] = { "hour", 3.6e9 },
	[PROCESSVIEW_DAY] = { "day", 8.64e10 },
};

static const char *unit_name(const struct processview *v)
{
	return units[v->unit].name;
}

/* The unit's length in microseconds. */
static double unit_us(const struct processview *v)
{
	return units[v->unit].us;
}

void processview_close_input(const struct processview *v, uint64_t out)
{
	if (v->in)
		input_close(v->in, out);
	else
		input_settle(v->common, v->rejects, &v->counts, out);
}

static int close_rows(const struct processview *v, struct output *out)
{
	processview_close_input(v, output_rows(out));
	return output_close(out);
}

static void put_name(const struct processview *v, struct output *out,
		     uint32_t activity)
{
	if (activity == PROCESS_EDGE)
		output_empty(out);
	else
		output_text(out, v->name[activity]);
}

static void put_mean(const struct processview *v, struct output *out,
		     const struct process_times *t)
{
	output_real(out, process_mean(t) / unit_us(v));
}

static void put_quantile(const struct processview *v, struct output *out,
			 const struct process_times *t, int64_t ppm)
{
	output_real(out, process_quantile(t, ppm) / unit_us(v));
}

/* Mean, median, 90th percentile and longest. */
static void put_times(const struct processview *v, struct output *out,
		      const struct process_times *t)
{
	put_mean(v, out, t);
	put_quantile(v, out, t, MEDIAN);
	put_quantile(v, out, t, P90);
	put_quantile(v, out, t, PROCESS_ONE);
}

int processview_pairs(const struct processview *v)
{
	static const struct output_column columns[] = {
		{ "from", COL_TEXT }, { "to", COL_TEXT },
		{ "count", COL_INT }, { "cases", COL_INT },
		{ "wait_mean", COL_REAL }, { "wait_median", COL_REAL },
		{ "wait_p90", COL_REAL }, { "wait_max", COL_REAL },
		{ "working_mean", COL_REAL }, { "working_median", COL_REAL },
		{ "working_p90", COL_REAL }, { "working_max", COL_REAL },
		{ "unit", COL_TEXT },
	};
	struct output *out = output_open(v->common, columns, NELEMS(columns));

	for (size_t i = 0; i < process_pairs(v->process); i++) {
		const struct process_pair *p = process_pair(v->process, i);

		put_name(v, out, p->from);
		put_name(v, out, p->to);
		output_int(out, (int64_t)p->count);
		output_int(out, (int64_t)p->cases);
		put_times(v, out, &p->wait);
		put_times(v, out, &p->working);
		output_str(out, unit_name(v));
		output_end(out);
	}
	return close_rows(v, out);
}

/* "a > b > c" */
static void put_way(const struct processview *v, struct output *out,
		    const struct process_variant *way, struct buf *b)
{
	buf_clear(b);
	for (size_t i = 0; i < way->n; i++) {
		buf_adds(b, i ? " > " : "");
		buf_addt(b, v->name[way->activity[i]]);
	}
	output_text(out, buf_text(b));
}

static void put_variant(const struct processview *v, struct output *out,
			size_t i, size_t before, struct buf *b)
{
	const struct process_variant *way = process_variant(v->process, i);
	int64_t all = (int64_t)process_totals(v->process)->cases;

	output_int(out, (int64_t)i + 1);
	output_int(out, (int64_t)way->duration.n);
	output_share(out, (int64_t)way->duration.n, all);
	output_share(out, (int64_t)(before + way->duration.n), all);
	output_int(out, (int64_t)way->n);
	put_mean(v, out, &way->duration);
	put_quantile(v, out, &way->duration, MEDIAN);
	output_str(out, unit_name(v));
	put_way(v, out, way, b);
	output_end(out);
}

static bool too_few(const struct processview *v, uint64_t count)
{
	return count < (uint64_t)v->min_count;
}

int processview_variants(const struct processview *v)
{
	static const struct output_column columns[] = {
		{ "rank", COL_INT }, { "cases", COL_INT },
		{ "share", COL_SHARE }, { "cum_share", COL_SHARE },
		{ "events", COL_INT }, { "duration_mean", COL_REAL },
		{ "duration_median", COL_REAL }, { "unit", COL_TEXT },
		{ "variant", COL_TEXT },
	};
	struct output *out = output_open(v->common, columns, NELEMS(columns));
	size_t n = process_variants(v->process), cases = 0;
	struct buf b = { 0 };

	if (v->top && n > (uint64_t)v->top)
		n = (size_t)v->top;
	for (size_t i = 0; i < n; i++) {
		size_t these = process_variant(v->process, i)->duration.n;

		if (too_few(v, these))
			break;
		put_variant(v, out, i, cases, &b);
		cases += these;
	}
	buf_release(&b);
	return close_rows(v, out);
}

/* The most often repeated first; among equals the more frequent activity,
 * then by name, as the model has them. */
static const struct process_activity **by_rework(const struct process *p,
						 size_t *n)
{
	size_t all = process_totals(p)->activities;
	const struct process_activity **a = mem_alloc(all, sizeof(*a));

	*n = 0;
	for (size_t i = 0; i < all; i++) {
		const struct process_activity *x = process_activity(p, i);
		size_t k = *n;

		if (!x->again)
			continue;
		while (k > 0 && a[k - 1]->again < x->again) {
			a[k] = a[k - 1];
			k--;
		}
		a[k] = x;
		(*n)++;
	}
	return a;
}

int processview_rework(const struct processview *v)
{
	static const struct output_column columns[] = {
		{ "activity", COL_TEXT }, { "events", COL_INT },
		{ "cases", COL_INT }, { "repeat_cases", COL_INT },
		{ "repeats", COL_INT }, { "self_loops", COL_INT },
		{ "loops_back", COL_INT }, { "loop_mean", COL_REAL },
		{ "loop_median", COL_REAL }, { "loop_total", COL_REAL },
		{ "unit", COL_TEXT },
	};
	struct output *out = output_open(v->common, columns, NELEMS(columns));
	size_t n;
	const struct process_activity **a = by_rework(v->process, &n);

	for (size_t i = 0; i < n; i++) {
		put_name(v, out, a[i]->activity);
		output_int(out, (int64_t)a[i]->events);
		output_int(out, (int64_t)a[i]->cases);
		output_int(out, (int64_t)a[i]->again_cases);
		output_int(out, (int64_t)a[i]->again);
		output_int(out, (int64_t)a[i]->itself);
		output_int(out, (int64_t)a[i]->one_between);
		put_mean(v, out, &a[i]->loop);
		put_quantile(v, out, &a[i]->loop, MEDIAN);
		output_real(out,
			    (double)a[i]->loop.sum / unit_us(v));
		output_str(out, unit_name(v));
		output_end(out);
	}
	free(a);
	return close_rows(v, out);
}

int processview_activities(const struct processview *v)
{
	static const struct output_column columns[] = {
		{ "activity", COL_TEXT }, { "events", COL_INT },
		{ "cases", COL_INT }, { "first", COL_INT },
		{ "last", COL_INT }, { "next_mean", COL_REAL },
		{ "next_median", COL_REAL }, { "next_p90", COL_REAL },
		{ "next_max", COL_REAL }, { "unit", COL_TEXT },
	};
	struct output *out = output_open(v->common, columns, NELEMS(columns));
	size_t n = process_totals(v->process)->activities;

	for (size_t i = 0; i < n; i++) {
		const struct process_activity *a =
			process_activity(v->process, i);

		put_name(v, out, a->activity);
		output_int(out, (int64_t)a->events);
		output_int(out, (int64_t)a->cases);
		output_int(out, (int64_t)a->first);
		output_int(out, (int64_t)a->last);
		put_times(v, out, &a->next);
		output_str(out, unit_name(v));
		output_end(out);
	}
	return close_rows(v, out);
}

static void put_instant(const struct processview *v, struct output *out,
			bool known, int64_t us)
{
	if (known)
		output_instant(out, us, place_zone(v->place, us));
	else
		output_empty(out);
}

int processview_totals(const struct processview *v)
{
	static const struct output_column columns[] = {
		{ "cases", COL_INT }, { "events", COL_INT },
		{ "activities", COL_INT }, { "variants", COL_INT },
		{ "transitions", COL_INT }, { "steps", COL_INT },
		{ "rework_cases", COL_INT }, { "out_of_order", COL_INT },
		{ "first_at", COL_INSTANT }, { "last_at", COL_INSTANT },
		{ "duration_mean", COL_REAL }, { "duration_median", COL_REAL },
		{ "duration_p90", COL_REAL }, { "duration_max", COL_REAL },
		{ "unit", COL_TEXT },
	};
	struct output *out = output_open(v->common, columns, NELEMS(columns));
	const struct process_totals *t = process_totals(v->process);

	output_int(out, (int64_t)t->cases);
	output_int(out, (int64_t)t->events);
	output_int(out, (int64_t)t->activities);
	output_int(out, (int64_t)t->variants);
	output_int(out, (int64_t)t->transitions);
	output_int(out, (int64_t)t->steps);
	output_int(out, (int64_t)t->reworked);
	output_int(out, (int64_t)t->out_of_order);
	put_instant(v, out, t->cases > 0, t->first_at);
	put_instant(v, out, t->cases > 0, t->last_at);
	put_times(v, out, &t->duration);
	output_str(out, unit_name(v));
	output_end(out);
	return close_rows(v, out);
}
