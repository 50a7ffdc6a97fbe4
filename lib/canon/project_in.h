/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of project.h share; for lib/canon/project*.c alone. */
#ifndef CANON_PROJECT_IN_H
#define CANON_PROJECT_IN_H

#include "base/group.h"
#include "canon/memo.h"
#include "canon/project.h"
#include "model/codes.h"

struct project;

/* What a row becomes on the shelf, besides its rows. */
struct project_unit {
	size_t document;
	uint32_t ordinal;
	int64_t when;
	bool filled_in;		/* an entity: the key may be the customer's */
};

/* Columns of the streams that are more than taken over, by name. */
enum project_at {
	AT_ACTOR,
	AT_AMOUNT,
	AT_AT,
	AT_BIRTH_DATE,
	AT_CASE_ID,
	AT_CATEGORY,
	AT_CAUSE,
	AT_CHANNEL,
	AT_COMMENT,
	AT_COMPLAINANT_TYPE,
	AT_CONTENT,
	AT_COST,
	AT_CUSTOMER_ID,
	AT_DATE,
	AT_DEMAND,
	AT_DEPARTMENT,
	AT_DISCOUNT,
	AT_EVENT,
	AT_FLAGS,
	AT_GENDER,
	AT_KIND,
	AT_LEAD_ID,
	AT_LINE_NO,
	AT_NOTE,
	AT_OUTCOME,
	AT_OWNER,
	AT_PARTY_TYPE,
	AT_PHONE,
	AT_PHONE_ALT,
	AT_PRODUCT,
	AT_QUANTITY,
	AT_QUESTION,
	AT_RESPONSE_ID,
	AT_SCALE_MAX,
	AT_SCENE,
	AT_SCORE,
	AT_SOLUTION,
	AT_SOURCE,
	AT_SOURCE_FILE,
	AT_STORE_ID,
	AT_SUBCODE,
	AT_TIME,
	AT_TOUCHPOINT,
	AT_TXN_ID,
	AT_VIN,
	AT_COLUMNS
};

/* Column `to` of the stream is the first that is not empty of the plan's
 * from[first] .. from[last - 1]. */
struct project_copy {
	size_t to, first, last;
};

/* Column `to` of the output is column `from` of the file. */
struct project_extra {
	size_t from, to;
	bool judged;
};

/* The columns of a list of fields, looked up once. */
#define PROJECT_LISTS 128
#define PROJECT_LIST_MAX 16

struct project_list {
	const char *fields;	/* NULL: free */
	size_t n, column[PROJECT_LIST_MAX];
};

struct project {
	const struct plan *plan;
	const struct project_options *options;
	const char *file;
	struct identity *identity;
	struct shelf *shelf;
	size_t columns;		/* of the output, extras included */
	size_t extras_at;	/* where they begin */
	size_t at[AT_COLUMNS];	/* where they stand; PLAN_NONE: not in this */
	enum project_result (*make)(struct project *, struct project_unit *);
	uint32_t rank;		/* of its records among others of a customer */
	struct codes *codes;	/* of complaints; NULL: not read yet */
	bool detailed;		/* SERVICE: a row an item, not a row a bill */
	struct group *ordinals;	/* document -> its rows so far, uint32_t */
	/* What is to be done for each row, and nothing else. */
	struct project_copy *copy;
	struct project_extra *extra;
	size_t *worded, *required;	/* columns of the stream */
	size_t copies, kept, worded_n, required_n;
	struct project_list list[PROJECT_LISTS];
	struct reading_wanted *wanted;	/* for the stream's columns */
	size_t wanted_n;
	struct memo **memo;	/* one a column of the plan */
	/* the row under way */
	const struct text *raw;
	struct reading *reading;	/* one a column of the plan */
	bool *known;		/* the reading is there, and it is good */
	struct buf scratch;	/* what readings and made texts stand in */
	struct buf key;
	struct project_fault *fault;
	/* the rows made of it */
	struct text *out;
	int64_t *when;
	size_t rows, cap;
	uint32_t who;
	struct project_about about;
	int32_t day;		/* of the record, DAY_NONE when unknown */
};

/* Reads a cell that is not known yet; see project_look(). */
const struct reading *project_read(struct project *, size_t column);
/* The reading of a column; NULL when it is bad (and noted in the fault). */
static inline const struct reading *project_look(struct project *p,
						 size_t column)
{
	return p->known[column] ? &p->reading[column] :
				  project_read(p, column);
}

/* The columns of the fields in `fields` (blanks between; a literal, as the
 * list is known by its address), in that order. */
const struct project_list *project_list(struct project *, const char *fields);
/* The first reading with a text of these; *r is NULL when there is none.
 * False when one on the way is bad. */
bool project_find(struct project *, const char *fields,
		  const struct reading **r);
/* The same where a bad one counts as unknown, and nothing known is an empty
 * one. */
const struct reading *project_reading(struct project *, const char *fields);
/* Its text. */
struct text project_text(struct project *, const char *fields);
/* The same as money; *known false when there is none. False: bad. */
bool project_money(struct project *, const char *field, bool *known,
		   int64_t *fen);

/* One more row, empty, and its first cell. */
struct text *project_new_row(struct project *);
/* Fills in the columns of the stream by the plan, and the extras; false when
 * one is bad. */
bool project_fill(struct project *, struct text *row);
/* The cell of a row that belongs to a column that the stream has. */
static inline struct text *project_cell(const struct project *p,
					struct text *row, enum project_at at)
{
	return &row[p->at[at]];
}

/* Texts that last as long as the row. */
struct text project_keep(struct project *, struct text);
struct text project_keep_money(struct project *, int64_t fen);
struct text project_keep_number(struct project *, uint64_t);

/* The cells as they stand but for blanks at their ends: the same record in
 * another encoding, or from another file, is the same. */
struct text project_record(struct project *, struct buf *room);
/* A hash of the whole record behind a letter: the number of a document that
 * has none. */
struct text project_hash(struct project *, char letter);

bool project_bad(struct project *, enum reason, const char *column);

/* Key of a unit: the document first. */
void project_key(struct project *, struct text store, struct text document);
void project_key_add(struct project *, struct text);
/* Place of this row within its document (project_key() just called), from 1
 * on; counted in this file. */
uint32_t project_ordinal(struct project *);

/* Who the record is about, and its day. False: it names nobody at all. */
bool project_identify(struct project *);
/* Whoever is in an earlier result keeps the id; its rows are not filled in. */
void project_remember(struct project *);

/* The streams. They fill out[] and the key, and say what became of the row. */
enum project_result project_customer(struct project *, struct project_unit *);
enum project_result project_vehicle(struct project *, struct project_unit *);
enum project_result project_lead(struct project *, struct project_unit *);
enum project_result project_sale(struct project *, struct project_unit *);
enum project_result project_service(struct project *, struct project_unit *);
enum project_result project_survey(struct project *, struct project_unit *);
enum project_result project_complaint(struct project *, struct project_unit *);

#endif
