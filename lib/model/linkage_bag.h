/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words and bags of words as linkage_words.c makes them and linkage_alike.c
 * compares them.
 */
#ifndef MODEL_LINKAGE_BAG_H
#define MODEL_LINKAGE_BAG_H

#include "base/group.h"
#include "model/linkage_words.h"

enum linkage_word_class {
	LINKAGE_WORD_PLAIN,
	LINKAGE_WORD_LETTERS,		/* may be mistyped, cut short */
	LINKAGE_WORD_NUMBER
};

struct linkage_word {
	struct text text;
	float idf;
	uint32_t frequency;
	uint32_t letters;	/* a bit for each byte that occurs, mod 32 */
	bool wide;		/* not all ASCII */
	enum linkage_word_class class;
};

struct linkage_bag {
	size_t from;		/* in `item` */
	uint64_t tight;		/* hash of the value without blanks */
	float square;		/* sum of the squares of idf */
	uint8_t n, numbers;
};

struct linkage_words {
	enum linkage_kind kind;
	struct group *seen;	/* entries: frequency */
	struct linkage_word *word;
	struct linkage_bag *bag;
	size_t bags, bag_cap;
	uint32_t *item;
	size_t items, item_cap;
};

#endif
