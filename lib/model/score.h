/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers to one question, counted score by score: from these counts come all
 * figures of a survey (net promoter score, top boxes, means, distributions),
 * so rows may be counted in any order and by anybody, and parts merged.
 *
 * A cell is 1 + scores counts: first of the rows whose score is none of the
 * scale, then one for each score from the lowest on.
 */
#ifndef MODEL_SCORE_H
#define MODEL_SCORE_H

#include <stddef.h>

#include "model/nps.h"

/* More scores than a scale of people's answers has. */
#define SCORE_MAX 1001

/* How many whole scores a scale has. */
static inline size_t score_count(const struct nps_scale *s)
{
	return (size_t)(s->high - s->low) + 1;
}

/* Bytes of a cell, zero at first. */
static inline size_t score_bytes(const struct nps_scale *s)
{
	return (1 + score_count(s)) * sizeof(uint64_t);
}

/* Where a score that nps_judge() found good is counted. */
static inline size_t score_slot(const struct nps_scale *s, double score)
{
	return 1 + (size_t)((int64_t)score - s->low);
}

void score_merge(const struct nps_scale *, uint64_t *cell,
		 const uint64_t *part);
/* Good answers of a cell. */
uint64_t score_answers(const struct nps_scale *, const uint64_t *cell);
/* Promoters, passives and detractors among them. */
struct nps_counts score_nps(const struct nps_scale *, const uint64_t *cell);

#endif
