/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first objects of a JSON file as a grid. */
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/grid.h"
#include "stream/json_frame.h"

static struct text keep(struct grid *g, struct text t)
{
	return (struct text){ arena_copy(&g->hold, t.p, t.n), t.n };
}

/* The keys of the first object, as the header would stand. */
static void add_keys(struct grid *g, const struct jsonin *json)
{
	size_t n = jsonin_columns(json), row = grid_add(g, n);

	g->line[row] = 0;
	g->raw[row] = (struct text){ 0 };
	for (size_t i = 0; i < n; i++)
		g->cell[row][i] = keep(g, jsonin_key(json, i));
}

static void add_object(struct grid *g, const struct json_value *v, size_t n,
		       const struct framed *rec, struct text raw)
{
	size_t row = grid_add(g, n);

	g->line[row] = rec->line + 1;
	g->raw[row] = raw;
	for (size_t i = 0; i < n; i++)
		g->cell[row][i] = keep(g, v[i].text);
}

void grid_fill_json(struct grid *g, struct jsonin *json, struct text head,
		    bool whole, bool array, size_t max)
{
	struct json_framer framer = { 0 };
	struct frames f = { 0 };

	if (array)
		json_frame(&framer, &f, head.p, head.n, whole);
	else
		frame_lines(&f, head.p, head.n, whole);
	for (size_t i = 0; i < f.n && g->rows < max; i++) {
		const struct framed *rec = &f.rec[i];
		struct text raw = { head.p + rec->start,
				    rec->stop - rec->start };
		const struct json_value *v;
		struct json_fault fault;

		if (rec->fault || utf8_bad(raw.p, raw.n) < raw.n ||
		    !jsonin_parse(json, raw, g->rows == 0, &v, &fault))
			continue;
		if (g->rows == 0)
			add_keys(g, json);
		add_object(g, v, jsonin_columns(json), rec, raw);
	}
	frames_release(&f);
}
