/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases one by one, as bytes: for a cache of them, from which a case comes
 * back as it was without its events being told again.
 */
#ifndef MODEL_CASEWORK_KEEP_H
#define MODEL_CASEWORK_KEEP_H

#include "model/casework.h"

/* What the bytes depend on besides the events: the columns that are kept,
 * what scenes stand for, this program's own layout, and the workflow. */
uint64_t casework_digest(const struct casework *);

struct text casework_key(const struct casework *, size_t i);
/* Appends case i. There are no watchers: what they keep is theirs. */
void casework_freeze(const struct casework *, size_t i, struct buf *);
/* Brings in a case that is not there, from bytes that casework_freeze() made
 * under the same digest. False, and nothing done, when they are none. */
bool casework_thaw(struct casework *, struct text case_id, struct text bytes);
/* Lets all cases go, and keeps columns and scenes. */
void casework_forget(struct casework *);

#endif
