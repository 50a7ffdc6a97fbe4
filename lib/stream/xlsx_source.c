/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The workbook behind the bytes: chosen, told of, put to rest, woken. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "stream/xlsx.h"
#include "stream/xlsx_source.h"

struct xlsx_source {
	struct xlsx book;
	struct xlsx_stream stream;
	struct source *below;
	int fd;			/* of it */
	size_t sheet;
	bool fill;
	bool rests;		/* book and stream are closed for now */
	uint64_t given;		/* bytes so far */
};

static void xlsx_source_rest(void *ctx)
{
	struct xlsx_source *x = ctx;

	xlsx_stream_close(&x->stream);
	xlsx_close(&x->book);
	x->rests = true;
}

static void xlsx_source_close(void *ctx)
{
	struct xlsx_source *x = ctx;

	xlsx_source_rest(x);
	if (x->below)
		source_close(x->below);
	free(x);
}

/* Opens it again and comes to where it was; false: see why, or the stream's. */
static bool go_back(struct xlsx_source *x, struct buf *why)
{
	char room[4096];
	uint64_t left = x->given;

	if (!xlsx_open(&x->book, x->fd, why) ||
	    !xlsx_stream_open(&x->stream, &x->book, x->sheet, x->fill))
		return false;
	while (left) {
		size_t n = left < sizeof(room) ? left : sizeof(room);
		ssize_t got = xlsx_stream_read(&x->stream, room, n);

		if (got == 0)
			buf_adds(why, "it has changed while it was read");
		if (got <= 0)
			return false;
		left -= (size_t)got;
	}
	return true;
}

static bool wake(struct xlsx_source *x, struct buf *why)
{
	x->rests = false;
	if (go_back(x, why))
		return true;
	if (why->n == 0)
		buf_addt(why, buf_text(&x->stream.why));
	xlsx_source_rest(x);
	return false;
}

static ssize_t xlsx_source_read(void *ctx, struct source *s, char *to, size_t n)
{
	struct xlsx_source *x = ctx;
	struct buf why = { 0 };
	ssize_t got;

	if (x->rests && !wake(x, &why)) {
		got = source_refuse(s, why.p);
		buf_release(&why);
		return got;
	}
	got = xlsx_stream_read(&x->stream, to, n);
	if (got < 0)
		return source_refuse(s, x->stream.why.p);
	x->given += (uint64_t)got;
	return got;
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

static bool begin_xlsx(struct xlsx_source *x, const struct workbook_options *o,
		       struct buf *say)
{
	size_t i;

	if (!xlsx_open(&x->book, x->fd, say) ||
	    !xlsx_choose(&x->book, o->sheet, &i, say))
		return false;
	if (!xlsx_stream_open(&x->stream, &x->book, i, o->fill_merged)) {
		buf_addt(say, buf_text(&x->stream.why));
		return false;
	}
	x->sheet = i;
	x->fill = o->fill_merged;
	return !o->tell || tell(&x->book, i, say);
}

enum workbook_state xlsx_source_open(struct source **source,
				     const struct workbook_options *o,
				     struct buf *say)
{
	static const struct source_maker maker = { xlsx_source_read,
						   xlsx_source_close,
						   xlsx_source_rest };
	int fd = source_seekable(*source);
	struct xlsx_source *x;

	if (fd < 0) {
		buf_addf(say, WORKBOOK_NO_COPY, strerror(errno));
		return WORKBOOK_BAD;
	}
	x = mem_zalloc(1, sizeof(*x));
	x->fd = fd;
	if (!begin_xlsx(x, o, say)) {
		xlsx_source_close(x);
		return WORKBOOK_BAD;
	}
	x->below = *source;
	*source = source_made(&maker, x);
	return WORKBOOK_READ;
}
