/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers by integer arithmetic alone. */
#include "num/rng.h"

#define BETA_MAX 32

static uint64_t splitmix(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

void rng_init(struct rng *r, uint64_t seed, uint64_t stream)
{
	uint64_t state = seed;

	/* The stream's number is stirred before it meets the seed, so that
	 * seed 1 stream 2 is not seed 2 stream 1. */
	state = splitmix(&state) ^ (stream * 0xd1342543de82ef95u + 1);
	for (int i = 0; i < 4; i++)
		r->s[i] = splitmix(&state);
}

static uint64_t rotl(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

uint64_t rng_next(struct rng *r)
{
	uint64_t *s = r->s;
	uint64_t result = rotl(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return result;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
	unsigned __int128 m = (unsigned __int128)rng_next(r) * n;

	if ((uint64_t)m < n) {
		uint64_t floor = -n % n;

		while ((uint64_t)m < floor)
			m = (unsigned __int128)rng_next(r) * n;
	}
	return (uint64_t)(m >> 64);
}

int64_t rng_between(struct rng *r, int64_t lo, int64_t hi)
{
	return lo + (int64_t)rng_below(r, (uint64_t)(hi - lo) + 1);
}

int64_t rng_middling(struct rng *r, int64_t lo, int64_t hi)
{
	int64_t half = (hi - lo) / 2;

	return lo + rng_between(r, 0, half) + rng_between(r, 0, hi - lo - half);
}

bool rng_chance(struct rng *r, uint32_t millionths)
{
	return rng_below(r, 1000000) < millionths;
}

static uint64_t uniform(struct rng *r)
{
	return rng_next(r) >> 32;
}

/* A run of falling numbers has an odd length with probability e^-first. */
uint64_t rng_exponential(struct rng *r)
{
	for (uint64_t whole = 0;; whole += RNG_ONE) {
		uint64_t first = uniform(r), last = first, next;
		bool odd = true;

		while ((next = uniform(r)) < last) {
			last = next;
			odd = !odd;
		}
		if (odd)
			return whole + first;
	}
}

uint64_t rng_gamma(struct rng *r, unsigned shape)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < shape; i++)
		sum += rng_exponential(r);
	return sum;
}

uint64_t rng_beta(struct rng *r, unsigned a, unsigned b)
{
	uint64_t u[BETA_MAX] = { 0 };
	unsigned n = a + b - 1;

	for (unsigned i = 0; i < n; i++) {
		uint64_t v = uniform(r);
		unsigned at = i;

		for (; at > 0 && u[at - 1] > v; at--)
			u[at] = u[at - 1];
		u[at] = v;
	}
	return u[a - 1];
}
