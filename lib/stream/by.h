/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --by COL[,COL...]: one result per group. Adds the columns to those that the
 * command reads, numbers the groups as they are met, and writes their cells
 * before the command's own. Groups come out in bytewise order. A trend is one
 * more group, the period that the row's day lies in, before those of --by.
 */
#ifndef STREAM_BY_H
#define STREAM_BY_H

#include "base/group.h"
#include "stream/input.h"
#include "stream/output.h"

#define BY_MAX 8

struct by {
	size_t n;			/* columns; 0: no --by, one group */
	size_t first;			/* the first one among the row's cells */
	const char *name[BY_MAX];
	const char *unit;		/* of the trend (day_label), or NULL */
	size_t day;			/* its day, among the row's cells */
	struct group *labels;		/* the cells, joined by NUL */
	struct buf key;
	struct by_day *days;		/* texts of days met lately */
	struct arena arena;
	struct input_column *columns;
};

/* The columns of --by for a caller that makes the cells itself: their texts
 * are cell[first], cell[first + 1], ... of by_label(). */
void by_names(struct by *, const struct common *, size_t first);
/* input_open() with the columns of --by behind the caller's. */
struct input *by_input(struct by *, const struct common *,
		       const struct schema *, const struct input_column *,
		       size_t n, char *const *files, size_t nfiles);
/* Groups by period first: after by_input(), before the first row. `day` is
 * the caller's number of a COL_DAY column that is INPUT_FILLED. */
void by_trend(struct by *, const char *unit, size_t day);
/* output_open() with the columns of --by, and `period` before them, before
 * the caller's. Wrong usage when two of them have one name. */
struct output *by_open(const struct by *, const struct common *,
		       const struct output_column *, size_t n);

/* Number of the group that a row belongs to. */
size_t by_label(struct by *, const struct cell *);
/* The same in two steps, for a command whose keys hold more than the group:
 * the row's cells, joined by NUL, behind `before` bytes that are the caller's
 * to fill; *n of all of them, good until the next row. */
char *by_key(struct by *, const struct cell *, size_t before, size_t *n);
/* The number of the group whose cells, so joined, are these. */
size_t by_number(struct by *, struct text cells);
/* Groups met so far: at least 1 without --by and trend. */
size_t by_count(const struct by *);
/* Group numbers in the order of output; the caller frees. */
size_t *by_order(const struct by *);
/* For a lane of its own: the same columns, and no groups yet. */
struct by *by_fork(const struct by *);
void by_fork_free(struct by *);
/* Brings the groups of a fork into `by`: number[i], where it is not NULL and
 * has room for by_count(fork), is what is called i there. In a `by` that had
 * none their numbers stay the same. */
void by_join(struct by *, const struct by *fork, uint32_t *number);
/* Writes the cells of a group. */
void by_put(const struct by *, size_t label, struct output *);
void by_release(struct by *);

#endif
