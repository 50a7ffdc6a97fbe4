/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order of EVENTS: all rows by time at once, the rows of one time by the
 * rest when they are about to be looked at, so that each is fetched from
 * memory once.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/shelf_in.h"

/* Rows that are fetched ahead, and units whose entries are. */
#define AHEAD 24

void shelf_add_row(struct shelf *s, int64_t when, uint32_t unit, uint32_t row)
{
	if (s->rows >= SHELF_NONE)
		die("more than %u rows", SHELF_NONE - 1);
	s->row = mem_grow_pages(s->row, s->rows, &s->row_cap, sizeof(*s->row));
	s->row[s->rows++] = (struct radix_item){
		(uint64_t)when ^ 1ull << 63, unit, row
	};
}

static void drop_merged(struct shelf *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->rows; i++)
		if (s->unit[s->row[i].who].bytes)
			s->row[n++] = s->row[i];
	s->rows = n;
}

void shelf_list_rows(struct shelf *s, const uint32_t *order)
{
	if (!order) {
		if (s->merged)
			drop_merged(s);
		radix_sort(s->row, s->rows);
		return;
	}
	/* Entities: one row a unit. */
	s->rows = 0;
	for (size_t i = 0; i < s->units; i++)
		if (s->unit[order[i]].bytes)
			s->row[s->rows++].who = order[i];
	s->ordered = s->rows;
}

/* ---- rows of one time ---- */

static struct text document_of(const struct shelf_head *h)
{
	return (struct text){ h->key.p, h->document };
}

static int by_place(const void *a, const void *b, void *ctx)
{
	const struct shelf *s = ctx;
	const struct radix_item *x = a, *y = b;
	struct shelf_head u, v;
	int order;

	shelf_get_head(s->unit[x->who].bytes, &u);
	shelf_get_head(s->unit[y->who].bytes, &v);
	order = text_cmp(document_of(&u), document_of(&v));
	if (order)
		return order;
	if (u.ordinal != v.ordinal)
		return u.ordinal < v.ordinal ? -1 : 1;
	order = text_cmp(u.key, v.key);
	return order ? order : (x->part > y->part) - (x->part < y->part);
}

/* Lists the documents of these rows and gives the bytes that all of them
 * begin with. */
static size_t list_documents(struct shelf *s, const struct radix_item *row,
			     size_t n)
{
	struct text *d;
	size_t same = SIZE_MAX;

	if (n > s->documents) {
		s->documents = n + n / 2;
		s->document = mem_resize(s->document, s->documents,
					 sizeof(*s->document));
	}
	d = s->document;
	for (size_t i = 0; i < n; i++) {
		struct shelf_head head;
		size_t k = 0;

		shelf_get_head(s->unit[row[i].who].bytes, &head);
		d[i] = document_of(&head);
		while (k < same && k < d[i].n && d[i].p[k] == d[0].p[k])
			k++;
		same = k;
	}
	return same;
}

/* Eight bytes of a document from `from` on, as a number that orders like
 * them. */
static uint64_t prefix(struct text t, size_t from)
{
	uint64_t v = 0;

	for (size_t i = from; i < from + 8; i++)
		v = v << 8 | (i < t.n ? (unsigned char)t.p[i] : 0);
	return v;
}

static void sort_equal(struct shelf *s, struct radix_item *row, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (by_place(&row[i - 1], &row[i], s) > 0) {
			qsort_r(row, n, sizeof(*row), by_place, s);
			return;
		}
}

/* By the first bytes that tell documents apart; what is the same in these by
 * all the rest. */
static void order_run(struct shelf *s, struct radix_item *row, size_t n)
{
	uint64_t time = row[0].key;
	size_t from = list_documents(s, row, n), k;

	for (size_t i = 0; i < n; i++)
		row[i].key = prefix(s->document[i], from);
	radix_sort(row, n);
	for (size_t i = 0; i < n; i += k) {
		for (k = 1; i + k < n; k++)
			if (row[i + k].key != row[i].key)
				break;
		if (k > 1)
			sort_equal(s, row + i, k);
	}
	for (size_t i = 0; i < n; i++)
		row[i].key = time;
}

/* Rows lie where they came, far from each other: what is needed next is asked
 * for now. */
static inline void fetch_ahead(const struct shelf *s, size_t i)
{
	const char *bytes;

	if (i + 2 * AHEAD >= s->rows)
		return;
	__builtin_prefetch(&s->unit[s->row[i + 2 * AHEAD].who]);
	bytes = s->unit[s->row[i + AHEAD].who].bytes;
	__builtin_prefetch(bytes);
	__builtin_prefetch(bytes + 64);
	__builtin_prefetch(bytes + 128);
}

void shelf_order_to(struct shelf *s, size_t i)
{
	while (s->ordered <= i) {
		size_t from = s->ordered, to = from;

		do
			fetch_ahead(s, to++);
		while (to < s->rows && s->row[to].key == s->row[from].key);
		if (to > from + 1)
			order_run(s, s->row + from, to - from);
		s->ordered = to;
	}
}
