/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of a due time: all the time of a run, in rows. */
#include "base/mem.h"
#include "model/timers_in.h"

struct rows {
	struct timers_row *row;
	size_t n, cap;
};

/* Adds a stretch of time, to the row before when it is of the same kind. */
static void add(struct rows *r, struct timers_row row)
{
	struct timers_row *last = r->n > 0 ? &r->row[r->n - 1] : NULL;

	row.total = (last ? last->total : 0) + row.counted;
	if (last && last->why == row.why && text_eq(last->name, row.name) &&
	    text_eq(last->zh, row.zh)) {
		last->to = row.to;
		last->counted += row.counted;
		last->total = row.total;
		return;
	}
	r->row = mem_grow(r->row, r->n, &r->cap, sizeof(*r->row));
	r->row[r->n++] = row;
}

static void add_part(struct rows *r, const struct calendar *cal, int64_t from,
		     int64_t to)
{
	static const enum timers_why why[] = {
		[CALENDAR_WORKING] = TIMERS_WORKING,
		[CALENDAR_WORKING_MAKEUP] = TIMERS_MAKEUP,
		[CALENDAR_WORKING_UNLISTED] = TIMERS_UNLISTED,
		[CALENDAR_BREAK] = TIMERS_BREAK,
		[CALENDAR_CLOSED] = TIMERS_CLOSED,
		[CALENDAR_REST] = TIMERS_REST,
		[CALENDAR_ON_HOLIDAY] = TIMERS_HOLIDAY,
	};

	while (from < to) {
		struct calendar_part p = calendar_part(cal, from);
		bool named = p.why == CALENDAR_ON_HOLIDAY ||
			     p.why == CALENDAR_WORKING_MAKEUP;
		int64_t end = p.to < to ? p.to : to;

		add(r, (struct timers_row){
			.from = from, .to = end, .why = why[p.why],
			.counted = calendar_counts(p.why) ? end - from : 0,
			.name = named ? p.name : (struct text){ NULL, 0 },
			.zh = named ? p.zh : (struct text){ NULL, 0 },
		});
		from = end;
	}
}

/* Time in which the case was not paused. */
static void add_time(struct rows *r, const struct view *v, int64_t from,
		     int64_t to)
{
	if (from >= to)
		return;
	if (v->calendar)
		add_part(r, v->calendar, from, to);
	else
		add(r, (struct timers_row){ .from = from, .to = to,
					    .counted = to - from,
					    .why = TIMERS_WALL });
}

static void add_view(struct rows *r, const struct view *v, int64_t end)
{
	int64_t at = v->start;

	for (size_t i = 0; i < v->n && v->pause[i].from < end; i++) {
		const struct pause *p = &v->pause[i];
		int64_t from = p->from > at ? p->from : at;
		int64_t to = p->to < end ? p->to : end;

		add_time(r, v, at, from);
		if (from < to)
			add(r, (struct timers_row){ .from = from, .to = to,
						    .why = TIMERS_WAITING });
		at = to;
	}
	add_time(r, v, at, end);
}

struct timers_row *timers_rows(const struct timers *t, size_t i, size_t k,
			       struct casework_when when, size_t *n)
{
	const struct mine *m = timers_mine(t, i);
	struct casework_case c = casework_case(t->cases, i, when);
	struct timers_status s = timers_status_of(t, i, k, &c, when);
	struct rows rows = { NULL, 0, 0 };
	int64_t end = CASEWORK_NO_TIME;
	struct view v;

	*n = 0;
	if (s.state == TIMERS_UNUSED)
		return NULL;
	timers_view(&v, t, timers_timer(t, k), m, &m->run[k]);
	if (s.limit > 0)
		end = timers_used_up(&v, s.limit);
	if (end == CASEWORK_NO_TIME)
		end = s.state == TIMERS_STOPPED ? s.stop :
		      when.until > c.last_at	? when.until :
						  c.last_at;
	add_view(&rows, &v, end);
	timers_view_release(&v);
	*n = rows.n;
	return rows.row;
}
