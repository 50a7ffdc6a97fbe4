/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores by bands, bands by quantiles, segments by scores. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/number.h"
#include "base/radix.h"
#include "model/rfm.h"

unsigned rfm_score(const struct rfm_scale *s, int64_t value)
{
	unsigned band = 0;

	for (unsigned i = 0; i + 1 < s->scores; i++)
		band += value > s->at_most[i];
	return s->less ? s->scores - band : 1 + band;
}

#define SIGN (1ull << 63)

static void sort(int64_t *v, size_t n)
{
	struct radix_item *item = mem_alloc(n, sizeof(*item));

	for (size_t i = 0; i < n; i++)
		item[i] = (struct radix_item){ (uint64_t)v[i] ^ SIGN, 0, 0 };
	radix_sort(item, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (int64_t)(item[i].key ^ SIGN);
	free(item);
}

/* The score of one who has `worse` of n strictly worse off. */
static unsigned quantile(size_t worse, size_t n, unsigned scores)
{
	return 1 + (unsigned)((unsigned __int128)worse * scores / n);
}

/*
 * More is better: a band's bound is the greatest value with its score or a
 * lower one. Runs of equal values are walked upwards.
 */
static void bounds_of_more(struct rfm_scale *s, const int64_t *v, size_t n)
{
	for (size_t from = 0, to; from < n; from = to) {
		unsigned score = quantile(from, n, s->scores);

		for (to = from + 1; to < n && v[to] == v[from];)
			to++;
		for (unsigned i = score - 1; i + 1 < s->scores; i++)
			s->at_most[i] = v[from];
	}
}

/*
 * Less is better: walked downwards. Whoever is worse than the score that
 * band i stands for lies above its bound, so the bound is one less than the
 * smallest value met with a lower score.
 */
static void bounds_of_less(struct rfm_scale *s, const int64_t *v, size_t n)
{
	for (size_t from = n, to; from > 0; from = to) {
		unsigned score = quantile(n - from, n, s->scores);

		for (to = from - 1; to > 0 && v[to - 1] == v[from - 1];)
			to--;
		for (unsigned i = 0; i + score < s->scores; i++)
			s->at_most[i] = v[from - 1] - 1;
	}
}

void rfm_quantiles(struct rfm_scale *s, int64_t *values, size_t n,
		   unsigned scores, bool less)
{
	*s = (struct rfm_scale){ .scores = scores, .less = less };
	sort(values, n);
	if (less)
		bounds_of_less(s, values, n);
	else
		bounds_of_more(s, values, n);
}

const char *rfm_scale_parse(struct rfm_scale *s, const char *bounds,
			    unsigned scores, bool less, bool money)
{
	struct text rest = text_of(bounds), part;
	size_t n = 0;

	*s = (struct rfm_scale){ .scores = scores, .less = less };
	while (text_split(&rest, ',', &part)) {
		int64_t v;

		if (money ? !money_parse(part, &v) : !number_int(part, &v))
			return money ? "a bound is an amount of money" :
				       "a bound is a whole number";
		if (n && v <= s->at_most[n - 1])
			return "the bounds do not ascend";
		if (n + 1 >= scores)
			return "there are more bounds than scores less one";
		s->at_most[n++] = v;
	}
	return n + 1 < scores ? "there are fewer bounds than scores less one" :
				NULL;
}

/* ---- segments ---- */

static bool score_parse(struct text t, unsigned *score)
{
	int64_t v;

	if (!number_int(t, &v) || v < 1 || v > RFM_SCORES_MAX)
		return false;
	*score = (unsigned)v;
	return true;
}

bool rfm_range_parse(struct text t, unsigned *low, unsigned *high)
{
	struct text rest = t, part = { 0 };

	*low = 1;
	*high = RFM_SCORES_MAX;
	if (text_is(t, "*"))
		return true;
	text_split(&rest, '-', &part);
	if (!score_parse(part, low))
		return false;
	*high = *low;
	return !rest.p || (score_parse(rest, high) && *low <= *high);
}

const char *rfm_segments_add(struct rfm_segments *s,
			     const struct rfm_segment *one)
{
	size_t first = 0;

	if (s->n == RFM_SEGMENTS_MAX)
		return "too many segments";
	while (first < s->n && !text_eq(s->item[first].id, one->id))
		first++;
	if (first < s->n && (!text_eq(s->item[first].en, one->en) ||
			     !text_eq(s->item[first].zh, one->zh)))
		return "the segment has other names further up";
	s->item[s->n] = *one;
	s->item[s->n++].first = first;
	return NULL;
}

static bool fits(const struct rfm_segment *one,
		 const unsigned score[RFM_MEASURES])
{
	for (size_t i = 0; i < RFM_MEASURES; i++)
		if (score[i] < one->low[i] || score[i] > one->high[i])
			return false;
	return true;
}

static size_t cell(unsigned r, unsigned f, unsigned m)
{
	return ((size_t)(r - 1) * RFM_SCORES_MAX + (f - 1)) * RFM_SCORES_MAX +
	       (m - 1);
}

/* The greatest score that some range names; "*" names none. */
static unsigned greatest(const struct rfm_segments *s)
{
	unsigned top = 0;

	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < RFM_MEASURES; k++)
			if (s->item[i].high[k] > top &&
			    !(s->item[i].low[k] == 1 &&
			      s->item[i].high[k] == RFM_SCORES_MAX))
				top = s->item[i].high[k];
	return top;
}

/* The number of the first row that fits, or SIZE_MAX. */
static size_t row_for(const struct rfm_segments *s,
		      const unsigned score[RFM_MEASURES])
{
	for (size_t i = 0; i < s->n; i++)
		if (fits(&s->item[i], score))
			return i;
	return SIZE_MAX;
}

enum rfm_fit rfm_segments_finish(struct rfm_segments *s, unsigned scores,
				 unsigned gap[RFM_MEASURES])
{
	unsigned top = greatest(s), all = scores * scores * scores;

	s->scores = scores;
	if (top && top != scores)
		return RFM_OTHER_SCORES;
	for (unsigned i = 0; i < all; i++) {
		const unsigned at[] = { 1 + i / scores / scores,
					1 + i / scores % scores,
					1 + i % scores };
		size_t row = row_for(s, at);

		if (row == SIZE_MAX) {
			memcpy(gap, at, sizeof(at));
			return RFM_GAP;
		}
		s->of[cell(at[0], at[1], at[2])] =
			(uint8_t)s->item[row].first;
	}
	return RFM_FITS;
}

size_t rfm_segment_of(const struct rfm_segments *s, unsigned r, unsigned f,
		      unsigned m)
{
	return s->of[cell(r, f, m)];
}
