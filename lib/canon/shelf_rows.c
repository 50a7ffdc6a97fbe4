/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of units, and where they stay. */
#include <string.h>

#include "base/mem.h"
#include "canon/shelf_rows.h"

#define FIRST_BLOCK ((size_t)1 << 18)
#define BIG_BLOCK ((size_t)1 << 24)

/* ---- the head ---- */

/* Most heads fit in this; LARGE in place of the rank says that the whole
 * struct shelf_head follows. The key stands behind either. */
struct small_head {
	uint8_t rank, rows, key, document;
	uint32_t ordinal;
	int32_t when;
};

#define LARGE UINT8_MAX

static bool is_small(const struct shelf_head *h)
{
	return h->rank < LARGE && h->rows <= UINT8_MAX &&
	       h->key.n <= UINT8_MAX && h->document <= UINT8_MAX &&
	       h->when >= INT32_MIN && h->when <= INT32_MAX;
}

char *shelf_put_head(char *to, const struct shelf_head *h)
{
	const struct small_head small = {
		(uint8_t)h->rank,  (uint8_t)h->rows, (uint8_t)h->key.n,
		(uint8_t)h->document, h->ordinal,    (int32_t)h->when,
	};

	if (is_small(h)) {
		memcpy(to, &small, sizeof(small));
		return text_put(to + sizeof(small), h->key);
	}
	*to++ = (char)LARGE;
	memcpy(to, h, sizeof(*h));
	return text_put(to + sizeof(*h), h->key);
}

const char *shelf_get_head(const char *at, struct shelf_head *h)
{
	struct small_head small;

	if ((uint8_t)*at == LARGE) {
		memcpy(h, at + 1, sizeof(*h));
		h->key.p = at + 1 + sizeof(*h);
		return h->key.p + h->key.n;
	}
	memcpy(&small, at, sizeof(small));
	*h = (struct shelf_head){ .key = { at + sizeof(small), small.key },
				  .document = small.document,
				  .when = small.when,
				  .ordinal = small.ordinal,
				  .rank = small.rank,
				  .rows = small.rows };
	return h->key.p + h->key.n;
}

/* ---- rows ---- */

/*
 * A row begins with a byte of flags; its time, when it is not the unit's, in
 * eight bytes; then as a line how many cells at its end are empty, its length
 * without their commas and its bytes, else its cells.
 */
#define AS_LINE 1
#define OWN_TIME 2
#define LINE_MAX 2000

/*
 * A cell stands behind one byte: its length, when that is less than RUN; from
 * RUN on so many empty cells, from 1 to LONG - RUN; LONG: its length in eight
 * bytes follows.
 */
#define RUN 0xC0
#define LONG 0xFF

/* Sixteen bytes at once. */
typedef unsigned char lanes __attribute__((vector_size(16)));

size_t shelf_row_room(const struct text *cell, size_t n)
{
	size_t room = 9 * n + 32;

	for (size_t i = 0; i < n; i++)
		room += cell[i].n;
	return room + sizeof(lanes);
}

/* Is a line of `n` bytes, at most LINE_MAX, and zeros after them one whose
 * cells need no quotes: has it so many commas and no other sign of CSV's? */
static bool is_line(const char *p, size_t n, size_t commas)
{
	lanes count = { 0 }, odd = { 0 };
	const uint64_t bytes = 0x00FF00FF00FF00FFu, ones = 0x0001000100010001u;
	uint64_t half[2], sum;

	for (size_t i = 0; i < n; i += sizeof(lanes)) {
		lanes x;

		memcpy(&x, p + i, sizeof(x));
		count -= (lanes)(x == ',');
		odd |= (lanes)((x == '"') | (x == '\n') | (x == '\r'));
	}
	memcpy(half, &odd, sizeof(odd));
	if (half[0] | half[1])
		return false;
	memcpy(half, &count, sizeof(count));
	sum = (half[0] & bytes) + (half[0] >> 8 & bytes) + (half[1] & bytes) +
	      (half[1] >> 8 & bytes);
	return sum * ones >> 48 == commas;
}

/* The head of a line. */
struct line {
	uint16_t empty, n;
};

/* NULL when it is no line. */
static char *put_line(char *to, const struct text *cell, size_t n)
{
	struct line line = { 0 };
	char *begin = to + sizeof(line), *end = begin;
	size_t bytes = n;

	for (size_t i = 0; i < n; i++)
		bytes += cell[i].n;
	if (bytes > LINE_MAX)
		return NULL;
	while (n > 1 && cell[n - 1].n == 0)
		line.empty++, n--;
	for (size_t i = 0; i < n; i++) {
		if (cell[i].n)
			end = text_put(end, cell[i]);
		*end++ = ',';
	}
	end--;
	memset(end, 0, sizeof(lanes));
	line.n = (uint16_t)(end - begin);
	memcpy(to, &line, sizeof(line));
	return is_line(begin, line.n, n - 1) ? end : NULL;
}

static size_t run_of_empty(const struct text *cell, size_t n)
{
	size_t run = 1;

	while (run < n && run < LONG - RUN && cell[run].n == 0)
		run++;
	return run;
}

static char *put_cells(char *to, const struct text *cell, size_t n)
{
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
		to = text_put(to, cell[i++]);
	}
	return to;
}

char *shelf_put_row(char *to, const struct shelf_head *h, int64_t when,
		    const struct text *cell, size_t n)
{
	char *flags = to++, *end;

	*flags = 0;
	if (when != h->when) {
		*flags = OWN_TIME;
		memcpy(to, &when, sizeof(when));
		to += sizeof(when);
	}
	end = put_line(to, cell, n);
	if (!end)
		return put_cells(to, cell, n);
	*flags |= AS_LINE;
	return end;
}

int64_t shelf_get_when(const char *at, const struct shelf_head *h)
{
	int64_t when = h->when;

	if (*at & OWN_TIME)
		memcpy(&when, at + 1, sizeof(when));
	return when;
}

/* Steps over flags and time. */
static const char *begin_row(const char *at)
{
	return at + 1 + (*at & OWN_TIME ? sizeof(int64_t) : 0);
}

bool shelf_get_line(const char *at, struct text *text, size_t *empty)
{
	const char *body = begin_row(at);
	struct line line;

	if (!(*at & AS_LINE))
		return false;
	memcpy(&line, body, sizeof(line));
	*text = (struct text){ body + sizeof(line), line.n };
	*empty = line.empty;
	return true;
}

static const char *cut_line(struct text line, size_t empty, struct text *cell)
{
	const char *from = line.p, *end = line.p + line.n;

	for (const char *at = from; at < end; at++)
		if (*at == ',') {
			*cell++ = (struct text){ from, (size_t)(at - from) };
			from = at + 1;
		}
	*cell++ = (struct text){ from, (size_t)(end - from) };
	while (empty-- > 0)
		*cell++ = (struct text){ end, 0 };
	return end;
}

const char *shelf_get_cells(const char *at, struct text *cell, size_t n)
{
	struct text line;
	size_t empty;

	if (shelf_get_line(at, &line, &empty))
		return cut_line(line, empty, cell);
	at = begin_row(at);
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
	struct text line;
	size_t empty;

	if (shelf_get_line(at, &line, &empty))
		return line.p + line.n;
	at = begin_row(at);
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
