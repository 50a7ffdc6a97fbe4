/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one thread makes of the rows that it reads (lane.c), for answers.c,
 * which settles what only the end of the data tells. While rows are read one
 * does not know yet which question is the one: all is kept by question too.
 */
#ifndef CMD_NPS_LANE_H
#define CMD_NPS_LANE_H

#include "cmd/nps/answers.h"

/* Between the texts of a key: no cell can hold it. */
#define LANE_SEPARATOR '\0'

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
/* Counts the answers that were kept in the cells; the others are counted by
 * question in `merged` (uint64_t). */
void lane_settle_kept(struct lane *, struct group *merged);

#endif
