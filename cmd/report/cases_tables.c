/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints by state, and those that are open. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/mask.h"
#include "cmd/report/cases.h"

#define OPEN_CASES 15		/* listed */

/* ---- states ---- */

/* The name of a state in the report's language. */
static const char *state_name(const struct cases *k, int state)
{
	const struct workflow_state *s = workflow_state(k->workflow, state);
	bool zh = strcmp(msg_lang(), "zh") == 0 && s->zh.n;

	return report_str(k->build->report, zh ? s->zh : s->name);
}

struct state {
	int number;
	struct text name;
	uint64_t cases;
};

static int by_count(const void *a, const void *b)
{
	const struct state *x = a, *y = b;

	if (x->cases != y->cases)
		return x->cases > y->cases ? -1 : 1;
	return text_cmp(x->name, y->name);
}

void cases_write_states(struct cases *k, struct section *s,
			 const struct cases_sum *sum)
{
	struct build *b = k->build;
	int all = workflow_states(k->workflow);
	struct state *list = mem_alloc((size_t)all, sizeof(*list));
	size_t n = 0;
	struct origin o = cases_origin(
		b, "| crm-mix --stream table --by state");
	struct table *t = report_table(
		b->report, s, report_fmt(b->report, tr("Cases by state on %s"),
					 origin_day(b, b->as_of)), &o);

	for (int i = 0; i < all; i++)
		if (sum->state[i])
			list[n++] = (struct state){
				i, workflow_state(k->workflow, i)->name,
				sum->state[i]
			};
	qsort(list, n, sizeof(*list), by_count);
	table_column(b->report, t, "state", tr("State"), VALUE_TEXT);
	table_column(b->report, t, "rows", tr("Cases"), VALUE_COUNT);
	for (size_t i = 0; i < n; i++) {
		table_cell(b->report, t,
			   value_text(state_name(k, list[i].number)));
		table_cell(b->report, t, value_count((int64_t)list[i].cases));
	}
	free(list);
}

/* ---- what is open ---- */

static int by_age(const void *a, const void *b)
{
	const struct casework_case *x = a, *y = b;

	if (x->opened_at != y->opened_at)
		return x->opened_at < y->opened_at ? -1 : 1;
	return text_cmp(x->case_id, y->case_id);
}

/* A number of the staff as it is, a name masked. */
static const char *owner_name(struct cases *k, struct text owner)
{
	const char *whole = report_str(k->build->report, owner);
	struct buf masked = { 0 };

	if (k->build->unmasked || strpbrk(whole, "0123456789"))
		return whole;
	mask_name(&masked, owner);
	whole = report_str(k->build->report, buf_text(&masked));
	buf_release(&masked);
	return whole;
}

static void add_open(struct cases *k, struct table *t,
		     const struct casework_case *c)
{
	struct report *r = k->build->report;
	int32_t opened = cases_day(k, c->opened_at);
	bool has_due = c->due != CASEWORK_NO_TIME;

	table_cell(r, t, value_text(report_str(r, c->case_id)));
	table_cell(r, t, value_text(state_name(k, c->state)));
	table_cell(r, t, value_day(opened));
	table_cell(r, t, value_count(k->build->as_of - opened));
	table_cell(r, t, c->owner.n ? value_text(owner_name(k, c->owner)) :
				      value_none());
	table_cell(r, t, c->severity.n ?
				 value_text(report_str(r, c->severity)) :
				 value_none());
	table_cell(r, t, has_due ? value_day(cases_day(k, c->due)) :
				   value_none());
	table_cell(r, t, has_due ? value_text(c->overdue ? tr("yes") :
							   tr("no")) :
				   value_none());
}

void cases_write_open(struct cases *k, struct section *s,
		       const struct cases_sum *sum)
{
	struct report *r = k->build->report;
	struct casework_case *list = mem_alloc(sum->open, sizeof(*list));
	size_t n = 0, shown = sum->open < OPEN_CASES ? sum->open : OPEN_CASES;

	for (size_t i = 0; i < casework_count(k->work); i++) {
		struct casework_case c = cases_case(k, i);
		if (cases_is_open(k, &c))
			list[n++] = c;
	}
	qsort(list, n, sizeof(*list), by_age);
	struct origin o = cases_origin(k->build, NULL);
	struct table *t = report_table(
		r, s, report_fmt(r, tr("The oldest open cases, %zu of %zu"),
				 shown, n), &o);
	table_column(r, t, "case_id", tr("Case"), VALUE_TEXT);
	table_column(r, t, "state", tr("State"), VALUE_TEXT);
	table_column(r, t, "opened_at", tr("Opened"), VALUE_DAY);
	table_column(r, t, "days", tr("Days"), VALUE_COUNT);
	table_column(r, t, "owner", tr("In charge"), VALUE_TEXT);
	table_column(r, t, "severity", tr("Severity"), VALUE_TEXT);
	table_column(r, t, "due", tr("Due"), VALUE_DAY);
	table_column(r, t, "overdue", tr("Overdue"), VALUE_TEXT);
	for (size_t i = 0; i < shown; i++)
		add_open(k, t, &list[i]);
	free(list);
}
