/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bags of words: cutting into words, their rarity, how alike two bags are. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/linkage_words.h"
#include "model/similar.h"
#include "model/surname.h"

enum word_class {
	WORD_PLAIN,
	WORD_LETTERS,		/* may be mistyped, cut short */
	WORD_NUMBER
};

struct word {
	struct text text;
	float idf;
	uint32_t frequency;
	uint32_t letters;	/* a bit for each byte that occurs, mod 32 */
	bool wide;		/* not all ASCII */
	enum word_class class;
};

struct bag {
	size_t from;		/* in `item` */
	uint64_t tight;		/* hash of the value without blanks */
	float square;		/* sum of the squares of idf */
	uint8_t n, numbers;
};

struct linkage_words {
	enum linkage_kind kind;
	struct group *seen;	/* entries: frequency */
	struct word *word;
	struct bag *bag;
	size_t bags, bag_cap;
	uint32_t *item;
	size_t items, item_cap;
};

/* ---- words folded ---- */

struct fold {
	const char *word, *to;
};

/* Sorted bytewise by word. */
static const struct fold streets[] = {
	{ "apartment", "apt" },	  { "av", "ave" },
	{ "avenue", "ave" },	  { "boulevard", "blvd" },
	{ "building", "bldg" },	  { "circle", "cir" },
	{ "circuit", "cct" },	  { "close", "cl" },
	{ "court", "ct" },	  { "crescent", "cres" },
	{ "cresent", "cres" },	  { "drive", "dr" },
	{ "east", "e" },	  { "esplanade", "esp" },
	{ "floor", "fl" },	  { "gardens", "gdns" },
	{ "grove", "gr" },	  { "heights", "hts" },
	{ "highway", "hwy" },	  { "lane", "ln" },
	{ "mount", "mt" },	  { "north", "n" },
	{ "northeast", "ne" },	  { "northwest", "nw" },
	{ "parade", "pde" },	  { "parkway", "pkwy" },
	{ "place", "pl" },	  { "plaza", "plz" },
	{ "road", "rd" },	  { "room", "rm" },
	{ "saint", "st" },	  { "south", "s" },
	{ "southeast", "se" },	  { "southwest", "sw" },
	{ "square", "sq" },	  { "str", "st" },
	{ "street", "st" },	  { "suite", "ste" },
	{ "terr", "tce" },	  { "terrace", "tce" },
	{ "village", "vlg" },	  { "west", "w" },
};

/* Forms of firms, which one writes and another leaves out. */
static const struct fold forms[] = {
	{ "ag", "" },	 { "and", "" },	  { "bv", "" },
	{ "co", "" },	 { "company", "" }, { "corp", "" },
	{ "corporation", "" }, { "gmbh", "" }, { "inc", "" },
	{ "incorporated", "" }, { "kg", "" }, { "limited", "" },
	{ "llc", "" },	 { "llp", "" },	  { "ltd", "" },
	{ "nv", "" },	 { "plc", "" },	  { "pte", "" },
	{ "pty", "" },	 { "sa", "" },	  { "srl", "" },
	{ "the", "" },
};

static const char *const han_forms[] = { "股份有限公司", "有限责任公司",
					 "有限公司", "公司" };

static struct text fold(struct text word, const struct fold *table, size_t n)
{
	size_t from = 0;

	while (from < n) {
		size_t at = from + (n - from) / 2;
		int c = text_cmp(text_of(table[at].word), word);

		if (c == 0)
			return text_of(table[at].to);
		if (c < 0)
			from = at + 1;
		else
			n = at;
	}
	return word;
}

static struct text fold_word(enum linkage_kind kind, struct text word)
{
	if (kind == LINKAGE_ADDRESS)
		return fold(word, streets, NELEMS(streets));
	if (kind == LINKAGE_FIRM)
		return fold(word, forms, NELEMS(forms));
	return word;
}

static struct text cut_form(struct text t)
{
	for (size_t i = 0; i < NELEMS(han_forms); i++) {
		size_t n = strlen(han_forms[i]);

		if (t.n > n && text_ends(t, han_forms[i]))
			return (struct text){ t.p, t.n - n };
	}
	return t;
}

/* ---- cutting ---- */

struct linkage_words *linkage_words_new(enum linkage_kind kind)
{
	struct linkage_words *w = mem_zalloc(1, sizeof(*w));

	w->kind = kind;
	w->seen = group_new(sizeof(uint32_t), sizeof(uint32_t), NULL, NULL);
	return w;
}

void linkage_words_free(struct linkage_words *w)
{
	if (!w)
		return;
	group_free(w->seen);
	free(w->word);
	free(w->bag);
	free(w->item);
	free(w);
}

static void take_word(struct linkage_words *w, struct bag *b,
		      struct text word)
{
	uint32_t number;

	word = fold_word(w->kind, word);
	if (word.n == 0 || b->n == LINKAGE_WORDS_MAX)
		return;
	number = (uint32_t)group_intern(w->seen, word);
	for (size_t i = 0; i < b->n; i++)
		if (w->item[b->from + i] == number)
			return;
	w->item = mem_grow(w->item, w->items, &w->item_cap, sizeof(*w->item));
	w->item[w->items++] = number;
	b->n++;
	++*(uint32_t *)group_entry(w->seen, number);
}

enum sign { SIGN_BLANK, SIGN_DIGIT, SIGN_LETTER, SIGN_HAN };

static enum sign sign_of(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return SIGN_DIGIT;
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return SIGN_LETTER;
	if (c < 0x80 || (c >= 0x2000 && c <= 0x206F) ||
	    (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF0F))
		return SIGN_BLANK;
	return surname_is_han(c) ? SIGN_HAN : SIGN_LETTER;
}

/* Ideographs two by two; one alone is a word. */
static void take_han(struct linkage_words *w, struct bag *b, struct text run)
{
	size_t first, second, i = 0;

	utf8_decode(run.p, run.n, &first);
	if (first == run.n) {
		take_word(w, b, run);
		return;
	}
	while (i + first < run.n) {
		utf8_decode(run.p + i + first, run.n - i - first, &second);
		take_word(w, b,
			  (struct text){ run.p + i, first + second });
		i += first;
		first = second;
	}
}

/* The run of letters and digits, or of ideographs, at the start. */
static size_t run_length(struct text t, enum sign first)
{
	size_t i, used;

	for (i = 0; i < t.n; i += used) {
		enum sign s = sign_of(utf8_decode(t.p + i, t.n - i, &used));

		if (s == SIGN_BLANK || (s == SIGN_HAN) != (first == SIGN_HAN))
			break;
	}
	return i;
}

static void take_value(struct linkage_words *w, struct bag *b, struct text t)
{
	size_t i = 0, n, used;

	while (i < t.n) {
		struct text rest = { t.p + i, t.n - i };
		enum sign s = sign_of(utf8_decode(rest.p, rest.n, &used));

		if (s == SIGN_BLANK) {
			i += used;
			continue;
		}
		n = run_length(rest, s);
		rest.n = n;
		if (s == SIGN_HAN)
			take_han(w, b, rest);
		else
			take_word(w, b, rest);
		i += n;
	}
}

/* FNV-1a of what is no blank. */
static uint64_t tight_hash(struct text t)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != ' ')
			h = (h ^ (unsigned char)t.p[i]) * 1099511628211u;
	return h;
}

void linkage_words_add(struct linkage_words *w, struct text value)
{
	struct bag b = { .from = w->items };

	if (w->kind == LINKAGE_FIRM)
		value = cut_form(value);
	b.tight = tight_hash(value);
	take_value(w, &b, value);
	w->bag = mem_grow(w->bag, w->bags, &w->bag_cap, sizeof(*w->bag));
	w->bag[w->bags++] = b;
}

/* ---- rarity ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 12, 12a, 3b2; but 35th is a word, and so is b12. */
static bool is_number(struct text t)
{
	static const char *const ordinal[] = { "st", "nd", "rd", "th" };
	size_t i = 0;

	while (i < t.n && is_digit(t.p[i]))
		i++;
	if (i == 0)
		return false;
	for (size_t k = 0; k < NELEMS(ordinal); k++)
		if (t.n == i + 2 && text_ends(t, ordinal[k]))
			return false;
	return true;
}

static bool is_roman(struct text t)
{
	static const char *const roman[] = { "ii", "iii", "iv", "vi",
					     "vii", "viii", "ix" };

	for (size_t i = 0; i < NELEMS(roman); i++)
		if (text_is(t, roman[i]))
			return true;
	return false;
}

static bool has_digit(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (is_digit(t.p[i]))
			return true;
	return false;
}

static enum word_class class_of(enum linkage_kind kind, struct text t)
{
	size_t used;

	if (is_number(t) || (kind == LINKAGE_TEXT && is_roman(t)))
		return WORD_NUMBER;
	/* Ideographs are short: one off is another word. */
	if (t.n < 3 || has_digit(t) ||
	    surname_is_han(utf8_decode(t.p, t.n, &used)))
		return WORD_PLAIN;
	return WORD_LETTERS;
}

static struct word describe(const struct linkage_words *w, struct text t,
			    uint32_t frequency)
{
	struct word d = { .text = t, .frequency = frequency };

	d.idf = (float)log(1 + (double)w->bags / frequency);
	d.class = class_of(w->kind, t);
	for (size_t i = 0; i < t.n; i++) {
		d.letters |= (uint32_t)1 << (t.p[i] & 31);
		d.wide |= (t.p[i] & 0x80) != 0;
	}
	return d;
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void finish_bag(struct linkage_words *w, struct bag *b,
		       const uint32_t *rank)
{
	uint32_t *item = w->item + b->from;

	for (size_t i = 0; i < b->n; i++)
		item[i] = rank[item[i]];
	if (b->n)
		qsort(item, b->n, sizeof(*item), by_number);
	for (size_t i = 0; i < b->n; i++) {
		const struct word *d = &w->word[item[i]];

		b->square += d->idf * d->idf;
		if (d->class == WORD_NUMBER)
			b->numbers++;
	}
}

void linkage_words_finish(struct linkage_words *w)
{
	size_t n = group_count(w->seen);
	uint32_t *order = group_sorted(w->seen);
	uint32_t *rank = mem_alloc(n, sizeof(*rank));

	w->word = mem_alloc(n, sizeof(*w->word));
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t *f = group_entry(w->seen, order[i]);

		rank[order[i]] = i;
		w->word[i] = describe(w, group_key(w->seen, order[i]), *f);
	}
	for (size_t i = 0; i < w->bags; i++)
		finish_bag(w, &w->bag[i], rank);
	free(order);
	free(rank);
}

size_t linkage_words_of(const struct linkage_words *w, uint32_t value,
			const uint32_t **word)
{
	*word = w->item + w->bag[value].from;
	return w->bag[value].n;
}

uint32_t linkage_words_frequency(const struct linkage_words *w, uint32_t word)
{
	return w->word[word].frequency;
}

struct text linkage_words_text(const struct linkage_words *w, uint32_t word)
{
	return w->word[word].text;
}

/* ---- two bags ---- */

#define EDIT_COUNTS .85
#define PREFIX_COUNTS .7

/* What is in one bag only, of letters. */
struct rest {
	uint32_t word[LINKAGE_WORDS_MAX];
	unsigned n;
};

struct sums {
	double shared;			/* squares of what both have */
	double a, b;			/* of what each has */
};

static void leave(const struct linkage_words *w, uint32_t word,
		  struct rest *r)
{
	if (w->word[word].class == WORD_LETTERS)
		r->word[r->n++] = word;
}

static void share(const struct linkage_words *w, uint32_t word,
		  struct linkage_alike *alike, struct sums *sum)
{
	const struct word *d = &w->word[word];

	sum->shared += (double)d->idf * d->idf;
	alike->numbers_shared += d->class == WORD_NUMBER;
	if (!alike->rarest || d->frequency < alike->rarest)
		alike->rarest = d->frequency;
}

static void intersect(const struct linkage_words *w, const struct bag *a,
		      const struct bag *b, struct rest rest[2],
		      struct linkage_alike *alike, struct sums *sum)
{
	const uint32_t *x = w->item + a->from, *x_end = x + a->n;
	const uint32_t *y = w->item + b->from, *y_end = y + b->n;

	while (x < x_end && y < y_end) {
		if (*x < *y) {
			leave(w, *x++, &rest[0]);
		} else if (*y < *x) {
			leave(w, *y++, &rest[1]);
		} else {
			share(w, *x++, alike, sum);
			y++;
		}
	}
	while (x < x_end)
		leave(w, *x++, &rest[0]);
	while (y < y_end)
		leave(w, *y++, &rest[1]);
}

static bool begins(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;

	return n >= 3 && memcmp(a.p, b.p, n) == 0;
}

/* How much two different words count as one, 0: not at all. */
static double word_alike(const struct word *a, const struct word *b)
{
	size_t shorter = a->text.n < b->text.n ? a->text.n : b->text.n;
	size_t longer = a->text.n < b->text.n ? b->text.n : a->text.n;

	/* One edit takes at most one sign away and brings one other in; a
	 * sign is up to three bytes here. */
	size_t bytes = a->wide || b->wide ? 3 : 1;

	if (shorter >= 4 && longer - shorter <= bytes &&
	    (size_t)__builtin_popcount(a->letters ^ b->letters) <= 2 * bytes &&
	    similar_edits(a->text, b->text, 1) == 1)
		return EDIT_COUNTS;
	return begins(a->text, b->text) ? PREFIX_COUNTS : 0;
}

static double smaller(double a, double b)
{
	return a < b ? a : b;
}

/* The best partner of word a among those not taken. */
static void find_partner(const struct linkage_words *w, uint32_t a,
			 const struct rest *b, uint64_t *taken,
			 struct sums *sum)
{
	const struct word *x = &w->word[a], *best = NULL;
	double counts = 0, idf;
	unsigned at = 0;

	for (unsigned j = 0; j < b->n; j++) {
		const struct word *y = &w->word[b->word[j]];
		double c;

		if (*taken >> j & 1)
			continue;
		c = word_alike(x, y) * smaller(x->idf, y->idf);
		if (c > counts) {
			counts = c;
			best = y;
			at = j;
		}
	}
	if (!best)
		return;
	*taken |= (uint64_t)1 << at;
	idf = smaller(x->idf, best->idf);
	sum->shared += counts * idf;
	sum->a += idf * idf - (double)x->idf * x->idf;
	sum->b += idf * idf - (double)best->idf * best->idf;
}

/* The shorter list looks for partners in the longer one, so that the answer
 * is the same whichever value comes first. */
static void match_rests(const struct linkage_words *w,
			const struct rest rest[2], struct sums *sum)
{
	bool swap = rest[0].n > rest[1].n ||
		    (rest[0].n == rest[1].n && rest[0].n > 0 &&
		     rest[0].word[0] > rest[1].word[0]);
	const struct rest *few = &rest[swap], *many = &rest[!swap];
	struct sums s = { sum->shared, sum->a, sum->b };
	uint64_t taken = 0;

	if (swap)
		s = (struct sums){ sum->shared, sum->b, sum->a };
	for (unsigned i = 0; i < few->n; i++)
		find_partner(w, few->word[i], many, &taken, &s);
	sum->shared = s.shared;
	sum->a = swap ? s.b : s.a;
	sum->b = swap ? s.a : s.b;
}

struct linkage_alike linkage_words_alike(const struct linkage_words *w,
					 uint32_t a, uint32_t b)
{
	const struct bag *x = &w->bag[a], *y = &w->bag[b];
	struct linkage_alike alike = { .tight = x->tight == y->tight,
				       .numbers_a = x->numbers,
				       .numbers_b = y->numbers };
	struct sums sum = { .a = x->square, .b = y->square };
	struct rest rest[2];
	double both;

	rest[0].n = rest[1].n = 0;
	intersect(w, x, y, rest, &alike, &sum);
	if (rest[0].n && rest[1].n)
		match_rests(w, rest, &sum);
	both = sum.a * sum.b;
	if (both > 0) {
		alike.cosine = smaller(sum.shared / sqrt(both), 1);
		alike.contained = smaller(
			sum.shared / smaller(sum.a, sum.b), 1);
	}
	return alike;
}
