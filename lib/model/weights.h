/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights as people give them, "4,3,-2,1", kept exactly. */
#ifndef MODEL_WEIGHTS_H
#define MODEL_WEIGHTS_H

#include "base/text.h"

#define WEIGHT_ONE 10000	/* ten-thousandths in a weight of 1 */

/* Reads n weights parted by commas, up to four decimals each, at most 1000000
 * in size, not all of them 0. Returns NULL, or what is wrong. */
const char *weights_parse(struct text, int64_t *w, size_t n);
/* One weight. */
bool weight_parse(struct text, int64_t *w);
/* Appends the weight as a number: "2.5". */
void weight_format(int64_t w, struct buf *);

#endif
