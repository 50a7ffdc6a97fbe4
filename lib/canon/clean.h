/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cell as a program exported it or a person typed it, made plain before it
 * is read: blanks of every kind off both ends, spreadsheet guards off
 * (a leading ', the form ="..."), full-width letters and digits as ASCII.
 *
 * All functions write at most raw.n bytes to `to` and return either a part of
 * `raw` itself, when nothing inside had to change, or what they wrote; each is
 * idempotent. Malformed UTF-8 must not get here (the reader rejects it).
 */
#ifndef CANON_CLEAN_H
#define CANON_CLEAN_H

#include "base/ascii.h"
#include "base/hash.h"
#include "base/text.h"

/* Free text: only the ends are trimmed and guards removed. */
struct text clean_text(struct text raw);

/* Names and other words: full-width letters and digits as ASCII, runs of
 * blanks as one space, zero-width characters and controls left out; other
 * signs (brackets, commas) stay as they were typed. */
struct text clean_words(struct text raw, char *to);

/* Codes, numbers, dates, phones: the whole full-width block U+FF01..FF5E as
 * ASCII, the yen signs as "¥", runs of blanks as one space, zero-width
 * characters and controls left out. */
struct text clean_code(struct text raw, char *to);

/* clean_code() without any blank left and in upper case. */
struct text clean_key(struct text raw, char *to);

/*
 * True when the cleaned cell says that nothing is known: empty, 无, 暂无, -,
 * --, /, 空, NULL, None, N/A, 未知, 待定, 不详 and the like, in any case.
 */
bool clean_is_null(struct text clean);
/* The same with the null words of codes, dates and phones: runs of 0 or of
 * eight 9s and more. */
bool clean_is_null_code(struct text clean);

/* Is each of eight bytes one of 0x21 .. 0x7E? */
static inline bool clean_are_graphic(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101u, highs = 0x80 * ones;
	uint64_t high = word | (word + ones);	/* those above 0x7E */
	uint64_t low = ~((word | highs) - 0x21 * ones);	/* below 0x21 */

	return !((high | low) & highs);
}

/* Does nothing in it need cleaning: no blank at its ends, no two within, no
 * control, no character that may be a blank, without width or full-width? (A
 * guard at its front is not looked for.) */
bool clean_are_plain(struct text);

/*
 * True when it is seen at once that clean_text(), clean_words() and
 * clean_code() give the text back as it is, and that it is none of the null
 * words, of codes neither: no blank at its ends and no two within, no odd
 * signs, beginning with a letter but n or a figure from 1 to 8, or longer than
 * any such word and beginning with an ideograph.
 */
static inline bool clean_is_settled(struct text raw)
{
	unsigned char first = raw.n ? (unsigned char)raw.p[0] : 0;
	unsigned char letter = first | 0x20;
	size_t i = 0;

	if (!(first >= '1' && first <= '8') &&
	    !(ascii_is_lower(letter) && letter != 'n') &&
	    !(first >= 0xE4 && first <= 0xE9 && raw.n > 9))
		return false;
	for (; i + 8 < raw.n; i += 8)
		if (!clean_are_graphic(hash_load8(raw.p + i)))
			return clean_are_plain(raw);
	if (raw.n >= 8)
		return clean_are_graphic(hash_load8(raw.p + raw.n - 8)) ||
		       clean_are_plain(raw);
	for (; i < raw.n; i++)
		if (raw.p[i] <= ' ' || raw.p[i] > '~')
			return clean_are_plain(raw);
	return true;
}

#endif
