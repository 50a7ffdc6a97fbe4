/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of answers, one at a time, with the response that each is of. */
#include "cmd/nps/responses.h"

#include <stdlib.h>

struct output *responses_open(struct responses *r, const struct nps_options *o,
			      const struct output_column *figures, size_t n,
			      char **files, size_t nfiles)
{
	const struct input_column columns[RESPONSE_COLUMNS] = {
		[RESPONSE_SCORE] = { "score", COL_REAL, INPUT_REQUIRED },
		[RESPONSE_QUESTION] = { "question", COL_TEXT, INPUT_REQUIRED },
		[RESPONSE_ID] = { "response_id", COL_TEXT, INPUT_FILLED },
		[RESPONSE_SCALE_MAX] = { "scale_max", COL_REAL,
					 INPUT_OPTIONAL },
		[RESPONSE_DATE] = { "date", COL_DAY,
				    is_dated(o) ? INPUT_FILLED :
						  INPUT_OPTIONAL },
	};

	*r = (struct responses){ .o = o };
	r->in = by_input(&r->by, &o->common, schema_find(TEXT("surveys")),
			 columns, RESPONSE_COLUMNS, files, nfiles);
	if (trend_unit(o))
		by_trend(&r->by, trend_unit(o), RESPONSE_DATE);
	return by_open(&r->by, &o->common, figures, n);
}

bool responses_next(struct responses *r, const struct cell **cell)
{
	struct row row;

	while (input_next(r->in, &row)) {
		const struct cell *c = row.cell;

		r->any = true;
		if (c[RESPONSE_SCORE].known && c[RESPONSE_QUESTION].known &&
		    !is_later(r->o, &c[RESPONSE_DATE])) {
			*cell = c;
			return true;
		}
		input_skip(r->in);
	}
	return false;
}

size_t responses_groups(struct responses *r)
{
	r->order = by_order(&r->by);
	return by_count(&r->by);
}

int responses_close(struct responses *r, struct output *out)
{
	input_close(r->in, output_rows(out));
	by_release(&r->by);
	free(r->order);
	return output_close(out);
}
