/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The canonical streams: their columns, types and meaning. crmutils streams,
 * crm-streams(5), the importer and the typed reader all read this one table.
 */
#ifndef STREAM_SCHEMA_H
#define STREAM_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum col_type {
	COL_TEXT,
	COL_DAY,		/* YYYY-MM-DD */
	COL_INSTANT,		/* a day with a time, or a bare day */
	COL_MONEY,		/* decimal, 2 places: fen */
	COL_INT,
	COL_REAL,		/* out: %.10g */
	COL_SHARE,		/* out: 0..1, six decimals */
	COL_FIXED4		/* out: four decimals (scores) */
};

struct schema_column {
	const char *name;
	enum col_type type;
	bool required;
	const char *meaning;	/* English, one line */
	const char *words;	/* "F|M" where only some words are allowed */
};

struct schema {
	const char *name;		/* "transactions" */
	const char *about;		/* what one row is */
	const char *date_column;	/* --since, --until, --period */
	const struct schema_column *column;
	size_t n;
	bool exported;			/* crm-import makes it of exports */
};

extern const struct schema schema_all[];
extern const size_t schema_count;

const struct schema *schema_find(struct text name);	/* NULL: none such */
const struct schema_column *schema_column(const struct schema *,
					  struct text name);
const char *schema_type_name(enum col_type);
/* True for types that --where compares as numbers or dates. */
bool schema_is_ordered(enum col_type);

#endif
