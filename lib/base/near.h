/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of some words somebody may have meant who mistyped one: of those
 * within one slip for a word of three bytes, two for one of six, the nearest,
 * and of equally near ones the first. A slip is a byte too many, too few or
 * another one, or two neighbours changed about (optimal string alignment).
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include "base/text.h"

struct near {
	struct text word;
	struct text best;	/* borrowed; p NULL: none is near */
	size_t slips;		/* fewer are needed to be nearer */
};

void near_begin(struct near *, struct text word);
void near_try(struct near *, struct text candidate);

#endif
