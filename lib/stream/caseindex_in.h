/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the index lies in its file: shared by its reader and its writer. */
#ifndef STREAM_CASEINDEX_IN_H
#define STREAM_CASEINDEX_IN_H

#include "base/hash.h"
#include "stream/caseindex.h"

/*
 * head		struct caseindex_head, written anew at every commit
 * recent	a list of struct caseindex_recent: the lines since the base
 * directory	where each bucket begins, and the last one ends: uint64_t
 * buckets	records, and a sum over them
 *
 * A record is struct caseindex_record, the key, the value. A key is in the
 * bucket numbered by its hash modulo the number of buckets. Numbers are the
 * machine's own.
 */
#define CASEINDEX_MAGIC "crm-caseindex/1\n"
#define CASEINDEX_MAGIC_BYTES (sizeof(CASEINDEX_MAGIC) - 1)
#define CASEINDEX_RECENT_AT 4096
#define CASEINDEX_RECENT_MAX 16384
#define CASEINDEX_DIRECTORY_AT \
	(CASEINDEX_RECENT_AT + \
	 CASEINDEX_RECENT_MAX * sizeof(struct caseindex_recent))
/* Keys in a bucket, on average. */
#define CASEINDEX_BUCKET_KEYS 8
/* A bucket larger than this is damage. */
#define CASEINDEX_BUCKET_MAX (64u << 20)

struct caseindex_head {
	char magic[CASEINDEX_MAGIC_BYTES];
	uint64_t order;		/* of a number's bytes: CASEINDEX_ORDER */
	uint64_t params;	/* hash of kind and params */
	uint64_t base;		/* tells this base from others */
	uint64_t buckets;
	struct caselog_mark mark;
	uint64_t recent, recent_sum;
	uint64_t sum;		/* over all before it */
};

#define CASEINDEX_ORDER 0x0102030405060708u

struct caseindex_recent {
	uint64_t hash;		/* of the key */
	uint64_t at;		/* the line's offset in the log */
};

struct caseindex_record {
	uint32_t key_bytes, value_bytes;
};

struct caseindex {
	struct caselog *log;
	char *path;
	uint64_t params;
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

/* Of a bucket's records; another's place or base gives another sum. */
static inline uint64_t caseindex_bucket_sum(uint64_t base, uint64_t bucket,
					    struct text records)
{
	return hash_mix(hash_bytes(records.p, records.n) ^ HASH_SALT_A,
			hash_mix(base ^ HASH_SALT_B, bucket + 1));
}

/* Drops what is open; the reason is one of a few words. */
void caseindex_drop(struct caseindex *, const char *trouble);
/* All n bytes at an offset; false when they cannot be. */
bool caseindex_put(int fd, const void *p, size_t n, uint64_t at);

#endif
