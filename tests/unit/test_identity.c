/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is who: the exact rules, whatever the order of records. */
#include <check.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "canon/identity.h"

/* A record in short: number, name, phones (up to two), VIN, day. */
struct record {
	const char *number, *name, *phone, *phone2, *vin;
	int32_t day;
	bool no_link;		/* the name is no full name */
};

#define RECORDS 4

static uint32_t add(struct identity *id, const struct record *r)
{
	struct who w = { .day = r->day, .record = TEXT("record") };

	w.number = text_of(r->number);
	w.name = text_of(r->name);
	w.name_links = r->name && !r->no_link;
	if (r->phone)
		w.phone[w.phones++] = text_of(r->phone);
	if (r->phone2)
		w.phone[w.phones++] = text_of(r->phone2);
	w.vin = text_of(r->vin);
	return identity_add(id, &w);
}

#define P1 "13800138001"
#define P2 "13800138002"
#define V1 "1M8GDM9AXKP042788"
#define NO DAY_NONE

static const struct {
	struct record r[RECORDS];
	size_t n;
	const char *same;	/* who is who: one letter a record */
} cases[] = {
	{ { { NULL, "王伟", P1, NULL, NULL, NO, false },
	    { NULL, "王伟", P1, NULL, NULL, 5, false } }, 2, "aa" },
	{ { { NULL, "王伟", P1, NULL, NULL, NO, false },
	    { NULL, "李娜", P1, NULL, NULL, NO, false } }, 2, "ab" },
	{ { { NULL, "王伟", P1, NULL, NULL, NO, false },
	    { NULL, "王伟", P2, NULL, NULL, NO, false } }, 2, "ab" },
	/* a second phone links too */
	{ { { NULL, "王伟", P1, P2, NULL, NO, false },
	    { NULL, "王伟", P2, NULL, NULL, NO, false } }, 2, "aa" },
	{ { { "K1", "王伟", P1, NULL, NULL, NO, false },
	    { "K1", "王威", P2, NULL, NULL, NO, false } }, 2, "aa" },
	{ { { "K1", "王伟", P1, NULL, NULL, NO, false },
	    { "K2", "王伟", P1, NULL, NULL, NO, false } }, 2, "aa" },
	/* no name: the only one who has the phone */
	{ { { NULL, "王伟", P1, NULL, NULL, NO, false },
	    { NULL, NULL, P1, NULL, NULL, NO, false } }, 2, "aa" },
	{ { { NULL, "王伟", P1, NULL, NULL, NO, false },
	    { NULL, "李娜", P1, NULL, NULL, NO, false },
	    { NULL, NULL, P1, NULL, NULL, NO, false } }, 3, "abc" },
	/* 王先生 is the one called 王 */
	{ { { NULL, "王伟", P1, NULL, NULL, NO, false },
	    { NULL, "李娜", P1, NULL, NULL, NO, false },
	    { NULL, "王先生", P1, NULL, NULL, NO, true } }, 3, "aba" },
	{ { { NULL, "王伟", P1, NULL, NULL, NO, false },
	    { NULL, "张先生", P1, NULL, NULL, NO, true } }, 2, "ab" },
	/* one vehicle: the name at any time, anybody at the same time */
	{ { { NULL, "王伟", P1, NULL, V1, 10, false },
	    { NULL, "王伟", P2, NULL, V1, 500, false } }, 2, "aa" },
	{ { { NULL, "王伟", P1, NULL, V1, 10, false },
	    { NULL, "李娜", P2, NULL, V1, 500, false } }, 2, "ab" },
	{ { { NULL, "王伟", P1, NULL, V1, 10, false },
	    { NULL, "李娜", P2, NULL, V1, 10, false } }, 2, "aa" },
	{ { { NULL, "王伟", P1, NULL, V1, 10, false },
	    { NULL, "王伟", P1, NULL, V1, 30, false },
	    { NULL, "李娜", P2, NULL, V1, 20, false } }, 3, "aaa" },
	/* a landline and the name, but never a landline alone */
	{ { { NULL, "王伟", "0755-82345678", NULL, NULL, NO, false },
	    { NULL, "王伟", "0755-82345678", NULL, NULL, 1, false } }, 2, "aa" },
	{ { { NULL, "王伟", "0755-82345678", NULL, NULL, NO, false },
	    { NULL, NULL, "0755-82345678", NULL, NULL, NO, false } }, 2, "ab" },
};

static bool same_id(const struct identity *id, uint32_t a, uint32_t b)
{
	return text_eq(identity_id(id, a), identity_id(id, b));
}

/* Adds the records in the order that starts at `from`, going up or down. */
static void try_order(size_t at, size_t from, bool down, char ids[][32])
{
	struct identity *id = identity_new();
	uint32_t who[RECORDS];
	size_t n = cases[at].n;

	for (size_t k = 0; k < n; k++) {
		size_t i = down ? (from + n - k) % n : (from + k) % n;

		who[i] = add(id, &cases[at].r[i]);
	}
	identity_resolve(id);
	for (size_t i = 0; i < n; i++) {
		struct text t = identity_id(id, who[i]);

		for (size_t k = 0; k < i; k++)
			ck_assert_int_eq(same_id(id, who[i], who[k]),
					 cases[at].same[i] ==
						 cases[at].same[k]);
		ck_assert_uint_lt(t.n, 32);
		if (ids[i][0])
			ck_assert(text_is(t, ids[i]));
		memcpy(ids[i], t.p, t.n);
		ids[i][t.n] = '\0';
	}
	identity_free(id);
}

START_TEST(these_are_one_and_those_are_not)
{
	char ids[RECORDS][32] = { "" };

	for (size_t from = 0; from < cases[_i].n; from++) {
		try_order((size_t)_i, from, false, ids);
		try_order((size_t)_i, from, true, ids);
	}
}
END_TEST

START_TEST(an_id_comes_from_the_best_there_is)
{
	static const struct record r[] = {
		{ "K2", "王伟", P1, NULL, V1, NO, false },
		{ "K1", "王伟", P1, NULL, V1, NO, false },
		{ NULL, "李娜", P2, NULL, NULL, NO, false },
		{ NULL, NULL, NULL, NULL, "WBADM9A1KP0427881", NO, false },
		{ NULL, "张三", NULL, NULL, NULL, NO, false },
		{ P1, "赵六", NULL, NULL, NULL, NO, false },
	};
	static const char *const kinds[] = {"document", "document", "mobile",
					    "vin",	"record",   "document"};
	struct identity *id = identity_new();
	uint32_t who[NELEMS(r)];

	for (size_t i = 0; i < NELEMS(r); i++)
		who[i] = add(id, &r[i]);
	identity_resolve(id);
	for (size_t i = 0; i < NELEMS(r); i++)
		ck_assert_str_eq(identity_kind(id, who[i]), kinds[i]);
	ck_assert(text_is(identity_id(id, who[0]), "K1"));
	ck_assert(text_is(identity_id(id, who[1]), "K1"));
	ck_assert_uint_eq(identity_id(id, who[2]).n, IDENTITY_HASH);
	/* a number that is a mobile is not shown */
	ck_assert(!text_is(identity_id(id, who[5]), P1));
	identity_free(id);
}
END_TEST

/* Adds a record with an id given by an earlier result. */
static uint32_t add_given(struct identity *id, const char *given,
			  const struct record *r)
{
	struct who w = { .day = r->day, .given = text_of(given) };

	w.number = text_of(r->number);
	w.name = text_of(r->name);
	w.name_links = r->name != NULL;
	if (r->phone)
		w.phone[w.phones++] = text_of(r->phone);
	return identity_add(id, &w);
}

START_TEST(an_id_that_was_given_is_kept)
{
	static const struct record with_phone = { NULL, "王伟", P1, NULL,
						  NULL, NO, false };
	static const struct record unknown = { .day = NO };
	static const struct record r[] = {
		{ "K1", "王伟", P1, NULL, NULL, NO, false },
		{ NULL, "李娜", P1, NULL, NULL, NO, false },
		{ NULL, "王伟", P2, NULL, NULL, NO, false },
	};
	char hash[IDENTITY_HASH + 1] = "";

	identity_hash("mobile", TEXT(P1), hash);
	for (int known = 0; known < 2; known++) {
		struct identity *id = identity_new();
		uint32_t old = add_given(id, hash,
					 known ? &with_phone : &unknown);
		uint32_t who[NELEMS(r)];

		for (size_t i = 0; i < NELEMS(r); i++)
			who[i] = add(id, &r[i]);
		identity_resolve(id);
		ck_assert(text_is(identity_id(id, old), hash));
		/* by phone and name; a stranger on that phone is another,
		 * who may be the old one only when nothing is known of it */
		if (known)
			ck_assert(same_id(id, who[0], old));
		ck_assert_int_eq(same_id(id, who[1], old), !known);
		ck_assert(!same_id(id, who[0], who[1]));
		ck_assert(!same_id(id, who[2], old));
		identity_free(id);
	}
}
END_TEST

START_TEST(two_given_ids_never_become_one)
{
	static const struct record one = { "N1", "王伟", P1, NULL, NULL, NO,
					   false };
	struct identity *id = identity_new();
	uint32_t b = add_given(id, "K7", &one), a = add_given(id, "K3", &one);
	uint32_t new = add(id, &one), blind;

	identity_resolve(id);
	ck_assert(text_is(identity_id(id, a), "K3"));
	ck_assert(text_is(identity_id(id, b), "K7"));
	ck_assert(text_is(identity_id(id, new), "K3"));
	identity_free(id);

	/* a number that is known only now changes nothing */
	id = identity_new();
	char hash[IDENTITY_HASH + 1] = "";
	identity_hash("mobile", TEXT(P1), hash);
	blind = add_given(id, hash, &(struct record){ .day = NO });
	new = add(id, &one);
	identity_resolve(id);
	ck_assert(same_id(id, blind, new));
	identity_free(id);
}
END_TEST

START_TEST(the_hash_is_blake2b_of_what_and_value)
{
	char to[IDENTITY_HASH];

	identity_hash("mobile", TEXT("13800138000"), to);
	/* python3: hashlib.blake2b(b"mobile:13800138000",
	 * digest_size=16).hexdigest()[:16] */
	ck_assert_mem_eq(to, "c6920aa921d1d0d9b", IDENTITY_HASH);
}
END_TEST

START_TEST(a_lead_is_no_customer_until_a_record_says_so)
{
	struct identity *id = identity_new();
	struct who lead = { .name = TEXT("王伟"), .name_links = true,
			    .phone = { TEXT(P1) }, .phones = 1,
			    .day = DAY_NONE, .prospect = true };
	struct who other = lead;
	uint32_t a, b, c;

	other.phone[0] = TEXT(P2);
	a = identity_add(id, &lead);
	b = identity_add(id, &other);
	other.prospect = false;
	c = identity_add(id, &other);
	identity_resolve(id);
	ck_assert(!identity_is_customer(id, a));
	ck_assert(identity_is_customer(id, b));
	ck_assert(identity_is_customer(id, c));
	identity_free(id);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("identity");
	TCase *tc = tcase_create("identity");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, these_are_one_and_those_are_not, 0,
			    NELEMS(cases));
	tcase_add_test(tc, an_id_comes_from_the_best_there_is);
	tcase_add_test(tc, the_hash_is_blake2b_of_what_and_value);
	tcase_add_test(tc, a_lead_is_no_customer_until_a_record_says_so);
	tcase_add_test(tc, an_id_that_was_given_is_kept);
	tcase_add_test(tc, two_given_ids_never_become_one);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
