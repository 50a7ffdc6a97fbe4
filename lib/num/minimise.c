/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Minimisation: BFGS from several starts, then Newton inside walls. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_multimin.h>

#include "base/mem.h"
#include "num/minimise.h"

enum { BFGS_STEPS = 60, NEWTON_STEPS = 60 };

#define BFGS_FIRST_STEP 0.3
#define BFGS_LINE 0.1
#define BFGS_GRADIENT 1e-4	/* per observation; Newton does the rest */
#define NEWTON_GRADIENT 1e-9	/* per observation */
#define NEWTON_LONGEST 1.5
#define VALUE_ROUNDING 1e-11
#define DIFFERENCE 1e-4		/* step of the central differences */
#define WALL_PULL 1.0		/* curvature of the penalty beyond a wall */
#define AT_WALL 1e-9
#define LOOSE_SD 3.0
#define LOOSE_PART 0.1		/* of a variable in a flat direction */
#define SETTLE 1e-6		/* per observation: nothing */
#define AGREE 1e-5		/* per observation */
#define FAILED_GRADIENT 1e-5	/* per observation: no stationary point */

/* The work of one call; GSL's objects belong to it. */
struct work {
	const struct minimise_problem *p;
	void *ctx;		/* of the problem, or of its sample */
	double observations;
	size_t evaluations;
	unsigned walled;	/* fixed variables */
	gsl_multimin_fdfminimizer *bfgs;
	gsl_eigen_symmv_workspace *eigen;
};

struct square {
	double at[MINIMISE_MAX][MINIMISE_MAX];
};

static bool walled(const struct work *w, size_t i)
{
	return w->walled >> i & 1;
}

static double within(const struct work *w, double x)
{
	return fmax(-w->p->wall, fmin(w->p->wall, x));
}

/*
 * Value per observation. A line search may step over a wall: there the value
 * is that of the wall plus a parabola, so that the function stays smooth
 * enough and finite.
 */
static double evaluate(struct work *w, const double *x, double *gradient)
{
	const struct minimise_problem *p = w->p;
	double inside[MINIMISE_MAX], value, pull = 0;

	for (size_t i = 0; i < p->n; i++)
		inside[i] = within(w, x[i]);
	value = p->value(p->n, inside, gradient, w->ctx) / w->observations;
	w->evaluations++;
	for (size_t i = 0; i < p->n; i++) {
		double over = x[i] - inside[i];

		pull += WALL_PULL / 2 * over * over;
		if (!gradient)
			continue;
		gradient[i] /= w->observations;
		if (over != 0)
			gradient[i] = WALL_PULL * over;
	}
	return value + pull;
}

/* GSL's way of calling. */

static double gsl_value(const gsl_vector *x, void *work)
{
	return evaluate(work, x->data, NULL);
}

static void gsl_gradient(const gsl_vector *x, void *work, gsl_vector *g)
{
	evaluate(work, x->data, g->data);
}

static void gsl_both(const gsl_vector *x, void *work, double *f, gsl_vector *g)
{
	*f = evaluate(work, x->data, g->data);
}

/* Goes downhill from x until the gradient is small or no step helps. */
static double descend(struct work *w, double *x)
{
	size_t n = w->p->n;
	gsl_vector_view view = gsl_vector_view_array(x, n);
	gsl_multimin_function_fdf f = { gsl_value, gsl_gradient, gsl_both, n,
					w };

	if (gsl_multimin_fdfminimizer_set(w->bfgs, &f, &view.vector,
					  BFGS_FIRST_STEP, BFGS_LINE))
		return HUGE_VAL;
	for (int step = 0; step < BFGS_STEPS; step++) {
		if (gsl_multimin_fdfminimizer_iterate(w->bfgs))
			break;
		if (gsl_multimin_test_gradient(w->bfgs->gradient,
					       BFGS_GRADIENT) != GSL_CONTINUE)
			break;
	}
	memcpy(x, w->bfgs->x->data, n * sizeof(*x));
	return w->bfgs->f;
}

/* Second derivatives per observation; symmetric by averaging. */
static void curvature(struct work *w, const double *x,
		      struct square *h)
{
	size_t n = w->p->n;
	double at[MINIMISE_MAX], above[MINIMISE_MAX], below[MINIMISE_MAX];

	memcpy(at, x, n * sizeof(*at));
	for (size_t i = 0; i < n; i++) {
		double high = within(w, x[i] + DIFFERENCE);
		double low = within(w, x[i] - DIFFERENCE);

		at[i] = high;
		evaluate(w, at, above);
		at[i] = low;
		evaluate(w, at, below);
		at[i] = x[i];
		for (size_t j = 0; j < n; j++)
			h->at[i][j] = (above[j] - below[j]) / (high - low);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			h->at[i][j] = h->at[j][i] =
				(h->at[i][j] + h->at[j][i]) / 2;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			if (walled(w, i) || walled(w, j))
				h->at[i][j] = i == j;
}

/* Eigenvalues and, in columns, eigenvectors of h; false when GSL gives up. */
static bool decompose(struct work *w, const struct square *h,
		      double *value, double *vector)
{
	size_t n = w->p->n;
	double copy[MINIMISE_MAX * MINIMISE_MAX];

	for (size_t i = 0; i < n; i++)
		memcpy(copy + i * n, h->at[i], n * sizeof(*copy));
	gsl_matrix_view m = gsl_matrix_view_array(copy, n, n);
	gsl_matrix_view v = gsl_matrix_view_array(vector, n, n);
	gsl_vector_view e = gsl_vector_view_array(value, n);

	for (size_t i = 0; i < n * n; i++)
		if (!isfinite(copy[i]))
			return false;
	return gsl_eigen_symmv(&m.matrix, &e.vector, &v.matrix, w->eigen) == 0;
}

/*
 * The Newton step -h^-1 g with every eigenvalue taken as positive, so that it
 * leads downhill also where the function is not convex, and cut to a length.
 */
static bool newton_step(struct work *w, const double *x, const double *g,
			double *step)
{
	size_t n = w->p->n;
	struct square h;
	double value[MINIMISE_MAX], vector[MINIMISE_MAX * MINIMISE_MAX];
	double longest = 0;

	curvature(w, x, &h);
	if (!decompose(w, &h, value, vector))
		return false;
	memset(step, 0, n * sizeof(*step));
	for (size_t k = 0; k < n; k++) {
		double along = 0;

		for (size_t i = 0; i < n; i++)
			along += vector[i * n + k] * g[i];
		along /= fmax(fabs(value[k]), 1e-12);
		for (size_t i = 0; i < n; i++)
			step[i] -= vector[i * n + k] * along;
	}
	for (size_t i = 0; i < n; i++) {
		if (walled(w, i))
			step[i] = 0;
		longest = fmax(longest, fabs(step[i]));
	}
	for (size_t i = 0; longest > NEWTON_LONGEST && i < n; i++)
		step[i] *= NEWTON_LONGEST / longest;
	return true;
}

/* The gradient of the free variables; those fixed get 0. */
static double free_norm(const struct work *w, double *g)
{
	double squares = 0;

	for (size_t i = 0; i < w->p->n; i++) {
		if (walled(w, i))
			g[i] = 0;
		squares += g[i] * g[i];
	}
	return sqrt(squares);
}

/* Fixes the variables that stand at a wall or beyond it. */
static bool fix_at_walls(struct work *w, double *x)
{
	bool any = false;

	for (size_t i = 0; i < w->p->n; i++) {
		if (walled(w, i) || fabs(x[i]) < w->p->wall - AT_WALL)
			continue;
		x[i] = copysign(w->p->wall, x[i]);
		w->walled |= 1U << i;
		any = true;
	}
	return any;
}

/* How much of the step leads to the first wall in its way; at most 1. */
static double part_to_wall(const struct work *w, const double *x,
			   const double *step)
{
	double part = 1;

	for (size_t i = 0; i < w->p->n; i++) {
		double room = w->p->wall - copysign(1, step[i]) * x[i];

		if (part * fabs(step[i]) > room)
			part = fmax(room, 0) / fabs(step[i]);
	}
	return part;
}

/*
 * The longest of step, step/2, ... step/512 that does not lead uphill; or,
 * where values differ by rounding alone, that lessens the gradient. It ends at
 * a wall, all variables together: their valley may be narrow.
 */
static bool take_step(struct work *w, double *x, double *g, double *f,
		      const double *step)
{
	size_t n = w->p->n;
	double to[MINIMISE_MAX], there[MINIMISE_MAX];
	double whole = part_to_wall(w, x, step);
	double rounding = VALUE_ROUNDING * (1 + fabs(*f));
	double slope = free_norm(w, g);

	for (double part = whole; part >= whole / 1000; part /= 2) {
		for (size_t i = 0; i < n; i++)
			to[i] = within(w, x[i] + part * step[i]);
		double value = evaluate(w, to, there);

		if (!(value <= *f) &&
		    !(value <= *f + rounding && free_norm(w, there) < slope))
			continue;
		memcpy(x, to, n * sizeof(*x));
		memcpy(g, there, n * sizeof(*g));
		*f = value;
		return true;
	}
	return false;
}

/* From near the minimum to it. Returns the value per observation. */
static double polish(struct work *w, double *x, double *g)
{
	double step[MINIMISE_MAX];
	double f = evaluate(w, x, g);

	for (int i = 0; i < NEWTON_STEPS; i++) {
		if (fix_at_walls(w, x)) {
			f = evaluate(w, x, g);
			i = 0;		/* a new problem of fewer variables */
		}
		if (free_norm(w, g) < NEWTON_GRADIENT)
			break;
		if (!newton_step(w, x, g, step) ||
		    !take_step(w, x, g, &f, step))
			break;
	}
	if (fix_at_walls(w, x))
		f = evaluate(w, x, g);
	return f;
}

/* Inverse of the second derivatives of the sum, and what is loose; false when
 * there are none. */
static bool spread(struct work *w, struct minimum *m)
{
	size_t n = w->p->n;
	struct square h;
	double value[MINIMISE_MAX], vector[MINIMISE_MAX * MINIMISE_MAX];
	double total = w->observations;

	memset(m->covariance, 0, sizeof(m->covariance));
	m->loose = 0;
	curvature(w, m->x, &h);
	if (!decompose(w, &h, value, vector))
		return false;
	for (size_t k = 0; k < n; k++) {
		bool flat = value[k] * total < 1 / (LOOSE_SD * LOOSE_SD);

		for (size_t i = 0; i < n; i++) {
			const double *v = vector + i * n;

			if (flat && fabs(v[k]) > LOOSE_PART)
				m->loose |= 1U << i;
			for (size_t j = 0; j < n && !flat; j++)
				m->covariance[i][j] += v[k] * vector[j * n + k]
						       / (value[k] * total);
		}
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			if ((w->walled | m->loose) & (1U << i | 1U << j))
				m->covariance[i][j] = NAN;
	return true;
}

/*
 * A loose variable far out is on its way to a wall that it never reaches, so
 * gently does the function fall: put it there when that costs nothing.
 */
static bool settle(struct work *w, struct minimum *m)
{
	size_t n = w->p->n, far = n;
	unsigned before = w->walled;
	double x[MINIMISE_MAX], g[MINIMISE_MAX];

	for (size_t i = 0; i < n; i++)
		if (m->loose >> i & 1 && fabs(m->x[i]) > w->p->wall / 2 &&
		    (far == n || fabs(m->x[i]) > fabs(m->x[far])))
			far = i;
	if (far == n)
		return false;
	memcpy(x, m->x, n * sizeof(*x));
	x[far] = copysign(w->p->wall, x[far]);
	double value = polish(w, x, g);

	if (!(value <= m->value + SETTLE)) {
		w->walled = before;
		return false;
	}
	m->value = value;
	memcpy(m->x, x, n * sizeof(*x));
	memcpy(m->gradient, g, n * sizeof(*g));
	return true;
}

static void judge(const struct work *w, struct minimum *m, bool curved)
{
	double total = w->observations;

	m->walled = w->walled;
	if (!curved || !isfinite(m->value) ||
	    !(m->gradient_norm < FAILED_GRADIENT * total))
		m->state = MINIMISE_FAILED;
	else if (m->walled)
		m->state = MINIMISE_AT_WALL;
	else if (m->loose)
		m->state = MINIMISE_FLAT;
}

/* The best end of all starts; true values come from polish(). */
static void follow_starts(struct work *w, struct minimum *m)
{
	const struct minimise_problem *p = w->p;
	double best = HUGE_VAL, end[MINIMISE_STARTS];

	for (size_t s = 0; s < p->starts; s++) {
		double x[MINIMISE_MAX];

		memcpy(x, p->start[s].x, p->n * sizeof(*x));
		end[s] = descend(w, x);
		if (s == 0 || end[s] < best) {
			best = end[s];
			memcpy(m->x, x, p->n * sizeof(*x));
		}
	}
	for (size_t s = 0; s < p->starts; s++)
		m->agreed += end[s] - best < AGREE;
}

struct minimum minimise(const struct minimise_problem *p)
{
	struct minimum m = { .starts = p->starts };
	struct work w = { .p = p };
	bool sample = p->sample != NULL;

	w.ctx = sample ? p->sample : p->ctx;
	w.observations = sample ? p->sampled : p->observations;

	w.bfgs = mem_need(gsl_multimin_fdfminimizer_alloc(
		gsl_multimin_fdfminimizer_vector_bfgs2, p->n));
	w.eigen = mem_need(gsl_eigen_symmv_alloc(p->n));
	follow_starts(&w, &m);
	w.ctx = p->ctx;
	w.observations = p->observations;
	m.value = polish(&w, m.x, m.gradient);
	bool curved = spread(&w, &m);

	while (curved && settle(&w, &m))
		curved = spread(&w, &m);
	m.gradient_norm = free_norm(&w, m.gradient) * p->observations;
	m.value *= p->observations;
	for (size_t i = 0; i < p->n; i++)
		m.gradient[i] *= p->observations;
	judge(&w, &m, curved);
	m.evaluations = w.evaluations;
	gsl_eigen_symmv_free(w.eigen);
	gsl_multimin_fdfminimizer_free(w.bfgs);
	return m;
}
