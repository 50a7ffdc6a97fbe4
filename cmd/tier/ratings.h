/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people at the dealer's think of a customer: the columns potential,
 * bargaining and cooperation of a customers file, as numbers.
 */
#ifndef CMD_TIER_RATINGS_H
#define CMD_TIER_RATINGS_H

#include "cmd/tier/tier.h"

enum { RATING_POTENTIAL, RATING_BARGAINING, RATING_COOPERATION, RATINGS };

extern const struct opt ratings_options[];	/* --weights */
/* As given; NULL: they were not. */
const char *ratings_weights(void);

/* Values have two decimals, in hundredths. */
struct rating {
	int64_t value[RATINGS];
	bool known[RATINGS];
};

struct ratings;

/*
 * Reads --customers: its columns must be there for which `need` is true.
 * `words` is a file word,value of what may stand for numbers; NULL: nothing.
 */
struct ratings *ratings_open(const struct run *, const bool need[RATINGS],
			     const char *words);
/* All unknown for somebody who is not in the file. */
struct rating ratings_of(const struct ratings *, struct text who);
void ratings_free(struct ratings *);

#endif
