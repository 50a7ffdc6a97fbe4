/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of the open pass that no earlier one has made. */
#include "model/linkage_pass.h"

static bool is_skipped(const struct linkage_key_pass *p, uint64_t key)
{
	size_t from = 0, to = p->skips;

	while (from < to) {
		size_t at = from + (to - from) / 2;

		if (p->skipped[at] == key)
			return true;
		if (p->skipped[at] < key)
			from = at + 1;
		else
			to = at;
	}
	return false;
}

/* Whether a pass brings two records together in a block whose key is below
 * `below`. */
static bool meets(const struct linkage_block *b,
		  const struct linkage_key_pass *p, uint32_t x, uint32_t y,
		  uint64_t below)
{
	uint64_t key[LINKAGE_KEYS_MAX];
	size_t n = linkage_keys_shared(b, p, x, y, key);

	for (size_t i = 0; i < n; i++)
		if (key[i] < below && !is_skipped(p, key[i]))
			return true;
	return false;
}

/* Atoms of many numbers that a pair is known to share or not to share. */
struct asked {
	uint64_t known, shared;
};

static bool shares(const struct linkage_block *b, size_t f, uint32_t x,
		   uint32_t y, struct asked *asked)
{
	uint64_t bit = (uint64_t)1 << f;

	if (!(asked->known & bit)) {
		asked->known |= bit;
		if (linkage_atoms_share(b->atoms, f, x, y))
			asked->shared |= bit;
	}
	return asked->shared & bit;
}

static bool came_before(const struct linkage_block *b, uint32_t x, uint32_t y)
{
	uint64_t agree = linkage_atoms_agree(b->atoms, x, y);
	struct asked asked = { 0 };

	for (size_t i = 0; i < b->open; i++) {
		const struct linkage_key_pass *p = &b->pass[i];

		if ((agree & p->one_number) != p->one_number)
			continue;
		if (p->many) {
			if (linkage_atoms_at(b->atoms, p->f)->many &&
			    !shares(b, p->f, x, y, &asked))
				continue;
			if (p->g != SIZE_MAX &&
			    linkage_atoms_at(b->atoms, p->g)->many &&
			    !shares(b, p->g, x, y, &asked))
				continue;
		}
		if ((!p->skips && !p->two_of_f) ||
		    meets(b, p, x, y, UINT64_MAX))
			return true;
	}
	return false;
}

/* The first entry at or after `at` that begins a block. */
static size_t block_start(const struct linkage_block *b, size_t at)
{
	while (at > 0 && at < b->items &&
	       b->item[at].key == b->item[at - 1].key)
		at++;
	return at;
}

void linkage_walk_start(const struct linkage_block *b, struct linkage_walk *w,
			unsigned part, unsigned parts)
{
	w->from = block_start(b, b->items / parts * part);
	w->end = part + 1 == parts
			 ? b->items
			 : block_start(b, b->items / parts * (part + 1));
	w->to = w->from < w->end ? linkage_block_end(b, w->from) : w->from;
	w->i = w->from;
	w->j = w->from + 1;
}

static bool next_pair(const struct linkage_block *b, struct linkage_walk *w)
{
	if (w->j < w->to)
		return true;
	w->i++;
	w->j = w->i + 1;
	if (w->j < w->to)
		return true;
	w->from = w->to;
	if (w->from >= w->end)
		return false;
	w->to = linkage_block_end(b, w->from);
	w->i = w->from;
	w->j = w->i + 1;
	return true;
}

size_t linkage_walk_next(const struct linkage_block *b, struct linkage_walk *w,
			 struct linkage_candidate *to, size_t room)
{
	const struct linkage_key_pass *p = &b->pass[b->open];
	size_t n = 0;

	while (n < room && w->from < w->end && next_pair(b, w)) {
		uint32_t x = b->item[w->i].who, y = b->item[w->j].who;
		uint64_t key = b->item[w->from].key;

		w->j++;
		if (x == y || came_before(b, x, y) ||
		    (p->many && meets(b, p, x, y, key)))
			continue;
		to[n++] = (struct linkage_candidate){ x, y };
	}
	return n;
}
