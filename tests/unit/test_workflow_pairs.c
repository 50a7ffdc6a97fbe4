/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every state, event, role and severity of both workflows through
 * casework_add(), against the table of workflow_table.h; maps onto each
 * other; and replaying held against states kept step by step.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/workflow_json.h"
#include "model/casework.h"

#include "workflow_table.h"

static struct workflow *w;
static struct casework *cw;

/* Brings a new case into a state by the shortest way that the table knows;
 * what stands in a log is not judged, so roles do not matter. */
static int64_t bring(const struct house *h, struct text id, int row,
		     const char *severity)
{
	int from[32], via[32], queue[32], n = 1, way[32], steps = 0;
	int64_t at = 0;

	for (int i = 0; i < 32; i++)
		from[i] = -1;
	queue[0] = 0;
	for (int q = 0; q < n; q++) {
		for (int e = 0; e < h->events; e++) {
			struct text to = expected_next(
				h->row[queue[q]].events, h->event[e]);

			for (int r = 1; to.n && r < h->rows; r++) {
				if (!text_is(to, h->row[r].state) ||
				    from[r] >= 0)
					continue;
				from[r] = queue[q];
				via[r] = e;
				queue[n++] = r;
			}
		}
	}
	ck_assert_int_eq(n, h->rows);
	for (int r = row; r != 0; r = from[r])
		way[steps++] = via[r];
	while (steps-- > 0) {
		struct casework_event ev = {
			.case_id = id, .event = text_of(h->event[way[steps]]),
			.at = at += INSTANT_HOUR, .due = CASEWORK_NO_TIME,
			.severity = text_of(severity), .recorded = true,
		};
		int s;

		ck_assert_int_eq(casework_add(cw, &ev, &s), CASEWORK_FINE);
	}
	return at;
}

static enum casework_verdict expected(const struct house *h, int row,
				      const char *event, int level,
				      bool leads, bool stated, int severity)
{
	struct text to = expected_next(h->row[row].events, event);

	if (to.n == 0)
		return row == 0 ? CASEWORK_UNKNOWN_CASE : CASEWORK_ILLEGAL;
	if (stated && wants_leader((int)(h - house), event) &&
	    (!leads || level < (severity ? severity : 1)))
		return CASEWORK_FORBIDDEN_ROLE;
	return CASEWORK_FINE;
}

static int tried;

static void try_one(const struct house *h, int row, const char *event,
		    const char *role, int level, bool leads, int severity)
{
	const char digit[] = { severity ? (char)('0' + severity) : '\0', 0 };
	char name[32];
	struct text id = { name, (size_t)snprintf(name, sizeof(name), "C%d",
						  tried++) };
	/* A case that is not there yet has no severity: the event brings it. */
	struct casework_event ev = {
		.case_id = id, .event = text_of(event),
		.at = bring(h, id, row, digit) + INSTANT_HOUR,
		.due = CASEWORK_NO_TIME, .role = text_of(role),
		.severity = row == 0 ? text_of(digit) : TEXT(""),
	};
	struct text to = expected_next(h->row[row].events, event);
	enum casework_verdict want = expected(h, row, event, level, leads,
					      *role != '\0', severity);
	int s;

	ck_assert_msg(casework_add(cw, &ev, &s) == want,
		      "%s: \"%s\" %s as \"%s\" at severity %d", h->name,
		      h->row[row].state, event, role, severity);
	if (want != CASEWORK_FINE)
		to = text_of(h->row[row].state);
	ck_assert(text_eq(workflow_state(w, s)->name, to));
}

static void try_roles(const struct house *h, int row, const char *event,
		      int severity)
{
	try_one(h, row, event, "", 0, false, severity);
	try_one(h, row, event, "stranger", 9, false, severity);
	for (size_t r = 0; r < NELEMS(house_role); r++) {
		const struct house_role *k = &house_role[r];

		try_one(h, row, event, k->name, k->level, k->leads, severity);
		try_one(h, row, event, k->zh, k->level, k->leads, severity);
	}
}

START_TEST(every_state_event_role_and_severity_as_written)
{
	const struct house *h = &house[_i];
	int pairs;

	w = workflow_json_read(h->name);
	cw = casework_new(w, NULL);
	tried = 0;
	for (int row = 0; row < h->rows; row++)
		for (int e = 0; e < h->events; e++)
			for (int sev = 0; sev <= 5; sev++)
				try_roles(h, row, h->event[e], sev);
	pairs = h->rows * h->events;
	ck_assert_int_eq(tried, pairs * 6 * 14);
	casework_free(cw);
	workflow_free(w);
}
END_TEST

START_TEST(a_severity_is_lowered_by_one_event_only)
{
	const struct house *h = &house[_i];

	w = workflow_json_read(h->name);
	cw = casework_new(w, NULL);
	for (int e = 0; e < h->events; e++) {
		for (int to = 1; to <= 5; to++) {
			char name[32];
			struct text id = {
				name, (size_t)snprintf(name, sizeof(name),
						       "C%d-%d", e, to)
			};
			struct casework_event ev = {
				.case_id = id, .event = text_of(h->event[e]),
				.at = bring(h, id, 1, "3") + INSTANT_HOUR,
				.due = CASEWORK_NO_TIME,
				.severity = (struct text){ &"12345"[to - 1],
							   1 },
			};
			bool may = expected_next(h->row[1].events,
						 h->event[e]).n > 0;
			enum casework_verdict want = CASEWORK_FINE;
			int s;

			if (!may)
				want = CASEWORK_ILLEGAL;
			else if (to < 3 && strcmp(h->event[e], "deescalate"))
				want = CASEWORK_NEEDS_APPROVAL;
			ck_assert_int_eq(casework_add(cw, &ev, &s), want);
		}
	}
	casework_free(cw);
	workflow_free(w);
}
END_TEST

START_TEST(an_event_with_nothing_but_its_name_is_taken)
{
	const struct house *h = &house[_i];

	w = workflow_json_read(h->name);
	ck_assert(!workflow_roles_required(w));
	for (int s = 0; s < workflow_states(w); s++)
		for (int e = 0; e < workflow_events(w); e++) {
			const struct workflow_rule *r = workflow_rule(w, s, e);

			ck_assert_uint_eq(r->required, 0);
			ck_assert_uint_eq(r->guards, 0);
		}
	ck_assert_int_eq(workflow_find_event(w, TEXT("receive")), 0);
	ck_assert_uint_eq(workflow_event(w, 0)->forms, 5);
	ck_assert(text_is(workflow_timer(w, workflow_deadline(w))->name,
			  "resolve"));
	workflow_free(w);
}
END_TEST

/* What one workflow's states are called in the other, as the sources have
 * it: steps 1 to 4 of the eight are the first of the seven, and so on. */
static const char *const means[][2][2] = {
	{ { "received", "received" }, { "received", "received" } },
	{ { "calmed", "received" }, { "valid", "confirmed" } },
	{ { "apologised", "received" }, { "assigned", "confirmed" } },
	{ { "confirmed", "received" }, { "analysed", "confirmed" } },
	{ { "proposed", "proposed" }, { "proposed", "proposed" } },
	{ { "agreed", "approved" }, { "approved", "agreed" } },
	{ { "followed_up", "implemented" }, { "implemented", "followed_up" } },
	{ { "followed_up", "implemented" }, { "notified", "followed_up" } },
	{ { "archived", "closed" }, { "closed", "archived" } },
	{ { "archived", "closed" }, { "explained", "archived" } },
	{ { "withdrawn", "withdrawn" }, { "withdrawn", "withdrawn" } },
};

static void check_means(const struct workflow *from, const struct workflow *to,
			const char *const pair[2])
{
	int s = workflow_find_state(from, text_of(pair[0]));
	int t = workflow_translate(from, s, to);

	ck_assert_int_gt(s, 0);
	ck_assert_int_gt(t, 0);
	ck_assert(text_is(workflow_state(to, t)->name, pair[1]));
	ck_assert_int_eq(workflow_state(from, s)->closed,
			 workflow_state(to, t)->closed);
	ck_assert_int_eq(workflow_translate(from, s, from), s);
}

START_TEST(each_is_told_in_the_terms_of_the_other)
{
	struct workflow *seven_step = workflow_json_read("seven-step");
	struct workflow *eight_step = workflow_json_read("eight-step");
	struct workflow *none = workflow_new(TEXT("none"));

	for (size_t i = 0; i < NELEMS(means); i++) {
		check_means(eight_step, seven_step, means[i][0]);
		check_means(seven_step, eight_step, means[i][1]);
	}
	for (int s = 1; s < workflow_states(eight_step); s++) {
		ck_assert_int_gt(workflow_translate(eight_step, s, seven_step),
				 0);
		ck_assert_int_eq(workflow_translate(eight_step, s, none),
				 WORKFLOW_NOT);
	}
	ck_assert_int_eq(workflow_translate(eight_step, WORKFLOW_NEW, none),
			 WORKFLOW_NEW);
	workflow_free(seven_step);
	workflow_free(eight_step);
	workflow_free(none);
}
END_TEST

/* The state kept step by step by the table, over random events of all kinds,
 * is the one that the cases have at the end. */
START_TEST(replaying_is_keeping_the_state_step_by_step)
{
	enum { CASES = 50, EVENTS = 40000 };
	const struct house *h = &house[_i];
	int row[CASES] = { 0 };
	unsigned random = 4711;
	size_t i;

	w = workflow_json_read(h->name);
	cw = casework_new(w, NULL);
	for (int k = 0; k < EVENTS; k++) {
		char name[32];
		int c, e, s;
		struct text to;
		struct casework_event ev = { .due = CASEWORK_NO_TIME };

		random = random * 1664525u + 1013904223u;
		c = (int)(random >> 20) % CASES;
		random = random * 1664525u + 1013904223u;
		e = (int)(random >> 20) % h->events;
		ev.case_id.n = (size_t)snprintf(name, sizeof(name), "case %d",
						c);
		ev.case_id.p = name;
		ev.event = text_of(h->event[e]);
		ev.at = k * INSTANT_HOUR;
		to = expected_next(h->row[row[c]].events, h->event[e]);
		ck_assert_int_eq(casework_add(cw, &ev, &s) == CASEWORK_FINE,
				 to.n > 0);
		for (int r = 0; to.n && r < h->rows; r++)
			if (text_is(to, h->row[r].state))
				row[c] = r;
	}
	ck_assert_uint_eq(casework_count(cw), CASES);
	for (int c = 0; c < CASES; c++) {
		char name[32];
		struct text id = { name, (size_t)snprintf(name, sizeof(name),
							  "case %d", c) };

		ck_assert(casework_find(cw, id, &i));
		ck_assert(text_is(workflow_state(
			w, casework_case(cw, i, (struct casework_when){ 0 })
				   .state)->name, h->row[row[c]].state));
	}
	casework_free(cw);
	workflow_free(w);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("workflow pairs");
	TCase *t = tcase_create("workflow pairs");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_workflow_pairs");
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, every_state_event_role_and_severity_as_written,
			    0, NELEMS(house));
	tcase_add_loop_test(t, a_severity_is_lowered_by_one_event_only, 0,
			    NELEMS(house));
	tcase_add_loop_test(t, an_event_with_nothing_but_its_name_is_taken, 0,
			    NELEMS(house));
	tcase_add_test(t, each_is_told_in_the_terms_of_the_other);
	tcase_add_loop_test(t, replaying_is_keeping_the_state_step_by_step, 0,
			    NELEMS(house));
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
