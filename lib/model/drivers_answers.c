/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers gathered, and gone through response by response. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/drivers_in.h"

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
	free(d->varies);
	free(d);
}

void drivers_add(struct drivers *d, struct text response, struct text question,
		 double score, double scale_max)
{
	struct drivers_answer a = {
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

/* ---- in order ---- */

static int by_place(const void *left, const void *right)
{
	const struct drivers_answer *a = left, *b = right;

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

void drivers_put_in_order(struct drivers *d)
{
	uint32_t *row = group_ranks(d->responses), *column;

	d->width = group_count(d->questions);
	d->column = group_sorted(d->questions);
	put_first(d->column);
	column = places(d->column, d->width);
	for (size_t i = 0; i < d->n; i++) {
		d->answer[i].response = row[d->answer[i].response];
		d->answer[i].question = column[d->answer[i].question];
	}
	free(row);
	free(column);
	if (d->n > 0)
		qsort(d->answer, d->n, sizeof(*d->answer), by_place);
}

/* ---- one after the other ---- */

static void fill_row(const struct drivers *d, size_t *at, double *row)
{
	uint32_t response = d->answer[*at].response;

	for (size_t k = 0; k < d->width; k++)
		row[k] = NAN;
	while (*at < d->n && d->answer[*at].response == response) {
		uint32_t question = d->answer[*at].question;
		double sum = 0, n = 0;

		for (; *at < d->n && d->answer[*at].response == response &&
		       d->answer[*at].question == question; ++*at) {
			sum += d->answer[*at].score;
			n++;
		}
		row[question] = sum / n;
	}
}

bool drivers_next(const struct drivers *d, size_t *at, double *row)
{
	while (*at < d->n) {
		fill_row(d, at, row);
		if (!isnan(row[0]))
			return true;
	}
	return false;
}

/* ---- described ---- */

struct spread {
	double sum, least, most;
};

static void add_row(struct drivers *d, struct spread *spread,
		    const double *row)
{
	d->whole.outcomes++;
	for (size_t k = 0; k < d->drivers; k++) {
		double score = row[k + 1];

		if (isnan(score))
			continue;
		d->driver[k].n++;
		spread[k].sum += score;
		spread[k].least = fmin(spread[k].least, score);
		spread[k].most = fmax(spread[k].most, score);
	}
}

void drivers_describe(struct drivers *d)
{
	double *row = mem_alloc(d->width, sizeof(*row));
	struct spread *spread;
	size_t at = 0;

	d->drivers = d->width - 1;
	d->driver = mem_zalloc(d->width, sizeof(*d->driver));
	d->varies = mem_zalloc(d->width, sizeof(*d->varies));
	spread = mem_alloc(d->width, sizeof(*spread));
	for (size_t k = 0; k < d->width; k++)
		spread[k] = (struct spread){ 0, INFINITY, -INFINITY };
	while (drivers_next(d, &at, row))
		add_row(d, spread, row);
	for (size_t k = 0; k < d->drivers; k++) {
		struct driver *v = &d->driver[k];

		v->question = group_key(d->questions, d->column[k + 1]);
		v->performance = v->n ? spread[k].sum / (double)v->n : NAN;
		v->correlation = v->weight = v->importance = NAN;
		v->shapley = v->vif = NAN;
		v->quadrant = DRIVERS_NO_QUADRANT;
		d->varies[k] = spread[k].least < spread[k].most;
	}
	free(spread);
	free(row);
}
