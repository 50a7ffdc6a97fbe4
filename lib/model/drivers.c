/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers to correlations to shares of R squared. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/drivers_in.h"
#include "num/regress.h"
#include "num/shapley.h"

const char *const drivers_quadrant_names[DRIVERS_QUADRANTS] = {
	"concentrate", "keep-up", "low-priority", "overkill", ""
};

/* The columns that are reckoned with: the outcome and those held against. */
struct chosen {
	size_t asked[DRIVERS_MAX + 1];	/* a complete response has them all */
	size_t n_asked;
	size_t column[DRIVERS_MAX + 1];	/* of these, those that vary there */
	size_t n;
	double mean[DRIVERS_MAX + 1], spread[DRIVERS_MAX + 1];
	/* Sums of products about the means, all columns by all. */
	double product[(DRIVERS_MAX + 1) * (DRIVERS_MAX + 1)];
	double among[DRIVERS_MAX * DRIVERS_MAX], with[DRIVERS_MAX];
};

/* ---- complete responses ---- */

/* The next one that answered all that is asked. */
static bool next_complete(const struct drivers *d, const struct chosen *c,
			  size_t *at, double *row)
{
	while (drivers_next(d, at, row)) {
		size_t k = 0;

		while (k < c->n_asked && !isnan(row[c->asked[k]]))
			k++;
		if (k == c->n_asked)
			return true;
	}
	return false;
}

/* Means of what is asked, how many responses are complete, and which columns
 * vary among them: a spread alone may be what rounding has left of none. */
static void find_means(struct drivers *d, struct chosen *c, double *row)
{
	double first[DRIVERS_MAX + 1] = { 0 }, sum[DRIVERS_MAX + 1] = { 0 };
	bool varies[DRIVERS_MAX + 1] = { false };
	size_t at = 0;

	while (next_complete(d, c, &at, row)) {
		for (size_t k = 0; k < c->n_asked; k++) {
			double score = row[c->asked[k]];

			if (d->whole.cases == 0)
				first[k] = score;
			varies[k] |= score < first[k] || score > first[k];
			sum[k] += score;
		}
		d->whole.cases++;
	}
	/* The outcome stays the first, whether it varies or not. */
	for (size_t k = 0; k < c->n_asked; k++)
		if (k == 0 || varies[k]) {
			c->mean[c->n] = sum[k] / (double)d->whole.cases;
			c->column[c->n++] = c->asked[k];
		}
	c->spread[0] = varies[0];	/* until it is known: any at all? */
}

static void add_products(struct chosen *c, const double *row)
{
	double off[DRIVERS_MAX + 1];

	for (size_t k = 0; k < c->n; k++)
		off[k] = row[c->column[k]] - c->mean[k];
	for (size_t j = 0; j < c->n; j++)
		for (size_t k = 0; k <= j; k++)
			c->product[j * c->n + k] += off[j] * off[k];
}

static void correlate(const struct drivers *d, struct chosen *c, double *row)
{
	size_t at = 0, p = c->n - 1;

	while (next_complete(d, c, &at, row))
		add_products(c, row);
	for (size_t k = 0; k < c->n; k++)
		c->spread[k] = sqrt(c->product[k * c->n + k]);
	for (size_t j = 1; j < c->n; j++) {
		c->with[j - 1] = c->product[j * c->n] / c->spread[j] /
				 c->spread[0];
		c->among[(j - 1) * p + j - 1] = 1;
		for (size_t k = 1; k < j; k++)
			c->among[(j - 1) * p + k - 1] =
				c->among[(k - 1) * p + j - 1] =
					c->product[j * c->n + k] /
					c->spread[j] / c->spread[k];
	}
}

/* ---- what is held against the outcome ---- */

static enum drivers_fault choose(const struct drivers *d, struct chosen *c,
				 double answered)
{
	double least = answered * (double)d->whole.outcomes;

	c->n_asked = 1;
	c->asked[0] = 0;
	for (size_t k = 0; k < d->drivers; k++) {
		if ((double)d->driver[k].n < least || !d->varies[k])
			continue;
		if (c->n_asked > DRIVERS_MAX)
			return DRIVERS_TOO_MANY;
		c->asked[c->n_asked++] = k + 1;
	}
	return c->n_asked > 1 ? DRIVERS_FINE : DRIVERS_NO_QUESTION;
}

static enum drivers_fault compare(struct drivers *d, struct chosen *c)
{
	double *row = mem_alloc(d->width, sizeof(*row));
	enum drivers_fault fault = DRIVERS_FINE;

	find_means(d, c, row);
	if (d->whole.cases <= c->n_asked)
		fault = DRIVERS_TOO_FEW;
	else if (c->spread[0] == 0)
		fault = DRIVERS_NO_SPREAD;
	else if (c->n == 1)
		fault = DRIVERS_NO_QUESTION;
	else
		correlate(d, c, row);
	free(row);
	return fault;
}

static void weigh(struct drivers *d, const struct chosen *c)
{
	size_t p = c->n - 1;
	double weight[REGRESS_MAX], shapley[SHAPLEY_MAX], vif[REGRESS_MAX];

	d->whole.condition =
		regress_relative(p, c->among, c->with, weight);
	regress_inflation(p, c->among, vif);
	if (p <= SHAPLEY_MAX)
		regress_shapley(p, c->among, c->with, shapley);
	d->whole.questions = p;
	for (size_t k = 0; k < p; k++)
		d->whole.r2 += weight[k];
	for (size_t k = 0; k < p; k++) {
		struct driver *v = &d->driver[c->column[k + 1] - 1];

		v->correlation = c->with[k];
		v->weight = weight[k];
		v->importance = weight[k] / d->whole.r2;
		v->vif = vif[k];
		if (p <= SHAPLEY_MAX)
			v->shapley = shapley[k] / d->whole.r2;
	}
}

/* How well it is done: as a part of the scale when all scales are told. */
static double done(const struct drivers *d, size_t k, bool scaled)
{
	double mean = d->driver[k - 1].performance;

	return scaled ? mean / d->scale_max[d->column[k]] : mean;
}

static void place(struct drivers *d, const struct chosen *c)
{
	double mean = 0, even = 1 / (double)(c->n - 1);
	bool scaled = true;

	for (size_t k = 1; k < c->n; k++)
		scaled = scaled && d->scale_max[d->column[c->column[k]]] > 0;
	for (size_t k = 1; k < c->n; k++)
		mean += done(d, c->column[k], scaled) * even;
	for (size_t k = 1; k < c->n; k++) {
		struct driver *v = &d->driver[c->column[k] - 1];
		bool well = done(d, c->column[k], scaled) >= mean;

		if (v->importance >= even)
			v->quadrant = well ? DRIVERS_KEEP_UP :
					     DRIVERS_CONCENTRATE;
		else
			v->quadrant = well ? DRIVERS_OVERKILL :
					     DRIVERS_LOW_PRIORITY;
	}
}

static int by_importance(const void *left, const void *right)
{
	const struct driver *a = left, *b = right;

	if (isnan(a->importance) != isnan(b->importance))
		return isnan(a->importance) ? 1 : -1;
	if (!isnan(a->importance) && a->importance != b->importance)
		return a->importance > b->importance ? -1 : 1;
	return text_cmp(a->question, b->question);
}

static enum drivers_fault reckon(struct drivers *d, struct chosen *c,
				 double answered)
{
	enum drivers_fault fault;

	if (d->whole.outcomes == 0)
		return DRIVERS_NO_OUTCOME;
	fault = choose(d, c, answered);
	if (fault == DRIVERS_FINE)
		fault = compare(d, c);
	if (fault != DRIVERS_FINE)
		return fault;
	weigh(d, c);
	place(d, c);
	qsort(d->driver, d->drivers, sizeof(*d->driver), by_importance);
	return DRIVERS_FINE;
}

enum drivers_fault drivers_finish(struct drivers *d, double answered)
{
	struct chosen *c = mem_zalloc(1, sizeof(*c));
	enum drivers_fault fault;

	drivers_put_in_order(d);
	drivers_describe(d);
	fault = reckon(d, c, answered);
	if (fault != DRIVERS_FINE)
		d->whole.r2 = d->whole.condition = NAN;
	free(c);
	return fault;
}

struct drivers_whole drivers_whole(const struct drivers *d)
{
	return d->whole;
}

size_t drivers_count(const struct drivers *d)
{
	return d->drivers;
}

struct driver drivers_driver(const struct drivers *d, size_t i)
{
	return d->driver[i];
}
