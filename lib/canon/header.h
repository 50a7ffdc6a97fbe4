/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which field a column of an export is, by its header.
 *
 * A header is compared in one form: NFKC, ASCII in lower case, no blanks or
 * line breaks, no leading * and no trailing colon. It is looked up
 *   1. in what the user said (--col, --map),
 *   2. among the words for this kind of export,
 *   3. among the words common to all kinds,
 *   4. among the words of the kinds that such an export carries along (a
 *      repair order has the vehicle's and the customer's columns too),
 *   5. among the canonical names themselves;
 * and when nothing was found, the same again without a bracket at its end,
 * 总金额(元), whose unit is kept as a hint; and of a survey without the number
 * of a question, too (question.h).
 * Of two equal headers in a file the first counts; the other may be anything
 * and is kept under its own name.
 */
#ifndef CANON_HEADER_H
#define CANON_HEADER_H

#include "canon/field.h"

/* The kinds of export, and the kind whose words hold in all of them. */
enum export {
	EXPORT_CUSTOMER,
	EXPORT_VEHICLE,
	EXPORT_SALE,
	EXPORT_SERVICE,
	EXPORT_COMPLAINT,
	EXPORT_SURVEY,
	EXPORT_LEAD,
	EXPORT_COMMON,
	EXPORT_KINDS = EXPORT_COMMON
};

const char *export_name(enum export);	/* "sale" */

enum header_rule {
	HEADER_UNKNOWN,
	HEADER_COL,		/* --col */
	HEADER_MAP,		/* --map */
	HEADER_ALIAS,		/* a word for this kind */
	HEADER_COMMON,
	HEADER_CARRIED,		/* a word for a kind carried along */
	HEADER_NAME,		/* the canonical name itself */
	HEADER_WORDING,		/* a question of a survey, by its wording */
	HEADER_REPEATED		/* as one before it; the first counts */
};

const char *header_rule_name(enum header_rule);

struct header_match {
	size_t field;		/* FIELD_NONE: none known */
	enum header_rule rule;
	enum export via;	/* whose word it was (ALIAS, CARRIED) */
	bool bare;		/* found without its bracket or number */
	bool in_wan;		/* the bracket says 万元 or 万公里 */
	struct text rename;	/* by the user, to what is no field; or empty */
};

struct aliases;

/* The table that ships, or none. */
struct aliases *aliases_new(void);
struct aliases *aliases_empty(void);
void aliases_free(struct aliases *);

/*
 * Adds rows of a table `canonical,alias,stream` (CSV with that header); they
 * hold before those already there. NULL, or what is wrong and in *line where.
 */
const char *aliases_add(struct aliases *, struct text csv, size_t *line);

/*
 * What the user said of a header: `name` is a field's, or any other (the
 * column is kept under that name), or empty (kept under its own).
 */
void aliases_say(struct aliases *, struct text header, struct text name,
		 enum header_rule);
/* A header that the user named and that no file had, or {NULL, 0}. */
struct text aliases_unused(const struct aliases *);

struct header_match header_match(const struct aliases *, enum export,
				 struct text header);
/* A match by a saved map: as aliases_say() has it, for one column. */
struct header_match header_given(struct text header, struct text name);
/* Is it a header in any kind of export? */
bool header_is_known(const struct aliases *, struct text header);

/* The form in which headers are compared; appends. */
void header_fold(struct buf *, struct text header);

#endif
