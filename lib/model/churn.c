/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The leaky bucket. */
#include "model/churn.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static int by_customer(const void *a, const void *b)
{
	const struct churn_event *x = a, *y = b;

	if (x->customer != y->customer)
		return x->customer < y->customer ? -1 : 1;
	if (x->refund != y->refund)
		return x->refund ? 1 : -1;
	return (x->day > y->day) - (x->day < y->day);
}

/* The days that a customer's purchases must not be before, worked out once
 * for all customers. */
struct edges {
	int32_t opening, opening_since;	/* the day before, and its window */
	int32_t closing, closing_since;
};

static struct edges edges_of(struct day_range r, int months)
{
	return (struct edges){
		.opening = r.first - 1,
		.opening_since = day_add_months(r.first - 1, -months),
		.closing = r.last,
		.closing_since = day_add_months(r.last, -months),
	};
}

double churn_rate(const struct churn *c)
{
	return c->opening ? (double)c->lost / (double)c->opening : NAN;
}

double churn_half_life(double rate)
{
	return log(0.5) / log1p(-rate);
}

/* One customer's n purchases, ascending by day, through one period. `*at`
 * counts those up to the opening, and only grows from period to period. */
static void count_one(const struct churn_event *e, size_t n, size_t refunds,
		      size_t *at, const struct edges *edge, struct churn *c)
{
	money_wide income = 0;

	while (*at < n && e[*at].day <= edge->opening)
		(*at)++;
	size_t end = *at;
	while (end < n && e[end].day <= edge->closing)
		income += e[end++].fen;
	for (size_t i = n; i < n + refunds; i++)
		if (e[i].day > edge->opening && e[i].day <= edge->closing)
			income += e[i].fen;
	bool was = *at > 0 && e[*at - 1].day >= edge->opening_since;
	bool is = end > 0 && e[end - 1].day >= edge->closing_since;
	c->opening += was;
	c->closing += is;
	c->lost += was && !is;
	c->fresh += is && *at == 0;
	c->returned += is && !was && *at > 0;
	c->income += income;
	c->existing += was ? income : 0;
}

void churn_count(struct churn_event *e, size_t n,
		 const struct day_range *period, size_t periods, int months,
		 struct churn *out)
{
	struct edges *edge = mem_alloc(periods, sizeof(*edge));

	for (size_t p = 0; p < periods; p++) {
		edge[p] = edges_of(period[p], months);
		out[p] = (struct churn){ 0 };
	}
	if (n > 0)
		qsort(e, n, sizeof(*e), by_customer);
	for (size_t i = 0; i < n;) {
		size_t own = i, at = 0, bought = 0;
		for (; i < n && e[i].customer == e[own].customer; i++)
			bought += !e[i].refund;
		for (size_t p = 0; p < periods; p++)
			count_one(&e[own], bought, i - own - bought, &at,
				  &edge[p], &out[p]);
	}
	free(edge);
}
