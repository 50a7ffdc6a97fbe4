/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timers of cases: what they used, when they are due, and the arithmetic. */
#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/calendar_json.h"
#include "model/nextsteps.h"
#include "num/rng.h"

#define ZONE 480
#define MINUTE INSTANT_MINUTE

enum { SOLVE, ANSWER };

static struct workflow *workflow;
static struct calendar *calendar;
static struct casework *cw;
static struct timers *timers;

static void state(const char *name, bool closed, bool paused)
{
	ck_assert_int_eq(workflow_add_state(workflow, (struct workflow_state){
		.name = text_of(name), .closed = closed, .paused = paused }),
		WORKFLOW_FINE);
}

static void event(const char *name, enum workflow_clock clock)
{
	ck_assert_int_eq(workflow_add_event(workflow, (struct workflow_event){
		.name = text_of(name), .clock = clock }), WORKFLOW_FINE);
}

static void allow(const char *from, const char *name, const char *to)
{
	ck_assert_int_eq(workflow_allow(workflow, text_of(from), text_of(name),
					text_of(to)), WORKFLOW_FINE);
}

/* Open or waiting until it is done; the first answer within two hours on the
 * wall. Solving takes 3 working days, 4 hours when it is grave. */
static void add_timers(void)
{
	static const bool open[] = { false, true, true, false },
			  done[] = { false, false, false, true },
			  first[] = { false, true, false, false },
			  later[] = { false, false, true, true };
	const struct workflow_limit days = { 3, WORKFLOW_DAYS };
	const struct workflow_limit week = { 1, WORKFLOW_WEEKS };
	const struct workflow_limit hours = { 4, WORKFLOW_HOURS };
	const struct workflow_limit two = { 120, WORKFLOW_MINUTES };

	ck_assert_int_eq(workflow_add_timer(workflow, &(struct workflow_timer){
		.name = TEXT("solve"), .working = true, .deadline = true,
		.from = open, .until = done,
		.within = { [1] = week, [2] = days, [3] = days, [5] = hours },
	}), WORKFLOW_FINE);
	ck_assert_int_eq(workflow_add_timer(workflow, &(struct workflow_timer){
		.name = TEXT("answer"), .from = first, .until = later,
		.within = { two, two, two, two, two, two },
	}), WORKFLOW_FINE);
}

static void setup(void)
{
	const struct instant_change there = { INT64_MIN, ZONE };

	workflow = workflow_new(TEXT("small"));
	state("open", false, false);
	state("waiting", false, true);
	state("done", true, false);
	event("receive", WORKFLOW_CLOCK_RUNS);
	event("ask", WORKFLOW_CLOCK_RUNS);
	event("answer", WORKFLOW_CLOCK_RUNS);
	event("pause", WORKFLOW_CLOCK_PAUSE);
	event("resume", WORKFLOW_CLOCK_RESUME);
	event("note", WORKFLOW_CLOCK_RUNS);
	event("finish", WORKFLOW_CLOCK_RUNS);
	event("reopen", WORKFLOW_CLOCK_RUNS);
	allow("@new", "receive", "open");
	allow("open", "ask", "waiting");
	allow("waiting", "answer", "open");
	allow("open", "pause", "");
	allow("open", "resume", "");
	allow("@any", "note", "");
	allow("@open", "finish", "done");
	allow("done", "reopen", "open");
	add_timers();
	calendar = calendar_json_read("china-office", NULL);
	calendar_set_zone(calendar, &there, 1);
	cw = casework_new(workflow, calendar);
	timers = timers_new(cw, workflow, calendar, true);
}

static void teardown(void)
{
	casework_free(cw);
	timers_free(timers);
	calendar_free(calendar);
	workflow_free(workflow);
}

static int64_t instant(const char *at)
{
	int64_t us;

	ck_assert(instant_parse(text_of(at), ZONE, &us));
	return us;
}

static void take_at(int64_t at, const char *name, const char *severity,
		    int64_t due)
{
	struct casework_event ev = {
		.case_id = TEXT("C"), .event = text_of(name), .at = at,
		.zone_minutes = ZONE, .severity = text_of(severity),
		.due = due,
	};
	int now;

	ck_assert_int_eq(casework_add(cw, &ev, &now), CASEWORK_FINE);
}

static void take(const char *at, const char *name, const char *severity)
{
	take_at(instant(at), name, severity, CASEWORK_NO_TIME);
}

static struct timers_status look(size_t k, const char *now)
{
	return timers_status(timers, 0, k, (struct casework_when){
		instant(now), ZONE, instant(now) });
}

static struct casework_case the_case(const char *now)
{
	return timers_case(timers, 0, (struct casework_when){
		instant(now), ZONE, instant(now) });
}

#define ck_assert_at(us, text) ck_assert_int_eq(us, instant(text))

/* An office day has 480 minutes: 09:00-12:00, 13:00-18:00. 2025-09-30 is a
 * Tuesday before eight holidays, 10-11 a Saturday that makes up for one. */
START_TEST(a_limit_in_days_is_of_working_days)
{
	struct timers_status s;

	take("2025-09-30T16:00", "receive", "3");
	s = look(SOLVE, "2025-10-10T10:00");
	ck_assert_int_eq(s.limit, 3 * 480 * MINUTE);
	ck_assert_at(s.start, "2025-09-30T16:00");
	/* 2 h, then Thursday 9th and Friday 10th, and the rest on Saturday */
	ck_assert_at(s.due, "2025-10-11T16:00");
	ck_assert_int_eq(s.used, (120 + 480 + 60) * MINUTE);
	ck_assert_int_eq(s.state, TIMERS_RUNNING);
	ck_assert(!s.late && !s.given);
	ck_assert(look(SOLVE, "2025-10-11T16:01").late);
	ck_assert_at(the_case("2025-10-10T10:00").due, "2025-10-11T16:00");
	ck_assert(!the_case("2025-10-11T16:00").overdue);
	ck_assert(the_case("2025-10-11T16:01").overdue);
}
END_TEST

START_TEST(a_working_week_is_as_long_as_its_days)
{
	take("2025-10-15T09:00", "receive", "1");
	ck_assert_int_eq(look(SOLVE, "2025-10-15T09:00").limit,
			 5 * 480 * MINUTE);
	ck_assert_at(look(SOLVE, "2025-10-15T09:00").due, "2025-10-21T18:00");
}
END_TEST

START_TEST(the_clock_on_the_wall_knows_no_holidays)
{
	take("2025-10-01T23:00", "receive", "3");
	ck_assert_at(look(ANSWER, "2025-10-02T00:00").due, "2025-10-02T01:00");
	ck_assert(look(ANSWER, "2025-10-02T01:01").late);
	/* Nor does a pause stop it. */
	take("2025-10-01T23:10", "pause", "");
	ck_assert_at(look(ANSWER, "2025-10-02T00:00").due, "2025-10-02T01:00");
	ck_assert_int_eq(look(ANSWER, "2025-10-02T00:00").state,
			 TIMERS_RUNNING);
	ck_assert_int_eq(look(ANSWER, "2025-10-02T00:00").used, 60 * MINUTE);
}
END_TEST

START_TEST(waiting_moves_the_due_time_on)
{
	struct timers_status s;

	take("2025-10-15T09:00", "receive", "5");
	take("2025-10-15T10:00", "ask", "");
	s = look(SOLVE, "2025-10-15T11:00");
	ck_assert_int_eq(s.state, TIMERS_PAUSED);
	ck_assert_int_eq(s.used, 60 * MINUTE);
	ck_assert_int_eq(s.due, CASEWORK_NO_TIME);
	take("2025-10-16T09:30", "answer", "");
	s = look(SOLVE, "2025-10-16T10:00");
	ck_assert_int_eq(s.used, 90 * MINUTE);
	ck_assert_at(s.due, "2025-10-16T13:30");
	/* A pause after the limit was used up takes nothing back. */
	take("2025-10-16T14:00", "pause", "");
	s = look(SOLVE, "2025-10-16T15:00");
	ck_assert_at(s.due, "2025-10-16T13:30");
	ck_assert(s.late);
}
END_TEST

/* The limit of the new severity counts from the start of the run, and what
 * was paused before stays paused. */
START_TEST(a_graver_case_is_due_earlier_but_keeps_its_pauses)
{
	struct timers_status s;

	take("2025-10-15T09:00", "receive", "2");
	take("2025-10-15T10:00", "ask", "");
	take("2025-10-15T17:00", "answer", "");
	ck_assert_at(look(SOLVE, "2025-10-15T17:00").due, "2025-10-20T16:00");
	take("2025-10-15T17:30", "note", "5");
	s = look(SOLVE, "2025-10-15T17:30");
	ck_assert_int_eq(s.severity, 5);
	ck_assert_int_eq(s.used, 90 * MINUTE);
	/* 1 h and 1 h on Wednesday, 2 h on Thursday */
	ck_assert_at(s.due, "2025-10-16T11:00");
	ck_assert(!s.late);
}
END_TEST

START_TEST(a_case_made_graver_too_late_was_due_in_the_past)
{
	struct timers_status s;

	take("2025-10-15T09:00", "receive", "2");
	take("2025-10-16T09:00", "note", "5");
	s = look(SOLVE, "2025-10-16T09:00");
	ck_assert_at(s.due, "2025-10-15T14:00");
	ck_assert(s.late);
}
END_TEST

START_TEST(what_stopped_is_held_against_the_severity_it_had)
{
	take("2025-10-15T09:00", "receive", "2");
	take("2025-10-16T09:00", "finish", "");
	take("2025-10-16T09:30", "note", "5");
	ck_assert_int_eq(look(SOLVE, "2025-12-01T09:00").severity, 2);
	ck_assert(!look(SOLVE, "2025-12-01T09:00").late);
	ck_assert_at(look(SOLVE, "2025-12-01T09:00").stop, "2025-10-16T09:00");
	ck_assert_int_eq(look(SOLVE, "2025-12-01T09:00").used, 480 * MINUTE);
	ck_assert(!the_case("2025-12-01T09:00").overdue);
}
END_TEST

START_TEST(reopening_starts_anew)
{
	struct timers_status s;

	take("2025-10-15T09:00", "receive", "5");
	take("2025-10-15T15:00", "finish", "");
	ck_assert(look(SOLVE, "2025-10-15T15:00").late);
	take("2025-10-17T09:00", "reopen", "");
	s = look(SOLVE, "2025-10-17T10:00");
	ck_assert_uint_eq(s.runs, 2);
	ck_assert_at(s.start, "2025-10-17T09:00");
	ck_assert_int_eq(s.used, 60 * MINUTE);
	ck_assert_at(s.due, "2025-10-17T14:00");
	ck_assert(!s.late);
}
END_TEST

START_TEST(a_due_time_that_was_given_has_its_way)
{
	struct timers_status s;

	take_at(instant("2025-10-15T09:00"), "receive", "5",
		instant("2025-10-20T23:59:59"));
	s = look(SOLVE, "2025-10-20T10:00");
	ck_assert(s.given && !s.late);
	ck_assert_at(s.due, "2025-10-20T23:59:59");
	ck_assert(!look(ANSWER, "2025-10-15T09:00").given);
	ck_assert_at(the_case("2025-10-20T10:00").due, "2025-10-20T23:59:59");
}
END_TEST

START_TEST(no_limit_is_never_late)
{
	take("2025-10-15T09:00", "receive", "4");
	ck_assert_int_eq(look(SOLVE, "2026-10-15T09:00").limit, 0);
	ck_assert_int_eq(look(SOLVE, "2026-10-15T09:00").due,
			 CASEWORK_NO_TIME);
	ck_assert(!look(SOLVE, "2026-10-15T09:00").late);
	ck_assert_int_eq(the_case("2026-10-15T09:00").due, CASEWORK_NO_TIME);
}
END_TEST

/* ---- the arithmetic ---- */

static const struct {
	const char *from, *to;
	int counted, total;	/* minutes */
	enum timers_why why;
	const char *name;
} sums[] = {
	{ "2025-09-30T16:00", "2025-09-30T18:00", 120, 120, TIMERS_WORKING,
	  "" },
	{ "2025-09-30T18:00", "2025-10-01T00:00", 0, 120, TIMERS_CLOSED, "" },
	{ "2025-10-01T00:00", "2025-10-06T00:00", 0, 120, TIMERS_HOLIDAY,
	  "National Day" },
	{ "2025-10-06T00:00", "2025-10-07T00:00", 0, 120, TIMERS_HOLIDAY,
	  "Mid-autumn Festival" },
	{ "2025-10-07T00:00", "2025-10-09T00:00", 0, 120, TIMERS_HOLIDAY,
	  "National Day" },
	{ "2025-10-09T00:00", "2025-10-09T09:00", 0, 120, TIMERS_CLOSED, "" },
	{ "2025-10-09T09:00", "2025-10-09T11:00", 120, 240, TIMERS_WORKING,
	  "" },
	{ "2025-10-09T11:00", "2025-10-09T14:00", 0, 240, TIMERS_WAITING,
	  "" },
	{ "2025-10-09T14:00", "2025-10-09T18:00", 240, 480, TIMERS_WORKING,
	  "" },
	{ "2025-10-09T18:00", "2025-10-10T09:00", 0, 480, TIMERS_CLOSED, "" },
	{ "2025-10-10T09:00", "2025-10-10T12:00", 180, 660, TIMERS_WORKING,
	  "" },
	{ "2025-10-10T12:00", "2025-10-10T13:00", 0, 660, TIMERS_BREAK, "" },
	{ "2025-10-10T13:00", "2025-10-10T18:00", 300, 960, TIMERS_WORKING,
	  "" },
	{ "2025-10-10T18:00", "2025-10-11T09:00", 0, 960, TIMERS_CLOSED, "" },
	{ "2025-10-11T09:00", "2025-10-11T12:00", 180, 1140, TIMERS_MAKEUP,
	  "National Day" },
	{ "2025-10-11T12:00", "2025-10-11T13:00", 0, 1140, TIMERS_BREAK, "" },
	{ "2025-10-11T13:00", "2025-10-11T18:00", 300, 1440, TIMERS_MAKEUP,
	  "National Day" },
};

START_TEST(three_days_that_took_eleven_are_explained)
{
	struct casework_when when = { instant("2025-10-09T15:00"), ZONE,
				      instant("2025-10-09T15:00") };
	struct timers_row *row;
	size_t n;

	take("2025-09-30T16:00", "receive", "3");
	take("2025-10-09T11:00", "pause", "");
	take("2025-10-09T14:00", "resume", "");
	row = timers_rows(timers, 0, SOLVE, when, &n);
	ck_assert_uint_eq(n, NELEMS(sums));
	for (size_t i = 0; i < n; i++) {
		ck_assert_at(row[i].from, sums[i].from);
		ck_assert_at(row[i].to, sums[i].to);
		ck_assert_int_eq(row[i].counted, sums[i].counted * MINUTE);
		ck_assert_int_eq(row[i].total, sums[i].total * MINUTE);
		ck_assert_int_eq(row[i].why, sums[i].why);
		ck_assert(text_is(row[i].name, sums[i].name));
	}
	free(row);
	ck_assert_at(look(SOLVE, "2025-10-09T15:00").due, "2025-10-11T18:00");
}
END_TEST

/* ---- minute by minute ---- */

#define DAYS 40

/* A history drawn at random, kept beside as flags of its minutes. */
struct history {
	int64_t start;
	bool paused[DAYS * 1440];
	int events;
};

static void draw(struct history *h, struct rng *r)
{
	static const char *const severity[] = { "2", "3", "5", "" };
	bool waiting = false, paused = false;
	int at = 0, end;

	h->start = instant("2025-09-22T00:00") +
		   (int64_t)rng_below(r, 12 * 1440) * MINUTE;
	take_at(h->start, "receive", severity[rng_below(r, 3)],
		CASEWORK_NO_TIME);
	for (h->events = 1; h->events < 12 && at < 20 * 1440; h->events++) {
		const char *name = "note";

		end = at + (int)rng_below(r, 2000);
		for (; at < end; at++)
			h->paused[at] = waiting || paused;
		switch (rng_below(r, 3)) {
		case 0:
			waiting = !waiting;
			paused = false;
			name = waiting ? "ask" : "answer";
			break;
		case 1:
			if (waiting)
				break;
			paused = !paused;
			name = paused ? "pause" : "resume";
			break;
		default:
			break;
		}
		take_at(h->start + at * MINUTE, name,
			severity[rng_below(r, 4)], CASEWORK_NO_TIME);
	}
	for (; at < DAYS * 1440; at++)
		h->paused[at] = waiting || paused;
}

START_TEST(random_histories_counted_minute_by_minute)
{
	static struct history h;
	struct rng r;
	struct timers_status s;
	struct casework_when when = { 0, ZONE, 0 };
	int64_t used = 0, due = CASEWORK_NO_TIME;
	struct timers_row *row;
	size_t n;

	rng_init(&r, (uint64_t)_i + 1, 0);
	draw(&h, &r);
	when.until = when.today = h.start + DAYS * 1440 * MINUTE;
	s = timers_status(timers, 0, SOLVE, when);
	for (int m = 0; m < DAYS * 1440; m++) {
		int64_t at = h.start + m * MINUTE;

		if (!h.paused[m] &&
		    calendar_counts(calendar_part(calendar, at).why))
			used += MINUTE;
		if (used == s.limit && due == CASEWORK_NO_TIME)
			due = at + MINUTE;
	}
	ck_assert_int_eq(s.used, used);
	ck_assert_int_eq(s.due, due);
	row = timers_rows(timers, 0, SOLVE, when, &n);
	ck_assert_int_eq(row[0].from, h.start);
	for (size_t i = 1; i < n; i++) {
		ck_assert_int_eq(row[i].from, row[i - 1].to);
		ck_assert_int_eq(row[i].total,
				 row[i - 1].total + row[i].counted);
	}
	if (due != CASEWORK_NO_TIME) {
		ck_assert_int_eq(row[n - 1].to, due);
		ck_assert_int_eq(row[n - 1].total, s.limit);
	} else {
		ck_assert_int_eq(row[n - 1].total, used);
	}
	free(row);
}
END_TEST

/* ---- what may happen next ---- */

START_TEST(next_steps_name_the_timer_that_they_stop)
{
	struct casework_when when = { instant("2025-10-15T09:00"), ZONE,
				      instant("2025-10-15T09:00") };
	struct nextstep step[16];
	struct timers_status nearest;
	struct casework_case c;
	size_t n;

	take("2025-10-15T09:00", "receive", "5");
	c = casework_case(cw, 0, when);
	n = nextsteps_list(timers, workflow, &c, 0, when, step);
	ck_assert_uint_eq(n, 5);
	ck_assert_int_eq(step[0].event,
			 workflow_find_event(workflow, TEXT("ask")));
	ck_assert_uint_eq(step[0].timer, ANSWER);
	ck_assert_at(step[0].due, "2025-10-15T11:00");
	ck_assert(step[0].anybody);
	ck_assert_uint_eq(step[1].timer, NEXTSTEPS_NO_TIMER);
	ck_assert(nextsteps_first(timers, workflow, &c, 0, when, &step[0]));
	ck_assert_int_eq(step[0].event,
			 workflow_find_event(workflow, TEXT("ask")));
	ck_assert_uint_eq(nextsteps_nearest(timers, 0, when, &nearest),
			  ANSWER);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("timers");
	TCase *t = tcase_create("timers");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_timers");
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_limit_in_days_is_of_working_days);
	tcase_add_test(t, a_working_week_is_as_long_as_its_days);
	tcase_add_test(t, the_clock_on_the_wall_knows_no_holidays);
	tcase_add_test(t, waiting_moves_the_due_time_on);
	tcase_add_test(t, a_graver_case_is_due_earlier_but_keeps_its_pauses);
	tcase_add_test(t, a_case_made_graver_too_late_was_due_in_the_past);
	tcase_add_test(t, what_stopped_is_held_against_the_severity_it_had);
	tcase_add_test(t, reopening_starts_anew);
	tcase_add_test(t, a_due_time_that_was_given_has_its_way);
	tcase_add_test(t, no_limit_is_never_late);
	tcase_add_test(t, three_days_that_took_eleven_are_explained);
	tcase_add_loop_test(t, random_histories_counted_minute_by_minute, 0,
			    100);
	tcase_add_test(t, next_steps_name_the_timer_that_they_stop);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
