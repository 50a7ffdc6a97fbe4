/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How alike two strings are, by code point: edit distance, Jaro-Winkler,
 * Soundex. A text that is all ASCII is compared by the byte. Everything here
 * is symmetric in its two arguments, allocates nothing for texts of up to
 * SIMILAR_SIGNS signs, and takes malformed UTF-8 for U+FFFD a byte.
 */
#ifndef MODEL_SIMILAR_H
#define MODEL_SIMILAR_H

#include "base/text.h"

/*
 * Optimal string alignment distance: insertions, deletions, substitutions and
 * exchanges of two neighbours, no part edited twice (Damerau, CACM 7 (1964)
 * 171). Above `max` it is max + 1. Up to 64 signs bit-parallel (Hyyrö, "A
 * bit-vector algorithm for computing Levenshtein and Damerau edit distances",
 * Nordic J. Computing 10 (2003) 29), above by a table of three rows.
 */
unsigned similar_edits(struct text a, struct text b, unsigned max);

/*
 * Winkler ("String comparator metrics and enhanced decision rules in the
 * Fellegi-Sunter model of record linkage", 1990): the similarity of Jaro
 * (JASA 84 (1989) 414), where common signs lie at most half the longer length
 * less one apart, plus .1 for each of up to 4 first signs in common times
 * what is missing to 1, when it is above .7. 0..1; two empty texts are 1. Of
 * a longer text the first SIMILAR_SIGNS signs count.
 */
double similar_jaro_winkler(struct text a, struct text b);

/*
 * American Soundex, as the National Archives use it for the census: the first
 * letter and three digits ("R163"), h and w do not part two letters of one
 * code, vowels do. Letters of Latin script with a mark count without it where
 * they are in Latin-1 or Latin Extended-A (Müller is Muller), ß as s; all
 * other signs are left out. Empty without any letter. Ends with a NUL.
 */
void similar_soundex(struct text, char to[5]);

/*
 * The same measures on texts made ready once: at most the first SIMILAR_SIGNS
 * signs, a byte each when all are ASCII, else a code point each. Borrowed.
 */
#define SIMILAR_SIGNS 64

struct similar_word {
	const unsigned char *narrow;	/* NULL when it is wide */
	const uint32_t *wide;		/* NULL when it is narrow */
	unsigned n;
};

/* Decodes up to SIMILAR_SIGNS signs into `room` when they are not all ASCII,
 * else the word borrows the text's own bytes. */
struct similar_word similar_word(struct text, uint32_t room[SIMILAR_SIGNS]);
/* The sign numbered i < n. */
static inline uint32_t similar_sign(const struct similar_word *w, unsigned i)
{
	if (w->wide)
		return w->wide[i];
	return w->narrow ? w->narrow[i] : 0;
}

unsigned similar_word_edits(const struct similar_word *,
			    const struct similar_word *, unsigned max);
double similar_word_jaro_winkler(const struct similar_word *,
				 const struct similar_word *);

/*
 * A quick look before the measures: the signs of a word counted in 32 classes.
 * What two words share of each class bounds what they share of each sign.
 */
struct similar_bag {
	uint64_t count[2];	/* 16 classes each, four bits a class */
};

struct similar_bag similar_bag(const struct similar_word *);
/* No fewer than the signs that both have, each as often as both have it. */
unsigned similar_bag_shared(const struct similar_bag *,
			    const struct similar_bag *);

/*
 * Both measures of one pair for little more than the price of one: where the
 * signs of b stand in a, found once. Neither word is empty.
 */
struct similar_places {
	unsigned a_n, b_n;
	uint64_t in_a[SIMILAR_SIGNS];	/* of each sign of b */
};

void similar_find(struct similar_places *, const struct similar_word *a,
		  const struct similar_word *b);
unsigned similar_places_edits(const struct similar_places *, unsigned max);
/* 0 where it is plain at once that it is below `least`. */
double similar_places_jaro_winkler(const struct similar_places *,
				   double least);

#endif
