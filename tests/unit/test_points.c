/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points ledger: oldest first, never negative, and against a ledger that
 * keeps every single point. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/points.h"
#include "num/rng.h"

static struct points *book;

static void setup(void)
{
	book = points_new();
}

static void teardown(void)
{
	points_free(book);
}

/* Entries of the customer C, a day each. */
static enum points_verdict add(const char *id, int32_t day,
			       enum points_kind kind, int64_t points,
			       int32_t expires_on, const char *ref)
{
	struct points_entry e = {
		.entry_id = text_of(id), .customer_id = TEXT("C"),
		.ref = text_of(ref), .kind = kind, .at = day, .day = day,
		.points = points, .expires_on = expires_on,
	};

	return points_add(book, &e);
}

#define earn(id, day, n, until) add(id, day, POINTS_EARN, n, until, "")
#define redeem(id, day, n) add(id, day, POINTS_REDEEM, n, POINTS_NEVER, "")
#define expire(id, day, n, ref) add(id, day, POINTS_EXPIRE, n, POINTS_NEVER, ref)
#define reverse(id, day, n, ref) \
	add(id, day, POINTS_REVERSE, n, POINTS_NEVER, ref)

static void check_balance(int32_t day, int64_t available, int64_t lapsed,
			  int64_t owed)
{
	size_t i = points_find(book, TEXT("C"));
	struct points_balance b = points_balance(book, i, day);

	ck_assert_int_eq(b.available, available);
	ck_assert_int_eq(b.lapsed, lapsed);
	ck_assert_int_eq(b.owed, owed);
	ck_assert_int_eq(b.available, b.earned - b.reversed + b.owed -
					      b.redeemed + b.returned -
					      b.lapsed - b.expired);
}

START_TEST(the_lot_that_lapses_first_is_taken_first)
{
	ck_assert_int_eq(earn("a", 1, 100, POINTS_NEVER), POINTS_FINE);
	ck_assert_int_eq(earn("b", 2, 50, 20), POINTS_FINE);
	ck_assert_int_eq(earn("c", 3, 30, 10), POINTS_FINE);
	ck_assert_int_eq(redeem("d", 4, 40), POINTS_FINE);
	/* 30 of c and 10 of b: nothing lapses on day 11, 40 on day 21 */
	check_balance(10, 140, 0, 0);
	check_balance(11, 140, 0, 0);
	check_balance(20, 140, 0, 0);
	check_balance(21, 100, 40, 0);
}
END_TEST

START_TEST(a_balance_is_never_negative)
{
	ck_assert_int_eq(redeem("x", 1, 1), POINTS_TOO_FEW);
	ck_assert_int_eq(earn("a", 1, 10, 5), POINTS_FINE);
	ck_assert_int_eq(redeem("b", 5, 11), POINTS_TOO_FEW);
	ck_assert_int_eq(redeem("b", 6, 1), POINTS_TOO_FEW);
	ck_assert_int_eq(redeem("b", 6, 0), POINTS_AMOUNT);
	check_balance(5, 10, 0, 0);
	check_balance(6, 0, 10, 0);
}
END_TEST

/* Buy, redeem, give back, and again: nothing is won by it. */
START_TEST(points_of_a_returned_purchase_are_owed)
{
	ck_assert_int_eq(earn("a", 1, 100, 400), POINTS_FINE);
	ck_assert_int_eq(redeem("b", 2, 80), POINTS_FINE);
	ck_assert_int_eq(reverse("c", 3, 100, "a"), POINTS_FINE);
	check_balance(3, 0, 0, 80);
	ck_assert_int_eq(reverse("d", 3, 1, "a"), POINTS_UNDONE);
	ck_assert_int_eq(earn("e", 4, 100, 400), POINTS_FINE);
	check_balance(4, 20, 0, 0);
	ck_assert_int_eq(redeem("f", 4, 21), POINTS_TOO_FEW);
	/* a refund that does not say of what */
	ck_assert_int_eq(reverse("g", 5, 50, ""), POINTS_FINE);
	check_balance(5, 0, 0, 30);
}
END_TEST

START_TEST(what_was_redeemed_goes_back_to_its_lots)
{
	ck_assert_int_eq(earn("a", 1, 10, 5), POINTS_FINE);
	ck_assert_int_eq(earn("b", 1, 10, 50), POINTS_FINE);
	ck_assert_int_eq(redeem("c", 2, 15), POINTS_FINE);
	ck_assert_int_eq(reverse("d", 6, 5, "c"), POINTS_FINE);
	check_balance(6, 10, 0, 0);
	ck_assert_int_eq(reverse("e", 6, 11, "c"), POINTS_UNDONE);
	/* what is left came from the lot that has lapsed since */
	ck_assert_int_eq(reverse("e", 6, 10, "c"), POINTS_FINE);
	check_balance(6, 10, 10, 0);
	ck_assert_int_eq(reverse("f", 6, 1, "d"), POINTS_FINAL);
}
END_TEST

START_TEST(lapsed_points_are_put_on_record_once)
{
	struct points_lapsed lot[2];

	ck_assert_int_eq(earn("a", 1, 10, 5), POINTS_FINE);
	ck_assert_int_eq(earn("b", 1, 20, 50), POINTS_FINE);
	ck_assert_uint_eq(points_lapsed(book, 0, 5, lot, 2), 0);
	ck_assert_uint_eq(points_lapsed(book, 0, 6, lot, 2), 1);
	ck_assert(text_is(lot[0].entry_id, "a"));
	ck_assert_int_eq(lot[0].points, 10);
	ck_assert_int_eq(expire("x", 5, 10, "a"), POINTS_NOT_LAPSED);
	ck_assert_int_eq(expire("x", 6, 11, "a"), POINTS_TOO_FEW);
	ck_assert_int_eq(expire("x", 6, 10, "a"), POINTS_FINE);
	ck_assert_int_eq(expire("y", 6, 1, ""), POINTS_TOO_FEW);
	ck_assert_int_eq(expire("y", 6, 1, "x"), POINTS_FINAL);
	check_balance(6, 20, 0, 0);
}
END_TEST

START_TEST(refused_entries_change_nothing)
{
	struct points_entry other = {
		.entry_id = TEXT("o"), .customer_id = TEXT("D"),
		.ref = TEXT("a"), .kind = POINTS_REVERSE, .at = 2, .day = 2,
		.points = 1,
	};

	ck_assert_int_eq(earn("a", 2, 10, 5), POINTS_FINE);
	ck_assert_int_eq(earn("a", 2, 10, 5), POINTS_AGAIN);
	ck_assert_int_eq(earn("a", 2, 11, 5), POINTS_REPEATED);
	ck_assert_int_eq(earn("b", 1, 10, 5), POINTS_BACKWARDS);
	ck_assert_int_eq(earn("b", 6, 10, 5), POINTS_LATE);
	ck_assert_int_eq(earn("b", 2, POINTS_MAX + 1, 5), POINTS_AMOUNT);
	ck_assert_int_eq(reverse("b", 2, 1, "z"), POINTS_NO_REF);
	ck_assert_int_eq(reverse("b", 2, 11, ""), POINTS_UNDONE);
	ck_assert_int_eq(points_add(book, &other), POINTS_NO_REF);
	ck_assert_uint_eq(points_count(book), 1);
	check_balance(2, 10, 0, 0);
}
END_TEST

/* ---- against a ledger of single points ---- */

#define ENTRIES 400
#define UNITS 4000

enum place { IN_HAND, SPENT, GONE };

static struct unit {
	int earn, redeem;	/* numbers of entries */
	int32_t until;
	enum place place;
} unit[UNITS];
static int units;
static int64_t naive_owed;

/* The point to take next: of the good ones the first to lapse, earned first;
 * of `earn` only, good or not, when it is not -1. */
static int next_unit(int32_t day, int earn)
{
	int best = -1;

	for (int i = 0; i < units; i++) {
		const struct unit *u = &unit[i];

		if (u->place != IN_HAND ||
		    (earn < 0 ? u->until < day : u->earn != earn))
			continue;
		if (best < 0 || u->until < unit[best].until ||
		    (u->until == unit[best].until &&
		     u->earn < unit[best].earn))
			best = i;
	}
	return best;
}

static int64_t in_hand(int32_t day)
{
	int64_t n = 0;

	for (int i = 0; i < units; i++)
		n += unit[i].place == IN_HAND && unit[i].until >= day;
	return n;
}

static void naive_settle(int32_t day)
{
	int at;

	while (naive_owed > 0 && (at = next_unit(day, -1)) >= 0) {
		unit[at].place = GONE;
		naive_owed--;
	}
}

static void naive_earn(int number, int32_t day, int64_t n, int32_t until)
{
	for (; n > 0; n--)
		unit[units++] = (struct unit){ number, -1, until, IN_HAND };
	naive_settle(day);
}

static void naive_redeem(int number, int32_t day, int64_t n)
{
	for (; n > 0; n--) {
		int at = next_unit(day, -1);

		unit[at].place = SPENT;
		unit[at].redeem = number;
	}
}

static void naive_take_back(int earn, int32_t day, int64_t n)
{
	for (; n > 0; n--) {
		int at = next_unit(day, earn);

		if (at < 0)
			at = next_unit(day, -1);
		if (at < 0)
			naive_owed++;
		else
			unit[at].place = GONE;
	}
}

/* The spent point that lapses last comes back first. */
static void naive_give_back(int redeem, int32_t day, int64_t n)
{
	for (; n > 0; n--) {
		int best = -1;

		for (int i = 0; i < units; i++)
			if (unit[i].place == SPENT &&
			    unit[i].redeem == redeem &&
			    (best < 0 || unit[i].until > unit[best].until ||
			     (unit[i].until == unit[best].until &&
			      unit[i].earn > unit[best].earn)))
				best = i;
		unit[best].place = IN_HAND;
	}
	naive_settle(day);
}

static enum points_kind kinds[ENTRIES];

static void one_step(struct rng *r, int number, int32_t day)
{
	int64_t n = rng_between(r, 1, 9);
	int32_t until = day + (int32_t)rng_between(r, 0, 40);
	int to = (int)rng_between(r, 0, number);
	char id[16], ref[16];

	snprintf(id, sizeof(id), "%d", number);
	snprintf(ref, sizeof(ref), "%d", to);
	kinds[number] = POINTS_EXPIRE;	/* none, unless it is taken */
	switch (rng_between(r, 0, 2)) {
	case 0:
		ck_assert_int_eq(earn(id, day, n, until), POINTS_FINE);
		kinds[number] = POINTS_EARN;
		naive_earn(number, day, n, until);
		return;
	case 1:
		if (redeem(id, day, n) != POINTS_FINE) {
			ck_assert_int_lt(in_hand(day), n);
			return;
		}
		ck_assert_int_ge(in_hand(day), n);
		kinds[number] = POINTS_REDEEM;
		naive_redeem(number, day, n);
		return;
	default:
		if (reverse(id, day, n, ref) != POINTS_FINE)
			return;
		if (kinds[to] == POINTS_EARN)
			naive_take_back(to, day, n);
		else
			naive_give_back(to, day, n);
	}
}

START_TEST(as_a_ledger_of_single_points)
{
	struct rng r;
	int32_t day = 0;

	rng_init(&r, 1, (uint64_t)_i);
	units = 0;
	naive_owed = 0;
	for (int k = 0; k < ENTRIES; k++) {
		day += (int32_t)rng_between(&r, 0, 3);
		one_step(&r, k, day);
		if (points_count(book) > 0) {
			size_t i = points_find(book, TEXT("C"));
			struct points_balance b = points_balance(book, i, day);

			ck_assert_int_eq(b.available, in_hand(day));
			ck_assert_int_eq(b.owed, naive_owed);
			check_balance(day, b.available, b.lapsed, b.owed);
		}
	}
	ck_assert_int_gt(units, 100);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("points");
	TCase *tc = tcase_create("points");
	SRunner *sr = srunner_create(s);

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_lot_that_lapses_first_is_taken_first);
	tcase_add_test(tc, a_balance_is_never_negative);
	tcase_add_test(tc, points_of_a_returned_purchase_are_owed);
	tcase_add_test(tc, what_was_redeemed_goes_back_to_its_lots);
	tcase_add_test(tc, lapsed_points_are_put_on_record_once);
	tcase_add_test(tc, refused_entries_change_nothing);
	tcase_add_loop_test(tc, as_a_ledger_of_single_points, 0, 50);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
