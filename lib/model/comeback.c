/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorted purchases, and the first one after a day. */
#include <stdlib.h>

#include "base/day.h"
#include "model/comeback.h"

static int by_customer(const void *a, const void *b)
{
	const struct comeback_visit *x = a, *y = b;

	if (x->customer != y->customer)
		return x->customer < y->customer ? -1 : 1;
	return (x->day > y->day) - (x->day < y->day);
}

void comeback_sort(struct comeback_visit *v, size_t n)
{
	if (n > 0)
		qsort(v, n, sizeof(*v), by_customer);
}

/* Number of the first visit after `left`, n: none. */
static size_t first_after(const struct comeback_visit *v, size_t n,
			  const struct comeback_visit *left)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_customer(&v[middle], left) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void comeback_count(struct comeback_counts *c, const struct comeback_visit *v,
		    size_t n, struct comeback_visit left, int months,
		    int32_t last)
{
	int32_t end = day_add_months(left.day, months);
	size_t i;

	if (end > last) {
		c->early++;
		return;
	}
	c->n++;
	i = first_after(v, n, &left);
	c->back += i < n && v[i].customer == left.customer && v[i].day <= end;
}
