/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is who across the files of one import, by exact rules (crm-link does it
 * well). Two records are one customer when they share
 *   - the document's own customer number,
 *   - a valid ID number,
 *   - a phone and the name,
 *   - a vehicle (valid VIN) and the name, or the vehicle and a phone,
 *   - a vehicle at the same time: the days between the first and the last
 *     record of the one and of the other overlap.
 * A record without a name (or with a bare 王先生) joins those of its mobile,
 * else of its vehicle, when these are one customer (of that surname).
 *
 * The id is the smallest document number, else an opaque hash of the smallest
 * mobile, else of the smallest VIN, else of the record (of the ID number, or
 * of landline and name, when there is one). Where strangers (other
 * names, no number) share a mobile, the one who was seen first has the id of
 * the mobile, the others one of mobile and name.
 *
 * A record of an earlier result has its id given: it keeps that, whatever else
 * is found, and others that are the same customer take it (the smallest of
 * several). A customer of whom only now a document number is known keeps the
 * hash of the mobile that was given before.
 */
#ifndef CANON_IDENTITY_H
#define CANON_IDENTITY_H

#include "base/text.h"

#define IDENTITY_PHONES 4

/* One record; all texts canonical, empty when unknown. */
struct who {
	struct text given;	/* the id that an earlier result gave */
	struct text number;	/* the document's own customer number */
	struct text id_no;	/* valid ones only */
	struct text name;
	bool name_links;	/* a full name: no title, mask or filler */
	struct text phone[IDENTITY_PHONES]; /* mobiles that may link, and
					     * landlines with area code */
	size_t phones;
	struct text vin;	/* valid ones only */
	struct text record;	/* the document and the name, or the whole row:
				 * for when all else fails */
	int32_t day;		/* DAY_NONE: not known */
	bool prospect;		/* a lead: not (yet) a customer */
};

/* Is there nothing else to know the customer by? Only then is `record` looked
 * at. */
bool identity_needs_record(const struct who *);

struct identity;

struct identity *identity_new(void);
void identity_free(struct identity *);

/* Number of the record's kind: records that agree in all but the day have the
 * same. Everything is copied. */
uint32_t identity_add(struct identity *, const struct who *);

/* Applies the rules; no more records after it. */
void identity_resolve(struct identity *);

/* After identity_resolve(); valid until identity_free(). */
struct text identity_id(const struct identity *, uint32_t record);
/* What the id was made from: "document", "mobile", "vin" or "record". */
const char *identity_kind(const struct identity *, uint32_t record);

/* False when all that is known of them are leads. */
bool identity_is_customer(const struct identity *, uint32_t record);

/* Was the id given by an earlier result? */
bool identity_is_given(const struct identity *, struct text id);

/* Is it such a hash? */
bool identity_is_hash(struct text id);

/* "c" and 16 hex digits of BLAKE2b of `what`, ':' and `value`; no NUL. */
#define IDENTITY_HASH 17
void identity_hash(const char *what, struct text value,
		   char to[IDENTITY_HASH]);

#endif
