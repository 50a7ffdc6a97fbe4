/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelf: merging and order do not depend on the order of putting. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
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

static bool is_long(struct text t)
{
	return t.n > 2;
}

START_TEST(the_first_whole_one_of_a_column_counts)
{
	static const struct unit u[] = {
		{ "K1", 3, 0, 1, "a", "x" }, { "K1", 3, 0, 2, "b", "long" },
		{ "K1", 3, 0, 3, "", "longer" }, { "K2", 1, 0, 1, "c", "" },
		{ "K2", 1, 0, 2, "d", "y" }, { "K2", 1, 0, 3, "e", "z" },
	};

	for (size_t from = 0; from < NELEMS(u); from++) {
		struct shelf *s = shelf_new(SHELF_ENTITIES, 2);
		struct buf got;

		shelf_prefer(s, 1, is_long);
		for (size_t k = 0; k < NELEMS(u); k++) {
			const struct unit *one = &u[(from + k) % NELEMS(u)];

			put(s, one->key, one->when, one->ordinal, one->rank,
			    one->a, one->b);
		}
		got = contents(s);
		ck_assert_str_eq(got.p, "a/long c/y ");
		buf_release(&got);
		shelf_free(s);
	}
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

/* Cells in and out again, as cells and where it can be as a line. */
static void comes_back(const struct text *cell, size_t n, bool as_line)
{
	struct shelf *s = shelf_new(SHELF_EVENTS, n);
	struct shelf_unit u = { .key = TEXT("K"), .when = 7 };
	int64_t when[2] = { 7, 8 };
	struct text *two = mem_alloc(2 * n, sizeof(*two)), line;
	struct shelf_row row;
	struct buf want = { 0 };
	size_t empty;

	for (size_t i = 0; i < n; i++) {
		two[i] = two[n + i] = cell[i];
		if (i)
			buf_addc(&want, ',');
		buf_addt(&want, cell[i]);
	}
	shelf_put(s, &u, two, when, 2);
	ck_assert_uint_eq(shelf_finish(s, NULL, NULL), 2);
	for (size_t k = 0; k < 2; k++) {
		ck_assert(shelf_line(s, k, &row, &line, &empty) == as_line);
		if (as_line) {
			ck_assert_uint_eq(line.n + empty, want.n);
			ck_assert_int_eq(memcmp(want.p, line.p, line.n), 0);
			while (empty > 0)
				ck_assert_int_eq(want.p[want.n - empty--], ',');
		}
		shelf_row(s, k, &row);
		for (size_t i = 0; i < n; i++)
			ck_assert(text_eq(row.cell[i], cell[i]));
	}
	buf_release(&want);
	free(two);
	shelf_free(s);
}

START_TEST(cells_of_all_lengths_come_back)
{
	static char x[3000];
	struct text cell[4] = { { x, 0 }, { x, 0 }, { x, 0 }, { x, 0 } };

	memset(x, 'x', sizeof(x));
	for (size_t n = 0; n < sizeof(x); n = n < 300 ? n + 1 : n + 97) {
		for (size_t k = 0; k < 4; k++)
			cell[k].n = k == n % 4 ? n : n % (k + 2);
		comes_back(cell, 4,
			   cell[0].n + cell[1].n + cell[2].n + cell[3].n + 4 <=
				   2000);
	}
}
END_TEST

START_TEST(only_rows_without_quotes_are_lines)
{
	static const char signs[] = ",\"\n\r", others[] = "\t;' \x0b\xff";
	char x[40];

	memset(x, 'x', sizeof(x));
	for (size_t i = 0; i < 40; i++)
		for (size_t k = 0; k < 10; k++) {
			struct text cell[2] = { { x, 30 }, { x, 40 } };

			x[i] = k < 4 ? signs[k] : others[k - 4];
			comes_back(cell, 2, k >= 4);
			x[i] = 'x';
		}
}
END_TEST

/* Runs of empty cells longer than one byte tells. */
START_TEST(many_empty_cells_come_back)
{
	static struct text cell[3000];

	comes_back(cell, 300, true);
	cell[150] = TEXT("a,b");
	comes_back(cell, 300, false);
	comes_back(cell, 3000, false);
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

/* ---- what was changed ---- */

/* Each change as "key:old>now ", with - for no row. */
static struct buf changes(struct shelf *s)
{
	struct buf all = { 0 };

	for (size_t i = 0; i < shelf_changes(s); i++) {
		struct shelf_change c;

		shelf_change(s, i, &c);
		buf_addf(&all, "%.*s:", (int)c.key.n, c.key.p);
		for (int k = 0; k < 2; k++) {
			const struct text *cell = k ? c.now.cell : c.old.cell;

			if (!cell) {
				buf_adds(&all, k ? "- " : "->");
				continue;
			}
			buf_addt(&all, cell[0]);
			buf_addc(&all, '/');
			buf_addt(&all, cell[1]);
			buf_adds(&all, k ? " " : ">");
		}
	}
	buf_add(&all, "", 0);
	return all;
}

/* In whatever order they are put: these rows, these changes. */
static void becomes(enum shelf_rule rule, bool watched, const struct unit *u,
		    size_t n, const char *want, const char *want_changes)
{
	for (size_t from = 0; from < 2 * n; from++) {
		struct shelf *s = shelf_new(rule, 2);
		struct buf got, changed;

		if (watched)
			shelf_watch(s);
		for (size_t k = 0; k < n; k++) {
			size_t i = (from < n ? from + k : from + n - k) % n;

			put(s, u[i].key, u[i].when, u[i].ordinal, u[i].rank,
			    u[i].a, u[i].b);
		}
		got = contents(s);
		changed = changes(s);
		ck_assert_str_eq(got.p, want);
		ck_assert_str_eq(changed.p, want_changes);
		buf_release(&got);
		buf_release(&changed);
		shelf_free(s);
	}
}

/* D1: the later one has less; D2: one twice, one that differs in a cell; D3:
 * alone; D4: told twice alike. */
static const struct unit deals[] = {
	{ "D1", 9, 0, 0, "new", "" },	  { "D1", 5, 0, 0, "old", "x" },
	{ "D1", 4, 0, 0, "older", "y" },  { "D2", 1, 0, 0, "first", "1" },
	{ "D2", 2, 0, 0, "second", "2" }, { "D2", 1, 0, 0, "first", "1" },
	{ "D2", 3, 0, 0, "third", "2" },  { "D3", 20, 0, 0, "alone", "" },
	{ "D4", 21, 0, 0, "same", "s" },  { "D4", 21, 0, 0, "same", "s" },
};

START_TEST(events_that_did_not_stand_are_changes)
{
	becomes(SHELF_EVENTS, true, deals, NELEMS(deals),
		"third/2 new/ alone/ same/s ",
		"D1:older/y>new/ D1:old/x>new/ "
		"D2:first/1>third/2 D2:second/2>third/2 ");
}
END_TEST

START_TEST(who_is_not_watched_tells_no_changes)
{
	becomes(SHELF_EVENTS, false, deals, NELEMS(deals),
		"third/2 new/ alone/ same/s ", "");
}
END_TEST

/* Of entities nothing is told: none is lost. */
START_TEST(entities_filled_into_one_another_are_no_changes)
{
	static const struct unit people[] = {
		{ "A", 1, 0, 0, "old", "" },  { "A", 9, 0, 0, "", "x" },
		{ "A", 8, 0, 0, "new", "y" }, { "B", 1, 0, 0, "", "b1" },
		{ "B", 2, 0, 0, "b2", "" },   { "B", 3, 0, 0, "b3", "" },
		{ "C", 3, 0, 0, "c", "" },
	};

	becomes(SHELF_ENTITIES, true, people, NELEMS(people),
		"new/x b3/b1 c/ ", "");
}
END_TEST

START_TEST(rows_that_came_or_went_are_changes)
{
	struct shelf *s = shelf_new(SHELF_EVENTS, 2);
	struct shelf_unit u = { .key = TEXT("K1"), .document = 2, .when = 3,
				.who = 4 };
	struct text cell[4] = { TEXT("a"), TEXT("1"), TEXT("b"), TEXT("2") };
	struct shelf_change c;
	struct buf got, all;

	shelf_watch(s);
	shelf_put(s, &u, cell, NULL, 2);
	u.when = 4;
	u.who = 5;
	shelf_put(s, &u, cell, NULL, 1);
	u.when = 5;
	u.who = 6;
	cell[0] = TEXT("A");
	shelf_put(s, &u, cell, NULL, 2);
	got = contents(s);
	ck_assert_str_eq(got.p, "A/1 b/2 ");
	all = changes(s);
	ck_assert_str_eq(all.p, "K1:a/1>A/1 K1:a/1>A/1 K1:->b/2 ");
	shelf_change(s, 0, &c);
	ck_assert_uint_eq(c.old.who, 4);
	ck_assert_uint_eq(c.now.who, 6);
	ck_assert(text_is(c.now.document, "K1"));
	buf_release(&got);
	buf_release(&all);
	shelf_free(s);
}
END_TEST

static int64_t number(struct text t)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%.*s", (int)t.n, t.p);
	return strtol(digits, NULL, 10);
}

/* Many units of few keys and times, against a plain search. */
START_TEST(many_units_are_merged_and_ordered)
{
	enum { N = 20000, KEYS = 7000 };
	struct shelf *s = shelf_new(SHELF_EVENTS, 2);
	static int64_t latest[KEYS];
	uint32_t seed = 1;
	size_t n, left = 0;
	int64_t before = INT64_MIN;

	for (size_t i = 0; i < KEYS; i++)
		latest[i] = -1;
	for (uint32_t i = 0; i < N; i++) {
		char key[16], cell[16];
		int64_t when;
		uint32_t k;

		seed = seed * 1664525 + 1013904223;
		k = (seed >> 8) % KEYS;
		when = (seed >> 20) % 500;
		snprintf(key, sizeof(key), "%06u", k);
		snprintf(cell, sizeof(cell), "%u", (unsigned)when);
		put(s, key, when, 0, 0, cell, key);
		left += latest[k] < 0;
		if (when > latest[k])
			latest[k] = when;
	}
	n = shelf_finish(s, NULL, NULL);
	ck_assert_uint_eq(n, left);
	ck_assert_uint_eq(shelf_merged(s), N - left);
	for (size_t i = 0; i < n; i++) {
		struct shelf_row row;
		int64_t when;

		shelf_row(s, i, &row);
		when = number(row.cell[0]);
		ck_assert_int_eq(when, latest[number(row.cell[1])]);
		ck_assert_int_ge(when, before);
		before = when;
	}
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
	tcase_add_test(tc, the_first_whole_one_of_a_column_counts);
	tcase_add_test(tc, rows_of_a_unit_have_their_own_times);
	tcase_add_test(tc, long_cells_come_back_whole);
	tcase_add_test(tc, events_that_did_not_stand_are_changes);
	tcase_add_test(tc, who_is_not_watched_tells_no_changes);
	tcase_add_test(tc, entities_filled_into_one_another_are_no_changes);
	tcase_add_test(tc, rows_that_came_or_went_are_changes);
	tcase_add_test(tc, many_units_are_merged_and_ordered);
	tcase_add_test(tc, cells_of_all_lengths_come_back);
	tcase_add_test(tc, only_rows_without_quotes_are_lines);
	tcase_add_test(tc, many_empty_cells_come_back);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
