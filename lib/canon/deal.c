/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of transactions is. */
#include "base/money.h"
#include "canon/deal.h"

bool deal_is_refund(const struct cell *kind, const struct cell *amount)
{
	static const struct text refund = { "refund", 6 };

	/* Asked of every row: most differ in length already. */
	if (kind->known)
		return kind->text.n == refund.n && text_eq(kind->text, refund);
	return amount->fen < 0;
}

struct text deal_document(const struct cell *txn_id, const struct cell *date)
{
	return txn_id->known ? txn_id->text : date->text;
}

struct text deal_purchase(const struct cell *kind, const struct cell *amount,
			  const struct cell *txn_id, const struct cell *date)
{
	if (deal_is_refund(kind, amount))
		return (struct text){ 0 };
	return deal_document(txn_id, date);
}

bool deal_net_add(struct deal_net *d, const struct cell *kind,
		  const struct cell *amount)
{
	bool refund = deal_is_refund(kind, amount);

	money_carry(&d->fen, &d->fen_high, amount->known ? amount->fen : 0);
	if (refund)
		d->gave_back |= amount->known;
	else
		d->bought = true;
	return !refund;
}

bool deal_net_is_purchase(const struct deal_net *d)
{
	return d->bought &&
	       !(d->gave_back && money_carried(d->fen, d->fen_high) <= 0);
}
