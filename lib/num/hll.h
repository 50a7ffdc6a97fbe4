/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many different values there were, from 64 KiB of registers: HyperLogLog
 * (Flajolet, Fusy, Gandouet, Meunier, AofA 2007; 64-bit hashes as in Heule,
 * Nunkesser, Hall, EDBT 2013), with the estimator of Ertl ("New cardinality
 * estimation algorithms for HyperLogLog sketches", arXiv 1702.01284, algorithm
 * 6), which needs no tables of biases. Registers hold maxima: neither order
 * nor repetition shows, and two sketches are joined by the larger of each.
 */
#ifndef NUM_HLL_H
#define NUM_HLL_H

#include <stdint.h>

#define HLL_BITS 16
#define HLL_REGISTERS (1 << HLL_BITS)
/* Standard error of an estimate, by its value: 1.04 / sqrt(registers). */
#define HLL_ERROR 0.0040625

struct hll {
	uint8_t rank[HLL_REGISTERS];
};

/* All zero is empty. The hash must be as good as random in all 64 bits. */
static inline void hll_add(struct hll *h, uint64_t hash)
{
	uint64_t at = hash >> (64 - HLL_BITS);
	/* The bit below the hash's own ends the count of zeros. */
	uint64_t rest = hash << HLL_BITS | (uint64_t)1 << (HLL_BITS - 1);
	uint8_t rank = (uint8_t)(__builtin_clzll(rest) + 1);

	if (rank > h->rank[at])
		h->rank[at] = rank;
}

void hll_join(struct hll *, const struct hll *from);
double hll_estimate(const struct hll *);

#endif
