/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --decompose: the change of the net promoter score from each period to the
 * next in parts, by group of --by: because other groups answered (mix), and
 * because groups score otherwise (score).
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/answers.h"
#include "model/npsmix.h"

/* What a period's rows are made of; both ends of a change. */
struct change {
	struct text before, now;	/* the periods */
	struct group *groups;		/* struct npsmix, by the cells of --by */
};

static struct text period_of(const struct answers *a, size_t group,
			     struct text *rest)
{
	struct text period;

	*rest = group_key(a->by.labels, group);
	text_split(rest, '\0', &period);
	return period;
}

static struct nps_counts counts_of(const struct answers *a, size_t group)
{
	struct score_group g = answers_group(a, group);
	struct nps_counts c = score_nps_counts(&g);

	score_release(&g);
	return c;
}

/* ---- writing ---- */

static void put_units(struct output *out, int64_t units)
{
	output_fixed4(out, (double)units / NPSMIX_UNITS);
}

static void put_score(struct output *out, const struct nps_counts *c)
{
	struct nps_result r = nps_finish(c);

	if (r.n)
		output_fixed4(out, r.nps);
	else
		output_empty(out);
}

static money_wide answers_in(const struct nps_counts *c)
{
	return (money_wide)c->promoters + (money_wide)c->passives +
	       (money_wide)c->detractors;
}

static void put_part(struct output *out, const struct npsmix *part,
		     const struct npsmix *whole)
{
	output_int(out, (int64_t)answers_in(&part->before));
	output_int(out, (int64_t)answers_in(&part->now));
	output_share(out, answers_in(&part->before),
		     answers_in(&whole->before));
	output_share(out, answers_in(&part->now), answers_in(&whole->now));
	put_score(out, &part->before);
	put_score(out, &part->now);
	put_units(out, part->mix);
	put_units(out, part->score);
	put_units(out, part->mix + part->score);
	output_end(out);
}

static void put_place(const struct answers *a, const struct change *c,
		      const char *part, const struct text *cells,
		      struct output *out)
{
	struct text rest = { 0 }, cell;

	if (cells)
		rest = *cells;
	output_text(out, c->now);
	output_text(out, c->before);
	output_str(out, part);
	for (size_t i = 0; i < a->by.n; i++) {
		if (cells && text_split(&rest, '\0', &cell))
			output_text(out, cell);
		else
			output_empty(out);
	}
}

/* The whole, then the groups in order. */
static void write_change(const struct answers *a, struct change *c,
			 struct output *out)
{
	size_t n = group_count(c->groups);
	struct npsmix *part = mem_alloc(n, sizeof(*part)), whole = { 0 };
	uint32_t *order = group_sorted(c->groups);

	for (size_t i = 0; i < n; i++) {
		part[i] = *(struct npsmix *)group_entry(c->groups, order[i]);
		nps_merge(&whole.before, &part[i].before);
		nps_merge(&whole.now, &part[i].now);
	}
	npsmix_split(part, n, &whole.mix, &whole.score);
	put_place(a, c, "all", NULL, out);
	put_part(out, &whole, &whole);
	for (size_t i = 0; i < n; i++) {
		struct text cells = group_key(c->groups, order[i]);

		put_place(a, c, "group", &cells, out);
		put_part(out, &part[i], &whole);
	}
	free(order);
	free(part);
}

/* ---- periods ---- */

/* Adds the groups of the period that begins at number i of the order; the
 * number behind it. */
static size_t add_period(const struct answers *a, size_t i, bool now,
			 struct change *c)
{
	struct text rest, period = period_of(a, a->order[i], &rest);

	*(now ? &c->now : &c->before) = period;
	for (; i < a->groups; i++) {
		struct npsmix *part;
		struct text cells;

		if (!text_eq(period_of(a, a->order[i], &cells), period))
			break;
		part = group_entry(c->groups, group_intern(c->groups, cells));
		*(now ? &part->now : &part->before) =
			counts_of(a, a->order[i]);
	}
	return i;
}

static void write_changes(const struct answers *a, struct output *out)
{
	size_t first = 0, second, end;

	while (first < a->groups) {
		struct change c = { .groups = group_new(sizeof(struct npsmix),
							0, NULL, NULL) };

		second = add_period(a, first, false, &c);
		end = second;
		if (second < a->groups)
			end = add_period(a, second, true, &c);
		if (end > second)
			write_change(a, &c, out);
		group_free(c.groups);
		first = second;
	}
}

static struct output *open_output(const struct answers *a)
{
	static const struct output_column last[] = {
		{ "n_before", COL_INT },      { "n", COL_INT },
		{ "share_before", COL_SHARE }, { "share", COL_SHARE },
		{ "nps_before", COL_FIXED4 }, { "nps", COL_FIXED4 },
		{ "mix", COL_FIXED4 },	      { "score", COL_FIXED4 },
		{ "change", COL_FIXED4 },
	};
	struct output_column all[3 + BY_MAX + NELEMS(last)] = {
		{ "period", COL_TEXT },
		{ "against", COL_TEXT },
		{ "part", COL_TEXT },
	};
	size_t n = 3;

	for (size_t i = 0; i < a->by.n; i++)
		all[n++] = (struct output_column){ a->by.name[i], COL_TEXT };
	for (size_t i = 0; i < NELEMS(last); i++)
		all[n++] = last[i];
	return output_open(&a->o->common, all, n);
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	struct answers a = { .o = o,
			     .scale = scale_cuts(o, "0-10"),
			     .usual = usual_nps };
	struct output *out;

	(void)value;
	if (!o->trend || !o->common.by)
		die_usage("--decompose takes --trend, whose periods are held "
			  "against each other, and --by, the parts");
	if (o->weight || o->weights || o->min_n)
		die_usage("--decompose: --weight, --weights and --min-n have "
			  "no place in a sum of parts");
	answers_open(&a, files, nfiles);
	out = open_output(&a);
	answers_read(&a);
	write_changes(&a, out);
	answers_close(&a, output_rows(out));
	return output_close(out);
}

const struct analysis analysis_decompose = {
	.name = "decompose",
	.help = "a change of the score in parts: mix and score by group",
	.advanced = true,
	.takes = TAKES_ANSWERS | TAKES_CUTS,
	.run = run,
};
