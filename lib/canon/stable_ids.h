/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ids that stay. Records were grouped into clusters, by somebody else; here
 * each cluster gets an id, such that ids given earlier are kept:
 *
 *   - A cluster one of whose records had an id keeps it; of several the
 *     smallest, and the others are told to have become that one (merged).
 *   - Where the records of one earlier id are now in several clusters, one of
 *     them keeps it: the one with the record after which the id was named,
 *     else the one with the smallest record. The others get new ids.
 *   - A new id is the smallest record of the cluster whose name was never an
 *     id of anybody else; when there is none, the smallest with -2, -3 and so
 *     on behind it. No id is ever given to a second cluster.
 *
 * Smallest: records and ids are compared as records are numbered. Records of
 * the second class (leads) name a cluster only where there is none of the
 * first; an id named after one gives way to a record of the first class.
 */
#ifndef CANON_STABLE_IDS_H
#define CANON_STABLE_IDS_H

#include "base/text.h"

struct stable_record {
	struct text name;	/* what its id would be */
	bool second;		/* of the second class */
	uint32_t cluster;	/* smallest record of its cluster */
};

struct stable_ids;

/* The records in order; borrowed until stable_ids_free(). `before` tells
 * which of two ids that are no record's is the smaller (text_cmp and so on).
 */
struct stable_ids *stable_ids_new(const struct stable_record *, uint32_t n,
				  int (*before)(struct text, struct text));
void stable_ids_free(struct stable_ids *);

/* The record had this id. Said twice differently, the smaller counts. */
void stable_ids_had(struct stable_ids *, uint32_t record, struct text id);
/* This id was somebody's, of whom nothing is known now; nobody gets it. */
void stable_ids_taken(struct stable_ids *, struct text id);
/* An earlier run told that `old` had become `now`. */
void stable_ids_merged(struct stable_ids *, struct text old, struct text now);

/* Gives the ids. */
void stable_ids_settle(struct stable_ids *);

/* Of a cluster's smallest record; valid until stable_ids_free(). */
struct text stable_ids_of(const struct stable_ids *, uint32_t cluster);
/* What has become of an id that was given once: itself, or another one. */
struct text stable_ids_now(const struct stable_ids *, struct text id);

/* Ids that became another one, in order of `before`: how many, and each. */
size_t stable_ids_gone(const struct stable_ids *);
struct text stable_ids_gone_one(const struct stable_ids *, size_t i);

#endif
