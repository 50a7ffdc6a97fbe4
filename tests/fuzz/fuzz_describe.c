/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines as the cells of a column. Numbers: what is read exactly agrees with
 * the double that is read, is ordered like it, and survives being written.
 * The column: halves that are joined are the whole, and what a sketch has
 * exactly is what counting has.
 */
#include <math.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "model/describe.h"
#include "num/cellgrid.h"
#include "tests/fuzz/fuzz.h"

static void check_written(struct figure f)
{
	char s[FIGURE_BYTES];
	struct figure again;
	size_t n = figure_format(f, 0, s);

	must(n > 0 && n <= FIGURE_BYTES);
	if (f.e < -18 || f.e > 0)
		return;
	must(figure_parse((struct text){ s, n }, &again));
	must(figure_cmp(f, again) == 0);
	must(figure_cmp(figure_short(f), f) == 0);
}

static void check_number(struct text t, struct figure *before)
{
	struct figure f;
	double real, low, high, was;

	if (!figure_parse(t, &f))
		return;
	if (t.n <= 400) {
		must(number_real(t, &real));
		must(fabs(real - figure_real(f)) <= 1e-13 * fabs(real));
	}
	check_written(f);
	real = figure_real(f);
	was = figure_real(*before);
	must(figure_cmp(f, *before) == -figure_cmp(*before, f));
	if (fabs(real - was) > 1e-13 * (fabs(real) + fabs(was)))
		must(figure_cmp(f, *before) == (real > was ? 1 : -1));
	cellgrid_ends(cellgrid_cell(real), &low, &high);
	must(fabs(low) <= fabs(real) &&
	     (real == 0 || fabs(real) < fabs(high)));
	*before = f;
}

static void check_same(const struct description *a,
		       const struct description *b)
{
	must(a->type == b->type && a->filled == b->filled);
	must(a->unfit == b->unfit && a->n == b->n);
	must(a->ordered == b->ordered && a->numeric == b->numeric);
	must(a->length_min == b->length_min);
	must(a->length_max == b->length_max);
	must(a->length_sum == b->length_sum);
	if (a->ordered)
		must(figure_cmp(a->min, b->min) == 0 &&
		     figure_cmp(a->max, b->max) == 0);
	if (!a->numeric)
		return;
	must(a->zeros == b->zeros && a->negatives == b->negatives);
	must(a->summed == b->summed && (!a->summed || a->sum == b->sum));
	must(isnan(a->variance) == isnan(b->variance));
	must(isnan(a->variance) || a->variance >= 0);
}

/* Steps of the same rows add up to them, in ascending order. */
static void check_steps(const struct description *r)
{
	must(steps_total(r->step, r->steps) == r->n);
	for (size_t i = 1; i < r->steps; i++)
		must(figure_cmp(r->step[i - 1].value, r->step[i].value) < 0);
	for (int64_t ppm = 0; r->n && ppm <= STEPS_ONE; ppm += 100000) {
		struct figure q = steps_quantile(r->step, r->steps, r->n, ppm,
						 false);

		must(figure_cmp(q, r->min) >= 0 && figure_cmp(q, r->max) <= 0);
		steps_quantile(r->step, r->steps, r->n, ppm, true);
	}
}

static void check_column(struct text rest, enum describe_type type)
{
	static const struct instant_change east = { INT64_MIN, 480 };
	struct describe_settings s = { type, 3, { &east, 1 } };
	struct describe *whole = describe_new(s), *exact;
	struct describe *half[2] = { describe_new(s), describe_new(s) };
	struct description w, e, j;
	struct text part;

	s.exact = 100000;
	exact = describe_new(s);
	for (uint64_t line = 0; text_split(&rest, '\n', &part); line++) {
		describe_add(whole, part, describe_draw(line));
		describe_add(exact, part, describe_draw(line));
		describe_add(half[line & 1], part, describe_draw(line));
	}
	describe_join(half[0], half[1]);
	w = describe_finish(whole, DESCRIBE_FOUND, 2);
	j = describe_finish(half[0], DESCRIBE_FOUND, 2);
	e = describe_finish(exact, w.type, 2);
	check_same(&w, &j);
	must(w.distinct == j.distinct && w.steps == j.steps);
	must(e.type == DESCRIBE_EMPTY || e.type == w.type);
	check_same(&w, &e);
	check_steps(&w);
	check_steps(&e);
	description_release(&w);
	description_release(&j);
	description_release(&e);
	describe_free(whole);
	describe_free(exact);
	describe_free(half[0]);
	describe_free(half[1]);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct text all = { (const char *)data, size }, rest = all, part;
	struct figure before = { 0 };

	/* What is no UTF-8 never becomes a cell. */
	if (utf8_bad(all.p, all.n) < all.n)
		return 0;
	while (text_split(&rest, '\n', &part))
		check_number(part, &before);
	check_column(all, DESCRIBE_FOUND);
	check_column(all, DESCRIBE_NUMBER);
	check_column(all, DESCRIBE_INSTANT);
	return 0;
}
