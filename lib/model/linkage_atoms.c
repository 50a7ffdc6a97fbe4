/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atoms of blocking keys: made of each distinct value once, then laid out by
 * record where a record has one number, looked up by value where it has many. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/linkage_atoms.h"
#include "model/linkage_values.h"
#include "model/linkage_words.h"

/* Columns that are crossed, besides those of names. */
#define TOP_COLUMNS 6

/* FNV-1a, never 0. */
static uint32_t hash(const char *p, size_t n)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * 16777619u;
	h ^= h >> 15;
	return h ? h : 1;
}

static uint32_t hash_text(struct text t)
{
	return hash(t.p, t.n);
}

/* ---- numbers of one value ---- */

/* Writes at most LINKAGE_ATOM_NUMBERS; how many. */
typedef size_t make(const struct linkage_values *, uint32_t value,
		    uint32_t *to);

static size_t make_value(const struct linkage_values *v, uint32_t value,
			 uint32_t *to)
{
	(void)v;
	*to = value + 1;
	return 1;
}

static size_t one(struct text t, uint32_t *to)
{
	*to = hash_text(t);
	return t.n > 0;
}

static uint32_t soundex(struct text t)
{
	char code[5];

	similar_soundex(t, code);
	return code[0] ? hash(code, 4) : 0;
}

/* By its reading, by Soundex, else as it is spelled. */
static size_t make_sound(const struct linkage_values *v, uint32_t value,
			 uint32_t *to)
{
	struct text sound = linkage_values_sound(v, value);

	if (sound.n)
		return one(sound, to);
	*to = soundex(linkage_values_text(v, value));
	return *to ? 1 : one(linkage_values_text(v, value), to);
}

/* Bytes of the first n signs. */
static size_t first_signs(struct text t, size_t n)
{
	size_t at = 0, used;

	while (n-- > 0 && at < t.n) {
		utf8_decode(t.p + at, t.n - at, &used);
		at += used;
	}
	return at;
}

static size_t make_start(const struct linkage_values *v, uint32_t value,
			 uint32_t *to)
{
	struct text t = linkage_values_text(v, value);

	t.n = first_signs(t, v->value[value].han ? 1 : 3);
	return one(t, to);
}

static size_t make_end(struct text t, size_t from_end, size_t n, uint32_t *to)
{
	if (t.n < from_end)
		return 0;
	return one((struct text){ t.p + t.n - from_end, n }, to);
}

static size_t make_last_four(const struct linkage_values *v, uint32_t value,
			     uint32_t *to)
{
	return make_end(linkage_values_text(v, value), 4, 4, to);
}

static size_t make_before_four(const struct linkage_values *v, uint32_t value,
			       uint32_t *to)
{
	return make_end(linkage_values_text(v, value), 8, 4, to);
}

static size_t make_last_eight(const struct linkage_values *v, uint32_t value,
			      uint32_t *to)
{
	return make_end(linkage_values_text(v, value), 8, 8, to);
}

static size_t make_first_half(const struct linkage_values *v, uint32_t value,
			      uint32_t *to)
{
	struct text t = linkage_values_text(v, value);

	t.n = t.n < 4 ? 0 : t.n / 2;
	return one(t, to);
}

static size_t make_second_half(const struct linkage_values *v, uint32_t value,
			       uint32_t *to)
{
	struct text t = linkage_values_text(v, value);

	return t.n < 4 ? 0 : make_end(t, t.n - t.n / 2, t.n - t.n / 2, to);
}

static struct text local_part(const struct linkage_values *v, uint32_t value)
{
	struct text t = linkage_values_text(v, value), local = { 0 };

	text_split(&t, '@', &local);
	return local;
}

static size_t make_local_start(const struct linkage_values *v,
			       uint32_t value, uint32_t *to)
{
	struct text t = local_part(v, value);

	t.n = first_signs(t, 4);
	return one(t, to);
}

static size_t make_local_end(const struct linkage_values *v, uint32_t value,
			     uint32_t *to)
{
	return make_end(local_part(v, value), 4, 4, to);
}

/* ---- dates ---- */

static size_t two_parts(unsigned which, unsigned a, unsigned b, uint32_t *to)
{
	*to = which << 28 | a << 12 | b;
	return a > 0 && b > 0;
}

static size_t make_year_month(const struct linkage_values *v, uint32_t value,
			      uint32_t *to)
{
	const struct linkage_date *d = &v->date[value];

	return two_parts(1, (unsigned)d->year, d->month, to);
}

static size_t make_month_day(const struct linkage_values *v, uint32_t value,
			     uint32_t *to)
{
	const struct linkage_date *d = &v->date[value];
	unsigned less = d->month < d->mday ? d->month : d->mday;

	return two_parts(2, less, (unsigned)d->month + d->mday - less, to);
}

static size_t make_year_day(const struct linkage_values *v, uint32_t value,
			    uint32_t *to)
{
	const struct linkage_date *d = &v->date[value];

	return two_parts(3, (unsigned)d->year, d->mday, to);
}

/* ---- whole names ---- */

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static size_t sort_unique(uint32_t *to, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(to, n, sizeof(*to), by_number);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || to[i] != to[kept - 1])
			to[kept++] = to[i];
	return kept;
}

/* Each ideograph, or each word by its sound: at most four. */
static size_t name_words(const struct linkage_values *v, uint32_t value,
			 uint32_t *to)
{
	struct text t = linkage_values_text(v, value), word;
	size_t n = 0, used;

	if (v->value[value].han) {
		for (size_t i = 0; i < t.n && n < 4; i += used) {
			utf8_decode(t.p + i, t.n - i, &used);
			to[n++] = hash(t.p + i, used);
		}
		return n;
	}
	while (n < 4 && text_split(&t, ' ', &word)) {
		to[n] = soundex(word);
		if (!to[n])
			to[n] = word.n ? hash_text(word) : 0;
		n += to[n] != 0;
	}
	return n;
}

static size_t make_any_order(const struct linkage_values *v, uint32_t value,
			     uint32_t *to)
{
	uint32_t word[LINKAGE_ATOM_NUMBERS];
	size_t n = name_words(v, value, word);

	if (n < 2)
		return 0;
	qsort(word, n, sizeof(*word), by_number);
	*to = hash((const char *)word, n * sizeof(*word));
	return 1;
}

static size_t make_name_words(const struct linkage_values *v, uint32_t value,
			      uint32_t *to)
{
	struct text sound = linkage_values_sound(v, value);
	size_t n = name_words(v, value, to);

	if (sound.n)
		to[n++] = hash_text(sound);
	return n;
}

/* ---- words ---- */

struct rare {
	const struct linkage_words *words;
	uint32_t word[LINKAGE_ATOM_NUMBERS];
	size_t n, max;
};

/* Keeps the rarest, equally rare ones by their text; a word that no other
 * value has brings nobody together. */
static void consider(struct rare *r, uint32_t word)
{
	uint32_t frequency = linkage_words_frequency(r->words, word);
	size_t at;

	if (frequency < 2)
		return;
	for (at = r->n; at > 0; at--)
		if (linkage_words_frequency(r->words, r->word[at - 1]) <=
		    frequency)
			break;
	if (at == r->max)
		return;
	if (r->n == r->max)
		r->n--;
	memmove(r->word + at + 1, r->word + at,
		(r->n - at) * sizeof(*r->word));
	r->word[at] = word;
	r->n++;
}

static size_t rarest(const struct linkage_values *v, uint32_t value,
		     size_t max, uint32_t *to)
{
	struct rare r = { .words = v->words, .max = max };
	const uint32_t *word;
	size_t n = linkage_words_of(v->words, value, &word);

	for (size_t i = 0; i < n; i++)
		consider(&r, word[i]);
	for (size_t i = 0; i < r.n; i++)
		to[i] = r.word[i] + 1;
	return r.n;
}

static size_t make_words(const struct linkage_values *v, uint32_t value,
			 uint32_t *to)
{
	return rarest(v, value, 6, to);
}

static size_t make_rarest(const struct linkage_values *v, uint32_t value,
			  uint32_t *to)
{
	return rarest(v, value, 2, to);
}

/* ---- which atoms a kind has ---- */

struct recipe {
	const char *name;
	make *make;
	bool many, alone, pairs, crossed;
};

#define RECIPES 3

static const struct recipe value_recipe = { "value", make_value,
					    .alone = true };

static const struct recipe recipes[LINKAGE_KINDS][RECIPES] = {
	[LINKAGE_GIVEN] = {
		{ "sound", make_sound },
		{ "start", make_start, .crossed = true } },
	[LINKAGE_SURNAME] = {
		{ "sound", make_sound },
		{ "start", make_start, .crossed = true } },
	[LINKAGE_NAME] = {
		{ "sound", make_sound, .alone = true },
		{ "any order", make_any_order, .alone = true },
		{ "words", make_name_words, .many = true, .crossed = true } },
	[LINKAGE_DATE] = {
		{ "year and month", make_year_month, .crossed = true },
		{ "month and day", make_month_day, .crossed = true },
		{ "year and day", make_year_day, .crossed = true } },
	[LINKAGE_PHONE] = {
		{ "last eight", make_last_eight, .alone = true },
		{ "last four", make_last_four, .crossed = true },
		{ "four before", make_before_four, .crossed = true } },
	[LINKAGE_IDNUM] = {
		{ "first half", make_first_half, .crossed = true },
		{ "second half", make_second_half, .crossed = true } },
	[LINKAGE_VIN] = {
		{ "last eight", make_last_eight, .alone = true },
		{ "last four", make_last_four, .crossed = true } },
	[LINKAGE_PLATE] = {
		{ "last four", make_last_four, .crossed = true } },
	[LINKAGE_EMAIL] = {
		{ "start", make_local_start, .crossed = true },
		{ "end", make_local_end, .crossed = true } },
	[LINKAGE_POSTCODE] = {
		{ "all", make_value, .crossed = true } },
	[LINKAGE_NUMBER] = {
		{ "all", make_value, .crossed = true } },
	[LINKAGE_PLACE] = {
		{ "sound", make_sound, .crossed = true },
		{ "start", make_start, .crossed = true } },
	[LINKAGE_ADDRESS] = {
		{ "words", make_words, .many = true, .alone = true,
		  .pairs = true },
		{ "rarest words", make_rarest, .many = true,
		  .crossed = true } },
	[LINKAGE_FIRM] = {
		{ "words", make_words, .many = true, .alone = true,
		  .pairs = true },
		{ "rarest words", make_rarest, .many = true,
		  .crossed = true } },
	[LINKAGE_TEXT] = {
		{ "words", make_words, .many = true, .alone = true,
		  .pairs = true },
		{ "rarest words", make_rarest, .many = true,
		  .crossed = true } },
};

static bool is_category(enum linkage_kind kind)
{
	return kind == LINKAGE_GENDER || kind == LINKAGE_CATEGORY ||
	       kind == LINKAGE_SOUND;
}

/* ---- of all records ---- */

/* Numbers by value: those of value i are item[from[i]..from[i + 1]). */
struct lists {
	uint32_t *from, *item;
};

struct entry {
	struct linkage_atom atom;
	size_t slot;		/* in a record's row, when there is one number */
	struct lists lists;	/* by the column's value, when there are many */
	size_t first, second;	/* slots of the two names, of "either" */
};

struct linkage_atoms {
	const struct linkage_block_column *column;
	uint32_t records;
	struct entry entry[LINKAGE_ATOMS_MAX];
	size_t n;
	uint32_t *row;		/* record by record, `width` slots each */
	size_t width;
	uint64_t of_slot[LINKAGE_ATOMS_MAX];	/* the atom's bit */
};

/* Of one value, or of all parts of a set. */
static size_t numbers(const struct linkage_values *v, uint32_t value,
		      make *make_them, uint32_t to[LINKAGE_ATOM_NUMBERS])
{
	const struct linkage_values *parts = linkage_values_parts(v);
	uint32_t part, some[LINKAGE_ATOM_NUMBERS];
	size_t n = 0;

	for (size_t i = 0;
	     (part = linkage_values_part(v, value, i)) != LINKAGE_EMPTY; i++) {
		size_t more = make_them(parts, part, some);

		for (size_t k = 0; k < more && n < LINKAGE_ATOM_NUMBERS; k++)
			to[n++] = some[k];
	}
	return sort_unique(to, n);
}

static void fill_lists(struct lists *l, const struct linkage_values *v,
		       make *make_them)
{
	size_t values = linkage_values_count(v), n = 0, cap = 0;
	uint32_t some[LINKAGE_ATOM_NUMBERS];

	l->from = mem_alloc(values + 1, sizeof(*l->from));
	for (uint32_t i = 0; i < values; i++) {
		size_t more = numbers(v, i, make_them, some);

		l->from[i] = (uint32_t)n;
		for (size_t k = 0; k < more; k++) {
			l->item = mem_grow(l->item, n, &cap,
					   sizeof(*l->item));
			l->item[n++] = some[k];
		}
	}
	l->from[values] = (uint32_t)n;
}

static void fill_slot(struct linkage_atoms *a, size_t slot, size_t column,
		      make *make_them)
{
	const struct linkage_block_column *c = &a->column[column];
	size_t values = linkage_values_count(c->values);
	uint32_t *of = mem_alloc(values, sizeof(*of));
	uint32_t some[LINKAGE_ATOM_NUMBERS];

	for (uint32_t i = 0; i < values; i++)
		of[i] = numbers(c->values, i, make_them, some) ? some[0] : 0;
	for (uint32_t r = 0; r < a->records; r++)
		a->row[r * a->width + slot] =
			c->code[r] == LINKAGE_EMPTY ? 0 : of[c->code[r]];
	free(of);
}

static struct entry *add_entry(struct linkage_atoms *a, size_t column,
			       const char *name)
{
	struct entry *e;

	if (a->n == LINKAGE_ATOMS_MAX)
		return NULL;
	e = &a->entry[a->n++];
	e->atom = (struct linkage_atom){ .column = column, .name = name,
					 .also = SIZE_MAX };
	e->slot = e->first = e->second = SIZE_MAX;
	return e;
}

/* ---- columns that tell most ---- */

/* Entropy of the values in millionths of a bit, times fill. */
static uint64_t telling(const struct linkage_block_column *c, uint32_t records)
{
	size_t values = linkage_values_count(c->values);
	uint32_t *count = mem_zalloc(values, sizeof(*count));
	double bits = 0, filled = 0;

	for (uint32_t r = 0; r < records; r++)
		if (c->code[r] != LINKAGE_EMPTY) {
			count[c->code[r]]++;
			filled++;
		}
	for (size_t i = 0; i < values; i++)
		if (count[i])
			bits += count[i] * log2(filled / count[i]);
	free(count);
	return records ? (uint64_t)llround(bits / records * 1e6) : 0;
}

static bool is_part_of_name(enum linkage_kind kind)
{
	return kind == LINKAGE_GIVEN || kind == LINKAGE_SURNAME ||
	       kind == LINKAGE_NAME;
}

/* Marks names and the TOP_COLUMNS that tell most; the first of equal ones. */
static void choose(const struct linkage_atoms *a, size_t columns,
		   bool *chosen)
{
	uint64_t tells[LINKAGE_COLUMNS_MAX];

	for (size_t i = 0; i < columns; i++) {
		tells[i] = is_category(a->column[i].kind) ?
				   0 :
				   telling(&a->column[i], a->records);
		chosen[i] = tells[i] && is_part_of_name(a->column[i].kind);
	}
	for (size_t k = 0; k < TOP_COLUMNS; k++) {
		size_t best = 0;

		for (size_t i = 1; i < columns; i++)
			if (tells[i] > tells[best])
				best = i;
		chosen[best] |= tells[best] > 0;
		tells[best] = 0;
	}
}

/* ---- putting it together ---- */

struct plan {
	const struct recipe *recipe[LINKAGE_ATOMS_MAX];	/* NULL: of names */
};

static void plan_column(struct linkage_atoms *a, struct plan *p, size_t column,
			const struct recipe *r)
{
	struct entry *e = add_entry(a, column, r->name);

	if (!e)
		return;
	p->recipe[a->n - 1] = r;
	e->atom.many = r->many || a->column[column].values !=
			linkage_values_parts(a->column[column].values);
	e->atom.alone = r->alone;
	e->atom.pairs = r->pairs;
	e->atom.crossed = r->crossed;
	if (!e->atom.many)
		e->slot = a->width++;
}

static size_t find_entry(const struct linkage_atoms *a, enum linkage_kind kind,
			 const char *name)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->column[a->entry[i].atom.column].kind == kind &&
		    strcmp(a->entry[i].atom.name, name) == 0 &&
		    !a->entry[i].atom.many)
			return i;
	return SIZE_MAX;
}

/* Given name and surname, which some confuse: either's sound is crossed, and
 * both sounds in either order are a key. Without the other, a name's own. */
static void plan_names(struct linkage_atoms *a)
{
	size_t given = find_entry(a, LINKAGE_GIVEN, "sound");
	size_t surname = find_entry(a, LINKAGE_SURNAME, "sound");
	struct entry *either, *both;

	for (size_t i = 0; i < a->n; i++)
		if (is_part_of_name(a->column[a->entry[i].atom.column].kind) &&
		    i != given && i != surname &&
		    strcmp(a->entry[i].atom.name, "sound") == 0)
			a->entry[i].atom.crossed = true;
	if (given == SIZE_MAX || surname == SIZE_MAX) {
		if (given != SIZE_MAX)
			a->entry[given].atom.crossed = true;
		if (surname != SIZE_MAX)
			a->entry[surname].atom.crossed = true;
		return;
	}
	either = add_entry(a, a->entry[given].atom.column, "either sound");
	both = add_entry(a, a->entry[given].atom.column, "both sounds");
	if (!either || !both)
		return;
	either->atom.also = both->atom.also = a->entry[surname].atom.column;
	either->first = both->first = a->entry[given].slot;
	either->second = both->second = a->entry[surname].slot;
	either->atom.many = either->atom.crossed = both->atom.alone = true;
	both->slot = a->width++;
}

static void fill_both(struct linkage_atoms *a, const struct entry *e)
{
	for (uint32_t r = 0; r < a->records; r++) {
		uint32_t *row = a->row + r * a->width;
		uint32_t x = row[e->first], y = row[e->second];
		uint32_t pair[2] = { x < y ? x : y, x < y ? y : x };

		row[e->slot] = x && y ? hash((const char *)pair,
					     sizeof(pair)) : 0;
	}
}

static void fill(struct linkage_atoms *a, const struct plan *p)
{
	a->row = mem_alloc((size_t)a->records * a->width, sizeof(*a->row));
	for (size_t i = 0; i < a->n; i++) {
		struct entry *e = &a->entry[i];
		const struct linkage_block_column *c =
			&a->column[e->atom.column];

		if (e->slot != SIZE_MAX)
			a->of_slot[e->slot] = (uint64_t)1 << i;
		if (!p->recipe[i])
			continue;
		if (e->atom.many)
			fill_lists(&e->lists, c->values, p->recipe[i]->make);
		else
			fill_slot(a, e->slot, e->atom.column,
				  p->recipe[i]->make);
	}
	for (size_t i = 0; i < a->n; i++)
		if (!p->recipe[i] && !a->entry[i].atom.many)
			fill_both(a, &a->entry[i]);
}

struct linkage_atoms *linkage_atoms_new(const struct linkage_block_column *c,
					size_t columns, uint32_t records)
{
	struct linkage_atoms *a = mem_zalloc(1, sizeof(*a));
	bool chosen[LINKAGE_COLUMNS_MAX];
	struct plan plan = { 0 };

	a->column = c;
	a->records = records;
	choose(a, columns, chosen);
	for (size_t i = 0; i < columns; i++)
		if (!is_category(c[i].kind))
			plan_column(a, &plan, i, &value_recipe);
	for (size_t i = 0; i < columns; i++)
		for (size_t k = 0; chosen[i] && k < RECIPES; k++)
			if (recipes[c[i].kind][k].name)
				plan_column(a, &plan, i,
					    &recipes[c[i].kind][k]);
	plan_names(a);
	fill(a, &plan);
	return a;
}

void linkage_atoms_free(struct linkage_atoms *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < a->n; i++) {
		free(a->entry[i].lists.from);
		free(a->entry[i].lists.item);
	}
	free(a->row);
	free(a);
}

size_t linkage_atoms_count(const struct linkage_atoms *a)
{
	return a->n;
}

const struct linkage_atom *linkage_atoms_at(const struct linkage_atoms *a,
					    size_t atom)
{
	return &a->entry[atom].atom;
}

/* ---- looking up ---- */

/* Borrows the list of a record; `room` is for the two of either name. */
static const uint32_t *look_up(const struct linkage_atoms *a,
			       const struct entry *e, uint32_t record,
			       uint32_t room[2], size_t *n)
{
	const uint32_t *row = a->row + record * a->width;
	uint32_t code;

	if (e->slot != SIZE_MAX) {
		*n = row[e->slot] != 0;
		return &row[e->slot];
	}
	if (e->first != SIZE_MAX) {
		*n = 0;
		if (row[e->first])
			room[(*n)++] = row[e->first];
		if (row[e->second])
			room[(*n)++] = row[e->second];
		*n = sort_unique(room, *n);
		return room;
	}
	code = a->column[e->atom.column].code[record];
	if (code == LINKAGE_EMPTY) {
		*n = 0;
		return room;
	}
	*n = e->lists.from[code + 1] - e->lists.from[code];
	return e->lists.item + e->lists.from[code];
}

size_t linkage_atoms_get(const struct linkage_atoms *a, size_t atom,
			 uint32_t record, uint32_t to[LINKAGE_ATOM_NUMBERS])
{
	uint32_t room[2];
	size_t n;
	const uint32_t *p = look_up(a, &a->entry[atom], record, room, &n);

	for (size_t i = 0; i < n; i++)
		to[i] = p[i];
	return n;
}

uint64_t linkage_atoms_agree(const struct linkage_atoms *a, uint32_t x,
			     uint32_t y)
{
	const uint32_t *p = a->row + x * a->width;
	const uint32_t *q = a->row + y * a->width;
	uint64_t agree = 0;

	for (size_t i = 0; i < a->width; i++)
		agree |= p[i] == q[i] && p[i] ? a->of_slot[i] : 0;
	return agree;
}

bool linkage_atoms_share(const struct linkage_atoms *a, size_t atom,
			 uint32_t x, uint32_t y)
{
	uint32_t x_room[2], y_room[2];
	size_t n, m;
	const uint32_t *p = look_up(a, &a->entry[atom], x, x_room, &n);
	const uint32_t *q = look_up(a, &a->entry[atom], y, y_room, &m);

	for (size_t i = 0, j = 0; i < n && j < m;) {
		if (p[i] == q[j])
			return true;
		if (p[i] < q[j])
			i++;
		else
			j++;
	}
	return false;
}
