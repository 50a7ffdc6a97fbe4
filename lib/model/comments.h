/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comments counted by a list of codes: how many responses mention what.
 * Words are looked for as they stand; nothing is understood, and what no word
 * finds is counted as uncoded. The list that ships is comment-codes.csv beside
 * this file.
 *
 * A word is found anywhere in a comment, but where it begins or ends with a
 * Latin letter or a digit no other one may stand there, unless it ends with an
 * asterisk, which is not part of it ("deliver*"). With = before it, it must be
 * the whole comment, blanks round it aside. A-Z are taken for a-z. An
 * occurrence of it within one of the code's exceptions does not count ("not
 * expensive").
 */
#ifndef MODEL_COMMENTS_H
#define MODEL_COMMENTS_H

#include "base/text.h"
#include "num/pairs.h"

#define COMMENTS_CODES 256

enum comments_fault {
	COMMENTS_FINE,
	COMMENTS_TWICE,		/* the code is there already */
	COMMENTS_WORDLESS,	/* it has no words, or an empty one */
	COMMENTS_RESERVED,	/* its name is "uncoded" or "all" */
	COMMENTS_TOO_MANY,
	COMMENTS_FAULTS
};

struct comments;

struct comments *comments_new(void);
void comments_free(struct comments *);

/* ---- the codes, all of them before the first comment ---- */

/* Copied; words and exceptions have | between them. */
enum comments_fault comments_code(struct comments *, struct text code,
				  struct text words, struct text exceptions);
size_t comments_codes(const struct comments *);

/* ---- the comments, in any order ---- */

/* What a response (of `group`, any number from 0 on) says, and the score it
 * gave with it, within PAIRS_MAX; NAN: none. A response may come more than
 * once: each code counts once, and its score is the mean. */
void comments_add(struct comments *, size_t group, struct text response,
		  struct text comment, double score);

/* ---- the figures ---- */

struct comments_count {
	uint64_t responses;
	struct pairs score;	/* of those with a score: x, and y is 0 */
};

/* Adds all up: comments_codes() + 2 elements for each group, the last two of
 * them for what is uncoded and for all. The caller frees; all groups of
 * comments_add() must be below `groups`. */
struct comments_count *comments_finish(struct comments *, size_t groups);

#endif
