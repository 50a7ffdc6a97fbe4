/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers for texts: 16 bits of shape and 48 of digits, which are up to
 * twelve bytes of the text with four bits each, or else one decimal number of
 * up to fourteen digits; or the mark KEPT and the number of a kept text.
 */
#include "model/mix_code.h"

#include <stdlib.h>

#include "base/hash.h"

#define DIGITS_BITS 48
#define DIGITS_MASK (((uint64_t)1 << DIGITS_BITS) - 1)
#define KEPT ((uint64_t)1 << 63)
/* More are no shapes but texts that differ all over. */
#define SHAPES_MAX 4096
#define PACKED_BYTES 12
#define DECIMAL_DIGITS 14
#define SHAPED_BYTES 64

void mix_codes_init(struct mix_codes *c)
{
	*c = (struct mix_codes){ .shapes = group_new(0, 0, NULL, NULL),
				 .texts = group_new(0, 0, NULL, NULL) };
}

void mix_codes_release(struct mix_codes *c)
{
	group_free(c->shapes);
	group_free(c->texts);
	buf_release(&c->room);
	buf_release(&c->decoded);
}

/* ---- short texts, eight bytes at a time ---- */

#define EACH(byte) ((uint64_t)(byte) * 0x0101010101010101u)

/* 0xff for each byte of the word that is a digit, else 0. Adding 0x76 carries
 * into the high bit from ten on. */
static uint64_t digit_bytes(uint64_t word)
{
	uint64_t value = word ^ EACH('0');
	uint64_t other = ((value & EACH(0x7f)) + EACH(0x76)) | value;

	return ((~other & EACH(0x80)) >> 7) * 0xff;
}

/* The low four bits of the eight bytes in 32 bits. */
static uint64_t pack(uint64_t word)
{
	word &= EACH(0x0f);
	word = (word | word >> 4) & 0x00ff00ff00ff00ffu;
	word = (word | word >> 8) & 0x0000ffff0000ffffu;
	return (word | word >> 16) & 0xffffffffu;
}

/* Number of a shape; SHAPES_MAX: there are too many of them. */
static uint32_t shape_number(struct mix_codes *c, struct text shape)
{
	size_t number;

	if (group_count(c->shapes) < SHAPES_MAX)
		number = group_intern(c->shapes, shape);
	else
		number = group_find(c->shapes, shape);
	return number < SHAPES_MAX ? (uint32_t)number : SHAPES_MAX;
}

static uint64_t with_shape(uint32_t shape, uint64_t digits)
{
	return (uint64_t)(shape + 1) << DIGITS_BITS | digits;
}

/* The shape of the text before, most of the time. */
static uint32_t known_shape(struct mix_codes *c, const uint64_t shape[2],
			    size_t n)
{
	if (shape[0] != c->shape[0] || shape[1] != c->shape[1] ||
	    n != c->shape_n) {
		c->shape[0] = shape[0];
		c->shape[1] = shape[1];
		c->shape_n = n;
		c->shape_number = shape_number(
			c, (struct text){ (const char *)shape, n });
	}
	return c->shape_number;
}

static uint64_t shape_of(uint64_t word, uint64_t digits)
{
	return (word & ~digits) | (EACH('0') & digits);
}

/* 0: there is no shape for it. Word by word: the two together would wait for
 * each other's way through memory. */
static uint64_t short_code(struct mix_codes *c, struct text t)
{
	uint64_t word[2], low, high;
	uint32_t number;

	hash_load(t.p, t.n, word);
	low = digit_bytes(word[0]);
	high = digit_bytes(word[1]);
	const uint64_t shape[2] = { shape_of(word[0], low),
				    shape_of(word[1], high) };

	number = known_shape(c, shape, t.n);
	if (number == SHAPES_MAX)
		return 0;
	return with_shape(number, pack(word[0] & low) |
					  pack(word[1] & high) << 32);
}

/* ---- longer ones ---- */

static uint64_t long_code(struct mix_codes *c, struct text t)
{
	uint64_t value = 0;
	size_t digits = 0;
	uint32_t shape;

	if (t.n > SHAPED_BYTES)
		return 0;
	buf_clear(&c->room);
	char *to = buf_room(&c->room, SHAPED_BYTES);

	for (size_t i = 0; i < t.n; i++) {
		bool digit = t.p[i] >= '0' && t.p[i] <= '9';

		to[i] = digit ? '0' : t.p[i];
		if (digit && ++digits <= DECIMAL_DIGITS)
			value = value * 10 + (uint64_t)(t.p[i] - '0');
	}
	if (!digits || digits > DECIMAL_DIGITS)
		return 0;
	shape = shape_number(c, (struct text){ to, t.n });
	return shape == SHAPES_MAX ? 0 : with_shape(shape, value);
}

uint64_t mix_code(struct mix_codes *c, struct text t)
{
	uint64_t code = t.n <= PACKED_BYTES ? short_code(c, t) :
					      long_code(c, t);

	return code ? code : KEPT | group_intern(c->texts, t);
}

/* ---- two tables ---- */

/* The text of a number that is shape and digits. */
static void decode(const struct mix_codes *c, uint64_t code, struct buf *to)
{
	struct text shape = group_key(c->shapes,
				      (size_t)(code >> DIGITS_BITS) - 1);
	uint64_t digits = code & DIGITS_MASK;

	buf_clear(to);
	buf_addt(to, shape);
	for (size_t i = shape.n; i-- > 0;) {
		if (shape.p[i] != '0')
			continue;
		if (shape.n <= PACKED_BYTES) {
			to->p[i] = (char)('0' + (digits >> 4 * i & 15));
		} else {
			to->p[i] = (char)('0' + digits % 10);
			digits /= 10;
		}
	}
}

/* Where there is no place for a shape, what has it is kept as text, as it
 * would have been if it had been read there. */
struct mix_recode mix_codes_join(struct mix_codes *into,
				 const struct mix_codes *from)
{
	size_t shapes = group_count(from->shapes);
	size_t texts = group_count(from->texts);
	struct mix_recode r = {
		.into = into,
		.from = from,
		.shape = mem_alloc(shapes, sizeof(*r.shape)),
		.text = mem_alloc(texts, sizeof(*r.text)),
	};

	for (size_t i = 0; i < shapes; i++)
		r.shape[i] = shape_number(into, group_key(from->shapes, i));
	for (size_t i = 0; i < texts; i++)
		r.text[i] = mix_code(into, group_key(from->texts, i));
	return r;
}

void mix_recode_release(struct mix_recode *r)
{
	free(r->shape);
	free(r->text);
}

uint64_t mix_recode(const struct mix_recode *r, uint64_t code)
{
	uint32_t shape;

	if (code & KEPT)
		return r->text[code & ~KEPT];
	shape = r->shape[(code >> DIGITS_BITS) - 1];
	if (shape != SHAPES_MAX)
		return with_shape(shape, code & DIGITS_MASK);
	decode(r->from, code, &r->into->decoded);
	return mix_code(r->into, buf_text(&r->into->decoded));
}
