/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The structure of consumption, and shares that add up. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/mix.h"
#include "model/mix_bag.h"

static struct mix_line line(const char *group, const char *customer,
			    const char *purchase, int64_t fen)
{
	return (struct mix_line){ .group = text_of(group),
				  .customer = text_of(customer),
				  .purchase = text_of(purchase),
				  .fen = fen,
				  .absent = !*purchase };
}

static struct mix *three_customers(void)
{
	const struct mix_line lines[] = {
		line("1", "a", "t1", 100), line("1", "a", "t1", 50),
		line("1", "b", "t2", 200), line("1", "b", "", -20),
		line("2", "a", "t3", 7),	 line("2", "", "", 1),
		/* the same number of another customer is another purchase */
		line("1", "c", "t1", 5),
	};
	struct mix *m = mix_new(MIX_PLAIN);

	for (size_t i = 0; i < NELEMS(lines); i++)
		mix_add(m, &lines[i]);
	mix_finish(m, 1);
	return m;
}

START_TEST(what_is_distinct_counts_once_a_group)
{
	struct mix *m = three_customers();
	struct mix_group g = mix_group(m, 0);

	ck_assert_uint_eq(mix_groups(m), 2);
	ck_assert(text_is(g.key, "1"));
	ck_assert_uint_eq(g.rows, 5);
	ck_assert_uint_eq(g.customers, 3);
	ck_assert_uint_eq(g.purchases, 3);
	ck_assert(g.amount == 335);
	g = mix_group(m, 1);
	ck_assert_uint_eq(g.customers, 1);
	ck_assert_uint_eq(g.purchases, 1);
	ck_assert(g.amount == 8);
	mix_free(m);
}
END_TEST

START_TEST(sums_go_beyond_64_bits)
{
	struct mix *m = mix_new(MIX_PLAIN);
	struct mix_line l = line("1", "a", "t", INT64_MAX);

	mix_add(m, &l);
	mix_add(m, &l);
	mix_finish(m, 1);
	ck_assert(mix_group(m, 0).amount == (money_wide)INT64_MAX * 2);
	mix_free(m);
}
END_TEST

/* ---- states that join, groups that merge ---- */

#define LINES 3000
#define TEXT_ROOM 16

/* Lines drawn of a few groups, customers and bills, with refunds. */
struct drawn {
	char text[3][TEXT_ROOM];
	struct mix_line line;
};

static void draw_lines(struct drawn *d, uint32_t seed)
{
	for (size_t i = 0; i < LINES; i++) {
		uint32_t r[4];

		for (size_t k = 0; k < NELEMS(r); k++) {
			seed = seed * 1664525u + 1013904223u;
			r[k] = seed >> 10;
		}
		text_putf(d[i].text[0], TEXT_ROOM, "g%u", r[0] % 7);
		text_putf(d[i].text[1], TEXT_ROOM, "C%04u", r[1] % 90);
		text_putf(d[i].text[2], TEXT_ROOM, r[3] % 5 ? "T%06u" : "bill",
			  r[2] % 400);
		d[i].line = line(d[i].text[0], d[i].text[1],
				 r[3] % 11 ? d[i].text[2] : "",
				 (int64_t)(r[3] % 2000) - 300);
		d[i].line.distinct = text_of(d[i].text[2]);
		d[i].line.day = (int32_t)(r[2] % 1000);
	}
}

/* Line i goes to state i % n; they are joined to the last. */
static struct mix *fold_in(struct drawn *d, enum mix_kind kind, size_t n)
{
	struct mix *m[4] = { NULL };

	for (size_t s = 0; s < n; s++)
		m[s] = mix_new(kind);
	for (size_t i = 0; i < LINES; i++)
		mix_add(m[i % n], &d[i].line);
	for (size_t s = 0; s + 1 < n; s++) {
		mix_join(m[n - 1], m[s]);
		mix_free(m[s]);
	}
	mix_finish(m[n - 1], (unsigned)n);
	return m[n - 1];
}

static void same_sums(const struct mix_group *a, const struct mix_group *b)
{
	ck_assert_uint_eq(a->rows, b->rows);
	ck_assert_uint_eq(a->customers, b->customers);
	ck_assert_uint_eq(a->purchases, b->purchases);
	ck_assert_uint_eq(a->distinct, b->distinct);
	ck_assert(a->amount == b->amount);
}

/* Number of the group in m whose key begins as the text does. */
static size_t find(const struct mix *m, struct text key)
{
	for (size_t i = 0; i < mix_groups(m); i++)
		if (text_eq(mix_key(m, i), key))
			return i;
	return SIZE_MAX;
}

START_TEST(joined_states_are_one)
{
	struct drawn *d = mem_alloc(LINES, sizeof(*d));

	draw_lines(d, (uint32_t)_i);
	struct mix *one = fold_in(d, MIX_PLAIN, 1);
	struct mix *many = fold_in(d, MIX_PLAIN, 2 + (size_t)_i % 3);

	ck_assert_uint_eq(mix_groups(one), 7);
	ck_assert_uint_eq(mix_groups(many), 7);
	for (size_t i = 0; i < 7; i++) {
		struct mix_group a = mix_group(one, i);
		struct mix_group b = mix_group(many, find(many, a.key));
		same_sums(&a, &b);
	}
	mix_free(one);
	mix_free(many);
	free(d);
}
END_TEST

/* Cells rolled up by their keys are the plain groups, and so they are when
 * they were joined; all in one is one mix of one group. */
START_TEST(cells_roll_up_to_plain_groups)
{
	struct drawn *d = mem_alloc(LINES, sizeof(*d));

	draw_lines(d, (uint32_t)_i + 50);
	struct mix *plain = fold_in(d, MIX_PLAIN, 1);
	struct mix *cells = fold_in(d, MIX_CELLS, 1 + (size_t)_i % 3);
	uint32_t *to = mem_alloc(mix_groups(cells), sizeof(*to));
	struct mix_group sum[7], all;

	for (size_t i = 0; i < mix_groups(cells); i++)
		to[i] = (uint32_t)find(plain, mix_key(cells, i));
	mix_rollup(cells, to, 7, sum);
	for (size_t i = 0; i < 7; i++) {
		struct mix_group g = mix_group(plain, i);
		same_sums(&sum[i], &g);
	}
	memset(to, 0, mix_groups(cells) * sizeof(*to));
	mix_rollup(cells, to, 1, &all);
	for (size_t i = 0; i < LINES; i++)
		d[i].line.group = (struct text){ 0 };
	struct mix *whole = fold_in(d, MIX_PLAIN, 1);
	struct mix_group g = mix_group(whole, 0);

	same_sums(&all, &g);
	mix_rollup(plain, to, 1, &all);
	same_sums(&all, &g);
	mix_free(plain);
	mix_free(cells);
	mix_free(whole);
	free(to);
	free(d);
}
END_TEST

START_TEST(groups_may_be_left_out)
{
	struct mix *m = three_customers();
	const uint32_t to[] = { MIX_NOWHERE, 0 };
	struct mix_group sum;

	mix_rollup(m, to, 1, &sum);
	ck_assert_uint_eq(sum.rows, 2);
	ck_assert_uint_eq(sum.customers, 1);
	ck_assert_uint_eq(sum.purchases, 1);
	ck_assert(sum.amount == 8);
	mix_free(m);
}
END_TEST

/* The first purchase, seen or counted, whichever state it came to. */
START_TEST(first_days_are_the_earliest)
{
	struct mix *m = mix_new(MIX_CELLS), *other = mix_new(MIX_CELLS);
	struct mix_line l = line("g", "a", "t1", 5);

	l.day = 30;
	mix_add(m, &l);
	l.day = 40;
	l.back = true;
	l.purchase = (struct text){ 0 };
	mix_add(other, &l);
	mix_seen(other, text_of("a"), -3);
	l.customer = text_of("b");
	mix_add(other, &l);
	mix_join(m, other);
	mix_finish(m, 1);
	ck_assert_uint_eq(mix_groups(m), 2);
	struct mix_cell a = mix_cell(m, 0), b = mix_cell(m, 1);

	ck_assert_int_eq(mix_first_day(m, a.who), -3);
	ck_assert_int_eq(a.last_day, 40);
	ck_assert_int_eq(a.active_day, 30);
	ck_assert(a.amount == 10);
	ck_assert_int_eq(mix_first_day(m, b.who), DAY_NONE);
	ck_assert_int_eq(b.active_day, DAY_NONE);
	mix_free(m);
	mix_free(other);
}
END_TEST

/* What is put in again and again takes no room. */
START_TEST(a_bag_is_rid_of_what_stands_in_it_twice)
{
	struct mix_bag *b = mem_zalloc(1, sizeof(*b));
	struct mix_counts sum = { 0 };
	size_t members = 0;

	for (uint32_t i = 0; i < 200000; i++)
		mix_bag_add(b, &(struct mix_member){ i % 50 + 1, 7, 0 });
	for (size_t i = 0; i < MIX_PARTS; i++)
		members += b->part[i].n;
	ck_assert_uint_lt(members, 5000);
	mix_bag_count(b, NULL, 1, UINT32_MAX, 2, &sum);
	ck_assert_uint_eq(sum.purchases, 50);
	ck_assert_uint_eq(sum.customers, 1);
	mix_bag_release(b);
	free(b);
}
END_TEST

/* ---- shares ---- */

static int64_t sum(const int64_t *v, size_t n)
{
	int64_t s = 0;

	for (size_t i = 0; i < n; i++)
		s += v[i];
	return s;
}

/* Three equal thirds of 1000: 333 each and one left over, which the first
 * gets (all remainders are equal). */
START_TEST(thirds_add_up_to_the_whole)
{
	const money_wide value[] = { 7, 7, 7 };
	int64_t share[3];

	ck_assert(mix_shares(value, 3, 1000, share));
	ck_assert_int_eq(share[0], 334);
	ck_assert_int_eq(share[1], 333);
	ck_assert_int_eq(share[2], 333);
}
END_TEST

/* 41.6, 33.4, 25.0 of a hundred: 41, 33, 25 and one over, to the .6 */
START_TEST(the_largest_remainder_gets_what_is_left)
{
	const money_wide value[] = { 416, 334, 250 };
	int64_t share[3];

	ck_assert(mix_shares(value, 3, 100, share));
	ck_assert_int_eq(share[0], 42);
	ck_assert_int_eq(share[1], 33);
	ck_assert_int_eq(share[2], 25);
}
END_TEST

START_TEST(shares_always_add_up)
{
	money_wide value[12];
	int64_t share[12];
	uint32_t seed = (uint32_t)_i + 1;
	money_wide total = 0;

	for (size_t i = 0; i < NELEMS(value); i++) {
		seed = seed * 1664525u + 1013904223u;
		value[i] = (int32_t)(seed >> 12) - (_i % 3 ? 0 : 90000);
		total += value[i];
	}
	if (total <= 0) {
		ck_assert(!mix_shares(value, NELEMS(value), 1000000, share));
		return;
	}
	ck_assert(mix_shares(value, NELEMS(value), 1000000, share));
	ck_assert_int_eq(sum(share, NELEMS(share)), 1000000);
	/* and none is a unit away from its own */
	for (size_t i = 0; i < NELEMS(value); i++) {
		money_wide off = share[i] * total - value[i] * 1000000;
		ck_assert(off > -total && off < total);
	}
}
END_TEST

START_TEST(there_are_no_shares_of_nothing)
{
	const money_wide value[] = { 5, -5 };
	int64_t share[2];

	ck_assert(!mix_shares(value, 2, 1000, share));
	ck_assert(!mix_shares(value, 0, 1000, share));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mix");
	TCase *tc = tcase_create("mix");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, what_is_distinct_counts_once_a_group);
	tcase_add_test(tc, sums_go_beyond_64_bits);
	tcase_add_loop_test(tc, joined_states_are_one, 0, 9);
	tcase_add_loop_test(tc, cells_roll_up_to_plain_groups, 0, 6);
	tcase_add_test(tc, groups_may_be_left_out);
	tcase_add_test(tc, first_days_are_the_earliest);
	tcase_add_test(tc, a_bag_is_rid_of_what_stands_in_it_twice);
	tcase_add_test(tc, thirds_add_up_to_the_whole);
	tcase_add_test(tc, the_largest_remainder_gets_what_is_left);
	tcase_add_loop_test(tc, shares_always_add_up, 0, 30);
	tcase_add_test(tc, there_are_no_shares_of_nothing);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
