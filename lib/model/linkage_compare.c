/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of columns: their levels, and who tells them. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/day.h"
#include "model/linkage_values.h"

/* Two different values of a column of one kind. */
typedef unsigned compare(const struct linkage_values *, uint32_t a,
			 uint32_t b);

static struct similar_word word(const struct linkage_values *v, uint32_t i)
{
	return linkage_value_word(&v->value[i]);
}

static unsigned edits(const struct linkage_values *v, uint32_t a, uint32_t b,
		      unsigned max)
{
	struct similar_word x = word(v, a), y = word(v, b);
	unsigned n = similar_word_edits(&x, &y, max);

	/* Equal in the first 64 signs only. */
	return n ? n : 1;
}

/* The last eight signs, or seven, agree. Constants, so no call. */
static bool ends_alike(const struct linkage_values *v, uint32_t a, uint32_t b,
		       bool but_one)
{
	const struct linkage_value *x = &v->value[a], *y = &v->value[b];
	const char *p = x->signs, *q = y->signs;
	size_t n = but_one ? 7 : 8;

	if (x->wide || y->wide || x->n < n || y->n < n)
		return false;
	p += x->n - n;
	q += y->n - n;
	return but_one ? memcmp(p, q, 7) == 0 : memcmp(p, q, 8) == 0;
}

/* ---- dates ---- */

/* One digit off, or two neighbours exchanged: of eight digits each. */
static bool one_edit_off(uint64_t a, uint64_t b)
{
	unsigned char x[8], y[8];
	unsigned first = 8, off = 0;

	memcpy(x, &a, sizeof(x));
	memcpy(y, &b, sizeof(y));
	for (unsigned i = 0; i < 8; i++)
		if (x[i] != y[i]) {
			off++;
			first = first < i ? first : i;
		}
	return off == 1 || (off == 2 && x[first] == y[first + 1] &&
			    y[first] == x[first + 1]);
}

static unsigned compare_dates(const struct linkage_values *v, uint32_t a,
			      uint32_t b)
{
	const struct linkage_date *x = &v->date[a], *y = &v->date[b];
	int same;

	if (!x->year || !y->year)
		return edits(v, a, b, 1) == 1 ? 1 : 4;
	if (x->year == y->year && x->month == y->mday && x->mday == y->month)
		return 1;
	if (one_edit_off(x->digits, y->digits))
		return 1;
	same = (x->year == y->year) + (x->month == y->month) +
	       (x->mday == y->mday);
	if (same == 2)
		return 2;
	if (x->day != DAY_NONE && y->day != DAY_NONE &&
	    abs(x->day - y->day) <= 31)
		return 2;
	return x->year == y->year ? 3 : 4;
}

/* ---- numbers and codes ---- */

static unsigned compare_same(const struct linkage_values *v, uint32_t a,
			     uint32_t b)
{
	(void)v, (void)a, (void)b;
	return 1;
}

static unsigned compare_number(const struct linkage_values *v, uint32_t a,
			       uint32_t b)
{
	return edits(v, a, b, 1) == 1 ? 1 : 2;
}

static unsigned compare_phone(const struct linkage_values *v, uint32_t a,
			      uint32_t b)
{
	/* With and without the area's or the country's number. */
	if (ends_alike(v, a, b, false) ||
	    (v->value[a].n != v->value[b].n && ends_alike(v, a, b, true)))
		return 1;
	return edits(v, a, b, 2) + 1;
}

/* 15 digits are 18 without the century and the check sign. */
static bool is_old_form(struct text old, struct text new)
{
	return old.n == 15 && new.n == 18 && memcmp(old.p, new.p, 6) == 0 &&
	       memcmp(old.p + 6, new.p + 8, 9) == 0;
}

static unsigned compare_id(const struct linkage_values *v, uint32_t a,
			   uint32_t b)
{
	struct text x = linkage_values_text(v, a);
	struct text y = linkage_values_text(v, b);

	if (is_old_form(x, y) || is_old_form(y, x))
		return 1;
	return edits(v, a, b, 2);
}

static unsigned compare_postcode(const struct linkage_values *v, uint32_t a,
				 uint32_t b)
{
	struct text x = linkage_values_text(v, a);
	struct text y = linkage_values_text(v, b);

	if (edits(v, a, b, 1) == 1)
		return 1;
	return x.n >= 2 && y.n >= 2 && memcmp(x.p, y.p, 2) == 0 ? 2 : 3;
}

/* The last eight signs are what a workshop notes of a VIN. */
static unsigned compare_vin(const struct linkage_values *v, uint32_t a,
			    uint32_t b)
{
	if (ends_alike(v, a, b, false))
		return 1;
	return edits(v, a, b, 1) == 1 ? 2 : 3;
}

/* Digits before the @, in their order. */
static unsigned local_digits(const struct linkage_value *v,
			     unsigned char to[SIMILAR_SIGNS])
{
	struct similar_word w = linkage_value_word(v);
	unsigned n = 0;

	for (unsigned i = 0; w.narrow && i < v->head; i++)
		if (ascii_is_digit(w.narrow[i]))
			to[n++] = w.narrow[i];
	return n;
}

/* zhang.wei88 and zhang.wei91: as many digits, and others. Two that changed
 * places are a slip, as is one too many, or one off in a long number alone. */
static bool digits_differ(const struct linkage_value *a,
			  const struct linkage_value *b)
{
	unsigned char x[SIMILAR_SIGNS] = { 0 }, y[SIMILAR_SIGNS] = { 0 };
	unsigned n = local_digits(a, x), sum_x = 0, sum_y = 0;

	if (n == a->head || n == b->head || n != local_digits(b, y) ||
	    memcmp(x, y, n) == 0)
		return false;
	for (unsigned i = 0; i < n; i++) {
		sum_x += x[i];
		sum_y += y[i];
	}
	return sum_x != sum_y;
}

static unsigned email_level(const struct linkage_values *v, uint32_t a,
			    uint32_t b)
{
	const struct linkage_value *p = &v->value[a], *q = &v->value[b];
	struct similar_word x = linkage_value_word(p);
	struct similar_word y = linkage_value_word(q);
	unsigned head = p->head < q->head ? p->head : q->head, n = 3;
	bool far = linkage_value_far(p, q);
	struct similar_places at;
	double jw;

	if (!far) {
		similar_find(&at, &x, &y);
		n = similar_places_edits(&at, 2);
	}
	/* Short local parts are near each other by chance. */
	if (n <= 2 && head >= 3 * n)
		return 1;
	if (p->head == q->head && head >= 3) {
		struct similar_word s = linkage_value_slice(p, 0, head);
		struct similar_word t = linkage_value_slice(q, 0, head);

		if (similar_word_edits(&s, &t, 0) == 0)
			return 2;
	}
	if (far)
		return 4;
	jw = similar_places_jaro_winkler(&at, .80);
	return jw >= .92 ? 2 : jw >= .80 ? 3 : 4;
}

static unsigned compare_email(const struct linkage_values *v, uint32_t a,
			      uint32_t b)
{
	unsigned level = email_level(v, a, b);

	if (level < 3 && digits_differ(&v->value[a], &v->value[b]))
		return 3;
	return level;
}

/* ---- words ---- */

/* One sign off in the whole, where words alone do not show it. */
static bool nearly_equal(const struct linkage_values *v, uint32_t a,
			 uint32_t b)
{
	const struct linkage_value *x = &v->value[a], *y = &v->value[b];

	return x->n >= 4 && y->n >= 4 && x->n < SIMILAR_SIGNS &&
	       y->n < SIMILAR_SIGNS && edits(v, a, b, 1) == 1;
}

static bool numbers_apart(const struct linkage_alike *w)
{
	return w->numbers_a && w->numbers_b && !w->numbers_shared;
}

/* Each has a number that the other has not: volume 2, volume 3. */
static bool numerals_differ(const struct linkage_alike *w)
{
	return w->numbers_shared < w->numbers_a &&
	       w->numbers_shared < w->numbers_b;
}

static unsigned words_level(const struct linkage_values *v, uint32_t a,
			    uint32_t b, const struct linkage_alike *w)
{
	if (w->cosine >= .90)
		return 1;
	if (w->cosine >= .45 && nearly_equal(v, a, b))
		return 1;
	if (w->cosine >= .78)
		return 2;
	if (w->cosine >= .62 || w->contained >= .9)
		return 3;
	return w->cosine >= .45 ? 4 : w->cosine >= .25 ? 5 : 6;
}

/* `apart`: numbers that hold the level down, whatever the words say. */
static unsigned compare_words(const struct linkage_values *v, uint32_t a,
			      uint32_t b,
			      bool (*apart)(const struct linkage_alike *))
{
	struct linkage_alike w = linkage_words_alike(v->words, a, b);
	unsigned level;

	if (w.tight)
		return 1;
	level = words_level(v, a, b, &w);
	return level < 4 && apart(&w) ? 4 : level;
}

static unsigned compare_address(const struct linkage_values *v, uint32_t a,
				uint32_t b)
{
	return compare_words(v, a, b, numbers_apart);
}

static unsigned compare_text(const struct linkage_values *v, uint32_t a,
			     uint32_t b)
{
	return compare_words(v, a, b, numerals_differ);
}

static unsigned compare_firm(const struct linkage_values *v, uint32_t a,
			     uint32_t b)
{
	struct linkage_alike w = linkage_words_alike(v->words, a, b);
	unsigned level;

	if (w.tight || w.cosine >= .999)
		return 1;
	if (w.cosine >= .85 || (w.cosine >= .4 && nearly_equal(v, a, b)))
		level = 2;
	else if (w.cosine >= .65 || w.contained >= .9)
		level = 3;
	else
		level = w.cosine >= .4 ? 4 : 5;
	return level < 4 && numbers_apart(&w) ? 4 : level;
}

/* ---- the table ---- */

static const struct kind {
	compare *compare;	/* NULL: not compared */
	unsigned levels;
	const char *name[LINKAGE_LEVELS_MAX];
	double prior[LINKAGE_LEVELS_MAX];
} kinds[LINKAGE_KINDS] = {
	[LINKAGE_GIVEN] = { linkage_name_part, 5,
		{ "exact", "close", "similar", "weak", "differ" },
		{ .80, .08, .04, .03, .05 } },
	[LINKAGE_SURNAME] = { linkage_name_part, 5,
		{ "exact", "close", "similar", "weak", "differ" },
		{ .80, .08, .04, .03, .05 } },
	[LINKAGE_NAME] = { linkage_name_whole, 8,
		{ "exact", "other order", "same sound", "close", "similar",
		  "part", "weak", "differ" },
		{ .77, .03, .03, .06, .04, .02, .02, .03 } },
	[LINKAGE_FIRM] = { compare_firm, 6,
		{ "exact", "same words", "close", "similar", "related",
		  "differ" },
		{ .70, .08, .08, .05, .04, .05 } },
	[LINKAGE_DATE] = { compare_dates, 5,
		{ "exact", "one edit", "two parts", "same year", "differ" },
		{ .85, .06, .03, .02, .04 } },
	[LINKAGE_PHONE] = { compare_phone, 5,
		{ "exact", "last digits", "one edit", "two edits", "differ" },
		{ .75, .03, .06, .03, .13 } },
	[LINKAGE_EMAIL] = { compare_email, 5,
		{ "exact", "two edits", "same local part", "similar",
		  "differ" },
		{ .80, .08, .04, .03, .05 } },
	[LINKAGE_IDNUM] = { compare_id, 4,
		{ "exact", "one edit", "two edits", "differ" },
		{ .88, .05, .03, .04 } },
	[LINKAGE_POSTCODE] = { compare_postcode, 4,
		{ "exact", "one edit", "same region", "differ" },
		{ .80, .09, .05, .06 } },
	[LINKAGE_NUMBER] = { compare_number, 3,
		{ "exact", "one edit", "differ" },
		{ .80, .12, .08 } },
	[LINKAGE_ADDRESS] = { compare_address, 7,
		{ "exact", "nearly equal", "most words", "many words",
		  "half the words", "some words", "differ" },
		{ .55, .14, .09, .07, .05, .04, .06 } },
	[LINKAGE_PLACE] = { linkage_name_part, 5,
		{ "exact", "close", "similar", "weak", "differ" },
		{ .80, .08, .04, .03, .05 } },
	[LINKAGE_GENDER] = { compare_same, 2,
		{ "exact", "differ" },
		{ .95, .05 } },
	[LINKAGE_CATEGORY] = { compare_same, 2,
		{ "exact", "differ" },
		{ .80, .20 } },
	[LINKAGE_TEXT] = { compare_text, 7,
		{ "exact", "nearly equal", "most words", "many words",
		  "half the words", "some words", "differ" },
		{ .40, .16, .11, .10, .08, .07, .08 } },
	[LINKAGE_VIN] = { compare_vin, 4,
		{ "exact", "last eight", "one edit", "differ" },
		{ .85, .03, .04, .08 } },
	[LINKAGE_PLATE] = { compare_number, 3,
		{ "exact", "one edit", "differ" },
		{ .85, .06, .09 } },
};

unsigned linkage_level_count(enum linkage_kind kind)
{
	return kinds[kind].levels;
}

const char *linkage_level_name(enum linkage_kind kind, unsigned level)
{
	return kinds[kind].name[level];
}

const double *linkage_level_prior(enum linkage_kind kind)
{
	return kinds[kind].prior;
}

/* The best pair; a part in common ends the search. */
static unsigned compare_sets(const struct linkage_values *v, uint32_t a,
			     uint32_t b)
{
	unsigned best = kinds[v->kind].levels - 1;
	uint32_t x, y;

	for (size_t i = 0;
	     (x = linkage_values_part(v, a, i)) != LINKAGE_EMPTY; i++)
		for (size_t j = 0;
		     (y = linkage_values_part(v, b, j)) != LINKAGE_EMPTY; j++) {
			unsigned level;

			if (x == y)
				return 0;
			level = kinds[v->kind].compare(v->parts, x, y);
			if (level < best)
				best = level;
		}
	return best;
}

unsigned linkage_compare(const struct linkage_values *v, uint32_t a,
			 uint32_t b)
{
	if (a == b)
		return 0;
	if (v->set)
		return compare_sets(v, a, b);
	return kinds[v->kind].compare(v, a, b);
}

uint32_t linkage_shared_frequency(const struct linkage_values *v, uint32_t a,
				  uint32_t b)
{
	if (v->set || !v->words)
		return 0;
	return linkage_words_alike(v->words, a, b).rarest;
}
