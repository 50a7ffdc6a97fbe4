/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Number plates of mainland China (GA 36) in one form: the province's sign,
 * the letter of the place, five signs, or six on a new-energy vehicle, with
 * nothing between them.
 */
#ifndef CANON_PLATE_H
#define CANON_PLATE_H

#include "base/text.h"

enum plate_kind {
	PLATE_NONE,		/* nothing there: 无牌, 未上牌, 新车, 临牌 */
	PLATE_FUEL,		/* 粤B12345 */
	PLATE_ENERGY,		/* 粤BD12345, 粤B12345D */
	PLATE_SPECIAL,		/* ends in 学 警 港 澳 领 挂 试 超, or is 使
				 * with six digits */
	PLATE_TEMPORARY,	/* holds 临 */
	PLATE_ODD		/* anything else, kept as it stands */
};

/*
 * Of a cell that clean_key() has cleaned. Writes at most key.n bytes to `to`
 * and gives the canonical plate in *plate; an odd one as it stood.
 */
enum plate_kind plate_read(struct text key, char *to, struct text *plate);
/* "plate-odd" or "plate-temporary", NULL for what needs no flag. */
const char *plate_flag(enum plate_kind);

#endif
