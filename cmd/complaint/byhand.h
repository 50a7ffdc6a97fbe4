/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One event made by hand: its columns are options, it goes the way of all
 * others into the log. Verbs new, note and do, and those of the actions.
 *
 *	byhand_init(&b, &caselist_complaints);
 *	{ OPT_TEXT, 0, "object", "TEXT", "...",
 *	  .to = byhand_slot(&b, "object") },
 *	{ .kind = OPT_INCLUDE, .to = b.who },
 *	byhand_write(&b, &common, log, "receive", NULL);
 *
 * Free text may be - (standard input) or @FILE, so that it need not stand in
 * argv. The columns that have codes (canon/codes_csv.h) take a code or a word
 * for it. Numbers of people are refused, wherever they stand.
 */
#ifndef CMD_COMPLAINT_BYHAND_H
#define CMD_COMPLAINT_BYHAND_H

#include "base/opt.h"
#include "stream/schema.h"

#include "cmd/complaint/entry.h"

#define BYHAND_COLUMNS 64
#define BYHAND_WHO 5

struct byhand {
	struct entry entry;
	const struct caselist_kind *kind;
	const struct schema *schema;
	struct opt who[BYHAND_WHO];	/* --actor, --role, --at, ... */
	const char *workflow;
	const char *value[BYHAND_COLUMNS];	/* of the schema's columns */
	struct opt_list sets;			/* COLUMN=VALUE */
	struct buf text[BYHAND_COLUMNS];	/* of those read from files */
	bool asks_form;		/* what the event's form asks for must be there */
};

/* The options in b->who lead into the struct, which stays where it is. */
void byhand_init(struct byhand *, const struct caselist_kind *);
/* Where the option for a column of the stream is to be stored. */
const char **byhand_slot(struct byhand *, const char *column);
/* Makes the event and acknowledges it; gives the exit status. `event` NULL:
 * the one that opens a case; `case_id` NULL: as the options say, or a new
 * one. */
int byhand_write(struct byhand *, const struct common *, const char *log,
		 const char *event, const char *case_id);

#endif
