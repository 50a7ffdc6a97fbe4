/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers of identity documents: citizens' (GB 11643: 17 digits and a check
 * sign, ISO 7064 MOD 11-2, birth date and sex inside; 15 digits before 1999)
 * and firms' (GB 32100: 18 signs, MOD 31; before it GS 15-2006: 15 digits,
 * ISO 7064 MOD 11,10).
 */
#ifndef CANON_IDNO_H
#define CANON_IDNO_H

#include "base/text.h"

enum idno_kind {
	IDNO_NONE,
	IDNO_PERSON,		/* 18 signs, all in order */
	IDNO_OLD,		/* 15 digits with a date inside, no check */
	IDNO_FIRM,		/* unified social credit code */
	IDNO_MASKED,
	IDNO_DESTROYED,		/* 4.40301E+17 */
	IDNO_CHECK,		/* a citizen's or firm's number but for its
				 * check sign */
	IDNO_DATE,		/* no such day of birth inside */
	IDNO_LENGTH,		/* 14 digits or more, but not 15 or 18 */
	IDNO_OTHER		/* passport, officer's card, anything else */
};

struct idno {
	enum idno_kind kind;
	int32_t birth;		/* DAY_NONE unless PERSON or OLD */
	char gender;		/* 'F' or 'M', 0 when unknown */
};

/* Of a cell that clean_key() has cleaned. */
struct idno idno_read(struct text key);
/* "id-check" and so on, NULL for what needs no flag. */
const char *idno_flag(enum idno_kind);

#endif
