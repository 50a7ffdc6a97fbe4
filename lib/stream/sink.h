/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where bytes go: standard output, or a file that appears whole or not at
 * all (temporary file beside it, fsync, rename, fsync of the folder). A
 * device or FIFO is written in place, a symbolic link is followed. Temporary
 * files are removed when the program ends early, by a signal too.
 */
#ifndef STREAM_SINK_H
#define STREAM_SINK_H

#include "base/text.h"

enum sink_mode {
	SINK_PLAIN,		/* mode of the old file, else 0666 less umask */
	SINK_PRIVATE,		/* 0600: logs, rejects */
	SINK_PERSONAL,		/* mode of the old file, else 0600: results of
				 * raw personal data */
	SINK_REJECTS		/* 0600, and kept when the run fails */
};

struct sink;

/* path NULL or "-": standard output. Dies when it cannot be opened. */
struct sink *sink_open(const char *path, enum sink_mode);
/* Room for at least n bytes; sink_wrote() says how many were put there. */
char *sink_room(struct sink *, size_t n);
void sink_wrote(struct sink *, size_t n);
void sink_put(struct sink *, const char *p, size_t n);
void sink_puts(struct sink *, const char *s);
void sink_flush(struct sink *);
/* A part that is kept in memory, to be put behind what `to` has; it is empty
 * then, and may be filled again. Freed by sink_drop(). */
struct sink *sink_part(void);
void sink_put_part(struct sink *to, struct sink *part);
void sink_drop(struct sink *part);
/* Everything written, checked and in its place; dies when it is not. */
void sink_close(struct sink *);

/* Makes durable which names a folder has: with a file's fsync() that a new
 * file is there after a crash. False, with errno, when it cannot be. */
bool sink_sync_folder(const char *folder);

#endif
