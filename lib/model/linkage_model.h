/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is learned about agreement, and what it makes of one pair.
 *
 * A pair is seen as a pattern: for each feature (a column that is compared,
 * or the flag "given name and surname are exchanged") its level, 0 being the
 * closest, or LINKAGE_MISSING. Then
 *
 *	log odds = logit(lambda) + sum over features of w(level)
 *		 + errors(pattern) - lift(pattern) + rarity
 *
 * Fellegi & Sunter (1969), with three corrections of its assumption that all
 * is independent. rarity (model/linkage_rarity.h) comes from outside: it is a
 * matter of the two records' values, not of their pattern. Against people of
 * one home, who are no strangers, it does not do: model/linkage_home.h.
 */
#ifndef MODEL_LINKAGE_MODEL_H
#define MODEL_LINKAGE_MODEL_H

#include "model/linkage.h"
#include "model/linkage_compare.h"

#define LINKAGE_FEATURES_MAX (LINKAGE_COLUMNS_MAX + 1)
#define LINKAGE_MISSING	     UINT8_MAX

/* What is known of a feature before anything is learned. */
struct linkage_feature {
	unsigned levels;	/* 2 .. LINKAGE_LEVELS_MAX */
	const double *prior;	/* of m, adds up to 1 */
	bool attribute;		/* weight within one nat */
	bool free;		/* levels are no order: weights as they come */
	bool identity;		/* counts in the number of errors, has lift */
	unsigned own;		/* its first levels, of which people of one
				 * home show no more than strangers do; 0: a
				 * home may share it */
	unsigned silent;	/* the next ones: they say nothing of it */
};

/* How rare is what two records have in common (model/linkage_rarity.h): in
 * all features, and in what is their own alone. In nats. */
struct linkage_rare {
	double all, own;
};

/*
 * Errors do not come one by one: a record typed in a hurry has several, and a
 * generator of tests may make exactly one. errors[k] is the log of how often
 * two records of one entity differ in k of the identity features against
 * what the features by themselves would give.
 */
#define LINKAGE_ERRORS_MAX 16	/* features that are counted, the first ones */

/* Two features that agree together by chance more often than their own
 * chances say (a city and its postcode, a name and the e-mail made of it): the
 * excess (log) is taken off when both agree, that is, when the level of each
 * speaks for a match by more than LINKAGE_AGREES nats. */
#define LINKAGE_AGREES 2.0

struct linkage_lift {
	size_t a, b;
	double log_lift;
};

/* Pairs of one home (model/linkage_home.h). */
struct linkage_home {
	bool on;
	bool sure;		/* there are some, and no few */
	double share;		/* of all pairs */
	double h[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX];
	double weight[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX]; /* log m/h */
};

struct linkage_model {
	size_t features;
	const struct linkage_feature *feature;
	double m[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX];
	double u[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX];
	double weight[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX];
	double lambda;
	bool counted[LINKAGE_FEATURES_MAX];	/* in the number of errors */
	double errors[LINKAGE_ERRORS_MAX + 1];
	struct linkage_lift lift[LINKAGE_FEATURES_MAX];
	size_t lifts;
	struct linkage_home home;
};

/* m as given by the features, u the same for all levels, lambda as given, no
 * corrections; the features are borrowed. */
void linkage_model_init(struct linkage_model *, const struct linkage_feature *,
			size_t n, double lambda);

/* The weights of m and u: log(m/u), never rising from one level to the next,
 * clipped to one nat for an attribute. */
void linkage_model_weigh(struct linkage_model *);

/*
 * Never rising: the least change, by pooling neighbours that are the wrong
 * way round (pool adjacent violators; Ayer et al., Ann. Math. Stat. 26 (1955)
 * 641). Pooled levels count as one: w = log(sum m / sum u). m, u > 0.
 */
void linkage_pool(const double *m, const double *u, size_t n, double *w);

bool linkage_model_agrees(const struct linkage_model *, size_t feature,
			  const uint8_t *level);

/* Parts of the sum for one pattern; their sum. Never NaN or infinite. */
double linkage_model_errors(const struct linkage_model *, const uint8_t *);
double linkage_model_lift(const struct linkage_model *, const uint8_t *);
double linkage_model_prior(const struct linkage_model *);
/* Against strangers alone; against them and people of one home. */
double linkage_model_strangers(const struct linkage_model *,
			       const uint8_t *level, struct linkage_rare);
double linkage_model_odds(const struct linkage_model *, const uint8_t *level,
			  struct linkage_rare);

/* How much of what the features could say (the spans of their weights) those
 * say that are not missing, 0..1. */
double linkage_model_evidence(const struct linkage_model *, const uint8_t *);

/* Probability of log odds, strictly between 0 and 1; and back. */
double linkage_probability_of(double odds);
double linkage_odds_of(double probability);

/*
 * Rounds weights, corrections and the prior to 1/32 nat: a record more or
 * less then mostly leaves all of them as they were, and with them the
 * clusters of everybody else.
 */
void linkage_model_round(struct linkage_model *);
double linkage_round(double nats);

#endif
