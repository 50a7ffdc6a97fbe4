/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of base.h share; for cmd/import/base*.c alone. */
#ifndef CMD_IMPORT_BASE_IN_H
#define CMD_IMPORT_BASE_IN_H

#include "base/group.h"
#include "base/mem.h"
#include "cmd/import/base.h"

#define BASE_NONE SIZE_MAX

enum base_policy { BASE_UPDATE, BASE_KEEP, BASE_FILL };	/* as --policy */

/* A row as it goes out. */
struct base_row {
	const struct text *cell;
	uint32_t origin;	/* unit of its shelf; the base's after those of
				 * the exports */
	bool own_line;			/* its number is the document's own */
	bool paired;			/* its number is the base's */
	bool stands;
};

/* The rows of one thing: a linked list in the order of output on each side. */
struct base_thing {
	uint32_t first[2], last[2];	/* numbers of rows + 1; 0: none */
};

struct base {
	struct import *run;		/* of the exports */
	struct import own;		/* its files, by rules of their own */
	struct import_options options;
	const struct schema *schema;
	size_t columns;
	const struct identity *identity;
	struct shelf *shelf;		/* of the base's rows */
	struct shelf *result;
	struct base_row *row;
	uint32_t *next;			/* of the same thing; 0: none */
	size_t n, cap, next_cap;
	size_t exports;			/* rows of them; they come first */
	uint32_t *put;			/* row of each unit of the result */
	size_t puts;
	struct group *things;
	struct change_counts counts;
	/* columns that the rules look at */
	size_t store, vin, product, kind, department, at, event, line;
	size_t created_on, flags, id_kind, customer_id;
	bool by_event;			/* complaints: exports list events */
	struct arena hold;
};

/* The column of a stream called so, or BASE_NONE. */
size_t base_column(const struct schema *, const char *name);
/* Appends to a key made of parts. */
void base_add_part(struct buf *key, struct text part);

static inline enum shelf_rule base_rule(const struct base *b)
{
	return plan_has_flags(b->schema) ? SHELF_ENTITIES : SHELF_EVENTS;
}

/* A cell of a column that may not be there. */
static inline struct text base_cell(const struct text *cell, size_t column)
{
	return column == BASE_NONE ? (struct text){ 0 } : cell[column];
}

/* Lets the policy decide about all rows: who they are about, which stand, what
 * is in them, and which numbers lines have. */
void base_settle(struct base *, enum base_policy, struct changes *);

#endif
