/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cases went through: pairs, variants, rework, and in whatever order. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/calendar_json.h"
#include "model/process.h"

static struct process *process;
static uint64_t order;

static void setup(void)
{
	process = process_new();
	order = 0;
}

static void teardown(void)
{
	process_free(process);
}

static void put(struct process *p, const char *id, const char *activity,
		int64_t hour, uint64_t at)
{
	ck_assert(process_add(p, text_of(id), text_of(activity),
			      hour * INSTANT_HOUR, at));
}

static void add(const char *id, const char *activity, int64_t hour)
{
	put(process, id, activity, hour, order++);
}

/* A letter an activity, an hour apart. */
static void way(const char *id, const char *letters)
{
	for (int64_t i = 0; letters[i]; i++)
		add(id, (char[]){ letters[i], '\0' }, i);
}

static const char *name(const struct process *p, uint32_t activity)
{
	static char words[4][8];
	static unsigned turn;
	char *to = words[turn++ % NELEMS(words)];

	if (activity == PROCESS_EDGE)
		return "";
	*text_put(to, process_name(p, activity)) = '\0';
	return to;
}

static const struct process_pair *pair(const char *from, const char *to)
{
	for (size_t i = 0; i < process_pairs(process); i++) {
		const struct process_pair *p = process_pair(process, i);

		if (strcmp(name(process, p->from), from) == 0 &&
		    strcmp(name(process, p->to), to) == 0)
			return p;
	}
	ck_abort_msg("no pair %s %s", from, to);
	return NULL;
}

static const struct process_activity *activity(const char *wanted)
{
	for (size_t i = 0; i < process_totals(process)->activities; i++) {
		const struct process_activity *a = process_activity(process, i);

		if (strcmp(name(process, a->activity), wanted) == 0)
			return a;
	}
	ck_abort_msg("no activity %s", wanted);
	return NULL;
}

START_TEST(pairs_count_steps_and_cases)
{
	way("1", "ABAB");
	way("2", "AB");
	process_finish(process, NULL);
	ck_assert_uint_eq(process_pairs(process), 4);
	ck_assert_uint_eq(pair("", "A")->count, 2);
	ck_assert_uint_eq(pair("A", "B")->count, 3);
	ck_assert_uint_eq(pair("A", "B")->cases, 2);
	ck_assert_uint_eq(pair("B", "A")->cases, 1);
	ck_assert_uint_eq(pair("B", "")->count, 2);
	ck_assert_uint_eq(process_totals(process)->transitions, 2);
	ck_assert_uint_eq(process_totals(process)->steps, 4);
	/* begins, steps by count, ends */
	ck_assert_ptr_eq(process_pair(process, 0), pair("", "A"));
	ck_assert_ptr_eq(process_pair(process, 1), pair("A", "B"));
	ck_assert_ptr_eq(process_pair(process, 3), pair("B", ""));
}
END_TEST

START_TEST(waits_have_exact_quantiles)
{
	const struct process_times *t;

	for (int64_t i = 1; i <= 4; i++) {
		char id[2] = { (char)('0' + i), '\0' };

		add(id, "A", 0);
		add(id, "B", i * i);
	}
	process_finish(process, NULL);
	t = &pair("A", "B")->wait;	/* 1, 4, 9, 16 */
	ck_assert(process_mean(t) == 7.5 * (double)INSTANT_HOUR);
	ck_assert(process_quantile(t, 500000) == 6.5 * (double)INSTANT_HOUR);
	ck_assert(process_quantile(t, 0) == (double)INSTANT_HOUR);
	ck_assert(process_quantile(t, PROCESS_ONE) ==
		  16.0 * (double)INSTANT_HOUR);
	/* 9 + 0.7 * 7, as R's quantile(c(1, 4, 9, 16), 0.9) */
	ck_assert_double_eq_tol(process_quantile(t, 900000) /
					(double)INSTANT_HOUR,
				13.9, 1e-12);
	ck_assert(isnan(process_mean(&pair("", "A")->wait)));
	ck_assert(isnan(process_quantile(&pair("", "A")->wait, 500000)));
}
END_TEST

START_TEST(working_time_is_that_of_the_calendar)
{
	struct calendar *calendar = calendar_json_read("business-hours", NULL);

	/* 1970-01-02 was a Friday: hours from 08:30 to 18:00, Sunday none */
	add("1", "A", 24 + 17);
	add("1", "B", 96 + 9);		/* Monday 09:00 */
	process_finish(process, calendar);
	ck_assert_int_eq(pair("A", "B")->wait.us[0], 64 * INSTANT_HOUR);
	ck_assert_int_eq(pair("A", "B")->working.us[0], 11 * INSTANT_HOUR);
	calendar_free(calendar);
}
END_TEST

START_TEST(time_orders_a_case_and_input_breaks_ties)
{
	add("1", "C", 2);
	add("1", "A", 1);
	add("1", "B", 1);
	add("2", "A", 1);
	process_finish(process, NULL);
	ck_assert_uint_eq(pair("A", "B")->count, 1);
	ck_assert_uint_eq(pair("B", "C")->count, 1);
	ck_assert_uint_eq(process_totals(process)->out_of_order, 1);
}
END_TEST

START_TEST(variants_are_ranked)
{
	way("1", "AB");
	way("2", "ABC");
	way("3", "AB");
	way("4", "AC");
	process_finish(process, NULL);
	ck_assert_uint_eq(process_variants(process), 3);
	ck_assert_uint_eq(process_variant(process, 0)->duration.n, 2);
	/* one each: the shorter first */
	ck_assert_uint_eq(process_variant(process, 1)->n, 2);
	ck_assert_uint_eq(process_variant(process, 2)->n, 3);
	ck_assert_str_eq(name(process,
			      process_variant(process, 1)->activity[1]), "C");
}
END_TEST

START_TEST(rework_tells_loops_apart)
{
	way("1", "AABACA");	/* again thrice: A A, A B A, A C A */
	way("2", "ABCA");	/* again once, by way of two others */
	way("3", "ABC");
	process_finish(process, NULL);
	ck_assert_uint_eq(activity("A")->events, 7);
	ck_assert_uint_eq(activity("A")->cases, 3);
	ck_assert_uint_eq(activity("A")->first, 3);
	ck_assert_uint_eq(activity("A")->last, 2);
	ck_assert_uint_eq(activity("A")->again, 4);
	ck_assert_uint_eq(activity("A")->again_cases, 2);
	ck_assert_uint_eq(activity("A")->itself, 1);
	ck_assert_uint_eq(activity("A")->one_between, 2);
	ck_assert_uint_eq(activity("A")->loop.n, 2);
	ck_assert_int_eq(activity("A")->loop.us[0], 3 * INSTANT_HOUR);
	ck_assert_int_eq(activity("A")->loop.us[1], 5 * INSTANT_HOUR);
	ck_assert_uint_eq(activity("B")->again, 0);
	ck_assert_uint_eq(process_totals(process)->reworked, 2);
}
END_TEST

START_TEST(nothing_in_gives_nothing_out)
{
	process_finish(process, NULL);
	ck_assert_uint_eq(process_totals(process)->cases, 0);
	ck_assert_uint_eq(process_pairs(process), 0);
	ck_assert_uint_eq(process_variants(process), 0);
}
END_TEST

static void same_times(const struct process_times *a,
		       const struct process_times *b)
{
	ck_assert_uint_eq(a->n, b->n);
	ck_assert(a->sum == b->sum);
	for (size_t i = 0; i < a->n; i++)
		ck_assert_int_eq(a->us[i], b->us[i]);
}

static void same_answers(const struct process *a, const struct process *b)
{
	ck_assert_uint_eq(process_pairs(a), process_pairs(b));
	for (size_t i = 0; i < process_pairs(a); i++) {
		const struct process_pair *x = process_pair(a, i);
		const struct process_pair *y = process_pair(b, i);

		ck_assert_str_eq(name(a, x->from), name(b, y->from));
		ck_assert_str_eq(name(a, x->to), name(b, y->to));
		ck_assert_uint_eq(x->count, y->count);
		ck_assert_uint_eq(x->cases, y->cases);
		same_times(&x->wait, &y->wait);
	}
	ck_assert_uint_eq(process_variants(a), process_variants(b));
	for (size_t i = 0; i < process_variants(a); i++)
		same_times(&process_variant(a, i)->duration,
			   &process_variant(b, i)->duration);
}

/* Every way of dealing the same events out to two lanes, and joining these in
 * either order, ends as when one lane had them all. */
START_TEST(events_may_be_joined_in_any_order)
{
	static const struct {
		const char *id, *activity;
		int64_t hour;
	} events[] = {
		{ "1", "A", 1 }, { "2", "A", 1 }, { "1", "B", 1 },
		{ "2", "C", 4 }, { "1", "A", 3 }, { "2", "B", 2 },
		{ "a case of a long name", "C", 0 }, { "1", "C", 3 },
	};

	for (size_t i = 0; i < NELEMS(events); i++)
		add(events[i].id, events[i].activity, events[i].hour);
	process_finish(process, NULL);
	for (unsigned deal = 0; deal < 1u << NELEMS(events); deal++) {
		struct process *lane[2] = { process_new(), process_new() };

		for (size_t i = 0; i < NELEMS(events); i++)
			put(lane[deal >> i & 1], events[i].id,
			    events[i].activity, events[i].hour, i);
		ck_assert(process_join(lane[0], lane[1]));
		process_finish(lane[0], NULL);
		same_answers(process, lane[0]);
		process_free(lane[0]);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("process");
	TCase *t = tcase_create("process");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_process");
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, pairs_count_steps_and_cases);
	tcase_add_test(t, waits_have_exact_quantiles);
	tcase_add_test(t, working_time_is_that_of_the_calendar);
	tcase_add_test(t, time_orders_a_case_and_input_breaks_ties);
	tcase_add_test(t, variants_are_ranked);
	tcase_add_test(t, rework_tells_loops_apart);
	tcase_add_test(t, nothing_in_gives_nothing_out);
	tcase_add_test(t, events_may_be_joined_in_any_order);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
