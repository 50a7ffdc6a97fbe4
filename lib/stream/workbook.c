/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which document it is, and its sheet put in the source's place. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "stream/workbook.h"
#include "stream/xlsx.h"

/* ---- .xlsx ---- */

struct xlsx_source {
	struct xlsx book;
	struct xlsx_stream stream;
	struct source *below;
};

static void xlsx_source_close(void *ctx)
{
	struct xlsx_source *x = ctx;

	xlsx_stream_close(&x->stream);
	xlsx_close(&x->book);
	if (x->below)
		source_close(x->below);
	free(x);
}

static ssize_t xlsx_source_read(void *ctx, struct source *s, char *to,
				size_t n)
{
	struct xlsx_source *x = ctx;
	ssize_t got = xlsx_stream_read(&x->stream, to, n);

	return got < 0 ? source_refuse(s, x->stream.why.p) : got;
}

static void name_sheet(const struct xlsx *x, size_t i, struct buf *say)
{
	buf_adds(say, "sheet \"");
	utf8_show(say, text_of(x->sheet[i].name), 60);
	buf_adds(say, "\"");
}

/* Notes on the sheet that is read and on those that are not. */
static bool tell(struct xlsx *x, size_t chosen, struct buf *say)
{
	struct buf why = { 0 };
	bool good = true;

	name_sheet(x, chosen, say);
	buf_adds(say, " of the workbook is read");
	for (size_t i = 0; i < x->sheets && good; i++) {
		const struct xlsx_listed *l = &x->sheet[i];

		if (i == chosen)
			continue;
		good = xlsx_look(x, i, &why);
		if (!l->rows && !l->hidden)
			continue;
		buf_addc(say, '\n');
		name_sheet(x, i, say);
		buf_addf(say, " %s%s%s; --sheet reads it",
			 l->hidden ? "is hidden" : "",
			 l->hidden && l->rows ? " and " : "",
			 l->rows ? "has rows, too" : "");
	}
	if (!good) {
		buf_clear(say);
		buf_addt(say, buf_text(&why));
	}
	buf_release(&why);
	return good;
}

static bool begin_xlsx(struct xlsx_source *x, int fd,
		       const struct workbook_options *o, struct buf *say)
{
	size_t i;

	if (!xlsx_open(&x->book, fd, say) ||
	    !xlsx_choose(&x->book, o->sheet, &i, say))
		return false;
	if (!xlsx_stream_open(&x->stream, &x->book, i, o->fill_merged)) {
		buf_addt(say, buf_text(&x->stream.why));
		return false;
	}
	return !o->tell || tell(&x->book, i, say);
}

static enum workbook_state open_xlsx(struct source **source,
				     const struct workbook_options *o,
				     struct buf *say)
{
	int fd = source_seekable(*source);
	struct xlsx_source *x;

	if (fd < 0) {
		buf_addf(say, "it cannot be copied to a temporary file: %s",
			 strerror(errno));
		return WORKBOOK_BAD;
	}
	x = mem_zalloc(1, sizeof(*x));
	if (!begin_xlsx(x, fd, o, say)) {
		xlsx_source_close(x);
		return WORKBOOK_BAD;
	}
	x->below = *source;
	*source = source_made(xlsx_source_read, xlsx_source_close, x);
	return WORKBOOK_READ;
}

/* ---- old containers ---- */

/* The first folder sector of a compound file ([MS-CFB] 2.2, 2.6) is where the
 * names of its streams stand, in UTF-16. */
static bool is_encrypted(struct source *s)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0"
				   "g\0e";
	unsigned char head[512], folder[4096];
	uint64_t sector;
	ssize_t n;
	int fd = source_seekable(s);

	if (fd < 0 || pread(fd, head, sizeof(head), 0) != sizeof(head) ||
	    head[30] < 7 || head[30] > 20)
		return false;
	sector = head[48] | (uint64_t)head[49] << 8 | (uint64_t)head[50] << 16 |
		 (uint64_t)head[51] << 24;
	n = pread(fd, folder, sizeof(folder),
		  (off_t)((sector + 1) << head[30]));
	return n > 0 && memmem(folder, (size_t)n, name, sizeof(name) - 1);
}

enum workbook_state workbook_open(struct source **source,
				  const struct workbook_options *o,
				  struct buf *say)
{
	struct text head = source_peek(*source, 8);

	if (text_starts(head, "PK\x03\x04") || text_starts(head, "PK\x05\x06"))
		return open_xlsx(source, o, say);
	if (text_starts(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		buf_adds(say, is_encrypted(*source) ?
				      "an encrypted Excel workbook; open it in "
				      "Excel and save it without a password" :
				      "an old Excel workbook (.xls, OLE); "
				      "convert it with `libreoffice --headless "
				      "--convert-to xlsx FILE` and read that");
		return WORKBOOK_BAD;
	}
	return WORKBOOK_NONE;
}
