/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Personal data as reports show it: enough to know one's customer again, not
 * enough to reach or name a stranger. Each function appends.
 */
#ifndef CANON_MASK_H
#define CANON_MASK_H

#include "canon/field.h"

/* 王*: the first letter, whatever the length. */
void mask_name(struct buf *, struct text);
/* 138****8000: the first three and the last four; all of a shorter one. */
void mask_phone(struct buf *, struct text);
/* The first three and the last four of a VIN. */
void mask_vin(struct buf *, struct text);
/* 粤B***45: the first two letters and the last two. */
void mask_plate(struct buf *, struct text);
/* The first six and the last four of an identity number. */
void mask_idno(struct buf *, struct text);

/*
 * A value of a field (FIELD_NONE: of a column that nobody knows) as a sample
 * may show it: people, numbers and addresses masked by their kind; words and
 * figures of deals and vehicles plain as far as they are such; all else, and
 * what looks like a person's number wherever it stands, by its shape.
 */
void mask_field(struct buf *, size_t field, struct text value);

#endif
