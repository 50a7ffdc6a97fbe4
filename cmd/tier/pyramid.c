/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer pyramid, and cuts of one's own: tiers by rank of value. */
#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/tier.h"

static void open_scheme(struct run *run)
{
	const char *wrong;

	run->tiers = tier_pyramid;
	if (!run->cuts && !run->names)
		return;
	if (!run->cuts || !run->names)
		die_usage("--cuts and --names go together");
	wrong = tier_parse(&run->tiers, run->cuts, run->names);
	if (wrong)
		die_usage("--cuts %s --names %s: %s", run->cuts, run->names,
			  wrong);
}

/* The first day of a deal that keeps a customer active. How concentrated the
 * whole is, is asked of everybody. */
static int32_t active_since(const struct run *run, int32_t as_of)
{
	if (as_of == DAY_NONE || run->result == RESULT_CONCENTRATION ||
	    run->result == RESULT_CURVE)
		return DAY_NONE;
	return day_add_months(as_of, -(int)run->inactive_after);
}

static void place(const struct run *run, struct ranking *r, int32_t as_of)
{
	const struct tier_scheme *s = &run->tiers;
	size_t tier = 0;

	ranking_rank(r, active_since(run, as_of));
	for (size_t t = 0; t < s->n; t++)
		r->name[r->names++] = s->name[t];
	r->name[r->names++] = TEXT("inactive");
	r->statuses = 1;
	for (size_t i = 0; i < r->n; i++) {
		tier = tier_of(s, r->n, i + 1, tier);
		r->tier[i] = (unsigned char)tier;
	}
	for (size_t i = r->n; i < r->n + r->outside; i++)
		r->tier[i] = (unsigned char)s->n;
}

const struct scheme scheme_pyramid = {
	.name = "pyramid",
	.open = open_scheme,
	.place = place,
};
