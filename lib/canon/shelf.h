/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the rows of a stream wait until all files are read: rows that are
 * the same document line are merged, and the rest comes out in an order that
 * does not depend on the order of the files.
 *
 * What one row of an export gives is a unit: one or more rows of the stream
 * that stand or fall together. Units with one key are one:
 *   SHELF_EVENTS    the later one stands (by day; then, at the first cell in
 *                   which they differ, the longer, else the bytewise greater)
 *   SHELF_ENTITIES  their rows (one each) are filled into one another: each
 *                   cell the first that is not empty, units of the smallest
 *                   rank first, then the latest, then the smaller cells
 */
#ifndef CANON_SHELF_H
#define CANON_SHELF_H

#include "base/text.h"

enum shelf_rule { SHELF_EVENTS, SHELF_ENTITIES };

#define SHELF_NOBODY UINT32_MAX

struct shelf_unit {
	struct text key;	/* what it is; begins with the document's */
	size_t document;	/* bytes of the key that name the document */
	int64_t when;		/* day or instant; INT64_MIN: not known */
	uint32_t ordinal;	/* place within the document */
	uint32_t who;		/* number of its customer, or SHELF_NOBODY */
	uint32_t rank;		/* ENTITIES: smaller fills first */
};

struct shelf;

struct shelf *shelf_new(enum shelf_rule, size_t columns);
void shelf_free(struct shelf *);
/* ENTITIES: of this column the bytewise smallest counts, not the first. */
void shelf_smallest(struct shelf *, size_t column);
/* ENTITIES: of this column the first that is whole counts, and the first of
 * all when none is: 王伟 before 王先生, whoever said it first. For at most
 * SHELF_PREFER_MAX columns. */
#define SHELF_PREFER_MAX 4
void shelf_prefer(struct shelf *, size_t column, bool (*is_whole)(struct text));
/* EVENTS: keeps what shelf_change() tells; before shelf_finish(). */
void shelf_watch(struct shelf *);

/* Puts a unit of n rows; cell[i * columns ..] are the cells of row i, when[i]
 * its place in time (NULL: the unit's). Everything is copied. */
void shelf_put(struct shelf *, const struct shelf_unit *,
	       const struct text *cell, const int64_t *when, size_t n);

/*
 * ENTITIES whose keys are not known before all is read: a unit's key is then
 * empty, and this gives it.
 */
typedef struct text shelf_key(void *ctx, uint32_t who);

/* Merges and sorts; no more units after it. Returns the rows left. */
size_t shelf_finish(struct shelf *, shelf_key *, void *ctx);

/*
 * Row i in the order of output: its cells, valid until the next call, who it
 * is about, and the document it belongs to. EVENTS are ordered by time,
 * document, ordinal and key; ENTITIES by key.
 */
struct shelf_row {
	const struct text *cell;	/* NULL: no such row (shelf_change) */
	uint32_t who;
	uint32_t unit;
	bool alone;			/* the only row of its unit */
	struct text document;
};

void shelf_row(struct shelf *, size_t i, struct shelf_row *);
/* The same with the whole row as the line that CSV has for it, without its
 * end and the commas before *empty cells that end it, and no cells; false
 * (and no row) when a cell of it needs quotes. */
bool shelf_line(struct shelf *, size_t i, struct shelf_row *,
		struct text *line, size_t *empty);

size_t shelf_units(const struct shelf *);
/* Units that others made superfluous. */
size_t shelf_merged(const struct shelf *);

/*
 * What was changed, after shelf_finish() on a shelf of EVENTS that is watched:
 * of each different unit that did not stand, the least first, row by row the
 * old one and the one that stands, where they are not the same. In order of
 * key, unit and row; no order of putting matters.
 *
 * Rows are compared as they were put and without who they are about: what the
 * caller fills into them afterwards may make two alike.
 *
 * old.cell is NULL where the old unit had fewer rows, now.cell where the one
 * that stands has. Valid until the next call of shelf_change() or shelf_row().
 */
struct shelf_change {
	struct text key;
	struct shelf_row old, now;
};

size_t shelf_changes(const struct shelf *);
void shelf_change(struct shelf *, size_t i, struct shelf_change *);

#endif
