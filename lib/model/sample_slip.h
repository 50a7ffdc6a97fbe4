/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names and phones in lists that somebody keeps by hand: mostly right, some
 * with a slip of the kinds that record linkage has to see through.
 */
#ifndef MODEL_SAMPLE_SLIP_H
#define MODEL_SAMPLE_SLIP_H

#include "model/sample_sheet.h"

/* One character of the given name read alike (伟 for 玮) or another one, two
 * changed places, a title for the given name, a blank inside, nothing; firms
 * by their short form or with a character wrong. */
void sample_cell_typed_name(struct sample_sheet *, uint32_t party);
/* One digit wrong or two changed places, the number that the party gave
 * before or has besides, nothing. */
void sample_cell_typed_phone(struct sample_sheet *, uint32_t party);
/* A day of birth, at times with the wrong day or year, or none. */
void sample_cell_typed_birth(struct sample_sheet *, uint32_t party);

#endif
