/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The periods of a trend. */
#include "cmd/report/trend.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct trend trend_of(struct build *b, int32_t data_first_day)
{
	int32_t from = data_first_day > b->trend_first ? data_first_day :
							 b->trend_first;
	struct trend t = { .first = cohort_period(from, b->unit) };
	int32_t last = cohort_period(b->range[NOW].last, b->unit);

	/* nothing before the period's own end: that one alone */
	if (t.first > last)
		t.first = last;
	t.n = (size_t)(last - t.first) + 1;
	t.first_day = cohort_period_start(t.first, b->unit);
	t.label = mem_alloc(t.n, sizeof(*t.label));
	for (size_t i = 0; i < t.n; i++) {
		char label[DAY_BYTES];
		int32_t start = cohort_period_start(t.first + (int32_t)i,
						    b->unit);
		size_t n = day_label(start, cohort_unit_name(b->unit), label);
		t.label[i] = report_str(b->report, (struct text){ label, n });
	}
	return t;
}

void trend_release(struct trend *t)
{
	free(t->label);
}

size_t trend_place(const struct trend *t, int32_t period)
{
	return period < t->first ? t->n : (size_t)(period - t->first);
}

static size_t labelled(const struct trend *t, const char *label)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->label[i], label) == 0)
			return i;
	return CHART_NONE;
}

size_t trend_now(const struct build *b, const struct trend *t)
{
	return labelled(t, b->label[NOW]);
}

struct chart trend_chart(const struct build *b, const struct trend *t,
			 enum chart_kind kind)
{
	return (struct chart){
		.kind = kind,
		.label = t->label,
		.n = t->n,
		.highlight = trend_now(b, t),
		.compare = labelled(t, b->label[YEAR_BEFORE]),
		.highlight_name = b->label[NOW],
		.compare_name = b->label[YEAR_BEFORE],
	};
}

const char *trend_title(const struct build *b, const char *month,
			const char *quarter, const char *year,
			const char *week)
{
	switch (b->unit) {
	case COHORT_WEEK:
		return week;
	case COHORT_QUARTER:
		return quarter;
	case COHORT_YEAR:
		return year;
	case COHORT_MONTH:
		break;
	}
	return month;
}
