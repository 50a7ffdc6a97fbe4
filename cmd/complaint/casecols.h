/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns of a case, for the verbs that read cases: those that `cases`
 * writes, and any column of the events, of which the case keeps the last
 * value that was given (casework_fields()).
 *
 * What --columns, --where and --by name is made known before the first event
 * is read, for only then are the values kept:
 *
 *	casecols_init(&cols, &common, place);	takes --where and --by
 *	store = casecols_find(&cols, TEXT("store_id"));
 *	... casesource_open(), casesource_read() ...
 *	t = casecols_text(&cols, &k, store, room);
 */
#ifndef CMD_COMPLAINT_CASECOLS_H
#define CMD_COMPLAINT_CASECOLS_H

#include "base/mem.h"
#include "stream/by.h"
#include "stream/pick.h"
#include "canon/place.h"
#include "model/codes.h"
#include "model/timers.h"

/* The columns of `cases`, in its order. Further numbers are fields. */
enum {
	CASE_CASE_ID, CASE_STATE, CASE_OPENED_AT, CASE_CLOSED_AT, CASE_OWNER,
	CASE_SEVERITY, CASE_DUE, CASE_OVERDUE, CASE_REOPENED, CASE_MINUTES,
	CASE_WORKING_MINUTES, CASE_PAUSED, CASE_AS_OF, CASE_COLUMNS
};

extern const struct output_column casecols_fixed[CASE_COLUMNS];

#define CASECOLS_FIELDS 64	/* further columns at most */
#define CASECOLS_BYTES 40	/* room for a cell that has to be written */

/* A case and what its cells are made with. */
struct casecols_case {
	size_t number;
	struct casework_case k;
};

struct casecols {
	const struct common *common;
	struct place *place;
	const struct schema *schema;	/* of the stream complaints */
	struct text field[CASECOLS_FIELDS];
	bool wished[CASECOLS_FIELDS];	/* need not be in the events */
	size_t fields;
	struct arena names;

	struct condition *condition;	/* --where */
	size_t *at;			/* column of each */
	struct day_range range;		/* --since, --until, --period */
	size_t range_column;		/* CASE_OPENED_AT unless the verb sets
					 * another before the cases are chosen */
	struct by by;			/* --by */
	size_t by_column[BY_MAX];

	/* Set when the cases are there. */
	const struct workflow *workflow;
	const struct casework *cases;
	const struct timers *timers;	/* whose deadline is a case's due */
	size_t kept[CASECOLS_FIELDS];	/* their numbers in the cases */
	struct text *state;		/* names, by state */
	const struct codes *codes;	/* casecols_use_codes(), or NULL */
	struct asked asked;
};

/* Reads --where, --by and the period of the options; dies where they are
 * none. Both are borrowed. */
void casecols_init(struct casecols *, const struct common *, struct place *);
void casecols_release(struct casecols *);
/* The number of a column, a new one for a field not named before. */
size_t casecols_find(struct casecols *, struct text name);
/* The same for a list, "store_id,category". Returns how many; the caller
 * frees *columns. */
size_t casecols_list(struct casecols *, const char *option, const char *list,
		     size_t **columns);
struct output_column casecols_column(const struct casecols *, size_t column);

/* The states under their own names, or under those of `terms`, which the
 * workflow has a map to; dies when there is none. After workflow and cases are
 * set, before any cell. */
void casecols_name_states(struct casecols *, const struct workflow *terms);
/* From now on a field that has codes gives the code for any of its words, and
 * --where means so. Borrowed; before any cell. */
void casecols_use_codes(struct casecols *, const struct codes *);
/* Case number i as it stands when the question is asked. */
struct casecols_case casecols_case(const struct casecols *, size_t i);
/* The cell as text; it may stand in `room`. Empty: unknown. */
struct text casecols_text(const struct casecols *,
			  const struct casecols_case *, size_t column,
			  char room[CASECOLS_BYTES]);
/* The numbers of the chosen cases in bytewise order of case_id, *n of them;
 * the caller frees. */
uint32_t *casecols_choose(const struct casecols *, size_t *n);
/*
 * The group of --by (by_open() and by_put() of cols->by write it) that the
 * case belongs to. After by_trend(&cols->by, unit, CASECOLS_BY_DAY) the first
 * part is the period that the day of range_column lies in; SIZE_MAX when the
 * case has none (it is not closed, say).
 */
#define CASECOLS_BY_DAY 0
size_t casecols_label(struct casecols *, const struct casecols_case *);

#endif
