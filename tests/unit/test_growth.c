/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where growth came from: by hand, by all orders of drivers, and its laws. */
#include <check.h>
#include <string.h>

#include "base/mem.h"
#include "model/growth.h"

#define FACTORS 5

static void fen_is(money_wide fen, int64_t wanted)
{
	ck_assert_int_eq((int64_t)fen, wanted);
}

/* customers, purchases, kinds; of each kind purchases and fen, on each side */
static const struct growth_kind one_kind[] = {{{20, 30}, {200000, 270000}}};

/*
 * 10 customers of 2 purchases at 100.00, then 12 of 2.5 at 90.00. By hand,
 * with equal sharing of what two or three factors do together:
 * customers  2 * (200/3 + (180 + 250)/6 + 225/3)      = 426.666...
 * frequency .5 * (1000/3 + (900 + 1200)/6 + 1080/3)   = 521.666...
 * ticket   -10 * (20/3 + (25 + 24)/6 + 30/3)          = -248.333...
 * The fen left over goes to the first of two remainders of 2/3.
 */
START_TEST(three_factors_by_hand)
{
	const struct growth_sums s = {
		{10, 12}, {20, 30}, {-100, -150}, one_kind, 1};
	money_wide fen[GROWTH_DRIVERS];

	growth_drivers(&s, fen);
	fen_is(fen[GROWTH_CUSTOMERS], 42667);
	fen_is(fen[GROWTH_FREQUENCY], 52166);
	fen_is(fen[GROWTH_BREADTH], 0);
	fen_is(fen[GROWTH_MIX], 0);
	fen_is(fen[GROWTH_TICKET], -24833);
	fen_is(fen[GROWTH_REFUNDS], -50);
	fen_is(growth_income(&s, 1) - growth_income(&s, 0), 69950);
}
END_TEST

/* 10 purchases by 10 customers on both sides; of cars at 1000.00 one more,
 * of services at 10.00 one less: the mix alone, 990.00. */
START_TEST(mix_alone)
{
	const struct growth_kind kind[] = {
		{{1, 2}, {100000, 200000}},
		{{9, 8}, {9000, 8000}},
	};
	const struct growth_sums s = {{10, 10}, {10, 10}, {0, 0}, kind, 2};
	money_wide fen[GROWTH_DRIVERS];

	growth_drivers(&s, fen);
	for (int d = 0; d < GROWTH_DRIVERS; d++)
		fen_is(fen[d], d == GROWTH_MIX ? 99000 : 0);
}
END_TEST

/* 4 customers, 4 purchases; then all 4 take an insurance of 50.00 with the
 * car of 100.00: two kinds by purchase, at a mean ticket of 75.00.
 * breadth  4 * (2 - 1) * (100 + 75)/2 = 350, mix 4 * (1 + 2)/2 * -25 = -150 */
START_TEST(a_second_kind_on_the_bill_is_breadth_and_mix)
{
	const struct growth_kind kind[] = {
		{{4, 4}, {40000, 40000}},
		{{0, 4}, {0, 20000}},
	};
	const struct growth_sums s = {{4, 4}, {4, 4}, {0, 0}, kind, 2};
	money_wide fen[GROWTH_DRIVERS];

	growth_drivers(&s, fen);
	fen_is(fen[GROWTH_BREADTH], 35000);
	fen_is(fen[GROWTH_MIX], -15000);
	fen_is(fen[GROWTH_TICKET], 0);
}
END_TEST

START_TEST(all_of_a_beginning_is_customers)
{
	const struct growth_kind kind[] = {{{0, 6}, {0, 66600}}};
	const struct growth_sums begun = {{0, 3}, {0, 6}, {0, -10}, kind, 1};
	money_wide fen[GROWTH_DRIVERS];
	double level;

	growth_drivers(&begun, fen);
	fen_is(fen[GROWTH_CUSTOMERS], 66600);
	fen_is(fen[GROWTH_REFUNDS], -10);
	fen_is(fen[GROWTH_FREQUENCY] + fen[GROWTH_TICKET] + fen[GROWTH_MIX], 0);
	ck_assert(growth_level(&begun, GROWTH_CUSTOMERS, 0, &level));
	ck_assert_double_eq(level, 0);
	ck_assert(!growth_level(&begun, GROWTH_TICKET, 0, &level));
	ck_assert(growth_level(&begun, GROWTH_TICKET, 1, &level));
	ck_assert_double_eq(level, 11100);
	ck_assert(growth_level(&begun, GROWTH_FREQUENCY, 1, &level));
	ck_assert_double_eq(level, 2);
}
END_TEST

START_TEST(nothing_comes_of_nothing)
{
	const struct growth_sums s = {{0, 0}, {0, 0}, {-5, -7}, NULL, 0};
	money_wide fen[GROWTH_DRIVERS];

	growth_drivers(&s, fen);
	for (int d = 0; d < GROWTH_DRIVERS; d++)
		fen_is(fen[d], d == GROWTH_REFUNDS ? -2 : 0);
}
END_TEST

/* ---- any sums ---- */

#define KINDS 4

struct any {
	struct growth_kind kind[KINDS];
	struct growth_sums s;
};

static uint32_t next(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)*seed * below >> 32);
}

/* Kinds that come and go, now and then a side without anything. */
static void make_any(struct any *a, uint32_t seed)
{
	memset(a, 0, sizeof(*a));
	for (int side = 0; side < 2; side++) {
		uint64_t most = 0;

		for (size_t k = 0; k < KINDS; k++) {
			uint32_t n = next(&seed, 3) ? next(&seed, 40) : 0;

			if (seed % 7 == 0 && side)
				n = 0;
			a->kind[k].purchases[side] = n;
			a->kind[k].paid[side] = n ? next(&seed, 90000000) : 0;
			most += n;
		}
		a->s.purchases[side] = most ? most - next(&seed, 3) % most : 0;
		a->s.customers[side] =
			most ? 1 + next(&seed, (uint32_t)a->s.purchases[side])
			     : 0;
		a->s.refunds[side] = -(money_wide)next(&seed, 5000);
	}
	a->s.kind = a->kind;
	a->s.n = KINDS;
}

/* The income if the factors whose bits are 1 were as on side 1: kind by kind
 * and in doubles, in another order of arithmetic than the module's. */
static double imagined(const struct growth_sums *s, unsigned set)
{
	double value = 0, all[2] = {0}, from[2];
	int side[FACTORS];

	for (size_t k = 0; k < s->n; k++)
		for (int t = 0; t < 2; t++)
			all[t] += (double)s->kind[k].purchases[t];
	from[0] = all[0] > 0 ? 0 : 1;
	from[1] = all[1] > 0 ? 1 : 0;
	for (int f = 0; f < FACTORS; f++)
		side[f] = (int)from[set >> f & 1];
	for (size_t k = 0; k < s->n; k++) {
		const struct growth_kind *one = &s->kind[k];
		int t = one->purchases[side[4]] ? side[4] : !side[4];

		if (!one->purchases[t])
			continue;
		value += (double)one->paid[t] / (double)one->purchases[t] *
			 (double)one->purchases[side[3]] / all[side[3]];
	}
	value *= all[side[2]] / (double)s->purchases[side[2]];
	value *= (double)s->purchases[side[1]] / (double)s->customers[side[1]];
	return value * (double)s->customers[set & 1];
}

/* Over all 120 orders in which the factors may change. */
static void by_orders(const struct growth_sums *s, unsigned done, double share,
		      double *effect)
{
	int left = FACTORS - __builtin_popcount(done);

	for (int f = 0; f < FACTORS; f++) {
		unsigned then = done | 1u << f;

		if (then == done)
			continue;
		effect[f] +=
			share / left * (imagined(s, then) - imagined(s, done));
		by_orders(s, then, share / left, effect);
	}
}

START_TEST(all_orders_give_the_same)
{
	struct any a;
	money_wide fen[GROWTH_DRIVERS];
	double effect[FACTORS] = {0};

	make_any(&a, (uint32_t)_i * 977 + 5);
	if (!a.s.customers[0] && !a.s.customers[1])
		return;
	growth_drivers(&a.s, fen);
	by_orders(&a.s, 0, 1, effect);
	/* a fen of rounding, and doubles of up to 1e11 fen */
	for (int d = 0; d < FACTORS; d++)
		ck_assert_double_eq_tol((double)fen[d], effect[d], 1.01);
}
END_TEST

START_TEST(effects_add_up_to_the_change)
{
	struct any a;
	money_wide fen[GROWTH_DRIVERS], sum = 0;

	make_any(&a, (uint32_t)_i);
	growth_drivers(&a.s, fen);
	for (int d = 0; d < GROWTH_DRIVERS; d++)
		sum += fen[d];
	ck_assert(sum == growth_income(&a.s, 1) - growth_income(&a.s, 0));
}
END_TEST

START_TEST(periods_that_swap_turn_the_signs)
{
	struct any a, b;
	money_wide there[GROWTH_DRIVERS], back[GROWTH_DRIVERS];

	make_any(&a, (uint32_t)_i);
	b = a;
	b.s.kind = b.kind;
	for (int t = 0; t < 2; t++) {
		b.s.customers[t] = a.s.customers[!t];
		b.s.purchases[t] = a.s.purchases[!t];
		b.s.refunds[t] = a.s.refunds[!t];
		for (size_t k = 0; k < KINDS; k++) {
			b.kind[k].purchases[t] = a.kind[k].purchases[!t];
			b.kind[k].paid[t] = a.kind[k].paid[!t];
		}
	}
	growth_drivers(&a.s, there);
	growth_drivers(&b.s, back);
	for (int d = 0; d < GROWTH_DRIVERS; d++)
		ck_assert(there[d] == -back[d]);
}
END_TEST

START_TEST(the_order_of_kinds_is_nothing)
{
	struct any a;
	money_wide fen[GROWTH_DRIVERS], other[GROWTH_DRIVERS];
	struct growth_kind first;

	make_any(&a, (uint32_t)_i);
	growth_drivers(&a.s, fen);
	first = a.kind[0];
	memmove(a.kind, a.kind + 1, (KINDS - 1) * sizeof(first));
	a.kind[KINDS - 1] = first;
	growth_drivers(&a.s, other);
	for (int d = 0; d < GROWTH_DRIVERS; d++)
		ck_assert(fen[d] == other[d]);
}
END_TEST

/* As many customers, purchases, kinds and yuan on both sides: no effects. */
START_TEST(no_change_has_no_effects)
{
	struct any a;
	money_wide fen[GROWTH_DRIVERS];

	make_any(&a, (uint32_t)_i);
	a.s.customers[1] = a.s.customers[0];
	a.s.purchases[1] = a.s.purchases[0];
	a.s.refunds[1] = a.s.refunds[0];
	for (size_t k = 0; k < KINDS; k++) {
		a.kind[k].purchases[1] = a.kind[k].purchases[0];
		a.kind[k].paid[1] = a.kind[k].paid[0];
	}
	growth_drivers(&a.s, fen);
	for (int d = 0; d < GROWTH_DRIVERS; d++)
		ck_assert(fen[d] == 0);
}
END_TEST

/* 90 million billion yuan, which are no double: the sum is exact. */
START_TEST(large_sums_add_up)
{
	const struct growth_kind kind[] = {
		{{700000001, 900000007},
		 {(money_wide)INT64_MAX * 5 + 3,
		  (money_wide)INT64_MAX * 7 + 1}},
		{{3, 1000000}, {17, (money_wide)INT64_MAX + 11}},
	};
	const struct growth_sums s = {{99999989, 100000007},
				      {700000003, 900000100},
				      {-1, -3},
				      kind,
				      2};
	money_wide fen[GROWTH_DRIVERS], sum = 0;

	growth_drivers(&s, fen);
	for (int d = 0; d < GROWTH_DRIVERS; d++)
		sum += fen[d];
	ck_assert(sum == growth_income(&s, 1) - growth_income(&s, 0));
}
END_TEST

/* ---- rounding ---- */

START_TEST(parts_are_rounded_to_the_whole)
{
	const long double thirds[] = {10 / 3.0L, 10 / 3.0L, 10 / 3.0L};
	const long double loss[] = {-10 / 3.0L, -10 / 3.0L, -10 / 3.0L};
	money_wide fen[3];

	growth_round(thirds, 3, 10, fen);
	ck_assert(fen[0] == 4 && fen[1] == 3 && fen[2] == 3);
	growth_round(loss, 3, -10, fen);
	ck_assert(fen[0] == -4 && fen[1] == -3 && fen[2] == -3);
	/* parts that are off by more are made to fit */
	growth_round(thirds, 3, 18, fen);
	ck_assert(fen[0] == 6 && fen[1] == 6 && fen[2] == 6);
}
END_TEST

/* ---- customers ---- */

static const struct {
	struct growth_customer c;
	enum growth_move move;
} moves[] = {
	{{{0, 9}, {false, true}, false}, GROWTH_NEW},
	{{{0, 9}, {false, true}, true}, GROWTH_RETURNING},
	/* money back from before, then a purchase */
	{{{-3, 9}, {false, true}, true}, GROWTH_RETURNING},
	{{{4, 9}, {true, true}, true}, GROWTH_UP},
	{{{9, 9}, {true, true}, true}, GROWTH_SAME},
	{{{9, 4}, {true, true}, true}, GROWTH_DOWN},
	{{{9, 0}, {true, false}, true}, GROWTH_LOST},
	/* bought, and got the money back in the next period */
	{{{9, -9}, {true, false}, true}, GROWTH_LOST},
	{{{0, -9}, {false, false}, true}, GROWTH_IDLE},
};

START_TEST(customers_come_and_go)
{
	ck_assert_int_eq(growth_move_of(&moves[_i].c), moves[_i].move);
	ck_assert_ptr_nonnull(growth_move_name(moves[_i].move));
}
END_TEST

/* ---- shares ---- */

START_TEST(shares_of_a_fall_are_positive)
{
	const money_wide fen[] = {-300, 100, -100};
	int64_t tenths[3];

	ck_assert(growth_shares(fen, 3, tenths));
	ck_assert_int_eq(tenths[0], 1000);
	ck_assert_int_eq(tenths[1], -333);
	ck_assert_int_eq(tenths[2], 333);
}
END_TEST

START_TEST(no_change_has_no_shares)
{
	const money_wide fen[] = {-300, 300};
	int64_t tenths[2];

	ck_assert(!growth_shares(fen, 2, tenths));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("growth");
	TCase *tc = tcase_create("growth");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, three_factors_by_hand);
	tcase_add_test(tc, mix_alone);
	tcase_add_test(tc, a_second_kind_on_the_bill_is_breadth_and_mix);
	tcase_add_test(tc, all_of_a_beginning_is_customers);
	tcase_add_test(tc, nothing_comes_of_nothing);
	tcase_add_loop_test(tc, all_orders_give_the_same, 0, 60);
	tcase_add_loop_test(tc, effects_add_up_to_the_change, 0, 200);
	tcase_add_loop_test(tc, periods_that_swap_turn_the_signs, 0, 200);
	tcase_add_loop_test(tc, the_order_of_kinds_is_nothing, 0, 200);
	tcase_add_loop_test(tc, no_change_has_no_effects, 0, 50);
	tcase_add_test(tc, large_sums_add_up);
	tcase_add_test(tc, parts_are_rounded_to_the_whole);
	tcase_add_loop_test(tc, customers_come_and_go, 0, NELEMS(moves));
	tcase_add_test(tc, shares_of_a_fall_are_positive);
	tcase_add_test(tc, no_change_has_no_shares);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
