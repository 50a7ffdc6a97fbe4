/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What columns hold, and cells in the form in which they are compared. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "canon/linkfield.h"

static const struct {
	enum linkage_kind kind;
	const char *cell, *value;
} values[] = {
	{ LINKAGE_GIVEN, "  Julia ", "julia" },
	{ LINKAGE_SURNAME, "O'Brien", "obrien" },
	{ LINKAGE_SURNAME, "KÜHN-Meyer", "kuhn meyer" },
	{ LINKAGE_GIVEN, "n/a", "" },
	{ LINKAGE_GIVEN, "?", "" },
	{ LINKAGE_GIVEN, "NULL", "" },
	{ LINKAGE_NAME, "Smith, John", "john smith" },
	{ LINKAGE_NAME, "王伟先生", "王伟" },
	{ LINKAGE_NAME, "王先生", "王" },
	{ LINKAGE_NAME, "王 伟", "王伟" },
	{ LINKAGE_NAME, "测试", "" },
	{ LINKAGE_NAME, "无", "" },
	{ LINKAGE_FIRM, "Acme Widgets Co., Ltd.", "acme widgets" },
	{ LINKAGE_FIRM, "深圳市腾达物流有限公司", "深圳市腾达物流" },
	{ LINKAGE_FIRM, "Ltd", "ltd" },
	{ LINKAGE_PHONE, "+86 138-0013-8001", "3800138001" },
	{ LINKAGE_PHONE, "0755-12345678", "5512345678" },
	{ LINKAGE_PHONE, "１３８００１３８００１", "3800138001" },
	{ LINKAGE_PHONE, "138****8001", "" },
	{ LINKAGE_PHONE, "1.38E+10", "" },
	{ LINKAGE_PHONE, "0000000", "" },
	{ LINKAGE_PHONE, "110", "" },
	{ LINKAGE_EMAIL, " A.B@Example.COM", "a.b@example.com" },
	{ LINKAGE_IDNUM, "AB 12-34", "ab1234" },
	{ LINKAGE_IDNUM, "99999999", "" },
	{ LINKAGE_IDNUM, "4403**********1234", "" },
	{ LINKAGE_POSTCODE, "12345-6789", "12345" },
	{ LINKAGE_POSTCODE, "EC1A 1BB", "ec1a1bb" },
	{ LINKAGE_NUMBER, "007", "7" },
	{ LINKAGE_NUMBER, "1,234.50", "1234.5" },
	{ LINKAGE_NUMBER, "0", "0" },
	{ LINKAGE_ADDRESS, "12, St. John's  Rd", "12 st johns rd" },
	{ LINKAGE_GENDER, "女", "f" },
	{ LINKAGE_GENDER, "Male", "m" },
	{ LINKAGE_GENDER, "保密", "" },
	{ LINKAGE_VIN, "lsvaa49j232047371", "" },
	{ LINKAGE_VIN, "1M8GDM9AXKP042788", "1m8gdm9axkp042788" },
	{ LINKAGE_PLATE, "粤B·12345", "粤b12345" },
	{ LINKAGE_DATE, "1956-04-09", "1956-04-09" },
	{ LINKAGE_DATE, "19560449", "1956-04-49" },
	{ LINKAGE_DATE, "1900-01-01", "" },
	{ LINKAGE_DATE, "2024年3月5日", "2024-03-05" },
	{ LINKAGE_DATE, "12 Mar 1980", "1980-03-12" },
	{ LINKAGE_DATE, "March 12, 1980", "1980-03-12" },
	{ LINKAGE_DATE, "05/03/1980", "1980-03-05" },
	{ LINKAGE_DATE, "soon", "soon" },
};

START_TEST(a_value_is_compared_so)
{
	struct buf b = { 0 }, again = { 0 };

	linkfield_value(&b, values[_i].kind, text_of(values[_i].cell));
	ck_assert_msg(text_is(buf_text(&b), values[_i].value), "%s: \"%.*s\"",
		      values[_i].cell, (int)b.n, b.p ? b.p : "");
	/* What is in this form stays in it. */
	linkfield_value(&again, values[_i].kind, buf_text(&b));
	ck_assert_msg(text_eq(buf_text(&again), buf_text(&b)), "%s: again %s",
		      values[_i].cell, again.p);
	buf_release(&b);
	buf_release(&again);
}
END_TEST

static const struct {
	enum linkfield_order order;
	const char *cell, *day;
} dates[] = {
	{ LINKFIELD_DMY, "09/04/1956", "1956-04-09" },
	{ LINKFIELD_MDY, "09/04/1956", "1956-09-04" },
	{ LINKFIELD_DMY, "09041956", "1956-04-09" },
	{ LINKFIELD_YMD, "56-4-9", "1956-04-09" },
	{ LINKFIELD_DMY, "9.4.56", "1956-04-09" },
	{ LINKFIELD_YMD, "5-4-9", "2005-04-09" },
	{ LINKFIELD_MDY, "12-MAR-80", "1980-03-12" },
};

START_TEST(the_parts_of_a_date_have_an_order)
{
	struct buf b = { 0 };

	linkfield_date(&b, dates[_i].order, text_of(dates[_i].cell));
	ck_assert_msg(text_is(buf_text(&b), dates[_i].day), "%s: %s",
		      dates[_i].cell, b.p);
	buf_release(&b);
}
END_TEST

/* ---- tables ---- */

#define WIDTH 8
#define ROWS 200

/* A table of ROWS rows; cell() says what stands where. */
static struct linkfield *table(const char *const *header, size_t n,
			       void (*cell)(size_t row, char to[][64]))
{
	struct text name[WIDTH], t[WIDTH];
	static char room[WIDTH][64];
	struct linkfield *f;

	for (size_t i = 0; i < n; i++)
		name[i] = text_of(header[i]);
	f = linkfield_new(name, n);
	for (size_t r = 0; r < ROWS; r++) {
		cell(r, room);
		for (size_t i = 0; i < n; i++)
			t[i] = text_of(room[i]);
		linkfield_add(f, t);
	}
	return f;
}

static const char *const people[] = { "james",	 "mary",   "robert", "linda",
				      "michael", "susan",  "david",  "karen",
				      "thomas",	 "nancy",  "george", "betty",
				      "frank",	 "ruth",   "henry",  "alice",
				      "walter",	 "helen",  "peter",  "anna" };

/* A word that few rows share; two columns of the same words. */
static void put_word(char *to, size_t seed)
{
	snprintf(to, 64, "%s%c", people[seed % 20],
		 (char)('a' + seed / 20 % 3));
}

static void put_person(size_t r, char to[][64])
{
	snprintf(to[0], 64, "%zu", r + 1);
	put_word(to[1], r * 7);
	put_word(to[2], r * 13 + 5);
	snprintf(to[3], 64, "%zu-%02zu-%02zu", 1930 + r % 70, 1 + r % 12,
		 1 + r % 28);
	snprintf(to[4], 64, "%zu", 1930 + r % 70);
	snprintf(to[5], 64, "%zu", 1 + r % 12);
	snprintf(to[6], 64, "%zu", 1 + r % 31);
	snprintf(to[7], 64, "%s", r % 3 ? "red" : "blue");
}

static const struct linkfield_column *column_of(struct linkfield *f,
						const char *name)
{
	const struct linkfield_column *c;
	size_t n = linkfield_columns(f, &c);

	for (size_t i = 0; i < n; i++)
		if (text_is(c[i].name, name))
			return &c[i];
	ck_abort_msg("no column %s", name);
}

START_TEST(headers_tell_what_columns_hold)
{
	static const char *const header[] = { "rec_id",	 " first_name",
					      "Surname", "date_of_birth",
					      "joined",	 "floor",
					      "gate",	 "colour" };
	struct linkfield *f = table(header, 8, put_person);

	linkfield_decide(f);
	ck_assert_int_eq(column_of(f, "rec_id")->use, LINKFIELD_SERIAL);
	ck_assert_int_eq(column_of(f, "first_name")->kind, LINKAGE_GIVEN);
	ck_assert_int_eq(column_of(f, "Surname")->kind, LINKAGE_SURNAME);
	ck_assert_int_eq(column_of(f, "date_of_birth")->kind, LINKAGE_DATE);
	ck_assert(!column_of(f, "date_of_birth")->attribute);
	ck_assert_int_eq(column_of(f, "colour")->kind, LINKAGE_CATEGORY);
	ck_assert(column_of(f, "colour")->attribute);
	linkfield_free(f);
}
END_TEST

START_TEST(without_header_words_the_cells_tell)
{
	static const char *const header[] = { "c1", "c2", "c3", "c4",
					      "c5", "c6", "c7", "c8" };
	struct linkfield *f = table(header, 8, put_person);
	const struct linkage_column *c;
	struct text cell[WIDTH];
	size_t n;

	linkfield_decide(f);
	ck_assert_int_eq(column_of(f, "c1")->use, LINKFIELD_SERIAL);
	ck_assert_int_eq(column_of(f, "c2")->kind, LINKAGE_GIVEN);
	ck_assert_int_eq(column_of(f, "c3")->kind, LINKAGE_SURNAME);
	ck_assert_int_eq(column_of(f, "c4")->kind, LINKAGE_DATE);
	ck_assert(!column_of(f, "c4")->attribute);
	/* Year, month and day side by side are one date. */
	n = linkfield_compared(f, &c);
	ck_assert_uint_eq(n, 5);
	ck_assert_str_eq(c[3].name, "c5+c6+c7");
	ck_assert_int_eq(c[3].kind, LINKAGE_DATE);
	linkfield_record(f, 1, cell);
	ck_assert(text_is(cell[3], "1931-02-02"));
	ck_assert(text_is(cell[2], "1931-02-02"));
	ck_assert(text_is(linkfield_raw(f, 1, 4), "1931"));
	linkfield_free(f);
}
END_TEST

START_TEST(what_the_user_says_holds)
{
	static const char *const header[] = { "rec_id", "name", "name2", "dob",
					      "y",	"m",	"d",	 "z" };
	struct linkfield *f = table(header, 8, put_person);

	ck_assert(linkfield_say(f, TEXT("z"), LINKAGE_PLACE));
	ck_assert(linkfield_say(f, TEXT("m"), LINKAGE_NUMBER));
	ck_assert(linkfield_ignore(f, TEXT("dob")));
	ck_assert(!linkfield_ignore(f, TEXT("nobody")));
	ck_assert(!linkfield_say(f, TEXT("nobody"), LINKAGE_TEXT));
	linkfield_decide(f);
	ck_assert_int_eq(column_of(f, "z")->kind, LINKAGE_PLACE);
	ck_assert_str_eq(column_of(f, "z")->why, "as told");
	ck_assert_int_eq(column_of(f, "m")->kind, LINKAGE_NUMBER);
	ck_assert_int_eq(column_of(f, "dob")->use, LINKFIELD_IGNORED);
	linkfield_free(f);
}
END_TEST

static void put_odd(size_t r, char to[][64])
{
	snprintf(to[0], 64, "same");
	snprintf(to[1], 64, "%s", r == 7 ? "once" : r % 2 ? "n/a" : "-");
	snprintf(to[2], 64, "%zu/%zu/2024", 1 + r % 12, 1 + r % 28);
	snprintf(to[3], 64, "%zu/%zu/%zu", 1 + r % 28, 1 + r % 12,
		 1940 + r % 60);
	snprintf(to[4], 64, "r%zu@example.com", r);
	snprintf(to[5], 64, "%s", r % 4 ? "nsw" : "qld");
	snprintf(to[6], 64, "%c%c", (char)('a' + r % 26), (char)('a' + r % 25));
	snprintf(to[7], 64, "%zu%05zu", 139 + r % 20, r * 37);
}

START_TEST(columns_that_say_nothing_are_dropped)
{
	static const char *const header[] = { "a", "b", "order date",
					      "geburtsdatum", "e-mail",
					      "state", "g", "tel" };
	struct linkfield *f = table(header, 8, put_odd);
	const struct linkage_column *c;
	struct text cell[WIDTH];

	linkfield_decide(f);
	ck_assert_int_eq(column_of(f, "a")->use, LINKFIELD_CONSTANT);
	ck_assert_int_eq(column_of(f, "b")->use, LINKFIELD_EMPTY);
	ck_assert(column_of(f, "order date")->attribute);
	ck_assert(!column_of(f, "geburtsdatum")->attribute);
	ck_assert_int_eq(column_of(f, "e-mail")->kind, LINKAGE_EMAIL);
	/* Codes of places are no places whose letters may be mistyped. */
	ck_assert_int_eq(column_of(f, "state")->kind, LINKAGE_CATEGORY);
	ck_assert(!column_of(f, "state")->attribute);
	ck_assert_int_eq(column_of(f, "tel")->kind, LINKAGE_PHONE);
	/* Each column's dates have an order of their own. */
	ck_assert_uint_eq(linkfield_compared(f, &c), 6);
	linkfield_record(f, 15, cell);
	ck_assert(text_is(cell[0], "2024-04-16"));
	ck_assert(text_is(cell[1], "1955-04-16"));
	linkfield_free(f);
}
END_TEST

/* Valid numbers of citizens are compared twice, once as proof. */
static void put_citizen(size_t r, char to[][64])
{
	static const char *const ids[] = { "11010519491231002X",
					   "440524188001010014" };

	snprintf(to[0], 64, "%s", r % 5 == 4 ? "11010519491231002" :
						ids[r % 2]);
	put_word(to[1], r);
}

START_TEST(valid_numbers_of_citizens_are_proof)
{
	static const char *const header[] = { "证件号码", "客户姓名" };
	struct linkfield *f = table(header, 2, put_citizen);
	const struct linkage_column *c;
	struct text cell[WIDTH];

	linkfield_decide(f);
	ck_assert_uint_eq(linkfield_compared(f, &c), 3);
	ck_assert_int_eq(c[0].kind, LINKAGE_IDNUM);
	ck_assert(!c[0].proof);
	ck_assert(c[1].proof);
	ck_assert_int_eq(c[2].kind, LINKAGE_NAME);
	linkfield_record(f, 0, cell);
	ck_assert(text_is(cell[1], "11010519491231002X"));
	linkfield_record(f, 4, cell);
	ck_assert_uint_eq(cell[1].n, 0);
	ck_assert(text_is(cell[0], "11010519491231002"));
	linkfield_free(f);
}
END_TEST

static void put_namesakes(size_t r, char to[][64])
{
	static const char *const names[] = { "曾伟", "曾玮", "尉迟恭", "王先生",
					     "Anna Smith" };

	snprintf(to[0], 64, "%s", names[r % 5]);
}

START_TEST(chinese_names_come_with_their_reading)
{
	static const char *const header[] = { "车主" };
	struct linkfield *f = table(header, 1, put_namesakes);
	const struct linkage_column *c;
	struct text cell[WIDTH];

	linkfield_decide(f);
	ck_assert_uint_eq(linkfield_compared(f, &c), 2);
	ck_assert_uint_eq(c[0].sound, 1);
	ck_assert_int_eq(c[1].kind, LINKAGE_SOUND);
	linkfield_record(f, 1, cell);
	ck_assert(text_is(cell[0], "曾玮"));
	ck_assert(text_is(cell[1], "zeng wei"));
	linkfield_record(f, 4, cell);
	ck_assert(text_is(cell[0], "anna smith"));
	ck_assert_uint_eq(cell[1].n, 0);
	linkfield_free(f);
}
END_TEST

static void put_whole(size_t r, char to[][64])
{
	put_word(to[0], r * 7);
	put_word(to[1], r * 13 + 5);
	snprintf(to[2], 64, "%.20s %.20s", to[0], to[1]);
	snprintf(to[3], 64, "%s %.20s", people[r % 20], to[1]);
	snprintf(to[4], 64, "the %.9s of %.9s and %s %zu", to[0], to[1],
		 people[r % 7], r % 90);
}

START_TEST(a_whole_name_made_of_two_columns_says_nothing_new)
{
	static const char *const header[] = { "first_name", "surname",
					      "first_and_surname", "full name",
					      "site name" };
	struct linkfield *f = table(header, 5, put_whole);

	linkfield_decide(f);
	ck_assert_int_eq(column_of(f, "first_and_surname")->kind, LINKAGE_NAME);
	ck_assert_int_eq(column_of(f, "first_and_surname")->use,
			 LINKFIELD_DERIVED);
	/* Another name is told from another source. */
	ck_assert_int_eq(column_of(f, "full name")->use, LINKFIELD_COMPARED);
	ck_assert_int_eq(column_of(f, "site name")->kind, LINKAGE_FIRM);
	linkfield_free(f);
}
END_TEST

static void put_book(size_t r, char to[][64])
{
	snprintf(to[0], 64, "%s and the %s of %zu", people[r % 20],
		 people[r % 7], r);
	snprintf(to[1], 64, "%zu", 1990 + r % 30);
}

START_TEST(where_there_are_only_texts_they_count)
{
	static const char *const header[] = { "title", "year", "name" };
	struct linkfield *f = table(header, 2, put_book);

	linkfield_decide(f);
	ck_assert_int_eq(column_of(f, "title")->kind, LINKAGE_TEXT);
	ck_assert(!column_of(f, "title")->attribute);
	ck_assert(column_of(f, "year")->attribute);
	linkfield_free(f);
}
END_TEST

START_TEST(kinds_have_words)
{
	for (int k = 0; k < LINKAGE_KINDS; k++) {
		enum linkage_kind kind = (enum linkage_kind)k;
		const char *word = linkfield_kind_name(kind);

		ck_assert_int_eq(linkfield_kind_of(text_of(word)),
				 kind == LINKAGE_SOUND ? LINKAGE_KINDS : kind);
	}
	ck_assert_int_eq(linkfield_kind_of(TEXT("colour")), LINKAGE_KINDS);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("linkfield");
	TCase *t = tcase_create("linkfield");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, a_value_is_compared_so, 0, NELEMS(values));
	tcase_add_loop_test(t, the_parts_of_a_date_have_an_order, 0,
			    NELEMS(dates));
	tcase_add_test(t, headers_tell_what_columns_hold);
	tcase_add_test(t, without_header_words_the_cells_tell);
	tcase_add_test(t, what_the_user_says_holds);
	tcase_add_test(t, columns_that_say_nothing_are_dropped);
	tcase_add_test(t, valid_numbers_of_citizens_are_proof);
	tcase_add_test(t, chinese_names_come_with_their_reading);
	tcase_add_test(t, a_whole_name_made_of_two_columns_says_nothing_new);
	tcase_add_test(t, where_there_are_only_texts_they_count);
	tcase_add_test(t, kinds_have_words);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
