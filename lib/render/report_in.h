/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of report.h share; for lib/render/report*.c alone. */
#ifndef RENDER_REPORT_IN_H
#define RENDER_REPORT_IN_H

#include "render/report.h"

/* A string, that may be missing, as the report owns it. */
const char *report_copy(struct report *, const char *);
struct chart report_chart(struct report *, const struct chart *);
/* One more block of a section. */
struct block *report_block(struct section *, enum block_kind);
/* The table of a block, empty. */
struct table *report_new_table(struct report *, struct block *);

#endif
