/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What winning and keeping customers costs. */
#include <math.h>

#include "base/mem.h"

#include "cmd/clv/churn.h"
#include "cmd/clv/verbs.h"

const struct output_column spent_columns[SPENT_COLUMNS] = {
	{ "acquisition_spend", COL_MONEY }, { "retention_spend", COL_MONEY },
	{ "cost_per_new", COL_MONEY },	    { "cost_per_kept", COL_MONEY },
	{ "cost_ratio", COL_REAL },	    { "stand_still_cost", COL_MONEY },
};

static double yuan(money_wide fen)
{
	return (double)fen / 100;
}

static double per(money_wide fen, uint64_t customers)
{
	return customers ? yuan(fen) / (double)customers : NAN;
}

static uint64_t kept(const struct churn *c)
{
	return c->opening - c->lost;
}

void spent_put(const struct spend *s, const struct churn *c,
	       struct output *out)
{
	double win = per(s->winning, c->fresh);

	put_expected_money(out, yuan(s->winning));
	put_expected_money(out, yuan(s->keeping));
	put_expected_money(out, win);
	put_expected_money(out, per(s->keeping, kept(c)));
	output_real(out, spend_ratio(s, c));
	put_expected_money(out, win * (double)c->lost);
}
