/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes, cells, levels and bonds of a customer. */
#include "model/loyalty.h"

const char *const loyalty_class_names[LOYALTY_CLASSES] = { "loyal", "switcher",
							   "drifter", "" };
const char *const loyalty_cell_names[LOYALTY_CELLS] = { "true", "latent",
							"spurious", "none",
							"" };
const char *const loyalty_level_names[LOYALTY_LEVELS] = { "none", "cognitive",
							  "affective",
							  "behavioural" };
const char *const loyalty_bond_names[LOYALTY_BONDS] = { "none", "financial",
							"social",
							"structural" };

uint32_t loyalty_repeats(const struct loyalty_facts *f)
{
	return f->purchases ? f->purchases - 1 : 0;
}

bool loyalty_repeating(const struct loyalty_facts *f,
		       const struct loyalty_rule *rule)
{
	uint32_t times = rule->purchases ? f->purchases : loyalty_repeats(f);

	return times >= rule->times;
}

enum loyalty_class loyalty_class(const struct loyalty_facts *f,
				 const struct loyalty_rule *rule)
{
	if (f->purchases == 0)
		return LOYALTY_NO_CLASS;
	if (loyalty_repeating(f, rule))
		return LOYALTY_LOYAL;
	return f->elsewhere ? LOYALTY_SWITCHER : LOYALTY_DRIFTER;
}

static enum loyalty_known known(bool yes)
{
	return yes ? LOYALTY_YES : LOYALTY_NO;
}

/* One "no" settles it, whatever is unknown. */
static enum loyalty_known both(enum loyalty_known a, enum loyalty_known b)
{
	if (a == LOYALTY_NO || b == LOYALTY_NO)
		return LOYALTY_NO;
	if (a == LOYALTY_UNKNOWN || b == LOYALTY_UNKNOWN)
		return LOYALTY_UNKNOWN;
	return LOYALTY_YES;
}

enum loyalty_known loyalty_is_loyal(const struct loyalty_facts *f,
				    const struct loyalty_rule *rule)
{
	return both(f->satisfied, known(loyalty_repeating(f, rule)));
}

enum loyalty_cell loyalty_cell(const struct loyalty_facts *f,
			       const struct loyalty_rule *rule)
{
	if (f->satisfied == LOYALTY_UNKNOWN)
		return LOYALTY_NO_CELL;
	if (f->satisfied == LOYALTY_YES)
		return loyalty_repeating(f, rule) ? LOYALTY_TRUE
						  : LOYALTY_LATENT;
	return loyalty_repeating(f, rule) ? LOYALTY_SPURIOUS : LOYALTY_NONE;
}

int loyalty_level(const struct loyalty_facts *f,
		  const struct loyalty_rule *rule, int *open)
{
	bool lasting =
		f->first != DAY_NONE && f->last - f->first >= rule->long_days;
	const enum loyalty_known reached[LOYALTY_LEVELS] = {
		LOYALTY_YES,
		f->need_met,
		both(f->satisfied, f->prefers),
		known(lasting && loyalty_repeating(f, rule)),
	};
	int level = 0;

	*open = 0;
	for (int k = 1; k < LOYALTY_LEVELS && reached[k] != LOYALTY_NO; k++) {
		if (reached[k] == LOYALTY_YES)
			level = k;
		else if (*open == 0)
			*open = k;
	}
	return level;
}

int loyalty_bond(const struct loyalty_facts *f)
{
	if (f->structural)
		return 3;
	if (f->social)
		return 2;
	return f->financial ? 1 : 0;
}
