/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one thread makes of the rows that it reads (lane.c; kept.c where one
 * answer of a customer counts), for answers.c, which settles what only the end
 * of the data tells. While rows are read one does not know yet which question
 * is the one: all is kept by question too.
 */
#ifndef CMD_NPS_LANE_H
#define CMD_NPS_LANE_H

#include "cmd/nps/answers.h"

/* Between the texts of a key: no cell can hold it. */
#define LANE_SEPARATOR '\0'

/* An answer that is good, or of another question perhaps (slot 0). */
struct lane_answer {
	uint64_t weight;
	uint32_t slot, stratum;
};

/* The answer of a customer that counts, where only one does. */
struct lane_kept {
	int64_t at;		/* when, in microseconds */
	uint64_t weight;
	uint32_t slot, stratum;
	uint64_t answers;	/* how many there were */
};

#define LANE_KNOWN 4

struct lane {
	const struct answers *a;
	struct by *by;
	/* Cells by stratum (four bytes, where there are strata), question
	 * SEPARATOR, and the group's cells as by_key() has them. */
	struct group *cells;
	/* struct lane_kept by --per's cells, each with a SEPARATOR, and the
	 * same without stratum; NULL: all answers count. */
	struct group *kept;
	/* Those who answered, by question SEPARATOR customer; or NULL. */
	struct group *who;
	struct buf room;
	/* Without groups: the first questions met, and their cells. */
	struct {
		struct text question;
		uint64_t *cell;
	} known[LANE_KNOWN];
	size_t nknown;
};

/* All rows. The caller frees. */
struct lane *lane_read(struct answers *);
void lane_free(struct lane *);
/* Room for `before` bytes, then question and group. */
char *lane_key(struct lane *, const struct cell *, size_t before, size_t *n);

/* ---- kept.c ---- */

struct group *lane_kept_new(const struct answers *);
/* Keeps the answer, or the one that is there; false when nobody is named by
 * whom one could know a second one. */
bool lane_keep(struct lane *, const struct cell *, const struct lane_answer *);
void lane_kept_join(struct lane *into, struct lane *from);
/* Counts the answers that were kept in the cells; the others are counted by
 * question in `merged` (uint64_t). */
void lane_settle_kept(struct lane *, struct group *merged);

#endif
