/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profit where no cost is known. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/margins.h"
#include "model/weights.h"

struct margins {
	struct group *ppm;	/* int64_t, millionths, by kind */
	int64_t otherwise;
};

static int64_t percent(const struct row *row, struct text t)
{
	int64_t ppm;

	if (!weight_parse(t, &ppm) || ppm < -1000000 || ppm > 1000000)
		side_refuse(row, "margin_pct is a percentage, -100 to 100");
	return ppm;
}

static void add_margin(struct margins *m, const struct row *row)
{
	size_t known = group_count(m->ppm);
	size_t at = group_intern(m->ppm, row->cell[0].text);

	if (at != known)
		side_refuse(row, "this kind stands further up");
	*(int64_t *)group_entry(m->ppm, at) = percent(row, row->cell[1].text);
}

struct margins *margins_open(const struct run *run)
{
	static const struct input_column columns[] = {
		{ "kind", COL_TEXT, INPUT_FILLED },
		{ "margin_pct", COL_TEXT, INPUT_FILLED },
	};
	struct margins *m;
	struct common common;
	struct input *in;
	struct row row;
	size_t at;

	if (!run->margins_file)
		return NULL;
	if (run->measure.kind != MEASURE_MARGIN)
		die_usage("--margins goes with --measure margin, --scheme "
			  "metal and --scheme mvc");
	m = mem_zalloc(1, sizeof(*m));
	m->ppm = group_new(sizeof(int64_t), 0, NULL, NULL);
	in = side_open(run, &common, run->margins_file, NULL, columns,
		       NELEMS(columns));
	while (input_next(in, &row))
		add_margin(m, &row);
	input_close(in, 0);
	at = group_find(m->ppm, TEXT("*"));
	if (at == SIZE_MAX)
		die("%s: no margin for *, whatever else is sold",
		    run->margins_file);
	m->otherwise = *(int64_t *)group_entry(m->ppm, at);
	return m;
}

int64_t margins_profit(const struct margins *m, struct text kind, int64_t fen)
{
	size_t at = group_find(m->ppm, kind);
	int64_t ppm = at == SIZE_MAX ?
			      m->otherwise :
			      *(int64_t *)group_entry(m->ppm, at);

	return (int64_t)money_ratio((money_wide)fen * ppm, 1000000, 0);
}

void margins_free(struct margins *m)
{
	if (m)
		group_free(m->ppm);
	free(m);
}
