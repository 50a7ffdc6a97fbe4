/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drivers: which questions of a survey go with the outcome (willingness to
 * recommend, overall satisfaction), and how well each is done: importance
 * derived from the answers, against performance.
 *
 * A response counts when it answered the outcome and all the questions that
 * are held against it. Two answers of one response to one question count as
 * their mean.
 */
#ifndef MODEL_DRIVERS_H
#define MODEL_DRIVERS_H

#include "base/text.h"

#define DRIVERS_MAX 60		/* questions held against the outcome */

struct drivers;

struct drivers *drivers_new(struct text outcome);
void drivers_free(struct drivers *);

/* One answer; scale_max 0: not told. */
void drivers_add(struct drivers *, struct text response, struct text question,
		 double score, double scale_max);

enum drivers_fault {
	DRIVERS_FINE,
	DRIVERS_NO_OUTCOME,	/* nobody answered it */
	DRIVERS_NO_QUESTION,	/* no other question was answered often enough,
				 * or by different scores */
	DRIVERS_TOO_MANY,	/* more than DRIVERS_MAX */
	DRIVERS_TOO_FEW,	/* not more complete responses than questions
				 * and one */
	DRIVERS_NO_SPREAD	/* all gave the outcome the same score */
};

/*
 * Reckons. Held against the outcome are the questions that at least
 * `answered` (0..1) of the responses with an outcome answered, and not all
 * alike. The rest is listed without figures, and with a fault all are, by
 * name.
 */
enum drivers_fault drivers_finish(struct drivers *, double answered);

/*
 * Importance against performance (Martilla and James, Importance-Performance
 * Analysis, Journal of Marketing 41 (1977) 77-79). What is above the mean of
 * all questions is high.
 */
enum drivers_quadrant {
	DRIVERS_CONCENTRATE,	/* important, and done badly */
	DRIVERS_KEEP_UP,	/* important, and done well */
	DRIVERS_LOW_PRIORITY,
	DRIVERS_OVERKILL,	/* done better than it is worth */
	DRIVERS_NO_QUADRANT,
	DRIVERS_QUADRANTS
};
extern const char *const drivers_quadrant_names[DRIVERS_QUADRANTS];

struct driver {
	struct text question;
	uint64_t n;		/* responses that answered it */
	double performance;	/* their mean score; NAN: nobody did */
	double correlation;	/* with the outcome, as all that follows of the
				 * complete responses; NAN: not held against */
	double weight;		/* Johnson's relative weight, of R squared */
	double importance;	/* weight / R squared */
	double shapley;		/* the same by Shapley's value; NAN beyond
				 * SHAPLEY_MAX questions */
	double vif;		/* 1 / (1 - R squared on the others) */
	enum drivers_quadrant quadrant;
};

struct drivers_whole {
	uint64_t outcomes, cases;	/* responses: with an outcome, complete */
	size_t questions;		/* held against it */
	double r2, condition;		/* NAN: a fault */
};

struct drivers_whole drivers_whole(const struct drivers *);
/* All questions but the outcome: the most important first, then those without
 * figures, by name. */
size_t drivers_count(const struct drivers *);
struct driver drivers_driver(const struct drivers *, size_t i);

#endif
