/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every measure begins with the same thing: for each sign of b, in which
 * places of a it stands, as a mask of 64 bits. How that is found differs for
 * bytes and code points, what is then reckoned from it does not.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/similar.h"

/* ---- texts made ready ---- */

static bool is_ascii(struct text t)
{
	uint64_t v, high = 0;
	size_t i = 0;

	for (; i + sizeof(v) <= t.n; i += sizeof(v)) {
		memcpy(&v, t.p + i, sizeof(v));
		high |= v;
	}
	for (; i < t.n; i++)
		high |= (unsigned char)t.p[i];
	return (high & 0x8080808080808080) == 0;
}

/* Decodes at most max signs; how many. */
static size_t decode(struct text t, uint32_t *to, size_t max)
{
	size_t n = 0, used;

	for (size_t i = 0; i < t.n && n < max; i += used)
		to[n++] = utf8_decode(t.p + i, t.n - i, &used);
	return n;
}

struct similar_word similar_word(struct text t, uint32_t room[SIMILAR_SIGNS])
{
	if (is_ascii(t))
		return (struct similar_word){
			.narrow = (const unsigned char *)(t.n ? t.p : ""),
			.n = (unsigned)(t.n < SIMILAR_SIGNS ? t.n
							    : SIMILAR_SIGNS),
		};
	return (struct similar_word){
		.wide = room,
		.n = (unsigned)decode(t, room, SIMILAR_SIGNS),
	};
}

/* ---- where the signs of b stand in a ---- */

/* Only the entries of signs that occur are ever written or read. */
static void find_bytes(const unsigned char *a, const unsigned char *b,
		       struct similar_places *p)
{
	uint64_t table[256];

	for (unsigned j = 0; j < p->b_n; j++)
		table[b[j]] = 0;
	for (unsigned i = 0; i < p->a_n; i++)
		table[a[i]] = 0;
	for (unsigned i = 0; i < p->a_n; i++)
		table[a[i]] |= (uint64_t)1 << i;
	for (unsigned j = 0; j < p->b_n; j++)
		p->in_a[j] = table[b[j]];
}

static void find_codes(const uint32_t *a, const uint32_t *b,
		       struct similar_places *p)
{
	for (unsigned j = 0; j < p->b_n; j++) {
		uint64_t mask = 0;

		for (unsigned i = 0; i < p->a_n; i++)
			mask |= (uint64_t)(a[i] == b[j]) << i;
		p->in_a[j] = mask;
	}
}

static const uint32_t *widen(const struct similar_word *w,
			     uint32_t room[SIMILAR_SIGNS])
{
	if (w->wide)
		return w->wide;
	for (unsigned i = 0; i < w->n; i++)
		room[i] = w->narrow[i];
	return room;
}

void similar_find(struct similar_places *p, const struct similar_word *a,
		  const struct similar_word *b)
{
	uint32_t a_room[SIMILAR_SIGNS], b_room[SIMILAR_SIGNS];

	p->a_n = a->n;
	p->b_n = b->n;
	if (a->narrow && b->narrow)
		find_bytes(a->narrow, b->narrow, p);
	else
		find_codes(widen(a, a_room), widen(b, b_room), p);
}

/* ---- edits ---- */

static unsigned apart(unsigned a, unsigned b)
{
	return a > b ? a - b : b - a;
}

/*
 * The names are the paper's: VP and VN are the places where the column of the
 * table rises and falls by one from row to row, HP and HN where the row does,
 * D0 where the diagonal stays.
 */
unsigned similar_places_edits(const struct similar_places *p, unsigned max)
{
	uint64_t VP = UINT64_MAX, VN = 0, D0 = 0, last = 0;
	uint64_t bottom = (uint64_t)1 << (p->a_n - 1);
	unsigned edits = p->a_n;

	/* No two words are further apart than the longer one is long. */
	if (max > SIMILAR_SIGNS)
		max = SIMILAR_SIGNS;
	if (apart(p->a_n, p->b_n) > max)
		return max + 1;
	for (unsigned j = 0; j < p->b_n; j++) {
		uint64_t PM = p->in_a[j], TR = ((~D0 & PM) << 1) & last;
		uint64_t HP, HN;

		D0 = (((PM & VP) + VP) ^ VP) | PM | VN | TR;
		HP = VN | ~(D0 | VP);
		HN = D0 & VP;
		edits += (HP & bottom) != 0;
		edits -= (HN & bottom) != 0;
		/* Each sign to come can take one edit off at best. */
		if (edits > max + (p->b_n - 1 - j))
			return max + 1;
		HP = HP << 1 | 1;
		HN <<= 1;
		VP = HN | ~(D0 | HP);
		VN = HP & D0;
		last = PM;
	}
	return edits;
}

unsigned similar_word_edits(const struct similar_word *a,
			    const struct similar_word *b, unsigned max)
{
	struct similar_places p;

	if (apart(a->n, b->n) > max)
		return max + 1;
	if (a->n == 0 || b->n == 0)
		return a->n + b->n;
	similar_find(&p, a, b);
	return similar_places_edits(&p, max);
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Row i of the table from the two above it, within `max` of the diagonal;
 * beside that band stands max + 1. False when all of it is above max. */
static bool fill_row(const uint32_t *a, const uint32_t *b, size_t m, size_t i,
		     unsigned *row[3], unsigned max)
{
	size_t from = i > max ? i - max : 1;
	size_t to = max < m - least((unsigned)m, (unsigned)i) ? i + max : m;
	bool within = false;

	row[0][from - 1] = from == 1 && i <= max ? (unsigned)i : max + 1;
	for (size_t j = from; j <= to; j++) {
		unsigned v = row[1][j - 1] + (a[i - 1] != b[j - 1]);

		v = least(v, least(row[1][j], row[0][j - 1]) + 1);
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
		    a[i - 2] == b[j - 1])
			v = least(v, row[2][j - 2] + 1);
		row[0][j] = least(v, max + 1);
		within |= row[0][j] <= max;
	}
	if (to < m)
		row[0][to + 1] = max + 1;
	return within || row[0][from - 1] <= max;
}

/* n rows, m columns, neither 0. */
static unsigned table(const uint32_t *a, size_t n, const uint32_t *b, size_t m,
		      unsigned max)
{
	unsigned *cells = mem_alloc(3 * (m + 1), sizeof(*cells)), edits;
	unsigned *row[3] = { cells, cells + m + 1, cells + 2 * (m + 1) };
	bool within = true;

	for (size_t j = 0; j <= m; j++) {
		row[1][j] = j <= max ? (unsigned)j : max + 1;
		row[0][j] = row[2][j] = max + 1;
	}
	for (size_t i = 1; i <= n && within; i++) {
		unsigned *free_row = row[2];

		within = fill_row(a, b, m, i, row, max);
		row[2] = row[1];
		row[1] = row[0];
		row[0] = free_row;
	}
	edits = within ? row[1][m] : max + 1;
	free(cells);
	return edits;
}

static unsigned long_edits(struct text a, struct text b, unsigned max)
{
	uint32_t *p = mem_alloc(a.n + b.n, sizeof(*p)), *q = p + a.n;
	size_t n = decode(a, p, a.n), m = decode(b, q, b.n);
	size_t longer = n > m ? n : m, shorter = n > m ? m : n;
	unsigned edits;

	if (max > longer)
		max = (unsigned)longer;
	if (longer - shorter > max)
		edits = max + 1;
	else if (shorter == 0)
		edits = (unsigned)longer;
	else
		edits = table(p, n, q, m, max);
	free(p);
	return edits;
}

unsigned similar_edits(struct text a, struct text b, unsigned max)
{
	uint32_t a_room[SIMILAR_SIGNS], b_room[SIMILAR_SIGNS];
	struct similar_word x, y;

	if (a.n > SIMILAR_SIGNS || b.n > SIMILAR_SIGNS)
		return long_edits(a, b, max);
	x = similar_word(a, a_room);
	y = similar_word(b, b_room);
	return similar_word_edits(&x, &y, max);
}

/* ---- Jaro-Winkler ---- */

/* Which signs of a, and which of b, have a partner within `reach`. */
static void pair_up(const struct similar_places *p, unsigned reach, uint64_t *a,
		    uint64_t *b)
{
	/* The places of a that sign j of b may take: reach + 1 ones that
	 * become 2 * reach + 1 and then move along. */
	uint64_t window =
		reach + 1 < 64 ? ((uint64_t)1 << (reach + 1)) - 1 : UINT64_MAX;

	*a = *b = 0;
	for (unsigned j = 0; j < p->b_n; j++) {
		uint64_t free_places = p->in_a[j] & window & ~*a;

		*a |= free_places & -free_places;
		*b |= (uint64_t)(free_places != 0) << j;
		window = window << 1 | (j < reach);
	}
}

/* How many of the paired signs stand in another order. */
static unsigned out_of_order(const struct similar_places *p, uint64_t a,
			     uint64_t b)
{
	unsigned n = 0;

	for (; b; a &= a - 1, b &= b - 1)
		n += (p->in_a[__builtin_ctzll(b)] & (a & -a)) == 0;
	return n;
}

static unsigned common_prefix(const struct similar_places *p, unsigned max)
{
	unsigned n = 0;

	while (n < max && n < p->a_n && n < p->b_n && (p->in_a[n] >> n & 1))
		n++;
	return n;
}

static double winkler(double jaro, unsigned prefix)
{
	return jaro > 0.7 ? jaro + 0.1 * prefix * (1 - jaro) : jaro;
}

static double jaro(const struct similar_places *p, unsigned common,
		   unsigned out)
{
	unsigned placed = common - out / 2;

	return ((double)common / p->a_n + (double)common / p->b_n +
		placed / (double)common) /
	       3;
}

double similar_places_jaro_winkler(const struct similar_places *p, double least)
{
	unsigned longer = p->a_n > p->b_n ? p->a_n : p->b_n, common = 0;
	unsigned reach = longer / 2 > 0 ? longer / 2 - 1 : 0;
	unsigned prefix = common_prefix(p, 4);
	uint64_t in_a, in_b;

	for (unsigned j = 0; j < p->b_n; j++)
		common += p->in_a[j] != 0;
	if (common == 0 || winkler(jaro(p, common, 0), prefix) < least)
		return 0;
	pair_up(p, reach, &in_a, &in_b);
	common = (unsigned)__builtin_popcountll(in_a);
	if (common == 0)
		return 0;
	return winkler(jaro(p, common, out_of_order(p, in_a, in_b)), prefix);
}

double similar_word_jaro_winkler(const struct similar_word *a,
				 const struct similar_word *b)
{
	struct similar_places p;

	if (a->n == 0 || b->n == 0)
		return a->n == b->n;
	similar_find(&p, a, b);
	return similar_places_jaro_winkler(&p, 0);
}

double similar_jaro_winkler(struct text a, struct text b)
{
	uint32_t a_room[SIMILAR_SIGNS], b_room[SIMILAR_SIGNS];
	struct similar_word x = similar_word(a, a_room);
	struct similar_word y = similar_word(b, b_room);

	return similar_word_jaro_winkler(&x, &y);
}

/* ---- Soundex ---- */

/* The letter of Latin script in upper case without its mark, 0 for any other
 * sign: from U+00C0 on by Unicode's decompositions. */
static char base_letter(uint32_t c)
{
	static const char marked[] =
		"AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO.OUUUUY"
		"TYAAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLL"
		"LLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZ"
		"ZZZZZS";

	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	if (c >= 'A' && c <= 'Z')
		return (char)c;
	if (c < 0xC0 || c > 0x17F || marked[c - 0xC0] == '.')
		return 0;
	return marked[c - 0xC0];
}

void similar_soundex(struct text t, char to[5])
{
	/* Digits of A to Z; 0: a vowel; '-': h and w, as if not there. */
	static const char code[] = "01230120022455012623010202";
	size_t n = 0, used;
	char last = 0;

	for (size_t i = 0; i < t.n && n < 4; i += used) {
		char letter = base_letter(utf8_decode(t.p + i, t.n - i, &used));
		char digit;

		if (!letter)
			continue;
		digit = code[letter - 'A'];
		if (n == 0)
			to[n++] = letter;
		else if (letter == 'H' || letter == 'W')
			continue;
		else if (digit != '0' && digit != last)
			to[n++] = digit;
		last = digit;
	}
	while (n > 0 && n < 4)
		to[n++] = '0';
	to[n] = '\0';
}

/* ---- the quick look ---- */

#define BAG_MOST 7 /* leaves the highest bit of a class free */

struct similar_bag similar_bag(const struct similar_word *w)
{
	struct similar_bag bag = { { 0, 0 } };

	for (unsigned i = 0; i < w->n; i++) {
		uint32_t c = w->narrow ? w->narrow[i] : w->wide[i];
		unsigned half = c >> 4 & 1, at = 4 * (c & 15);

		/* More than can be counted: let it share with anything. */
		if ((bag.count[half] >> at & 15) == BAG_MOST) {
			bag.count[0] = bag.count[1] =
				UINT64_C(0x7777777777777777);
			break;
		}
		bag.count[half] += (uint64_t)1 << at;
	}
	return bag;
}

/* The smaller of each two classes, added up; no class borrows from the next
 * for its highest bit. */
static unsigned shared_half(uint64_t x, uint64_t y)
{
	const uint64_t high = UINT64_C(0x8888888888888888);
	const uint64_t low_half = UINT64_C(0x0f0f0f0f0f0f0f0f);
	uint64_t x_is_more = (((x | high) - y) & high) >> 3;
	uint64_t mask = x_is_more * 15, smaller = (y & mask) | (x & ~mask);

	smaller = (smaller & low_half) + (smaller >> 4 & low_half);
	return (unsigned)(smaller * UINT64_C(0x0101010101010101) >> 56);
}

unsigned similar_bag_shared(const struct similar_bag *a,
			    const struct similar_bag *b)
{
	return shared_half(a->count[0], b->count[0]) +
	       shared_half(a->count[1], b->count[1]);
}
