/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns to link by, made of the table's: names that belong together, a date
 * out of three, values in their compared form, proofs and readings. */
#include <string.h>

#include "base/ascii.h"
#include "canon/clean.h"
#include "canon/idno.h"
#include "canon/linkfield_in.h"
#include "canon/pinyin.h"

/* ---- columns that belong together ---- */

enum part { YEAR, MONTH, DAY };

static bool is_part(const struct linkfield_held *h, enum part part)
{
	static const enum linkfield_look look[] = { LOOKS_YEAR, LOOKS_MONTH,
						    LOOKS_DAY };

	if (h->told || h->ignored || !h->looks.filled)
		return false;
	/* Months and days are typed wrongly, but mostly within their range. */
	return h->looks.share[look[part]] >= .95 &&
	       (part != DAY || h->looks.share[LOOKS_LATE_DAY] >= .3);
}

static const enum part orders[3][3] = { { YEAR, MONTH, DAY },
					{ DAY, MONTH, YEAR },
					{ MONTH, DAY, YEAR } };

/* Three columns from i on that are one date: part[YEAR] and so on. */
static bool find_date(const struct linkfield *f, size_t i, size_t part[3])
{
	for (size_t o = 0; o < NELEMS(orders) && i + 2 < f->n; o++) {
		bool all = true;

		for (size_t k = 0; k < 3; k++) {
			all &= is_part(&f->column[i + k], orders[o][k]);
			part[orders[o][k]] = i + k;
		}
		if (all)
			return true;
	}
	return false;
}

/* How many different values two columns share, of the smaller one's. */
static double overlap(const struct linkfield_held *a,
		      const struct linkfield_held *b)
{
	size_t na = group_count(a->values), nb = group_count(b->values);
	size_t both = 0;

	if (na > nb)
		return overlap(b, a);
	for (size_t i = 0; i < na; i++)
		both += group_find(b->values, group_key(a->values, i)) !=
			SIZE_MAX;
	return na ? (double)both / (double)na : 0;
}

/* A column of names by its content: one word, and many different ones. */
static bool is_word_column(const struct linkfield *f,
			   const struct linkfield_held *h)
{
	return h->said.use == LINKFIELD_COMPARED &&
	       h->said.kind == LINKAGE_NAME && !h->told &&
	       h->looks.filled * 3 >= f->rows &&
	       h->looks.share[LOOKS_WORD] >= .8 &&
	       h->looks.share[LOOKS_HAN_NAME] < .5 && !h->hint.identity;
}

static bool has_names(const struct linkfield *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->column[i].said.kind == LINKAGE_GIVEN ||
		    f->column[i].said.kind == LINKAGE_SURNAME)
			return true;
	return false;
}

/*
 * Names in two columns that no header tells apart: of the neighbours that
 * hold single words, those that share most values (people are called James
 * both ways, no town is), else the first.
 */
void linkfield_pair_names(struct linkfield *f)
{
	struct linkfield_held *before = NULL, *given = NULL, *surname = NULL;
	double best = -1;

	if (has_names(f))
		return;
	for (size_t i = 0; i < f->n; i++) {
		struct linkfield_held *h = &f->column[i];
		double o;

		if (!is_word_column(f, h))
			continue;
		o = before ? overlap(before, h) : -1;
		if (o > best) {
			best = o;
			given = before;
			surname = h;
		}
		before = h;
	}
	if (!given)
		return;
	given->said.kind = LINKAGE_GIVEN;
	surname->said.kind = LINKAGE_SURNAME;
}

static const struct linkfield_held *first_of(const struct linkfield *f,
					     enum linkage_kind kind)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->column[i].said.use == LINKFIELD_COMPARED &&
		    f->column[i].said.kind == kind)
			return &f->column[i];
	return NULL;
}

static struct text cell_of(const struct linkfield *f,
			   const struct linkfield_held *h, uint32_t row)
{
	return clean_text(
		linkfield_raw(f, row, (size_t)(h - f->column)));
}

/* As words of it, for "Ann" is not in "Annette Smith". */
static bool holds_word(struct text whole, struct text word)
{
	for (size_t i = 0; i + word.n <= whole.n; i++) {
		size_t end = i + word.n;

		if ((i == 0 || whole.p[i - 1] == ' ') &&
		    (end == whole.n || whole.p[end] == ' ') &&
		    memcmp(whole.p + i, word.p, word.n) == 0)
			return true;
	}
	return false;
}

#define DERIVED .8	/* of the rows in which all three are filled */

static bool is_derived(const struct linkfield *f,
		       const struct linkfield_held *name,
		       const struct linkfield_held *given,
		       const struct linkfield_held *surname)
{
	uint64_t rows = 0, both = 0;

	for (uint32_t r = 0; r < f->rows; r++) {
		struct text n = cell_of(f, name, r);
		struct text g = cell_of(f, given, r);
		struct text s = cell_of(f, surname, r);

		if (!n.n || !g.n || !s.n)
			continue;
		rows++;
		both += holds_word(n, g) && holds_word(n, s);
	}
	return rows && (double)both >= DERIVED * (double)rows;
}

void linkfield_drop_derived(struct linkfield *f)
{
	const struct linkfield_held *given = first_of(f, LINKAGE_GIVEN);
	const struct linkfield_held *surname = first_of(f, LINKAGE_SURNAME);

	for (size_t i = 0; given && surname && i < f->n; i++) {
		struct linkfield_held *h = &f->column[i];

		if (h->said.use == LINKFIELD_COMPARED && !h->told &&
		    h->said.kind == LINKAGE_NAME &&
		    is_derived(f, h, given, surname))
			h->said.use = LINKFIELD_DERIVED;
	}
}

/* ---- the compared columns ---- */

static struct linkfield_form *new_compared(struct linkfield *f,
					   const char *name)
{
	struct linkfield_form *c = &f->compared[f->ncompared++];

	c->is = (struct linkage_column){ .name = name, .sound = LINKAGE_NONE };
	return c;
}

static struct text keep(struct linkfield *f, const struct buf *b)
{
	struct text t = buf_text(b);

	if (!t.n)
		return (struct text){ 0 };
	return (struct text){ arena_copy(&f->arena, t.p, t.n), t.n };
}

static void put_form(struct buf *to, const struct linkfield_held *h,
		     enum linkage_kind kind, struct text cell)
{
	if (kind == LINKAGE_DATE)
		linkfield_date(to, h->looks.order, cell);
	else
		linkfield_value(to, kind, cell);
}

static void form_values(struct linkfield *f, const struct linkfield_held *h,
			struct linkfield_form *c)
{
	size_t n = group_count(h->values);
	struct buf b = { 0 };

	c->form = mem_zalloc(n, sizeof(*c->form));
	for (size_t i = 0; i < n; i++) {
		buf_clear(&b);
		put_form(&b, h, c->is.kind, group_key(h->values, i));
		c->form[i] = keep(f, &b);
	}
	buf_release(&b);
}

static void compare_column(struct linkfield *f, size_t i)
{
	struct linkfield_held *h = &f->column[i];
	struct linkfield_form *c = new_compared(f, h->said.name.p);

	c->is.kind = h->said.kind;
	c->is.attribute = h->said.attribute;
	c->part[0] = i;
	form_values(f, h, c);
}

/* The citizens' numbers that are valid, once more: two different ones are two
 * people, two equal ones are one. */
static void compare_proof(struct linkfield *f, size_t i)
{
	struct linkfield_held *h = &f->column[i];
	struct linkfield_form *c = new_compared(f, h->said.name.p);
	char room[64];

	c->is.kind = LINKAGE_IDNUM;
	c->is.proof = true;
	c->part[0] = i;
	c->form = mem_zalloc(group_count(h->values), sizeof(*c->form));
	for (size_t k = 0; k < group_count(h->values); k++) {
		struct text t = group_key(h->values, k);

		if (t.n > sizeof(room))
			continue;
		t = clean_key(t, room);
		if (idno_read(t).kind == IDNO_PERSON)
			c->form[k] = (struct text){
				arena_copy(&f->arena, t.p, t.n), t.n
			};
	}
}

/* How the names of the compared column `of` are read, in one of its own. */
static void compare_sound(struct linkfield *f, size_t of)
{
	struct linkfield_form *c = new_compared(f, f->compared[of].is.name);
	const struct linkfield_form *names = &f->compared[of];
	size_t n = group_count(f->column[names->part[0]].values);
	struct pinyin *pinyin = pinyin_new();
	struct buf b = { 0 };

	c->is.kind = LINKAGE_SOUND;
	c->part[0] = names->part[0];
	c->form = mem_zalloc(n, sizeof(*c->form));
	for (size_t i = 0; i < n; i++) {
		buf_clear(&b);
		if (pinyin_name(pinyin, names->form[i], &b))
			c->form[i] = keep(f, &b);
	}
	f->compared[of].is.sound = f->ncompared - 1;
	buf_release(&b);
	pinyin_free(pinyin);
}

static bool has_sound(const struct linkfield_held *h)
{
	return h->said.kind == LINKAGE_NAME &&
	       h->looks.share[LOOKS_HAN_NAME] >= .1;
}

static bool has_proof(const struct linkfield_held *h)
{
	return h->said.kind == LINKAGE_IDNUM &&
	       h->looks.share[LOOKS_CITIZEN] >= .3;
}

static int part_of(const struct linkfield *f, uint32_t row, size_t column)
{
	struct text t = clean_text(linkfield_raw(f, row, column));
	int v = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (!ascii_is_digit(t.p[i]) || v > 999)
			return 0;
		v = v * 10 + t.p[i] - '0';
	}
	return v;
}

static void compare_date(struct linkfield *f, const size_t part[3])
{
	struct linkfield_form *c;
	struct buf name = { 0 };
	size_t first = part[YEAR] < part[DAY] ? part[YEAR] : part[MONTH];

	if (part[DAY] < first)
		first = part[DAY];
	for (size_t k = first; k < first + 3; k++) {
		struct linkfield_held *h = &f->column[k];

		h->said.kind = LINKAGE_DATE;
		h->said.why = "part of a date";
		buf_addf(&name, "%s%s", k > first ? "+" : "", h->said.name.p);
	}
	c = new_compared(f, arena_strdup(&f->arena, name.p, name.n));
	c->is.kind = LINKAGE_DATE;
	c->is_date = true;
	/* One that is called otherwise than after a birth, and lies close
	 * together, is an attribute as any date. */
	c->is.attribute = !f->column[part[YEAR]].hint.identity &&
			  !linkfield_is_birth(&f->column[part[YEAR]]);
	memcpy(c->part, part, sizeof(c->part));
	f->date = mem_zalloc(f->rows, sizeof(*f->date));
	for (uint32_t r = 0; r < f->rows; r++) {
		int y = part_of(f, r, part[YEAR]);
		int m = part_of(f, r, part[MONTH]);
		int d = part_of(f, r, part[DAY]);

		if (!y && !m && !d)
			continue;
		buf_clear(&name);
		buf_addf(&name, "%04d-%02d-%02d", y, m, d);
		f->date[r] = keep(f, &name);
	}
	buf_release(&name);
}

/* The years of the parts of a date, which alone are no dates. */
static void look_at_years(struct linkfield_held *h)
{
	h->looks.first_year = INT32_MAX;
	for (size_t i = 0; i < group_count(h->values); i++) {
		struct text t = clean_text(group_key(h->values, i));
		int y = 0;

		for (size_t k = 0; k < t.n && t.n == 4; k++)
			y = y * 10 + t.p[k] - '0';
		if (y < 1850 || y > 2100)
			continue;
		if (y < h->looks.first_year)
			h->looks.first_year = y;
		if (y > h->looks.last_year)
			h->looks.last_year = y;
	}
}

bool linkfield_form_date(struct linkfield *f, size_t i)
{
	size_t part[3];

	if (!find_date(f, i, part))
		return false;
	look_at_years(&f->column[part[YEAR]]);
	compare_date(f, part);
	return true;
}

void linkfield_form_column(struct linkfield *f, size_t i)
{
	const struct linkfield_held *h = &f->column[i];

	compare_column(f, i);
	if (has_proof(h))
		compare_proof(f, i);
	else if (has_sound(h))
		compare_sound(f, f->ncompared - 1);
}
