/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids that stay from month to month. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "canon/stable_ids.h"

#define MAX 8

/*
 * A case in words: records "A A B" (each letter the cluster's first record;
 * records are called A, B, C ...; small letters are leads), what they had,
 * what they have now, and the tombstones "old>now".
 */
static const struct {
	const char *what;
	const char *cluster[MAX];	/* of each record: name of its head */
	const char *name[MAX];
	const char *had[MAX];
	const char *id[MAX];
	const char *gone;
} cases[] = {
	{ "nothing known: the smallest record names the cluster",
	  { "A", "A", "C" }, { "A", "B", "C" }, { 0 }, { "A", "A", "C" }, "" },
	{ "an id that was given stays, though a smaller record came",
	  { "A", "A", "A" }, { "A", "B", "C" }, { 0, "B", "B" },
	  { "B", "B", "B" }, "" },
	{ "two become one: the smaller id stays",
	  { "A", "A", "A" }, { "A", "B", "C" }, { "A", "B", "B" },
	  { "A", "A", "A" }, "B>A " },
	{ "one becomes two: who is called so keeps it",
	  { "A", "B", "B" }, { "A", "B", "C" }, { "B", "B", "B" },
	  { "A", "B", "B" }, "" },
	{ "one becomes two, nobody is called so: the smallest keeps it",
	  { "A", "B", "B" }, { "A", "B", "C" }, { "X", "X", "X" },
	  { "X", "B", "B" }, "" },
	{ "the part that goes never gets a name that was another's id",
	  { "A", "B" }, { "A", "B" }, { "B", "A" }, { "B", "A" }, "" },
	{ "a split and a merge at once",
	  { "A", "A", "C", "C" }, { "A", "B", "C", "D" },
	  { "A", "C", "C", "C" }, { "A", "A", "C", "C" }, "" },
	{ "a lead's id gives way to a customer's",
	  { "A", "A" }, { "A", "q" }, { 0, "q" }, { "A", "A" }, "q>A " },
	{ "a lead names a cluster of leads",
	  { "p", "p" }, { "p", "q" }, { 0 }, { "p", "p" }, "" },
	{ "a customer's id stays with a lead",
	  { "A", "A" }, { "A", "q" }, { "X", "X" }, { "X", "X" }, "" },
};

static uint32_t find(const char *const *name, const char *wanted)
{
	uint32_t i = 0;

	while (name[i] && *name[i] != *wanted)
		i++;
	return i;
}

static uint32_t fill(size_t c, struct stable_record *record)
{
	uint32_t n = 0;

	for (; n < MAX && cases[c].name[n]; n++)
		record[n] = (struct stable_record){
			text_of(cases[c].name[n]), *cases[c].name[n] >= 'a',
			find(cases[c].name, cases[c].cluster[n])
		};
	return n;
}

START_TEST(ids_stay)
{
	struct stable_record record[MAX];
	uint32_t n = fill((size_t)_i, record);
	struct stable_ids *s = stable_ids_new(record, n, text_cmp);
	struct buf gone = { 0 };

	for (uint32_t i = 0; i < n; i++)
		if (cases[_i].had[i])
			stable_ids_had(s, i, text_of(cases[_i].had[i]));
	stable_ids_settle(s);
	for (uint32_t i = 0; i < n; i++)
		ck_assert_msg(text_is(stable_ids_of(s, record[i].cluster),
				      cases[_i].id[i]), "%s: %s is %.*s",
			      cases[_i].what, cases[_i].name[i],
			      (int)stable_ids_of(s, record[i].cluster).n,
			      stable_ids_of(s, record[i].cluster).p);
	buf_adds(&gone, "");
	for (size_t i = 0; i < stable_ids_gone(s); i++) {
		struct text old = stable_ids_gone_one(s, i);

		buf_addt(&gone, old);
		buf_addc(&gone, '>');
		buf_addt(&gone, stable_ids_now(s, old));
		buf_addc(&gone, ' ');
	}
	ck_assert_str_eq(gone.p, cases[_i].gone);
	buf_release(&gone);
	stable_ids_free(s);
}
END_TEST

START_TEST(tombstones_are_followed_and_handed_on)
{
	struct stable_record record[] = { { TEXT("A"), false, 0 },
					  { TEXT("B"), false, 0 } };
	struct stable_ids *s = stable_ids_new(record, 2, text_cmp);

	/* Once there was Z, which became Y, which now becomes A. */
	stable_ids_merged(s, TEXT("Z"), TEXT("Y"));
	stable_ids_had(s, 0, TEXT("A"));
	stable_ids_had(s, 1, TEXT("Z"));
	stable_ids_settle(s);
	ck_assert(text_is(stable_ids_of(s, 0), "A"));
	ck_assert(text_is(stable_ids_now(s, TEXT("Z")), "A"));
	ck_assert(text_is(stable_ids_now(s, TEXT("Y")), "A"));
	ck_assert(text_is(stable_ids_now(s, TEXT("never")), "never"));
	ck_assert_uint_eq(stable_ids_gone(s), 2);
	stable_ids_free(s);
}
END_TEST

START_TEST(a_name_that_was_given_away_gets_a_suffix)
{
	struct stable_record record[] = { { TEXT("A"), false, 0 },
					  { TEXT("B"), false, 1 } };
	struct stable_ids *s = stable_ids_new(record, 2, text_cmp);

	/* B is the id of somebody who is not here. */
	stable_ids_taken(s, TEXT("B"));
	stable_ids_taken(s, TEXT("B-2"));
	stable_ids_settle(s);
	ck_assert(text_is(stable_ids_of(s, 0), "A"));
	ck_assert(text_is(stable_ids_of(s, 1), "B-3"));
	ck_assert_uint_eq(stable_ids_gone(s), 0);
	stable_ids_free(s);
}
END_TEST

START_TEST(tombstones_in_a_circle_end)
{
	struct stable_record record[] = { { TEXT("A"), false, 0 } };
	struct stable_ids *s = stable_ids_new(record, 1, text_cmp);
	struct text now;

	stable_ids_merged(s, TEXT("X"), TEXT("Y"));
	stable_ids_merged(s, TEXT("Y"), TEXT("X"));
	stable_ids_had(s, 0, TEXT("X"));
	stable_ids_settle(s);
	now = stable_ids_of(s, 0);
	ck_assert_uint_gt(now.n, 0);
	stable_ids_free(s);
}
END_TEST

/* Whatever happened before, no two clusters have one id. */
START_TEST(no_id_is_given_twice)
{
	static const char *const names[] = { "A", "B", "C", "D" };
	struct stable_record record[4];
	unsigned seed = (unsigned)_i;

	for (uint32_t i = 0; i < 4; i++) {
		uint32_t head = seed % (i + 1);

		seed /= i + 1;
		head = head < i ? record[head].cluster : i;
		record[i] = (struct stable_record){ text_of(names[i]), false,
						    head };
	}
	for (unsigned past = 0; past < 625; past++) {
		struct stable_ids *s = stable_ids_new(record, 4, text_cmp);
		unsigned p = past;

		for (uint32_t i = 0; i < 4; i++, p /= 5)
			if (p % 5)
				stable_ids_had(s, i, text_of(names[p % 5 - 1]));
		stable_ids_settle(s);
		for (uint32_t i = 0; i < 4; i++)
			for (uint32_t k = 0; k < i; k++)
				if (record[i].cluster != record[k].cluster)
					ck_assert(!text_eq(
						stable_ids_of(
							s, record[i].cluster),
						stable_ids_of(
							s,
							record[k].cluster)));
		stable_ids_free(s);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("stable_ids");
	TCase *t = tcase_create("stable_ids");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, ids_stay, 0, NELEMS(cases));
	tcase_add_test(t, tombstones_are_followed_and_handed_on);
	tcase_add_test(t, a_name_that_was_given_away_gets_a_suffix);
	tcase_add_test(t, tombstones_in_a_circle_end);
	tcase_add_loop_test(t, no_id_is_given_twice, 0, 24);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
