/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A satisfaction index: indicators (a question each) make classes, classes
 * make the total, all from 0 to 100 and weighted.
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
#ifndef MODEL_INDEXTREE_H
#define MODEL_INDEXTREE_H

#include "base/text.h"

#define INDEXTREE_ONE 1000000		/* weights are in millionths */
#define INDEXTREE_MAX 1000		/* classes, and indicators */

struct indextree;

struct indextree *indextree_new(void);
void indextree_free(struct indextree *);

struct indextree_leaf {
	struct text class, name, question;
	int64_t weight;
	double low, high, target;	/* of the score 0..100; NAN: none */
};

enum indextree_fault {
	INDEXTREE_FINE,
	INDEXTREE_TWICE,	/* the class, indicator or question is there */
	INDEXTREE_NO_CLASS,	/* an indicator of a class not given before */
	INDEXTREE_MANY,
	INDEXTREE_SCALE,	/* low is not below high */
	INDEXTREE_WEIGHT,	/* negative, or more than 1 */
	INDEXTREE_SUM		/* weights of the classes, or of a class's
				 * indicators, are not 1 together */
};

const char *indextree_strerror(enum indextree_fault);

/* Classes first, then their indicators; texts are copied. */
enum indextree_fault indextree_class(struct indextree *, struct text name,
				     int64_t weight, double target);
enum indextree_fault indextree_indicator(struct indextree *,
					 const struct indextree_leaf *);
void indextree_target(struct indextree *, double total);
/* The whole tree; *class is the class whose weights are wrong, empty for the
 * classes' own. */
enum indextree_fault indextree_check(const struct indextree *,
				     struct text *class);

/* An answer; false when the question is none of the tree's (then it is no
 * fault) or, with *outside, the score is not on its scale. */
bool indextree_add(struct indextree *, struct text response,
		   struct text question, double score, bool *outside);
/* Reckons; after the last answer. */
void indextree_finish(struct indextree *);

enum indextree_level {
	INDEXTREE_INDICATOR, INDEXTREE_CLASS, INDEXTREE_TOTAL, INDEXTREE_LEVELS
};
extern const char *const indextree_level_names[INDEXTREE_LEVELS];

struct indextree_row {
	enum indextree_level level;
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
size_t indextree_rows(const struct indextree *);
struct indextree_row indextree_row(const struct indextree *, size_t i);

#endif
