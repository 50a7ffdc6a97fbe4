/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as a page. */
#include "base/ascii.h"
#include "cmd/sample/pages.h"
#include "model/sample_sheet.h"

static void add_escaped(struct buf *to, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '&')
			buf_adds(to, "&amp;");
		else if (t.p[i] == '<')
			buf_adds(to, "&lt;");
		else if (t.p[i] == '>')
			buf_adds(to, "&gt;");
		else
			buf_addc(to, t.p[i]);
	}
}

static bool are_digits(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!ascii_is_digit(t.p[i]))
			return false;
	return t.n > 0;
}

/* Long numbers wear the style that keeps a spreadsheet from rounding them. */
static void add_cell(struct buf *to, struct text cell)
{
	if (cell.n == 0)
		buf_adds(to, "<td>&nbsp;</td>");
	else if (cell.n > 9 && are_digits(cell)) {
		buf_adds(to, "<td style=\"mso-number-format:'\\@'\">");
		add_escaped(to, cell);
		buf_adds(to, "</td>");
	} else {
		buf_adds(to, "<td>");
		add_escaped(to, cell);
		buf_adds(to, "</td>");
	}
}

/* Number of cells when nothing stands behind the first, else 0. */
static size_t lone_cell(struct text row)
{
	size_t first = text_find(row, (const char[]){SAMPLE_CELL_END, '\0'});

	if (first == SIZE_MAX)
		return 0;
	for (size_t i = first; i < row.n; i++)
		if (row.p[i] != SAMPLE_CELL_END)
			return 0;
	return row.n - first + 1;
}

static void add_row(struct buf *to, struct text row)
{
	size_t columns = lone_cell(row);
	struct text cell;

	buf_adds(to, "<tr>");
	if (columns) {
		text_split(&row, SAMPLE_CELL_END, &cell);
		buf_addf(to, "<td colspan=\"%zu\"><b>", columns);
		add_escaped(to, cell);
		buf_adds(to, "</b></td>");
	} else {
		while (text_split(&row, SAMPLE_CELL_END, &cell))
			add_cell(to, cell);
	}
	buf_adds(to, "</tr>\r\n");
}

void sample_html(struct text cells, struct buf *to)
{
	struct text row;

	buf_adds(to,
		 "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\r\n"
		 "<head><meta http-equiv=\"Content-Type\" "
		 "content=\"text/html; charset=gb2312\"></head>\r\n"
		 "<body><table border=\"1\" cellspacing=\"0\">\r\n");
	while (text_split(&cells, '\n', &row))
		if (row.n)
			add_row(to, row);
	buf_adds(to, "</table></body></html>\r\n");
}
