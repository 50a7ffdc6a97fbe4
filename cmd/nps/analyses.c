/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The analyses of crm-nps, one a file beside this one, and their options. */
#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/nps.h"

const struct analysis *const analyses[] = {
	&analysis_nps,		&analysis_csat,	     &analysis_ces,
	&analysis_mean,		&analysis_distribution,
	&analysis_decompose,	&analysis_csi,	     &analysis_gap,
	&analysis_drivers,	&analysis_alert,     &analysis_open_actions,
	&analysis_callback,	&analysis_index,	     &analysis_cdv,
	&analysis_journey,	&analysis_internal,   &analysis_text,
	&analysis_wom,		&analysis_chain,
	NULL
};

static_assert(NELEMS(analyses) <= ANALYSES_MAX + 1, "room for their options");

/* What their options set, by number of the analysis. */
static bool flag[ANALYSES_MAX];
static const char *taken[ANALYSES_MAX];

static bool uses(const struct analysis *a, const struct opt *table)
{
	for (size_t i = 0; i < ANALYSIS_TABLES; i++)
		if (a->uses[i] == table)
			return true;
	return false;
}

/* The first one that uses the table. */
static const struct analysis *owner(const struct opt *table)
{
	size_t i = 0;

	while (!uses(analyses[i], table))
		i++;
	return analyses[i];
}

static struct opt own_option(size_t i)
{
	const struct analysis *a = analyses[i];
	struct opt o = { .kind = a->arg ? OPT_TEXT : OPT_FLAG,
			 .name = a->name,
			 .arg = a->arg,
			 .help = a->help,
			 .common = a->advanced };

	o.to = a->arg ? (void *)&taken[i] : (void *)&flag[i];
	return o;
}

void analyses_include(struct opt to[ANALYSES_OPTS + 1])
{
	size_t n = 0;

	for (size_t i = 0; analyses[i]; i++)
		to[n++] = own_option(i);
	for (size_t i = 0; analyses[i]; i++)
		for (size_t k = 0; k < ANALYSIS_TABLES; k++) {
			const struct opt *table = analyses[i]->uses[k];

			if (table && owner(table) == analyses[i])
				to[n++] = (struct opt){
					OPT_INCLUDE,
					.to = (void *)(uintptr_t)table
				};
		}
	to[n] = (struct opt){ OPT_END };
}

static _Noreturn void refuse(const struct opt *o, const struct opt *table)
{
	struct buf names = { 0 };

	for (size_t i = 0; analyses[i]; i++)
		if (uses(analyses[i], table))
			buf_addf(&names, "%s--%s", names.n ? " or " : "",
				 analyses[i]->name);
	die_usage("--%s goes with %s", o->name, names.p);
}

/* Options of others are no good here. */
static void check(const struct analysis *chosen)
{
	for (size_t i = 0; analyses[i]; i++)
		for (size_t k = 0; k < ANALYSIS_TABLES; k++) {
			const struct opt *table = analyses[i]->uses[k];

			if (!table || uses(chosen, table))
				continue;
			for (const struct opt *o = table; o->kind != OPT_END;
			     o++)
				if (opt_is_set(o))
					refuse(o, table);
		}
}

/* ---- the options that several share ---- */

static const struct {
	unsigned takes;
	const char *name;
} shared[] = {
	{ TAKES_QUESTION, "--question" },
	{ TAKES_SCALE, "--scale" },
	{ TAKES_CUTS, "--promoters" },
	{ TAKES_CUTS, "--detractors" },
	{ TAKES_MIN_N, "--min-n" },
	{ TAKES_DUPLICATES, "--duplicates" },
	{ TAKES_PER, "--per" },
	{ TAKES_WEIGHTS, "--weight" },
	{ TAKES_WEIGHTS, "--weights" },
	{ TAKES_INVITATIONS, "--invitations" },
};

static void list_given(const struct nps_options *o, bool given[])
{
	const bool is[NELEMS(shared)] = {
		o->question,
		o->scale,
		o->promoter != NPS_NOT_GIVEN,
		o->detractor != NPS_NOT_GIVEN,
		o->min_n,
		o->duplicates,
		o->per,
		o->weight,
		o->weights,
		o->invitations,
	};

	memcpy(given, is, sizeof(is));
}

/* An option that does nothing would be taken for one that did. */
static void check_shared(const struct nps_options *o,
			 const struct analysis *chosen)
{
	bool given[NELEMS(shared)];

	list_given(o, given);
	for (size_t i = 0; i < NELEMS(shared); i++) {
		struct buf names = { 0 };

		if (!given[i] || (chosen->takes & shared[i].takes))
			continue;
		for (size_t k = 0; analyses[k]; k++)
			if (analyses[k]->takes & shared[i].takes)
				buf_addf(&names, "%s--%s",
					 names.n ? ", " : "",
					 analyses[k]->name);
		die_usage("%s has no meaning for --%s; it goes with %s",
			  shared[i].name, chosen->name, names.p);
	}
}

const struct analysis *analyses_chosen(const struct nps_options *o,
				       const char **value)
{
	size_t chosen = 0;
	bool any = false;

	for (size_t i = 0; i < NELEMS(analyses) - 1; i++) {
		if (!flag[i] && !taken[i])
			continue;
		if (any)
			die_usage("--%s and --%s are two results: ask for one",
				  analyses[chosen]->name, analyses[i]->name);
		any = true;
		chosen = i;
	}
	*value = taken[chosen];
	check(analyses[chosen]);
	check_shared(o, analyses[chosen]);
	return analyses[chosen];
}
