/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of times and of what a workflow asks. */
#include "base/msg.h"

#include "cmd/complaint/timecells.h"

void timecells_one_case(const struct common *common)
{
	if (common->wheres.n > 0 || common->by || common->period ||
	    common->since != DAY_NONE || common->until != DAY_NONE)
		die_usage("--where, --by and the period choose among cases; "
			  "here one is named");
}

void timecells_instant(struct output *out, struct place *place, int64_t us)
{
	if (us == CASEWORK_NO_TIME)
		output_empty(out);
	else
		output_instant(out, us, place_zone(place, us));
}

void timecells_yes(struct output *out, bool yes)
{
	output_str(out, yes ? "yes" : "no");
}

void timecells_minutes(struct output *out, int64_t us)
{
	output_int(out, us / INSTANT_MINUTE);
}

void timecells_step(struct output *out, int64_t before, int64_t total)
{
	output_int(out, total / INSTANT_MINUTE - before / INSTANT_MINUTE);
}

void timecells_limit(struct output *out, struct workflow_limit limit)
{
	char to[TEXT_U64_BYTES + 1];

	if (limit.n > 0)
		output_text(out, (struct text){
			to, workflow_limit_format(limit, to) });
	else
		output_empty(out);
}

static void add_roles(struct buf *b, const struct workflow *w, uint64_t roles)
{
	const char *between = "";

	for (int r = 0; r < workflow_roles(w); r++) {
		if (!(roles >> r & 1))
			continue;
		buf_adds(b, between);
		buf_addt(b, workflow_role(w, r)->name);
		between = "|";
	}
}

static void put(struct output *out, struct buf *b)
{
	output_text(out, buf_text(b));
	buf_release(b);
}

void timecells_roles(struct output *out, const struct workflow *w,
		     uint64_t roles)
{
	struct buf b = { 0 };

	add_roles(&b, w, roles);
	put(out, &b);
}

void timecells_required(struct output *out, const struct workflow *w,
			const struct workflow_rule *rule)
{
	struct buf b = { 0 };

	for (int f = 0; f < workflow_fields(w); f++) {
		if (!(rule->required >> f & 1))
			continue;
		if (b.n > 0)
			buf_addc(&b, '|');
		buf_addt(&b, workflow_field(w, f));
	}
	put(out, &b);
}

static void add_guard(struct buf *b, const struct workflow *w,
		      const struct workflow_guard *g)
{
	buf_addt(b, workflow_field(w, g->field));
	buf_addf(b, " %s ", workflow_op_name(g->op));
	for (size_t i = 0; i < g->values; i++) {
		if (i > 0)
			buf_addc(b, '|');
		buf_addt(b, g->value[i]);
	}
	buf_adds(b, ": ");
	if (g->roles)
		add_roles(b, w, g->roles);
	else
		buf_adds(b, "refused");
}

void timecells_guards(struct output *out, const struct workflow *w,
		      const struct workflow_rule *rule)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < rule->guards; i++) {
		if (i > 0)
			buf_adds(&b, "; ");
		add_guard(&b, w, &rule->guard[i]);
	}
	put(out, &b);
}
