/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers for texts, exact: two texts have one number only when they are the
 * same. A document number such as T000000123 is its shape (T and nine digits)
 * and its digits, which takes no memory but for the shapes, of which there
 * are few; any other text is kept once.
 */
#ifndef MODEL_MIX_CODE_H
#define MODEL_MIX_CODE_H

#include "base/group.h"

struct mix_codes {
	struct group *shapes;	/* with 0 for each digit */
	struct group *texts;	/* those that are kept */
	uint64_t shape[2];	/* of the text before, and its number */
	size_t shape_n;
	uint32_t shape_number;
	struct buf room, decoded;
};

void mix_codes_init(struct mix_codes *);
void mix_codes_release(struct mix_codes *);
/* Never 0 nor UINT64_MAX. */
uint64_t mix_code(struct mix_codes *, struct text);

/* Numbers of one table in another one, which learns its shapes and texts. */
struct mix_recode {
	struct mix_codes *into;
	const struct mix_codes *from;
	uint32_t *shape;
	uint64_t *text;
};

struct mix_recode mix_codes_join(struct mix_codes *into,
				 const struct mix_codes *from);
void mix_recode_release(struct mix_recode *);
uint64_t mix_recode(const struct mix_recode *, uint64_t code);

#endif
