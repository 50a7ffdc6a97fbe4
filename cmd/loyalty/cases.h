/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the complaints tell for the claims: who bought again after a case, and
 * how many cases manner caused, as crm-complaint impact and stats count them
 * when no option says otherwise.
 */
#ifndef CMD_LOYALTY_CASES_H
#define CMD_LOYALTY_CASES_H

#include "model/casestats.h"
#include "model/comeback.h"

#include "cmd/loyalty/people.h"

struct cases_told {
	struct comeback_counts back[CASESTATS_OUTCOMES];
	uint64_t caused, attitude;	/* cases whose cause is known */
};

/*
 * From a log, or a file of events, that must be sound. `workflow` NULL: the
 * log's own, or seven-step. The transactions were read with keep_events.
 */
struct cases_told cases_read(const struct people *, const struct common *,
			     const char *path, const char *workflow);

#endif
