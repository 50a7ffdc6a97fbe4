/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a verb that reads cases gets them from: a log, or an event stream in
 * any format that is read (--events, or a file that is no log). One way for
 * cases, replay, overdue, stats, trend, impact and export:
 *
 *	common_init(&common);
 *	casesource_init(&src, &common);
 *	opts[] = { ..., { .kind = OPT_INCLUDE, .to = src.opts },
 *		   { .kind = OPT_INCLUDE, .to = common.opts }, ... };
 *	files = opt_parse(&program, argc, argv, &n);
 *	casesource_open(&src, files, n);	workflow, calendar, no event
 *	casework_watch(src.cases, ...);		where the verb counts events
 *	casesource_read(&src);			all events
 *	order = casecols_choose(&src.cols, &chosen);
 *	... casecols_case(), casecols_text(), rows out ...
 *	casesource_close(&src, output_rows(out));
 *	return output_close(out);
 *
 * --where, the period (by opened_at) and --by are asked of the cases, not of
 * the events, so that a log and the stream that it was made from give the
 * same. Columns that the verb itself wants are named between opt_parse() and
 * casesource_open(), by casesource_column().
 */
#ifndef CMD_COMPLAINT_CASESOURCE_H
#define CMD_COMPLAINT_CASESOURCE_H

#include "base/money.h"
#include "canon/eventrows.h"
#include "model/timers.h"

#include "cmd/complaint/casecols.h"
#include "cmd/complaint/caselist.h"

#define CASESOURCE_OPTS 6

struct casesource {
	const struct common *common;
	/* as the options say */
	const char *workflow_asked;	/* NULL: the log's own, or seven-step */
	const char *calendar_name;
	const char *terms_name;		/* --terms, NULL: its own */
	bool events;			/* --events */
	bool pick_events;		/* set by replay: --where and the
					 * period choose among the events */
	bool no_empty_log;		/* set by a verb: a file without a byte
					 * is a stream without a header, and
					 * no log without events */
	struct text only;		/* set by a verb: this case alone */
	bool all_timers;		/* set by a verb: not the deadline
					 * alone */
	struct opt opts[CASESOURCE_OPTS];

	/* from casesource_open() on */
	struct casecols cols;
	bool is_log;
	struct place *place;
	struct calendar *calendar;
	const struct workflow *workflow;
	struct casework *cases;
	struct timers *timers;

	/* from casesource_read() on */
	struct asked asked;		/* also in cols */
	int64_t last_at;		/* the latest event's, or
					 * CASEWORK_NO_TIME */

	/* its own */
	struct common without;		/* what is asked of the cases */
	char **files;
	size_t nfiles;
	struct caselist list;
	struct input *in;
	struct workflow *owned, *terms;
	struct input_column column[EVENTROWS_MAX];
	size_t fields;			/* further columns of the events */
	bool has_money;			/* among them, written here: */
	char money[CASEWORK_FIELDS][MONEY_MAX_BYTES];
};

void casesource_init(struct casesource *, const struct common *);
/* A column of the cases by its name, as casecols_find(). */
size_t casesource_column(struct casesource *, const char *name);
/* Several, as casecols_list(). */
size_t casesource_columns(struct casesource *, const char *option,
			  const char *list, size_t **columns);
/* Columns that are taken where the events have them, and empty elsewhere. */
size_t casesource_wish(struct casesource *, const char *option,
		       const char *list, size_t **columns);
/*
 * One log, or files of events. Dies of what cannot be read, and of wrong
 * usage. The cases are there, and there is none yet.
 */
void casesource_open(struct casesource *, char **files, size_t n);
/* Takes all events up to --as-of; those that the workflow does not allow are
 * rejects. */
void casesource_read(struct casesource *);
/* The number in the log of the event taken last, for watchers; 0: no log. */
uint64_t casesource_seq(const struct casesource *);
/* Counts n events that were taken as left out: those of cases that are not
 * chosen. */
void casesource_unuse(struct casesource *, uint64_t n);
/* Ends the reading: rejects, --summary (`out`: rows that went out). Frees. */
void casesource_close(struct casesource *, uint64_t out);

#endif
