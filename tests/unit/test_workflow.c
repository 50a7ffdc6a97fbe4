/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workflows: the two of the house against tables written out here from the
 * contract, state by state and event by event; and what a definition may not
 * be.
 */
#include <check.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/workflow_json.h"

#include "workflow_table.h"

static int state_number(const struct workflow *w, const char *name)
{
	int s = *name ? workflow_find_state(w, text_of(name)) : WORKFLOW_NEW;

	ck_assert_msg(s != WORKFLOW_NOT, "no state %s", name);
	return s;
}

static void check_pair(const struct workflow *w, const struct allowed *row,
		       const char *event)
{
	struct text want = expected_next(row->events, event);
	int e = workflow_find_event(w, text_of(event));
	int got;

	ck_assert_msg(e != WORKFLOW_NOT, "no event %s", event);
	got = workflow_step(w, state_number(w, row->state), e);
	if (want.n == 0) {
		ck_assert_msg(got == WORKFLOW_NOT, "%s is allowed in \"%s\"",
			      event, row->state);
		return;
	}
	ck_assert_msg(got != WORKFLOW_NOT, "%s is not allowed in \"%s\"",
		      event, row->state);
	ck_assert(text_eq(workflow_state(w, got)->name, want));
}

START_TEST(every_pair_of_state_and_event_is_as_the_contract_says)
{
	const struct house *h = &house[_i];
	struct workflow *w = workflow_json_read(h->name);

	ck_assert(text_is(workflow_name(w), h->name));
	ck_assert_int_eq(workflow_states(w), h->rows);
	ck_assert_int_eq(workflow_events(w), h->events);
	for (int r = 0; r < h->rows; r++) {
		int s = state_number(w, h->row[r].state);

		ck_assert_int_eq(workflow_state(w, s)->closed,
				 h->row[r].closed);
		ck_assert(!workflow_state(w, s)->paused);
		for (int e = 0; e < h->events; e++)
			check_pair(w, &h->row[r], h->event[e]);
	}
	workflow_free(w);
}
END_TEST

START_TEST(only_pause_and_resume_touch_the_clock)
{
	struct workflow *w = workflow_json_read(house[_i].name);

	for (int e = 0; e < workflow_events(w); e++) {
		const struct workflow_event *ev = workflow_event(w, e);
		enum workflow_clock want = WORKFLOW_CLOCK_RUNS;

		if (text_is(ev->name, "pause"))
			want = WORKFLOW_CLOCK_PAUSE;
		else if (text_is(ev->name, "resume"))
			want = WORKFLOW_CLOCK_RESUME;
		ck_assert_int_eq(ev->clock, want);
		ck_assert_uint_gt(ev->zh.n, 0);
	}
	workflow_free(w);
}
END_TEST

/* Two open states, one closed, two events, no transitions. */
static struct workflow *small(void)
{
	struct workflow *w = workflow_new(TEXT("small"));
	const struct workflow_state states[] = {
		{ .name = TEXT("a") }, { .name = TEXT("b") },
		{ .name = TEXT("z"), .closed = true },
	};

	for (size_t i = 0; i < NELEMS(states); i++)
		ck_assert_int_eq(workflow_add_state(w, states[i]), 0);
	ck_assert_int_eq(workflow_add_event(w, (struct workflow_event){
						      .name = TEXT("go") }),
			 0);
	ck_assert_int_eq(workflow_add_event(w, (struct workflow_event){
						      .name = TEXT("end") }),
			 0);
	return w;
}

START_TEST(classes_stand_for_their_states)
{
	struct workflow *w = small();
	int state;

	ck_assert_int_eq(workflow_allow(w, TEXT("@new"), TEXT("go"), TEXT("a")),
			 WORKFLOW_FINE);
	ck_assert_int_eq(workflow_allow(w, TEXT("@open"), TEXT("end"),
					TEXT("z")), WORKFLOW_FINE);
	ck_assert_int_eq(workflow_allow(w, TEXT("@closed"), TEXT("end"),
					TEXT("")), WORKFLOW_FINE);
	ck_assert_int_eq(workflow_allow(w, TEXT("a"), TEXT("go"), TEXT("b")),
			 WORKFLOW_FINE);
	ck_assert_int_eq(workflow_step(w, WORKFLOW_NEW, 0), 1);
	ck_assert_int_eq(workflow_step(w, WORKFLOW_NEW, 1), WORKFLOW_NOT);
	ck_assert_int_eq(workflow_step(w, 1, 1), 3);
	ck_assert_int_eq(workflow_step(w, 2, 1), 3);
	ck_assert_int_eq(workflow_step(w, 3, 1), 3);
	ck_assert_int_eq(workflow_step(w, 2, 0), WORKFLOW_NOT);
	ck_assert_int_eq(workflow_check(w, &state), WORKFLOW_FINE);
	workflow_free(w);
}
END_TEST

START_TEST(a_pair_given_twice_is_refused_even_through_a_class)
{
	struct workflow *w = small();

	ck_assert_int_eq(workflow_allow(w, TEXT("b"), TEXT("go"), TEXT("z")),
			 WORKFLOW_FINE);
	ck_assert_int_eq(workflow_allow(w, TEXT("@any"), TEXT("go"), TEXT("")),
			 WORKFLOW_TWICE);
	workflow_free(w);
}
END_TEST

START_TEST(names_that_are_not_given_are_refused)
{
	struct workflow *w = small();

	ck_assert_int_eq(workflow_allow(w, TEXT("a"), TEXT("fly"), TEXT("b")),
			 WORKFLOW_NO_EVENT);
	ck_assert_int_eq(workflow_allow(w, TEXT("a"), TEXT("go"), TEXT("q")),
			 WORKFLOW_NO_STATE);
	ck_assert_int_eq(workflow_allow(w, TEXT("q"), TEXT("go"), TEXT("b")),
			 WORKFLOW_NO_STATE);
	ck_assert_int_eq(workflow_allow(w, TEXT("@new"), TEXT("go"), TEXT("")),
			 WORKFLOW_NO_TARGET);
	ck_assert_int_eq(workflow_add_state(w, (struct workflow_state){
						      .name = TEXT("@x") }),
			 WORKFLOW_BAD_NAME);
	workflow_free(w);
}
END_TEST

START_TEST(a_state_that_no_event_leads_to_is_found)
{
	struct workflow *w = small();
	int state = WORKFLOW_NOT;

	ck_assert_int_eq(workflow_check(w, &state), WORKFLOW_NO_START);
	workflow_allow(w, TEXT("@new"), TEXT("go"), TEXT("a"));
	workflow_allow(w, TEXT("b"), TEXT("end"), TEXT("z"));
	ck_assert_int_eq(workflow_check(w, &state), WORKFLOW_UNREACHED);
	ck_assert_int_eq(state, 2);
	workflow_free(w);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("workflow");
	TCase *t = tcase_create("workflow");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_workflow");
	suite_add_tcase(s, t);
	tcase_add_loop_test(
		t, every_pair_of_state_and_event_is_as_the_contract_says, 0,
		NELEMS(house));
	tcase_add_loop_test(t, only_pause_and_resume_touch_the_clock, 0,
			    NELEMS(house));
	tcase_add_test(t, classes_stand_for_their_states);
	tcase_add_test(t, a_pair_given_twice_is_refused_even_through_a_class);
	tcase_add_test(t, names_that_are_not_given_are_refused);
	tcase_add_test(t, a_state_that_no_event_leads_to_is_found);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
