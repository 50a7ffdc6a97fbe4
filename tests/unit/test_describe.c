/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns described, exactly and by sketches. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/describe.h"
#include "num/cellgrid.h"
#include "num/hll.h"
#include "num/rng.h"

static const struct instant_change east[] = { { INT64_MIN, 480 } };
#define EAST { east, 1 }

static const struct describe_settings found = { DESCRIBE_FOUND, 1000, EAST };

/* Words parted by blanks; "_" is an empty cell. */
static struct describe *column(struct describe_settings s, const char *list)
{
	struct describe *d = describe_new(s);
	struct text rest = text_of(list), part;

	for (uint64_t line = 2; text_split(&rest, ' ', &part); line++)
		describe_add(d, text_is(part, "_") ? text_of("") : part,
			     describe_draw(line));
	return d;
}

static const struct {
	const char *list;
	enum describe_type type;
} types[] = {
	{ "_ _", DESCRIBE_EMPTY },
	{ "1 2 -3", DESCRIBE_INTEGER },
	{ "1 2.5", DESCRIBE_NUMBER },
	{ "1.00 2.50", DESCRIBE_NUMBER },
	{ "1 1e3", DESCRIBE_INTEGER },
	{ "2024-01-05 _ 2024-02-29", DESCRIBE_DATE },
	{ "2024-01-05 2024-01-05T10:00", DESCRIBE_INSTANT },
	{ "2024-01-05 2024-13-05", DESCRIBE_TEXT },
	{ "yes no unknown", DESCRIBE_YESNO },
	{ "a a b b", DESCRIBE_CATEGORY },
	{ "a b c c", DESCRIBE_TEXT },
	{ "007 008", DESCRIBE_TEXT },
	{ "1 2 x", DESCRIBE_TEXT },
	{ "12345678901234567890 1", DESCRIBE_TEXT },
};

START_TEST(the_type_is_what_fits_all_values)
{
	struct describe *d = column(found, types[_i].list);
	struct description r = describe_finish(d, DESCRIBE_FOUND, 3);

	ck_assert_int_eq(r.type, types[_i].type);
	ck_assert_uint_eq(r.unfit, 0);
	description_release(&r);
	describe_free(d);
}
END_TEST

START_TEST(what_is_not_of_the_told_type_is_counted)
{
	struct describe_settings s = { DESCRIBE_MONEY, 1000, EAST };
	struct describe *d = column(s, "12.50 N/A 7 _ 10.5 2024-01-01");
	struct description r = describe_finish(d, DESCRIBE_FOUND, 3);

	ck_assert_int_eq(r.type, DESCRIBE_MONEY);
	ck_assert_uint_eq(r.filled, 5);
	ck_assert_uint_eq(r.unfit, 2);
	ck_assert_uint_eq(r.n, 3);
	ck_assert(r.summed && r.sum == 3000 && r.sum_decimals == 2);
	description_release(&r);
	describe_free(d);
}
END_TEST

START_TEST(blanks_are_not_filled)
{
	struct describe *d = describe_new(found);
	struct description r;

	describe_add(d, TEXT(" "), 1);
	describe_add(d, TEXT("\t\u3000 "), 1);
	describe_add(d, TEXT(" x"), 1);
	r = describe_finish(d, DESCRIBE_FOUND, 1);
	ck_assert_uint_eq(r.filled, 1);
	ck_assert_uint_eq(r.length_max, 2);
	description_release(&r);
	describe_free(d);
}
END_TEST

START_TEST(equal_numbers_are_one_value)
{
	struct describe *d = column(found, "10 10.00 10.0 -0 0 0.00 7");
	struct description r = describe_finish(d, DESCRIBE_FOUND, 2);

	ck_assert_uint_eq(r.distinct, 3);
	ck_assert_uint_eq(r.zeros, 3);
	ck_assert_str_eq(r.top[0].text, "0");
	ck_assert_uint_eq(r.top[0].count, 3);
	ck_assert_str_eq(r.top[1].text, "10");
	description_release(&r);
	describe_free(d);
}
END_TEST

START_TEST(equally_frequent_values_come_bytewise)
{
	struct describe *d = column(found, "b c a c b a d");
	struct description r = describe_finish(d, DESCRIBE_FOUND, 3);

	ck_assert_uint_eq(r.tops, 3);
	ck_assert_str_eq(r.top[0].text, "a");
	ck_assert_str_eq(r.top[1].text, "b");
	ck_assert_str_eq(r.top[2].text, "c");
	description_release(&r);
	describe_free(d);
}
END_TEST

START_TEST(lengths_are_in_characters)
{
	struct describe *d = column(found, "\u5f20\u4e09 abc");
	struct description r = describe_finish(d, DESCRIBE_FOUND, 1);

	ck_assert_uint_eq(r.length_min, 2);
	ck_assert_uint_eq(r.length_max, 3);
	ck_assert_uint_eq(r.length_sum, 5);
	description_release(&r);
	describe_free(d);
}
END_TEST

/* A long text is cut where it is kept, and still told from its like. */
START_TEST(long_texts_differ_behind_what_is_kept)
{
	struct describe *d = describe_new(found), *e = describe_new(found);
	char *p = mem_alloc(100000, 1);
	struct description r;

	memset(p, 'x', 100000);
	describe_add(d, (struct text){ p, 99999 }, 1);
	p[99998] = 'y';
	describe_add(e, (struct text){ p, 99999 }, 2);
	describe_add(e, (struct text){ p, 99998 }, 3);
	describe_join(d, e);
	r = describe_finish(d, DESCRIBE_FOUND, 1);
	ck_assert_uint_eq(r.distinct, 3);
	ck_assert_uint_eq(r.length_max, 99999);
	ck_assert_uint_eq(r.length_min, 99998);
	ck_assert_uint_eq(r.top[0].n, 200);
	description_release(&r);
	describe_free(d);
	describe_free(e);
	free(p);
}
END_TEST

/* ---- sketches ---- */

#define ROWS 30000

struct made {
	char text[ROWS][24];
	size_t n[ROWS];
};

/* Amounts over four powers of ten, one in five of them 99.00. */
static struct made *make_amounts(void)
{
	struct made *m = mem_alloc(1, sizeof(*m));
	struct rng rng;

	rng_init(&rng, 1, 1);
	for (size_t i = 0; i < ROWS; i++) {
		uint64_t fen = rng_below(&rng, 100) *
			       rng_below(&rng, 100) * rng_below(&rng, 1000);

		if (rng_below(&rng, 5) == 0)
			fen = 9900;
		m->n[i] = text_putf(m->text[i], sizeof(m->text[i]),
				    "%llu.%02llu",
				    (unsigned long long)(fen / 100),
				    (unsigned long long)(fen % 100));
	}
	return m;
}

static void add_rows(struct describe *d, const struct made *m, size_t from,
		     size_t to, size_t step)
{
	for (size_t i = from; i < to; i += step)
		describe_add(d, (struct text){ m->text[i], m->n[i] },
			     describe_draw(i));
}

static void assert_same(const struct description *a,
			const struct description *b)
{
	ck_assert_int_eq(a->type, b->type);
	ck_assert_uint_eq(a->filled, b->filled);
	ck_assert_uint_eq(a->distinct, b->distinct);
	ck_assert(a->exact == b->exact);
	ck_assert_uint_eq(a->tops, b->tops);
	for (size_t i = 0; i < a->tops; i++) {
		ck_assert_str_eq(a->top[i].text, b->top[i].text);
		ck_assert_uint_eq(a->top[i].count, b->top[i].count);
	}
	ck_assert_uint_eq(a->steps, b->steps);
	for (size_t i = 0; i < a->steps; i++) {
		ck_assert_int_eq(figure_cmp(a->step[i].value,
					    b->step[i].value), 0);
		ck_assert_uint_eq(a->step[i].count, b->step[i].count);
	}
	ck_assert(a->sum == b->sum);
	ck_assert_double_eq(a->mean, b->mean);
	ck_assert_double_eq(a->variance, b->variance);
	ck_assert_uint_eq(a->length_sum, b->length_sum);
	ck_assert_uint_eq(a->length_min, b->length_min);
}

static const size_t limits[] = { 100, 3000, 100000 };

/* Lanes: rows dealt out in any way, backwards, joined in any order. */
START_TEST(joined_parts_are_the_whole)
{
	struct describe_settings s = { DESCRIBE_FOUND, limits[_i], EAST };
	struct made *m = make_amounts();
	struct describe *whole = describe_new(s), *part[4];
	struct description a, b;

	add_rows(whole, m, 0, ROWS, 1);
	for (size_t i = 0; i < 4; i++)
		part[i] = describe_new(s);
	/* few rows, many, all others, none */
	add_rows(part[0], m, 0, 50, 1);
	add_rows(part[1], m, 51, ROWS, 2);
	add_rows(part[2], m, 50, ROWS, 2);
	describe_join(part[3], part[2]);
	describe_join(part[0], part[1]);
	describe_join(part[3], part[0]);
	a = describe_finish(whole, DESCRIBE_FOUND, 4);
	b = describe_finish(part[3], DESCRIBE_FOUND, 4);
	ck_assert(a.exact == (_i == 2));
	assert_same(&a, &b);
	description_release(&a);
	description_release(&b);
	for (size_t i = 0; i < 4; i++)
		describe_free(part[i]);
	describe_free(whole);
	free(m);
}
END_TEST

static double quantile(const struct description *r, int64_t ppm)
{
	return figure_real(steps_quantile(r->step, r->steps, r->n, ppm,
					  false));
}

START_TEST(sketches_are_as_near_as_they_say)
{
	struct describe_settings s = { DESCRIBE_FOUND, 100, EAST };
	struct made *m = make_amounts();
	struct describe *exact, *sketch = describe_new(s);
	struct description a, b;

	s.exact = 100000;
	exact = describe_new(s);
	add_rows(exact, m, 0, ROWS, 1);
	add_rows(sketch, m, 0, ROWS, 1);
	a = describe_finish(exact, DESCRIBE_FOUND, 1);
	b = describe_finish(sketch, DESCRIBE_FOUND, 1);
	for (int64_t ppm = 0; ppm <= STEPS_ONE; ppm += 10000)
		ck_assert_double_eq_tol(quantile(&b, ppm), quantile(&a, ppm),
					1e-9 + CELLGRID_ERROR *
						       quantile(&a, ppm));
	ck_assert_double_eq_tol((double)b.distinct, (double)a.distinct,
				3 * HLL_ERROR * (double)a.distinct);
	ck_assert_double_eq(a.variance, b.variance);
	ck_assert(a.sum == b.sum && a.sum_decimals == b.sum_decimals);
	ck_assert_int_eq(figure_cmp(a.min, b.min), 0);
	ck_assert_int_eq(figure_cmp(a.max, b.max), 0);
	ck_assert_uint_eq(a.zeros, b.zeros);
	/* a share of a fifth, within the error that is told */
	ck_assert_uint_eq(b.tops, 1);
	ck_assert_str_eq(b.top[0].text, "99.00");
	ck_assert_double_gt(b.top_error, 0);
	ck_assert_double_eq_tol((double)b.top[0].count,
				(double)a.top[0].count,
				b.top_error * ROWS);
	description_release(&a);
	description_release(&b);
	describe_free(exact);
	describe_free(sketch);
	free(m);
}
END_TEST

START_TEST(days_are_exact_in_a_sketch)
{
	struct describe_settings s = { DESCRIBE_FOUND, 2, EAST };
	struct describe *d = column(
		s, "2024-01-05 2024-03-01 2024-02-29 2024-02-29 1999-12-31");
	struct description r = describe_finish(d, DESCRIBE_FOUND, 1);

	ck_assert(!r.exact);
	ck_assert_int_eq(r.type, DESCRIBE_DATE);
	ck_assert_double_eq(quantile(&r, STEPS_ONE / 2), 19782);
	ck_assert_int_eq(r.min.m, 10956);
	ck_assert_int_eq(r.max.m, 19783);
	description_release(&r);
	describe_free(d);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("describe");
	TCase *t = tcase_create("describe");

	tcase_add_loop_test(t, the_type_is_what_fits_all_values, 0,
			    NELEMS(types));
	tcase_add_test(t, what_is_not_of_the_told_type_is_counted);
	tcase_add_test(t, blanks_are_not_filled);
	tcase_add_test(t, equal_numbers_are_one_value);
	tcase_add_test(t, equally_frequent_values_come_bytewise);
	tcase_add_test(t, lengths_are_in_characters);
	tcase_add_test(t, long_texts_differ_behind_what_is_kept);
	tcase_add_loop_test(t, joined_parts_are_the_whole, 0,
			    NELEMS(limits));
	tcase_add_test(t, sketches_are_as_near_as_they_say);
	tcase_add_test(t, days_are_exact_in_a_sketch);
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
