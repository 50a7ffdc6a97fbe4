/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who share a car or a telephone: whom that joins, and whom not. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "canon/people_in.h"
#include "model/similar.h"

/* The names of a record, one after the other. */
static const struct people_fact *names_of(const struct people *p,
					  uint32_t record, size_t *n)
{
	const struct people_fact *f = p->fact + p->start[record];
	const struct people_fact *end = p->fact + p->start[record + 1];

	_Static_assert(PEOPLE_NAME == 0, "names stand first");
	*n = 0;
	while (f + *n < end && f[*n].field == PEOPLE_NAME)
		++*n;
	return f;
}

static bool sound_alike(struct people *p, struct text a, struct text b)
{
	size_t n;
	bool alike;

	buf_clear(&p->form);
	if (!pinyin_name(p->pinyin, a, &p->form))
		return false;
	n = p->form.n;
	alike = pinyin_name(p->pinyin, b, &p->form) && p->form.n == 2 * n &&
		memcmp(p->form.p, p->form.p + n, n) == 0;
	return alike;
}

/* One name, typed wrongly or in part: 王 (of 王先生), 王伟 and 王玮, three
 * signs with one of them wrong. */
static bool is_one_name(struct people *p, struct text a, struct text b)
{
	size_t na = utf8_count(a), nb = utf8_count(b);
	size_t shorter = na < nb ? na : nb;

	if (text_eq(a, b) || sound_alike(p, a, b))
		return true;
	if (shorter == 1)
		return memcmp(a.p, b.p, a.n < b.n ? a.n : b.n) == 0;
	return shorter >= 3 && similar_edits(a, b, 1) <= 1;
}

static bool are_strangers(struct people *p, uint32_t a, uint32_t b)
{
	size_t na, nb;
	const struct people_fact *x = names_of(p, a, &na);
	const struct people_fact *y = names_of(p, b, &nb);

	for (size_t i = 0; i < na; i++)
		for (size_t k = 0; k < nb; k++)
			if (is_one_name(p, people_value(p, x + i),
					people_value(p, y + k)))
				return false;
	return na && nb;
}

static bool overlap(const struct people_days *a, const struct people_days *b)
{
	return a->last && b->last && a->first <= b->last && b->first <= a->last;
}

static int by_value(const void *a, const void *b)
{
	const struct people_fact *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

static int by_pair(const void *a, const void *b)
{
	const struct people_pair *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* A car or telephone of more people than this is nobody's (a number typed to
 * fill the field): blocking passes it over anyway. */
#define SHARED_MAX 60

struct pairs {
	struct people_pair *item;
	size_t n, cap;
};

static void add_pair(struct pairs *s, uint32_t a, uint32_t b)
{
	s->item = mem_grow(s->item, s->n, &s->cap, sizeof(*s->item));
	s->item[s->n++] = (struct people_pair){a < b ? a : b, a < b ? b : a};
}

typedef void compare_sharers(struct people *, const struct people_fact *,
			     size_t n, struct pairs *);

/* Goes through those who share a value, in the order of the records. */
static struct people_pair *sharers(struct people *p, enum people_field field,
				   compare_sharers *compare, size_t *n)
{
	struct people_fact *fact = mem_alloc(p->nfacts, sizeof(*fact));
	struct pairs s = {0};
	size_t facts = 0, same;

	for (size_t i = 0; i < p->nfacts; i++)
		if (p->fact[i].field == field)
			fact[facts++] = p->fact[i];
	qsort(fact, facts, sizeof(*fact), by_value);
	for (size_t i = 0; i < facts; i += same) {
		same = 1;
		while (i + same < facts &&
		       fact[i + same].value == fact[i].value)
			same++;
		if (same > 1 && same <= SHARED_MAX)
			compare(p, fact + i, same, &s);
	}
	free(fact);
	if (s.n)
		qsort(s.item, s.n, sizeof(*s.item), by_pair);
	*n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (!*n || by_pair(&s.item[*n - 1], &s.item[i]) != 0)
			s.item[(*n)++] = s.item[i];
	return s.item;
}

static void compare_owners(struct people *p, const struct people_fact *f,
			   size_t n, struct pairs *s)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (!overlap(&f[i].days, &f[k].days) &&
			    are_strangers(p, f[i].record, f[k].record))
				add_pair(s, f[i].record, f[k].record);
}

struct people_pair *people_sales(struct people *p, size_t *n)
{
	return sharers(p, PEOPLE_VIN, compare_owners, n);
}

/* ---- titles ---- */

/* The only name of a record, when it has one alone. */
static struct text only_name(const struct people *p, uint32_t record)
{
	size_t n;
	const struct people_fact *f = names_of(p, record, &n);

	return n == 1 ? people_value(p, f) : (struct text){NULL, 0};
}

static bool is_surname(struct text name)
{
	return name.n > 1 && utf8_count(name) == 1;
}

/* The first of those with a full name of this surname, when all have the same;
 * else UINT32_MAX. */
static uint32_t namesake(struct people *p, const struct people_fact *f,
			 size_t n, struct text surname)
{
	struct text name = {NULL, 0};
	uint32_t first = UINT32_MAX;

	for (size_t i = 0; i < n; i++) {
		struct text other = only_name(p, f[i].record);

		if (other.n <= surname.n ||
		    memcmp(other.p, surname.p, surname.n) != 0)
			continue;
		if (first != UINT32_MAX && !text_eq(other, name))
			return UINT32_MAX;
		if (first == UINT32_MAX)
			first = f[i].record;
		name = other;
	}
	return first;
}

static bool has_one_phone(const struct people *p, uint32_t record)
{
	size_t n = 0;

	for (size_t i = p->start[record]; i < p->start[record + 1]; i++)
		n += p->fact[i].field == PEOPLE_PHONE;
	return n == 1;
}

static void compare_titles(struct people *p, const struct people_fact *f,
			   size_t n, struct pairs *s)
{
	for (size_t i = 0; i < n; i++) {
		struct text surname = only_name(p, f[i].record);
		uint32_t other;

		if (!is_surname(surname) || !has_one_phone(p, f[i].record))
			continue;
		other = namesake(p, f, n, surname);
		if (other != UINT32_MAX)
			add_pair(s, f[i].record, other);
	}
}

struct people_pair *people_titles(struct people *p, size_t *n)
{
	return sharers(p, PEOPLE_PHONE, compare_titles, n);
}
