/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows folded by all cores. Each lane is a thread that takes the next block
 * of whole records whenever it is done with one, reads its rows as anybody
 * does, and folds them into a state of its own; in the end the states are
 * joined:
 *
 *	static void fold(struct input *in, void *state)
 *	{
 *		struct row row;
 *
 *		while (input_next(in, &row))
 *			add(state, row.cell);
 *	}
 *
 *	static const struct lanes_job job = { begin, fold, join };
 *	struct state *all = lanes_fold(in, &job, &options);
 *
 * Which rows come to which lane differs from run to run, so a state must be
 * such that no answer depends on it: sums (wide, or checked at the end and
 * not on the way), minima, maxima, sets; entries numbered as they are first
 * met are put in an order of their own before they are written.
 *
 * In fold(), `in` is the lane's own: input_next(), _reject(), _skip(),
 * _raw_cell() and what else is asked of a row may be called as in a command
 * of one thread. Rows are set aside in the order of the files, and the first
 * bad one of that order is the one that ends the run. What is not of a row
 * (input_last_day(), input_counts(), input_unuse(), input_close()) is asked
 * of the whole input, after lanes_fold(). A lane takes some 2 MiB for blocks
 * beside its state.
 */
#ifndef STREAM_LANES_H
#define STREAM_LANES_H

#include "stream/input.h"

/* More would wait for each other: blocks are read and framed one by one. */
#define LANES_MAX 8

struct lanes_job {
	/* A new state, made by the lane that fills it. */
	void *(*begin)(void *ctx);
	/* Reads rows until there are none. It may find none at all. */
	void (*fold)(struct input *in, void *state);
	/* Brings `from` into `into` and frees `from`. */
	void (*join)(void *into, void *from);
};

/*
 * Reads the input to its end in as many lanes as -j allows (one for input
 * that is short) and returns the joined state. ctx is what begin() is called
 * with: it is shared, and nobody may write to it meanwhile.
 */
void *lanes_fold(struct input *, const struct lanes_job *, void *ctx);

#endif
