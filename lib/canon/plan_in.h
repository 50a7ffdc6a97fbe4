/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of plan.h share; for lib/canon/plan*.c alone. */
#ifndef CANON_PLAN_IN_H
#define CANON_PLAN_IN_H

#include "canon/plan.h"

/* ---- plan_column.c ---- */

/* Finds which field column i is and how its cells are read. */
void plan_match_column(struct plan *, const struct aliases *, size_t i,
		       const struct plan_file *, const struct reading_rules *);
/* Which columns of a survey answer a question; once all are matched. */
void plan_find_questions(struct plan *, const struct plan_file *,
			 const struct reading_rules *);
/* Does the file number the lines of each document? */
bool plan_numbers_lines(const struct plan *, const struct plan_file *);

/* ---- plan_stream.c ---- */

/* Lists where each column of the stream comes from. */
void plan_find_sources(struct plan *);
/* Is the stream in a file of this kind and these columns? */
bool plan_is_carried(const struct plan *);
/* Is the column kept besides those of the stream? */
bool plan_is_kept(const struct plan *, const struct plan_column *);
/* A file whose words say little is what the stream is mostly made of. */
enum export plan_usual_kind(const struct schema *);

#endif
