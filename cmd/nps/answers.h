/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answers to one question, counted score by score for each group of --by
 * and period of --trend (model/score.h), by as many threads as -j allows.
 */
#ifndef CMD_NPS_ANSWERS_H
#define CMD_NPS_ANSWERS_H

#include "cmd/nps/nps.h"

struct answers {
	/* set by the caller */
	const struct nps_options *o;
	struct nps_scale scale;
	/* Questions that are taken when none is named and there are several:
	 * the first of these that was asked. NULL at the end. */
	const char *const *usual;
	/* set by answers_read() */
	struct input *in;
	struct by by;
	uint64_t *cell;		/* one a group, cell_words apart */
	size_t cell_words;
	size_t groups;
	size_t *order;		/* of output, group numbers */
};

/* Opens the files; by_open() may be called after it, with &by. */
void answers_open(struct answers *, char *const *files, size_t nfiles);
/* Reads all rows. Groups that only other questions were asked in have no
 * answers and are left out of the result. */
void answers_read(struct answers *);
const uint64_t *answers_cell(const struct answers *, size_t group);
/* Is there one row for each group, rather than one for all? */
bool answers_grouped(const struct answers *);
void answers_release(struct answers *);

#endif
