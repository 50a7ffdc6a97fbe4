/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The points ledger in its log (stream/caselog.h): what the verbs of `points`
 * share. To write, as others may at the same time:
 *
 *	ledger_write(&l, &common, path);
 *	ledger_hold(&l);		the lock, and what is in the log
 *	ledger_add(&l, &entry);		the check, then the line
 *	ledger_commit(&l);		durable, then acknowledged
 *	status = ledger_written(&l);
 *
 * With -n everything is checked, and nothing written (stream/logturn.h).
 */
#ifndef CMD_LOYALTY_LEDGER_H
#define CMD_LOYALTY_LEDGER_H

#include "canon/pointrows.h"
#include "stream/logturn.h"

struct ledger {
	/* may be set before anything is read */
	int64_t end;			/* later entries are not known yet */
	/* called before and after each entry that is read, or NULL */
	void (*before)(void *ctx, const struct points_entry *);
	void (*after)(void *ctx, const struct points_entry *);
	void *ctx;

	const struct common *common;
	const char *path;
	struct place *place;
	struct caselog *log;		/* NULL: not opened yet */
	struct points *book;
	struct logturn turn;
	int64_t last_at;		/* the latest entry's */
	struct input_counts counts;
	struct arena scratch;
	struct buf members;
};

/* Ends the run where an option would choose among the entries: `period`
 * says that the verb knows what to do with one. */
void ledger_takes_all(const struct common *, bool period);
void ledger_read(struct ledger *, const struct common *, const char *path);
/* Entries after the day of --as-of, if it is given, are not known. */
void ledger_as_of(struct ledger *);
/* Reads on to the end of the log. Dies where a line is damaged, or is an
 * entry that the ledger does not allow. */
void ledger_catch_up(struct ledger *);
/* The end of such reading: --summary, and rejects without a row. `out`: rows. */
void ledger_settle(struct ledger *, uint64_t out);
void ledger_close(struct ledger *);

/* The log is made, with the first entry, when it is not there. */
void ledger_write(struct ledger *, const struct common *, const char *path);
void ledger_hold(struct ledger *);
enum points_verdict ledger_add(struct ledger *, const struct points_entry *);
/* Takes a struct ledger, for input_on_drain(). */
void ledger_commit(void *ledger);
/* Exit status, of the acknowledgements; closes the ledger. */
int ledger_written(struct ledger *);

/* The day of --as-of, else that of the latest entry. */
int32_t ledger_day(const struct ledger *);

#endif
