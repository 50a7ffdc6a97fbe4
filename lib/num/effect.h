/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much groups differ, in units that do not depend on how many rows there
 * are. NAN where the data do not say: a group of one, no spread at all.
 */
#ifndef NUM_EFFECT_H
#define NUM_EFFECT_H

#include "num/steps.h"

/* What is known of a group's numbers; variance with n - 1 below. */
struct effect_group {
	double n, mean, variance;
};

/* (mean a - mean b) / s, s^2 = ((na - 1) va + (nb - 1) vb) / (na + nb - 2)
 * (Cohen, "Statistical Power Analysis", 2nd ed. 1988, 2.5.1). */
double effect_cohens_d(struct effect_group a, struct effect_group b);
/*
 * Cohen's d freed of its bias in small groups: J(m) d, m = na + nb - 2, J(m) =
 * Gamma(m/2) / (sqrt(m/2) Gamma((m - 1)/2)) (Hedges, J. Educ. Stat. 6 (1981)
 * 107, eq. 6e). *error: its standard error, sqrt((na + nb) / (na nb) + g^2 /
 * (2 (na + nb))) (Hedges and Olkin 1985, p. 86).
 */
double effect_hedges_g(struct effect_group a, struct effect_group b,
		       double *error);
/* (mean a - mean b) / sqrt((va + vb) / 2): the standardised mean difference
 * that balance tables have (Austin, Commun. Stat. 38 (2009) 1228). */
double effect_smd(struct effect_group a, struct effect_group b);
/* Part of all variation that lies between k groups, SSB / (SSB + SSW)
 * (Cohen 1988, 8.2.19); groups without rows do not count. */
double effect_eta_squared(const struct effect_group *, size_t k);
/* P(a > b) - P(a < b) for one value of each: -1..1 (Cliff, Psychol. Bull. 114
 * (1993) 494). Exact but for the last division; NAN without values. */
double effect_cliffs_delta(const struct step *a, size_t na,
			   const struct step *b, size_t nb);
/*
 * Cramer's V of a table of counts, rows x columns, row by row, corrected for
 * bias (Bergsma, J. Korean Stat. Soc. 42 (2013) 323): phi2 = max(0, chi2/n -
 * (r-1)(c-1)/(n-1)), r' = r - (r-1)^2/(n-1), c' likewise, V = sqrt(phi2 /
 * min(r'-1, c'-1)). Empty rows and columns do not count; NAN with fewer than
 * two of either.
 */
double effect_cramers_v(const uint64_t *count, size_t rows, size_t columns);

#endif
