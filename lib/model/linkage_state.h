/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of model/linkage.h share: one linkage from the first record
 * to the last reason. For them alone. */
#ifndef MODEL_LINKAGE_STATE_H
#define MODEL_LINKAGE_STATE_H

#include "model/linkage_em.h"
#include "model/linkage_gather.h"
#include "model/linkage_partition.h"

struct linkage {
	struct linkage_column *column;	/* names are ours */
	size_t columns;
	struct linkage_options o;
	struct linkage_values **values;	/* of each column; may be shared */
	struct linkage_items items;
	struct linkage_settled *settled; /* records */
	size_t settled_n, settled_cap;
	struct linkage_ignored *ignored; /* records */
	size_t ignored_n, ignored_cap;

	/* From linkage_run() on. */
	enum linkage_status status;
	struct linkage_view view;
	struct linkage_cache *cache;
	struct linkage_looks kept;
	struct linkage_rarity rarity;
	struct linkage_model model;
	float *odds;			/* of each kept pair */
	float *self;			/* of each item with copies, else 0 */
	struct linkage_settled *fixed;	/* items: settled, rules, proofs */
	size_t fixed_n;
	uint32_t *label;		/* of each item */
	uint32_t *cluster;		/* of each record */
	struct linkage_pair *pair;
	size_t pairs;
	struct linkage_report report;
};

/* linkage_learn.c: blocks, learns, scores; sets model, rarity, kept, odds. */
void linkage_learn(struct linkage *);

/* linkage_group.c: clusters at log odds `at` into label and component of the
 * items; false when settled pairs contradict each other. */
bool linkage_group(struct linkage *, double at, uint32_t *label,
		   uint32_t *component, struct linkage_partition_counts *);
/* Makes `fixed` of what is settled, of rules and of equal proofs. */
bool linkage_group_fix(struct linkage *);
/* Clusters of records, report, list of pairs. */
void linkage_group_finish(struct linkage *, double match_at);

/* Log odds of two items; -HUGE_VAL: they contradict each other. *weight: the
 * share of all that could be compared that was; may be NULL. */
double linkage_odds(const struct linkage *, struct linkage_cache *, uint32_t a,
		    uint32_t b, double *weight);

#endif
