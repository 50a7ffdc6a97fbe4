/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other files tell of customers: why they left, and what they did last. */
#ifndef CMD_CLV_REMARKS_H
#define CMD_CLV_REMARKS_H

#include "base/group.h"
#include "base/mem.h"
#include "stream/common.h"

struct remark {
	struct text cause;	/* customers.lost_cause */
	int32_t day;		/* of the last event; DAY_NONE: none */
	struct text event;
};

struct remarks {
	struct group *who;	/* each a struct remark */
	struct arena arena;
};

struct remarks remarks_new(void);
void remarks_release(struct remarks *);

/* Of a file of customers their lost_cause; of several rows of one the first
 * cause bytewise. The options of `common` go for the other file, too. */
void remarks_read_causes(struct remarks *, const struct common *,
			 const char *file);
/* Of a file of contacts or complaints the last of each customer until the day
 * `last`; of several on one day the last word bytewise. */
void remarks_read_events(struct remarks *, const struct common *,
			 const char *file, int32_t last);

/* What is known of a customer, or NULL. */
const struct remark *remarks_of(const struct remarks *, struct text who);

#endif
