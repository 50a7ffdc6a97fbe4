/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-complaint workflow: the transitions of a workflow, one a row. */
#include "base/mem.h"
#include "base/msg.h"
#include "canon/workflow_json.h"
#include "stream/output.h"

#include "cmd/complaint/verbs.h"

static const struct output_column columns[] = {
	{ "from", COL_TEXT },  { "event", COL_TEXT }, { "to", COL_TEXT },
	{ "ends", COL_TEXT }, { "clock", COL_TEXT },
};

static void write_row(struct output *out, const struct workflow *w, int from,
		      int event, int to)
{
	static const char *const clock[] = {
		[WORKFLOW_CLOCK_RUNS] = "", [WORKFLOW_CLOCK_PAUSE] = "pause",
		[WORKFLOW_CLOCK_RESUME] = "resume",
	};
	const struct workflow_event *e = workflow_event(w, event);
	const struct workflow_state *s = workflow_state(w, to);

	output_text(out, workflow_state(w, from)->name);
	output_text(out, e->name);
	output_text(out, s->name);
	output_str(out, s->closed ? "yes" : "no");
	output_str(out, s->paused ? "pause" : clock[e->clock]);
	output_end(out);
}

int workflow_main(int argc, char **argv)
{
	const char *name = "seven-step";
	struct workflow *w;
	struct common common;
	struct output *out;
	size_t n;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "seven-step, eight-step or FILE.json", .to = &name },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint workflow", "[OPTION...]",
		"Writes from,event,to,ends,clock: what every event does in "
		"every state.\nAn empty `from` is the case that is not there "
		"yet.",
		"crm-complaint workflow --workflow eight-step -t table", opts
	};

	opt_parse(&program, argc, argv, &n);
	if (n > 0)
		die_usage("a file is named by --workflow");
	w = workflow_json_read(name);
	out = output_open(&common, columns, NELEMS(columns));
	for (int s = 0; s < workflow_states(w); s++) {
		for (int e = 0; e < workflow_events(w); e++) {
			int to = workflow_step(w, s, e);

			if (to != WORKFLOW_NOT)
				write_row(out, w, s, e, to);
		}
	}
	status = output_close(out);
	workflow_free(w);
	return status;
}
