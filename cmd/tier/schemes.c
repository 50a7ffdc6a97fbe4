/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schemes of crm-tier, one a file beside this one. */
#include "base/msg.h"
#include "cmd/tier/tier.h"

const struct scheme *const schemes[] = { &scheme_pyramid, &scheme_metal,
					 &scheme_mvc,	  &scheme_key,
					 &scheme_rfm,	  NULL };

const struct optuse *const schemes_uses[] = { &scheme_pyramid.uses,
					      &scheme_metal.uses,
					      &scheme_mvc.uses,
					      &scheme_key.uses,
					      &scheme_rfm.uses, NULL };

bool tiers_choose(struct run *run, const struct tier_scheme *otherwise)
{
	const char *wrong;

	run->tiers = *otherwise;
	if (!run->cuts && !run->names)
		return false;
	if (!run->cuts || !run->names)
		die_usage("--cuts and --names go together");
	wrong = tier_parse(&run->tiers, run->cuts, run->names);
	if (wrong)
		die_usage("--cuts %s --names %s: %s", run->cuts, run->names,
			  wrong);
	return true;
}

void need_value_order(const struct run *run)
{
	if (ranks_everybody(run))
		die_usage("--concentration, --curve, --whale and --claims "
			  "rank by value, as this scheme does not");
}
