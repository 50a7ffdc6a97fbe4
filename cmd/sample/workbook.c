/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as a workbook, by libxlsxwriter. It writes files only, so it gets
 * one in memory. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "cmd/sample/pages.h"
#include "model/sample_sheet.h"

#define CHUNK	    65536

/* All cells, row after row. */
struct sheet {
	struct text *cell;
	size_t n, cap;
	size_t columns, rows;
	lxw_worksheet *to;
	lxw_format *date;
	struct buf word; /* a cell as a C string */
};

static void cut(struct sheet *s, struct text cells)
{
	struct text row, cell;

	while (text_split(&cells, '\n', &row)) {
		size_t before = s->n;

		if (row.n == 0)
			continue;
		while (text_split(&row, SAMPLE_CELL_END, &cell)) {
			s->cell = mem_grow(s->cell, s->n, &s->cap,
					   sizeof(*s->cell));
			s->cell[s->n++] = cell;
		}
		s->columns = s->n - before;
	}
	s->rows = s->columns ? s->n / s->columns : 0;
}

static struct text at(const struct sheet *s, size_t row, size_t column)
{
	return s->cell[row * s->columns + column];
}

static bool begins(struct text t, char mark)
{
	return t.n > 0 && t.p[0] == mark;
}

static const char *word(struct sheet *s, struct text t)
{
	buf_clear(&s->word);
	buf_addt(&s->word, t);
	buf_addc(&s->word, '\0');
	return s->word.p;
}

static double figure(struct text t)
{
	double v = 0;

	number_real((struct text){t.p + 1, t.n - 1}, &v);
	return v;
}

/* How many rows below are merged with this cell. */
static size_t merged_below(const struct sheet *s, size_t row, size_t column)
{
	size_t n = 0;

	while (row + n + 1 < s->rows &&
	       begins(at(s, row + n + 1, column), SAMPLE_AS_ABOVE))
		n++;
	return n;
}

static void put_cell(struct sheet *s, size_t row, size_t column)
{
	struct text t = at(s, row, column);
	lxw_row_t r = (lxw_row_t)row;
	lxw_col_t c = (lxw_col_t)column;
	size_t below = merged_below(s, row, column);

	if (begins(t, SAMPLE_AS_ABOVE))
		return;
	if (below)
		worksheet_merge_range(s->to, r, c, r + (lxw_row_t)below, c,
				      word(s, t), NULL);
	else if (begins(t, SAMPLE_AS_DAY))
		worksheet_write_number(s->to, r, c, figure(t), s->date);
	else if (begins(t, SAMPLE_AS_NUMBER))
		worksheet_write_number(s->to, r, c, figure(t), NULL);
	else if (t.n)
		worksheet_write_string(s->to, r, c, word(s, t), NULL);
}

static bool is_lone(const struct sheet *s, size_t row)
{
	for (size_t c = 1; c < s->columns; c++)
		if (at(s, row, c).n)
			return false;
	return s->columns > 1;
}

static void put_row(struct sheet *s, size_t row)
{
	if (is_lone(s, row)) {
		worksheet_merge_range(s->to, (lxw_row_t)row, 0, (lxw_row_t)row,
				      (lxw_col_t)(s->columns - 1),
				      word(s, at(s, row, 0)), NULL);
		return;
	}
	for (size_t c = 0; c < s->columns; c++)
		put_cell(s, row, c);
}

static void read_back(int fd, struct buf *to)
{
	ssize_t got;

	if (lseek(fd, 0, SEEK_SET) < 0)
		die_errno("a workbook in memory");
	while ((got = read(fd, buf_room(to, CHUNK), CHUNK)) > 0)
		to->n += (size_t)got;
	if (got < 0)
		die_errno("a workbook in memory");
}

void sample_workbook(struct text cells, const char *name, int32_t made_on,
		     struct buf *to)
{
	/* Rows go out as they are written; what a row holds stays small. */
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	lxw_doc_properties about = {.created = (time_t)made_on * DAY_SECONDS};
	struct sheet s = {0};
	lxw_workbook *book;
	lxw_error error;
	char path[40];
	int fd = memfd_create("workbook", MFD_CLOEXEC);

	if (fd < 0)
		die_errno("a workbook in memory");
	text_putf(path, sizeof(path), "/proc/self/fd/%d", fd);
	book = workbook_new_opt(path, &options);
	if (!book)
		die("%s: libxlsxwriter has no memory for it", name);
	workbook_set_properties(book, &about);
	s.to = workbook_add_worksheet(book, name);
	s.date = workbook_add_format(book);
	format_set_num_format(s.date, "yyyy/m/d");
	cut(&s, cells);
	for (size_t r = 0; r < s.rows; r++)
		put_row(&s, r);
	error = workbook_close(book);
	if (error != LXW_NO_ERROR)
		die("%s: %s", name, lxw_strerror(error));
	read_back(fd, to);
	close(fd);
	free(s.cell);
	buf_release(&s.word);
}
