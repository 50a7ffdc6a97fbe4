/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows out: every format, every kind of cell, --get and --fail-if. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/msg.h"
#include "stream/by.h"
#include "stream/csv_in.h"
#include "stream/json_in.h"
#include "stream/json_out.h"
#include "stream/output.h"
#include "tests/unit/child.h"

static struct common common;

static void set_up(void)
{
	common_init(&common);
}

/* ---- all kinds of cells ---- */

static const struct output_column columns[] = {
	{ "text", COL_TEXT },	  { "money", COL_MONEY },
	{ "whole", COL_INT },	  { "real", COL_REAL },
	{ "share", COL_SHARE },	  { "score", COL_FIXED4 },
	{ "day", COL_DAY },	  { "at", COL_INSTANT },
	{ "more \"q\"", COL_TEXT },
};

static void put_empty_row(struct output *o)
{
	output_str(o, NULL);
	for (size_t i = 1; i < 4; i++)
		output_empty(o);
	output_share(o, 1, 0);
	output_empty(o);
	output_day(o, DAY_NONE);
	output_empty(o);
	output_text(o, text_of(""));
	output_end(o);
}

static void put_rows(void *rows)
{
	struct output *o = output_open(&common, columns, NELEMS(columns));

	if (*(int *)rows > 0) {
		output_str(o, "a,\"b\"\n\xe4\xb8\xad\t\\");
		output_money(o, -1234567);
		output_int(o, INT64_MIN);
		output_real(o, 1.0 / 3);
		output_share(o, -1, 3);
		output_fixed4(o, -12.34567);
		output_day(o, 0);
		output_instant(o, 1, 480);
		output_json(o, TEXT("[1,{\"a\":\"x\"}]"));
		output_end(o);
	}
	if (*(int *)rows > 1)
		put_empty_row(o);
	ck_assert_uint_eq(output_rows(o), (uint64_t)*(int *)rows);
	exit(output_close(o));
}

static const struct {
	const char *to;
	int rows;
	const char *want;
} formats[] = {
	{ "csv", 2,
	  "text,money,whole,real,share,score,day,at,\"more \"\"q\"\"\"\n"
	  "\"a,\"\"b\"\"\n\xe4\xb8\xad\t\\\",-12345.67,-9223372036854775808,"
	  "0.3333333333,-0.333333,-12.3457,1970-01-01,"
	  "1970-01-01T08:00:00.000001+08:00,"
	  "\"[1,{\"\"a\"\":\"\"x\"\"}]\"\n"
	  ",,,,,,,,\n" },
	{ "tsv", 1,
	  "text\tmoney\twhole\treal\tshare\tscore\tday\tat\t"
	  "\"more \"\"q\"\"\"\n"
	  "\"a,\"\"b\"\"\n\xe4\xb8\xad\t\\\"\t-12345.67\t"
	  "-9223372036854775808\t0.3333333333\t-0.333333\t-12.3457\t"
	  "1970-01-01\t1970-01-01T08:00:00.000001+08:00\t"
	  "\"[1,{\"\"a\"\":\"\"x\"\"}]\"\n" },
	{ "ndjson", 2,
	  "{\"text\":\"a,\\\"b\\\"\\n\xe4\xb8\xad\\t\\\\\",\"money\":-12345.67,"
	  "\"whole\":-9223372036854775808,\"real\":0.3333333333,"
	  "\"share\":-0.333333,\"score\":-12.3457,\"day\":\"1970-01-01\","
	  "\"at\":\"1970-01-01T08:00:00.000001+08:00\","
	  "\"more \\\"q\\\"\":[1,{\"a\":\"x\"}]}\n"
	  "{\"text\":null,\"money\":null,\"whole\":null,\"real\":null,"
	  "\"share\":null,\"score\":null,\"day\":null,\"at\":null,"
	  "\"more \\\"q\\\"\":null}\n" },
	{ "json", 0, "[]\n" },
	{ "json", 2,
	  "[\n{\"text\":\"a,\\\"b\\\"\\n\xe4\xb8\xad\\t\\\\\","
	  "\"money\":-12345.67,"
	  "\"whole\":-9223372036854775808,\"real\":0.3333333333,"
	  "\"share\":-0.333333,\"score\":-12.3457,\"day\":\"1970-01-01\","
	  "\"at\":\"1970-01-01T08:00:00.000001+08:00\","
	  "\"more \\\"q\\\"\":[1,{\"a\":\"x\"}]},\n"
	  "{\"text\":null,\"money\":null,\"whole\":null,\"real\":null,"
	  "\"share\":null,\"score\":null,\"day\":null,\"at\":null,"
	  "\"more \\\"q\\\"\":null}\n]\n" },
	{ "csv", 0, "text,money,whole,real,share,score,day,at,"
		    "\"more \"\"q\"\"\"\n" },
	{ "ndjson", 0, "" },
};

START_TEST(every_format_has_its_own_bytes)
{
	struct child c = { 0 };
	int rows = formats[_i].rows;

	common.to = formats[_i].to;
	child_run(&c, put_rows, &rows);
	ck_assert_str_eq(c.out.p, formats[_i].want);
	ck_assert_str_eq(c.err.p, "");
	ck_assert_int_eq(c.status, 0);
	child_release(&c);
}
END_TEST

/* ---- whole rows ---- */

#define ROWS 400
#define CELLS 5

/* Cells of all lengths around one and two words, of bytes that need quotes
 * and of others. */
static void make_row(struct text cell[CELLS], char bytes[CELLS][40], size_t row)
{
	static const char some[] = "abc,\"\n\r\t\xe4\xb8\xad 019-;\x2d\x23\xac\xa2";
	static uint32_t seed;

	for (size_t i = 0; i < CELLS; i++) {
		size_t n = (row + 7 * i) % 40;

		for (size_t k = 0; k < n; k++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i][k] = seed >> 28 ? 'x' : some[seed >> 8 & 15];
		}
		cell[i] = (struct text){ bytes[i], seed >> 30 ? n : 0 };
	}
}

static void put_whole_rows(void *whole)
{
	static const struct output_column five[CELLS] = {
		{ "a", COL_TEXT }, { "b", COL_TEXT }, { "c", COL_DAY },
		{ "d", COL_TEXT }, { "e", COL_TEXT },
	};
	struct output *o = output_open(&common, five, CELLS);
	struct text cell[CELLS];
	char bytes[CELLS][40];

	for (size_t row = 0; row < ROWS; row++) {
		make_row(cell, bytes, row);
		if (*(bool *)whole) {
			output_row(o, cell);
			continue;
		}
		for (size_t i = 0; i < CELLS; i++)
			output_text(o, cell[i]);
		output_end(o);
	}
	ck_assert_uint_eq(output_rows(o), ROWS);
	exit(output_close(o));
}

START_TEST(a_whole_row_is_its_cells)
{
	static const char *const to[] = { "csv", "tsv", "ndjson", "json",
					  "markdown" };
	bool whole = false;
	struct child one = { 0 }, all = { 0 };

	common.to = to[_i];
	child_run(&one, put_whole_rows, &whole);
	whole = true;
	child_run(&all, put_whole_rows, &whole);
	ck_assert_int_eq(one.status, 0);
	ck_assert_int_eq(all.status, 0);
	ck_assert_uint_gt(all.out.n, 10 * ROWS);
	ck_assert(text_eq(buf_text(&one.out), buf_text(&all.out)));
	child_release(&one);
	child_release(&all);
}
END_TEST

/* ---- one column ---- */

static void put_one(void *type)
{
	struct output_column one = { "x", *(enum col_type *)type };
	struct output *o = output_open(&common, &one, 1);

	output_empty(o);
	output_end(o);
	output_empty(o);
	output_end(o);
	exit(output_close(o));
}

/* A blank line is no row: nothing may be written as one. */
START_TEST(an_unknown_cell_alone_is_no_blank_line)
{
	struct child c = { 0 };
	enum col_type type = (enum col_type)_i;

	common.to = "csv";
	child_run(&c, put_one, &type);
	ck_assert_str_eq(c.out.p, "x\n\"\"\n\"\"\n");
	child_release(&c);
}
END_TEST

static void put_bracket(void *name)
{
	struct output_column two[] = { { name, COL_TEXT }, { name, COL_INT } };
	struct output *o;

	two[1].name = "b";
	o = output_open(&common, two, 2);
	exit(output_close(o));
}

/* By the first byte of a file its format is known. */
START_TEST(a_csv_file_never_begins_like_json)
{
	static const struct {
		const char *name, *want;
	} names[] = {
		{ "{a", "\"{a\",b\n" },     { "[a]", "\"[a]\",b\n" },
		{ " \t[", "\" \t[\",b\n" }, { "a[", "a[,b\n" },
	};
	struct child c = { 0 };
	char name[8];

	strcpy(name, names[_i].name);
	common.to = "csv";
	child_run(&c, put_bracket, name);
	ck_assert_str_eq(c.out.p, names[_i].want);
	child_release(&c);
}
END_TEST

/* ---- tables for people ---- */

static void put_people(void *unused)
{
	static const struct output_column people[] = {
		{ "name", COL_TEXT }, { "n", COL_INT }, { "note", COL_TEXT }
	};
	struct output *o = output_open(&common, people, NELEMS(people));

	(void)unused;
	output_str(o, "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e");
	output_int(o, 5);
	output_str(o, "a|b\x1b[31m\n");
	output_end(o);
	output_str(o, "li");
	output_int(o, 12345);
	output_empty(o);
	output_end(o);
	exit(output_close(o));
}

START_TEST(tables_are_aligned_by_width)
{
	struct child c = { 0 };

	common.to = "table";
	child_run(&c, put_people, NULL);
	ck_assert_str_eq(c.out.p,
			 "name        n  note\n"
			 "------  -----  ---------------\n"
			 "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e      5  "
			 "a|b\\x1b[31m\\x0a\n"
			 "li      12345\n");
	common.to = "markdown";
	child_run(&c, put_people, NULL);
	ck_assert_str_eq(c.out.p,
			 "| name   |     n | note            |\n"
			 "|--------|------:|-----------------|\n"
			 "| \xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e |     5 | "
			 "a\\|b\\x1b[31m\\x0a |\n"
			 "| li     | 12345 |                 |\n");
	child_release(&c);
}
END_TEST

/* ---- what a spreadsheet would take for a formula ---- */

static const struct {
	const char *cell, *want;
} formulas[] = {
	{ "=1+1", "'=1+1" },
	{ "+86", "'+86" },
	{ "-5", "'-5" },
	{ "@a", "'@a" },
	{ "\ta", "'\ta" },
	{ "\ra", "\"'\ra\"" },
	{ "\na", "\"'\na\"" },
	{ "=a,b", "\"'=a,b\"" },
	{ "\xef\xbc\x9d" "1", "'\xef\xbc\x9d" "1" },	/* ＝ */
	{ "\xef\xbc\x8b" "1", "'\xef\xbc\x8b" "1" },	/* ＋ */
	{ "\xef\xbc\x8d" "1", "'\xef\xbc\x8d" "1" },	/* － */
	{ "\xef\xbc\xa0" "1", "'\xef\xbc\xa0" "1" },	/* ＠ */
	{ "a=1", "a=1" },
	{ "", "" },
};

static void put_formula(void *cell)
{
	static const struct output_column two[] = { { "a", COL_TEXT },
						    { "b", COL_MONEY } };
	struct output *o = output_open(&common, two, 2);

	output_str(o, cell);
	output_money(o, -500);
	output_end(o);
	exit(output_close(o));
}

START_TEST(formulas_get_an_apostrophe_for_a_spreadsheet_only)
{
	struct child c = { 0 };
	struct buf want = { 0 };
	char cell[16];

	strcpy(cell, formulas[_i].cell);
	common.to = "csv";
	common.spreadsheet = true;
	child_run(&c, put_formula, cell);
	buf_addf(&want, "a,b\n%s,-5.00\n", formulas[_i].want);
	ck_assert_str_eq(c.out.p, want.p);
	common.spreadsheet = false;
	child_run(&c, put_formula, cell);
	ck_assert_ptr_null(strchr(c.out.p, '\''));
	child_release(&c);
	buf_release(&want);
}
END_TEST

/* ---- --get and --fail-if ---- */

static void put_numbers(void *rows)
{
	static const struct output_column two[] = { { "id", COL_TEXT },
						    { "nps", COL_FIXED4 } };
	struct output *o = output_open(&common, two, 2);

	for (int i = 0; i < *(int *)rows; i++) {
		output_str(o, i ? "b" : "a,\"x\"");
		if (i < 2)
			output_fixed4(o, 10 + i);
		else
			output_empty(o);
		output_end(o);
	}
	exit(output_close(o));
}

static const struct {
	const char *get;
	int rows, status;
	const char *out, *err;
} gets[] = {
	{ "nps", 1, 0, "10.0000\n", "" },
	{ "id", 1, 0, "a,\"x\"\n", "" },
	{ "nps", 0, EXIT_BAD, "", "the result has 0 rows, not one" },
	{ "nps", 2, EXIT_BAD, "", "the result has 2 rows, not one" },
	{ "none", 1, EXIT_USAGE, "", "the result has no column \"none\"" },
};

START_TEST(get_gives_the_one_value_bare)
{
	struct child c = { 0 };
	int rows = gets[_i].rows;

	common.to = "csv";
	common.get = gets[_i].get;
	child_run(&c, put_numbers, &rows);
	ck_assert_int_eq(c.status, gets[_i].status);
	ck_assert_str_eq(c.out.p, gets[_i].out);
	ck_assert_ptr_nonnull(strstr(c.err.p, gets[_i].err));
	child_release(&c);
}
END_TEST

static const struct {
	const char *condition;
	int rows, status;
} alarms[] = {
	{ "nps<10.5", 1, EXIT_FOUND },	{ "nps<10", 1, EXIT_DONE },
	{ "nps<9", 2, EXIT_DONE },	{ "nps>10.5", 2, EXIT_FOUND },
	{ "nps>=11", 1, EXIT_DONE },	{ "id=b", 2, EXIT_FOUND },
	{ "id=c", 2, EXIT_DONE },	{ "nps<100", 0, EXIT_DONE },
	{ "nps=", 3, EXIT_FOUND },	{ "nps=", 2, EXIT_DONE },
	{ "none<1", 1, EXIT_USAGE },	{ "nps<x", 1, EXIT_USAGE },
	{ "nps", 1, EXIT_USAGE },
};

START_TEST(fail_if_changes_the_status_and_nothing_else)
{
	struct child c = { 0 }, plain = { 0 };
	const char *item[1] = { alarms[_i].condition };
	int rows = alarms[_i].rows;

	common.to = "csv";
	child_run(&plain, put_numbers, &rows);
	common.fail_if = (struct opt_list){ item, 1, 1 };
	child_run(&c, put_numbers, &rows);
	ck_assert_int_eq(c.status, alarms[_i].status);
	if (c.status != EXIT_USAGE)
		ck_assert_str_eq(c.out.p, plain.out.p);
	child_release(&c);
	child_release(&plain);
}
END_TEST

/* ---- where it goes ---- */

static const struct {
	const char *name, *begins;
} suffixes[] = {
	{ "o.csv", "id,nps\n" },     { "o.tsv", "id\tnps\n" },
	{ "o.ndjson", "{\"id\":" },  { "o.jsonl", "{\"id\":" },
	{ "o.json", "[\n{\"id\":" }, { "o.md", "| id " },
	{ "o.txt", "id " },	     { "o", "id,nps\n" },
};

START_TEST(the_suffix_tells_the_format)
{
	char *folder = folder_make();
	char *path = folder_file(folder, suffixes[_i].name);
	struct child c = { 0 };
	struct buf got;
	int rows = 1;

	common.output = path;
	child_run(&c, put_numbers, &rows);
	ck_assert_int_eq(c.status, 0);
	ck_assert_str_eq(c.out.p, "");
	got = file_read(path);
	ck_assert(text_starts(buf_text(&got), suffixes[_i].begins));
	buf_release(&got);
	child_release(&c);
	free(path);
	folder_remove(folder);
}
END_TEST

START_TEST(an_unknown_format_is_wrong_usage)
{
	struct child c = { 0 };
	int rows = 1;

	common.to = "xml";
	child_run(&c, put_numbers, &rows);
	ck_assert_int_eq(c.status, EXIT_USAGE);
	child_release(&c);
}
END_TEST

/* ---- read back ---- */

START_TEST(json_strings_are_read_back)
{
	struct buf all = { 0 }, out = { 0 };
	struct jsonin *j = jsonin_new();
	const struct json_value *v;
	struct json_fault fault;

	for (int c = 1; c < 128; c++)
		buf_addc(&all, (char)c);
	buf_adds(&all, "\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80\xe2\x80\xa8\\u0041");
	buf_adds(&out, "{\"a\":");
	jsonout_string(&out, buf_text(&all));
	buf_adds(&out, "}");
	ck_assert(jsonin_parse(j, buf_text(&out), true, &v, &fault));
	ck_assert(text_eq(v[0].text, buf_text(&all)));
	for (size_t i = 0; i < out.n; i++)
		ck_assert_uint_ge((unsigned char)out.p[i], 0x20);
	jsonin_free(j);
	buf_release(&all);
	buf_release(&out);
}
END_TEST

/* ---- --by ---- */

/* Cells with the bytes that a separator could be taken for. */
static const struct {
	const char *a, *b;
} labels[] = {
	{ "x", "y" },	  { "x\x1f", "y" }, { "x", "\x1fy" }, { "", "xy" },
	{ "xy", "" },	  { "", "" },	    { "x,", "y" },    { "x", ",y" },
	{ "a\x01", "b" }, { "a", "\x01" "b" },
};

static void group_by_two(void *ctx)
{
	static const struct input_column none[] = { { "n", COL_INT,
						      INPUT_OPTIONAL } };
	static const struct output_column total[] = { { "n", COL_INT } };
	char *files[] = { ctx, NULL };
	struct by by = { 0 };
	struct input *in;
	struct output *out;
	struct row row;
	int64_t sum[32] = { 0 };
	size_t *order;

	common.by = "b,a";
	common.to = "csv";
	in = by_input(&by, &common, NULL, none, 1, files, 1);
	out = by_open(&by, &common, total, 1);
	while (input_next(in, &row))
		sum[by_label(&by, row.cell)] += row.cell[0].whole;
	order = by_order(&by);
	for (size_t i = 0; i < by_count(&by); i++) {
		by_put(&by, order[i], out);
		output_int(out, sum[order[i]]);
		output_end(out);
	}
	free(order);
	input_close(in, output_rows(out));
	by_release(&by);
	exit(output_close(out));
}

START_TEST(groups_are_told_apart_and_come_in_bytewise_order)
{
	char *folder = folder_make(), *path = folder_file(folder, "a.csv");
	struct buf file = { 0 };
	struct child c = { 0 };

	buf_adds(&file, "n,a,b\n");
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < NELEMS(labels); i++)
			buf_addf(&file, "%zu,\"%s\",\"%s\"\n", i + 1,
				 labels[i].a, labels[i].b);
	file_write(path, buf_text(&file));
	child_run(&c, group_by_two, path);
	ck_assert_str_eq(c.err.p, "");
	ck_assert_int_eq(c.status, 0);
	ck_assert_str_eq(c.out.p, "b,a,n\n"
				  ",,12\n"
				  ",xy,10\n"
				  "\x01" "b,a,20\n"
				  "\x1fy,x,6\n"
				  "\",y\",x,16\n"
				  "b,a\x01,18\n"
				  "xy,,8\n"
				  "y,x,2\n"
				  "y,x\x1f,4\n"
				  "y,\"x,\",14\n");
	child_release(&c);
	buf_release(&file);
	free(path);
	folder_remove(folder);
}
END_TEST

static void by_usage(void *list)
{
	static const struct input_column none[] = { { "n", COL_INT,
						      INPUT_OPTIONAL } };
	char *files[] = { mem_strdup("/dev/null"), NULL };
	struct by by;

	common.by = list;
	by_input(&by, &common, NULL, none, 1, files, 1);
}

START_TEST(empty_and_too_many_names_are_wrong_usage)
{
	static const char *const wrong[] = { "", ",", "a,", ",a", "a,,b",
					     "a,b,c,d,e,f,g,h,i" };
	struct child c = { 0 };

	for (size_t i = 0; i < NELEMS(wrong); i++) {
		char list[32];

		strcpy(list, wrong[i]);
		child_run(&c, by_usage, list);
		ck_assert_int_eq(c.status, EXIT_USAGE);
		ck_assert_ptr_nonnull(strstr(c.err.p, "--by: "));
	}
	child_release(&c);
}
END_TEST

/* ---- rows in parts ---- */

static void write_part(struct output *o, size_t from, size_t to, void *ctx)
{
	size_t n = *(size_t *)ctx;

	ck_assert_uint_eq(from % OUTPUT_PART, 0);
	for (size_t i = from; i < to; i++) {
		output_text(o, i % 3 ? TEXT("a") : TEXT("\"b\", c"));
		output_int(o, (int64_t)(n - i));
		output_end(o);
	}
}

static void put_parts(void *ctx)
{
	static const struct output_column two[] = { { "a", COL_TEXT },
						    { "b", COL_INT } };
	struct output *o = output_open(&common, two, 2);
	size_t n = *(size_t *)ctx;

	output_parts(o, n, write_part, ctx);
	output_str(o, "between");
	output_int(o, 0);
	output_end(o);
	output_parts(o, n, write_part, ctx);
	ck_assert_uint_eq(output_rows(o), 2 * n + 1);
	exit(output_close(o));
}

START_TEST(rows_in_parts_are_as_they_are_one_by_one)
{
	static const char *const to[] = { "csv", "tsv", "ndjson", "json",
					  "table" };
	static const size_t counts[] = { 0, 1, OUTPUT_PART, OUTPUT_PART + 1,
					 5 * OUTPUT_PART + 7 };

	common.to = to[_i];
	for (size_t c = 0; c < NELEMS(counts); c++) {
		struct child one = { 0 };
		size_t n = counts[c];

		common.jobs = 1;
		child_run(&one, put_parts, &n);
		ck_assert_int_eq(one.status, 0);
		for (common.jobs = 2; common.jobs < 9; common.jobs += 3) {
			struct child some = { 0 };

			child_run(&some, put_parts, &n);
			ck_assert_int_eq(some.status, 0);
			ck_assert_str_eq(some.out.p, one.out.p);
			child_release(&some);
		}
		child_release(&one);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("output");
	TCase *t = tcase_create("output");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(t, set_up, NULL);
	tcase_add_loop_test(t, a_whole_row_is_its_cells, 0, 5);
	tcase_add_loop_test(t, every_format_has_its_own_bytes, 0,
			    NELEMS(formats));
	tcase_add_loop_test(t, an_unknown_cell_alone_is_no_blank_line, 0,
			    COL_FIXED4 + 1);
	tcase_add_loop_test(t, a_csv_file_never_begins_like_json, 0, 4);
	tcase_add_test(t, tables_are_aligned_by_width);
	tcase_add_loop_test(t, rows_in_parts_are_as_they_are_one_by_one, 0, 5);
	tcase_add_loop_test(t,
			    formulas_get_an_apostrophe_for_a_spreadsheet_only,
			    0, NELEMS(formulas));
	tcase_add_loop_test(t, get_gives_the_one_value_bare, 0, NELEMS(gets));
	tcase_add_loop_test(t, fail_if_changes_the_status_and_nothing_else, 0,
			    NELEMS(alarms));
	tcase_add_loop_test(t, the_suffix_tells_the_format, 0,
			    NELEMS(suffixes));
	tcase_add_test(t, an_unknown_format_is_wrong_usage);
	tcase_add_test(t, json_strings_are_read_back);
	tcase_add_test(t, groups_are_told_apart_and_come_in_bytewise_order);
	tcase_add_test(t, empty_and_too_many_names_are_wrong_usage);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
