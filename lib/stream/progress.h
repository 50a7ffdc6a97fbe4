/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far a long run has come, on standard error: only when that is a
 * terminal or --progress was given, and only after some seconds.
 */
#ifndef STREAM_PROGRESS_H
#define STREAM_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool on;
	bool shown;		/* a line stands there, to be wiped */
	int64_t next_us;	/* when to show the next one */
};

void progress_open(struct progress *, bool asked);
/* Called now and then. */
void progress_show(struct progress *, uint64_t rows);
/* Says at once what takes a while now, such as "linking 1000000 records". */
void progress_say(struct progress *, const char *what);
/* Wipes the line. */
void progress_close(struct progress *);

/* Rows between two looks at the clock. */
#define PROGRESS_ROWS 65536

#endif
