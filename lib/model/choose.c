/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The choice of a model by what it would have foretold. */
#include <math.h>

#include "model/choose.h"
#include "model/mbgcnbd.h"
#include "num/special.h"

static const char *const candidates[CHOOSE_MODELS] = { "mbgnbd", "pnbd",
						       "mbgcnbd" };

/* What a model holds for impossible is very unlikely: one customer must not
 * decide all. */
#define LEAST_LOG (-30.0)

static double log_chance(const struct lifetime_model *m, const double *p,
			 const struct buyer *b, double later, double ahead)
{
	double alive = m->alive(p, b);
	double chance = alive * m->later(p, b, later, ahead) +
			(later > 0 ? 0 : 1 - alive);

	return chance > 0 ? fmax(log(chance), LEAST_LOG) : LEAST_LOG;
}

static double score_of(const struct lifetime_model *m, const struct fit *f,
		       const struct buyer *b, const double *later, size_t n,
		       double ahead)
{
	struct sum sum = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&sum, log_chance(m, f->parameter, &b[i], later[i],
					 ahead));
	return sum_value(&sum) / (double)n;
}

struct choice choose_by_holdout(const struct buyer *b, const double *later,
				size_t n, double log_gaps, double ahead)
{
	struct histories h = histories_of(b, n);
	struct choice c = { .pace = 1 };
	double best = -INFINITY;

	h.log_gaps = log_gaps;
	for (size_t i = 0; i < CHOOSE_MODELS; i++) {
		const struct lifetime_model *m =
			lifetime_find(text_of(candidates[i]));
		struct fit f = m->fit(&h);
		double score = NAN;

		if (f.state != FIT_REFUSED)
			score = score_of(m, &f, b, later, n, ahead);
		if (m->paced && f.state != FIT_REFUSED)
			c.pace = f.parameter[MBGCNBD_K];
		c.tried[i].model = m;
		c.tried[i].score = score;
		/* of equals the first: k = 1 is the MBG/NBD */
		if (score > best + 1e-9) {
			best = score;
			c.model = m;
		}
	}
	histories_release(&h);
	return c;
}

const struct lifetime_model *choose_by_aic(const struct histories *h,
					   struct fit *best, struct buf *why)
{
	const struct lifetime_model *model = NULL;

	buf_adds(why, "least AIC of");
	for (size_t i = 0; i < CHOOSE_MODELS; i++) {
		const struct lifetime_model *m =
			lifetime_find(text_of(candidates[i]));
		struct fit f;

		if (m->paced && !isfinite(h->log_gaps))
			continue;
		f = m->fit(h);
		if (f.state == FIT_REFUSED) {
			buf_addf(why, "%s %s refused", i ? "," : "", m->name);
			if (!model)
				*best = f;
			continue;
		}
		buf_addf(why, "%s %s %.2f", i ? "," : "", m->name, f.aic);
		if (!model || f.aic < best->aic - 1e-9) {
			*best = f;
			model = m;
		}
	}
	return model;
}

void choose_reason(const struct choice *c, struct buf *to)
{
	if (!c->model) {
		buf_adds(to, "no model could be fitted to the first part of "
			     "the data");
		return;
	}
	buf_addf(to, "%s foretold the holdout best: mean logarithmic score",
		 c->model->name);
	for (size_t i = 0; i < CHOOSE_MODELS; i++) {
		const struct lifetime_model *m = c->tried[i].model;

		buf_addf(to, "%s %s", i ? "," : "", m->name);
		if (isnan(c->tried[i].score))
			buf_adds(to, " refused");
		else
			buf_addf(to, " %.4f", c->tried[i].score);
		if (m->paced && isfinite(c->tried[i].score))
			buf_addf(to, " (k = %.0f)", c->pace);
	}
}
