/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances between short words. */
#include "base/near.h"

/* Longer words are not names of anything. */
#define WORD_MAX 32

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Three rows of the table are enough: the one at work, and two before it. */
static size_t slips_between(struct text a, struct text b)
{
	size_t row[3][WORD_MAX + 1];

	for (size_t k = 0; k <= b.n; k++)
		row[0][k] = k;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *now = row[i % 3], *last = row[(i + 2) % 3];

		now[0] = i;
		for (size_t k = 1; k <= b.n; k++) {
			bool same = a.p[i - 1] == b.p[k - 1];

			now[k] = least(last[k - 1] + !same,
				       least(last[k], now[k - 1]) + 1);
			if (i > 1 && k > 1 && a.p[i - 1] == b.p[k - 2] &&
			    a.p[i - 2] == b.p[k - 1])
				now[k] = least(now[k],
					       row[(i + 1) % 3][k - 2] + 1);
		}
	}
	return row[a.n % 3][b.n];
}

void near_begin(struct near *n, struct text word)
{
	*n = (struct near){ .word = word, .slips = 1 + least(word.n / 3, 2) };
}

void near_try(struct near *n, struct text candidate)
{
	size_t slips;

	if (n->word.n > WORD_MAX || candidate.n > WORD_MAX)
		return;
	slips = slips_between(n->word, candidate);
	if (slips >= n->slips)
		return;
	n->slips = slips;
	n->best = candidate;
}
