/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Retention in service by a vehicle's age. It is counted in car-years: each
 * whole year since the sale of a car that was watched to the year's end,
 * served when the car came at least once in it. In bands of one year that is
 * cars served of cars. Years end on the anniversary of the sale (that of the
 * 29th of February on the 28th).
 */
#ifndef MODEL_CARYEARS_H
#define MODEL_CARYEARS_H

#include "model/bands.h"

struct caryears {
	int64_t cars;		/* with a car-year in the band */
	int64_t years, served;	/* car-years, and those with a visit */
	int64_t visits;		/* in these years */
};

/*
 * Adds one car, sold on a day, watched until `last`, that came on n days
 * (ascending, distinct). band[] has bands.n + 1 elements. Days before the
 * sale do not count. Returns the visits that fell in a year that is not over.
 */
int64_t caryears_add(const struct bands *, int32_t sold, int32_t last,
		     const int32_t *day, size_t n, struct caryears *band);

#endif
