/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A complaint log read into cases: what append, cases and verify share. */
#ifndef CMD_COMPLAINT_CASELIST_H
#define CMD_COMPLAINT_CASELIST_H

#include "base/mem.h"
#include "stream/caselog.h"
#include "stream/common.h"
#include "canon/place.h"
#include "canon/scenes.h"

#include "cmd/complaint/caselines.h"

#define CASELIST_KIND "complaints"

/* What a log holds: the complaints, or the actions. */
struct caselist_kind {
	const char *log;	/* the kind of the log (stream/caselog.h) */
	const char *schema;	/* the stream of its events */
	const char *id, *event;	/* what case_id and event are called there */
	const char *workflow;	/* unless another one is asked for */
	char letter;		/* that the ids made here begin with */
	const char *again;	/* an event of a stream that is left out where
				 * its case is there already; or NULL */
};

extern const struct caselist_kind caselist_complaints, caselist_actions;

/* What a column of eventrows_columns is called in the kind's stream. */
const char *caselist_column(const struct caselist_kind *, size_t column);

/* What a member of a line is to the cases, found by its key. */
#define CASELIST_SLOTS 256

struct caselist_key {
	struct text name;	/* p NULL: a free slot */
	int member;		/* one of the event's own */
	int field;		/* of the columns that the cases ask for, and
				 * perhaps one of the event's own as well;
				 * -1: none */
};

struct caselist {
	const struct caselist_kind *kind;	/* NULL: the complaints */
	const char *path;
	const char *workflow_asked;	/* --workflow, NULL: the log's own */
	bool own_only;			/* no other than the log's own */
	struct place *place;
	const struct calendar *calendar;
	int64_t end;			/* later events are not known yet */
	struct text only;		/* this case alone; empty: all */

	struct caselog *log;
	struct text own_workflow;	/* that the log was made with */
	struct workflow *workflow;	/* NULL until the first event */
	struct scenes scenes;
	struct casework *cases;
	struct caselines *lines;	/* NULL: they are not wanted */
	uint64_t used, left_out;	/* events */
	/* Of caselist_read(): it goes on without the events that the workflow
	 * does not allow (which may be another than the log's own). */
	struct rejects *rejects;
	uint64_t refused;
	int64_t last_at;		/* the latest event's */
	uint64_t seq;			/* of the event taken last */
	struct arena kept;

	struct caselog_line first;	/* read by caselist_start(), and not
					 * taken yet; seq 0: there is none */
	struct caselist_key key[CASELIST_SLOTS];
	size_t keys;			/* 0: not laid out yet */
};

/* Opens the log; `list` is zero but for kind, path, workflow_asked, place and
 * calendar. */
void caselist_open(struct caselist *, enum caselog_mode, int64_t end);
void caselist_close(struct caselist *);	/* also one that was never opened */
/* For a reader: opens the log as it was at the end of --as-of, looks at the
 * first event, and is ready to set aside, by --rejects, the events that the
 * workflow does not allow; columns and watchers can be asked for then. */
void caselist_read(struct caselist *, const struct common *);
/* The event of a line as it was given, to be fed in again: the record of a
 * reject. */
void caselist_put_record(struct buf *, const struct caselog_line *);
/* So many events that were taken are in no row. */
void caselist_unuse(struct caselist *, uint64_t n);
/* The end of such reading: --summary and --max-rejects. `out`: rows. */
void caselist_settle(struct caselist *, const struct common *, uint64_t out);
/* Looks at the first event: workflow and cases are there then, and no event
 * is taken yet, so that columns and watchers can be asked for. When there is
 * none, neither are they. */
void caselist_start(struct caselist *);
/* Reads on to the end of the log. Dies where a line is damaged, or an event
 * is one that the workflow does not allow. */
void caselist_catch_up(struct caselist *);
/* As caselist_catch_up() for one case of a log of which nothing but the first
 * event is read: by the index, where that is fresh; else it does the same. */
void caselist_look_up(struct caselist *);
/* Appends the id of the case that a line is of; false when it has none. */
bool caselist_id(const struct caselist *, const struct caselog_line *,
		 struct buf *);
/* Lets all cases go, and what caselist_start() has read. */
void caselist_forget(struct caselist *);
/* Takes a line that was looked up, if it is of this case, which may be there.
 * False: the case does not allow what the line says. */
bool caselist_take(struct caselist *, const struct caselog_line *,
		   struct text case_id);
/* Workflow and cases for a log without events: --workflow or the kind's. */
void caselist_begin(struct caselist *);
/* Tells of a torn last line, if there is one. */
void caselist_tell_tail(const struct caselist *);

#endif
