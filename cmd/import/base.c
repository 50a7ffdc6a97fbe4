/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lots of rows, the exports' and the base's, and a policy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cmd/import/base_in.h"

size_t base_column(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->column[i].name, name) == 0)
			return i;
	return BASE_NONE;
}

void base_add_part(struct buf *key, struct text part)
{
	buf_addc(key, '\x1f');
	buf_addt(key, part);
}

/* ---- opening ---- */

static void find_columns(struct base *b)
{
	const struct schema *s = b->schema;

	b->store = base_column(s, "store_id");
	b->vin = base_column(s, "vin");
	b->product = base_column(s, "product");
	b->kind = base_column(s, "kind");
	b->department = base_column(s, "department");
	b->at = base_column(s, "at");
	b->event = base_column(s, "event");
	b->line = base_column(s, "line_no");
	b->created_on = b->flags = BASE_NONE;
	if (base_rule(b) == SHELF_ENTITIES) {
		b->created_on = base_column(s, "created_on");
		b->flags = s->n;
	}
	b->id_kind = base_column(s, "id_kind");
	b->customer_id = base_column(s, "customer_id");
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
	b->things = group_new(sizeof(struct base_thing), 0, NULL, NULL);
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

void base_read(struct base *b, struct identity *identity, size_t columns)
{
	b->columns = columns;
	b->identity = identity;
	b->shelf = shelf_new(base_rule(b), columns);
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

/* A sale is one vehicle of an order; months may bring its others. */
static bool is_sale(const struct base *b, const struct text *cell)
{
	return text_is(base_cell(cell, b->kind), "sale") ||
	       text_is(base_cell(cell, b->department), "sales");
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
	if (base_rule(b) == SHELF_EVENTS || strcmp(s->name, "leads") == 0)
		base_add_part(key, base_cell(cell, b->store));
	if (strcmp(s->name, "transactions") == 0 && is_sale(b, cell)) {
		base_add_part(key, TEXT("sale"));
		base_add_part(key, base_cell(cell, b->vin).n ?
				      cell[b->vin] :
				      base_cell(cell, b->product));
	}
	if (b->by_event && strcmp(s->name, "complaints") == 0) {
		base_add_part(key, base_cell(cell, b->at));
		base_add_part(key, base_cell(cell, b->event));
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

static void add_row(struct base *b, const struct base_row *row, bool of_base)
{
	struct buf key = { 0 };
	struct base_thing *t;
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
	const struct base_row row = {
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
			&(struct base_row){ .cell = keep_cells(b, r.cell),
				       .origin = units + r.unit,
				       .own_line = true,
				       .stands = true },
			true);
	}
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
	base_settle(b, (enum base_policy)b->run->o->policy, changes);
	b->result = shelf_new(base_rule(b), b->columns);
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
