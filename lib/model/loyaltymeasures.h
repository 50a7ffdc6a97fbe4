/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The eight measures of loyalty of the lecture on sales management, each from
 * 0 to 100 so that more is more loyal, and an index of loyalty of some. The
 * lecture names them and no formula: how each is derived is ours, and is told
 * with it. What no stream carries has no score; nothing is imputed.
 */
#ifndef MODEL_LOYALTYMEASURES_H
#define MODEL_LOYALTYMEASURES_H

#include <stdbool.h>
#include <stdint.h>

/* Answers about one aspect: shares of the way from the lowest score to the
 * highest, summed up. */
struct loyalty_answers {
	uint64_t n;
	double sum;
};

/* What the streams amount to. A count whose stream is missing is 0 of 0. */
struct loyalty_totals {
	uint64_t customers, repeating;
	uint64_t purchases, discounted;
	bool discounts;			/* a stream tells of discounts */
	uint64_t elsewhere;
	bool competitors;		/* a stream tells of purchases there */
	uint64_t touched, callers;	/* customers, and those of them who got
					 * in touch by themselves */
	uint64_t won;			/* leads, and the days they took */
	double won_days;
	uint64_t faults, stayed;	/* customers who complained of quality,
					 * and bought again later */
	uint64_t then, kept;		/* who bought in the year before the
					 * last, and again in the last */
	struct loyalty_answers need, prefers, attention, price, rivals,
		identification, tolerance;
};

enum loyalty_measure {
	LOYALTY_REPEAT, LOYALTY_ATTENTION, LOYALTY_NEED, LOYALTY_PRICE,
	LOYALTY_RIVALS, LOYALTY_IDENTIFICATION, LOYALTY_CHOOSING,
	LOYALTY_TOLERANCE,
	LOYALTY_MEASURES
};

struct loyalty_score {
	const char *name, *zh;
	bool reversed;		/* of the raw figure less is more loyal */
	double score;		/* 0..100; NAN: not known */
	double raw;		/* as derived */
	uint64_t n;		/* customers, purchases, answers, leads */
	const char *derived;	/* from what, or why not */
};

/* `days_max`: choosing a car for so long, or longer, scores 0. */
struct loyalty_score loyalty_measure(enum loyalty_measure,
				     const struct loyalty_totals *,
				     double days_max);

/* Parts of the index of loyalty (the handbook's CLI): repeat buying,
 * recommendation, staying. */
enum loyalty_part {
	LOYALTY_PART_REPEAT, LOYALTY_PART_RECOMMEND, LOYALTY_PART_STAY,
	LOYALTY_PARTS
};
extern const char *const loyalty_part_names[LOYALTY_PARTS];
struct loyalty_score loyalty_part(enum loyalty_part,
				  const struct loyalty_totals *);

/*
 * sum(weight x score) / sum(weight) over the parts that are known; used[] is
 * what each weight then amounts to. NAN, and all 0, when none is.
 */
double loyalty_index(const struct loyalty_score part[LOYALTY_PARTS],
		     const double weight[LOYALTY_PARTS],
		     double used[LOYALTY_PARTS]);

#endif
