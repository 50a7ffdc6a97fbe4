/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Value less cost, by hand. */
#include <check.h>
#include <stdlib.h>

#include "model/delivered.h"

static void asks(struct delivered *d, const char *question, const char *item,
		 enum delivered_side side, double low, double high,
		 enum delivered_fault wanted)
{
	ck_assert_int_eq(delivered_ask(d, text_of(question), text_of(item),
				       side, low, high),
			 wanted);
}

/* Quality 1..5, and a price of which 1..5 says how cheap it is. */
static struct delivered *shop(void)
{
	struct delivered *d = delivered_new();

	asks(d, "quality", "product", DELIVERED_VALUE, 1, 5, DELIVERED_FINE);
	asks(d, "looks", "product", DELIVERED_VALUE, 0, 10, DELIVERED_FINE);
	asks(d, "cheap", "money", DELIVERED_COST, 5, 1, DELIVERED_FINE);
	asks(d, "wait", "time", DELIVERED_COST, 1, 5, DELIVERED_FINE);
	return d;
}

static void says(struct delivered *d, size_t group, const char *response,
		 const char *question, double score)
{
	size_t q = delivered_question(d, text_of(question));

	ck_assert(delivered_on_scale(d, q, score));
	delivered_add(d, group, text_of(response), q, score);
}

static void is(const struct pairs *p, uint64_t n, double mean)
{
	ck_assert_uint_eq(p->n, n);
	ck_assert_double_eq_tol(pairs_mean_x(p), mean, 1e-9);
}

START_TEST(places_are_from_the_low_end_to_the_high_one)
{
	struct delivered *d = shop();
	struct delivered_group *g;

	says(d, 0, "1", "quality", 4);
	says(d, 0, "1", "cheap", 4);
	g = delivered_finish(d, 1);
	is(&g->item[0], 1, 75);
	is(&g->item[1], 1, 25);
	is(&g->side[DELIVERED_VALUE], 1, 75);
	is(&g->side[DELIVERED_COST], 1, 25);
	ck_assert_double_eq(pairs_difference(&g->net).value, 50);
	ck_assert_uint_eq(g->items[DELIVERED_VALUE], 1);
	ck_assert_uint_eq(g->items[DELIVERED_COST], 1);
	free(g);
	delivered_free(d);
}
END_TEST

START_TEST(two_questions_of_an_item_are_their_mean)
{
	struct delivered *d = shop();
	struct delivered_group *g;

	says(d, 0, "1", "quality", 5);
	says(d, 0, "1", "looks", 5);
	g = delivered_finish(d, 1);
	is(&g->item[0], 1, 75);
	free(g);
	delivered_free(d);
}
END_TEST

START_TEST(sums_are_of_complete_responses)
{
	struct delivered *d = shop();
	struct delivered_group *g;

	says(d, 1, "1", "quality", 5);
	says(d, 1, "1", "wait", 2);
	says(d, 1, "2", "quality", 1);
	/* The same id in another group is another response. */
	says(d, 0, "2", "wait", 5);
	g = delivered_finish(d, 2);
	is(&g[1].item[0], 2, 50);
	is(&g[1].net, 1, 100);
	ck_assert_double_eq(pairs_difference(&g[1].net).value, 75);
	ck_assert_uint_eq(g[0].items[DELIVERED_VALUE], 0);
	is(&g[0].side[DELIVERED_COST], 1, 100);
	free(g);
	delivered_free(d);
}
END_TEST

START_TEST(what_is_no_scale_or_twice_there_is_refused)
{
	struct delivered *d = shop();
	char name[8] = "item a";

	asks(d, "quality", "staff", DELIVERED_VALUE, 1, 5, DELIVERED_TWICE);
	asks(d, "price", "money", DELIVERED_VALUE, 1, 5, DELIVERED_TWO_SIDES);
	asks(d, "price", "money", DELIVERED_COST, 5, 5, DELIVERED_NO_SCALE);
	asks(d, "price", "money", DELIVERED_COST, 0, 1e9, DELIVERED_NO_SCALE);
	for (int i = 0; i < DELIVERED_ITEMS - 3; i++) {
		name[5] = (char)('A' + i);
		asks(d, name, name, DELIVERED_VALUE, 0, 1, DELIVERED_FINE);
	}
	asks(d, "price", "new", DELIVERED_COST, 1, 5, DELIVERED_TOO_MANY);
	asks(d, "price", "money", DELIVERED_COST, 1, 5, DELIVERED_FINE);
	ck_assert(!delivered_on_scale(d, 0, 5.5));
	ck_assert(!delivered_on_scale(d, 2, 0));
	ck_assert_double_eq(delivered_scale_max(d, 2), 5);
	delivered_free(d);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("delivered");
	TCase *c = tcase_create("delivered");
	SRunner *runner;
	int failed;

	tcase_add_test(c, places_are_from_the_low_end_to_the_high_one);
	tcase_add_test(c, two_questions_of_an_item_are_their_mean);
	tcase_add_test(c, sums_are_of_complete_responses);
	tcase_add_test(c, what_is_no_scale_or_twice_there_is_refused);
	suite_add_tcase(suite, c);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
