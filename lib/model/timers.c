/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Timers: a watcher of cases that keeps starts, stops and pauses. What a
 * timer used and when its time is up is worked out by going through the
 * stretches of its run that no pause covers.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "model/timers_in.h"

/* ---- while events come in ---- */

static void see_pause(struct timers *t, struct mine *m, bool paused,
		      int64_t at)
{
	struct pause *last = m->pause ? &t->pause[m->pause] : NULL;
	bool lasts = last && last->to == CALENDAR_NEVER;

	if (lasts == paused)
		return;
	if (lasts) {
		last->to = at;
		return;
	}
	t->pause = mem_grow(t->pause, t->pauses, &t->cap, sizeof(*t->pause));
	t->pause[t->pauses] = (struct pause){ at, CALENDAR_NEVER, m->pause };
	m->pause = (uint32_t)t->pauses++;
}

static void move(const struct timers *t, const struct workflow_timer *timer,
		 struct run *r, const struct casework_change *c)
{
	bool closed = workflow_state(t->workflow, c->to)->closed;

	if (r->running && (timer->until[c->to] ||
			   (closed && !timer->from[c->to]))) {
		r->running = false;
		r->stop = c->event->at;
		r->severity = (uint8_t)workflow_severity(
			casework_word(c->cases, c->severity));
	} else if (!r->running && timer->from[c->to]) {
		r->running = true;
		r->start = c->event->at;
		r->runs++;
	}
}

static void step(void *ctx, void *room, const struct casework_change *c)
{
	struct timers *t = ctx;
	struct mine *m = room;

	see_pause(t, m, c->paused, c->event->at);
	if (c->from == c->to)
		return;
	for (size_t k = 0; k < t->n; k++)
		move(t, timers_timer(t, k), &m->run[k], c);
}

struct timers *timers_new(struct casework *cw, const struct workflow *w,
			  const struct calendar *cal, bool all)
{
	struct timers *t = mem_zalloc(1, sizeof(*t));

	t->cases = cw;
	t->workflow = w;
	t->calendar = cal;
	t->pauses = 1;
	for (int i = 0; i < workflow_timers(w); i++)
		if (all || i == workflow_deadline(w))
			t->which[t->n++] = i;
	t->pause = mem_grow(t->pause, 0, &t->cap, sizeof(*t->pause));
	if (t->n > 0)
		t->watcher = casework_watch(cw, sizeof(struct mine) +
						t->n * sizeof(struct run),
					    step, t);
	return t;
}

void timers_free(struct timers *t)
{
	if (t == NULL)
		return;
	free(t->pause);
	free(t);
}

size_t timers_count(const struct timers *t)
{
	return t->n;
}

const struct workflow_timer *timers_timer(const struct timers *t, size_t k)
{
	return workflow_timer(t->workflow, t->which[k]);
}

/* ---- lengths ---- */

int64_t timers_length(const struct timers *t,
		      const struct workflow_timer *timer,
		      struct workflow_limit limit)
{
	int64_t day = INSTANT_DAY, week = 7 * day;

	if (timer->working && t->calendar) {
		day = calendar_day(t->calendar);
		week = calendar_week(t->calendar);
	}
	switch (limit.unit) {
	case WORKFLOW_MINUTES:
		return limit.n * INSTANT_MINUTE;
	case WORKFLOW_HOURS:
		return limit.n * INSTANT_HOUR;
	case WORKFLOW_DAYS:
		return limit.n * day;
	case WORKFLOW_WEEKS:
		break;
	}
	return limit.n * week;
}

/* ---- a run and its pauses ---- */

void timers_view(struct view *v, const struct timers *t,
		 const struct workflow_timer *timer, const struct mine *m,
		 const struct run *r)
{
	size_t cap = 0, n = 0;

	*v = (struct view){ .start = r->start,
			    .end = r->running ? CALENDAR_NEVER : r->stop };
	if (!timer->working)
		return;
	v->calendar = t->calendar;
	for (uint32_t p = m->pause; p; p = t->pause[p].before) {
		if (t->pause[p].to <= v->start || t->pause[p].from >= v->end)
			continue;
		v->pause = mem_grow(v->pause, n, &cap, sizeof(*v->pause));
		v->pause[n++] = t->pause[p];
	}
	for (size_t i = 0; i < n / 2; i++) {
		struct pause swap = v->pause[i];

		v->pause[i] = v->pause[n - 1 - i];
		v->pause[n - 1 - i] = swap;
	}
	v->n = n;
}

void timers_view_release(struct view *v)
{
	free(v->pause);
}

static int64_t counted(const struct view *v, int64_t from, int64_t to)
{
	if (to <= from)
		return 0;
	return v->calendar ? calendar_between(v->calendar, from, to) :
			     to - from;
}

static int64_t used_until(const struct view *v, int64_t end)
{
	int64_t at = v->start, sum = 0;

	if (end > v->end)
		end = v->end;
	for (size_t i = 0; i < v->n && v->pause[i].from < end; i++) {
		sum += counted(v, at, v->pause[i].from);
		at = v->pause[i].to;
	}
	return sum + counted(v, at, end);
}

int64_t timers_used_up(const struct view *v, int64_t limit)
{
	int64_t at = v->start, left = limit, due;

	for (size_t i = 0; i < v->n; i++) {
		int64_t now = counted(v, at, v->pause[i].from);

		if (left <= now)
			break;
		left -= now;
		at = v->pause[i].to;
	}
	if (at == CALENDAR_NEVER)
		return CASEWORK_NO_TIME;
	due = v->calendar ? calendar_after(v->calendar, at, left) : at + left;
	return due == CALENDAR_NEVER ? CASEWORK_NO_TIME : due;
}

/* ---- what is asked of a timer ---- */

const struct mine *timers_mine(const struct timers *t, size_t i)
{
	return casework_mine(t->cases, t->watcher, i);
}

static void see_due(struct timers_status *s, const struct view *v,
		    const struct casework_case *c, bool deadline,
		    int64_t today)
{
	if (s->limit > 0)
		s->due = timers_used_up(v, s->limit);
	if (deadline && c->due != CASEWORK_NO_TIME) {
		s->due = c->due;
		s->given = true;
	}
	if (s->due != CASEWORK_NO_TIME)
		s->late = (s->state == TIMERS_STOPPED ? s->stop : today) >
			  s->due;
}

struct timers_status timers_status_of(const struct timers *t, size_t i,
				      size_t k, const struct casework_case *c,
				      struct casework_when when)
{
	const struct workflow_timer *timer = timers_timer(t, k);
	const struct mine *m = timers_mine(t, i);
	const struct run *r = &m->run[k];
	struct timers_status s = { .start = CASEWORK_NO_TIME,
				   .stop = CASEWORK_NO_TIME,
				   .due = CASEWORK_NO_TIME, .runs = r->runs };
	struct view v;

	if (r->runs == 0)
		return s;
	s.start = r->start;
	s.state = TIMERS_STOPPED;
	s.severity = r->severity;
	if (r->running) {
		s.state = timer->working && c->paused ? TIMERS_PAUSED :
							TIMERS_RUNNING;
		s.severity = workflow_severity(c->severity);
	} else {
		s.stop = r->stop;
	}
	s.limit = timers_length(t, timer, timer->within[s.severity]);
	timers_view(&v, t, timer, m, r);
	s.used = used_until(&v, when.until > c->last_at ? when.until :
							  c->last_at);
	see_due(&s, &v, c, timer->deadline, when.today);
	timers_view_release(&v);
	return s;
}

struct timers_status timers_status(const struct timers *t, size_t i, size_t k,
				   struct casework_when when)
{
	struct casework_case c = casework_case(t->cases, i, when);

	return timers_status_of(t, i, k, &c, when);
}

static bool is_late(const struct timers *t, const struct casework_case *c,
		    int64_t today)
{
	bool closed = workflow_state(t->workflow, c->state)->closed;

	return (closed ? c->closed_at : today) > c->due;
}

struct casework_case timers_case(const struct timers *t, size_t i,
				 struct casework_when when)
{
	struct casework_case c = casework_case(t->cases, i, when);

	for (size_t k = 0; k < t->n && c.due == CASEWORK_NO_TIME; k++) {
		if (!timers_timer(t, k)->deadline)
			continue;
		c.due = timers_status_of(t, i, k, &c, when).due;
		c.overdue = c.due != CASEWORK_NO_TIME &&
			    is_late(t, &c, when.today);
	}
	return c;
}
