/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What several canonical streams tell of one customer, gathered into one
 * record to be linked (model/linkage.h). A record is a customer_id, or a lead
 * that has none yet. Phones, cars, plates and whatever else was told twice
 * differently are sets, a line feed between two values, in bytewise order: a
 * cell depends on what was told, not on when.
 *
 *	r = people_record(p, PEOPLE_CUSTOMER, id);
 *	people_tell(p, r, PEOPLE_PHONE, cell);
 *	people_drive(p, r, vin, day);
 *	...
 *	people_finish(p);
 *	for (i = 0; i < people_count(p); i++)
 *		people_cells(p, i, cells);	(PEOPLE_COLUMNS of them)
 */
#ifndef CANON_PEOPLE_H
#define CANON_PEOPLE_H

#include "base/text.h"
#include "model/linkage.h"

enum people_source { PEOPLE_CUSTOMER, PEOPLE_LEAD };

/* "customer_id", "lead_id": whose value the record's name is. */
const char *people_source_name(enum people_source);

/* The columns of a record, in this order. */
enum people_field {
	PEOPLE_NAME,
	PEOPLE_SOUND,		/* of the name; not told but found */
	PEOPLE_PHONE,
	PEOPLE_MASKED,		/* the ends of phones that somewhere stand with
				 * their middle masked; not told but found */
	PEOPLE_ID_NO,
	PEOPLE_PROOF,		/* the one that is valid among them, when only
				 * one is; not told but found */
	PEOPLE_BIRTH,
	PEOPLE_GENDER,
	PEOPLE_EMAIL,
	PEOPLE_WECHAT,
	PEOPLE_ADDRESS,
	PEOPLE_VIN,
	PEOPLE_PLATE,
	PEOPLE_COLUMNS
};

struct people;

struct people *people_new(void);
void people_free(struct people *);

/* The record's number, made when new. Before people_finish() the numbers are
 * those of first mention, after it those of the order by source and id. */
uint32_t people_record(struct people *, enum people_source, struct text id);
/*
 * A canonical cell of the record; empty ones and those that name nobody
 * (测试, a masked or made-up phone, a VIN with a wrong check digit) are passed
 * over. A name may say the gender, an identity number the proof.
 */
void people_tell(struct people *, uint32_t record, enum people_field,
		 struct text cell);
/* The record's car, and a day on which it was theirs (DAY_NONE: unknown). */
void people_drive(struct people *, uint32_t record, struct text vin,
		  int32_t day);

/* Puts all in order; nothing can be told after it. */
void people_finish(struct people *);

uint32_t people_count(const struct people *);
enum people_source people_source(const struct people *, uint32_t record);
struct text people_id(const struct people *, uint32_t record);
/* Number of a record that was told of, or UINT32_MAX. */
uint32_t people_find(const struct people *, enum people_source, struct text id);
/* The columns, after people_finish(): sets are those of which a record has
 * two values. */
const struct linkage_column *people_columns(const struct people *);
/* The record's cells, PEOPLE_COLUMNS of them; valid until the next call. */
void people_cells(struct people *, uint32_t record, struct text *cell);

struct people_pair {
	uint32_t a, b;		/* a < b */
};

/*
 * Two records with the same car at different times and names that are not one
 * name: the car was sold, and says nothing about the two being one. All such
 * pairs, in order, once each; the caller frees.
 */
struct people_pair *people_sales(struct people *, size_t *n);

/*
 * A record of which only a surname and one telephone are known (王先生) and one
 * of that surname with the same telephone, when all of them there have one
 * name: it is that customer, as a clerk would take it to be. In order, once
 * each; the caller frees.
 */
struct people_pair *people_titles(struct people *, size_t *n);

#endif
