/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every model fitted to data drawn from known parameters: the estimates lie
 * within four standard errors of them each time, and the 95 % intervals hold
 * them about 95 times in a hundred. RECOVERY=10 makes the data ten times as
 * large and the run ten times as long.
 */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/bgbb.h"
#include "model/bgnbd.h"
#include "model/gamgam.h"
#include "model/mbgcnbd.h"
#include "model/mbgnbd.h"
#include "model/pnbd.h"
#include "model/sbg.h"

enum { SEEDS = 100, COVERED_LEAST = 88, RENEWALS = 12, OCCASIONS = 12 };

#define STANDARD_ERRORS 4.0

/* ---- customers drawn, from the story that each model tells ---------------- */

/* Buys at gaps of Gamma(k, rate) and may leave after each purchase; `early`:
 * after the first of all, too. */
static struct buyer leaver(gsl_rng *g, const double *p, double k, bool early,
			   double T, double *log_gaps)
{
	struct buyer b = { .T = T };
	double rate = gsl_ran_gamma(g, p[BETAGEO_R], 1 / p[BETAGEO_ALPHA]);
	double leave = gsl_ran_beta(g, p[BETAGEO_A], p[BETAGEO_B]), t = 0;
	bool gone = early && gsl_rng_uniform(g) < leave;

	while (!gone) {
		double gap = gsl_ran_gamma(g, k, 1 / rate);

		if (!((t += gap) <= T))
			break;
		b.x++;
		b.t_x = t;
		*log_gaps += log(gap);
		gone = gsl_rng_uniform(g) < leave;
	}
	return b;
}

static struct buyer draw_bgnbd(gsl_rng *g, const double *p, double T,
			       double *log_gaps)
{
	return leaver(g, p, 1, false, T, log_gaps);
}

static struct buyer draw_mbgnbd(gsl_rng *g, const double *p, double T,
				double *log_gaps)
{
	return leaver(g, p, 1, true, T, log_gaps);
}

static struct buyer draw_mbgcnbd(gsl_rng *g, const double *p, double T,
				 double *log_gaps)
{
	return leaver(g, p, p[MBGCNBD_K], true, T, log_gaps);
}

static struct buyer draw_pnbd(gsl_rng *g, const double *p, double T,
			      double *log_gaps)
{
	struct buyer b = { .T = T };
	double rate = gsl_ran_gamma(g, p[PNBD_R], 1 / p[PNBD_ALPHA]);
	double leave = gsl_ran_gamma(g, p[PNBD_S], 1 / p[PNBD_BETA]), t = 0;
	double end = fmin(gsl_ran_exponential(g, 1 / leave), T);

	(void)log_gaps;
	while ((t += gsl_ran_exponential(g, 1 / rate)) <= end) {
		b.x++;
		b.t_x = t;
	}
	return b;
}

static struct buyer draw_bgbb(gsl_rng *g, const double *p, double T,
			      double *log_gaps)
{
	struct buyer b = { .T = OCCASIONS };
	double buy = gsl_ran_beta(g, p[BGBB_ALPHA], p[BGBB_BETA]);
	double leave = gsl_ran_beta(g, p[BGBB_GAMMA], p[BGBB_DELTA]);

	(void)T;
	(void)log_gaps;
	for (int i = 1; i <= OCCASIONS && gsl_rng_uniform(g) >= leave; i++)
		if (gsl_rng_uniform(g) < buy) {
			b.x++;
			b.t_x = i;
		}
	return b;
}

static struct buyer draw_gg(gsl_rng *g, const double *p, double T,
			    double *log_gaps)
{
	double nu = gsl_ran_gamma(g, p[GAMGAM_Q], 1 / p[GAMGAM_GAMMA]);
	double x = 1 + (double)gsl_rng_uniform_int(g, 6);

	(void)log_gaps;
	return (struct buyer){
		x, T / 2, T, gsl_ran_gamma(g, p[GAMGAM_P] * x, 1 / nu) / x
	};
}

/* T: the renewal that he left at; more than RENEWALS: none of those seen. */
static struct buyer draw_sbg(gsl_rng *g, const double *p, double T,
			     double *log_gaps)
{
	double leave = gsl_ran_beta(g, p[SBG_ALPHA], p[SBG_BETA]);
	struct buyer b = { .T = 1 };

	(void)T;
	(void)log_gaps;
	while (b.T <= RENEWALS && gsl_rng_uniform(g) >= leave)
		b.T++;
	return b;
}

/* ---- and what is fitted to them ------------------------------------------ */

static struct fit fit_gg(const struct buyer *b, size_t n)
{
	struct spenders s = spenders_of(b, n);
	struct fit f = gamgam_fit(&s);

	spenders_release(&s);
	return f;
}

static struct fit fit_sbg(const struct buyer *b, size_t n)
{
	struct tenure at[RENEWALS] = { { 0 } };
	const struct tenures t = { at, RENEWALS };

	for (size_t i = 0; i < n; i++)
		if (b[i].T <= RENEWALS)
			at[(size_t)b[i].T - 1].lost++;
		else
			at[RENEWALS - 1].kept++;
	return sbg_fit(&t);
}

static const struct recovery {
	const char *name;
	size_t customers;
	double truth[FIT_PARAMETERS];
	struct buyer (*draw)(gsl_rng *, const double *, double T,
			     double *log_gaps);
	struct fit (*fit)(const struct histories *);
	struct fit (*other)(const struct buyer *, size_t n);
} models[] = {
	{ "bgnbd", 1500, { 0.9, 8, 0.8, 2.5 }, draw_bgnbd, bgnbd_fit, NULL },
	{ "mbgnbd", 1500, { 0.9, 8, 0.8, 2.5 }, draw_mbgnbd, mbgnbd_fit,
	  NULL },
	{ "pnbd", 700, { 0.9, 8, 0.8, 20 }, draw_pnbd, pnbd_fit, NULL },
	{ "mbgcnbd", 400, { 1.5, 3, 0.8, 3, 3 }, draw_mbgcnbd, mbgcnbd_fit,
	  NULL },
	{ "bgbb", 1500, { 1.2, 0.75, 0.66, 2.78 }, draw_bgbb, bgbb_fit, NULL },
	{ "sbg", 3000, { 0.7, 1.2 }, draw_sbg, NULL, fit_sbg },
	{ "gg", 1000, { 6.25, 3.74, 15.44 }, draw_gg, NULL, fit_gg },
};

static struct fit fit_drawn(const struct recovery *m, unsigned long seed,
			    size_t n)
{
	gsl_rng *g = gsl_rng_alloc(gsl_rng_mt19937);
	struct buyer *b = mem_alloc(n, sizeof(*b));
	double log_gaps = 0;
	struct fit f;

	gsl_rng_set(g, seed);
	for (size_t i = 0; i < n; i++)
		b[i] = m->draw(g, m->truth,
			       40 + (double)gsl_rng_uniform_int(g, 60),
			       &log_gaps);
	if (m->other) {
		f = m->other(b, n);
	} else {
		struct histories h = histories_of(b, n);

		h.log_gaps = log_gaps;
		f = m->fit(&h);
		histories_release(&h);
	}
	gsl_rng_free(g);
	free(b);
	return f;
}

static size_t times(void)
{
	const char *asked = getenv("RECOVERY");

	return asked ? strtoul(asked, NULL, 10) : 1;
}

/* On the scale of the logarithms, as the intervals are. */
START_TEST(truth_is_recovered)
{
	const struct recovery *m = &models[_i];
	int covered[FIT_PARAMETERS] = { 0 };

	for (unsigned long seed = 1; seed <= SEEDS; seed++) {
		struct fit f = fit_drawn(m, seed, m->customers * times());

		ck_assert_str_eq(f.model, m->name);
		ck_assert_msg(f.state == FIT_CONVERGED, "%s, seed %lu: %s",
			      m->name, seed, fit_converged(&f));
		for (size_t k = 0; k < f.fitted; k++) {
			double off = log(f.parameter[k] / m->truth[k]) /
				     (f.error[k] / f.parameter[k]);

			ck_assert_msg(fabs(off) <= STANDARD_ERRORS,
				      "%s, seed %lu: %s %g +- %g, drawn from "
				      "%g", m->name, seed, f.name[k],
				      f.parameter[k], f.error[k], m->truth[k]);
			covered[k] += f.low[k] <= m->truth[k] &&
				      m->truth[k] <= f.high[k];
		}
		for (size_t k = f.fitted; k < f.n; k++)
			ck_assert_double_eq(f.parameter[k], m->truth[k]);
		for (size_t k = 0; seed == SEEDS && k < f.fitted; k++)
			ck_assert_msg(covered[k] >= COVERED_LEAST,
				      "%s: %s was covered %d times in %d",
				      m->name, f.name[k], covered[k], SEEDS);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("recovery");
	TCase *t = tcase_create("all");

	gsl_set_error_handler_off();
	tcase_set_timeout(t, 1800);
	tcase_add_loop_test(t, truth_is_recovered, 0, NELEMS(models));
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
