/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of one home, or of one firm: pairs that are neither one entity nor
 * strangers. They share a surname, an address, a telephone or a vehicle as
 * often as two records of one person do, but their given names, dates of
 * birth and ID numbers differ as strangers' do. Where such pairs outnumber
 * the matches, two classes alone would learn that a given name says nothing,
 * and make one person of each family.
 *
 * So there are three classes, learned together by EM (a latent class model;
 * Winkler, "Improved decision rules in the Fellegi-Sunter model of record
 * linkage", Proc. Survey Research Methods, ASA (1993) 274, has the same three):
 *
 *	P(pattern | home) = product over features of h(level)
 *	h(level) = u(level)		what is one's own (feature.own levels)
 *	h(level)   is learned		what a home shares
 *
 * and the odds of a match are those against both of the others,
 *
 *	odds = P(match) / (P(strangers) + P(home)).
 *
 * A value's rarity counts against a home only in what is one's own: that the
 * surname is rare does not tell father from son.
 *
 * A few such pairs are as well records of one person in which a name was typed
 * over; nothing in the data tells. By itself the model takes them for that,
 * up to a tenth of the matches. Who knows that there are homes among the
 * records (home.sure) has them taken for what they look like.
 */
#ifndef MODEL_LINKAGE_HOME_H
#define MODEL_LINKAGE_HOME_H

#include "model/linkage_model.h"

/* Whether there can be homes in the data: two features at least that a home
 * shares, and one that is one's own. h begins as m. */
void linkage_home_init(struct linkage_model *);

/* The weights log(m/h), never rising where a home shares the feature. */
void linkage_home_weigh(struct linkage_model *);

/*
 * Learns h and the share from sums of posteriors: levels[feature][level] of
 * the pairs of one home, `pairs` in all of `population`. With `fix` h stays.
 * Returns the largest change.
 */
double linkage_home_learn(struct linkage_model *,
			  double (*levels)[LINKAGE_LEVELS_MAX], double pairs,
			  double population, bool fix);

/*
 * Where homes are sure: holds m of the levels at which what is one's own
 * differs to what was foreseen. Another name with all else equal is a brother,
 * however many of them there are.
 */
void linkage_home_hold(struct linkage_model *);

/* Log odds of one entity against one home. */
double linkage_home_odds(const struct linkage_model *, const uint8_t *level,
			 double rare_own);
/* Log odds against two classes from the log odds against each. */
double linkage_home_both(double a, double b);

struct linkage_posterior {
	double match, home;	/* and 1 - match - home: strangers */
};

/* `never`: known not to be one entity. */
struct linkage_posterior linkage_home_posterior(const struct linkage_model *,
						const uint8_t *level,
						struct linkage_rare,
						bool never);

void linkage_home_round(struct linkage_model *);

#endif
