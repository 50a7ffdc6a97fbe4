/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the results of crm-mix have in common, all but the plain one. */
#ifndef CMD_MIX_RESULTS_H
#define CMD_MIX_RESULTS_H

#include "cmd/mix/mix.h"

/* Options of the plain result are wrong usage. */
void results_check(const struct mix_options *, const char *option,
		   bool measured);
/* Output of --by and the caller's columns, no two of one name. */
struct output *results_open(const struct common *, const struct dims *,
			    const struct output_column *before, size_t nbefore,
			    const struct output_column *after, size_t nafter);
void results_put_label(const struct dims *, struct text label, struct output *);
/* Words of --by that are worked out of all rows are not to be had here. */
void results_refuse_late(const struct dims *, const char *option);
/* False, and the row set aside, when the cell is neither yes nor no. */
bool results_rival(struct input *, const struct cell *, int column,
		   bool *rival);

#endif
