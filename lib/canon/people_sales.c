/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cars that were sold from one customer to another. */
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
	alike = pinyin_name(p->pinyin, b, &p->form) &&
		p->form.n == 2 * n && memcmp(p->form.p, p->form.p + n, n) == 0;
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
	return a->last && b->last && a->first <= b->last &&
	       b->first <= a->last;
}

static int by_vin(const void *a, const void *b)
{
	const struct people_fact *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

static int by_pair(const void *a, const void *b)
{
	const struct people_sale *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* A car with more owners than this is nobody's (a number typed to fill the
 * field): blocking passes it over anyway. */
#define OWNERS_MAX 60

struct sales {
	struct people_sale *item;
	size_t n, cap;
};

static void compare_owners(struct people *p, const struct people_fact *f,
			   size_t n, struct sales *s)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++) {
			if (overlap(&f[i].days, &f[k].days) ||
			    !are_strangers(p, f[i].record, f[k].record))
				continue;
			s->item = mem_grow(s->item, s->n, &s->cap,
					   sizeof(*s->item));
			s->item[s->n++] = (struct people_sale){
				f[i].record, f[k].record
			};
		}
}

struct people_sale *people_sales(struct people *p, size_t *n)
{
	struct people_fact *vin = mem_alloc(p->nfacts, sizeof(*vin));
	struct sales s = { 0 };
	size_t nvin = 0, same;

	for (size_t i = 0; i < p->nfacts; i++)
		if (p->fact[i].field == PEOPLE_VIN)
			vin[nvin++] = p->fact[i];
	qsort(vin, nvin, sizeof(*vin), by_vin);
	for (size_t i = 0; i < nvin; i += same) {
		same = 1;
		while (i + same < nvin && vin[i + same].value == vin[i].value)
			same++;
		if (same > 1 && same <= OWNERS_MAX)
			compare_owners(p, vin + i, same, &s);
	}
	free(vin);
	if (s.n)
		qsort(s.item, s.n, sizeof(*s.item), by_pair);
	*n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (!*n || by_pair(&s.item[*n - 1], &s.item[i]) != 0)
			s.item[(*n)++] = s.item[i];
	return s.item;
}
