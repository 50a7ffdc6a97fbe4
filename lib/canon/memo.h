/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The readings of a column that come again and again (a product, a store, a
 * name on the next line of the same bill), kept. A reading depends on the
 * cell, its column and the rules alone, so what is kept is what would be
 * read. A column whose cells do not repeat is soon not asked any more.
 */
#ifndef CANON_MEMO_H
#define CANON_MEMO_H

#include "canon/reading.h"

struct memo;

/* One for each column: its cells are all read by the same column and rules. */
struct memo *memo_new(void);
void memo_free(struct memo *);

/* As reading_judge(); the texts may also be the memo's, until the next call
 * for this column. */
enum reason memo_take(struct memo *, struct text raw,
		      const struct reading_column *,
		      const struct reading_rules *, char *to,
		      struct reading *);

#endif
