/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The four forms of a market, and the share of a customer.
 *
 * Seed 000 names the forms (niche, competitive, developing, to be developed)
 * and says no more. Their places in the field of own share and growth of the
 * market are ours, after the grid of brand and category development indices:
 *
 *			market grows slowly	market grows fast
 *	own share high	niche			competitive
 *	own share low	undeveloped		developing
 *
 * So are the cuts: what is at or above a cut is high. Where none is given it
 * is the figure of all segments together (an index of 100 in that grid).
 *
 * Amounts, shares and growth are compared as fractions of integers, exactly:
 * all sums must lie within +-9.2e18 (64 bits).
 */
#ifndef MODEL_MARKET_H
#define MODEL_MARKET_H

#include "base/money.h"

enum market_form {
	MARKET_UNKNOWN,
	MARKET_NICHE,
	MARKET_COMPETITIVE,
	MARKET_DEVELOPING,
	MARKET_UNDEVELOPED,
	MARKET_FORMS
};

const char *market_form_name(enum market_form); /* NULL: unknown */

/* Own sales and the whole market, own sales among it, in fen or in pieces; [0]
 * is the period that growth is reckoned from. */
struct market {
	int64_t own[2], whole[2];
};

/* numerator / denominator; denominator <= 0: unknown */
struct market_cut {
	int64_t numerator, denominator;
};

struct market_cuts {
	struct market_cut share, growth;
};

/* A percentage as a cut, to 0.0001 %. */
struct market_cut market_percent(double pct);
/* Of the segments whose market is known in both periods; unknown where there
 * is none. False when a sum is too large. */
bool market_mean_cuts(const struct market *, size_t n, struct market_cuts *);
/* Unknown without a market in both periods or without cuts. */
enum market_form market_form_of(const struct market *,
				const struct market_cuts *);

/*
 * Share of customer: own / (own + what was bought elsewhere). One without any
 * record of buying elsewhere has no known share: nobody may have asked.
 */
struct wallet {
	money_wide own, elsewhere;
	bool recorded; /* there is a record of buying elsewhere */
};

/* The share as a fraction; false where it is unknown: no record, a sum that
 * is not positive, or a part below 0 (more was given back than paid). With
 * `whole`, no record means that all is bought here. */
bool wallet_share(const struct wallet *, bool whole, money_wide *numerator,
		  money_wide *denominator);

struct wallet_total {
	uint64_t customers, recorded;
	money_wide own, recorded_own, elsewhere;
};

void wallet_add(struct wallet_total *, const struct wallet *);

#endif
