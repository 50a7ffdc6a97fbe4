/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What part of an amount is profit, by kind of business: for rows without a
 * cost, which exports of dealer systems seldom have. Nothing ships: such
 * figures are the dealer's own.
 */
#ifndef CMD_TIER_MARGINS_H
#define CMD_TIER_MARGINS_H

#include "cmd/tier/tier.h"

struct margins;

/* Reads --margins; NULL when it was not given. Wrong usage without a measure
 * of margin. The file must have a row for "*". */
struct margins *margins_open(const struct run *);
/* Profit of an amount, rounded to the fen, half away from zero. */
int64_t margins_profit(const struct margins *, struct text kind, int64_t fen);
void margins_free(struct margins *);

#endif
