/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes of another encoding made UTF-8 on their way in, by iconv, a stretch
 * at a time; a reader for source_decode(). Runs of ASCII are copied.
 *
 * What is malformed is never replaced or skipped: it comes out as bytes that
 * are no UTF-8 either (as they were, or 0xFF for a UTF-16 unit), so that the
 * reader above rejects that row as `bad-utf8`, where it stands.
 *
 * DECODE_AUTO decides so, always on the same bytes however they arrive:
 * 1. a byte-order mark of UTF-8 or UTF-16 counts;
 * 2. ASCII is passed on until the first other byte; then the stretch of 64
 *    KiB that holds it (the next one too, when fewer than 16 such bytes are in
 *    it) is UTF-8 when well-formed, or when more than four in five bytes that
 *    are no ASCII stand in well-formed UTF-8 sequences;
 * 3. else it is GB18030 when at most one in a hundred of its characters is
 *    malformed as such;
 * 4. else it is taken for UTF-8, and its rows are rejected one by one.
 */
#ifndef STREAM_DECODE_H
#define STREAM_DECODE_H

#include "stream/source.h"

enum encoding {
	DECODE_AUTO,
	DECODE_UTF8,
	DECODE_GB18030,
	DECODE_UTF16,		/* by its mark; without one by where NULs are */
	DECODE_LATIN1
};

struct decode;

struct decode *decode_new(enum encoding);
void decode_free(struct decode *);

/* The source_reader; ctx is the struct decode. */
ssize_t decode_read(void *ctx, struct source *, char *to, size_t n);

/* At least the first `want` decoded bytes (fewer only at the end of the
 * source), not consumed, valid until the next call; {NULL, 0} and errno set
 * on a read error. *whole: nothing follows them. */
struct text decode_peek(struct decode *, struct source *, size_t want,
			bool *whole);

/* "utf-8", "gb18030", "utf-16le", "utf-16be", "latin1"; before anything else
 * than ASCII was seen "ascii". */
const char *decode_name(const struct decode *);

/* By what a stretch of bytes is: the rule above, steps 2 to 4. `last`: the
 * end of the text may not be cut inside a character. */
enum encoding decode_guess(const char *p, size_t n, bool last);

#endif
