/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Expectation-maximisation on patterns of agreement: how often records of one
 * entity show each level (m), how often others do (u), and how many pairs are
 * of one entity (lambda), without any pair whose truth is known.
 *
 * The population are all pairs of records. Of them the candidates (those that
 * blocking made) may be matches; a pair never made is a non-match. The second
 * sample, pairs drawn at random, tells what non-matches look like.
 *
 *	E	g = probability of a match, by the present model
 *	M	m(level)	= (sum g [level] + 20 prior) / (sum g + 20)
 *		u(exact)	= (equal pairs, counted by value - sum g) / ...
 *		u(others)	= random pairs, each weighted 1 - g
 *		lambda		= sum g / all pairs
 *
 * u(exact) is not drawn: the noise of a rare event would move clusters. A
 * third kind of pair, people of one home, is learned beside them
 * (model/linkage_home.h).
 */
#ifndef MODEL_LINKAGE_EM_H
#define MODEL_LINKAGE_EM_H

#include "model/linkage_model.h"

struct linkage_pattern {
	uint8_t level[LINKAGE_FEATURES_MAX];
	bool never;	/* known to be of two entities: g = 0 */
	float rarity, own; /* struct linkage_rare, in steps of 1/4 nat */
	double count;	/* pairs that look so; > 0 */
};

struct linkage_patterns {
	struct linkage_pattern *at;
	size_t n;
};

struct linkage_em_data {
	struct linkage_patterns candidate, random;
	double population;	/* all pairs, n(n-1)/2 */
	/* Of each feature: pairs of records where both sides are filled, and
	 * those of them that are equal; both 0: take u(exact) from `random`. */
	double filled[LINKAGE_FEATURES_MAX], equal[LINKAGE_FEATURES_MAX];
};

/* Patterns that look the same are counted together, in an order of their own
 * making; replaces `at`, which is from mem_alloc(). */
void linkage_patterns_merge(struct linkage_patterns *);

struct linkage_em_result {
	unsigned rounds;
	bool converged;		/* largest change below 1e-4 */
};

/*
 * Learns from where the model stands, at most `rounds` rounds. With `fix_m` m
 * stays and only u and lambda are learned (the first pass: the starting m
 * keeps EM from settling on households or branches).
 */
struct linkage_em_result linkage_em(struct linkage_model *,
				    const struct linkage_em_data *, bool fix_m,
				    unsigned rounds);

/*
 * The corrections for what comes together (linkage_model.h), from the
 * posteriors g of the candidates, one each (for the lift: of being no
 * strangers). _errors: which features count
 * (those filled in at least half of the matches) and the log ratios, clipped
 * to -3..1.5 and never rising. _lift: the maximum spanning tree of the
 * features' log lifts among non-matches, each capped at 6 (Chow & Liu,
 * "Approximating discrete probability distributions with dependence trees",
 * IEEE Trans. IT 14 (1968) 462).
 */
void linkage_learn_errors(struct linkage_model *,
			  const struct linkage_patterns *, const double *g);
void linkage_learn_lift(struct linkage_model *,
			const struct linkage_patterns *, const double *g);

#endif
