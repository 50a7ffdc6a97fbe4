/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Net promoter score with its interval; nps.h has the formulas. */
#include <math.h>

#include "model/nps.h"
#include "num/rates.h"

enum { HALVINGS = 60 };		/* of the step: beyond a double's digits */

bool nps_scale_ok(const struct nps_scale *s)
{
	return s->low <= s->detractor && s->detractor < s->promoter &&
	       s->promoter <= s->high;
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

void nps_add_many(struct nps_counts *c, const struct nps_scale *s,
		  int64_t score, uint64_t n)
{
	if (score >= s->promoter)
		c->promoters += n;
	else if (score <= s->detractor)
		c->detractors += n;
	else
		c->passives += n;
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

/* 2^-count */
static double halved(double count)
{
	return exp2(-count);
}

static struct sample sample_of(double promoters, double detractors, double n)
{
	double fewer = fmin(promoters, detractors);
	double passives = fmax(0, n - promoters - detractors);
	double few = n < 10 ? 1 : 10 / n;
	struct sample s = {
		.promoters = promoters,
		.detractors = detractors,
		.n = n,
		.k = fmax(0.4 * halved(fewer), 0.8 * halved(passives)),
		.z = RATES_Z * sqrt(1 - 0.24 * few * sqrt(few)),
	};

	return s;
}

/* Differences, -1..1. */
struct ends {
	double low, high;
};

static struct ends score_ends(const struct sample *s)
{
	double score = (s->promoters - s->detractors) / s->n;

	return (struct ends){ limit(s, score, -1), limit(s, score, 1) };
}

static struct ends tango_ends(const struct sample *s)
{
	struct sample plain = *s;

	plain.k = 0;
	plain.z = RATES_Z;
	return score_ends(&plain);
}

static double error_of(const struct sample *s)
{
	double score = (s->promoters - s->detractors) / s->n;
	double square = (s->promoters + s->detractors) / s->n - score * score;

	return sqrt(square > 0 ? square / s->n : 0);
}

static struct ends wald_ends(const struct sample *s)
{
	double score = (s->promoters - s->detractors) / s->n;
	double off = RATES_Z * error_of(s);

	return (struct ends){ fmax(-1, score - off), fmin(1, score + off) };
}

static struct ends adjusted_ends(const struct sample *s)
{
	struct sample more = { .promoters = s->promoters + 0.75,
			       .detractors = s->detractors + 0.75,
			       .n = s->n + 3 };

	return wald_ends(&more);
}

static struct nps_result finish(const struct sample *s, enum nps_method method)
{
	static struct ends (*const ways[])(const struct sample *) = {
		[NPS_SCORE] = score_ends,
		[NPS_TANGO] = tango_ends,
		[NPS_ADJUSTED_WALD] = adjusted_ends,
		[NPS_WALD] = wald_ends,
	};
	struct ends ci = ways[method](s);

	/* Not p - d of rounded shares: whole numbers are exact. */
	return (struct nps_result){
		.nps = 100 * (s->promoters - s->detractors) / s->n,
		.se = 100 * error_of(s),
		.ci_low = 100 * ci.low,
		.ci_high = 100 * ci.high,
	};
}

struct nps_result nps_finish_by(const struct nps_counts *c,
				enum nps_method method)
{
	uint64_t n = c->promoters + c->passives + c->detractors;
	struct nps_result r = { 0 };

	if (n) {
		struct sample s = sample_of((double)c->promoters,
					    (double)c->detractors, (double)n);

		r = finish(&s, method);
	}
	r.n = n;
	return r;
}

struct nps_result nps_finish(const struct nps_counts *c)
{
	return nps_finish_by(c, NPS_SCORE);
}

struct nps_result nps_effective(double p, double d, double n,
				enum nps_method method)
{
	struct sample s = sample_of(p * n, d * n, n);

	return finish(&s, method);
}

struct nps_estimate nps_change(struct nps_estimate before,
			       struct nps_estimate now)
{
	double change = now.value - before.value;

	return (struct nps_estimate){
		.value = change,
		.low = change - hypot(now.value - now.low,
				      before.high - before.value),
		.high = change + hypot(now.high - now.value,
				       before.value - before.low),
	};
}
