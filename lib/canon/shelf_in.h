/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of shelf.h share; for lib/canon/shelf*.c alone. */
#ifndef CANON_SHELF_IN_H
#define CANON_SHELF_IN_H

#include "base/radix.h"
#include "canon/shelf.h"
#include "canon/shelf_rows.h"

#define SHELF_NONE UINT32_MAX

struct shelf_entry {
	const char *bytes;	/* NULL: another one stands */
	uint32_t who;
	uint32_t hash;		/* of the key */
};

/* Both rows of a change: where they stand, or NULL for none. */
struct shelf_noted {
	struct {
		const char *bytes;
		uint32_t unit;
	} old, now;
	uint32_t place;		/* in the order of noting */
};

struct shelf {
	enum shelf_rule rule;
	size_t columns;
	struct shelf_entry *unit;
	size_t units, cap, merged;
	/* Rows on their way out: `key` is the time, `who` the unit, `part` the
	 * row in it. In order up to `ordered`. */
	struct radix_item *row;
	size_t rows, row_cap, ordered;
	struct text *document;	/* of rows of one time */
	size_t documents;
	/* the row looked at last */
	uint32_t at_unit, at_row;
	const char *at;

	struct shelf_noted *change;
	size_t changes, change_cap;
	bool watched;
	struct text *cell, *other;	/* of rows looked at */
	size_t smallest;	/* a column, SIZE_MAX: none */
	struct shelf_preferred {
		size_t column;
		bool (*is_whole)(struct text);
	} prefer[SHELF_PREFER_MAX];
	size_t prefers;
	struct shelf_store store;
	shelf_key *name;	/* of a unit without a key */
	void *ctx;
};

/* Key of a unit, made by s->name when it has none. */
struct text shelf_key_of(const struct shelf *, uint32_t unit);

/* Makes one of the units of each key; the others' bytes are then NULL. */
void shelf_merge_events(struct shelf *);
/* The same; gives all units in the order of their keys, to be freed. */
uint32_t *shelf_merge_entities(struct shelf *);

/* One more row on its way out. */
void shelf_add_row(struct shelf *, int64_t when, uint32_t unit, uint32_t row);
/* Leaves the rows of units that stand: by time, or in this order of units. */
void shelf_list_rows(struct shelf *, const uint32_t *order);
/* Puts rows of one time in order, up to row i at least. */
void shelf_order_to(struct shelf *, size_t i);

#endif
