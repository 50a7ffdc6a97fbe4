/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order of the nodes in which little leads back. */
#include <stdlib.h>

#include "render/graph_in.h"

#define SIFT_ROUNDS 10

struct graph_beside graph_beside(const struct graph *g)
{
	struct graph_beside b = {mem_zalloc(g->nodes + 2, sizeof(*b.first)),
				 mem_alloc(2 * g->edges, sizeof(*b.edge))};

	for (size_t e = 0; e < g->edges; e++) {
		b.first[g->edge[e].from + 2]++;
		b.first[g->edge[e].to + 2]++;
	}
	for (size_t i = 2; i < g->nodes + 2; i++)
		b.first[i] += b.first[i - 1];
	for (size_t e = 0; e < g->edges; e++) {
		b.edge[b.first[g->edge[e].from + 1]++] = (uint32_t)e;
		b.edge[b.first[g->edge[e].to + 1]++] = (uint32_t)e;
	}
	return b;
}

static void move_to(uint32_t *order, uint32_t *pos, size_t from, size_t to)
{
	uint32_t node = order[from];

	for (; from < to; from++)
		order[from] = order[from + 1];
	for (; from > to; from--)
		order[from] = order[from - 1];
	order[to] = node;
	for (size_t i = 0; pos && order[i] != GRAPH_NONE; i++)
		pos[order[i]] = (uint32_t)i;
}

/*
 * The place for a node at which the least weight leads back; ends stay last.
 * gain[i]: what leading back costs more when the node stands behind the one at
 * place i.
 */
static size_t best_place(const struct graph *g, const struct graph_beside *b,
			 uint32_t node, const uint32_t *order,
			 const uint32_t *pos, double *gain)
{
	double cost = 0, best = 0;
	size_t at = 0, best_at = 0, n = g->nodes;
	size_t now = pos[node];
	double cost_now = 0;

	for (size_t i = 0; i < n; i++)
		gain[i] = 0;
	for (size_t k = b->first[node]; k < b->first[node + 1]; k++) {
		const struct graph_edge *e = &g->edge[b->edge[k]];

		if (e->from == node && e->to != node)
			gain[pos[e->to]] += graph_edge_weight(e);
		else if (e->to == node && e->from != node)
			gain[pos[e->from]] -= graph_edge_weight(e);
	}
	/* from the very front, past one after the other */
	for (size_t i = 0; i < n; i++) {
		if (i == now) {
			cost_now = cost;
			continue;
		}
		if (g->node[order[i]].shape == GRAPH_END)
			break;
		cost += gain[i];
		at++;
		if (cost < best - 1e-9) {
			best = cost;
			best_at = at;
		}
	}
	return best < cost_now - 1e-9 ? best_at : now;
}

static bool is_end(const struct graph *g, uint32_t node)
{
	return g->node[node].shape == GRAPH_BEGIN ||
	       g->node[node].shape == GRAPH_END;
}

/* The heaviest edge that leads to a node from another, or GRAPH_NONE; *ahead:
 * does one come from before it? */
static uint32_t heaviest_in(const struct graph *g, const struct graph_beside *b,
			    uint32_t node, const uint32_t *pos, bool *ahead)
{
	uint32_t best = GRAPH_NONE;

	*ahead = false;
	for (size_t k = b->first[node]; k < b->first[node + 1]; k++) {
		const struct graph_edge *e = &g->edge[b->edge[k]];

		if (e->to != node || e->from == node ||
		    g->node[e->from].shape == GRAPH_END)
			continue;
		*ahead |= pos[e->from] < pos[node];
		if (best == GRAPH_NONE || g->edge[best].weight < e->weight)
			best = b->edge[k];
	}
	return best;
}

/* What is led to only by edges that lead back stands behind where the
 * heaviest of them comes from: one goes down to it, and back from it. */
static void lead_to_all(const struct graph *g, const struct graph_beside *b,
			uint32_t *order, uint32_t *pos)
{
	bool *moved = mem_zalloc(g->nodes, sizeof(*moved));
	size_t i = 0;

	while (i < g->nodes) {
		uint32_t node = order[i];
		bool ahead;
		uint32_t edge = heaviest_in(g, b, node, pos, &ahead);

		if (edge == GRAPH_NONE || ahead || moved[node] ||
		    is_end(g, node)) {
			i++;
			continue;
		}
		moved[node] = true;
		move_to(order, pos, i, pos[g->edge[edge].from]);
	}
	free(moved);
}

static void sift(const struct graph *g, const struct graph_beside *b,
		 uint32_t *order, uint32_t *pos)
{
	double *gain = mem_alloc(g->nodes, sizeof(*gain));
	bool moved = true;

	for (int round = 0; moved && round < SIFT_ROUNDS; round++) {
		moved = false;
		for (uint32_t node = 0; node < g->nodes; node++) {
			size_t to;

			if (is_end(g, node))
				continue;
			to = best_place(g, b, node, order, pos, gain);
			moved |= to != pos[node];
			move_to(order, pos, pos[node], to);
		}
	}
	lead_to_all(g, b, order, pos);
	free(gain);
}

/* Begins first, ends last, the others as they are given. */
static void first_order(const struct graph *g, uint32_t *order)
{
	static const enum {
		FIRST,
		MIDDLE,
		LAST
	} part[] = {
		[GRAPH_BEGIN] = FIRST,	 [GRAPH_STATE] = MIDDLE,
		[GRAPH_CLOSED] = MIDDLE, [GRAPH_PAUSED] = MIDDLE,
		[GRAPH_END] = LAST,
	};
	size_t n = 0;

	for (unsigned p = FIRST; p <= LAST; p++)
		for (uint32_t i = 0; i < g->nodes; i++)
			if (part[g->node[i].shape] == p)
				order[n++] = i;
	order[n] = GRAPH_NONE;
}

/* A node that has no place yet, and its edges to and from others like it. */
struct rest {
	size_t ins, outs;
	double more; /* weight out of it, less that into it */
	bool placed;
};

static void take_out(const struct graph *g, const struct graph_beside *b,
		     struct rest *rest, uint32_t node)
{
	rest[node].placed = true;
	for (size_t k = b->first[node]; k < b->first[node + 1]; k++) {
		const struct graph_edge *e = &g->edge[b->edge[k]];

		if (e->from == node && e->to != node) {
			rest[e->to].ins--;
			rest[e->to].more += graph_edge_weight(e);
		} else if (e->to == node && e->from != node) {
			rest[e->from].outs--;
			rest[e->from].more -= graph_edge_weight(e);
		}
	}
}

static struct rest *all_unplaced(const struct graph *g)
{
	struct rest *rest = mem_zalloc(g->nodes, sizeof(*rest));

	for (size_t e = 0; e < g->edges; e++) {
		const struct graph_edge *x = &g->edge[e];

		if (x->from == x->to)
			continue;
		rest[x->from].outs++;
		rest[x->from].more += graph_edge_weight(x);
		rest[x->to].ins++;
		rest[x->to].more -= graph_edge_weight(x);
	}
	return rest;
}

/* Of those without a place: one that leads nowhere, else one that nothing
 * leads to, else the one with the most weight ahead. */
static uint32_t next_taken(const struct graph *g, const struct rest *rest)
{
	uint32_t source = GRAPH_NONE, best = GRAPH_NONE;

	for (uint32_t i = 0; i < g->nodes; i++) {
		if (rest[i].placed)
			continue;
		if (rest[i].outs == 0)
			return i;
		if (rest[i].ins == 0 && source == GRAPH_NONE)
			source = i;
		if (best == GRAPH_NONE || rest[i].more > rest[best].more)
			best = i;
	}
	return source != GRAPH_NONE ? source : best;
}

/*
 * An order to sift from: P. Eades, X. Lin, W. F. Smyth, "A fast and effective
 * heuristic for the feedback arc set problem", Inf. Process. Lett. 47 (1993)
 * 319-323, with weights. Nothing leads back in a graph without cycles.
 */
static void greedy_order(const struct graph *g, const struct graph_beside *b,
			 uint32_t *order)
{
	struct rest *rest = all_unplaced(g);
	size_t front = 0, behind = g->nodes, left;

	while (behind > 0 && g->node[order[behind - 1]].shape == GRAPH_END)
		take_out(g, b, rest, order[--behind]);
	while (front < behind && g->node[order[front]].shape == GRAPH_BEGIN)
		take_out(g, b, rest, order[front++]);
	for (left = behind - front; left > 0; left--) {
		uint32_t node = next_taken(g, rest);

		order[rest[node].outs ? front++ : --behind] = node;
		take_out(g, b, rest, node);
	}
	free(rest);
}

void graph_in_progress(const struct graph *g, const struct graph_beside *b,
		       uint32_t *order, uint32_t *pos)
{
	first_order(g, order);
	if (!g->in_order)
		greedy_order(g, b, order);
	move_to(order, pos, 0, 0);
	if (!g->in_order)
		sift(g, b, order, pos);
}
