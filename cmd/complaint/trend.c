/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint trend: complaints period by period, against the services of
 * the same period, and whether a change is more than noise.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "canon/codes_csv.h"
#include "num/rates.h"

#include "cmd/complaint/trend.h"
#include "cmd/complaint/verbs.h"

/* What moved a case into, out of, or back into the open. */
static void see(void *ctx, void *mine, const struct casework_change *c)
{
	struct trend *t = ctx;
	const struct workflow *w = t->src.workflow;
	bool was = workflow_state(w, c->from)->closed;
	bool is = workflow_state(w, c->to)->closed;
	int32_t day = instant_day(c->event->at, c->event->zone_minutes);
	uint32_t i = (uint32_t)c->i;

	(void)mine;
	if (c->from == WORKFLOW_NEW)
		casetrend_add(&t->marks, i, day, CASETREND_OPENED);
	if (is && !was)
		casetrend_add(&t->marks, i, day, CASETREND_CLOSED);
	if (was && !is)
		casetrend_add(&t->marks, i, day, CASETREND_REOPENED);
}

/* ---- who complained before ---- */

static int32_t day_of_case(const struct trend *t, int64_t at)
{
	return instant_day(at, place_zone(t->src.place, at));
}

/* Of all cases, for one that is not chosen is an earlier one too. */
static void mark_repeated(struct trend *t, size_t field)
{
	size_t n = casework_count(t->src.cases), known = 0;
	struct casetrend_opening *o = mem_alloc(n, sizeof(*o));

	for (size_t i = 0; i < n; i++) {
		struct casecols_case k = casecols_case(&t->src.cols, i);
		uint32_t who = casework_field_word(t->src.cases, i, field);

		if (who)
			o[known++] = (struct casetrend_opening){
				.customer = who, .who = (uint32_t)i,
				.at = k.k.opened_at,
				.day = day_of_case(t, k.k.opened_at),
			};
	}
	casetrend_repeated(o, known, (int)t->months);
	for (size_t i = 0; i < known; i++) {
		casetrend_add(&t->marks, o[i].who, o[i].day, CASETREND_KNOWN);
		if (o[i].repeated)
			casetrend_add(&t->marks, o[i].who, o[i].day,
				      CASETREND_REPEATED);
	}
	free(o);
}

/* From cases to the groups that they are in; those not chosen go. */
static void regroup(struct trend *t)
{
	size_t n = casework_count(t->src.cases);
	uint32_t *to = mem_alloc(n, sizeof(*to));

	for (size_t i = 0; i < n; i++)
		to[i] = CASETREND_NOWHERE;
	for (size_t i = 0; i < t->g.n; i++)
		to[t->g.at[i]] = t->g.group[i];
	casetrend_regroup(&t->marks, to);
	free(to);
}

/* ---- which periods ---- */

/* The day from which complaints are known, whichever of them are chosen. */
static int32_t first_opening(const struct trend *t)
{
	size_t n = casework_count(t->src.cases);
	int32_t first = INT32_MAX;

	for (size_t i = 0; i < n; i++) {
		struct casecols_case k = casecols_case(&t->src.cols, i);
		int32_t day = day_of_case(t, k.k.opened_at);

		if (day < first)
			first = day;
	}
	return first;
}

/* False: there is nothing to show. Periods from the first opening on are
 * counted, whichever of them are shown. */
static bool find_periods(struct trend *t)
{
	int32_t first = INT32_MAX;

	t->first_day = first_opening(t);
	if (t->common.as_of != DAY_NONE)
		t->last_day = t->common.as_of;
	else if (t->src.last_at != CASEWORK_NO_TIME)
		t->last_day = day_of_case(t, t->src.last_at);
	for (size_t i = 0; i < t->marks.n; i++)
		if (t->marks.mark[i].day < first)
			first = t->marks.mark[i].day;
	if (first == INT32_MAX)
		return false;
	if (first < t->first_day)
		t->first_day = first;
	t->first = cohort_period(first, t->unit);
	t->last = cohort_period(t->last_day, t->unit);
	return true;
}

static bool is_shown(const struct trend *t, int32_t period)
{
	return cohort_period_start(period + 1, t->unit) > t->range.first &&
	       cohort_period_start(period, t->unit) <= t->range.last;
}

/* ---- rows ---- */

struct row_of {
	const struct casetrend_row *row;
	struct casetrend_rate rate;	/* out of services, or of days */
};

static struct row_of row_at(const struct trend *t,
			    const struct casetrend_row *rows,
			    const uint64_t *services, size_t i)
{
	size_t periods = trend_periods(t);
	int32_t period = t->first + (int32_t)(i % periods);

	return (struct row_of){
		.row = &rows[i],
		.rate = { rows[i].count[CASETREND_OPENED],
			  services ? (double)services[i] :
				     casetrend_days(period, t->unit,
						    t->first_day,
						    t->last_day) },
	};
}

static void put_share(struct output *out, const struct casetrend_row *r,
		      enum casetrend_kind part, enum casetrend_kind whole)
{
	output_share(out, (money_wide)r->count[part],
		     (money_wide)r->count[whole]);
}

static void put_counts(struct output *out, const struct casetrend_row *r)
{
	output_int(out, (int64_t)r->count[CASETREND_OPENED]);
	output_int(out, (int64_t)r->count[CASETREND_CLOSED]);
	output_int(out, (int64_t)r->count[CASETREND_REOPENED]);
	output_int(out, r->open);
	put_share(out, r, CASETREND_REOPENED, CASETREND_CLOSED);
	output_int(out, (int64_t)r->count[CASETREND_KNOWN]);
	output_int(out, (int64_t)r->count[CASETREND_REPEATED]);
	put_share(out, r, CASETREND_REPEATED, CASETREND_KNOWN);
}

static void put_rate(struct output *out, struct casetrend_rate r, bool services)
{
	struct rates_interval i = rates_count(r.count);

	if (!services) {
		for (int k = 0; k < 4; k++)
			output_empty(out);
		return;
	}
	output_int(out, (int64_t)r.of);
	output_fixed4(out, r.of > 0 ? 100 * (double)r.count / r.of : NAN);
	output_fixed4(out, r.of > 0 ? 100 * i.low / r.of : NAN);
	output_fixed4(out, r.of > 0 ? 100 * i.high / r.of : NAN);
}

static const char *verdict(struct casetrend_change c,
			   const struct casetrend_rate *now,
			   const struct casetrend_rate *before, double alpha)
{
	if (isnan(c.p))
		return NULL;
	if (c.p >= alpha)
		return "noise";
	return (double)now->count * before->of >
			       (double)before->count * now->of ? "more" :
								 "fewer";
}

void trend_put_change(struct output *out, const struct trend *t,
		      struct casetrend_rate now, struct casetrend_rate before)
{
	struct casetrend_change c = casetrend_compare(now, before);

	output_fixed4(out, c.pct);
	output_share_real(out, c.p);
	output_str(out, verdict(c, &now, &before, t->alpha));
}

static void put_row(struct trend *t, const struct casetrend_row *rows,
		    const uint64_t *services, size_t i, struct output *out)
{
	size_t periods = trend_periods(t);
	int32_t period = t->first + (int32_t)(i % periods);
	struct row_of now = row_at(t, rows, services, i);
	struct casetrend_rate before = { 0, 0 };
	char label[DAY_BYTES];

	if (i % periods > 0)
		before = row_at(t, rows, services, i - 1).rate;
	by_put(&t->src.cols.by, i / periods, out);
	output_text(out, (struct text){
				 label,
				 day_label(cohort_period_start(period,
							       t->unit),
					   cohort_unit_name(t->unit), label) });
	put_counts(out, now.row);
	put_rate(out, now.rate, services);
	trend_put_change(out, t, now.rate, before);
	output_str(out, t->services ? "services" : "days");
	output_end(out);
}

static void put_rows(struct trend *t, struct output *out)
{
	struct casetrend_row *rows = casetrend_finish(&t->marks, t->g.groups,
						      t->first, t->last,
						      t->unit);
	uint64_t *services = t->services ? trend_services(t) : NULL;
	size_t periods = trend_periods(t);

	for (size_t g = 0; g < t->g.groups; g++)
		for (size_t p = 0; p < periods; p++)
			if (is_shown(t, t->first + (int32_t)p))
				put_row(t, rows, services,
					t->g.order[g] * periods + p, out);
	free(rows);
	free(services);
}

static struct output *write_trend(struct trend *t)
{
	static const struct output_column columns[] = {
		{ "period", COL_TEXT },	      { "opened", COL_INT },
		{ "closed", COL_INT },	      { "reopened", COL_INT },
		{ "open", COL_INT },	      { "reopened_share", COL_SHARE },
		{ "customer_known", COL_INT }, { "repeated", COL_INT },
		{ "repeated_share", COL_SHARE }, { "services", COL_INT },
		{ "per_100", COL_FIXED4 },    { "per_100_low", COL_FIXED4 },
		{ "per_100_high", COL_FIXED4 }, { "change_pct", COL_FIXED4 },
		{ "p", COL_SHARE },	      { "change", COL_TEXT },
		{ "against", COL_TEXT },
	};
	struct output *out = by_open(&t->src.cols.by, &t->common, columns,
				     NELEMS(columns));

	if (t->any)
		put_rows(t, out);
	return out;
}

static int run(struct trend *t, char **files, size_t n)
{
	size_t column = casegroups_wish(&t->src, "customer_id");
	struct output *out;

	t->codes = codes_csv_read(NULL);
	if (t->actions)
		t->column = casesource_column(&t->src, t->cause);
	t->src.no_empty_log = true;
	casesource_open(&t->src, files, n);
	casecols_use_codes(&t->src.cols, t->codes);
	/* The period is of the rows; all cases count. */
	t->range = t->src.cols.range;
	t->src.cols.range = (struct day_range){ DAY_MIN, DAY_MAX };
	casework_watch(t->src.cases, 0, see, t);
	casesource_read(&t->src);
	casegroups_make(&t->g, &t->src);
	mark_repeated(t, t->src.cols.kept[column - CASE_COLUMNS]);
	regroup(t);
	t->any = find_periods(t);
	out = t->actions ? trend_recurrence(t) : write_trend(t);
	casegroups_release(&t->g);
	casetrend_release(&t->marks);
	codes_free(t->codes);
	casesource_close(&t->src, output_rows(out));
	arena_release(&t->names);
	return output_close(out);
}

static void check_options(const struct trend *t)
{
	if (t->actions && t->common.by)
		die_usage("--actions: a row is an action, without --by");
	if (!(t->alpha > 0 && t->alpha < 1))
		die_usage("--alpha: more than 0 and less than 1");
}

int trend_main(int argc, char **argv)
{
	struct trend t = { .months = 12, .window = 6, .alpha = 0.05,
			   .cause = "cause",
			   .kinds = "service,warranty",
			   .last_day = DAY_NONE };
	const char *unit;
	size_t n;
	char **files;

	common_init(&t.common);
	casesource_init(&t.src, &t.common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "services", "FILE",
		  "transactions, for complaints per 100 services",
		  .to = &t.services },
		{ OPT_TEXT, 0, "service-kinds", "KIND,...",
		  "what is a service (service,warranty)", .to = &t.kinds },
		{ OPT_INT, 0, "repeat-months", "N",
		  "complained again within N months (12)", .to = &t.months,
		  .min = 1, .max = 1200 },
		{ OPT_TEXT, 0, "actions", "FILE",
		  "does what an action was against come again?",
		  .to = &t.actions },
		{ OPT_TEXT, 0, "issue-column", "COL",
		  "the column that an issue is of (cause)", .to = &t.cause },
		{ OPT_INT, 0, "window", "N",
		  "N months before and after an action (6)", .to = &t.window,
		  .min = 1, .max = 1200 },
		{ OPT_REAL, 0, "alpha", "P",
		  "a change with a smaller p is no noise (0.05)",
		  .to = &t.alpha },
		{ .kind = OPT_INCLUDE, .to = t.src.opts },
		{ .kind = OPT_INCLUDE, .to = t.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint trend", "[OPTION...] LOG | [FILE...]",
		"Writes a row a period (--by week, month, quarter or year, and "
		"columns): cases\nopened, closed, reopened, open at its end, "
		"repeated, per 100 services, and the\nchange since the period "
		"before with its p-value.",
		"crm-complaint trend cases.log --by month,store_id "
		"--services tx.csv", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	check_options(&t);
	unit = casegroups_unit(&t.common, &t.names);
	t.unit = COHORT_MONTH;
	while (unit && strcmp(unit, cohort_unit_name(t.unit)) != 0)
		t.unit = t.unit == COHORT_YEAR ? COHORT_WEEK : t.unit + 1;
	return run(&t, files, n);
}
