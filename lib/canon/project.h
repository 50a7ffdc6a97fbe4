/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row of an export made rows of a stream: who it is about, and the unit
 * that goes to the shelf.
 *
 *   customers, vehicles, leads   one row, filled into others of the same
 *   transactions   a sale: one line; a repair order: its amounts as lines
 *                  that sum to the bill (bill.h)
 *   surveys        a row for each question that was answered
 *   complaints     a row for each event whose day the register tells, and for
 *                  the steps of the workflow that must lie between
 */
#ifndef CANON_PROJECT_H
#define CANON_PROJECT_H

#include "canon/identity.h"
#include "canon/plan.h"
#include "canon/shelf.h"

struct project_options {
	struct reading_rules rules;
	const char *source;	/* --source: for customers and leads, or NULL */
	bool eight_steps;	/* complaints by the eight-step workflow */
};

enum project_result {
	PROJECT_PUT,		/* a unit was put on the shelf */
	PROJECT_NOTHING,	/* the row holds nothing of the stream */
	PROJECT_BAD		/* `fault` says why */
};

struct project_fault {
	enum reason reason;
	struct text column;	/* its header */
	struct text value;	/* raw */
};

struct project;

/* One for each file. `file`: its name without folders, for source_file. */
struct project *project_new(const struct plan *, const struct extras *,
			    const struct project_options *, const char *file,
			    struct identity *, struct shelf *);
void project_free(struct project *);

/* cell[] has one value a column of the plan. */
enum project_result project_row(struct project *, const struct text *cell,
				struct project_fault *);

/* Who the row just read is about: the number of its record in the identity,
 * SHELF_NOBODY when it names nobody (or is canonical), and whether that is a
 * firm by its name. */
struct project_about {
	uint32_t who;
	bool firm;
};

struct project_about project_about(const struct project *);

/* Columns of the stream with the extras (and flags); the caller frees. */
struct project_column {
	const char *name;
	enum col_type type;
};

size_t project_columns(const struct schema *, const struct extras *,
		       struct project_column **);

#endif
