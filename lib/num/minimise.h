/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding the minimum of a smooth function of a few variables, such as a
 * negative log-likelihood of logarithms of parameters: from several starts,
 * with a statement about what was found.
 *
 * Each start is followed by GSL's BFGS (bfgs2, gradients of the caller's), on
 * a sample of the data when there is one.
 * The best end is then polished by Newton steps whose second derivatives are
 * central differences of the gradient, inside walls: a variable that would
 * leave is fixed there and the others are minimised again.
 */
#ifndef NUM_MINIMISE_H
#define NUM_MINIMISE_H

#include <stddef.h>

#define MINIMISE_MAX 6		/* variables */
#define MINIMISE_STARTS 16

struct minimise_start {
	double x[MINIMISE_MAX];
};

struct minimise_problem {
	size_t n;
	/* The value at x; the n derivatives too when gradient is not NULL. */
	double (*value)(size_t n, const double *x, double *gradient,
			void *ctx);
	void *ctx;
	/* How many observations the value is a sum over: tolerances are meant
	 * for the value divided by it. */
	double observations;
	/* A smaller problem of the same shape, to follow the starts on when
	 * the whole one is large: ctx of a sample and its observations. NULL:
	 * the whole one. */
	void *sample;
	double sampled;
	double wall;		/* every |x[i]| <= wall */
	const struct minimise_start *start;
	size_t starts;
};

enum minimise_state {
	MINIMISE_FOUND,		/* an inner minimum, curved in all directions */
	MINIMISE_AT_WALL,	/* `walled` variables ran to the wall */
	MINIMISE_FLAT,		/* `loose` variables could be nearly anything */
	MINIMISE_FAILED		/* no start led to a point of zero gradient */
};

struct minimum {
	enum minimise_state state;
	double x[MINIMISE_MAX];
	double value;
	double gradient[MINIMISE_MAX];	/* at x */
	double gradient_norm;		/* Euclidean, of variables not walled */
	/* Inverse of the second derivatives at x: the covariance of maximum
	 * likelihood estimates. Rows and columns of walled and loose variables
	 * are NAN. */
	double covariance[MINIMISE_MAX][MINIMISE_MAX];
	unsigned walled, loose;		/* bit i: variable i */
	size_t starts;			/* tried */
	size_t agreed;	/* that came within 1e-5 an observation of the best */
	size_t evaluations;
};

/*
 * A direction in which a likelihood is so flat that the standard deviation is
 * above 3 (of a logarithm: a factor of 20) makes its variables `loose`.
 * A loose variable on its way to a wall is put there when that costs nothing.
 */
struct minimum minimise(const struct minimise_problem *);

#endif
