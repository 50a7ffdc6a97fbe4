/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of transactions is. */
#include "canon/deal.h"

bool deal_is_refund(const struct cell *kind, const struct cell *amount)
{
	return kind->known ? text_is(kind->text, "refund") : amount->fen < 0;
}

struct text deal_purchase(const struct cell *kind, const struct cell *amount,
			  const struct cell *txn_id, const struct cell *date)
{
	if (deal_is_refund(kind, amount))
		return (struct text){ 0 };
	return txn_id->known ? txn_id->text : date->text;
}
