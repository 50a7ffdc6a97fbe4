/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Addresses, firms and texts as bags of words. A word is a run of letters and
 * digits, or two ideographs side by side (all such pairs of a run, so 科技园路
 * has three). It weighs the more the rarer it is: idf = log(1 + N / df), N
 * distinct values in the column of which df have the word. Words of streets
 * are folded to the abbreviations of the United States Postal Service
 * (Publication 28) and their Australian like; forms of firms (有限公司, Ltd)
 * are left out.
 */
#ifndef MODEL_LINKAGE_WORDS_H
#define MODEL_LINKAGE_WORDS_H

#include "model/linkage.h"

#define LINKAGE_WORDS_MAX 64	/* distinct words of a value that count */

struct linkage_words;

/* Of kind ADDRESS, TEXT or FIRM. */
struct linkage_words *linkage_words_new(enum linkage_kind);
void linkage_words_free(struct linkage_words *);
/* The next value, from 0 on. */
void linkage_words_add(struct linkage_words *, struct text value);
void linkage_words_finish(struct linkage_words *);

/* Words are numbered in bytewise order of their text. */
size_t linkage_words_of(const struct linkage_words *, uint32_t value,
			const uint32_t **word);
uint32_t linkage_words_frequency(const struct linkage_words *, uint32_t word);

struct linkage_alike {
	/*
	 * Cosine of the two bags in idf. Words of letters that are not in
	 * both also count when they are one edit apart (from 4 letters on,
	 * times .85) or one begins with the other (from 3, times .7), both
	 * then with the smaller idf of the two.
	 */
	double cosine;
	double contained;	/* share of the smaller bag that is in both */
	bool tight;		/* equal but for blanks */
	unsigned numbers_a, numbers_b;	/* words that are numbers */
	unsigned numbers_shared;
	uint32_t rarest;	/* frequency of the rarest shared word, or 0 */
};

struct linkage_alike linkage_words_alike(const struct linkage_words *,
					 uint32_t a, uint32_t b);

#endif
