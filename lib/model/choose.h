/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which model of repeat buying to trust: those that may flag churn are fitted
 * to the first part of what is known and told the rest. The score is the mean
 * logarithm of the chance that a model gave to what each customer then did, a
 * proper score (Gneiting & Raftery, J. of the American Statistical Association
 * 102 (2007) 359): the largest one wins. Candidates are MBG/NBD, Pareto/NBD
 * and, where purchases keep a pace, MBG/CNBD-k; never BG/NBD, which calls
 * every one-time buyer alive.
 */
#ifndef MODEL_CHOOSE_H
#define MODEL_CHOOSE_H

#include "model/lifetime.h"

#define CHOOSE_MODELS 3

struct choice {
	const struct lifetime_model *model;	/* the best one; NULL: all of
						 * them were refused */
	struct {
		const struct lifetime_model *model;
		double score;		/* NAN: refused */
	} tried[CHOOSE_MODELS];
	double pace;		/* k of the MBG/CNBD-k; 1: no pace */
};

/*
 * n buyers as they were known, and how often each bought in the time `ahead`
 * after. log_gaps is their sum (mbgcnbd.h), NAN: not known.
 */
struct choice choose_by_holdout(const struct buyer *, const double *later,
				size_t n, double log_gaps, double ahead);

/*
 * Where nothing of the holdout is known: the candidate of the least AIC, its
 * fit in *best; *why says so. The MBG/CNBD-k takes part when log_gaps is
 * known. Returns NULL, and one of the fits refused, when all of them were.
 */
const struct lifetime_model *choose_by_aic(const struct histories *,
					   struct fit *best, struct buf *why);

/* Appends "pnbd foretold the holdout best: mean logarithmic score mbgnbd
 * -0.8210, pnbd -0.8105, mbgcnbd -0.8210 (k = 1)". */
void choose_reason(const struct choice *, struct buf *);

#endif
