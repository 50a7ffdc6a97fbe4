/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How good a clustering is, where the truth is known. Counted by pairs of
 * records: a pair is found when both are in one cluster, true when both are
 * of one entity, right when both hold.
 *
 *	precision = right / found	recall = right / true
 *	F1 = 2 right / (found + true)
 *
 * (Christen, Data Matching, Springer 2012, section 7.2.) A ratio whose
 * denominator is 0 is 1: nothing was claimed wrongly, nothing was missed.
 */
#ifndef MODEL_LINKAGE_TRUTH_H
#define MODEL_LINKAGE_TRUTH_H

#include <stddef.h>
#include <stdint.h>

#include "model/linkage.h"

struct linkage_truth {
	uint64_t records;	/* of known entity */
	uint64_t found, real, right;
	double precision, recall, f1;
};

/* No entity is known: the record counts nowhere. */
#define LINKAGE_UNKNOWN UINT32_MAX

/* cluster[i], entity[i] are any labels of record i. */
struct linkage_truth linkage_truth(const uint32_t *cluster,
				   const uint32_t *entity, size_t n);

/* The figures of a finished run's clusters (entity: one for each record). */
struct linkage_truth linkage_truth_run(const struct linkage *,
				       const uint32_t *entity);

/*
 * The threshold of the best F1 among .02, .05, .1, .15, ... .95, .98, .99,
 * .999, with what was learned left as it is; of equal ones the nearest to
 * match_at, and of two the higher. Clusters are as before afterwards.
 */
struct linkage_truth linkage_truth_best(struct linkage *,
					const uint32_t *entity,
					double *match_at);

#endif
