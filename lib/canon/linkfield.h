/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of any kind as records to be linked (model/linkage.h): which of its
 * columns hold names, dates of birth, phones and so on, and its cells in the
 * form in which those are compared.
 *
 * What a column holds is told by the words of its header, in English, Chinese
 * and some other languages, and else by its cells, all of them. A column that
 * is empty in 99 rows of 100, or the same in all, is dropped; so is one of
 * numbers that differ in every row. Three integer columns side by side that
 * hold year, month and day become one date. What is no property of a person
 * or firm alone (a category, free text, a date or a number that the header
 * does not call one of birth, name, place, firm or address) is an attribute,
 * whose weight is bounded.
 *
 *	struct linkfield *f = linkfield_new(header, n);
 *	while (...)
 *		linkfield_add(f, cell);
 *	linkfield_decide(f);
 *	n = linkfield_compared(f, &columns);
 *	for (i = 0; i < linkfield_rows(f); i++) {
 *		linkfield_record(f, i, cell);
 *		linkage_add(l, cell);
 *	}
 */
#ifndef CANON_LINKFIELD_H
#define CANON_LINKFIELD_H

#include "base/text.h"
#include "model/linkage.h"

enum linkfield_use {
	LINKFIELD_COMPARED,
	LINKFIELD_IGNORED,	/* the user said so */
	LINKFIELD_EMPTY,	/* filled in fewer than 1 row of 100 */
	LINKFIELD_CONSTANT,
	LINKFIELD_SERIAL,	/* a number of its own in every row */
	LINKFIELD_DERIVED,	/* put together from given name and surname */
	LINKFIELD_SPARE		/* more columns than can be compared */
};

/* What was found out about a column of the table. */
struct linkfield_column {
	struct text name;	/* blanks at its ends trimmed */
	enum linkfield_use use;
	enum linkage_kind kind;
	bool attribute;
	const char *why;	/* "by its header", "by its cells", "as told",
				 * "part of a date" */
	uint32_t filled;	/* rows in which it says something */
	uint32_t distinct;	/* different values, as they are compared */
};

struct linkfield;

/* The names are copied. */
struct linkfield *linkfield_new(const struct text *header, size_t n);
void linkfield_free(struct linkfield *);

/* What the user says of a column; false: there is none called so (or more
 * than one). Before linkfield_decide(). */
bool linkfield_say(struct linkfield *, struct text column, enum linkage_kind);
bool linkfield_ignore(struct linkfield *, struct text column);

/* One row, a cell for each column as it stands in the file; copied. */
void linkfield_add(struct linkfield *, const struct text *cell);

void linkfield_decide(struct linkfield *);

uint32_t linkfield_rows(const struct linkfield *);
/* A cell as it was added. */
struct text linkfield_raw(const struct linkfield *, uint32_t row,
			  size_t column);

/* After linkfield_decide(); all are valid until linkfield_free(). */
size_t linkfield_columns(const struct linkfield *,
			 const struct linkfield_column **);
/* The columns to link by; not always columns of the table (a date out of
 * three; a name's reading). May be none. */
size_t linkfield_compared(const struct linkfield *,
			  const struct linkage_column **);
/* The row as linkage_add() wants it, one cell for each compared column. */
void linkfield_record(const struct linkfield *, uint32_t row,
		      struct text *cell);

/* "given", "surname" and so on; LINKAGE_KINDS: no such word. */
const char *linkfield_kind_name(enum linkage_kind);
enum linkage_kind linkfield_kind_of(struct text word);

/*
 * Appends a cell in the form in which values of this kind are compared;
 * nothing when it says nothing (empty, -, n/a, 无, 测试, 1900-01-01, 0000000).
 * Dates must have their year in front; see linkfield_date().
 */
void linkfield_value(struct buf *, enum linkage_kind, struct text cell);

/* The order of a date's parts. */
enum linkfield_order { LINKFIELD_YMD, LINKFIELD_DMY, LINKFIELD_MDY };

/*
 * Appends YYYY-MM-DD of a date in figures (with or without separators) or
 * with an English month; it need not be a day that exists. Text that has no
 * three parts goes as it stands.
 */
void linkfield_date(struct buf *, enum linkfield_order, struct text cell);

#endif
