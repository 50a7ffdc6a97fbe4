/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The group table against a plain list that is searched from its start: the
 * same keys in the same order, the same folds, with a thread and without.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/parts.h"

/* A fold that tells order: each value is mixed with what was there. */
struct entry {
	uint64_t trail;
	uint32_t times;
};

static uint64_t step(uint64_t trail, uint32_t value)
{
	return (trail ^ value) * 0x100000001b3u + 1;
}

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const uint32_t *value = values;

	for (size_t i = 0; i < n; i++) {
		struct entry *e = group_entry(g, index[i]);

		e->trail = step(e->trail, value[i]);
		e->times++;
	}
	*(size_t *)ctx += n;
}

/* ---- the plain list ---- */

struct list {
	struct text *key;
	struct entry *entry;
	size_t n, cap, entry_cap;
	struct arena arena;
};

static size_t list_find(const struct list *l, struct text key)
{
	for (size_t i = 0; i < l->n; i++)
		if (text_eq(l->key[i], key))
			return i;
	return SIZE_MAX;
}

static void list_add(struct list *l, struct text key, uint32_t value)
{
	size_t i = list_find(l, key);

	if (i == SIZE_MAX) {
		l->key = mem_grow(l->key, l->n, &l->cap, sizeof(*l->key));
		l->entry = mem_grow(l->entry, l->n, &l->entry_cap,
				    sizeof(*l->entry));
		i = l->n++;
		l->key[i] = (struct text){ arena_copy(&l->arena, key.p, key.n),
					   key.n };
		l->entry[i] = (struct entry){ 0 };
	}
	l->entry[i].trail = step(l->entry[i].trail, value);
	l->entry[i].times++;
}

static void list_release(struct list *l)
{
	free(l->key);
	free(l->entry);
	arena_release(&l->arena);
}

static uint64_t seed;

static uint64_t draw(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed >> 11) % below;
}

/* Keys of 0 to 40 bytes out of few letters, NUL among them, so that many are
 * met again and many differ in one place only. */
static struct text draw_key(char room[48])
{
	static const char letters[] = { 'a', 'a', 'a', 'b', '\0', '\xff' };
	size_t n = draw(41), odd = draw(41);

	memset(room, 'a', n);
	if (odd < n)
		room[odd] = letters[draw(sizeof(letters))];
	return (struct text){ room, n };
}

static void same(struct group *g, const struct list *l)
{
	ck_assert_uint_eq(group_count(g), l->n);
	for (size_t i = 0; i < l->n; i++) {
		const struct entry *e = group_entry(g, i);

		ck_assert(text_eq(group_key(g, i), l->key[i]));
		ck_assert_uint_eq(e->trail, l->entry[i].trail);
		ck_assert_uint_eq(e->times, l->entry[i].times);
		ck_assert_uint_eq(group_find(g, l->key[i]), i);
	}
}

START_TEST(a_fold_is_what_a_plain_list_gives)
{
	/* Round the sizes of queues, of small tables and of large ones. */
	static const size_t counts[] = { 0,   1,   8,	9,    16,   17,
					 31,  32,  33,	255,  256,  257,
					 511, 512, 513, 4095, 4096, 4097,
					 20000 };

	for (size_t c = 0; c < NELEMS(counts); c++) {
		size_t folded = 0;
		struct group *g = group_new(sizeof(struct entry),
					    sizeof(uint32_t), fold, &folded);
		struct list l = { 0 };

		seed = 88172645463325252u + c;
		for (size_t i = 0; i < counts[c]; i++) {
			char room[48];
			struct text key = draw_key(room);
			uint32_t value = (uint32_t)draw(1000);

			group_add(g, key, &value);
			list_add(&l, key, value);
			/* The row's bytes are gone after it. */
			memset(room, 'x', sizeof(room));
		}
		group_finish(g);
		ck_assert_uint_eq(folded, counts[c]);
		same(g, &l);
		ck_assert_uint_eq(group_find(g, TEXT("no such key")), SIZE_MAX);
		list_release(&l);
		group_free(g);
	}
}
END_TEST

/* Rows may be added after group_finish() too. */
START_TEST(a_table_may_be_finished_more_than_once)
{
	size_t folded = 0;
	struct group *g = group_new(sizeof(struct entry), sizeof(uint32_t),
				    fold, &folded);
	struct list l = { 0 };

	seed = 7;
	for (int round = 0; round < 20; round++) {
		for (size_t n = draw(700); n > 0; n--) {
			char room[48];
			struct text key = draw_key(room);
			uint32_t value = (uint32_t)n;

			group_add(g, key, &value);
			list_add(&l, key, value);
		}
		group_finish(g);
		group_finish(g);
		same(g, &l);
	}
	list_release(&l);
	group_free(g);
}
END_TEST

START_TEST(a_table_may_be_freed_before_it_is_finished)
{
	size_t folded = 0;
	struct group *g = group_new(sizeof(struct entry), sizeof(uint32_t),
				    fold, &folded);

	for (uint32_t i = 0; i < 10000; i++)
		group_add(g, TEXT("a key of more than sixteen bytes"), &i);
	group_free(g);
	group_free(NULL);
}
END_TEST

static void add_times(void *into, const void *from, void *ctx)
{
	struct entry *e = into;
	const struct entry *f = from;
	_Atomic size_t *merged = ctx;

	e->times += f->times;
	(*merged)++;
}

START_TEST(joined_tables_are_as_one)
{
	static const size_t counts[] = { 0, 1, 511, 513, 20000, 200000 };

	parts_allow((unsigned)_i + 1);
	for (size_t c = 0; c < NELEMS(counts); c++) {
		_Atomic size_t merged = 0;
		size_t folded = 0, n;
		struct group *part[3];
		uint32_t *number;

		for (size_t i = 0; i < 3; i++)
			part[i] = group_new(sizeof(struct entry),
					    sizeof(uint32_t), fold, &folded);
		seed = 11 + c;
		for (size_t i = 0; i < counts[c]; i++) {
			char room[48];
			size_t which = draw(60000);
			struct text key = {
				room, (size_t)snprintf(room, sizeof(room),
						       which % 4 ? "%zu" :
						       "a long key number %zu",
						       which)
			};
			uint32_t one = 1;

			/* The last one has them all. */
			group_add(part[draw(2)], key, &one);
			group_add(part[2], key, &one);
		}
		for (size_t i = 0; i < 3; i++)
			group_finish(part[i]);
		n = group_count(part[1]);
		number = mem_alloc(n, sizeof(*number));
		group_join(part[0], part[1], add_times, &merged, number);
		ck_assert_uint_eq(merged, n);
		for (size_t i = 0; i < n; i++)
			ck_assert(text_eq(group_key(part[0], number[i]),
					  group_key(part[1], i)));
		ck_assert_uint_eq(group_count(part[0]), group_count(part[2]));
		for (size_t i = 0; i < group_count(part[0]); i++) {
			const struct entry *e = group_entry(part[0], i), *all;
			size_t at = group_find(part[2],
					       group_key(part[0], i));

			ck_assert_uint_ne(at, SIZE_MAX);
			all = group_entry(part[2], at);
			ck_assert_uint_eq(e->times, all->times);
		}
		free(number);
		for (size_t i = 0; i < 3; i++)
			group_free(part[i]);
	}
}
END_TEST

START_TEST(interned_keys_keep_their_numbers)
{
	struct group *g = group_new(0, 0, NULL, NULL);
	char room[48];

	for (size_t i = 0; i < 200000; i++) {
		size_t n = (size_t)snprintf(room, sizeof(room),
					    i % 2 ? "%zu" :
						    "a long key number %zu",
					    i);

		ck_assert_uint_eq(group_find(g, (struct text){ room, n }),
				  SIZE_MAX);
		ck_assert_uint_eq(group_intern(g, (struct text){ room, n }),
				  i);
		ck_assert_uint_eq(group_intern(g, (struct text){ room, n }),
				  i);
	}
	ck_assert_uint_eq(group_count(g), 200000);
	group_free(g);
}
END_TEST

static int by_bytes(const void *a, const void *b)
{
	return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

START_TEST(sorted_is_bytewise)
{
	for (size_t most = 0; most < 30000; most = most * 3 + 1) {
		struct group *g = group_new(0, 0, NULL, NULL);
		struct text *want;
		uint32_t *order;
		size_t n;

		seed = 99 + most;
		for (size_t i = 0; i < most; i++) {
			char room[48];

			group_intern(g, draw_key(room));
		}
		n = group_count(g);
		want = mem_alloc(n, sizeof(*want));
		for (size_t i = 0; i < n; i++)
			want[i] = group_key(g, i);
		if (n)
			qsort(want, n, sizeof(*want), by_bytes);
		order = group_sorted(g);
		for (size_t i = 0; i < n; i++)
			ck_assert(text_eq(group_key(g, order[i]), want[i]));
		free(order);
		free(want);
		group_free(g);
	}
}
END_TEST

/* What is queued of long keys has an end, however long they are. */
START_TEST(long_keys_do_not_pile_up)
{
	size_t folded = 0, kib = 0;
	struct group *g = group_new(sizeof(struct entry), sizeof(uint32_t),
				    fold, &folded);
	struct buf key = { 0 };
	char line[256];
	FILE *f;

	memset(buf_room(&key, 1 << 20), 'k', 1 << 20);
	key.n = 1 << 20;
	for (uint32_t i = 0; i < 3000; i++)
		group_add(g, buf_text(&key), &i);
	group_finish(g);
	ck_assert_uint_eq(group_count(g), 1);
	ck_assert_uint_eq(((struct entry *)group_entry(g, 0))->times, 3000);
	f = fopen("/proc/self/status", "r");
	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "VmHWM: %zu", &kib) == 1)
			break;
	fclose(f);
	ck_assert_uint_lt(kib, 300u << 10);
	buf_release(&key);
	group_free(g);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("group");
	TCase *t = tcase_create("group");
	SRunner *r;
	int failed;

	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_fold_is_what_a_plain_list_gives);
	tcase_add_test(t, a_table_may_be_finished_more_than_once);
	tcase_add_test(t, a_table_may_be_freed_before_it_is_finished);
	tcase_add_loop_test(t, joined_tables_are_as_one, 0, 2);
	tcase_add_test(t, interned_keys_keep_their_numbers);
	tcase_add_test(t, sorted_is_bytewise);
	tcase_add_test(t, long_keys_do_not_pile_up);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
