/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results of crm-complaint stats, a file or two each. */
#ifndef CMD_COMPLAINT_STATS_H
#define CMD_COMPLAINT_STATS_H

#include "model/casestats.h"
#include "stream/output.h"

#include "cmd/complaint/casegroups.h"

struct stats {
	struct common common;
	struct casesource src;
	struct casegroups g;
	struct casestats *times;
	struct arena names;	/* of columns and groups */
	struct codes *codes;
	const char *unit;	/* of --by month and the like, or NULL */
	const char *response;	/* --response: event names, NULL: moves */
	bool *responds;		/* by event number */
	const char *pareto, *cross;
	size_t column[2];	/* of --pareto, --cross, --repeat */
	int64_t repeat;
	const char *attitude;	/* --attitude-cause */
	const char *claims_file;
};

/* Each writes its rows; the groups are made. */
struct output *stats_summary(struct stats *);
struct output *stats_times(struct stats *);
struct output *stats_dwell(struct stats *);
struct output *stats_pareto(struct stats *);
struct output *stats_cross(struct stats *);
struct output *stats_repeat(struct stats *);
struct output *stats_attitude(struct stats *);
struct output *stats_sla(struct stats *);

/* n, mean, median, p90, p95, max */
void stats_put_duration(struct output *, const struct duration *);

#endif
