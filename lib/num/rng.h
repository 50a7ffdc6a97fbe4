/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers that are the same on every machine: xoshiro256** of David
 * Blackman and Sebastiano Vigna ("Scrambled linear pseudorandom number
 * generators", ACM TOMS 47:4, 2021), its state filled by splitmix64. Every
 * variate is made by integer arithmetic and comparisons alone, so neither a
 * libm nor a compiler's contraction of a*b+c can change an outcome.
 *
 * Real-valued variates are fixed point, 32 bits behind the point ("Q32").
 */
#ifndef NUM_RNG_H
#define NUM_RNG_H

#include <stdbool.h>
#include <stdint.h>

#define RNG_ONE ((uint64_t)1 << 32) /* 1 in Q32 */

struct rng {
	uint64_t s[4];
};

/* Two streams of one seed are independent for all practical purposes, so each
 * thing that is drawn can have its own and be left alone by the others. */
void rng_init(struct rng *, uint64_t seed, uint64_t stream);
uint64_t rng_next(struct rng *);

/* 0 .. n-1, each equally likely (Lemire's multiplication with rejection,
 * ACM TOMACS 29:1, 2019); n > 0. */
uint64_t rng_below(struct rng *, uint64_t n);
/* lo .. hi, both inclusive; lo <= hi. */
int64_t rng_between(struct rng *, int64_t lo, int64_t hi);
/* As rng_between(), but the sum of two: most likely in the middle. */
int64_t rng_middling(struct rng *, int64_t lo, int64_t hi);
/* True with probability share / 1,000,000. */
bool rng_chance(struct rng *, uint32_t millionths);

/* Exponential of mean 1, by von Neumann's comparison method ("Various
 * techniques used in connection with random digits", 1951). Q32. */
uint64_t rng_exponential(struct rng *);
/* Gamma of a whole shape and scale 1: a sum of exponentials. Q32. */
uint64_t rng_gamma(struct rng *, unsigned shape);
/* Beta(a, b) of whole a, b >= 1, a + b <= 33: the a-th smallest of a + b - 1
 * uniform numbers. Q32, below RNG_ONE. */
uint64_t rng_beta(struct rng *, unsigned a, unsigned b);

#endif
