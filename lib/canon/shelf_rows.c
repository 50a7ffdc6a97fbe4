/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of units, and where they stay. */
#include <string.h>

#include "base/mem.h"
#include "canon/shelf_rows.h"

#define FIRST_BLOCK ((size_t)1 << 18)
#define BIG_BLOCK ((size_t)1 << 24)

/* ---- numbers ---- */

static inline char *put_number(char *to, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		*to++ = (char)(v | 0x80);
	*to++ = (char)v;
	return to;
}

static inline const char *get_number(const char *at, uint64_t *v)
{
	unsigned shift = 0;

	*v = 0;
	do
		*v |= (uint64_t)((unsigned char)*at & 0x7F) << shift;
	while (shift += 7, *at++ & 0x80);
	return at;
}

/* 0, -1, 1, -2 as 0, 1, 2, 3: near to zero is small. */
static inline uint64_t fold_sign(int64_t v)
{
	return (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0);
}

static inline int64_t unfold_sign(uint64_t v)
{
	return (int64_t)(v >> 1 ^ -(v & 1));
}

/* ---- the head ---- */

char *shelf_put_head(char *to, const struct shelf_head *h)
{
	to = put_number(to, h->key.n);
	to = put_number(to, h->document);
	to = put_number(to, fold_sign(h->when));
	to = put_number(to, h->ordinal);
	to = put_number(to, h->rank);
	to = put_number(to, h->rows);
	if (h->key.n)
		memcpy(to, h->key.p, h->key.n);
	return to + h->key.n;
}

const char *shelf_get_head(const char *at, struct shelf_head *h)
{
	uint64_t v[6];

	for (size_t i = 0; i < NELEMS(v); i++)
		at = get_number(at, &v[i]);
	*h = (struct shelf_head){ .key = { at, v[0] },
				  .document = v[1],
				  .when = unfold_sign(v[2]),
				  .ordinal = (uint32_t)v[3],
				  .rank = (uint32_t)v[4],
				  .rows = (uint32_t)v[5] };
	return at + v[0];
}

/* ---- rows ---- */

/*
 * A cell stands behind one byte: its length, when that is less than RUN; from
 * RUN on so many empty cells, from 1 to LONG - RUN; LONG: its length in eight
 * bytes follows.
 */
#define RUN 0xC0
#define LONG 0xFF

size_t shelf_row_room(const struct text *cell, size_t n)
{
	size_t room = 10;

	for (size_t i = 0; i < n; i++)
		room += cell[i].n + 9;
	return room;
}

static inline size_t run_of_empty(const struct text *cell, size_t n)
{
	size_t run = 1;

	while (run < n && run < LONG - RUN && cell[run].n == 0)
		run++;
	return run;
}

/* Most cells are short: no call for them. */
static inline char *put_bytes(char *to, const char *p, size_t n)
{
	if (n >= 8 && n <= 16) {
		memcpy(to, p, 8);
		memcpy(to + n - 8, p + n - 8, 8);
	} else if (n >= 4 && n < 8) {
		memcpy(to, p, 4);
		memcpy(to + n - 4, p + n - 4, 4);
	} else if (n < 4) {
		for (size_t i = 0; i < n; i++)
			to[i] = p[i];
	} else {
		memcpy(to, p, n);
	}
	return to + n;
}

/* Times may lie anywhere: their distance is taken round the clock of 64
 * bits, and so it is added again. */
char *shelf_put_row(char *to, const struct shelf_head *h, int64_t when,
		    const struct text *cell, size_t n)
{
	to = put_number(to, fold_sign((int64_t)((uint64_t)when -
						(uint64_t)h->when)));
	for (size_t i = 0; i < n;) {
		uint64_t len = cell[i].n;

		if (len == 0) {
			size_t run = run_of_empty(cell + i, n - i);

			*to++ = (char)(RUN + run - 1);
			i += run;
			continue;
		}
		*to++ = (char)(len < RUN ? len : LONG);
		if (len >= RUN) {
			memcpy(to, &len, sizeof(len));
			to += sizeof(len);
		}
		to = put_bytes(to, cell[i++].p, len);
	}
	return to;
}

int64_t shelf_get_when(const char *at, const struct shelf_head *h)
{
	uint64_t v;

	get_number(at, &v);
	return (int64_t)((uint64_t)h->when + (uint64_t)unfold_sign(v));
}

const char *shelf_get_cells(const char *at, struct text *cell, size_t n)
{
	uint64_t v;

	at = get_number(at, &v);
	for (size_t i = 0; i < n;) {
		unsigned char lead = (unsigned char)*at++;
		uint64_t len = lead;

		if (lead >= RUN && lead < LONG) {
			for (size_t run = lead - RUN + 1u; run > 0; run--)
				cell[i++] = (struct text){ at, 0 };
			continue;
		}
		if (lead == LONG) {
			memcpy(&len, at, sizeof(len));
			at += sizeof(len);
		}
		cell[i++] = (struct text){ at, len };
		at += len;
	}
	return at;
}

const char *shelf_skip_row(const char *at, size_t columns)
{
	uint64_t v;

	at = get_number(at, &v);
	for (size_t i = 0; i < columns;) {
		unsigned char lead = (unsigned char)*at++;
		uint64_t len = lead;

		if (lead >= RUN && lead < LONG) {
			i += lead - RUN + 1u;
			continue;
		}
		if (lead == LONG) {
			memcpy(&len, at, sizeof(len));
			at += sizeof(len);
		}
		at += len;
		i++;
	}
	return at;
}

/* ---- the store ---- */

/* Blocks form a list from the newest to the oldest; bytes follow the head. */
struct shelf_block {
	struct shelf_block *older;
	size_t size;
};

static void add_block(struct shelf_store *s, size_t n)
{
	size_t size = s->last ? 2 * s->last->size : FIRST_BLOCK;
	struct shelf_block *b;

	if (size > BIG_BLOCK)
		size = BIG_BLOCK;
	if (size < n + sizeof(*b))
		size = n + sizeof(*b);
	b = mem_pages(NULL, 0, size);
	b->older = s->last;
	b->size = size;
	s->last = b;
	s->next = (char *)(b + 1);
	s->left = size - sizeof(*b);
}

char *shelf_store_room(struct shelf_store *s, size_t n)
{
	if (s->left < n)
		add_block(s, n);
	return s->next;
}

void shelf_store_took(struct shelf_store *s, size_t n)
{
	s->next += n;
	s->left -= n;
}

void shelf_store_release(struct shelf_store *s)
{
	while (s->last) {
		struct shelf_block *older = s->last->older;

		mem_pages_free(s->last, s->last->size);
		s->last = older;
	}
	*s = (struct shelf_store){ 0 };
}
