/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the trade claims of churn, against the dealer's own last year. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/share.h"
#include "model/retain.h"
#include "stream/input.h"

#include "cmd/clv/churn.h"

#define POINTS 0.05		/* "loyalty up five points" */

/* What the claims are held against. */
struct facts {
	const struct churn *year;
	const struct spent *spent;	/* or NULL */
};

static double churn_pct(const struct facts *f)
{
	return 100 * churn_rate(f->year);
}

static double half_life(const struct facts *f)
{
	return churn_half_life(churn_rate(f->year));
}

static double cost_ratio(const struct facts *f)
{
	return f->spent ? spent_ratio(f->spent, f->year) : NAN;
}

/* How much more a customer is worth, undiscounted, when so many points fewer
 * leave: 1 / (c - points) over 1 / c. */
static double points_pct(const struct facts *f)
{
	double rate = churn_rate(f->year);
	const struct retain_case c = {
		.before = { rate, 0 },
		.after = { rate - POINTS, 0 },
		.margin = 1,
		.periods = INFINITY,
	};
	struct retain_result r = retain_compare(&c);

	return rate > POINTS ? 100 * (r.after / r.before - 1) : NAN;
}

/* Of a log that began within the year nobody knows who was there before. */
static double existing_pct(const struct facts *f)
{
	const struct churn *c = f->year;

	if (c->opening == 0 || c->income <= 0)
		return NAN;
	return 100 * (double)c->existing / (double)c->income;
}

static const struct measure {
	const char *name;
	double (*of)(const struct facts *);
} measures[] = {
	{ "churn_pct", churn_pct },	  { "half_life_years", half_life },
	{ "cost_ratio", cost_ratio },	  { "points_pct", points_pct },
	{ "existing_pct", existing_pct },
};

static const struct measure *measure_of(struct text name)
{
	for (size_t i = 0; i < NELEMS(measures); i++)
		if (text_is(name, measures[i].name))
			return &measures[i];
	return NULL;
}

enum { CLAIM, SOURCE, MEASURE, LOW, HIGH, COLUMNS };

struct output *claims_open(const struct common *common)
{
	static const struct output_column columns[] = {
		{ "claim", COL_TEXT },	      { "source", COL_TEXT },
		{ "measure", COL_TEXT },      { "claimed_low", COL_REAL },
		{ "claimed_high", COL_REAL }, { "own", COL_FIXED4 },
		{ "answer", COL_TEXT },	      { "n", COL_INT },
	};

	return output_open(common, columns, NELEMS(columns));
}

static const char *answer(double own, const struct cell *low,
			  const struct cell *high)
{
	if (!isfinite(own))
		return "not in your data";
	if (low->known && own < low->real)
		return "below";
	if (high->known && own > high->real)
		return "above";
	return "holds";
}

static void write_claim(const struct cell *c, const struct facts *f,
			const struct measure *m, struct output *out)
{
	double own = m->of(f);

	output_text(out, c[CLAIM].text);
	output_text(out, c[SOURCE].text);
	output_str(out, m->name);
	output_real(out, c[LOW].known ? c[LOW].real : NAN);
	output_real(out, c[HIGH].known ? c[HIGH].real : NAN);
	output_fixed4(out, own);
	output_str(out, answer(own, &c[LOW], &c[HIGH]));
	output_int(out, (int64_t)f->year->opening);
	output_end(out);
}

void claims_write(const struct churn *year, const struct spent *spent,
		  struct output *out)
{
	static const struct input_column columns[COLUMNS] = {
		[CLAIM] = { "claim", COL_TEXT, INPUT_FILLED },
		[SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
		[MEASURE] = { "measure", COL_TEXT, INPUT_FILLED },
		[LOW] = { "low", COL_REAL, INPUT_REQUIRED },
		[HIGH] = { "high", COL_REAL, INPUT_REQUIRED },
	};
	const struct facts facts = { year, spent };
	char *files[] = { share_path("churn-claims.csv"), NULL };
	struct common common;
	struct row row;

	common_beside(&common);
	struct input *in = input_open(&common, NULL, columns, COLUMNS, files,
				      1);

	while (input_next(in, &row)) {
		const struct measure *m = measure_of(row.cell[MEASURE].text);

		if (m)
			write_claim(row.cell, &facts, m, out);
		else
			input_reject(in, MEASURE, REASON_BAD_VALUE,
				     "it is no measure of churn");
	}
	input_close(in, 0);
	free(files[0]);
}
