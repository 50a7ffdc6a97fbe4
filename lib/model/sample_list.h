/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The word lists of crm-sample: small CSV files (no quotes) with a header,
 * whose last column, `weight`, says how often a row is drawn. Rows that belong
 * together (the words of one kind, the characters of one cohort) stand
 * together in the file and are drawn from as a range.
 */
#ifndef MODEL_SAMPLE_LIST_H
#define MODEL_SAMPLE_LIST_H

#include "base/text.h"
#include "num/rng.h"

struct sample_list {
	size_t rows, columns; /* without the header */
	struct text *cell;    /* rows x columns, borrowed from the CSV */
	uint64_t *upto;	      /* weight of the rows before row i */
};

struct sample_range {
	size_t first, n;
};

/* Reads a list; the text must outlive it. False when it is not such a file:
 * rows of different width, or a weight that is not a positive number. */
bool sample_list_read(struct sample_list *, struct text csv);
void sample_list_release(struct sample_list *);

/* Column `column` of a row. */
struct text sample_list_get(const struct sample_list *, size_t row,
			    size_t column);
/* The same as a whole number; 0 when it is none. */
int64_t sample_list_int(const struct sample_list *, size_t row, size_t column);
/* The rows whose column has the value, which must be neighbours. */
struct sample_range sample_list_range(const struct sample_list *, size_t column,
				      struct text value);
/* The rows of `within` whose column has the value. */
struct sample_range sample_list_within(const struct sample_list *,
				       struct sample_range within,
				       size_t column, struct text value);
/* A row of the range (n > 0), drawn by weight. */
size_t sample_list_draw(const struct sample_list *, struct sample_range,
			struct rng *);
struct sample_range sample_list_all(const struct sample_list *);

#endif
