/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Net promoter score with its interval; nps.h has the formulas. */
#include <math.h>

#include "model/nps.h"

#define Z95 1.959963984540054	/* normal quantile of 0.975 */

enum { HALVINGS = 60 };		/* of the step: beyond a double's digits */

bool nps_scale_ok(const struct nps_scale *s)
{
	return s->low <= s->detractor && s->detractor < s->promoter &&
	       s->promoter <= s->high;
}

enum nps_score nps_judge(const struct nps_scale *s, double score)
{
	if (score < (double)s->low || score > (double)s->high)
		return NPS_OUTSIDE;
	return score == (double)(int64_t)score ? NPS_GOOD : NPS_NOT_WHOLE;
}

void nps_add(struct nps_counts *c, const struct nps_scale *s, double score)
{
	if (score >= (double)s->promoter)
		c->promoters++;
	else if (score <= (double)s->detractor)
		c->detractors++;
	else
		c->passives++;
}

void nps_merge(struct nps_counts *to, const struct nps_counts *part)
{
	to->promoters += part->promoters;
	to->passives += part->passives;
	to->detractors += part->detractors;
}

/* The answers as the interval sees them. */
struct sample {
	double promoters, detractors, n;
	double k;		/* continuity correction */
	double z;		/* critical value */
};

/* The likeliest share of detractors for a difference t, by Tango: the larger
 * root of a q^2 + b q + c = 0. */
static double detractors_given(const struct sample *s, double t)
{
	double a = 2 * s->n;
	double b = (2 * s->n - s->promoters + s->detractors) * t -
		   s->promoters - s->detractors;
	double c = -s->detractors * t * (1 - t);
	double square = b * b - 4 * a * c;

	return (sqrt(square > 0 ? square : 0) - b) / (2 * a);
}

/* Whether a difference t is within what the answers allow. */
static bool allowed(const struct sample *s, double t)
{
	double off = fabs(s->promoters - s->detractors - s->n * t) - s->k;
	double variance = s->n * (2 * detractors_given(s, t) + t - t * t);

	return off <= 0 || off <= s->z * sqrt(variance > 0 ? variance : 0);
}

/* The last allowed difference on the way from the score to `end`. */
static double limit(const struct sample *s, double score, double end)
{
	double in = score, out = end;

	if (allowed(s, end))
		return end;
	for (int i = 0; i < HALVINGS; i++) {
		double middle = in + (out - in) / 2;

		if (allowed(s, middle))
			in = middle;
		else
			out = middle;
	}
	return in;
}

/* 2^-count, 0 where that is too small to matter */
static double halved(uint64_t count)
{
	return count < 64 ? ldexp(1, -(int)count) : 0;
}

static struct sample sample_of(const struct nps_counts *c, double n)
{
	uint64_t fewer = c->promoters < c->detractors ? c->promoters :
							c->detractors;
	double few = n < 10 ? 1 : 10 / n;
	struct sample s = {
		.promoters = (double)c->promoters,
		.detractors = (double)c->detractors,
		.n = n,
		.k = fmax(0.4 * halved(fewer), 0.8 * halved(c->passives)),
		.z = Z95 * sqrt(1 - 0.24 * few * sqrt(few)),
	};

	return s;
}

struct nps_result nps_finish(const struct nps_counts *c)
{
	struct nps_result r = { .n = c->promoters + c->passives +
				     c->detractors };

	if (r.n == 0)
		return r;
	double n = (double)r.n;
	struct sample s = sample_of(c, n);
	/* Not p - d of rounded shares: the integers are exact. */
	double score = (s.promoters - s.detractors) / n;
	double square = (s.promoters + s.detractors) / n - score * score;

	r.nps = 100 * (s.promoters - s.detractors) / n;
	r.se = 100 * sqrt(square > 0 ? square / n : 0);
	r.ci_low = 100 * limit(&s, score, -1);
	r.ci_high = 100 * limit(&s, score, 1);
	return r;
}
