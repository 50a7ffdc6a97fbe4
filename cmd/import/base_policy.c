/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the policy makes of the rows of exports and base. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cmd/import/base_in.h"

/* ---- the policy ---- */

/* Rows of one side of a thing. */
struct side {
	uint32_t *row;
	size_t n, cap;
};

static void collect(const struct base *b, uint32_t first, struct side *side)
{
	side->n = 0;
	for (uint32_t i = first; i; i = b->next[i - 1]) {
		side->row = mem_grow(side->row, side->n, &side->cap,
				     sizeof(*side->row));
		side->row[side->n++] = i - 1;
	}
}

static void fall(struct base *b, const struct side *side)
{
	for (size_t i = 0; i < side->n; i++)
		b->row[side->row[i]].stands = false;
}

/* The first row's cells, the empty ones from the second's. */
static struct text *fill_from(struct base *b, const struct text *first,
			      const struct text *second)
{
	struct text *to = arena_alloc(&b->hold, b->columns * sizeof(*to));

	for (size_t i = 0; i < b->columns; i++)
		to[i] = first[i].n ? first[i] : second[i];
	return to;
}

/* A masked phone or 王先生 is no word against the whole one. */
static void keep_whole(const struct base *b, struct text *cell,
		       const struct text *old)
{
	static const struct {
		const char *column;
		bool (*whole)(struct text);
	} preferred[] = {
		{ "name", reading_is_whole_name },
		{ "phone", reading_is_whole_phone },
		{ "id_no", reading_is_whole_id },
	};

	for (size_t i = 0; i < NELEMS(preferred); i++) {
		size_t at = base_column(b->schema, preferred[i].column);

		if (at == BASE_NONE || old[at].n == 0)
			continue;
		if (preferred[i].whole(old[at]) &&
		    !preferred[i].whole(cell[at]))
			cell[at] = old[at];
	}
}

/* One row of a customer, vehicle or lead: the base's place, and of both what
 * the policy says. */
static void settle_entity(struct base *b, enum base_policy policy,
			  const struct side *export, const struct side *base)
{
	struct base_row *old = &b->row[base->row[0]];
	const struct text *new = b->row[export->row[0]].cell;
	struct text *cell;

	fall(b, export);
	if (policy == BASE_KEEP)
		return;
	cell = policy == BASE_UPDATE ? fill_from(b, new, old->cell) :
				  fill_from(b, old->cell, new);
	if (policy == BASE_UPDATE)
		keep_whole(b, cell, old->cell);
	if (policy == BASE_UPDATE && b->created_on != BASE_NONE) {
		struct text was = old->cell[b->created_on];

		if (was.n && text_cmp(was, cell[b->created_on]) < 0)
			cell[b->created_on] = was;
	}
	if (b->id_kind != BASE_NONE && old->cell[b->id_kind].n)
		cell[b->id_kind] = old->cell[b->id_kind];
	/* Told anew of the values that stand now. */
	if (b->flags != BASE_NONE)
		cell[b->flags].n = 0;
	old->cell = cell;
}

/* A row's cells, to be changed. */
static struct text *own_cells(struct base *b, struct base_row *row)
{
	struct text *cell = arena_alloc(&b->hold, b->columns * sizeof(*cell));

	memcpy(cell, row->cell, b->columns * sizeof(*cell));
	row->cell = cell;
	return cell;
}

/* A line that was there keeps its number. */
static void pair_lines(struct base *b, const struct side *export,
		       const struct side *base)
{
	for (size_t i = 0; i < export->n && i < base->n; i++) {
		struct base_row *row = &b->row[export->row[i]];
		const struct text *old = b->row[base->row[i]].cell;
		struct text line = base_cell(old, b->line);

		if (row->own_line || line.n == 0)
			continue;
		own_cells(b, row)[b->line] = line;
		row->paired = true;
	}
}

static void settle_events(struct base *b, enum base_policy policy,
			  const struct side *export, const struct side *base)
{
	if (policy == BASE_UPDATE) {
		fall(b, base);
		pair_lines(b, export, base);
		return;
	}
	fall(b, export);
	for (size_t i = 0; policy == BASE_FILL && i < base->n && i < export->n;
	     i++) {
		struct base_row *row = &b->row[base->row[i]];

		row->cell = fill_from(b, row->cell,
				      b->row[export->row[i]].cell);
	}
}

static const struct text **cells_of(const struct base *b,
				    const struct side *side)
{
	const struct text **cell =
		mem_alloc(side->n, sizeof(struct text *));

	for (size_t i = 0; i < side->n; i++)
		cell[i] = b->row[side->row[i]].cell;
	return cell;
}

static void settle(struct base *b, enum base_policy policy,
		   const struct side *export, const struct side *base,
		   struct changes *changes)
{
	const struct text **old = cells_of(b, base), **now;
	const struct side *stands = base;

	if (base_rule(b) == SHELF_ENTITIES) {
		settle_entity(b, policy, export, base);
	} else {
		settle_events(b, policy, export, base);
		stands = policy == BASE_UPDATE ? export : base;
	}
	now = cells_of(b, stands);
	changes_tell(changes, old, base->n, now, stands->n, "base",
		     &b->counts);
	free(old);
	free(now);
}

/* ---- whose documents they were ---- */

/* The id of the base that a new one turns out to be, by the documents that
 * both have; empty when they do not agree. */
struct alias {
	struct text id;
	bool known;
};

static bool is_new_id(const struct base *b, const struct base_row *row)
{
	struct text id = row->cell[b->customer_id];

	return id.n && !identity_is_given(b->identity, id);
}

/* The id that the base has for the thing of a row; empty: none. */
static struct text id_before(const struct base *b, const struct base_thing *t)
{
	if (!t->first[1])
		return (struct text){ 0 };
	return b->row[t->first[1] - 1].cell[b->customer_id];
}

static void note_alias(struct base *b, struct group *aliases,
		       const struct base_thing *t)
{
	struct text before = id_before(b, t);

	for (uint32_t i = t->first[0]; i && before.n; i = b->next[i - 1]) {
		struct base_row *row = &b->row[i - 1];
		struct alias *a;

		if (!is_new_id(b, row))
			continue;
		a = group_entry(aliases,
				group_intern(aliases,
					     row->cell[b->customer_id]));
		if (!a->known)
			*a = (struct alias){ before, true };
		else if (!text_eq(a->id, before))
			a->id.n = 0;
	}
}

static void take_alias(struct base *b, struct group *aliases,
		       const struct base_thing *t)
{
	struct text before = id_before(b, t);

	for (uint32_t i = t->first[0]; i; i = b->next[i - 1]) {
		struct base_row *row = &b->row[i - 1];
		const struct alias *a;
		size_t at;

		if (!is_new_id(b, row))
			continue;
		at = group_find(aliases, row->cell[b->customer_id]);
		if (at == SIZE_MAX)
			continue;
		a = group_entry(aliases, at);
		if (a->id.n)
			own_cells(b, row)[b->customer_id] = a->id;
		else if (before.n)
			own_cells(b, row)[b->customer_id] = before;
	}
}

/*
 * Files may tell less of somebody than those that the base was made from: an
 * id that is not the base's is the one that the base has for the same
 * documents.
 */
static void keep_ids(struct base *b)
{
	struct group *aliases;

	if (base_rule(b) == SHELF_ENTITIES || b->customer_id == BASE_NONE)
		return;
	aliases = group_new(sizeof(struct alias), 0, NULL, NULL);
	for (size_t i = 0; i < group_count(b->things); i++)
		note_alias(b, aliases, group_entry(b->things, i));
	for (size_t i = 0; i < group_count(b->things); i++)
		take_alias(b, aliases, group_entry(b->things, i));
	group_free(aliases);
}

static void settle_all(struct base *b, enum base_policy policy,
		       struct changes *changes)
{
	uint32_t *order = group_sorted(b->things);
	struct side export = { 0 }, base = { 0 };

	for (size_t i = 0; i < group_count(b->things); i++) {
		const struct base_thing *t = group_entry(b->things, order[i]);

		if (t->first[0] && t->first[1]) {
			collect(b, t->first[0], &export);
			collect(b, t->first[1], &base);
			settle(b, policy, &export, &base, changes);
		} else {
			for (uint32_t k = t->first[0]; k; k = b->next[k - 1])
				b->counts.new++;
		}
	}
	free(order);
	free(export.row);
	free(base.row);
}

/* ---- numbers of lines ---- */

/* The largest whole number among the lines of a document that the base has
 * numbered. */
static int64_t *most_of(const struct base *b, struct group *documents,
			const struct base_row *row, bool make)
{
	struct buf key = { 0 };
	size_t at;

	buf_addt(&key, row->cell[0]);
	base_add_part(&key, base_cell(row->cell, b->store));
	at = make ? group_intern(documents, buf_text(&key)) :
		    group_find(documents, buf_text(&key));
	buf_release(&key);
	return at == SIZE_MAX ? NULL : group_entry(documents, at);
}

/*
 * Lines of the exports that were numbered by their order go on after those
 * that the base has numbered in the same document.
 */
static void number_lines(struct base *b)
{
	struct group *documents;

	if (b->line == BASE_NONE)
		return;
	documents = group_new(sizeof(int64_t), 0, NULL, NULL);
	for (size_t i = 0; i < b->n; i++) {
		const struct base_row *row = &b->row[i];
		int64_t *most, n;

		if (!row->stands || (i < b->exports && !row->paired))
			continue;
		most = most_of(b, documents, row, true);
		if (number_int(row->cell[b->line], &n) && n > *most &&
		    n < INT32_MAX)
			*most = n;
	}
	for (size_t i = 0; i < b->exports; i++) {
		struct base_row *row = &b->row[i];
		char digits[20];
		struct text *line;
		int64_t *most = most_of(b, documents, row, false);

		if (!row->stands || row->own_line || row->paired || !most)
			continue;
		line = &own_cells(b, row)[b->line];
		line->n = text_put_u64(digits, (uint64_t)++*most);
		line->p = arena_copy(&b->hold, digits, line->n);
	}
	group_free(documents);
}

void base_settle(struct base *b, enum base_policy policy,
		 struct changes *changes)
{
	keep_ids(b);
	settle_all(b, policy, changes);
	number_lines(b);
}
