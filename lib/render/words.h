/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that all writers of reports need, in the report's language. Each
 * function appends. */
#ifndef RENDER_WORDS_H
#define RENDER_WORDS_H

#include "render/report.h"

/* Heading of a section, numbered in the body (1, 2, ...) and lettered in the
 * appendix (A, B, ...); without a number elsewhere. */
void words_heading(struct buf *, const struct report *, size_t part,
		   size_t section);
/* "see 2 Customers" for the section with that id; "" when there is none. */
void words_reference(struct buf *, const struct report *, const char *id);
void words_rows(struct buf *, uint64_t rows);		/* "48,213 rows" */
/* "Table 3", "Figure 3" of a block that is one of these. */
void words_number(struct buf *, const struct block *);
/* "transactions.csv, 48,213 rows, SHA-256 9f86d081884c…" */
void words_source(struct buf *, const struct report_source *);

#endif
