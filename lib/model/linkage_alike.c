/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike two bags of words are. */
#include <math.h>
#include <string.h>

#include "model/linkage_bag.h"
#include "model/similar.h"

#define EDIT_COUNTS   .85
#define PREFIX_COUNTS .7

/* What is in one bag only, of letters. */
struct rest {
	uint32_t word[LINKAGE_WORDS_MAX];
	unsigned n;
};

struct sums {
	double shared; /* squares of what both have */
	double a, b;   /* of what each has */
};

static void leave(const struct linkage_words *w, uint32_t word, struct rest *r)
{
	if (w->word[word].class == LINKAGE_WORD_LETTERS)
		r->word[r->n++] = word;
}

static void share(const struct linkage_words *w, uint32_t word,
		  struct linkage_alike *alike, struct sums *sum)
{
	const struct linkage_word *d = &w->word[word];

	sum->shared += (double)d->idf * d->idf;
	alike->numbers_shared += d->class == LINKAGE_WORD_NUMBER;
	if (!alike->rarest || d->frequency < alike->rarest)
		alike->rarest = d->frequency;
}

static void intersect(const struct linkage_words *w,
		      const struct linkage_bag *a, const struct linkage_bag *b,
		      struct rest rest[2], struct linkage_alike *alike,
		      struct sums *sum)
{
	const uint32_t *x = w->item + a->from, *x_end = x + a->n;
	const uint32_t *y = w->item + b->from, *y_end = y + b->n;

	while (x < x_end && y < y_end) {
		if (*x < *y) {
			leave(w, *x++, &rest[0]);
		} else if (*y < *x) {
			leave(w, *y++, &rest[1]);
		} else {
			share(w, *x++, alike, sum);
			y++;
		}
	}
	while (x < x_end)
		leave(w, *x++, &rest[0]);
	while (y < y_end)
		leave(w, *y++, &rest[1]);
}

static bool begins(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;

	return n >= 3 && memcmp(a.p, b.p, n) == 0;
}

/* How much two different words count as one, 0: not at all. */
static double word_alike(const struct linkage_word *a,
			 const struct linkage_word *b)
{
	size_t shorter = a->text.n < b->text.n ? a->text.n : b->text.n;
	size_t longer = a->text.n < b->text.n ? b->text.n : a->text.n;

	/* One edit takes at most one sign away and brings one other in; a
	 * sign is up to three bytes here. */
	size_t bytes = a->wide || b->wide ? 3 : 1;

	if (shorter >= 4 && longer - shorter <= bytes &&
	    (size_t)__builtin_popcount(a->letters ^ b->letters) <= 2 * bytes &&
	    similar_edits(a->text, b->text, 1) == 1)
		return EDIT_COUNTS;
	return begins(a->text, b->text) ? PREFIX_COUNTS : 0;
}

static double smaller(double a, double b)
{
	return a < b ? a : b;
}

/* The best partner of word a among those not taken. */
static void find_partner(const struct linkage_words *w, uint32_t a,
			 const struct rest *b, uint64_t *taken,
			 struct sums *sum)
{
	const struct linkage_word *x = &w->word[a], *best = NULL;
	double counts = 0, idf;
	unsigned at = 0;

	for (unsigned j = 0; j < b->n; j++) {
		const struct linkage_word *y = &w->word[b->word[j]];
		double c;

		if (*taken >> j & 1)
			continue;
		c = word_alike(x, y) * smaller(x->idf, y->idf);
		if (c > counts) {
			counts = c;
			best = y;
			at = j;
		}
	}
	if (!best)
		return;
	*taken |= (uint64_t)1 << at;
	idf = smaller(x->idf, best->idf);
	sum->shared += counts * idf;
	sum->a += idf * idf - (double)x->idf * x->idf;
	sum->b += idf * idf - (double)best->idf * best->idf;
}

/* The shorter list looks for partners in the longer one, so that the answer
 * is the same whichever value comes first. */
static void match_rests(const struct linkage_words *w,
			const struct rest rest[2], struct sums *sum)
{
	bool swap = rest[0].n > rest[1].n ||
		    (rest[0].n == rest[1].n && rest[0].n > 0 &&
		     rest[0].word[0] > rest[1].word[0]);
	const struct rest *few = &rest[swap], *many = &rest[!swap];
	struct sums s = { sum->shared, sum->a, sum->b };
	uint64_t taken = 0;

	if (swap)
		s = (struct sums){ sum->shared, sum->b, sum->a };
	for (unsigned i = 0; i < few->n; i++)
		find_partner(w, few->word[i], many, &taken, &s);
	sum->shared = s.shared;
	sum->a = swap ? s.b : s.a;
	sum->b = swap ? s.a : s.b;
}

struct linkage_alike linkage_words_alike(const struct linkage_words *w,
					 uint32_t a, uint32_t b)
{
	const struct linkage_bag *x = &w->bag[a], *y = &w->bag[b];
	struct linkage_alike alike = { .tight = x->tight == y->tight,
				      .numbers_a = x->numbers,
				      .numbers_b = y->numbers };
	struct sums sum = { .a = x->square, .b = y->square };
	struct rest rest[2];
	double both;

	rest[0].n = rest[1].n = 0;
	intersect(w, x, y, rest, &alike, &sum);
	if (rest[0].n && rest[1].n)
		match_rests(w, rest, &sum);
	both = sum.a * sum.b;
	if (both > 0) {
		alike.cosine = smaller(sum.shared / sqrt(both), 1);
		alike.contained =
			smaller(sum.shared / smaller(sum.a, sum.b), 1);
	}
	return alike;
}
