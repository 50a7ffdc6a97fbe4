/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --base: an earlier result brought up to date. The exports are made rows as
 * without it, the base's rows stay as they are, and where both tell of the
 * same thing the policy decides:
 *   update   the exports' word; of customers, vehicles and leads cell by
 *            cell, where they have one
 *   keep     the base's
 *   fill     the base's, its empty cells filled from the exports'
 * The same thing is a customer, vehicle or lead; a bill or survey response
 * with all its lines; a vehicle (or product) of a sale; a case, or one event
 * of it where the exports list events.
 *
 * --changes: a CSV of what became different, cell by cell, against the base
 * and between exports that overlap.
 */
#ifndef CMD_IMPORT_BASE_H
#define CMD_IMPORT_BASE_H

#include "canon/project.h"
#include "cmd/import/import.h"

/* ---- changes ---- */

struct changes;

/* NULL: --changes was not given. The columns are those of the output. */
struct changes *changes_open(const struct import *, const struct schema *,
			     const struct project_column *, size_t n);
/*
 * What became of one thing: rows before and after, cells of the output each.
 * Rows that speak of the same line are found by what they are (kind, product,
 * question, event), then by their order. `against`: "base" or "export".
 * Gives how many rows are different.
 */
struct change_counts {
	uint64_t changed, gone, new;	/* rows */
};
void changes_tell(struct changes *, const struct text *const *old, size_t n,
		  const struct text *const *now, size_t m,
		  const char *against, struct change_counts *);
void changes_close(struct changes *);

/* ---- the base ---- */

struct base;

/* Opens the files of --base and plans them, before import_plans(), so that
 * their columns are in the output, too. NULL: there are none. */
struct base *base_open(struct import *, const struct schema *);
/* Reads them after import_plans(): rows wait, and ids are given. */
void base_read(struct base *, struct identity *, size_t columns);
/* A row of the exports as it would go out, in the order of output; own_line:
 * its line_no is the document's own. `unit` is of the exports' shelf. */
void base_take(struct base *, const struct text *cell, uint32_t unit,
	       bool own_line);
/* Lets the policy decide; gives the shelf with what stands, finished, and in
 * *rows how many. It stays the base's. */
struct shelf *base_merge(struct base *, const struct shelf *exports,
			 struct changes *, size_t *rows);
/* Counts what became of each row read, by what came out of that shelf: its
 * units that were seen, and written. */
void base_count(const struct base *, const struct shelf *exports,
		const bool *seen, const bool *written, struct input_counts *);
/* With --summary or -n: how many rows of the base are unchanged, changed and
 * gone, and how many are new, on one line. */
void base_tell(const struct base *);
void base_close(struct base *);

#endif
