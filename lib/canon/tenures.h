/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long contracts lasted, as the sBG wants it (model/sbg.h): from summary
 * rows, from counts of survivors, or from the steps of a survival curve.
 */
#ifndef CANON_TENURES_H
#define CANON_TENURES_H

#include "model/history.h"
#include "model/sbg.h"
#include "stream/input.h"

/* A growing list; zero bytes are an empty one. */
struct tenure_list {
	struct tenure *at;	/* by period, the first one at [0] */
	size_t n, cap;
};

/* Periods beyond it are taken for a mistake of the unit. */
#define TENURES_MAX 100000

/*
 * A customer of the summary, in the unit by which contracts are renewed: was
 * there through the whole periods of t_x; lost in the next one when that one
 * is over (T - t_x >= 1), else kept. Who is in the first period tells
 * nothing. False: more than TENURES_MAX periods.
 */
bool tenures_add_buyer(struct tenure_list *, const struct buyer *);

struct tenures tenures_view(const struct tenure_list *);
void tenures_release(struct tenure_list *);

/* Rows period,survivors: counts, or shares of `of` customers. */
enum { SURVIVORS_PERIOD, SURVIVORS_COUNT, SURVIVORS_COLUMNS };
extern const struct input_column survivors_columns[SURVIVORS_COLUMNS];

/* Those of one group; zero bytes are none. */
struct survivors {
	double *count;		/* by period from 0; NAN: no row */
	size_t n, cap;
};

/* False when the row was set aside: a period that is no number from 0 on, or
 * is there twice; a count below 0. */
bool survivors_read(struct input *, const struct cell *, struct survivors *);
/*
 * The tenures of them, the first row scaled to `of` customers (0: as it is).
 * Returns NULL, or what is wrong: periods that are missing, survivors who
 * come back. Releases the survivors.
 */
const char *survivors_tenures(struct survivors *, double of,
			      struct tenure_list *);

/* Rows time,events,censored, as crm-clv survival writes them: lost or last
 * seen after `time` whole periods. */
enum { STEP_TIME, STEP_EVENTS, STEP_CENSORED, STEP_COLUMNS };
extern const struct input_column step_columns[STEP_COLUMNS];
bool step_read(struct input *, const struct cell *, struct tenure_list *);

#endif
