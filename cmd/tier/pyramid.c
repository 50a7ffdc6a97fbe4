/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer pyramid, and cuts of one's own: tiers by rank of value. */
#include "cmd/tier/tier.h"

static void open_scheme(struct run *run)
{
	tiers_choose(run, &tier_pyramid);
}

static void place(const struct run *run, struct ranking *r, int32_t as_of)
{
	const struct tier_scheme *s = &run->tiers;
	unsigned char inactive;
	size_t tier = 0;

	ranking_rank(r, active_since(run, as_of));
	ranking_name(r, s);
	inactive = ranking_status(r, TEXT("inactive"));
	for (size_t i = 0; i < r->n; i++) {
		tier = tier_of(s, r->n, i + 1, tier);
		r->tier[i] = (unsigned char)tier;
	}
	for (size_t i = r->n; i < r->n + r->outside; i++)
		r->tier[i] = inactive;
}

const struct scheme scheme_pyramid = {
	.name = "pyramid",
	.open = open_scheme,
	.place = place,
};
