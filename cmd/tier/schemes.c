/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schemes of crm-tier, one a file beside this one. */
#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/tier.h"

const struct scheme *const schemes[] = { &scheme_pyramid, &scheme_metal,
					 &scheme_mvc,	  &scheme_key,
					 &scheme_rfm,	  NULL };

static bool uses(const struct scheme *s, const struct opt *table)
{
	for (size_t i = 0; i < SCHEME_TABLES; i++)
		if (s->uses[i] == table)
			return true;
	return false;
}

/* The first scheme that uses the table. */
static const struct scheme *owner(const struct opt *table)
{
	size_t i = 0;

	while (!uses(schemes[i], table))
		i++;
	return schemes[i];
}

void schemes_include(struct opt to[SCHEME_OPTS + 1])
{
	size_t n = 0;

	for (size_t i = 0; schemes[i]; i++)
		for (size_t k = 0; k < SCHEME_TABLES; k++) {
			const struct opt *table = schemes[i]->uses[k];

			if (!table || owner(table) != schemes[i])
				continue;
			if (n == SCHEME_OPTS)
				bug("too many tables of options");
			to[n++] =
				(struct opt){ OPT_INCLUDE,
					      .to = (void *)(uintptr_t)table };
		}
	to[n] = (struct opt){ OPT_END };
}

static _Noreturn void refuse(const struct opt *o, const struct opt *table)
{
	struct buf names = { 0 };

	for (size_t i = 0; schemes[i]; i++)
		if (uses(schemes[i], table))
			buf_addf(&names, "%s%s", names.n ? " or " : "",
				 schemes[i]->name);
	die_usage("--%s goes with --scheme %s", o->name, names.p);
}

void schemes_check(const struct scheme *chosen)
{
	for (size_t i = 0; schemes[i]; i++)
		for (size_t k = 0; k < SCHEME_TABLES; k++) {
			const struct opt *o = schemes[i]->uses[k];

			if (!o || uses(chosen, o))
				continue;
			for (const struct opt *one = o; one->kind != OPT_END;
			     one++)
				if (opt_is_set(one))
					refuse(one, o);
		}
}

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
	static const bool by_value[] = {
		[RESULT_CONCENTRATION] = true, [RESULT_CURVE] = true,
		[RESULT_WHALE] = true,	       [RESULT_CLAIMS] = true,
		[RESULT_MOVERS] = false,
	};

	if (by_value[run->result])
		die_usage("--concentration, --curve, --whale and --claims "
			  "rank by value, as this scheme does not");
}
