/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four factors on one scale, and their weighted mean. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/number.h"
#include "base/radix.h"
#include "model/keyaccount.h"

#define FULL (100 * (int64_t)KEY_POINT)
#define WEIGHT_ONE 10000
#define WEIGHT_MAX 1000000

const char *const key_factor_name[KEY_FACTORS] = { "orders", "potential",
						   "bargaining",
						   "cooperation" };

const struct key_weights key_equal_weights = {
	{ WEIGHT_ONE, WEIGHT_ONE, -WEIGHT_ONE, WEIGHT_ONE }
};

/* ---- values to points ---- */

static void minmax(int64_t *v, size_t n)
{
	int64_t low = v[0], high = v[0];

	for (size_t i = 1; i < n; i++) {
		low = v[i] < low ? v[i] : low;
		high = v[i] > high ? v[i] : high;
	}
	for (size_t i = 0; i < n; i++)
		v[i] = low == high ?
			       FULL / 2 :
			       (int64_t)money_ratio(
				       ((money_wide)v[i] - low) * FULL,
				       (money_wide)high - low, 0);
}

#define SIGN (1ull << 63)

static void by_rank(int64_t *v, size_t n)
{
	struct radix_item *item = mem_alloc(n, sizeof(*item));

	for (size_t i = 0; i < n; i++)
		item[i] = (struct radix_item){ (uint64_t)v[i] ^ SIGN,
					       (uint32_t)i, 0 };
	radix_sort(item, n);
	for (size_t from = 0, to; from < n; from = to) {
		money_wide twice;

		for (to = from + 1; to < n && item[to].key == item[from].key;)
			to++;
		twice = (money_wide)(from + to - 1);
		for (size_t i = from; i < to; i++)
			v[item[i].who] = n == 1 ?
				FULL / 2 :
				(int64_t)money_ratio(
					twice * FULL,
					2 * (money_wide)(n - 1), 0);
	}
	free(item);
}

void key_points(int64_t *values, size_t n, enum key_scale scale)
{
	if (n && scale == KEY_MINMAX)
		minmax(values, n);
	else if (n)
		by_rank(values, n);
}

/* ---- weights ---- */

/* A decimal with up to four places, exactly, in ten-thousandths. */
static bool parse_weight(struct text t, int64_t *w)
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
	for (size_t i = 0; i < rest.n; i++) {
		if (rest.p[i] < '0' || rest.p[i] > '9')
			return false;
		scale /= 10;
		*w += (rest.p[i] - '0') * scale;
	}
	if (negative)
		*w = -*w;
	return true;
}

const char *key_weights_parse(struct key_weights *k, const char *text)
{
	struct text rest = text_of(text), part;
	bool any = false;
	size_t n = 0;

	while (text_split(&rest, ',', &part)) {
		if (n == KEY_FACTORS)
			return "there are more than four weights";
		if (!parse_weight(part, &k->w[n]))
			return "a weight is a number with at most 4 decimals, "
			       "at most 1000000";
		any |= k->w[n++] != 0;
	}
	if (n < KEY_FACTORS)
		return "there are fewer than four weights";
	return any ? NULL : "all weights are 0";
}

void key_weights_format(const struct key_weights *k, struct buf *b)
{
	for (size_t i = 0; i < KEY_FACTORS; i++) {
		char number[NUMBER_MAX_BYTES];
		size_t n = number_format((double)k->w[i] / WEIGHT_ONE, number);

		buf_addf(b, "%s%s ", i ? ", " : "", key_factor_name[i]);
		buf_add(b, number, n);
	}
}

/* ---- the score ---- */

int64_t key_score(const struct key_weights *k,
		  const int64_t points[KEY_FACTORS])
{
	money_wide sum = 0, size = 0;

	for (size_t i = 0; i < KEY_FACTORS; i++) {
		int64_t w = k->w[i];

		if (w > 0)
			sum += (money_wide)w * points[i];
		else if (w < 0)
			sum += (money_wide)-w * (FULL - points[i]);
		size += w < 0 ? -w : w;
	}
	return (int64_t)money_ratio(sum, size, 0);
}
