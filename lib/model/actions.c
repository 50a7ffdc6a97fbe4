/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When an action reached the states of its life. */
#include "model/actions.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct actions {
	const struct casework *cases;
	size_t watcher;
	int planned, done, evaluated, dropped;
};

/* In a case. */
struct mine {
	int64_t planned_at, done_at, evaluated_at;
	bool planned, done, evaluated, dropped;
	uint32_t rounds;
};

static void step(void *ctx, void *room, const struct casework_change *c)
{
	const struct actions *a = ctx;
	struct mine *m = room;

	m->dropped = c->to == a->dropped;
	if (c->to == c->from)
		return;
	if (c->to == a->planned) {
		m->rounds += !m->planned || m->evaluated;
		m->planned = true;
		m->planned_at = c->event->at;
		m->done = m->evaluated = false;
	} else if (c->to == a->done) {
		m->done = true;
		m->done_at = c->event->at;
	} else if (c->to == a->evaluated) {
		m->evaluated = true;
		m->evaluated_at = c->event->at;
	}
}

struct actions *actions_new(struct casework *cases, const struct workflow *w)
{
	struct actions *a = mem_zalloc(1, sizeof(*a));

	a->cases = cases;
	a->planned = workflow_find_state(w, TEXT("planned"));
	a->done = workflow_find_state(w, TEXT("done"));
	a->evaluated = workflow_find_state(w, TEXT("evaluated"));
	a->dropped = workflow_find_state(w, TEXT("dropped"));
	a->watcher = casework_watch(cases, sizeof(struct mine), step, a);
	return a;
}

void actions_free(struct actions *a)
{
	free(a);
}

struct actions_action actions_action(const struct actions *a, size_t i)
{
	const struct mine *m = casework_mine(a->cases, a->watcher, i);

	return (struct actions_action){
		.planned_at = m->planned ? m->planned_at : CASEWORK_NO_TIME,
		.done_at = m->done ? m->done_at : CASEWORK_NO_TIME,
		.evaluated_at = m->evaluated ? m->evaluated_at :
					       CASEWORK_NO_TIME,
		.rounds = m->rounds, .dropped = m->dropped,
	};
}

int64_t actions_end(const struct actions_action *a, int64_t closed_at,
		    int64_t today)
{
	if (a->done_at != CASEWORK_NO_TIME)
		return a->done_at;
	if (a->dropped && closed_at != CASEWORK_NO_TIME)
		return closed_at;
	return today;
}

enum actions_effect actions_effect(double before, double after, double target)
{
	double gain, wanted = target - before;

	if (isnan(before) || isnan(after) || isnan(target) || wanted == 0)
		return ACTIONS_UNKNOWN;
	gain = wanted > 0 ? after - before : before - after;
	if (wanted > 0 ? after >= target : after <= target)
		return ACTIONS_REACHED;
	if (gain == 0)
		return ACTIONS_SAME;
	return gain > 0 ? ACTIONS_BETTER : ACTIONS_WORSE;
}

const char *actions_effect_name(enum actions_effect effect)
{
	static const char *const names[] = {
		[ACTIONS_UNKNOWN] = NULL,     [ACTIONS_REACHED] = "reached",
		[ACTIONS_BETTER] = "better",  [ACTIONS_SAME] = "same",
		[ACTIONS_WORSE] = "worse",
	};

	return names[effect];
}
