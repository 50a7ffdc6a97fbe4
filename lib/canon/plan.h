/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How one export is read onto one stream: which field each of its columns
 * is, and which columns each column of the stream is taken from.
 */
#ifndef CANON_PLAN_H
#define CANON_PLAN_H

#include "canon/header.h"
#include "canon/layout.h"
#include "canon/reading.h"
#include "stream/schema.h"

#define PLAN_NONE SIZE_MAX

/*
 * What a column holds, where its samples had to tell; a saved map keeps it,
 * so that next month's samples are not asked.
 */
enum plan_holds {
	PLAN_AS_NAMED,		/* what its field is */
	PLAN_DAY_COUNTS,	/* day counts among dates are dates */
	PLAN_SCORES,		/* each cell answers a question */
	PLAN_DOCUMENT_LINES,	/* numbers that begin anew in each document */
	PLAN_DATES,		/* `table`: these three and text */
	PLAN_TIMES,
	PLAN_MONEY,
	PLAN_HOLDS
};

/* "day-counts", "scores", ...; "" for PLAN_AS_NAMED. */
const char *plan_holds_name(enum plan_holds);

/* What is settled about a column before anything is looked for. */
struct plan_given {
	struct text name;	/* a field's, any other, or empty: its own */
	enum plan_holds holds;
};

/* A file: its header (cleaned), rows after it as samples. */
struct plan_file {
	enum export kind;	/* EXPORT_COMMON: by the header */
	const struct text *header;
	size_t columns;
	const struct grid *grid;
	size_t first_sample;
	const struct plan_given *given;	/* one a column, or NULL: find out */
	const struct schema *stream;	/* given: such a stream, or NULL */
};

struct plan_column {
	struct text name;	/* its header */
	struct text as;		/* the name under which it goes on */
	struct header_match match;
	struct reading_column reading;
	bool question;		/* SURVEY: each cell is an answer */
	struct text scale_max;	/* of a question, where its header says so */
	const struct plan_given *given;
	bool twin;		/* another column before it is the same field */
	bool repeated;		/* one before it has the same header */
	bool consumed;		/* some column of the stream is taken from it */
	size_t extra;		/* number among the columns kept besides those
				 * of the stream, or PLAN_NONE */
};

/* The columns kept besides those of the stream, over all files. */
struct extras {
	struct text *name;
	size_t n, cap;
	struct arena hold;
};

struct plan {
	const struct schema *schema;
	enum export kind;
	bool canonical;		/* the file is such a stream already */
	bool carries;		/* the stream is in it at all */
	bool base;		/* an earlier result: its customer_ids are
				 * given (identity.h); set after plan_make() */
	bool own_lines;		/* the file numbers its lines anew in each
				 * document (行号): they are its own */
	struct plan_column *column;
	size_t columns;
	/* Column i of the stream is taken from the first that is not empty of
	 * from[first[i]] .. from[first[i + 1] - 1]. */
	size_t *from, *first;
	/* First and second column of each field, or PLAN_NONE. */
	size_t *of_field;
	struct arena hold;
};

/*
 * Makes the plan for a file; evidence[] gets the points of each kind by the
 * header. Columns to keep are added to `extras`; when all files have their
 * plans, extras_sort() puts them in bytewise order and plan_extras() gives
 * each plan its numbers. What the file points to must last as long.
 */
void plan_make(struct plan *, const struct aliases *, const struct schema *,
	       const struct plan_file *, const struct reading_rules *,
	       struct extras *, int evidence[EXPORT_KINDS]);
void plan_release(struct plan *);

void extras_add(struct extras *, struct text name);
size_t extras_find(const struct extras *, struct text name);
void extras_sort(struct extras *);
void extras_release(struct extras *);
void plan_extras(struct plan *, const struct extras *);

/* Has the header all that such a stream must have? */
bool plan_is_canonical(const struct schema *, const struct text *header,
		       size_t n);

/* Does the stream get a column `flags`, made anew from its values? */
bool plan_has_flags(const struct schema *);

/* SURVEY: are there columns whose cells are answers (a wide table)? */
bool plan_has_questions(const struct plan *);

/* What column i was found (or given) to hold and to be called: what a map
 * keeps of it. */
struct plan_given plan_settled(const struct plan *, size_t column);

/* First column that is this field, or PLAN_NONE. */
size_t plan_column_of(const struct plan *, const char *field);

/*
 * Names by which the columns of any table go on: the header's own, or the
 * user's; the second of two equal ones gets _2, and one without a name
 * column_N.
 */
struct text plan_unique(struct arena *, const struct text *taken, size_t n,
			struct text name);

#endif
