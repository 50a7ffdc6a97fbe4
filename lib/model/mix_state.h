/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a mix, for its own files: mix.c folds lines, mix_join.c brings
 * two states together, mix_count.c counts what the sets hold. */
#ifndef MODEL_MIX_STATE_H
#define MODEL_MIX_STATE_H

#include <string.h>

#include "model/mix.h"
#include "model/mix_bag.h"
#include "model/mix_code.h"

/* Sums of a group, or of a group's one customer. */
struct mix_sums {
	uint64_t rows;
	uint64_t low;		/* the amount, 128 bits in halves: entries */
	int64_t high;		/* of a group table are aligned to 8 */
	int32_t last, active;	/* of cells: day of the last line, and of the
				 * last that was no money given back;
				 * biased, 0: none */
};

/* What waits with a customer; of MIX_PLAIN without the part for cells. */
struct mix_waiting {
	uint64_t purchase;	/* its code, 0: none */
	uint32_t group;		/* MIX_NO_GROUP: only the day counts */
	int32_t day;		/* biased; 0: unknown */
};

struct mix_cell_waiting {
	struct mix_waiting w;
	bool back;
	uint64_t distinct;	/* a code, 0: none */
	int64_t fen;
};

#define MIX_NO_GROUP UINT32_MAX
#define MIX_DAY_BIAS 1000000

/* Of cells. */
struct mix_seen {
	int32_t first;		/* day of a purchase, biased; 0: none */
};

#define MIX_KEYS_MET 512

/* The number of a short key that was met before. */
struct mix_key_met {
	uint64_t word[2];
	uint32_t n, number;
	bool known;
};

struct mix {
	enum mix_kind kind;
	struct group *keys;		/* entries: struct mix_sums */
	struct group *customers;	/* entries of cells: struct mix_seen */
	struct group *cells;		/* of key and customer: mix_sums */
	struct mix_bag purchases, values;	/* values are of nobody, or
					 * rather of their own codes */
	unsigned threads;		/* that count */
	struct mix_codes codes;
	struct mix_key_met met[MIX_KEYS_MET];
	struct mix_member last;
	struct mix_group *group;	/* of MIX_PLAIN, after mix_finish() */
};

static inline money_wide mix_amount(const struct mix_sums *s)
{
	return (money_wide)((unsigned __int128)(uint64_t)s->high << 64 |
			    s->low);
}

static inline void mix_later(int32_t *last, int32_t day)
{
	*last = day > *last ? day : *last;
}

void mix_add_sums(struct mix_sums *, uint64_t rows, money_wide amount);
/* A purchase on a (biased) day. */
void mix_see(struct mix_seen *, int32_t day);
/* The customer of a cell stands in its key. */
uint32_t mix_cell_customer(const struct group *cells, size_t i);
/* One of the values of a group. */
void mix_add_value(struct mix *, uint64_t code, uint32_t group);
/* Folds what is queued. */
void mix_flush(struct mix *);

#endif
