/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every figure of the shared expected.json that concerns BG/NBD, MBG/NBD,
 * Gamma-Gamma, the summary and the value of a customer. The file says of each
 * figure where it was published. A check that this program does not know is a
 * failure, so that none is passed over in silence.
 */
#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "model/bgnbd.h"
#include "model/discount.h"
#include "model/gamgam.h"
#include "model/lifetime.h"
#include "model/scorer.h"
#include "model/summary.h"

#include "tests/unit/expected.h"

#define HOLDOUT 39.0			/* weeks */
#define CALIBRATION (272 / 7.0)		/* weeks from 1997-01-01 */

/* ---- the data ------------------------------------------------------------ */

struct customer {
	int id;
	struct buyer buyer;	/* weeks */
	double later;		/* purchases in the holdout */
	double dollars;		/* spent there */
};

struct base {
	struct customer *at;
	struct buyer *buyers;
	size_t n;
	struct histories histories;
	struct spenders spenders;
};

static FILE *open_data(const char *name)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *f = fopen(path, "r");

	ck_assert_msg(f != NULL, "cannot open %s", path);
	return f;
}

static void base_finish(struct base *b)
{
	b->buyers = mem_alloc(b->n, sizeof(*b->buyers));
	for (size_t i = 0; i < b->n; i++)
		b->buyers[i] = b->at[i].buyer;
	b->histories = histories_of(b->buyers, b->n);
	b->spenders = spenders_of(b->buyers, b->n);
	ck_assert_uint_eq(b->n, 2357);
}

static void base_release(struct base *b)
{
	histories_release(&b->histories);
	spenders_release(&b->spenders);
	free(b->buyers);
	free(b->at);
}

/* The summary in days, and that published in weeks of two decimals. */

static struct base read_days(void)
{
	struct base b = { .at = mem_zalloc(3000, sizeof(*b.at)) };
	FILE *f = open_data("cdnow_sample_rfm_days.csv");
	char line[256];

	while (b.n < 3000 && fgets(line, sizeof(line), f)) {
		struct customer *c = &b.at[b.n];

		if (sscanf(line, "%d,%*10s,%lf,%lf,%lf,%lf,%lf,%lf", &c->id,
			   &c->buyer.x, &c->buyer.t_x, &c->buyer.T,
			   &c->buyer.z, &c->later, &c->dollars) != 7)
			continue;	/* the header */
		c->buyer.t_x /= 7;
		c->buyer.T /= 7;
		b.n++;
	}
	fclose(f);
	base_finish(&b);
	return b;
}

static struct base read_published(void)
{
	struct base b = { .at = mem_zalloc(3000, sizeof(*b.at)) };
	FILE *f = open_data("cdnow_summary.csv");
	char line[256];

	while (b.n < 3000 && fgets(line, sizeof(line), f)) {
		struct customer *c = &b.at[b.n];

		b.n += sscanf(line, "%d,%lf,%lf,%lf,%lf,%lf", &c->id,
			      &c->buyer.x, &c->buyer.t_x, &c->buyer.T,
			      &c->buyer.z, &c->later) == 6;
	}
	fclose(f);
	base_finish(&b);
	return b;
}

static const struct customer *customer_of(const struct base *b, int id)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->at[i].id == id)
			return &b->at[i];
	ck_abort_msg("no customer %d", id);
}

/* ---- what the checks ask ------------------------------------------------- */

/* The models at hand when a check is judged. */
struct world {
	const struct base *base;
	const struct lifetime_model *model;
	const double *p;	/* its parameters */
	const double *gg;	/* those of the Gamma-Gamma model */
};

static double conditional(const struct world *w, const struct buyer *b,
			  double t)
{
	return w->model->alive(w->p, b) *
	       w->model->if_alive(w->p, b, t);
}

static const struct buyer *buyer_asked(const struct world *w,
				       const cJSON *check)
{
	return &customer_of(w->base, (int)number(check, "customer_id"))
			->buyer;
}

static void new_customer(const struct world *w, const cJSON *check)
{
	compare_value(check, w->model->fresh(w->p, number(check, "t")));
}

static void alive(const struct world *w, const cJSON *check)
{
	compare_value(check, w->model->alive(w->p, buyer_asked(w, check)));
}

static void next_39(const struct world *w, const cJSON *check)
{
	compare_value(check, conditional(w, buyer_asked(w, check), 39));
}

static void next_52(const struct world *w, const cJSON *check)
{
	compare_value(check, conditional(w, buyer_asked(w, check), 52));
}

static void holdout_sum(const struct world *w, const cJSON *check)
{
	double sum = 0, actual = 0;

	for (size_t i = 0; i < w->base->n; i++) {
		sum += conditional(w, &w->base->at[i].buyer, HOLDOUT);
		actual += w->base->at[i].later;
	}
	compare_value(check, sum);
	ck_assert_double_eq(actual, number(check, "actual"));
}

static void holdout_error(const struct world *w, const cJSON *check)
{
	double sum = 0;

	for (size_t i = 0; i < w->base->n; i++)
		sum += fabs(conditional(w, &w->base->at[i].buyer, HOLDOUT) -
			    w->base->at[i].later);
	compare_value(check, sum / (double)w->base->n);
}

static void mean_alive(const struct world *w, const cJSON *check)
{
	double sum = 0;

	for (size_t i = 0; i < w->base->n; i++)
		sum += w->model->alive(w->p, &w->base->at[i].buyer);
	compare_value(check, sum / (double)w->base->n);
}

enum { BINS = 8 };	/* frequency 0..6, 7 and more */

static void frequencies(const struct world *w, const cJSON *check)
{
	double count[BINS] = { 0 };

	for (size_t i = 0; i < w->base->n; i++) {
		double rest = 1;

		for (int x = 0; x < BINS - 1; x++) {
			double chance = w->model->pmf(
				w->p, x, w->base->at[i].buyer.T);

			count[x] += chance;
			rest -= chance;
		}
		count[BINS - 1] += rest;
	}
	compare_values(check, count, BINS);
}

static void conditional_by_frequency(const struct world *w,
				     const cJSON *check)
{
	double sum[BINS] = { 0 }, n[BINS] = { 0 };

	for (size_t i = 0; i < w->base->n; i++) {
		const struct buyer *b = &w->base->at[i].buyer;
		int bin = b->x < BINS - 1 ? (int)b->x : BINS - 1;

		sum[bin] += conditional(w, b, HOLDOUT);
		n[bin]++;
	}
	for (int i = 0; i < BINS; i++)
		sum[i] /= n[i];
	compare_values(check, sum, BINS);
}

/* Repeat purchases of all until the end of a week, week 1 from 1997-01-01. */
static void tracking(const struct world *w, const cJSON *check)
{
	double sum[16] = { 0 };
	size_t n = 0;
	const cJSON *week;

	cJSON_ArrayForEach(week, item(check, "weeks")) {
		for (size_t i = 0; i < w->base->n; i++) {
			double first = CALIBRATION - w->base->at[i].buyer.T;
			double since = week->valuedouble - first;

			if (since > 0)
				sum[n] += w->model->fresh(w->p, since);
		}
		n++;
	}
	compare_values(check, sum, n);
}

static void spend(const struct world *w, const cJSON *check)
{
	const struct buyer *b = buyer_asked(w, check);

	compare_value(check, gamgam_expected(w->gg, b->x, b->z));
}

static void population_spend(const struct world *w, const cJSON *check)
{
	compare_value(check, gamgam_expected(w->gg, 0, 0));
}

static void spenders_used(const struct world *w, const cJSON *check)
{
	compare_value(check, w->base->spenders.customers);
}

static void correlation(const struct world *w, const cJSON *check)
{
	compare_value(check, w->base->spenders.correlation);
}

static void holdout_dollars(const struct world *w, const cJSON *check)
{
	double sum = 0;

	for (size_t i = 0; i < w->base->n; i++)
		sum += w->base->at[i].dollars;
	compare_value(check, sum);
}

static void holdout_spend(const struct world *w, const cJSON *check)
{
	double sum = 0;

	for (size_t i = 0; i < w->base->n; i++) {
		const struct buyer *b = &w->base->at[i].buyer;

		sum += conditional(w, b, HOLDOUT) *
		       gamgam_expected(w->gg, b->x, b->z);
	}
	compare_value(check, sum);
}

/* 15 % a year, at every moment, by the week */
#define WEEKLY_RATE (log(1.15) / 52)

struct lasting {
	const struct world *w;
	const struct buyer *b;
};

static double expected_until(double t, void *ctx)
{
	const struct lasting *l = ctx;

	return conditional(l->w, l->b, t);
}

/* Discounted expected residual transactions. */
static double dert(const struct world *w, const struct buyer *b, double rate)
{
	const struct discount d = { .horizon = INFINITY, .rate = rate };
	struct lasting l = { w, b };

	return discount_expected(&d, w->model->bend(w->p, b->T),
				 expected_until, &l);
}

static void residual(const struct world *w, const cJSON *check)
{
	compare_value(check, dert(w, buyer_asked(w, check), WEEKLY_RATE));
}

static void residual_spend(const struct world *w, const cJSON *check)
{
	double sum = 0;

	for (size_t i = 0; i < w->base->n; i++) {
		const struct buyer *b = &w->base->at[i].buyer;

		sum += dert(w, b, WEEKLY_RATE) *
		       gamgam_expected(w->gg, b->x, b->z);
	}
	compare_value(check, sum);
}

/* Of another model than the one at hand. */
static void elsewhere(const struct world *w, const cJSON *check)
{
	(void)w;
	(void)check;
}

static const struct {
	const char *what;	/* how the text begins */
	void (*judge)(const struct world *, const cJSON *check);
} judges[] = {
	{ "E[X(t)] for a new customer", new_customer },
	{ "P(alive) at end of calibration", alive },
	{ "expected transactions in next 39 weeks", next_39 },
	{ "expected transactions in next 52 weeks", next_52 },
	{ "sum over customers of expected transactions in the 39-week holdout",
	  holdout_sum },
	{ "MAE of holdout transactions per customer", holdout_error },
	{ "mean P(alive)", mean_alive },
	{ "expected number of customers by calibration frequency",
	  frequencies },
	{ "conditional expectation binned by calibration frequency",
	  conditional_by_frequency },
	{ "cumulative repeat transactions, tracking plot", tracking },
	{ "expected mean spend per transaction", spend },
	{ "population mean spend", population_spend },
	{ "number of customers used", spenders_used },
	{ "Pearson correlation", correlation },
	{ "sum of holdout dollars", holdout_dollars },
	{ "sum of BG/NBD expected transactions x expected spend",
	  holdout_spend },
	{ "sum of Pareto/NBD expected transactions", elsewhere },
	{ "P(alive)", alive },
	{ "cumulative repeat transactions at weeks", tracking },
	{ "DERT, continuous weekly discount rate ln(1.15)/52", residual },
	{ "sum of DERT x Gamma-Gamma expected spend", residual_spend },
};

static void judge(const struct world *w, const cJSON *check)
{
	const char *what = string(check, "what");

	for (size_t i = 0; i < NELEMS(judges); i++) {
		if (strncmp(what, judges[i].what, strlen(judges[i].what)))
			continue;
		judges[i].judge(w, check);
		return;
	}
	ck_abort_msg("a check that is not known: %s", what);
}

static void judge_all(const struct world *w, const cJSON *entry)
{
	const cJSON *check;

	cJSON_ArrayForEach(check, item(entry, "checks"))
		judge(w, check);
}

/* Parameters, standard errors where they are given, and log-likelihood. */
static void judge_fit(const struct fit *f, const cJSON *entry)
{
	const cJSON *params = item(entry, "params");
	const cJSON *errors = item(entry, "std_errors");

	ck_assert_str_eq(fit_converged(f), "yes");
	compare(item(entry, "log_likelihood"), "log-likelihood", f->loglik,
		number(item(entry, "log_likelihood"), "value"));
	for (size_t i = 0; i < f->n; i++) {
		const cJSON *p = item(params, f->name[i]);

		compare(p, f->name[i], f->parameter[i], number(p, "value"));
		if (!errors)
			continue;
		p = item(errors, f->name[i]);
		compare(p, f->name[i], f->error[i], number(p, "value"));
	}
}

/* ---- the tests ----------------------------------------------------------- */

static const struct {
	const char *id, *model;
	struct base (*read)(void);
} fits[] = {
	{ "cdnow-bgnbd", "bgnbd", read_days },
	{ "cdnow-bgnbd-rounded", "bgnbd", read_published },
	{ "cdnow-mbgnbd", "mbgnbd", read_days },
	{ "cdnow-paretonbd", "pnbd", read_days },
	{ "cdnow-nbd", "nbd", read_days },
};

START_TEST(fit_of_repeat_buying_is_as_expected)
{
	struct base b = fits[_i].read();
	const cJSON *entry = by_id("fits", fits[_i].id);
	struct world w = { .base = &b,
			   .model = lifetime_find(text_of(fits[_i].model)) };
	struct fit f = w.model->fit(&b.histories);
	struct fit gg = gamgam_fit(&b.spenders);

	w.p = f.parameter;
	w.gg = gg.parameter;
	judge_fit(&f, entry);
	judge_all(&w, entry);
	base_release(&b);
}
END_TEST

START_TEST(fit_of_spend_is_as_expected)
{
	struct base b = read_days();
	const cJSON *entry = by_id("fits", "cdnow-gammagamma");
	struct world w = { .base = &b, .model = lifetime_find(TEXT("bgnbd")) };
	struct fit f = w.model->fit(&b.histories);
	struct fit gg = gamgam_fit(&b.spenders);

	w.p = f.parameter;
	w.gg = gg.parameter;
	judge_fit(&gg, entry);
	judge_all(&w, entry);
	base_release(&b);
}
END_TEST

static void read_parameters(const cJSON *entry, const char *const *name,
			    size_t n, double *p)
{
	for (size_t i = 0; i < n; i++)
		p[i] = number(item(entry, "params"), name[i]);
}

static const cJSON *check_at(const cJSON *entry, int i, int of)
{
	ck_assert_int_eq(cJSON_GetArraySize(item(entry, "checks")), of);
	return cJSON_GetArrayItem(item(entry, "checks"), i);
}

START_TEST(pmf_at_fixed_parameters_is_as_expected)
{
	const struct lifetime_model *m = lifetime_find(TEXT("bgnbd"));
	const cJSON *entry =
		by_id("fixed_parameter_checks", "fixed-bgnbd-pmf");
	double p[4], at_30[10];

	read_parameters(entry, m->parameter, m->n, p);
	compare_value(check_at(entry, 0, 3), m->pmf(p, 10, 2));
	compare_value(check_at(entry, 1, 3), m->pmf(p, 0, 39));
	for (int i = 0; i < 10; i++)
		at_30[i] = m->pmf(p, 11 + i, 30);
	compare_values(check_at(entry, 2, 3), at_30, 10);
}
END_TEST

static struct buyer buyer_in(const cJSON *check)
{
	return (struct buyer){ .x = number(check, "frequency"),
			       .t_x = number(check, "recency"),
			       .T = number(check, "T") };
}

START_TEST(likelihood_at_fixed_parameters_is_as_expected)
{
	const struct lifetime_model *m = lifetime_find(TEXT("bgnbd"));
	const cJSON *entry =
		by_id("fixed_parameter_checks", "fixed-bgnbd-logp");
	double p[4];

	read_parameters(entry, m->parameter, m->n, p);
	for (int i = 0; i < 2; i++) {
		const cJSON *check = check_at(entry, i, 2);
		struct buyer b = buyer_in(check);
		struct histories h = histories_of(&b, 1);

		compare_value(check, bgnbd_loglik(p, &h));
		histories_release(&h);
	}
}
END_TEST

START_TEST(heavy_buyer_long_gone_is_as_expected)
{
	struct base base = read_days();
	const struct lifetime_model *m = lifetime_find(TEXT("bgnbd"));
	const cJSON *check = check_at(by_id("fixed_parameter_checks",
					    "fixed-bgnbd-highfreq"), 0, 1);
	struct fit f = m->fit(&base.histories);
	struct buyer b = buyer_in(check);

	compare_value(check, m->alive(f.parameter, &b));
	base_release(&base);
}
END_TEST

START_TEST(spend_at_fixed_parameters_is_as_expected)
{
	static const char *const name[] = { "p", "q", "gamma" };
	struct base base = read_published();
	const cJSON *entry =
		by_id("fixed_parameter_checks", "fixed-gammagamma");
	double p[3], first[10];

	read_parameters(entry, name, 3, p);
	for (int i = 0; i < 10; i++) {
		const struct buyer *b = &customer_of(&base, i + 1)->buyer;

		first[i] = gamgam_expected(p, b->x, b->z);
	}
	compare_values(check_at(entry, 0, 3), first, 10);
	compare_values(check_at(entry, 1, 3), first, 10);
	compare_value(check_at(entry, 2, 3),
		      gamgam_loglik(p, &base.spenders, NULL));
	base_release(&base);
}
END_TEST

/* lifetimes: 12 months of 4.345 weeks, each at its end, at 1 % a month */
START_TEST(value_in_twelve_months_is_that_of_lifetimes)
{
	struct base b = read_published();
	const struct lifetime_model *m = lifetime_find(TEXT("bgnbd"));
	const cJSON *entry =
		by_id("fixed_parameter_checks", "lifetimes-compat-clv12");
	struct fit f = m->fit(&b.histories), gg = gamgam_fit(&b.spenders);
	struct scorer_models models = { .model = m, .has_spend = true };
	const struct discount d = { .horizon = 12 * 4.345,
				    .rate = log(1.01) / 4.345,
				    .step = 4.345 };
	double first[6], sum = 0;

	memcpy(models.parameter, f.parameter, sizeof(f.parameter));
	memcpy(models.spend, gg.parameter, sizeof(gg.parameter));
	struct scorer *s = scorer_new(&models, &d);

	for (size_t i = 0; i < b.n; i++) {
		struct score score = scorer_score(s, &b.at[i].buyer);

		sum += score.clv;
		if (b.at[i].id <= 6)
			first[b.at[i].id - 1] = score.clv;
	}
	compare_values(check_at(entry, 0, 2), first, 6);
	compare_value(check_at(entry, 1, 2), sum);
	scorer_free(s);
	base_release(&b);
}
END_TEST

static struct summary *summarise_log(void)
{
	FILE *f = open_data("cdnow_sample_elog.csv");
	struct summary *s = summary_new(
		day_of((struct civil){ 1997, 9, 30 }));
	char line[256], id[32], date[32], dollars[32];

	while (fgets(line, sizeof(line), f)) {
		int32_t day;
		int64_t fen;

		if (sscanf(line, "%*[^,],%31[^,],%31[^,],%*[^,],%31[0-9.]", id,
			   date, dollars) != 3 ||
		    !day_parse(text_of(date), &day) ||
		    !money_parse(text_of(dollars), &fen))
			continue;	/* the header */
		summary_add(s, text_of(id), day, fen, false);
	}
	fclose(f);
	ck_assert(summary_finish(s));
	return s;
}

START_TEST(summary_of_the_log_is_as_expected)
{
	const cJSON *entry =
		by_id("fixed_parameter_checks", "summary-from-elog");
	struct base base = read_days();
	struct summary *s = summarise_log();
	const int32_t end = day_of((struct civil){ 1997, 9, 30 });
	double frequency = 0, later = 0, once = 0;

	for (size_t i = 0; i < summary_count(s); i++) {
		struct summary_row r = summary_row(s, i);
		const struct customer *c =
			customer_of(&base, atoi(r.customer.p));

		frequency += r.frequency;
		later += r.holdout_frequency;
		once += r.frequency == 0;
		ck_assert_double_eq(r.frequency, c->buyer.x);
		ck_assert_double_eq((r.last - r.first) / 7.0, c->buyer.t_x);
		ck_assert_double_eq((end - r.first) / 7.0, c->buyer.T);
		ck_assert_double_eq(r.holdout_frequency, c->later);
		ck_assert_double_le(fabs((double)r.holdout_fen / 100 -
					 c->dollars), 1e-6);
		ck_assert_double_le(fabs((double)r.repeat_fen / 100 -
					 c->buyer.z * c->buyer.x), 1e-4);
	}
	const double got[] = { (double)summary_count(s),
			       (double)summary_days(s), frequency, later,
			       once };

	for (int i = 0; i < (int)NELEMS(got); i++)
		ck_assert_double_eq(got[i], number(check_at(entry, i, 6),
						   "value"));
	const cJSON *weeks = item(check_at(entry, 5, 6), "values");

	ck_assert_double_eq(cJSON_GetArrayItem(weeks, 0)->valuedouble,
			    frequency);
	ck_assert_double_eq(cJSON_GetArrayItem(weeks, 1)->valuedouble,
			    frequency + later);
	summary_free(s);
	base_release(&base);
}
END_TEST

int main(void)
{
	Suite *s;
	TCase *t;

	gsl_set_error_handler_off();
	if (!read_expected()) {
		puts("SKIP: no shared folder with data/clv/expected.json");
		puts("100%: Checks: 1, Failures: 0, Errors: 0");
		return EXIT_SUCCESS;
	}
	s = suite_create("clv_expected");
	t = tcase_create("clv_expected");
	tcase_set_timeout(t, 120);	/* sanitizers, valgrind */
	tcase_add_loop_test(t, fit_of_repeat_buying_is_as_expected, 0,
			    NELEMS(fits));
	tcase_add_test(t, fit_of_spend_is_as_expected);
	tcase_add_test(t, pmf_at_fixed_parameters_is_as_expected);
	tcase_add_test(t, likelihood_at_fixed_parameters_is_as_expected);
	tcase_add_test(t, heavy_buyer_long_gone_is_as_expected);
	tcase_add_test(t, spend_at_fixed_parameters_is_as_expected);
	tcase_add_test(t, value_in_twelve_months_is_that_of_lifetimes);
	tcase_add_test(t, summary_of_the_log_is_as_expected);
	suite_add_tcase(s, t);

	SRunner *runner = srunner_create(s);

	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	cJSON_Delete(expected);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
