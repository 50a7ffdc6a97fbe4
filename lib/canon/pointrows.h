/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the stream `points` as entries of the ledger (model/points.h), and
 * entries as members of a line of its log. */
#ifndef CANON_POINTROWS_H
#define CANON_POINTROWS_H

#include "base/mem.h"
#include "canon/place.h"
#include "model/points.h"
#include "stream/caselog.h"
#include "stream/input.h"

enum {
	POINT_ENTRY_ID, POINT_CUSTOMER_ID, POINT_AT, POINT_ENTRY, POINT_POINTS,
	POINT_EXPIRES_ON, POINT_REF, POINT_COLUMNS
};

extern const struct input_column pointrows_columns[POINT_COLUMNS];

/* The row as an entry, its texts the row's; false: the row was set aside,
 * because its `entry` is none of the kinds. An earn without a last day has
 * `valid` months of life, or no end when that is 0. */
bool pointrows_entry(struct input *, const struct row *, struct place *,
		     int64_t valid, struct points_entry *);

/* Sets the row aside for what points_add() said of it. */
void pointrows_reject(struct input *, enum points_verdict,
		      const struct points_entry *);

/* Appends the entry's members; and reads them: NULL, or what is wrong. The
 * texts that are escaped are copied to `texts`. */
void pointrows_put(struct buf *members, const struct points_entry *,
		   struct place *);
const char *pointrows_take(struct text members, struct place *,
			   struct arena *texts, struct points_entry *);

#endif
