/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any table, cleaned row by row: UTF-8, one header, dates and figures in one
 * form where a column holds nothing else.
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

/* How a column is read, by what it holds. */
static const enum field_kind held_kind[PLAN_HOLDS] = {
	[PLAN_AS_NAMED] = FIELD_TEXT,  [PLAN_DAY_COUNTS] = FIELD_DAY,
	[PLAN_DATES] = FIELD_DAY,      [PLAN_TIMES] = FIELD_INSTANT,
	[PLAN_MONEY] = FIELD_MONEY,    [PLAN_SCORES] = FIELD_SCORE,
	[PLAN_DOCUMENT_LINES] = FIELD_TEXT,
};

struct table_column {
	size_t out;		/* column of the output */
	bool cleaned;		/* by the reading; else its ends are trimmed */
	struct reading_column reading;
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

/* What the user says of a column, on the command line or in a map. */
static struct header_match told(const struct sheet *s, size_t i,
				const struct import *run)
{
	struct header_match m = header_match(run->aliases, EXPORT_COMMON,
					     s->header[i]);

	if (m.rule == HEADER_COL || m.rule == HEADER_MAP)
		return m;
	if (s->given)
		return header_given(s->header[i], s->given[i].name);
	return (struct header_match){ .field = FIELD_NONE, .in_wan = m.in_wan };
}

static enum plan_holds guess(const struct sheet *s, size_t i)
{
	bool timed;

	if (all_dates(s, i, &s->project.rules, &timed))
		return timed ? PLAN_TIMES : PLAN_DATES;
	return all_money(s, i) ? PLAN_MONEY : PLAN_AS_NAMED;
}

static void look_at(struct table_column *c, struct sheet *s, size_t i,
		    const struct import *run)
{
	struct sheet_column *out = &s->column[i];
	enum field_kind kind = FIELD_TEXT;

	out->match = told(s, i, run);
	out->as = s->header[i];
	if (out->match.rename.n)
		out->as = out->match.rename;
	if (out->match.field != FIELD_NONE) {
		kind = field_all[out->match.field].kind;
		out->as = text_of(field_all[out->match.field].name);
	}
	if (out->match.rule != HEADER_UNKNOWN &&
	    !text_eq(out->as, s->header[i]))
		out->settled.name = out->as;
	c->reading.in_wan = out->match.in_wan &&
			    out->match.rule != HEADER_UNKNOWN;
	c->cleaned = kind != FIELD_TEXT;
	if (!c->cleaned) {
		out->settled.holds = s->given ? s->given[i].holds :
						guess(s, i);
		kind = held_kind[out->settled.holds];
		c->cleaned = kind != FIELD_TEXT;
	}
	c->reading.kind = kind;
	c->reading.serials = true;
}

static void add_sheet(struct tables *t, size_t at)
{
	struct sheet *s = &t->run->sheet[at];
	struct table_column *c = mem_zalloc(s->columns, sizeof(*c));
	struct text *taken = mem_alloc(s->columns, sizeof(*taken));

	s->kind = "table";
	s->column = mem_zalloc(s->columns, sizeof(*s->column));
	for (size_t i = 0; i < s->columns; i++) {
		look_at(&c[i], s, i, t->run);
		taken[i] = plan_unique(&t->names.hold, taken, i,
				       s->column[i].as);
		s->column[i].as = taken[i];
		extras_add(&t->names, taken[i]);
		c[i].out = extras_find(&t->names, taken[i]);
	}
	free(taken);
	t->column[at] = c;
}

/* ---- rows ---- */

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

		if (!c[i].cleaned) {
			out[c[i].out] = clean_text(cell[i]);
			if (reading_is_na(rules, out[c[i].out]))
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
			       &s->project.rules, &room, cells))
			continue;
		run->counts.used++;
		if (out)
			output_row(out, cells);
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

static int write_tables(struct tables *t)
{
	struct import *run = t->run;
	struct output *out = NULL;

	import_check_said(run->aliases);
	if (!run->o->common.dry_run)
		out = open_output(t);
	for (size_t i = 0; i < run->sheets; i++)
		read_sheet(t, i, out);
	progress_close(&run->progress);
	filldown_end(run);
	input_settle(&run->o->common, run->rejects, &run->counts,
		     run->counts.used);
	/* Before the result: a run that fails leaves none. */
	import_save_map(run);
	return out ? output_close(out) : EXIT_DONE;
}

int import_table(struct import *run)
{
	struct tables t = { .run = run };
	int status;

	t.column = mem_zalloc(run->sheets, sizeof(*t.column));
	for (size_t i = 0; i < run->sheets; i++)
		add_sheet(&t, i);
	if (run->o->show_map) {
		status = import_show_map(run);
		import_save_map(run);
	} else {
		status = write_tables(&t);
	}
	for (size_t i = 0; i < run->sheets; i++)
		free(t.column[i]);
	free(t.column);
	extras_release(&t.names);
	return status;
}
