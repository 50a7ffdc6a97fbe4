/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The texts of a workbook (sharedStrings.xml), each as a field of CSV: runs of
 * rich text joined, phonetic runs left out, _x000D_ and its kin resolved.
 */
#ifndef STREAM_XLSX_STRINGS_H
#define STREAM_XLSX_STRINGS_H

#include "stream/zip_part.h"

#define XLSX_STRINGS_BYTES (1ull << 31)	/* of all texts together, at most */
#define XLSX_TEXT_BYTES (8u << 20)	/* of one: Excel has at most 32,767
					 * characters */

struct xlsx_strings {
	struct buf bytes;
	uint64_t *end;		/* of each; it begins where the last one ends */
	size_t n, cap;
};

/* Reads the part; false: see why. All zero before. */
bool xlsx_strings_read(struct xlsx_strings *, struct zip_part *,
		       struct buf *why);
void xlsx_strings_release(struct xlsx_strings *);

static inline struct text xlsx_string(const struct xlsx_strings *s, size_t i)
{
	uint64_t from = i ? s->end[i - 1] : 0;

	return (struct text){ s->bytes.p + from, s->end[i] - from };
}

/* Resolves _xHHHH_ in place: UTF-16 units, a pair makes one character; half a
 * pair alone stays as it is. Returns the bytes left. */
size_t xlsx_unescape(char *p, size_t n);

#endif
