/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint graph: a workflow as a graph, one edge for all the events
 * that lead from one state to another. Events that leave the case in its
 * state are not drawn: the verb `workflow` lists them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/workflow_json.h"
#include "stream/common.h"

#include "cmd/complaint/picture.h"
#include "cmd/complaint/verbs.h"

struct drawing {
	const struct workflow *w;
	struct graph_node *node;
	struct graph_edge *edge;
	size_t edges, cap;
	struct arena arena;
};

static struct text shown(struct text name, struct text zh)
{
	return zh.n > 0 && strcmp(msg_lang(), "zh") == 0 ? zh : name;
}

static const char *keep(struct drawing *d, struct text t)
{
	return arena_strdup(&d->arena, t.p, t.n);
}

static void add_states(struct drawing *d)
{
	int n = workflow_states(d->w);

	d->node = mem_zalloc((size_t)n, sizeof(*d->node));
	d->node[WORKFLOW_NEW] =
		(struct graph_node){ .id = "", .shape = GRAPH_BEGIN };
	for (int s = WORKFLOW_NEW + 1; s < n; s++) {
		const struct workflow_state *state = workflow_state(d->w, s);

		d->node[s] = (struct graph_node){
			.id = keep(d, state->name),
			.label = keep(d, shown(state->name, state->zh)),
			.shape = state->closed ? GRAPH_CLOSED :
				 state->paused ? GRAPH_PAUSED : GRAPH_STATE,
		};
	}
}

/* The edge from one state to another, labelled with all its events. */
static void add_edge(struct drawing *d, int from, int to)
{
	struct buf label = { 0 };

	for (int e = 0; e < workflow_events(d->w); e++) {
		const struct workflow_event *ev = workflow_event(d->w, e);

		if (workflow_step(d->w, from, e) != to)
			continue;
		if (label.n > 0)
			buf_addc(&label, '\n');
		buf_addt(&label, shown(ev->name, ev->zh));
	}
	if (label.n > 0) {
		d->edge = mem_grow(d->edge, d->edges, &d->cap,
				   sizeof(*d->edge));
		d->edge[d->edges++] = (struct graph_edge){
			.from = (uint32_t)from, .to = (uint32_t)to,
			.label = keep(d, buf_text(&label)), .joins = true,
		};
	}
	buf_release(&label);
}

static void draw(const struct common *common, const struct workflow *w)
{
	struct drawing d = { .w = w };
	int n = workflow_states(w);
	struct graph g;

	add_states(&d);
	for (int from = 0; from < n; from++)
		for (int to = WORKFLOW_NEW + 1; to < n; to++)
			if (from != to)
				add_edge(&d, from, to);
	g = (struct graph){
		.id = keep(&d, workflow_name(w)),
		.title = keep(&d, workflow_name(w)),
		.about = tr("The states of a case, and the events that lead "
			    "from one to another."),
		.node = d.node, .nodes = (size_t)n,
		.edge = d.edge, .edges = d.edges, .in_order = true,
	};
	picture_write(common, &g);
	free(d.node);
	free(d.edge);
	arena_release(&d.arena);
}

int graph_main(int argc, char **argv)
{
	const char *name = "seven-step";
	struct workflow *w;
	struct common common;
	size_t n;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "seven-step, eight-step or FILE.json", .to = &name },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint graph", "[OPTION...]",
		"Writes a workflow as a graph: -t dot, for dot(1) of Graphviz, "
		"or -t svg, laid\nout and drawn.",
		"crm-complaint graph --workflow eight-step -o eight-step.svg",
		opts
	};

	opt_parse(&program, argc, argv, &n);
	if (n > 0)
		die_usage("a file is named by --workflow");
	picture_check(&common);
	w = workflow_json_read(name);
	draw(&common, w);
	workflow_free(w);
	return EXIT_DONE;
}
