/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms of a market, shares of a customer. */
#include <check.h>

#include "base/mem.h"
#include "model/market.h"

/* Cuts of a fifth and a tenth; one fen above, at and below each of them. */
static const struct {
	struct market m;
	enum market_form form;
} forms[] = {
	{{{0, 220}, {1000, 1100}}, MARKET_COMPETITIVE},
	{{{0, 219}, {1000, 1100}}, MARKET_DEVELOPING},
	{{{0, 220}, {1000, 1099}}, MARKET_NICHE},
	{{{0, 219}, {1000, 1099}}, MARKET_UNDEVELOPED},
	{{{0, 0}, {1000, 1}}, MARKET_UNDEVELOPED},
	{{{0, 220}, {0, 1100}}, MARKET_UNKNOWN},
	{{{0, 220}, {1000, 0}}, MARKET_UNKNOWN},
	{{{0, -5}, {1000, 1200}}, MARKET_DEVELOPING},
	/* no double tells these from the cut */
	{{{0, 1000000000000000000}, {1, 5000000000000000000}},
	 MARKET_COMPETITIVE},
	{{{0, 999999999999999999}, {1, 5000000000000000000}},
	 MARKET_DEVELOPING},
};

START_TEST(a_cut_belongs_to_what_is_high)
{
	const struct market_cuts cuts = {market_percent(20),
					 market_percent(10)};

	ck_assert_int_eq(market_form_of(&forms[_i].m, &cuts), forms[_i].form);
}
END_TEST

/* Own 30 of 110, and 110 after 100; the segment without a market before is
 * left out. */
START_TEST(the_mean_of_all_is_the_cut)
{
	const struct market m[] = {
		{{0, 20}, {60, 50}},
		{{0, 10}, {40, 60}},
		{{0, 99}, {0, 100}},
	};
	struct market_cuts cuts;

	ck_assert(market_mean_cuts(m, NELEMS(m), &cuts));
	ck_assert_int_eq(cuts.share.numerator, 30);
	ck_assert_int_eq(cuts.share.denominator, 110);
	ck_assert_int_eq(cuts.growth.numerator, 10);
	ck_assert_int_eq(cuts.growth.denominator, 100);
	ck_assert_int_eq(market_form_of(&m[0], &cuts), MARKET_NICHE);
	ck_assert_int_eq(market_form_of(&m[1], &cuts), MARKET_DEVELOPING);
	ck_assert_int_eq(market_form_of(&m[2], &cuts), MARKET_UNKNOWN);
}
END_TEST

START_TEST(without_segments_there_are_no_cuts)
{
	struct market_cuts cuts;
	const struct market m = {{1, 2}, {3, 4}};

	ck_assert(market_mean_cuts(NULL, 0, &cuts));
	ck_assert_int_eq(market_form_of(&m, &cuts), MARKET_UNKNOWN);
}
END_TEST

START_TEST(sums_that_are_too_large_are_told)
{
	const struct market m[] = {
		{{0, 0}, {1, INT64_MAX}},
		{{0, 0}, {1, 1}},
	};
	struct market_cuts cuts;

	ck_assert(!market_mean_cuts(m, NELEMS(m), &cuts));
}
END_TEST

START_TEST(every_form_but_the_unknown_has_a_name)
{
	ck_assert_ptr_null(market_form_name(MARKET_UNKNOWN));
	for (int f = MARKET_NICHE; f < MARKET_FORMS; f++)
		ck_assert_ptr_nonnull(market_form_name((enum market_form)f));
}
END_TEST

static const struct {
	struct wallet w;
	bool known, known_whole;
} wallets[] = {
	{{300, 100, true}, true, true},
	{{0, 100, true}, true, true},
	/* asked, and nothing was bought elsewhere */
	{{300, 0, true}, true, true},
	{{300, 0, false}, false, true},
	{{0, 0, true}, false, false},
	{{-1, 100, true}, false, false},
	{{100, -1, true}, false, false},
};

START_TEST(a_share_needs_a_record)
{
	money_wide n, d;

	ck_assert(wallet_share(&wallets[_i].w, false, &n, &d) ==
		  wallets[_i].known);
	ck_assert(wallet_share(&wallets[_i].w, true, &n, &d) ==
		  wallets[_i].known_whole);
	ck_assert(n == wallets[_i].w.own);
	ck_assert(d == wallets[_i].w.own + wallets[_i].w.elsewhere);
}
END_TEST

START_TEST(totals_keep_the_unknown_apart)
{
	struct wallet_total t = {0};

	for (size_t i = 0; i < 4; i++)
		wallet_add(&t, &wallets[i].w);
	ck_assert_uint_eq(t.customers, 4);
	ck_assert_uint_eq(t.recorded, 3);
	ck_assert(t.own == 900);
	ck_assert(t.recorded_own == 600);
	ck_assert(t.elsewhere == 200);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("market");
	TCase *tc = tcase_create("market");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, a_cut_belongs_to_what_is_high, 0,
			    NELEMS(forms));
	tcase_add_test(tc, the_mean_of_all_is_the_cut);
	tcase_add_test(tc, without_segments_there_are_no_cuts);
	tcase_add_test(tc, sums_that_are_too_large_are_told);
	tcase_add_test(tc, every_form_but_the_unknown_has_a_name);
	tcase_add_loop_test(tc, a_share_needs_a_record, 0, NELEMS(wallets));
	tcase_add_test(tc, totals_keep_the_unknown_apart);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
