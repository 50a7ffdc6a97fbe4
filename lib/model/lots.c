/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lots in order; what is taken comes off the front. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/lots.h"

void lots_release(struct lots *l)
{
	free(l->room);
}

static struct lot *at(const struct lots *l, size_t i)
{
	return &l->room[l->first + i];
}

const struct lot *lots_at(const struct lots *l, size_t i)
{
	return at(l, i);
}

bool lots_lapsed(const struct lot *l, int32_t day)
{
	return l->expires_on < day;
}

int64_t lots_sum(const struct lots *l, int32_t day, bool good)
{
	int64_t gone = 0;

	for (size_t i = 0; i < l->n && lots_lapsed(at(l, i), day); i++)
		gone += at(l, i)->left;
	return good ? l->sum - gone : gone;
}

/* Whether `a` is taken before `b`. */
static bool goes_first(const struct lot *a, const struct lot *b)
{
	if (a->expires_on != b->expires_on)
		return a->expires_on < b->expires_on;
	return a->earn < b->earn;
}

/* The place of an earn's lot: where it is, or would be. */
static size_t place_of(const struct lots *l, uint32_t earn, int32_t expires_on)
{
	const struct lot one = { 0, expires_on, earn };
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (goes_first(at(l, middle), &one))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* SIZE_MAX: nothing is left of it. */
static size_t number_of(const struct lots *l, uint32_t earn, int32_t expires_on)
{
	size_t i = place_of(l, earn, expires_on);

	return i < l->n && at(l, i)->earn == earn ? i : SIZE_MAX;
}

const struct lot *lots_find(const struct lots *l, uint32_t earn,
			    int32_t expires_on)
{
	size_t i = number_of(l, earn, expires_on);

	return i == SIZE_MAX ? NULL : at(l, i);
}

/* ---- room ---- */

/* Room behind the last; what was taken off the front is had again when it is
 * as much as what is there, so that each lot is moved but once. */
static void make_room(struct lots *l)
{
	if (l->first + l->n < l->cap)
		return;
	if (l->first > l->n) {
		memmove(l->room, at(l, 0), l->n * sizeof(*l->room));
		l->first = 0;
		return;
	}
	l->room = mem_grow(l->room, l->first + l->n, &l->cap,
			   sizeof(*l->room));
}

static void insert(struct lots *l, size_t i, struct lot new)
{
	make_room(l);
	memmove(at(l, i + 1), at(l, i), (l->n - i) * sizeof(*l->room));
	*at(l, i) = new;
	l->n++;
}

/* Takes the lots from .. to-1 out, moving the fewer ones. */
static void drop(struct lots *l, size_t from, size_t to)
{
	if (from < l->n - to) {
		memmove(at(l, to - from), at(l, 0), from * sizeof(*l->room));
		l->first += to - from;
	} else {
		memmove(at(l, from), at(l, to), (l->n - to) * sizeof(*l->room));
	}
	l->n -= to - from;
}

/* ---- what comes and goes ---- */

void lots_put(struct lots *l, uint32_t earn, int32_t expires_on, int64_t points)
{
	size_t i = place_of(l, earn, expires_on);

	l->sum += points;
	if (i < l->n && at(l, i)->earn == earn)
		at(l, i)->left += points;
	else
		insert(l, i, (struct lot){ points, expires_on, earn });
}

static void note(struct lots_draws *d, uint32_t earn, int64_t points)
{
	d->at = mem_grow(d->at, d->n, &d->cap, sizeof(*d->at));
	d->at[d->n++] = (struct lots_draw){ earn, points };
}

/* Takes up to so many points from the lots from .. to-1, one after the other;
 * those that are empty then go. Returns how many there were. */
static int64_t take(struct lots *l, size_t from, size_t to, int64_t points,
		    struct lots_draws *draws)
{
	int64_t left = points;
	size_t i = from;

	while (i < to && left > 0) {
		struct lot *one = at(l, i);
		int64_t some = one->left < left ? one->left : left;

		if (draws)
			note(draws, one->earn, some);
		one->left -= some;
		left -= some;
		if (one->left > 0)
			break;
		i++;
	}
	drop(l, from, i);
	l->sum -= points - left;
	return points - left;
}

int64_t lots_take(struct lots *l, int32_t day, int64_t points,
		  struct lots_draws *draws)
{
	size_t good = 0;

	while (good < l->n && lots_lapsed(at(l, good), day))
		good++;
	return take(l, good, l->n, points, draws);
}

int64_t lots_take_of(struct lots *l, uint32_t earn, int32_t expires_on,
		     int64_t points)
{
	size_t i = number_of(l, earn, expires_on);

	return i == SIZE_MAX ? 0 : take(l, i, i + 1, points, NULL);
}

void lots_lapse(struct lots *l, int32_t day, int32_t never, int64_t points)
{
	size_t lapsed = 0;

	while (lapsed < l->n && lots_lapsed(at(l, lapsed), day))
		lapsed++;
	points -= take(l, 0, lapsed, points, NULL);
	if (points > 0)
		take(l, place_of(l, 0, never), l->n, points, NULL);
}
