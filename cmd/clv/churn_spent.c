/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What winning and keeping customers costs. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/input.h"

#include "cmd/clv/churn.h"
#include "cmd/clv/verbs.h"

const struct output_column spent_columns[SPENT_COLUMNS] = {
	{ "acquisition_spend", COL_MONEY }, { "retention_spend", COL_MONEY },
	{ "cost_per_new", COL_MONEY },	    { "cost_per_kept", COL_MONEY },
	{ "cost_ratio", COL_REAL },	    { "stand_still_cost", COL_MONEY },
};

enum { MONTH, PURPOSE, AMOUNT, COLUMNS };

/* The period that a month is in; SIZE_MAX: in none. */
static size_t period_of(const struct row *row, struct day_range month,
			const struct day_range *period, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (month.last < period[i].first ||
		    month.first > period[i].last)
			continue;
		/* the last period may not be over */
		if (month.first < period[i].first ||
		    (month.last > period[i].last && i + 1 < n))
			die("%s:%llu: months of spend and periods that are "
			    "no whole months: --unit month, or --as-of the "
			    "last day of one, makes them so",
			    row->file, (unsigned long long)row->line);
		return i;
	}
	return SIZE_MAX;
}

struct spent *spent_read(const char *file, const struct day_range *period,
			 size_t periods)
{
	static const struct input_column columns[COLUMNS] = {
		[MONTH] = { "month", COL_TEXT, INPUT_FILLED },
		[PURPOSE] = { "purpose", COL_TEXT, INPUT_REQUIRED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
	};
	char *files[] = { (char *)(uintptr_t)file, NULL };
	struct spent *all = mem_zalloc(periods, sizeof(*all));
	struct common common;
	struct day_range month;
	struct row row;

	common_beside(&common);
	struct input *in = input_open(&common, NULL, columns, COLUMNS, files,
				      1);

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;

		if (c[MONTH].text.n != 7 ||
		    !day_period(c[MONTH].text, DAY_NONE, &month)) {
			input_reject(in, MONTH, REASON_BAD_DATE,
				     "a month is YYYY-MM");
			continue;
		}
		size_t at = period_of(&row, month, period, periods);

		if (at == SIZE_MAX)
			continue;
		if (text_is(c[PURPOSE].text, "acquisition"))
			all[at].winning += c[AMOUNT].fen;
		else if (text_is(c[PURPOSE].text, "retention"))
			all[at].keeping += c[AMOUNT].fen;
	}
	input_close(in, 0);
	return all;
}

static double yuan(money_wide fen)
{
	return (double)fen / 100;
}

static double per(money_wide fen, uint64_t customers)
{
	return customers ? yuan(fen) / (double)customers : NAN;
}

static uint64_t kept(const struct churn *c)
{
	return c->opening - c->lost;
}

double spent_ratio(const struct spent *s, const struct churn *c)
{
	double ratio = per(s->winning, c->fresh) / per(s->keeping, kept(c));

	return isfinite(ratio) && ratio > 0 ? ratio : NAN;
}

void spent_put(const struct spent *s, const struct churn *c,
	       struct output *out)
{
	double win = per(s->winning, c->fresh);

	put_expected_money(out, yuan(s->winning));
	put_expected_money(out, yuan(s->keeping));
	put_expected_money(out, win);
	put_expected_money(out, per(s->keeping, kept(c)));
	output_real(out, spent_ratio(s, c));
	put_expected_money(out, win * (double)c->lost);
}
