/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bags of words: cutting values into words, and their rarity. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/linkage_bag.h"
#include "model/surname.h"

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

static void take_word(struct linkage_words *w, struct linkage_bag *b,
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
static void take_han(struct linkage_words *w, struct linkage_bag *b,
		     struct text run)
{
	size_t first, second, i = 0;

	utf8_decode(run.p, run.n, &first);
	if (first == run.n) {
		take_word(w, b, run);
		return;
	}
	while (i + first < run.n) {
		utf8_decode(run.p + i + first, run.n - i - first, &second);
		take_word(w, b, (struct text){ run.p + i, first + second });
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

static void take_value(struct linkage_words *w, struct linkage_bag *b,
		       struct text t)
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
	struct linkage_bag b = { .from = w->items };

	if (w->kind == LINKAGE_FIRM)
		value = cut_form(value);
	b.tight = tight_hash(value);
	take_value(w, &b, value);
	w->bag = mem_grow(w->bag, w->bags, &w->bag_cap, sizeof(*w->bag));
	w->bag[w->bags++] = b;
}

/* ---- rarity ---- */

/* 12, 12a, 3b2; but 35th is a word, and so is b12. */
static bool is_number(struct text t)
{
	static const char *const ordinal[] = { "st", "nd", "rd", "th" };
	size_t i = 0;

	while (i < t.n && ascii_is_digit(t.p[i]))
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
	static const char *const roman[] = { "ii",  "iii",  "iv", "vi",
					    "vii", "viii", "ix" };

	for (size_t i = 0; i < NELEMS(roman); i++)
		if (text_is(t, roman[i]))
			return true;
	return false;
}

static bool has_digit(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (ascii_is_digit(t.p[i]))
			return true;
	return false;
}

static enum linkage_word_class class_of(enum linkage_kind kind, struct text t)
{
	size_t used;

	if (is_number(t) || (kind == LINKAGE_TEXT && is_roman(t)))
		return LINKAGE_WORD_NUMBER;
	/* Ideographs are short: one off is another word. */
	if (t.n < 3 || has_digit(t) ||
	    surname_is_han(utf8_decode(t.p, t.n, &used)))
		return LINKAGE_WORD_PLAIN;
	return LINKAGE_WORD_LETTERS;
}

static struct linkage_word describe(const struct linkage_words *w,
				    struct text t, uint32_t frequency)
{
	struct linkage_word d = { .text = t, .frequency = frequency };

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

static void finish_bag(struct linkage_words *w, struct linkage_bag *b,
		       const uint32_t *rank)
{
	uint32_t *item = w->item + b->from;

	for (size_t i = 0; i < b->n; i++)
		item[i] = rank[item[i]];
	if (b->n)
		qsort(item, b->n, sizeof(*item), by_number);
	for (size_t i = 0; i < b->n; i++) {
		const struct linkage_word *d = &w->word[item[i]];

		b->square += d->idf * d->idf;
		if (d->class == LINKAGE_WORD_NUMBER)
			b->numbers++;
	}
}

void linkage_words_finish(struct linkage_words *w)
{
	size_t n = group_count(w->seen);
	uint32_t *order = group_sorted(w->seen);
	uint32_t *rank = mem_alloc(n, sizeof(*rank));

	w->word = mem_alloc(n, sizeof(*w->word));
	if (!w->item)	/* no value has a word */
		w->item = mem_alloc(1, sizeof(*w->item));
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
