/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Merged cells of a sheet. They are named behind its rows, so they take a pass
 * of their own over it.
 */
#ifndef STREAM_XLSX_RANGES_H
#define STREAM_XLSX_RANGES_H

#include "stream/zip_part.h"

/* "AB12" of a cell; false when it is none. Small letters and $ are fine; row
 * may be missing (0). */
bool xlsx_reference(const char *s, const char **rest, uint32_t *column,
		    uint64_t *row);

/* A range of merged cells; columns from 0, rows from 1. */
struct xlsx_range {
	uint32_t row, last_row;
	uint16_t column, last_column;
};

#define XLSX_RANGES 1048576	/* of merged cells in one sheet, at most */

struct xlsx_ranges {
	struct xlsx_range *range;	/* by row, then column */
	size_t n, cap;
};

/* Reads all of a sheet for its merged cells; false: see why. */
bool xlsx_ranges_read(struct xlsx_ranges *, struct zip_part *,
		      struct buf *why);
void xlsx_ranges_release(struct xlsx_ranges *);

#endif
