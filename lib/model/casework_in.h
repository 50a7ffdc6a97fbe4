/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What casework.c and casework_rules.c have in common. */
#ifndef MODEL_CASEWORK_IN_H
#define MODEL_CASEWORK_IN_H

#include "base/group.h"
#include "base/mem.h"
#include "model/casework.h"

/* What is kept of a case; after it the words of the kept columns, which
 * columns were given at all, and the watchers' rooms. */
struct entry {
	int64_t opened_at, closed_at, last_at, due;
	int64_t working;		/* up to last_at */
	uint32_t events, reopened;
	uint32_t owner, severity;	/* numbers of words */
	int16_t state;
	bool paused;			/* by an event */
	uint8_t severe;			/* severity as a number, 0: none */
};

/* Where an event has a column. */
enum source {
	FROM_FIELD, FROM_OWNER, FROM_SEVERITY, FROM_DUE, FROM_ROLE, FROM_ACTOR
};

struct column {
	struct text name;	/* the arena's */
	enum source source;
	size_t read;		/* FROM_FIELD: the place in event.field */
	size_t word;		/* where in an entry; 0: not kept */
	bool kept;
};

struct watcher {
	void (*step)(void *, void *, const struct casework_change *);
	void *ctx;
	size_t bytes, at;	/* where in an entry */
};

struct casework {
	const struct workflow *workflow;
	const struct calendar *calendar;
	struct group *cases;		/* NULL until the first event */
	/* Words repeat: kept once each. Number 0: the empty word. */
	struct group *words;
	struct arena texts;

	struct column column[CASEWORK_FIELDS];	/* the workflow's first */
	size_t columns;
	size_t reads;			/* of them FROM_FIELD */
	size_t read[CASEWORK_FIELDS];	/* which columns those are */
	size_t has;			/* where in an entry; 0: not needed */

	struct watcher *watcher;
	size_t watchers, watcher_cap;
	int (*severity_of)(void *, struct text);	/* of a scene; NULL */
	void *severity_ctx;
	uint64_t severity_digest;
	size_t scene;			/* the column */
	struct casework_refusal refusal;
};

/* A word of an entry, and which columns were given, at the places that
 * casework_lay_out() has found for them. */
static inline uint32_t *casework_word_at(const struct entry *e, size_t at)
{
	return (uint32_t *)(void *)((char *)(uintptr_t)e + at);
}

static inline uint64_t *casework_has_at(const struct casework *cw,
					const struct entry *e)
{
	return (uint64_t *)(void *)((char *)(uintptr_t)e + cw->has);
}

/* Makes the table of cases, now that all is known that they must hold. */
void casework_lay_out(struct casework *);
/* An empty word changes nothing. */
void casework_set_word(struct casework *, uint32_t *to, struct text word);
/* Keeps the columns of an event that was taken. */
void casework_keep(struct casework *, struct entry *,
		   const struct casework_event *);
/* The severity that the event's scene stands for, 0: none. */
int casework_scene_of(const struct casework *, const struct casework_event *);
/* Holds an event that the state allows against roles, severity, required
 * columns and guards. The entry is NULL for a new case. */
enum casework_verdict casework_judge(struct casework *, const struct entry *,
				     const struct casework_event *, int state,
				     int event);

#endif
