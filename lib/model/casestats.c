/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times added up event by event. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/casestats.h"

/* A case's room. The time until the response runs on until it is given. */
struct room {
	struct casestats_response response;
	int64_t elapsed, working;	/* of the stay that lasts */
	struct casestats_dwell dwell[];	/* by state, if it is kept */
};

struct casestats {
	const struct casework *cases;
	const bool *response;
	size_t watcher;
	bool dwell;
};

static bool responds(const struct casestats *s,
		     const struct casework_change *c)
{
	if (c->from == WORKFLOW_NEW)
		return false;
	return s->response ? s->response[c->number] : c->to != c->from;
}

static void leave(struct room *r, int state)
{
	struct casestats_dwell *d = &r->dwell[state];

	d->elapsed += r->elapsed;
	d->working += r->working;
	d->stays++;
}

static void step(void *ctx, void *mine, const struct casework_change *c)
{
	const struct casestats *s = ctx;
	struct room *r = mine;

	if (!r->response.given) {
		r->response.elapsed += c->elapsed;
		r->response.working += c->working;
		r->response.given = responds(s, c);
	}
	if (!s->dwell)
		return;
	r->elapsed += c->elapsed;
	r->working += c->working;
	if (c->to == c->from)
		return;
	if (c->from != WORKFLOW_NEW)
		leave(r, c->from);
	r->elapsed = r->working = 0;
}

struct casestats *casestats_watch(struct casework *cw,
				  const struct workflow *w,
				  const bool *response, bool dwell)
{
	struct casestats *s = mem_zalloc(1, sizeof(*s));
	size_t states = dwell ? (size_t)workflow_states(w) : 0;

	s->cases = cw;
	s->response = response;
	s->dwell = dwell;
	s->watcher = casework_watch(cw, sizeof(struct room) +
					states * sizeof(struct casestats_dwell),
				    step, s);
	return s;
}

void casestats_free(struct casestats *s)
{
	free(s);
}

static const struct room *room_of(const struct casestats *s, size_t i)
{
	return casework_mine(s->cases, s->watcher, i);
}

struct casestats_response casestats_response(const struct casestats *s,
					     size_t i)
{
	return room_of(s, i)->response;
}

struct casestats_dwell casestats_dwell(const struct casestats *s, size_t i,
				       int state)
{
	return room_of(s, i)->dwell[state];
}

enum casestats_verdict casestats_verdict(const struct casework_case *k)
{
	if (k->due == CASEWORK_NO_TIME)
		return CASESTATS_UNKNOWN;
	if (k->overdue)
		return CASESTATS_LATE;
	return k->closed_at == CASEWORK_NO_TIME ? CASESTATS_UNKNOWN :
						  CASESTATS_WITHIN;
}

const char *casestats_outcome_name(enum casestats_outcome outcome)
{
	static const char *const name[CASESTATS_OUTCOMES] = {
		[CASESTATS_ON_SPOT] = "on-spot",
		[CASESTATS_SOLVED] = "solved",
		[CASESTATS_UNSOLVED] = "unsolved",
	};

	return name[outcome];
}

bool *casestats_unsolved(const struct workflow *w, struct text states,
			 struct text *missing)
{
	bool *unsolved = mem_zalloc((size_t)workflow_states(w),
				    sizeof(*unsolved));
	struct text part;

	*missing = (struct text){ 0 };
	while (text_split(&states, ',', &part)) {
		int state = workflow_find_state(w, part);

		if (state != WORKFLOW_NOT)
			unsolved[state] = true;
		else if (!missing->p)
			*missing = part;
	}
	return unsolved;
}

enum casestats_outcome casestats_outcome(const struct casework_case *k,
					 const bool *unsolved,
					 int64_t on_spot)
{
	if (k->closed_at == CASEWORK_NO_TIME || unsolved[k->state])
		return CASESTATS_UNSOLVED;
	return k->reopened == 0 && k->elapsed <= on_spot ? CASESTATS_ON_SPOT :
							   CASESTATS_SOLVED;
}

struct casestats_repeats casestats_repeats(const uint32_t *at, size_t n,
					   uint32_t k)
{
	struct casestats_repeats r = { 0 };

	for (size_t i = 0; i < n; i++) {
		r.customers += at[i] > 0;
		r.cases += at[i];
		if (at[i] > 0 && at[i] >= k) {
			r.repeaters++;
			r.repeated += at[i];
		}
	}
	return r;
}
