/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chosen cases as rows, in bytewise order of case_id. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

#include "cmd/complaint/caserows.h"

struct caserows {
	const struct casecols *cols;
	const uint32_t *order;
	size_t *extra;			/* columns behind those of cases */
	size_t extras;
};

static struct output *open_output(const struct caserows *r,
				  const struct common *common)
{
	struct output_column *column =
		mem_alloc(CASE_COLUMNS + r->extras, sizeof(*column));
	struct output *out;

	memcpy(column, casecols_fixed, sizeof(casecols_fixed));
	for (size_t i = 0; i < r->extras; i++)
		column[CASE_COLUMNS + i] =
			casecols_column(r->cols, r->extra[i]);
	out = output_open(common, column, CASE_COLUMNS + r->extras);
	free(column);
	return out;
}

static void check_extra(const struct caserows *r)
{
	for (size_t i = 0; i < r->extras; i++) {
		struct output_column c = casecols_column(r->cols, r->extra[i]);

		for (size_t k = 0; k < i; k++)
			if (r->extra[k] == r->extra[i])
				die_usage("--columns: %s twice", c.name);
		if (r->extra[i] < CASE_COLUMNS)
			die_usage("--columns: %s is there anyway", c.name);
	}
}

static void write_case(struct output *out, const struct caserows *r,
		       struct text *cell, size_t number)
{
	struct casecols_case k = casecols_case(r->cols, number);
	char room[CASE_COLUMNS][CASECOLS_BYTES];

	for (size_t i = 0; i < CASE_COLUMNS; i++)
		cell[i] = casecols_text(r->cols, &k, i, room[i]);
	for (size_t i = 0; i < r->extras; i++)
		cell[CASE_COLUMNS + i] =
			casecols_text(r->cols, &k, r->extra[i], NULL);
	output_row(out, cell);
}

static void write_part(struct output *out, size_t from, size_t to, void *ctx)
{
	const struct caserows *r = ctx;
	struct text cell[CASE_COLUMNS + CASECOLS_FIELDS];

	for (size_t i = from; i < to; i++)
		write_case(out, r, cell, r->order[i]);
}

int caserows_run(struct casesource *src, const char *columns, char **files,
		 size_t n)
{
	struct caserows r = { .cols = &src->cols };
	struct output *out;
	uint32_t *order;
	size_t chosen;

	r.extras = casesource_columns(src, "--columns", columns, &r.extra);
	check_extra(&r);
	casesource_open(src, files, n);
	out = open_output(&r, src->common);
	casesource_read(src);
	order = casecols_choose(&src->cols, &chosen);
	r.order = order;
	output_parts(out, chosen, write_part, &r);
	free(order);
	casesource_close(src, output_rows(out));
	free(r.extra);
	return output_close(out);
}
