/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One file as a table: its format found, its header read, its records given
 * one by one as raw texts by column. What is wrong with a record is returned
 * with it; nothing is typed, filtered or counted here (input.h does that).
 */
#ifndef STREAM_TABLE_H
#define STREAM_TABLE_H

#include "base/mem.h"
#include "stream/csv_in.h"
#include "stream/feed.h"
#include "stream/json_in.h"

/* A bad JSON record met before the first sound object: its keys are the
 * columns, so it is looked for at once and the bad ones are given out later. */
struct table_early {
	uint64_t line;
	enum reason fault;
	char *message;
	struct text raw;
};

enum table_format { TABLE_CSV, TABLE_TSV, TABLE_NDJSON, TABLE_JSON };

struct table {
	const char *path;	/* as messages name it; "-" for stdin */
	enum table_format format;
	char delimiter;
	/* the header */
	struct text *name;	/* one a column */
	size_t columns;
	struct text header;	/* raw bytes; empty for JSON */
	uint64_t header_line;	/* where it stands; data begins after it */
	/* the record under way */
	const struct block *block;
	const struct framed *rec;
	const struct json_value *json;	/* one a column, NULL for CSV */
	enum reason fault;	/* REASON_NONE: the record is sound */
	struct buf message;	/* what is wrong, for people */
	/* its own */
	struct feed *feed;
	bool run_ahead;		/* the feed, when the next block is wanted */
	bool shared;		/* with other readers (table_share()) */
	unsigned reader;	/* the number of this one */
	struct csvin *csvin;
	struct jsonin *jsonin;
	size_t next;		/* record of the block */
	struct table_early *early;
	size_t nearly, early_cap, early_next, early_bytes;
	bool peeked;		/* the first sound object is still to be given */
	bool tail_told;
	struct arena names;	/* and what else lasts as long as the table */
	/* Called when the records that are here were all given out; NULL or
	 * set by the caller, and kept from file to file. */
	void (*drained)(void *ctx);
	void *drained_ctx;
};

/*
 * Opens a file and reads its header; dies when it cannot be read, is no text
 * or has no header. `keys` (n of them) are JSON keys known from the start.
 * The table is all zero before the first opening.
 */
void table_open(struct table *, const char *path, const char *format,
		bool threaded, const struct text *keys, size_t n);
/* Any record but a plain one: table_next() calls it. */
bool table_next_slow(struct table *);

/*
 * The next record; false at the end. Look at `fault` first. A plain CSV record
 * costs a few comparisons, so they stand here.
 */
static inline bool table_next(struct table *t)
{
	const struct framed *rec;

	if (t->jsonin || !t->block || t->next == t->block->frames.n)
		return table_next_slow(t);
	rec = &t->block->frames.rec[t->next];
	if (rec->fault || csvin_is_doubtful(rec) || t->block->suspect ||
	    rec->fields != t->columns)
		return table_next_slow(t);
	t->next++;
	t->rec = rec;
	t->fault = REASON_NONE;
	return true;
}

/* How many of the next records, at most n, are plain ones of CSV in the block
 * that is here: table_next() will give them without a fault, and
 * csvin_plain() has their values. The first is t->block->frames.rec[t->next].
 */
static inline size_t table_plain(const struct table *t, size_t n)
{
	const struct framed *rec;
	size_t k = 0;

	if (t->jsonin || !t->block || t->block->suspect)
		return 0;
	rec = &t->block->frames.rec[t->next];
	if (n > t->block->frames.n - t->next)
		n = t->block->frames.n - t->next;
	while (k < n && !rec[k].fault && !csvin_is_doubtful(&rec[k]) &&
	       rec[k].fields == t->columns)
		k++;
	return k;
}

void table_close(struct table *);

/*
 * Several readers of one file, each in a thread of its own: `t`, whose number
 * is 0 and which must not have given out a record yet, and 1 .. n-1. Each
 * comes to its end when there are no more blocks to be had. The others are
 * to be closed before t is.
 */
void table_share(struct table *t, unsigned n);
/* Makes `reader` (any bytes) another one of t; t must be at rest. */
void table_fork(struct table *reader, const struct table *t, unsigned number);
void table_close_fork(struct table *);
/* Waits until all records before the one under way were dealt with. */
void table_await_turn(const struct table *);

/* Calls `drained`, if there is one. */
void table_drained(const struct table *);

uint64_t table_line(const struct table *);	/* of the record */
struct text table_raw(const struct table *);	/* its bytes, no line end */

/* The same for a CSV value that is not plain: table_value() calls it. */
bool table_value_slow(const struct table *, size_t i, struct text *value);

/* Value of column i of a sound record. False: its quoting is wrong. */
static inline bool table_value(const struct table *t, size_t i,
			       struct text *value)
{
	if (t->json) {
		*value = t->json[i].text;
		return true;
	}
	if (csvin_is_doubtful(t->rec))
		return table_value_slow(t, i, value);
	*value = csvin_plain(&t->block->frames, t->rec, t->block->bytes, i);
	return true;
}

/* Number of the column called so, SIZE_MAX: none; *twice: more than one. */
size_t table_find(const struct table *, struct text name, bool *twice);

#endif
