/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the trade claims of churn, against the dealer's own last year. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/share.h"
#include "model/churnclaims.h"
#include "stream/input.h"

#include "cmd/clv/churn.h"

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

static void write_claim(const struct cell *c, const struct churn *year,
			double own, struct output *out)
{

	output_text(out, c[CLAIM].text);
	output_text(out, c[SOURCE].text);
	output_text(out, c[MEASURE].text);
	output_real(out, c[LOW].known ? c[LOW].real : NAN);
	output_real(out, c[HIGH].known ? c[HIGH].real : NAN);
	output_fixed4(out, own);
	output_str(out, answer(own, &c[LOW], &c[HIGH]));
	output_int(out, (int64_t)year->opening);
	output_end(out);
}

void claims_write(const struct churn *year, const struct spend *spent,
		  struct output *out)
{
	static const struct input_column columns[COLUMNS] = {
		[CLAIM] = { "claim", COL_TEXT, INPUT_FILLED },
		[SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
		[MEASURE] = { "measure", COL_TEXT, INPUT_FILLED },
		[LOW] = { "low", COL_REAL, INPUT_REQUIRED },
		[HIGH] = { "high", COL_REAL, INPUT_REQUIRED },
	};
	double ratio = spent ? spend_ratio(spent, year) : NAN;
	char *files[] = { share_path("churn-claims.csv"), NULL };
	struct common common;
	struct row row;

	common_beside(&common);
	struct input *in = input_open(&common, NULL, columns, COLUMNS, files,
				      1);

	while (input_next(in, &row)) {
		struct churnclaims_own own;

		if (churnclaims_own(row.cell[MEASURE].text, year, ratio, &own))
			write_claim(row.cell, year, own.value, out);
		else
			input_reject(in, MEASURE, REASON_BAD_VALUE,
				     "it is no measure of churn");
	}
	input_close(in, 0);
	free(files[0]);
}
