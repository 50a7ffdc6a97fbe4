/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of R squared: against R 4.2 (lm(), eigen(), all orders in which the
 * variables may come in), and where the answer is known. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "num/regress.h"

static const double among[] = {
	1,		      0.49853203883355446, 0.1149030554830873,
	0.49853203883355446, 1,			   0.30959125592428266,
	0.1149030554830873,  0.30959125592428266, 1,
};
static const double with[] = { 0.64483516373865002, 0.57175163421210184,
			       0.26505138241357995 };

static void near(double got, double wanted)
{
	ck_assert_msg(fabs(got - wanted) < 1e-11, "%.14g, not %.14g", got,
		      wanted);
}

START_TEST(as_r_has_it)
{
	double share[3], vif[3];

	near(regress_r2(3, among, with, 7), 0.511843923015);
	near(regress_r2(3, among, with, 5), 0.452765166457);
	near(regress_r2(3, among, with, 0), 0);
	near(regress_relative(3, among, with, share), 1.890254634054);
	near(share[0], 0.292114829000);
	near(share[1], 0.183098802993);
	near(share[2], 0.036630291022);
	regress_shapley(3, among, with, share);
	near(share[0], 0.289858257507);
	near(share[1], 0.186755967315);
	near(share[2], 0.035229698193);
	regress_inflation(3, among, vif);
	near(vif[0], 1.333785820368);
	near(vif[1], 1.455700373697);
	near(vif[2], 1.108544853606);
}
END_TEST

/* Uncorrelated: each explains its own square. */
START_TEST(uncorrelated)
{
	static const double none[] = { 1, 0, 0, 1 }, r[] = { 0.6, -0.5 };
	double share[2];

	near(regress_relative(2, none, r, share), 1);
	near(share[0], 0.36);
	near(share[1], 0.25);
	regress_shapley(2, none, r, share);
	near(share[0], 0.36);
	near(share[1], 0.25);
}
END_TEST

/* The same twice: halves; a third apart from them keeps its own. */
START_TEST(collinear)
{
	static const double twice[] = { 1, 1, 0, 1, 1, 0, 0, 0, 1 };
	static const double r[] = { 0.6, 0.6, 0.5 };
	double share[3], vif[3];

	ck_assert(isinf(regress_relative(3, twice, r, share)));
	near(share[0], 0.18);
	near(share[1], 0.18);
	near(share[2], 0.25);
	regress_shapley(3, twice, r, share);
	near(share[0], 0.18);
	near(share[1], 0.18);
	near(share[2], 0.25);
	regress_inflation(3, twice, vif);
	ck_assert(isinf(vif[0]) && isinf(vif[1]));
	near(vif[2], 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("regress");
	TCase *tc = tcase_create("regress");
	SRunner *sr = srunner_create(s);

	tcase_add_test(tc, as_r_has_it);
	tcase_add_test(tc, uncorrelated);
	tcase_add_test(tc, collinear);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
