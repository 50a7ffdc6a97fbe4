/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a row is set aside. The codes stand in rejects files and messages and
 * other people's scripts rely on them: rows are added here, never renamed.
 */
#ifndef STREAM_REASON_H
#define STREAM_REASON_H

enum reason {
	REASON_NONE,
	/* the record as such */
	REASON_HEADER,		/* no fault: the header before a file's rejects */
	REASON_NOT_DATA,	/* title, total, footer: no data by nature */
	REASON_RAGGED,
	REASON_BAD_QUOTE,
	REASON_NUL,
	REASON_BAD_UTF8,
	REASON_TOO_LONG,
	REASON_BAD_JSON,
	REASON_NOT_OBJECT,
	REASON_DUP_KEY,
	REASON_NEW_COLUMN,
	REASON_NESTED,		/* an object or list where a value belongs */
	/* one value */
	REASON_MISSING,		/* empty where a value is required */
	REASON_BAD_NUMBER,
	REASON_BAD_DATE,
	REASON_BAD_TIME,
	REASON_BAD_VALUE,	/* not one of the words that the column allows */
	REASON_OUT_OF_RANGE,
	REASON_BAD_ID,
	/* the case log */
	REASON_TIME_BACKWARDS,
	REASON_ILLEGAL_EVENT,	/* not allowed in the case's state */
	REASON_UNKNOWN_EVENT,
	REASON_UNKNOWN_CASE,
	REASON_FORBIDDEN_ROLE,	/* not for the role of who acts */
	REASON_NEEDS_APPROVAL,	/* a severity is lowered without leave */
	REASON_MISSING_FIELD,	/* the transition requires a column */
	REASON_GUARDED,		/* a guard of the workflow keeps it off */
	/* the points ledger */
	REASON_DUP_ID,		/* another entry has the id */
	REASON_TOO_FEW_POINTS,
	REASON_NOT_LAPSED,
	REASON_BAD_REF,		/* `ref` names nothing that can be undone */
	REASON_COUNT
};

const char *reason_code(enum reason);		/* "bad-date" */
const char *reason_sentence(enum reason);	/* "not a date (YYYY-MM-DD)" */

#endif
