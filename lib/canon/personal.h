/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers of people that stand in a text written by hand ("call 138 0013 8000
 * back"). Found are, in ASCII or full-width digits:
 *
 *	mobiles	    11 digits from 13 to 19, also with +86, 0086 or 86 before
 *		    them, and as 3, 4 and 4 with - or a blank between
 *	landlines   an area code (0 and 2 or 3 digits), then -, a blank or ),
 *		    then 7 or 8 digits
 *	citizens'   18 signs whose check sign is right
 *
 * Digits that touch a letter of ASCII or other digits are none of these (a
 * VIN, a number of a document). Names are not looked for.
 */
#ifndef CANON_PERSONAL_H
#define CANON_PERSONAL_H

#include "base/text.h"

enum personal_kind { PERSONAL_NONE, PERSONAL_PHONE, PERSONAL_IDNO };

/* text[at .. at + n) */
struct personal {
	enum personal_kind kind;
	size_t at, n;
};

/* The first one that begins at `from` or behind it. */
struct personal personal_find(struct text, size_t from);
/* Appends the text with each of them masked (canon/mask.h); gives how many
 * there were. */
size_t personal_mask(struct buf *, struct text);

#endif
