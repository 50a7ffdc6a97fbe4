/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of --scheme rfm, and what they make ready. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/rfm.h"

static struct rfm_options asked;

const struct opt rfm_table[] = {
	{ OPT_INT, 0, "scores", "N", "rfm: scores from 1 to N (5)",
	  &asked.scores, RFM_SCORES_MIN, RFM_SCORES_MAX, true },
	{ OPT_TEXT, 0, "cuts-r", "DAYS,...",
	  "rfm: recency by bounds, not quantiles", &asked.cuts[RFM_R],
	  .common = true },
	{ OPT_TEXT, 0, "cuts-f", "N,...", "rfm: frequency by bounds",
	  &asked.cuts[RFM_F], .common = true },
	{ OPT_TEXT, 0, "cuts-m", "YUAN,...", "rfm: monetary value by bounds",
	  &asked.cuts[RFM_M], .common = true },
	{ OPT_TEXT, 0, "save-cuts", "FILE", "rfm: write the bounds used",
	  &asked.save, .common = true },
	{ OPT_TEXT, 0, "reference", "FILE", "rfm: bounds of an earlier run",
	  &asked.reference, .common = true },
	{ OPT_TEXT, 0, "segments", "NAME", "rfm: eight, or a FILE.csv of names",
	  &asked.segments, .common = true },
	{ OPT_CHOICE, 0, "count-by", "bill|day", "rfm: what counts as one",
	  &asked.count_by, .common = true },
	{ OPT_CHOICE, 0, "frequency", "all|repeat",
	  "rfm: with the first purchase or without", &asked.frequency,
	  .common = true },
	{ OPT_CHOICE, 0, "recency", "since|span",
	  "rfm: days since the last, or first to last", &asked.recency,
	  .common = true },
	{ OPT_CHOICE, 0, "returns", "skip|count",
	  "rfm: is money given back a purchase", &asked.returns,
	  .common = true },
	{ OPT_CHOICE, 0, "monetary", "sum|mean",
	  "rfm: all of it, or a purchase", &asked.monetary, .common = true },
	{ OPT_END },
};

/* ---- options ---- */

/* As many scores as bounds ask for, when --scores does not say. */
static unsigned count_scores(const struct rfm_options *o)
{
	if (o->scores)
		return (unsigned)o->scores;
	for (size_t m = 0; m < RFM_MEASURES; m++)
		if (o->cuts[m]) {
			unsigned n = 2;

			for (const char *p = o->cuts[m]; *p; p++)
				n += *p == ',';
			return n < RFM_SCORES_MAX ? n : RFM_SCORES_MAX;
		}
	return 5;
}

static void read_cuts(struct rfm_run *s)
{
	static const char *const option[] = { "--cuts-r", "--cuts-f",
					      "--cuts-m" };

	s->scores = count_scores(s->o);
	for (size_t m = 0; m < RFM_MEASURES; m++) {
		const char *cuts = s->o->cuts[m], *wrong;

		if (!cuts)
			continue;
		wrong = rfm_scale_parse(&s->scale[m], cuts, s->scores,
					m == RFM_R && !s->o->recency,
					m == RFM_M);
		if (wrong)
			die_usage("%s %s: %s (%u scores want %u bounds)",
				  option[m], cuts, wrong, s->scores,
				  s->scores - 1);
		s->fixed[m] = true;
	}
}

static void check_options(const struct run *run)
{
	const struct rfm_options *o = &asked;

	if (run->cuts || run->names)
		die_usage("--cuts and --names are not for rfm: see --cuts-r, "
			  "--cuts-f, --cuts-m and --segments");
	if (run->measure.kind == MEASURE_COUNT)
		die_usage("--measure count is the frequency of rfm: take "
			  "amount or margin");
	if (run->measure.unit != UNIT_FEN)
		die_usage("--measure: rfm takes amounts of money");
	if (o->reference &&
	    (o->cuts[RFM_R] || o->cuts[RFM_F] || o->cuts[RFM_M] || o->scores))
		die_usage("--reference has bounds and scores of its own");
	if (o->save && (run->common.by || run->moves_from))
		die_usage("--save-cuts is for one ranking: not with --by or "
			  "--moves-from");
}

/* Which tier each segment is: in the order of the table. */
static void number_segments(struct rfm_run *s)
{
	unsigned char n = 0;

	for (size_t i = 0; i < s->segments.n; i++)
		if (s->segments.item[i].first == i)
			s->tier[i] = n++;
	if (n >= TIERS_MAX)
		die("there are more than %d segments", TIERS_MAX - 1);
}

void rfm_open(struct run *run)
{
	struct rfm_run *s = mem_zalloc(1, sizeof(*s));

	check_options(run);
	s->o = &asked;
	run->state = s;
	run->by_day = asked.count_by == 1;
	run->returns = asked.returns == 1;
	if (asked.reference)
		rfm_read_reference(run, s);
	else
		read_cuts(s);
	rfm_read_segments(run, s);
	number_segments(s);
	if (asked.save)
		rfm_create_cuts(run, s);
}

void rfm_close(struct run *run)
{
	struct rfm_run *s = run->state;

	if (s->saved)
		output_close(s->saved);
	arena_release(&s->hold);
	free(s);
}
