/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a table, one by one. */
#include <errno.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "stream/table_in.h"

static void say(struct table *t, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct table *t, const char *fmt, ...)
{
	va_list args;

	buf_clear(&t->message);
	va_start(args, fmt);
	buf_vaddf(&t->message, fmt, args);
	va_end(args);
}

static const struct table_early *early(const struct table *t)
{
	return t->early_next && t->early_next <= t->nearly && !t->rec ?
		       &t->early[t->early_next - 1] :
		       NULL;
}

uint64_t table_line(const struct table *t)
{
	if (early(t))
		return early(t)->line;
	return t->block->first_line +
	       (t->rec ? t->rec->line : t->block->frames.lines);
}

struct text table_raw(const struct table *t)
{
	if (early(t))
		return early(t)->raw;
	return t->rec ? (struct text){ t->block->bytes + t->rec->start,
				       t->rec->stop - t->rec->start } :
			(struct text){ 0 };
}

void table_drained(const struct table *t)
{
	if (t->drained)
		t->drained(t->drained_ctx);
}

static void die_unread(const struct table *t)
{
	table_await_turn(t);
	errno = t->block->error;
	die_errno("%s", t->path);
}

static const struct block *next_block(struct table *t)
{
	if (t->shared)
		return feed_take(t->feed, t->reader);
	if (t->run_ahead)
		feed_run_ahead(t->feed);
	t->run_ahead = false;
	return feed_next(t->feed);
}

bool table_advance(struct table *t)
{
	while (!t->block || t->next == t->block->frames.n) {
		table_drained(t);
		if (t->block && t->block->error)
			die_unread(t);
		if (t->block && t->block->end)
			return false;
		t->block = next_block(t);
		t->next = 0;
		if (!t->block)
			return false;
	}
	t->rec = &t->block->frames.rec[t->next++];
	return true;
}

/* Bytes that no record may hold. Only asked in blocks that have some. */
static enum reason bad_bytes(struct table *t)
{
	struct text raw = table_raw(t);
	size_t at;

	if (raw.n && memchr(raw.p, '\0', raw.n)) {
		at = (size_t)((const char *)memchr(raw.p, '\0', raw.n) - raw.p);
		say(t, "a NUL byte at offset %zu of the row", at);
		return REASON_NUL;
	}
	at = utf8_bad(raw.p, raw.n);
	if (at < raw.n) {
		say(t, "not UTF-8 at offset %zu of the row (byte 0x%02x)", at,
		    (unsigned char)raw.p[at]);
		return REASON_BAD_UTF8;
	}
	return REASON_NONE;
}

static enum reason framing_fault(struct table *t)
{
	switch ((enum reason)t->rec->fault) {
	case REASON_TOO_LONG:
		say(t, "more than %u MiB or %u fields; not kept",
		    ROW_LIMIT >> 20, FIELD_LIMIT);
		break;
	case REASON_BAD_QUOTE:
		say(t,
		    "a quoted field is not closed within %u MiB, or text "
		    "follows its closing quote",
		    ROW_LIMIT >> 20);
		break;
	case REASON_BAD_JSON:
		say(t, "not an element of the array, or cut short");
		break;
	default:
		break;
	}
	return (enum reason)t->rec->fault;
}

static enum reason csv_fault(struct table *t)
{
	if (t->rec->fields == t->columns)
		return REASON_NONE;
	say(t, "%u fields under a header of %zu", t->rec->fields, t->columns);
	return REASON_RAGGED;
}

static enum reason json_fault(struct table *t, bool learn)
{
	struct json_fault f;

	if (jsonin_parse(t->jsonin, table_raw(t), learn, &t->json, &f))
		return REASON_NONE;
	buf_clear(&t->message);
	jsonin_tell(&t->message, &f, table_raw(t), t->format == TABLE_NDJSON);
	return f.reason;
}

void table_judge(struct table *t, bool learn)
{
	t->fault = REASON_NONE;
	/* Bytes first: the rejects must know what they cannot write as text. */
	if (t->block->suspect)
		t->fault = bad_bytes(t);
	if (!t->fault && t->rec->fault)
		t->fault = framing_fault(t);
	if (t->fault)
		return;
	if (csvin_is_doubtful(t->rec))
		csvin_begin(t->csvin, table_raw(t).n);
	t->fault = t->jsonin ? json_fault(t, learn) : csv_fault(t);
}

/* A bad record from before the first sound object. */
static void give_early(struct table *t)
{
	const struct table_early *e = &t->early[t->early_next++];

	t->rec = NULL;
	t->fault = e->fault;
	say(t, "%s", e->message);
}

static void give_peeked(struct table *t)
{
	t->peeked = false;
	t->early_next = t->nearly + 1;
	t->rec = &t->block->frames.rec[t->next - 1];
	t->fault = REASON_NONE;
}

bool table_next_slow(struct table *t)
{
	if (t->early_next < t->nearly) {
		give_early(t);
		return true;
	}
	if (t->peeked) {
		give_peeked(t);
		return true;
	}
	if (!table_advance(t)) {
		if (!t->block || !t->block->fault || t->tail_told)
			return false;
		t->tail_told = true;
		t->early_next = t->nearly + 1;
		t->rec = NULL;
		t->fault = t->block->fault;
		say(t, "the array is cut short");
		return true;
	}
	table_judge(t, false);
	return true;
}

bool table_value_slow(const struct table *t, size_t i, struct text *value)
{
	return csvin_value(t->csvin,
			   csvin_raw(&t->block->frames, t->rec,
				     t->block->bytes, i),
			   value);
}

void table_await_turn(const struct table *t)
{
	if (t->shared)
		feed_await_turn(t->feed, t->reader);
}
