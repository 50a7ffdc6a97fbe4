/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 by table lookups on halves of bytes. */
#include "base/utf8_vector.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

/*
 * What a pair of neighbouring bytes may do wrong. Each of three half bytes
 * (both of the first, the upper of the second) names what it would allow; the
 * error is what all three agree on.
 */
enum {
	TOO_SHORT = 1,		/* a lead byte, then no continuation */
	TOO_LONG = 2,		/* ASCII, then a continuation */
	OVERLONG_3 = 4,		/* E0 80..9F */
	TOO_LARGE = 8,		/* F4 90..BF, F5.. 90..BF */
	SURROGATE = 16,		/* ED A0..BF */
	OVERLONG_2 = 32,	/* C0, C1 */
	OVERLONG_4 = 64,	/* F0 80..8F; and F5.. 80..8F, too large */
	TWO_CONTS = 128,	/* two continuations: wrong unless due */
	ANY_LOW = TOO_SHORT | TOO_LONG | TWO_CONTS,
	LARGE = TOO_LARGE | OVERLONG_4,
	CONT = TOO_LONG | OVERLONG_2 | TWO_CONTS
};

#define TABLE(name, ...)                                                       \
	static const uint8_t name[32] __attribute__((aligned(32))) = {         \
		__VA_ARGS__, __VA_ARGS__                                       \
	}

/* By the upper half of the first byte: ASCII, continuations, leads. */
TABLE(first_high, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
      TOO_LONG, TOO_LONG, TWO_CONTS, TWO_CONTS, TWO_CONTS, TWO_CONTS,
      TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
      TOO_SHORT | LARGE);
/* By its lower half. */
TABLE(first_low, ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
      ANY_LOW | OVERLONG_2, ANY_LOW, ANY_LOW, ANY_LOW | TOO_LARGE,
      ANY_LOW | LARGE, ANY_LOW | LARGE, ANY_LOW | LARGE, ANY_LOW | LARGE,
      ANY_LOW | LARGE, ANY_LOW | LARGE, ANY_LOW | LARGE, ANY_LOW | LARGE,
      ANY_LOW | LARGE | SURROGATE, ANY_LOW | LARGE, ANY_LOW | LARGE);
/* By the upper half of the second byte. */
TABLE(second_high, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      TOO_SHORT, TOO_SHORT, TOO_SHORT, CONT | OVERLONG_3 | OVERLONG_4,
      CONT | OVERLONG_3 | TOO_LARGE, CONT | SURROGATE | TOO_LARGE,
      CONT | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      TOO_SHORT);

struct state {
	__m256i before;		/* the 32 bytes before these */
	__m256i error;		/* any bit set: something was wrong */
};

#define AVX2 __attribute__((target("avx2"))) static inline

AVX2 __m256i lookup(const uint8_t table[32], __m256i half)
{
	const __m256i *t = (const __m256i *)(const void *)table;

	return _mm256_shuffle_epi8(_mm256_load_si256(t), half);
}

AVX2 __m256i upper(__m256i bytes)
{
	return _mm256_and_si256(_mm256_srli_epi16(bytes, 4),
				_mm256_set1_epi8(0x0f));
}

/* The bytes as they stand 1, 2 and 3 places earlier. */
#define EARLIER(bytes, across, places)                                         \
	_mm256_alignr_epi8((bytes), (across), 16 - (places))

AVX2 void step(struct state *s, __m256i bytes)
{
	__m256i across = _mm256_permute2x128_si256(s->before, bytes, 0x21);
	__m256i one = EARLIER(bytes, across, 1);
	__m256i pair = _mm256_and_si256(
		_mm256_and_si256(
			lookup(first_high, upper(one)),
			lookup(first_low,
			       _mm256_and_si256(one, _mm256_set1_epi8(0x0f)))),
		lookup(second_high, upper(bytes)));
	/* After E0.. two places before or F0.. three places before, a second
	 * continuation is due: there TWO_CONTS is right, elsewhere wrong. */
	__m256i third = _mm256_subs_epu8(EARLIER(bytes, across, 2),
					 _mm256_set1_epi8(0xe0 - 0x80));
	__m256i fourth = _mm256_subs_epu8(EARLIER(bytes, across, 3),
					  _mm256_set1_epi8(0xf0 - 0x80));
	__m256i due = _mm256_and_si256(_mm256_or_si256(third, fourth),
				       _mm256_set1_epi8((char)0x80));

	s->error = _mm256_or_si256(s->error, _mm256_xor_si256(due, pair));
	s->before = bytes;
}

__attribute__((target("avx2"))) static bool valid(const char *p, size_t n)
{
	struct state s = { _mm256_setzero_si256(), _mm256_setzero_si256() };
	char tail[32] = { 0 };
	bool plain = true;	/* all of s.before is ASCII */
	size_t at = 0;

	for (; at + 32 <= n; at += 32) {
		__m256i bytes = _mm256_loadu_si256(
			(const __m256i *)(const void *)(p + at));
		bool ascii = _mm256_movemask_epi8(bytes) == 0;

		if (ascii && plain)
			s.before = bytes;
		else
			step(&s, bytes);
		plain = ascii;
	}
	/* What is left and at least one NUL behind it, on which a sequence cut
	 * short at the end is seen. */
	memcpy(tail, p + at, n - at);
	step(&s, _mm256_loadu_si256((const __m256i *)(const void *)tail));
	return _mm256_testz_si256(s.error, s.error);
}

bool utf8_vector_valid(const char *p, size_t n)
{
	return __builtin_cpu_supports("avx2") && valid(p, n);
}
#else
bool utf8_vector_valid(const char *p, size_t n)
{
	(void)p, (void)n;
	return false;
}
#endif
