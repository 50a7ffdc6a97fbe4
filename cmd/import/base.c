/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lots of rows, the exports' and the base's, and a policy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "cmd/import/base.h"

#define NONE SIZE_MAX

enum policy { UPDATE, KEEP, FILL };

struct held {
	const struct text *cell;
	uint32_t origin;	/* unit of its shelf; the base's after those of
				 * the exports */
	bool own_line;			/* its number is the document's own */
	bool paired;			/* its number is the base's */
	bool stands;
};

/* The rows of one thing: a linked list in the order of output on each side. */
struct thing {
	uint32_t first[2], last[2];	/* numbers of rows + 1; 0: none */
};

struct base {
	struct import *run;		/* of the exports */
	struct import own;		/* its files, by rules of their own */
	struct import_options options;
	const struct schema *schema;
	size_t columns;
	const struct identity *identity;
	struct shelf *shelf;		/* of the base's rows */
	struct shelf *result;
	struct held *row;
	uint32_t *next;			/* of the same thing; 0: none */
	size_t n, cap, next_cap;
	size_t exports;			/* rows of them; they come first */
	uint32_t *put;			/* row of each unit of the result */
	size_t puts;
	struct group *things;
	struct change_counts counts;
	/* columns that the rules look at */
	size_t store, vin, product, kind, department, at, event, line;
	size_t created_on, flags, id_kind, customer_id;
	bool by_event;			/* complaints: exports list events */
	struct arena hold;
};

/* ---- opening ---- */

static size_t place_of(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->column[i].name, name) == 0)
			return i;
	return NONE;
}

static void find_columns(struct base *b)
{
	const struct schema *s = b->schema;

	b->store = place_of(s, "store_id");
	b->vin = place_of(s, "vin");
	b->product = place_of(s, "product");
	b->kind = place_of(s, "kind");
	b->department = place_of(s, "department");
	b->at = place_of(s, "at");
	b->event = place_of(s, "event");
	b->line = place_of(s, "line_no");
	b->created_on = plan_has_flags(s) ? place_of(s, "created_on") : NONE;
	b->flags = plan_has_flags(s) ? s->n : NONE;
	b->id_kind = place_of(s, "id_kind");
	b->customer_id = place_of(s, "customer_id");
}

/* An earlier result is UTF-8 with the stream's own names: none of the options
 * that tell how exports are read is for it. */
static void set_options(struct base *b, const struct import_options *o)
{
	b->options = *o;
	b->options.kind = 0;
	b->options.encoding = DECODE_AUTO;
	b->options.delimiter_byte = '\0';
	b->options.header = NULL;
	b->options.sheet = NULL;
	b->options.skip = 0;
	b->options.fill_down.n = 0;
	b->options.common.from = NULL;
	b->options.common.cols.n = 0;
	b->options.project.rules.na = NULL;
	b->options.project.rules.nna = 0;
	b->options.project.source = NULL;
	b->own.o = &b->options;
}

static void plan_base(struct base *b, struct sheet *s, bool *any)
{
	const struct schema *customers = schema_find(TEXT("customers"));
	bool rows = plan_is_canonical(b->schema, s->header, s->columns);
	struct plan_file file = { .kind = EXPORT_COMMON,
				  .header = s->header,
				  .columns = s->columns,
				  .grid = &s->grid,
				  .first_sample = s->first_sample };
	int points[EXPORT_KINDS];

	if (!rows && !plan_is_canonical(customers, s->header, s->columns))
		die("%s: --base takes %s as crm-import wrote them, and "
		    "customers for their ids",
		    s->path, b->schema->name);
	if (!rows)
		file.stream = customers;
	plan_make(&s->plan, b->own.aliases, b->schema, &file,
		  &b->options.project.rules, &b->run->extras, points);
	s->plan.base = true;
	s->plan.carries &= rows;
	s->column = mem_zalloc(s->columns, sizeof(*s->column));
	for (size_t i = 0; i < s->columns; i++)
		s->column[i].match = s->plan.column[i].match;
	*any |= rows;
}

struct base *base_open(struct import *run, const struct schema *schema)
{
	const struct opt_list *files = &run->o->bases;
	struct base *b;
	bool any = false;

	if (files->n == 0)
		return NULL;
	b = mem_zalloc(1, sizeof(*b));
	b->run = run;
	b->schema = schema;
	set_options(b, run->o);
	find_columns(b);
	b->own.aliases = aliases_empty();
	b->own.rejects = run->rejects;
	b->own.sheets = files->n;
	b->own.sheet = mem_zalloc(files->n, sizeof(*b->own.sheet));
	for (size_t i = 0; i < files->n; i++) {
		sheet_open(&b->own.sheet[i], files->item[i], &b->own);
		plan_base(b, &b->own.sheet[i], &any);
	}
	if (!any)
		die("--base: no file of %s is among them", schema->name);
	b->things = group_new(sizeof(struct thing), 0, NULL, NULL);
	return b;
}

void base_close(struct base *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->own.sheets; i++)
		sheet_close(&b->own.sheet[i]);
	free(b->own.sheet);
	aliases_free(b->own.aliases);
	extras_release(&b->own.extras);
	shelf_free(b->shelf);
	shelf_free(b->result);
	group_free(b->things);
	free(b->row);
	free(b->next);
	free(b->put);
	arena_release(&b->hold);
	free(b);
}

/* ---- reading ---- */

static enum shelf_rule rule_of(const struct base *b)
{
	return plan_has_flags(b->schema) ? SHELF_ENTITIES : SHELF_EVENTS;
}

void base_read(struct base *b, struct identity *identity, size_t columns)
{
	b->columns = columns;
	b->identity = identity;
	b->shelf = shelf_new(rule_of(b), columns);
	/* The columns of the output, which other files have made known. */
	b->own.extras = b->run->extras;
	for (size_t i = 0; i < b->own.sheets; i++) {
		plan_extras(&b->own.sheet[i].plan, &b->run->extras);
		import_read(&b->own, &b->own.sheet[i], identity, b->shelf);
	}
	b->own.extras = (struct extras){ 0 };
	b->run->counts.in += b->own.counts.in;
	b->run->counts.not_data += b->own.counts.not_data;
	b->run->counts.rejected += b->own.counts.rejected;
	b->run->counts.filtered += b->own.counts.filtered;
	for (size_t i = 0; i < b->run->sheets; i++)
		b->by_event |= b->run->sheet[i].plan.carries &&
			       plan_column_of(&b->run->sheet[i].plan,
					      "event") != PLAN_NONE;
}

/* ---- things ---- */

static struct text cell_of(const struct text *cell, size_t column)
{
	return column == NONE ? (struct text){ 0 } : cell[column];
}

static void add_part(struct buf *key, struct text part)
{
	buf_addc(key, '\x1f');
	buf_addt(key, part);
}

/* A sale is one vehicle of an order; months may bring its others. */
static bool is_sale(const struct base *b, const struct text *cell)
{
	return text_is(cell_of(cell, b->kind), "sale") ||
	       text_is(cell_of(cell, b->department), "sales");
}

/* What the row is about: the column that names things of the stream is the
 * first that a canonical file must have. */
static void put_thing(struct buf *key, const struct base *b,
		      const struct text *cell)
{
	const struct schema *s = b->schema;
	size_t id = 0;

	while (!s->column[id].required)
		id++;
	buf_clear(key);
	buf_addt(key, cell[id]);
	if (rule_of(b) == SHELF_EVENTS || strcmp(s->name, "leads") == 0)
		add_part(key, cell_of(cell, b->store));
	if (strcmp(s->name, "transactions") == 0 && is_sale(b, cell)) {
		add_part(key, TEXT("sale"));
		add_part(key, cell_of(cell, b->vin).n ?
				      cell[b->vin] :
				      cell_of(cell, b->product));
	}
	if (b->by_event && strcmp(s->name, "complaints") == 0) {
		add_part(key, cell_of(cell, b->at));
		add_part(key, cell_of(cell, b->event));
	}
}

static const struct text *keep_cells(struct base *b, const struct text *cell)
{
	struct text *to = arena_alloc(&b->hold, b->columns * sizeof(*to));

	for (size_t i = 0; i < b->columns; i++) {
		to[i] = cell[i];
		if (cell[i].n)
			to[i].p = arena_copy(&b->hold, cell[i].p, cell[i].n);
	}
	return to;
}

static void add_row(struct base *b, const struct held *row, bool of_base)
{
	struct buf key = { 0 };
	struct thing *t;
	uint32_t number;

	b->row = mem_grow(b->row, b->n, &b->cap, sizeof(*b->row));
	b->next = mem_grow(b->next, b->n, &b->next_cap, sizeof(*b->next));
	b->row[b->n] = *row;
	b->next[b->n] = 0;
	number = (uint32_t)++b->n;
	put_thing(&key, b, row->cell);
	t = group_entry(b->things, group_intern(b->things, buf_text(&key)));
	if (t->last[of_base])
		b->next[t->last[of_base] - 1] = number;
	else
		t->first[of_base] = number;
	t->last[of_base] = number;
	buf_release(&key);
}

void base_take(struct base *b, const struct text *cell, uint32_t unit,
	       bool own_line)
{
	const struct held row = {
		.cell = keep_cells(b, cell),
		.origin = unit,
		.own_line = own_line,
		.stands = true,
	};

	add_row(b, &row, false);
	b->exports = b->n;
}

static void take_base(struct base *b, uint32_t units)
{
	size_t rows = shelf_finish(b->shelf, NULL, NULL);

	for (size_t i = 0; i < rows; i++) {
		struct shelf_row r;

		shelf_row(b->shelf, i, &r);
		add_row(b,
			&(struct held){ .cell = keep_cells(b, r.cell),
				       .origin = units + r.unit,
				       .own_line = true,
				       .stands = true },
			true);
	}
}

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
		size_t at = place_of(b->schema, preferred[i].column);

		if (at != NONE && old[at].n && preferred[i].whole(old[at]) &&
		    !preferred[i].whole(cell[at]))
			cell[at] = old[at];
	}
}

/* One row of a customer, vehicle or lead: the base's place, and of both what
 * the policy says. */
static void settle_entity(struct base *b, enum policy policy,
			  const struct side *export, const struct side *base)
{
	struct held *old = &b->row[base->row[0]];
	const struct text *new = b->row[export->row[0]].cell;
	struct text *cell;

	fall(b, export);
	if (policy == KEEP)
		return;
	cell = policy == UPDATE ? fill_from(b, new, old->cell) :
				  fill_from(b, old->cell, new);
	if (policy == UPDATE)
		keep_whole(b, cell, old->cell);
	if (policy == UPDATE && b->created_on != NONE) {
		struct text was = old->cell[b->created_on];

		if (was.n && text_cmp(was, cell[b->created_on]) < 0)
			cell[b->created_on] = was;
	}
	if (b->id_kind != NONE && old->cell[b->id_kind].n)
		cell[b->id_kind] = old->cell[b->id_kind];
	/* Told anew of the values that stand now. */
	if (b->flags != NONE)
		cell[b->flags].n = 0;
	old->cell = cell;
}

/* A row's cells, to be changed. */
static struct text *own_cells(struct base *b, struct held *row)
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
		struct held *row = &b->row[export->row[i]];
		struct text line = cell_of(b->row[base->row[i]].cell, b->line);

		if (row->own_line || line.n == 0)
			continue;
		own_cells(b, row)[b->line] = line;
		row->paired = true;
	}
}

static void settle_events(struct base *b, enum policy policy,
			  const struct side *export, const struct side *base)
{
	if (policy == UPDATE) {
		fall(b, base);
		pair_lines(b, export, base);
		return;
	}
	fall(b, export);
	for (size_t i = 0; policy == FILL && i < base->n && i < export->n;
	     i++) {
		struct held *row = &b->row[base->row[i]];

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

static void settle(struct base *b, enum policy policy,
		   const struct side *export, const struct side *base,
		   struct changes *changes)
{
	const struct text **old = cells_of(b, base), **now;
	const struct side *stands = base;

	if (rule_of(b) == SHELF_ENTITIES) {
		settle_entity(b, policy, export, base);
	} else {
		settle_events(b, policy, export, base);
		stands = policy == UPDATE ? export : base;
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

static bool is_new_id(const struct base *b, const struct held *row)
{
	struct text id = row->cell[b->customer_id];

	return id.n && !identity_is_given(b->identity, id);
}

/* The id that the base has for the thing of a row; empty: none. */
static struct text id_before(const struct base *b, const struct thing *t)
{
	if (!t->first[1])
		return (struct text){ 0 };
	return b->row[t->first[1] - 1].cell[b->customer_id];
}

static void note_alias(struct base *b, struct group *aliases,
		       const struct thing *t)
{
	struct text before = id_before(b, t);

	for (uint32_t i = t->first[0]; i && before.n; i = b->next[i - 1]) {
		struct held *row = &b->row[i - 1];
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
		       const struct thing *t)
{
	struct text before = id_before(b, t);

	for (uint32_t i = t->first[0]; i; i = b->next[i - 1]) {
		struct held *row = &b->row[i - 1];
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

	if (rule_of(b) == SHELF_ENTITIES || b->customer_id == NONE)
		return;
	aliases = group_new(sizeof(struct alias), 0, NULL, NULL);
	for (size_t i = 0; i < group_count(b->things); i++)
		note_alias(b, aliases, group_entry(b->things, i));
	for (size_t i = 0; i < group_count(b->things); i++)
		take_alias(b, aliases, group_entry(b->things, i));
	group_free(aliases);
}

static void settle_all(struct base *b, enum policy policy,
		       struct changes *changes)
{
	uint32_t *order = group_sorted(b->things);
	struct side export = { 0 }, base = { 0 };

	for (size_t i = 0; i < group_count(b->things); i++) {
		const struct thing *t = group_entry(b->things, order[i]);

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
			const struct held *row, bool make)
{
	struct buf key = { 0 };
	size_t at;

	buf_addt(&key, row->cell[0]);
	add_part(&key, cell_of(row->cell, b->store));
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

	if (b->line == NONE)
		return;
	documents = group_new(sizeof(int64_t), 0, NULL, NULL);
	for (size_t i = 0; i < b->n; i++) {
		const struct held *row = &b->row[i];
		int64_t *most, n;

		if (!row->stands || (i < b->exports && !row->paired))
			continue;
		most = most_of(b, documents, row, true);
		if (number_int(row->cell[b->line], &n) && n > *most &&
		    n < INT32_MAX)
			*most = n;
	}
	for (size_t i = 0; i < b->exports; i++) {
		struct held *row = &b->row[i];
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

/* ---- what stands ---- */

/* Rows as they stand, read as the canonical stream that they are: so they come
 * in the order in which they would, were the result imported again. */
static void put_rows(struct base *b)
{
	struct project_column *column;
	size_t n = project_columns(b->schema, &b->run->extras, &column);
	struct text *header = mem_alloc(n, sizeof(*header));
	struct grid none = { 0 };
	struct plan_file file = { .kind = EXPORT_COMMON, .header = header,
				  .columns = n, .grid = &none,
				  .stream = b->schema };
	int points[EXPORT_KINDS];
	struct identity *nobody = identity_new();
	struct project *p;
	struct plan plan;

	for (size_t i = 0; i < n; i++)
		header[i] = text_of(column[i].name);
	plan_make(&plan, b->own.aliases, b->schema, &file,
		  &b->options.project.rules, &b->run->extras, points);
	plan_extras(&plan, &b->run->extras);
	p = project_new(&plan, &b->run->extras, &b->options.project, "",
			nobody, b->result);
	b->put = mem_alloc(b->n, sizeof(*b->put));
	for (size_t k = 0; k < b->n; k++) {
		size_t i = k < b->n - b->exports ? b->exports + k :
						   k - (b->n - b->exports);
		struct project_fault fault = { 0 };

		if (!b->row[i].stands)
			continue;
		if (project_row(p, b->row[i].cell, &fault) != PROJECT_PUT)
			bug("a row that came out does not go in again");
		b->put[b->puts++] = (uint32_t)i;
	}
	project_free(p);
	plan_release(&plan);
	identity_free(nobody);
	free(header);
	free(column);
}

void base_tell(const struct base *b)
{
	const struct common *o = &b->run->o->common;
	const struct change_counts *c = &b->counts;
	uint64_t rows = b->n - b->exports;

	if (!o->summary && !o->dry_run)
		return;
	fprintf(stderr,
		"%s: base=%llu unchanged=%llu changed=%llu gone=%llu "
		"new=%llu\n",
		msg_program(), (unsigned long long)rows,
		(unsigned long long)(rows - c->changed - c->gone),
		(unsigned long long)c->changed, (unsigned long long)c->gone,
		(unsigned long long)c->new);
}

struct shelf *base_merge(struct base *b, const struct shelf *exports,
			 struct changes *changes, size_t *rows)
{
	take_base(b, (uint32_t)shelf_units(exports));
	keep_ids(b);
	settle_all(b, (enum policy)b->run->o->policy, changes);
	number_lines(b);
	b->result = shelf_new(rule_of(b), b->columns);
	put_rows(b);
	*rows = shelf_finish(b->result, NULL, NULL);
	return b->result;
}

void base_count(const struct base *b, const struct shelf *exports,
		const bool *seen, const bool *written,
		struct input_counts *counts)
{
	size_t units = shelf_units(exports) + shelf_units(b->shelf);
	bool *stands = mem_zalloc(units, 1), *used = mem_zalloc(units, 1);
	size_t standing = 0, in_use = 0;

	for (size_t i = 0; i < b->puts; i++) {
		uint32_t origin = b->row[b->put[i]].origin;

		stands[origin] |= seen[i];
		used[origin] |= written[i];
	}
	for (size_t i = 0; i < units; i++) {
		standing += stands[i];
		in_use += used[i];
	}
	counts->merged += units - standing;
	counts->used += in_use;
	counts->filtered += standing - in_use;
	free(stands);
	free(used);
}
