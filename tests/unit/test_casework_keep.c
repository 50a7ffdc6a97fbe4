/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases as bytes: one that was thawed goes on like one that never was. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/workflow_json.h"
#include "model/casework_keep.h"

static struct workflow *workflow;

static void setup(void)
{
	workflow = workflow_json_read("seven-step");
}

static void teardown(void)
{
	workflow_free(workflow);
}

static const char *const events[] = {
	"receive", "judge_valid", "judge_invalid", "assign", "analyse",
	"propose", "approve", "return", "implement", "notify", "feedback",
	"note", "escalate", "pause", "resume", "withdraw", "reopen", "correct",
};
static const char *const owners[] = { "", "", "E11", "E12", "a long name" };
static const char *const severities[] = { "", "", "", "2", "3", "5", "bad" };
static const char *const stores[] = { "", "S1", "S2" };

/* Always the same, and as good as any. */
static uint32_t draw(uint32_t *state, uint32_t n)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % n;
}

static int severity_of(void *ctx, struct text scene)
{
	(void)ctx;
	return text_is(scene, "S2") ? 2 : 0;
}

static struct casework *make(void)
{
	struct casework *cw = casework_new(workflow, NULL);

	ck_assert(casework_fields(cw, &TEXT("store_id"), 1));
	ck_assert(casework_scenes(cw, severity_of, NULL, 4));
	return cw;
}

static struct casework_event any_event(uint32_t *state, int i,
				       struct text field[CASEWORK_FIELDS])
{
	static char id[8];

	for (size_t k = 0; k < CASEWORK_FIELDS; k++)
		field[k] = text_of(stores[draw(state, NELEMS(stores))]);
	snprintf(id, sizeof(id), "C%u", draw(state, 5));
	return (struct casework_event){
		.case_id = text_of(id),
		.event = text_of(events[draw(state, NELEMS(events))]),
		.at = i * INSTANT_HOUR - draw(state, 3) * INSTANT_HOUR,
		.zone_minutes = 480,
		.owner = text_of(owners[draw(state, NELEMS(owners))]),
		.severity = text_of(severities[draw(state,
						     NELEMS(severities))]),
		.due = draw(state, 4) ? CASEWORK_NO_TIME : i * INSTANT_HOUR,
		.field = field,
	};
}

/* Every case to bytes and back, in another order. */
static struct casework *through_bytes(struct casework *cw)
{
	struct casework *to = make();
	struct buf b = { 0 };

	for (size_t i = casework_count(cw); i-- > 0;) {
		buf_clear(&b);
		casework_freeze(cw, i, &b);
		ck_assert(casework_thaw(to, casework_key(cw, i),
					buf_text(&b)));
		/* It is there now. */
		ck_assert(!casework_thaw(to, casework_key(cw, i),
					 buf_text(&b)));
	}
	buf_release(&b);
	casework_free(cw);
	return to;
}

static void same_text(struct text a, struct text b)
{
	ck_assert_msg(text_eq(a, b), "%.*s, not %.*s", (int)a.n, a.p,
		      (int)b.n, b.p);
}

static void same_cases(const struct casework *a, const struct casework *b)
{
	const struct casework_when when = { .until = 0 };
	size_t store = casework_find_field(a, TEXT("store_id")), j;

	ck_assert_uint_eq(casework_count(a), casework_count(b));
	for (size_t i = 0; i < casework_count(a); i++) {
		struct casework_case x = casework_case(a, i, when), y;

		ck_assert(casework_find(b, x.case_id, &j));
		y = casework_case(b, j, when);
		same_text(x.owner, y.owner);
		same_text(x.severity, y.severity);
		same_text(casework_field(a, i, store),
			  casework_field(b, j, store));
		x.case_id = x.owner = x.severity = TEXT("");
		y.case_id = y.owner = y.severity = TEXT("");
		ck_assert_int_eq(x.state, y.state);
		ck_assert_int_eq(x.paused, y.paused);
		ck_assert_uint_eq(x.events, y.events);
		ck_assert_int_eq(x.opened_at, y.opened_at);
		ck_assert_int_eq(x.closed_at, y.closed_at);
		ck_assert_int_eq(x.last_at, y.last_at);
		ck_assert_int_eq(x.due, y.due);
		ck_assert_uint_eq(x.reopened, y.reopened);
		ck_assert_int_eq(x.elapsed, y.elapsed);
		ck_assert_int_eq(x.working, y.working);
	}
}

/* Random events to two, of which one goes through bytes now and then. */
START_TEST(a_thawed_case_goes_on_as_if_nothing_were)
{
	struct casework *cw = make(), *thawed = make();
	uint32_t state = (uint32_t)_i + 1;
	int taken = 0;

	for (int i = 1; i < 600; i++) {
		struct text field[CASEWORK_FIELDS];
		struct casework_event ev = any_event(&state, i, field);
		int a, b;
		enum casework_verdict verdict = casework_add(cw, &ev, &a);

		ck_assert_int_eq(casework_add(thawed, &ev, &b), verdict);
		ck_assert_int_eq(a, b);
		taken += verdict == CASEWORK_FINE;
		if (draw(&state, 10) == 0)
			thawed = through_bytes(thawed);
	}
	same_cases(cw, thawed);
	ck_assert_int_gt(taken, 40);
	casework_free(cw);
	casework_free(thawed);
}
END_TEST

START_TEST(bytes_cut_short_or_too_long_are_none)
{
	struct casework *cw = make(), *to = make();
	struct text field[CASEWORK_FIELDS] = { { "S1", 2 } };
	struct casework_event ev = {
		.case_id = TEXT("C1"), .event = TEXT("receive"), .at = 1,
		.owner = TEXT("E11"), .due = CASEWORK_NO_TIME, .field = field,
	};
	struct buf b = { 0 };
	size_t i;
	int state;

	ck_assert_int_eq(casework_add(cw, &ev, &state), CASEWORK_FINE);
	casework_freeze(cw, 0, &b);
	for (size_t n = 0; n < b.n; n++)
		ck_assert(!casework_thaw(to, TEXT("C1"),
					 (struct text){ b.p, n }));
	buf_addc(&b, 'x');
	ck_assert(!casework_thaw(to, TEXT("C1"), buf_text(&b)));
	ck_assert(!casework_find(to, TEXT("C1"), &i));
	b.n--;
	ck_assert(casework_thaw(to, TEXT("C1"), buf_text(&b)));
	same_cases(cw, to);
	casework_forget(to);
	ck_assert_uint_eq(casework_count(to), 0);
	ck_assert(casework_thaw(to, TEXT("C1"), buf_text(&b)));
	same_cases(cw, to);
	buf_release(&b);
	casework_free(cw);
	casework_free(to);
}
END_TEST

START_TEST(other_columns_scenes_or_workflows_tell)
{
	struct casework *one = make(), *two = make();
	struct workflow *eight = workflow_json_read("eight-step");
	struct casework *other = casework_new(eight, NULL);
	struct casework *plain = casework_new(workflow, NULL);

	ck_assert_uint_eq(casework_digest(one), casework_digest(two));
	ck_assert_uint_ne(casework_digest(other), casework_digest(plain));
	ck_assert_uint_ne(casework_digest(plain), casework_digest(one));
	ck_assert(casework_scenes(two, severity_of, NULL, 5));
	ck_assert_uint_ne(casework_digest(one), casework_digest(two));
	ck_assert(casework_scenes(one, severity_of, NULL, 5));
	ck_assert_uint_eq(casework_digest(one), casework_digest(two));
	ck_assert(casework_fields(two, &TEXT("cause"), 1));
	ck_assert_uint_ne(casework_digest(one), casework_digest(two));
	casework_free(one);
	casework_free(two);
	casework_free(other);
	casework_free(plain);
	workflow_free(eight);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("casework_keep");
	TCase *t = tcase_create("casework_keep");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_casework_keep");
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_thawed_case_goes_on_as_if_nothing_were, 0, 20);
	tcase_add_test(t, bytes_cut_short_or_too_long_are_none);
	tcase_add_test(t,
		       other_columns_scenes_or_workflows_tell);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
