/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Codes: what the words of a register mean. A kind (cause, category, scene,
 * ...) has codes, and a code has a word in Chinese, one in English and others
 * that people write. Those of complaints are complaint-codes.csv beside this
 * file, with the source of each; canon/codes_csv.h reads it.
 *
 * Words are matched whole, without blanks round them and in any case of Latin
 * letters. A word that stands for no code is kept and counted as itself.
 */
#ifndef MODEL_CODES_H
#define MODEL_CODES_H

#include "base/text.h"

#define CODES_NONE SIZE_MAX
#define CODES_WORD 256		/* a longer text is no word, in bytes */

struct code {
	struct text kind;	/* the column of the stream that has it */
	struct text code;	/* what stands in canonical data */
	struct text zh, en;
	int severity;		/* 1..5; 0: the code says nothing of it */
	struct text note, note_zh;	/* how to handle it; may be empty */
	struct text source;	/* of the words, and what of them is ours */
	struct text under;	/* of a sub-code: the code that it belongs to,
				 * where the source names one */
};

struct codes;

struct codes *codes_new(void);
void codes_free(struct codes *);
/* Copies the code; code, zh and en are words for it. CODES_NONE: kind or code
 * is empty or too long, the kind has that code, or one of its words stands
 * for another code of the kind; nothing is added then. Else its number. */
size_t codes_add(struct codes *, const struct code *);
/* One more word; false when it stands for another code of the kind. */
bool codes_also(struct codes *, size_t i, struct text word);

/* In the order in which they were added. */
size_t codes_count(const struct codes *);
const struct code *codes_code(const struct codes *, size_t i);
/* All words of code i, k from 0; false behind the last one. */
bool codes_word(const struct codes *, size_t i, size_t k, struct text *word);
bool codes_has_kind(const struct codes *, struct text kind);

/* The number of the code that a code, a name or another word stands for in
 * the kind; CODES_NONE. */
size_t codes_find(const struct codes *, struct text kind, struct text word);
/* The code that `word` stands for; `word` itself when it stands for none. */
struct text codes_of(const struct codes *, struct text kind, struct text word);
/* What to call it for people: its Chinese or English word; `word` itself when
 * there is none. */
struct text codes_name(const struct codes *, struct text kind,
		       struct text word, bool zh);

#endif
