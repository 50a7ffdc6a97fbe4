/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --where: what is a condition, and which cells meet it. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "stream/pick.h"
#include "tests/unit/child.h"

static const struct schema *transactions(void)
{
	return schema_find(TEXT("transactions"));
}

static const struct schema *complaints(void)
{
	return schema_find(TEXT("complaints"));
}

/* Whether a cell of that text, read as the condition's type, meets it. */
static bool holds(const char *text, const struct schema *schema,
		  const char *value)
{
	struct condition c = pick_parse("--where", text, schema);
	struct cell cell;

	ck_assert(cell_parse(text_of(value), c.type, 480, &cell));
	return pick_holds(&c, &cell);
}

static const struct {
	const char *condition;
	const char *cells[3];	/* less, equal, more */
	bool holds[3];
} ordered[] = {
	/* numbers and days by value */
	{ "amount<100", { "99.99", "100", "100.01" }, { true, false, false } },
	{ "amount<=100", { "99.99", "100.00", "100.01" }, { true, true, false } },
	{ "amount=100", { "99.99", "100.00", "100.01" }, { false, true, false } },
	{ "amount!=100", { "99.99", "100.00", "100.01" }, { true, false, true } },
	{ "amount>=100", { "9", "100.0", "1000" }, { false, true, true } },
	{ "amount>100", { "9", "100.0", "1000" }, { false, false, true } },
	{ "amount>-5", { "-10", "-5.00", "-4.99" }, { false, false, true } },
	{ "date>2024-02-29", { "2023-12-31", "2024-02-29", "2024-03-01" },
	  { false, false, true } },
	{ "date=2024-02-29", { "2023-12-31", "2024-02-29", "2024-03-01" },
	  { false, true, false } },
	/* text by bytes */
	{ "store_id=S2", { "S1", "S2", "S20" }, { false, true, false } },
	{ "store_id<S2", { "S10", "S2", "S20" }, { true, false, false } },
	{ "store_id!=", { "a", "b", "c" }, { true, true, true } },
	/* a column of no schema: by what the value is */
	{ "points<100", { "9", "100", "1000" }, { true, false, false } },
	{ "points=100", { "99", "100", "100.0" }, { false, true, false } },
	{ "seen_on<=2024-01-31", { "2023-01-31", "2024-01-31", "2024-02-01" },
	  { true, true, false } },
	{ "grade<B", { "A", "B", "a" }, { true, false, false } },
	/* the first sign ends the name, the rest is value */
	{ "store_id=a=b", { "a", "a=b", "b" }, { false, true, false } },
	{ "store_id=<x", { "x", "<x", "y" }, { false, true, false } },
};

START_TEST(known_cells_are_compared)
{
	for (size_t i = 0; i < 3; i++)
		if (holds(ordered[_i].condition, transactions(),
			  ordered[_i].cells[i]) != ordered[_i].holds[i])
			ck_abort_msg("%s and %s", ordered[_i].condition,
				     ordered[_i].cells[i]);
}
END_TEST

/* Of an unknown cell nothing is known: it is less than nothing, and equal
 * only to nothing. */
START_TEST(unknown_cells_meet_only_nothing_and_not_equal)
{
	static const struct {
		const char *condition;
		bool holds;
	} unknown[] = {
		{ "amount=100", false },  { "amount!=100", true },
		{ "amount<100", false },  { "amount<=100", false },
		{ "amount>100", false },  { "amount>=100", false },
		{ "amount=", true },	  { "amount!=", false },
		{ "store_id=", true },	  { "store_id!=", false },
		{ "store_id=S1", false }, { "store_id!=S1", true },
		{ "date<2024-01-01", false },
	};

	for (size_t i = 0; i < NELEMS(unknown); i++)
		if (holds(unknown[i].condition, transactions(), "") !=
		    unknown[i].holds)
			ck_abort_msg("%s", unknown[i].condition);
	ck_assert(!holds("amount=", transactions(), "0"));
	ck_assert(holds("amount!=", transactions(), "0"));
}
END_TEST

/* Instants by the moment, or by their day when only a day is asked for. */
START_TEST(instants_are_compared_by_moment_or_day)
{
	const char *at = "2024-05-01T23:30:00+08:00";

	ck_assert(holds("at=2024-05-01T15:30:00Z", complaints(), at));
	ck_assert(holds("at<2024-05-01T23:30:01+08:00", complaints(), at));
	ck_assert(!holds("at>2024-05-01T15:30:00Z", complaints(), at));
	ck_assert(holds("at=2024-05-01", complaints(), at));
	ck_assert(holds("at>=2024-05-01", complaints(), at));
	ck_assert(!holds("at>2024-05-01", complaints(), at));
	ck_assert(holds("at=2024-05-01", complaints(), "2024-05-01"));
}
END_TEST

START_TEST(the_name_is_what_stands_before_the_sign)
{
	struct condition c = pick_parse("--where", "store_id>=5", NULL);

	ck_assert(text_is(c.column, "store_id"));
	ck_assert_int_eq(c.op, PICK_GE);
	ck_assert_int_eq(c.type, COL_REAL);
	c = pick_parse("--where", "\xe9\x97\xa8\xe5\xba\x97!=x", NULL);
	ck_assert(text_is(c.column, "\xe9\x97\xa8\xe5\xba\x97"));
	ck_assert_int_eq(c.op, PICK_NE);
	ck_assert_int_eq(c.type, COL_TEXT);
}
END_TEST

static void parse_child(void *text)
{
	pick_parse("--where", text, transactions());
}

static const char *const wrong[] = {
	"",	     "amount",	      "=5",	     "<5",
	"amount!5",  "amount=x",      "amount<1e3x", "date=2023-02-29",
	"date=2024", "date>tomorrow", "amount<",     "amount>=",
	"store_id<", "amount=1,000",
};

START_TEST(what_is_no_condition_is_wrong_usage)
{
	struct child c = { 0 };
	char text[32];

	strcpy(text, wrong[_i]);
	child_run(&c, parse_child, text);
	ck_assert_int_eq(c.status, EXIT_USAGE);
	ck_assert_ptr_nonnull(strstr(c.err.p, "crmutils: --where: "));
	child_release(&c);
}
END_TEST

/* ---- cells ---- */

START_TEST(cells_are_read_by_type)
{
	struct cell c;

	ck_assert(cell_parse(TEXT("x"), COL_TEXT, 0, &c) && c.known);
	ck_assert(text_is(c.text, "x"));
	ck_assert(cell_parse(TEXT("12.5"), COL_MONEY, 0, &c) && c.fen == 1250);
	ck_assert(cell_parse(TEXT("-7"), COL_INT, 0, &c) && c.whole == -7);
	ck_assert(cell_parse(TEXT("1e2"), COL_REAL, 0, &c));
	ck_assert_double_eq(c.real, 100);
	ck_assert(cell_parse(TEXT("0.25"), COL_SHARE, 0, &c));
	ck_assert_double_eq(c.real, 0.25);
	ck_assert(cell_parse(TEXT("1970-01-02"), COL_DAY, 0, &c) && c.day == 1);
	ck_assert(cell_parse(TEXT("1970-01-01T08:00:01"), COL_INSTANT, 480, &c));
	ck_assert_int_eq(c.us, 1000000);
	for (enum col_type type = COL_TEXT; type <= COL_FIXED4; type++) {
		ck_assert(cell_parse(text_of(""), type, 0, &c));
		ck_assert(!c.known);
		ck_assert(cell_parse(TEXT(" "), type, 0, &c) ==
			  (type == COL_TEXT));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("pick");
	TCase *t = tcase_create("pick");
	SRunner *r;
	int failed;

	tcase_add_loop_test(t, known_cells_are_compared, 0, NELEMS(ordered));
	tcase_add_test(t, unknown_cells_meet_only_nothing_and_not_equal);
	tcase_add_test(t, instants_are_compared_by_moment_or_day);
	tcase_add_test(t, the_name_is_what_stands_before_the_sign);
	tcase_add_loop_test(t, what_is_no_condition_is_wrong_usage, 0,
			    NELEMS(wrong));
	tcase_add_test(t, cells_are_read_by_type);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
