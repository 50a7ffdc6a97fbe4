/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-profile customers and vehicles in two files: people.c counts the rows by
 * their dimensions, people_write.c writes the groups.
 */
#ifndef CMD_PROFILE_PEOPLE_H
#define CMD_PROFILE_PEOPLE_H

#include "canon/header.h"
#include "cmd/profile/profile.h"
#include "model/bands.h"
#include "model/tally.h"

#define DIMENSIONS 16
#define NONE SIZE_MAX

/* A dimension that every run of the verb has when its column is there. */
struct known {
	const char *name;
	const char *column;
	const char *instead;	/* where that is empty, or NULL */
	bool age;
};

struct verb_options {
	struct common common;
	const char *stream, *date;
	const struct known *known;	/* ends with no name */
	const char *dimensions, *ages;
	bool raw;
	bool inclusive;			/* bands as people have them */
	int64_t top;
};

struct dimension {
	const char *name;
	bool age;
	size_t cell, instead;		/* of the row, or NONE */
	size_t mask;			/* FIELD_NONE: groups are shown */
};

struct people {
	const struct verb_options *o;
	struct bands bands;
	struct by by;
	struct dimension dim[DIMENSIONS];
	size_t dims;
	struct tally *tally;		/* dims for each group of --by */
	uint64_t *rows;
	size_t groups, cap;
	struct arena names;
	struct aliases *aliases;	/* what exports call their columns */
	int32_t as_of;
	struct input *in;
	struct output *out;
};

/* False: there is nothing of the dimension, and it was not asked for. */
bool people_have(const struct people *, const struct dimension *);
/* The rows of the result for group `label` of --by. */
void people_write(struct people *, size_t label);

#endif
