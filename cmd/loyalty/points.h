/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of crm-loyalty points, a file each, and what they share. */
#ifndef CMD_LOYALTY_POINTS_H
#define CMD_LOYALTY_POINTS_H

#include "model/points.h"
#include "canon/place.h"
#include "stream/output.h"

int points_append(int argc, char **argv);
int points_balances(int argc, char **argv);
int points_replay(int argc, char **argv);
int points_statement(int argc, char **argv);
int points_lapse(int argc, char **argv);
int points_levels(int argc, char **argv);
int points_verify(int argc, char **argv);
int points_award(int argc, char **argv);

/* The balances of a book on a day, by customer_id. */
struct output *balances_open(const struct common *);
void balances_write(struct output *, const struct points *, struct place *,
		    int32_t day);

#endif
