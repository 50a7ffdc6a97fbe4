/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group table against the slow way, with and without a thread. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"

enum { ROWS = 60000, KEYS = 5000, KEY_MAX = 40 };

struct entry {
	int64_t sum;
	uint32_t rows;
};

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const int64_t *value = values;

	(*(size_t *)ctx)++;
	for (size_t i = 0; i < n; i++) {
		struct entry *e = group_entry(g, index[i]);

		e->sum += value[i];
		e->rows++;
	}
}

/* Key number k: 0 to 40 bytes, NULs among them, all different; many share
 * their first 8 or 16 bytes. */
static struct text key_of(uint32_t k, char room[KEY_MAX])
{
	size_t n = k % (KEY_MAX + 1);

	memset(room, k % 3 ? 'x' : '\0', KEY_MAX);
	if (n >= 4)
		memcpy(room + n - 4, &k, 4);
	else
		memcpy(room, &k, n);
	return (struct text){ room, n };
}

static uint32_t next(uint32_t *x)
{
	*x = *x * 1664525 + 1013904223;
	return *x >> 8;
}

static struct group *filled(bool threaded, size_t *batches)
{
	struct group *g = group_new(sizeof(struct entry), sizeof(int64_t),
				    fold, batches);
	char room[KEY_MAX];
	uint32_t x = 1;

	if (threaded)
		group_use_thread(g);
	for (int i = 0; i < ROWS; i++) {
		uint32_t k = next(&x) % KEYS;
		int64_t value = (int64_t)next(&x) - 8000000;

		group_add(g, key_of(k, room), &value);
	}
	group_finish(g);
	return g;
}

START_TEST(sums_are_those_of_the_slow_way)
{
	static struct entry slow[KEYS];
	size_t batches = 0, rows = 0;
	struct group *g = filled(_i, &batches);
	char room[KEY_MAX];
	uint32_t x = 1;

	memset(slow, 0, sizeof(slow));
	for (int i = 0; i < ROWS; i++) {
		/* Short keys are fewer than their numbers: the first number
		 * that makes a key stands for it. */
		uint32_t k = next(&x) % KEYS;
		size_t e = group_find(g, key_of(k, room));

		ck_assert_uint_lt(e, KEYS);
		slow[e].sum += (int64_t)next(&x) - 8000000;
		slow[e].rows++;
	}
	for (size_t i = 0; i < group_count(g); i++) {
		const struct entry *e = group_entry(g, i);

		ck_assert_int_eq(e->sum, slow[i].sum);
		ck_assert_uint_eq(e->rows, slow[i].rows);
		rows += e->rows;
	}
	ck_assert_uint_eq(rows, ROWS);
	ck_assert_uint_gt(batches, 1);
	group_free(g);
}
END_TEST

START_TEST(a_thread_changes_nothing)
{
	size_t batches = 0;
	struct group *one = filled(false, &batches);
	struct group *two = filled(true, &batches);

	ck_assert_uint_eq(group_count(one), group_count(two));
	for (size_t i = 0; i < group_count(one); i++) {
		ck_assert(text_eq(group_key(one, i), group_key(two, i)));
		ck_assert_int_eq(memcmp(group_entry(one, i),
					group_entry(two, i),
					sizeof(struct entry)),
				 0);
	}
	group_free(one);
	group_free(two);
}
END_TEST

START_TEST(entries_stand_in_the_order_of_first_sight)
{
	struct group *g = group_new(0, 0, NULL, NULL);

	ck_assert_uint_eq(group_intern(g, TEXT("b")), 0);
	ck_assert_uint_eq(group_intern(g, TEXT("a")), 1);
	ck_assert_uint_eq(group_intern(g, TEXT("b")), 0);
	ck_assert_uint_eq(group_intern(g, TEXT("")), 2);
	ck_assert_uint_eq(group_intern(g, (struct text){ "a\0", 2 }), 3);
	ck_assert_uint_eq(group_find(g, TEXT("a")), 1);
	ck_assert_uint_eq(group_find(g, TEXT("c")), SIZE_MAX);
	ck_assert_uint_eq(group_count(g), 4);
	group_free(g);
}
END_TEST

START_TEST(keys_are_sorted_bytewise)
{
	struct group *g = group_new(0, 0, NULL, NULL);
	char room[KEY_MAX];
	uint32_t *order;

	for (uint32_t k = 0; k < KEYS; k++)
		group_intern(g, key_of(k * 7919 % KEYS, room));
	order = group_sorted(g);
	for (size_t i = 1; i < group_count(g); i++)
		ck_assert_int_lt(text_cmp(group_key(g, order[i - 1]),
					  group_key(g, order[i])),
				 0);
	free(order);
	group_free(g);
}
END_TEST

START_TEST(a_table_left_unfinished_is_freed)
{
	size_t batches = 0;
	struct group *g = group_new(sizeof(struct entry), sizeof(int64_t),
				    fold, &batches);
	int64_t value = 1;

	group_use_thread(g);
	for (int i = 0; i < ROWS; i++)
		group_add(g, TEXT("one key, longer than an entry holds"),
			  &value);
	group_free(g);
	ck_assert_uint_gt(batches, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("group");
	TCase *t = tcase_create("group");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(t, sums_are_those_of_the_slow_way, 0, 2);
	tcase_add_test(t, a_thread_changes_nothing);
	tcase_add_test(t, entries_stand_in_the_order_of_first_sight);
	tcase_add_test(t, keys_are_sorted_bytewise);
	tcase_add_test(t, a_table_left_unfinished_is_freed);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
