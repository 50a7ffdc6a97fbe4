/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Student's t distribution, by GSL. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "num/student.h"

double student_t(double freedom, double p)
{
	if (freedom < 0.05)
		return INFINITY;
	return gsl_cdf_tdist_Pinv(p, freedom);
}
