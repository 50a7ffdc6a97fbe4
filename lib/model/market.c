/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms of a market, shares of a customer. */
#include "model/market.h"

#include <math.h>

#define PPM 1000000

const char *market_form_name(enum market_form form)
{
	static const char *const names[MARKET_FORMS] = {
		NULL, "niche", "competitive", "developing", "undeveloped",
	};

	return names[form];
}

struct market_cut market_percent(double pct)
{
	return (struct market_cut){llround(pct * PPM / 100), PPM};
}

static bool is_known(const struct market *m)
{
	return m->whole[0] > 0 && m->whole[1] > 0;
}

bool market_mean_cuts(const struct market *m, size_t n,
		      struct market_cuts *cuts)
{
	struct market all = {{0}, {0}};

	for (size_t i = 0; i < n; i++)
		for (int side = 0; side < 2 && is_known(&m[i]); side++)
			if (!money_add(&all.own[side], m[i].own[side]) ||
			    !money_add(&all.whole[side], m[i].whole[side]))
				return false;
	cuts->share = (struct market_cut){all.own[1], all.whole[1]};
	cuts->growth =
		(struct market_cut){all.whole[1] - all.whole[0], all.whole[0]};
	return true;
}

/* numerator / denominator >= cut */
static bool reaches(int64_t numerator, int64_t denominator,
		    struct market_cut cut)
{
	return (money_wide)numerator * cut.denominator >=
	       (money_wide)cut.numerator * denominator;
}

enum market_form market_form_of(const struct market *m,
				const struct market_cuts *cuts)
{
	bool high, fast;

	if (!is_known(m) || cuts->share.denominator <= 0 ||
	    cuts->growth.denominator <= 0)
		return MARKET_UNKNOWN;
	high = reaches(m->own[1], m->whole[1], cuts->share);
	fast = reaches(m->whole[1] - m->whole[0], m->whole[0], cuts->growth);
	if (high)
		return fast ? MARKET_COMPETITIVE : MARKET_NICHE;
	return fast ? MARKET_DEVELOPING : MARKET_UNDEVELOPED;
}

bool wallet_share(const struct wallet *w, bool whole, money_wide *numerator,
		  money_wide *denominator)
{
	*numerator = w->own;
	*denominator = w->own + w->elsewhere;
	return (w->recorded || whole) && w->own >= 0 && w->elsewhere >= 0 &&
	       *denominator > 0;
}

void wallet_add(struct wallet_total *t, const struct wallet *w)
{
	t->customers++;
	t->own += w->own;
	if (!w->recorded)
		return;
	t->recorded++;
	t->recorded_own += w->own;
	t->elsewhere += w->elsewhere;
}
