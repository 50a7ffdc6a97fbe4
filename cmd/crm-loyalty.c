/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty: who stays, who only seems to, and the points of the programme
 * that is to keep them.
 */
#include "base/msg.h"
#include "base/opt.h"

#include "cmd/loyalty/verbs.h"

void loyalty_ungrouped(const struct common *common)
{
	if (common->by)
		die_usage("--by: the rows are not grouped; --where chooses "
			  "a part");
}

int main(int argc, char **argv)
{
	static const struct program program = {
		"crm-loyalty", "VERB [OPTION...] [FILE...]",
		"Tells who stays and who only seems to, and keeps the points "
		"of a programme.",
		"crm-loyalty points balances points.log", NULL
	};
	static const struct verb verbs[] = {
		{ "classes", "who stays, who buys elsewhere, who drifts",
		  loyalty_classes },
		{ "measures", "the eight measures of loyalty",
		  loyalty_measures },
		{ "index", "the index of loyalty (CLI)", loyalty_index_main },
		{ "discount", "how much of the loyalty is bought",
		  loyalty_discount },
		{ "referrals", "word of mouth, traced through leads",
		  loyalty_referrals },
		{ "claims", "the trade's figures beside your own",
		  loyalty_claims },
		{ "points", "the ledger of a loyalty programme",
		  loyalty_points },
		{ NULL, NULL, NULL }
	};

	msg_init("crm-loyalty");
	return opt_verbs(&program, verbs, argc, argv);
}
