/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Customers by group: two sums of money each, and what was met of them, as
 * bits of the caller's. Sums and bits only: states join in any order.
 */
#ifndef CMD_MIX_PURSE_H
#define CMD_MIX_PURSE_H

#include "base/group.h"
#include "base/money.h"

struct purses;

struct purse {
	struct text label, customer; /* borrowed */
	money_wide fen[2];
	uint32_t met;
};

struct purses *purses_new(void);
void purses_free(struct purses *);
/* `met` bits are added to those known; fen to sum `side`, 0 or 1. */
void purses_add(struct purses *, struct text label, struct text customer,
		int side, int64_t fen, uint32_t met);
/* Adds what `from` holds, which is to be freed then. */
void purses_join(struct purses *into, struct purses *from);
/* After the last row, before what follows. */
void purses_finish(struct purses *);
size_t purses_count(const struct purses *);
struct purse purses_at(const struct purses *, size_t i);
/* Numbers in bytewise order of label and customer; the caller frees. */
uint32_t *purses_sorted(const struct purses *);

#endif
