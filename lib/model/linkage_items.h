/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records as they are added, and the items they make: records whose cells are
 * all the same are one item, so that a file imported twice costs nothing and
 * says nothing new. Items are numbered in an order that their contents alone
 * decide (a hash of them), so nothing that follows depends on the order in
 * which records came, and a record more shifts the numbers only, not the
 * order, of the others.
 */
#ifndef MODEL_LINKAGE_ITEMS_H
#define MODEL_LINKAGE_ITEMS_H

#include "model/linkage.h"
#include "model/linkage_compare.h"

struct linkage_items {
	size_t columns;
	struct linkage_values **values;	/* of each column; two may share one */
	uint32_t **code;		/* [column][record], later [item] */
	uint64_t *hash;			/* likewise */
	bool *single;			/* [record]: never one with another */
	size_t records, cap;
	/* From linkage_items_finish() on. */
	size_t n;
	uint32_t *item;			/* of each record */
	uint32_t *first;		/* of each item its smallest record */
	uint32_t *copies;		/* of each item how many records */
};

/* `values` are the caller's; room for that many columns is made. */
void linkage_items_init(struct linkage_items *, struct linkage_values **values,
			size_t columns);
void linkage_items_release(struct linkage_items *);

/* Codes of one record, one for each column, and the hash of its cells. */
uint32_t linkage_items_add(struct linkage_items *, const uint32_t *code,
			   uint64_t hash);
/* The hash of one more cell after those before it (0 at first). */
uint64_t linkage_items_hash(uint64_t before, struct text cell);
/* The record stands for itself, whatever others look like it. */
void linkage_items_single(struct linkage_items *, uint32_t record);

/* Makes the items; no record is added after it. */
void linkage_items_finish(struct linkage_items *);

/*
 * Copies of one item count up to this many times where frequencies and
 * populations are counted: enough where the columns say little and two
 * people look alike, not so many that one row a hundred times over is all
 * that is learned from.
 */
#define LINKAGE_COPIES_MAX 8

static inline double linkage_items_weight(const struct linkage_items *t,
					  uint32_t item)
{
	uint32_t n = t->copies[item];

	return n < LINKAGE_COPIES_MAX ? n : LINKAGE_COPIES_MAX;
}

#endif
