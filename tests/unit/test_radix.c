/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting by a number: ascending, equal ones in the order they had. */
#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/parts.h"
#include "base/radix.h"

static uint64_t seed = 88172645463325252u;

static uint64_t draw(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static int by_key_then_place(const void *a, const void *b)
{
	const struct radix_item *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->who > y->who) - (x->who < y->who);
}

/* `who` is the place before sorting, so a stable order is the one by both. */
static void sorts(struct radix_item *item, size_t n)
{
	struct radix_item *want = mem_alloc(n, sizeof(*want));

	for (size_t i = 0; i < n; i++) {
		item[i].who = (uint32_t)i;
		want[i] = item[i];
	}
	qsort(want, n, sizeof(*want), by_key_then_place);
	radix_sort(item, n);
	for (size_t i = 0; i < n; i++) {
		ck_assert_uint_eq(item[i].key, want[i].key);
		ck_assert_uint_eq(item[i].who, want[i].who);
	}
	free(want);
}

/* Keys whose bytes are all drawn, or only some of them, or few values. */
START_TEST(random_keys_are_sorted_and_equal_ones_stay_in_order)
{
	static const uint64_t masks[] = {
		UINT64_MAX, 0xff, 0xff00, 0xff00000000000000u, 1, 0,
		0x0100000000000001u, 0x00ffff0000ff0000u, 0x7,
	};

	for (size_t n = 0; n < 3000; n = n < 20 ? n + 1 : n * 2 + 3) {
		struct radix_item *item = mem_alloc(n, sizeof(*item));

		for (size_t i = 0; i < n; i++)
			item[i].key = draw() & masks[_i];
		sorts(item, n);
		free(item);
	}
	ck_assert_uint_lt((size_t)_i, NELEMS(masks));
}
END_TEST

START_TEST(what_is_in_order_stays_and_what_is_reversed_is_turned)
{
	struct radix_item item[1000];

	for (size_t i = 0; i < NELEMS(item); i++)
		item[i].key = i * 0x123456789abcu;
	sorts(item, NELEMS(item));
	for (size_t i = 0; i < NELEMS(item); i++)
		item[i].key = UINT64_MAX - i * 0x123456789abcu;
	sorts(item, NELEMS(item));
}
END_TEST

START_TEST(threads_sort_the_same)
{
	static const uint64_t masks[] = { UINT64_MAX, 0xffffff, 0xf, 0,
					  0xff00ff };
	static const size_t counts[] = { 131072, 131073, 200003 };

	for (unsigned threads = 2; threads < 20; threads = threads * 2 + 1) {
		size_t n = counts[threads % NELEMS(counts)];
		struct radix_item *item = radix_items(n);

		parts_allow(threads);
		for (size_t i = 0; i < n; i++)
			item[i].key = draw() & masks[_i];
		sorts(item, n);
		radix_items_free(item, n);
	}
	parts_allow(1);
	ck_assert_uint_lt((size_t)_i, NELEMS(masks));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("radix");
	TCase *t = tcase_create("radix");
	SRunner *r;
	int failed;

	tcase_add_loop_test(
		t, random_keys_are_sorted_and_equal_ones_stay_in_order, 0, 9);
	tcase_add_test(t,
		       what_is_in_order_stays_and_what_is_reversed_is_turned);
	tcase_add_loop_test(t, threads_sort_the_same, 0, 5);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
