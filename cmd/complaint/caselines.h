/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where in the log the lines of each case are: 12 bytes for an event, 4 for a
 * case. What a writer knows who has read the whole log, and gives to the
 * index.
 */
#ifndef CMD_COMPLAINT_CASELINES_H
#define CMD_COMPLAINT_CASELINES_H

#include <stddef.h>
#include <stdint.h>

struct caselines {		/* zero bytes are a valid empty one */
	uint64_t *at;		/* of each line */
	uint32_t *before;	/* the case's line before it, by number + 1 */
	size_t n, at_cap, before_cap;
	uint32_t *last;		/* of each case, by number + 1 */
	size_t cases, last_cap;
	uint64_t *list;		/* what caselines_of() gave */
	size_t list_cap;
};

void caselines_release(struct caselines *);
void caselines_clear(struct caselines *);
/* A line of case i behind all those that were added. */
void caselines_add(struct caselines *, size_t i, uint64_t at);
/* The case's lines in their order, valid until the next call; *n SIZE_MAX:
 * there were more lines than can be counted. */
const uint64_t *caselines_of(struct caselines *, size_t i, size_t *n);

#endif
