/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting a ranking into tiers. */
#include "base/ascii.h"
#include "base/number.h"
#include "model/tier.h"

const struct tier_scheme tier_pyramid = {
	.n = 4,
	.ppm = { 10000, 50000, 200000, 1000000 },
	.name = { { "vip", 3 }, { "large", 5 }, { "medium", 6 },
		  { "small", 5 } },
};

bool tier_percent(struct text t, int64_t *ppm)
{
	struct text part = t, whole = { 0 };
	int64_t v, scale = 10000;

	text_split(&part, '.', &whole);
	if (!number_int(whole, &v) || v < 0 || v > 100)
		return false;
	*ppm = v * scale;
	if (part.n > 4)
		return false;
	for (size_t i = 0; i < part.n; i++) {
		if (!ascii_is_digit(part.p[i]))
			return false;
		scale /= 10;
		*ppm += (part.p[i] - '0') * scale;
	}
	return *ppm <= 1000000;
}

const char *tier_parse(struct tier_scheme *s, const char *cuts,
		       const char *names)
{
	struct text cut_list = text_of(cuts), name_list = text_of(names);
	struct text cut, name;

	s->n = 0;
	while (text_split(&cut_list, ',', &cut)) {
		if (s->n == TIER_CUTS_MAX)
			return "too many cuts";
		if (!tier_percent(cut, &s->ppm[s->n]))
			return "a cut is a percentage, 0 to 100";
		if (s->n && s->ppm[s->n] <= s->ppm[s->n - 1])
			return "the cuts do not ascend";
		if (!text_split(&name_list, ',', &name) || !name.n)
			return "there are fewer names than cuts";
		s->name[s->n++] = name;
	}
	if (name_list.p)
		return "there are more names than cuts";
	if (!s->n || s->ppm[s->n - 1] != 1000000)
		return "the last cut is not 100";
	return NULL;
}

size_t tier_of(const struct tier_scheme *s, size_t n, size_t rank, size_t tier)
{
	while (tier + 1 < s->n && rank > rank_cut(n, s->ppm[tier]))
		tier++;
	return tier;
}

void tier_totals(const struct tier_scheme *s, const struct ranked *r, size_t n,
		 struct tier_total *total)
{
	size_t from = 0;

	for (size_t t = 0; t < s->n; t++) {
		size_t to = rank_cut(n, s->ppm[t]);

		total[t] = (struct tier_total){ .customers = to - from };
		for (; from < to; from++)
			total[t].value += r[from].value;
	}
}
