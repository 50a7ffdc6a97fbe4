/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bands of ages. */
#include "model/bands.h"

#include "base/day.h"
#include "base/number.h"

#define AGE_MAX 150

bool bands_parse(struct text list, struct bands *b)
{
	struct text part;
	int64_t before = 0;

	b->n = 0;
	while (text_split(&list, ',', &part)) {
		if (b->n == BANDS_MAX || !number_int(part, &b->bound[b->n]) ||
		    b->bound[b->n] <= before || b->bound[b->n] > AGE_MAX)
			return false;
		before = b->bound[b->n++];
	}
	return b->n > 0;
}

size_t bands_of(const struct bands *b, int64_t age)
{
	size_t i = 0;

	while (i < b->n && age >= b->bound[i])
		i++;
	return i;
}

size_t bands_label(const struct bands *b, size_t i, bool inclusive,
		   char to[BANDS_LABEL])
{
	long long low = i ? (long long)b->bound[i - 1] : 0, high;

	if (i == b->n)
		return text_putf(to, BANDS_LABEL, "%lld+", low);
	high = (long long)b->bound[i] - inclusive;
	return text_putf(to, BANDS_LABEL, "%lld-%lld", low, high);
}

int64_t bands_years(int32_t from, int32_t to)
{
	struct civil a = day_civil(from), b = day_civil(to);
	bool before = b.month < a.month ||
		      (b.month == a.month && b.day < a.day);

	return b.year - a.year - before;
}
