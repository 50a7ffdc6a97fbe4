/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crmutils rejects FILE: the rejected rows as they were, below their header,
 * so that they can be mended and fed in again. Comes in: what --rejects
 * wrote. Goes out: raw rows. Rows that are no data by nature stay away.
 */
#include <sodium.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/opt.h"
#include "base/text.h"
#include "base/utf8.h"
#include "stream/common.h"
#include "stream/input.h"
#include "stream/reason.h"
#include "stream/sink.h"

#include "cmd/crmutils/verbs.h"

enum column { NAME, REASON, RECORD };

struct rejects_options {
	const char *file;		/* NULL: of all files */
	struct opt_list reasons;	/* none: for any reason */
};

/* The header that is out already: a file has one only. */
struct mended {
	struct sink *out;
	struct buf header;
	uint64_t rows;
};

static bool is_wanted(const struct rejects_options *o, const struct row *row)
{
	struct text reason = row->cell[REASON].text;
	size_t i;

	if (o->file && !text_is(row->cell[NAME].text, o->file))
		return false;
	if (text_is(reason, reason_code(REASON_HEADER)))
		return true;
	if (text_is(reason, reason_code(REASON_NOT_DATA)))
		return false;
	for (i = 0; i < o->reasons.n; i++)
		if (text_is(reason, o->reasons.item[i]))
			return true;
	return i == 0;
}

static void put_line(struct sink *out, struct text line)
{
	sink_put(out, line.p, line.n);
	sink_puts(out, "\n");
}

static _Noreturn void refuse(struct text file, const char *why)
{
	struct buf name = { 0 };

	utf8_show(&name, file, 200);
	die("\"%s\" %s: take one file at a time with --file", name.p, why);
}

static void put_header(struct mended *m, struct text file, struct text header)
{
	if (m->header.p && !text_eq(buf_text(&m->header), header))
		refuse(file, "has another header than the file before it");
	if (m->header.p)
		return;
	if (m->rows > 0)
		refuse(file, "has a header and the file before it has none");
	buf_addt(&m->header, header);
	put_line(m->out, header);
}

/* Bytes that no CSV can hold were kept as base64. */
static bool put_encoded(struct sink *out, struct text record)
{
	char *room = sink_room(out, record.n);
	size_t n;

	if (sodium_base642bin((unsigned char *)room, record.n, record.p,
			      record.n, NULL, &n, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0)
		return false;
	sink_wrote(out, n);
	sink_puts(out, "\n");
	return true;
}

static bool is_encoded(struct text reason)
{
	return text_is(reason, reason_code(REASON_BAD_UTF8)) ||
	       text_is(reason, reason_code(REASON_NUL));
}

static void mend(struct mended *m, struct input *in, const struct row *row)
{
	struct text reason = row->cell[REASON].text;
	struct text record = row->cell[RECORD].text;

	if (text_is(reason, reason_code(REASON_HEADER))) {
		put_header(m, row->cell[NAME].text, record);
		input_skip(in);
	} else if (!is_encoded(reason)) {
		put_line(m->out, record);
		m->rows++;
	} else if (put_encoded(m->out, record)) {
		m->rows++;
	} else {
		input_reject(in, RECORD, REASON_BAD_VALUE,
			     "not base64, as it should be with this reason");
	}
}

int rejects_main(int argc, char **argv)
{
	static const struct input_column columns[] = {
		[NAME] = { "file", COL_TEXT, INPUT_REQUIRED },
		[REASON] = { "reason", COL_TEXT, INPUT_FILLED },
		[RECORD] = { "record", COL_TEXT, INPUT_REQUIRED },
	};
	struct rejects_options o = { NULL, { NULL, 0, 0 } };
	struct mended m = { 0 };
	struct common common;
	struct input *in;
	struct row row;
	size_t nfiles;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "file", "NAME", "only rows of this file",
		  .to = &o.file },
		{ OPT_LIST, 0, "reason", "CODE",
		  "only rows with this reason (repeatable)", .to = &o.reasons },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crmutils rejects", "[OPTION...] [FILE...]",
		"Gives back the rows that --rejects set aside, below their "
		"header,\nto be mended and fed in again.",
		"crmutils rejects bad.csv >mend.csv", opts
	};

	files = opt_parse(&program, argc, argv, &nfiles);
	in = input_open(&common, NULL, columns, NELEMS(columns), files,
			nfiles);
	m.out = sink_open(common.output, SINK_PRIVATE);
	while (input_next(in, &row)) {
		if (is_wanted(&o, &row))
			mend(&m, in, &row);
		else
			input_skip(in);
	}
	input_close(in, m.rows);
	sink_close(m.out);
	buf_release(&m.header);
	return EXIT_DONE;
}
