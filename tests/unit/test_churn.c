/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leaky bucket. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/churn.h"

static int32_t day(const char *iso)
{
	int32_t d;

	ck_assert(day_parse(text_of(iso), &d));
	return d;
}

static struct day_range month(const char *label)
{
	struct day_range r;

	ck_assert(day_period(text_of(label), 0, &r));
	return r;
}

/* By hand, with twelve months:
 *	0 bought in 2024-09 only		active until 2025-09, lost in it
 *	1 bought first in 2025-10		new in October
 *	2 bought in 2023-01 and 2025-10		returned in October
 *	3 bought in 2024-10-31 and 2025-10-31	stays
 *	4 bought on 2024-10-31 only		still active on 2025-10-31,
 *						the window's first day
 *	5 bought on 2024-10-30 only		lost in October */
static const struct {
	uint32_t customer;
	const char *day;
} log_of[] = {
	{ 3, "2025-10-31" }, { 0, "2024-09-15" }, { 1, "2025-10-02" },
	{ 2, "2023-01-05" }, { 2, "2025-10-20" }, { 3, "2024-10-31" },
	{ 4, "2024-10-31" }, { 5, "2024-10-30" }, { 1, "2025-10-09" },
	{ 1, "2025-11-09" },
};

static size_t fill(struct churn_event *e)
{
	for (size_t i = 0; i < NELEMS(log_of); i++)
		e[i] = (struct churn_event){ log_of[i].customer,
					     day(log_of[i].day), 0, false };
	return NELEMS(log_of);
}

START_TEST(customers_come_stay_and_leave)
{
	struct churn_event e[NELEMS(log_of)];
	struct day_range months[] = { month("2025-09"), month("2025-10") };
	struct churn c[2];

	churn_count(e, fill(e), months, 2, 12, c);
	ck_assert_uint_eq(c[0].opening, 4);	/* 0 3 4 5 */
	ck_assert_uint_eq(c[0].lost, 1);	/* 0 */
	ck_assert_uint_eq(c[0].closing, 3);
	ck_assert_uint_eq(c[1].opening, 3);	/* 3 4 5 */
	ck_assert_uint_eq(c[1].fresh, 1);	/* 1 */
	ck_assert_uint_eq(c[1].returned, 1);	/* 2 */
	ck_assert_uint_eq(c[1].lost, 1);	/* 5 */
	ck_assert_uint_eq(c[1].closing, 4);	/* 1 2 3 4 */
}
END_TEST

START_TEST(the_bucket_balances)
{
	struct churn_event e[400];
	struct day_range months[24];
	struct churn c[24];
	uint32_t seed = (uint32_t)_i * 7919 + 1;
	money_wide all = 0;

	for (size_t i = 0; i < NELEMS(e); i++) {
		seed = seed * 1664525u + 1013904223u;
		e[i] = (struct churn_event){
			.customer = (seed >> 8) % 60,
			.day = day("2022-01-01") +
			       (int32_t)((seed >> 4) % 1500),
			.fen = 100 + (int64_t)i,
			.refund = i % 11 == 0,
		};
		if (e[i].day >= day("2024-01-01") &&
		    e[i].day <= day("2025-12-31"))
			all += e[i].fen;
	}
	for (int32_t i = 0; i < 24; i++) {
		int32_t first = day_add_months(day("2024-01-01"), i);
		months[i] = (struct day_range){ first,
						day_add_months(first, 1) - 1 };
	}
	churn_count(e, NELEMS(e), months, 24, 6, c);
	for (size_t i = 0; i < 24; i++) {
		ck_assert_uint_eq(c[i].closing + c[i].lost,
				  c[i].opening + c[i].fresh + c[i].returned);
		if (i > 0)
			ck_assert_uint_eq(c[i].opening, c[i - 1].closing);
		ck_assert(c[i].existing <= c[i].income);
		all -= c[i].income;
	}
	ck_assert(all == 0);
}
END_TEST

START_TEST(rates_are_as_the_lecture_has_them)
{
	const struct churn c = { .opening = 200, .lost = 20 }, none = { 0 };

	ck_assert_double_eq(churn_rate(&c), 0.1);
	ck_assert(isnan(churn_rate(&none)));
	/* .9^5 = .59 are left after five years, half after 6.58; to lose half
	 * in five years takes 12.94 % */
	ck_assert_double_le(fabs(churn_half_life(0.1) - 6.5788), 1e-4);
	ck_assert_double_le(fabs(churn_half_life(0.1294494367) - 5), 1e-8);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("churn");
	TCase *tc = tcase_create("churn");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, rates_are_as_the_lecture_has_them);
	tcase_add_test(tc, customers_come_stay_and_leave);
	tcase_add_loop_test(tc, the_bucket_balances, 0, 20);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
