/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a pass. */
#include "model/linkage_pass.h"

/* Bits of a key that are sorted by: fewer are faster, and two keys that fall
 * together bring a pair too many, not one too few. */
#define KEY_BITS 48

/* The finaliser of splitmix64 over both numbers. */
static uint64_t key_of(uint32_t x, uint32_t y)
{
	uint64_t z = ((uint64_t)x << 32 | y) + 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return (z ^ z >> 31) >> (64 - KEY_BITS);
}

size_t linkage_keys_make(const struct linkage_key_pass *p,
			 const struct linkage_numbers *of,
			 uint64_t key[LINKAGE_KEYS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < of->nf; i++) {
		if (p->two_of_f) {
			for (size_t k = i + 1; k < of->nf; k++)
				key[n++] = key_of(of->f[i], of->f[k]);
		} else if (p->g == SIZE_MAX) {
			key[n++] = key_of(of->f[i], 0);
		} else {
			for (size_t k = 0; k < of->ng; k++)
				key[n++] = key_of(of->f[i], of->g[k]);
		}
	}
	return n;
}

void linkage_numbers_get(const struct linkage_block *b,
			 const struct linkage_key_pass *p, uint32_t record,
			 struct linkage_numbers *to)
{
	to->nf = linkage_atoms_get(b->atoms, p->f, record, to->f);
	to->ng = 0;
	if (to->nf && p->g != SIZE_MAX)
		to->ng = linkage_atoms_get(b->atoms, p->g, record, to->g);
}

static size_t intersect(uint32_t *x, size_t n, const uint32_t *y, size_t m)
{
	size_t kept = 0;

	for (size_t i = 0, j = 0; i < n && j < m;) {
		if (x[i] == y[j]) {
			x[kept++] = x[i++];
			j++;
		} else if (x[i] < y[j]) {
			i++;
		} else {
			j++;
		}
	}
	return kept;
}

size_t linkage_keys_shared(const struct linkage_block *b,
			   const struct linkage_key_pass *p, uint32_t x,
			   uint32_t y, uint64_t key[LINKAGE_KEYS_MAX])
{
	struct linkage_numbers of, other;

	linkage_numbers_get(b, p, x, &of);
	linkage_numbers_get(b, p, y, &other);
	of.nf = intersect(of.f, of.nf, other.f, other.nf);
	of.ng = intersect(of.g, of.ng, other.g, other.ng);
	return linkage_keys_make(p, &of, key);
}
