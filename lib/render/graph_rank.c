/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which edges lead back, and the ranks of nodes. */
#include <stdlib.h>

#include "render/graph_in.h"

#define SIFT_ROUNDS 10
#define BALANCE_ROUNDS 8

static double weight_of(const struct graph_edge *e)
{
	return 0.01 + e->weight;
}

/* ---- an order in which little leads back ---- */

/* The edges of each node: to[first[i]] .. to[first[i + 1] - 1]. */
struct beside {
	size_t *first;
	uint32_t *edge;
};

static struct beside beside_nodes(const struct graph *g)
{
	struct beside b = { mem_zalloc(g->nodes + 2, sizeof(*b.first)),
			    mem_alloc(2 * g->edges, sizeof(*b.edge)) };

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
static size_t best_place(const struct graph *g, const struct beside *b,
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
			gain[pos[e->to]] += weight_of(e);
		else if (e->to == node && e->from != node)
			gain[pos[e->from]] -= weight_of(e);
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
static uint32_t heaviest_in(const struct graph *g, const struct beside *b,
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
static void lead_to_all(const struct graph *g, const struct beside *b,
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

static void sift(const struct graph *g, uint32_t *order, uint32_t *pos)
{
	struct beside b = beside_nodes(g);
	double *gain = mem_alloc(g->nodes, sizeof(*gain));
	bool moved = true;

	for (int round = 0; moved && round < SIFT_ROUNDS; round++) {
		moved = false;
		for (uint32_t node = 0; node < g->nodes; node++) {
			size_t to;

			if (is_end(g, node))
				continue;
			to = best_place(g, &b, node, order, pos, gain);
			moved |= to != pos[node];
			move_to(order, pos, pos[node], to);
		}
	}
	lead_to_all(g, &b, order, pos);
	free(gain);
	free(b.first);
	free(b.edge);
}

/* Begins first, ends last, the others as they are given. */
static void first_order(const struct graph *g, uint32_t *order)
{
	static const enum { FIRST, MIDDLE, LAST } part[] = {
		[GRAPH_BEGIN] = FIRST, [GRAPH_STATE] = MIDDLE,
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

/* ---- ranks ---- */

struct span {
	uint32_t low, high;	/* ranks that a node may have */
	double up, down;	/* weight of its edges */
};

/* The upper and the lower end of an edge. */
static uint32_t upper(const struct graph_net *net, size_t e)
{
	const struct graph_edge *x = &net->g->edge[e];

	return net->plan->edge[e].back ? x->to : x->from;
}

static uint32_t lower(const struct graph_net *net, size_t e)
{
	const struct graph_edge *x = &net->g->edge[e];

	return net->plan->edge[e].back ? x->from : x->to;
}

/* Every node as high as its edges from above allow. */
static void longest_paths(struct graph_net *net, const struct beside *b,
			  const uint32_t *order)
{
	for (size_t i = 0; i < net->g->nodes; i++) {
		uint32_t node = order[i];

		for (size_t k = b->first[node]; k < b->first[node + 1]; k++) {
			uint32_t top = upper(net, b->edge[k]);

			if (top != node && lower(net, b->edge[k]) == node &&
			    net->node_rank[top] >= net->node_rank[node])
				net->node_rank[node] = net->node_rank[top] + 1;
		}
	}
}

static struct span span_of(const struct graph_net *net, const struct beside *b,
			   uint32_t node)
{
	struct span s = { .high = GRAPH_NONE };

	for (size_t k = b->first[node]; k < b->first[node + 1]; k++) {
		size_t e = b->edge[k];
		uint32_t top = upper(net, e), bottom = lower(net, e);

		if (top == bottom)
			continue;
		if (top == node) {
			s.down += weight_of(&net->g->edge[e]);
			if (net->node_rank[bottom] - 1 < s.high)
				s.high = net->node_rank[bottom] - 1;
		} else {
			s.up += weight_of(&net->g->edge[e]);
			if (net->node_rank[top] + 1 > s.low)
				s.low = net->node_rank[top] + 1;
		}
	}
	return s;
}

/* Nodes drawn towards the side on which they have more weight. */
static void balance(struct graph_net *net, const struct beside *b,
		    const uint32_t *order)
{
	bool moved = true;

	for (int round = 0; moved && round < BALANCE_ROUNDS; round++) {
		moved = false;
		for (size_t i = net->g->nodes; i-- > 0;) {
			struct span s = span_of(net, b, order[i]);
			uint32_t *rank = &net->node_rank[order[i]];
			uint32_t to = s.down > s.up ? s.high :
				      s.up > s.down ? s.low : *rank;

			moved |= to != *rank;
			*rank = to;
		}
	}
}

/* Of all nodes that are not ends. */
static uint32_t last_rank(const struct graph_net *net)
{
	uint32_t last = 0;

	for (size_t i = 0; i < net->g->nodes; i++)
		if (net->g->node[i].shape != GRAPH_END &&
		    net->node_rank[i] > last)
			last = net->node_rank[i];
	return last;
}

/* Ends go to the very bottom; ranks that nobody has are taken out. */
static void close_up(struct graph_net *net)
{
	uint32_t last = last_rank(net) + 1, n = 0;
	uint32_t *number = mem_zalloc((size_t)last + 1, sizeof(*number));

	for (size_t i = 0; i < net->g->nodes; i++) {
		if (net->g->node[i].shape == GRAPH_END)
			net->node_rank[i] = last;
		number[net->node_rank[i]] = 1;
	}
	for (uint32_t r = 0; r <= last; r++) {
		uint32_t used = number[r];

		number[r] = n;
		n += used;
	}
	for (size_t i = 0; i < net->g->nodes; i++)
		net->node_rank[i] = number[net->node_rank[i]];
	net->ranks = n;
	free(number);
}

void graph_rank(struct graph_net *net)
{
	const struct graph *g = net->g;
	struct beside b = beside_nodes(g);
	uint32_t *order = mem_alloc(g->nodes + 1, sizeof(*order));
	uint32_t *pos = mem_alloc(g->nodes, sizeof(*pos));

	first_order(g, order);
	move_to(order, pos, 0, 0);
	if (!g->in_order)
		sift(g, order, pos);
	for (size_t e = 0; e < g->edges; e++)
		net->plan->edge[e].back =
			pos[g->edge[e].from] > pos[g->edge[e].to];
	longest_paths(net, &b, order);
	balance(net, &b, order);
	close_up(net);
	free(order);
	free(pos);
	free(b.first);
	free(b.edge);
}
