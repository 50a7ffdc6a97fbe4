/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four factors on one scale, and their weighted mean. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/radix.h"
#include "model/keyaccount.h"
#include "model/weights.h"

#define FULL (100 * (int64_t)KEY_POINT)

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

const char *key_weights_parse(struct key_weights *k, const char *text)
{
	return weights_parse(text_of(text), k->w, KEY_FACTORS);
}

void key_weights_format(const struct key_weights *k, struct buf *b)
{
	for (size_t i = 0; i < KEY_FACTORS; i++) {
		buf_addf(b, "%s%s ", i ? ", " : "", key_factor_name[i]);
		weight_format(k->w[i], b);
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
