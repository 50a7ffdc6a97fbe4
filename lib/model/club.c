/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels: a window of months moves over what came in. */
#include "model/club.h"

struct window {
	const struct club_move *move;
	size_t n;	    /* those that are known */
	size_t first, next; /* in the window: first..next-1 */
	int64_t sum;
	int months;
};

/* Days go up from call to call. */
static void window_to(struct window *w, int32_t day)
{
	int32_t out = day_add_months(day, -w->months);

	for (; w->next < w->n && w->move[w->next].day <= day; w->next++)
		w->sum += w->move[w->next].points;
	for (; w->first < w->next && w->move[w->first].day <= out; w->first++)
		w->sum -= w->move[w->first].points;
}

static size_t worth(const struct club_rule *r, int64_t points)
{
	size_t level = 0;

	while (level + 1 < r->levels && r->points[level + 1] <= points)
		level++;
	return level;
}

static size_t level_after(const struct club_rule *r, size_t level,
			  int64_t points)
{
	size_t down = worth(r, points);

	if (down >= level)
		return level;
	return level - down > r->fall ? level - r->fall : down;
}

static void settle(const struct club_rule *r, struct club_standing *s,
		   size_t level, int32_t day)
{
	int32_t next = day_add_months(day, r->months);

	if (level != s->level)
		s->since = day;
	s->level = level;
	/* The calendar ends, and reviews with it. */
	s->review_on = level > 0 && next > day ? next : DAY_NONE;
}

static void review_until(const struct club_rule *r, struct club_standing *s,
			 struct window *w, int32_t day)
{
	while (s->review_on != DAY_NONE && s->review_on <= day) {
		window_to(w, s->review_on);
		settle(r, s, level_after(r, s->level, w->sum), s->review_on);
	}
}

struct club_standing club_stand(const struct club_rule *r,
				const struct club_move *move, size_t n,
				int32_t day)
{
	struct club_standing s = {.since = DAY_NONE, .review_on = DAY_NONE};
	struct window w = {.move = move, .months = r->months};

	while (w.n < n && move[w.n].day <= day)
		w.n++;
	while (w.next < w.n) {
		int32_t today = move[w.next].day;

		review_until(r, &s, &w, today - 1);
		window_to(&w, today);
		if (worth(r, w.sum) > s.level)
			settle(r, &s, worth(r, w.sum), today);
	}
	review_until(r, &s, &w, day);
	window_to(&w, day);
	s.qualifying = w.sum;
	s.then = s.level;
	if (s.review_on != DAY_NONE) {
		window_to(&w, s.review_on);
		s.held = w.sum;
		s.then = level_after(r, s.level, w.sum);
	}
	return s;
}
