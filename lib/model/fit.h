/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Maximum likelihood for every model of the house: what a model gives, what
 * comes out, and how the result is judged. The parameters are positive; their
 * logarithms are fitted, each relative to a scale of the data, so that the
 * unit of time or money makes no difference to the search.
 */
#ifndef MODEL_FIT_H
#define MODEL_FIT_H

#include <stddef.h>

#include "base/text.h"

#define FIT_PARAMETERS 5

/* A parameter stands at a wall when it is this factor from its scale. */
#define FIT_WALL 1e5

/* Above this many distinct customers the starts are followed on every k-th
 * of them, at least this many; the end is always found on all. */
#define FIT_SAMPLE 4000

struct histories;

struct fit_problem {
	const char *model;		/* "bgnbd" */
	const char *const *name;	/* of the n + given parameters */
	size_t n;			/* to fit */
	size_t given;			/* behind them: not fitted */
	double is[FIT_PARAMETERS];	/* these, is[0] .. is[given - 1] */
	double scale[FIT_PARAMETERS];
	/* Starts in units of the scales. */
	const double (*start)[FIT_PARAMETERS];
	size_t starts;
	/* Log-likelihood at the parameters; its n derivatives by them too
	 * when gradient is not NULL. */
	double (*loglik)(const double *parameter, double *gradient,
			 const void *data);
	const void *data;
	/* A sample of the data to follow the starts on, and how many customers
	 * it holds; NULL: all of them. */
	const void *sample;
	double sampled;
	double customers;	/* that the likelihood is over */
	double distinct;	/* different ones among them */
};

enum fit_state {
	FIT_CONVERGED,		/* "yes" */
	FIT_AT_BOUND,		/* "at-bound" */
	FIT_FLAT,		/* "flat" */
	FIT_REFUSED		/* no result: `refusal` says why */
};

struct fit {
	const char *model;
	const char *const *name;
	size_t n;		/* of parameters, the given ones last */
	size_t fitted;		/* those that are not given */
	enum fit_state state;
	const char *refusal;	/* a sentence, when refused */
	double parameter[FIT_PARAMETERS];
	/* From the observed information, in the parameters' own units. NAN
	 * where the data say nothing (walled, loose) and of given ones. */
	double error[FIT_PARAMETERS];
	/* 95 % interval, exp(log(parameter) -+ 1.96 error / parameter) */
	double low[FIT_PARAMETERS], high[FIT_PARAMETERS];
	unsigned walled, loose;	/* bit i: parameter i */
	double loglik, aic, bic;
	double customers, distinct;
	double gradient_norm;	/* of loglik by the logs of the parameters */
	size_t starts, agreed, evaluations;
	/* Likelihood ratio against a simpler model, fit_compare(). */
	const char *simpler;	/* its name; NULL: none */
	double ratio;		/* 2 (loglik - its loglik) */
	double ratio_p;		/* NAN where there are no degrees of freedom */
};

struct fit fit_run(const struct fit_problem *);
/*
 * The same of a likelihood over purchase histories (history.h), which data and
 * sample become: refused when they allow no fit, the starts followed on a
 * sample when there are many.
 */
struct fit fit_histories(const struct fit_problem *,
			 const struct histories *);
/*
 * Holds a fit against one of a model that it becomes in the limit. ratio_p is
 * of a chi-square with as many degrees of freedom as the simpler model has
 * fewer fitted parameters. As the simpler one lies at the edge of the
 * parameters, the true chance is smaller still (Self & Liang, J. of the
 * American Statistical Association 82 (1987) 605).
 */
void fit_compare(struct fit *, const struct fit *simpler);
/* A fit that is none, for a reason that stands before any search. */
struct fit fit_refuse(const struct fit_problem *, const char *refusal);

const char *fit_converged(const struct fit *);	/* "yes", "at-bound", ... */
/* Appends a sentence that says what is wrong with the fit; nothing for one
 * that converged. */
void fit_reason(const struct fit *, struct buf *);

#endif
