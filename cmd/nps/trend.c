/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change against the period before, and whether it is more than noise. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/group.h"
#include "base/mem.h"
#include "cmd/nps/figures.h"

const struct output_column trend_columns[TREND_COLUMNS] = {
	{ "against", COL_TEXT },      { "change", COL_FIXED4 },
	{ "change_low", COL_FIXED4 }, { "change_high", COL_FIXED4 },
	{ "signal", COL_TEXT },
};

/* The last known figures of a group. */
struct before {
	struct nps_estimate value;
	char period[DAY_BYTES];
	size_t n;		/* of the period's bytes; 0: none yet */
};

struct trend {
	struct group *groups;	/* struct before, by what follows the period */
};

struct trend *trend_new(void)
{
	struct trend *t = mem_alloc(1, sizeof(*t));

	t->groups = group_new(sizeof(struct before), 0, NULL, NULL);
	return t;
}

void trend_free(struct trend *t)
{
	if (t)
		group_free(t->groups);
	free(t);
}

static const char *signal_of(const struct nps_estimate *change)
{
	return change->low > 0 ? "up" : change->high < 0 ? "down" : "noise";
}

static void put_change(const struct before *b, const struct nps_estimate *now,
		       struct output *out)
{
	struct nps_estimate change = nps_change(b->value, *now);

	output_text(out, (struct text){ b->period, b->n });
	output_fixed4(out, change.value);
	output_fixed4(out, change.low);
	output_fixed4(out, change.high);
	output_str(out, signal_of(&change));
}

void trend_put(struct trend *t, struct text label,
	       const struct nps_estimate *now, struct output *out)
{
	struct text rest = label, period;
	struct before *b;

	text_split(&rest, '\0', &period);
	b = group_entry(t->groups, group_intern(t->groups, rest));
	if (now && b->n)
		put_change(b, now, out);
	else
		for (size_t i = 0; i < TREND_COLUMNS; i++)
			output_empty(out);
	if (!now)
		return;
	b->value = *now;
	b->n = period.n;
	memcpy(b->period, period.p, period.n);
}
