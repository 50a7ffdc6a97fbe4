/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bills as lines: they sum to what was paid, to the fen. */
#include <check.h>
#include <limits.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "canon/bill.h"

#define NO INT64_MIN		/* amount not known */

static const struct {
	/* labour, parts, outsourced, other, discount, receivable, paid,
	 * unpaid */
	int64_t fen[BILL_AMOUNTS];
	const char *lines;	/* category:fen and so on */
} cases[] = {
	{ { 300, 700, NO, NO, NO, NO, 1000, NO }, "labour:300 parts:700" },
	{ { 300, 700, NO, NO, 100, NO, 900, NO },
	  "labour:300 parts:700 discount:-100" },
	{ { 300, 700, NO, NO, 100, NO, 850, NO },
	  "labour:300 parts:700 discount:-100 remainder:-50" },
	/* items net of the discount already */
	{ { 300, 600, NO, NO, 100, NO, 900, NO }, "labour:300 parts:600" },
	{ { 300, 700, NO, NO, NO, NO, 1200, NO },
	  "labour:300 parts:700 remainder:200" },
	{ { 300, 0, 50, 25, NO, NO, 375, NO },
	  "labour:300 outsourced:50 other:25" },
	{ { 300, 700, NO, NO, NO, 1000, NO, NO }, "labour:300 parts:700" },
	{ { 300, 700, NO, NO, NO, 1000, 600, 400 }, "labour:300 parts:700" },
	/* paid counts before what was asked for */
	{ { 300, 700, NO, NO, NO, 1000, 900, NO },
	  "labour:300 parts:700 remainder:-100" },
	/* nothing but items */
	{ { 300, 700, NO, NO, 100, NO, NO, NO },
	  "labour:300 parts:700 discount:-100" },
	{ { NO, NO, NO, NO, NO, NO, 500, NO }, "remainder:500" },
	{ { NO, NO, NO, NO, 20, 500, NO, NO }, "remainder:500" },
	{ { NO, NO, NO, NO, NO, NO, 0, NO }, ":0" },
	{ { 0, 0, NO, NO, NO, NO, 0, NO }, ":0" },
	{ { -300, -700, NO, NO, NO, NO, -1000, NO },
	  "labour:-300 parts:-700" },
	/* nothing known */
	{ { NO, NO, NO, NO, NO, NO, NO, NO }, "" },
	{ { NO, NO, NO, NO, 10, NO, NO, NO }, "" },
	/* does not fit */
	{ { INT64_MAX, 1, NO, NO, NO, NO, NO, NO }, "" },
	{ { NO, NO, NO, NO, NO, NO, INT64_MAX, 1 }, "" },
};

static struct bill bill_of(const int64_t *fen)
{
	struct bill b = { 0 };

	for (size_t i = 0; i < BILL_AMOUNTS; i++) {
		b.known[i] = fen[i] != NO;
		b.fen[i] = b.known[i] ? fen[i] : 0;
	}
	return b;
}

START_TEST(a_bill_has_these_lines)
{
	struct bill b = bill_of(cases[_i].fen);
	struct bill_line lines[BILL_LINES];
	struct buf got = { 0 };
	size_t n = bill_lines(&b, lines);

	for (size_t i = 0; i < n; i++)
		buf_addf(&got, "%s%s:%lld", i ? " " : "", lines[i].category,
			 (long long)lines[i].fen);
	ck_assert_str_eq(got.p ? got.p : "", cases[_i].lines);
	buf_release(&got);
}
END_TEST

START_TEST(lines_sum_to_what_was_paid)
{
	uint64_t seed = 1;

	for (int round = 0; round < 100000; round++) {
		int64_t fen[BILL_AMOUNTS], sum = 0;
		struct bill_line lines[BILL_LINES];
		struct bill b;
		size_t n;

		for (size_t i = 0; i < BILL_AMOUNTS; i++) {
			seed = seed * 6364136223846793005u +
			       1442695040888963407u;
			fen[i] = seed >> 62 ? (int64_t)(seed >> 33) % 100000 : NO;
		}
		fen[BILL_PAID] = (int64_t)(seed >> 40) - 1000000;
		b = bill_of(fen);
		n = bill_lines(&b, lines);
		ck_assert_uint_ge(n, 1);
		ck_assert_uint_le(n, BILL_LINES);
		for (size_t i = 0; i < n; i++)
			sum += lines[i].fen;
		ck_assert_int_eq(sum, b.fen[BILL_PAID] + b.fen[BILL_UNPAID]);
	}
}
END_TEST

START_TEST(a_counter_sells_parts)
{
	struct bill b = { 0 };
	struct bill_line lines[BILL_LINES];

	b.known[BILL_PARTS] = b.known[BILL_PAID] = true;
	b.fen[BILL_PARTS] = 100;
	b.fen[BILL_PAID] = 90;
	ck_assert_uint_eq(bill_lines(&b, lines), 2);
	ck_assert_str_eq(lines[0].kind, "parts");
	ck_assert_str_eq(lines[1].kind, "parts");
	b.known[BILL_LABOUR] = true;
	ck_assert_uint_eq(bill_lines(&b, lines), 2);
	ck_assert_str_eq(lines[1].kind, "service");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bill");
	TCase *tc = tcase_create("bill");
	SRunner *sr = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tc, a_bill_has_these_lines, 0, NELEMS(cases));
	tcase_add_test(tc, lines_sum_to_what_was_paid);
	tcase_add_test(tc, a_counter_sells_parts);
	suite_add_tcase(suite, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? 1 : 0;
}
