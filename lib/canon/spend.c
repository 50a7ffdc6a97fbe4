/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream spend: what winning and keeping customers costs. */
#include <math.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/spend.h"
#include "stream/input.h"

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

struct spend *spend_read(const char *file, const struct day_range *period,
			 size_t periods)
{
	static const struct input_column columns[COLUMNS] = {
		[MONTH] = { "month", COL_TEXT, INPUT_FILLED },
		[PURPOSE] = { "purpose", COL_TEXT, INPUT_REQUIRED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
	};
	char *files[] = { (char *)(uintptr_t)file, NULL };
	struct spend *all = mem_zalloc(periods, sizeof(*all));
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

static double per(money_wide fen, uint64_t customers)
{
	return customers ? (double)fen / 100 / (double)customers : NAN;
}

double spend_ratio(const struct spend *s, const struct churn *c)
{
	double ratio = per(s->winning, c->fresh) /
		       per(s->keeping, c->opening - c->lost);

	return isfinite(ratio) && ratio > 0 ? ratio : NAN;
}
