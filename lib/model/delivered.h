/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Customer delivered value: what customers say they get (product, service,
 * staff, image) less what they say it costs them (money, time, energy,
 * psychic), after Kotler (Marketing Management, 8th ed. 1994, ch. 2). Which
 * question is which item is the caller's: delivered-value.csv beside this file
 * is what ships.
 *
 * Each answer is placed on 0..100, from the `low` end of its question's scale
 * to the `high` one, and kept to six decimals. Answers of one response to one
 * item, of one question or several, count as their mean. A response is
 * complete when it has all the items that occur in its group: only of these
 * are sums made, so that value and cost are of the same people.
 */
#ifndef MODEL_DELIVERED_H
#define MODEL_DELIVERED_H

#include "base/text.h"
#include "num/pairs.h"

#define DELIVERED_ITEMS 32

enum delivered_side { DELIVERED_VALUE, DELIVERED_COST, DELIVERED_SIDES };
extern const char *const delivered_side_names[DELIVERED_SIDES];

enum delivered_fault {
	DELIVERED_FINE,
	DELIVERED_TWICE,	/* the question is there already */
	DELIVERED_TWO_SIDES,	/* the item is of the other side */
	DELIVERED_NO_SCALE,	/* both ends of the scale are one, or beyond
				 * PAIRS_MAX */
	DELIVERED_TOO_MANY,	/* items */
	DELIVERED_FAULTS
};

struct delivered;

struct delivered *delivered_new(void);
void delivered_free(struct delivered *);

/* ---- the questions, all of them before the first answer ---- */

/* `low` may be above `high`: a question whose low scores mean much. */
enum delivered_fault delivered_ask(struct delivered *, struct text question,
				   struct text item, enum delivered_side,
				   double low, double high);
/* Number of the question, or SIZE_MAX. */
size_t delivered_question(const struct delivered *, struct text question);
/* The highest score of the question, and whether a score is on its scale. */
double delivered_scale_max(const struct delivered *, size_t question);
bool delivered_on_scale(const struct delivered *, size_t question,
			double score);

/* ---- the answers, in any order ---- */

/* The score must be on the scale. `group`: any number, from 0 on. */
void delivered_add(struct delivered *, size_t group, struct text response,
		   size_t question, double score);

/* ---- the figures ---- */

/* Of a group. Members of `pairs` are read by pairs_difference(). */
struct delivered_group {
	/* of each item, by number: x is the place, y is 0 */
	struct pairs item[DELIVERED_ITEMS];
	size_t items[DELIVERED_SIDES];	/* that occur */
	/* of the complete responses: x the sum of the items, y is 0 */
	struct pairs side[DELIVERED_SIDES];
	struct pairs net;		/* x value, y cost */
};

/* Items in the order in which delivered_ask() brought them. */
size_t delivered_items(const struct delivered *);
struct text delivered_item(const struct delivered *, size_t i,
			   enum delivered_side *);
/* Adds all answers up: an array of `groups` elements, which the caller
 * frees; all groups of delivered_add() must be below that. */
struct delivered_group *delivered_finish(struct delivered *, size_t groups);

#endif
