/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashing of short texts: the same on every run, for tables in memory only. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>
#include <string.h>

/* A text of up to so many bytes is hashed by its two words. */
#define HASH_WORDS 16

static inline uint64_t hash_load8(const char *p)
{
	uint64_t v;

	memcpy(&v, p, 8);
	return v;
}

/* Up to 16 bytes, zero-padded, without reading past the slice and without a
 * call: two overlapping loads, the second shifted into its place. */
static inline void hash_load(const char *p, size_t n, uint64_t word[2])
{
	word[0] = word[1] = 0;
	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || n < 4) {
		memcpy(word, p, n);
	} else if (n < 8) {
		uint32_t low, high;

		memcpy(&low, p, 4);
		memcpy(&high, p + n - 4, 4);
		word[0] = low | ((uint64_t)high >> 8 * (8 - n)) << 32;
	} else {
		word[0] = hash_load8(p);
		if (n > 8)
			word[1] = hash_load8(p + n - 8) >> 8 * (16 - n);
	}
}

/* The high half of a 128-bit product folded into the low one mixes every bit
 * of both factors (the idea of wyhash's mum). */
static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#define HASH_SALT_A 0x9e3779b97f4a7c15u
#define HASH_SALT_B 0xd6e8feb86659fd93u

static inline uint64_t hash_words(const uint64_t word[2], size_t n)
{
	return hash_mix(hash_mix(word[0] ^ HASH_SALT_A,
				 word[1] ^ HASH_SALT_B) ^ n,
			HASH_SALT_A);
}

/* Of any length. */
static inline uint64_t hash_bytes(const char *p, size_t n)
{
	uint64_t h = n, word[2];

	for (size_t at = 0; at < n; at += HASH_WORDS) {
		size_t part = n - at < HASH_WORDS ? n - at : HASH_WORDS;

		hash_load(p + at, part, word);
		h = hash_mix(h ^ HASH_SALT_B, hash_words(word, part));
	}
	return h;
}

#endif
