/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers to one question, counted score by score: from these counts come all
 * figures of a survey (net promoter score, top boxes, means, distributions),
 * so rows may be counted in any order and by anybody, and parts merged.
 *
 * A cell is an array of words, zero at first. [0] counts the rows whose score
 * is none of the scale, then comes a count for each score from the lowest on;
 * where answers have weights, then two wide numbers of two words for each
 * score: the sum of weights, and that of their squares. All of them are whole
 * numbers, so that sums are exact.
 */
#ifndef MODEL_SCORE_H
#define MODEL_SCORE_H

#include <stddef.h>

#include "model/nps.h"

/* More scores than a scale of people's answers has. */
#define SCORE_MAX 1001
/* Weights are counted in millionths. */
#define SCORE_WEIGHT_ONE 1000000

struct score_shape {
	struct nps_scale scale;
	bool weighted;
};

/* How many whole scores a scale has. */
static inline size_t score_count(const struct nps_scale *s)
{
	return (size_t)(s->high - s->low) + 1;
}

/* Words of a cell. */
static inline size_t score_words(const struct score_shape *s)
{
	return 1 + score_count(&s->scale) * (s->weighted ? 5 : 1);
}

/* Where a score that nps_judge() found good is counted. */
static inline size_t score_slot(const struct nps_scale *s, double score)
{
	return 1 + (size_t)((int64_t)score - s->low);
}

/* Counts an answer of `weight` millionths, at most 2^40 (the squares of 2^48
 * such answers fit); slot 0: its score is none. (Without weights one counts
 * by cell[slot]++.) */
void score_add(const struct score_shape *, uint64_t *cell, size_t slot,
	       uint64_t weight);
void score_merge(const struct score_shape *, uint64_t *cell,
		 const uint64_t *part);
/* Good answers of a cell. */
uint64_t score_answers(const struct score_shape *, const uint64_t *cell);

/*
 * One group's answers, ready to be reckoned with. Without weights share[i] is
 * count[i] / n and effective is n. With weights w the shares are those of the
 * weight, and effective is the number of answers of equal weight that would
 * tell as much (Kish, Survey Sampling, 1965, 11.7):
 *
 *	effective = (sum w)^2 / sum w^2
 *
 * n / effective is the design effect of the weights.
 */
struct score_group {
	const struct nps_scale *scale;
	uint64_t n;
	bool weighted;
	uint64_t *count;	/* one a score, from the lowest on */
	double *share;		/* the same, 0..1; all 0 when n is 0 */
	double effective;
	size_t strata_missing;	/* see score_stratified() */
};

/* Of one cell. The caller releases. */
struct score_group score_group(const struct score_shape *,
			       const uint64_t *cell);
/*
 * Post-stratified: cell h of n (cells lie score_words() apart, without
 * weights) holds the answers of a stratum that is `population[h]` (> 0) of
 * the whole. Its answers get the weight population[h] / answers[h], so that
 * each stratum counts as it does in the population, whoever answered (Holt
 * and Smith, Post Stratification, J. Royal Stat. Soc. A 142 (1979) 33). A
 * stratum without answers can't count: those that answered stand for the
 * whole, and it is told in strata_missing.
 */
struct score_group score_stratified(const struct score_shape *,
				    const uint64_t *cell, size_t n,
				    const double *population);
void score_release(struct score_group *);

/* ---- figures of a group; n > 0 ---- */

/* Promoters, passives and detractors. */
struct nps_counts score_nps_counts(const struct score_group *);
/* The net promoter score of nps_finish_by(); with weights it is that of the
 * shares, and error and interval are those of `effective` answers. */
struct nps_result score_nps(const struct score_group *, enum nps_method);

/* How many scored `from` and above, their share, and its error
 * sqrt(share (1 - share) / effective) and Wilson's interval (num/rates.h). */
struct score_top {
	uint64_t count;
	double share, se, low, high;
};

struct score_top score_top(const struct score_group *, int64_t from);

/*
 * Mean m, standard deviation (n - 1 below; with weights effective/(effective
 * - 1) times the weighted mean square), its error sd / sqrt(effective), and
 * Student's 95 % interval with effective - 1 degrees of freedom, within the
 * scale. Where all answers are the same, or there is but one, that interval
 * would have no width: it is then Wilson's, of (m - low) / (high - low) as if
 * it were a share, which no distribution on the scale can be wider than. sd
 * and se are NAN when effective is 1 or less.
 */
struct score_mean {
	double mean, sd, se, low, high;
};

struct score_mean score_mean(const struct score_group *);

#endif
