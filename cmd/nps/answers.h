/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answers to one question, counted score by score for each group of --by
 * and period of --trend (model/score.h), by as many threads as -j allows; the
 * options on weights, duplicates and invitations are seen to.
 */
#ifndef CMD_NPS_ANSWERS_H
#define CMD_NPS_ANSWERS_H

#include "canon/place.h"
#include "cmd/nps/nps.h"
#include "model/score.h"

struct strata;
struct invited;

/* The first columns; what else is read is found by number. */
enum { ANSWER_SCORE, ANSWER_QUESTION, ANSWER_SCALE_MAX, ANSWER_COLUMNS };

struct answers {
	/* set by the caller */
	const struct nps_options *o;
	struct nps_scale scale;
	/* Questions that are taken when none is named and there are several:
	 * the first of these that was asked. NULL at the end. */
	const char *const *usual;
	/* set by answers_open() and answers_read() */
	struct score_shape shape;
	struct input *in;
	struct by by;
	bool by_question;	/* --by question: all of them are wanted */
	struct input_column *columns;
	struct arena names;	/* of some of them */
	size_t date, weight, customer;	/* their columns */
	struct place *place;	/* of times of day in the dates, or NULL */
	struct instant_clock clock;
	size_t per, npers;	/* of --per, among the columns */
	size_t stratum;		/* first column of --weights */
	struct strata *strata;	/* or NULL */
	uint64_t *cell;		/* those of a group lie together: one, or one
				 * a stratum */
	size_t cells;		/* of a group */
	size_t groups;
	size_t *order;		/* of output, group numbers */
	struct invited *invited;	/* by group, or NULL */
};

/* Opens the files; by_open() may be called after it, with &by. */
void answers_open(struct answers *, char *const *files, size_t nfiles);
/* Reads all rows. Groups that only other questions were asked in have no
 * answers and are left out of the result. */
void answers_read(struct answers *);
/* The caller releases (score_release()). */
struct score_group answers_group(const struct answers *, size_t group);
/* Is there one row for each group, rather than one for all? */
static inline bool answers_grouped(const struct answers *a)
{
	return a->by.n > 0 || a->by.unit;
}
/* input_close() and the rest. */
void answers_close(struct answers *, uint64_t rows);

/* ---- strata.c: --weights ---- */

/* Reads the file; its columns but `population` tell the strata. */
struct strata *strata_open(const char *path);
size_t strata_count(const struct strata *);
/* Adds its columns to columns[*n]; room for STRATA_COLUMNS. */
#define STRATA_COLUMNS 8
void strata_columns(const struct strata *, struct input_column *columns,
		    size_t *n);
/* Number of the stratum whose cells are these; SIZE_MAX: none is so. */
size_t strata_find(const struct strata *, const struct cell *cell,
		   struct buf *room);
const double *strata_population(const struct strata *);
void strata_free(struct strata *);

/* ---- invited.c: --invitations ---- */

/* Those of a group, and how many of them answered. */
struct invited_count {
	uint64_t invited, answered;
};

struct invited *invited_open(const struct answers *);
/* Is it by the answers' customers that one knows who answered? */
bool invited_by_customer(const struct invited *);
/* Reads the rows; `who` are the customers that answered. Groups that only
 * the invitations have are added to the answers' by. */
void invited_read(struct invited *, struct by *, struct group *who);
struct invited_count invited_of(const struct invited *, size_t group);
void invited_free(struct invited *);

#endif
