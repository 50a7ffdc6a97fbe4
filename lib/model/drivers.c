/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers to correlations to shares of R squared. */
#include <math.h>
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "model/drivers.h"
#include "num/regress.h"
#include "num/shapley.h"

const char *const drivers_quadrant_names[DRIVERS_QUADRANTS] = {
	"concentrate", "keep-up", "low-priority", "overkill", ""
};

struct answer {
	uint32_t response, question;
	double score;
};

struct drivers {
	struct group *responses, *questions;
	double *scale_max;		/* of each question; 0: not told */
	size_t scales, scales_cap;
	uint32_t *column;		/* the question of each column of the
					 * table: the outcome, the others by
					 * name */
	struct answer *answer;
	size_t n, cap;
	struct driver *driver;
	size_t drivers;
	struct drivers_whole whole;
};

struct drivers *drivers_new(struct text outcome)
{
	struct drivers *d = mem_zalloc(1, sizeof(*d));

	d->responses = group_new(1, 0, NULL, NULL);
	d->questions = group_new(1, 0, NULL, NULL);
	/* Question 0 is the outcome. */
	group_intern(d->questions, outcome);
	d->scale_max = mem_grow(NULL, 0, &d->scales_cap,
				sizeof(*d->scale_max));
	d->scale_max[d->scales++] = 0;
	return d;
}

void drivers_free(struct drivers *d)
{
	if (d == NULL)
		return;
	group_free(d->responses);
	group_free(d->questions);
	free(d->scale_max);
	free(d->column);
	free(d->answer);
	free(d->driver);
	free(d);
}

void drivers_add(struct drivers *d, struct text response, struct text question,
		 double score, double scale_max)
{
	struct answer a = {
		.response = (uint32_t)group_intern(d->responses, response),
		.question = (uint32_t)group_intern(d->questions, question),
		.score = score,
	};

	if (a.question == d->scales) {
		d->scale_max = mem_grow(d->scale_max, d->scales,
					&d->scales_cap, sizeof(*d->scale_max));
		d->scale_max[d->scales++] = 0;
	}
	if (scale_max > d->scale_max[a.question])
		d->scale_max[a.question] = scale_max;
	d->answer = mem_grow(d->answer, d->n, &d->cap, sizeof(*d->answer));
	d->answer[d->n++] = a;
}

/* ---- a response a row, a question a column ---- */

/* Scores of the responses that have an outcome; NAN: not answered. */
struct table {
	size_t rows, width;
	double *score;
};

static int by_place(const void *left, const void *right)
{
	const struct answer *a = left, *b = right;

	if (a->response != b->response)
		return a->response < b->response ? -1 : 1;
	if (a->question != b->question)
		return a->question < b->question ? -1 : 1;
	return (a->score > b->score) - (a->score < b->score);
}

/* The place of each entry in an order of entries. */
static uint32_t *places(const uint32_t *order, size_t n)
{
	uint32_t *place = mem_alloc(n, sizeof(*place));

	for (uint32_t i = 0; i < n; i++)
		place[order[i]] = i;
	return place;
}

/* The outcome to the front. */
static void put_first(uint32_t *order)
{
	size_t i = 0;

	while (order[i] != 0)
		i++;
	for (; i > 0; i--)
		order[i] = order[i - 1];
	order[0] = 0;
}

/* Numbers responses and questions by the order of their names, so that sums
 * do not depend on the order of the rows. */
static void put_in_order(struct drivers *d)
{
	uint32_t *row = group_ranks(d->responses), *column;

	d->column = group_sorted(d->questions);
	put_first(d->column);
	column = places(d->column, group_count(d->questions));
	for (size_t i = 0; i < d->n; i++) {
		d->answer[i].response = row[d->answer[i].response];
		d->answer[i].question = column[d->answer[i].question];
	}
	free(row);
	free(column);
	if (d->n > 0)
		qsort(d->answer, d->n, sizeof(*d->answer), by_place);
}

/* One response's answers, from `at` on, into a row; returns where the next
 * response's begin. */
static size_t fill_row(const struct drivers *d, size_t at, double *row,
		       size_t width)
{
	uint32_t response = d->answer[at].response;

	for (size_t k = 0; k < width; k++)
		row[k] = NAN;
	while (at < d->n && d->answer[at].response == response) {
		uint32_t question = d->answer[at].question;
		double sum = 0, n = 0;

		for (; at < d->n && d->answer[at].response == response &&
		       d->answer[at].question == question; at++) {
			sum += d->answer[at].score;
			n++;
		}
		row[question] = sum / n;
	}
	return at;
}

static struct table make_table(const struct drivers *d)
{
	struct table t = { .width = group_count(d->questions) };

	t.score = mem_alloc(group_count(d->responses) * t.width + 1,
			    sizeof(*t.score));
	for (size_t at = 0; at < d->n;) {
		double *row = t.score + t.rows * t.width;

		at = fill_row(d, at, row, t.width);
		if (!isnan(row[0]))
			t.rows++;
	}
	return t;
}

/* ---- moments ---- */

static void describe(struct driver *v, const struct table *t, size_t column)
{
	double sum = 0, least = INFINITY, most = -INFINITY;

	for (size_t i = 0; i < t->rows; i++) {
		double s = t->score[i * t->width + column];

		if (isnan(s))
			continue;
		v->n++;
		sum += s;
		least = fmin(least, s);
		most = fmax(most, s);
	}
	v->performance = sum / (double)v->n;
	v->correlation = v->weight = v->importance = v->shapley = v->vif = NAN;
	v->quadrant = DRIVERS_NO_QUADRANT;
	/* `weight` tells until later whether there is any spread. */
	if (least < most)
		v->weight = 0;
}

/* The columns that are reckoned with: the outcome and those held against. */
struct chosen {
	size_t column[DRIVERS_MAX + 1];
	size_t n;
	double mean[DRIVERS_MAX + 1], spread[DRIVERS_MAX + 1];
	double among[DRIVERS_MAX * DRIVERS_MAX], with[DRIVERS_MAX];
};

static bool complete(const struct table *t, const struct chosen *c, size_t row)
{
	for (size_t k = 0; k < c->n; k++)
		if (isnan(t->score[row * t->width + c->column[k]]))
			return false;
	return true;
}

/* Keeps the complete rows only. */
static void drop_incomplete(struct table *t, const struct chosen *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->rows; i++) {
		if (!complete(t, c, i))
			continue;
		for (size_t k = 0; k < t->width; k++)
			t->score[kept * t->width + k] =
				t->score[i * t->width + k];
		kept++;
	}
	t->rows = kept;
}

static double at(const struct table *t, const struct chosen *c, size_t row,
		 size_t k)
{
	return t->score[row * t->width + c->column[k]] - c->mean[k];
}

static double covary(const struct table *t, const struct chosen *c, size_t j,
		     size_t k)
{
	double sum = 0;

	for (size_t i = 0; i < t->rows; i++)
		sum += at(t, c, i, j) * at(t, c, i, k);
	return sum;
}

static void correlate(struct chosen *c, const struct table *t)
{
	for (size_t k = 0; k < c->n; k++) {
		double sum = 0;

		c->mean[k] = 0;
		for (size_t i = 0; i < t->rows; i++)
			sum += at(t, c, i, k);
		c->mean[k] = sum / (double)t->rows;
		c->spread[k] = sqrt(covary(t, c, k, k));
	}
	for (size_t j = 1; j < c->n; j++) {
		c->with[j - 1] = covary(t, c, j, 0) / c->spread[j] /
				 c->spread[0];
		for (size_t k = 1; k < c->n; k++)
			c->among[(j - 1) * (c->n - 1) + k - 1] =
				j == k ? 1 :
					 covary(t, c, j, k) / c->spread[j] /
						 c->spread[k];
	}
}

/* ---- what is held against the outcome ---- */

static enum drivers_fault choose(struct drivers *d, struct chosen *c,
				 double answered)
{
	double least = answered * (double)d->whole.outcomes;

	c->n = 1;
	c->column[0] = 0;
	for (size_t k = 1; k <= d->drivers; k++) {
		const struct driver *v = &d->driver[k - 1];

		if ((double)v->n < least || isnan(v->weight))
			continue;
		if (c->n > DRIVERS_MAX)
			return DRIVERS_TOO_MANY;
		c->column[c->n++] = k;
	}
	return c->n > 1 ? DRIVERS_FINE : DRIVERS_NO_QUESTION;
}

/* Whether a column's scores differ; its spread alone may be what rounding
 * has left of none. */
static bool varies(const struct table *t, size_t column)
{
	for (size_t i = 1; i < t->rows; i++)
		if (t->score[i * t->width + column] < t->score[column] ||
		    t->score[i * t->width + column] > t->score[column])
			return true;
	return false;
}

/* Columns that do not vary among the complete responses explain nothing. */
static enum drivers_fault drop_flat(struct chosen *c, const struct table *t)
{
	size_t n = 1;

	if (t->rows <= c->n)
		return DRIVERS_TOO_FEW;
	if (!varies(t, c->column[0]))
		return DRIVERS_NO_SPREAD;
	for (size_t k = 1; k < c->n; k++)
		if (varies(t, c->column[k]))
			c->column[n++] = c->column[k];
	c->n = n;
	correlate(c, t);
	return n > 1 ? DRIVERS_FINE : DRIVERS_NO_QUESTION;
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
				 struct table *t, double answered)
{
	enum drivers_fault fault;

	d->whole.outcomes = t->rows;
	if (t->rows == 0)
		return DRIVERS_NO_OUTCOME;
	for (size_t k = 0; k < d->drivers; k++) {
		d->driver[k].question = group_key(d->questions,
						  d->column[k + 1]);
		describe(&d->driver[k], t, k + 1);
	}
	fault = choose(d, c, answered);
	if (fault != DRIVERS_FINE)
		return fault;
	drop_incomplete(t, c);
	d->whole.cases = t->rows;
	fault = drop_flat(c, t);
	if (fault != DRIVERS_FINE)
		return fault;
	for (size_t k = 0; k < d->drivers; k++)
		d->driver[k].weight = NAN;
	weigh(d, c);
	place(d, c);
	qsort(d->driver, d->drivers, sizeof(*d->driver), by_importance);
	return DRIVERS_FINE;
}

enum drivers_fault drivers_finish(struct drivers *d, double answered)
{
	struct chosen *c = mem_zalloc(1, sizeof(*c));
	enum drivers_fault fault;
	struct table t;

	put_in_order(d);
	t = make_table(d);
	d->drivers = group_count(d->questions) - 1;
	d->driver = mem_zalloc(d->drivers + 1, sizeof(*d->driver));
	fault = reckon(d, c, &t, answered);
	free(t.score);
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
