/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that read for crm-profile share: types.c says what a column
 * is, fold.c describes rows lane by lane, read.c has the run. */
#ifndef CMD_PROFILE_FOLD_H
#define CMD_PROFILE_FOLD_H

#include "canon/header.h"
#include "cmd/profile/profile.h"
#include "stream/lanes.h"

/* What all lanes know and none changes. */
struct profile_plan {
	const struct profile_options *o;
	const struct schema *schema;	/* NULL: types are found */
	struct aliases *aliases;	/* what exports call their columns */
	const struct by *by;
	const char **name;		/* of --column, in order */
	size_t names;			/* 0: all columns */
	size_t exact;
	struct instant_clock clock;
	const struct text *header;	/* of the first file; p NULL: hidden */
	size_t width;
	char *const *files;
	size_t nfiles;
};

/* ---- types.c ---- */

/* Wrong usage when --type or --stream is. */
void profile_check_types(const struct profile_options *);
const struct schema *profile_told_schema(const struct profile_options *);
/* The stream that knows all of the columns, or whose required ones all are
 * there; of several the one that knows the most of them. NULL: none. */
const struct schema *profile_find_schema(const struct input *);
/* Type and mask of a column that was just met; its name is there. */
void profile_know_column(const struct profile_plan *, struct profile_column *);

/* ---- fold.c ---- */

/* Its ctx is the plan. */
extern const struct lanes_job profile_job;
/* The joined state becomes the profile's columns and groups. */
void profile_take_over(struct profile *, void *state);

#endif
