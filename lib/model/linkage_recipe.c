/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What blocking keys are made of, kind by kind: numbers of one value. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/linkage_recipe.h"
#include "model/linkage_values.h"
#include "model/linkage_words.h"

uint32_t linkage_recipe_hash(const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 16777619u;
	h ^= h >> 15;
	return h ? h : 1;
}

static uint32_t hash_text(struct text t)
{
	return linkage_recipe_hash(t.p, t.n);
}

/* ---- numbers of one value ---- */

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
	return code[0] ? linkage_recipe_hash(code, 4) : 0;
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

static size_t make_local_start(const struct linkage_values *v, uint32_t value,
			       uint32_t *to)
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

size_t linkage_recipe_sort(uint32_t *to, size_t n)
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
			to[n++] = linkage_recipe_hash(t.p + i, used);
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
	*to = linkage_recipe_hash(word, n * sizeof(*word));
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
	memmove(r->word + at + 1, r->word + at, (r->n - at) * sizeof(*r->word));
	r->word[at] = word;
	r->n++;
}

static size_t rarest(const struct linkage_values *v, uint32_t value, size_t max,
		     uint32_t *to)
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

const struct linkage_recipe linkage_recipe_value = { "value", make_value,
					    .alone = true };

const struct linkage_recipe
	linkage_recipes[LINKAGE_KINDS][LINKAGE_RECIPES] = {
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
