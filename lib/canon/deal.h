/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of transactions is: the contract's rules in one place. */
#ifndef CANON_DEAL_H
#define CANON_DEAL_H

#include "stream/input.h"

/* Money given back is no purchase: kind refund, or less than nothing where
 * the row has no kind. */
bool deal_is_refund(const struct cell *kind, const struct cell *amount);

/* What tells the documents of one customer apart: their number, else the
 * day. */
struct text deal_document(const struct cell *txn_id, const struct cell *date);

/* What tells the purchases of one customer apart: the document. Empty for a
 * refund. */
struct text deal_purchase(const struct cell *kind, const struct cell *amount,
			  const struct cell *txn_id, const struct cell *date);

/*
 * One document, line by line: what is paid less what is given back. Zero bytes
 * are valid, a document without lines. The sum is wide (money_carry()).
 */
struct deal_net {
	uint64_t fen;
	int32_t fen_high;
	bool bought, gave_back;
};

/* Adds a line; whether it is one that buys. */
bool deal_net_add(struct deal_net *, const struct cell *kind,
		  const struct cell *amount);
/* What was given back as a whole was not bought. */
bool deal_net_is_purchase(const struct deal_net *);

#endif
