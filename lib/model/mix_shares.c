/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares that add up to the whole. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/mix.h"

struct remainder {
	money_wide rest;
	size_t at;
};

static int by_rest(const void *a, const void *b)
{
	const struct remainder *x = a, *y = b;

	if (x->rest != y->rest)
		return x->rest > y->rest ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* value * units / total rounded down, also below zero. */
static int64_t divide_down(money_wide value, money_wide total, money_wide *rest)
{
	money_wide quotient = value / total;

	*rest = value % total;
	if (*rest < 0) {
		*rest += total;
		quotient--;
	}
	return (int64_t)quotient;
}

bool mix_shares(const money_wide *value, size_t n, int64_t units,
		int64_t *share)
{
	struct remainder *r;
	money_wide total = 0;
	int64_t left = units;

	for (size_t i = 0; i < n; i++)
		total += value[i];
	if (total <= 0)
		return false;
	r = mem_alloc(n, sizeof(*r));
	for (size_t i = 0; i < n; i++) {
		r[i].at = i;
		share[i] = divide_down(value[i] * units, total, &r[i].rest);
		left -= share[i];
	}
	qsort(r, n, sizeof(*r), by_rest);
	/* fewer are left than there are groups */
	for (size_t i = 0; i < (size_t)left; i++)
		share[r[i].at]++;
	free(r);
	return true;
}
