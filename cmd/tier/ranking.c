/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers ranked by value: those who are active, and the others. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/tier.h"
#include "model/concentration.h"

/* Dies when the sum is more than 64 bits can hold. */
static int64_t value_of(const struct customer *c)
{
	int64_t value;

	if (!money_narrow(money_carried(c->low, c->high), &value))
		die("the sum of one customer's amounts is too large");
	return value;
}

void ranking_by_id(struct ranked *r, size_t n, struct group *customers)
{
	rank_by_key(r, n, customers);
}

void ranking_rank(struct ranking *r, int32_t since)
{
	size_t count = group_count(r->customers);

	r->at = mem_alloc(count, sizeof(*r->at));
	r->tier = mem_alloc(count, sizeof(*r->tier));
	for (size_t i = 0; i < r->buyers; i++) {
		const struct customer *c = group_entry(r->customers, i);
		struct ranked one = { value_of(c), (uint32_t)i };

		if (since != DAY_NONE && c->last < since + DAY_BIAS)
			r->at[r->buyers - ++r->outside] = one;
		else
			r->at[r->n++] = one;
	}
	rank_descending(r->at, r->n, r->customers);
	ranking_by_id(r->at + r->n, r->outside, r->customers);
	r->total = concentration_total(r->at, r->n);
}

unsigned char ranking_status(struct ranking *r, struct text name)
{
	for (size_t i = r->names - r->statuses; i < r->names; i++)
		if (text_eq(r->name[i], name))
			return (unsigned char)i;
	if (r->names == TIERS_MAX)
		die("more than %d tiers", TIERS_MAX);
	r->name[r->names] = name;
	r->statuses++;
	return (unsigned char)r->names++;
}

bool ranks_everybody(const struct run *run)
{
	static const bool everybody[] = {
		[RESULT_CONCENTRATION] = true, [RESULT_CURVE] = true,
		[RESULT_WHALE] = true,	       [RESULT_CLAIMS] = true,
		[RESULT_MOVERS] = false,
	};

	return everybody[run->result];
}

int32_t active_since(const struct run *run, int32_t as_of)
{
	if (as_of == DAY_NONE || ranks_everybody(run))
		return DAY_NONE;
	if (!run->days)
		return day_add_months(as_of, -run->months);
	return as_of - run->days < DAY_MIN ? DAY_MIN : as_of - run->days;
}

void *ranking_keep(struct ranking *r, void *p)
{
	r->kept = mem_grow(r->kept, r->nkept, &r->kept_cap, sizeof(*r->kept));
	r->kept[r->nkept++] = p;
	return p;
}

void ranking_name(struct ranking *r, const struct tier_scheme *s)
{
	for (size_t t = 0; t < s->n; t++)
		r->name[r->names++] = s->name[t];
}

void ranking_release(struct ranking *r)
{
	while (r->nkept)
		free(r->kept[--r->nkept]);
	free(r->kept);
	group_free(r->customers);
	group_free(r->purchases);
	group_free(r->days);
	free(r->bought);
	free(r->prospect);
	free(r->at);
	free(r->tier);
	standings_free(r->then);
	*r = (struct ranking){ 0 };
}
