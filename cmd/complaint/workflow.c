/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint workflow: the transitions of a workflow, one a row, or another
 * part of it.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/workflow_json.h"
#include "stream/output.h"

#include "cmd/complaint/verbs.h"

/* ---- cells of several words, set apart by blanks ---- */

static void put_cell(struct output *out, struct buf *cell)
{
	output_text(out, buf_text(cell));
	buf_clear(cell);
}

static void add_word(struct buf *cell, struct text word)
{
	if (cell->n > 0)
		buf_addc(cell, ' ');
	buf_addt(cell, word);
}

static void add_roles(struct buf *cell, const struct workflow *w,
		      uint64_t roles)
{
	for (int r = 0; r < workflow_roles(w); r++)
		if (roles >> r & 1)
			add_word(cell, workflow_role(w, r)->name);
}

static void add_states(struct buf *cell, const struct workflow *w,
		       const bool *in)
{
	for (int s = 1; s < workflow_states(w); s++)
		if (in[s])
			add_word(cell, workflow_state(w, s)->name);
}

/* "amount > 5000: director", "cause in x|y: nobody"; "; " between them. */
static void add_guards(struct buf *cell, const struct workflow *w,
		       const struct workflow_rule *rule)
{
	for (size_t i = 0; i < rule->guards; i++) {
		const struct workflow_guard *g = &rule->guard[i];

		if (i > 0)
			buf_adds(cell, ";");
		add_word(cell, workflow_field(w, g->field));
		add_word(cell, text_of(workflow_op_name(g->op)));
		for (size_t k = 0; k < g->values; k++) {
			buf_addc(cell, k ? '|' : ' ');
			buf_addt(cell, g->value[k]);
		}
		buf_addc(cell, ':');
		if (g->roles)
			add_roles(cell, w, g->roles);
		else
			add_word(cell, TEXT("nobody"));
	}
}

static const char *yes_no(bool yes)
{
	return yes ? "yes" : "no";
}

/* ---- parts ---- */

static const struct output_column transition_columns[] = {
	{ "from", COL_TEXT },	  { "event", COL_TEXT }, { "to", COL_TEXT },
	{ "ends", COL_TEXT },	  { "clock", COL_TEXT }, { "roles", COL_TEXT },
	{ "required", COL_TEXT }, { "guards", COL_TEXT },
};

static void write_transition(struct output *out, const struct workflow *w,
			     int from, int event, struct buf *cell)
{
	static const char *const clock[] = {
		[WORKFLOW_CLOCK_RUNS] = "", [WORKFLOW_CLOCK_PAUSE] = "pause",
		[WORKFLOW_CLOCK_RESUME] = "resume",
	};
	const struct workflow_event *e = workflow_event(w, event);
	const struct workflow_rule *rule = workflow_rule(w, from, event);
	const struct workflow_state *s =
		workflow_state(w, workflow_step(w, from, event));

	output_text(out, workflow_state(w, from)->name);
	output_text(out, e->name);
	output_text(out, s->name);
	output_str(out, yes_no(s->closed));
	output_str(out, s->paused ? "pause" : clock[e->clock]);
	add_roles(cell, w, rule->roles);
	put_cell(out, cell);
	for (int k = 0; k < workflow_fields(w); k++)
		if (rule->required >> k & 1)
			add_word(cell, workflow_field(w, k));
	put_cell(out, cell);
	add_guards(cell, w, rule);
	put_cell(out, cell);
	output_end(out);
}

static void write_transitions(struct output *out, const struct workflow *w,
			      struct buf *cell)
{
	for (int s = 0; s < workflow_states(w); s++)
		for (int e = 0; e < workflow_events(w); e++)
			if (workflow_step(w, s, e) != WORKFLOW_NOT)
				write_transition(out, w, s, e, cell);
}

static const struct output_column event_columns[] = {
	{ "event", COL_TEXT }, { "zh", COL_TEXT }, { "clock", COL_TEXT },
	{ "lowers_severity", COL_TEXT }, { "form", COL_TEXT },
};

static void write_events(struct output *out, const struct workflow *w,
			 struct buf *cell)
{
	static const char *const clock[] = {
		[WORKFLOW_CLOCK_RUNS] = "", [WORKFLOW_CLOCK_PAUSE] = "pause",
		[WORKFLOW_CLOCK_RESUME] = "resume",
	};

	for (int i = 0; i < workflow_events(w); i++) {
		const struct workflow_event *e = workflow_event(w, i);

		output_text(out, e->name);
		output_text(out, e->zh);
		output_str(out, clock[e->clock]);
		output_str(out, yes_no(e->lowers));
		for (size_t k = 0; k < e->forms; k++)
			add_word(cell, e->form[k]);
		put_cell(out, cell);
		output_end(out);
	}
}

static const struct output_column role_columns[] = {
	{ "role", COL_TEXT }, { "zh", COL_TEXT }, { "level", COL_INT },
	{ "severities", COL_TEXT },
};

/* The severities whose level a role has, and so those it may act for. */
static void write_roles(struct output *out, const struct workflow *w,
			struct buf *cell)
{
	for (int i = 0; i < workflow_roles(w); i++) {
		const struct workflow_role *r = workflow_role(w, i);

		output_text(out, r->name);
		output_text(out, r->zh);
		output_int(out, r->level);
		for (int s = 1; workflow_has_levels(w) &&
				s <= WORKFLOW_SEVERITIES; s++)
			if (workflow_level(w, s) <= r->level)
				add_word(cell, (struct text){ &"12345"[s - 1],
							      1 });
		put_cell(out, cell);
		output_end(out);
	}
}

static const struct output_column timer_columns[] = {
	{ "timer", COL_TEXT },	    { "zh", COL_TEXT },
	{ "from", COL_TEXT },	    { "until", COL_TEXT },
	{ "clock", COL_TEXT },	    { "deadline", COL_TEXT },
	{ "severity_1", COL_TEXT }, { "severity_2", COL_TEXT },
	{ "severity_3", COL_TEXT }, { "severity_4", COL_TEXT },
	{ "severity_5", COL_TEXT }, { "otherwise", COL_TEXT },
};

static void put_limit(struct output *out, struct workflow_limit limit)
{
	char room[TEXT_U64_BYTES + 1];

	if (limit.n == 0)
		output_empty(out);
	else
		output_text(out, (struct text){
				room, workflow_limit_format(limit, room) });
}

/* Whether it stops in every state in which it does not start. */
static bool stops_everywhere(const struct workflow *w,
			     const struct workflow_timer *t)
{
	for (int s = 1; s < workflow_states(w); s++)
		if (t->until[s] == t->from[s])
			return false;
	return true;
}

static void write_timers(struct output *out, const struct workflow *w,
			 struct buf *cell)
{
	for (int i = 0; i < workflow_timers(w); i++) {
		const struct workflow_timer *t = workflow_timer(w, i);

		output_text(out, t->name);
		output_text(out, t->zh);
		add_states(cell, w, t->from);
		put_cell(out, cell);
		if (!stops_everywhere(w, t))
			add_states(cell, w, t->until);
		put_cell(out, cell);
		output_str(out, t->working ? "working" : "wall");
		output_str(out, yes_no(t->deadline));
		for (int s = 1; s <= WORKFLOW_SEVERITIES; s++)
			put_limit(out, t->within[s]);
		put_limit(out, t->within[0]);
		output_end(out);
	}
}

static const struct output_column map_columns[] = {
	{ "state", COL_TEXT }, { "workflow", COL_TEXT }, { "means", COL_TEXT },
};

static void write_maps(struct output *out, const struct workflow *w,
		       struct buf *cell)
{
	(void)cell;
	for (size_t i = 0; i < workflow_maps(w); i++) {
		const struct workflow_pair *p = workflow_map(w, i);

		output_text(out, workflow_state(w, p->state)->name);
		output_text(out, p->other);
		output_text(out, p->means);
		output_end(out);
	}
}

/* In the order of --part. */
static const struct {
	const struct output_column *columns;
	size_t n;
	void (*write)(struct output *, const struct workflow *, struct buf *);
} part[] = {
	{ transition_columns, NELEMS(transition_columns), write_transitions },
	{ event_columns, NELEMS(event_columns), write_events },
	{ role_columns, NELEMS(role_columns), write_roles },
	{ timer_columns, NELEMS(timer_columns), write_timers },
	{ map_columns, NELEMS(map_columns), write_maps },
};

int workflow_main(int argc, char **argv)
{
	const char *name = "seven-step";
	struct workflow *w;
	struct common common;
	struct output *out;
	struct buf cell = { 0 };
	int asked = 0, status;
	size_t n;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "seven-step, eight-step or FILE.json", .to = &name },
		{ OPT_CHOICE, 0, "part",
		  "transitions|events|roles|timers|maps",
		  "what of it to write", .to = &asked },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint workflow", "[OPTION...]",
		"Writes from,event,to,ends,clock,roles,required,guards: what "
		"every event does in\nevery state, and who may give it. An "
		"empty `from` is the case that is not there\nyet.",
		"crm-complaint workflow --workflow eight-step -t table", opts
	};

	opt_parse(&program, argc, argv, &n);
	if (n > 0)
		die_usage("a file is named by --workflow");
	w = workflow_json_read(name);
	out = output_open(&common, part[asked].columns, part[asked].n);
	part[asked].write(out, w, &cell);
	status = output_close(out);
	buf_release(&cell);
	workflow_free(w);
	return status;
}
