/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decimal digits eight at a time, in the bytes of a word: the first digit in
 * the lowest byte, whatever the processor's order of bytes. Values are made
 * by three multiplications, of pairs, fours and eights (the method that
 * Johnny Lee described, "Fast numeric string to int", 2016).
 */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define DIGITS_ZERO 0x3030303030303030u	/* eight times the digit 0 */

static inline uint64_t digits_load(const char *p)
{
	uint64_t v;

	memcpy(&v, p, 8);
	return le64toh(v);
}

/* The n bytes at p, n in 4..8, as the last of a word; before them 0s. Nothing
 * beside them is read, and how many there are costs no branch. */
static inline uint64_t digits_load_last(const char *p, size_t n)
{
	uint32_t first, last;
	uint64_t v;

	memcpy(&first, p, 4);
	memcpy(&last, p + n - 4, 4);
	v = le32toh(first) | (uint64_t)le32toh(last) << 8 * (n - 4);
	return v << 8 * (8 - n) | DIGITS_ZERO >> 8 * (n - 1) >> 8;
}

/* Whether all bytes are 0 to 9: the exclusive or with the digit 0 then leaves
 * no more than 9, to which the gap to 128 may be added. */
static inline bool digits_are(uint64_t v)
{
	v ^= DIGITS_ZERO;
	return ((v | (v + 0x7676767676767676u)) & 0x8080808080808080u) == 0;
}

static inline uint32_t digits_value(uint64_t v)
{
	const uint64_t odd = 0x000000ff000000ffu;

	v -= DIGITS_ZERO;
	v = v * 10 + (v >> 8);	/* in every other byte: a pair */
	v = (v & odd) * (100 + (1000000ull << 32)) +
	    (v >> 16 & odd) * (1 + (10000ull << 32));
	return (uint32_t)(v >> 32);
}

/* The eight digits of v < 10^8, as 0..9 each: halves, quarters, digits. */
static inline uint64_t digits_of(uint32_t v)
{
	uint64_t fours = v / 10000 | (uint64_t)(v % 10000) << 32;
	uint64_t high = fours * 10486 >> 20 & 0x7f0000007f;
	uint64_t pairs = high | (fours - 100 * high) << 16;

	high = pairs * 103 >> 10 & 0x000f000f000f000f;
	return high | (pairs - 10 * high) << 8;
}

/* How many of the digits 0..9 each are zeros before the first other one, but
 * not more than `most`. */
static inline unsigned digits_leading(uint64_t v, unsigned most)
{
	return (unsigned)__builtin_ctzll(v | (uint64_t)1 << 8 * most) / 8;
}

/* Writes a word's eight bytes. */
static inline void digits_store(char *to, uint64_t v)
{
	v = htole64(v);
	memcpy(to, &v, 8);
}

#endif
