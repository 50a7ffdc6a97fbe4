/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Net promoter score: classes, figures, interval and its coverage. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/nps.h"

static const struct nps_scale usual = { 0, 10, 9, 6 };

static struct nps_counts counts(uint64_t promoters, uint64_t passives,
				uint64_t detractors)
{
	return (struct nps_counts){ promoters, passives, detractors };
}

static struct nps_result result(uint64_t promoters, uint64_t passives,
				uint64_t detractors)
{
	struct nps_counts c = counts(promoters, passives, detractors);

	return nps_finish(&c);
}

START_TEST(scores_are_sorted_into_three_kinds)
{
	struct nps_counts c = { 0 };

	for (int score = 0; score <= 10; score++)
		nps_add(&c, &usual, score);
	ck_assert_uint_eq(c.detractors, 7);
	ck_assert_uint_eq(c.passives, 2);
	ck_assert_uint_eq(c.promoters, 2);
}
END_TEST

START_TEST(scores_off_the_scale_are_told)
{
	static const struct nps_scale from_1 = { 1, 10, 9, 6 };

	ck_assert_int_eq(nps_judge(&usual, 0), NPS_GOOD);
	ck_assert_int_eq(nps_judge(&usual, 10), NPS_GOOD);
	ck_assert_int_eq(nps_judge(&usual, 11), NPS_OUTSIDE);
	ck_assert_int_eq(nps_judge(&usual, -1), NPS_OUTSIDE);
	ck_assert_int_eq(nps_judge(&usual, 10.5), NPS_OUTSIDE);
	ck_assert_int_eq(nps_judge(&usual, 8.5), NPS_NOT_WHOLE);
	ck_assert_int_eq(nps_judge(&from_1, 0), NPS_OUTSIDE);
	ck_assert_int_eq(nps_judge(&usual, 1e300), NPS_OUTSIDE);
}
END_TEST

static const struct {
	struct nps_scale scale;
	bool good;
} scales[] = {
	{ { 0, 10, 9, 6 }, true },  { { 1, 10, 9, 6 }, true },
	{ { 1, 5, 5, 3 }, true },   { { 0, 1, 1, 0 }, true },
	{ { 1, 5, 9, 6 }, false },  { { 0, 10, 6, 6 }, false },
	{ { 0, 10, 6, 9 }, false }, { { 7, 10, 9, 6 }, false },
	{ { 0, 10, 11, 6 }, false },
};

START_TEST(cuts_lie_on_the_scale_and_apart)
{
	ck_assert(nps_scale_ok(&scales[_i].scale) == scales[_i].good);
}
END_TEST

START_TEST(no_answers_make_no_score)
{
	struct nps_result r = result(0, 0, 0);

	ck_assert_uint_eq(r.n, 0);
	ck_assert(r.nps == 0 && r.se == 0 && r.ci_low == 0 && r.ci_high == 0);
}
END_TEST

START_TEST(the_score_of_441_answers_is_60_3175)
{
	/* The counts of a public file of survey answers; se by Python:
	 * 100*sqrt((346/441 - (266/441)**2)/441) */
	struct nps_result r = result(306, 95, 40);

	ck_assert_uint_eq(r.n, 441);
	ck_assert_double_eq_tol(r.nps, 60.31746031746, 1e-10);
	ck_assert_double_eq_tol(r.se, 3.0888611854425623, 1e-12);
	ck_assert(r.ci_low < r.nps && r.nps < r.ci_high);
	/* Nearly the plain interval, drawn to the middle of the scale by up
	 * to z^2 nps / n = 0.53, as score intervals are. */
	ck_assert_double_eq_tol(r.ci_low, r.nps - 1.96 * r.se, 0.53);
	ck_assert_double_eq_tol(r.ci_high, r.nps + 1.96 * r.se, 0.53);
}
END_TEST

START_TEST(the_interval_goes_to_the_plain_one_as_answers_grow)
{
	struct nps_result r = result(5000000000, 3000000000, 2000000000);

	ck_assert_double_eq_tol(r.ci_low, r.nps - 1.959963985 * r.se, 1e-6);
	ck_assert_double_eq_tol(r.ci_high, r.nps + 1.959963985 * r.se, 1e-6);
}
END_TEST

START_TEST(all_promoters_still_leave_doubt)
{
	for (uint64_t n = 1; n <= 1000; n++) {
		struct nps_result all = result(n, 0, 0);
		struct nps_result none = result(0, 0, n);

		ck_assert(all.nps == 100 && all.se == 0);
		ck_assert(all.ci_high == 100);
		ck_assert(all.ci_low < 100 && all.ci_low >= -100);
		/* At the lower limit, with detractors as the rest, n
		 * promoters out of n are rare but not unheard of. */
		double chance = pow((all.ci_low / 100 + 1) / 2, (double)n);

		ck_assert_double_ge(chance, 0.01);
		ck_assert_double_le(chance, 0.10);
		ck_assert(none.ci_low == -100);
		ck_assert_double_eq_tol(none.ci_high, -all.ci_low, 1e-9);
	}
}
END_TEST

START_TEST(the_interval_is_sound_for_all_small_counts)
{
	for (uint64_t n = 1; n <= 40; n++) {
		for (uint64_t p = 0; p <= n; p++) {
			for (uint64_t d = 0; p + d <= n; d++) {
				struct nps_result r = result(p, n - p - d, d);
				struct nps_result m = result(d, n - p - d, p);

				ck_assert(r.ci_low >= -100 &&
					  r.ci_high <= 100 &&
					  r.ci_low <= r.nps &&
					  r.nps <= r.ci_high &&
					  r.ci_low < r.ci_high);
				/* seen in a mirror, the same */
				ck_assert_double_eq_tol(m.nps, -r.nps, 1e-12);
				ck_assert_double_eq_tol(m.ci_low, -r.ci_high,
							1e-9);
			}
		}
	}
}
END_TEST

START_TEST(more_answers_of_the_same_kind_narrow_the_interval)
{
	double before = 200;

	for (uint64_t k = 1; k <= 64; k *= 2) {
		struct nps_result r = result(5 * k, 3 * k, 2 * k);

		ck_assert_double_lt(r.ci_high - r.ci_low, before);
		before = r.ci_high - r.ci_low;
	}
}
END_TEST

START_TEST(parts_merge_to_the_whole)
{
	struct nps_counts whole = { 0 }, part[3] = { { 0 } };
	uint64_t v = 1;

	for (int i = 0; i < 1000; i++) {
		v = v * UINT64_C(6364136223846793005) + 1442695040888963407;
		nps_add(&whole, &usual, (double)((v >> 33) % 11));
		nps_add(&part[(v >> 60) % 3], &usual,
			(double)((v >> 33) % 11));
	}
	nps_merge(&part[0], &part[1]);
	nps_merge(&part[0], &part[2]);
	ck_assert_mem_eq(&part[0], &whole, sizeof(whole));
}
END_TEST

/* ---- coverage ---- */

/* What one sample size does over a grid of populations. */
struct coverage {
	double mean, least;
	int populations;
};

struct interval {
	double low, high;
	uint64_t promoters, detractors;
};

/* The intervals of every outcome of n answers; the caller frees. */
static struct interval *outcomes_by(uint64_t n, size_t *count,
				    enum nps_method method)
{
	struct interval *all = mem_alloc((n + 1) * (n + 2) / 2, sizeof(*all));

	*count = 0;
	for (uint64_t p = 0; p <= n; p++) {
		for (uint64_t d = 0; p + d <= n; d++) {
			struct nps_counts c = counts(p, n - p - d, d);
			struct nps_result r = nps_finish_by(&c, method);

			all[(*count)++] = (struct interval){
				r.ci_low, r.ci_high, p, d
			};
		}
	}
	return all;
}

static struct interval *outcomes(uint64_t n, size_t *count)
{
	return outcomes_by(n, count, NPS_SCORE);
}

static double power_log(double share, uint64_t count)
{
	return count ? (double)count * log(share) : 0;
}

static bool holds(const struct interval *o, double nps)
{
	return o->low <= nps + 1e-9 && nps <= o->high + 1e-9;
}

/* Probability that the interval of n answers holds the population's score:
 * the trinomial probabilities of the outcomes whose interval does. */
static double covered(const struct interval *o, size_t count, uint64_t n,
		      double p, double d)
{
	double q = fmax(0, 1 - p - d), sum = 0;

	for (size_t i = 0; i < count; i++, o++) {
		uint64_t passive = n - o->promoters - o->detractors;

		if (holds(o, 100 * (p - d)))
			sum += exp(lgamma((double)n + 1) -
				   lgamma((double)o->promoters + 1) -
				   lgamma((double)o->detractors + 1) -
				   lgamma((double)passive + 1) +
				   power_log(p, o->promoters) +
				   power_log(d, o->detractors) +
				   power_log(q, passive));
	}
	return sum;
}

static bool is_mixed(double p, double d)
{
	return p < 1 - 1e-9 && d < 1 - 1e-9 && p + d > 1e-9;
}

static void note(struct coverage *c, double covered_share)
{
	c->mean += covered_share;
	c->populations++;
	if (covered_share < c->least)
		c->least = covered_share;
}

/* Populations with shares in multiples of 1 / steps. */
static struct coverage over_steps(uint64_t n, int steps,
				  enum nps_method method)
{
	struct coverage c = { .least = 1 };
	size_t count;
	struct interval *all = outcomes_by(n, &count, method);

	for (int i = 0; i <= steps; i++) {
		for (int k = 0; i + k <= steps; k++) {
			double p = (double)i / steps, d = (double)k / steps;

			if (i + k == steps)
				d = 1 - p;
			if (is_mixed(p, d))
				note(&c, covered(all, count, n, p, d));
		}
	}
	free(all);
	c.mean /= c.populations;
	return c;
}

/* The grid of nps.h: shares in multiples of 0.05. */
static struct coverage over_grid(uint64_t n)
{
	return over_steps(n, 20, NPS_SCORE);
}

/* Populations along the edges: two shares from this list, the third the
 * rest; every part takes its turn as the rest. */
static struct coverage over_edges(uint64_t n)
{
	static const double share[] = { 0,    0.005, 0.01, 0.02, 0.035, 0.05,
					0.1,  0.2,   0.3,  0.4,	 0.5,	0.6,
					0.7,  0.8,   0.9,  0.95 };
	struct coverage c = { .least = 1 };
	size_t count;
	struct interval *all = outcomes(n, &count);

	for (size_t i = 0; i < NELEMS(share); i++) {
		for (size_t k = 0; k < NELEMS(share); k++) {
			double a = share[i], b = share[k];
			double rest = fmax(0, 1 - a - b);

			if (a + b > 1 + 1e-9)
				continue;
			if (is_mixed(a, b))
				note(&c, covered(all, count, n, a, b));
			if (is_mixed(rest, b))
				note(&c, covered(all, count, n, rest, b));
			if (is_mixed(a, rest))
				note(&c, covered(all, count, n, a, rest));
		}
	}
	free(all);
	c.mean /= c.populations;
	return c;
}

static const struct {
	uint64_t n;
	double mean, least;	/* as nps.h prints them */
} grid[] = {
	{ 10, 0.957, 0.921 }, { 20, 0.960, 0.941 },  { 30, 0.957, 0.943 },
	{ 50, 0.953, 0.946 }, { 100, 0.953, 0.948 },
};

START_TEST(the_grid_is_covered_as_the_header_says)
{
	struct coverage c = over_grid(grid[_i].n);

	ck_assert_int_eq(c.populations, 228);
	ck_assert_double_eq_tol(c.mean, grid[_i].mean, 0.0006);
	ck_assert_double_eq_tol(c.least, grid[_i].least, 0.0006);
}
END_TEST

/* The other columns of the header's table. */
static const struct {
	uint64_t n;
	enum nps_method method;
	double mean, least;
} others[] = {
	{ 10, NPS_TANGO, 0.964, 0.914 },
	{ 20, NPS_TANGO, 0.958, 0.924 },
	{ 30, NPS_TANGO, 0.954, 0.930 },
	{ 100, NPS_TANGO, 0.950, 0.933 },
	{ 10, NPS_ADJUSTED_WALD, 0.951, 0.879 },
	{ 20, NPS_ADJUSTED_WALD, 0.951, 0.908 },
	{ 30, NPS_ADJUSTED_WALD, 0.950, 0.921 },
	{ 100, NPS_ADJUSTED_WALD, 0.950, 0.937 },
};

START_TEST(other_methods_cover_as_the_header_says)
{
	struct coverage c = over_steps(others[_i].n, 20, others[_i].method);

	ck_assert_double_eq_tol(c.mean, others[_i].mean, 0.0006);
	ck_assert_double_eq_tol(c.least, others[_i].least, 0.0006);
}
END_TEST

START_TEST(the_plain_interval_covers_badly)
{
	struct nps_counts c = counts(30, 15, 5), all = counts(10, 0, 0);
	struct nps_result r = nps_finish_by(&c, NPS_WALD);

	ck_assert_double_eq_tol(r.ci_high - r.nps, 1.959963984540054 * r.se,
				1e-9);
	ck_assert_double_eq_tol(r.nps - r.ci_low, r.ci_high - r.nps, 1e-9);
	r = nps_finish_by(&all, NPS_WALD);
	ck_assert(r.ci_low == 100 && r.ci_high == 100);
	ck_assert_double_le(over_steps(10, 20, NPS_WALD).least, 0.45);
}
END_TEST

static const uint64_t sizes[] = { 10, 12, 15, 20, 25, 29, 30, 31, 33, 35,
				  37, 39, 40, 42, 45, 50, 60, 75, 85, 100 };

START_TEST(mean_coverage_is_95_percent_and_the_least_near_it)
{
	uint64_t n = sizes[_i];
	struct coverage inner = over_grid(n), outer = over_edges(n);

	ck_assert_double_ge(inner.mean, 0.94);
	ck_assert_double_le(inner.mean, 0.96);
	ck_assert_double_ge(inner.least, n < 30 ? 0.90 : 0.94);
	ck_assert_double_ge(outer.least, n < 30 ? 0.90 : 0.94);
}
END_TEST

/* In COVERAGE steps, 40 when nothing is said: the bench asks for 100. */
START_TEST(a_finer_grid_is_covered_too)
{
	const char *asked = getenv("COVERAGE");
	int steps = asked ? atoi(asked) : 40;
	uint64_t n = grid[_i].n;
	struct coverage c = over_steps(n, steps, NPS_SCORE);

	if (asked)
		printf("n %3d, %d populations: mean %.4f, least %.4f\n",
		       (int)n, c.populations, c.mean, c.least);
	ck_assert_double_ge(c.mean, 0.94);
	ck_assert_double_le(c.mean, 0.96);
	ck_assert_double_ge(c.least, n < 30 ? 0.90 : 0.94);
}
END_TEST

START_TEST(the_least_answers_are_covered_too)
{
	for (uint64_t n = 1; n < 10; n++) {
		ck_assert_double_ge(over_grid(n).least, 0.90);
		ck_assert_double_ge(over_edges(n).least, 0.90);
	}
}
END_TEST

/* ---- of two scores ---- */

/* The outcomes of n answers with their probabilities in a population whose
 * shares are multiples of 1/8. */
struct chances {
	struct interval *all;
	size_t count;
	uint64_t n;
	double *chance;
};

static struct chances chances_new(uint64_t n)
{
	struct chances c = { .n = n };

	c.all = outcomes(n, &c.count);
	c.chance = mem_alloc(c.count, sizeof(*c.chance));
	return c;
}

static void chances_set(struct chances *c, int p, int d)
{
	for (size_t i = 0; i < c->count; i++)
		c->chance[i] = 0;
	for (size_t i = 0; i < c->count; i++) {
		const struct interval *o = &c->all[i];
		uint64_t passive = c->n - o->promoters - o->detractors;

		if ((!p && o->promoters) || (!d && o->detractors) ||
		    (p + d == 8 && passive))
			continue;
		c->chance[i] = exp(lgamma((double)c->n + 1) -
				   lgamma((double)o->promoters + 1) -
				   lgamma((double)o->detractors + 1) -
				   lgamma((double)passive + 1) +
				   power_log(p / 8.0, o->promoters) +
				   power_log(d / 8.0, o->detractors) +
				   power_log((8 - p - d) / 8.0, passive));
	}
}

static struct nps_estimate estimate(const struct interval *o, uint64_t n)
{
	double score = (double)o->promoters - (double)o->detractors;

	return (struct nps_estimate){ 100 * score / (double)n, o->low,
				      o->high };
}

/* How probably the interval of the change holds `change`. */
static double change_covered(const struct chances *a, const struct chances *b,
			     double change)
{
	double sum = 0;

	for (size_t i = 0; i < a->count; i++) {
		struct nps_estimate before = estimate(&a->all[i], a->n);

		for (size_t k = 0; a->chance[i] > 1e-12 && k < b->count; k++) {
			struct nps_estimate c = nps_change(
				before, estimate(&b->all[k], b->n));

			if (c.low <= change + 1e-9 && change <= c.high + 1e-9)
				sum += a->chance[i] * b->chance[k];
		}
	}
	return sum;
}

static const struct {
	uint64_t before, now;
	double mean, least;	/* as nps.h prints them */
} changes[] = {
	{ 10, 10, 0.956, 0.922 },
	{ 10, 20, 0.958, 0.930 },
};

/* Both populations from the 42 with shares in eighths, not of one kind. */
START_TEST(changes_are_covered_as_the_header_says)
{
	struct chances a = chances_new(changes[_i].before);
	struct chances b = chances_new(changes[_i].now);
	struct coverage c = { .least = 1 };

	for (int i = 0; i < 81 * 81; i++) {
		int p0 = i / 729, d0 = i / 81 % 9, p1 = i / 9 % 9, d1 = i % 9;

		if (p0 + d0 > 8 || p1 + d1 > 8 ||
		    !is_mixed(p0 / 8.0, d0 / 8.0) ||
		    !is_mixed(p1 / 8.0, d1 / 8.0))
			continue;
		chances_set(&a, p0, d0);
		chances_set(&b, p1, d1);
		note(&c, change_covered(&a, &b,
					100 * (p1 - d1 - p0 + d0) / 8.0));
	}
	ck_assert_int_eq(c.populations, 42 * 42);
	ck_assert_double_eq_tol(c.mean / c.populations, changes[_i].mean,
				0.0006);
	ck_assert_double_eq_tol(c.least, changes[_i].least, 0.0006);
	free(a.all);
	free(a.chance);
	free(b.all);
	free(b.chance);
}
END_TEST

START_TEST(a_change_seen_backwards_is_its_opposite)
{
	struct nps_estimate a = { 20, 5, 40 }, b = { 50, 20, 60 };
	struct nps_estimate up = nps_change(a, b), down = nps_change(b, a);

	ck_assert_double_eq_tol(up.value, 30, 1e-12);
	/* 30 - sqrt((50 - 20)^2 + (40 - 20)^2), 30 + sqrt(10^2 + 15^2) */
	ck_assert_double_eq_tol(up.low, 30 - sqrt(1300), 1e-12);
	ck_assert_double_eq_tol(up.high, 30 + sqrt(325), 1e-12);
	ck_assert_double_eq_tol(down.low, -up.high, 1e-12);
	ck_assert_double_eq_tol(down.high, -up.low, 1e-12);
}
END_TEST

START_TEST(whole_effective_answers_are_answers)
{
	struct nps_result want = result(12, 5, 3);
	struct nps_result got = nps_effective(0.6, 0.15, 20, NPS_SCORE);

	ck_assert_double_eq_tol(got.nps, want.nps, 1e-9);
	ck_assert_double_eq_tol(got.se, want.se, 1e-9);
	ck_assert_double_eq_tol(got.ci_low, want.ci_low, 1e-6);
	ck_assert_double_eq_tol(got.ci_high, want.ci_high, 1e-6);
}
END_TEST

static uint64_t seed = 20251121;

/* Uniform in 0..1, by the 53 high bits of a 64-bit congruential generator. */
static double uniform(void)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (double)(seed >> 11) * 0x1p-53;
}

static bool sample_holds(int n, double p, double d)
{
	struct nps_counts c = { 0 };

	for (int i = 0; i < n; i++) {
		double u = uniform();

		if (u < p)
			c.promoters++;
		else if (u < p + d)
			c.detractors++;
		else
			c.passives++;
	}
	struct nps_result r = nps_finish(&c);

	return r.ci_low <= 100 * (p - d) && 100 * (p - d) <= r.ci_high;
}

/* Drawn samples say the same as the sum over all outcomes. */
START_TEST(simulated_coverage_is_the_calculated_one)
{
	static const double population[][2] = { { 0.5, 0.2 },
						{ 0.7, 0.1 },
						{ 0.3, 0.3 },
						{ 0.02, 0.6 },
						{ 0.95, 0.05 } };
	enum { SAMPLES = 40000, N = 30 };
	size_t count;
	struct interval *all = outcomes(N, &count);

	for (size_t i = 0; i < NELEMS(population); i++) {
		double p = population[i][0], d = population[i][1];
		int held = 0;

		for (int k = 0; k < SAMPLES; k++)
			held += sample_holds(N, p, d);
		/* four standard errors: sqrt(0.95 * 0.05 / 40000) * 4 */
		ck_assert_double_eq_tol((double)held / SAMPLES,
					covered(all, count, N, p, d), 0.0044);
	}
	free(all);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("nps");
	TCase *t = tcase_create("score"), *c = tcase_create("coverage");

	tcase_add_test(t, scores_are_sorted_into_three_kinds);
	tcase_add_test(t, scores_off_the_scale_are_told);
	tcase_add_loop_test(t, cuts_lie_on_the_scale_and_apart, 0,
			    NELEMS(scales));
	tcase_add_test(t, no_answers_make_no_score);
	tcase_add_test(t, the_score_of_441_answers_is_60_3175);
	tcase_add_test(t, the_interval_goes_to_the_plain_one_as_answers_grow);
	tcase_add_test(t, all_promoters_still_leave_doubt);
	tcase_add_test(t, the_interval_is_sound_for_all_small_counts);
	tcase_add_test(t, more_answers_of_the_same_kind_narrow_the_interval);
	tcase_add_test(t, parts_merge_to_the_whole);
	tcase_add_test(t, a_change_seen_backwards_is_its_opposite);
	tcase_add_test(t, whole_effective_answers_are_answers);
	suite_add_tcase(s, t);

	tcase_set_timeout(c, 600);
	tcase_add_loop_test(c, the_grid_is_covered_as_the_header_says, 0,
			    NELEMS(grid));
	tcase_add_loop_test(c,
			    mean_coverage_is_95_percent_and_the_least_near_it,
			    0, NELEMS(sizes));
	tcase_add_loop_test(c, other_methods_cover_as_the_header_says, 0,
			    NELEMS(others));
	tcase_add_test(c, the_plain_interval_covers_badly);
	tcase_add_loop_test(c, a_finer_grid_is_covered_too, 0, NELEMS(grid));
	tcase_add_test(c, the_least_answers_are_covered_too);
	tcase_add_loop_test(c, changes_are_covered_as_the_header_says, 0,
			    NELEMS(changes));
	tcase_add_test(c, simulated_coverage_is_the_calculated_one);
	suite_add_tcase(s, c);

	SRunner *sr = srunner_create(s);

	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed != 0;
}
