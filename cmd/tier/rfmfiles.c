/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of --scheme rfm: segments, and the bounds of the scores. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/share.h"
#include "cmd/tier/rfm.h"

const char *const rfm_measure_name[RFM_MEASURES] = { "recency", "frequency",
						     "monetary" };

/* The choices that a measure is made by, "bill all skip"; to compare. */
static void define(const struct rfm_options *o, enum rfm_measure m,
		   struct buf *b)
{
	const char *purchase = o->count_by ? "day" : "bill";
	const char *returns = o->returns ? "count" : "skip";

	switch (m) {
	case RFM_R:
		buf_addf(b, "%s %s", o->recency ? "span" : "since", returns);
		break;
	case RFM_F:
		buf_addf(b, "%s %s %s", o->frequency ? "repeat" : "all",
			 purchase, returns);
		break;
	case RFM_M:
		buf_adds(b, o->monetary ? "mean" : "sum");
		if (o->monetary)
			buf_addf(b, " %s %s", purchase, returns);
		break;
	case RFM_MEASURES:
		bug("no such measure");
	}
}

/* ---- segments ---- */

enum { SEGMENT, R, F, M, EN, ZH, SOURCE, SEGMENT_COLUMNS };

static void add_segment(struct rfm_run *s, const struct row *row)
{
	struct rfm_segment one = {
		.id = side_keep(&s->hold, &row->cell[SEGMENT]),
		.en = side_keep(&s->hold, &row->cell[EN]),
		.zh = side_keep(&s->hold, &row->cell[ZH]),
	};
	const char *wrong;

	for (size_t i = 0; i < RFM_MEASURES; i++)
		if (!rfm_range_parse(row->cell[R + i].text, &one.low[i],
				     &one.high[i]))
			side_refuse(row, "the scores are like 4-5, 3 or *");
	wrong = rfm_segments_add(&s->segments, &one);
	if (wrong)
		side_refuse(row, wrong);
	s->source[s->segments.n - 1] = side_keep(&s->hold, &row->cell[SOURCE]);
}

static void check_segments(struct rfm_run *s, const char *path)
{
	unsigned gap[RFM_MEASURES];

	switch (rfm_segments_finish(&s->segments, s->scores, gap)) {
	case RFM_FITS:
		break;
	case RFM_OTHER_SCORES:
		die_usage("%s: its greatest score is not %u, as --scores has "
			  "it; give --segments FILE",
			  path, s->scores);
	case RFM_GAP:
		die("%s: no segment has r %u, f %u, m %u", path, gap[RFM_R],
		    gap[RFM_F], gap[RFM_M]);
	}
}

void rfm_read_segments(const struct run *run, struct rfm_run *s)
{
	static const struct input_column columns[SEGMENT_COLUMNS] = {
		[SEGMENT] = { "segment", COL_TEXT, INPUT_FILLED },
		[R] = { "r", COL_TEXT, INPUT_FILLED },
		[F] = { "f", COL_TEXT, INPUT_FILLED },
		[M] = { "m", COL_TEXT, INPUT_FILLED },
		[EN] = { "en", COL_TEXT, INPUT_OPTIONAL },
		[ZH] = { "zh", COL_TEXT, INPUT_OPTIONAL },
		[SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
	};
	const char *word = s->o->segments;
	char *path = word ? side_path("--segments", word, "rfm-segments-")
			  : share_path("rfm-segments.csv");
	struct common common;
	struct input *in =
		side_open(run, &common, path, NULL, columns, SEGMENT_COLUMNS);
	struct row row;

	while (input_next(in, &row))
		add_segment(s, &row);
	input_close(in, 0);
	check_segments(s, path);
	free(path);
}

static void add_range(struct buf *b, const char *name, unsigned low,
		      unsigned high)
{
	if (low == 1 && high == RFM_SCORES_MAX)
		buf_addf(b, "%s *", name);
	else if (low == high)
		buf_addf(b, "%s %u", name, low);
	else
		buf_addf(b, "%s %u-%u", name, low, high);
}

void rfm_rule(const struct rfm_segments *s, size_t first, struct buf *b)
{
	static const char *const name[RFM_MEASURES] = { "r", ", f", ", m" };

	for (size_t i = first; i < s->n; i++) {
		const struct rfm_segment *one = &s->item[i];

		if (one->first != first)
			continue;
		if (i > first)
			buf_adds(b, "; ");
		for (size_t k = 0; k < RFM_MEASURES; k++)
			add_range(b, name[k], one->low[k], one->high[k]);
	}
}

/* ---- bounds ---- */

enum { MEASURE, DEFINITION, SCORE, AT_MOST, CUTS_COLUMNS };

/* How many bands of each measure were read. */
struct reading {
	struct rfm_run *s;
	unsigned bands[RFM_MEASURES];
	bool closed[RFM_MEASURES]; /* its last band was read */
};

static enum rfm_measure measure_of(const struct row *row)
{
	for (size_t m = 0; m < RFM_MEASURES; m++)
		if (text_is(row->cell[MEASURE].text, rfm_measure_name[m]))
			return (enum rfm_measure)m;
	side_refuse(row, "the measure is recency, frequency or monetary");
}

static void check_definition(const struct reading *r, enum rfm_measure m,
			     const struct row *row)
{
	struct buf b = { 0 };

	define(r->s->o, m, &b);
	if (!text_eq(row->cell[DEFINITION].text, buf_text(&b)))
		die("%s:%llu: these bounds are of another %s than is asked "
		    "for (\"%s\"): the choices must be the same in every "
		    "month",
		    row->file, (unsigned long long)row->line,
		    rfm_measure_name[m], b.p);
	buf_release(&b);
}

static void add_band(struct reading *r, const struct row *row)
{
	enum rfm_measure m = measure_of(row);
	struct rfm_scale *scale = &r->s->scale[m];
	struct text text = row->cell[AT_MOST].text;
	unsigned band = r->bands[m]++;
	int64_t bound;

	check_definition(r, m, row);
	if (r->closed[m])
		side_refuse(row, "a band above the last one");
	if (!text.n) {
		r->closed[m] = true;
		return;
	}
	if (m == RFM_M ? !money_parse(text, &bound) : !number_int(text, &bound))
		side_refuse(row, "at_most is a number");
	if (band + 1 >= RFM_SCORES_MAX)
		side_refuse(row, "too many scores");
	if (band && bound < scale->at_most[band - 1])
		side_refuse(row, "the bounds do not ascend");
	scale->at_most[band] = bound;
}

/* The score that stands beside a band must be that of its place. */
static void check_score(const struct row *row, const struct rfm_scale *scale,
			unsigned band, unsigned scores)
{
	unsigned want = scale->less ? scores - band : 1 + band;

	if (row->cell[SCORE].whole != want)
		side_refuse(row, "the scores do not follow each other");
}

static const struct input_column cuts_columns[CUTS_COLUMNS] = {
	[MEASURE] = { "measure", COL_TEXT, INPUT_FILLED },
	[DEFINITION] = { "definition", COL_TEXT, INPUT_FILLED },
	[SCORE] = { "score", COL_INT, INPUT_FILLED },
	[AT_MOST] = { "at_most", COL_TEXT, INPUT_REQUIRED },
};

static void check_scores(const struct run *run, const struct rfm_run *s)
{
	unsigned band[RFM_MEASURES] = { 0 };
	struct common common;
	struct input *in = side_open(run, &common, s->o->reference, NULL,
				     cuts_columns, CUTS_COLUMNS);
	struct row row;

	while (input_next(in, &row)) {
		enum rfm_measure m = measure_of(&row);

		check_score(&row, &s->scale[m], band[m]++, s->scores);
	}
	input_close(in, 0);
}

void rfm_read_reference(const struct run *run, struct rfm_run *s)
{
	const char *path = s->o->reference;
	struct reading r = { .s = s };
	struct common common;
	struct input *in =
		side_open(run, &common, path, NULL, cuts_columns, CUTS_COLUMNS);
	struct row row;

	while (input_next(in, &row))
		add_band(&r, &row);
	input_close(in, 0);
	for (size_t m = 0; m < RFM_MEASURES; m++) {
		if (!r.closed[m] || r.bands[m] != r.bands[0] ||
		    r.bands[m] < RFM_SCORES_MIN)
			die("%s: the bands of %s are not whole", path,
			    rfm_measure_name[m]);
		s->scale[m].scores = r.bands[m];
		s->scale[m].less = m == RFM_R && !s->o->recency;
		s->fixed[m] = true;
	}
	s->scores = r.bands[0];
	check_scores(run, s);
}

void rfm_create_cuts(const struct run *run, struct rfm_run *s)
{
	static const struct output_column columns[CUTS_COLUMNS] = {
		[MEASURE] = { "measure", COL_TEXT },
		[DEFINITION] = { "definition", COL_TEXT },
		[SCORE] = { "score", COL_INT },
		[AT_MOST] = { "at_most", COL_TEXT },
	};

	s->saved = side_create(run, &s->save, "--save-cuts", s->o->save,
			       columns, CUTS_COLUMNS);
}

size_t rfm_bound(const struct rfm_scale *s, enum rfm_measure m, unsigned band,
		 char to[MONEY_MAX_BYTES])
{
	return m == RFM_M ? money_format(s->at_most[band], to)
			  : text_putf(to, MONEY_MAX_BYTES, "%lld",
				      (long long)s->at_most[band]);
}

static void write_band(const struct rfm_run *s, enum rfm_measure m,
		       unsigned band, struct text definition)
{
	const struct rfm_scale *scale = &s->scale[m];
	char number[MONEY_MAX_BYTES];
	struct text bound = { number, 0 };

	output_str(s->saved, rfm_measure_name[m]);
	output_text(s->saved, definition);
	output_int(s->saved, scale->less ? s->scores - band : 1 + band);
	if (band + 1 < s->scores)
		bound.n = rfm_bound(scale, m, band, number);
	output_text(s->saved, bound);
	output_end(s->saved);
}

void rfm_write_cuts(const struct rfm_run *s)
{
	for (size_t m = 0; m < RFM_MEASURES; m++) {
		struct buf b = { 0 };

		define(s->o, (enum rfm_measure)m, &b);
		for (unsigned band = 0; band < s->scores; band++)
			write_band(s, (enum rfm_measure)m, band, buf_text(&b));
		buf_release(&b);
	}
}
