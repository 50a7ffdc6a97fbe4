/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several streams tell of one customer. */
#include <check.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "canon/people.h"

static uint32_t customer(struct people *p, const char *id)
{
	return people_record(p, PEOPLE_CUSTOMER, text_of(id));
}

static void is_cell(struct people *p, uint32_t record, enum people_field field,
		    const char *wanted)
{
	struct text cell[PEOPLE_COLUMNS];

	people_cells(p, record, cell);
	ck_assert_msg(text_is(cell[field], wanted), "%s is \"%.*s\"",
		      people_columns(p)[field].name, (int)cell[field].n,
		      cell[field].p);
}

/* A record told one thing: what becomes of it. */
static const struct {
	enum people_field tell;
	const char *cell;
	enum people_field field;
	const char *wanted;
} facts[] = {
	{ PEOPLE_NAME, "王伟", PEOPLE_NAME, "王伟" },
	{ PEOPLE_NAME, "王伟", PEOPLE_SOUND, "wang wei" },
	{ PEOPLE_NAME, "王伟先生", PEOPLE_NAME, "王伟" },
	{ PEOPLE_NAME, "王先生", PEOPLE_NAME, "王" },
	{ PEOPLE_NAME, "王先生", PEOPLE_GENDER, "m" },
	{ PEOPLE_NAME, "张女士", PEOPLE_GENDER, "f" },
	{ PEOPLE_NAME, "测试", PEOPLE_NAME, "" },
	{ PEOPLE_NAME, "深圳市腾达物流有限公司", PEOPLE_NAME,
	  "深圳市腾达物流" },
	{ PEOPLE_PHONE, "13912345601", PEOPLE_PHONE, "3912345601" },
	{ PEOPLE_PHONE, "0755-12345678", PEOPLE_PHONE, "5512345678" },
	{ PEOPLE_PHONE, "13912345602/13712345601", PEOPLE_PHONE,
	  "3712345601\n3912345602" },
	{ PEOPLE_PHONE, "13800000000", PEOPLE_PHONE, "" },
	{ PEOPLE_PHONE, "1.38E+10", PEOPLE_PHONE, "" },
	{ PEOPLE_PHONE, "139****5601", PEOPLE_PHONE, "" },
	{ PEOPLE_PHONE, "139****5601", PEOPLE_MASKED, "395601" },
	{ PEOPLE_PHONE, "13912345601", PEOPLE_MASKED, "" },
	{ PEOPLE_ID_NO, "11010519491231002X", PEOPLE_PROOF,
	  "11010519491231002x" },
	{ PEOPLE_ID_NO, "110105194912310021", PEOPLE_PROOF, "" },
	{ PEOPLE_ID_NO, "110105194912310021", PEOPLE_ID_NO,
	  "110105194912310021" },
	{ PEOPLE_ID_NO, "1101**********002X", PEOPLE_ID_NO, "" },
	{ PEOPLE_ID_NO, "110105491231002", PEOPLE_PROOF, "11010519491231002x" },
	{ PEOPLE_BIRTH, "1949-12-31", PEOPLE_BIRTH, "1949-12-31" },
	{ PEOPLE_VIN, "1M8GDM9AXKP042788", PEOPLE_VIN, "1m8gdm9axkp042788" },
	{ PEOPLE_VIN, "1M8GDM9A0KP042788", PEOPLE_VIN, "" },
	{ PEOPLE_PLATE, "粤B12345", PEOPLE_PLATE, "粤b12345" },
};

START_TEST(a_cell_comes_to_this)
{
	struct people *p = people_new();
	uint32_t r = customer(p, "K1");

	people_tell(p, r, facts[_i].tell, text_of(facts[_i].cell));
	people_finish(p);
	is_cell(p, 0, facts[_i].field, facts[_i].wanted);
	people_free(p);
}
END_TEST

START_TEST(records_stand_in_order_and_sets_too)
{
	struct people *p = people_new();
	uint32_t lead = people_record(p, PEOPLE_LEAD, TEXT("A"));
	uint32_t b = customer(p, "K2"), a = customer(p, "K10");

	ck_assert_uint_eq(customer(p, "K2"), b);
	people_tell(p, lead, PEOPLE_NAME, TEXT("李娜"));
	people_tell(p, a, PEOPLE_NAME, TEXT("王玮"));
	people_tell(p, a, PEOPLE_NAME, TEXT("anna smith"));
	people_tell(p, a, PEOPLE_NAME, TEXT("王伟"));
	people_tell(p, a, PEOPLE_NAME, TEXT("王玮"));
	people_finish(p);
	/* Customers first, bytewise; told twice is told once. */
	ck_assert_uint_eq(people_count(p), 3);
	ck_assert(text_is(people_id(p, 0), "K10"));
	ck_assert(text_is(people_id(p, 1), "K2"));
	ck_assert_int_eq(people_source(p, 2), PEOPLE_LEAD);
	ck_assert_uint_eq(people_find(p, PEOPLE_LEAD, TEXT("A")), 2);
	ck_assert_uint_eq(people_find(p, PEOPLE_CUSTOMER, TEXT("A")),
			  UINT32_MAX);
	is_cell(p, 0, PEOPLE_NAME, "anna smith\n王伟\n王玮");
	/* Readings stand on the lines of their names. */
	is_cell(p, 0, PEOPLE_SOUND, "\nwang wei\nwang wei");
	is_cell(p, 1, PEOPLE_NAME, "");
	people_free(p);
}
END_TEST

START_TEST(who_has_two_proofs_has_none)
{
	struct people *p = people_new();
	uint32_t a = customer(p, "K1");

	people_tell(p, a, PEOPLE_ID_NO, TEXT("11010519491231002X"));
	people_tell(p, a, PEOPLE_ID_NO, TEXT("110105199001010010"));
	people_finish(p);
	is_cell(p, 0, PEOPLE_ID_NO, "11010519491231002x\n110105199001010010");
	is_cell(p, 0, PEOPLE_PROOF, "");
	people_free(p);
}
END_TEST

START_TEST(a_whole_phone_has_the_ends_of_a_masked_one)
{
	struct people *p = people_new();
	uint32_t a = customer(p, "K1"), b = customer(p, "K2");
	uint32_t c = customer(p, "K3");

	people_tell(p, a, PEOPLE_PHONE, TEXT("13912345601"));
	people_tell(p, b, PEOPLE_PHONE, TEXT("139****5601"));
	people_tell(p, c, PEOPLE_PHONE, TEXT("13912345602"));
	people_finish(p);
	is_cell(p, 0, PEOPLE_MASKED, "395601");
	is_cell(p, 1, PEOPLE_MASKED, "395601");
	is_cell(p, 2, PEOPLE_MASKED, "");
	people_free(p);
}
END_TEST

static const char vin[] = "1M8GDM9AXKP042788";

/* Two drivers of one car, each from and to a day. */
static const struct {
	const char *a, *b;
	int32_t a_from, a_to, b_from, b_to;
	bool sold;
} drivers[] = {
	{ "王伟", "李娜", 100, 200, 300, 400, true },
	{ "李娜", "王伟", 300, 400, 100, 200, true },
	{ "王伟", "李娜", 100, 300, 200, 400, false },
	{ "王伟", "王玮", 100, 200, 300, 400, false },
	{ "王伟", "王先生", 100, 200, 300, 400, false },
	{ "王伟", "李先生", 100, 200, 300, 400, true },
	{ "欧阳娜娜", "欧阳娜挪", 100, 200, 300, 400, false },
	{ "王伟", "王强", 100, 200, 300, 400, true },
	{ "王伟", "", 100, 200, 300, 400, false },
	{ "王伟", "李娜", DAY_NONE, DAY_NONE, 300, 400, true },
};

START_TEST(a_car_is_sold_between_strangers)
{
	struct people *p = people_new();
	uint32_t a = customer(p, "K1"), b = customer(p, "K2");
	struct people_pair *sale;
	size_t n;

	people_tell(p, a, PEOPLE_NAME, text_of(drivers[_i].a));
	people_tell(p, b, PEOPLE_NAME, text_of(drivers[_i].b));
	people_drive(p, a, text_of(vin), drivers[_i].a_to);
	people_drive(p, a, text_of(vin), drivers[_i].a_from);
	people_drive(p, b, text_of(vin), drivers[_i].b_from);
	people_drive(p, b, text_of(vin), drivers[_i].b_to);
	people_finish(p);
	sale = people_sales(p, &n);
	ck_assert_uint_eq(n, drivers[_i].sold);
	if (n) {
		ck_assert_uint_eq(sale[0].a, 0);
		ck_assert_uint_eq(sale[0].b, 1);
	}
	free(sale);
	people_free(p);
}
END_TEST

/* Mr Wang at a telephone: whose he is. */
static const struct {
	const char *name[4], *phone[4];
	size_t n;		/* pairs; the first is of records 0 and 1 */
} titles[] = {
	{ { "王先生", "王伟" }, { "13912345601", "13912345601" }, 1 },
	{ { "王先生", "王伟", "李娜" },
	  { "13912345601", "13912345601", "13912345601" }, 1 },
	{ { "王先生", "王伟", "王伟" },
	  { "13912345601", "13912345601", "13912345601" }, 1 },
	{ { "王先生", "王伟", "王强" },
	  { "13912345601", "13912345601", "13912345601" }, 0 },
	{ { "李先生", "王伟" }, { "13912345601", "13912345601" }, 0 },
	{ { "王先生", "王女士" }, { "13912345601", "13912345601" }, 0 },
	{ { "王先生", "王伟", "王强" },
	  { "13912345601/13712345602", "13912345601", "13712345602" }, 0 },
	{ { "", "王伟" }, { "13912345601", "13912345601" }, 0 },
};

START_TEST(mr_wang_is_the_one_wang_of_that_phone)
{
	static const char *const id[] = { "K1", "K2", "K3", "K4" };
	struct people *p = people_new();
	struct people_pair *pair;
	size_t n;

	for (size_t i = 0; i < 4 && titles[_i].phone[i]; i++) {
		uint32_t r = customer(p, id[i]);

		people_tell(p, r, PEOPLE_NAME, text_of(titles[_i].name[i]));
		people_tell(p, r, PEOPLE_PHONE, text_of(titles[_i].phone[i]));
	}
	people_finish(p);
	pair = people_titles(p, &n);
	ck_assert_uint_eq(n, titles[_i].n);
	if (n) {
		ck_assert_uint_eq(pair[0].a, 0);
		ck_assert_uint_eq(pair[0].b, 1);
	}
	free(pair);
	people_free(p);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("people");
	TCase *t = tcase_create("people");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(t, a_cell_comes_to_this, 0, NELEMS(facts));
	tcase_add_test(t, records_stand_in_order_and_sets_too);
	tcase_add_test(t, who_has_two_proofs_has_none);
	tcase_add_test(t, a_whole_phone_has_the_ends_of_a_masked_one);
	tcase_add_loop_test(t, a_car_is_sold_between_strangers, 0,
			    NELEMS(drivers));
	tcase_add_loop_test(t, mr_wang_is_the_one_wang_of_that_phone, 0,
			    NELEMS(titles));
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
