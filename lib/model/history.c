/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grouping of customers with the same history. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/history.h"

bool buyer_is_sound(const struct buyer *b)
{
	return b->x >= 0 && floor(b->x) == b->x && b->t_x >= 0 &&
	       b->t_x <= b->T && isfinite(b->T) && (b->x > 0) == (b->t_x > 0);
}

static int compare(double a, double b)
{
	return (a > b) - (a < b);
}

static int by_history(const void *one, const void *other)
{
	const struct history *a = one, *b = other;
	int order = compare(a->T, b->T);

	if (order == 0)
		order = compare(a->x, b->x);
	return order ? order : compare(a->t_x, b->t_x);
}

static int by_frequency(const void *one, const void *other)
{
	const struct frequency *a = one, *b = other;

	return compare(a->x, b->x);
}

/* Equal neighbours become one. */
static void merge_histories(struct histories *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++) {
		if (n > 0 && by_history(&h->at[n - 1], &h->at[i]) == 0)
			h->at[n - 1].count += h->at[i].count;
		else
			h->at[n++] = h->at[i];
	}
	h->n = n;
	h->at = mem_resize(h->at, n, sizeof(*h->at));
}

static void count_frequencies(struct histories *h)
{
	struct frequency *f = mem_alloc(h->n, sizeof(*f));
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		f[i] = (struct frequency){ h->at[i].x, h->at[i].count };
	qsort(f, h->n, sizeof(*f), by_frequency);
	for (size_t i = 0; i < h->n; i++) {
		if (n > 0 && f[n - 1].x == f[i].x)
			f[n - 1].count += f[i].count;
		else
			f[n++] = f[i];
	}
	h->frequency = mem_resize(f, n, sizeof(*f));
	h->frequencies = n;
}

/* Sorted and merged histories, completed. */
static void sum_up(struct histories *h)
{
	count_frequencies(h);
	for (size_t i = 0; i < h->n; i++) {
		h->customers += h->at[i].count;
		h->purchases += h->at[i].count * h->at[i].x;
		h->time += h->at[i].count * h->at[i].T;
	}
}

struct histories histories_of(const struct buyer *b, size_t n)
{
	struct histories h = { .n = n, .log_gaps = NAN };

	h.at = mem_alloc(n, sizeof(*h.at));
	for (size_t i = 0; i < n; i++)
		h.at[i] = (struct history){ b[i].x, b[i].t_x, b[i].T, 1 };
	qsort(h.at, n, sizeof(*h.at), by_history);
	merge_histories(&h);
	sum_up(&h);
	return h;
}

const char *histories_refusal(const struct histories *h, size_t parameters)
{
	if (h->purchases == 0)
		return "no customer bought again";
	if (h->n < parameters)
		return "fewer different histories than parameters";
	return NULL;
}

struct histories histories_sample(const struct histories *all, size_t k)
{
	struct histories h = { .log_gaps = NAN };

	h.at = mem_alloc(all->n / k + 1, sizeof(*h.at));
	for (size_t i = k / 2; i < all->n; i += k)
		h.at[h.n++] = all->at[i];
	sum_up(&h);
	return h;
}

void histories_release(struct histories *h)
{
	free(h->at);
	free(h->frequency);
	*h = (struct histories){ 0 };
}
