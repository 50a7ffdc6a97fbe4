/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty points: the ledger of a loyalty programme. Entries are checked
 * and kept in a durable log; balances and statements are computed from them.
 */
#include "base/opt.h"

#include "cmd/loyalty/points.h"
#include "cmd/loyalty/verbs.h"

int loyalty_points(int argc, char **argv)
{
	static const struct program program = {
		"crm-loyalty points", "VERB [OPTION...] [FILE...]",
		"Keeps the points of a loyalty programme: earned, redeemed, "
		"expired, reversed.\n"
		"What lapses first is spent first, and no balance is ever "
		"negative.",
		"crm-loyalty points balances points.log", NULL
	};
	static const struct verb verbs[] = {
		{ "award", "the entries that purchases are worth",
		  points_award },
		{ "append", "check entries and make them durable in a log",
		  points_append },
		{ "lapse", "put points on record that have lapsed",
		  points_lapse },
		{ "balances", "what every customer has", points_balances },
		{ "levels", "on which level every customer is",
		  points_levels },
		{ "statement", "every change of a customer's balance",
		  points_statement },
		{ "replay", "the balances of a stream, without a log",
		  points_replay },
		{ "verify", "whether the log is as it was written",
		  points_verify },
		{ NULL, NULL, NULL }
	};

	return opt_verbs(&program, verbs, argc, argv);
}
