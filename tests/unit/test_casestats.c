/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Response and dwell times of single cases, how they ended, repetition. */
#include <check.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "canon/workflow_json.h"
#include "model/casestats.h"

#define ZONE 480
#define MINUTE INSTANT_MINUTE
#define HOUR (60 * MINUTE)

static struct workflow *workflow;
static struct casework *cw;

/* Without a calendar all time is working time, but for pauses. */
static void setup(void)
{
	workflow = workflow_json_read("seven-step");
	cw = casework_new(workflow, NULL);
}

static void teardown(void)
{
	casework_free(cw);
	workflow_free(workflow);
}

static void take(const char *id, const char *at, const char *event)
{
	struct casework_event ev = {
		.case_id = text_of(id), .event = text_of(event),
		.zone_minutes = ZONE, .due = CASEWORK_NO_TIME,
	};
	int state;

	ck_assert(instant_parse(text_of(at), ZONE, &ev.at));
	ck_assert_int_eq(casework_add(cw, &ev, &state), CASEWORK_FINE);
}

static struct casework_case the_case(const char *id)
{
	size_t i;

	ck_assert(casework_find(cw, text_of(id), &i));
	return casework_case(cw, i, (struct casework_when){ .today = 0 });
}

/* Opened at 9, a note at 9:30, judged at 10: a response after 60 minutes, of
 * which the pause from 9:40 to 9:50 is no work. */
static void one_case(const char *id)
{
	take(id, "2025-10-03T09:00", "receive");
	take(id, "2025-10-03T09:30", "note");
	take(id, "2025-10-03T09:40", "pause");
	take(id, "2025-10-03T09:50", "resume");
	take(id, "2025-10-03T10:00", "judge_valid");
	take(id, "2025-10-03T12:00", "assign");
}

START_TEST(the_response_is_the_first_event_that_moves)
{
	struct casestats *s = casestats_watch(cw, workflow, NULL, false);
	struct casestats_response r;

	take("C0", "2025-10-03T09:00", "receive");
	take("C0", "2025-10-03T09:30", "note");
	one_case("C1");
	r = casestats_response(s, 0);
	ck_assert(!r.given);
	r = casestats_response(s, 1);
	ck_assert(r.given);
	ck_assert_int_eq(r.elapsed, 60 * MINUTE);
	ck_assert_int_eq(r.working, 50 * MINUTE);
	casestats_free(s);
}
END_TEST

START_TEST(the_response_may_be_an_event_by_name)
{
	bool *note = mem_zalloc((size_t)workflow_events(workflow), 1);
	struct casestats *s;

	note[workflow_find_event(workflow, TEXT("note"))] = true;
	s = casestats_watch(cw, workflow, note, false);
	one_case("C1");
	ck_assert(casestats_response(s, 0).given);
	ck_assert_int_eq(casestats_response(s, 0).elapsed, 30 * MINUTE);
	casestats_free(s);
	free(note);
}
END_TEST

static struct casestats_dwell dwell(const struct casestats *s, size_t i,
				    const char *state)
{
	return casestats_dwell(s, i, workflow_find_state(workflow,
							 text_of(state)));
}

/* Stays in a state are added up; the one that lasts is not over. */
START_TEST(stays_add_up_to_the_whole)
{
	struct casestats *s = casestats_watch(cw, workflow, NULL, true);

	one_case("C1");
	take("C1", "2025-10-03T13:00", "analyse");
	take("C1", "2025-10-03T14:00", "propose");
	take("C1", "2025-10-03T15:00", "return");
	take("C1", "2025-10-03T17:00", "propose");
	take("C1", "2025-10-03T18:00", "withdraw");
	take("C1", "2025-10-05T18:00", "reopen");
	ck_assert_int_eq(dwell(s, 0, "received").elapsed, HOUR);
	ck_assert_int_eq(dwell(s, 0, "received").working, 50 * MINUTE);
	ck_assert_uint_eq(dwell(s, 0, "received").stays, 1);
	ck_assert_int_eq(dwell(s, 0, "analysed").elapsed, 3 * HOUR);
	ck_assert_uint_eq(dwell(s, 0, "analysed").stays, 2);
	ck_assert_uint_eq(dwell(s, 0, "proposed").stays, 2);
	ck_assert_uint_eq(dwell(s, 0, "approved").stays, 0);
	ck_assert_int_eq(dwell(s, 0, "withdrawn").elapsed, 48 * HOUR);
	ck_assert_int_eq(dwell(s, 0, "withdrawn").working, 0);
	casestats_free(s);
}
END_TEST

START_TEST(cases_do_not_mix)
{
	struct casestats *s = casestats_watch(cw, workflow, NULL, true);

	take("C2", "2025-10-03T08:00", "receive");
	one_case("C1");
	take("C2", "2025-10-04T08:00", "judge_valid");
	ck_assert_int_eq(casestats_response(s, 0).elapsed, 24 * HOUR);
	ck_assert_int_eq(casestats_response(s, 1).elapsed, HOUR);
	ck_assert_int_eq(dwell(s, 0, "received").elapsed, 24 * HOUR);
	casestats_free(s);
}
END_TEST

START_TEST(in_time_is_known_when_closed_or_late)
{
	struct casework_case k = { .due = CASEWORK_NO_TIME,
				   .closed_at = CASEWORK_NO_TIME };

	ck_assert_int_eq(casestats_verdict(&k), CASESTATS_UNKNOWN);
	k.due = 5;
	ck_assert_int_eq(casestats_verdict(&k), CASESTATS_UNKNOWN);
	k.overdue = true;
	ck_assert_int_eq(casestats_verdict(&k), CASESTATS_LATE);
	k.closed_at = 6;
	ck_assert_int_eq(casestats_verdict(&k), CASESTATS_LATE);
	k.overdue = false;
	ck_assert_int_eq(casestats_verdict(&k), CASESTATS_WITHIN);
}
END_TEST

/* Withdrawn within a minute, then reopened and withdrawn again. */
START_TEST(a_case_ends_on_the_spot_or_later_or_not_solved)
{
	bool none[WORKFLOW_MAX] = { false };
	bool withdrawn[WORKFLOW_MAX] = { false };
	struct casework_case k;

	withdrawn[workflow_find_state(workflow, TEXT("withdrawn"))] = true;
	take("C1", "2025-10-03T09:00", "receive");
	k = the_case("C1");
	ck_assert_int_eq(casestats_outcome(&k, none, HOUR),
			 CASESTATS_UNSOLVED);
	take("C1", "2025-10-03T10:00", "withdraw");
	k = the_case("C1");
	ck_assert_int_eq(casestats_outcome(&k, none, HOUR),
			 CASESTATS_ON_SPOT);
	ck_assert_int_eq(casestats_outcome(&k, none, HOUR - 1),
			 CASESTATS_SOLVED);
	ck_assert_int_eq(casestats_outcome(&k, withdrawn, HOUR),
			 CASESTATS_UNSOLVED);
	take("C1", "2025-10-03T10:00", "reopen");
	take("C1", "2025-10-03T10:00", "withdraw");
	k = the_case("C1");
	ck_assert_int_eq(casestats_outcome(&k, none, HOUR), CASESTATS_SOLVED);
}
END_TEST

/* 5 customers with 1, 3, 0, 2 and 1 cases. */
START_TEST(repeaters_have_so_many_cases)
{
	const uint32_t at[] = { 1, 3, 0, 2, 1 };
	struct casestats_repeats r = casestats_repeats(at, NELEMS(at), 2);

	ck_assert_uint_eq(r.customers, 4);
	ck_assert_uint_eq(r.cases, 7);
	ck_assert_uint_eq(r.repeaters, 2);
	ck_assert_uint_eq(r.repeated, 5);
	r = casestats_repeats(at, NELEMS(at), 1);
	ck_assert_uint_eq(r.repeaters, 4);
	r = casestats_repeats(at, NELEMS(at), 4);
	ck_assert_uint_eq(r.repeaters, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("casestats");
	TCase *tc = tcase_create("casestats");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_response_is_the_first_event_that_moves);
	tcase_add_test(tc, the_response_may_be_an_event_by_name);
	tcase_add_test(tc, stays_add_up_to_the_whole);
	tcase_add_test(tc, cases_do_not_mix);
	tcase_add_test(tc, in_time_is_known_when_closed_or_late);
	tcase_add_test(tc, a_case_ends_on_the_spot_or_later_or_not_solved);
	tcase_add_test(tc, repeaters_have_so_many_cases);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
