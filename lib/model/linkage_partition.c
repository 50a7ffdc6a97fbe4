/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settled pairs first make nodes of things; all else happens between nodes.
 * A set (the piece in work) is a slice of one array of nodes, ordered by
 * component, so that everything is walked in ascending order.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_partition.h"

#define CLIP	    6.0 /* log odds of one pair in a mean, either way */
#define DENSE_CELLS ((size_t)LINKAGE_DENSE_MAX * LINKAGE_DENSE_MAX)
#define NODE_SAMPLE 24	/* things of a node that speak for it */

/* Union-find whose root is the smallest member. */
static uint32_t root(uint32_t *up, uint32_t i)
{
	while (up[i] != i) {
		up[i] = up[up[i]];
		i = up[i];
	}
	return i;
}

static void join(uint32_t *up, uint32_t a, uint32_t b)
{
	uint32_t ra = root(up, a), rb = root(up, b);

	if (ra < rb)
		up[rb] = ra;
	else
		up[ra] = rb;
}

static void alone(uint32_t *up, size_t n)
{
	for (size_t i = 0; i < n; i++)
		up[i] = (uint32_t)i;
}

/* All to their roots: a root comes before its members. */
static void flatten(uint32_t *up, size_t n)
{
	for (size_t i = 0; i < n; i++)
		up[i] = up[up[i]];
}

/* Slices: members of group g are at[start[g]] .. at[start[g + 1] - 1]. */
struct slices {
	uint32_t *start, *at;
};

static struct slices slices_by(const uint32_t *group, size_t n)
{
	struct slices s = { mem_zalloc(n + 1, sizeof(uint32_t)),
			    mem_alloc(n, sizeof(uint32_t)) };

	for (size_t i = 0; i < n; i++)
		s.start[group[i] + 1]++;
	for (size_t i = 0; i < n; i++)
		s.start[i + 1] += s.start[i];
	for (size_t i = n; i-- > 0;)
		s.at[--s.start[group[i] + 1]] = (uint32_t)i;
	/* Each start[g + 1] has come down to where g begins. */
	memmove(s.start, s.start + 1, n * sizeof(uint32_t));
	s.start[n] = (uint32_t)n;
	return s;
}

static void slices_free(struct slices *s)
{
	free(s->start);
	free(s->at);
}

/* The work on one partition. */
struct work {
	const struct linkage_partition *in;
	struct linkage_partition_counts *counts;
	uint32_t *node;		/* of each thing */
	struct slices things;	/* of each node */
	uint32_t *label;	/* of each node, until the end */
	uint32_t *piece;	/* components while the threshold rises */
	uint32_t *slot;		/* of a node in the piece in work */
	struct linkage_edge *apart; /* settled as two, by their nodes */
	size_t apart_n;
	double clip;
	/* The matrix of mean odds, what each mean weighs, and what belongs to
	 * each row. */
	float *mean, *weight;
	uint32_t best[LINKAGE_DENSE_MAX];
	bool gone[LINKAGE_DENSE_MAX];
};

static float *cell(struct work *w, size_t i, size_t j)
{
	return &w->mean[i * LINKAGE_DENSE_MAX + j];
}

static float *cell_weight(struct work *w, size_t i, size_t j)
{
	return &w->weight[i * LINKAGE_DENSE_MAX + j];
}

static uint32_t speakers(const struct work *w, uint32_t node)
{
	uint32_t n = w->things.start[node + 1] - w->things.start[node];

	return n < NODE_SAMPLE ? n : NODE_SAMPLE;
}

/* Mean of the clipped odds between two nodes; -HUGE_VAL: contradiction. */
static double between(const struct work *w, uint32_t a, uint32_t b,
		      double *weight)
{
	const uint32_t *x = w->things.at + w->things.start[a];
	const uint32_t *y = w->things.at + w->things.start[b];
	uint32_t nx = speakers(w, a), ny = speakers(w, b);
	double sum = 0;

	*weight = 0;
	for (uint32_t i = 0; i < nx; i++) {
		for (uint32_t j = 0; j < ny; j++) {
			double of_pair = 1;
			double odds = w->in->odds(w->in->ctx, x[i], y[j],
						  &of_pair);

			if (odds == -HUGE_VAL) {
				*weight = 1;
				return odds;
			}
			sum += of_pair * fmin(fmax(odds, -w->clip), w->clip);
			*weight += of_pair;
		}
	}
	return sum / *weight;
}

static int by_ends(const void *a, const void *b)
{
	const struct linkage_edge *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* Marks what is settled as apart in the matrix of a piece of k nodes. */
static void mark_apart(struct work *w, const uint32_t *node, size_t k)
{
	for (size_t i = 0; i < k && w->apart_n > 0; i++) {
		struct linkage_edge key = { .a = node[i] };
		size_t lo = 0, hi = w->apart_n;

		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;

			if (by_ends(&w->apart[mid], &key) < 0)
				lo = mid + 1;
			else
				hi = mid;
		}
		for (; lo < w->apart_n && w->apart[lo].a == node[i]; lo++) {
			uint32_t j = w->slot[w->apart[lo].b];

			if (j < k && node[j] == w->apart[lo].b)
				*cell(w, i, j) = *cell(w, j, i) = -INFINITY;
		}
	}
}

static void fill(struct work *w, const uint32_t *node, size_t k)
{
	for (size_t i = 0; i < k; i++) {
		w->slot[node[i]] = (uint32_t)i;
		w->gone[i] = false;
		for (size_t j = 0; j < i; j++) {
			double weight;
			double mean = between(w, node[j], node[i], &weight);

			*cell(w, i, j) = *cell(w, j, i) = (float)mean;
			*cell_weight(w, i, j) = *cell_weight(w, j, i) =
				(float)weight;
		}
	}
	mark_apart(w, node, k);
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < i; j++)
			if (*cell(w, i, j) == -INFINITY)
				w->counts->contradictions++;
}

/* The row's most likely partner after it; itself when there is none. */
static void seek(struct work *w, size_t i, size_t k)
{
	w->best[i] = (uint32_t)i;
	for (size_t j = i + 1; j < k; j++) {
		if (w->gone[j])
			continue;
		if (w->best[i] == i || *cell(w, i, j) > *cell(w, i, w->best[i]))
			w->best[i] = (uint32_t)j;
	}
}

/* Row j goes into row i < j: weighted means, contradictions stay. */
static void merge(struct work *w, size_t i, size_t j, size_t k)
{
	w->gone[j] = true;
	for (size_t x = 0; x < k; x++) {
		float a = *cell_weight(w, i, x), b = *cell_weight(w, j, x);

		if (w->gone[x] || x == i)
			continue;
		*cell(w, i, x) = *cell(w, x, i) =
			(a * *cell(w, i, x) + b * *cell(w, j, x)) / (a + b);
		*cell_weight(w, i, x) = *cell_weight(w, x, i) = a + b;
	}
	for (size_t x = 0; x < j; x++) {
		if (w->gone[x])
			continue;
		if (x == i || w->best[x] == i || w->best[x] == j)
			seek(w, x, k);
		else if (x < i && *cell(w, x, i) > *cell(w, x, w->best[x]))
			w->best[x] = (uint32_t)i;
	}
}

/* Average linkage in a piece: always the two of the highest mean. */
static void agglomerate(struct work *w, const uint32_t *node, size_t k)
{
	size_t left = k;

	fill(w, node, k);
	for (size_t i = 0; i < k; i++)
		seek(w, i, k);
	while (left > 1) {
		size_t top = k;
		float highest = -INFINITY;

		for (size_t i = 0; i < k; i++) {
			if (w->gone[i] || w->best[i] == i ||
			    *cell(w, i, w->best[i]) <= highest)
				continue;
			highest = *cell(w, i, w->best[i]);
			top = i;
		}
		if (top == k || highest < w->in->at)
			break;
		left--;
		join(w->label, node[top], node[w->best[top]]);
		merge(w, top, w->best[top], k);
	}
	w->counts->components_cut += left > 1;
}

/* Components of the nodes by the edges of at least `at`, one edge alone being
 * no reason against a contradiction. */
static void connect(struct work *w, uint32_t *up, const struct linkage_edge *e,
		    size_t n, double at)
{
	for (size_t i = 0; i < n; i++)
		if (e[i].odds >= at)
			join(up, w->node[e[i].a], w->node[e[i].b]);
}

/* The edges within pieces that are too large; returns how many. */
static size_t left_over(struct work *w, const struct slices *s,
			struct linkage_edge *e, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t p = w->piece[w->node[e[i].a]];

		if (p == w->piece[w->node[e[i].b]] &&
		    s->start[p + 1] - s->start[p] > LINKAGE_DENSE_MAX)
			e[kept++] = e[i];
	}
	return kept;
}

static bool works(const struct slices *s, uint32_t p)
{
	uint32_t k = s->start[p + 1] - s->start[p];

	return k > 1 && k <= LINKAGE_DENSE_MAX;
}

/* Nodes whose piece is done leave the next round as pieces of one. */
static void agglomerate_all(struct work *w, const uint32_t *component)
{
	const struct linkage_partition *in = w->in;
	size_t n = in->n, edges = in->edges;
	struct linkage_edge *e = mem_alloc(edges, sizeof(*e));
	double at = in->at;

	if (edges)
		memcpy(e, in->edge, edges * sizeof(*e));
	for (size_t i = 0; i < n; i++)
		w->piece[i] = w->node[i] == i ? component[i] : (uint32_t)i;
	for (;;) {
		struct slices s = slices_by(w->piece, n);

		for (uint32_t p = 0; p < n; p++)
			if (works(&s, p))
				agglomerate(w, s.at + s.start[p],
					    s.start[p + 1] - s.start[p]);
		edges = left_over(w, &s, e, edges);
		slices_free(&s);
		if (edges == 0)
			break;
		at += 1;
		alone(w->piece, n);
		connect(w, w->piece, e, edges, at);
		flatten(w->piece, n);
	}
	free(e);
}

/* Nodes by what is settled; false when a node would hold a pair apart. */
static bool settle(struct work *w)
{
	const struct linkage_partition *in = w->in;
	bool sound = true;

	alone(w->node, in->n);
	for (size_t i = 0; i < in->settled_n; i++)
		if (in->settled[i].same)
			join(w->node, in->settled[i].a, in->settled[i].b);
	flatten(w->node, in->n);
	for (size_t i = 0; i < in->settled_n; i++) {
		uint32_t a = w->node[in->settled[i].a];
		uint32_t b = w->node[in->settled[i].b];

		if (in->settled[i].same)
			continue;
		sound &= a != b;
		w->apart[w->apart_n].a = a;
		w->apart[w->apart_n++].b = b;
	}
	if (w->apart_n)
		qsort(w->apart, w->apart_n, sizeof(*w->apart), by_ends);
	return sound;
}

static void count(const uint32_t *label, size_t n,
		  struct linkage_partition_counts *c)
{
	uint32_t *size = mem_zalloc(n, sizeof(*size));

	for (size_t i = 0; i < n; i++) {
		c->clusters += label[i] == i;
		if (++size[label[i]] > c->largest)
			c->largest = size[label[i]];
	}
	free(size);
}

bool linkage_partition(const struct linkage_partition *in, uint32_t *label,
		       uint32_t *component, struct linkage_partition_counts *c)
{
	size_t n = in->n;
	struct work w = { .in = in, .counts = c, .label = label };
	bool sound;

	*c = (struct linkage_partition_counts){ 0 };
	w.clip = fmax(CLIP, in->at + 1);
	w.node = mem_alloc(n, sizeof(*w.node));
	w.piece = mem_alloc(n, sizeof(*w.piece));
	w.slot = mem_zalloc(n, sizeof(*w.slot));
	w.apart = mem_zalloc(in->settled_n, sizeof(*w.apart));
	w.mean = mem_alloc(DENSE_CELLS, sizeof(*w.mean));
	w.weight = mem_alloc(DENSE_CELLS, sizeof(*w.weight));
	sound = settle(&w);
	w.things = slices_by(w.node, n);
	memcpy(label, w.node, n * sizeof(*label));
	memcpy(component, w.node, n * sizeof(*component));
	if (sound) {
		connect(&w, component, in->edge, in->edges, in->at);
		flatten(component, n);
		agglomerate_all(&w, component);
		flatten(label, n);
	}
	count(label, n, c);
	slices_free(&w.things);
	free(w.node);
	free(w.piece);
	free(w.slot);
	free(w.apart);
	free(w.mean);
	free(w.weight);
	return sound;
}
