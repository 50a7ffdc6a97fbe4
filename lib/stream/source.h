/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where bytes come from: a file or standard input, read to its end however
 * the bytes arrive, optionally through a decoder (crm-import's encodings).
 * A byte-order mark of UTF-8 is dropped.
 */
#ifndef STREAM_SOURCE_H
#define STREAM_SOURCE_H

#include <sys/types.h>

#include "base/text.h"

struct source;

/*
 * Gives up to n bytes, 0 at the end, -1 with errno set on failure.
 * A decoder reads the bytes below it by source_raw_read().
 */
typedef ssize_t source_reader(void *ctx, struct source *, char *to, size_t n);

/* The byte-order mark of UTF-8. */
#define SOURCE_BOM "\xef\xbb\xbf"

/* "-" is standard input; on failure NULL with errno set. */
struct source *source_open(const char *path);
/* Opens it and reads its first byte, or ends the program: there is no such
 * file, or nobody would type one in at a terminal. */
struct source *source_need(const char *path);
/*
 * A source whose bytes are made by a reader (a workbook's sheet as CSV).
 * `close` frees ctx; `rest`, where there is one, frees what can be made again
 * when the next bytes are asked for. Its records are a sheet's rows: line
 * numbers count them, blank ones included, and not the line feeds inside their
 * cells.
 */
struct source_maker {
	source_reader *read;
	void (*close)(void *ctx);
	void (*rest)(void *ctx);
};

struct source *source_made(const struct source_maker *, void *ctx);
bool source_counts_rows(const struct source *);
/* Until the next read the source is to hold as little memory as it can. */
void source_rest(struct source *);
/* For a reader: what is wrong, for people; gives -1, errno is EBADMSG. */
ssize_t source_refuse(struct source *, const char *why);
/* Why a read gave -1, in the reader's words; NULL: it is errno that tells. */
const char *source_why(const struct source *);
/* Ends the program with that reason, or that of `error`. */
_Noreturn void source_die(const struct source *, const char *path, int error);
/*
 * A descriptor in which the whole source can be read at any place: the file's
 * own, or that of an unlinked copy in $TMPDIR (mode 0600) of what comes
 * through a pipe. It stays the source's; -1 with errno set on failure. Reading
 * begins at the front again.
 */
int source_seekable(struct source *);
/* Back to the front of what source_seekable() made seekable. */
bool source_rewind(struct source *);
void source_close(struct source *);

/* The first bytes of the raw source (at most 64 KiB, fewer only when it is
 * shorter), not consumed; {NULL, 0} and errno set on a read error. */
struct text source_peek(struct source *, size_t n);
/*
 * The same as far as the first line reaches that is not blank (at most n
 * bytes): whoever feeds a pipe line by line is not kept waiting for more, and
 * the answer does not depend on the pieces in which the bytes come.
 */
struct text source_first_line(struct source *, size_t n);
/* The first byte that is no blank, a byte-order mark left aside; -1: none in
 * the first 64 KiB. */
int source_first_byte(struct source *);
/*
 * What a file that is no text of ours looks like by its first bytes, with
 * what to do about it ("a gzip archive; unpack it with gzip -d"); NULL: text.
 */
const char *source_foreign(struct source *);
/* Does it begin as HTML or XML does? */
bool source_is_markup(struct source *);
/* All later reads go through the decoder. */
void source_decode(struct source *, source_reader *, void *ctx);

ssize_t source_read(struct source *, char *to, size_t n);
ssize_t source_raw_read(struct source *, char *to, size_t n);

#endif
