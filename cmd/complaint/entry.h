/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events into a log: what the verbs that write share. The lock is taken with
 * the first event and held over its check, the write and one fdatasync for
 * all events that were added meanwhile; only then are they acknowledged:
 *
 *	entry_open(&e, &common, kind, path, workflow);
 *	entry_begin(&e);
 *	entry_put_text(&e, name, text);		the event's members
 *	entry_hold(&e);				the lock, and what is in the log
 *	entry_add(&e, &event, &state);		the check
 *	entry_commit(&e);			durable, then acknowledged
 *	entry_close(&e);
 *
 * With -n everything is checked, and nothing written.
 */
#ifndef CMD_COMPLAINT_ENTRY_H
#define CMD_COMPLAINT_ENTRY_H

#include "stream/logturn.h"

#include "cmd/complaint/known.h"

/* What is told of events at the end of the run. */
struct entry_oddities {
	uint64_t masks;		/* numbers of people that were masked */
	uint64_t scenes;	/* that no code stands for */
};

struct entry {
	struct common common;		/* its -j is 1 unless it was given */
	struct caselist list;		/* of the cases that were asked for */
	struct known known;
	struct logturn turn;		/* at the log */
	struct buf members;		/* of the event under way */
	struct buf masked;
	struct entry_oddities now, all;	/* of the event under way; of those
					 * that were taken */
};

/* `workflow` is for a new log; NULL: the kind's. The log is opened with the
 * first event, and made then when it is not there. */
void entry_open(struct entry *, const struct common *,
		const struct caselist_kind *, const char *path,
		const char *workflow);

/* Whether a column of this name may not stand in the log: it tells who a
 * person is, or the log makes it itself. Then a sentence why, else NULL. */
const char *entry_unfit(struct text name);

/* Whether the column holds what people write in their own words. */
bool entry_is_written(struct text name);

/* The members of the next event, each once; empty texts are left out, and
 * numbers of people in what people write (content, note, ...) are masked. A
 * scene that is none of the codes is kept, and told at the end. */
void entry_begin(struct entry *);
void entry_put_text(struct entry *, struct text name, struct text);
/* The same for a column of any name in which anything may stand. */
void entry_put_words(struct entry *, struct text name, struct text);
void entry_put_instant(struct entry *, struct text name, int64_t us);
void entry_put_money(struct entry *, struct text name, int64_t fen);
/* False: they are longer than an event in the log may be. */
bool entry_fits(const struct entry *);

/* Takes the lock, and is ready for any case in the log; nothing to do when it
 * is held already. */
void entry_hold(struct entry *);
/* Whether the log, which is held, has this case. */
bool entry_has_case(struct entry *, struct text case_id);
/* Checks the event and adds it with its members; as casework_add(). */
enum casework_verdict entry_add(struct entry *, const struct casework_event *,
				int *state);
/* Makes durable what was added, lets others at the log, acknowledges. Takes a
 * struct entry, for input_on_drain(). */
void entry_commit(void *entry);
/* Exit status; last of all. */
int entry_close(struct entry *);

#endif
