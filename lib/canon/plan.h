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

struct plan_column {
	struct text name;	/* its header */
	struct text as;		/* the name under which it goes on */
	struct header_match match;
	struct reading_column reading;
	bool question;		/* SURVEY: each cell is an answer */
	bool twin;		/* another column before it is the same field */
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
 * Makes the plan for a file: its header (cleaned), rows after it as samples.
 * kind: EXPORT_COMMON to find it by the header, with the points in
 * evidence[]. Columns to keep are added to `extras`; when all files have
 * their plans, extras_sort() puts them in bytewise order and plan_extras()
 * gives each plan its numbers.
 */
void plan_make(struct plan *, const struct aliases *, const struct schema *,
	       enum export kind, const struct text *header, size_t n,
	       const struct grid *, size_t first_sample,
	       const struct reading_rules *, struct extras *,
	       int evidence[EXPORT_KINDS]);
void plan_release(struct plan *);

void extras_add(struct extras *, struct text name);
size_t extras_find(const struct extras *, struct text name);
void extras_sort(struct extras *);
void extras_release(struct extras *);
void plan_extras(struct plan *, const struct extras *);

/* Does the stream get a column `flags`, made anew from its values? */
bool plan_has_flags(const struct schema *);

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
