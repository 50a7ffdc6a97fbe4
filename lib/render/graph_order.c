/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order within the ranks, for few crossings: by barycentres from rank to
 * rank, down and up, and by neighbours that change places. */
#include <stdlib.h>
#include <string.h>

#include "render/graph_in.h"

#define SWEEPS 24
#define SWAP_ROUNDS 6
#define SWAP_VERTICES 20000	/* more are not swapped: it takes long */

struct order {
	struct graph_net *net;
	double *key;		/* of a vertex: where its neighbours are */
	uint32_t *sorted;	/* room for a rank */
	uint32_t *tree;		/* counts, a binary indexed tree */
	uint32_t *best;		/* positions */
};

/* ---- crossings ---- */

static void tree_add(uint32_t *tree, size_t n, size_t at)
{
	for (size_t i = at + 1; i <= n; i += i & -i)
		tree[i]++;
}

static uint64_t tree_sum(const uint32_t *tree, size_t at)
{
	uint64_t sum = 0;

	for (size_t i = at + 1; i > 0; i -= i & -i)
		sum += tree[i];
	return sum;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Positions of the vertices below one, in order. */
static size_t below(const struct graph_net *net, const struct graph_vertex *v,
		    uint32_t *to)
{
	for (uint32_t k = 0; k < v->downs; k++)
		to[k] = net->vertex[net->link[net->down[v->first_down + k]]
					    .bottom].pos;
	if (v->downs > 1)
		qsort(to, v->downs, sizeof(*to), by_number);
	return v->downs;
}

static uint64_t crossings_below(struct order *o, size_t r)
{
	const struct graph_net *net = o->net;
	size_t n = net->row_n[r + 1];
	uint64_t crossings = 0, seen = 0;

	memset(o->tree, 0, (n + 1) * sizeof(*o->tree));
	for (size_t i = 0; i < net->row_n[r]; i++) {
		const struct graph_vertex *v = &net->vertex[net->row[r][i]];
		size_t links = below(net, v, o->sorted);

		for (size_t k = 0; k < links; k++)
			crossings += seen - tree_sum(o->tree, o->sorted[k]);
		for (size_t k = 0; k < links; k++)
			tree_add(o->tree, n, o->sorted[k]);
		seen += links;
	}
	return crossings;
}

static uint64_t crossings(struct order *o)
{
	uint64_t sum = 0;

	for (size_t r = 0; r + 1 < o->net->ranks; r++)
		sum += crossings_below(o, r);
	return sum;
}

/* ---- barycentres ---- */

/* The mean place of the neighbours above or below; its own without any. */
static double centre(const struct graph_net *net, const struct graph_vertex *v,
		     bool above)
{
	uint32_t n = above ? v->ups : v->downs;
	double sum = 0, weight = 0;

	for (uint32_t k = 0; k < n; k++) {
		const struct graph_link *l =
			&net->link[above ? net->up[v->first_up + k] :
					   net->down[v->first_down + k]];

		sum += net->vertex[above ? l->top : l->bottom].pos;
		weight += 1;
	}
	return weight > 0 ? sum / weight : v->pos;
}

/* By key, equal ones as they stand: insertion, for most stay. */
static void sort_row(struct order *o, size_t r)
{
	uint32_t *row = o->net->row[r];

	for (size_t i = 1; i < o->net->row_n[r]; i++) {
		uint32_t v = row[i];
		size_t k = i;

		for (; k > 0 && o->key[row[k - 1]] > o->key[v]; k--)
			row[k] = row[k - 1];
		row[k] = v;
	}
	for (uint32_t i = 0; i < o->net->row_n[r]; i++)
		o->net->vertex[row[i]].pos = i;
}

static void order_row(struct order *o, size_t r, bool above)
{
	struct graph_net *net = o->net;

	for (size_t i = 0; i < net->row_n[r]; i++)
		o->key[net->row[r][i]] =
			centre(net, &net->vertex[net->row[r][i]], above);
	sort_row(o, r);
}

/* ---- neighbours ---- */

/* Crossings of the links of two neighbours, u at the left. */
static uint64_t between(const struct graph_net *net,
			const struct graph_vertex *u,
			const struct graph_vertex *v, bool above)
{
	uint32_t nu = above ? u->ups : u->downs;
	uint32_t nv = above ? v->ups : v->downs;
	const uint32_t *lu = above ? &net->up[u->first_up] :
				     &net->down[u->first_down];
	const uint32_t *lv = above ? &net->up[v->first_up] :
				     &net->down[v->first_down];
	uint64_t n = 0;

	for (uint32_t i = 0; i < nu; i++)
		for (uint32_t k = 0; k < nv; k++) {
			const struct graph_link *a = &net->link[lu[i]];
			const struct graph_link *b = &net->link[lv[k]];

			n += net->vertex[above ? a->top : a->bottom].pos >
			     net->vertex[above ? b->top : b->bottom].pos;
		}
	return n;
}

static bool swap_if_better(struct graph_net *net, uint32_t *row, size_t i)
{
	struct graph_vertex *u = &net->vertex[row[i]];
	struct graph_vertex *v = &net->vertex[row[i + 1]];
	uint64_t now = between(net, u, v, true) + between(net, u, v, false);
	uint64_t then = between(net, v, u, true) + between(net, v, u, false);
	uint32_t w = row[i];

	if (then >= now)
		return false;
	row[i] = row[i + 1];
	row[i + 1] = w;
	u->pos++;
	v->pos--;
	return true;
}

static void swap_neighbours(struct graph_net *net)
{
	bool better = net->vertices <= SWAP_VERTICES;

	for (int round = 0; better && round < SWAP_ROUNDS; round++) {
		better = false;
		for (size_t r = 0; r < net->ranks; r++)
			for (size_t i = 0; i + 1 < net->row_n[r]; i++)
				better |= swap_if_better(net, net->row[r], i);
	}
}

/* ---- all of it ---- */

static void keep(struct order *o)
{
	for (size_t i = 0; i < o->net->vertices; i++)
		o->best[i] = o->net->vertex[i].pos;
}

static void put_back(struct order *o)
{
	struct graph_net *net = o->net;

	for (uint32_t i = 0; i < net->vertices; i++) {
		net->vertex[i].pos = o->best[i];
		net->row[net->vertex[i].rank][o->best[i]] = i;
	}
}

static void sweep(struct order *o, bool down)
{
	size_t ranks = o->net->ranks;

	for (size_t i = 1; i < ranks; i++)
		order_row(o, down ? i : ranks - 1 - i, down);
	swap_neighbours(o->net);
}

void graph_untangle(struct graph_net *net)
{
	struct order o = {
		.net = net,
		.key = mem_alloc(net->vertices, sizeof(*o.key)),
		.sorted = mem_alloc(net->links + 1, sizeof(*o.sorted)),
		.tree = mem_alloc(net->vertices + 2, sizeof(*o.tree)),
		.best = mem_alloc(net->vertices, sizeof(*o.best)),
	};
	uint64_t fewest = crossings(&o);

	keep(&o);
	for (int i = 0; fewest > 0 && i < SWEEPS; i++) {
		uint64_t now;

		sweep(&o, i % 2 == 0);
		now = crossings(&o);
		if (now < fewest) {
			fewest = now;
			keep(&o);
		}
	}
	put_back(&o);
	free(o.key);
	free(o.sorted);
	free(o.tree);
	free(o.best);
}
