/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least significant byte first, bytes that all keys share left out. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parts.h"
#include "base/radix.h"

/* One stable pass over byte `b`. */
static void pass(const struct radix_item *from, struct radix_item *to,
		 size_t n, int b)
{
	size_t at[257] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[(from[i].key >> 8 * b & 0xff) + 1]++;
	for (size_t i = 0; i < 256; i++)
		at[i + 1] += at[i];
	for (size_t i = 0; i < n; i++)
		to[at[from[i].key >> 8 * b & 0xff]++] = from[i];
}

/* The bits in which keys differ; *sorted: they ascend already. */
static uint64_t differences(const struct radix_item *item, size_t n,
			    bool *sorted)
{
	uint64_t bits = 0;

	*sorted = true;
	for (size_t i = 1; i < n; i++) {
		bits |= item[i].key ^ item[i - 1].key;
		*sorted &= item[i].key >= item[i - 1].key;
	}
	return bits;
}

/* From so many on items are worth a mapping of their own, and threads. */
#define MANY ((size_t)1 << 17)

struct radix_item *radix_items(size_t n)
{
	return n < MANY ? mem_alloc(n, sizeof(struct radix_item)) :
			  mem_pages(NULL, 0, n * sizeof(struct radix_item));
}

void radix_items_free(struct radix_item *item, size_t n)
{
	if (n < MANY)
		free(item);
	else
		mem_pages_free(item, n * sizeof(*item));
}

/* The passes over bytes in which keys differ; where the items are then. */
static struct radix_item *sort(struct radix_item *from, struct radix_item *to,
			       size_t n, uint64_t bits)
{
	for (int b = 0; b < 8; b++) {
		struct radix_item *was = from;

		if (!(bits >> 8 * b & 0xff))
			continue;
		pass(from, to, n, b);
		from = to;
		to = was;
	}
	return from;
}

/* ---- several threads: each sorts a run, then runs are merged by pairs ---- */

#define RUNS_MAX 8

struct runs {
	struct radix_item *from, *to;
	size_t n;
	uint64_t bits;
	unsigned threads;	/* 2, 4 or 8: as many runs at first */
	unsigned runs;		/* that are left */
};

static size_t run_start(const struct runs *r, unsigned run)
{
	/* The same borders in each round: runs are joined by pairs. */
	return r->n * (size_t)(run * (r->threads / r->runs)) / r->threads;
}

static void sort_run(void *ctx, unsigned run)
{
	struct runs *r = ctx;
	size_t start = run_start(r, run), end = run_start(r, run + 1);

	sort(r->from + start, r->to + start, end - start, r->bits);
}

/* How many of a are among the first k of both, which are in order; of equal
 * ones a's come first. */
static size_t split(const struct radix_item *a, size_t na,
		    const struct radix_item *b, size_t nb, size_t k)
{
	size_t low = k > nb ? k - nb : 0, high = k < na ? k : na;

	while (low < high) {
		size_t i = low + (high - low) / 2;

		if (a[i].key <= b[k - i - 1].key)
			low = i + 1;
		else
			high = i;
	}
	return low;
}

/* One thread's share of a pair's merger: places first .. last-1 of it. */
static void merge(const struct radix_item *a, size_t na,
		  const struct radix_item *b, size_t nb,
		  struct radix_item *to, size_t first, size_t last)
{
	size_t i = split(a, na, b, nb, first), j = first - i;
	size_t i_end = split(a, na, b, nb, last), j_end = last - i_end;

	for (size_t k = first; k < last; k++) {
		bool is_a = j == j_end ||
			    (i < i_end && a[i].key <= b[j].key);

		to[k] = is_a ? a[i] : b[j];
		i += is_a;
		j += !is_a;
	}
}

static void merge_share(void *ctx, unsigned thread)
{
	struct runs *r = ctx;
	unsigned pairs = r->runs / 2, each = r->threads / pairs;
	unsigned pair = thread / each, share = thread % each;
	size_t start = run_start(r, 2 * pair);
	size_t middle = run_start(r, 2 * pair + 1);
	size_t end = run_start(r, 2 * pair + 2), n = end - start;

	merge(r->from + start, middle - start, r->from + middle, end - middle,
	      r->to + start, n * share / each, n * (share + 1) / each);
}

static void swap(struct runs *r)
{
	struct radix_item *was = r->from;

	r->from = r->to;
	r->to = was;
}

static struct radix_item *sort_by_threads(struct radix_item *item,
					  struct radix_item *spare, size_t n,
					  uint64_t bits, unsigned threads)
{
	struct runs r = { .from = item, .to = spare, .n = n, .bits = bits,
			  .threads = threads, .runs = threads };

	parts_run(threads, sort_run, &r);
	for (int b = 0; b < 8; b++)
		if (bits >> 8 * b & 0xff)
			swap(&r);
	for (; r.runs > 1; r.runs /= 2) {
		parts_run(threads, merge_share, &r);
		swap(&r);
	}
	return r.from;
}

static unsigned threads_for(size_t n)
{
	unsigned allowed = parts_allowed(), threads = 1;

	while (n >= MANY && threads * 2 <= allowed && threads < RUNS_MAX)
		threads *= 2;
	return threads;
}

void radix_sort(struct radix_item *item, size_t n)
{
	struct radix_item *spare, *there;
	unsigned threads = threads_for(n);
	bool sorted;
	uint64_t bits = differences(item, n, &sorted);

	if (sorted)
		return;
	spare = radix_items(n);
	there = threads > 1 ? sort_by_threads(item, spare, n, bits, threads) :
			      sort(item, spare, n, bits);
	if (there != item)
		memcpy(item, there, n * sizeof(*item));
	radix_items_free(spare, n);
}
