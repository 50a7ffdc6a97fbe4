/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tree of a satisfaction index: indicators (a question each) make classes,
 * classes make the total, all weighted. indexscore.h scores answers by it.
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

/* Number of the question, or SIZE_MAX. */
size_t indextree_question(const struct indextree *, struct text question);
/* Is the score on the question's scale? scale_max 0: it is not told where
 * that ends. */
bool indextree_on_scale(const struct indextree *, size_t question,
			double score, double scale_max);

#endif
