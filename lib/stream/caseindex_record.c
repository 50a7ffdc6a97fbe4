/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record of the index, and its list of lines: taken apart, put together. */
#include <string.h>

#include "base/mem.h"
#include "stream/caseindex_in.h"

bool caseindex_take(struct text *rest, struct caseindex_kept *k)
{
	struct caseindex_record r;
	uint32_t lines;

	if (rest->n < sizeof(r))
		return false;
	memcpy(&r, rest->p, sizeof(r));
	lines = r.lines_bytes == CASEINDEX_NO_LINES ? 0 : r.lines_bytes;
	if (rest->n - sizeof(r) <
	    (uint64_t)r.key_bytes + r.value_bytes + lines)
		return false;
	k->key = (struct text){ rest->p + sizeof(r), r.key_bytes };
	k->value = (struct text){ k->key.p + k->key.n, r.value_bytes };
	k->lines = (struct text){ k->value.p + k->value.n, lines };
	rest->n -= (size_t)(k->lines.p + lines - rest->p);
	rest->p = k->lines.p + lines;
	if (r.lines_bytes == CASEINDEX_NO_LINES)
		k->lines.p = NULL;
	return true;
}

size_t caseindex_begin(struct buf *b, struct text key)
{
	struct caseindex_record r = { .key_bytes = (uint32_t)key.n };
	size_t begin = b->n;

	buf_add(b, (const char *)&r, sizeof(r));
	buf_addt(b, key);
	return begin;
}

void caseindex_ended(struct buf *b, size_t begin, size_t lines)
{
	bool known = lines != SIZE_MAX;
	struct caseindex_record r;
	size_t end = known ? lines : b->n;

	memcpy(&r, b->p + begin, sizeof(r));
	r.value_bytes = (uint32_t)(end - begin - sizeof(r) - r.key_bytes);
	r.lines_bytes = known ? (uint32_t)(b->n - lines) : CASEINDEX_NO_LINES;
	memcpy(b->p + begin, &r, sizeof(r));
}

void caseindex_put_lines(struct buf *b, uint64_t last, const uint64_t *at,
			 size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t v = at[i] - last;

		for (; v > 127; v >>= 7)
			buf_addc(b, (char)((v & 127) | 128));
		buf_addc(b, (char)v);
		last = at[i];
	}
}

bool caseindex_get_lines(struct text list, uint64_t **at, size_t *n,
			 size_t *cap)
{
	uint64_t last = 0, v = 0;
	unsigned shift = 0, c = 0;

	for (size_t i = 0; i < list.n; i++) {
		c = (unsigned char)list.p[i];
		v |= (uint64_t)(c & 127) << shift;
		shift += 7;
		if (c & 128 && shift < 63)
			continue;
		if (c & 128 || *n == CASEINDEX_LINES_MAX)
			return false;
		*at = mem_grow(*at, *n, cap, sizeof(**at));
		last += v;
		(*at)[(*n)++] = last;
		v = 0;
		shift = 0;
	}
	return shift == 0;
}
