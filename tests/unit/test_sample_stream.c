/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream of transactions for benches: what it promises about its rows. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/msg.h"
#include "base/number.h"
#include "model/sample_stream.h"

static void make(struct sample_stream_options o, struct buf *to)
{
	struct sample_stream *s;

	o.first = day_of((struct civil){2022, 11, 1});
	o.last = day_of((struct civil){2025, 10, 31});
	s = sample_stream_new(&o);
	sample_stream_header(s, to);
	while (sample_stream_next(s, to))
		;
	sample_stream_free(s);
}

/* rows, customers */
static const uint32_t sizes[][2] = {
	{1, 1}, {10, 10}, {100, 99}, {1000, 7}, {5000, 500}};

START_TEST(every_customer_has_a_row_and_days_never_go_back)
{
	uint32_t rows = sizes[_i][0], customers = sizes[_i][1], n = 0, seen = 0;
	struct buf out = {0};
	struct text rest, line, cell = {0};
	bool *met = mem_zalloc(customers + 1, sizeof(*met));
	int32_t before = DAY_MIN, day;
	int64_t id, fen;

	make((struct sample_stream_options){.seed = 3,
					    .rows = rows,
					    .customers = customers},
	     &out);
	rest = buf_text(&out);
	text_split(&rest, '\n', &line);
	ck_assert(text_is(line, "txn_id,line_no,customer_id,date,kind,amount,"
				"product,store_id"));
	while (text_split(&rest, '\n', &line) && line.n) {
		for (int i = 0; i < 3; i++)
			text_split(&line, ',', &cell);
		ck_assert(
			number_int((struct text){cell.p + 1, cell.n - 1}, &id));
		ck_assert(id >= 1 && id <= customers);
		seen += !met[id];
		met[id] = true;
		text_split(&line, ',', &cell);
		ck_assert(day_parse(cell, &day));
		ck_assert_int_ge(day, before);
		before = day;
		text_split(&line, ',', &cell);
		text_split(&line, ',', &cell);
		ck_assert(money_parse(cell, &fen));
		n++;
	}
	ck_assert_uint_eq(n, rows);
	ck_assert_uint_eq(seen, customers);
	free(met);
	buf_release(&out);
}
END_TEST

static size_t count(const struct buf *b, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += b->p[i] == c;
	return n;
}

START_TEST(the_same_seed_gives_the_same_rows)
{
	struct sample_stream_options o = {
		.seed = 1, .rows = 500, .customers = 50};
	struct buf a = {0}, b = {0}, c = {0};

	make(o, &a);
	make(o, &b);
	o.seed = 2;
	make(o, &c);
	ck_assert(text_eq(buf_text(&a), buf_text(&b)));
	ck_assert(!text_eq(buf_text(&a), buf_text(&c)));
	buf_release(&a);
	buf_release(&b);
	buf_release(&c);
}
END_TEST

START_TEST(the_forms_hold_the_same_cells)
{
	struct sample_stream_options o = {
		.seed = 1, .rows = 20, .customers = 5, .wide = true};
	struct buf csv = {0}, quoted = {0}, json = {0};

	make(o, &csv);
	o.form = SAMPLE_QUOTED;
	make(o, &quoted);
	o.form = SAMPLE_NDJSON;
	make(o, &json);
	/* 23 columns: 22 commas in each of 21 lines */
	ck_assert_uint_eq(count(&csv, ','), 22 * 21);
	ck_assert_uint_eq(count(&quoted, ','), 22 * 21);
	ck_assert_uint_eq(count(&quoted, '"'), 2 * 23 * 20);
	ck_assert_uint_eq(count(&json, '\n'), 20);
	ck_assert_uint_eq(count(&json, ','), 22 * 20);
	/* names of 23, and quotes round the 18 cells that are no numbers */
	ck_assert_uint_eq(count(&json, '"'), (2 * 23 + 2 * 18) * 20);
	buf_release(&csv);
	buf_release(&quoted);
	buf_release(&json);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sample_stream");
	TCase *t = tcase_create("sample_stream");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_sample_stream");
	tcase_add_loop_test(t, every_customer_has_a_row_and_days_never_go_back,
			    0, NELEMS(sizes));
	tcase_add_test(t, the_same_seed_gives_the_same_rows);
	tcase_add_test(t, the_forms_hold_the_same_cells);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
