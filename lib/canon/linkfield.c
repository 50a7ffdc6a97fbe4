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
#include "canon/linkfield_in.h"

/* ---- rows ---- */

struct linkfield *linkfield_new(const struct text *header, size_t n)
{
	struct linkfield *f = mem_zalloc(1, sizeof(*f));

	f->n = n;
	f->column = mem_zalloc(n, sizeof(*f->column));
	for (size_t i = 0; i < n; i++) {
		struct linkfield_held *h = &f->column[i];
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

static struct linkfield_held *find(struct linkfield *f, struct text column)
{
	struct linkfield_held *found = NULL;

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
	struct linkfield_held *h = find(f, column);

	if (!h)
		return false;
	h->told = true;
	h->said.kind = kind;
	return true;
}

bool linkfield_ignore(struct linkfield *f, struct text column)
{
	struct linkfield_held *h = find(f, column);

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
		struct linkfield_held *h = &f->column[i];
		uint32_t code = LINKFIELD_NO_VALUE;

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
	const struct linkfield_held *h = &f->column[column];

	if (h->code[row] == LINKFIELD_NO_VALUE)
		return (struct text){ 0 };
	return group_key(h->values, h->code[row]);
}

/* ---- what a column holds ---- */

static uint32_t times(const struct linkfield_held *h, size_t value)
{
	return *(uint32_t *)group_entry(h->values, value);
}

static void look(struct linkfield_held *h)
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

bool linkfield_is_birth(const struct linkfield_held *h)
{
	return h->looks.last_year - h->looks.first_year >= BIRTHS_SPREAD;
}

/* A header that names a place over a few short codes (nsw, qld). */
static bool is_code_of_place(const struct linkfield_held *h)
{
	return h->looks.longest <= 3 && h->looks.distinct <= 100;
}

/* May the header's kind stand, given what is in the cells? A date of birth
 * must look like one now and then, a phone must have digits. */
static bool header_holds(const struct linkfield_held *h)
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

static void settle_kind(struct linkfield_held *h)
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
		/* Nobody has a name of four words; firms do. */
		if (c->kind == LINKAGE_NAME &&
		    h->looks.share[LOOKS_LONG] >= .25)
			c->kind = LINKAGE_FIRM;
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
		c->attribute = !h->hint.identity && !linkfield_is_birth(h);
		break;
	default:
		c->attribute = false;
	}
}

static enum linkfield_use use_of(const struct linkfield *f,
				 const struct linkfield_held *h)
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

/* ---- deciding ---- */

static void note(struct linkfield *f)
{
	f->said = mem_alloc(f->n, sizeof(*f->said));
	f->is = mem_alloc(f->ncompared, sizeof(*f->is));
	for (size_t i = 0; i < f->n; i++) {
		struct linkfield_held *h = &f->column[i];

		h->said.filled = (uint32_t)h->looks.filled;
		h->said.distinct = h->looks.distinct;
		f->said[i] = h->said;
	}
	for (size_t i = 0; i < f->ncompared; i++)
		f->is[i] = f->compared[i].is;
}

/* Tells the column two records apart? */
static bool tells_apart(const struct linkfield_held *h)
{
	return h->said.use == LINKFIELD_COMPARED &&
	       h->looks.distinct * 2 > h->looks.filled;
}

/* In a table with next to nothing but texts these are what it is about. */
static void free_texts(struct linkfield *f)
{
	size_t identities = 0;

	for (size_t i = 0; i < f->n; i++)
		identities += tells_apart(&f->column[i]) &&
			      !f->column[i].said.attribute;
	for (size_t i = 0; i < f->n && identities < 2; i++) {
		struct linkfield_held *h = &f->column[i];

		if (h->said.kind == LINKAGE_TEXT && tells_apart(h))
			h->said.attribute = false;
	}
}

/* A proof or a reading may stand beside its column. */
static bool is_full(const struct linkfield *f)
{
	return f->ncompared + 2 > LINKAGE_COLUMNS_MAX;
}

void linkfield_decide(struct linkfield *f)
{
	f->compared = mem_zalloc(LINKAGE_COLUMNS_MAX, sizeof(*f->compared));
	for (size_t i = 0; i < f->n; i++) {
		look(&f->column[i]);
		settle_kind(&f->column[i]);
		f->column[i].said.use = use_of(f, &f->column[i]);
	}
	linkfield_pair_names(f);
	linkfield_drop_derived(f);
	free_texts(f);
	for (size_t i = 0; i < f->n; i++) {
		struct linkfield_held *h = &f->column[i];

		if (!f->date && linkfield_form_date(f, i))
			i += 2;
		else if (h->said.use == LINKFIELD_COMPARED && is_full(f))
			h->said.use = LINKFIELD_SPARE;
		else if (h->said.use == LINKFIELD_COMPARED)
			linkfield_form_column(f, i);
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
		const struct linkfield_form *c = &f->compared[i];
		uint32_t code = f->column[c->part[0]].code[row];

		if (c->is_date)
			cell[i] = f->date[row];
		else if (code == LINKFIELD_NO_VALUE)
			cell[i] = (struct text){ 0 };
		else
			cell[i] = c->form[code];
	}
}
