/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers scored by the tree of an index (indextree.h), everything from 0 to
 * 100.
 *
 *	indicator	the mean of (score - low) / (high - low) x 100
 *	class, total	the weighted mean of what is below. What nobody
 *			answered has no part in it, and the other weights are
 *			scaled up to 1: nothing is imputed. `covered` tells
 *			which part of the weight was there
 *
 * Errors take account of one response answering many questions: a score is a
 * sum over responses r of z[r], with z[r] = sum of w[k] (y[rk] - mean[k]) /
 * n[k] over the questions k that r answered, w[k] being the whole weight that
 * the question has in it, and
 *
 *	se^2 = m / (m - 1) sum of z[r]^2	over the m responses that
 *						answered any of them
 *
 * (the linearised variance of a sum of means, e.g. Sarndal, Swensson, Wretman,
 * Model Assisted Survey Sampling, 1992, 5.5); the interval is score -+
 * t(m - 1) se, within 0..100.
 */
#ifndef MODEL_INDEXSCORE_H
#define MODEL_INDEXSCORE_H

#include "model/indextree.h"

struct indexscore;

/* The tree is checked, and borrowed; many may be scored by one. */
struct indexscore *indexscore_new(const struct indextree *);
void indexscore_free(struct indexscore *);

/* An answer to a question of the tree, by number, on its scale. */
void indexscore_add(struct indexscore *, struct text response,
		    size_t question, double score);
/* Reckons; after the last answer. */
void indexscore_finish(struct indexscore *);

enum indexscore_level {
	INDEXSCORE_INDICATOR,
	INDEXSCORE_CLASS,
	INDEXSCORE_TOTAL,
	INDEXSCORE_LEVELS
};
extern const char *const indexscore_level_names[INDEXSCORE_LEVELS];

struct indexscore_row {
	enum indexscore_level level;
	struct text class, name, question;	/* empty where there is none */
	double weight;		/* in what is above, 0..1 */
	uint64_t n;		/* answers of an indicator; responses */
	double score, se, low, high;	/* NAN: not known */
	double covered;		/* part of the weight that was answered */
	double target;
	bool below;		/* the target */
};

/* Classes below their target first, the farthest before the others, then the
 * rest as in the tree; behind each its indicators, in the same way; the total
 * last. */
size_t indexscore_rows(const struct indexscore *);
struct indexscore_row indexscore_row(const struct indexscore *, size_t i);

#endif
