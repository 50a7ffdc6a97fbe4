/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures by name, for the rules, and the cards of the summary. */
#include <string.h>

#include "base/mem.h"
#include "base/money.h"

#include "cmd/report/build.h"

void build_name(struct build *b, const char *name, struct value value)
{
	if (value.kind == VALUE_TEXT)
		value.text = report_str(b->report, text_of(value.text));
	b->named = mem_grow(b->named, b->nnamed, &b->named_cap,
			    sizeof(*b->named));
	b->named[b->nnamed++] = (struct named){
		report_str(b->report, text_of(name)), value
	};
}

struct value build_value(const struct build *b, const char *name)
{
	for (size_t i = 0; i < b->nnamed; i++)
		if (strcmp(b->named[i].name, name) == 0)
			return b->named[i].value;
	return value_none();
}

/* How much it changed: of what it was for money and counts, in points of the
 * whole for shares, in points for scores. */
static struct value change(struct value now, struct value then)
{
	if (!value_known(now) || !value_known(then))
		return value_none();
	switch (now.kind) {
	case VALUE_COUNT:
	case VALUE_MONEY:
		if (then.count <= 0)
			return value_none();
		return value_share((int64_t)money_ratio(
			(money_wide)now.count - then.count, then.count, 6));
	case VALUE_SHARE:
		return value_share(now.ppm - then.ppm);
	case VALUE_SCORE:
		return value_score(now.real - then.real);
	default:
		return value_none();
	}
}

void build_name_spans(struct build *b, const char *name,
		      const struct value value[SPANS])
{
	struct report *r = b->report;

	build_name(b, name, value[NOW]);
	build_name(b, report_fmt(r, "%s_before", name), value[BEFORE]);
	build_name(b, report_fmt(r, "%s_year_ago", name),
		   value[YEAR_BEFORE]);
	build_name(b, report_fmt(r, "%s_change", name),
		   change(value[NOW], value[BEFORE]));
	build_name(b, report_fmt(r, "%s_year_change", name),
		   change(value[NOW], value[YEAR_BEFORE]));
}

void build_card(struct build *b, const char *name, const char *label,
		const struct value value[SPANS], int good, const char *note,
		const struct origin *origin)
{
	const struct card card = {
		.name = name,
		.label = label,
		.now = value[NOW],
		.before = value[BEFORE],
		.year_ago = value[YEAR_BEFORE],
		.good = good,
		.note = note,
		.origin = *origin,
	};

	cards_add(b->report, b->cards, &card);
	build_name_spans(b, name, value);
}
