/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: validity, display width, and text made safe to show to people. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/text.h"

/*
 * Offset of the first byte that is not part of well-formed UTF-8 (Unicode
 * 15, table 3-7: no overlong form, no surrogate, nothing above U+10FFFF), or
 * n when all of p[0..n) is well-formed.
 */
size_t utf8_bad(const char *p, size_t n);

/* Decodes the code point at p[0..n), n > 0; *len bytes were used. Malformed
 * input gives U+FFFD with *len 1. */
uint32_t utf8_decode(const char *p, size_t n, size_t *len);
/* Writes a code point as 1 to 4 bytes at `to`; returns how many. */
size_t utf8_encode(uint32_t code, char to[4]);

/* Terminal columns: 2 for East Asian wide, 0 for combining and control; a
 * malformed byte counts as one. */
size_t utf8_width(struct text);
size_t utf8_count(struct text);			/* code points */

/*
 * Appends text for people: control bytes, C1, bidi overrides and malformed
 * bytes and zero-width characters as \x1b, \u202e and so on; at most `max`
 * columns (and 4 * max code points, whatever their width), "…" where cut.
 */
void utf8_show(struct buf *, struct text, size_t max);

/* NFKC with zero-width characters removed and U+3000 and other Unicode
 * blanks folded to a space: how names and headers are compared. Malformed
 * bytes become U+FFFD. Nothing is trimmed, case stays. Appends. */
void utf8_fold(struct buf *, struct text);
/* The same with case folded and marks taken off (Kühn and KUHN are kuhn), for
 * comparing what people typed. Appends. */
void utf8_plain(struct buf *, struct text);

#endif
