/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules of summer time as POSIX writes them (CET-1CEST,M3.5.0,M10.5.0/3): the
 * footer of a compiled zone file, which holds past its last transition.
 */
#ifndef BASE_ZONE_RULE_H
#define BASE_ZONE_RULE_H

#include "base/text.h"

/* One as it holds in a year: offsets west of Greenwich in seconds, and between
 * which moments (seconds, UTC) the second one does. */
struct zone_rule {
	int standard, summer;
	bool has_summer;
	int64_t start, end;
};

/* False: no such rule. */
bool zone_rule_read(struct text, int year, struct zone_rule *);
/* The offset east of Greenwich in seconds that holds at a moment. */
bool zone_rule_east(struct text, int64_t at, int *east);

#endif
