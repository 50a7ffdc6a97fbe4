/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of streams and reasons keep what their readers rely on. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/reason.h"
#include "stream/schema.h"

START_TEST(every_reason_has_a_code_and_a_sentence_of_its_own)
{
	for (int i = 0; i < REASON_COUNT; i++) {
		const char *code = reason_code((enum reason)i);

		ck_assert_ptr_nonnull(code);
		ck_assert_uint_gt(strlen(reason_sentence((enum reason)i)), 5);
		ck_assert_uint_eq(strspn(code, "abcdefghijklmnopqrstuvwxyz-8"),
				  strlen(code));
		for (int j = 0; j < i; j++)
			ck_assert_str_ne(code, reason_code((enum reason)j));
	}
}
END_TEST

START_TEST(codes_that_scripts_rely_on_do_not_change)
{
	ck_assert_str_eq(reason_code(REASON_HEADER), "header");
	ck_assert_str_eq(reason_code(REASON_NOT_DATA), "not-data");
	ck_assert_str_eq(reason_code(REASON_BAD_DATE), "bad-date");
	ck_assert_str_eq(reason_code(REASON_BAD_UTF8), "bad-utf8");
	ck_assert_str_eq(reason_code(REASON_TIME_BACKWARDS), "time-backwards");
	ck_assert_str_eq(reason_code(REASON_UNKNOWN_CASE), "unknown-case");
}
END_TEST

START_TEST(all_streams_of_the_contract_are_found_by_name)
{
	static const char *const names[] = {
		"customers",   "vehicles",  "transactions", "surveys",
		"invitations", "complaints", "actions",	    "leads",
		"contacts",    "campaigns", "members",	    "spend",
		"staff",       "points",
	};

	ck_assert_uint_eq(schema_count, NELEMS(names));
	for (size_t i = 0; i < NELEMS(names); i++)
		ck_assert_str_eq(schema_find(text_of(names[i]))->name,
				 names[i]);
	ck_assert_ptr_null(schema_find(TEXT("transaction")));
	ck_assert_ptr_null(schema_find(TEXT("")));
}
END_TEST

START_TEST(columns_of_a_stream_have_names_of_their_own_and_a_meaning)
{
	const struct schema *s = &schema_all[_i];

	for (size_t i = 0; i < s->n; i++) {
		ck_assert_uint_gt(strlen(s->column[i].meaning), 2);
		ck_assert_ptr_eq(schema_column(s, text_of(s->column[i].name)),
				 &s->column[i]);
	}
	ck_assert_ptr_null(schema_column(s, TEXT("no_such_column")));
}
END_TEST

START_TEST(the_date_column_is_the_first_that_the_contract_names)
{
	const struct schema *s = &schema_all[_i];
	const char *found = NULL;

	/* `date`, `at`, else the first ..._on that is a day. */
	for (size_t i = 0; i < s->n; i++) {
		const char *name = s->column[i].name;

		if (strcmp(name, "date") == 0 || strcmp(name, "at") == 0) {
			found = name;
			break;
		}
		if (!found && s->column[i].type == COL_DAY &&
		    text_ends(text_of(name), "_on"))
			found = name;
	}
	if (!found)
		ck_assert_ptr_null(s->date_column);
	else
		ck_assert_str_eq(s->date_column, found);
}
END_TEST

START_TEST(names_tell_types)
{
	const struct schema *s = &schema_all[_i];

	for (size_t i = 0; i < s->n; i++) {
		struct text name = text_of(s->column[i].name);
		enum col_type type = s->column[i].type;

		if (text_ends(name, "_on") || text_ends(name, "_date"))
			ck_assert_int_eq(type, COL_DAY);
		if (text_is(name, "at") || text_ends(name, "_at"))
			ck_assert_int_eq(type, COL_INSTANT);
		if (text_ends(name, "_id") || text_is(name, "vin") ||
		    text_is(name, "phone"))
			ck_assert_int_eq(type, COL_TEXT);
		if (s->column[i].words)
			ck_assert_int_eq(type, COL_TEXT);
	}
}
END_TEST

START_TEST(only_text_is_compared_byte_by_byte)
{
	ck_assert(!schema_is_ordered(COL_TEXT));
	for (int i = COL_DAY; i <= COL_FIXED4; i++) {
		ck_assert(schema_is_ordered((enum col_type)i));
		ck_assert_str_ne(schema_type_name((enum col_type)i),
				 schema_type_name((enum col_type)(i - 1)));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("schema");
	TCase *reasons = tcase_create("reasons");
	TCase *streams = tcase_create("streams");
	SRunner *sr = srunner_create(suite);
	int n = (int)schema_count, failed;

	tcase_add_test(reasons,
		       every_reason_has_a_code_and_a_sentence_of_its_own);
	tcase_add_test(reasons, codes_that_scripts_rely_on_do_not_change);
	tcase_add_test(streams, all_streams_of_the_contract_are_found_by_name);
	tcase_add_loop_test(
		streams,
		columns_of_a_stream_have_names_of_their_own_and_a_meaning, 0,
		n);
	tcase_add_loop_test(
		streams, the_date_column_is_the_first_that_the_contract_names,
		0, n);
	tcase_add_loop_test(streams, names_tell_types, 0, n);
	tcase_add_test(streams, only_text_is_compared_byte_by_byte);
	suite_add_tcase(suite, reasons);
	suite_add_tcase(suite, streams);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
