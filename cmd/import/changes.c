/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --changes: old and new values, a line a cell. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/import/base.h"
#include "stream/csv_out.h"
#include "stream/sink.h"

#define NONE SIZE_MAX
/* More rows than this on both sides are paired by their order alone. */
#define PAIRED 1000

struct changes {
	struct sink *sink;
	const struct schema *schema;
	const struct project_column *column;
	size_t n;
	size_t id, store;		/* columns, or NONE */
	size_t line[4];			/* what tells lines apart */
	bool *told;			/* columns that changes are told of */
};

/* What names a stream's things, and tells their lines apart. */
static const struct {
	const char *stream, *id, *line[4];
} names[] = {
	{ "customers", "customer_id", { NULL } },
	{ "vehicles", "vin", { NULL } },
	{ "leads", "lead_id", { NULL } },
	{ "transactions", "txn_id", { "kind", "category", "product", "vin" } },
	{ "surveys", "response_id", { "question", NULL } },
	{ "complaints", "case_id", { "event", NULL } },
};

/* Made from other columns, or telling where the row came from. */
static const char *const silent[] = { "flags", "source_file", "line_no" };

static size_t column_called(const struct changes *c, const char *name)
{
	for (size_t i = 0; i < c->n && name; i++)
		if (strcmp(c->column[i].name, name) == 0)
			return i;
	return NONE;
}

struct changes *changes_open(const struct import *run,
			     const struct schema *schema,
			     const struct project_column *column, size_t n)
{
	struct changes *c;

	if (!run->o->changes && run->o->bases.n == 0)
		return NULL;
	c = mem_zalloc(1, sizeof(*c));
	c->schema = schema;
	c->column = column;
	c->n = n;
	c->store = column_called(c, "store_id");
	for (size_t i = 0; i < NELEMS(names); i++) {
		if (strcmp(names[i].stream, schema->name) != 0)
			continue;
		c->id = column_called(c, names[i].id);
		for (size_t k = 0; k < NELEMS(c->line); k++)
			c->line[k] = column_called(c, names[i].line[k]);
	}
	c->told = mem_zalloc(n, sizeof(*c->told));
	for (size_t i = 0; i < n; i++) {
		c->told[i] = true;
		for (size_t k = 0; k < NELEMS(silent); k++)
			if (strcmp(column[i].name, silent[k]) == 0)
				c->told[i] = false;
	}
	if (!run->o->changes)
		return c;
	c->sink = sink_open(run->o->changes, SINK_PRIVATE);
	sink_puts(c->sink, "stream,id,store_id,line,change,column,old,new,"
			   "against\n");
	return c;
}

void changes_close(struct changes *c)
{
	if (!c)
		return;
	if (c->sink)
		sink_close(c->sink);
	free(c->told);
	free(c);
}

static void put(struct changes *c, struct text t)
{
	csvout_cell(c->sink, t, ',');
	sink_put(c->sink, ",", 1);
}

static struct text cell_of(const struct text *row, size_t column)
{
	return column == NONE ? (struct text){ 0 } : row[column];
}

/* The words that tell a line from the others of its document. */
static void put_line(struct changes *c, const struct text *row)
{
	struct buf b = { 0 };

	for (size_t k = 0; k < NELEMS(c->line); k++) {
		struct text t = cell_of(row, c->line[k]);

		if (t.n == 0)
			continue;
		if (b.n)
			buf_addc(&b, ' ');
		buf_addt(&b, t);
	}
	put(c, buf_text(&b));
	buf_release(&b);
}

static void put_cell(struct changes *c, const struct text *of,
		     const char *change, size_t i, struct text old,
		     struct text now, const char *against)
{
	sink_puts(c->sink, c->schema->name);
	sink_put(c->sink, ",", 1);
	put(c, cell_of(of, c->id));
	put(c, cell_of(of, c->store));
	put_line(c, of);
	put(c, text_of(change));
	put(c, text_of(c->column[i].name));
	put(c, old);
	put(c, now);
	sink_puts(c->sink, against);
	sink_put(c->sink, "\n", 1);
}

/* A row against another; one of them may be NULL. True when they differ. */
static bool tell_row(struct changes *c, const struct text *old,
		     const struct text *now, const char *against)
{
	const char *change = !old ? "new" : !now ? "gone" : "changed";
	const struct text *of = old ? old : now;
	bool differ = false;

	for (size_t i = 0; i < c->n; i++) {
		struct text a = old ? old[i] : (struct text){ 0 };
		struct text b = now ? now[i] : (struct text){ 0 };

		if (!c->told[i] || text_eq(a, b))
			continue;
		differ = true;
		if (c->sink && of)
			put_cell(c, of, change, i, a, b, against);
	}
	return differ;
}

static bool same_line(const struct changes *c, const struct text *a,
		      const struct text *b)
{
	for (size_t k = 0; k < NELEMS(c->line); k++)
		if (!text_eq(cell_of(a, c->line[k]), cell_of(b, c->line[k])))
			return false;
	return true;
}

/* pair[i]: the row of `now` that old row i is; NONE: none. */
static void pair_rows(const struct changes *c, const struct text *const *old,
		      size_t n, const struct text *const *now, size_t m,
		      size_t *pair, bool *taken)
{
	size_t next = 0;

	for (size_t i = 0; i < n; i++) {
		pair[i] = NONE;
		for (size_t k = 0; n <= PAIRED && m <= PAIRED && k < m; k++) {
			if (taken[k] || !same_line(c, old[i], now[k]))
				continue;
			pair[i] = k;
			taken[k] = true;
			break;
		}
	}
	for (size_t i = 0; i < n; i++) {
		while (next < m && taken[next])
			next++;
		if (pair[i] != NONE || next == m)
			continue;
		pair[i] = next;
		taken[next] = true;
	}
}

void changes_tell(struct changes *c, const struct text *const *old, size_t n,
		  const struct text *const *now, size_t m,
		  const char *against, struct change_counts *counts)
{
	size_t *pair = mem_alloc(n, sizeof(*pair));
	bool *taken = mem_zalloc(m, sizeof(*taken));

	pair_rows(c, old, n, now, m, pair, taken);
	for (size_t i = 0; i < n; i++) {
		const struct text *row = pair[i] == NONE ? NULL : now[pair[i]];
		bool differ = tell_row(c, old[i], row, against);

		counts->changed += differ && row;
		counts->gone += !row;
	}
	for (size_t k = 0; k < m; k++) {
		if (taken[k])
			continue;
		tell_row(c, NULL, now[k], against);
		counts->new++;
	}
	free(pair);
	free(taken);
}
