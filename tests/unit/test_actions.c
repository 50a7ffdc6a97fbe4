/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrective actions: their life, when they are late, what came of them. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "canon/workflow_json.h"
#include "model/actions.h"

/* One action through these entries, a microsecond apart. */
static struct actions_action after_entries(const char *const *entries, size_t n)
{
	struct workflow *w = workflow_json_read("action-steps");
	struct casework *cases = casework_new(w, NULL);
	struct actions *actions = actions_new(cases, w);
	struct actions_action a;

	for (size_t i = 0; i < n; i++) {
		struct casework_event ev = {
			.case_id = TEXT("A"), .event = text_of(entries[i]),
			.at = (int64_t)i, .due = CASEWORK_NO_TIME,
			.recorded = true,
		};
		int state;

		ck_assert_msg(casework_add(cases, &ev, &state) ==
				      CASEWORK_FINE, "%s", entries[i]);
	}
	a = actions_action(actions, 0);
	actions_free(actions);
	casework_free(cases);
	workflow_free(w);
	return a;
}

#define LIFE(...)                                                   \
	after_entries((const char *const[]){ __VA_ARGS__ },          \
		      NELEMS(((const char *const[]){ __VA_ARGS__ })))

START_TEST(an_action_that_was_found_is_not_planned)
{
	struct actions_action a = LIFE("open", "note");

	ck_assert_int_eq(a.planned_at, CASEWORK_NO_TIME);
	ck_assert_int_eq(a.done_at, CASEWORK_NO_TIME);
	ck_assert_uint_eq(a.rounds, 0);
	ck_assert(!a.dropped);
}
END_TEST

START_TEST(each_step_has_its_time)
{
	struct actions_action a = LIFE("open", "plan", "track", "done",
				       "evaluate", "correct");

	ck_assert_int_eq(a.planned_at, 1);
	ck_assert_int_eq(a.done_at, 3);
	ck_assert_int_eq(a.evaluated_at, 4);
	ck_assert_uint_eq(a.rounds, 1);
}
END_TEST

START_TEST(what_was_returned_is_not_done)
{
	struct actions_action a = LIFE("plan", "done", "return");

	ck_assert_int_eq(a.planned_at, 2);
	ck_assert_int_eq(a.done_at, CASEWORK_NO_TIME);
	ck_assert_uint_eq(a.rounds, 1);
	a = LIFE("plan", "done", "return", "done");
	ck_assert_int_eq(a.done_at, 3);
}
END_TEST

START_TEST(going_on_is_another_round)
{
	struct actions_action a = LIFE("plan", "done", "evaluate", "continue");

	ck_assert_int_eq(a.planned_at, 3);
	ck_assert_int_eq(a.done_at, CASEWORK_NO_TIME);
	ck_assert_int_eq(a.evaluated_at, CASEWORK_NO_TIME);
	ck_assert_uint_eq(a.rounds, 2);
}
END_TEST

START_TEST(what_was_dropped_ends_there)
{
	struct actions_action a = LIFE("open", "drop", "correct");

	ck_assert(a.dropped);
	ck_assert_int_eq(actions_end(&a, 1, 9), 1);
	a = LIFE("open", "drop", "reopen");
	ck_assert(!a.dropped);
	ck_assert_int_eq(actions_end(&a, 1, 9), 9);
	a = LIFE("plan", "done");
	ck_assert_int_eq(actions_end(&a, CASEWORK_NO_TIME, 9), 1);
}
END_TEST

static const struct {
	double before, after, target;
	enum actions_effect effect;
} effects[] = {
	{ 30, 10, 10, ACTIONS_REACHED },  { 30, 9, 10, ACTIONS_REACHED },
	{ 30, 20, 10, ACTIONS_BETTER },	  { 30, 30, 10, ACTIONS_SAME },
	{ 30, 31, 10, ACTIONS_WORSE },	  { 10, 30, 30, ACTIONS_REACHED },
	{ 10, 40, 30, ACTIONS_REACHED },  { 10, 20, 30, ACTIONS_BETTER },
	{ 10, 10, 30, ACTIONS_SAME },	  { 10, 5, 30, ACTIONS_WORSE },
	{ 10, 20, 10, ACTIONS_UNKNOWN },  { NAN, 20, 10, ACTIONS_UNKNOWN },
	{ 10, NAN, 30, ACTIONS_UNKNOWN }, { 10, 20, NAN, ACTIONS_UNKNOWN },
};

START_TEST(the_target_says_which_way_is_better)
{
	ck_assert_int_eq(actions_effect(effects[_i].before, effects[_i].after,
					effects[_i].target),
			 effects[_i].effect);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("actions");
	TCase *t = tcase_create("actions");
	SRunner *r;
	int failed;

	tcase_add_test(t, an_action_that_was_found_is_not_planned);
	tcase_add_test(t, each_step_has_its_time);
	tcase_add_test(t, what_was_returned_is_not_done);
	tcase_add_test(t, going_on_is_another_round);
	tcase_add_test(t, what_was_dropped_ends_there);
	tcase_add_loop_test(t, the_target_says_which_way_is_better, 0,
			    (int)NELEMS(effects));
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
