/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of crm-clv summary (customer_id,frequency,recency,T,monetary_value) as
 * buyers of the lifetime models.
 */
#ifndef CANON_BUYERS_H
#define CANON_BUYERS_H

#include "model/history.h"
#include "stream/input.h"

enum buyer_column {
	BUYER_ID,
	BUYER_FREQUENCY,
	BUYER_RECENCY,
	BUYER_T,
	BUYER_MONEY,		/* may be missing: then z is 0 */
	BUYER_LOG_GAPS,		/* may be missing (mbgcnbd.h wants it) */
	BUYER_COLUMNS
};

/* For input_open(); more columns may follow in a copy. */
extern const struct input_column buyer_columns[BUYER_COLUMNS];

/* The buyer of the row just read; false when it was set aside because no
 * customer can have such a history. */
bool buyer_read(struct input *, const struct cell *, struct buyer *);

/* A growing list; zero bytes are an empty one. */
struct buyers {
	struct buyer *at;
	size_t n, cap;
	double log_gaps;	/* sum; NAN: somebody's is not known */
};

void buyers_add(struct buyers *, const struct buyer *);
/* What the buyer's row says of his gaps. */
void buyers_add_gaps(struct buyers *, const struct buyer *,
		     const struct cell *log_gaps);
void buyers_release(struct buyers *);

#endif
