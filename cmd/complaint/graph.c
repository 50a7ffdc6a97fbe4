/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint graph: a workflow as a graph in DOT, one edge for all the
 * events that lead from one state to another. Events that leave the case in
 * its state are not drawn: the verb `workflow` lists them.
 */
#include <string.h>

#include "base/msg.h"
#include "canon/workflow_json.h"
#include "stream/common.h"
#include "stream/sink.h"

#include "cmd/complaint/verbs.h"

static struct text shown(struct text name, struct text zh)
{
	return zh.n > 0 && strcmp(msg_lang(), "zh") == 0 ? zh : name;
}

/* Inside a quoted string of DOT. */
static void put_quoted(struct sink *out, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '"' || t.p[i] == '\\')
			sink_puts(out, "\\");
		sink_put(out, &t.p[i], 1);
	}
}

static void put_name(struct sink *out, struct text name)
{
	sink_puts(out, "\"");
	put_quoted(out, name);
	sink_puts(out, "\"");
}

static void put_state(struct sink *out, const struct workflow_state *s)
{
	sink_puts(out, "\t");
	put_name(out, s->name);
	sink_puts(out, " [label=");
	put_name(out, shown(s->name, s->zh));
	if (s->closed)
		sink_puts(out, ", peripheries=2");
	if (s->paused)
		sink_puts(out, ", style=\"rounded,dashed\"");
	sink_puts(out, "];\n");
}

/* The edge from one state to another, labelled with all its events. */
static void put_edge(struct sink *out, const struct workflow *w, int from,
		     int to)
{
	bool begun = false;

	for (int e = 0; e < workflow_events(w); e++) {
		const struct workflow_event *ev = workflow_event(w, e);

		if (from == to || workflow_step(w, from, e) != to)
			continue;
		if (begun) {
			sink_puts(out, "\\n");
		} else {
			sink_puts(out, "\t");
			put_name(out, workflow_state(w, from)->name);
			sink_puts(out, " -> ");
			put_name(out, workflow_state(w, to)->name);
			sink_puts(out, " [label=\"");
		}
		put_quoted(out, shown(ev->name, ev->zh));
		begun = true;
	}
	if (begun)
		sink_puts(out, "\"];\n");
}

static void put_graph(struct sink *out, const struct workflow *w)
{
	sink_puts(out, "digraph ");
	put_name(out, workflow_name(w));
	sink_puts(out, " {\n\trankdir=TB;\n"
		       "\tnode [shape=box, style=rounded];\n"
		       "\t\"\" [shape=point];\n");
	for (int s = 1; s < workflow_states(w); s++)
		put_state(out, workflow_state(w, s));
	for (int from = 0; from < workflow_states(w); from++)
		for (int to = 1; to < workflow_states(w); to++)
			put_edge(out, w, from, to);
	sink_puts(out, "}\n");
}

int graph_main(int argc, char **argv)
{
	const char *name = "seven-step";
	struct workflow *w;
	struct common common;
	struct sink *out;
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
		"Writes a workflow as a graph in DOT, for dot(1) of Graphviz.",
		"crm-complaint graph --workflow eight-step | dot -Tsvg", opts
	};

	opt_parse(&program, argc, argv, &n);
	if (n > 0)
		die_usage("a file is named by --workflow");
	w = workflow_json_read(name);
	out = sink_open(common.output, SINK_PLAIN);
	put_graph(out, w);
	sink_close(out);
	workflow_free(w);
	return EXIT_DONE;
}
