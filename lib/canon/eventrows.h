/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events in: rows of the stream `complaints` as events of cases. */
#ifndef CANON_EVENTROWS_H
#define CANON_EVENTROWS_H

#include "canon/place.h"
#include "stream/input.h"

/* The first columns of every verb that reads events, in this order. */
enum {
	EVENT_CASE_ID, EVENT_AT, EVENT_EVENT, EVENT_OWNER, EVENT_SEVERITY,
	EVENT_DUE, EVENT_ROLE, EVENT_ACTOR, EVENT_COLUMNS
};

extern const struct input_column eventrows_columns[EVENT_COLUMNS];

/* Room for those and the columns that the cases ask for besides. */
#define EVENTROWS_MAX (EVENT_COLUMNS + CASEWORK_FIELDS)

/* Writes all of them, for input_open(): the ones above, then those of
 * casework_column() in their order, by the schema's types. Returns how many. */
size_t eventrows_all(const struct casework *,
		     struct input_column columns[EVENTROWS_MAX]);
/* The texts of the further cells of a row that was read so, for
 * casework_event.field; each borrowed as the row is. */
void eventrows_fields(const struct row *, const struct casework *,
		      struct text field[CASEWORK_FIELDS]);

/* The row as an event; its texts are the row's. A `due` that is a bare day
 * lasts until 23:59:59 of it. */
struct casework_event eventrows_event(const struct row *, struct place *);

/*
 * What casework_add() has against an event, as a sentence that is appended to
 * `why`; `state` is the one that the case is in. `column` is of the columns
 * above, or -1.
 */
struct eventrows_refusal {
	int column;
	enum reason reason;
};

struct eventrows_refusal
eventrows_refuse(struct buf *why, enum casework_verdict,
		 const struct casework_event *, const struct casework *,
		 const struct workflow *, int state, struct place *);
/* Sets the row aside for it. */
void eventrows_reject(struct input *, enum casework_verdict,
		      const struct casework_event *, const struct casework *,
		      const struct workflow *, int state, struct place *);

#endif
