/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Purchase days as the models of occasions (BB, BG/BB) want them: calendar
 * periods, in each of which a customer bought or did not. The period of the
 * first purchase is occasion 0; the one that observation ends in is the last,
 * whether it is over or not.
 */
#ifndef MODEL_OCCASIONS_H
#define MODEL_OCCASIONS_H

#include <stddef.h>
#include <stdint.h>

#include "model/unit.h"

struct occasions {
	int32_t x;		/* with a purchase, after occasion 0 */
	int32_t t_x;		/* the last of them; 0: none */
	int32_t T;		/* how many there were until `end` */
	int32_t later;		/* with a purchase after `end` */
};

/* Of n > 0 purchase days, ascending, the first not after `end`. */
struct occasions occasions_of(const int32_t *day, size_t n, int32_t end,
			      enum unit);

#endif
