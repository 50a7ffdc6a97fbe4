/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs are counted by the sizes of cells (cluster, entity): never listed. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/radix.h"
#include "model/linkage_truth.h"

static uint64_t pairs_of(uint64_t n)
{
	return n < 2 ? 0 : n % 2 ? (n - 1) / 2 * n : n / 2 * (n - 1);
}

/* Pairs of items whose keys are equal; sorts them. */
static uint64_t equal_pairs(struct radix_item *item, size_t n)
{
	uint64_t sum = 0;
	size_t start = 0;

	radix_sort(item, n);
	for (size_t i = 1; i <= n; i++) {
		if (i < n && item[i].key == item[start].key)
			continue;
		sum += pairs_of(i - start);
		start = i;
	}
	return sum;
}

static double ratio(uint64_t part, uint64_t whole)
{
	return whole == 0 ? 1 : (double)part / (double)whole;
}

struct linkage_truth linkage_truth(const uint32_t *cluster,
				   const uint32_t *entity, size_t n)
{
	struct radix_item *item = mem_alloc(n, sizeof(*item));
	struct linkage_truth t = { 0 };
	size_t known = 0;

	/* One array serves three counts: by both, then by each half. */
	for (size_t i = 0; i < n; i++) {
		if (entity[i] == LINKAGE_UNKNOWN)
			continue;
		item[known].key = (uint64_t)cluster[i] << 32 | entity[i];
		item[known++].who = (uint32_t)i;
	}
	t.records = known;
	t.right = equal_pairs(item, known);
	for (size_t i = 0; i < known; i++)
		item[i].key = cluster[item[i].who];
	t.found = equal_pairs(item, known);
	for (size_t i = 0; i < known; i++)
		item[i].key = entity[item[i].who];
	t.real = equal_pairs(item, known);
	free(item);
	t.precision = ratio(t.right, t.found);
	t.recall = ratio(t.right, t.real);
	t.f1 = t.found + t.real == 0 ?
		       1 :
		       2 * (double)t.right / (double)(t.found + t.real);
	return t;
}

struct linkage_truth linkage_truth_run(const struct linkage *l,
				       const uint32_t *entity)
{
	size_t n = linkage_report(l)->records;
	uint32_t *cluster = mem_alloc(n, sizeof(*cluster));
	struct linkage_truth t;

	for (size_t i = 0; i < n; i++)
		cluster[i] = linkage_cluster(l, (uint32_t)i);
	t = linkage_truth(cluster, entity, n);
	free(cluster);
	return t;
}

static const double thresholds[] = { .02, .05, .10, .15, .20, .25,
				     .30, .35, .40, .45, .50, .55,
				     .60, .65, .70, .75, .80, .85,
				     .90, .95, .98, .99, .999 };

struct linkage_truth linkage_truth_best(struct linkage *l,
					const uint32_t *entity,
					double *match_at)
{
	double usual = linkage_match_at(l);
	struct linkage_truth best = linkage_truth_run(l, entity);

	*match_at = usual;
	for (size_t i = 0; i < NELEMS(thresholds); i++) {
		double at = thresholds[i];
		struct linkage_truth t;

		linkage_recluster(l, at);
		t = linkage_truth_run(l, entity);
		if (t.f1 < best.f1 ||
		    (t.f1 == best.f1 &&
		     fabs(at - usual) > fabs(*match_at - usual)))
			continue;
		best = t;
		*match_at = at;
	}
	linkage_recluster(l, usual);
	return best;
}
