/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns described: what is made of what was taken in. */
#include "model/describe_in.h"

#include <math.h>
#include <stdlib.h>

#include "base/day.h"

/* At most so many different words make a category. */
#define CATEGORY_MAX 100
/* A value that the sample has seldom says little. */
#define SEEN_MIN 10

const char *describe_type_name(enum describe_type t)
{
	static const char *const name[] = {
		[DESCRIBE_FOUND] = "",
		[DESCRIBE_EMPTY] = "empty",
		[DESCRIBE_INTEGER] = "integer",
		[DESCRIBE_MONEY] = "money",
		[DESCRIBE_NUMBER] = "number",
		[DESCRIBE_DATE] = "date",
		[DESCRIBE_INSTANT] = "instant",
		[DESCRIBE_YESNO] = "yes-no",
		[DESCRIBE_CATEGORY] = "category",
		[DESCRIBE_TEXT] = "text",
	};

	return name[t];
}

static bool is_numeric(enum describe_type t)
{
	return t == DESCRIBE_INTEGER || t == DESCRIBE_MONEY ||
	       t == DESCRIBE_NUMBER;
}

static bool is_time(enum describe_type t)
{
	return t == DESCRIBE_DATE || t == DESCRIBE_INSTANT;
}

static uint64_t numbers_of(const struct describe_totals *t)
{
	return t->kind[KIND_INTEGER] + t->kind[KIND_DECIMAL];
}

static uint64_t times_of(const struct describe_totals *t)
{
	return t->kind[KIND_DATE] + t->kind[KIND_INSTANT];
}

/* ---- the type ---- */

static enum describe_type word_type(const struct description *r)
{
	return r->exact && r->distinct <= CATEGORY_MAX &&
			       r->distinct * 2 <= r->filled ?
		       DESCRIBE_CATEGORY :
		       DESCRIBE_TEXT;
}

static enum describe_type found_type(const struct description *r,
				     const struct describe_totals *t)
{
	if (numbers_of(t) == r->filled)
		return t->kind[KIND_DECIMAL] ? DESCRIBE_NUMBER :
					       DESCRIBE_INTEGER;
	if (times_of(t) == r->filled)
		return t->kind[KIND_INSTANT] ? DESCRIBE_INSTANT :
					       DESCRIBE_DATE;
	if (t->kind[KIND_YESNO] == r->filled)
		return DESCRIBE_YESNO;
	return word_type(r);
}

static void set_type(struct description *r, const struct describe *d,
		     const struct describe_totals *t, enum describe_type as)
{
	r->type = as == DESCRIBE_FOUND ? d->settings.type : as;
	if (!d->filled)
		r->type = DESCRIBE_EMPTY;
	else if (r->type == DESCRIBE_FOUND)
		r->type = found_type(r, t);
	else if (r->type == DESCRIBE_TEXT && as == DESCRIBE_FOUND)
		r->type = word_type(r);
	else if (r->type == DESCRIBE_INTEGER && t->kind[KIND_DECIMAL])
		r->type = DESCRIBE_NUMBER;
	r->numeric = is_numeric(r->type);
	if (r->numeric)
		r->n = numbers_of(t);
	else if (is_time(r->type))
		r->n = times_of(t);
	r->ordered = r->n > 0;
	r->numeric = r->numeric && r->ordered;
	if (is_numeric(r->type) || is_time(r->type))
		r->unfit = r->filled - r->n;
	else if (r->type == DESCRIBE_YESNO)
		r->unfit = r->filled - t->kind[KIND_YESNO];
}

/* ---- steps ---- */

static struct figure time_figure(const struct description *r, int64_t us,
				 struct instant_clock clock)
{
	if (r->type == DESCRIBE_DATE)
		us = instant_day_by(clock, us);
	return (struct figure){ us, 0 };
}

static void count_steps(struct description *r, const struct describe *d)
{
	const struct describe_settings *s = &d->settings;
	size_t n = 0;

	r->step = mem_alloc(d->tally.n, sizeof(*r->step));
	for (size_t i = 0; i < d->tally.slots; i++) {
		const struct tally_entry *e = &d->tally.entry[i];
		struct describe_value v;

		if (!e->n)
			continue;
		v = describe_read(s, tally_text(e));
		if (r->numeric && describe_is_number(v.kind))
			r->step[n++] = (struct step){ v.figure, e->count };
		else if (!r->numeric && describe_is_time(v.kind))
			r->step[n++] = (struct step){
				time_figure(r, v.us, s->clock), e->count
			};
	}
	r->steps = steps_sort(r->step, n);
}

/* One of the values that may lie in a cell: when there is but one, that. */
static struct figure in_cell(int32_t cell, int decimals)
{
	double low, high, unit = pow(10, decimals);
	bool negative = cell < 0;

	cellgrid_ends(negative ? -cell : cell, &low, &high);
	if (decimals <= 15 && high * unit < 9e15) {
		int64_t first = (int64_t)ceil(low * unit);
		int64_t last = (int64_t)ceil(high * unit) - 1;
		int64_t m = first + (last > first ? (last - first) / 2 : 0);

		return (struct figure){ negative ? -m : m, -decimals };
	}
	low = low / 2 + high / 2;
	return steps_near(negative ? -low : low, decimals);
}

static struct figure bounded(const struct description *r, struct figure f)
{
	if (figure_cmp(f, r->min) < 0)
		return r->min;
	return figure_cmp(f, r->max) > 0 ? r->max : f;
}

/* A day of an instant is its midnight. */
static struct figure cell_value(const struct description *r, int32_t cell,
				struct instant_clock clock)
{
	struct figure f;

	if (r->numeric)
		return bounded(r, in_cell(cell, r->decimals));
	f = (struct figure){ cell, 0 };
	if (r->type == DESCRIBE_INSTANT)
		f.m = instant_midnight(clock, cell);
	return bounded(r, f);
}

static void grid_steps(struct description *r, const struct describe *d)
{
	const struct cellgrid *g = r->numeric ? d->sketch->numbers :
					    d->sketch->days;
	size_t cap = 0, n = 0;
	uint64_t count;

	for (int32_t cell = CELLGRID_FIRST; cellgrid_next(g, &cell, &count);
	     cell++) {
		r->step = mem_grow(r->step, n, &cap, sizeof(*r->step));
		r->step[n++] = (struct step){
			cell_value(r, cell, d->settings.clock), count
		};
	}
	r->steps = steps_sort(r->step, n);
}

static void set_order(struct description *r, const struct describe *d,
		      const struct describe_totals *t)
{
	struct instant_clock clock = d->settings.clock;

	r->decimals = r->type == DESCRIBE_MONEY && t->decimals < 2 ?
			      2 :
			      t->decimals;
	r->min = r->numeric ? t->min : time_figure(r, t->first, clock);
	r->max = r->numeric ? t->max : time_figure(r, t->last, clock);
	if (d->sketch)
		grid_steps(r, d);
	else
		count_steps(r, d);
}

static void set_numbers(struct description *r, const struct describe_totals *t)
{
	r->zeros = t->zeros;
	r->negatives = t->negatives;
	r->summed = moments_sum(&t->moments, &r->sum, &r->sum_decimals);
	r->total = moments_total(&t->moments);
	r->mean = moments_mean(&t->moments);
	r->variance = moments_variance(&t->moments);
	/* Whatever rounding leaves of equal values. */
	if (r->n > 1 && figure_cmp(r->min, r->max) == 0)
		r->variance = 0;
}

/* ---- the most frequent values ---- */

struct candidate {
	struct text text;
	uint64_t count;
};

/* The more frequent first, equal ones bytewise. */
static bool before(const struct candidate *a, const struct candidate *b)
{
	return a->count != b->count ? a->count > b->count :
				      text_cmp(a->text, b->text) < 0;
}

/* Keeps the best `limit` in order. */
static void offer(struct candidate *best, size_t *n, size_t limit,
		  struct candidate c)
{
	size_t at = *n;

	if (at == limit && (!limit || !before(&c, &best[at - 1])))
		return;
	if (at < limit)
		(*n)++;
	else
		at--;
	for (; at > 0 && before(&c, &best[at - 1]); at--)
		best[at] = best[at - 1];
	best[at] = c;
}

static void keep_best(struct description *r, const struct candidate *best,
		      size_t n)
{
	r->top = mem_zalloc(n, sizeof(*r->top));
	r->tops = n;
	for (size_t i = 0; i < n; i++) {
		struct describe_top *top = &r->top[i];

		top->n = best[i].text.n;
		top->text = mem_alloc(top->n + 1, 1);
		memcpy(top->text, best[i].text.p, top->n);
		top->text[top->n] = '\0';
		top->count = best[i].count;
	}
}

/* Of numbers 10 and 10.00 are one value. */
static void top_steps(struct description *r, size_t tops)
{
	struct candidate *best = mem_alloc(tops, sizeof(*best));
	char (*text)[FIGURE_BYTES] = mem_alloc(r->steps, sizeof(*text));
	int decimals = r->type == DESCRIBE_MONEY ? 2 : 0;
	size_t n = 0;

	for (size_t i = 0; i < r->steps; i++) {
		struct figure f = figure_short(r->step[i].value);

		offer(best, &n, tops,
		      (struct candidate){
			      { text[i], figure_format(f, decimals, text[i]) },
			      r->step[i].count });
	}
	keep_best(r, best, n);
	free(text);
	free(best);
}

static void top_texts(struct description *r, const struct tally *tally,
		      size_t tops)
{
	struct candidate *best = mem_alloc(tops, sizeof(*best));
	size_t n = 0;

	for (size_t i = 0; i < tally->slots; i++)
		if (tally->entry[i].n)
			offer(best, &n, tops,
			      (struct candidate){
				      tally_text(&tally->entry[i]),
				      tally->entry[i].count });
	keep_best(r, best, n);
	free(best);
}

/* Counts in the sample, brought up to the size of the whole. */
static void top_sample(struct description *r, const struct sampler *s,
		       size_t tops)
{
	struct tally seen = { 0 };

	for (size_t i = 0; i < s->n; i++) {
		struct tally_key k = tally_key(sampler_text(&s->item[i]));

		tally_add(&seen, &k, 1, SIZE_MAX);
	}
	for (size_t i = 0; i < seen.slots; i++)
		if (seen.entry[i].n && seen.entry[i].count < SEEN_MIN)
			seen.entry[i].n = 0;
	top_texts(r, &seen, tops);
	for (size_t i = 0; i < r->tops; i++)
		r->top[i].count = (uint64_t)((unsigned __int128)
						     r->top[i].count *
					     r->filled / s->n);
	/* 95 %, of a share of one half, which is the least certain. */
	r->top_error = s->n ? 1.96 * 0.5 / sqrt((double)s->n) : NAN;
	tally_release(&seen);
}

static void set_top(struct description *r, const struct describe *d,
		    size_t tops)
{
	if (d->sketch)
		top_sample(r, &d->sampler, tops);
	else if (r->numeric && !r->unfit)
		top_steps(r, tops);
	else
		top_texts(r, &d->tally, tops);
}

/* ---- all of it ---- */

static void total_tally(struct describe_totals *t, const struct describe *d)
{
	for (size_t i = 0; i < d->tally.slots; i++) {
		const struct tally_entry *e = &d->tally.entry[i];
		struct describe_value v;

		if (!e->n)
			continue;
		v = describe_read(&d->settings, tally_text(e));
		describe_absorb(t, &v, tally_length(e), e->count);
	}
}

struct description describe_finish(const struct describe *d,
				   enum describe_type as, size_t tops)
{
	struct description r = { .filled = d->filled, .exact = !d->sketch,
				 .total = NAN, .mean = NAN, .variance = NAN };
	struct describe_totals own = { 0 };
	const struct describe_totals *t = d->sketch ? &d->sketch->totals :
						      &own;

	if (r.exact)
		total_tally(&own, d);
	r.distinct = r.exact ? d->tally.n :
			       (uint64_t)llround(hll_estimate(
				       &d->sketch->different));
	if (r.distinct > r.filled)
		r.distinct = r.filled;
	set_type(&r, d, t, as);
	if (r.ordered)
		set_order(&r, d, t);
	if (r.numeric)
		set_numbers(&r, t);
	if (r.numeric && r.exact && !r.unfit)
		r.distinct = r.steps;
	r.length_min = t->length_min;
	r.length_max = t->length_max;
	r.length_sum = t->length_sum;
	set_top(&r, d, tops);
	moments_release(&own.moments);
	return r;
}

void description_release(struct description *r)
{
	for (size_t i = 0; i < r->tops; i++)
		free(r->top[i].text);
	free(r->top);
	free(r->step);
	*r = (struct description){ 0 };
}
