/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights, monotone levels, EM on simulated pairs. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_em.h"
#include "num/rng.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

static const double prior[2] = { 0.9, 0.1 };
static const double even[2] = { 0.5, 0.5 };
static const struct linkage_rare nothing;

static double bits(double nats)
{
	return nats / log(2);
}

/*
 * Agreement and disagreement weights to the base of 2 as the reference of a
 * commercial match engine prints them: "Understanding the Master Index Match
 * Engine" (Oracle, 820-4000), table 17. Its disagreement weight is
 * log2((1-m)/(1-u)), as in Fellegi & Sunter (1969).
 */
static const struct {
	double m, u, agree, differ;
} table_17[] = {
	{ .996, .004, 7.96, -7.96 }, /* first name */
	{ .996, .004, 7.96, -7.96 }, /* last name */
	{ .97, .007, 7.11, -5.04 },  /* date of birth */
	{ .97, .03, 5.01, -5.01 },   /* gender */
	{ .999, .001, 9.96, -9.96 }, /* social security number */
};

START_TEST(weights_are_those_of_a_published_table)
{
	struct linkage_feature feature[N(table_17)];
	struct linkage_model model;
	uint8_t all[LINKAGE_FEATURES_MAX] = { 0 };

	for (size_t f = 0; f < N(table_17); f++)
		feature[f] = (struct linkage_feature){ .levels = 2,
						       .prior = prior };
	linkage_model_init(&model, feature, N(table_17), 0.5);
	for (size_t f = 0; f < N(table_17); f++) {
		model.m[f][0] = table_17[f].m;
		model.m[f][1] = 1 - table_17[f].m;
		model.u[f][0] = table_17[f].u;
		model.u[f][1] = 1 - table_17[f].u;
	}
	linkage_model_weigh(&model);
	/* Two decimals are printed, the others cut off. */
	for (size_t f = 0; f < N(table_17); f++) {
		ck_assert(fabs(bits(model.weight[f][0]) - table_17[f].agree) <
			  0.01);
		ck_assert(fabs(bits(model.weight[f][1]) - table_17[f].differ) <
			  0.01);
	}
	/* "Maximum match weight 38", the sum; with a prior of one half the
	 * odds are the sum. */
	ck_assert(fabs(bits(linkage_model_odds(&model, all, nothing)) - 38) < 0.02);
	all[4] = LINKAGE_MISSING;
	ck_assert(fabs(bits(linkage_model_odds(&model, all, nothing)) - 28.04) <
		  0.02);
}
END_TEST

/* Levels 1 and 2 are the wrong way round: pooled, (.2 + .1) / (.3 + .1). */
START_TEST(levels_the_wrong_way_round_are_pooled)
{
	static const double m[] = { .6, .2, .1, .1 };
	static const double u[] = { .1, .3, .1, .5 };
	double w[4];

	linkage_pool(m, u, 4, w);
	ck_assert(fabs(w[0] - log(6)) < 1e-12);
	ck_assert(fabs(w[1] - log(.75)) < 1e-12);
	ck_assert(w[2] == w[1]);
	ck_assert(fabs(w[3] - log(.2)) < 1e-12);
}
END_TEST

START_TEST(weights_that_only_rise_become_one)
{
	static const double m[] = { .1, .2, .7 };
	static const double u[] = { .7, .2, .1 };
	double w[3];

	linkage_pool(m, u, 3, w);
	for (size_t i = 0; i < 3; i++)
		ck_assert(fabs(w[i]) < 1e-12);
}
END_TEST

START_TEST(an_attribute_stays_within_one_nat)
{
	static const struct linkage_feature f = { .levels = 2,
						  .prior = prior,
						  .attribute = true };
	struct linkage_model model;

	linkage_model_init(&model, &f, 1, 0.5);
	model.u[0][0] = 1e-9;
	model.u[0][1] = 1;
	linkage_model_weigh(&model);
	ck_assert(model.weight[0][0] == 1 && model.weight[0][1] == -1);
}
END_TEST

START_TEST(probabilities_stay_inside_0_and_1)
{
	static const double odds[] = { -HUGE_VAL, -1e6, -800, 0, 800,
				       HUGE_VAL };

	for (size_t i = 0; i < N(odds); i++) {
		double p = linkage_probability_of(odds[i]);

		ck_assert(p > 0 && p < 1);
	}
	ck_assert(linkage_probability_of(0) == 0.5);
	ck_assert(fabs(linkage_probability_of(linkage_odds_of(0.7)) - 0.7) <
		  1e-12);
}
END_TEST

/* ---- simulated pairs ---- */

enum { FIELDS = 5, PAIRS = 200000 };

static const struct {
	double m, u;
} real[FIELDS] = {
	{ .95, .01 }, { .90, .03 }, { .85, .05 }, { .70, .002 }, { .97, .4 }
};

#define REAL_LAMBDA 0.02

static struct linkage_feature field[FIELDS];
static struct linkage_em_data data;

static bool chance(struct rng *rng, double p)
{
	return rng_chance(rng, (uint32_t)(p * 1e6 + .5));
}

static struct linkage_pattern simulate(struct rng *rng, bool match)
{
	struct linkage_pattern p = { .count = 1 };

	memset(p.level, LINKAGE_MISSING, sizeof(p.level));
	for (size_t f = 0; f < FIELDS; f++)
		if (!chance(rng, 0.1))
			p.level[f] = !chance(rng, match ? real[f].m :
							  real[f].u);
	return p;
}

static void setup(void)
{
	struct rng rng;

	rng_init(&rng, 20, 1);
	data = (struct linkage_em_data){ .population = PAIRS };
	data.candidate.at = mem_alloc(PAIRS, sizeof(*data.candidate.at));
	data.random.at = mem_alloc(PAIRS, sizeof(*data.random.at));
	data.candidate.n = data.random.n = PAIRS;
	for (size_t i = 0; i < PAIRS; i++) {
		bool match = chance(&rng, REAL_LAMBDA);

		data.candidate.at[i] = simulate(&rng, match);
		data.random.at[i] = data.candidate.at[i];
	}
	for (size_t f = 0; f < FIELDS; f++)
		field[f] = (struct linkage_feature){ .levels = 2,
						     .prior = prior };
	linkage_patterns_merge(&data.candidate);
	linkage_patterns_merge(&data.random);
}

static void teardown(void)
{
	free(data.candidate.at);
	free(data.random.at);
}

START_TEST(patterns_alike_are_counted_together)
{
	double sum = 0;

	/* Exact, differing or missing in each of five. */
	ck_assert_uint_le(data.candidate.n, 243);
	for (size_t i = 0; i < data.candidate.n; i++)
		sum += data.candidate.at[i].count;
	ck_assert(sum == PAIRS);
}
END_TEST

/* About 4,000 matches: two standard errors of a share are .015. */
START_TEST(em_recovers_what_was_simulated)
{
	struct linkage_model model;
	struct linkage_em_result r;

	linkage_model_init(&model, field, FIELDS, 0.001);
	r = linkage_em(&model, &data, false, 200);
	ck_assert(r.converged);
	ck_assert(fabs(model.lambda / REAL_LAMBDA - 1) < 0.05);
	for (size_t f = 0; f < FIELDS; f++) {
		ck_assert(fabs(model.m[f][0] - real[f].m) < 0.02);
		ck_assert(fabs(model.u[f][0] / real[f].u - 1) < 0.1);
	}
}
END_TEST

START_TEST(with_m_fixed_only_u_and_lambda_are_learned)
{
	struct linkage_model model;

	linkage_model_init(&model, field, FIELDS, 0.001);
	linkage_em(&model, &data, true, 200);
	for (size_t f = 0; f < FIELDS; f++)
		ck_assert(model.m[f][0] == prior[0]);
	ck_assert(fabs(model.lambda / REAL_LAMBDA - 1) < 0.2);
}
END_TEST

START_TEST(pairs_known_not_to_match_are_not_learned_from)
{
	struct linkage_model model;

	for (size_t i = 0; i < data.candidate.n; i++)
		data.candidate.at[i].never = true;
	linkage_model_init(&model, field, FIELDS, 0.001);
	linkage_em(&model, &data, false, 200);
	/* One pair in all is the least. */
	ck_assert(fabs(model.lambda - 1.0 / PAIRS) < 1e-12);
	for (size_t f = 0; f < FIELDS; f++)
		ck_assert(fabs(model.m[f][0] - prior[0]) < 1e-12);
}
END_TEST

START_TEST(numbers_stay_finite_without_any_data)
{
	struct linkage_em_data none = { .population = 1 };
	struct linkage_model model;
	uint8_t level[LINKAGE_FEATURES_MAX] = { 0, 1 };

	linkage_model_init(&model, field, FIELDS, 0.5);
	linkage_em(&model, &none, false, 20);
	ck_assert(isfinite(linkage_model_odds(&model, level, nothing)));
}
END_TEST

/* ---- what comes together ---- */

static struct linkage_pattern two(uint8_t a, uint8_t b, double count)
{
	struct linkage_pattern p = { .count = count };

	memset(p.level, LINKAGE_MISSING, sizeof(p.level));
	p.level[0] = a;
	p.level[1] = b;
	return p;
}

static const struct linkage_feature pair_of[2] = {
	{ .levels = 2, .prior = prior, .identity = true },
	{ .levels = 2, .prior = even, .identity = true },
};

/*
 * Each errs in one of ten, and never both at once: two errors are worth the
 * least, none is not punished.
 */
START_TEST(two_errors_at_once_are_held_against_a_pair)
{
	struct linkage_pattern p[] = { two(0, 0, 8000), two(0, 1, 1000),
				       two(1, 0, 1000) };
	struct linkage_patterns all = { p, N(p) };
	static const double g[] = { 1, 1, 1 };
	struct linkage_model model;

	linkage_model_init(&model, pair_of, 2, 0.5);
	model.m[0][0] = model.m[1][0] = 0.9;
	linkage_learn_errors(&model, &all, g);
	ck_assert(model.counted[0] && model.counted[1]);
	ck_assert(model.errors[2] == -3);
	/* None: 8000 seen, 8100 due. One (2000, 1800 due) may not be better
	 * than none. */
	ck_assert(fabs(model.errors[0] - log(8000.0 / 8100)) < 0.001);
	ck_assert(model.errors[1] == model.errors[0]);
	ck_assert(linkage_model_errors(&model, p[1].level) == model.errors[1]);
}
END_TEST

/* Exact in the one, which speaks for a match: 100 of 1000; in the other: 50,
 * all of them with the first; the lift is .05 / (.1 * .05) = 10. */
START_TEST(agreement_by_dependence_is_taken_off)
{
	struct linkage_pattern p[] = { two(0, 0, 50), two(0, 1, 50),
				       two(1, 1, 900) };
	struct linkage_patterns all = { p, N(p) };
	static const double g[] = { 0, 0, 0 };
	struct linkage_model model;

	linkage_model_init(&model, pair_of, 2, 0.5);
	for (size_t f = 0; f < 2; f++) {
		model.u[f][0] = 0.01;
		model.u[f][1] = 0.99;
	}
	linkage_model_weigh(&model);
	linkage_learn_lift(&model, &all, g);
	ck_assert_uint_eq(model.lifts, 1);
	ck_assert(fabs(model.lift[0].log_lift - log(10)) < 1e-9);
	ck_assert(linkage_model_lift(&model, p[0].level) ==
		  model.lift[0].log_lift);
	ck_assert(linkage_model_lift(&model, p[1].level) == 0);
}
END_TEST

START_TEST(rounded_weights_do_not_feel_a_record_more)
{
	struct linkage_model model;

	double prior_was;

	linkage_model_init(&model, pair_of, 2, 1e-6);
	prior_was = linkage_model_prior(&model);
	linkage_model_round(&model);
	ck_assert(fabs(linkage_model_prior(&model) - prior_was) <= 1.0 / 64);
	ck_assert(fabs(linkage_model_prior(&model) -
		       linkage_round(prior_was)) < 1e-9);
	for (size_t l = 0; l < 2; l++) {
		double w = model.weight[0][l] * 32;

		ck_assert(w == round(w));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("linkage_model");
	TCase *t = tcase_create("weights"), *em = tcase_create("em");
	TCase *together = tcase_create("together");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_test(t, weights_are_those_of_a_published_table);
	tcase_add_test(t, levels_the_wrong_way_round_are_pooled);
	tcase_add_test(t, weights_that_only_rise_become_one);
	tcase_add_test(t, an_attribute_stays_within_one_nat);
	tcase_add_test(t, probabilities_stay_inside_0_and_1);
	tcase_add_checked_fixture(em, setup, teardown);
	tcase_set_timeout(em, 60);
	tcase_add_test(em, patterns_alike_are_counted_together);
	tcase_add_test(em, em_recovers_what_was_simulated);
	tcase_add_test(em, with_m_fixed_only_u_and_lambda_are_learned);
	tcase_add_test(em, pairs_known_not_to_match_are_not_learned_from);
	tcase_add_test(em, numbers_stay_finite_without_any_data);
	tcase_add_test(together, two_errors_at_once_are_held_against_a_pair);
	tcase_add_test(together, agreement_by_dependence_is_taken_off);
	tcase_add_test(together, rounded_weights_do_not_feel_a_record_more);
	suite_add_tcase(s, t);
	suite_add_tcase(s, em);
	suite_add_tcase(s, together);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
