/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers ranked by value: those who are active, and the others. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/tier.h"
#include "model/concentration.h"

int64_t customer_value(const struct customer *c)
{
	int64_t value;

	if (!money_narrow(money_carried(c->low, c->high), &value))
		die("the sum of one customer's amounts is too large");
	return value;
}

/* The inactive are listed by id. */
static void rank_by_id(struct ranked *r, size_t n, struct group *customers)
{
	for (size_t i = 0; i < n; i++)
		r[i].value = 0;
	rank_descending(r, n, customers);
	for (size_t i = 0; i < n; i++)
		r[i].value = customer_value(group_entry(customers, r[i].who));
}

void ranking_rank(struct ranking *r, int32_t since)
{
	size_t count = group_count(r->customers);

	r->at = mem_alloc(count, sizeof(*r->at));
	r->tier = mem_alloc(count, sizeof(*r->tier));
	for (size_t i = 0; i < count; i++) {
		const struct customer *c = group_entry(r->customers, i);
		struct ranked one = {customer_value(c), (uint32_t)i};

		if (since != DAY_NONE && c->last < since + DAY_BIAS)
			r->at[count - ++r->outside] = one;
		else
			r->at[r->n++] = one;
	}
	rank_descending(r->at, r->n, r->customers);
	rank_by_id(r->at + r->n, r->outside, r->customers);
	r->total = concentration_total(r->at, r->n);
}

void ranking_release(const struct scheme *s, struct ranking *r)
{
	if (s->unplace)
		s->unplace(r);
	group_free(r->customers);
	group_free(r->purchases);
	free(r->bought);
	free(r->at);
	free(r->tier);
	*r = (struct ranking){0};
}
