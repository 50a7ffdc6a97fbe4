/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of an output, for the files that make it: output_open.c opens and
 * closes it, output.c writes cells and rows, output_parts.c has several
 * threads do so. */
#ifndef STREAM_OUTPUT_STATE_H
#define STREAM_OUTPUT_STATE_H

#include "stream/output.h"
#include "stream/pick.h"
#include "stream/sink.h"
#include "stream/table_out.h"

enum format { CSV, TSV, NDJSON, JSON, TABLE, MARKDOWN };

/* A --fail-if with the column it looks at. */
struct alarm {
	struct condition condition;
	size_t column;
};

struct output {
	enum format format;
	struct sink *sink;
	struct tableout *table;
	unsigned threads;	/* that may write parts */
	bool spreadsheet;

	char **name;
	enum col_type *type;
	struct buf *json_name;	/* ,"name": as it stands before a value */
	size_t columns, at;
	uint64_t rows;
	struct buf scratch;

	const char *get;
	size_t get_column;
	struct buf got;
	struct alarm *alarm;
	size_t alarms;
	bool alarmed;
};

/* Columns of figures: right-aligned in tables, bare in JSON. */
static inline bool output_is_number(enum col_type type)
{
	return type == COL_MONEY || type == COL_INT || type == COL_REAL ||
	       type == COL_SHARE || type == COL_FIXED4;
}

#endif
