/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --journey: the peak-end score of journeys, each the touchpoints of one
 * response (or of one --per), against their mean.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/figures.h"
#include "model/journey.h"

enum { SCORE, SCALE_MAX, QUESTION, DATE, AT, TOUCHPOINT, COLUMNS };

#define PER_MAX 4

struct run {
	const struct nps_options *o;
	struct nps_scale scale;
	struct input *in;
	struct by by;
	struct input_column column[COLUMNS + PER_MAX];
	size_t per;		/* columns that tell journeys apart */
	struct arena names;
	struct journeys *journeys;
	struct buf key;
};

/* The columns of --per, which must be filled. */
static void name_journeys(struct run *r)
{
	struct text rest = text_of(r->o->per ? r->o->per : "response_id");
	struct text name;

	while (text_split(&rest, ',', &name)) {
		if (r->per == PER_MAX)
			die_usage("--per: at most %d columns of journeys",
				  PER_MAX);
		if (name.n == 0)
			die_usage("--per: \"%s\" has an empty name",
				  r->o->per);
		r->column[COLUMNS + r->per++] = (struct input_column){
			arena_strdup(&r->names, name.p, name.n), COL_TEXT,
			INPUT_FILLED
		};
	}
}

static void open_input(struct run *r, char **files, size_t nfiles)
{
	const struct input_column columns[COLUMNS] = {
		[SCORE] = { "score", COL_REAL, INPUT_REQUIRED },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
		[QUESTION] = { "question", COL_TEXT, INPUT_OPTIONAL },
		[DATE] = { "date", COL_DAY,
			   is_dated(r->o) ? INPUT_FILLED : INPUT_OPTIONAL },
		[AT] = { "moment_at", COL_INSTANT, INPUT_REQUIRED },
		[TOUCHPOINT] = { "touchpoint", COL_TEXT, INPUT_OPTIONAL },
	};

	memcpy(r->column, columns, sizeof(columns));
	name_journeys(r);
	r->in = by_input(&r->by, &r->o->common, schema_find(TEXT("surveys")),
			 r->column, COLUMNS + r->per, files, nfiles);
	if (trend_unit(r->o))
		by_trend(&r->by, trend_unit(r->o), DATE);
}

/* The cells of --per, joined by the one byte that no cell can hold. */
static struct text key_of(struct run *r, const struct cell *c)
{
	buf_clear(&r->key);
	for (size_t i = 0; i < r->per; i++) {
		if (i > 0)
			buf_addc(&r->key, '\0');
		buf_addt(&r->key, c[COLUMNS + i].text);
	}
	return buf_text(&r->key);
}

static void take(struct run *r, const struct cell *c)
{
	const struct nps_options *o = r->o;
	enum reason reason;

	if (!c[SCORE].known || !c[AT].known || is_later(o, &c[DATE]) ||
	    (o->question && !text_is(c[QUESTION].text, o->question))) {
		input_skip(r->in);
		return;
	}
	reason = survey_judge(&r->scale, &c[SCORE], &c[SCALE_MAX]);
	if (reason != REASON_NONE) {
		scale_reject(r->in, &r->scale, c, SCORE, SCALE_MAX, reason);
		return;
	}
	journeys_add(r->journeys, by_label(&r->by, c), key_of(r, c), c[AT].us,
		     c[TOUCHPOINT].text, (int64_t)c[SCORE].real);
}

static void put_row(struct output *out, const struct run *r, size_t group,
		    const struct journeys_group *g)
{
	uint64_t n = g->score_mean.n;
	bool known = n > 0 && n >= (uint64_t)r->o->min_n;
	struct pairs_figure f = pairs_difference(&g->score_mean);

	by_put(&r->by, group, out);
	output_int(out, (int64_t)n);
	output_int(out, (int64_t)g->single);
	output_int(out, (int64_t)g->moments);
	put_fixed4(out, known, pairs_mean_y(&g->score_mean));
	put_fixed4(out, known, pairs_mean_x(&g->peak_end));
	put_fixed4(out, known, pairs_mean_y(&g->peak_end));
	put_fixed4(out, known, pairs_mean_x(&g->score_mean));
	put_fixed4(out, known, f.value);
	put_fixed4(out, known, f.se);
	put_fixed4(out, known, f.low);
	put_fixed4(out, known, f.high);
	output_end(out);
}

static void write_rows(struct output *out, struct run *r)
{
	size_t groups = by_count(&r->by);
	struct journeys_group *all = journeys_finish(r->journeys, groups);
	size_t *order = by_order(&r->by);

	for (size_t i = 0; i < groups; i++)
		put_row(out, r, order[i], &all[order[i]]);
	free(order);
	free(all);
}

static struct nps_scale scale_of(const struct nps_options *o)
{
	struct nps_scale s = scale_range(o, "1-5");

	if (s.low < -PAIRS_MAX || s.high > PAIRS_MAX)
		die_usage("--scale %s: scores beyond %d are no good for "
			  "--journey",
			  o->scale, PAIRS_MAX);
	return s;
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "journeys", COL_INT },   { "single", COL_INT },
		{ "moments", COL_INT },	   { "mean", COL_FIXED4 },
		{ "peak", COL_FIXED4 },	   { "end", COL_FIXED4 },
		{ "peak_end", COL_FIXED4 }, { "difference", COL_FIXED4 },
		{ "se", COL_FIXED4 },	   { "ci_low", COL_FIXED4 },
		{ "ci_high", COL_FIXED4 },
	};
	struct run r = { .o = o, .scale = scale_of(o) };
	struct output *out;
	struct row row;

	(void)value;
	r.journeys = journeys_new(r.scale.low, r.scale.high);
	open_input(&r, files, nfiles);
	out = by_open(&r.by, &o->common, columns, NELEMS(columns));
	while (input_next(r.in, &row))
		take(&r, row.cell);
	write_rows(out, &r);
	input_close(r.in, output_rows(out));
	by_release(&r.by);
	journeys_free(r.journeys);
	arena_release(&r.names);
	buf_release(&r.key);
	return output_close(out);
}

const struct analysis analysis_journey = {
	.name = "journey",
	.help = "peak and end of journeys, against their mean (1-5)",
	.advanced = true,
	.takes = TAKES_QUESTION | TAKES_SCALE | TAKES_MIN_N | TAKES_PER,
	.run = run,
};
