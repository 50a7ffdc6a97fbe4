/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first records of a file as rows of cells. */
#ifndef CANON_GRID_H
#define CANON_GRID_H

#include "base/mem.h"
#include "stream/json_in.h"

struct grid {
	struct text **cell;	/* one array a row */
	size_t *width;
	uint64_t *line;		/* physical, where the row starts */
	struct text *raw;	/* the record's bytes */
	size_t rows, cap;
	bool by_row;		/* set before: lines are a sheet's rows */
	struct arena hold;
};

/* Cuts what is complete in `head` (all of it when `whole`), leaving out
 * records that begin before line `from`. At most `max` rows. */
void grid_fill(struct grid *, struct text head, bool whole, char delimiter,
	       uint64_t from, size_t max);
/*
 * The same of JSON objects, one a line or in one array: the first row is the
 * keys of the first sound object, which `json` learns; then follow its values
 * and those of the sound ones after it.
 */
void grid_fill_json(struct grid *, struct jsonin *json, struct text head,
		    bool whole, bool array, size_t max);
/* One more row, with room for so many cells; its number. */
size_t grid_add(struct grid *, size_t width);
void grid_release(struct grid *);

#endif
