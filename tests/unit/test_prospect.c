/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads below the pyramid, and why a customer's value changed. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/change.h"
#include "model/prospect.h"

#define U ANSWER_UNKNOWN
#define Y ANSWER_YES
#define N ANSWER_NO

/* All 27 ways to answer, at every stage: by the words of the rule. */
START_TEST(one_yes_makes_a_prospect_potential)
{
	for (int i = 0; i < 27 * 4; i++) {
		const enum prospect_stage stage = (enum prospect_stage)(i / 27);
		const struct prospect_man man = {
			(enum prospect_answer)(i % 3),
			(enum prospect_answer)(i / 3 % 3),
			(enum prospect_answer)(i / 9 % 3),
		};
		const bool yes = man.money == Y || man.authority == Y ||
				 man.need == Y;
		const bool nothing = man.money == U && man.authority == U &&
				     man.need == U;
		enum prospect_state want = PROSPECT_SUSPECT;

		if (yes || (nothing && stage == STAGE_OPEN))
			want = PROSPECT_POTENTIAL;
		if (stage == STAGE_LOST)
			want = PROSPECT_SUSPECT;
		if (stage == STAGE_WON)
			want = PROSPECT_WON;
		ck_assert_int_eq(prospect_state(&man, stage), want);
	}
}
END_TEST

START_TEST(the_seed_s_cases)
{
	const struct prospect_man passed = { Y, Y, Y }, open = { Y, U, N };
	const struct prospect_man unknown = { U, U, U }, none = { N, N, N };

	ck_assert_int_eq(prospect_state(&passed, STAGE_NEW),
			 PROSPECT_POTENTIAL);
	ck_assert_int_eq(prospect_state(&open, STAGE_NEW), PROSPECT_POTENTIAL);
	ck_assert_int_eq(prospect_state(&unknown, STAGE_NEW),
			 PROSPECT_SUSPECT);
	ck_assert_int_eq(prospect_state(&none, STAGE_OPEN), PROSPECT_SUSPECT);
}
END_TEST

START_TEST(words_are_read)
{
	enum prospect_stage stage = STAGE_NEW;

	ck_assert_int_eq(prospect_answer(TEXT("yes")), Y);
	ck_assert_int_eq(prospect_answer(TEXT("no")), N);
	ck_assert_int_eq(prospect_answer(TEXT("unknown")), U);
	ck_assert_int_eq(prospect_answer((struct text){ 0 }), U);
	ck_assert(prospect_stage(TEXT("lost"), &stage));
	ck_assert_int_eq(stage, STAGE_LOST);
	ck_assert(!prospect_stage(TEXT("LOST"), &stage));
	ck_assert(!prospect_stage((struct text){ 0 }, &stage));
}
END_TEST

/* v0, n0, v1, n1 and the parts, reckoned by hand. */
static const struct {
	int64_t v0, n0, v1, n1, by_count, by_ticket;
	const char *why;
} changes[] = {
	{ 100, 1, 200, 2, 100, 0, "count" },
	{ 100, 1, 200, 1, 0, 100, "ticket" },
	/* 2 more at (100 + 200) / 2, tickets 100 dearer times (1 + 3) / 2 */
	{ 100, 1, 600, 3, 300, 200, "count" },
	/* 1 fewer at (50 + 150) / 2, 100 dearer times 1.5 */
	{ 100, 2, 150, 1, -100, 150, "ticket" },
	/* half a fen: 1 more at (1 + 0) / 2 = 0.5 */
	{ 1, 1, 0, 2, 1, -2, "ticket" },
	{ 0, 0, 500, 4, 500, 0, "count" },
	{ 500, 4, 0, 0, -500, 0, "count" },
	{ 0, 0, -20, 0, 0, -20, "ticket" },
	{ 100, 1, 100, 1, 0, 0, NULL },
	{ 100, 1, 100, 2, 75, -75, "count" },
	{ 0, 0, 0, 0, 0, 0, NULL },
};

START_TEST(a_change_is_count_and_ticket)
{
	const struct change c =
		change_split(changes[_i].v0, changes[_i].n0, changes[_i].v1,
			     changes[_i].n1);

	ck_assert_int_eq((int64_t)c.by_count, changes[_i].by_count);
	ck_assert_int_eq((int64_t)c.by_ticket, changes[_i].by_ticket);
	if (changes[_i].why)
		ck_assert_str_eq(change_why(&c), changes[_i].why);
	else
		ck_assert_ptr_null(change_why(&c));
}
END_TEST

START_TEST(the_parts_are_the_whole_at_the_edges)
{
	static const int64_t value[] = { INT64_MIN, INT64_MIN + 1, -7, 0, 1,
					 123456789, INT64_MAX };
	static const int64_t bought[] = { 0, 1, 3, 1000003, INT32_MAX };
	enum { V = NELEMS(value), B = NELEMS(bought) };

	for (size_t i = 0; i < (size_t)V * V * B * B; i++) {
		const int64_t v0 = value[i % V], v1 = value[i / V % V];
		const int64_t n0 = bought[i / V / V % B];
		const int64_t n1 = bought[i / V / V / B];
		const struct change c = change_split(v0, n0, v1, n1);
		const double t0 = n0 ? (double)v0 / (double)n0 : 0;
		const double t1 = n1 ? (double)v1 / (double)n1 : 0;
		const double more = (double)n1 - (double)n0;

		ck_assert(c.by_count + c.by_ticket == (money_wide)v1 - v0);
		/* Half a unit, and the doubles' own rounding. */
		if (n0 && n1)
			ck_assert_double_eq_tol(
				(double)c.by_count, more * (t0 + t1) / 2,
				1 + 1e-15 * fabs(more) * (fabs(t0) + fabs(t1)));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("prospect");
	TCase *t = tcase_create("prospect");
	SRunner *sr = srunner_create(s);

	tcase_add_test(t, one_yes_makes_a_prospect_potential);
	tcase_add_test(t, the_seed_s_cases);
	tcase_add_test(t, words_are_read);
	tcase_add_loop_test(t, a_change_is_count_and_ticket, 0,
			    NELEMS(changes));
	tcase_add_test(t, the_parts_are_the_whole_at_the_edges);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
