/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells that are canonical already, as most of an earlier result are. */
#include "base/ascii.h"
#include "base/day.h"
#include "canon/clean.h"
#include "canon/reading.h"

/* -123 or 123.45 as the streams write it: nothing to settle. */
static bool is_figure(struct text t, size_t decimals)
{
	size_t i = t.p[0] == '-', from = i;

	while (i < t.n && ascii_is_digit(t.p[i]))
		i++;
	if (i == from || i - from > 15 || t.p[from] == '0')
		return false;
	if (decimals == 0)
		return i == t.n;
	if (t.n != i + 1 + decimals || t.p[i] != '.')
		return false;
	while (++i < t.n)
		if (!ascii_is_digit(t.p[i]))
			return false;
	return true;
}

/* 2024-03-05, of a year when dates are written so. */
static bool is_iso_day(struct text t, struct when *when)
{
	if (t.n != DAY_BYTES || t.p[0] < '2' || t.p[4] != '-' ||
	    t.p[7] != '-' || !day_parse(t, &when->day))
		return false;
	when->second = -1;
	when->zone_minutes = WHEN_NO_ZONE;
	return true;
}

static bool is_settled(struct text raw, const struct reading_column *column,
		       struct when *when)
{
	switch (column->kind) {
	case FIELD_TEXT:
	case FIELD_WORD:
	case FIELD_CODE:
		return clean_is_settled(raw);
	case FIELD_DAY:
		return is_iso_day(raw, when);
	case FIELD_MONEY:
		return !column->in_wan && is_figure(raw, 2);
	case FIELD_KM:
	case FIELD_SCORE:
		return !column->in_wan && raw.p[0] != '-' && is_figure(raw, 0);
	case FIELD_NUMBER:
		return !column->in_wan && is_figure(raw, 0);
	default:
		return false;
	}
}

void reading_settle(const struct reading_wanted *w, size_t n,
		    const struct text *raw, struct reading *r, bool *settled)
{
	for (size_t i = 0; i < n; i++) {
		struct text cell = raw[w[i].at];
		struct reading *to = &r[w[i].at];

		*to = (struct reading){ .birth = DAY_NONE };
		settled[w[i].at] = cell.n == 0 ||
				   is_settled(cell, &w[i].column, &to->when);
		if (settled[w[i].at])
			to->text = cell;
	}
}

enum reason reading_take(struct text raw, const struct reading_column *column,
			 const struct reading_rules *rules, char *to,
			 struct reading *r)
{
	const struct reading_wanted one = { 0, *column };
	bool settled = false;

	if (rules->nna == 0)
		reading_settle(&one, 1, &raw, r, &settled);
	return settled ? REASON_NONE :
			 reading_judge(raw, column, rules, to, r);
}
