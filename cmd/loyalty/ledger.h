/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The points ledger in its log (stream/caselog.h): what the verbs of `points`
 * share. To write, as others may at the same time:
 *
 *	ledger_open(&l, &common, path, CASELOG_WRITE);
 *	ledger_hold(&l);		the lock, and what is in the log
 *	ledger_add(&l, &entry);		the check, then the line
 *	ledger_commit(&l);		durable, then acknowledged
 *	ledger_close(&l);
 *
 * With -n everything is checked, and nothing written.
 */
#ifndef CMD_LOYALTY_LEDGER_H
#define CMD_LOYALTY_LEDGER_H

#include "canon/pointrows.h"
#include "stream/output.h"

/* An entry that waits to be acknowledged. */
struct ledger_waiting {
	size_t id_at, id_n, customer_at, customer_n;	/* in `texts` */
	uint64_t seq;		/* 0: it was in the ledger before */
	int64_t balance;
};

struct ledger {
	/* may be set after ledger_open() */
	int64_t end;			/* later entries are not known yet */
	/* called before and after each entry that is read, or NULL */
	void (*before)(void *ctx, const struct points_entry *);
	void (*after)(void *ctx, const struct points_entry *);
	void *ctx;

	const struct common *common;
	const char *path;
	struct place *place;
	struct caselog *log;		/* NULL with -n and no log */
	struct points *book;
	struct output *out;		/* the acknowledgements */
	bool held, told;
	uint64_t dry_seq;		/* with -n: the last number */
	int64_t last_at;		/* the latest entry's */
	struct arena scratch;
	struct buf members, texts;
	struct ledger_waiting *waiting;
	size_t n, cap;
};

void ledger_open(struct ledger *, const struct common *, const char *path,
		 enum caselog_mode);
/* Entries after the day of --as-of, if it is given, are not known. */
void ledger_as_of(struct ledger *);
/* For writing: opens the acknowledgements. */
void ledger_acknowledges(struct ledger *);
/* Reads on to the end of the log. Dies where a line is damaged, or is an
 * entry that the ledger does not allow. */
void ledger_catch_up(struct ledger *);
void ledger_hold(struct ledger *);
enum points_verdict ledger_add(struct ledger *, const struct points_entry *);
/* Takes a struct ledger, for input_on_drain(). */
void ledger_commit(void *ledger);
void ledger_close(struct ledger *);

/* The day of --as-of, else that of the latest entry. */
int32_t ledger_day(const struct ledger *);

#endif
