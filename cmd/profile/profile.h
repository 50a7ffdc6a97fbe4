/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of crm-profile share: the options, and the columns of a
 * table as they are read, described group by group.
 */
#ifndef CMD_PROFILE_PROFILE_H
#define CMD_PROFILE_PROFILE_H

#include "canon/field.h"
#include "canon/place.h"
#include "model/describe.h"
#include "stream/by.h"

#define PROFILE_QUANTILES 16

struct profile_options {
	struct common common;
	const char *columns;		/* COL,...; NULL: all */
	const char *stream;		/* NULL: by the header */
	struct opt_list types;		/* COL=TYPE */
	const char *quantiles;
	int64_t ppm[PROFILE_QUANTILES];
	size_t nppm;
	bool between;
	int64_t top, exact;		/* exact 0: by the number of columns */
	bool full, long_form, values, raw;
	const char *histogram, *compare;
	int64_t bins;
	const char *width;
};

/* ---- reading (read.c) ---- */

struct profile_column {
	char *name;
	uint64_t place;		/* file and column, where it was first met */
	bool unnamed;
	struct describe_settings settings;
	enum describe_type type;	/* of all groups together */
	size_t mask;		/* the field of persons that it is, or
				 * FIELD_NONE: its values are shown */
};

/* One group: what its rows hold in each column; NULL: not met in its rows. */
struct profile_group {
	struct describe **column;	/* `columns` of them */
	size_t columns;
	uint64_t rows;
};

struct profile {
	const struct profile_options *o;
	struct by by;
	struct profile_column *column;	/* in the order of output */
	size_t columns;
	struct profile_group *group;	/* by number of by.h */
	size_t groups;
	struct place *place;		/* whose the clock is */
	struct instant_clock clock;
	struct input *in;
};

/* Reads all rows; `needed` is a column that must be there, or NULL. To be
 * closed by profile_close(), which ends the input. */
void profile_read(struct profile *, const struct profile_options *,
		  char *const *files, size_t nfiles, const char *needed);
/* A column of all groups together; freed by the caller. */
struct describe *profile_pool(const struct profile *, size_t column);
/* Describes one column of one group; released by the caller. */
struct description profile_describe(const struct profile *, size_t group,
				    size_t column, size_t tops);
void profile_close(struct profile *, uint64_t out);

/* ---- cells (cell.c) ---- */

/* What a result is written with. */
struct profile_writer {
	struct output *out;
	bool people;		/* tables: rounded, texts cut */
	struct instant_clock clock;
};

struct profile_writer profile_writer(const struct profile *,
				     struct output *);
/* A value of an ordered column. `about`: of a sketch, an instant to the day. */
void profile_put_figure(const struct profile_writer *,
			const struct description *, struct figure,
			bool about);
/* The field of persons that a column of this name is, which mask_field()
 * masks, or FIELD_NONE (types.c). */
struct aliases;
size_t profile_personal(const struct aliases *, struct text name);
/* Empty when it is no finite number. */
void profile_put_real(const struct profile_writer *, double);
/* What part of the whole, in percent, two decimals; 0 and 100 only where
 * there is none and all. */
void profile_put_pct(const struct profile_writer *, uint64_t part,
		     uint64_t whole);
/* Appends a value of a column, masked where it is personal. */
void profile_add_value(struct buf *, const struct profile_column *,
		       struct text);
/* The same for people: at most `width` columns. */
void profile_show(struct buf *, const struct profile_column *, struct text,
		  size_t width);
void profile_put_value(const struct profile_writer *,
		       const struct profile_column *, struct text);

/* ---- top.c ---- */

/* The most frequent values: a JSON array, for people a short list. */
void profile_put_top(const struct profile_writer *,
		     const struct profile_column *,
		     const struct description *);

/* ---- results ---- */

int profile_table(const struct profile_options *, char *const *files,
		  size_t nfiles);
int profile_values(const struct profile_options *, char *const *files,
		   size_t nfiles);
int profile_histogram(const struct profile_options *, char *const *files,
		      size_t nfiles);
int profile_compare(const struct profile_options *, char *const *files,
		    size_t nfiles);

/* ---- verbs ---- */

int profile_whole(int argc, char **argv);
int profile_customers(int argc, char **argv);
int profile_vehicles(int argc, char **argv);

#endif
