/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the index lies in its file: shared by its reader and its writer. */
#ifndef STREAM_CASEINDEX_IN_H
#define STREAM_CASEINDEX_IN_H

#include "base/hash.h"
#include "stream/caseindex.h"

/*
 * head		struct caseindex_head, written anew at every commit
 * recent	a list of struct caseindex_recent: the lines since the base
 * directory	where each bucket is: struct caseindex_slot
 * buckets	records, and a sum over them
 *
 * A record is struct caseindex_record, the key, the value, and where the
 * key's lines are: offsets, each less the one before it, in bytes of 7 bits
 * with the low ones first and the 8th bit set in all but the last. A key is in
 * the bucket numbered by its hash modulo the number of buckets. Numbers are
 * the machine's own.
 *
 * When the recent lines are full their keys' buckets are written anew, where
 * they were or, when there is no room, behind the last: twice as large then,
 * so that what lies about unused is never more than what is used. That is on
 * disk before the head says so; until then the head is one of an older log.
 */
#define CASEINDEX_KIND "crm-caseindex/"
#define CASEINDEX_MAGIC CASEINDEX_KIND "2\n"
#define CASEINDEX_MAGIC_BYTES (sizeof(CASEINDEX_MAGIC) - 1)
#define CASEINDEX_KIND_BYTES (sizeof(CASEINDEX_KIND) - 1)
#define CASEINDEX_RECENT_AT 4096
#define CASEINDEX_RECENT_MAX 2048
#define CASEINDEX_DIRECTORY_AT \
	(CASEINDEX_RECENT_AT + \
	 CASEINDEX_RECENT_MAX * sizeof(struct caseindex_recent))
/* Keys in a bucket, on average: at first, and when the index, grown with the
 * log, is written anew with more buckets. */
#define CASEINDEX_BUCKET_KEYS 4
#define CASEINDEX_BUCKET_KEYS_MAX 64
/* A bucket larger than this is damage. */
#define CASEINDEX_BUCKET_MAX (64u << 20)

struct caseindex_head {
	char magic[CASEINDEX_MAGIC_BYTES];
	uint64_t order;		/* of a number's bytes: CASEINDEX_ORDER */
	uint64_t params;	/* hash of kind and params */
	uint64_t base;		/* tells this base from others */
	uint64_t buckets, keys;
	uint64_t end;		/* of the last bucket */
	struct caselog_mark mark;
	uint64_t recent, recent_sum;
	uint64_t sum;		/* over all before it */
};

#define CASEINDEX_ORDER 0x0102030405060708u

struct caseindex_recent {
	uint64_t hash;		/* of the key */
	uint64_t at;		/* the line's offset in the log */
};

struct caseindex_slot {
	uint64_t at;
	uint32_t bytes, room;
};

struct caseindex_record {
	uint32_t key_bytes, value_bytes;
	uint32_t lines_bytes;	/* CASEINDEX_NO_LINES: they are not known */
};

#define CASEINDEX_NO_LINES UINT32_MAX

/* A record taken apart; `lines.p` NULL: they are not known. */
struct caseindex_kept {
	struct text key, value, lines;
};

struct caseindex {
	struct caselog *log;
	char *path;
	uint64_t params;
	bool reads_only;
	const char *trouble;
	int fd;			/* -1: none that is of use */
	bool ours;		/* what stands there may be written over */
	bool fresh;
	bool bad;		/* damaged, whatever its head says */
	struct caseindex_head head;

	/* The lines since the base; first[] and next[] are lists of those
	 * with the same hash, by number + 1. */
	struct caseindex_recent *recent;
	uint32_t *first, *next;
	bool recent_read;

	struct caseindex_recent *added;
	size_t adds, add_cap;

	struct buf bucket;
	uint64_t asked;		/* hash of the key that is asked for */
	uint32_t at;		/* in the list: number + 1, or 0 */
};

static inline uint64_t caseindex_head_sum(const struct caseindex_head *h)
{
	return hash_bytes((const char *)h, offsetof(struct caseindex_head,
						    sum));
}

static inline uint64_t caseindex_recent_sum(uint64_t before,
					    const struct caseindex_recent *r)
{
	return hash_mix(before ^ r->hash ^ HASH_SALT_A, r->at ^ HASH_SALT_B);
}

/* Of a bucket's records; another's place, base or room gives another sum. */
static inline uint64_t caseindex_bucket_sum(uint64_t base, uint64_t bucket,
					    uint32_t room, struct text records)
{
	return hash_mix(hash_bytes(records.p, records.n) ^ HASH_SALT_A,
			hash_mix(base ^ HASH_SALT_B, bucket + 1) + room);
}

static inline uint64_t caseindex_slot_at(uint64_t bucket)
{
	return CASEINDEX_DIRECTORY_AT + bucket * sizeof(struct caseindex_slot);
}

/* Drops what is open; the reason is one of a few words. */
void caseindex_drop(struct caseindex *, const char *trouble);
/* All n bytes at an offset; false when they cannot be. */
bool caseindex_put(int fd, const void *p, size_t n, uint64_t at);
/* Whether so many bytes more leave the disk room enough for the log. */
bool caseindex_has_room(int fd, uint64_t bytes);

/* The recent lines into memory, checked; and a bucket's slot and records. */
bool caseindex_read_recent(struct caseindex *);
bool caseindex_read_bucket(struct caseindex *, uint64_t bucket,
			   struct caseindex_slot *, struct text *records);
/* Takes the next record off; false at the end. */
bool caseindex_take(struct text *rest, struct caseindex_kept *);
/* Appends a record; gives where it begins. Value and lines, in this order,
 * are the caller's to append; caseindex_ended() then says how long they are,
 * `lines` being where those begin, or SIZE_MAX. */
size_t caseindex_begin(struct buf *, struct text key);
void caseindex_ended(struct buf *, size_t begin, size_t lines);
/* Appends offsets behind `last`, the list's last (0: there is none). */
void caseindex_put_lines(struct buf *, uint64_t last, const uint64_t *at,
			 size_t n);
/* Reads a list, appending at *n; false when it is none, or longer than any. */
bool caseindex_get_lines(struct text list, uint64_t **at, size_t *n,
			 size_t *cap);

#endif
