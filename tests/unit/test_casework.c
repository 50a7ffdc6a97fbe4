/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases from events: states, clocks, reopenings, and what is refused. */
#include <check.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/calendar_json.h"
#include "canon/workflow_json.h"
#include "model/casework.h"

#define ZONE 480

static struct workflow *workflow;
static struct calendar *calendar;
static struct casework *cw;

static const struct instant_change there = { INT64_MIN, ZONE };

static void setup(void)
{
	workflow = workflow_json_read("seven-step");
	calendar = calendar_json_read("business-hours", NULL);
	calendar_set_zone(calendar, &there, 1);
	cw = casework_new(workflow, calendar);
}

static void teardown(void)
{
	casework_free(cw);
	calendar_free(calendar);
	workflow_free(workflow);
}

static int64_t instant(const char *at)
{
	int64_t us;

	ck_assert(instant_parse(text_of(at), ZONE, &us));
	return us;
}

static enum casework_verdict add(const char *id, const char *at,
				 const char *event, const char *state)
{
	struct casework_event ev = {
		.case_id = text_of(id), .event = text_of(event),
		.at = instant(at), .zone_minutes = ZONE,
		.due = CASEWORK_NO_TIME,
	};
	int s;
	enum casework_verdict v = casework_add(cw, &ev, &s);

	ck_assert_msg(text_is(workflow_state(workflow, s)->name, state),
		      "%s: state %.*s, not %s", event,
		      (int)workflow_state(workflow, s)->name.n,
		      workflow_state(workflow, s)->name.p, state);
	return v;
}

/* Adds an event that must be taken. */
static void take(const char *id, const char *at, const char *event,
		 const char *state)
{
	ck_assert_int_eq(add(id, at, event, state), CASEWORK_FINE);
}

static struct casework_when at_once(const char *now)
{
	return (struct casework_when){ instant(now), ZONE, instant(now) };
}

static struct casework_case the_case(const char *id, const char *now)
{
	size_t i;

	ck_assert(casework_find(cw, text_of(id), &i));
	return casework_case(cw, i, at_once(now));
}

static int64_t minutes(int64_t us)
{
	return us / CALENDAR_MINUTE;
}

START_TEST(a_case_walks_through_the_seven_steps)
{
	struct casework_case c;

	take("C1", "2025-10-03T09:00", "receive", "received");
	take("C1", "2025-10-03T09:30", "judge_valid", "valid");
	take("C1", "2025-10-03T10:00", "assign", "assigned");
	take("C1", "2025-10-03T11:00", "analyse", "analysed");
	take("C1", "2025-10-03T12:00", "propose", "proposed");
	take("C1", "2025-10-03T13:00", "return", "analysed");
	take("C1", "2025-10-03T14:00", "propose", "proposed");
	take("C1", "2025-10-03T15:00", "approve", "approved");
	take("C1", "2025-10-03T16:00", "implement", "implemented");
	take("C1", "2025-10-03T17:00", "notify", "notified");
	take("C1", "2025-10-04T09:00", "feedback", "closed");
	c = the_case("C1", "2025-12-31T00:00");
	ck_assert_int_eq(c.opened_at, instant("2025-10-03T09:00"));
	ck_assert_int_eq(c.closed_at, instant("2025-10-04T09:00"));
	ck_assert_int_eq(minutes(c.elapsed), 24 * 60);
	/* Friday 09:00-18:00 and Saturday 08:30-09:00 */
	ck_assert_int_eq(minutes(c.working), 570);
	ck_assert_uint_eq(c.reopened, 0);
	ck_assert_uint_eq(c.events, 11);
	ck_assert(!c.overdue);
}
END_TEST

START_TEST(an_open_case_is_measured_up_to_now)
{
	struct casework_case c;

	take("C1", "2025-10-03T17:00", "receive", "received");
	c = the_case("C1", "2025-10-04T09:30");
	ck_assert_int_eq(c.closed_at, CASEWORK_NO_TIME);
	ck_assert_int_eq(minutes(c.elapsed), 990);
	ck_assert_int_eq(minutes(c.working), 120);
	/* A now before the last event counts as that event's time. */
	ck_assert_int_eq(the_case("C1", "2025-10-01T00:00").elapsed, 0);
}
END_TEST

START_TEST(waiting_does_not_count_as_working_time)
{
	struct casework_case c;

	take("C1", "2025-10-03T09:00", "receive", "received");
	take("C1", "2025-10-03T10:00", "pause", "received");
	ck_assert(the_case("C1", "2025-10-03T11:00").paused);
	take("C1", "2025-10-03T12:00", "note", "received");
	take("C1", "2025-10-03T14:00", "resume", "received");
	ck_assert(!the_case("C1", "2025-10-03T15:00").paused);
	take("C1", "2025-10-03T15:00", "judge_invalid", "explained");
	c = the_case("C1", "2025-10-03T18:00");
	ck_assert_int_eq(minutes(c.elapsed), 360);
	ck_assert_int_eq(minutes(c.working), 120);
}
END_TEST

START_TEST(moving_on_ends_a_pause)
{
	take("C1", "2025-10-03T09:00", "receive", "received");
	take("C1", "2025-10-03T09:00", "pause", "received");
	take("C1", "2025-10-03T10:00", "judge_valid", "valid");
	ck_assert(!the_case("C1", "2025-10-03T11:00").paused);
	ck_assert_int_eq(minutes(the_case("C1", "2025-10-03T11:00").working),
			 60);
}
END_TEST

START_TEST(the_rest_before_a_reopening_is_no_working_time)
{
	struct casework_case c;

	take("C1", "2025-10-03T09:00", "receive", "received");
	take("C1", "2025-10-03T10:00", "withdraw", "withdrawn");
	take("C1", "2025-10-03T14:00", "reopen", "received");
	c = the_case("C1", "2025-10-03T15:00");
	ck_assert_uint_eq(c.reopened, 1);
	ck_assert_int_eq(c.closed_at, CASEWORK_NO_TIME);
	ck_assert_int_eq(minutes(c.elapsed), 360);
	ck_assert_int_eq(minutes(c.working), 120);
	take("C1", "2025-10-03T16:00", "judge_invalid", "explained");
	c = the_case("C1", "2025-10-31T00:00");
	ck_assert_int_eq(c.closed_at, instant("2025-10-03T16:00"));
	ck_assert_int_eq(minutes(c.elapsed), 420);
	ck_assert_int_eq(minutes(c.working), 180);
}
END_TEST

START_TEST(a_correction_after_the_end_leaves_the_closing_time)
{
	take("C1", "2025-10-03T09:00", "receive", "received");
	take("C1", "2025-10-03T10:00", "judge_invalid", "explained");
	take("C1", "2025-10-05T10:00", "correct", "explained");
	ck_assert_int_eq(the_case("C1", "2025-10-31T00:00").closed_at,
			 instant("2025-10-03T10:00"));
}
END_TEST

START_TEST(what_is_refused_changes_nothing)
{
	struct casework_case before, after;

	take("C1", "2025-10-03T09:00", "receive", "received");
	before = the_case("C1", "2025-10-03T12:00");
	ck_assert_int_eq(add("C1", "2025-10-03T10:00", "receive", "received"),
			 CASEWORK_ILLEGAL);
	ck_assert_int_eq(add("C1", "2025-10-03T10:00", "assign", "received"),
			 CASEWORK_ILLEGAL);
	ck_assert_int_eq(add("C1", "2025-10-03T10:00", "asign", "received"),
			 CASEWORK_UNKNOWN_EVENT);
	ck_assert_int_eq(add("C1", "2025-10-03T08:59", "note", "received"),
			 CASEWORK_BACKWARDS);
	ck_assert_int_eq(add("C2", "2025-10-03T10:00", "note", ""),
			 CASEWORK_UNKNOWN_CASE);
	after = the_case("C1", "2025-10-03T12:00");
	ck_assert_uint_eq(after.events, before.events);
	ck_assert_int_eq(after.last_at, before.last_at);
	ck_assert_uint_eq(casework_count(cw), 1);
}
END_TEST

START_TEST(two_events_at_one_instant_are_in_order)
{
	take("C1", "2025-10-03T09:00", "receive", "received");
	take("C1", "2025-10-03T09:00", "judge_valid", "valid");
	/* The same instant under another zone. */
	take("C1", "2025-10-03T01:00:00Z", "assign", "assigned");
}
END_TEST

START_TEST(fields_keep_the_last_value_that_was_given)
{
	struct casework_event ev = {
		.case_id = TEXT("C1"), .event = TEXT("receive"),
		.at = instant("2025-10-03T09:00"), .zone_minutes = ZONE,
		.owner = TEXT("S07"), .severity = TEXT("2"),
		.due = instant("2025-10-03T18:00"),
	};
	struct casework_case c;
	int s;

	ck_assert_int_eq(casework_add(cw, &ev, &s), CASEWORK_FINE);
	take("C1", "2025-10-03T10:00", "note", "received");
	c = the_case("C1", "2025-10-03T18:00");
	ck_assert(text_is(c.owner, "S07"));
	ck_assert(text_is(c.severity, "2"));
	ck_assert(!c.overdue);
	ck_assert(the_case("C1", "2025-10-03T18:01").overdue);
	ev.event = TEXT("correct");
	ev.at = instant("2025-10-03T11:00");
	ev.owner = TEXT("S08");
	ev.severity = TEXT("");
	ev.due = instant("2025-10-04T18:00");
	ck_assert_int_eq(casework_add(cw, &ev, &s), CASEWORK_FINE);
	c = the_case("C1", "2025-10-03T18:01");
	ck_assert(text_is(c.owner, "S08"));
	ck_assert(text_is(c.severity, "2"));
	ck_assert(!c.overdue);
}
END_TEST

START_TEST(today_is_held_against_due_and_nothing_else)
{
	struct casework_event ev = {
		.case_id = TEXT("C1"), .event = TEXT("receive"),
		.at = instant("2025-10-03T09:00"), .zone_minutes = ZONE,
		.due = instant("2025-10-03T18:00"),
	};
	struct casework_when when = { instant("2025-10-03T10:00"), ZONE,
				      instant("2025-10-04T10:00") };
	struct casework_case c;
	int s;

	ck_assert_int_eq(casework_add(cw, &ev, &s), CASEWORK_FINE);
	c = casework_case(cw, 0, when);
	ck_assert_int_eq(minutes(c.elapsed), 60);
	ck_assert(c.overdue);
}
END_TEST

START_TEST(a_case_closed_late_stays_overdue)
{
	struct casework_event ev = {
		.case_id = TEXT("C1"), .event = TEXT("receive"),
		.at = instant("2025-10-03T09:00"), .zone_minutes = ZONE,
		.due = instant("2025-10-03T10:00"),
	};
	int s;

	ck_assert_int_eq(casework_add(cw, &ev, &s), CASEWORK_FINE);
	take("C1", "2025-10-03T11:00", "judge_invalid", "explained");
	ck_assert(the_case("C1", "2025-10-03T09:30").overdue);
}
END_TEST

/* A path of random legal events for each of many cases, mixed in two ways:
 * the cases come out the same. */
enum { CASES = 40, STEPS = 25 };

static struct casework_event path[CASES][STEPS];
static char path_id[CASES][1 + TEXT_U64_BYTES + 1];

static void make_paths(void)
{
	unsigned random = 12345;

	for (int c = 0; c < CASES; c++) {
		int state = WORKFLOW_NEW;

		path_id[c][0] = 'C';
		text_put_u64(path_id[c] + 1, (uint64_t)c + 100);
		for (int k = 0; k < STEPS;) {
			int e, next;

			random = random * 1664525u + 1013904223u;
			e = (int)(random >> 16) % workflow_events(workflow);
			next = workflow_step(workflow, state, e);
			if (next == WORKFLOW_NOT)
				continue;
			path[c][k] = (struct casework_event){
				.case_id = text_of(path_id[c]),
				.event = workflow_event(workflow, e)->name,
				.at = instant("2025-10-03T09:00") +
				      (k * 97 + c) * CALENDAR_MINUTE,
				.zone_minutes = ZONE,
				.due = CASEWORK_NO_TIME,
			};
			state = next;
			k++;
		}
	}
}

static void feed(struct casework *to, int c, int k)
{
	int s;

	ck_assert_int_eq(casework_add(to, &path[c][k], &s), CASEWORK_FINE);
}

START_TEST(the_order_of_different_cases_makes_no_difference)
{
	struct casework *other = casework_new(workflow, calendar);
	struct casework_when now = at_once("2026-01-01T00:00");
	uint32_t *a, *b;

	make_paths();
	for (int c = 0; c < CASES; c++)
		for (int k = 0; k < STEPS; k++)
			feed(cw, c, k);
	for (int k = 0; k < STEPS; k++)
		for (int c = CASES; c-- > 0;)
			feed(other, c, k);
	a = casework_sorted(cw);
	b = casework_sorted(other);
	for (size_t i = 0; i < CASES; i++) {
		struct casework_case x = casework_case(cw, a[i], now);
		struct casework_case y = casework_case(other, b[i], now);

		ck_assert(text_eq(x.case_id, y.case_id));
		ck_assert_int_eq(x.state, y.state);
		ck_assert_int_eq(x.working, y.working);
		ck_assert_int_eq(x.elapsed, y.elapsed);
		ck_assert_int_eq(x.closed_at, y.closed_at);
		ck_assert_uint_eq(x.reopened, y.reopened);
	}
	free(a);
	free(b);
	casework_free(other);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("casework");
	TCase *t = tcase_create("casework");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_casework");
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_case_walks_through_the_seven_steps);
	tcase_add_test(t, an_open_case_is_measured_up_to_now);
	tcase_add_test(t, waiting_does_not_count_as_working_time);
	tcase_add_test(t, moving_on_ends_a_pause);
	tcase_add_test(t, the_rest_before_a_reopening_is_no_working_time);
	tcase_add_test(t, a_correction_after_the_end_leaves_the_closing_time);
	tcase_add_test(t, what_is_refused_changes_nothing);
	tcase_add_test(t, two_events_at_one_instant_are_in_order);
	tcase_add_test(t, fields_keep_the_last_value_that_was_given);
	tcase_add_test(t, today_is_held_against_due_and_nothing_else);
	tcase_add_test(t, a_case_closed_late_stays_overdue);
	tcase_add_test(t, the_order_of_different_cases_makes_no_difference);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
