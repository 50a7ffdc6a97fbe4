/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts of money. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"

#define REFUSED INT64_C(-987654321)

static int64_t parsed(struct text t)
{
	int64_t fen = REFUSED;

	if (!money_parse(t, &fen))
		ck_assert_int_eq(fen, REFUSED); /* left as it was */
	return fen;
}

static const struct {
	const char *text;
	int64_t fen;
} amounts[] = {
	{ "0", 0 },
	{ "-0", 0 },
	{ "+0", 0 },
	{ "-0.00", 0 },
	{ "-0.004", 0 },
	{ "1", 100 },
	{ "+1", 100 },
	{ "-5.00", -500 },
	{ "0.1", 10 },
	{ "0.01", 1 },
	{ "007", 700 },
	{ "1234.50", 123450 },
	/* more than two decimals: half away from zero */
	{ "1.005", 101 },
	{ "-1.005", -101 },
	{ "1.004999999999999999999999", 100 },
	{ "-1.0049", -100 },
	{ "2.675", 268 },
	{ "0.995", 100 },
	{ "9.9999999999999999999", 1000 },
	/* the edges of 64 bits */
	{ "92233720368547758.07", INT64_MAX },
	{ "92233720368547758.074", INT64_MAX },
	{ "-92233720368547758.08", INT64_MIN },
	{ "-92233720368547758.084", INT64_MIN },
	{ "92233720368547758.08", REFUSED },
	{ "92233720368547758.075", REFUSED },
	{ "-92233720368547758.085", REFUSED },
	{ "-92233720368547758.09", REFUSED },
	{ "99999999999999999", REFUSED },
	{ "92233720368547759", REFUSED },
	{ "184467440737095516.16", REFUSED },	/* 2^64 fen */
	{ "184467440737095516.17", REFUSED },
	{ "18446744073709551616", REFUSED },
	{ "1e2", REFUSED },
	{ "99999999999999999999999999999999999", REFUSED },
	{ "00000000000000000000000000000012.30", 1230 },
	{ "12345678901234.56", INT64_C(1234567890123456) },
	{ "123456789012345.6", INT64_C(12345678901234560) },
	{ "12345678901234567", INT64_C(1234567890123456700) },
	{ "1234567890123456.7", INT64_C(123456789012345670) },
	/* no amounts */
	{ "", REFUSED },
	{ "-", REFUSED },
	{ "+", REFUSED },
	{ ".", REFUSED },
	{ "-.", REFUSED },
	{ ".5", REFUSED },
	{ "5.", REFUSED },
	{ "--5", REFUSED },
	{ "+-5", REFUSED },
	{ "5-", REFUSED },
	{ "1.2.3", REFUSED },
	{ "1..2", REFUSED },
	{ "1,234.50", REFUSED },
	{ "1.234,50", REFUSED },
	{ "1,2,3", REFUSED },
	{ "12abc", REFUSED },
	{ "1.2x", REFUSED },
	{ "1.23x", REFUSED },
	{ "1.234x", REFUSED },
	{ "1.23456789012345678901x", REFUSED },
	{ "0x10", REFUSED },
	{ "1e400", REFUSED },
	{ "NaN", REFUSED },
	{ "Infinity", REFUSED },
	{ " 1", REFUSED },
	{ "1 ", REFUSED },
	{ "(12.50)", REFUSED },
	{ "¥1234.50", REFUSED },
	{ "１２３", REFUSED },
	{ "12元", REFUSED },
	{ "1\xb2", REFUSED },
};

START_TEST(amounts_are_read_or_refused)
{
	ck_assert_msg(parsed(text_of(amounts[_i].text)) == amounts[_i].fen,
		      "%s: %lld", amounts[_i].text,
		      (long long)parsed(text_of(amounts[_i].text)));
}
END_TEST

START_TEST(a_nul_or_nothing_is_no_amount)
{
	ck_assert_int_eq(parsed((struct text){ NULL, 0 }), REFUSED);
	ck_assert_int_eq(parsed((struct text){ "1\0", 2 }), REFUSED);
	ck_assert_int_eq(parsed((struct text){ "1.0\0", 4 }), REFUSED);
}
END_TEST

START_TEST(nothing_is_read_past_the_slice)
{
	static const char amount[] = "-92233720368547758.075";

	for (size_t n = 0; n < sizeof(amount); n++) {
		char *s = mem_alloc(n, 1);
		int64_t fen;

		memcpy(s, amount, n);
		money_parse((struct text){ s, n }, &fen);
		free(s);
	}
}
END_TEST

/* Digits, a point, two digits: the plain way to read them. */
static int64_t slowly(struct text t)
{
	int64_t v = 0;

	for (size_t i = 0; i < t.n; i++) {
		bool point = i + 3 == t.n;

		if (point ? t.p[i] != '.' : t.p[i] < '0' || t.p[i] > '9')
			return REFUSED;
		v = point ? v : v * 10 + (t.p[i] - '0');
	}
	return v;
}

/* However long an amount is, whatever byte stands wherever in it; a point in
 * another place, or none, is not asked about here. */
START_TEST(amounts_of_every_length_are_read_alike)
{
	static const char amount[] = "98765432109876.54";

	for (size_t n = 4; n < sizeof(amount); n++)
		for (size_t at = 0; at < n; at++)
			for (int byte = 0; byte < 256; byte++) {
				char *s = mem_alloc(n, 1);
				struct text t = { s, n };

				memcpy(s, amount + sizeof(amount) - 1 - n, n);
				s[at] = (char)byte;
				if (strchr("+-.", byte) == NULL &&
				    at + 3 != n)
					ck_assert_int_eq(parsed(t), slowly(t));
				else
					parsed(t);
				free(s);
			}
}
END_TEST

static const struct {
	int64_t fen;
	const char *text;
} shown[] = {
	{ 0, "0.00" },
	{ 1, "0.01" },
	{ -1, "-0.01" },
	{ 10, "0.10" },
	{ 123450, "1234.50" },
	{ -100, "-1.00" },
	{ INT64_MAX, "92233720368547758.07" },
	{ INT64_MIN, "-92233720368547758.08" },
};

START_TEST(amounts_have_two_decimals)
{
	char s[MONEY_MAX_BYTES];
	struct text t = { s, money_format(shown[_i].fen, s) };

	ck_assert_msg(text_is(t, shown[_i].text), "%.*s", (int)t.n, t.p);
	ck_assert_uint_lt(t.n, MONEY_MAX_BYTES);
	ck_assert_int_eq(parsed(t), shown[_i].fen);
}
END_TEST

START_TEST(an_amount_comes_back_from_its_text)
{
	uint64_t v = 1;

	for (int i = 0; i < 200000; i++) {
		char s[MONEY_MAX_BYTES];
		/* every magnitude: a random number shifted at random */
		v = v * UINT64_C(6364136223846793005) + 1442695040888963407;
		int64_t fen = (int64_t)v >> (v >> 58);
		struct text t = { s, money_format(fen, s) };

		ck_assert_int_eq(parsed(t), fen);
	}
}
END_TEST

static const struct {
	int64_t numerator, denominator;
	const char *text;
} shares[] = {
	{ 0, 1, "0.000000" },	      { 1, 1, "1.000000" },
	{ 1, 3, "0.333333" },	      { -2, 3, "-0.666667" },
	{ 1, 2000000, "0.000001" },   { -1, 2000001, "0.000000" },
	{ 12345678, 10, "1234567.800000" },
	{ 92233720, 1, "92233720.000000" },
	{ INT64_MIN, 1000000, "-9223372036854.775808" },
	{ 1, 0, "" },		      { 1, -1, "" },
	{ INT64_MAX, 1, "" },
};

START_TEST(shares_have_six_decimals)
{
	char s[MONEY_SHARE_BYTES];
	struct text t = { s, money_format_share(shares[_i].numerator,
						shares[_i].denominator, s) };

	ck_assert_msg(text_is(t, shares[_i].text), "%.*s", (int)t.n, t.p);
}
END_TEST

/* With divisions of 64 bits and of 128. */
START_TEST(a_ratio_is_the_same_however_wide)
{
	uint64_t v = 1;

	for (int i = 0; i < 100000; i++) {
		v = v * UINT64_C(6364136223846793005) + 1442695040888963407;
		int64_t a = (int64_t)v >> (v >> 58);
		v = v * UINT64_C(6364136223846793005) + 1442695040888963407;
		int64_t b = (int64_t)(v >> 1 >> (v >> 59)) + 1;
		money_wide scale = (money_wide)1 << 36;

		for (int decimals = 0; decimals <= 6; decimals += 3)
			ck_assert(money_ratio(a, b, decimals) ==
				  money_ratio(a * scale, b * scale, decimals));
	}
}
END_TEST

START_TEST(a_sum_that_overflows_is_refused_and_left)
{
	int64_t sum = INT64_MAX - 1;

	ck_assert(money_add(&sum, 1));
	ck_assert(!money_add(&sum, 1));
	ck_assert_int_eq(sum, INT64_MAX);
	ck_assert(money_add(&sum, INT64_MIN));
	ck_assert_int_eq(sum, -1);
	ck_assert(!money_add(&sum, INT64_MIN));
	ck_assert_int_eq(sum, -1);
}
END_TEST

START_TEST(a_wide_sum_is_narrowed_when_it_fits)
{
	money_wide wide = (money_wide)INT64_MAX + 1;
	int64_t fen = 7;

	ck_assert(!money_narrow(wide, &fen));
	ck_assert(!money_narrow(-wide - 1, &fen));
	ck_assert_int_eq(fen, 7);
	ck_assert(money_narrow(wide - 1, &fen) && fen == INT64_MAX);
	ck_assert(money_narrow(-wide, &fen) && fen == INT64_MIN);
}
END_TEST

static const struct {
	int64_t numerator, denominator;
	int decimals;
	int64_t ratio;
} ratios[] = {
	{ 0, 3, 6, 0 },
	{ 1, 3, 6, 333333 },
	{ 2, 3, 6, 666667 },
	{ -2, 3, 6, -666667 },
	{ -1, 3, 6, -333333 },
	{ 1, 2, 0, 1 },
	{ -1, 2, 0, -1 },
	{ 3, 2, 0, 2 },
	{ 1, 3, 0, 0 },
	{ 7, 7, 6, 1000000 },
	{ 1, 2000000, 6, 1 },
	{ 1, 2000001, 6, 0 },
	{ -1, 2000000, 6, -1 },
	{ 1, 8, 2, 13 },
	{ 12345, 100, 1, 1235 },
	{ INT64_MAX, 1, 0, INT64_MAX },
	{ INT64_MIN, 1, 0, INT64_MIN },
	{ INT64_MAX, INT64_MAX, 6, 1000000 },
	{ INT64_MIN, INT64_MAX, 6, -1000000 },
};

START_TEST(a_ratio_is_rounded_half_away_from_zero)
{
	money_wide r = money_ratio(ratios[_i].numerator,
				   ratios[_i].denominator, ratios[_i].decimals);

	ck_assert(r == ratios[_i].ratio);
}
END_TEST

START_TEST(a_ratio_of_wide_sums_does_not_overflow)
{
	money_wide big = ((money_wide)1 << 100) - 1;

	ck_assert(money_ratio(big, big, 6) == 1000000);
	ck_assert(money_ratio(-big, big, 6) == -1000000);
	ck_assert(money_ratio(big, 1, 6) == big * 1000000);
	/* a denominator near 2^127: 0.00000075 of it */
	ck_assert(money_ratio(big, big << 27, 6) == 0);
}
END_TEST

START_TEST(a_carried_sum_is_the_wide_one_in_any_order)
{
	static const int64_t fen[] = { INT64_MAX, INT64_MAX, -1,  INT64_MIN,
				       0,	  5,	     -7, INT64_MAX,
				       INT64_MIN, INT64_MIN, INT64_MIN };
	uint64_t low = 0, there_low = 0, back_low = 0;
	int32_t high = 0, there_high = 0, back_high = 0;
	money_wide sum = 0;

	for (size_t i = 0; i < NELEMS(fen); i++) {
		sum += fen[i];
		money_carry(&low, &high, fen[i]);
		ck_assert(money_carried(low, high) == sum);
	}
	/* In two parts, the other way round. */
	for (size_t i = NELEMS(fen); i-- > 0;)
		if (i % 2)
			money_carry(&there_low, &there_high, fen[i]);
		else
			money_carry(&back_low, &back_high, fen[i]);
	money_carry_sum(&there_low, &there_high, back_low, back_high);
	ck_assert(money_carried(there_low, there_high) == sum);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("money");
	TCase *t = tcase_create("money");

	tcase_add_loop_test(t, amounts_are_read_or_refused, 0, NELEMS(amounts));
	tcase_add_test(t, a_nul_or_nothing_is_no_amount);
	tcase_add_test(t, nothing_is_read_past_the_slice);
	tcase_add_test(t, amounts_of_every_length_are_read_alike);
	tcase_add_loop_test(t, amounts_have_two_decimals, 0, NELEMS(shown));
	tcase_add_test(t, an_amount_comes_back_from_its_text);
	tcase_add_loop_test(t, shares_have_six_decimals, 0, NELEMS(shares));
	tcase_add_test(t, a_ratio_is_the_same_however_wide);
	tcase_add_test(t, a_sum_that_overflows_is_refused_and_left);
	tcase_add_test(t, a_wide_sum_is_narrowed_when_it_fits);
	tcase_add_loop_test(t, a_ratio_is_rounded_half_away_from_zero, 0,
			    NELEMS(ratios));
	tcase_add_test(t, a_ratio_of_wide_sums_does_not_overflow);
	tcase_add_test(t, a_carried_sum_is_the_wide_one_in_any_order);
	suite_add_tcase(s, t);

	SRunner *sr = srunner_create(s);

	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);

	srunner_free(sr);
	return failed != 0;
}
