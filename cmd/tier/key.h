/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --scheme key keeps from its options to its result. */
#ifndef CMD_TIER_KEY_H
#define CMD_TIER_KEY_H

#include "cmd/tier/ratings.h"
#include "model/keyaccount.h"

struct key_run {
	struct ratings *ratings;
	enum key_scale scale;
	struct key_weights weights;
	struct buf weights_text; /* and where they come from */
	bool own_cuts;
};

extern const struct opt key_table[];	/* the options */
/* scheme.open and .close: run->state is a struct key_run. */
void key_open(struct run *);
void key_close(struct run *);

#endif
