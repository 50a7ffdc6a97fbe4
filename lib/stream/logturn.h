/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A writer's turns at a durable log (caselog.h): the lock is taken with the
 * first event and held over its check, the write and one fdatasync for all
 * events that were added meanwhile; only then are they acknowledged, a row
 * each. What the events are is the owner's, who gives the three calls:
 *
 *	logturn_open(&t, columns);
 *	logturn_hold(&t);		open() once, the lock, read()
 *	...				the owner's check
 *	seq = logturn_add(&t, members);
 *	logturn_wait(&t, cells);	what acknowledges it, later
 *	logturn_commit(&t);		durable, committed(), acknowledged
 *	status = logturn_close(&t);
 *
 * With -n everything is read and checked, once, and nothing written.
 */
#ifndef STREAM_LOGTURN_H
#define STREAM_LOGTURN_H

#include "stream/caselog.h"
#include "stream/output.h"

#define LOGTURN_COLUMNS 4	/* of an acknowledgement */

struct logturn {
	/* The owner's. `common` is read again at each turn; open() gives a
	 * log that stays the owner's to close; read() brings in what is in
	 * the log and was not read yet; committed() may be NULL. */
	const struct common *common;
	const char *path;
	struct caselog *(*open)(void *ctx, enum caselog_mode);
	void (*read)(void *ctx);
	void (*committed)(void *ctx);
	void *ctx;

	/* from here on its own */
	struct caselog *log;	/* NULL: not yet; with -n: there is none */
	struct output *out;
	bool held, told;
	uint64_t dry_seq;	/* with -n: the last number */
	struct buf texts;	/* cells of the rows that wait */
	size_t *cell;		/* where each ends in them */
	size_t n, cap;
};

/* The log is opened with the first turn, and made then when it is not
 * there. */
void logturn_open(struct logturn *, const struct output_column *);
/* Begins a turn; nothing to do in one. Dies when the log cannot be had. */
void logturn_hold(struct logturn *);
/* Adds an event in a turn, after its check; gives its number. */
uint64_t logturn_add(struct logturn *, struct text members);
/* The cells of an acknowledgement, canonical texts; copied. Ends the turn
 * when many wait. */
void logturn_wait(struct logturn *, const struct text cell[LOGTURN_COLUMNS]);
/* Makes durable what was added, lets others at the log, acknowledges. Dies,
 * and nothing was added, when that cannot be done. */
void logturn_commit(struct logturn *);
/* Exit status. After a commit; the log is the owner's to close. */
int logturn_close(struct logturn *);

#endif
