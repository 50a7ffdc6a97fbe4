/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Maps: what a user has settled about exports, so that nothing about them is
 * guessed again. Two forms of JSON are read.
 *
 * By hand: one object, header -> canonical name, for all files.
 *
 * Saved (--save-map): the exports of a folder, each known by its columns,
 *
 *	{ "format": "crm-import map 1",
 *	  "exports": [ {
 *	    "file": "orders.csv",	where it was seen; not asked
 *	    "kind": "service",		or a stream: such rows already
 *	    "encoding": "gb18030",	left out: found out, as the next two
 *	    "delimiter": ",",
 *	    "dates": "",		as --dates
 *	    "header_line": 3,		where it stood; not asked
 *	    "header_levels": 1,		2: two rows; 0: none in the file
 *	    "columns": [
 *	      { "header": "结算单号", "name": "settlement_no" },
 *	      { "header": "满意度", "name": "", "holds": "scores" } ] } ] }
 *
 * where an empty name keeps the column under its own. A file is the export
 * with the same columns, in whatever order. When none has, the run fails and
 * names the columns that are new or gone.
 */
#ifndef CMD_IMPORT_MAP_H
#define CMD_IMPORT_MAP_H

#include "base/group.h"
#include "canon/plan.h"
#include "stream/decode.h"

struct mapped_column {
	struct text header;
	struct plan_given given;
};

struct mapped {
	enum export kind;		/* EXPORT_COMMON: by its headers */
	const struct schema *stream;	/* rows of this stream, or NULL */
	enum encoding encoding;
	const char *encoding_name;	/* as decode_name(); NULL: any */
	char delimiter;			/* 0: any */
	struct text dates;
	unsigned levels;
	struct mapped_column *column;
	size_t columns;
	struct group *place;		/* header and which of such -> column */
};

#define MAPS_MIB 16		/* of a map, or of more header words */

struct maps {
	struct mapped *export;
	size_t n, cap;
	const char *path;		/* of the last one read */
	struct arena hold;
};

/* Reads a map of either form: one by hand is said to the aliases. */
void maps_read(struct maps *, struct aliases *, const char *path);
void maps_release(struct maps *);

/* The export whose columns a row of the grid (or two) has, and where; NULL:
 * there is none. */
const struct mapped *maps_find(const struct maps *, const struct aliases *,
			       struct grid *, struct layout *);
/* The same of names that are known; *unlike gets the export that has the
 * most of them in common. */
const struct mapped *maps_named(const struct maps *, const struct text *name,
				size_t n, const struct mapped **unlike);
/* What the map settles of each column of such a file; the caller frees. */
struct plan_given *mapped_columns(const struct mapped *,
				  const struct text *name, size_t n);
/* Warns of each column that is new in the file, or gone from it. */
void maps_tell(const struct maps *, const char *path, const struct text *name,
	       size_t n);

#endif
