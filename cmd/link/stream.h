/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canonical streams as crm-link sees them: which columns name the record that
 * a row is about. Reading (streams.c) and stamping (stamp.c) agree here. */
#ifndef CMD_LINK_STREAM_H
#define CMD_LINK_STREAM_H

#include "canon/people.h"

#include "cmd/link/run.h"

/* Places of the columns in a file, SIZE_MAX where there is none. */
struct stream_columns {
	size_t customer_id, lead_id, linked_from;
};

/* Whom a row is about: `name` empty: nobody known. */
struct stream_row {
	enum people_source source;
	struct text name;
	struct text had;	/* the id that it was given before, or empty */
};

/*
 * The cells of those columns (empty where there is none). A file that was
 * stamped has linked_from: who it was then, and in customer_id what became of
 * that.
 */
struct stream_row stream_row_of(struct text customer_id, struct text lead_id,
				struct text linked_from, bool stamped);

/* --stamp DIR: each file once more, with the ids (stamp.c). Opens and writes
 * all of them, then puts them in their places. Dies, and nothing new stands
 * there, when something cannot be read or written. */
struct stamp;
struct stamp *stamp_open(const struct link_options *, const char *dir,
			 char *const *files, size_t nfiles);
void stamp_write(struct stamp *, const struct link_run *);
void stamp_close(struct stamp *);

#endif
