/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --with FILE: columns of another canonical file, joined by vin where both
 * have it, else by customer_id. The columns that are wanted are kept in memory, one row a key; the
 * first row of a key counts.
 */
#ifndef STREAM_JOIN_H
#define STREAM_JOIN_H

#include "stream/input.h"

struct join;

/* Opens the file and reads its header. */
struct join *join_open(const char *path);
/* True when the file has the column; join_keep() then makes it readable and
 * gives its number. */
bool join_has(const struct join *, const char *column);
size_t join_keep(struct join *, const char *column);
/* Reads the rows, keyed by the column `key`. */
void join_load(struct join *, const char *key);
/* Value of a kept column for a key; empty when there is none. */
struct text join_value(const struct join *, struct text key, size_t column);
void join_free(struct join *);

#endif
