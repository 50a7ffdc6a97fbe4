/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passes over all records, blocks of equal keys, pairs in them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"
#include "model/linkage_atoms.h"

#define PASSES_MAX 256

/* What a pass may make in a small table; in a large one a pair a record. */
#define PASS_PAIRS 2000000

/* Blocks up to this size are counted size by size. */
#define TOLD_APART 256

/* Bits of a key that are sorted by: fewer are faster, and two keys that fall
 * together bring a pair too many, not one too few. */
#define KEY_BITS 48

struct pass {
	size_t f, g;		/* atoms; g SIZE_MAX: f alone */
	bool two_of_f;		/* keys are two numbers of f */
	bool many;		/* a record may have several keys */
	uint64_t one_number;	/* atoms of one number that must agree */
	uint64_t *skipped;	/* keys of too large blocks, ascending */
	size_t skips, skip_cap;
};

struct linkage_block {
	struct linkage_atoms *atoms;
	uint32_t records;
	size_t block_max;
	struct pass *pass;
	size_t passes, open;	/* `open`: the pass that was opened last */
	struct radix_item *item;	/* blocks of two and more */
	size_t items, cap;
	struct linkage_block_report report;
};

/* ---- which passes there are ---- */

static const struct linkage_atom *atom(const struct linkage_block *b,
				       size_t i)
{
	return linkage_atoms_at(b->atoms, i);
}

static void add_pass(struct linkage_block *b, size_t f, size_t g,
		     bool two_of_f)
{
	struct pass *p;

	if (b->passes == PASSES_MAX)
		return;
	p = &b->pass[b->passes++];
	*p = (struct pass){ .f = f, .g = g, .two_of_f = two_of_f };
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

			if (x->crossed && y->crossed &&
			    !is_same_matter(x, y) &&
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
	const struct pass *p = &b->pass[pass];
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

/* ---- keys ---- */

/* The finaliser of splitmix64 over both numbers. */
static uint64_t key_of(uint32_t x, uint32_t y)
{
	uint64_t z = ((uint64_t)x << 32 | y) + 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return (z ^ z >> 31) >> (64 - KEY_BITS);
}

/* The keys of numbers x of atom f and y of atom g; calls nobody: writes at
 * most this many. */
#define KEYS_MAX (LINKAGE_ATOM_NUMBERS * LINKAGE_ATOM_NUMBERS)

struct numbers {
	uint32_t f[LINKAGE_ATOM_NUMBERS], g[LINKAGE_ATOM_NUMBERS];
	size_t nf, ng;
};

static size_t make_keys(const struct pass *p, const struct numbers *of,
			uint64_t key[KEYS_MAX])
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

static void get_numbers(const struct linkage_block *b, const struct pass *p,
			uint32_t record, struct numbers *to)
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

/* Keys that two records share in a pass. */
static size_t shared_keys(const struct linkage_block *b, const struct pass *p,
			  uint32_t x, uint32_t y, uint64_t key[KEYS_MAX])
{
	struct numbers of, other;

	get_numbers(b, p, x, &of);
	get_numbers(b, p, y, &other);
	of.nf = intersect(of.f, of.nf, other.f, other.nf);
	of.ng = intersect(of.g, of.ng, other.g, other.ng);
	return make_keys(p, &of, key);
}

/* ---- gathering blocks ---- */

static void gather(struct linkage_block *b, const struct pass *p)
{
	uint64_t key[KEYS_MAX];
	struct numbers of;

	b->items = 0;
	for (uint32_t r = 0; r < b->records; r++) {
		size_t n;

		get_numbers(b, p, r, &of);
		n = make_keys(p, &of, key);
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

static size_t block_end(const struct linkage_block *b, size_t from)
{
	size_t to = from + 1;

	while (to < b->items && b->item[to].key == b->item[from].key)
		to++;
	return to;
}

static void skip(struct pass *p, uint64_t key)
{
	p->skipped = mem_grow(p->skipped, p->skips, &p->skip_cap,
			      sizeof(*p->skipped));
	p->skipped[p->skips++] = key;
}

/*
 * The largest block to keep: block_max, or less where the pass would make more
 * pairs than PASS_PAIRS and than one a record. Large blocks are the least
 * telling ones, and most of their pairs are no match.
 */
static size_t cap_of(const struct linkage_block *b)
{
	uint64_t blocks[TOLD_APART + 1] = { 0 }, pairs = 0, larger = 0;
	uint64_t limit = b->records > PASS_PAIRS ? b->records : PASS_PAIRS;

	for (size_t from = 0, to; from < b->items; from = to) {
		size_t n;

		to = block_end(b, from);
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
static void keep_blocks(struct linkage_block *b, struct pass *p)
{
	size_t kept = 0, cap = cap_of(b);

	for (size_t from = 0, to; from < b->items; from = to) {
		size_t n;

		to = block_end(b, from);
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
	struct pass *p = &b->pass[pass];

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

/* ---- pairs ---- */

static bool is_skipped(const struct pass *p, uint64_t key)
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
static bool meets(const struct linkage_block *b, const struct pass *p,
		  uint32_t x, uint32_t y, uint64_t below)
{
	uint64_t key[KEYS_MAX];
	size_t n = shared_keys(b, p, x, y, key);

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
		const struct pass *p = &b->pass[i];

		if ((agree & p->one_number) != p->one_number)
			continue;
		if (p->many) {
			if (atom(b, p->f)->many &&
			    !shares(b, p->f, x, y, &asked))
				continue;
			if (p->g != SIZE_MAX && atom(b, p->g)->many &&
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
	w->end = part + 1 == parts ?
			 b->items :
			 block_start(b, b->items / parts * (part + 1));
	w->to = w->from < w->end ? block_end(b, w->from) : w->from;
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
	w->to = block_end(b, w->from);
	w->i = w->from;
	w->j = w->i + 1;
	return true;
}

size_t linkage_walk_next(const struct linkage_block *b, struct linkage_walk *w,
			 struct linkage_candidate *to, size_t room)
{
	const struct pass *p = &b->pass[b->open];
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
