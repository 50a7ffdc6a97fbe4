/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --chain knows of its units. */
#ifndef CMD_NPS_CHAIN_H
#define CMD_NPS_CHAIN_H

#include "cmd/nps/nps.h"
#include "model/profitchain.h"

struct chain {
	const struct nps_options *o;
	struct by by;			/* of the answers; all units */
	struct input *in;
	struct group *questions;	/* struct ends */
	struct group *answers;		/* unit and question */
	struct pairs *scores;		/* by number of these; y is 0 */
	size_t scored, cap;
	struct profitchain_unit *unit;
	size_t units;
	size_t *order;
};

/* Room for n units. */
void chain_units(struct chain *, size_t n);

/* ---- chain_deals.c ---- */

/* Counts the transactions of the file to the units, by the groups of the
 * answers, of which some may be new. */
void chain_deals(struct chain *, const char *path);

#endif
