/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a customer's value has changed. */
#include "model/change.h"

/*
 * (n1 - n0) (v0 / n0 + v1 / n1) / 2. The tickets are split into whole units
 * and rests, so that no product is too large for 128 bits.
 */
static money_wide count_part(int64_t v0, int64_t n0, int64_t v1, int64_t n1)
{
	const money_wide more = (money_wide)n1 - n0;
	const money_wide whole = more * ((money_wide)(v0 / n0) + v1 / n1);
	const money_wide both = (money_wide)n0 * n1;
	const money_wide rest = more * ((money_wide)(v0 % n0) * n1 +
					(money_wide)(v1 % n1) * n0);

	return whole / 2 + money_ratio(rest + whole % 2 * both, 2 * both, 0);
}

struct change change_split(int64_t v0, int64_t n0, int64_t v1, int64_t n1)
{
	const money_wide all = (money_wide)v1 - v0;
	struct change c = { 0 };

	if (n0 > 0 && n1 > 0)
		c.by_count = count_part(v0, n0, v1, n1);
	else if (n0 > 0 || n1 > 0)
		c.by_count = all;
	c.by_ticket = all - c.by_count;
	return c;
}

static money_wide size_of(money_wide v)
{
	return v < 0 ? -v : v;
}

const char *change_why(const struct change *c)
{
	if (!c->by_count && !c->by_ticket)
		return NULL;
	return size_of(c->by_count) >= size_of(c->by_ticket) ? "count" :
							       "ticket";
}
