/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rejects file and the message that stands in for it. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/utf8.h"
#include "stream/csv_out.h"
#include "stream/reject.h"
#include "stream/sink.h"

struct rejects {
	struct sink *sink;	/* NULL: the first bad row ends the run */
	const char *remedy;	/* what the message of that row ends with */
	const char *file;
	struct buf shown;	/* the file's name, when it is no UTF-8 */
	struct text header;	/* written before the file's first reject */
	uint64_t header_line;
	bool header_due;
};

struct rejects *rejects_open(const char *path)
{
	struct rejects *r = mem_zalloc(1, sizeof(*r));

	r->file = "-";
	r->remedy = "--rejects FILE sets such rows aside";
	if (path) {
		r->sink = sink_open(path, SINK_REJECTS);
		sink_puts(r->sink, "file,line,column,reason,message,record\n");
	}
	return r;
}

void rejects_remedy(struct rejects *r, const char *remedy)
{
	r->remedy = remedy;
}

void rejects_close(struct rejects *r)
{
	if (!r)
		return;
	if (r->sink)
		sink_close(r->sink);
	buf_release(&r->shown);
	free(r);
}

void rejects_file(struct rejects *r, const char *file, struct text header,
		  uint64_t line)
{
	r->file = file;
	/* A name is bytes, a rejects file is text. */
	if (utf8_bad(file, strlen(file)) < strlen(file)) {
		buf_clear(&r->shown);
		utf8_show(&r->shown, text_of(file), 1000);
		r->file = r->shown.p;
	}
	r->header = header;
	r->header_line = line;
	r->header_due = header.n > 0;
}

static void put_record(struct sink *s, enum reason reason, struct text record)
{
	size_t room = sodium_base64_ENCODED_LEN(record.n,
						sodium_base64_VARIANT_ORIGINAL);

	/* Bytes that no CSV of ours may hold travel as base64. */
	if (reason != REASON_BAD_UTF8 && reason != REASON_NUL) {
		csvout_cell(s, record, ',');
		return;
	}
	sodium_bin2base64(sink_room(s, room), room,
			  (const unsigned char *)record.p, record.n,
			  sodium_base64_VARIANT_ORIGINAL);
	sink_wrote(s, room - 1);
}

static void put_row(struct rejects *r, uint64_t line, const char *column,
		    enum reason reason, const char *message,
		    struct text record)
{
	char number[20];

	csvout_cell(r->sink, text_of(r->file), ',');
	sink_puts(r->sink, ",");
	sink_put(r->sink, number, text_put_u64(number, line));
	sink_puts(r->sink, ",");
	csvout_cell(r->sink, text_of(column), ',');
	sink_puts(r->sink, ",");
	sink_puts(r->sink, reason_code(reason));
	sink_puts(r->sink, ",");
	csvout_cell(r->sink, text_of(message), ',');
	sink_puts(r->sink, ",");
	put_record(r->sink, reason, record);
	sink_puts(r->sink, "\n");
}

void rejects_row(struct rejects *r, uint64_t line, const char *column,
		 enum reason reason, const char *message, struct text record)
{
	struct buf file = { 0 };

	if (!message)
		message = reason_sentence(reason);
	if (r->sink) {
		if (r->header_due)
			put_row(r, r->header_line, NULL, REASON_HEADER,
				reason_sentence(REASON_HEADER), r->header);
		r->header_due = false;
		put_row(r, line, column, reason, message, record);
		return;
	}
	if (reason == REASON_NOT_DATA)
		return;
	utf8_show(&file, text_of(r->file), 200);
	die("%s:%llu: %s: %s%s%s; %s", file.p, (unsigned long long)line,
	    reason_code(reason), message, column ? ", in column " : "",
	    column ? column : "", r->remedy);
}

static size_t digits_of(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += ascii_is_digit(t.p[i]);
	return n;
}

/* Bytes of what is written like a date, right or wrong: four digits, then
 * twice a sign and one or two digits; 0 when there is none. */
static size_t date_length(struct text t)
{
	size_t at = 4;

	if (t.n < 8 || digits_of((struct text){ t.p, at }) != at)
		return 0;
	for (int part = 0; part < 2; part++) {
		size_t from = ++at;

		if (from >= t.n || !strchr("-/.", t.p[from - 1]))
			return 0;
		while (at < t.n && at < from + 2 && ascii_is_digit(t.p[at]))
			at++;
		if (at == from)
			return 0;
	}
	return at == t.n || t.p[at] == ' ' || t.p[at] == 'T' ? at : 0;
}

/* A number, date or time: signs around digits. No more digits than the eight
 * of a day, ten with one decimal point, or ten of time and zone after a date:
 * eleven could be a phone (also one that a spreadsheet took for a number,
 * 13800138000.0). */
static bool is_figure(struct text t)
{
	size_t digits = digits_of(t), points = 0, date;

	for (size_t i = 0; i < t.n; i++) {
		if (!t.p[i] || !strchr("0123456789+-.,:/ eETZ", t.p[i]))
			return false;
		points += t.p[i] == '.';
	}
	date = date_length(t);
	if (date)
		digits = digits_of((struct text){ t.p + date, t.n - date });
	return t.n <= 32 && digits <= (date || points == 1 ? 10 : 8);
}

static bool is_short_word(struct text t)
{
	static const char *const words[] = { "nan",  "inf",  "infinity", "null",
					     "none", "true", "false" };

	for (size_t i = 0; i < NELEMS(words); i++)
		if (text_is_word(t, text_of(words[i])))
			return true;
	return false;
}

void reject_quote(struct buf *b, struct text value)
{
	if (value.n == 0)
		buf_adds(b, "an empty value");
	else if (is_figure(value) || is_short_word(value))
		buf_addf(b, "\"%.*s\"", (int)value.n, value.p);
	else
		buf_addf(b, "a text of %zu characters", utf8_count(value));
}

bool rejects_too_many(const char *max, uint64_t rejected, uint64_t in)
{
	struct text t = text_of(max ? max : "50%");
	bool percent = text_ends(t, "%");
	double limit;

	t.n -= percent;
	if (!number_real(t, &limit) || limit < 0)
		die_usage("--max-rejects: \"%s\" is neither a count nor a "
			  "percentage",
			  max);
	return percent ? (double)rejected * 100 > limit * (double)in :
			 (double)rejected > limit;
}
