/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One column in all groups of --compare: rows for machines (compare.c), groups
 * side by side for people (beside.c). */
#ifndef CMD_PROFILE_COMPARE_H
#define CMD_PROFILE_COMPARE_H

#include "cmd/profile/profile.h"

#define COMPARE_GROUPS 50
#define COMPARE_EFFECTS 5

struct effect {
	const char *name;
	double value;
	double low, high;	/* 95 %; NAN: not known */
};

struct compared {
	bool between;		/* --interpolate */
	size_t groups;
	size_t *order;		/* of the groups, by name */
	struct text *name;	/* in that order, as all that follows */
	uint64_t *rows;
	struct description *r;
	const struct profile_column *column;
	enum describe_type type;
	struct effect effect[COMPARE_EFFECTS];
	size_t effects;		/* the first is the one that people see */
};

bool compared_numbers(const struct compared *);
bool compared_words(const struct compared *);

void compare_put_median(const struct profile_writer *,
			const struct compared *, size_t group);
struct output *compare_open_beside(const struct profile *,
				   const struct compared *);
void compare_write_beside(const struct profile_writer *,
			  const struct compared *);

#endif
