/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a file: framed, judged, cut into cells. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cmd/import/import.h"
#include "stream/csv_in.h"

struct rows {
	struct sheet *sheet;
	struct import *run;
	struct feed *feed;
	struct csvin *csv;
	const struct block *block;
	const struct framed *rec;
	size_t next;
	struct text *cell;
	size_t cells, width;
	struct buf message, column;	/* of the reject under way */
	bool tail_told;
	struct filldown *fill;
};

struct rows *rows_open(struct sheet *s, struct import *run)
{
	struct rows *r = mem_zalloc(1, sizeof(*r));

	r->sheet = s;
	r->run = run;
	r->feed = feed_open(s->source,
			    s->format == TABLE_JSON   ? FEED_ARRAY :
			    s->format == TABLE_NDJSON ? FEED_LINES :
							FEED_CSV,
			    s->delimiter,
			    common_threads(&run->o->common));
	s->fed = true;
	r->csv = csvin_new(s->delimiter);
	r->fill = filldown_new(s, run);
	rejects_file(run->rejects, s->path, s->raw_header, s->header_line);
	return r;
}

void rows_close(struct rows *r)
{
	feed_close(r->feed);
	csvin_free(r->csv);
	filldown_free(r->fill);
	free(r->cell);
	buf_release(&r->message);
	buf_release(&r->column);
	free(r);
}

static uint64_t line_of(const struct rows *r)
{
	return r->block->first_line + r->rec->line;
}

static struct text raw_of(const struct rows *r)
{
	return (struct text){ r->block->bytes + r->rec->start,
			      r->rec->stop - r->rec->start };
}

static void reject(struct rows *r, enum reason reason, const char *column)
{
	r->run->counts.rejected++;
	if (!r->run->o->common.rejects)
		progress_close(&r->run->progress);
	rejects_row(r->run->rejects, line_of(r), column, reason,
		    r->message.n ? r->message.p : NULL, raw_of(r));
}

static void no_data(struct rows *r)
{
	r->run->counts.not_data++;
	rejects_row(r->run->rejects, line_of(r), NULL, REASON_NOT_DATA, NULL,
		    raw_of(r));
}

static bool advance(struct rows *r)
{
	while (!r->block || r->next == r->block->frames.n) {
		if (r->block && r->block->error)
			source_die(r->sheet->source, r->sheet->path,
				   r->block->error);
		if (r->block && r->block->end)
			return false;
		progress_show(&r->run->progress, r->run->counts.in);
		r->block = feed_next(r->feed);
		r->next = 0;
	}
	r->rec = &r->block->frames.rec[r->next++];
	return true;
}

/* Bytes that no row may hold; only asked in blocks that have some. */
static enum reason bad_bytes(struct rows *r)
{
	struct text raw = raw_of(r);
	const char *nul = raw.n ? memchr(raw.p, '\0', raw.n) : NULL;
	size_t at = utf8_bad(raw.p, raw.n);

	if (nul) {
		buf_addf(&r->message, "a NUL byte at offset %zu of the row",
			 (size_t)(nul - raw.p));
		return REASON_NUL;
	}
	if (at == raw.n)
		return REASON_NONE;
	buf_addf(&r->message,
		 "not valid in the encoding %s at offset %zu of the row (byte "
		 "0x%02x)",
		 decode_name(r->sheet->decode), at, (unsigned char)raw.p[at]);
	return REASON_BAD_UTF8;
}

static void need_cells(struct rows *r, size_t n)
{
	r->width = n;
	if (n > r->cells) {
		r->cells = n;
		r->cell = mem_resize(r->cell, n, sizeof(*r->cell));
	}
}

/* An object: null is empty, a list or an object no value of a field. */
static enum reason take_object(struct rows *r)
{
	const struct sheet *s = r->sheet;
	const struct json_value *v;
	struct json_fault fault;

	if (!jsonin_parse(s->json, raw_of(r), false, &v, &fault)) {
		jsonin_tell(&r->message, &fault, raw_of(r),
			    s->format == TABLE_NDJSON);
		return fault.reason;
	}
	need_cells(r, s->columns);
	for (size_t i = 0; i < s->columns; i++) {
		r->cell[i] = v[i].text;
		if (v[i].kind != JSON_NESTED ||
		    s->column[i].match.field == FIELD_NONE)
			continue;
		utf8_show(&r->column, s->header[i], 60);
		return REASON_NESTED;
	}
	return REASON_NONE;
}

static enum reason cut_cells(struct rows *r)
{
	if (r->sheet->json)
		return take_object(r);
	need_cells(r, r->rec->fields);
	if (!csvin_is_doubtful(r->rec)) {
		for (size_t i = 0; i < r->rec->fields; i++)
			r->cell[i] = csvin_plain(&r->block->frames, r->rec,
						 r->block->bytes, i);
		return REASON_NONE;
	}
	csvin_begin(r->csv, raw_of(r).n);
	for (size_t i = 0; i < r->rec->fields; i++)
		if (!csvin_value(r->csv,
				 csvin_raw(&r->block->frames, r->rec,
					   r->block->bytes, i),
				 &r->cell[i]))
			return REASON_BAD_QUOTE;
	return REASON_NONE;
}

static enum reason judge(struct rows *r)
{
	enum reason reason = (enum reason)r->rec->fault;

	if (!reason && r->block->suspect)
		reason = bad_bytes(r);
	return reason ? reason : cut_cells(r);
}

enum sort { DATA, NO_DATA, HEADER, BAD };

static enum sort sort_of(struct rows *r)
{
	const struct sheet *s = r->sheet;
	uint64_t line = line_of(r);
	enum reason reason;

	buf_clear(&r->message);
	buf_clear(&r->column);
	if (s->header_line && line <= s->header_line)
		return line >= s->header_from ? HEADER : NO_DATA;
	if (line <= (uint64_t)r->run->o->skip)
		return NO_DATA;
	reason = judge(r);
	if (reason) {
		r->run->counts.in++;
		reject(r, reason, r->column.n ? r->column.p : NULL);
		return BAD;
	}
	if (layout_not_data(r->cell, r->width, s->header, s->columns))
		return NO_DATA;
	if (r->width == s->columns)
		return DATA;
	r->run->counts.in++;
	buf_addf(&r->message, "%u fields under a header of %zu",
		 (unsigned)r->rec->fields, s->columns);
	reject(r, REASON_RAGGED, NULL);
	return BAD;
}

/* An array that was not closed: what is missing is one bad row. */
static void tell_tail(struct rows *r)
{
	const struct block *b = r->block;

	if (!b->fault || r->tail_told)
		return;
	r->tail_told = true;
	r->run->counts.in++;
	r->run->counts.rejected++;
	rejects_row(r->run->rejects, b->first_line + b->frames.lines, NULL,
		    b->fault, "the array is cut short", (struct text){ 0 });
}

bool rows_next(struct rows *r, const struct text **cell)
{
	while (advance(r)) {
		enum sort sort = sort_of(r);

		if (sort == NO_DATA || sort == DATA)
			r->run->counts.in++;
		if (sort == NO_DATA)
			no_data(r);
		if (sort == DATA) {
			if (r->fill)
				r->run->filled +=
					filldown_row(r->fill, r->cell);
			*cell = r->cell;
			return true;
		}
	}
	tell_tail(r);
	return false;
}

static void add_fault(struct buf *to, enum reason reason, struct text value)
{
	buf_addc(to, ' ');
	if (reason == REASON_BAD_DATE || reason == REASON_BAD_TIME)
		buf_adds(to, reading_date_fault(value));
	else if (reason == REASON_BAD_NUMBER)
		buf_adds(to, "is no number");
	else
		buf_addf(to, "is %s", reason_sentence(reason));
}

/* What helps where the column is a question of a wide survey. */
static void add_hint(struct buf *to, const struct plan *p, enum reason reason,
		     struct text column)
{
	size_t i = 0;

	while (i < p->columns && !(p->column[i].question &&
				   text_eq(p->column[i].name, column)))
		i++;
	if (i == p->columns)
		return;
	if (reason == REASON_OUT_OF_RANGE)
		buf_adds(to, " (--na names what stands for no answer)");
	else if (p->column[i].match.rule == HEADER_UNKNOWN)
		buf_adds(to, " (taken for a question by its first values; "
			     "--col NAME=HEADER says that it is none)");
}

void rows_reject(struct rows *r, enum reason reason, struct text column,
		 struct text value)
{
	struct buf name = { 0 };

	buf_clear(&r->message);
	utf8_show(&name, column, 60);
	if (reason != REASON_MISSING) {
		reject_quote(&r->message, value);
		add_fault(&r->message, reason, value);
		add_hint(&r->message, &r->sheet->plan, reason, column);
	}
	reject(r, reason, name.p);
	buf_release(&name);
}

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
