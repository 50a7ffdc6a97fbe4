/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligned tables. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "stream/table_out.h"

/* Rows that are looked at before the widths are settled. */
#define ROWS_KEPT 10000
/* No cell is shown wider than this. */
#define CELL_MAX 200

struct tableout {
	struct sink *sink;
	bool markdown;
	bool *right;
	size_t columns, at;
	size_t *width;
	bool settled;
	size_t blanks;		/* due, if more of the line comes */
	struct buf text;	/* the cells kept, one after the other */
	size_t *end;		/* where each ends */
	size_t cells, cap;
};

static void keep(struct tableout *t, struct text cell)
{
	size_t from = t->text.n, width;

	utf8_show(&t->text, cell, CELL_MAX);
	t->end = mem_grow(t->end, t->cells, &t->cap, sizeof(*t->end));
	t->end[t->cells++] = t->text.n;
	width = utf8_width((struct text){ t->text.p + from, t->text.n - from });
	if (!t->settled && width > t->width[t->at])
		t->width[t->at] = width;
	t->at++;
}

struct tableout *tableout_new(struct sink *sink, bool markdown,
			      const char *const *name, const bool *right,
			      size_t columns)
{
	struct tableout *t = mem_zalloc(1, sizeof(*t));

	t->sink = sink;
	t->markdown = markdown;
	t->columns = columns;
	t->width = mem_zalloc(columns, sizeof(*t->width));
	t->right = mem_alloc(columns, sizeof(*t->right));
	memcpy(t->right, right, columns * sizeof(*t->right));
	for (size_t i = 0; i < columns; i++)
		keep(t, text_of(tr_column(name[i])));
	t->at = 0;
	return t;
}

static void spaces(struct sink *s, size_t n, char c)
{
	memset(sink_room(s, n), c, n);
	sink_wrote(s, n);
}

/* A plain line does not end in blanks: they wait for what stands behind. */
static void put_blanks(struct tableout *t)
{
	spaces(t->sink, t->blanks, ' ');
	t->blanks = 0;
}

static void put_text(struct tableout *t, struct text cell)
{
	size_t end = cell.n;

	while (end > 0 && cell.p[end - 1] == ' ')
		end--;
	if (end > 0)
		put_blanks(t);
	for (size_t i = 0; i < end; i++) {
		/* A bar would end the cell. */
		if (t->markdown && cell.p[i] == '|')
			sink_puts(t->sink, "\\");
		sink_put(t->sink, cell.p + i, 1);
	}
	t->blanks += cell.n - end;
}

static void put_cell(struct tableout *t, size_t column, struct text cell)
{
	size_t used = utf8_width(cell);
	size_t gap = used < t->width[column] ? t->width[column] - used : 0;

	if (t->markdown) {
		put_blanks(t);
		sink_puts(t->sink, column ? " | " : "| ");
	} else if (column) {
		t->blanks += 2;
	}
	t->blanks += t->right[column] ? gap : 0;
	put_text(t, cell);
	t->blanks += t->right[column] ? 0 : gap;
	if (column + 1 < t->columns)
		return;
	if (t->markdown) {
		put_blanks(t);
		sink_puts(t->sink, " |");
	}
	t->blanks = 0;
	sink_puts(t->sink, "\n");
}

static void put_rule(struct tableout *t)
{
	for (size_t i = 0; i < t->columns; i++) {
		if (t->markdown) {
			sink_puts(t->sink, "|");
			spaces(t->sink, t->width[i] + 1, '-');
			sink_puts(t->sink, t->right[i] ? ":" : "-");
		} else {
			sink_puts(t->sink, i ? "  " : "");
			spaces(t->sink, t->width[i], '-');
		}
	}
	sink_puts(t->sink, t->markdown ? "|\n" : "\n");
}

static void put_kept(struct tableout *t)
{
	size_t from = 0;

	for (size_t i = 0; i < t->cells; i++) {
		if (!t->settled && i == t->columns)
			put_rule(t);
		/* A cell has a column.
		 * NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
		put_cell(t, i % t->columns,
			 (struct text){ t->text.p + from, t->end[i] - from });
		from = t->end[i];
	}
	if (!t->settled && t->cells == t->columns)
		put_rule(t);
	t->settled = true;
	t->cells = 0;
	buf_clear(&t->text);
}

void tableout_cell(struct tableout *t, struct text cell)
{
	keep(t, cell);
}

void tableout_end(struct tableout *t)
{
	t->at = 0;
	if (t->settled || t->cells / t->columns > ROWS_KEPT)
		put_kept(t);
}

void tableout_free(struct tableout *t)
{
	put_kept(t);
	buf_release(&t->text);
	free(t->end);
	free(t->width);
	free(t->right);
	free(t);
}
