/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table held column by column: each different cell once, each row as its
 * cells' numbers. So a value is looked at, judged and brought into its
 * compared form once, however often it stands there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "canon/idno.h"
#include "canon/linkfield_in.h"
#include "canon/pinyin.h"

#define EMPTY UINT32_MAX

/* Bytes 0..n of the arena's text; n == 0: says nothing. */
struct held {
	struct linkfield_column said;
	struct linkfield_hint hint;
	struct linkfield_looks looks;
	bool told;		/* the user gave the kind */
	bool ignored;
	struct group *values;	/* distinct cells; entry: uint32_t, how often */
	uint32_t *code;		/* of each row; EMPTY */
};

/* A column to link by. */
struct compared {
	struct linkage_column is;
	size_t part[3];		/* year, month, day; else part[0] alone */
	bool is_date;		/* of three parts */
	struct text *form;	/* of each distinct cell of part[0] */
};

struct linkfield {
	struct held *column;
	size_t n;
	uint32_t rows;
	size_t rows_cap;
	struct linkfield_column *said;	/* as the caller sees them */
	struct compared *compared;
	struct linkage_column *is;
	size_t ncompared;
	struct text *date;	/* of each row, when three parts are one */
	struct arena arena;
};

/* ---- rows ---- */

struct linkfield *linkfield_new(const struct text *header, size_t n)
{
	struct linkfield *f = mem_zalloc(1, sizeof(*f));

	f->n = n;
	f->column = mem_zalloc(n, sizeof(*f->column));
	for (size_t i = 0; i < n; i++) {
		struct held *h = &f->column[i];
		struct text name = clean_text(header[i]);

		h->said.name = (struct text){
			arena_strdup(&f->arena, name.p, name.n), name.n
		};
		h->hint = linkfield_hint(name);
		h->values = group_new(sizeof(uint32_t), 0, NULL, NULL);
	}
	return f;
}

void linkfield_free(struct linkfield *f)
{
	for (size_t i = 0; i < f->n; i++) {
		group_free(f->column[i].values);
		free(f->column[i].code);
	}
	for (size_t i = 0; i < f->ncompared; i++)
		free(f->compared[i].form);
	arena_release(&f->arena);
	free(f->column);
	free(f->said);
	free(f->compared);
	free(f->is);
	free(f->date);
	free(f);
}

static struct held *find(struct linkfield *f, struct text column)
{
	struct held *found = NULL;

	for (size_t i = 0; i < f->n; i++) {
		if (!text_eq(f->column[i].said.name, column))
			continue;
		if (found)
			return NULL;
		found = &f->column[i];
	}
	return found;
}

bool linkfield_say(struct linkfield *f, struct text column,
		   enum linkage_kind kind)
{
	struct held *h = find(f, column);

	if (!h)
		return false;
	h->told = true;
	h->said.kind = kind;
	return true;
}

bool linkfield_ignore(struct linkfield *f, struct text column)
{
	struct held *h = find(f, column);

	if (h)
		h->ignored = true;
	return h;
}

static void grow(struct linkfield *f)
{
	f->rows_cap = f->rows_cap ? f->rows_cap + f->rows_cap / 2 : 1024;
	for (size_t i = 0; i < f->n; i++)
		f->column[i].code = mem_resize(f->column[i].code, f->rows_cap,
					       sizeof(uint32_t));
}

void linkfield_add(struct linkfield *f, const struct text *cell)
{
	if (f->rows == f->rows_cap)
		grow(f);
	for (size_t i = 0; i < f->n; i++) {
		struct held *h = &f->column[i];
		uint32_t code = EMPTY;

		if (cell[i].n) {
			code = (uint32_t)group_intern(h->values, cell[i]);
			++*(uint32_t *)group_entry(h->values, code);
		}
		h->code[f->rows] = code;
	}
	f->rows++;
}

uint32_t linkfield_rows(const struct linkfield *f)
{
	return f->rows;
}

struct text linkfield_raw(const struct linkfield *f, uint32_t row,
			  size_t column)
{
	const struct held *h = &f->column[column];

	if (h->code[row] == EMPTY)
		return (struct text){ 0 };
	return group_key(h->values, h->code[row]);
}

/* ---- what a column holds ---- */

static uint32_t times(const struct held *h, size_t value)
{
	return *(uint32_t *)group_entry(h->values, value);
}

static void look(struct held *h)
{
	struct linkfield_tally *tally = linkfield_tally_new();
	struct buf plain = { 0 };

	for (size_t i = 0; i < group_count(h->values); i++) {
		struct text t = clean_text(group_key(h->values, i));

		buf_clear(&plain);
		utf8_plain(&plain, t);
		t = clean_text(buf_text(&plain));
		if (t.n && !linkfield_is_null(t))
			linkfield_tally_add(tally, t, times(h, i));
	}
	h->looks = linkfield_tally_end(tally);
	buf_release(&plain);
}

/* Births spread over the years; deals, visits and entries do not. */
#define BIRTHS_SPREAD 30

static bool is_birth(const struct held *h)
{
	return h->looks.last_year - h->looks.first_year >= BIRTHS_SPREAD;
}

/* A header that names a place over a few short codes (nsw, qld). */
static bool is_code_of_place(const struct held *h)
{
	return h->looks.longest <= 3 && h->looks.distinct <= 100;
}

/* May the header's kind stand, given what is in the cells? A date of birth
 * must look like one now and then, a phone must have digits. */
static bool header_holds(const struct held *h)
{
	const double *share = h->looks.share;

	switch (h->hint.kind) {
	case LINKAGE_DATE:
		return share[LOOKS_DATE] >= .3;
	case LINKAGE_EMAIL:
		return share[LOOKS_EMAIL] >= .3;
	case LINKAGE_PHONE:
	case LINKAGE_POSTCODE:
		return share[LOOKS_CODE] + share[LOOKS_MIXED] >= .5;
	case LINKAGE_VIN:
		return share[LOOKS_VIN] >= .2;
	case LINKAGE_GIVEN:
	case LINKAGE_SURNAME:
	case LINKAGE_NAME:
		return share[LOOKS_DIGITS] < .5;
	case LINKAGE_KINDS:
		return false;
	default:
		return true;
	}
}

static void settle_kind(struct held *h)
{
	struct linkfield_column *c = &h->said;

	if (h->told) {
		c->why = "as told";
		c->attribute = c->kind == LINKAGE_CATEGORY ||
			       c->kind == LINKAGE_GENDER;
		return;
	}
	if (header_holds(h)) {
		c->why = "by its header";
		c->kind = h->hint.kind;
		c->attribute = h->hint.attribute;
		if (c->kind == LINKAGE_PLACE && is_code_of_place(h))
			c->kind = LINKAGE_CATEGORY;
		return;
	}
	c->why = "by its cells";
	c->kind = linkfield_content(&h->looks);
	switch (c->kind) {
	case LINKAGE_CATEGORY:
	case LINKAGE_GENDER:
	case LINKAGE_TEXT:
	case LINKAGE_NUMBER:
		c->attribute = !h->hint.identity;
		break;
	case LINKAGE_DATE:
		c->attribute = !h->hint.identity && !is_birth(h);
		break;
	default:
		c->attribute = false;
	}
}

static enum linkfield_use use_of(const struct linkfield *f,
				 const struct held *h)
{
	if (h->ignored)
		return LINKFIELD_IGNORED;
	if (h->looks.filled * 100 < f->rows || !h->looks.filled)
		return LINKFIELD_EMPTY;
	if (h->looks.distinct == 1)
		return LINKFIELD_CONSTANT;
	/* A running number is nobody's. */
	if (!h->told && !h->hint.identity && f->rows > 2 &&
	    h->looks.filled == f->rows && h->looks.distinct == f->rows &&
	    (h->said.kind == LINKAGE_IDNUM || h->said.kind == LINKAGE_NUMBER))
		return LINKFIELD_SERIAL;
	return LINKFIELD_COMPARED;
}

/* ---- columns that belong together ---- */

enum part { YEAR, MONTH, DAY };

static bool is_part(const struct held *h, enum part part)
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
static double overlap(const struct held *a, const struct held *b)
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
static bool is_word_column(const struct linkfield *f, const struct held *h)
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
static void pair_names(struct linkfield *f)
{
	struct held *before = NULL, *given = NULL, *surname = NULL;
	double best = -1;

	if (has_names(f))
		return;
	for (size_t i = 0; i < f->n; i++) {
		struct held *h = &f->column[i];
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

/* ---- the compared columns ---- */

static struct compared *new_compared(struct linkfield *f, const char *name)
{
	struct compared *c = &f->compared[f->ncompared++];

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

static void put_form(struct buf *to, const struct held *h,
		     enum linkage_kind kind, struct text cell)
{
	if (kind == LINKAGE_DATE)
		linkfield_date(to, h->looks.order, cell);
	else
		linkfield_value(to, kind, cell);
}

static void form_values(struct linkfield *f, const struct held *h,
			struct compared *c)
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
	struct held *h = &f->column[i];
	struct compared *c = new_compared(f, h->said.name.p);

	c->is.kind = h->said.kind;
	c->is.attribute = h->said.attribute;
	c->part[0] = i;
	form_values(f, h, c);
}

/* The citizens' numbers that are valid, once more: two different ones are two
 * people, two equal ones are one. */
static void compare_proof(struct linkfield *f, size_t i)
{
	struct held *h = &f->column[i];
	struct compared *c = new_compared(f, h->said.name.p);
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
	struct compared *c = new_compared(f, f->compared[of].is.name);
	const struct compared *names = &f->compared[of];
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

static bool has_sound(const struct held *h)
{
	return h->said.kind == LINKAGE_NAME &&
	       h->looks.share[LOOKS_HAN_NAME] >= .1;
}

static bool has_proof(const struct held *h)
{
	return h->said.kind == LINKAGE_IDNUM &&
	       h->looks.share[LOOKS_CITIZEN] >= .3;
}

static int part_of(const struct linkfield *f, uint32_t row, size_t column)
{
	struct text t = clean_text(linkfield_raw(f, row, column));
	int v = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] < '0' || t.p[i] > '9' || v > 999)
			return 0;
		v = v * 10 + t.p[i] - '0';
	}
	return v;
}

static void compare_date(struct linkfield *f, const size_t part[3])
{
	struct compared *c;
	struct buf name = { 0 };
	size_t first = part[YEAR] < part[DAY] ? part[YEAR] : part[MONTH];

	if (part[DAY] < first)
		first = part[DAY];
	for (size_t k = first; k < first + 3; k++) {
		struct held *h = &f->column[k];

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
			  !is_birth(&f->column[part[YEAR]]);
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
static void look_at_years(struct held *h)
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

static void note(struct linkfield *f)
{
	f->said = mem_alloc(f->n, sizeof(*f->said));
	f->is = mem_alloc(f->ncompared, sizeof(*f->is));
	for (size_t i = 0; i < f->n; i++) {
		struct held *h = &f->column[i];

		h->said.filled = (uint32_t)h->looks.filled;
		h->said.distinct = h->looks.distinct;
		f->said[i] = h->said;
	}
	for (size_t i = 0; i < f->ncompared; i++)
		f->is[i] = f->compared[i].is;
}

/* A proof or a reading may stand beside its column. */
static bool is_full(const struct linkfield *f)
{
	return f->ncompared + 2 > LINKAGE_COLUMNS_MAX;
}

void linkfield_decide(struct linkfield *f)
{
	size_t part[3];

	f->compared = mem_zalloc(LINKAGE_COLUMNS_MAX, sizeof(*f->compared));
	for (size_t i = 0; i < f->n; i++) {
		look(&f->column[i]);
		settle_kind(&f->column[i]);
		f->column[i].said.use = use_of(f, &f->column[i]);
	}
	pair_names(f);
	for (size_t i = 0; i < f->n; i++) {
		struct held *h = &f->column[i];

		if (!f->date && find_date(f, i, part)) {
			look_at_years(&f->column[part[YEAR]]);
			compare_date(f, part);
			i += 2;
		} else if (h->said.use == LINKFIELD_COMPARED && is_full(f)) {
			h->said.use = LINKFIELD_SPARE;
		} else if (h->said.use == LINKFIELD_COMPARED) {
			compare_column(f, i);
			if (has_proof(h))
				compare_proof(f, i);
			else if (has_sound(h))
				compare_sound(f, f->ncompared - 1);
		}
	}
	note(f);
}

size_t linkfield_columns(const struct linkfield *f,
			 const struct linkfield_column **columns)
{
	*columns = f->said;
	return f->n;
}

size_t linkfield_compared(const struct linkfield *f,
			  const struct linkage_column **columns)
{
	*columns = f->is;
	return f->ncompared;
}

void linkfield_record(const struct linkfield *f, uint32_t row,
		      struct text *cell)
{
	for (size_t i = 0; i < f->ncompared; i++) {
		const struct compared *c = &f->compared[i];
		uint32_t code = f->column[c->part[0]].code[row];

		if (c->is_date)
			cell[i] = f->date[row];
		else if (code == EMPTY)
			cell[i] = (struct text){ 0 };
		else
			cell[i] = c->form[code];
	}
}
