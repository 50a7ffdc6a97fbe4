/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --alert: period scores against control limits; and --open-actions: what
 * stands out in the latest period as entries for the register of corrective
 * actions, to be piped into `crm-complaint actions append`.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/figures.h"
#include "model/control.h"

struct chart {
	struct answers a;
	struct group *groups;	/* struct control, by what follows the period */
	struct text latest;	/* period */
};

/* A point, and whose. */
struct point {
	struct text label, period, rest;
	size_t group;
	struct nps_counts counts;
	struct control_point p;
};

static void open_chart(struct chart *c, const struct nps_options *o,
		       char **files, size_t nfiles)
{
	*c = (struct chart){ .a = { .o = o, .scale = scale_cuts(o, "0-10"),
				    .usual = usual_nps } };
	if (!o->trend)
		die_usage("--trend says what a period is: week, month, quarter "
			  "or year");
	if (o->weight || o->weights)
		die_usage("control limits are of answers that all count "
			  "alike, without weights");
	c->groups = group_new(sizeof(struct control), 0, NULL, NULL);
	answers_open(&c->a, files, nfiles);
}

static void read_chart(struct chart *c)
{
	answers_read(&c->a);
	for (size_t i = 0; i < c->a.groups; i++) {
		struct text rest = group_key(c->a.by.labels, c->a.order[i]);

		text_split(&rest, '\0', &c->latest);
	}
}

/* The i-th point in the order of output; false when it has no answers. */
static bool point_of(struct chart *c, size_t i, struct point *p)
{
	struct score_group g;
	struct control *control;

	*p = (struct point){ .group = c->a.order[i] };
	g = answers_group(&c->a, p->group);
	p->counts = score_nps_counts(&g);
	score_release(&g);
	if (g.n == 0 || g.n < (uint64_t)c->a.o->min_n)
		return false;
	p->label = p->rest = group_key(c->a.by.labels, p->group);
	text_split(&p->rest, '\0', &p->period);
	control = group_entry(c->groups, group_intern(c->groups, p->rest));
	p->p = control_next(control, &p->counts);
	return true;
}

static int close_chart(struct chart *c, struct output *out)
{
	answers_close(&c->a, output_rows(out));
	group_free(c->groups);
	return output_close(out);
}

/* ---- the chart ---- */

static int run_alert(const struct nps_options *o, const char *value,
		     char **files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "n", COL_INT },	 { "nps", COL_FIXED4 },
		{ "base_n", COL_INT },	 { "centre", COL_FIXED4 },
		{ "low", COL_FIXED4 },	 { "high", COL_FIXED4 },
		{ "run", COL_INT },	 { "alert", COL_TEXT },
	};
	struct chart c;
	struct output *out;
	struct point p;

	(void)value;
	open_chart(&c, o, files, nfiles);
	out = by_open(&c.a.by, &o->common, columns, NELEMS(columns));
	read_chart(&c);
	for (size_t i = 0; i < c.a.groups; i++) {
		if (!point_of(&c, i, &p))
			continue;
		by_put(&c.a.by, p.group, out);
		output_int(out, (int64_t)(p.counts.promoters +
					  p.counts.passives +
					  p.counts.detractors));
		output_fixed4(out, p.p.nps);
		output_int(out, (int64_t)p.p.base);
		put_fixed4(out, true, p.p.centre);
		put_fixed4(out, true, p.p.low);
		put_fixed4(out, true, p.p.high);
		output_int(out, p.p.run);
		output_str(out, p.p.alert ? control_alert_names[p.p.alert] :
					    NULL);
		output_end(out);
	}
	return close_chart(&c, out);
}

const struct analysis analysis_alert = {
	.name = "alert",
	.help = "period scores out of control",
	.takes = TAKES_ANSWERS | TAKES_CUTS,
	.run = run_alert,
};

/* ---- entries for the register ---- */

/* "nps-2025-10-S1": the same alert again is the same action. */
static void put_id(struct output *out, const struct point *p)
{
	struct buf id = { 0 };
	struct text rest = p->rest, cell;

	buf_addf(&id, "nps-%.*s", (int)p->period.n, p->period.p);
	while (text_split(&rest, '\0', &cell)) {
		buf_addc(&id, '-');
		buf_addt(&id, cell);
	}
	output_text(out, buf_text(&id));
	buf_release(&id);
}

static void put_issue(struct output *out, const struct point *p)
{
	char issue[200];

	if (p->p.alert == CONTROL_LOW)
		text_putf(issue, sizeof(issue),
			  "NPS %.1f of %.*s is under the limit %.1f", p->p.nps,
			  (int)p->period.n, p->period.p, p->p.low);
	else
		text_putf(issue, sizeof(issue),
			  "NPS under its centre %.1f for %d periods, to %.*s",
			  p->p.centre, -p->p.run, (int)p->period.n,
			  p->period.p);
	output_str(out, issue);
}

static void put_action(struct output *out, const struct point *p, int32_t day)
{
	char at[DAY_BYTES];

	put_id(out, p);
	output_text(out, (struct text){ at, day_format(day, at) });
	output_str(out, "open");
	put_issue(out, p);
	output_str(out, "nps");
	output_fixed4(out, p->p.nps);
	output_end(out);
}

static int run_actions(const struct nps_options *o, const char *value,
		       char **files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "action_id", COL_TEXT }, { "at", COL_TEXT },
		{ "entry", COL_TEXT },	   { "issue", COL_TEXT },
		{ "effect_measure", COL_TEXT }, { "before", COL_FIXED4 },
	};
	struct chart c;
	struct output *out;
	struct point p;
	int32_t day;

	(void)value;
	open_chart(&c, o, files, nfiles);
	out = output_open(&o->common, columns, NELEMS(columns));
	read_chart(&c);
	day = o->common.as_of != DAY_NONE ? o->common.as_of :
					    input_last_day(c.a.in);
	for (size_t i = 0; i < c.a.groups; i++)
		if (point_of(&c, i, &p) && text_eq(p.period, c.latest) &&
		    (p.p.alert == CONTROL_LOW ||
		     p.p.alert == CONTROL_RUN_LOW))
			put_action(out, &p, day);
	return close_chart(&c, out);
}

const struct analysis analysis_open_actions = {
	.name = "open-actions",
	.help = "low scores of the latest period, for the register",
	.advanced = true,
	.takes = TAKES_ANSWERS | TAKES_CUTS,
	.run = run_actions,
};
