/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atoms of blocking keys: made of each distinct value once, then laid out by
 * record where a record has one number, looked up by value where it has many.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_atoms.h"
#include "model/linkage_recipe.h"

/* Columns that are crossed, besides those of names. */
#define TOP_COLUMNS 6

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
	size_t slot;	      /* in a record's row, when there is one number */
	struct lists lists;   /* by the column's value, when there are many */
	size_t first, second; /* slots of the two names, of "either" */
};

struct linkage_atoms {
	const struct linkage_block_column *column;
	uint32_t records;
	struct entry entry[LINKAGE_ATOMS_MAX];
	size_t n;
	uint32_t *row; /* record by record, `width` slots each */
	size_t width;
	uint64_t of_slot[LINKAGE_ATOMS_MAX]; /* the atom's bit */
};

/* Of one value, or of all parts of a set. */
static size_t numbers(const struct linkage_values *v, uint32_t value,
		      linkage_recipe_make *make_them,
		      uint32_t to[LINKAGE_ATOM_NUMBERS])
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
	return linkage_recipe_sort(to, n);
}

static void fill_lists(struct lists *l, const struct linkage_values *v,
		       linkage_recipe_make *make_them)
{
	size_t values = linkage_values_count(v), n = 0, cap = 0;
	uint32_t some[LINKAGE_ATOM_NUMBERS];

	l->from = mem_alloc(values + 1, sizeof(*l->from));
	for (uint32_t i = 0; i < values; i++) {
		size_t more = numbers(v, i, make_them, some);

		l->from[i] = (uint32_t)n;
		for (size_t k = 0; k < more; k++) {
			l->item = mem_grow(l->item, n, &cap, sizeof(*l->item));
			l->item[n++] = some[k];
		}
	}
	l->from[values] = (uint32_t)n;
}

static void fill_slot(struct linkage_atoms *a, size_t slot, size_t column,
		      linkage_recipe_make *make_them)
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
	e->atom = (struct linkage_atom){
		.column = column, .name = name, .also = SIZE_MAX };
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
static void choose(const struct linkage_atoms *a, size_t columns, bool *chosen)
{
	uint64_t tells[LINKAGE_COLUMNS_MAX] = { 0 };

	for (size_t i = 0; i < columns; i++) {
		tells[i] = is_category(a->column[i].kind)
				   ? 0
				   : telling(&a->column[i], a->records);
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
	const struct linkage_recipe
		*recipe[LINKAGE_ATOMS_MAX]; /* NULL: of names */
};

static void plan_column(struct linkage_atoms *a, struct plan *p, size_t column,
			const struct linkage_recipe *r)
{
	struct entry *e = add_entry(a, column, r->name);

	if (!e)
		return;
	p->recipe[a->n - 1] = r;
	e->atom.many = r->many ||
		       a->column[column].values !=
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

		row[e->slot] =
			x && y ? linkage_recipe_hash(pair, sizeof(pair)) : 0;
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
	bool chosen[LINKAGE_COLUMNS_MAX] = { 0 };
	struct plan plan = { 0 };

	a->column = c;
	a->records = records;
	choose(a, columns, chosen);
	for (size_t i = 0; i < columns; i++)
		if (!is_category(c[i].kind))
			plan_column(a, &plan, i, &linkage_recipe_value);
	for (size_t i = 0; i < columns; i++)
		for (size_t k = 0; chosen[i] && k < LINKAGE_RECIPES; k++)
			if (linkage_recipes[c[i].kind][k].name)
				plan_column(a, &plan, i,
					    &linkage_recipes[c[i].kind][k]);
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
		*n = linkage_recipe_sort(room, *n);
		return room;
	}
	code = a->column[e->atom.column].code[record];
	if (code == LINKAGE_EMPTY) {
		*n = 0;
		return room;
	}
	*n = e->lists.from[code + 1] - e->lists.from[code];
	if (*n == 0)
		return room;
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

bool linkage_atoms_share(const struct linkage_atoms *a, size_t atom, uint32_t x,
			 uint32_t y)
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
