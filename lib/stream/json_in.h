/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON objects as rows. The keys of the first object are the columns. A flat
 * object of plain strings and numbers is sliced where it stands, its numbers
 * as written (by the shape of the one before, json_shape.h, or key by key);
 * anything else goes through a strict validator (json_check.h), and its escapes
 * are decoded by cJSON. No tree is built: one of small values takes forty times
 * the room of its text.
 */
#ifndef STREAM_JSON_IN_H
#define STREAM_JSON_IN_H

#include "base/text.h"
#include "stream/reason.h"

enum json_kind {
	JSON_ABSENT,
	JSON_NULL,
	JSON_STRING,
	JSON_NUMBER,
	JSON_BOOL,	/* text "true" or "false" */
	JSON_NESTED	/* text: compact JSON */
};

struct json_value {
	struct text text;
	enum json_kind kind;
};

struct json_fault {
	enum reason reason;
	size_t offset;		/* byte in the record */
	struct text key;	/* dup-key, new-column */
};

struct jsonin;

struct jsonin *jsonin_new(void);
void jsonin_free(struct jsonin *);

/* Makes a key known (one more column, unless it is one already). */
void jsonin_add_key(struct jsonin *, struct text key);
size_t jsonin_columns(const struct jsonin *);
struct text jsonin_key(const struct jsonin *, size_t column);

/*
 * Reads one record. `learn`: keys not yet known become columns (the first
 * object), else they are the fault `new-column`. The values, one a column,
 * are valid until the next call. False: *fault says what is wrong.
 */
bool jsonin_parse(struct jsonin *, struct text record, bool learn,
		  const struct json_value **values, struct json_fault *fault);

/* What is wrong with a record, for people; appends. `line`: an object a line
 * is what was expected. */
void jsonin_tell(struct buf *, const struct json_fault *, struct text record,
		 bool line);

/* For tests: every object through the validator. */
void jsonin_use_fast_path(bool);

#endif
