/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lots of points that one customer has (points.h): each what is left of
 * one earn, with its last day. They are kept in the order in which they are
 * taken: the one that lapses first before the others, of one day the one that
 * was earned first.
 */
#ifndef MODEL_LOTS_H
#define MODEL_LOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOTS_NO_EARN UINT32_MAX

struct lot {
	int64_t left;		/* never 0 */
	int32_t expires_on;	/* last day */
	uint32_t earn;		/* number of the entry */
};

/* Zero bytes are none; lots_release() frees. What is taken off the front
 * costs nothing, however many there are. */
struct lots {
	struct lot *room;
	size_t first, n, cap;	/* room[first] .. room[first + n - 1] */
	int64_t sum;		/* of all */
};

/* What was taken from which, one after the other. */
struct lots_draw {
	uint32_t earn;
	int64_t points;
};

struct lots_draws {
	struct lots_draw *at;
	size_t n, cap;
};

void lots_release(struct lots *);
/* The i-th; valid until the next change. */
const struct lot *lots_at(const struct lots *, size_t i);
bool lots_lapsed(const struct lot *, int32_t day);
/* Points of the lots that are good on the day, or that are not. */
int64_t lots_sum(const struct lots *, int32_t day, bool good);
/* NULL when nothing is left of the earn; as lots_at(). */
const struct lot *lots_find(const struct lots *, uint32_t earn,
			    int32_t expires_on);

/* Adds points to the lot of an earn, which may have been used up. */
void lots_put(struct lots *, uint32_t earn, int32_t expires_on,
	      int64_t points);
/* Takes up to so many points that are good on the day, and returns how many
 * there were; what came from where is added to `draws`, if not NULL. */
int64_t lots_take(struct lots *, int32_t day, int64_t points,
		  struct lots_draws *draws);
/* The same from the lot of one earn, whether it is good or not. */
int64_t lots_take_of(struct lots *, uint32_t earn, int32_t expires_on,
		     int64_t points);
/* Takes points that have lapsed by the day, then such as never do. */
void lots_lapse(struct lots *, int32_t day, int32_t never, int64_t points);

#endif
