/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of linkfield.h share among themselves. */
#ifndef CANON_LINKFIELD_IN_H
#define CANON_LINKFIELD_IN_H

#include "base/group.h"
#include "base/mem.h"
#include "canon/linkfield.h"

/* ---- header words (linkfield_words.c) ---- */

/* What a header says; `kind` is LINKAGE_KINDS when that is nothing. */
struct linkfield_hint {
	enum linkage_kind kind;
	bool attribute;		/* whatever the cells look like */
	bool identity;		/* it speaks of birth, name, place, firm or
				 * address */
};

struct linkfield_hint linkfield_hint(struct text header);

/* ---- content (linkfield_looks.c) ---- */

/* Signs that one value shows, a bit each. */
enum linkfield_look {
	LOOKS_DIGITS,		/* nothing but digits */
	LOOKS_CODE,		/* has a digit and no blank */
	LOOKS_MIXED,		/* has a digit and a blank */
	LOOKS_LETTERS,		/* words of letters only */
	LOOKS_WORD,		/* one word of letters */
	LOOKS_LONG,		/* four words and more */
	LOOKS_EMAIL,
	LOOKS_DATE,
	LOOKS_PHONE,		/* by its length and signs */
	LOOKS_CITIZEN,		/* a valid number of GB 11643 */
	LOOKS_VIN,
	LOOKS_PLATE,
	LOOKS_GENDER,
	LOOKS_FIRM,
	LOOKS_HAN_NAME,		/* 2 to 4 Chinese characters */
	LOOKS_HAN_ADDRESS,
	LOOKS_STREET,		/* words, one of them street, road, place */
	LOOKS_YEAR,		/* 1850 to 2100 */
	LOOKS_MONTH,		/* 1 to 12 */
	LOOKS_DAY,		/* 1 to 31 */
	LOOKS_LATE_DAY,		/* 13 to 31 */
	LOOKS_COUNT
};

/* All the cells of a column, summed up. Shares are of the filled ones. */
struct linkfield_looks {
	uint64_t filled;
	uint32_t distinct;
	double share[LOOKS_COUNT];
	double mean_length;	/* bytes */
	size_t shortest, longest; /* bytes */
	int first_year, last_year; /* nine dates of ten lie between; 0, 0:
				    * no dates */
	enum linkfield_order order; /* of its dates */
};

struct linkfield_tally;

struct linkfield_tally *linkfield_tally_new(void);
/* A distinct value (no null) that stands in `times` cells. */
void linkfield_tally_add(struct linkfield_tally *, struct text, uint32_t times);
/* Gives the sums and frees the tally. */
struct linkfield_looks linkfield_tally_end(struct linkfield_tally *);

/* The kind by content alone. */
enum linkage_kind linkfield_content(const struct linkfield_looks *);

/* ---- the table (linkfield.c) ---- */

/* Code of a cell without a value */
#define LINKFIELD_NO_VALUE UINT32_MAX

/* A column of the table. */
struct linkfield_held {
	struct linkfield_column said;
	struct linkfield_hint hint;
	struct linkfield_looks looks;
	bool told;		/* the user gave the kind */
	bool ignored;
	struct group *values;	/* distinct cells; entry: uint32_t, how often */
	uint32_t *code;		/* of each row; or NO_VALUE */
};

/* A column to link by. */
struct linkfield_form {
	struct linkage_column is;
	size_t part[3];		/* year, month, day; else part[0] alone */
	bool is_date;		/* of three parts */
	struct text *form;	/* of each distinct cell of part[0] */
};

struct linkfield {
	struct linkfield_held *column;
	size_t n;
	uint32_t rows;
	size_t rows_cap;
	struct linkfield_column *said;	/* as the caller sees them */
	struct linkfield_form *compared;
	struct linkage_column *is;
	size_t ncompared;
	struct text *date;	/* of each row, when three parts are one */
	struct arena arena;
};

/* Is it a column of years or dates that spread as births do? */
bool linkfield_is_birth(const struct linkfield_held *);

/* ---- columns to link by (linkfield_form.c) ---- */

/* Tells given names from surnames where no header does. */
void linkfield_pair_names(struct linkfield *);
/* Drops whole names that only repeat given name and surname. */
void linkfield_drop_derived(struct linkfield *);
/* Makes one date of the columns i, i + 1, i + 2; false: they are none. */
bool linkfield_form_date(struct linkfield *, size_t i);
/* Makes a column to link by of column i, and what stands beside it. */
void linkfield_form_column(struct linkfield *, size_t i);

/* ---- values (linkfield_value.c) ---- */

/* Says the cell nothing, in a column of any kind? */
bool linkfield_is_null(struct text plain);

/* ---- dates (linkfield_date.c) ---- */

/* The three numbers of a date as they stand, digits only; false: there are
 * not three. A run of eight digits counts, cut by `order`. */
struct linkfield_parts {
	int part[3];
	size_t digits[3];
	bool named_month;	/* part[1] is the month, whatever the order */
};

bool linkfield_parts(struct text plain, enum linkfield_order,
		     struct linkfield_parts *);

#endif
