/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three kinds of pairs, simulated: EM tells families from doubles. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_em.h"
#include "model/linkage_home.h"
#include "num/rng.h"

enum { GIVEN, BIRTH, SURNAME, STREET, PHONE, FIELDS };
enum { PAIRS = 200000 };

#define MATCHES 0.01

static const double prior[2] = { 0.9, 0.1 };

/* How often two records agree: of one person, one home, two strangers. */
static const struct {
	double m, h, u;
} real[FIELDS] = {
	[GIVEN] = { .93, .01, .01 },	[BIRTH] = { .95, .003, .003 },
	[SURNAME] = { .95, .90, .01 },	[STREET] = { .90, .95, .002 },
	[PHONE] = { .85, .60, .001 },
};

static struct linkage_feature field[FIELDS];
static struct linkage_em_data data;
static struct linkage_model model;
static bool sure;

static bool chance(struct rng *rng, double p)
{
	return rng_chance(rng, (uint32_t)(p * 1e6 + .5));
}

static double agree(size_t f, bool match, bool home)
{
	if (match)
		return real[f].m;
	return home ? real[f].h : real[f].u;
}

static void learn(double homes)
{
	struct rng rng;

	rng_init(&rng, 7, 1);
	data = (struct linkage_em_data){ .population = PAIRS };
	data.candidate.at = mem_zalloc(PAIRS, sizeof(*data.candidate.at));
	data.random.at = mem_alloc(PAIRS, sizeof(*data.random.at));
	data.candidate.n = data.random.n = PAIRS;
	for (size_t i = 0; i < PAIRS; i++) {
		struct linkage_pattern *p = &data.candidate.at[i];
		bool match = chance(&rng, MATCHES);
		bool home = !match && chance(&rng, homes);

		p->count = 1;
		memset(p->level, LINKAGE_MISSING, sizeof(p->level));
		for (size_t f = 0; f < FIELDS; f++)
			p->level[f] = !chance(&rng, agree(f, match, home));
		data.random.at[i] = *p;
	}
	linkage_patterns_merge(&data.candidate);
	linkage_patterns_merge(&data.random);
	linkage_model_init(&model, field, FIELDS, 0.001);
	model.home.sure = sure;
	linkage_em(&model, &data, false, 300);
	free(data.candidate.at);
	free(data.random.at);
}

static void setup(void)
{
	for (size_t f = 0; f < FIELDS; f++)
		field[f] = (struct linkage_feature){
			.levels = 2,
			.prior = prior,
			.own = f == GIVEN || f == BIRTH ? 2 : 0
		};
}

static double probability(const uint8_t *level)
{
	return linkage_probability_of(linkage_model_odds(
		&model, level, (struct linkage_rare){ 0, 0 }));
}

static const uint8_t all_equal[FIELDS] = { 0, 0, 0, 0, 0 };
static const uint8_t a_brother[FIELDS] = { 1, 1, 0, 0, 0 };
static const uint8_t misspelt[FIELDS] = { 1, 0, 0, 0, 0 };
static const uint8_t moved[FIELDS] = { 0, 0, 0, 1, 1 };

/* Three times as many families as doubles. */
START_TEST(families_are_learned_beside_matches)
{
	learn(3 * MATCHES);
	ck_assert(model.home.on);
	ck_assert(fabs(model.lambda / MATCHES - 1) < 0.1);
	/* A tenth of the matches is allowed off. */
	ck_assert(fabs(model.home.share / MATCHES - 2.9) < 0.15);
	for (size_t f = 0; f < FIELDS; f++)
		ck_assert(fabs(model.home.h[f][0] - real[f].h) < 0.03);
}
END_TEST

START_TEST(a_brother_is_somebody_else)
{
	learn(3 * MATCHES);
	ck_assert(probability(a_brother) < 0.05);
	ck_assert(probability(all_equal) > 0.99);
	ck_assert(probability(misspelt) > 0.9);
	ck_assert(probability(moved) > 0.9);
}
END_TEST

/* Without families the same pair is one person with two mistakes. */
START_TEST(without_families_two_mistakes_are_forgiven)
{
	learn(0);
	ck_assert(model.home.share < MATCHES / 100);
	ck_assert(probability(a_brother) > 0.7);
}
END_TEST

START_TEST(one_column_that_is_shared_makes_no_home)
{
	setup();
	field[STREET].own = field[PHONE].own = 2;
	linkage_model_init(&model, field, FIELDS, 0.001);
	ck_assert(!model.home.on);
	setup();
	field[GIVEN].own = field[BIRTH].own = 0;
	linkage_model_init(&model, field, FIELDS, 0.001);
	ck_assert(!model.home.on);
}
END_TEST

/* Where they are known to be, a few families are not taken for mistakes. */
START_TEST(few_families_count_where_they_are_sure)
{
	sure = true;
	learn(0.03 * MATCHES);
	ck_assert(probability(a_brother) < 0.3);
	ck_assert(model.m[GIVEN][1] <= prior[1] + 1e-12);
	sure = false;
	learn(0.03 * MATCHES);
	ck_assert(probability(a_brother) > 0.5);
}
END_TEST

/* 1 / (1/2 + 1/4) = 4/3; the smaller when the other is far away. */
START_TEST(odds_against_both_are_smaller_than_against_each)
{
	ck_assert(fabs(linkage_home_both(log(2), log(4)) - log(4.0 / 3)) <
		  1e-12);
	ck_assert(linkage_home_both(-3, 900) == -3);
	ck_assert(linkage_home_both(-HUGE_VAL, 2) == -HUGE_VAL);
}
END_TEST

START_TEST(posteriors_add_up)
{
	learn(3 * MATCHES);
	for (unsigned k = 0; k < 1u << FIELDS; k++) {
		struct linkage_posterior is, never;
		uint8_t level[LINKAGE_FEATURES_MAX];

		for (size_t f = 0; f < FIELDS; f++)
			level[f] = (uint8_t)(k >> f & 1);
		is = linkage_home_posterior(&model, level,
					    (struct linkage_rare){ 0, 0 },
					    false);
		never = linkage_home_posterior(&model, level,
					       (struct linkage_rare){ 0, 0 },
					       true);
		ck_assert(is.match >= 0 && is.home >= 0);
		ck_assert(is.match + is.home <= 1 + 1e-12);
		ck_assert(never.match == 0 && never.home >= is.home);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("linkage_home");
	TCase *t = tcase_create("homes");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, families_are_learned_beside_matches);
	tcase_add_test(t, a_brother_is_somebody_else);
	tcase_add_test(t, without_families_two_mistakes_are_forgiven);
	tcase_add_test(t, one_column_that_is_shared_makes_no_home);
	tcase_add_test(t, few_families_count_where_they_are_sure);
	tcase_add_test(t, odds_against_both_are_smaller_than_against_each);
	tcase_add_test(t, posteriors_add_up);
	suite_add_tcase(s, t);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
