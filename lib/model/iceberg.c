/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates in whole numbers: no share is ever a double. */
#include "model/iceberg.h"

/* Twice the middle, so that it is whole. */
static int64_t twice(struct iceberg_range r)
{
	return r.low + r.high;
}

static int64_t ratio(money_wide numerator, money_wide denominator)
{
	return (int64_t)money_ratio(numerator, denominator, 0);
}

bool iceberg_expect(const struct iceberg_part *p, size_t n,
		    struct iceberg_range *expected)
{
	money_wide low = 0, high = 0;
	int64_t parts = 0;

	for (size_t i = 0; i < n; i++) {
		low += (money_wide)p[i].part * p[i].figure.low;
		high += (money_wide)p[i].part * p[i].figure.high;
		parts += p[i].part;
	}
	*expected = (struct iceberg_range){ ratio(low, ICEBERG_WHOLE),
					    ratio(high, ICEBERG_WHOLE) };
	return parts == ICEBERG_WHOLE;
}

static int64_t without_silent(int64_t heard, int64_t twice_silent)
{
	return ratio((money_wide)heard * 2 * ICEBERG_WHOLE,
		     2 * ICEBERG_WHOLE - twice_silent);
}

struct iceberg_count iceberg_by_share(int64_t heard, struct iceberg_range r)
{
	return (struct iceberg_count){
		.low = without_silent(heard, 2 * r.low),
		.middle = without_silent(heard, twice(r)),
		.high = without_silent(heard, 2 * r.high),
	};
}

static int64_t scaled(int64_t n, int64_t twice_figure, int64_t whole)
{
	return ratio((money_wide)n * twice_figure, 2 * (money_wide)whole);
}

static struct iceberg_count scale(struct iceberg_count c,
				  struct iceberg_range r, int64_t whole)
{
	return (struct iceberg_count){
		.low = scaled(c.low, 2 * r.low, whole),
		.middle = scaled(c.middle, twice(r), whole),
		.high = scaled(c.high, 2 * r.high, whole),
	};
}

struct iceberg_count iceberg_part_of(struct iceberg_count c,
				     struct iceberg_range r)
{
	return scale(c, r, ICEBERG_WHOLE);
}

struct iceberg_count iceberg_each(struct iceberg_count c,
				  struct iceberg_range r)
{
	return scale(c, r, ICEBERG_UNIT);
}

struct iceberg_count iceberg_by_people(int64_t heard, struct iceberg_range r)
{
	return iceberg_each((struct iceberg_count){ heard, heard, heard }, r);
}

struct iceberg_count iceberg_less(struct iceberg_count a, int64_t n)
{
	return (struct iceberg_count){ a.low - n, a.middle - n, a.high - n };
}

money_wide iceberg_at_risk(money_wide value, int64_t returns)
{
	return money_ratio(value * (ICEBERG_WHOLE - returns), ICEBERG_WHOLE,
			   0);
}
