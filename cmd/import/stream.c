/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files onto one of the six streams: plans first, then all rows onto the
 * shelf, then out. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/import/base.h"
#include "cmd/import/writer.h"

static struct text customer_key(void *ctx, uint32_t who)
{
	struct identity *identity = ctx;

	return identity_id(identity, who);
}

/* Writes what is asked for and counts, for each unit, what became of it. */
static uint64_t write_rows(struct writer *w, size_t rows, struct output *out)
{
	struct input_counts *counts = &w->run->counts;
	size_t units = shelf_units(w->shelf), used = 0;
	bool *written = mem_zalloc(units, sizeof(*written));
	uint64_t n = 0;

	writer_begin(w, out);
	for (size_t i = 0; i < rows; i++) {
		struct shelf_row row;

		if (!writer_row(w, i, &row, out))
			continue;
		n++;
		if (row.alone) {
			used++;
			continue;
		}
		used += !written[row.unit];
		written[row.unit] = true;
	}
	counts->merged += shelf_merged(w->shelf);
	counts->used += used;
	counts->filtered += units - shelf_merged(w->shelf) - used;
	free(written);
	return n;
}

/* ---- with a base, and changes ---- */

/* The rows of the exports as they would go out. */
static void take_rows(struct writer *w, struct base *base, size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		struct shelf_row row;
		bool own_line;

		shelf_row(w->shelf, i, &row);
		writer_dress(w, &row);
		own_line = w->line_no != WRITER_NONE && w->cell[w->line_no].n;
		writer_fill_line(w, &row);
		base_take(base, w->cell, row.unit, own_line);
	}
}

/* The rows of one unit that did not stand, and of the one that did. */
struct overlap {
	const struct text **old, **now;
	size_t n, m, oldcap, nowcap;
	struct arena hold;
};

static const struct text *dressed(struct writer *w, struct overlap *o,
				  const struct shelf_row *row)
{
	struct text *to = arena_alloc(&o->hold, w->columns * sizeof(*to));

	writer_dress(w, row);
	for (size_t i = 0; i < w->columns; i++) {
		to[i] = w->cell[i];
		if (to[i].n)
			to[i].p = arena_copy(&o->hold, to[i].p, to[i].n);
	}
	return to;
}

static void add_overlap(struct writer *w, struct overlap *o,
			const struct shelf_change *c)
{
	if (c->old.cell) {
		o->old = mem_grow(o->old, o->n, &o->oldcap,
				  sizeof(struct text *));
		o->old[o->n++] = dressed(w, o, &c->old);
	}
	if (c->now.cell) {
		o->now = mem_grow(o->now, o->m, &o->nowcap,
				  sizeof(struct text *));
		o->now[o->m++] = dressed(w, o, &c->now);
	}
}

/* What exports say differently of one document. */
static void tell_overlaps(struct writer *w, struct changes *changes)
{
	struct change_counts counts = { 0 };
	size_t n = shelf_changes(w->shelf), next;

	for (size_t i = 0; i < n; i = next) {
		struct overlap o = { 0 };
		struct shelf_change c;
		uint32_t unit;

		shelf_change(w->shelf, i, &c);
		unit = c.old.unit;
		for (next = i; next < n; next++) {
			shelf_change(w->shelf, next, &c);
			if (c.old.unit != unit)
				break;
			add_overlap(w, &o, &c);
		}
		changes_tell(changes, o.old, o.n, o.now, o.m, "export",
			     &counts);
		free(o.old);
		free(o.now);
		arena_release(&o.hold);
	}
}

/* Writes what stands of exports and base; each has its own counts. */
static uint64_t write_result(struct writer *w, struct base *base,
			     struct changes *changes, size_t rows,
			     struct output *out)
{
	struct shelf *exports = w->shelf;
	bool *seen, *written;
	uint64_t n = 0;

	take_rows(w, base, rows);
	w->shelf = base_merge(base, exports, changes, &rows);
	seen = mem_zalloc(shelf_units(w->shelf), 1);
	written = mem_zalloc(shelf_units(w->shelf), 1);
	writer_begin(w, out);
	for (size_t i = 0; i < rows; i++) {
		struct shelf_row row;
		bool out_it = writer_row(w, i, &row, out);

		seen[row.unit] = true;
		written[row.unit] |= out_it;
		n += out_it;
	}
	w->shelf = exports;
	base_count(base, exports, seen, written, &w->run->counts);
	free(seen);
	free(written);
	return n;
}

/* ---- the whole ---- */

static bool are_entities(const struct schema *s)
{
	return plan_has_flags(s);
}

static void open_shelf(struct writer *w, bool watch)
{
	w->identity = identity_new();
	w->shelf = shelf_new(are_entities(w->schema) ? SHELF_ENTITIES :
						       SHELF_EVENTS,
			     w->columns);
	if (strcmp(w->schema->name, "customers") == 0) {
		shelf_prefer(w->shelf, writer_column(w, TEXT("name")),
			     reading_is_whole_name);
		shelf_prefer(w->shelf, writer_column(w, TEXT("phone")),
			     reading_is_whole_phone);
		shelf_prefer(w->shelf, writer_column(w, TEXT("id_no")),
			     reading_is_whole_id);
	}
	/* A customer is as old as the oldest record. */
	if (are_entities(w->schema))
		shelf_smallest(w->shelf, writer_column(w, TEXT("created_on")));
	if (watch)
		shelf_watch(w->shelf);
}

int import_stream(struct import *run, const struct schema *schema)
{
	struct writer w = { .run = run, .schema = schema };
	struct base *base = base_open(run, schema);
	struct changes *changes;
	struct output *out = NULL;
	int status = EXIT_DONE;
	size_t rows;
	uint64_t n;

	import_plans(run, schema);
	writer_open(&w);
	changes = changes_open(run, schema, w.column, w.columns);
	open_shelf(&w, run->o->changes);
	run->quality = quality_open(run);
	if (!run->o->common.dry_run)
		out = writer_output(&w);
	if (base)
		base_read(base, w.identity, w.columns);
	for (size_t i = 0; i < run->sheets; i++)
		import_read(run, &run->sheet[i], w.identity, w.shelf);
	identity_resolve(w.identity);
	rows = shelf_finish(w.shelf, customer_key, w.identity);
	if (run->o->changes && !are_entities(schema))
		tell_overlaps(&w, changes);
	n = base ? write_result(&w, base, changes, rows, out) :
		   write_rows(&w, rows, out);
	progress_close(&run->progress);
	filldown_end(run);
	input_settle(&run->o->common, run->rejects, &run->counts, n);
	if (base)
		base_tell(base);
	changes_close(changes);
	quality_write(run->quality, w.identity);
	quality_close(run->quality);
	import_save_map(run);
	/* Last, so that a run that fails leaves no result. */
	if (out)
		status = output_close(out);
	base_close(base);
	identity_free(w.identity);
	shelf_free(w.shelf);
	writer_close(&w);
	return status;
}
