/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of --by: columns of the rows, and words that are worked out when
 * there is no column of that name: periods of the date, the customer's tier,
 * whether the customer is new, the age of the car.
 *
 * A group's label is the text of each word with a NUL between two. What only
 * the end of the data tells of a customer (a word that is `late`) is an empty
 * text until it is put in by dims_fill().
 */
#ifndef CMD_MIX_DIMS_H
#define CMD_MIX_DIMS_H

#include "base/mem.h"
#include "stream/input.h"

#define DIMS_MAX 8
/* Columns that dims_columns() adds at most. */
#define DIMS_COLUMNS (3 * DIMS_MAX)

enum late { NOT_LATE, LATE_TIER, LATE_NEW, LATES };

struct word;

struct dim {
	const char *name;
	const struct word *word; /* NULL: a column as it is */
	size_t cell;		 /* of its own column */
	size_t other;		 /* first of the columns it looks at */
};

struct dims {
	size_t n;
	bool timed;		/* the cell `date` may hold a time of day */
	size_t date;
	struct dim dim[DIMS_MAX];
	struct arena names;
};

/* Cuts --by (NULL: none) into its words, and adds one of --pivot (NULL: none)
 * as the last. */
void dims_split(struct dims *, const char *by, const char *pivot);
/* Adds the columns wanted to columns[*n]. */
void dims_columns(struct dims *, struct input_column *columns, size_t *n);
/* Once the header is known: which words are columns. `timed` and `date` are
 * the caller's to set before, if at all. */
void dims_settle(struct dims *, const struct input *);
void dims_release(struct dims *);

/* Is any of the words worked out in this way? Before dims_settle(): unless
 * there is a column of its name. */
bool dims_have(const struct dims *, enum late);
/* The unit (day_label) of the shortest calendar period among the words, or
 * NULL. */
const char *dims_period(const struct dims *);

/* Texts of days, kept while rows are read: one a thread. */
struct dims_memory;
struct dims_memory *dims_memory_new(void);
void dims_memory_free(struct dims_memory *);

/* Adds the label of a row to `to`. `day` is the row's, DAY_NONE: unknown. */
void dims_label(const struct dims *, struct dims_memory *, const struct cell *,
		int32_t day, struct buf *to);
/* Adds a label with the words that were late: late[] by enum late. */
void dims_fill(const struct dims *, struct text label, const struct text *late,
	       struct buf *to);
/* The parts of a label, one after the other; false when there are no more. */
bool dims_part(struct text *rest, struct text *part);

#endif
