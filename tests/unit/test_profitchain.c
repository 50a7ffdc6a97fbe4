/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The links of the service-profit chain, and what is known of them. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "model/profitchain.h"

/* A unit of two answers of the staff, three of customers, ten customers. */
static struct profitchain_unit unit(double staff, double score, uint64_t back,
				    int64_t margin)
{
	struct profitchain_unit u = { .customers = 10,
				      .repeating = back,
				      .margins = 12,
				      .margin = margin };

	for (int i = 0; i < 2; i++)
		ck_assert(pairs_add(&u.staff, staff, 0));
	for (int i = -1; i <= 1; i++)
		ck_assert(pairs_add(&u.answers, score + i, 0));
	return u;
}

START_TEST(figures_of_a_unit)
{
	struct profitchain_unit u = unit(4.5, 3, 4, -123450);

	ck_assert_double_eq(profitchain_figure(&u, PROFITCHAIN_STAFF, 2), 4.5);
	ck_assert_double_eq(profitchain_figure(&u, PROFITCHAIN_CUSTOMERS, 2),
			    3);
	ck_assert_double_eq(profitchain_figure(&u, PROFITCHAIN_LOYALTY, 2),
			    0.4);
	ck_assert_double_eq(profitchain_figure(&u, PROFITCHAIN_PROFIT, 2),
			    -123.45);
}
END_TEST

START_TEST(what_is_not_known)
{
	struct profitchain_unit u = unit(4.5, 3, 4, 100), none = { 0 };

	ck_assert(isnan(profitchain_figure(&u, PROFITCHAIN_STAFF, 3)));
	ck_assert(!isnan(profitchain_figure(&u, PROFITCHAIN_CUSTOMERS, 3)));
	for (int k = 0; k < PROFITCHAIN_LINKS; k++)
		ck_assert(isnan(profitchain_figure(
			&none, (enum profitchain_link)k, 1)));
	u.margins = 0;
	ck_assert(isnan(profitchain_figure(&u, PROFITCHAIN_PROFIT, 1)));
}
END_TEST

/* The scores of test_correlate.c, at which R found r = 0.859776058227. */
START_TEST(a_step_correlates_neighbours)
{
	struct profitchain_unit u[] = {
		unit(4.1, 8.2, 5, 9), unit(3.6, 7.9, 4, 8),
		unit(4.5, 9.1, 3, 7), unit(3.9, 7.1, 2, 6),
		unit(4.4, 8.8, 1, 5), unit(3.2, 7.0, 0, 4),
	};
	struct correlation c;

	c = profitchain_step(u, 6, PROFITCHAIN_STAFF, 1);
	ck_assert_uint_eq(c.n, 6);
	ck_assert(fabs(c.r - 0.859776058227) < 1e-11);
	c = profitchain_step(u, 6, PROFITCHAIN_STAFF, 3);
	ck_assert_uint_eq(c.n, 0);
	c = profitchain_step(u, 6, PROFITCHAIN_LOYALTY, 3);
	ck_assert(fabs(c.r - 1) < 1e-12);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("profitchain");
	TCase *t = tcase_create("profitchain");
	SRunner *runner;
	int failed;

	tcase_add_test(t, figures_of_a_unit);
	tcase_add_test(t, what_is_not_known);
	tcase_add_test(t, a_step_correlates_neighbours);
	suite_add_tcase(s, t);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
