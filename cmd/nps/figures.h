/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results of one row for each group and period: figures of a measure, and
 * behind them what the options add to any measure: the cuts of a scale, the
 * weights' effect, the response rate, the change against the period before.
 */
#ifndef CMD_NPS_FIGURES_H
#define CMD_NPS_FIGURES_H

#include "cmd/nps/answers.h"

struct measure {
	const char *scale;		/* "0-10", without --scale */
	bool cuts;			/* --promoters and --detractors too */
	const char *const *usual;	/* questions, NULL at the end */
	const struct output_column *column;
	size_t columns;
	/* Writes its columns. When not `known` (there are no answers, or
	 * fewer than --min-n) only what is counted is to be written, the rest
	 * left empty. */
	void (*put)(const struct score_group *, bool known, struct output *);
	/* What --trend compares. n > 0 */
	struct nps_estimate (*estimate)(const struct score_group *);
};

int figures_run(const struct nps_options *, const struct measure *,
		char **files, size_t nfiles);

/* Cells that are empty when not known. */
void put_fixed4(struct output *, bool known, double);
void put_share(struct output *, bool known, double);

/* ---- trend.c: against the period before ---- */

#define TREND_COLUMNS 5
extern const struct output_column trend_columns[TREND_COLUMNS];

struct trend;
struct trend *trend_new(void);
/* Writes the columns: the change against the last period before that has
 * known figures of the same group. Periods must come in order. `label` is
 * the group's (by_key()), its first part the period; now is NULL where
 * nothing is known. */
void trend_put(struct trend *, struct text label,
	       const struct nps_estimate *now, struct output *);
void trend_free(struct trend *);

#endif
