/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows set aside: the bytes of the file, what a message may show. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/msg.h"
#include "stream/reject.h"
#include "tests/unit/child.h"

/* ---- what a message shows ---- */

static const char *const shown[] = {
	"1.2.3",	    "1,2,3",	   "1,234.50",	  "-5",
	"1e400",	    "12345678",	   "20241301",	  "2024-13-01",
	"2024/3/5",	    "05/03/2024",  "0000-00-00",  "123.4567890",
	"2024-13-01T10:00", "25:61",	   "-",		  ".",
	"NaN",		    "Infinity",	   "null",	  "TRUE",
	"2024-13-01 10:00:00+08:00",	   "1234567.123", "+1",
};

START_TEST(figures_and_dates_are_shown)
{
	struct buf b = { 0 }, want = { 0 };

	reject_quote(&b, text_of(shown[_i]));
	buf_addf(&want, "\"%s\"", shown[_i]);
	ck_assert_str_eq(b.p, want.p);
	buf_release(&b);
	buf_release(&want);
}
END_TEST

/* Phones in every spelling, VINs, plates, names, ID numbers. */
static const char *const hidden[] = {
	"13800138000",	   "138 0013 8000",    "138-0013-8000",
	"+8613800138000",  "13800138000.0",    "13800138000.00",
	"138.0013.8000",   "138.00138000",     "1.3800138000",
	"T13800138000",	   "T:13800138000",    ":13800138000",
	"13800138000:",	   "138:0013:8000",    "138:00138000",
	"13800138000T",	   "1380-01-38000",    "1380/0/138000",
	"2024-01-01 13800138000",	       "2024-01-01T138.0013.8000",
	"138,0013,8000",   "1380.013.8000",    "0755-86123456",
	"010-62512345",	   "11010119900307771", "440301199001011234",
	"LSVAA4182E2123456", "12345678901234567", ("\xe7\xb2\xa4" "B12345"),
	"\xe5\xbc\xa0\xe4\xb8\x89", "Zhang San", "0x10", "12abc",
	"wang@example.com", "1.38E+10x",
};

START_TEST(nothing_personal_is_shown)
{
	struct buf b = { 0 };

	reject_quote(&b, text_of(hidden[_i]));
	ck_assert_ptr_nonnull(strstr(b.p, "a text of "));
	ck_assert_ptr_null(strstr(b.p, hidden[_i]));
	buf_release(&b);
}
END_TEST

START_TEST(an_empty_value_is_called_so)
{
	struct buf b = { 0 };

	reject_quote(&b, (struct text){ 0 });
	ck_assert_str_eq(b.p, "an empty value");
	buf_release(&b);
}
END_TEST

/* ---- the file ---- */

struct rejected {
	const char *path;
};

static void write_rejects(void *ctx)
{
	const struct rejected *job = ctx;
	struct rejects *r = rejects_open(job->path);

	rejects_file(r, "a.csv", TEXT("id,\"na,me\""), 1);
	rejects_row(r, 3, "date", REASON_BAD_DATE, NULL,
		    TEXT("1,\"x\ny\""));
	rejects_row(r, 5, NULL, REASON_RAGGED, "3 fields, \"2\" names",
		    TEXT("1,2,3"));
	rejects_row(r, 7, NULL, REASON_BAD_UTF8, "not UTF-8",
		    TEXT("a\xff,b"));
	rejects_row(r, 8, NULL, REASON_NUL, NULL, TEXT("a\0b"));
	rejects_file(r, "b,c.ndjson", (struct text){ 0 }, 0);
	rejects_row(r, 1, NULL, REASON_BAD_JSON, NULL, TEXT("{\"a\":}"));
	rejects_file(r, "c.csv", TEXT("id"), 3);
	rejects_file(r, "d.csv", TEXT("id"), 2);
	rejects_row(r, 4, NULL, REASON_NOT_DATA, "a total", TEXT("sum"));
	rejects_close(r);
}

START_TEST(the_file_holds_rows_that_can_be_fed_in_again)
{
	char *folder = folder_make(), *path = folder_file(folder, "r.csv");
	struct rejected job = { path };
	struct child c = { 0 };
	struct buf got;
	struct stat st;

	child_run(&c, write_rejects, &job);
	ck_assert_int_eq(c.status, 0);
	ck_assert_str_eq(c.err.p, "");
	got = file_read(path);
	ck_assert_str_eq(
		got.p,
		"file,line,column,reason,message,record\n"
		"a.csv,1,,header,the header of the rows below,"
		"\"id,\"\"na,me\"\"\"\n"
		"a.csv,3,date,bad-date,not a date (YYYY-MM-DD),"
		"\"1,\"\"x\ny\"\"\"\n"
		"a.csv,5,,ragged,\"3 fields, \"\"2\"\" names\",\"1,2,3\"\n"
		"a.csv,7,,bad-utf8,not UTF-8,Yf8sYg==\n"
		"a.csv,8,,nul,holds a NUL byte,YQBi\n"
		"\"b,c.ndjson\",1,,bad-json,not valid JSON,"
		"\"{\"\"a\"\":}\"\n"
		"d.csv,2,,header,the header of the rows below,id\n"
		"d.csv,4,,not-data,a total,sum\n");
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	buf_release(&got);
	child_release(&c);
	free(path);
	folder_remove(folder);
}
END_TEST

static void reject_of_odd_name(void *path)
{
	struct rejects *r = rejects_open(path);

	rejects_file(r, "a\xff,\n.csv", (struct text){ 0 }, 0);
	rejects_row(r, 1, NULL, REASON_RAGGED, "x", TEXT("1"));
	rejects_close(r);
}

START_TEST(a_file_name_that_is_no_text_is_made_one)
{
	char *folder = folder_make(), *path = folder_file(folder, "r.csv");
	struct child c = { 0 };
	struct buf got;

	child_run(&c, reject_of_odd_name, path);
	ck_assert_int_eq(c.status, 0);
	got = file_read(path);
	ck_assert_str_eq(got.p, "file,line,column,reason,message,record\n"
				"\"a\\xff,\\x0a.csv\",1,,ragged,x,1\n");
	buf_release(&got);
	child_release(&c);
	free(path);
	folder_remove(folder);
}
END_TEST

static void reject_and_die(void *ctx)
{
	struct rejects *r = rejects_open(ctx);

	rejects_file(r, "a.csv", TEXT("id"), 1);
	rejects_row(r, 2, NULL, REASON_RAGGED, NULL, TEXT("1,2"));
	die("later");
}

START_TEST(the_file_is_there_when_the_run_fails)
{
	char *folder = folder_make(), *path = folder_file(folder, "r.csv");
	struct child c = { 0 };
	struct buf got;

	child_run(&c, reject_and_die, path);
	ck_assert_int_eq(c.status, EXIT_BAD);
	got = file_read(path);
	ck_assert_ptr_nonnull(got.p);
	ck_assert_ptr_nonnull(strstr(got.p, "a.csv,2,,ragged,"));
	buf_release(&got);
	child_release(&c);
	free(path);
	folder_remove(folder);
}
END_TEST

static void reject_one(void *ctx)
{
	struct rejects *r = rejects_open(NULL);

	rejects_file(r, "a\x1b\n.csv", TEXT("id"), 1);
	rejects_row(r, 4, NULL, REASON_NOT_DATA, NULL, TEXT("sum"));
	rejects_row(r, 5, ctx, REASON_BAD_DATE, NULL, TEXT("1"));
}

START_TEST(without_a_file_the_first_row_ends_the_run)
{
	struct child c = { 0 };
	char column[] = "da\nte";

	child_run(&c, reject_one, column);
	ck_assert_int_eq(c.status, EXIT_BAD);
	ck_assert_str_eq(c.err.p,
			 "crmutils: a\\x1b\\x0a.csv:5: bad-date: not a date "
			 "(YYYY-MM-DD), in column da\\x0ate; --rejects FILE "
			 "sets such rows aside\n");
	child_release(&c);
}
END_TEST

/* ---- how many ---- */

START_TEST(limits_are_counts_or_percentages)
{
	ck_assert(!rejects_too_many(NULL, 0, 0));
	ck_assert(!rejects_too_many(NULL, 5, 10));
	ck_assert(rejects_too_many(NULL, 6, 10));
	ck_assert(rejects_too_many(NULL, 1, 1));
	ck_assert(!rejects_too_many("1", 1, 1));
	ck_assert(rejects_too_many("1", 2, 1000000));
	ck_assert(rejects_too_many("0", 1, 10));
	ck_assert(!rejects_too_many("0", 0, 10));
	ck_assert(rejects_too_many("0%", 1, 1000000000));
	ck_assert(!rejects_too_many("100%", 10, 10));
	ck_assert(!rejects_too_many("0.5%", 5, 1000));
	ck_assert(rejects_too_many("0.5%", 6, 1000));
}
END_TEST

static void ask_limit(void *ctx)
{
	rejects_too_many(ctx, 1, 2);
}

START_TEST(what_is_no_limit_is_wrong_usage)
{
	static const char *const wrong[] = { "", "%", "x", "-1", "5 %", "nan",
					     "-1%", "5%%" };
	struct child c = { 0 };

	for (size_t i = 0; i < NELEMS(wrong); i++) {
		char word[8];

		strcpy(word, wrong[i]);
		child_run(&c, ask_limit, word);
		ck_assert_int_eq(c.status, EXIT_USAGE);
		ck_assert_ptr_nonnull(strstr(c.err.p, "--max-rejects"));
	}
	child_release(&c);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("reject");
	TCase *t = tcase_create("reject");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, figures_and_dates_are_shown, 0, NELEMS(shown));
	tcase_add_loop_test(t, nothing_personal_is_shown, 0, NELEMS(hidden));
	tcase_add_test(t, an_empty_value_is_called_so);
	tcase_add_test(t, the_file_holds_rows_that_can_be_fed_in_again);
	tcase_add_test(t, a_file_name_that_is_no_text_is_made_one);
	tcase_add_test(t, the_file_is_there_when_the_run_fails);
	tcase_add_test(t, without_a_file_the_first_row_ends_the_run);
	tcase_add_test(t, limits_are_counts_or_percentages);
	tcase_add_test(t, what_is_no_limit_is_wrong_usage);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
