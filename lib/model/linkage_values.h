/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What linkage_compare.h keeps of each distinct value: for the files that
 * compare, not for their callers.
 */
#ifndef MODEL_LINKAGE_VALUES_H
#define MODEL_LINKAGE_VALUES_H

#include "base/group.h"
#include "model/linkage_compare.h"
#include "model/linkage_words.h"
#include "model/similar.h"

struct linkage_value {
	const void *signs;	/* of a similar_word */
	struct similar_bag bag;
	uint32_t sound;		/* number of its reading, or LINKAGE_EMPTY */
	uint8_t n;		/* signs, at most SIMILAR_SIGNS */
	bool wide;
	bool han;		/* all ideographs */
	/* Of a name in ideographs the signs of its surname, of an e-mail
	 * those before the @. */
	uint8_t head;
};

/* The words of a name in letters, as signs from..from + n. */
#define LINKAGE_NAME_WORDS 7

struct linkage_name {
	uint8_t words;
	struct {
		uint8_t from, n;
	} word[LINKAGE_NAME_WORDS];
};

struct linkage_date {
	int32_t day;		/* DAY_NONE: no day that exists */
	int16_t year;		/* 0: nothing of a date */
	uint8_t month, mday;	/* 0: not known */
	uint64_t digits;	/* YYYYMMDD, a byte each */
};

struct linkage_values {
	enum linkage_kind kind;
	bool set;
	struct group *dictionary;	/* entries: struct linkage_entry */
	struct group *sounds;		/* readings, blanks taken out */
	struct linkage_values *parts;	/* of a set */
	uint32_t *part;			/* numbers in parts, value by value */
	size_t part_count, part_cap;
	struct arena signs;		/* code points */
	struct linkage_value *value;
	struct linkage_name *name;	/* NAME, GIVEN, SURNAME, PLACE */
	struct linkage_date *date;	/* DATE */
	struct linkage_words *words;	/* ADDRESS, TEXT, FIRM */
	struct buf scratch;
};

struct linkage_entry {
	uint32_t sound;		/* + 1; 0: none */
	uint32_t parts;		/* of a set: how many, and where in `part` */
	size_t part;
};

static inline struct similar_word
linkage_value_word(const struct linkage_value *v)
{
	return (struct similar_word){
		.narrow = v->wide ? NULL : v->signs,
		.wide = v->wide ? v->signs : NULL,
		.n = v->n,
	};
}

/* Some of a value's signs. */
static inline struct similar_word
linkage_value_slice(const struct linkage_value *v, unsigned from, unsigned n)
{
	struct similar_word w = linkage_value_word(v);

	if (w.narrow)
		w.narrow += from;
	else
		w.wide += from;
	w.n = n;
	return w;
}

/*
 * Surely more than two edits apart and of a Jaro-Winkler similarity below
 * .80, seen from the counts of signs alone; false says nothing. (Jaro is at
 * most (s/m + s/n + 1) / 3 where words of m and n signs share s.)
 */
bool linkage_value_far(const struct linkage_value *,
		       const struct linkage_value *);

/* linkage_name.c: levels of a part of a name, and of a whole one. */
unsigned linkage_name_part(const struct linkage_values *, uint32_t a,
			   uint32_t b);
unsigned linkage_name_whole(const struct linkage_values *, uint32_t a,
			    uint32_t b);

#endif
