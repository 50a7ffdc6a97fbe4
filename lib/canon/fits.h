/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fits as rows: written by crm-clv fit, one object each, and read again by
 * what predicts.
 */
#ifndef CANON_FITS_H
#define CANON_FITS_H

#include "model/gamgam.h"
#include "model/scorer.h"
#include "model/unit.h"
#include "stream/by.h"

struct output *fits_open(const struct by *, const struct common *);

/*
 * One row: model, unit (of time; unknown for a model of money), parameters,
 * standard_errors and intervals (objects by name, null where the data say
 * nothing), loglik, customers, distinct (different ones among them), aic,
 * bic, converged (yes, at-bound, flat, no), reason, gradient_norm, starts,
 * agreed; for the Gamma-Gamma model left_out (repeat buyers without spend)
 * and correlation (of frequency and spend, which it takes for none); simpler,
 * likelihood_ratio and ratio_p (fit_compare()); chosen. `spenders` is NULL
 * for a model of time; `chosen` says why it is this model, where the program
 * chose it.
 */
void fits_write(struct output *, const struct fit *, enum unit,
		const struct spenders *, struct text chosen);

struct fits {
	struct scorer_models models;
	enum unit unit;
};

/*
 * Reads such rows, of at most one model of repeat buying and one of spend;
 * the first is needed. What is wrong with the file ends the program.
 */
struct fits fits_read(const char *file);

/* The same of fits at hand; spend may be NULL. */
struct scorer_models fits_models(const struct lifetime_model *,
				 const struct fit *, const struct fit *spend);

#endif
