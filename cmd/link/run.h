/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What both verbs of crm-link have in common: options, records with names,
 * settled pairs, the linking itself, ids that stay, and all that is written
 * about it. A record is named by the column it was named in and its value
 * there: customer_id KH0000001, lead_id XQ17.
 */
#ifndef CMD_LINK_RUN_H
#define CMD_LINK_RUN_H

#include "base/group.h"
#include "canon/stable_ids.h"
#include "model/linkage.h"
#include "stream/common.h"
#include "stream/input.h"

struct link_options {
	struct common common;
	double match_at, review_at;
	bool households;	/* families are among the records */
	const char *links, *review, *decisions, *previous, *truth, *model;
};

void link_options_init(struct link_options *);
/* The options above as a table for OPT_INCLUDE. */
#define LINK_OPTS 10
void link_options_table(struct link_options *, struct opt to[LINK_OPTS]);
/* Wrong usage ends the program. */
void link_options_check(const struct link_options *);
/* The same, for files that are written: result, NULL when there is none. */
void link_check_places(const struct link_options *, const char *result,
		       char *const *files, size_t n);

struct link_record {
	const char *source;	/* "customer_id": lasts as long as the run */
	struct text name;	/* likewise */
	bool second;		/* a lead */
};

struct link_run {
	const struct link_options *o;
	const char *remedy;	/* said where a record is not known */
	struct link_record *record; /* in order of source and name */
	uint32_t n;
	int (*before)(struct text, struct text); /* of names */
	const struct linkage_column *column;
	size_t columns;
	/* The record's cells as they are compared. */
	void (*cells)(void *ctx, uint32_t record, struct text *);
	void *ctx;

	struct linkage *linkage;
	struct stable_ids *ids;
	struct stable_record *stable;
	struct group *index;	/* source, NUL, name: to the first record */
	struct group *settled;	/* pairs that people decided: link_pair_key */
	struct group *ruled;	/* pairs by a rule; likewise */
	int64_t us;		/* what the linking took */
	bool learned;		/* it was LINKAGE_DONE */
	/* rows of --previous about records that are not here */
	struct link_old {
		struct text source, name, id, probability, reason;
	} *old;
	size_t nold, old_cap;
	struct arena arena;
};

/*
 * In this order: link_begin() with the fields above `linkage` set; what the
 * caller knows by linkage_settle(), linkage_ignore() and link_had();
 * link_finish(); link_write(), and the caller's own; link_end().
 */
void link_begin(struct link_run *);
/* The record has this id already. */
void link_had(struct link_run *, uint32_t record, struct text id);
void link_finish(struct link_run *);
void link_end(struct link_run *);

/* Number of the record, or UINT32_MAX. */
uint32_t link_find(const struct link_run *, struct text source,
		   struct text name);
/* The same where the source may be left out (empty). */
uint32_t link_find_any(const struct link_run *, struct text source,
		       struct text name);
/* The record's id; valid until link_end(). */
struct text link_id(const struct link_run *, uint32_t record);

/* Did people decide this pair? */
bool link_is_settled(const struct link_run *, uint32_t a, uint32_t b);
/* Joins two records by a rule that needs no probability; and did it? */
void link_rule(struct link_run *, uint32_t a, uint32_t b);
bool link_is_ruled(const struct link_run *, uint32_t a, uint32_t b);

/* ---- files that people write (decisions.c) ---- */

void link_read_decisions(struct link_run *);
void link_read_previous(struct link_run *);
/* The entity of each record, LINKAGE_UNKNOWN where it is not told; the caller
 * frees. */
uint32_t *link_read_truth(const struct link_run *);

/* ---- what is written (links.c, model.c, truth.c) ---- */

/* The links, into an output that is left open; or those of --links. */
struct output *link_put_links(const struct link_run *, const struct common *);
void link_write_links(const struct link_run *);
void link_write_review(const struct link_run *);
/* `table`: what was found out about the columns of a table, as JSON; or
 * empty. */
void link_write_model(const struct link_run *, struct text table);
/* Lines on standard error. */
void link_tell_truth(const struct link_run *);
void link_tell_model(const struct link_run *);

/* A cell of raw personal data goes to such a file: common options for an
 * output of its own at `path`, mode 0600. */
struct common link_private(const struct link_run *, const char *path);

#endif
