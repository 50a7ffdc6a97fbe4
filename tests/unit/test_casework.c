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
	return us / INSTANT_MINUTE;
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

/* ---- columns, rules, watchers: a workflow made here ---- */

static struct workflow *rules_workflow;
static struct casework *ruled;

/* open -- close (clerk, chief; needs `note`; from 5000 up the chief) --> done;
 * `lower` lowers; levels 1 1 1 2 2. */
static void make_ruled(void)
{
	static const int level[] = { 0, 1, 1, 1, 2, 2 };
	struct workflow *w = workflow_new(TEXT("ruled"));
	struct workflow_guard guard[2] = { { .op = WORKFLOW_GE, .values = 1 },
					   { .op = WORKFLOW_IN, .values = 2 } };
	struct workflow_rule rule = { .roles = 3, .guard = guard, .guards = 2 };
	int number;

	workflow_add_state(w, (struct workflow_state){ .name = TEXT("open") });
	workflow_add_state(w, (struct workflow_state){ .name = TEXT("done"),
						       .closed = true });
	workflow_add_event(w, (struct workflow_event){ .name = TEXT("in") });
	workflow_add_event(w, (struct workflow_event){ .name = TEXT("note") });
	workflow_add_event(w, (struct workflow_event){ .name = TEXT("lower"),
						       .lowers = true });
	workflow_add_event(w, (struct workflow_event){ .name = TEXT("end") });
	workflow_add_role(w, (struct workflow_role){ TEXT("clerk"), TEXT("员"),
						     1 });
	workflow_add_role(w, (struct workflow_role){ TEXT("chief"), TEXT("长"),
						     2 });
	workflow_add_role(w, (struct workflow_role){ TEXT("guest"), TEXT(""),
						     9 });
	ck_assert_int_eq(workflow_set_levels(w, level), WORKFLOW_FINE);
	rule.required = UINT64_C(1) << workflow_add_field(w, TEXT("note"),
							  false);
	guard[0].field = workflow_add_field(w, TEXT("amount"), true);
	guard[0].value = &TEXT("5000");
	guard[0].roles = 2;
	guard[1].field = workflow_add_field(w, TEXT("cause"), true);
	guard[1].value = (const struct text[]){ TEXT("x"), TEXT("y") };
	ck_assert_int_eq(workflow_add_rule(w, &rule, &number), WORKFLOW_FINE);
	workflow_allow(w, TEXT("@new"), TEXT("in"), TEXT("open"));
	workflow_allow(w, TEXT("@open"), TEXT("note"), TEXT(""));
	workflow_allow(w, TEXT("@open"), TEXT("lower"), TEXT(""));
	workflow_allow_under(w, TEXT("open"), TEXT("end"), TEXT("done"),
			     number);
	rules_workflow = w;
	ruled = casework_new(w, NULL);
}

static void free_ruled(void)
{
	casework_free(ruled);
	workflow_free(rules_workflow);
}

/* One event an hour; the fields are note, amount, cause. */
static enum casework_verdict give(const char *event, const char *role,
				  const char *severity, const char *note,
				  const char *amount, const char *cause)
{
	static int64_t hour;
	const struct text field[CASEWORK_FIELDS] = {
		text_of(note), text_of(amount), text_of(cause)
	};
	struct casework_event ev = {
		.case_id = TEXT("C1"), .event = text_of(event),
		.at = instant("2025-10-03T09:00") + hour++ * 3600000000,
		.zone_minutes = ZONE, .due = CASEWORK_NO_TIME,
		.role = text_of(role), .severity = text_of(severity),
		.field = field,
	};
	int s;

	return casework_add(ruled, &ev, &s);
}

START_TEST(a_role_that_is_given_must_be_one_of_the_transitions)
{
	make_ruled();
	ck_assert_int_eq(give("in", "stranger", "1", "a", "", ""),
			 CASEWORK_FINE);
	ck_assert_int_eq(give("end", "guest", "", "", "", ""),
			 CASEWORK_FORBIDDEN_ROLE);
	ck_assert_int_eq(give("end", "stranger", "", "", "", ""),
			 CASEWORK_FORBIDDEN_ROLE);
	ck_assert_int_eq(give("end", "员", "", "", "", ""), CASEWORK_FINE);
	free_ruled();
}
END_TEST

START_TEST(without_a_role_all_may_unless_roles_are_required)
{
	make_ruled();
	ck_assert_int_eq(give("in", "", "4", "a", "", ""), CASEWORK_FINE);
	workflow_require_roles(rules_workflow);
	ck_assert_int_eq(give("note", "", "", "", "", ""),
			 CASEWORK_FORBIDDEN_ROLE);
	ck_assert_int_eq(give("note", "anybody", "", "", "", ""),
			 CASEWORK_FINE);
	ck_assert_int_eq(give("end", "", "", "", "", ""),
			 CASEWORK_FORBIDDEN_ROLE);
	free_ruled();
}
END_TEST

START_TEST(a_severity_asks_for_a_level_and_few_events_lower_it)
{
	make_ruled();
	ck_assert_int_eq(give("in", "", "2", "a", "", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("note", "", "4", "", "", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("end", "clerk", "", "", "", ""),
			 CASEWORK_FORBIDDEN_ROLE);
	ck_assert_int_eq(casework_refusal(ruled).level, 2);
	ck_assert_int_eq(give("note", "chief", "3", "", "", ""),
			 CASEWORK_NEEDS_APPROVAL);
	ck_assert_int_eq(casework_refusal(ruled).severity, 4);
	/* What is no severity of 1 to 5 is kept, and takes no part; but it
	 * must not be a way round the approval. */
	ck_assert_int_eq(give("lower", "", "3", "", "", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("note", "chief", "Low", "", "", ""),
			 CASEWORK_NEEDS_APPROVAL);
	ck_assert_int_eq(give("lower", "", "Low", "", "", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("note", "", "Lower", "", "", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("note", "", "1", "", "", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("end", "clerk", "", "", "", ""), CASEWORK_FINE);
	free_ruled();
}
END_TEST

START_TEST(a_required_column_may_have_come_before)
{
	make_ruled();
	ck_assert_int_eq(give("in", "", "", "", "", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("end", "", "", "", "1", ""),
			 CASEWORK_MISSING_FIELD);
	ck_assert_int_eq(casework_refusal(ruled).field, 0);
	ck_assert_int_eq(give("note", "", "", "here", "", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("end", "", "", "", "", ""), CASEWORK_FINE);
	free_ruled();
}
END_TEST

START_TEST(a_guard_that_holds_needs_its_role)
{
	make_ruled();
	ck_assert_int_eq(give("in", "", "", "a", "10000", ""), CASEWORK_FINE);
	ck_assert_int_eq(give("end", "", "", "", "", ""), CASEWORK_GUARDED);
	ck_assert_int_eq(give("end", "clerk", "", "", "5000.00", ""),
			 CASEWORK_GUARDED);
	ck_assert_int_eq(give("end", "chief", "", "", "", "y"),
			 CASEWORK_GUARDED);
	ck_assert_ptr_eq(casework_refusal(ruled).guard,
			 &casework_refusal(ruled).rule->guard[1]);
	/* As numbers, not as texts: "999" is less than "5000". */
	ck_assert_int_eq(give("end", "clerk", "", "", "999", "z"),
			 CASEWORK_FINE);
	free_ruled();
}
END_TEST

START_TEST(what_stands_in_a_log_is_not_judged_again)
{
	struct casework_event ev = {
		.case_id = TEXT("C1"), .event = TEXT("in"),
		.at = instant("2025-10-03T09:00"), .due = CASEWORK_NO_TIME,
		.severity = TEXT("5"), .recorded = true,
	};
	int s;

	make_ruled();
	ck_assert_int_eq(casework_add(ruled, &ev, &s), CASEWORK_FINE);
	ev.event = TEXT("end");
	ev.role = TEXT("guest");
	ev.severity = TEXT("1");
	ck_assert_int_eq(casework_add(ruled, &ev, &s), CASEWORK_FINE);
	ck_assert_int_eq(casework_add(ruled, &ev, &s), CASEWORK_ILLEGAL);
	free_ruled();
}
END_TEST

START_TEST(a_case_keeps_the_columns_that_were_asked_for)
{
	const struct text names[] = { TEXT("owner"), TEXT("amount"),
				      TEXT("store_id") };
	size_t owner, amount, store;

	make_ruled();
	ck_assert(casework_fields(ruled, names, NELEMS(names)));
	ck_assert_uint_eq(casework_columns(ruled), 4);
	ck_assert_str_eq(casework_column(ruled, 0).p, "note");
	ck_assert_str_eq(casework_column(ruled, 1).p, "amount");
	ck_assert_str_eq(casework_column(ruled, 2).p, "cause");
	ck_assert_str_eq(casework_column(ruled, 3).p, "store_id");
	ck_assert_uint_eq(casework_find_field(ruled, TEXT("note")),
			  CASEWORK_NO_FIELD);
	ck_assert_uint_eq(casework_find_field(ruled, TEXT("city")),
			  CASEWORK_NO_FIELD);
	owner = casework_find_field(ruled, TEXT("owner"));
	amount = casework_find_field(ruled, TEXT("amount"));
	store = casework_find_field(ruled, TEXT("store_id"));
	give("in", "", "", "", "7", "");
	ck_assert(text_is(casework_field(ruled, 0, amount), "7"));
	give("note", "", "", "", "", "x");
	give("note", "", "", "", "8", "");
	ck_assert(text_is(casework_field(ruled, 0, amount), "8"));
	ck_assert_uint_eq(casework_field_word(ruled, 0, store), 0);
	ck_assert_uint_eq(casework_field(ruled, 0, owner).n, 0);
	free_ruled();
}
END_TEST

static int severity_of_scene(void *ctx, struct text scene)
{
	static const char *const words[] = { "dispute", "", "", "media",
					     "lawsuit" };

	ck_assert_ptr_eq(ctx, &ruled);
	for (size_t i = 0; i < NELEMS(words); i++)
		if (text_is(scene, words[i]))
			return (int)i + 1;
	return text_is(scene, "媒体") ? 4 : 0;
}

START_TEST(a_scene_raises_the_severity_and_never_lowers_it)
{
	struct text field[CASEWORK_FIELDS] = { 0 };
	struct casework_event ev = {
		.case_id = TEXT("C1"), .event = TEXT("in"),
		.at = instant("2025-10-03T09:00"), .due = CASEWORK_NO_TIME,
		.field = field,
	};
	static const struct {
		const char *scene, *severity, *then;
	} step[] = {
		{ "", "High", "High" }, { "lawsuit", "", "High" },
		{ "dispute", "2", "2" }, { "媒体", "", "4" },
		{ "media", "", "4" },	{ "dispute", "", "4" },
		{ "lawsuit", "", "5" }, { "no such", "", "5" },
	};
	int s;

	make_ruled();
	ck_assert(casework_scenes(ruled, severity_of_scene, &ruled,
				  1));
	for (size_t i = 0; i < NELEMS(step); i++) {
		field[3] = text_of(step[i].scene);
		ev.severity = text_of(step[i].severity);
		ck_assert_int_eq(casework_add(ruled, &ev, &s), CASEWORK_FINE);
		ck_assert(text_is(casework_case(ruled, 0,
						at_once("2025-10-04T00:00"))
					  .severity, step[i].then));
		ev.event = TEXT("note");
	}
	free_ruled();
}
END_TEST

struct seen {
	int64_t events, elapsed, working;
	int last_from;
	bool was_paused, paused;
};

static void see(void *ctx, void *mine, const struct casework_change *c)
{
	struct seen *seen = mine;
	int64_t *calls = ctx;

	if (c->from == WORKFLOW_NEW)
		ck_assert_int_eq(seen->events, 0);
	ck_assert_ptr_eq(casework_mine(c->cases, 1, c->i), mine);
	seen->events++;
	seen->elapsed += c->elapsed;
	seen->working += c->working;
	seen->last_from = c->from;
	seen->was_paused = c->was_paused;
	seen->paused = c->paused;
	ck_assert_int_eq(c->elapsed, c->event->at - c->last_at);
	(*calls)++;
}

static void see_nothing(void *ctx, void *mine, const struct casework_change *c)
{
	(void)mine;
	ck_assert_ptr_eq(ctx, cw);
	ck_assert_ptr_eq(c->cases, cw);
}

START_TEST(a_watcher_sees_every_event_that_is_taken)
{
	int64_t calls = 0;
	struct casework_case c;
	struct seen *seen;
	size_t first = casework_watch(cw, 3, see_nothing, cw);
	size_t w = casework_watch(cw, sizeof(*seen), see, &calls);

	ck_assert_uint_eq(first, 0);
	take("C1", "2025-10-03T09:00", "receive", "received");
	take("C2", "2025-10-03T09:00", "receive", "received");
	take("C1", "2025-10-03T10:00", "pause", "received");
	add("C1", "2025-10-03T09:00", "note", "received");
	seen = casework_mine(cw, w, 0);
	ck_assert(!seen->was_paused && seen->paused);
	take("C1", "2025-10-03T11:00", "judge_valid", "valid");
	seen = casework_mine(cw, w, 0);
	ck_assert(seen->was_paused && !seen->paused);
	take("C1", "2025-10-04T09:00", "assign", "assigned");
	c = the_case("C1", "2025-10-04T09:00");
	seen = casework_mine(cw, w, 0);
	ck_assert_int_eq(seen->events, 4);
	ck_assert_int_eq(seen->elapsed, c.elapsed);
	ck_assert_int_eq(seen->working, c.working);
	ck_assert_int_eq(calls, 5);
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
				      (k * 97 + c) * INSTANT_MINUTE,
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
	tcase_add_test(t, a_role_that_is_given_must_be_one_of_the_transitions);
	tcase_add_test(t, without_a_role_all_may_unless_roles_are_required);
	tcase_add_test(t,
		       a_severity_asks_for_a_level_and_few_events_lower_it);
	tcase_add_test(t, a_required_column_may_have_come_before);
	tcase_add_test(t, a_guard_that_holds_needs_its_role);
	tcase_add_test(t, what_stands_in_a_log_is_not_judged_again);
	tcase_add_test(t, a_case_keeps_the_columns_that_were_asked_for);
	tcase_add_test(t, a_scene_raises_the_severity_and_never_lowers_it);
	tcase_add_test(t, a_watcher_sees_every_event_that_is_taken);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
