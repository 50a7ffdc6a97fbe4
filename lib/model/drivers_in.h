/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drivers.c and drivers_answers.c share. */
#ifndef MODEL_DRIVERS_IN_H
#define MODEL_DRIVERS_IN_H

#include "base/group.h"
#include "model/drivers.h"

struct drivers_answer {
	uint32_t response, question;
	double score;
};

struct drivers {
	struct group *responses, *questions;
	double *scale_max;		/* of each question; 0: not told */
	size_t scales, scales_cap;
	uint32_t *column;		/* the question of each column: the
					 * outcome, the others by name */
	size_t width;			/* columns */
	struct drivers_answer *answer;
	size_t n, cap;
	struct driver *driver;
	bool *varies;			/* of each driver: not all alike */
	size_t drivers;
	struct drivers_whole whole;
};

/* Numbers responses by the order of their names, and questions by their
 * columns, so that sums do not depend on the order of the rows. */
void drivers_put_in_order(struct drivers *);

/*
 * One response's scores, those from answer *at on, into a row of `width`
 * (NAN: not answered), and *at to the next response; those without an outcome
 * are passed over. False: there are no more.
 */
bool drivers_next(const struct drivers *, size_t *at, double *row);

/* Counts and means of all drivers, and the responses with an outcome; no
 * other figures yet. */
void drivers_describe(struct drivers *);

#endif
