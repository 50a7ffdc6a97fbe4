/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV values against libcsv, by the record and by the file: what it takes
 * (strict, nothing trimmed) we give with the same bytes, what it refuses we
 * refuse; but a quote inside a field that does not begin with one is ours.
 */
#include <check.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/csv_in.h"

/* ---- libcsv's opinion ---- */

/* Fields in brackets, a line a record. */
struct told {
	struct buf text;
	size_t fields;
};

static void on_field(void *p, size_t n, void *ctx)
{
	struct told *t = ctx;

	buf_addc(&t->text, '[');
	buf_add(&t->text, p, n);
	buf_addc(&t->text, ']');
	t->fields++;
}

static void on_record(int c, void *ctx)
{
	struct told *t = ctx;

	(void)c;
	buf_addc(&t->text, '\n');
}

static int never(unsigned char c)
{
	(void)c;
	return 0;
}

static bool libcsv_reads(struct told *t, const char *p, size_t n)
{
	struct csv_parser parser;
	bool good;

	ck_assert_int_eq(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), 0);
	csv_set_space_func(&parser, never);
	good = csv_parse(&parser, p, n, on_field, on_record, t) == n &&
	       csv_fini(&parser, on_field, on_record, t) == 0;
	csv_free(&parser);
	return good;
}

/* ---- ours ---- */

/* A quote in a field that does not begin with one. */
static bool has_stray_quote(const struct frames *f, const struct framed *r,
			    const char *p)
{
	for (size_t i = 0; i < r->fields; i++) {
		struct text raw = csvin_raw(f, r, p, i);

		if (raw.n && raw.p[0] != '"' && memchr(raw.p, '"', raw.n))
			return true;
	}
	return false;
}

/* Whether a quoted field has a quote inside: then and only then is there
 * doubt about the record. */
static bool has_doubled_quote(const struct frames *f, const struct framed *r,
			      const char *p)
{
	for (size_t i = 0; i < r->fields; i++) {
		struct text raw = csvin_raw(f, r, p, i);

		if (raw.n > 2 && raw.p[0] == '"' &&
		    memchr(raw.p + 1, '"', raw.n - 2))
			return true;
	}
	return false;
}

static bool we_read(struct csvin *c, struct told *t, const struct frames *f,
		    const struct framed *r, const char *p)
{
	if (r->fault)
		return false;
	ck_assert_int_eq(csvin_is_doubtful(r), has_doubled_quote(f, r, p));
	csvin_begin(c, r->stop - r->start);
	for (size_t i = 0; i < r->fields; i++) {
		struct text v;

		if (!csvin_value(c, csvin_raw(f, r, p, i), &v))
			return false;
		if (!csvin_is_doubtful(r))
			ck_assert(text_eq(v, csvin_plain(f, r, p, i)));
		on_field((char *)(uintptr_t)v.p, v.n, t);
	}
	on_record('\n', t);
	return true;
}

static void told_release(struct told *t)
{
	buf_release(&t->text);
}

static void visible(struct buf *to, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(to, "\\x%02x", (unsigned char)p[i]);
}

static void same_record(struct csvin *c, const struct frames *f,
			const struct framed *r, const char *p)
{
	struct told ours = { 0 }, theirs = { 0 };
	bool we = we_read(c, &ours, f, r, p);
	bool they = libcsv_reads(&theirs, p + r->start, r->stop - r->start);

	if (we != they ||
	    (we && !text_eq(buf_text(&ours.text), buf_text(&theirs.text)))) {
		struct buf input = { 0 };

		visible(&input, p + r->start, r->stop - r->start);
		ck_abort_msg("%s: we %s %s, libcsv %s %s", input.p,
			     we ? "read" : "refuse", we ? ours.text.p : "",
			     they ? "reads" : "refuses",
			     they ? theirs.text.p : "");
	}
	told_release(&ours);
	told_release(&theirs);
}

/* Every record alone, and the file at one go when libcsv takes it all. */
static void agrees(const char *p, size_t n)
{
	struct frames f = { 0 };
	struct csvin *c = csvin_new(',');
	struct told ours = { 0 }, theirs = { 0 };
	bool stray = false, good = true;

	ck_assert_uint_eq(frame_csv(&f, p, n, ',', true), n);
	for (size_t i = 0; i < f.n; i++) {
		if (has_stray_quote(&f, &f.rec[i], p))
			stray = true;
		else
			same_record(c, &f, &f.rec[i], p);
		good = we_read(c, &ours, &f, &f.rec[i], p) && good;
	}
	if (!stray && libcsv_reads(&theirs, p, n)) {
		ck_assert(good);
		ck_assert(text_eq(buf_text(&ours.text),
				  buf_text(&theirs.text)));
	}
	told_release(&ours);
	told_release(&theirs);
	csvin_free(c);
	frames_release(&f);
}

static const struct text inputs[] = {
	TEXT("a,b\n"),
	TEXT("\"\""),
	TEXT("\"a\",\"b\"\r\n\"c\",d\n"),
	TEXT("\"a\"\"b\",\"\"\"\",\"\"\"\"\"\"\n"),
	TEXT("\"a\nb\r\nc\rd\",e\n\n\"f,\",\",\"\n"),
	TEXT(" \"a\" , b \n"),
	TEXT("\"a\" ,b\nc,d\n"),
	TEXT("\"a\"b,c\nd,e\n"),
	TEXT("\"a\"\"\nb\n"),
	TEXT("\"a\0b\",\0\n"),
	TEXT("\xef\xbb\xbf\"a\"\n"),
	TEXT("\"\xc3\xa9\",\xe5\xbc\xa0\n"),
	TEXT(",,,\n\"\",\"\"\n"),
};

START_TEST(what_libcsv_says_we_say)
{
	agrees(inputs[_i].p, inputs[_i].n);
}
END_TEST

START_TEST(random_records_are_read_as_libcsv_reads_them)
{
	static const struct text odd[] = {
		TEXT("a"),  TEXT(","),	  TEXT("\""),	    TEXT("\"\""),
		TEXT("\n"), TEXT("\r"),	  TEXT("\0"),	    TEXT("\xc3\xa9"),
		TEXT(" "),  TEXT("\r\n"), TEXT("\",\""),    TEXT("\"\n"),
	};
	uint64_t seed = 6364136223846793005u + (uint64_t)_i;

	for (int round = 0; round < 3000; round++) {
		struct buf b = { 0 };

		buf_add(&b, "", 0);
		for (int i = 0; i < 30; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_addt(&b, odd[(seed >> 33) % NELEMS(odd)]);
		}
		agrees(b.p, b.n);
		buf_release(&b);
	}
}
END_TEST

START_TEST(a_quote_inside_a_bare_field_is_kept)
{
	static const char line[] = "ab\"cd,5\" pipe,\"x\"\n";
	struct frames f = { 0 };
	struct csvin *c = csvin_new(',');
	struct told t = { 0 };

	frame_csv(&f, line, strlen(line), ',', true);
	ck_assert_uint_eq(f.n, 1);
	ck_assert(we_read(c, &t, &f, &f.rec[0], line));
	ck_assert_str_eq(t.text.p, "[ab\"cd][5\" pipe][x]\n");
	told_release(&t);
	csvin_free(c);
	frames_release(&f);
}
END_TEST

/* A value stays where it is until the next record, however often others, or
 * it itself, are asked for: two conditions may look at one column. */
START_TEST(values_stay_valid_until_the_next_record)
{
	enum { TIMES = 20 };
	struct csvin *c = csvin_new(',');
	struct buf raw = { 0 };
	struct text value[TIMES];

	buf_adds(&raw, "\"a\"\"");
	for (int i = 0; i < 1000; i++)
		buf_addc(&raw, 'b');
	buf_addc(&raw, '"');
	csvin_begin(c, raw.n);
	for (size_t i = 0; i < TIMES; i++)
		ck_assert(csvin_value(c, buf_text(&raw), &value[i]));
	for (size_t i = 0; i < TIMES; i++) {
		ck_assert_uint_eq(value[i].n, 1002);
		ck_assert_mem_eq(value[i].p, "a\"bbb", 5);
		ck_assert(text_eq(value[i], value[0]));
	}
	csvin_free(c);
	buf_release(&raw);
}
END_TEST

START_TEST(a_refused_value_leaves_no_trace)
{
	struct csvin *c = csvin_new(',');
	struct text v;

	for (int i = 0; i < 3; i++) {
		csvin_begin(c, 100);
		ck_assert(!csvin_value(c, TEXT("\"a\"b\""), &v));
		ck_assert(!csvin_value(c, TEXT("\"a\"\""), &v));
		ck_assert(!csvin_value(c, TEXT("\""), &v));
		ck_assert(csvin_value(c, TEXT("\"a\"\"b\""), &v));
		ck_assert(text_is(v, "a\"b"));
	}
	csvin_free(c);
}
END_TEST

START_TEST(another_delimiter_is_passed_to_libcsv)
{
	struct csvin *c = csvin_new('\t');
	struct text v;

	csvin_begin(c, 100);
	ck_assert(csvin_value(c, TEXT("\"a\"\"\tb,c\""), &v));
	ck_assert(text_is(v, "a\"\tb,c"));
	csvin_free(c);
}
END_TEST

START_TEST(two_million_quotes_take_linear_time)
{
	enum { QUOTES = 2000000 };
	struct csvin *c = csvin_new(',');
	struct buf raw = { 0 };
	struct frames f = { 0 };
	struct text v;

	memset(buf_room(&raw, QUOTES), '"', QUOTES);
	raw.n = QUOTES;
	ck_assert_uint_eq(frame_csv(&f, raw.p, raw.n, ',', true), raw.n);
	ck_assert_uint_eq(f.n, 1);
	csvin_begin(c, raw.n);
	ck_assert(csvin_value(c, buf_text(&raw), &v));
	ck_assert_uint_eq(v.n, QUOTES / 2 - 1);
	csvin_free(c);
	frames_release(&f);
	buf_release(&raw);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("csv_in");
	TCase *t = tcase_create("csv_in");
	SRunner *r;
	int failed;

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, what_libcsv_says_we_say, 0, NELEMS(inputs));
	tcase_add_loop_test(t, random_records_are_read_as_libcsv_reads_them, 0,
			    5);
	tcase_add_test(t, a_quote_inside_a_bare_field_is_kept);
	tcase_add_test(t, values_stay_valid_until_the_next_record);
	tcase_add_test(t, a_refused_value_leaves_no_trace);
	tcase_add_test(t, another_delimiter_is_passed_to_libcsv);
	tcase_add_test(t, two_million_quotes_take_linear_time);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
