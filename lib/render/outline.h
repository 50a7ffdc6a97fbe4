/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order in which a report stands in a text, for writers of one: its head,
 * then part by part a heading and the sections; under Contents what parts and
 * sections there are. A blank line follows each block but those within a list.
 */
#ifndef RENDER_OUTLINE_H
#define RENDER_OUTLINE_H

#include "render/report.h"

enum outline_level { OUTLINE_REPORT, OUTLINE_PART, OUTLINE_SECTION };

/* How a writer writes each; all append. */
struct outline {
	void (*heading)(struct buf *, const char *words, enum outline_level);
	void (*subtitle)(struct buf *, const char *words);
	/* of the contents: a part or a section */
	void (*entry)(struct buf *, const char *words, enum outline_level);
	void (*block)(struct buf *, const struct report *,
		      const struct block *);
};

void outline_write(struct buf *, const struct report *, const struct outline *);

#endif
