/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passes over all records, blocks of equal keys, pairs in them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"
#include "model/linkage_pass.h"

#define PASSES_MAX 256

/* What a pass may make in a small table; in a large one half a pair a
 * record: with so many passes that comes to dozens of pairs a record. */
#define PASS_PAIRS 1000000

/* Blocks up to this size are counted size by size. */
#define TOLD_APART 256

/* ---- which passes there are ---- */

static const struct linkage_atom *atom(const struct linkage_block *b, size_t i)
{
	return linkage_atoms_at(b->atoms, i);
}

static void add_pass(struct linkage_block *b, size_t f, size_t g, bool two_of_f)
{
	struct linkage_key_pass *p;

	if (b->passes == PASSES_MAX)
		return;
	p = &b->pass[b->passes++];
	*p = (struct linkage_key_pass){ .f = f, .g = g, .two_of_f = two_of_f };
	p->many = two_of_f || atom(b, f)->many ||
		  (g != SIZE_MAX && atom(b, g)->many);
	if (!atom(b, f)->many)
		p->one_number |= (uint64_t)1 << f;
	if (g != SIZE_MAX && !atom(b, g)->many)
		p->one_number |= (uint64_t)1 << g;
}

/* Both hold names of one person, or are of one column. */
static bool is_same_matter(const struct linkage_atom *a,
			   const struct linkage_atom *b)
{
	return a->column == b->column || a->also == b->column ||
	       a->column == b->also;
}

static void cross(struct linkage_block *b, bool many)
{
	size_t n = linkage_atoms_count(b->atoms);

	for (size_t f = 0; f < n; f++)
		for (size_t g = f + 1; g < n; g++) {
			const struct linkage_atom *x = atom(b, f);
			const struct linkage_atom *y = atom(b, g);

			if (x->crossed && y->crossed && !is_same_matter(x, y) &&
			    (x->many || y->many) == many)
				add_pass(b, f, g, false);
		}
}

/* Those of one key a record first: whether an earlier pass makes a pair is
 * then told fastest. */
static void plan(struct linkage_block *b)
{
	size_t n = linkage_atoms_count(b->atoms);

	for (int many = 0; many < 2; many++)
		for (size_t f = 0; f < n; f++)
			if (atom(b, f)->alone && atom(b, f)->many == many)
				add_pass(b, f, SIZE_MAX, false);
	cross(b, false);
	cross(b, true);
	for (size_t f = 0; f < n; f++)
		if (atom(b, f)->pairs)
			add_pass(b, f, SIZE_MAX, true);
}

struct linkage_block *linkage_block_new(const struct linkage_block_column *c,
					size_t columns, uint32_t records,
					size_t block_max)
{
	struct linkage_block *b = mem_zalloc(1, sizeof(*b));

	b->atoms = linkage_atoms_new(c, columns, records);
	b->records = records;
	b->block_max = block_max;
	b->pass = mem_alloc(PASSES_MAX, sizeof(*b->pass));
	plan(b);
	return b;
}

void linkage_block_free(struct linkage_block *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->passes; i++)
		free(b->pass[i].skipped);
	linkage_atoms_free(b->atoms);
	free(b->pass);
	free(b->item);
	free(b);
}

size_t linkage_block_passes(const struct linkage_block *b)
{
	return b->passes;
}

void linkage_block_pass(const struct linkage_block *b, size_t pass,
			struct linkage_pass *to)
{
	const struct linkage_key_pass *p = &b->pass[pass];
	const struct linkage_atom *f = atom(b, p->f);

	*to = (struct linkage_pass){ .a_column = f->column,
				    .b_column = f->column,
				    .a_atom = f->name };
	if (p->two_of_f)
		to->b_atom = f->name;
	if (p->g != SIZE_MAX) {
		to->b_column = atom(b, p->g)->column;
		to->b_atom = atom(b, p->g)->name;
	}
}

/* ---- gathering blocks ---- */

static void gather(struct linkage_block *b, const struct linkage_key_pass *p)
{
	uint64_t key[LINKAGE_KEYS_MAX];
	struct linkage_numbers of;

	b->items = 0;
	for (uint32_t r = 0; r < b->records; r++) {
		size_t n;

		linkage_numbers_get(b, p, r, &of);
		n = linkage_keys_make(p, &of, key);
		for (size_t i = 0; i < n; i++) {
			b->item = mem_grow(b->item, b->items, &b->cap,
					   sizeof(*b->item));
			b->item[b->items++] = (struct radix_item){ key[i], r };
		}
	}
}

/* Most keys are of one record: what no other one can equal goes before the
 * sorting, told by a table of counters. */
static void drop_single(struct linkage_block *b)
{
	size_t size = 1024, kept = 0;
	unsigned char *seen;

	while (size < b->items * 4)
		size *= 2;
	seen = mem_zalloc(size, 1);
	for (size_t i = 0; i < b->items; i++) {
		unsigned char *s = &seen[b->item[i].key & (size - 1)];

		*s = (unsigned char)(*s | (*s << 1 & 2) | 1);
	}
	for (size_t i = 0; i < b->items; i++)
		if (seen[b->item[i].key & (size - 1)] & 2)
			b->item[kept++] = b->item[i];
	b->items = kept;
	free(seen);
}

size_t linkage_block_end(const struct linkage_block *b, size_t from)
{
	size_t to = from + 1;

	while (to < b->items && b->item[to].key == b->item[from].key)
		to++;
	return to;
}

static void skip(struct linkage_key_pass *p, uint64_t key)
{
	p->skipped = mem_grow(p->skipped, p->skips, &p->skip_cap,
			      sizeof(*p->skipped));
	p->skipped[p->skips++] = key;
}

/*
 * The largest block to keep: block_max, or less where the pass would make more
 * pairs than PASS_PAIRS and than half as many as there are records. Large
 * blocks are the least telling ones, and most of their pairs are no match.
 */
static size_t cap_of(const struct linkage_block *b)
{
	uint64_t blocks[TOLD_APART + 1] = { 0 }, pairs = 0, larger = 0;
	uint64_t limit = b->records / 2 > PASS_PAIRS ? b->records / 2 :
						       PASS_PAIRS;

	for (size_t from = 0, to; from < b->items; from = to) {
		size_t n;

		to = linkage_block_end(b, from);
		n = to - from;
		if (n <= TOLD_APART)
			blocks[n]++;
		else if (n <= b->block_max)
			larger += n * (n - 1) / 2;
	}
	for (size_t n = 2; n <= TOLD_APART && n <= b->block_max; n++) {
		uint64_t more = blocks[n] * (n * (n - 1) / 2);

		if (pairs + more > limit && n > 2)
			return n - 1;
		pairs += more;
	}
	return pairs + larger > limit ? TOLD_APART : b->block_max;
}

/* Blocks of 2 to the cap stay. */
static void keep_blocks(struct linkage_block *b, struct linkage_key_pass *p)
{
	size_t kept = 0, cap = cap_of(b);

	for (size_t from = 0, to; from < b->items; from = to) {
		size_t n;

		to = linkage_block_end(b, from);
		n = to - from;
		if (n > b->report.largest)
			b->report.largest = n;
		if (n > cap) {
			skip(p, b->item[from].key);
			b->report.skipped++;
		} else if (n > 1) {
			memmove(b->item + kept, b->item + from,
				n * sizeof(*b->item));
			kept += n;
			b->report.blocks++;
		}
	}
	b->items = kept;
}

void linkage_block_open(struct linkage_block *b, size_t pass)
{
	struct linkage_key_pass *p = &b->pass[pass];

	b->open = pass;
	gather(b, p);
	drop_single(b);
	radix_sort(b->item, b->items);
	keep_blocks(b, p);
}

void linkage_block_report(const struct linkage_block *b,
			  struct linkage_block_report *to)
{
	*to = b->report;
}
