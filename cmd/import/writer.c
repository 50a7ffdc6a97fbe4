/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for, filled in and written of the rows of a stream. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "cmd/import/writer.h"
#include "stream/csv_out.h"

size_t writer_column(const struct writer *w, struct text name)
{
	for (size_t i = 0; i < w->columns; i++)
		if (text_is(name, w->column[i].name))
			return i;
	return WRITER_NONE;
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
		w->condition_column[i] = writer_column(w, one.column);
		if (w->condition_column[i] == WRITER_NONE)
			die("--where: %s has no column \"%.*s\"",
			    w->schema->name, (int)one.column.n, one.column.p);
		w->conditions++;
	}
	w->range = common_range(c);
	w->date = WRITER_NONE;
	if (w->range.first != DAY_MIN || w->range.last != DAY_MAX)
		w->date = writer_column(w, text_of(w->schema->date_column));
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
	if (w->date != WRITER_NONE) {
		int32_t day;

		return day_parse(w->cell[w->date], &day) &&
		       day >= w->range.first && day <= w->range.last;
	}
	return true;
}

/* ---- columns and cells ---- */

static void set_columns(struct writer *w)
{
	static const char *const doubts[] = {
		"phone", "phone_alt", "id_no",	"email",     "vin",
		"plate_no", "name",   "gender", "birth_date"};

	w->columns = project_columns(w->schema, &w->run->extras, &w->column);
	w->cell = mem_alloc(w->columns, sizeof(*w->cell));
	w->customer_id = writer_column(w, TEXT("customer_id"));
	w->id_kind = writer_column(w, TEXT("id_kind"));
	w->line_no = writer_column(w, TEXT("line_no"));
	w->flags = plan_has_flags(w->schema) ?
			   writer_column(w, TEXT("flags")) :
			   WRITER_NONE;
	for (size_t i = 0; i < NELEMS(doubts); i++)
		w->doubt[i] = writer_column(w, text_of(doubts[i]));
}

static void fill_customer(struct writer *w, uint32_t who)
{
	bool lead = strcmp(w->schema->name, "leads") == 0;

	if (who != SHELF_NOBODY &&
	    (!lead || identity_is_customer(w->identity, who)))
		w->cell[w->customer_id] = identity_id(w->identity, who);
	if (w->id_kind == WRITER_NONE)
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

void writer_fill_line(struct writer *w, const struct shelf_row *row)
{
	if (w->line_no != WRITER_NONE && w->cell[w->line_no].n == 0)
		w->cell[w->line_no] = next_line(w, row);
}

/* Two records of a customer may have given the same number twice. */
static void settle_phones(struct writer *w)
{
	size_t phone = w->doubt[0], alt = w->doubt[1];
	struct text rest, one;

	if (phone == WRITER_NONE || alt == WRITER_NONE || w->cell[alt].n == 0)
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
	return w->doubt[i] == WRITER_NONE ? (struct text){ 0 } :
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

	if (w->flags == WRITER_NONE)
		return;
	d.said = w->cell[w->flags];
	buf_clear(&w->flag_text);
	reading_flags(&w->flag_text, &d);
	w->cell[w->flags] = buf_text(&w->flag_text);
}

/* What is filled in when all is read. */
void writer_dress(struct writer *w, const struct shelf_row *row)
{
	memcpy(w->cell, row->cell, w->columns * sizeof(*w->cell));
	fill_customer(w, row->who);
	settle_phones(w);
	fill_flags(w);
}

/* ---- rows as lines ---- */

/* Nothing but the customer and the number of the line is filled in, and
 * nothing is asked of cells. */
static bool goes_by_lines(const struct writer *w, const struct output *out)
{
	return out && output_takes_lines(out) && w->conditions == 0 &&
	       (w->line_no == WRITER_NONE || w->line_no < w->customer_id) &&
	       w->date == WRITER_NONE && w->flags == WRITER_NONE &&
	       w->id_kind == WRITER_NONE &&
	       (w->doubt[0] == WRITER_NONE || w->doubt[1] == WRITER_NONE);
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

/* The row as fill_customer() and writer_fill_line() would make it, written;
 * false when that is not so plain. */
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
	if (w->line_no != WRITER_NONE && cell_of_line(line, w->line_no).n == 0)
		edit[n++] = (struct edit){ w->line_no, next_line(w, row) };
	if (row->who != SHELF_NOBODY)
		edit[n++] = (struct edit){ w->customer_id, id };
	write_edited(out, line, empty, edit, n);
	return true;
}

/* ---- rows ---- */

struct output *writer_output(const struct writer *w)
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

/* False when the row is not asked for. */
static bool write_cells(struct writer *w, size_t i, struct shelf_row *row,
			struct output *out)
{
	shelf_row(w->shelf, i, row);
	writer_dress(w, row);
	writer_fill_line(w, row);
	if (!is_asked_for(w))
		return false;
	if (out)
		output_row(out, w->cell);
	return true;
}

void writer_begin(struct writer *w, struct output *out)
{
	w->by_lines = goes_by_lines(w, out);
}

bool writer_row(struct writer *w, size_t i, struct shelf_row *row,
		struct output *out)
{
	return write_line(w, i, row, out) || write_cells(w, i, row, out);
}

void writer_open(struct writer *w)
{
	set_columns(w);
	want_conditions(w);
	w->lines = group_new(sizeof(uint32_t), 0, NULL, NULL);
	w->lines_unit = SHELF_NOBODY;
}

void writer_close(struct writer *w)
{
	group_free(w->lines);
	free(w->column);
	free(w->cell);
	free(w->condition);
	free(w->condition_column);
	buf_release(&w->flag_text);
	buf_release(&w->numbers);
	buf_release(&w->others);
}
