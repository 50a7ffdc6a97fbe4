/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks counted by period, and periods held against each other. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/casetrend.h"
#include "num/rates.h"

void casetrend_add(struct casetrend *t, uint32_t group, int32_t day,
		   enum casetrend_kind kind)
{
	t->mark = mem_grow(t->mark, t->n, &t->cap, sizeof(*t->mark));
	t->mark[t->n++] = (struct casetrend_mark){ group, day, kind };
}

void casetrend_join(struct casetrend *t, const struct casetrend *from)
{
	for (size_t i = 0; i < from->n; i++)
		casetrend_add(t, from->mark[i].group, from->mark[i].day,
			      from->mark[i].kind);
}

void casetrend_regroup(struct casetrend *t, const uint32_t *to)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct casetrend_mark m = t->mark[i];

		m.group = to[m.group];
		if (m.group != CASETREND_NOWHERE)
			t->mark[kept++] = m;
	}
	t->n = kept;
}

void casetrend_release(struct casetrend *t)
{
	free(t->mark);
	*t = (struct casetrend){ .n = 0 };
}

static int64_t opens(const struct casetrend_row *r)
{
	return (int64_t)(r->count[CASETREND_OPENED] +
			 r->count[CASETREND_REOPENED]) -
	       (int64_t)r->count[CASETREND_CLOSED];
}

/* From what changed in each period to what is open at its end. */
static void carry(struct casetrend_row *row, size_t periods, int64_t open)
{
	for (size_t i = 0; i < periods; i++) {
		open += opens(&row[i]);
		row[i].open = open;
	}
}

struct casetrend_row *casetrend_finish(const struct casetrend *t,
				       size_t groups, int32_t first,
				       int32_t last, enum cohort_unit unit)
{
	size_t periods = (size_t)(last - first) + 1;
	struct casetrend_row *row = mem_zalloc(groups * periods, sizeof(*row));
	struct casetrend_row *early = mem_zalloc(groups, sizeof(*early));

	for (size_t i = 0; i < t->n; i++) {
		const struct casetrend_mark *m = &t->mark[i];
		int32_t period = cohort_period(m->day, unit);

		if (period < first)
			early[m->group].count[m->kind]++;
		else
			row[m->group * periods + (size_t)(period - first)]
				.count[m->kind]++;
	}
	for (size_t g = 0; g < groups; g++)
		carry(row + g * periods, periods, opens(&early[g]));
	free(early);
	return row;
}

struct casetrend_change casetrend_compare(struct casetrend_rate now,
					  struct casetrend_rate before)
{
	struct casetrend_change c = { NAN, NAN };

	if (!(now.of > 0) || !(before.of > 0))
		return c;
	c.p = rates_compare(now.count, now.of, before.count, before.of);
	if (before.count)
		c.pct = 100 * ((double)now.count * before.of /
			       ((double)before.count * now.of) - 1);
	return c;
}

int32_t casetrend_days(int32_t period, enum cohort_unit unit, int32_t since,
		       int32_t until)
{
	int32_t first = cohort_period_start(period, unit);
	int32_t next = cohort_period_start(period + 1, unit);

	if (first < since)
		first = since;
	if (until < next - 1)
		next = until + 1;
	return next > first ? next - first : 0;
}

static int by_customer(const void *a, const void *b)
{
	const struct casetrend_opening *x = a, *y = b;

	if (x->customer != y->customer)
		return x->customer < y->customer ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->who > y->who) - (x->who < y->who);
}

void casetrend_repeated(struct casetrend_opening *o, size_t n, int months)
{
	if (n > 0)
		qsort(o, n, sizeof(*o), by_customer);
	for (size_t i = 0; i < n; i++)
		o[i].repeated = i > 0 && o[i].customer == o[i - 1].customer &&
				o[i].day <= day_add_months(o[i - 1].day,
							   months);
}

struct casetrend_windows casetrend_windows(int32_t begun, int32_t done,
					   int months, int32_t until)
{
	int32_t end = day_add_months(done, months);

	return (struct casetrend_windows){
		.before = { day_add_months(begun, -months), begun - 1 },
		.after = { done + 1, end < until ? end : until },
	};
}
