/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The figures of the shared expected.json that need no fit to CDNOW:
 * Pareto/NBD at given parameters, contracts, closed forms.
 */
#include <gsl/gsl_errno.h>

#include "base/mem.h"
#include "model/discount.h"
#include "model/lifetime.h"
#include "model/pnbd.h"
#include "model/retain.h"
#include "model/sbg.h"

#include "tests/unit/expected.h"

static void read_parameters(const cJSON *entry, const char *const *name,
			    size_t n, double *p)
{
	for (size_t i = 0; i < n; i++)
		p[i] = number(item(entry, "params"), name[i]);
}

static const cJSON *fixed(const char *id)
{
	return by_id("fixed_parameter_checks", id);
}

static const cJSON *pareto(const char *id, double *p)
{
	const struct lifetime_model *m = lifetime_find(TEXT("pnbd"));

	read_parameters(fixed(id), m->parameter, m->n, p);
	return item(fixed(id), "checks");
}

static struct buyer buyer_in(const cJSON *check)
{
	return (struct buyer){ .x = number(check, "frequency"),
			       .t_x = number(check, "recency"),
			       .T = number(check, "T") };
}

START_TEST(heavy_buyers_are_alive_as_expected)
{
	const cJSON *check;
	double p[4];

	cJSON_ArrayForEach(check, pareto("fixed-paretonbd-heavy-buyers", p))
	{
		struct buyer b = buyer_in(check);

		compare_value(check, pnbd_alive(p, &b));
	}
}
END_TEST

START_TEST(where_peers_underflow_the_expectation_stands)
{
	const cJSON *check;
	double p[4];

	cJSON_ArrayForEach(check, pareto("fixed-paretonbd-underflow", p))
	{
		struct buyer b = buyer_in(check);

		compare_value(check, pnbd_alive(p, &b) *
					     pnbd_if_alive(p, &b, 10));
	}
}
END_TEST

/* Item i of a list of numbers under a key. */
static double at(const cJSON *check, const char *key, int i)
{
	return cJSON_GetArrayItem(item(check, key), i)->valuedouble;
}

START_TEST(where_peers_overflow_all_is_finite)
{
	double p[4];
	const cJSON *check;

	cJSON_ArrayForEach(check, pareto("fixed-paretonbd-overflow", p))
		for (int i = 0;
		     i < cJSON_GetArraySize(item(check, "frequency")); i++) {
			struct buyer b = { at(check, "frequency", i),
					   at(check, "recency", i),
					   at(check, "T", i), 0 };
			struct histories h = histories_of(&b, 1);
			double alive = pnbd_alive(p, &b);

			ck_assert(alive >= 0 && alive <= 1);
			ck_assert(isfinite(pnbd_loglik(p, &h, NULL)));
			histories_release(&h);
		}
}
END_TEST

struct lasting {
	const double *p;
	struct buyer b;
};

static double expected_until(double t, void *ctx)
{
	const struct lasting *l = ctx;

	return pnbd_alive(l->p, &l->b) * pnbd_if_alive(l->p, &l->b, t);
}

START_TEST(dert_is_as_expected)
{
	double p[4];
	const cJSON *check = cJSON_GetArrayItem(
		pareto("fixed-paretonbd-dert", p), 0);
	struct lasting l = { p, buyer_in(check) };
	const struct discount d = { .horizon = INFINITY,
				    .rate = number(check, "d") };

	compare_value(check,
		      discount_expected(&d, pnbd_bend(p, l.b.T),
					expected_until, &l));
}
END_TEST

static const char *const sbg_names[] = { "alpha", "beta" };

/* Tenures of 1000 customers of sbg_regular.csv through so many years. */
static struct fit fit_regular(size_t years)
{
	struct tenure t[12] = { { 0, 0 } };
	double before = 1000;
	char path[4200], line[64];

	snprintf(path, sizeof(path), "%s/sbg_regular.csv", folder);
	FILE *f = fopen(path, "r");

	ck_assert(f != NULL);
	while (fgets(line, sizeof(line), f)) {
		unsigned year;
		double percent;

		if (sscanf(line, "%u,%lf", &year, &percent) != 2 || year == 0 ||
		    year > years)
			continue;
		t[year - 1].lost = before - 10 * percent;
		before = 10 * percent;
	}
	fclose(f);
	t[years - 1].kept = before;
	return sbg_fit(&(struct tenures){ t, years });
}

static void judge_sbg(const cJSON *check, const double *p)
{
	const char *what = string(check, "what");
	double got[16];
	int n = cJSON_GetArraySize(item(check, "values"));

	if (strncmp(what, "survival %", 10) == 0)
		for (int t = 0; t < n; t++)
			got[t] = 100 * sbg_survival(p, t);
	else if (strncmp(what, "retention rate", 14) == 0)
		for (int t = 1; t <= n; t++)
			got[t - 1] = sbg_retention(p, t);
	else if (strncmp(what, "mean churn", 10) == 0)
		compare_value(check, p[0] / (p[0] + p[1]));
	else if (strncmp(what, "discounted expected", 19) == 0)
		compare_value(check, sbg_residual(p, 0, 0.1));
	else
		ck_abort_msg("a check that is not known: %s", what);
	if (n > 0)
		compare_values(check, got, (size_t)n);
}

static const struct {
	const char *id;
	size_t years;
} contracts[] = { { "sbg-regular-7", 7 }, { "sbg-regular-4", 4 } };

START_TEST(contracts_are_as_expected)
{
	const cJSON *entry = by_id("fits", contracts[_i].id), *check;
	struct fit f = fit_regular(contracts[_i].years);

	ck_assert_str_eq(fit_converged(&f), "yes");
	compare(item(entry, "log_likelihood"), "log-likelihood", f.loglik,
		number(item(entry, "log_likelihood"), "value"));
	for (size_t i = 0; i < 2; i++) {
		const cJSON *p = item(item(entry, "params"), sbg_names[i]);

		compare(p, sbg_names[i], f.parameter[i], number(p, "value"));
	}
	cJSON_ArrayForEach(check, item(entry, "checks"))
		judge_sbg(check, f.parameter);
}
END_TEST

START_TEST(residual_lifetimes_are_as_expected)
{
	const cJSON *check;

	cJSON_ArrayForEach(check, item(fixed("fixed-sbg-derl"), "checks"))
	{
		static double p[2] = { 3.80, 15.20 };
		double got[5];

		/* "same, exact" is of the parameters before */
		sscanf(string(check, "what"), "alpha=%lf beta=%lf", &p[0],
		       &p[1]);
		for (int n = 1; n <= 5; n++)
			got[n - 1] = sbg_residual(p, n, 0.1);
		compare_values(check, got, 5);
	}
}
END_TEST

START_TEST(margin_multiples_are_as_expected)
{
	const cJSON *checks = item(fixed("closed-form-clv"), "checks");

	for (int timing = 0; timing < 2; timing++) {
		const cJSON *check = cJSON_GetArrayItem(checks, timing);

		for (int row = 0; row < 4; row++) {
			const cJSON *want = cJSON_GetArrayItem(
				item(check, "values"), row);

			for (int col = 0; col < 4; col++) {
				struct retain_churn c = { 0.4 - 0.1 * col, 0 };

				compare(check, "multiple",
					retain_multiple(&c, 0.10 + 0.02 * row,
							timing ? RETAIN_START :
								 RETAIN_END,
							INFINITY),
					cJSON_GetArrayItem(want, col)
						->valuedouble);
			}
		}
	}
	const cJSON *stay = cJSON_GetArrayItem(checks, 2);

	for (int i = 0; i < 2; i++) {
		struct retain_churn c = { at(stay, "churn", i), 0 };

		compare(stay, "stay",
			retain_multiple(&c, 0, RETAIN_START, INFINITY),
			at(stay, "values", i));
	}
}
END_TEST

START_TEST(card_company_is_as_expected)
{
	const cJSON *entry = fixed("credit-card-case");
	const cJSON *in = item(entry, "inputs");
	struct retain_case c = {
		.before = { number(in, "base_churn"), 0 },
		.after = { number(in, "programme_churn"), 0 },
		.margin = number(in, "profit_per_year"),
		.acquisition = number(in, "acquisition"),
		.programme = number(in, "programme_cost"),
		.periods = INFINITY,
	};
	struct retain_case yearly = c, later = c, later_yearly;
	double got[6];

	yearly.yearly = true;
	later.discount = 0.1;
	later.timing = RETAIN_END;
	later_yearly = later;
	later_yearly.yearly = true;
	got[0] = retain_compare(&c).before;
	got[1] = retain_compare(&c).after;
	got[2] = retain_compare(&yearly).after;
	got[3] = retain_compare(&later).before;
	got[4] = retain_compare(&later_yearly).after;
	got[5] = retain_compare(&later).after;
	ck_assert_int_eq(cJSON_GetArraySize(item(entry, "checks")), 6);
	for (int i = 0; i < 6; i++) {
		const cJSON *check =
			cJSON_GetArrayItem(item(entry, "checks"), i);

		ck_assert_double_le(fabs(got[i] - number(check, "value")),
				    1e-6);
	}
}
END_TEST

int main(void)
{
	gsl_set_error_handler_off();
	if (!read_expected()) {
		puts("SKIP: no shared folder with data/clv/expected.json");
		puts("100%: Checks: 1, Failures: 0, Errors: 0");
		return EXIT_SUCCESS;
	}
	Suite *s = suite_create("clv_fixed");
	TCase *t = tcase_create("all");

	tcase_add_test(t, heavy_buyers_are_alive_as_expected);
	tcase_add_test(t, where_peers_underflow_the_expectation_stands);
	tcase_add_test(t, where_peers_overflow_all_is_finite);
	tcase_add_test(t, dert_is_as_expected);
	tcase_add_loop_test(t, contracts_are_as_expected, 0,
			    NELEMS(contracts));
	tcase_add_test(t, residual_lifetimes_are_as_expected);
	tcase_add_test(t, margin_multiples_are_as_expected);
	tcase_add_test(t, card_company_is_as_expected);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);

	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);

	srunner_free(r);
	cJSON_Delete(expected);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
