/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Record linkage from end to end, on people that are made up here. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage.h"
#include "model/linkage_truth.h"
#include "num/rng.h"

enum { COLUMNS = 5, MOST = 2000, CELL = 40 };

static const struct linkage_column columns[COLUMNS] = {
	{ .name = "given", .kind = LINKAGE_GIVEN, .sound = LINKAGE_NONE },
	{ .name = "surname", .kind = LINKAGE_SURNAME, .sound = LINKAGE_NONE },
	{ .name = "birth", .kind = LINKAGE_DATE, .sound = LINKAGE_NONE },
	{ .name = "phone", .kind = LINKAGE_PHONE, .sound = LINKAGE_NONE },
	{ .name = "city", .kind = LINKAGE_PLACE, .sound = LINKAGE_NONE },
};

/* A record's cells and whose it is. */
static struct person {
	char cell[COLUMNS][CELL];
	uint32_t entity;
} person[MOST];
static size_t persons;

static const char *const syllable[] = {
	"an",  "bel", "cor", "da",  "el",  "fi",  "gar", "ho",
	"il",  "ju",  "kal", "lo",  "mer", "nor", "o",   "pra",
	"qui", "ros", "sel", "tam", "ur",  "vik", "wes", "zan",
};

static void word(struct rng *rng, char *to, unsigned n)
{
	*to = 0;
	while (n-- > 0)
		strcat(to, syllable[rng_below(rng, NELEMS(syllable))]);
}

static void draw(struct rng *rng, struct person *p)
{
	word(rng, p->cell[0], 2);
	word(rng, p->cell[1], 3);
	text_putf(p->cell[2], CELL, "19%02u-%02u-%02u",
		  (unsigned)rng_between(rng, 40, 99),
		  (unsigned)rng_between(rng, 1, 12),
		  (unsigned)rng_between(rng, 1, 28));
	text_putf(p->cell[3], CELL, "13%09u",
		  (unsigned)rng_below(rng, 1000000000));
	text_putf(p->cell[4], CELL, "%s",
		  syllable[rng_below(rng, NELEMS(syllable))]);
}

static const struct person stranger = {
	.cell = { "zebulon", "quixworthy", "1931-01-31", "19900000000", "sel" }
};

/* One mistake, or an empty cell. */
static void spoil(struct rng *rng, struct person *p)
{
	size_t c = rng_below(rng, COLUMNS), n = strlen(p->cell[c]);
	size_t at = rng_below(rng, n);

	if (rng_chance(rng, 400000) || c == 2) {
		p->cell[c][0] = 0;
		return;
	}
	p->cell[c][at] = c < 3 || c == 4 ? 'x' :
					   (char)('0' + rng_below(rng, 10));
}

/* `people` people, some with two or three records. */
static void populate(size_t people, uint64_t seed)
{
	struct rng rng;

	rng_init(&rng, seed, 1);
	persons = 0;
	for (uint32_t e = 0; e < people; e++) {
		struct person p = { .entity = e };
		size_t n = 1 + rng_below(&rng, 3);

		draw(&rng, &p);
		while (n-- > 0) {
			person[persons] = p;
			if (rng_chance(&rng, 700000))
				spoil(&rng, &person[persons]);
			persons++;
		}
	}
}

/* Families of up to four who share surname, telephone and city. */
static void populate_families(size_t families, uint64_t seed)
{
	uint32_t entity = 0;
	struct rng rng;

	rng_init(&rng, seed, 1);
	persons = 0;
	while (families-- > 0) {
		struct person first, p;

		draw(&rng, &first);
		for (size_t i = rng_below(&rng, 4) + 1; i-- > 0; entity++) {
			draw(&rng, &p);
			for (size_t c = 0; c < COLUMNS; c++)
				if (c != 0 && c != 2)
					memcpy(p.cell[c], first.cell[c], CELL);
			p.entity = entity;
			for (size_t n = rng_below(&rng, 2) + 1; n-- > 0;) {
				person[persons] = p;
				if (rng_chance(&rng, 500000))
					spoil(&rng, &person[persons]);
				persons++;
			}
		}
	}
}

static struct linkage *open_with(unsigned threads)
{
	struct linkage_options o = LINKAGE_DEFAULTS;

	o.threads = threads;
	return linkage_new(columns, COLUMNS, &o);
}

static void add(struct linkage *l, const struct person *p)
{
	struct text cell[COLUMNS];

	for (size_t c = 0; c < COLUMNS; c++)
		cell[c] = text_of(p->cell[c]);
	linkage_add(l, cell);
}

static struct linkage *linked(unsigned threads)
{
	struct linkage *l = open_with(threads);

	for (size_t i = 0; i < persons; i++)
		add(l, &person[i]);
	ck_assert_int_eq(linkage_run(l), LINKAGE_DONE);
	return l;
}

static struct linkage_truth judge(const struct linkage *l)
{
	uint32_t entity[MOST];

	for (size_t i = 0; i < persons; i++)
		entity[i] = person[i].entity;
	return linkage_truth_run(l, entity);
}

START_TEST(people_are_found_again)
{
	const struct linkage_report *r;
	struct linkage_truth t;
	struct linkage *l;

	populate(400, 11);
	l = linked(1);
	t = judge(l);
	ck_assert(t.precision >= 0.999);
	ck_assert(t.recall >= 0.97);
	r = linkage_report(l);
	ck_assert_uint_eq(r->records, persons);
	ck_assert_uint_eq(r->columns, COLUMNS);
	/* EM's own count of the matches. */
	ck_assert(r->expected_matches > 0.95 * (double)t.real);
	ck_assert(r->expected_matches < 1.05 * (double)t.real);
	ck_assert(r->pairs_compared < persons * (persons - 1) / 4);
	linkage_free(l);
}
END_TEST

START_TEST(a_family_is_several_people)
{
	struct linkage_truth t;
	struct linkage *l;

	populate_families(220, 5);
	l = linked(1);
	t = judge(l);
	ck_assert(linkage_report(l)->home_share > 0);
	ck_assert(t.precision >= 0.97);
	ck_assert(t.recall >= 0.9);
	linkage_free(l);
}
END_TEST

START_TEST(the_order_of_records_does_not_matter)
{
	uint32_t was[MOST], at[MOST];
	struct linkage *l;
	struct rng rng;

	populate(250, 12);
	l = linked(1);
	for (uint32_t i = 0; i < persons; i++) {
		was[i] = linkage_cluster(l, i);
		at[i] = i;
	}
	linkage_free(l);
	rng_init(&rng, 5, 2);
	for (size_t i = persons; i > 1; i--) {
		size_t j = rng_below(&rng, i);
		struct person p = person[i - 1];
		uint32_t k = at[i - 1];

		person[i - 1] = person[j];
		at[i - 1] = at[j];
		person[j] = p;
		at[j] = k;
	}
	l = linked(3);
	for (uint32_t i = 0; i < persons; i++)
		for (uint32_t j = 0; j < i; j++)
			ck_assert_int_eq(linkage_cluster(l, i) ==
						 linkage_cluster(l, j),
					 was[at[i]] == was[at[j]]);
	linkage_free(l);
}
END_TEST

START_TEST(threads_do_not_matter_to_the_last_bit)
{
	const struct linkage_pair *p, *q;
	struct linkage *a, *b;
	size_t n;

	populate(250, 13);
	a = linked(1);
	b = linked(4);
	n = linkage_pairs(a, &p);
	ck_assert_uint_eq(linkage_pairs(b, &q), n);
	ck_assert_uint_gt(n, 100);
	for (size_t i = 0; i < n; i++) {
		ck_assert_uint_eq(p[i].a, q[i].a);
		ck_assert_uint_eq(p[i].b, q[i].b);
		ck_assert(p[i].probability == q[i].probability);
		ck_assert_int_eq(p[i].band, q[i].band);
	}
	ck_assert(linkage_report(a)->lambda == linkage_report(b)->lambda);
	linkage_free(a);
	linkage_free(b);
}
END_TEST

/* Weights are rounded, so that one record in hundreds does not move them. */
START_TEST(a_record_more_leaves_the_others_where_they_were)
{
	struct linkage *l, *more;

	populate(400, 14);
	l = linked(1);
	person[persons++] = stranger;
	more = linked(1);
	for (uint32_t i = 0; i + 1 < persons; i++)
		ck_assert_uint_eq(linkage_cluster(l, i),
				  linkage_cluster(more, i));
	ck_assert_uint_eq(linkage_cluster(more, (uint32_t)persons - 1),
			  persons - 1);
	linkage_free(l);
	linkage_free(more);
}
END_TEST

START_TEST(a_file_twice_over_has_the_same_people)
{
	struct linkage *l, *twice;
	size_t n;

	populate(200, 15);
	l = linked(1);
	n = persons;
	memcpy(person + n, person, n * sizeof(*person));
	persons = 2 * n;
	twice = linked(1);
	for (uint32_t i = 0; i < n; i++) {
		ck_assert_uint_eq(linkage_cluster(twice, i),
				  linkage_cluster(l, i));
		ck_assert_uint_eq(linkage_cluster(twice, i + (uint32_t)n),
				  linkage_cluster(l, i));
	}
	linkage_free(l);
	linkage_free(twice);
}
END_TEST

START_TEST(settled_pairs_hold)
{
	const struct linkage_pair *p;
	struct linkage *l;
	uint32_t a = 0, b;
	size_t n, seen = 0;

	populate(200, 16);
	/* Two records of one person, alike in all; two of two people. */
	while (person[a].entity != person[a + 1].entity)
		a++;
	person[a + 1] = person[a];
	b = (uint32_t)persons - 1;
	l = open_with(1);
	for (size_t i = 0; i < persons; i++)
		add(l, &person[i]);
	linkage_settle(l, a, a + 1, false);
	linkage_settle(l, b, 0, true);
	ck_assert_int_eq(linkage_run(l), LINKAGE_DONE);
	ck_assert_uint_ne(linkage_cluster(l, a), linkage_cluster(l, a + 1));
	ck_assert_uint_eq(linkage_cluster(l, b), 0);
	n = linkage_pairs(l, &p);
	for (size_t i = 0; i < n; i++) {
		ck_assert(i == 0 || p[i - 1].a < p[i].a ||
			  (p[i - 1].a == p[i].a && p[i - 1].b < p[i].b));
		if (p[i].a == a && p[i].b == a + 1) {
			ck_assert_int_eq(p[i].band, LINKAGE_REVIEW);
			ck_assert(p[i].probability < 1e-9F);
			seen++;
		}
		if (p[i].a == 0 && p[i].b == b) {
			ck_assert_int_eq(p[i].band, LINKAGE_MATCH);
			seen++;
		}
	}
	ck_assert_uint_eq(seen, 2);
	linkage_free(l);
}
END_TEST

START_TEST(a_rule_gives_way_to_what_is_settled)
{
	struct linkage *l;

	populate(100, 3);
	l = open_with(1);
	for (size_t i = 0; i < persons; i++)
		add(l, &person[i]);
	linkage_rule(l, 0, 40);
	linkage_rule(l, 1, 50);
	linkage_settle(l, 40, 60, true);
	linkage_settle(l, 0, 60, false);
	ck_assert_int_eq(linkage_run(l), LINKAGE_DONE);
	ck_assert(linkage_cluster(l, 0) != linkage_cluster(l, 40));
	ck_assert(linkage_cluster(l, 40) == linkage_cluster(l, 60));
	ck_assert(linkage_cluster(l, 1) == linkage_cluster(l, 50));
	linkage_free(l);
}
END_TEST

START_TEST(settled_pairs_that_contradict_are_refused)
{
	struct linkage *l = open_with(1);

	populate(5, 17);
	for (size_t i = 0; i < persons; i++)
		add(l, &person[i]);
	linkage_settle(l, 0, 1, true);
	linkage_settle(l, 1, 0, false);
	ck_assert_int_eq(linkage_run(l), LINKAGE_CONFLICT);
	linkage_free(l);
}
END_TEST

/* The city is taken for a proof: what has two is never one, what has the same
 * always is. */
START_TEST(proofs_decide)
{
	struct linkage_options o = LINKAGE_DEFAULTS;
	struct linkage_column with[COLUMNS];
	struct linkage *l;

	populate(150, 18);
	memcpy(with, columns, sizeof(with));
	with[4] = (struct linkage_column){ .name = "id",
					   .kind = LINKAGE_IDNUM,
					   .proof = true,
					   .sound = LINKAGE_NONE };
	for (size_t i = 0; i < persons; i++)
		person[i].cell[4][0] = 0;
	person[1] = person[0];
	strcpy(person[0].cell[4], "110101199003070000");
	strcpy(person[1].cell[4], "440101198512319999");
	strcpy(person[persons - 1].cell[4], "110101199003070000");
	l = linkage_new(with, COLUMNS, &o);
	for (size_t i = 0; i < persons; i++)
		add(l, &person[i]);
	ck_assert_int_eq(linkage_run(l), LINKAGE_DONE);
	ck_assert_uint_ne(linkage_cluster(l, 0), linkage_cluster(l, 1));
	ck_assert_uint_eq(linkage_cluster(l, (uint32_t)persons - 1), 0);
	linkage_free(l);
}
END_TEST

START_TEST(what_is_to_be_ignored_is_no_evidence)
{
	struct linkage *l = open_with(1);
	struct buf with = { 0 }, without = { 0 };

	populate(200, 19);
	person[1] = person[0];
	person[2] = person[0];
	strcpy(person[1].cell[4], "x");
	strcpy(person[2].cell[4], "y");
	for (size_t i = 0; i < persons; i++)
		add(l, &person[i]);
	linkage_ignore(l, 2, 0, 3);
	ck_assert_int_eq(linkage_run(l), LINKAGE_DONE);
	linkage_reason(l, 0, 1, &with);
	linkage_reason(l, 0, 2, &without);
	ck_assert(text_find(buf_text(&with), "phone=") != SIZE_MAX);
	ck_assert(text_find(buf_text(&without), "phone=") == SIZE_MAX);
	ck_assert(linkage_probability(l, 0, 1) > linkage_probability(l, 0, 2));
	buf_release(&with);
	buf_release(&without);
	linkage_free(l);
}
END_TEST

START_TEST(reasons_name_column_level_and_weight)
{
	struct buf b = { 0 };
	struct linkage *l;

	populate(300, 20);
	person[0] = stranger;
	person[1] = stranger;
	person[1].cell[3][5] = '7';
	l = linked(1);
	linkage_reason(l, 0, 1, &b);
	ck_assert_uint_eq(text_find(buf_text(&b), "given=exact +"), 0);
	ck_assert(text_find(buf_text(&b), "phone=one edit +") != SIZE_MAX);
	ck_assert(text_find(buf_text(&b), "prior -") != SIZE_MAX);
	/* No cell is told. */
	ck_assert(text_find(buf_text(&b), person[0].cell[1]) == SIZE_MAX);
	buf_release(&b);
	linkage_free(l);
}
END_TEST

START_TEST(the_model_can_be_read)
{
	struct linkage *l;

	populate(300, 21);
	l = linked(1);
	for (size_t c = 0; c < COLUMNS; c++) {
		size_t n = linkage_levels(l, c);
		double m = 0, u = 0, above = 1e9;

		ck_assert_uint_ge(n, 3);
		for (size_t i = 0; i < n; i++) {
			struct linkage_level level;

			linkage_level(l, c, i, &level);
			ck_assert(level.words[0] != 0);
			ck_assert(level.weight <= above);
			above = level.weight;
			m += level.m;
			u += level.u;
		}
		ck_assert(m > 0.99 && m < 1.01);
		ck_assert(u > 0.99 && u < 1.01);
	}
	linkage_free(l);
}
END_TEST

START_TEST(another_threshold_clusters_anew)
{
	uint32_t entity[MOST];
	struct linkage_truth usual, best;
	struct linkage *l;
	double at;

	populate(300, 22);
	l = linked(1);
	for (size_t i = 0; i < persons; i++)
		entity[i] = person[i].entity;
	usual = linkage_truth_run(l, entity);
	best = linkage_truth_best(l, entity, &at);
	ck_assert(best.f1 >= usual.f1);
	ck_assert(at > 0 && at < 1);
	ck_assert(linkage_match_at(l) == 0.7);
	ck_assert(linkage_truth_run(l, entity).f1 == usual.f1);
	linkage_free(l);
}
END_TEST

START_TEST(too_little_is_told)
{
	struct linkage *l = open_with(1);

	ck_assert_int_eq(linkage_run(l), LINKAGE_TOO_FEW);
	ck_assert_uint_eq(linkage_report(l)->clusters, 0);
	linkage_free(l);
	populate(1, 23);
	l = open_with(1);
	add(l, &person[0]);
	ck_assert_int_eq(linkage_run(l), LINKAGE_TOO_FEW);
	ck_assert_uint_eq(linkage_cluster(l, 0), 0);
	linkage_free(l);
	memset(person, 0, sizeof(*person));
	l = open_with(1);
	add(l, &person[0]);
	add(l, &person[0]);
	ck_assert_int_eq(linkage_run(l), LINKAGE_NO_COLUMN);
	ck_assert_uint_eq(linkage_report(l)->clusters, 2);
	linkage_free(l);
}
END_TEST

/* A handful of records: nothing blows up, nobody strange is joined. */
START_TEST(a_handful_of_records_is_no_trouble)
{
	for (size_t n = 2; n < 9; n++) {
		struct linkage *l = open_with(2);

		populate(8, 30 + n);
		for (size_t i = 0; i < n; i++)
			add(l, &person[i]);
		ck_assert_int_eq(linkage_run(l), LINKAGE_DONE);
		for (uint32_t i = 0; i < n; i++)
			ck_assert(person[linkage_cluster(l, i)].entity ==
				  person[i].entity);
		linkage_free(l);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("linkage");
	TCase *t = tcase_create("linkage");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_set_timeout(t, 120);
	tcase_add_test(t, people_are_found_again);
	tcase_add_test(t, a_family_is_several_people);
	tcase_add_test(t, the_order_of_records_does_not_matter);
	tcase_add_test(t, threads_do_not_matter_to_the_last_bit);
	tcase_add_test(t, a_record_more_leaves_the_others_where_they_were);
	tcase_add_test(t, a_file_twice_over_has_the_same_people);
	tcase_add_test(t, settled_pairs_hold);
	tcase_add_test(t, settled_pairs_that_contradict_are_refused);
	tcase_add_test(t, a_rule_gives_way_to_what_is_settled);
	tcase_add_test(t, proofs_decide);
	tcase_add_test(t, what_is_to_be_ignored_is_no_evidence);
	tcase_add_test(t, reasons_name_column_level_and_weight);
	tcase_add_test(t, the_model_can_be_read);
	tcase_add_test(t, another_threshold_clusters_anew);
	tcase_add_test(t, too_little_is_told);
	tcase_add_test(t, a_handful_of_records_is_no_trouble);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
