/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers that are looked at response by response, in groups: what --drivers,
 * --index and --cdv share.
 */
#ifndef CMD_NPS_RESPONSES_H
#define CMD_NPS_RESPONSES_H

#include "cmd/nps/nps.h"

enum {
	RESPONSE_SCORE,
	RESPONSE_QUESTION,
	RESPONSE_ID,
	RESPONSE_SCALE_MAX,
	RESPONSE_DATE,
	RESPONSE_COLUMNS
};

struct responses {
	const struct nps_options *o;
	struct input *in;
	struct by by;		/* --by and --trend */
	bool any;		/* there was a row */
	size_t *order;		/* groups in the order of output */
};

/* Opens the files and the result, whose columns come behind the groups'. */
struct output *responses_open(struct responses *, const struct nps_options *,
			      const struct output_column *, size_t n,
			      char **files, size_t nfiles);
/* The next row with a question and a score that is not later than --as-of;
 * others are left out. The caller may set it aside, too (input_skip(),
 * input_reject()), else it gives it to its group (by_label()). */
bool responses_next(struct responses *, const struct cell **);
/* After the last row: groups in the order of output. */
size_t responses_groups(struct responses *);
int responses_close(struct responses *, struct output *);

/* scale_max as a number, 0 where it is not told. */
static inline double responses_scale_max(const struct cell *c)
{
	return c[RESPONSE_SCALE_MAX].known ? c[RESPONSE_SCALE_MAX].real : 0;
}

#endif
