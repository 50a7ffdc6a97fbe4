/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers of a workbook as text: what a number format makes of them, as far
 * as it matters. Pure.
 */
#ifndef STREAM_XLSX_VALUE_H
#define STREAM_XLSX_VALUE_H

#include "base/text.h"

enum xlsx_shown {
	XLSX_NUMBER,		/* as its digits; percentages, too */
	XLSX_DAY,		/* a date */
	XLSX_DAY_TIME,
	XLSX_TIME,		/* a time of day; a date as well where one is */
	XLSX_DURATION,		/* [h]:mm: hours beyond 24 */
	XLSX_PADDED		/* and more: 00000, a code of so many digits */
};

/*
 * A format by its number, where it has one of Excel's own (ECMA-376 part 1,
 * 18.8.30): 14 to 22 and 45 to 47 everywhere, 27 to 36 and 50 to 58 in
 * Chinese, Japanese and Korean workbooks.
 */
enum xlsx_shown xlsx_shown_builtin(uint32_t id);
/* By the code of a format: its letters y, m, d, h, s outside of quotes,
 * brackets and escapes. Only the first of its sections counts. A code of
 * nothing but 2 to 20 zeros is XLSX_PADDED and so many more. */
enum xlsx_shown xlsx_shown_code(struct text code);

#define XLSX_VALUE_BYTES 64

/*
 * A stored number as text; gives its bytes.
 * - NUMBER: its decimal digits, at most 15 of them significant, as Excel shows
 *   them (0.30000000000000004 is 0.3), without an exponent up to 1e21 and down
 *   to 1e-9.
 * - DAY: 2024-03-05, and the time too where there is one to the second.
 * - DAY_TIME: 2024-03-05 10:22:31. TIME: 10:22:31 below one day, else as DAY.
 * - DURATION: 27:30:00.
 * - PADDED + 5: 00123; what is no whole number, or is longer, as NUMBER.
 * Days count from 1899-12-30, or 1904-01-01 where the workbook says so; before
 * March 1900 they count Excel's 29 February 1900, which comes out as it is.
 * Day counts that no calendar of Excel's has (below 0, from 10000 on) come out
 * as NUMBER. What is no number at all comes out as it is, when it is no longer
 * than XLSX_VALUE_BYTES, else cut to that.
 */
size_t xlsx_value(struct text stored, enum xlsx_shown, bool from_1904,
		  char to[XLSX_VALUE_BYTES]);

/* 2024-03-05T10:22:31.000Z in place as "2024-03-05 10:22:31", at midnight, but
 * for DAY_TIME, as the day alone; what has another form stays. Gives the bytes
 * left. */
size_t xlsx_iso_date(char *p, size_t n, enum xlsx_shown);

#endif
