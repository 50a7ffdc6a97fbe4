/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Telephone numbers of mainland China as exports hold them, in one form: a
 * mobile as its 11 digits, a landline as area-number[-extension]. What has
 * been masked or destroyed is kept as it stands and never repaired.
 */
#ifndef CANON_PHONE_H
#define CANON_PHONE_H

#include "base/text.h"

enum phone_kind {
	PHONE_NONE,		/* nothing there */
	PHONE_MOBILE,
	PHONE_LANDLINE,		/* with its area code */
	PHONE_SERVICE,		/* 400 and 800 numbers */
	PHONE_FOREIGN,		/* begins with + and another country's code */
	PHONE_LOCAL,		/* 7 or 8 digits: the area code is missing */
	PHONE_MASKED,		/* holds * or x for digits */
	PHONE_DESTROYED,	/* 1.38001E+10: a spreadsheet ate digits */
	PHONE_BAD
};

#define PHONE_MAX 4		/* numbers read from one cell */
#define PHONE_BYTES 24		/* longest canonical number */

struct phone {
	enum phone_kind kind;
	struct text text;	/* canonical, or as it stood */
};

/* One number, cleaned by clean_code(). Writes at most PHONE_BYTES to `to`;
 * phone.text is in `to` or a part of `clean`. */
struct phone phone_read(struct text clean, char to[PHONE_BYTES]);

/*
 * All numbers of a cell, split at / ; 、 , | 或 and line ends, and at blanks
 * where each part is a number by itself. The first mobile comes first, then
 * the others in their order, a part that is no number as PHONE_BAD. Returns
 * how many there are (0 for an empty cell); more than PHONE_MAX, or no
 * number among several parts, make the whole cell one PHONE_BAD. `to` needs
 * PHONE_MAX * PHONE_BYTES.
 */
size_t phone_read_all(struct text clean, char *to,
		      struct phone phones[PHONE_MAX]);

/*
 * Of canonical numbers with a line end after each: which is the phone (the
 * first mobile, else the first), part of `numbers`; the others, once each,
 * are appended to `others` joined by /.
 */
struct text phone_settle(struct text numbers, struct buf *others);

/* May two records be one person's because they share this number? Mobiles,
 * but not 13800000000 and the like, which clerks type to fill the field. */
bool phone_links(struct phone);

/* "phone-masked" and so on, NULL for what needs no flag. */
const char *phone_flag(enum phone_kind);

#endif
