/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --show-map and --save-map: what the columns were taken for. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "canon/mask.h"
#include "cmd/import/import.h"
#include "stream/json_out.h"
#include "stream/output.h"
#include "stream/sink.h"

#define SAMPLES 3

/* ---- --show-map ---- */

/* The first values of a column that are something and not the same. */
static size_t samples_of(const struct sheet *s, size_t i,
			 struct text sample[SAMPLES])
{
	const struct grid *g = &s->grid;
	size_t n = 0;

	for (size_t r = s->first_sample; r < g->rows && n < SAMPLES; r++) {
		struct text t;
		size_t k = 0;

		if (g->width[r] != s->columns ||
		    layout_not_data(g->cell[r], g->width[r], s->header,
				    s->columns))
			continue;
		t = clean_text(g->cell[r][i]);
		if (clean_is_null(t))
			continue;
		while (k < n && !text_eq(sample[k], t))
			k++;
		if (k == n)
			sample[n++] = t;
	}
	return n;
}

static void put_samples(struct output *out, const struct sheet *s, size_t i)
{
	struct text sample[SAMPLES];
	size_t n = samples_of(s, i, sample);
	struct buf shown = { 0 };

	for (size_t k = 0; k < SAMPLES; k++) {
		buf_clear(&shown);
		if (k < n)
			mask_field(&shown, s->column[i].match.field,
				   sample[k]);
		output_text(out, buf_text(&shown));
	}
	buf_release(&shown);
}

static void put_rule(struct output *out, const struct sheet_column *c)
{
	const struct header_match *m = &c->match;
	struct buf rule = { 0 };

	buf_adds(&rule, header_rule_name(m->rule));
	if (m->rule == HEADER_CARRIED)
		buf_addf(&rule, " %s", export_name(m->via));
	if (m->bare)
		buf_adds(&rule, " without bracket");
	if (m->in_wan)
		buf_adds(&rule, " in 10,000s");
	if (c->twin)
		buf_adds(&rule, ", second");
	output_text(out, buf_text(&rule));
	buf_release(&rule);
}

int import_show_map(struct import *run)
{
	static const struct output_column columns[] = {
		{ "file", COL_TEXT },	  { "kind", COL_TEXT },
		{ "position", COL_INT },  { "column", COL_TEXT },
		{ "canonical", COL_TEXT }, { "rule", COL_TEXT },
		{ "holds", COL_TEXT },	  { "sample_1", COL_TEXT },
		{ "sample_2", COL_TEXT }, { "sample_3", COL_TEXT },
	};
	struct output *out = output_open(&run->o->common, columns,
					 NELEMS(columns));

	for (size_t k = 0; k < run->sheets; k++) {
		const struct sheet *s = &run->sheet[k];

		for (size_t i = 0; i < s->columns; i++) {
			const struct sheet_column *c = &s->column[i];

			output_str(out, s->shown.p);
			output_str(out, s->kind);
			output_int(out, (int64_t)i + 1);
			output_text(out, s->header[i]);
			output_text(out, c->as);
			put_rule(out, c);
			output_str(out, plan_holds_name(c->settled.holds));
			put_samples(out, s, i);
			output_end(out);
		}
	}
	return output_close(out);
}

/* ---- --save-map ---- */

/* Files of the same kind and columns are one export. What samples told of
 * any of them holds for all; an encoding only when they share it. */
struct exports {
	const struct sheet **sheet;	/* the first of each */
	struct plan_given **column;
	const char **encoding;
	size_t n;
};

static bool same_columns(const struct sheet *a, const struct sheet *b)
{
	if (a->columns != b->columns || strcmp(a->kind, b->kind) != 0 ||
	    a->levels != b->levels || a->delimiter != b->delimiter)
		return false;
	for (size_t i = 0; i < a->columns; i++)
		if (!text_eq(a->header[i], b->header[i]))
			return false;
	return true;
}

static void add_sheet(struct exports *e, const struct sheet *s)
{
	const char *encoding = s->by_row ? "auto" : decode_name(s->decode);
	size_t at = 0;

	while (at < e->n && !same_columns(e->sheet[at], s))
		at++;
	if (at == e->n) {
		e->sheet[at] = s;
		e->encoding[at] = encoding;
		e->column[at] = mem_zalloc(s->columns, sizeof(**e->column));
		e->n++;
	}
	for (size_t i = 0; i < s->columns; i++)
		if (!e->column[at][i].holds)
			e->column[at][i] = s->column[i].settled;
	if (strcmp(encoding, e->encoding[at]) != 0)
		e->encoding[at] = "auto";
}

static void add_key(struct buf *b, const char *key, struct text value)
{
	buf_addf(b, "      \"%s\": ", key);
	jsonout_string(b, value);
	buf_adds(b, ",\n");
}

/* A name is bytes, JSON is text. */
static void add_file(struct buf *b, const char *name)
{
	struct buf shown = { 0 };

	if (utf8_bad(name, strlen(name)) < strlen(name)) {
		utf8_show(&shown, text_of(name), 200);
		add_key(b, "file", buf_text(&shown));
	} else {
		add_key(b, "file", text_of(name));
	}
	buf_release(&shown);
}

/* The order of dates that the file was read by, as --dates has it. */
static const char *dates_of(const struct reading_rules *r)
{
	static const char *const order[][2] = {
		[WHEN_ASK] = { "", "serial" },
		[WHEN_YMD] = { "ymd", "ymd,serial" },
		[WHEN_DMY] = { "dmy", "dmy,serial" },
		[WHEN_MDY] = { "mdy", "mdy,serial" },
	};

	return order[r->dates][r->serials];
}

static void add_columns(struct buf *b, const struct sheet *s,
			const struct plan_given *column)
{
	for (size_t i = 0; i < s->columns; i++) {
		buf_adds(b, i ? ",\n" : "\n");
		buf_adds(b, "        { \"header\": ");
		jsonout_string(b, s->header[i]);
		buf_adds(b, ", \"name\": ");
		jsonout_string(b, column[i].name);
		if (column[i].holds)
			buf_addf(b, ", \"holds\": \"%s\"",
				 plan_holds_name(column[i].holds));
		buf_adds(b, " }");
	}
}

static void add_export(struct buf *b, const struct exports *e, size_t at)
{
	const struct sheet *s = e->sheet[at];
	const char delimiter[] = {
		s->json || s->by_row ? '\0' : s->delimiter, '\0'
	};

	buf_adds(b, at ? ", {\n" : " {\n");
	add_file(b, s->name);
	add_key(b, "kind", text_of(s->kind));
	add_key(b, "encoding", text_of(e->encoding[at]));
	add_key(b, "delimiter", text_of(delimiter));
	add_key(b, "dates", text_of(dates_of(&s->project.rules)));
	buf_addf(b, "      \"header_line\": %llu,\n",
		 (unsigned long long)s->header_line);
	buf_addf(b, "      \"header_levels\": %u,\n", s->levels);
	buf_adds(b, "      \"columns\": [");
	add_columns(b, s, e->column[at]);
	buf_adds(b, "\n      ]\n    }");
}

static void write_map(const char *path, const struct exports *e)
{
	struct buf map = { 0 };
	struct sink *sink;

	buf_adds(&map, "{\n  \"format\": \"crm-import map 1\",\n"
		       "  \"exports\": [");
	for (size_t i = 0; i < e->n; i++)
		add_export(&map, e, i);
	buf_adds(&map, " ]\n}\n");
	sink = sink_open(path, SINK_PLAIN);
	sink_put(sink, map.p, map.n);
	sink_close(sink);
	buf_release(&map);
}

void import_save_map(const struct import *run)
{
	struct exports e = { 0 };

	if (!run->o->save_map)
		return;
	e.sheet = mem_alloc(run->sheets, sizeof(struct sheet *));
	e.column = mem_alloc(run->sheets, sizeof(struct plan_given *));
	e.encoding = mem_alloc(run->sheets, sizeof(char *));
	for (size_t i = 0; i < run->sheets; i++)
		add_sheet(&e, &run->sheet[i]);
	write_map(run->o->save_map, &e);
	for (size_t i = 0; i < e.n; i++)
		free(e.column[i]);
	free(e.column);
	free(e.encoding);
	free(e.sheet);
}
