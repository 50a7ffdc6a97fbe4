/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of an input, for the files that make it: input.c reads rows,
 * input_open.c finds files and columns, lanes.c has several read at once.
 */
#ifndef STREAM_INPUT_STATE_H
#define STREAM_INPUT_STATE_H

#include "base/mem.h"
#include "stream/input.h"
#include "stream/join.h"
#include "stream/pick.h"
#include "stream/progress.h"
#include "stream/table.h"

/* A column that somebody reads: first the caller's, then those of the
 * conditions, the period and the join keys. */
struct want {
	const char *name;
	enum col_type type;
	enum input_need need;
	size_t column;			/* of this file; NONE: not there */
	const struct join *join;	/* where it comes from instead */
	size_t join_column;
	size_t key;			/* the want that holds the join's key */
};

#define NONE SIZE_MAX
#define INPUT_AHEAD 32

struct input {
	const struct common *common;
	const struct schema *schema;
	char *const *files;
	size_t nfiles, file;		/* the one being read */
	struct table table;
	bool open;
	bool threaded;
	struct instant_change *zone;	/* of --tz */
	size_t zones;
	int zone_minutes;		/* the one that holds at last */

	struct want *want;
	struct cell *cell;		/* one a want, of the row under way */
	struct cell *single;		/* of a row that is read by itself */
	struct cell *ahead;		/* of INPUT_AHEAD rows, read at once */
	size_t ready, given;		/* of those */
	size_t caller_wants, wants, wants_cap;
	struct arena names;		/* of the wants that are not theirs */
	bool *seen;			/* the caller's column was in a file */

	struct condition *condition;
	size_t *condition_want;
	size_t conditions;
	bool asks_nothing;		/* of this file: its rows are all
					 * wanted, and hold all of a row */
	struct day_range range;
	size_t range_want;		/* NONE: no period asked for */
	size_t day_want;		/* the caller's date column, or NONE */
	int32_t first_day, last_day;	/* DAY_MAX, DAY_NONE: none yet */
	bool seeks_first_day;

	struct join **join;
	size_t joins;

	struct text *key;		/* HEADERs of --col: known JSON keys */
	size_t keys;
	struct rejects *rejects;
	struct input_counts counts;
	struct progress progress;
	bool used;			/* the row given out last was counted */
	struct lanes *lanes;		/* NULL: nobody else reads it */
};

/* cell_parse() of a cell: a time without a zone is one of --tz, whose clocks
 * may be changed during the year. */
static inline bool input_parse(const struct input *in, struct text t,
			       enum col_type type, struct cell *c)
{
	int zone;

	if (!cell_parse(t, type, in->zone_minutes, c))
		return false;
	if (type != COL_INSTANT || !c->known || in->zones == 1)
		return true;
	zone = instant_offset_local(in->zone, in->zones,
				    c->us + in->zone_minutes *
						    INSTANT_MINUTE);
	return zone == in->zone_minutes || cell_parse(t, type, zone, c);
}

/* Room for the cells of rows, in cache lines of its own. */
void input_make_cells(struct input *);
/* Opens the next file, when there is one; the one before is closed. */
bool input_next_file(struct input *);

/* ---- of a lane (lanes.c) ---- */

/* The same, when all lanes have come to the end of the file. */
bool lanes_next_file(struct input *);
/* PROGRESS_ROWS more rows were read. */
void lanes_progress(struct input *);
/* Wipes what stands of it; for good when a message ends the run. */
void lanes_wipe_progress(struct input *);

#endif
