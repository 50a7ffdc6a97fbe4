/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Years of cars, and visits in them. */
#include "base/day.h"
#include "model/caryears.h"

#define YEARS_MAX 1000

int64_t caryears_add(const struct bands *bands, int32_t sold, int32_t last,
		     const int32_t *day, size_t n, struct caryears *band)
{
	size_t i = 0, met = SIZE_MAX;

	while (i < n && day[i] < sold)
		i++;
	for (int year = 0; year < YEARS_MAX; year++) {
		int32_t end = day_add_months(sold, 12 * (year + 1));
		size_t at = bands_of(bands, year);
		int64_t visits = 0;

		if (end - 1 > last)
			break;
		for (; i < n && day[i] < end; i++)
			visits++;
		band[at].cars += met != at;
		met = at;
		band[at].years++;
		band[at].served += visits > 0;
		band[at].visits += visits;
	}
	return (int64_t)(n - i);
}
