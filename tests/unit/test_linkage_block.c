/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidate pairs: each once, the same for any order and any number of
 * walkers, none from a block over the cap. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "canon/pinyin.h"
#include "model/linkage_block.h"
#include "num/rng.h"

#define COLUMNS 8
#define RECORDS_MAX 400

struct table {
	enum linkage_kind kind[COLUMNS];
	bool set[COLUMNS];
	size_t columns;
	uint32_t records;
	char cell[RECORDS_MAX][COLUMNS][40];
};

/* Which pairs came, how often. */
struct pairs {
	unsigned char times[RECORDS_MAX][RECORDS_MAX];
	size_t n;
	struct linkage_block_report report;
};

static struct pinyin *pinyin;

static void open_table(void)
{
	pinyin = pinyin_new();
}

static void close_table(void)
{
	pinyin_free(pinyin);
}

struct made {
	struct linkage_block_column column[COLUMNS];
	uint32_t *code[COLUMNS];
	struct linkage_values *values[COLUMNS];
};

/* Record i of what is made is record order[i] of the table. */
static void make(const struct table *t, const uint32_t *order, struct made *m)
{
	for (size_t c = 0; c < t->columns; c++) {
		struct linkage_values *v =
			linkage_values_new(t->kind[c], t->set[c]);
		struct buf sound = { 0 };

		m->code[c] = mem_alloc(t->records, sizeof(*m->code[c]));
		for (uint32_t i = 0; i < t->records; i++) {
			struct text cell = text_of(t->cell[order[i]][c]);

			buf_clear(&sound);
			if (t->kind[c] == LINKAGE_NAME)
				pinyin_name(pinyin, cell, &sound);
			m->code[c][i] = linkage_values_add(v, cell,
							   buf_text(&sound));
		}
		buf_release(&sound);
		linkage_values_finish(v);
		m->values[c] = v;
		m->column[c] = (struct linkage_block_column){
			t->kind[c], false, v, m->code[c]
		};
	}
}

static void unmake(const struct table *t, struct made *m)
{
	for (size_t c = 0; c < t->columns; c++) {
		linkage_values_free(m->values[c]);
		free(m->code[c]);
	}
}

static void walk(const struct linkage_block *b, unsigned parts,
		 const uint32_t *order, struct pairs *to)
{
	for (unsigned part = 0; part < parts; part++) {
		struct linkage_candidate pair[7];
		struct linkage_walk w;
		size_t n;

		linkage_walk_start(b, &w, part, parts);
		while ((n = linkage_walk_next(b, &w, pair, NELEMS(pair))))
			for (size_t i = 0; i < n; i++) {
				uint32_t x = order[pair[i].a];
				uint32_t y = order[pair[i].b];

				ck_assert_uint_lt(pair[i].a, pair[i].b);
				to->times[x < y ? x : y][x < y ? y : x]++;
				to->n++;
			}
	}
}

static struct pairs *find(const struct table *t, const uint32_t *order,
			  size_t block_max, unsigned parts)
{
	struct pairs *to = mem_zalloc(1, sizeof(*to));
	struct linkage_block *b;
	struct made m;

	make(t, order, &m);
	b = linkage_block_new(m.column, t->columns, t->records, block_max);
	for (size_t p = 0; p < linkage_block_passes(b); p++) {
		linkage_block_open(b, p);
		walk(b, parts, order, to);
	}
	linkage_block_report(b, &to->report);
	linkage_block_free(b);
	unmake(t, &m);
	return to;
}

static void in_order(uint32_t *order, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
}

/* ---- drawn tables ---- */

static const char *const drawn[COLUMNS][8] = {
	{ "anna", "anne", "bob", "carl", "dora", "emil", "", "frieda" },
	{ "smith", "smyth", "bob", "miller", "jones", "", "garcia", "lee" },
	{ "1980-03-04", "1980-04-03", "1980-03-14", "1971-11-27", "",
	  "1990-01-01", "1990-12-01", "2001-09-11" },
	{ "13812345678\n13900000001", "13812345678", "13900000001", "",
	  "15987654321", "13900004321", "15687655678", "13900000002" },
	{ "12 elm street", "14 elm st", "3 main street west", "",
	  "elm grove 7", "3 main st", "99 oak avenue west", "7 oak ave" },
	{ "张伟", "章伟", "张炜", "伟张", "欧阳娜娜", "欧阳娜", "", "李强" },
	{ "f", "m", "f", "m", "f", "m", "", "" },
	{ "ann@x.org", "anna@x.org", "bob@x.org", "", "lee@y.com",
	  "smith77@z.net", "smith78@z.net", "carl@y.com" },
};

static void draw(struct rng *rng, struct table *t)
{
	static const enum linkage_kind kinds[COLUMNS] = {
		LINKAGE_GIVEN,	 LINKAGE_SURNAME, LINKAGE_DATE,
		LINKAGE_PHONE,	 LINKAGE_ADDRESS, LINKAGE_NAME,
		LINKAGE_GENDER,	 LINKAGE_EMAIL
	};

	memset(t, 0, sizeof(*t));
	t->columns = COLUMNS;
	t->records = (uint32_t)rng_between(rng, 2, 60);
	for (size_t c = 0; c < COLUMNS; c++) {
		t->kind[c] = kinds[c];
		t->set[c] = kinds[c] == LINKAGE_PHONE;
		for (uint32_t i = 0; i < t->records; i++)
			strcpy(t->cell[i][c], drawn[c][rng_below(rng, 8)]);
	}
}

static void shuffle(struct rng *rng, uint32_t *order, uint32_t n)
{
	in_order(order, n);
	for (uint32_t i = n; i-- > 1;) {
		uint32_t k = (uint32_t)rng_below(rng, i + 1), was = order[i];

		order[i] = order[k];
		order[k] = was;
	}
}

static bool share_a_value(const struct table *t, uint32_t x, uint32_t y)
{
	for (size_t c = 0; c < t->columns; c++)
		if (t->kind[c] != LINKAGE_GENDER && t->cell[x][c][0] &&
		    strcmp(t->cell[x][c], t->cell[y][c]) == 0)
			return true;
	return false;
}

START_TEST(each_pair_comes_once_whatever_the_order_and_the_walkers)
{
	static struct table t;
	uint32_t order[RECORDS_MAX], other[RECORDS_MAX];
	struct rng rng;

	rng_init(&rng, 11, (uint64_t)_i);
	draw(&rng, &t);
	in_order(order, t.records);
	shuffle(&rng, other, t.records);
	for (size_t max = 2; max <= 128; max *= 4) {
		struct pairs *p = find(&t, order, max, 1);
		struct pairs *q = find(&t, order, max, 3);
		struct pairs *r = find(&t, other, max, 2);

		for (uint32_t x = 0; x < t.records; x++)
			for (uint32_t y = 0; y < t.records; y++)
				ck_assert_uint_le(p->times[x][y], 1);
		ck_assert(memcmp(p, q, sizeof(*p)) == 0);
		ck_assert(memcmp(p, r, sizeof(*p)) == 0);
		free(p);
		free(q);
		free(r);
	}
}
END_TEST

START_TEST(without_a_cap_all_that_share_a_value_meet)
{
	static struct table t;
	uint32_t order[RECORDS_MAX];
	struct pairs *all, *few;
	struct rng rng;

	rng_init(&rng, 12, (uint64_t)_i);
	draw(&rng, &t);
	in_order(order, t.records);
	all = find(&t, order, SIZE_MAX, 1);
	few = find(&t, order, 4, 1);
	ck_assert_uint_eq(all->report.skipped, 0);
	ck_assert_uint_eq(all->report.largest, few->report.largest);
	ck_assert_uint_eq(all->report.blocks,
			  few->report.blocks + few->report.skipped);
	for (uint32_t x = 0; x < t.records; x++)
		for (uint32_t y = x + 1; y < t.records; y++) {
			if (share_a_value(&t, x, y))
				ck_assert_uint_eq(all->times[x][y], 1);
			ck_assert_uint_le(few->times[x][y], all->times[x][y]);
		}
	free(all);
	free(few);
}
END_TEST

/* ---- single questions ---- */

/* Two records of one column. */
static size_t meet(enum linkage_kind kind, bool set, const char *a,
		   const char *b)
{
	static struct table t;
	uint32_t order[2] = { 0, 1 };
	struct pairs *p;
	size_t n;

	memset(&t, 0, sizeof(t));
	t.kind[0] = kind;
	t.set[0] = set;
	t.columns = 1;
	t.records = 2;
	strcpy(t.cell[0][0], a);
	strcpy(t.cell[1][0], b);
	p = find(&t, order, 60, 1);
	n = p->n;
	free(p);
	return n;
}

static const struct {
	enum linkage_kind kind;
	const char *a, *b;
	size_t meet;
} alone[] = {
	{ LINKAGE_NAME, "张伟", "章伟", 1 },
	{ LINKAGE_NAME, "张伟", "伟张", 1 },
	{ LINKAGE_NAME, "张伟", "zhang wei", 1 },
	{ LINKAGE_NAME, "john smith", "smith jon", 1 },
	{ LINKAGE_NAME, "john smith", "mary jones", 0 },
	{ LINKAGE_PHONE, "075583212345", "83212345", 1 },
	{ LINKAGE_PHONE, "13812345678\n13900000001", "13900000001", 1 },
	{ LINKAGE_PHONE, "13812345678", "15987654321", 0 },
	{ LINKAGE_VIN, "lsvaa4187e2184847", "xsvaa4187e2184847", 1 },
	{ LINKAGE_ADDRESS, "12 elm street", "elm st 14", 1 },
	{ LINKAGE_ADDRESS, "12 elm street", "9 oak road", 0 },
	{ LINKAGE_IDNUM, "6988048", "6988048", 1 },
	{ LINKAGE_IDNUM, "6988048", "6988049", 0 },
	{ LINKAGE_GENDER, "f", "f", 0 },
	{ LINKAGE_SURNAME, "smith", "smyth", 0 },
};

START_TEST(one_column_brings_together_what_is_alike_in_it)
{
	ck_assert_uint_eq(meet(alone[_i].kind, alone[_i].kind == LINKAGE_PHONE,
			       alone[_i].a, alone[_i].b), alone[_i].meet);
}
END_TEST

/* `n` records of one phone, each with a name of its own. */
static struct pairs *crowd(uint32_t n, size_t block_max)
{
	static struct table t;
	uint32_t order[RECORDS_MAX];

	memset(&t, 0, sizeof(t));
	t.kind[0] = LINKAGE_PHONE;
	t.columns = 1;
	t.records = n;
	for (uint32_t i = 0; i < n; i++)
		strcpy(t.cell[i][0], "13812345678");
	in_order(order, n);
	return find(&t, order, block_max, 2);
}

START_TEST(a_block_over_the_cap_is_skipped_and_counted)
{
	struct pairs *p = crowd(60, 60), *q = crowd(61, 60);

	ck_assert_uint_eq(p->n, 60 * 59 / 2);
	ck_assert_uint_eq(p->report.skipped, 0);
	ck_assert_uint_eq(q->n, 0);
	ck_assert_uint_gt(q->report.skipped, 0);
	ck_assert_uint_eq(q->report.blocks, 0);
	ck_assert_uint_eq(q->report.largest, 61);
	free(p);
	free(q);
}
END_TEST

/* Swapped names and a date that differs in its day meet by either name and
 * the year and month, although no cell is the same. */
START_TEST(swapped_names_meet)
{
	static const char *const cell[2][3] = {
		{ "robert", "garcia", "1980-03-04" },
		{ "garsia", "rupert", "1980-03-14" },
	};
	static struct table t = {
		.kind = { LINKAGE_GIVEN, LINKAGE_SURNAME, LINKAGE_DATE },
		.columns = 3, .records = 2,
	};
	uint32_t order[2] = { 0, 1 };
	struct pairs *p;

	for (size_t i = 0; i < 2; i++)
		for (size_t c = 0; c < 3; c++)
			strcpy(t.cell[i][c], cell[i][c]);
	p = find(&t, order, 60, 1);
	ck_assert_uint_eq(p->times[0][1], 1);
	free(p);
}
END_TEST

START_TEST(passes_say_what_they_cross)
{
	static struct table t = {
		.kind = { LINKAGE_DATE, LINKAGE_PHONE },
		.columns = 2, .records = 2,
	};
	uint32_t order[2] = { 0, 1 };
	struct linkage_block *b;
	struct linkage_pass pass;
	struct made m;
	bool seen = false;

	strcpy(t.cell[0][0], "1980-03-04");
	strcpy(t.cell[0][1], "13812345678");
	strcpy(t.cell[1][0], "1980-03-05");
	strcpy(t.cell[1][1], "13812345679");
	make(&t, order, &m);
	b = linkage_block_new(m.column, t.columns, t.records, 60);
	for (size_t p = 0; p < linkage_block_passes(b); p++) {
		linkage_block_pass(b, p, &pass);
		ck_assert_str_ne(pass.a_atom, "");
		seen |= pass.b_atom && pass.a_column == 0 &&
			pass.b_column == 1 &&
			strcmp(pass.a_atom, "year and month") == 0 &&
			strcmp(pass.b_atom, "last four") == 0;
	}
	ck_assert(seen);
	linkage_block_free(b);
	unmake(&t, &m);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("linkage_block");
	TCase *c = tcase_create("linkage_block");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(c, open_table, close_table);
	tcase_add_loop_test(
		c, each_pair_comes_once_whatever_the_order_and_the_walkers, 0,
		20);
	tcase_add_loop_test(c, without_a_cap_all_that_share_a_value_meet, 0,
			    20);
	tcase_add_loop_test(c, one_column_brings_together_what_is_alike_in_it,
			    0, NELEMS(alone));
	tcase_add_test(c, a_block_over_the_cap_is_skipped_and_counted);
	tcase_add_test(c, swapped_names_meet);
	tcase_add_test(c, passes_say_what_they_cross);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
