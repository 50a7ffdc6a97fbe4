/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals in ten-thousandths. */
#include "base/ascii.h"
#include "base/number.h"
#include "model/weights.h"

#define WEIGHT_MAX 1000000

bool weight_parse(struct text t, int64_t *w)
{
	struct text rest = t, part = { 0 };
	bool negative = text_take(&rest, '-');
	int64_t v, scale = WEIGHT_ONE;

	text_split(&rest, '.', &part);
	if (!part.n || part.p[0] == '-' || part.p[0] == '+' ||
	    !number_int(part, &v) || v > WEIGHT_MAX)
		return false;
	*w = v * scale;
	if (rest.n > 4 || (rest.p && !rest.n))
		return false;
	for (size_t i = 0; rest.p && i < rest.n; i++) {
		if (!ascii_is_digit(rest.p[i]))
			return false;
		scale /= 10;
		*w += (rest.p[i] - '0') * scale;
	}
	if (negative)
		*w = -*w;
	return true;
}

const char *weights_parse(struct text text, int64_t *w, size_t n)
{
	struct text rest = text, part;
	bool any = false;
	size_t found = 0;

	while (text_split(&rest, ',', &part)) {
		if (found == n)
			return "there are too many weights";
		if (!weight_parse(part, &w[found]))
			return "a weight is a number with at most 4 decimals, "
			       "at most 1000000";
		any |= w[found++] != 0;
	}
	if (found < n)
		return "there are too few weights";
	return any ? NULL : "all weights are 0";
}

void weight_format(int64_t w, struct buf *b)
{
	char number[NUMBER_MAX_BYTES];
	size_t n = number_format((double)w / WEIGHT_ONE, number);

	buf_add(b, number, n);
}
