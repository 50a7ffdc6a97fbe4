/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Net promoter score: the percentage of promoters less that of detractors
 * (Reichheld 2003, "The One Number You Need to Grow").
 *
 * Counts are exact and may be added in any order or merged from parts; only
 * nps_finish() calculates.
 */
#ifndef MODEL_NPS_H
#define MODEL_NPS_H

#include <stdbool.h>
#include <stdint.h>

/* Whole scores low..high; at least `promoter` is a promoter, at most
 * `detractor` a detractor: 0, 10, 9, 6 as Reichheld has it. */
struct nps_scale {
	int64_t low, high;
	int64_t promoter, detractor;
};

/* Whether low <= detractor < promoter <= high. */
bool nps_scale_ok(const struct nps_scale *);

enum nps_score {
	NPS_GOOD,
	NPS_NOT_WHOLE,		/* 8.5 is between a passive and a promoter */
	NPS_OUTSIDE		/* the scale */
};

/* Asked of every answer: no call for it. */
static inline enum nps_score nps_judge(const struct nps_scale *s, double score)
{
	if (score < (double)s->low || score > (double)s->high)
		return NPS_OUTSIDE;
	return score == (double)(int64_t)score ? NPS_GOOD : NPS_NOT_WHOLE;
}

struct nps_counts {
	uint64_t promoters, passives, detractors;
};

/* Adds a score that nps_judge() found good. */
void nps_add(struct nps_counts *, const struct nps_scale *, double score);
/* Adds n answers with this score of the scale. */
void nps_add_many(struct nps_counts *, const struct nps_scale *, int64_t score,
		  uint64_t n);
void nps_merge(struct nps_counts *, const struct nps_counts *part);

/* All in points of the score, -100..100; n == 0: all are 0 and mean nothing. */
struct nps_result {
	uint64_t n;
	double nps, se, ci_low, ci_high;
};

/*
 * With p, d the shares of promoters and detractors among n answers:
 *
 *	nps = 100 (p - d)
 *	se  = 100 sqrt((p + d - (p - d)^2) / n)
 *
 * se is the plain standard error of a mean of +1, 0 and -1; it is 0 when all
 * answers are of one kind, and no interval is made of it.
 *
 * The 95 % interval is Tango's score interval for a difference of paired
 * proportions (Tango 1998, "Equivalence test and confidence interval for the
 * difference in proportions for the paired-sample design", Statistics in
 * Medicine 17, 891-908), which is the same trinomial problem; Rocks 2016,
 * "Interval estimation for the Net Promoter Score", The American Statistician
 * 70, 365-372, applies it to this score (the method "iterative" of his R
 * package NPS), and finds an adjusted Wald interval the best of six.
 * What is here has two corrections of our own. It holds the differences t with
 *
 *	max(0, |P - D - n t| - k) <= z sqrt(n (2 q + t - t^2)),
 *
 * where P and D are the counts, q is the share of detractors that is most
 * likely when the difference is t (the larger root of a square equation), and
 *
 *	k   = max(0.4 * 2^-min(P, D), 0.8 * 2^-(n - P - D))
 *	z^2 = 1.95996^2 (1 - 0.24 (10 / max(n, 10))^1.5).
 *
 * k is a continuity correction that is only felt where a category is (nearly)
 * empty and the counts behave like a binomial's, with steps of 1, or of 2
 * where nobody is passive; z offsets that Tango's interval is too wide when n
 * is small. The constants were chosen on the exact coverage (every outcome
 * with its probability) over the 228 populations with p and d in multiples of
 * 0.05 that are not of one kind:
 *
 *	n	this one	Tango's own	adjusted Wald (Rocks)
 *		mean	least	mean	least	mean	least
 *	10	0.957	0.921	0.964	0.914	0.951	0.879
 *	20	0.960	0.941	0.958	0.924	0.951	0.908
 *	30	0.957	0.943	0.954	0.930	0.950	0.921
 *	50	0.953	0.946	0.952	0.935	0.949	0.922
 *	100	0.953	0.948	0.950	0.933	0.950	0.937
 *
 * In steps of 0.01 (5148 populations) the least is 0.910, 0.936, 0.942, 0.945
 * and 0.946 of the same n, the mean 0.954, 0.957, 0.955, 0.953 and 0.951.
 *
 * Over 902 populations that crowd the edges (p, d or the passives 0, 0.005,
 * 0.01, 0.02, 0.035 and so on) the least is 0.941 for all n from 30 on, and
 * 0.910 for all n; tests/unit/test_nps.c repeats a part of this. The interval
 * lies within -100..100 and holds the score; it has a width also when all
 * answers are of one kind.
 */
struct nps_result nps_finish(const struct nps_counts *);

/* The ways to an interval, the one above first; and to compare with, those
 * that the table has beside it, and the plain one, score -+ 1.96 se. Rocks'
 * adjusted Wald interval is that after adding 0.75 promoters, 1.5 passives and
 * 0.75 detractors, about the score of the answers so increased. */
enum nps_method { NPS_SCORE, NPS_TANGO, NPS_ADJUSTED_WALD, NPS_WALD };

#define NPS_METHOD_WORDS "score|tango|adjusted-wald|wald"

struct nps_result nps_finish_by(const struct nps_counts *, enum nps_method);

/*
 * The same of shares p and d of promoters and detractors that were weighted:
 * error and interval are those of n answers (any number > 0, such as Kish's
 * effective one, model/score.h), n p of them promoters and n d detractors, as
 * is done with single shares (Korn and Graubard, Confidence Intervals for
 * Proportions with Small Expected Number of Positive Counts Estimated from
 * Survey Data, Survey Methodology 24 (1998) 193). The result's n is not set.
 */
struct nps_result nps_effective(double p, double d, double n,
				enum nps_method);

/*
 * The change from one score to another of other people, with its 95 % interval
 * by the method of Newcombe (Interval estimation for the difference between
 * independent proportions, Statistics in Medicine 17 (1998) 873, number 10;
 * for any two estimates: Zou and Donner, ibid. 27 (2008) 1693), which keeps
 * the shape of both intervals: with estimates e and limits l, u of each,
 *
 *	low  = e2 - e1 - sqrt((e2 - l2)^2 + (u1 - e1)^2)
 *	high = e2 - e1 + sqrt((u2 - e2)^2 + (e1 - l1)^2)
 *
 * It is more than noise when 0 lies outside. Exact coverage over all pairs of
 * the 42 populations with p and d in eighths that are not of one kind: with 10
 * and 10 answers 0.956 on average, 0.922 at least; 10 and 20: 0.958, 0.930;
 * 10 and 30: 0.958, 0.931; 30 and 30: 0.958, 0.943.
 */
struct nps_estimate {
	double value, low, high;
};

struct nps_estimate nps_change(struct nps_estimate before,
			       struct nps_estimate now);

#endif
