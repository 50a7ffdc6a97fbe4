/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers and layout: words, rules, titles, levels, rows that are no data. */
#include <check.h>
#include <string.h>

#include "base/mem.h"
#include "canon/layout.h"
#include "stream/schema.h"

static const char words[] =
	"canonical,alias,stream\n"
	"name,客户姓名,customer\n"
	"phone,手机号,customer\n"
	"created_on,创建时间,customer\n"
	"source,渠道,customer\n"
	"vin,VIN,vehicle\n"
	"production_date,出厂日期,vehicle\n"
	"leave_date,出厂日期,service\n"
	"ro_no,工单号,service\n"
	"labor_amount,工时费,service\n"
	"parts_amount,配件费,service\n"
	"mileage_km,里程(km),service\n"
	"mileage_km,里程,service\n"
	"receivable_amount,总金额,service\n"
	"source,渠道,lead\n"
	"note,备注,common\n"
	"created_at,创建时间,common\n"
	"comment,备注,survey\n";

static struct aliases *table(void)
{
	struct aliases *a = aliases_empty();
	size_t line;

	ck_assert_ptr_null(aliases_add(a, text_of(words), &line));
	return a;
}

static const struct {
	enum export kind;
	const char *header, *field;
	enum header_rule rule;
	bool bare, in_wan;
} cases[] = {
	{ EXPORT_SERVICE, "工单号", "ro_no", HEADER_ALIAS, 0, 0 },
	{ EXPORT_SERVICE, " * 工 单\n号： ", "ro_no", HEADER_ALIAS, 0, 0 },
	{ EXPORT_SERVICE, "\ufeff工单号", "ro_no", HEADER_ALIAS, 0, 0 },
	{ EXPORT_SERVICE, "vin", "vin", HEADER_CARRIED, 0, 0 },
	{ EXPORT_SERVICE, "ＶＩＮ", "vin", HEADER_CARRIED, 0, 0 },
	{ EXPORT_SERVICE, "手机号(必填)", "phone", HEADER_CARRIED, 1, 0 },
	{ EXPORT_SERVICE, "总金额(元)", "receivable_amount", HEADER_ALIAS, 1, 0 },
	{ EXPORT_SERVICE, "总金额（万元）", "receivable_amount", HEADER_ALIAS, 1,
	  1 },
	{ EXPORT_SERVICE, "里程（KM）", "mileage_km", HEADER_ALIAS, 0, 0 },
	{ EXPORT_SERVICE, "里程【万公里】", "mileage_km", HEADER_ALIAS, 1, 1 },
	/* what a word means goes by the kind of export */
	{ EXPORT_SERVICE, "出厂日期", "leave_date", HEADER_ALIAS, 0, 0 },
	{ EXPORT_VEHICLE, "出厂日期", "production_date", HEADER_ALIAS, 0, 0 },
	{ EXPORT_CUSTOMER, "出厂日期", "production_date", HEADER_CARRIED, 0, 0 },
	{ EXPORT_SURVEY, "备注", "comment", HEADER_ALIAS, 0, 0 },
	{ EXPORT_SERVICE, "备注", "note", HEADER_COMMON, 0, 0 },
	/* common words before those carried along */
	{ EXPORT_SERVICE, "创建时间", "created_at", HEADER_COMMON, 0, 0 },
	{ EXPORT_CUSTOMER, "创建时间", "created_on", HEADER_ALIAS, 0, 0 },
	/* canonical names, in any case */
	{ EXPORT_SALE, "Mileage_KM", "mileage_km", HEADER_NAME, 0, 0 },
	{ EXPORT_SALE, "工单号", NULL, HEADER_UNKNOWN, 0, 0 },
	{ EXPORT_SALE, "(元)", NULL, HEADER_UNKNOWN, 0, 0 },
	{ EXPORT_SALE, "", NULL, HEADER_UNKNOWN, 0, 0 },
};

START_TEST(a_header_is_matched_so)
{
	struct aliases *a = table();
	struct header_match m =
		header_match(a, cases[_i].kind, text_of(cases[_i].header));

	ck_assert_msg(m.rule == cases[_i].rule, "%s: rule %s", cases[_i].header,
		      header_rule_name(m.rule));
	if (cases[_i].field)
		ck_assert_str_eq(field_all[m.field].name, cases[_i].field);
	else
		ck_assert_uint_eq(m.field, FIELD_NONE);
	ck_assert_int_eq(m.bare, cases[_i].bare);
	ck_assert_int_eq(m.in_wan, cases[_i].in_wan);
	aliases_free(a);
}
END_TEST

START_TEST(the_users_word_holds)
{
	struct aliases *a = table();
	struct header_match m;

	aliases_say(a, TEXT("工单号"), TEXT("txn_id"), HEADER_MAP);
	aliases_say(a, TEXT("Farbe"), TEXT("colour"), HEADER_MAP);
	aliases_say(a, TEXT("渠道"), TEXT(""), HEADER_MAP);
	aliases_say(a, TEXT("工单号"), TEXT("line_no"), HEADER_COL);
	aliases_say(a, TEXT("nobody"), TEXT("line_no"), HEADER_COL);
	m = header_match(a, EXPORT_SERVICE, TEXT("工单号 "));
	ck_assert_int_eq(m.rule, HEADER_COL);
	ck_assert_str_eq(field_all[m.field].name, "line_no");
	m = header_match(a, EXPORT_SERVICE, TEXT("FARBE"));
	ck_assert_uint_eq(m.field, FIELD_NONE);
	ck_assert(text_is(m.rename, "colour"));
	m = header_match(a, EXPORT_LEAD, TEXT("渠道"));
	ck_assert_uint_eq(m.field, FIELD_NONE);
	ck_assert_uint_eq(m.rename.n, 0);
	ck_assert(text_is(aliases_unused(a), "nobody"));
	aliases_free(a);
}
END_TEST

START_TEST(bad_tables_are_refused_by_line)
{
	static const struct {
		const char *csv;
		size_t line;
	} bad[] = {
		{ "alias,canonical,stream\n", 1 },
		{ "canonical,alias,stream\nname,x\n", 2 },
		{ "canonical,alias,stream\nname,x,customer\nnone,x,sale\n", 3 },
		{ "canonical,alias,stream\n\nname,x,nobody\n", 3 },
		{ "canonical,alias,stream\nname,,customer\n", 2 },
	};
	struct aliases *a = aliases_empty();

	for (size_t i = 0; i < NELEMS(bad); i++) {
		size_t line = 0;

		ck_assert_ptr_nonnull(
			aliases_add(a, text_of(bad[i].csv), &line));
		ck_assert_uint_eq(line, bad[i].line);
	}
	aliases_free(a);
}
END_TEST

START_TEST(fields_fit_the_columns_of_the_streams)
{
	static const char *const streams[] = { "customers",  "vehicles",
					       "transactions", "surveys",
					       "complaints", "leads" };

	for (size_t i = 1; i < field_count; i++)
		ck_assert_int_lt(strcmp(field_all[i - 1].name,
					field_all[i].name),
				 0);
	for (size_t i = 0; i < NELEMS(streams); i++) {
		const struct schema *s = schema_find(text_of(streams[i]));

		for (size_t k = 0; k < s->n; k++) {
			size_t f = field_find(text_of(s->column[k].name));
			enum field_kind kind;

			ck_assert_msg(f != FIELD_NONE, "%s",
				      s->column[k].name);
			kind = field_all[f].kind;
			ck_assert_int_eq(s->column[k].type == COL_DAY,
					 kind == FIELD_DAY);
			ck_assert_int_eq(s->column[k].type == COL_INSTANT,
					 kind == FIELD_INSTANT);
			ck_assert_int_eq(s->column[k].type == COL_MONEY,
					 kind == FIELD_MONEY);
			ck_assert_int_eq(s->column[k].type == COL_REAL,
					 kind == FIELD_KM ||
						 kind == FIELD_NUMBER ||
						 kind == FIELD_SCORE);
		}
	}
}
END_TEST

/* ---- layout ---- */

static const struct {
	const char *file;
	char delimiter;
	size_t row;
	bool two_level;
	const char *second;	/* name of the second column */
} files[] = {
	{ "工单号,手机号\n1,2\n", ',', 0, 0, "手机号" },
	{ "a;b\n1;2\n", ';', 0, 0, "b" },
	{ "a\tb,c\td\n1\t2,3\t4\n", '\t', 0, 0, "b,c" },
	{ "a|b|c\n1|2|3\n", '|', 0, 0, "b" },
	{ "月报,,\n日期：今天,,\n\n工单号,手机号,VIN\n1,2,3\n", ',', 2, 0,
	  "手机号" },
	{ "title\n工单号,手机号\n1,2\n", ',', 1, 0, "手机号" },
	/* a row as full as the header cannot be a title */
	{ "a,b\n工单号,手机号\n", ',', 0, 0, "b" },
	{ "工单号,手机号,费用,\n,,工时费,配件费\n1,2,3,4\n", ',', 1, 1,
	  "手机号" },
	/* a group of one column; all known words below groups */
	{ "工单号,手机号,费用\n,,工时费\n1,2,3\n", ',', 1, 1, "手机号" },
	{ "工单号,手机号,应收,,实收,\n,,工时费,配件费,工时费,配件费\n", ',', 1,
	  1, "手机号" },
	{ "单据,,费用,\n工单号,手机号,工时费,配件费\n1,2,3,4\n", ',', 1, 0,
	  "手机号" },
	{ "foo\nx,y\n1,2\n", ',', 1, 0, "y" },
};

START_TEST(a_layout_is_found_so)
{
	struct aliases *a = table();
	struct text head = text_of(files[_i].file);
	struct layout l = { 0 };
	struct grid g = { 0 };
	char delimiter = layout_delimiter(a, head, true, 1);

	ck_assert_int_eq(delimiter, files[_i].delimiter);
	grid_fill(&g, head, true, delimiter, 1, 100);
	ck_assert(layout_find(a, &g, &l));
	ck_assert_uint_eq(l.row, files[_i].row);
	ck_assert_int_eq(l.two_level, files[_i].two_level);
	ck_assert(text_is(layout_name(&g, &l, 1), files[_i].second));
	grid_release(&g);
	aliases_free(a);
}
END_TEST

START_TEST(equal_names_are_told_by_their_groups)
{
	struct aliases *a = table();
	struct text head = TEXT("工单号,应收,,实收,,\n"
				",工时费,配件费,工时费,配件费,\n1,2,3,4,5,\n");
	static const char *const names[2][6] = {
		{ "工单号", "工时费", "配件费", "实收工时费", "实收配件费", "" },
		{ "工单号", "应收工时费", "应收配件费", "实收工时费",
		  "实收配件费", "" },
	};
	struct text name[NELEMS(names[0])];
	size_t line;
	struct layout l = { 0 };
	struct grid g = { 0 };

	grid_fill(&g, head, true, ',', 1, 100);
	ck_assert(layout_find(a, &g, &l));
	ck_assert_uint_eq(layout_width(&g, &l), NELEMS(names[0]));
	layout_names(a, &g, &l, name);
	for (size_t i = 0; i < NELEMS(names[0]); i++)
		ck_assert(text_is(name[i], names[0][i]));
	/* Once one of them is a word that is known, all are told so. */
	ck_assert_ptr_null(aliases_add(a, TEXT("canonical,alias,stream\n"
					       "parts_amount,实收配件费,"
					       "service\n"), &line));
	layout_names(a, &g, &l, name);
	for (size_t i = 0; i < NELEMS(names[1]); i++)
		ck_assert(text_is(name[i], names[1][i]));
	grid_release(&g);
	aliases_free(a);
}
END_TEST

START_TEST(objects_are_rows_under_their_keys)
{
	static const struct text both[] = {
		TEXT("{\"a\":1,\"b\":\"x\"}\n[1]\n{\"b\":null}\n"
		     "{\"c\":1}\n"),
		TEXT(" [ {\"a\":1,\n\"b\":\"x\"}, [1], {\"b\":null},"
		     "{\"c\":1}]")
	};

	for (int array = 0; array < 2; array++) {
		struct jsonin *json = jsonin_new();
		struct grid g = { 0 };

		grid_fill_json(&g, json, both[array], true, array, 100);
		ck_assert_uint_eq(g.rows, 3);
		ck_assert(text_is(g.cell[0][1], "b"));
		ck_assert(text_is(g.cell[1][0], "1"));
		ck_assert(text_is(g.cell[1][1], "x"));
		ck_assert_uint_eq(g.cell[2][1].n, 0);
		grid_release(&g);
		jsonin_free(json);
	}
}
END_TEST

START_TEST(a_map_settles_a_header)
{
	struct header_match m =
		header_given(TEXT("成交价（万元）"), TEXT("amount"));

	ck_assert_uint_eq(m.field, field_of("amount"));
	ck_assert_int_eq(m.rule, HEADER_MAP);
	ck_assert(m.in_wan);
	m = header_given(TEXT("x"), TEXT("colour"));
	ck_assert_uint_eq(m.field, FIELD_NONE);
	ck_assert(text_is(m.rename, "colour"));
	ck_assert_uint_eq(header_given(TEXT("x"), TEXT("")).rename.n, 0);
}
END_TEST

static const struct {
	const char *row;	/* cells with | between */
	bool none;
} rows[] = {
	{ "||", true },	       { " |\u3000|", true },
	{ "合计||12", true },  { "|合 计|12", true },
	{ "总计：||12", true }, { "12|小计|3", true },
	{ "深圳店小计||3", true }, { "合计(元)||3", true },
	{ "第 1 页 共 2 页||", true }, { "制表人：何敏||", true },
	{ "打印时间：今天||", true }, { "Total||12", true },
	{ "工单号|手机号|VIN", true },
	{ "W1|13800138000|x", false }, { "第一汽车|138|x", false },
	{ "共青城某公司|138|x", false }, { "合计达公司|138|x", false },
	{ "1|2|合计", true },  { "工单号|手机号|x", false },
	{ "1||", false },      { "Total Ltd|1|2", false },
};

START_TEST(a_row_is_data_or_not)
{
	static const struct text header[] = { TEXT("工单号"), TEXT("手机号"),
					      TEXT("VIN") };
	struct text rest = text_of(rows[_i].row), cell[3] = { { 0 } };

	for (size_t i = 0; i < 3; i++)
		text_split(&rest, '|', &cell[i]);
	ck_assert_msg(layout_not_data(cell, 3, header, 3) == rows[_i].none,
		      "%s", rows[_i].row);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("header");
	TCase *tc = tcase_create("header");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_header_is_matched_so, 0, NELEMS(cases));
	tcase_add_test(tc, the_users_word_holds);
	tcase_add_test(tc, bad_tables_are_refused_by_line);
	tcase_add_test(tc, fields_fit_the_columns_of_the_streams);
	tcase_add_loop_test(tc, a_layout_is_found_so, 0, NELEMS(files));
	tcase_add_loop_test(tc, a_row_is_data_or_not, 0, NELEMS(rows));
	tcase_add_test(tc, equal_names_are_told_by_their_groups);
	tcase_add_test(tc, objects_are_rows_under_their_keys);
	tcase_add_test(tc, a_map_settles_a_header);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
