/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How rare is what two records have in common (term frequency; Winkler,
 * "Frequency-based matching in Fellegi-Sunter model of record linkage",
 * 1989). With f(v) the share of the filled cells that hold v:
 *
 *	exact			log( sum f^2 / f(v) )
 *	nearly, a name or place	log( h / mean h ),  h = (1/f(a) + 1/f(b)) / 2
 *	nearly, words		log( h / mean h ),  h = 1 / (values with the
 *				rarest word that both have)
 *
 * sum f^2 is the chance that two cells are equal, so an exact agreement on
 * an ordinary value adds nothing. mean h runs over random pairs of the same
 * level: a misspelling is rare on one side, two names that merely resemble
 * each other are frequent on both. The second is clipped to 4 nats, the third
 * to 3. Attributes have none.
 */
#ifndef MODEL_LINKAGE_RARITY_H
#define MODEL_LINKAGE_RARITY_H

#include "model/linkage_view.h"

struct linkage_rarity {
	const struct linkage_view *view;
	/* By value (of a set: by part); NULL: rarity says nothing here. */
	float *exact[LINKAGE_FEATURES_MAX];
	float *share[LINKAGE_FEATURES_MAX];	/* f(v), names and places */
	double mean[LINKAGE_FEATURES_MAX][LINKAGE_LEVELS_MAX]; /* 0: unknown */
	/* Pairs of records, by weight: filled on both sides; equal. */
	double filled[LINKAGE_FEATURES_MAX], equal[LINKAGE_FEATURES_MAX];
};

/*
 * Counts by records (label NULL) or by distinct labels of items: five copies
 * of one rare e-mail in one cluster are not a common e-mail.
 */
void linkage_rarity_init(struct linkage_rarity *, const struct linkage_view *,
			 const uint32_t *label);
void linkage_rarity_release(struct linkage_rarity *);

/* Pairs and their levels, `features` bytes each. */
struct linkage_looks {
	uint32_t (*pair)[2];
	uint8_t *level;
	size_t n;
};

/* Learns mean h from random pairs. */
void linkage_rarity_learn(struct linkage_rarity *,
			  const struct linkage_looks *);

/* Whether rarity says anything of a near agreement in such a column. */
bool linkage_rarity_near(enum linkage_kind);

/* Of one feature of a pair that looks so; of all features. */
double linkage_rarity_of(const struct linkage_rarity *, size_t feature,
			 uint32_t a, uint32_t b, const uint8_t *level);
struct linkage_rare linkage_rarity(const struct linkage_rarity *, uint32_t a,
				   uint32_t b, const uint8_t *level);

#endif
