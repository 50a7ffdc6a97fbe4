/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units of a shelf as bytes; for lib/canon/shelf*.c alone. A unit is its
 * head, then its rows. A row of which no cell needs quotes is kept as the
 * line that CSV has for it; in any other each cell stands behind its length.
 * The same cells always give the same bytes.
 */
#ifndef CANON_SHELF_ROWS_H
#define CANON_SHELF_ROWS_H

#include "base/text.h"

struct shelf_head {
	struct text key;
	size_t document;
	int64_t when;
	uint32_t ordinal, rank, rows;
};

/* Bytes that a head with a key of n bytes may take. */
#define SHELF_HEAD_ROOM(n) ((n) + sizeof(struct shelf_head) + 1)

/* Both return what follows. The head's key is a part of the bytes. */
char *shelf_put_head(char *to, const struct shelf_head *);
const char *shelf_get_head(const char *at, struct shelf_head *);

/* Bytes that putting a row of these cells may touch. */
size_t shelf_row_room(const struct text *cell, size_t n);
char *shelf_put_row(char *to, const struct shelf_head *, int64_t when,
		    const struct text *cell, size_t n);
/* The time of the row that stands here, under this head. */
int64_t shelf_get_when(const char *at, const struct shelf_head *);
/* Both return what follows. The cells are parts of the bytes. */
const char *shelf_get_cells(const char *at, struct text *cell, size_t n);
const char *shelf_skip_row(const char *at, size_t columns);
/* The row as a line without its end and without the commas of *empty cells at
 * its end; false when it is kept cell by cell. */
bool shelf_get_line(const char *at, struct text *line, size_t *empty);

/*
 * Where the bytes stay: big blocks, on huge pages when there are many.
 * Zero bytes are a valid empty one.
 */
struct shelf_store {
	struct shelf_block *last;
	char *next;
	size_t left;
};

/* Room for n bytes, which stays where it is; shelf_store_took() says how many
 * of them were needed. */
char *shelf_store_room(struct shelf_store *, size_t n);
void shelf_store_took(struct shelf_store *, size_t n);
void shelf_store_release(struct shelf_store *);

#endif
