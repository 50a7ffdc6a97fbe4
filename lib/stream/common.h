/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The options that all commands share (crmutils(1)), in one table. A command
 * includes it in its own by { OPT_INCLUDE, .to = common.opts }.
 */
#ifndef STREAM_COMMON_H
#define STREAM_COMMON_H

#include "base/day.h"
#include "base/opt.h"

#define COMMON_OPTS 32

struct common {
	/* what comes in */
	const char *from;		/* csv tsv ndjson json, NULL: sniff */
	struct opt_list cols;		/* NAME=HEADER */
	struct opt_list wheres;		/* COL=VALUE */
	struct opt_list withs;		/* FILE */
	int32_t since, until;		/* DAY_NONE: open */
	const char *period;
	int32_t as_of;			/* DAY_NONE: the latest date */
	const char *tz;
	const char *by;			/* COL[,COL...], NULL: none */
	/* what goes out */
	const char *to;			/* NULL: table on a terminal, else csv */
	const char *output;		/* NULL: standard output */
	const char *get;
	struct opt_list fail_if;
	bool spreadsheet;
	/* the run */
	const char *rejects;
	const char *max_rejects;
	bool summary;
	int64_t jobs;			/* 0: all cores */
	bool dry_run, progress, verbose;
	bool joined;			/* not an option: see common_beside() */
	bool as_is;			/* nor this: of transactions, what was
					 * bought elsewhere is a row like all
					 * others (see input_open()) */
	bool private;			/* nor this: the result is raw personal
					 * data (SINK_PERSONAL) */

	struct opt opts[COMMON_OPTS];	/* the table, filled by common_init */
};

void common_init(struct common *);
/* The options of a small file that is read beside the rows, by one thread. */
void common_beside(struct common *);

/* Rejects and result must not go to one place: wrong usage. */
void common_check_places(const struct common *);

/* A file that a run writes, and the option that names it. */
struct common_place {
	const char *option, *path;	/* "-": standard output; NULL: none */
	bool in_place;			/* may replace a file that is read */
};
/* Each must be a file of its own, and none of those that are read: wrong
 * usage, told before anything is. A device may be named twice. */
void common_check_apart(const struct common_place *, size_t n,
			char *const *files, size_t nfiles);
/* Result and rejects must not go to where a log is: the log is the truth, and
 * nothing else may stand in its place. */
void common_check_log(const struct common *, char *log);

/* The day today: --as-of, else the clock in --tz. Only `last-...`, `ytd` and
 * what is overdue may ask. */
int32_t common_today(const struct common *);
/* The days that --since, --until and --period leave, both inclusive. */
struct day_range common_range(const struct common *);
/* How many threads may work at once: -j, else one a core. */
unsigned common_jobs(const struct common *);
/* True when there is work for a second thread to do it (-j). */
bool common_threads(const struct common *);

#endif
