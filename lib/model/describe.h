/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One column of a table in figures: what its values are, how many differ, the
 * most frequent ones, and for numbers and dates where they lie.
 *
 * Up to a number of different values (describe_settings.exact) all of it is
 * exact: the different texts are counted, and everything is reckoned from
 * them in the end. A column with more goes over to sketches of bounded size:
 * exact still are rows, filled, type, sum, mean, sd, least and greatest, zeros
 * and negatives, lengths; the number of different values is estimated by
 * HyperLogLog (num/hll.h), quantiles by a fixed grid (num/cellgrid.h), the most
 * frequent values by a sample of rows (model/sampler.h). The result depends
 * on which rows there are, and for the sample on which lines they stand on,
 * never on who read which of them.
 */
#ifndef MODEL_DESCRIBE_H
#define MODEL_DESCRIBE_H

#include "base/day.h"
#include "model/tally.h"
#include "num/steps.h"

enum describe_type {
	DESCRIBE_FOUND,		/* whichever fits all values */
	DESCRIBE_EMPTY,		/* nothing is filled */
	DESCRIBE_INTEGER,
	DESCRIBE_MONEY,		/* decimals, shown with two */
	DESCRIBE_NUMBER,
	DESCRIBE_DATE,
	DESCRIBE_INSTANT,
	DESCRIBE_YESNO,		/* yes, no, unknown; true, false */
	DESCRIBE_CATEGORY,	/* at most 100 different words, each twice on
				 * average */
	DESCRIBE_TEXT
};

const char *describe_type_name(enum describe_type);

struct describe_settings {
	enum describe_type type;	/* FOUND, or what is known of it */
	size_t exact;			/* different values, at least 1 */
	struct instant_clock clock;	/* of instants written without a zone */
};

struct describe;

struct describe *describe_new(struct describe_settings);
void describe_free(struct describe *);
/* A cell; one of nothing but blanks is not filled. `draw`: a hash of the line
 * it stands on, as good as random (describe_draw). */
void describe_add(struct describe *, struct text, uint64_t draw);
uint64_t describe_draw(uint64_t line);

/*
 * The same in two steps, for a row of many columns: all cells are prepared
 * before the first is taken, and nobody waits for memory one by one. False:
 * the cell is not filled, and there is nothing to take.
 */
struct describe_cell {
	struct describe *describe;
	struct text text;	/* borrowed until it is taken */
	struct tally_key key;
};

bool describe_prepare(struct describe *, struct text, struct describe_cell *);
void describe_take(const struct describe_cell *, uint64_t draw);

/* Brings `from` into the other, whose settings are the same. */
void describe_join(struct describe *, const struct describe *from);

struct describe_top {
	char *text;
	size_t n;
	uint64_t count;
};

/*
 * What is known in the end. `exact` tells whether distinct, steps and top
 * are; else distinct is within 2 * HLL_ERROR of its value (95 %), values of
 * steps within CELLGRID_ERROR of theirs (dates: exact, instants: to the day),
 * and shares of top within top_error (95 %; NAN: nothing was sampled).
 */
struct description {
	enum describe_type type;
	uint64_t filled;
	uint64_t unfit;		/* filled, but of another type than was told;
				 * not in what follows but top and distinct */
	bool exact;
	uint64_t distinct;
	struct describe_top *top;	/* the most frequent first, equal ones
					 * bytewise */
	size_t tops;
	double top_error;

	bool ordered;		/* numbers, dates: min, max, steps */
	bool numeric;		/* numbers: the rest too */
	int decimals;		/* the most that occur */
	struct step *step;	/* dates: day numbers; instants: microseconds
				 * (day.h) */
	size_t steps;
	uint64_t n;		/* values in steps */
	struct figure min, max;
	uint64_t zeros, negatives;
	bool summed;		/* sum is exact, in units of 10^-sum_decimals */
	__int128 sum;
	int sum_decimals;
	double total, mean, variance;	/* NAN: unknown */

	/* Characters of what is filled. */
	uint64_t length_min, length_max, length_sum;
};

/* Does not change what it describes; to be released. `as`: the type to tell
 * of it, such as that of a larger whole; FOUND: its own. */
struct description describe_finish(const struct describe *,
				   enum describe_type as, size_t tops);
void description_release(struct description *);

#endif
