/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A repair order's amounts as line items that sum to the bill, to the fen.
 * The bill is what was paid and what is still owed; without those columns
 * what was asked for; without that the items less the discount.
 */
#ifndef CANON_BILL_H
#define CANON_BILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum bill_amount {
	BILL_LABOUR,
	BILL_PARTS,
	BILL_OUTSOURCED,
	BILL_OTHER,
	BILL_DISCOUNT,		/* as a positive figure */
	BILL_RECEIVABLE,
	BILL_PAID,
	BILL_UNPAID,
	BILL_AMOUNTS
};

struct bill {
	bool known[BILL_AMOUNTS];
	int64_t fen[BILL_AMOUNTS];
};

#define BILL_LINES 6

struct bill_line {
	const char *category;	/* labour, parts, outsourced, other, discount,
				 * remainder */
	const char *kind;	/* service or parts */
	int64_t fen;
};

/*
 * At least one line (of 0 when all is 0), none of 0 else. What the items and
 * the bill differ by is the discount when there is one, and a remainder.
 * Returns 0 when no amount is known or a sum does not fit.
 */
size_t bill_lines(const struct bill *, struct bill_line lines[BILL_LINES]);

#endif
