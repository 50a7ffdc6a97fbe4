/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked: options checked, and the days that must be read for it. */
#include <string.h>

#include "base/msg.h"
#include "cmd/mix/mix.h"
#include "model/period.h"

static void find_stream(struct plan *p)
{
	const struct mix_options *o = p->o;

	p->schema = schema_find(text_of(o->stream));
	if (!p->schema && strcmp(o->stream, "table") != 0)
		die_usage("--stream: there is no stream \"%s\"; `crmutils "
			  "streams` lists them, `table` is any table",
			  o->stream);
	p->deals = strcmp(o->stream, "transactions") == 0;
	p->customers =
		p->schema && schema_column(p->schema, text_of("customer_id"));
}

static void check_measure(struct mix_options *o, bool deals)
{
	if (!o->measure)
		o->measure = deals ? AMOUNTS : o->count ? DISTINCT : ROWS;
	if (!deals && (o->measure == AMOUNTS || o->measure == PURCHASES))
		die_usage("--measure: amount and purchases are of "
			  "transactions");
	if (o->measure == DISTINCT && !o->count)
		die_usage("--measure distinct goes with --count COL");
}

static void check_pivot(const struct mix_options *o)
{
	if (o->pivot && o->compare)
		die_usage("--pivot shows one measure; --compare goes without "
			  "it");
	if (o->pivot_share && !o->pivot)
		die_usage("--pivot-share goes with --pivot COL");
}

static bool is_open(struct day_range r)
{
	return r.first == DAY_MIN || r.last == DAY_MAX;
}

static int32_t earlier(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/* The first day that is compared with something shown. */
static int32_t first_compared(struct plan *p)
{
	struct day_range now = p->range[NOW];

	if (p->o->trend)
		return cohort_period_start(
			items_year_before(p->first_period, plan_unit(p)),
			plan_unit(p));
	p->range[BEFORE] = period_before(now);
	p->range[YEAR_BEFORE] = period_year_before(now);
	return earlier(earlier(now.first, p->range[BEFORE].first),
		       p->range[YEAR_BEFORE].first);
}

/* What is later than --as-of is not known yet; the periods to compare and
 * the first purchases need rows that --period would leave out. */
static void set_ranges(struct plan *p, struct common *common)
{
	struct day_range now = common_range(common);

	if (common->as_of != DAY_NONE && common->as_of < now.last)
		now.last = common->until = common->as_of;
	p->range[NOW] = now;
	p->first_period = INT32_MIN;
	if (p->o->trend && now.first != DAY_MIN)
		p->first_period = cohort_period(now.first, plan_unit(p));
	if (p->o->compare && is_open(now) && !p->o->trend)
		die_usage("--compare: which period? --period, or --since and "
			  "--until, say it; --trend has each held against the "
			  "one before");
	if (!p->o->compare && !dims_have(&p->dims, LATE_NEW))
		return;
	common->period = NULL;
	common->until = now.last == DAY_MAX ? DAY_NONE : now.last;
	common->since = DAY_NONE;
	if (p->o->compare && now.first != DAY_MIN)
		common->since = first_compared(p);
	if (dims_have(&p->dims, LATE_NEW))
		common->since = DAY_NONE;
}

struct plan plan_make(struct mix_options *o)
{
	struct plan p = { .o = o };

	find_stream(&p);
	check_measure(o, p.deals);
	check_pivot(o);
	dims_split(&p.dims, o->common.by, o->pivot);
	set_ranges(&p, &o->common);
	return p;
}

void plan_release(struct plan *p)
{
	dims_release(&p->dims);
}
