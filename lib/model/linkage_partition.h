/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From scored pairs to clusters, without chaining strangers: the connected
 * components of the pairs that reach the threshold, then, inside every
 * component, average linkage over all its pairs, whether or not a blocking
 * key brought them together. A record with few filled cells that resembles
 * two people joins at most one of them: the mean over all pairs of the two
 * clusters would fall below the threshold.
 *
 * Sokal & Michener, "A statistical method for evaluating systematic
 * relationships", Univ. Kansas Sci. Bull. 38 (1958) 1409 (UPGMA); odds are
 * clipped, so that no single pair decides about a cluster.
 */
#ifndef MODEL_LINKAGE_PARTITION_H
#define MODEL_LINKAGE_PARTITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two things, 0 .. n-1, and how likely they are one: natural log odds. */
struct linkage_edge {
	uint32_t a, b;
	float odds;
};

/* A pair that is settled, whatever the odds. */
struct linkage_settled {
	uint32_t a, b;
	bool same;
	bool by_rule;		/* gives way to what was settled by hand */
};

struct linkage_partition {
	size_t n;
	const struct linkage_edge *edge;
	size_t edges;
	const struct linkage_settled *settled;
	size_t settled_n;
	double at;		/* the threshold, log odds */
	/* Log odds of any pair, and how much speaks in them either way, > 0:
	 * what the pair weighs in a mean. -HUGE_VAL: the two contradict each
	 * other and are never of one cluster, unless settled pairs make them
	 * so. */
	double (*odds)(const void *ctx, uint32_t a, uint32_t b,
		       double *weight);
	const void *ctx;
};

struct linkage_partition_counts {
	size_t clusters, largest;
	size_t components_cut;
	size_t contradictions;	/* pairs kept apart within a component */
};

/*
 * Fills label[n] with the smallest number of each one's cluster and
 * component[n] with that of its component. Components of more than
 * LINKAGE_DENSE_MAX members are first taken apart by a rising threshold. The
 * order of the edges does not matter; equal odds are merged lowest number
 * first. False when settled pairs contradict each other: then only what is
 * settled as the same is joined.
 */
#define LINKAGE_DENSE_MAX 300

bool linkage_partition(const struct linkage_partition *, uint32_t *label,
		       uint32_t *component, struct linkage_partition_counts *);

#endif
