/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers counted score by score. */
#include "model/score.h"

void score_merge(const struct nps_scale *s, uint64_t *cell,
		 const uint64_t *part)
{
	for (size_t i = 0; i <= score_count(s); i++)
		cell[i] += part[i];
}

uint64_t score_answers(const struct nps_scale *s, const uint64_t *cell)
{
	uint64_t n = 0;

	for (size_t i = 1; i <= score_count(s); i++)
		n += cell[i];
	return n;
}

struct nps_counts score_nps(const struct nps_scale *s, const uint64_t *cell)
{
	struct nps_counts c = { 0 };

	for (size_t i = 1; i <= score_count(s); i++) {
		int64_t score = s->low + (int64_t)i - 1;

		if (score >= s->promoter)
			c.promoters += cell[i];
		else if (score <= s->detractor)
			c.detractors += cell[i];
		else
			c.passives += cell[i];
	}
	return c;
}
