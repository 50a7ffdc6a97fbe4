/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metals, most valuable customers, key accounts, and the cost of service. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/keyaccount.h"
#include "model/metal.h"
#include "model/mvc.h"
#include "model/servicecost.h"

/* n customers named 000, 001, ... */
static struct group *names(size_t n)
{
	struct group *g = group_new(0, 0, NULL, NULL);
	char name[24];

	for (size_t i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "%03zu", i);
		group_intern(g, text_of(name));
	}
	return g;
}

/* ---- cost of service ---- */

START_TEST(a_rate_is_looked_up_by_kind_and_word)
{
	struct servicecost c = { 0 };
	int64_t fen;

	ck_assert_ptr_null(servicecost_add(&c, SERVICECOST_CONTACT,
					   TEXT("phone"), 500));
	ck_assert_ptr_null(servicecost_add(&c, SERVICECOST_CONTACT, TEXT("*"),
					   100));
	ck_assert_ptr_null(servicecost_add(&c, SERVICECOST_VISIT, TEXT("*"),
					   0));
	ck_assert(servicecost_rate(&c, SERVICECOST_CONTACT, TEXT("phone"),
				   &fen));
	ck_assert_int_eq(fen, 500);
	ck_assert(servicecost_rate(&c, SERVICECOST_CONTACT, TEXT("fax"),
				   &fen));
	ck_assert_int_eq(fen, 100);
	ck_assert(!servicecost_rate(&c, SERVICECOST_COMPLAINT, TEXT("1"),
				    &fen));
	ck_assert(servicecost_has(&c, SERVICECOST_CONTACT));
	ck_assert(!servicecost_has(&c, SERVICECOST_VISIT));
}
END_TEST

START_TEST(a_rate_twice_or_negative_is_refused)
{
	struct servicecost c = { 0 };

	ck_assert_ptr_nonnull(servicecost_add(&c, SERVICECOST_VISIT,
					      TEXT("*"), -1));
	ck_assert_ptr_null(servicecost_add(&c, SERVICECOST_VISIT, TEXT("*"),
					   1));
	ck_assert_ptr_nonnull(servicecost_add(&c, SERVICECOST_VISIT,
					      TEXT("*"), 1));
	ck_assert_ptr_null(servicecost_add(&c, SERVICECOST_CONTACT, TEXT("*"),
					   1));
}
END_TEST

/* ---- metals ---- */

/* net: 80, 50, 0, 0, -5, -100 */
static const struct metal six[] = {
	{ 100, 20, 0 },	 { 50, 0, 1 },	{ 0, 0, 2 },
	{ 30, 30, 3 },	 { 5, 10, 4 },	{ -100, 0, 5 },
};

static void order_is(enum metal_by by, const uint32_t *who)
{
	struct group *g = names(NELEMS(six));
	struct metal m[NELEMS(six)];

	/* Whatever order they come in. */
	for (size_t turn = 0; turn < NELEMS(six); turn++) {
		for (size_t i = 0; i < NELEMS(six); i++)
			m[i] = six[(i + turn) % NELEMS(six)];
		ck_assert_uint_eq(metal_order(m, NELEMS(six), by, g), 4);
		for (size_t i = 0; i < NELEMS(six); i++)
			ck_assert_uint_eq(m[i].who, who[i]);
	}
	group_free(g);
}

START_TEST(net_ranks_by_what_is_left_then_by_id)
{
	order_is(METAL_NET, (const uint32_t[]){ 0, 1, 2, 3, 4, 5 });
}
END_TEST

START_TEST(return_of_no_cost_stands_above_all)
{
	/* 50/0, 100/20 = 5, 0/0 as 1 beside 30/30, 5/10, -100/0 */
	order_is(METAL_RETURN, (const uint32_t[]){ 1, 0, 2, 3, 4, 5 });
}
END_TEST

START_TEST(returns_too_close_for_doubles_are_told_apart)
{
	struct metal m[] = { { 9007199254740993, 9007199254740992, 0 },
			     { 9007199254740992, 9007199254740991, 1 } };
	struct group *g = names(2);

	metal_order(m, 2, METAL_RETURN, g);
	ck_assert_uint_eq(m[0].who, 1);
	group_free(g);
}
END_TEST

START_TEST(totals_of_metals_are_the_whole)
{
	struct group *g = names(NELEMS(six));
	struct metal m[NELEMS(six)];
	struct metal_total t[4];
	size_t paying, customers = 0;
	money_wide profit = 0, cost = 0;

	memcpy(m, six, sizeof(six));
	paying = metal_order(m, NELEMS(six), METAL_NET, g);
	metal_totals(&metal_tiers, m, NELEMS(six), paying, t);
	/* Of four who pay: ceil(.05 * 4) = 1, ceil(.2 * 4) = 1, 4. */
	ck_assert_uint_eq(t[0].customers, 1);
	ck_assert_uint_eq(t[1].customers, 0);
	ck_assert_uint_eq(t[2].customers, 3);
	ck_assert_uint_eq(t[3].customers, 2);
	for (size_t i = 0; i < 4; i++) {
		customers += t[i].customers;
		profit += t[i].profit;
		cost += t[i].cost;
	}
	ck_assert_uint_eq(customers, 6);
	ck_assert(profit == 85);
	ck_assert(cost == 60);
	group_free(g);
}
END_TEST

START_TEST(nobody_who_pays_is_no_tier)
{
	struct metal m = { 1, 2, 0 };
	struct group *g = names(1);
	struct metal_total t[4];

	ck_assert_uint_eq(metal_order(&m, 1, METAL_NET, g), 0);
	metal_totals(&metal_tiers, &m, 1, 0, t);
	ck_assert_uint_eq(t[3].customers, 1);
	ck_assert_uint_eq(metal_order(&m, 0, METAL_NET, g), 0);
	group_free(g);
}
END_TEST

/* ---- most valuable ---- */

START_TEST(each_class_by_its_own_term)
{
	struct mvc m[] = {
		{ 100, 1, 500, 0, true, 0 },	/* greatest A */
		{ 10, 20, 900, 1, true, 0 },	/* A < C, whatever S */
		{ 50, 1, 60, 2, true, 0 },	/* gap 10 */
		{ 40, 1, 90, 3, true, 0 },	/* gap 50 */
		{ 30, 1, 900, 4, false, 0 },	/* S not known */
		{ 20, 20, 5, 5, true, 0 },	/* A = C is not below */
	};
	static const enum mvc_class want[] = { MVC_MOST_VALUABLE,
					       MVC_BELOW_ZERO, MVC_ORDINARY,
					       MVC_SECOND_TIER, MVC_ORDINARY,
					       MVC_ORDINARY };
	struct group *g = names(NELEMS(m));

	/* Five are not below zero: ceil(.2 * 5) = 1 of each. */
	ck_assert(mvc_classify(m, NELEMS(m), 200000, 200000, g));
	for (size_t i = 0; i < NELEMS(m); i++) {
		ck_assert_int_eq(m[i].class, want[m[i].who]);
		if (i)
			ck_assert_int_ge(m[i - 1].actual, m[i].actual);
	}
	group_free(g);
}
END_TEST

START_TEST(equal_gaps_go_by_id)
{
	struct mvc m[] = { { 5, 0, 9, 2, true, 0 },
			   { 5, 0, 9, 1, true, 0 },
			   { 5, 0, 9, 0, true, 0 } };
	struct group *g = names(3);

	ck_assert(mvc_classify(m, 3, 0, 333333, g));
	ck_assert_uint_eq(m[0].who, 0);
	ck_assert_int_eq(m[0].class, MVC_SECOND_TIER);
	ck_assert_int_eq(m[1].class, MVC_ORDINARY);
	ck_assert_int_eq(m[2].class, MVC_ORDINARY);
	group_free(g);
}
END_TEST

START_TEST(a_gap_too_large_is_told)
{
	struct mvc m = { -1, -1, INT64_MAX, 0, true, 0 };
	struct group *g = names(1);

	ck_assert(!mvc_classify(&m, 1, 0, 1000000, g));
	m.known = false;
	ck_assert(mvc_classify(&m, 1, 0, 1000000, g));
	group_free(g);
}
END_TEST

/* ---- key accounts ---- */

START_TEST(minmax_points_keep_distances)
{
	int64_t v[] = { -5, 0, 5, 15 };

	key_points(v, 4, KEY_MINMAX);
	ck_assert_int_eq(v[0], 0);
	ck_assert_int_eq(v[1], 25 * KEY_POINT);
	ck_assert_int_eq(v[2], 50 * KEY_POINT);
	ck_assert_int_eq(v[3], 100 * KEY_POINT);
}
END_TEST

START_TEST(rank_points_share_ties)
{
	int64_t v[] = { 7, 1, 7, 1000 };

	/* 1: 0; the two 7s: one below, one equal: (1 + 1/2) / 3; 1000: 1 */
	key_points(v, 4, KEY_RANK);
	ck_assert_int_eq(v[0], 50 * KEY_POINT);
	ck_assert_int_eq(v[1], 0);
	ck_assert_int_eq(v[2], 50 * KEY_POINT);
	ck_assert_int_eq(v[3], 100 * KEY_POINT);
}
END_TEST

START_TEST(all_equal_or_alone_is_the_middle)
{
	int64_t v[] = { 3, 3 }, w[] = { 3, 3 };

	key_points(v, 2, _i ? KEY_RANK : KEY_MINMAX);
	ck_assert_int_eq(v[0], 50 * KEY_POINT);
	ck_assert_int_eq(v[1], 50 * KEY_POINT);
	key_points(w, 1, _i ? KEY_RANK : KEY_MINMAX);
	ck_assert_int_eq(w[0], 50 * KEY_POINT);
	key_points(w, 0, _i ? KEY_RANK : KEY_MINMAX);
}
END_TEST

START_TEST(extremes_do_not_overflow)
{
	int64_t v[] = { INT64_MIN, INT64_MAX, 0 };

	key_points(v, 3, KEY_MINMAX);
	ck_assert_int_eq(v[0], 0);
	ck_assert_int_eq(v[1], 100 * KEY_POINT);
	ck_assert_int_eq(v[2], 50 * KEY_POINT);
}
END_TEST

START_TEST(a_negative_weight_counts_what_is_lacking)
{
	const int64_t points[] = { 80 * KEY_POINT, 60 * KEY_POINT,
				   90 * KEY_POINT, 40 * KEY_POINT };
	struct key_weights k;

	/* (80 + 60 + (100 - 90) + 40) / 4 */
	ck_assert_int_eq(key_score(&key_equal_weights, points), 475000);
	/* (4*80 + 3*60 + 2*10 + 1*40) / 10 = 56 */
	ck_assert_ptr_null(key_weights_parse(&k, "4,3,-2,1"));
	ck_assert_int_eq(key_score(&k, points), 560000);
	/* the same in other units */
	ck_assert_ptr_null(key_weights_parse(&k, "0.4,0.3,-0.2,0.1000"));
	ck_assert_int_eq(key_score(&k, points), 560000);
	ck_assert_ptr_null(key_weights_parse(&k, "0,0,-1,0"));
	ck_assert_int_eq(key_score(&k, points), 100000);
}
END_TEST

static const char *const bad_weights[] = {
	"1,1,1",    "1,1,1,1,1", "0,0,0,0",	    "1,x,1,1", "",
	"1,--1,1,1", "1,1.,1,1",  "1,1.23456,1,1",  "1,,1,1",  "1,+1,1,1",
	"1,1,1,1e3", "1,1,1,10000000",
};

START_TEST(bad_weights_are_told)
{
	struct key_weights k;

	ck_assert_ptr_nonnull(key_weights_parse(&k, bad_weights[_i]));
}
END_TEST

START_TEST(weights_are_printed_as_given)
{
	struct key_weights k;
	struct buf b = { 0 };

	ck_assert_ptr_null(key_weights_parse(&k, "4,2.5,-2,0"));
	key_weights_format(&k, &b);
	ck_assert_str_eq(b.p, "orders 4, potential 2.5, bargaining -2, "
			      "cooperation 0");
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("schemes");
	TCase *t = tcase_create("schemes");
	SRunner *sr = srunner_create(s);
	int failed;

	tcase_add_test(t, a_rate_is_looked_up_by_kind_and_word);
	tcase_add_test(t, a_rate_twice_or_negative_is_refused);
	tcase_add_test(t, net_ranks_by_what_is_left_then_by_id);
	tcase_add_test(t, return_of_no_cost_stands_above_all);
	tcase_add_test(t, returns_too_close_for_doubles_are_told_apart);
	tcase_add_test(t, totals_of_metals_are_the_whole);
	tcase_add_test(t, nobody_who_pays_is_no_tier);
	tcase_add_test(t, each_class_by_its_own_term);
	tcase_add_test(t, equal_gaps_go_by_id);
	tcase_add_test(t, a_gap_too_large_is_told);
	tcase_add_test(t, minmax_points_keep_distances);
	tcase_add_test(t, rank_points_share_ties);
	tcase_add_loop_test(t, all_equal_or_alone_is_the_middle, 0, 2);
	tcase_add_test(t, extremes_do_not_overflow);
	tcase_add_test(t, a_negative_weight_counts_what_is_lacking);
	tcase_add_loop_test(t, bad_weights_are_told, 0, NELEMS(bad_weights));
	tcase_add_test(t, weights_are_printed_as_given);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
