/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any table, cleaned row by row: UTF-8, one header, dates and figures in one
 * form where a column holds nothing else. And --show-map.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/clean.h"
#include "canon/decimal.h"
#include "cmd/import/import.h"
#include "stream/output.h"

#define NONE SIZE_MAX

/* What a column holds, by its samples. */
enum holds { HOLDS_TEXT, HOLDS_DATES, HOLDS_MONEY };

struct table_column {
	struct text name;
	size_t out;		/* column of the output */
	struct reading_column reading;
	enum holds holds;
};

struct tables {
	struct import *run;
	struct extras names;	/* columns of the output, in order */
	struct table_column **column;	/* one array a sheet */
};

/* ---- what a column holds ---- */

static struct text sample(const struct sheet *s, size_t row, size_t i)
{
	if (i >= s->grid.width[row])
		return (struct text){ 0 };
	return clean_text(s->grid.cell[row][i]);
}

/* Dates in every cell, and one at least that is plainly one. */
static bool all_dates(const struct sheet *s, size_t i,
		      const struct reading_rules *rules, bool *timed)
{
	bool any = false;

	*timed = false;
	for (size_t r = s->first_sample; r < s->grid.rows; r++) {
		struct text t = sample(s, r, i);
		struct buf room = { 0 };
		struct when when;
		enum when_state state;

		if (clean_is_null_code(t))
			continue;
		state = when_read(clean_code(t, buf_room(&room, t.n)),
				  rules->dates, &when);
		buf_release(&room);
		if (state == WHEN_BAD || state == WHEN_AMBIGUOUS)
			return false;
		any |= state == WHEN_GOOD;
		*timed |= when.second >= 0;
	}
	return any;
}

/* Figures in every cell, and one at least that needs to be put in shape:
 * 1,234 or ￥5. Plain digits stay as they are: 00012 may be a code. */
static bool all_money(const struct sheet *s, size_t i)
{
	bool any = false;

	for (size_t r = s->first_sample; r < s->grid.rows; r++) {
		struct text t = sample(s, r, i);
		char number[DECIMAL_BYTES];
		struct buf room = { 0 };
		struct text code;

		if (clean_is_null(t))
			continue;
		code = clean_code(t, buf_room(&room, t.n));
		if (!decimal_read(code, DECIMAL_MONEY, false, number)) {
			buf_release(&room);
			return false;
		}
		for (size_t k = 0; k < t.n; k++)
			any |= t.p[k] == ',' || t.p[k] == '(' ||
			       (unsigned char)t.p[k] >= 0x80;
		buf_release(&room);
	}
	return any;
}

static void look_at(struct table_column *c, const struct sheet *s, size_t i,
		    const struct import *run)
{
	const struct reading_rules *rules = &run->o->project.rules;
	struct header_match m = header_match(run->aliases, EXPORT_COMMON,
					     s->header[i]);
	bool timed;

	c->name = s->header[i];
	if (m.rule == HEADER_COL || m.rule == HEADER_MAP) {
		/* The user says what it is, or what to call it. */
		if (m.field != FIELD_NONE)
			c->reading.kind = field_all[m.field].kind;
		if (m.field != FIELD_NONE)
			c->name = text_of(field_all[m.field].name);
		else if (m.rename.n)
			c->name = m.rename;
		c->reading.in_wan = m.in_wan;
		if (c->reading.kind != FIELD_TEXT) {
			c->holds = HOLDS_MONEY;
			return;
		}
	}
	c->reading.serials = true;
	if (all_dates(s, i, rules, &timed)) {
		c->holds = HOLDS_DATES;
		c->reading.kind = timed ? FIELD_INSTANT : FIELD_DAY;
	} else if (all_money(s, i)) {
		c->holds = HOLDS_MONEY;
		c->reading.kind = FIELD_MONEY;
	}
}

static void add_sheet(struct tables *t, size_t at)
{
	const struct sheet *s = &t->run->sheet[at];
	struct table_column *c = mem_zalloc(s->columns, sizeof(*c));
	struct text *taken = mem_alloc(s->columns, sizeof(*taken));

	for (size_t i = 0; i < s->columns; i++) {
		look_at(&c[i], s, i, t->run);
		taken[i] = plan_unique(&t->names.hold, taken, i, c[i].name);
		extras_add(&t->names, taken[i]);
		c[i].out = extras_find(&t->names, taken[i]);
	}
	free(taken);
	t->column[at] = c;
}

/* ---- rows ---- */

static bool is_na(const struct reading_rules *rules, struct text t)
{
	for (size_t i = 0; i < rules->nna; i++)
		if (text_eq(t, rules->na[i]))
			return true;
	return false;
}

/* One row cleaned; false (and set aside) when a cell is bad. */
static bool clean_row(struct rows *rows, const struct sheet *s,
		      const struct table_column *c, const struct text *cell,
		      const struct reading_rules *rules, struct buf *room,
		      struct text *out)
{
	size_t bytes = 0;

	for (size_t i = 0; i < s->columns; i++)
		bytes += READING_ROOM(cell[i].n);
	buf_clear(room);
	buf_room(room, bytes);
	for (size_t i = 0; i < s->columns; i++) {
		struct reading r;
		enum reason reason;

		if (c[i].holds == HOLDS_TEXT) {
			out[c[i].out] = clean_text(cell[i]);
			if (is_na(rules, out[c[i].out]))
				out[c[i].out].n = 0;
			continue;
		}
		reason = reading_take(cell[i], &c[i].reading, rules,
				      room->p + room->n, &r);
		room->n += READING_ROOM(cell[i].n);
		if (reason) {
			rows_reject(rows, reason, s->header[i], cell[i]);
			return false;
		}
		out[c[i].out] = r.text;
	}
	return true;
}

static void read_sheet(struct tables *t, size_t at, struct output *out)
{
	struct import *run = t->run;
	struct sheet *s = &run->sheet[at];
	struct rows *rows = rows_open(s, run);
	struct text *cells = mem_alloc(t->names.n, sizeof(*cells));
	struct buf room = { 0 };
	const struct text *cell;

	while (rows_next(rows, &cell)) {
		memset(cells, 0, t->names.n * sizeof(*cells));
		if (!clean_row(rows, s, t->column[at], cell,
			       &run->o->project.rules, &room, cells))
			continue;
		run->counts.used++;
		for (size_t i = 0; i < t->names.n && out; i++)
			output_text(out, cells[i]);
		if (out)
			output_end(out);
	}
	free(cells);
	buf_release(&room);
	rows_close(rows);
}

static struct output *open_output(const struct tables *t)
{
	struct output_column *c = mem_alloc(t->names.n, sizeof(*c));
	struct output *out;

	for (size_t i = 0; i < t->names.n; i++)
		c[i] = (struct output_column){ t->names.name[i].p, COL_TEXT };
	out = output_open(&t->run->o->common, c, t->names.n);
	free(c);
	return out;
}

int import_table(struct import *run)
{
	struct tables t = { .run = run };
	struct output *out = NULL;
	int status = EXIT_DONE;

	t.column = mem_zalloc(run->sheets, sizeof(*t.column));
	for (size_t i = 0; i < run->sheets; i++)
		add_sheet(&t, i);
	import_check_said(run->aliases);
	if (!run->o->common.dry_run)
		out = open_output(&t);
	for (size_t i = 0; i < run->sheets; i++)
		read_sheet(&t, i, out);
	input_settle(&run->o->common, run->rejects, &run->counts,
		     run->counts.used);
	if (out)
		status = output_close(out);
	for (size_t i = 0; i < run->sheets; i++) {
		free(t.column[i]);
		sheet_close(&run->sheet[i]);
	}
	free(t.column);
	extras_release(&t.names);
	return status;
}

/* ---- --show-map ---- */

static void show_column(struct output *out, const struct sheet *s,
			enum export kind, const struct import *run, size_t i)
{
	struct header_match m =
		header_match(run->aliases, kind, s->header[i]);
	struct buf rule = { 0 };

	buf_adds(&rule, header_rule_name(m.rule));
	if (m.rule == HEADER_CARRIED)
		buf_addf(&rule, " %s", export_name(m.via));
	if (m.bare)
		buf_adds(&rule, " without bracket");
	if (m.in_wan)
		buf_adds(&rule, " in 10,000s");
	output_str(out, s->path);
	output_str(out, export_name(kind));
	output_int(out, (int64_t)i + 1);
	output_text(out, s->header[i]);
	if (m.field != FIELD_NONE)
		output_str(out, field_all[m.field].name);
	else
		output_text(out, m.rename.n ? m.rename : s->header[i]);
	output_text(out, buf_text(&rule));
	output_end(out);
	buf_release(&rule);
}

int import_show_map(struct import *run)
{
	static const struct output_column columns[] = {
		{ "file", COL_TEXT },	   { "kind", COL_TEXT },
		{ "position", COL_INT },   { "column", COL_TEXT },
		{ "canonical", COL_TEXT }, { "rule", COL_TEXT },
	};
	struct output *out = output_open(&run->o->common, columns,
					 NELEMS(columns));

	for (size_t k = 0; k < run->sheets; k++) {
		struct sheet *s = &run->sheet[k];
		int points[EXPORT_KINDS];
		enum export kind = layout_kind(run->aliases, s->header,
					       s->columns, points);

		if (run->o->kind)
			kind = (enum export)(run->o->kind - 1);
		for (size_t i = 0; i < s->columns; i++)
			show_column(out, s, kind, run, i);
		source_close(s->source);
		sheet_close(s);
	}
	return output_close(out);
}
