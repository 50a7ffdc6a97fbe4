/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What byhand.c and byhand_given.c have in common. */
#ifndef CMD_COMPLAINT_BYHAND_IN_H
#define CMD_COMPLAINT_BYHAND_IN_H

#include "cmd/complaint/byhand.h"

/* The number of a column of the stream, or b->schema->n. */
size_t byhand_column(const struct byhand *, struct text name);
/* The name and the value in COLUMN=VALUE: the rest of the stream's columns,
 * and columns of one's own. */
struct text byhand_set(const char *set, const char **value);
/* Takes --set and the texts that stand in files, and checks all texts. */
void byhand_take(struct byhand *);

#endif
