/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields: every canonical name that a column of an export may have, and what
 * kind of value it holds. A stream's columns are fields too.
 */
#ifndef CANON_FIELD_H
#define CANON_FIELD_H

#include "base/text.h"

/* What a value is, and so how it is read (cell.h). */
enum field_kind {
	FIELD_TEXT,		/* free text: ends trimmed */
	FIELD_WORD,		/* names, labels: blanks and widths settled */
	FIELD_CODE,		/* document numbers, ids */
	FIELD_PERSON,		/* a person's or firm's name */
	FIELD_PHONE,
	FIELD_VIN,
	FIELD_PLATE,
	FIELD_IDNO,
	FIELD_GENDER,
	FIELD_PARTY,
	FIELD_EMAIL,
	FIELD_DAY,
	FIELD_INSTANT,
	FIELD_MONEY,
	FIELD_KM,
	FIELD_NUMBER,
	FIELD_SCORE,
	FIELD_YESNO
};

/* What a field is about: which streams keep it when no column of theirs
 * takes it. */
enum field_group {
	ABOUT_CUSTOMER,
	ABOUT_VEHICLE,
	ABOUT_DEAL,		/* sales and repair orders */
	ABOUT_SURVEY,
	ABOUT_COMPLAINT,
	ABOUT_LEAD,
	ABOUT_ALL,		/* remarks, who entered it */
	ABOUT_LAYOUT		/* row numbers: kept by nobody */
};

struct field {
	const char *name;
	enum field_kind kind;
	enum field_group about;
};

#define FIELD_NONE SIZE_MAX

extern const struct field field_all[];
extern const size_t field_count;

/* Number of the field called so, or FIELD_NONE. */
size_t field_find(struct text name);
/* The same for a name that is known to be one; anything else is a bug(). */
size_t field_of(const char *name);

#endif
