/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What predict and the whole have in common: the way ahead, and scores out. */
#include <math.h>

#include "base/mem.h"
#include "base/msg.h"

#include "cmd/clv/verbs.h"

enum { STEPS = 10000 };	/* of --discount-every in a horizon */

struct discount ahead_discount(const struct ahead *a, enum unit model)
{
	double year = unit_days(UNIT_YEAR) / unit_days(model);
	double factor = a->unit < 0 ? 1 :
				      unit_days((enum unit)a->unit) /
					      unit_days(model);

	struct discount d = {
		.horizon = isnan(a->horizon) ? year : a->horizon * factor,
		.rate = log1p(a->annual) / year,
		.step = a->every * factor,
	};

	if (a->horizon <= 0 || a->horizon > 1e6)
		die_usage("--horizon is a time ahead, above 0");
	if (!(a->annual >= 0) || a->annual > 100)
		die_usage("--discount is a rate a year, 0.1 for 10 %%");
	if (!(a->every >= 0) || (a->every > 0 && d.horizon > STEPS * d.step))
		die_usage("--discount-every is a time, at most %d of them in "
			  "the horizon",
			  STEPS);
	return d;
}

struct output *scores_open(const struct common *common, bool details)
{
	const struct output_column columns[] = {
		{ common->by ? common->by : "customer_id", COL_TEXT },
		{ "p_alive", COL_SHARE },
		{ "expected_purchases", COL_REAL },
		{ "expected_spend", COL_MONEY },
		{ "clv", COL_MONEY },
		{ "p_alive_then", COL_SHARE },
		{ "purchases_low", COL_INT },
		{ "purchases_high", COL_INT },
		{ "dert", COL_REAL },
		{ "lifetime_value", COL_MONEY },
	};

	return output_open(common, columns,
			   NELEMS(columns) - (details ? 0 : 5));
}

void put_expected_money(struct output *out, double yuan)
{
	double fen = round(yuan * 100);

	if (!isfinite(yuan) || fabs(fen) > 9e18)
		output_empty(out);
	else
		output_money(out, (int64_t)fen);
}

void scores_write(struct output *out, struct text id, const struct score *s,
		  const struct score_details *d)
{
	output_text(out, id);
	output_share_real(out, s->alive);
	output_real(out, s->purchases);
	put_expected_money(out, s->spend);
	put_expected_money(out, s->clv);
	if (d) {
		output_share_real(out, d->alive_then);
		output_int(out, (int64_t)d->low);
		output_int(out, (int64_t)d->high);
		output_real(out, d->dert);
		put_expected_money(out, d->lifetime_value);
	}
	output_end(out);
}

void need_model(struct text name, const char *besides)
{
	struct buf names = { 0 };

	if (lifetime_find(name))
		return;
	lifetime_names(&names);
	die_usage("--model: \"%.*s\" is none of %s%s", (int)name.n, name.p,
		  names.p, besides);
}

void need_fit(const struct fit *f)
{
	struct buf why = { 0 };

	if (f->state != FIT_REFUSED)
		return;
	fit_reason(f, &why);
	die("no fit of %s: %s (%.0f customer%s, %.0f different)", f->model,
	    why.p, f->customers, f->customers == 1 ? "" : "s", f->distinct);
}
