/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Survival of customers, as it was seen: Kaplan & Meier, Nonparametric
 * Estimation from Incomplete Observations, J. of the American Statistical
 * Association 53 (1958) 457-481; variance by Greenwood (1926); difference
 * between groups by the log-rank test (Mantel 1966; Peto & Peto 1972).
 */
#ifndef MODEL_SURVIVAL_H
#define MODEL_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One customer: seen for a time, in whole units (days), and lost at its end
 * or still there (censored). */
struct spell {
	int64_t time;
	uint32_t group;		/* 0 .. groups - 1 */
	bool lost;
};

/* How the band is drawn. With v = sum d / (n (n - d)) and z of 95 %:
 * plain S -+ z S sqrt(v); log: S e^(-+ z sqrt(v)); log-log: S^(e^(-+ z
 * sqrt(v) / ln S)), which alone stays in 0..1 and keeps its level with few
 * customers (Borgan & Liestol, Scand. J. of Statistics 17 (1990) 35). */
enum survival_band { SURVIVAL_LOG_LOG, SURVIVAL_LOG, SURVIVAL_PLAIN };

struct survival_step {
	int64_t time;
	int64_t at_risk;	/* seen until just before the time */
	int64_t lost, censored;	/* at the time; the lost go first */
	double survival;	/* beyond the time */
	double error;		/* Greenwood's standard error; NAN at 0 */
	double low, high;	/* 95 %; NAN where there is none */
};

struct survival {
	struct survival_step *step;	/* ascending distinct times */
	size_t n;
	int64_t customers, lost;
};

/* Kaplan-Meier estimate of the spells of one group. Sorts them by time. The
 * caller releases. */
struct survival survival_of(struct spell *, size_t n, enum survival_band);
void survival_release(struct survival *);

/* The first time at which at most the share q survives, or -1. */
int64_t survival_quantile(const struct survival *, double q);

struct logrank {
	double *expected;	/* losses by group if all were alike */
	int64_t *observed;
	double chi_square;	/* NAN where there is nothing to compare */
	size_t freedom;		/* degrees: groups with customers at risk - 1 */
	double p;		/* upper tail */
};

/*
 * Log-rank test over the groups 0 .. groups - 1. Sorts the spells. With n_j
 * at risk in group j, n in all, d lost of all at a time:
 *
 *   E_j = sum d n_j / n
 *   V_jk = sum d (n - d) / (n - 1) n_j / n ([j = k] - n_k / n)
 *   chi^2 = (O - E)' V^- (O - E)
 *
 * The caller releases.
 */
struct logrank logrank_of(struct spell *, size_t n, size_t groups);
void logrank_release(struct logrank *);

#endif
