/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the streams amount to, for the measures and the index. */
#ifndef CMD_LOYALTY_TOTALS_H
#define CMD_LOYALTY_TOTALS_H

#include "model/loyaltymeasures.h"

#include "cmd/loyalty/people.h"

struct totals_ask {
	struct people_ask people;
	const char *contacts, *leads, *complaints;	/* or NULL */
};

/* `people` has been read; the other files are read here. */
struct loyalty_totals totals_of(struct people *, const struct totals_ask *);

#endif
