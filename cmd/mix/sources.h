/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sources of growth by their names (seed 000 has six) and other words. */
#ifndef CMD_MIX_SOURCES_H
#define CMD_MIX_SOURCES_H

#include "base/text.h"

struct sources;

/* Of a CSV with the columns source and word; NULL: the one that ships. */
struct sources *sources_open(const char *path);
void sources_close(struct sources *);
/* In the order of the file. */
size_t sources_count(const struct sources *);
struct text sources_name(const struct sources *, size_t i);
/* The number of the source that is meant, in any case of Latin letters;
 * SIZE_MAX: none of them. */
size_t sources_find(struct sources *, struct text word);

#endif
