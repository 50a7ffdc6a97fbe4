/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A graph to its layout, and to DOT. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "render/graph_in.h"

void graph_lay_out(const struct graph *g, struct graph_plan *plan)
{
	struct graph_net net = { .g = g, .plan = plan };
	size_t nodes = g->nodes, edges = g->edges;

	*plan = (struct graph_plan){ 0 };
	plan->node = arena_alloc(&plan->arena, nodes * sizeof(*plan->node));
	plan->words = arena_alloc(&plan->arena, nodes * sizeof(*plan->words));
	plan->edge = arena_alloc(&plan->arena, edges * sizeof(*plan->edge));
	for (size_t i = 0; i < nodes; i++) {
		plan->node[i] = (struct graph_box){ 0 };
		plan->words[i] = (struct graph_words){ 0 };
	}
	for (size_t e = 0; e < edges; e++)
		plan->edge[e] = (struct graph_line){ 0 };
	net.node_rank = mem_zalloc(nodes, sizeof(*net.node_rank));
	graph_rank(&net);
	graph_build(&net);
	graph_untangle(&net);
	graph_place(&net);
	graph_route(&net);
	free(net.node_rank);
	free(net.vertex);
	free(net.link);
	free(net.up);
	free(net.down);
	free(net.chain);
	free(net.row);
	free(net.row_n);
	free(net.row_y);
	free(net.row_h);
	arena_release(&net.arena);
}

void graph_plan_release(struct graph_plan *plan)
{
	arena_release(&plan->arena);
}

/* ---- DOT ---- */

/* Inside a quoted string of DOT. A line ends as `\n`; other control bytes
 * are shown. */
static void add_quoted(struct buf *b, const char *s)
{
	struct text rest = text_of(s), line;
	struct buf shown = { 0 };
	bool more = false;

	buf_addc(b, '"');
	while (rest.n > 0 && text_split(&rest, '\n', &line)) {
		buf_clear(&shown);
		utf8_show(&shown, line, line.n + 1);
		buf_adds(b, more ? "\\n" : "");
		more = true;
		for (size_t i = 0; i < shown.n; i++) {
			if (shown.p[i] == '"' || shown.p[i] == '\\')
				buf_addc(b, '\\');
			buf_addc(b, shown.p[i]);
		}
	}
	buf_addc(b, '"');
	buf_release(&shown);
}

/* A label and its small line, as one string. */
static void add_label(struct buf *b, const char *label, const char *sub)
{
	struct buf both = { 0 };

	buf_adds(&both, label ? label : "");
	if (sub) {
		buf_adds(&both, "\n");
		buf_adds(&both, sub);
	}
	buf_adds(b, "label=");
	add_quoted(b, both.n ? both.p : "");
	buf_release(&both);
}

static void add_node(struct buf *b, const struct graph_node *n)
{
	static const char *const look[] = {
		[GRAPH_STATE] = "", [GRAPH_CLOSED] = ", peripheries=2",
		[GRAPH_PAUSED] = ", style=\"rounded,dashed\"",
		[GRAPH_BEGIN] = "shape=point", [GRAPH_END] =
			"shape=doublecircle, label=\"\", width=0.15",
	};

	buf_addc(b, '\t');
	add_quoted(b, n->id);
	buf_adds(b, " [");
	if (n->shape != GRAPH_BEGIN && n->shape != GRAPH_END)
		add_label(b, n->label, n->sub);
	buf_adds(b, look[n->shape]);
	buf_adds(b, "];\n");
}

static void add_edge(struct buf *b, const struct graph *g,
		     const struct graph_edge *e)
{
	buf_addc(b, '\t');
	add_quoted(b, g->node[e->from].id);
	buf_adds(b, " -> ");
	add_quoted(b, g->node[e->to].id);
	buf_adds(b, " [");
	add_label(b, e->label, e->sub);
	if (e->weight > 0)
		buf_addf(b, ", penwidth=%.1f", 1 + 5 * e->weight);
	buf_adds(b, "];\n");
}

void graph_dot(struct buf *b, const struct graph *g)
{
	buf_adds(b, "digraph ");
	add_quoted(b, g->id);
	buf_adds(b, " {\n\trankdir=TB;\n\tnode [shape=box, style=rounded];\n");
	if (g->note) {
		buf_adds(b, "\t");
		add_label(b, g->note, NULL);
		buf_adds(b, ";\n");
	}
	for (size_t i = 0; i < g->nodes; i++)
		add_node(b, &g->node[i]);
	for (size_t i = 0; i < g->edges; i++)
		add_edge(b, g, &g->edge[i]);
	buf_adds(b, "}\n");
}
