/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loyalty of one customer, from what is known of the customer: the classes,
 * cells, levels and bonds of the trade's lectures. What is not known is said
 * to be unknown, never guessed.
 *
 * Two lectures disagree about "three times": the one on loyalty asks for at
 * least three REPEAT purchases (four in all), the one on classification for
 * three purchases. The rule says which is meant.
 */
#ifndef MODEL_LOYALTY_H
#define MODEL_LOYALTY_H

#include "base/day.h"

enum loyalty_known { LOYALTY_UNKNOWN, LOYALTY_NO, LOYALTY_YES };

struct loyalty_facts {
	uint32_t purchases;	/* of ours; money given back is none */
	uint32_t elsewhere;	/* purchases from competitors */
	uint32_t discounted;	/* of ours, with a discount */
	int32_t first, last;	/* days of ours; DAY_NONE: no purchase */
	enum loyalty_known need_met, satisfied, prefers;
	/* what binds the customer: money off; acquaintance; a contract */
	bool financial, social, structural;
};

struct loyalty_rule {
	uint32_t times;		/* so many, at least */
	bool purchases;		/* count purchases, not repeats */
	int32_t long_days;	/* a long relation lasts so long, at least */
};

/* Purchases after the first. */
uint32_t loyalty_repeats(const struct loyalty_facts *);
bool loyalty_repeating(const struct loyalty_facts *,
		       const struct loyalty_rule *);

/*
 * By loyalty, as the lecture on classification has it: loyal is who bought
 * again so often; a switcher bought here and elsewhere too; a drifter neither.
 * Without a purchase nobody is any of them.
 */
enum loyalty_class {
	LOYALTY_LOYAL, LOYALTY_SWITCHER, LOYALTY_DRIFTER, LOYALTY_NO_CLASS,
	LOYALTY_CLASSES
};
extern const char *const loyalty_class_names[LOYALTY_CLASSES];
enum loyalty_class loyalty_class(const struct loyalty_facts *,
				 const struct loyalty_rule *);

/* The lecture on loyalty: satisfied first, and then three repeats or more. */
enum loyalty_known loyalty_is_loyal(const struct loyalty_facts *,
				    const struct loyalty_rule *);

/*
 * Satisfied or not, repeating or not. The names are those of A. Dick and
 * K. Basu, Customer Loyalty: Toward an Integrated Conceptual Framework,
 * Journal of the Academy of Marketing Science 22 (1994) 99-113, with
 * satisfaction for their relative attitude.
 */
enum loyalty_cell {
	LOYALTY_TRUE, LOYALTY_LATENT, LOYALTY_SPURIOUS, LOYALTY_NONE,
	LOYALTY_NO_CELL, LOYALTY_CELLS
};
extern const char *const loyalty_cell_names[LOYALTY_CELLS];
enum loyalty_cell loyalty_cell(const struct loyalty_facts *,
			       const struct loyalty_rule *);

/*
 * The highest level reached: 1 cognitive (the need is met), 2 affective
 * (satisfied, and prefers us), 3 behavioural (repeats, over a long relation).
 * They go in order: nobody is above a level that is known not to be reached.
 * One about which too little is known does not stand in the way; the first
 * such is *open, else 0.
 */
#define LOYALTY_LEVELS 4
extern const char *const loyalty_level_names[LOYALTY_LEVELS];
int loyalty_level(const struct loyalty_facts *, const struct loyalty_rule *,
		  int *open);

/* What binds: 0 nothing seen, 1 financial, 2 social, 3 structural: the
 * highest there is. */
#define LOYALTY_BONDS 4
extern const char *const loyalty_bond_names[LOYALTY_BONDS];
int loyalty_bond(const struct loyalty_facts *);

#endif
