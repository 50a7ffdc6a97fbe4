/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream spend: money spent on customers, by purpose. */
#ifndef CANON_SPEND_H
#define CANON_SPEND_H

#include "model/churn.h"

/* In a period. */
struct spend {
	money_wide winning, keeping;	/* acquisition, retention */
};

/*
 * Reads the stream spend into one struct spend for each of the periods, which
 * ascend and must hold whole months; dies otherwise. What is for another
 * purpose is left out. The caller frees.
 */
struct spend *spend_read(const char *file, const struct day_range *period,
			 size_t periods);

/* Cost of winning one over that of keeping one; NAN: not known. */
double spend_ratio(const struct spend *, const struct churn *);

#endif
