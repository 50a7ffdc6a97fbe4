/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maximum likelihood over logarithms of scaled parameters. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "model/fit.h"
#include "model/history.h"
#include "num/minimise.h"
#include "num/rates.h"

_Static_assert(FIT_PARAMETERS <= MINIMISE_MAX, "room for all parameters");

/* The data, or the sample, that the minimiser is at. */
struct view {
	const struct fit_problem *p;
	const void *data;
};

/* The negative log-likelihood as the minimiser sees it. */
static double negative(size_t n, const double *x, double *gradient, void *ctx)
{
	const struct view *view = ctx;
	const struct fit_problem *p = view->p;
	double parameter[FIT_PARAMETERS] = { 0 };

	for (size_t i = 0; i < n; i++)
		parameter[i] = p->scale[i] * exp(x[i]);
	for (size_t i = 0; i < p->given; i++)
		parameter[n + i] = p->is[i];
	double value = p->loglik(parameter, gradient, view->data);

	for (size_t i = 0; gradient && i < n; i++)
		gradient[i] *= -parameter[i];
	return -value;
}

struct fit fit_refuse(const struct fit_problem *p, const char *refusal)
{
	return (struct fit){ .model = p->model,
			     .name = p->name,
			     .n = p->n + p->given,
			     .fitted = p->n,
			     .state = FIT_REFUSED,
			     .refusal = refusal,
			     .customers = p->customers,
			     .distinct = p->distinct };
}

static void take_parameters(struct fit *f, const struct minimum *m,
			    const struct fit_problem *p)
{
	for (size_t i = 0; i < p->n; i++) {
		double value = p->scale[i] * exp(m->x[i]);
		double log_error = sqrt(m->covariance[i][i]);

		f->parameter[i] = value;
		/* At the maximum, where the gradient is 0, the information
		 * by the parameter is that by its logarithm / value^2. */
		f->error[i] = value * log_error;
		f->low[i] = value * exp(-RATES_Z * log_error);
		f->high[i] = value * exp(RATES_Z * log_error);
	}
	for (size_t i = 0; i < p->given; i++) {
		size_t at = p->n + i;

		f->parameter[at] = p->is[i];
		f->error[at] = f->low[at] = f->high[at] = NAN;
	}
}

struct fit fit_run(const struct fit_problem *p)
{
	static const enum fit_state states[] = {
		[MINIMISE_FOUND] = FIT_CONVERGED,
		[MINIMISE_AT_WALL] = FIT_AT_BOUND,
		[MINIMISE_FLAT] = FIT_FLAT,
		[MINIMISE_FAILED] = FIT_REFUSED,
	};
	struct minimise_start start[MINIMISE_STARTS];
	struct view all = { p, p->data }, sample = { p, p->sample };
	struct fit f = fit_refuse(p, "the search found no maximum");

	for (size_t s = 0; s < p->starts; s++)
		for (size_t i = 0; i < p->n; i++)
			start[s].x[i] = log(p->start[s][i]);
	struct minimum m = minimise(&(struct minimise_problem){
		.n = p->n,
		.value = negative,
		.ctx = &all,
		.observations = p->customers,
		.sample = p->sample ? &sample : NULL,
		.sampled = p->sampled,
		.wall = log(FIT_WALL),
		.start = start,
		.starts = p->starts });

	f.state = states[m.state];
	f.walled = m.walled;
	f.loose = m.loose;
	f.loglik = -m.value;
	f.aic = 2 * (double)p->n - 2 * f.loglik;
	f.bic = (double)p->n * log(p->customers) - 2 * f.loglik;
	f.gradient_norm = m.gradient_norm;
	f.starts = m.starts;
	f.agreed = m.agreed;
	f.evaluations = m.evaluations;
	take_parameters(&f, &m, p);
	return f;
}

void fit_compare(struct fit *f, const struct fit *simpler)
{
	if (simpler->state == FIT_REFUSED)
		return;
	double freedom = (double)f->fitted - (double)simpler->fitted;

	f->simpler = simpler->model;
	/* a hair below 0 is the limit itself */
	f->ratio = fmax(2 * (f->loglik - simpler->loglik), 0);
	f->ratio_p = freedom > 0 ? gsl_cdf_chisq_Q(f->ratio, freedom) : NAN;
}

struct fit fit_histories(const struct fit_problem *asked,
			 const struct histories *h)
{
	struct fit_problem p = *asked;
	const char *refusal = histories_refusal(h, p.n);
	struct histories sample = { 0 };

	p.data = h;
	p.customers = h->customers;
	p.distinct = (double)h->n;
	if (refusal)
		return fit_refuse(&p, refusal);
	if (h->n > 2 * FIT_SAMPLE) {
		sample = histories_sample(h, h->n / FIT_SAMPLE);
		p.sample = &sample;
		p.sampled = sample.customers;
	}
	struct fit fit = fit_run(&p);

	histories_release(&sample);
	return fit;
}

const char *fit_converged(const struct fit *f)
{
	static const char *const words[] = {
		[FIT_CONVERGED] = "yes",
		[FIT_AT_BOUND] = "at-bound",
		[FIT_FLAT] = "flat",
		[FIT_REFUSED] = "no",
	};
	return words[f->state];
}

static void add_names(const struct fit *f, unsigned which, struct buf *to)
{
	const char *between = "";

	for (size_t i = 0; i < f->n; i++) {
		if (!(which >> i & 1))
			continue;
		buf_addf(to, "%s%s", between, f->name[i]);
		between = ", ";
	}
}

void fit_reason(const struct fit *f, struct buf *to)
{
	if (f->state == FIT_REFUSED) {
		buf_adds(to, f->refusal);
		return;
	}
	if (f->state == FIT_AT_BOUND) {
		buf_adds(to, "the likelihood still rises where the search "
			     "stops, at the bound of ");
		add_names(f, f->walled, to);
		buf_adds(to, ": predictions stand, the parameter does not");
	}
	if (f->loose && f->state == FIT_AT_BOUND)
		buf_adds(to, "; ");
	if (f->loose) {
		buf_adds(to, "the data say next to nothing about ");
		add_names(f, f->loose, to);
	}
}
