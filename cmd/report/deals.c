/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transactions, read once for revenue, tiers and retention. */
#include "cmd/report/deals.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"

enum { CUSTOMER, DATE, AMOUNT, KIND, TXN, COLUMNS };

static const struct input_column columns[COLUMNS] = {
	[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_FILLED },
	[DATE] = { "date", COL_DAY, INPUT_FILLED },
	[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
	[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
	[TXN] = { "txn_id", COL_TEXT, INPUT_OPTIONAL },
};

static void init(struct deals *d)
{
	*d = (struct deals){ .first_day = DAY_NONE, .last_day = DAY_NONE };
	d->customers = group_new(sizeof(struct deals_customer), 0, NULL, NULL);
	d->kinds = group_new(0, 0, NULL, NULL);
	for (int s = 0; s < SPANS; s++) {
		d->whole[s] = mix_new(MIX_PLAIN);
		d->kind[s] = mix_new(MIX_PLAIN);
	}
	d->months = mix_new(MIX_PLAIN);
}

static void release(struct deals *d)
{
	group_free(d->customers);
	group_free(d->kinds);
	for (int s = 0; s < SPANS; s++) {
		mix_free(d->whole[s]);
		mix_free(d->kind[s]);
	}
	mix_free(d->months);
	free(d->event);
	free(d->purchase);
}

static uint32_t add_customer(struct deals *d, const struct cell *c)
{
	size_t who = group_intern(d->customers, c[CUSTOMER].text);
	struct deals_customer *k = group_entry(d->customers, who);
	int32_t day = c[DATE].day - DAY_MIN + 1;

	if (!money_add(&k->value, c[AMOUNT].fen))
		k->overflow = 1;
	if (day > k->last)
		k->last = day;
	return (uint32_t)who;
}

static void add_event(struct deals *d, uint32_t who, const struct cell *c)
{
	bool purchase = !deal_is_refund(&c[KIND], &c[AMOUNT]);

	d->event = mem_grow(d->event, d->n, &d->cap, sizeof(*d->event));
	d->event[d->n++] = (struct cohort_event){ who, c[DATE].day,
						  c[AMOUNT].fen, purchase };
	if (!purchase)
		return;
	d->purchase = mem_grow(d->purchase, d->npurchases, &d->purchase_cap,
			       sizeof(*d->purchase));
	d->purchase[d->npurchases++] =
		(struct churn_event){ who, c[DATE].day, c[AMOUNT].fen, false };
}

/* As crm-mix counts: customers are those who bought. */
static void add_mixes(const struct build *b, struct deals *d,
		      const struct cell *c)
{
	struct mix_line l = {
		.customer = c[CUSTOMER].text,
		.purchase = deal_purchase(&c[KIND], &c[AMOUNT], &c[TXN],
					  &c[DATE]),
		.fen = c[AMOUNT].fen,
		.day = c[DATE].day,
	};
	int32_t day = c[DATE].day, period = cohort_period(day, b->unit);

	group_intern(d->kinds, c[KIND].text);
	l.absent = !l.purchase.n;
	for (int s = 0; s < SPANS; s++) {
		if (day < b->range[s].first || day > b->range[s].last)
			continue;
		l.group = (struct text){ 0 };
		mix_add(d->whole[s], &l);
		l.group = c[KIND].text;
		mix_add(d->kind[s], &l);
	}
	if (day < b->trend_first || day > b->range[NOW].last)
		return;
	l.group = (struct text){ (const char *)&period, sizeof(period) };
	mix_add(d->months, &l);
}

static void read_rows(struct build *b, struct deals *d)
{
	struct reader *r = reader_open(b, TRANSACTIONS, columns, COLUMNS,
				       DATE);
	struct row row;

	while (reader_next(r, &row)) {
		const struct cell *c = row.cell;
		int32_t day = c[DATE].day;

		if (day > b->as_of) {
			input_skip(reader_input(r));
			continue;
		}
		if (d->first_day == DAY_NONE || day < d->first_day)
			d->first_day = day;
		if (day > d->last_day)
			d->last_day = day;
		add_event(d, add_customer(d, c), c);
		add_mixes(b, d, c);
	}
	d->has_kind = reader_has(r, KIND);
	reader_close(r);
}

static void finish(struct deals *d)
{
	for (int s = 0; s < SPANS; s++) {
		mix_finish(d->whole[s], 1);
		mix_finish(d->kind[s], 1);
	}
	mix_finish(d->months, 1);
}

bool deals_cover(const struct deals *d, struct day_range range)
{
	return d->first_day != DAY_NONE && d->first_day <= range.first;
}

static void absent(struct build *b, const char *id, const char *title)
{
	struct section *s = report_section(b->report, REPORT_BODY, id, title);

	report_absent(b->report, s, "%s",
		      tr("There are no transactions in the data: this section "
			 "is left out."));
}

void deals_read(struct build *b)
{
	struct deals d;

	if (!inputs_have(b, TRANSACTIONS)) {
		absent(b, "revenue", tr("Revenue"));
		absent(b, "tiers", tr("Structure of customers"));
		absent(b, "retention", tr("Retention and churn"));
		return;
	}
	init(&d);
	read_rows(b, &d);
	finish(&d);
	b->last_data_day = d.last_day;
	revenue_write(b, &d);
	tiers_write(b, &d);
	retention_write(b, &d);
	release(&d);
}
