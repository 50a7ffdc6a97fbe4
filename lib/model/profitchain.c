/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The links of the service-profit chain. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/profitchain.h"

const char *const profitchain_names[PROFITCHAIN_LINKS] = {
	"staff_satisfaction", "customer_satisfaction", "loyalty", "profit"
};

static double mean_of(const struct pairs *scores, uint64_t least)
{
	return scores->n < least ? NAN : pairs_mean_x(scores);
}

double profitchain_figure(const struct profitchain_unit *u,
			  enum profitchain_link link, uint64_t least)
{
	double customers = (double)u->customers;

	switch (link) {
	case PROFITCHAIN_STAFF:
		return mean_of(&u->staff, least);
	case PROFITCHAIN_CUSTOMERS:
		return mean_of(&u->answers, least);
	case PROFITCHAIN_LOYALTY:
		return u->customers ? (double)u->repeating / customers : NAN;
	case PROFITCHAIN_PROFIT:
		return u->customers && u->margins ?
			       (double)u->margin / 100 / customers :
			       NAN;
	case PROFITCHAIN_LINKS:
		break;
	}
	return NAN;
}

struct correlation profitchain_step(const struct profitchain_unit *unit,
				    size_t n, enum profitchain_link from,
				    uint64_t least)
{
	double *x = mem_alloc(n, 2 * sizeof(*x)), *y = x + n;
	struct correlation c;

	for (size_t i = 0; i < n; i++) {
		x[i] = profitchain_figure(&unit[i], from, least);
		y[i] = profitchain_figure(&unit[i], from + 1, least);
	}
	c = correlate(x, y, n);
	free(x);
	return c;
}
