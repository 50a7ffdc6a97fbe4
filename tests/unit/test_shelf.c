/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelf: merging and order do not depend on the order of putting. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "canon/shelf.h"

static void put(struct shelf *s, const char *key, int64_t when,
		uint32_t ordinal, uint32_t rank, const char *a, const char *b)
{
	struct shelf_unit u = { .key = text_of(key), .document = 2,
				.when = when, .ordinal = ordinal,
				.who = SHELF_NOBODY, .rank = rank };
	struct text cell[2] = { text_of(a), text_of(b) };

	shelf_put(s, &u, cell, NULL, 1);
}

static struct buf contents(struct shelf *s)
{
	size_t n = shelf_finish(s, NULL, NULL);
	struct buf all = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct shelf_row row;

		shelf_row(s, i, &row);
		buf_addf(&all, "%.*s/%.*s ", (int)row.cell[0].n,
			 row.cell[0].n ? row.cell[0].p : "",
			 (int)row.cell[1].n, row.cell[1].n ? row.cell[1].p : "");
	}
	buf_add(&all, "", 0);
	return all;
}

struct unit {
	const char *key;
	int64_t when;
	uint32_t ordinal, rank;
	const char *a, *b;
};

#define UNITS 6

/* Puts the units from `from` on, round, up or down. */
static void gives(enum shelf_rule rule, const struct unit *u, size_t n,
		  const char *want, size_t merged)
{
	for (size_t from = 0; from < 2 * n; from++) {
		struct shelf *s = shelf_new(rule, 2);
		struct buf got;

		for (size_t k = 0; k < n; k++) {
			size_t i = (from < n ? from + k : from + n - k) % n;

			put(s, u[i].key, u[i].when, u[i].ordinal, u[i].rank,
			    u[i].a, u[i].b);
		}
		got = contents(s);
		ck_assert_str_eq(got.p, want);
		ck_assert_uint_eq(shelf_units(s), n);
		ck_assert_uint_eq(shelf_merged(s), merged);
		buf_release(&got);
		shelf_free(s);
	}
}

START_TEST(the_later_of_two_events_stands)
{
	static const struct unit u[UNITS] = {
		{ "D1x", 3, 1, 0, "old", "1" }, { "D1x", 5, 1, 0, "new", "1" },
		{ "D1y", 4, 2, 0, "line", "2" }, { "D0z", 4, 1, 0, "first", "" },
		{ "D1x", 5, 1, 0, "new", "1" }, { "D2", 1, 1, 0, "early", "" },
	};

	gives(SHELF_EVENTS, u, UNITS, "early/ first/ line/2 new/1 ", 2);
}
END_TEST

START_TEST(of_two_events_of_a_day_the_greater_stands)
{
	static const struct unit u[2] = {
		{ "D1x", 3, 1, 0, "a", "" }, { "D1x", 3, 1, 0, "b", "" },
	};

	gives(SHELF_EVENTS, u, 2, "b/ ", 1);
}
END_TEST

START_TEST(entities_are_filled_by_rank_then_the_latest)
{
	static const struct unit u[4] = {
		{ "A", 9, 0, 2, "sale", "s" }, { "A", 1, 0, 1, "register", "" },
		{ "A", 5, 0, 1, "", "r" }, { "B", 1, 0, 1, "", "" },
	};

	gives(SHELF_ENTITIES, u, 4, "register/r / ", 2);
}
END_TEST

START_TEST(the_smallest_of_a_column_counts)
{
	struct shelf *s = shelf_new(SHELF_ENTITIES, 2);
	struct buf got;

	shelf_smallest(s, 1);
	put(s, "A", 9, 0, 0, "x", "2024-02-01");
	put(s, "A", 8, 0, 0, "y", "2023-02-01");
	put(s, "A", 7, 0, 0, "z", "");
	got = contents(s);
	ck_assert_str_eq(got.p, "x/2023-02-01 ");
	buf_release(&got);
	shelf_free(s);
}
END_TEST

START_TEST(rows_of_a_unit_have_their_own_times)
{
	struct shelf *s = shelf_new(SHELF_EVENTS, 2);
	struct shelf_unit u = { .key = TEXT("K1"), .document = 2, .when = 9,
				.who = 7 };
	struct text cell[6] = { TEXT("a"), TEXT("1"), TEXT("b"),
				TEXT("2"), TEXT("c"), TEXT("3") };
	int64_t when[3] = { 5, 1, 5 };
	struct shelf_row row;
	struct buf got;

	shelf_put(s, &u, cell, when, 3);
	got = contents(s);
	ck_assert_str_eq(got.p, "b/2 a/1 c/3 ");
	shelf_row(s, 0, &row);
	ck_assert_uint_eq(row.who, 7);
	ck_assert_uint_eq(row.unit, 0);
	ck_assert(text_is(row.document, "K1"));
	buf_release(&got);
	shelf_free(s);
}
END_TEST

START_TEST(long_cells_come_back_whole)
{
	static char big[100000];
	struct shelf *s = shelf_new(SHELF_EVENTS, 2);
	struct shelf_unit u = { .key = TEXT("K") };
	struct text cell[2] = { { big, sizeof(big) }, TEXT("end") };
	struct shelf_row row;

	memset(big, 'x', sizeof(big));
	shelf_put(s, &u, cell, NULL, 1);
	ck_assert_uint_eq(shelf_finish(s, NULL, NULL), 1);
	shelf_row(s, 0, &row);
	ck_assert(text_eq(row.cell[0], cell[0]));
	ck_assert(text_eq(row.cell[1], cell[1]));
	shelf_free(s);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("shelf");
	TCase *tc = tcase_create("shelf");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_test(tc, the_later_of_two_events_stands);
	tcase_add_test(tc, of_two_events_of_a_day_the_greater_stands);
	tcase_add_test(tc, entities_are_filled_by_rank_then_the_latest);
	tcase_add_test(tc, the_smallest_of_a_column_counts);
	tcase_add_test(tc, rows_of_a_unit_have_their_own_times);
	tcase_add_test(tc, long_cells_come_back_whole);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
