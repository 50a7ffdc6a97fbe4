/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files onto one of the six streams: plans first, then all rows onto the
 * shelf, then out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "cmd/import/base.h"
#include "stream/csv_out.h"
#include "stream/output.h"
#include "stream/pick.h"

#define NONE SIZE_MAX

/* What the output is made of. */
struct writer {
	struct import *run;
	const struct schema *schema;
	struct identity *identity;
	struct shelf *shelf;
	struct project_column *column;
	size_t columns;
	struct text *cell;
	/* columns that are filled in here, NONE where there is none */
	size_t customer_id, id_kind, line_no, flags;
	size_t doubt[9];	/* as in struct reading_doubts */
	struct buf flag_text, numbers, others;
	bool by_lines;		/* rows go out as lines where they can */
	struct group *lines;	/* document -> lines numbered so far */
	size_t lines_entry;	/* of the unit of the row before */
	uint32_t lines_unit;
	char line[20];

	struct condition *condition;
	size_t *condition_column;
	size_t conditions, date;
	struct day_range range;
};

/* ---- reading ---- */

void import_read(struct import *run, struct sheet *s,
		 struct identity *identity, struct shelf *shelf)
{
	struct project *p =
		project_new(&s->plan, &run->extras, &s->project, s->name,
			    identity, shelf);
	struct rows *rows = rows_open(s, run);
	const struct text *cell;

	while (rows_next(rows, &cell)) {
		struct project_fault fault = { 0 };

		switch (project_row(p, cell, &fault)) {
		case PROJECT_PUT:
			break;
		case PROJECT_NOTHING:
			run->counts.filtered++;
			break;
		case PROJECT_BAD:
			rows_reject(rows, fault.reason, fault.column,
				    fault.value);
			break;
		}
		if (run->quality)
			quality_row(run->quality, s, cell, p);
	}
	rows_close(rows);
	project_free(p);
}

/* ---- what is asked for ---- */

static size_t column_called(const struct writer *w, struct text name)
{
	for (size_t i = 0; i < w->columns; i++)
		if (text_is(name, w->column[i].name))
			return i;
	return NONE;
}

static void want_conditions(struct writer *w)
{
	const struct common *c = &w->run->o->common;

	w->condition = mem_alloc(c->wheres.n, sizeof(*w->condition));
	w->condition_column =
		mem_alloc(c->wheres.n, sizeof(*w->condition_column));
	for (size_t i = 0; i < c->wheres.n; i++) {
		struct condition one = pick_parse("--where", c->wheres.item[i],
						  w->schema);

		w->condition[i] = one;
		w->condition_column[i] = column_called(w, one.column);
		if (w->condition_column[i] == NONE)
			die("--where: %s has no column \"%.*s\"",
			    w->schema->name, (int)one.column.n, one.column.p);
		w->conditions++;
	}
	w->range = common_range(c);
	w->date = NONE;
	if (w->range.first != DAY_MIN || w->range.last != DAY_MAX)
		w->date = column_called(w, text_of(w->schema->date_column));
}

static bool is_asked_for(const struct writer *w)
{
	for (size_t i = 0; i < w->conditions; i++) {
		struct cell cell;

		if (!cell_parse(w->cell[w->condition_column[i]],
				w->condition[i].type, 0, &cell) ||
		    !pick_holds(&w->condition[i], &cell))
			return false;
	}
	if (w->date != NONE) {
		int32_t day;

		return day_parse(w->cell[w->date], &day) &&
		       day >= w->range.first && day <= w->range.last;
	}
	return true;
}

/* ---- writing ---- */

static void set_columns(struct writer *w)
{
	static const char *const doubts[] = {
		"phone", "phone_alt", "id_no",	"email",     "vin",
		"plate_no", "name",   "gender", "birth_date"};

	w->columns = project_columns(w->schema, &w->run->extras, &w->column);
	w->cell = mem_alloc(w->columns, sizeof(*w->cell));
	w->customer_id = column_called(w, TEXT("customer_id"));
	w->id_kind = column_called(w, TEXT("id_kind"));
	w->line_no = column_called(w, TEXT("line_no"));
	w->flags = plan_has_flags(w->schema) ?
			   column_called(w, TEXT("flags")) :
			   NONE;
	for (size_t i = 0; i < NELEMS(doubts); i++)
		w->doubt[i] = column_called(w, text_of(doubts[i]));
}

static void fill_customer(struct writer *w, uint32_t who)
{
	bool lead = strcmp(w->schema->name, "leads") == 0;

	if (who != SHELF_NOBODY &&
	    (!lead || identity_is_customer(w->identity, who)))
		w->cell[w->customer_id] = identity_id(w->identity, who);
	if (w->id_kind == NONE)
		return;
	if (who != SHELF_NOBODY)
		w->cell[w->id_kind] =
			text_of(identity_kind(w->identity, who));
	else if (w->cell[w->id_kind].n == 0)
		w->cell[w->id_kind] = TEXT("document");
}

/* Lines that have no number of their own are counted in their document. */
static struct text next_line(struct writer *w, const struct shelf_row *row)
{
	uint32_t *n;

	/* The rows of a unit mostly follow one another. */
	if (row->unit != w->lines_unit)
		w->lines_entry = group_intern(w->lines, row->document);
	w->lines_unit = row->unit;
	n = group_entry(w->lines, w->lines_entry);
	return (struct text){ w->line, text_put_u64(w->line, ++*n) };
}

static void fill_line(struct writer *w, const struct shelf_row *row)
{
	if (w->line_no != NONE && w->cell[w->line_no].n == 0)
		w->cell[w->line_no] = next_line(w, row);
}

/* Two records of a customer may have given the same number twice. */
static void settle_phones(struct writer *w)
{
	size_t phone = w->doubt[0], alt = w->doubt[1];
	struct text rest, one;

	if (phone == NONE || alt == NONE || w->cell[alt].n == 0)
		return;
	buf_clear(&w->numbers);
	buf_clear(&w->others);
	buf_addt(&w->numbers, w->cell[phone]);
	rest = w->cell[alt];
	while (rest.n && text_split(&rest, '/', &one)) {
		buf_addc(&w->numbers, '\n');
		buf_addt(&w->numbers, one);
	}
	w->cell[phone] = phone_settle(buf_text(&w->numbers), &w->others);
	w->cell[alt] = buf_text(&w->others);
}

static struct text doubted(const struct writer *w, size_t i)
{
	return w->doubt[i] == NONE ? (struct text){ 0 } :
				     w->cell[w->doubt[i]];
}

static void fill_flags(struct writer *w)
{
	struct reading_doubts d = {
		.phone = doubted(w, 0),
		.phone_alt = doubted(w, 1),
		.id_no = doubted(w, 2),
		.email = doubted(w, 3),
		.vin = doubted(w, 4),
		.plate_no = doubted(w, 5),
		.name = doubted(w, 6),
		.gender = doubted(w, 7),
		.birth_date = doubted(w, 8),
	};

	if (w->flags == NONE)
		return;
	d.said = w->cell[w->flags];
	buf_clear(&w->flag_text);
	reading_flags(&w->flag_text, &d);
	w->cell[w->flags] = buf_text(&w->flag_text);
}

/* ---- rows as lines ---- */

/* Nothing but the customer and the number of the line is filled in, and
 * nothing is asked of cells. */
static bool goes_by_lines(const struct writer *w, const struct output *out)
{
	return out && output_takes_lines(out) && w->conditions == 0 &&
	       (w->line_no == NONE || w->line_no < w->customer_id) &&
	       w->date == NONE && w->flags == NONE && w->id_kind == NONE &&
	       (w->doubt[0] == NONE || w->doubt[1] == NONE);
}

static struct text cell_of_line(struct text line, size_t column)
{
	const char *end = line.p + line.n, *at = line.p, *from = at;

	for (; at < end && (*at != ',' || column > 0); at++)
		if (*at == ',') {
			column--;
			from = at + 1;
		}
	return (struct text){ from, (size_t)(at - from) };
}

/* A cell of a line that is written instead of the one there. */
struct edit {
	size_t column;
	struct text cell;
};

/* Writes the line with at most two cells changed. */
static void write_edited(struct output *out, struct text line, size_t empty,
			 const struct edit *e, size_t n)
{
	struct text piece[5];
	const char *from = line.p;

	for (size_t i = 0; i < n; i++) {
		struct text old = cell_of_line(line, e[i].column);

		piece[2 * i] = (struct text){ from, (size_t)(old.p - from) };
		piece[2 * i + 1] = e[i].cell;
		from = old.p + old.n;
	}
	piece[2 * n] =
		(struct text){ from, (size_t)(line.p + line.n - from) };
	output_line(out, piece, 2 * n + 1, empty);
}

/* The row as fill_customer() and fill_line() would make it, written; false
 * when that is not so plain. */
static bool write_line(struct writer *w, size_t i, struct shelf_row *row,
		       struct output *out)
{
	struct edit edit[2];
	struct text line, id = { 0 };
	size_t n = 0, empty;

	if (!w->by_lines || !shelf_line(w->shelf, i, row, &line, &empty))
		return false;
	/* Neither of the two ends the line. */
	if (w->columns - empty <= w->customer_id)
		return false;
	if (row->who != SHELF_NOBODY)
		id = identity_id(w->identity, row->who);
	if (csvout_needs_quotes(id, ','))
		return false;
	if (w->line_no != NONE && cell_of_line(line, w->line_no).n == 0)
		edit[n++] = (struct edit){ w->line_no, next_line(w, row) };
	if (row->who != SHELF_NOBODY)
		edit[n++] = (struct edit){ w->customer_id, id };
	write_edited(out, line, empty, edit, n);
	return true;
}

static struct output *open_output(const struct writer *w)
{
	struct output_column *c = mem_alloc(w->columns, sizeof(*c));
	struct output *out;

	for (size_t i = 0; i < w->columns; i++)
		c[i] = (struct output_column){ w->column[i].name,
					       w->column[i].type };
	out = output_open(&w->run->o->common, c, w->columns);
	free(c);
	return out;
}

static struct text customer_key(void *ctx, uint32_t who)
{
	struct identity *identity = ctx;

	return identity_id(identity, who);
}

/* What is filled in when all is read. */
static void dress(struct writer *w, const struct shelf_row *row)
{
	memcpy(w->cell, row->cell, w->columns * sizeof(*w->cell));
	fill_customer(w, row->who);
	settle_phones(w);
	fill_flags(w);
}

/* False when the row is not asked for. */
static bool write_cells(struct writer *w, size_t i, struct shelf_row *row,
			struct output *out)
{
	shelf_row(w->shelf, i, row);
	dress(w, row);
	fill_line(w, row);
	if (!is_asked_for(w))
		return false;
	if (out)
		output_row(out, w->cell);
	return true;
}

/* Writes what is asked for and counts, for each unit, what became of it. */
static uint64_t write_rows(struct writer *w, size_t rows, struct output *out)
{
	struct input_counts *counts = &w->run->counts;
	size_t units = shelf_units(w->shelf), used = 0;
	bool *written = mem_zalloc(units, sizeof(*written));
	uint64_t n = 0;

	w->by_lines = goes_by_lines(w, out);
	for (size_t i = 0; i < rows; i++) {
		struct shelf_row row;

		if (!write_line(w, i, &row, out) &&
		    !write_cells(w, i, &row, out))
			continue;
		n++;
		if (row.alone) {
			used++;
			continue;
		}
		used += !written[row.unit];
		written[row.unit] = true;
	}
	counts->merged += shelf_merged(w->shelf);
	counts->used += used;
	counts->filtered += units - shelf_merged(w->shelf) - used;
	free(written);
	return n;
}

/* ---- with a base, and changes ---- */

/* The rows of the exports as they would go out. */
static void take_rows(struct writer *w, struct base *base, size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		struct shelf_row row;
		bool own_line;

		shelf_row(w->shelf, i, &row);
		dress(w, &row);
		own_line = w->line_no != NONE && w->cell[w->line_no].n;
		fill_line(w, &row);
		base_take(base, w->cell, row.unit, own_line);
	}
}

/* The rows of one unit that did not stand, and of the one that did. */
struct overlap {
	const struct text **old, **now;
	size_t n, m, oldcap, nowcap;
	struct arena hold;
};

static const struct text *dressed(struct writer *w, struct overlap *o,
				  const struct shelf_row *row)
{
	struct text *to = arena_alloc(&o->hold, w->columns * sizeof(*to));

	dress(w, row);
	for (size_t i = 0; i < w->columns; i++) {
		to[i] = w->cell[i];
		if (to[i].n)
			to[i].p = arena_copy(&o->hold, to[i].p, to[i].n);
	}
	return to;
}

static void add_overlap(struct writer *w, struct overlap *o,
			const struct shelf_change *c)
{
	if (c->old.cell) {
		o->old = mem_grow(o->old, o->n, &o->oldcap,
				  sizeof(struct text *));
		o->old[o->n++] = dressed(w, o, &c->old);
	}
	if (c->now.cell) {
		o->now = mem_grow(o->now, o->m, &o->nowcap,
				  sizeof(struct text *));
		o->now[o->m++] = dressed(w, o, &c->now);
	}
}

/* What exports say differently of one document. */
static void tell_overlaps(struct writer *w, struct changes *changes)
{
	struct change_counts counts = { 0 };
	size_t n = shelf_changes(w->shelf), next;

	for (size_t i = 0; i < n; i = next) {
		struct overlap o = { 0 };
		struct shelf_change c;
		uint32_t unit;

		shelf_change(w->shelf, i, &c);
		unit = c.old.unit;
		for (next = i; next < n; next++) {
			shelf_change(w->shelf, next, &c);
			if (c.old.unit != unit)
				break;
			add_overlap(w, &o, &c);
		}
		changes_tell(changes, o.old, o.n, o.now, o.m, "export",
			     &counts);
		free(o.old);
		free(o.now);
		arena_release(&o.hold);
	}
}

/* Writes what stands of exports and base; each has its own counts. */
static uint64_t write_result(struct writer *w, struct base *base,
			     struct changes *changes, size_t rows,
			     struct output *out)
{
	struct shelf *exports = w->shelf;
	bool *seen, *written;
	uint64_t n = 0;

	take_rows(w, base, rows);
	w->shelf = base_merge(base, exports, changes, &rows);
	seen = mem_zalloc(shelf_units(w->shelf), 1);
	written = mem_zalloc(shelf_units(w->shelf), 1);
	w->by_lines = goes_by_lines(w, out);
	for (size_t i = 0; i < rows; i++) {
		struct shelf_row row;
		bool out_it = write_line(w, i, &row, out) ||
			      write_cells(w, i, &row, out);

		seen[row.unit] = true;
		written[row.unit] |= out_it;
		n += out_it;
	}
	w->shelf = exports;
	base_count(base, exports, seen, written, &w->run->counts);
	free(seen);
	free(written);
	return n;
}

static bool are_entities(const struct schema *s)
{
	return plan_has_flags(s);
}

static void release(struct writer *w)
{
	identity_free(w->identity);
	shelf_free(w->shelf);
	group_free(w->lines);
	free(w->column);
	free(w->cell);
	free(w->condition);
	free(w->condition_column);
	buf_release(&w->flag_text);
	buf_release(&w->numbers);
	buf_release(&w->others);
}

static void open_shelf(struct writer *w, bool watch)
{
	w->identity = identity_new();
	w->lines = group_new(sizeof(uint32_t), 0, NULL, NULL);
	w->lines_unit = SHELF_NOBODY;
	w->shelf = shelf_new(are_entities(w->schema) ? SHELF_ENTITIES :
						       SHELF_EVENTS,
			     w->columns);
	if (strcmp(w->schema->name, "customers") == 0) {
		shelf_prefer(w->shelf, column_called(w, TEXT("name")),
			     reading_is_whole_name);
		shelf_prefer(w->shelf, column_called(w, TEXT("phone")),
			     reading_is_whole_phone);
		shelf_prefer(w->shelf, column_called(w, TEXT("id_no")),
			     reading_is_whole_id);
	}
	/* A customer is as old as the oldest record. */
	if (are_entities(w->schema))
		shelf_smallest(w->shelf, column_called(w, TEXT("created_on")));
	if (watch)
		shelf_watch(w->shelf);
}

int import_stream(struct import *run, const struct schema *schema)
{
	struct writer w = { .run = run, .schema = schema };
	struct base *base = base_open(run, schema);
	struct changes *changes;
	struct output *out = NULL;
	int status = EXIT_DONE;
	size_t rows;
	uint64_t n;

	import_plans(run, schema);
	set_columns(&w);
	want_conditions(&w);
	changes = changes_open(run, schema, w.column, w.columns);
	open_shelf(&w, run->o->changes);
	run->quality = quality_open(run);
	if (!run->o->common.dry_run)
		out = open_output(&w);
	if (base)
		base_read(base, w.identity, w.columns);
	for (size_t i = 0; i < run->sheets; i++)
		import_read(run, &run->sheet[i], w.identity, w.shelf);
	identity_resolve(w.identity);
	rows = shelf_finish(w.shelf, customer_key, w.identity);
	if (run->o->changes && !are_entities(schema))
		tell_overlaps(&w, changes);
	n = base ? write_result(&w, base, changes, rows, out) :
		   write_rows(&w, rows, out);
	progress_close(&run->progress);
	filldown_end(run);
	input_settle(&run->o->common, run->rejects, &run->counts, n);
	if (base)
		base_tell(base);
	changes_close(changes);
	quality_write(run->quality, w.identity);
	quality_close(run->quality);
	import_save_map(run);
	/* Last, so that a run that fails leaves no result. */
	if (out)
		status = output_close(out);
	base_close(base);
	release(&w);
	return status;
}
