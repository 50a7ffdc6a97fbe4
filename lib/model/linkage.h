/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which records are of one person or firm: probabilistic record linkage after
 * Fellegi & Sunter ("A theory for record linkage", JASA 64 (1969) 1183), its
 * parameters learned from the records themselves by expectation-maximisation
 * (Winkler, "Using the EM algorithm for weight computation in the
 * Fellegi-Sunter model of record linkage", 1988), no labels needed.
 *
 * Two records that share a blocking key (model/linkage_block.h) are compared
 * column by column; each column gives a level of agreement
 * (model/linkage_compare.h), each level the weight log(m / u):
 *
 *	m	how often two records of one entity show this level
 *	u	how often two records of different entities do
 *	lambda	the share of all n(n-1)/2 pairs that are of one entity
 *
 *	log odds = logit(lambda) + sum of the weights + corrections
 *
 * The corrections: a rare value in common weighs more than a frequent one
 * (linkage_rarity.h); errors come in company, and columns that depend on each
 * other (city and postcode) do not count twice (linkage_em.h); people of one
 * home are neither one nor strangers (linkage_home.h). A cell that is empty on
 * either side is no evidence. All weights are natural logarithms.
 *
 * The answer depends on the set of records alone: neither on the order in
 * which they were added nor on the number of threads. A record more changes
 * other people's clusters only as far as it changes what is learned: pairs are
 * drawn and sampled by their contents, and weights are rounded to 1/32 nat, so
 * that mostly nothing moves. Where an id must stay, settle its pairs.
 *
 * Candidate pairs are never stored, only those whose posterior comes near .01:
 * a million records of seven columns took 610 MB.
 */
#ifndef MODEL_LINKAGE_H
#define MODEL_LINKAGE_H

#include "base/text.h"

/* What a column holds; decides how it is compared and blocked. */
enum linkage_kind {
	LINKAGE_GIVEN,
	LINKAGE_SURNAME,
	LINKAGE_NAME,		/* a whole name in one cell */
	LINKAGE_FIRM,
	LINKAGE_DATE,		/* YYYY-MM-DD as far as it is one */
	LINKAGE_PHONE,
	LINKAGE_EMAIL,
	LINKAGE_IDNUM,
	LINKAGE_POSTCODE,
	LINKAGE_NUMBER,
	LINKAGE_ADDRESS,
	LINKAGE_PLACE,
	LINKAGE_GENDER,
	LINKAGE_CATEGORY,
	LINKAGE_TEXT,
	LINKAGE_VIN,
	LINKAGE_PLATE,
	LINKAGE_SOUND,		/* the reading of another column, see `sound` */
	LINKAGE_KINDS		/* how many there are */
};

struct linkage_column {
	const char *name;	/* as reasons and the report say it; copied */
	enum linkage_kind kind;
	/* A property that many share (a branch, a colour): its weight stays
	 * within one nat and the rarity of its values says nothing. */
	bool attribute;
	/* A cell may hold several values, a line feed between each two: the
	 * best pair of them counts. */
	bool set;
	/* Checked identity numbers: two different ones are a contradiction
	 * (never in one cluster), equal ones are certain. */
	bool proof;
	/* The column of kind LINKAGE_SOUND that holds this one's reading
	 * (pinyin), or LINKAGE_NONE. That column is not compared by itself. */
	size_t sound;
};

#define LINKAGE_NONE SIZE_MAX

struct linkage_options {
	double match_at;	/* clusters are merged down to this posterior */
	double review_at;	/* pairs from here to match_at are for review */
	size_t block_max;	/* larger blocks are skipped, never cut off */
	unsigned threads;	/* 0 is taken for 1 */
	bool homes;		/* it is known that people of one home are among
				 * the records (model/linkage_home.h) */
};

#define LINKAGE_DEFAULTS                                                       \
	{                                                                      \
		.match_at = 0.7, .review_at = 0.1, .block_max = 60,            \
		.threads = 1                                                   \
	}

enum linkage_status {
	LINKAGE_DONE,
	LINKAGE_TOO_FEW,	/* fewer than two records: each is a cluster */
	LINKAGE_NO_COLUMN,	/* all columns empty or constant: likewise */
	LINKAGE_CONFLICT	/* settled pairs contradict each other */
};

struct linkage;

/* At least one column, at most LINKAGE_COLUMNS_MAX. */
#define LINKAGE_COLUMNS_MAX 32

struct linkage *linkage_new(const struct linkage_column *, size_t n,
			    const struct linkage_options *);
void linkage_free(struct linkage *);

/*
 * One record: a cell for each column, normalised as the comparators want it
 * (folded case, no blanks at the ends, digits only in a phone); empty is
 * unknown. The cells are copied. Returns the record's number, from 0 on;
 * at most UINT32_MAX - 1 records.
 */
uint32_t linkage_add(struct linkage *, const struct text *cell);

/* A settled pair holds for ever: of one entity, or of two. Before
 * linkage_run(). */
void linkage_settle(struct linkage *, uint32_t a, uint32_t b, bool same);

/* Of one entity by a rule that is certain; gives way where it contradicts
 * what is settled. Before linkage_run(). */
void linkage_rule(struct linkage *, uint32_t a, uint32_t b);

/* What these two have in common in this column is no evidence, neither way
 * (a car that one sold to the other). Before linkage_run(). */
void linkage_ignore(struct linkage *, uint32_t a, uint32_t b, size_t column);

/* Learns, scores, clusters; once. Without LINKAGE_DONE each record is a
 * cluster of its own, but for the pairs settled as the same. */
enum linkage_status linkage_run(struct linkage *);

/* The smallest record number of the record's cluster. */
uint32_t linkage_cluster(const struct linkage *, uint32_t record);

/* Clusters anew at another threshold, .01 < match_at < 1, with what was
 * learned left as it is; after a run that was LINKAGE_DONE. */
void linkage_recluster(struct linkage *, double match_at);
double linkage_match_at(const struct linkage *);

enum linkage_band {
	LINKAGE_MATCH,		/* in one cluster */
	LINKAGE_REVIEW,		/* in two, from review_at on */
	LINKAGE_CUT		/* in two, though match_at is reached: settled,
				 * contradicted, or the rest of the cluster
				 * speaks against it */
};

struct linkage_pair {
	uint32_t a, b;		/* a < b */
	float probability;
	enum linkage_band band;
};

/*
 * The compared pairs from review_at on and the pairs settled, by (a, b). A
 * pair in one cluster may be absent when no blocking key brought it together:
 * the members hang together by other pairs. The library's own, until
 * linkage_free().
 */
size_t linkage_pairs(const struct linkage *, const struct linkage_pair **);

/* Posterior probability of any pair of records, 0 < p < 1; after a run. */
double linkage_probability(struct linkage *, uint32_t a, uint32_t b);

/*
 * Appends why any two records are (not) alike: "surname=exact +5.21;
 * date=one edit +3.07; ...", columns in their order, then the corrections
 * that are not 0 (`rare`, `errors`, `together`, `one home`) and the prior.
 * After a run. Holds no cell's value.
 */
void linkage_reason(struct linkage *, uint32_t a, uint32_t b, struct buf *);

struct linkage_report {
	uint64_t records;
	uint64_t columns;	/* used: neither constant nor (nearly) empty */
	uint64_t keys;		/* blocking passes */
	uint64_t blocks;	/* of 2 to block_max records */
	uint64_t blocks_skipped;
	uint64_t largest_block;	/* skipped ones included */
	uint64_t pairs_compared; /* distinct pairs, each counted once */
	uint64_t pairs_kept;	/* with a posterior of .01 or more */
	double lambda;		/* share of matches among all pairs */
	double expected_matches; /* lambda * n(n-1)/2 */
	double home_share;	/* of pairs of one home; 0: not looked for */
	unsigned rounds;	/* of EM, both passes */
	bool converged;
	double swap_m, swap_u;	/* given name and surname exchanged; 0, 0:
				 * there are no two such columns */
	uint64_t clusters;	/* one-record ones included */
	uint64_t largest_cluster;
	uint64_t components_cut; /* whose records went to several clusters */
	uint64_t contradictions; /* merges refused: proof or settled */
};

const struct linkage_report *linkage_report(const struct linkage *);

struct linkage_level {
	const char *words;	/* "exact", "one edit" */
	double m, u;
	double weight;		/* as used: monotone, clipped */
	double h;		/* among people of one home; 0: none sought */
};

/* How many levels a column has; 0 when it was not used. */
size_t linkage_levels(const struct linkage *, size_t column);
void linkage_level(const struct linkage *, size_t column, size_t level,
		   struct linkage_level *);

#endif
