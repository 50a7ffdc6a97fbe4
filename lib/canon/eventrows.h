/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events in: rows of the stream `complaints` as events of cases. */
#ifndef CANON_EVENTROWS_H
#define CANON_EVENTROWS_H

#include "canon/place.h"
#include "stream/input.h"

/* The first columns of every verb that reads events, in this order. */
enum {
	EVENT_CASE_ID, EVENT_AT, EVENT_EVENT, EVENT_OWNER, EVENT_SEVERITY,
	EVENT_DUE, EVENT_COLUMNS
};

extern const struct input_column eventrows_columns[EVENT_COLUMNS];

/* The row as an event; its texts are the row's. A `due` that is a bare day
 * lasts until 23:59:59 of it. */
struct casework_event eventrows_event(const struct row *, struct place *);

/* Sets the row aside for what casework_add() said of it; `state` is the one
 * that the case is in. */
void eventrows_reject(struct input *, enum casework_verdict,
		      const struct casework_event *, const struct casework *,
		      const struct workflow *, int state, struct place *);

#endif
