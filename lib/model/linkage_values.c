/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dictionary of a column's values, and what is prepared of each. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/day.h"
#include "base/mem.h"
#include "model/linkage_values.h"
#include "model/surname.h"

static bool is_name(enum linkage_kind kind)
{
	return kind == LINKAGE_NAME || kind == LINKAGE_GIVEN ||
	       kind == LINKAGE_SURNAME || kind == LINKAGE_PLACE;
}

static bool has_words(enum linkage_kind kind)
{
	return kind == LINKAGE_ADDRESS || kind == LINKAGE_TEXT ||
	       kind == LINKAGE_FIRM;
}

struct linkage_values *linkage_values_new(enum linkage_kind kind, bool set)
{
	struct linkage_values *v = mem_zalloc(1, sizeof(*v));

	v->kind = kind;
	v->set = set;
	v->dictionary = group_new(sizeof(struct linkage_entry),
				  sizeof(struct linkage_entry), NULL, NULL);
	if (set)
		v->parts = linkage_values_new(kind, false);
	else
		v->sounds = group_new(sizeof(uint32_t), sizeof(uint32_t), NULL,
				      NULL);
	if (!set && has_words(kind))
		v->words = linkage_words_new(kind);
	return v;
}

void linkage_values_free(struct linkage_values *v)
{
	if (!v)
		return;
	linkage_values_free(v->parts);
	group_free(v->dictionary);
	group_free(v->sounds);
	linkage_words_free(v->words);
	arena_release(&v->signs);
	free(v->part);
	free(v->value);
	free(v->name);
	free(v->date);
	buf_release(&v->scratch);
	free(v);
}

/* ---- adding ---- */

/* The text without its blanks, until the next call. */
static struct text tight(struct linkage_values *v, struct text t)
{
	buf_clear(&v->scratch);
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != ' ')
			buf_addc(&v->scratch, t.p[i]);
	return buf_text(&v->scratch);
}

static void add_parts(struct linkage_values *v, struct linkage_entry *e,
		      struct text value, struct text sound)
{
	struct text one, reading;

	e->part = v->part_count;
	while (text_split(&value, '\n', &one)) {
		uint32_t number;

		if (!text_split(&sound, '\n', &reading))
			reading = (struct text){ 0 };
		number = linkage_values_add(v->parts, one, reading);
		if (number == LINKAGE_EMPTY)
			continue;
		v->part = mem_grow(v->part, v->part_count, &v->part_cap,
				   sizeof(*v->part));
		v->part[v->part_count++] = number;
		e->parts++;
	}
}

uint32_t linkage_values_add(struct linkage_values *v, struct text value,
			    struct text sound)
{
	size_t known = group_count(v->dictionary), at;
	struct linkage_entry *e;

	if (value.n == 0)
		return LINKAGE_EMPTY;
	at = group_intern(v->dictionary, value);
	if (at < known)
		return (uint32_t)at;
	e = group_entry(v->dictionary, at);
	if (v->set)
		add_parts(v, e, value, sound);
	else if (sound.n)
		e->sound =
			(uint32_t)group_intern(v->sounds, tight(v, sound)) + 1;
	if (v->words)
		linkage_words_add(v->words, value);
	return (uint32_t)at;
}

/* ---- signs ---- */

static bool all_han(const struct similar_word *w)
{
	for (unsigned i = 0; i < w->n; i++)
		if (!surname_is_han(w->wide[i]))
			return false;
	return true;
}

/* Signs before the @. */
static uint8_t local_signs(const struct similar_word *w)
{
	for (unsigned i = 0; i < w->n; i++)
		if (similar_sign(w, i) == '@')
			return (uint8_t)i;
	return (uint8_t)w->n;
}

static void prepare_signs(struct linkage_values *v, uint32_t i)
{
	const struct linkage_entry *e = group_entry(v->dictionary, i);
	uint32_t room[SIMILAR_SIGNS];
	struct similar_word w = similar_word(group_key(v->dictionary, i), room);
	struct linkage_value *to = &v->value[i];

	to->n = (uint8_t)w.n;
	to->bag = similar_bag(&w);
	to->wide = w.wide != NULL;
	to->sound = e->sound ? e->sound - 1 : LINKAGE_EMPTY;
	to->signs = w.narrow;
	if (w.wide) {
		uint32_t *keep = arena_alloc(&v->signs, w.n * sizeof(*keep));

		memcpy(keep, w.wide, w.n * sizeof(*keep));
		to->signs = keep;
		to->han = all_han(&w);
	}
	if (to->han)
		to->head = (uint8_t)surname_signs(w.wide, w.n);
	if (v->kind == LINKAGE_EMAIL)
		to->head = local_signs(&w);
}

static unsigned common_prefix(const struct linkage_value *a,
			      const struct linkage_value *b)
{
	struct similar_word x = linkage_value_word(a);
	struct similar_word y = linkage_value_word(b);
	unsigned n = 0;

	if (a->wide != b->wide)
		return 4; /* at worst */
	while (n < 4 && n < x.n && n < y.n &&
	       similar_sign(&x, n) == similar_sign(&y, n))
		n++;
	return n;
}

bool linkage_value_far(const struct linkage_value *a,
		       const struct linkage_value *b)
{
	/* 100 (s/m + s/n) below which so long a common start does not lift
	 * the similarity to .80; it lifts from .70 on. */
	static const unsigned limit[] = { 140, 133, 125, 114, 110 };
	unsigned m = a->n, n = b->n, longer = m > n ? m : n;
	unsigned shared = similar_bag_shared(&a->bag, &b->bag);
	unsigned sum = 100 * shared * (m + n);

	if (longer <= shared + 2 || sum >= limit[0] * m * n)
		return false;
	return sum < limit[4] * m * n ||
	       sum < limit[common_prefix(a, b)] * m * n;
}

/* ---- names in letters ---- */

static void prepare_name(struct linkage_values *v, uint32_t i)
{
	struct similar_word w = linkage_value_word(&v->value[i]);
	struct linkage_name *to = &v->name[i];
	unsigned from = 0;

	for (unsigned at = 0; at <= w.n; at++) {
		uint32_t c = at == w.n ? ' ' : similar_sign(&w, at);

		if (c != ' ')
			continue;
		if (at > from && to->words < LINKAGE_NAME_WORDS) {
			to->word[to->words].from = (uint8_t)from;
			to->word[to->words++].n = (uint8_t)(at - from);
		}
		from = at + 1;
	}
}

/* A name in letters that is spelled as another's reading: as it stands, or
 * with its last word, the surname, first. */
static void find_sound(struct linkage_values *v, uint32_t i)
{
	struct text t = group_key(v->dictionary, i);
	size_t at = group_find(v->sounds, tight(v, t)), last = t.n;

	while (last > 0 && t.p[last - 1] != ' ')
		last--;
	if (at == SIZE_MAX && last > 0) {
		struct text front = { t.p, last };
		struct text back = { t.p + last, t.n - last };

		buf_clear(&v->scratch);
		buf_addt(&v->scratch, back);
		for (size_t k = 0; k < front.n; k++)
			if (front.p[k] != ' ')
				buf_addc(&v->scratch, front.p[k]);
		at = group_find(v->sounds, buf_text(&v->scratch));
	}
	if (at != SIZE_MAX)
		v->value[i].sound = (uint32_t)at;
}

/* ---- dates ---- */

/* YYYY-MM-DD, YYYYMMDD, YYYY-MM and YYYY, the day need not exist. */
static struct linkage_date read_date(struct text t)
{
	struct linkage_date d = { .day = DAY_NONE };
	unsigned char digits[8] = "00000000";
	struct civil c;
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '-' && (n == 4 || n == 6))
			continue;
		if (!ascii_is_digit(t.p[i]) || n == 8)
			return d;
		digits[n++] = (unsigned char)t.p[i];
	}
	if (n != 4 && n != 6 && n != 8)
		return d;
	memcpy(&d.digits, digits, sizeof(digits));
	for (size_t i = 0; i < 8; i++)
		digits[i] = (unsigned char)(digits[i] - '0');
	d.year = (int16_t)(digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 +
			   digits[3]);
	d.month = (uint8_t)(digits[4] * 10 + digits[5]);
	d.mday = (uint8_t)(digits[6] * 10 + digits[7]);
	c = (struct civil){ d.year, d.month, d.mday };
	if (day_exists(c))
		d.day = day_of(c);
	return d;
}

/* ---- all of them ---- */

static void prepare_names(struct linkage_values *v, uint32_t n)
{
	v->name = mem_zalloc(n, sizeof(*v->name));
	for (uint32_t i = 0; i < n; i++) {
		prepare_name(v, i);
		if (v->value[i].sound == LINKAGE_EMPTY && !v->value[i].wide)
			find_sound(v, i);
	}
}

void linkage_values_finish(struct linkage_values *v)
{
	uint32_t n = (uint32_t)group_count(v->dictionary);

	if (v->set) {
		linkage_values_finish(v->parts);
		return;
	}
	v->value = mem_zalloc(n, sizeof(*v->value));
	for (uint32_t i = 0; i < n; i++)
		prepare_signs(v, i);
	if (is_name(v->kind))
		prepare_names(v, n);
	if (v->kind == LINKAGE_DATE) {
		v->date = mem_alloc(n, sizeof(*v->date));
		for (uint32_t i = 0; i < n; i++)
			v->date[i] = read_date(group_key(v->dictionary, i));
	}
	if (v->words)
		linkage_words_finish(v->words);
}

/* ---- what is there ---- */

size_t linkage_values_count(const struct linkage_values *v)
{
	return group_count(v->dictionary);
}

struct text linkage_values_text(const struct linkage_values *v, uint32_t i)
{
	return group_key(v->dictionary, i);
}

const struct linkage_values *
linkage_values_parts(const struct linkage_values *v)
{
	return v->set ? v->parts : v;
}

uint32_t linkage_values_part(const struct linkage_values *v, uint32_t value,
			     size_t i)
{
	const struct linkage_entry *e;

	if (!v->set)
		return i == 0 ? value : LINKAGE_EMPTY;
	e = group_entry(v->dictionary, value);
	return i < e->parts ? v->part[e->part + i] : LINKAGE_EMPTY;
}

struct text linkage_values_sound(const struct linkage_values *v, uint32_t i)
{
	uint32_t sound = v->value[i].sound;

	return sound == LINKAGE_EMPTY ? (struct text){ 0 }
				      : group_key(v->sounds, sound);
}
