/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purchases, and what binds a customer. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"

#include "cmd/loyalty/people.h"
#include "cmd/loyalty/verbs.h"

enum { CUSTOMER, DATE, AMOUNT, KIND, TXN_ID, DISCOUNT, COMPETITOR, COLUMNS };

/* One document, of however many lines. */
struct purchase {
	struct deal_net net;
	uint32_t person;
	int32_t day; /* of the earliest line that buys */
	bool discounted, structural, elsewhere;
};

struct person *people_person(const struct people *p, size_t i)
{
	return group_entry(p->persons, i);
}

static size_t number_of(struct people *p, struct text customer)
{
	size_t before = group_count(p->persons);
	size_t i = group_intern(p->persons, customer);
	struct person *person = people_person(p, i);

	if (i < before)
		return i;
	person->facts.first = person->facts.last = DAY_NONE;
	for (size_t k = 0; k < ASPECTS; k++)
		person->answer[k].day = DAY_NONE;
	return i;
}

/* ---- transactions ---- */

/* Kinds of deal that bind by a contract. */
static bool is_structural(const struct cell *kind)
{
	static const char *const kinds[] = { "insurance", "finance", "warranty",
					     "plan" };

	for (size_t i = 0; i < NELEMS(kinds); i++)
		if (text_is(kind->text, kinds[i]))
			return true;
	return false;
}

static bool is_elsewhere(const struct cell *c)
{
	return text_is(c[COMPETITOR].text, "yes");
}

static struct purchase *purchase_of(struct people *p, size_t person,
				    const struct cell *c)
{
	bool elsewhere = is_elsewhere(c);
	uint32_t who = (uint32_t)person;
	struct purchase *d;

	buf_clear(&p->key);
	buf_add(&p->key, (const char *)&who, sizeof(who));
	buf_addc(&p->key, elsewhere ? '\1' : '\0');
	buf_addt(&p->key, deal_document(&c[TXN_ID], &c[DATE]));
	d = group_entry(p->purchases,
			group_intern(p->purchases, buf_text(&p->key)));
	d->person = who;
	d->elsewhere = elsewhere;
	return d;
}

static void keep_event(struct people *p, size_t person, const struct cell *c)
{
	p->event = mem_grow(p->event, p->events, &p->events_cap,
			    sizeof(*p->event));
	p->event[p->events++] = (struct churn_event){
		(uint32_t)person, c[DATE].day,
		c[AMOUNT].known ? c[AMOUNT].fen : 0,
		deal_is_refund(&c[KIND], &c[AMOUNT])
	};
}

static void take(struct people *p, const struct people_ask *ask,
		 const struct cell *c)
{
	size_t i = number_of(p, c[CUSTOMER].text);
	struct purchase *d = purchase_of(p, i, c);
	bool first = !d->net.bought;

	if (ask->keep_events && !d->elsewhere)
		keep_event(p, i, c);
	if (!deal_net_add(&d->net, &c[KIND], &c[AMOUNT]))
		return;
	if (first || c[DATE].day < d->day)
		d->day = c[DATE].day;
	d->discounted |= c[DISCOUNT].known && c[DISCOUNT].fen != 0;
	d->structural |= is_structural(&c[KIND]);
}

static void count(struct people *p, const struct purchase *d)
{
	struct person *person = people_person(p, d->person);
	struct loyalty_facts *f = &person->facts;

	if (!deal_net_is_purchase(&d->net))
		return;
	if (d->elsewhere) {
		f->elsewhere++;
		return;
	}
	f->purchases++;
	f->discounted += d->discounted;
	f->financial |= d->discounted;
	f->structural |= d->structural;
	if (d->day > day_add_months(p->last, -12))
		person->fresh++;
	else if (d->day > day_add_months(p->last, -24))
		person->before++;
	if (f->first == DAY_NONE || d->day < f->first)
		f->first = d->day;
	if (d->day > f->last)
		f->last = d->day;
}

static void read_transactions(struct people *p, const struct people_ask *ask,
			      char **files, size_t nfiles)
{
	const struct common *common = ask->common;
	static const struct input_column columns[COLUMNS] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_OPTIONAL },
		[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
		[TXN_ID] = { "txn_id", COL_TEXT, INPUT_OPTIONAL },
		[DISCOUNT] = { "discount", COL_MONEY, INPUT_OPTIONAL },
		[COMPETITOR] = { "competitor", COL_TEXT, INPUT_OPTIONAL },
	};
	struct row row;

	p->in = input_open(common, schema_find(TEXT("transactions")), columns,
			   COLUMNS, files, nfiles);
	while (input_next(p->in, &row)) {
		if ((common->as_of != DAY_NONE &&
		     row.cell[DATE].day > common->as_of) ||
		    (ask->own && is_elsewhere(row.cell))) {
			input_skip(p->in);
			continue;
		}
		p->discounts |= row.cell[DISCOUNT].known;
		p->competitors |= row.cell[COMPETITOR].known;
		take(p, ask, row.cell);
		if (row.cell[DATE].day > p->last)
			p->last = row.cell[DATE].day;
	}
	if (common->as_of != DAY_NONE)
		p->last = common->as_of;
	for (size_t i = 0; i < group_count(p->purchases); i++)
		count(p, group_entry(p->purchases, i));
}

/* ---- acquaintance ---- */

/* Of files beside the transactions; DAY_NONE: they are taken whole. */
static int32_t last_day(const struct common *common)
{
	return common->as_of != DAY_NONE ? common->as_of : common->until;
}

int64_t people_end(struct place *place, const struct common *common)
{
	int32_t last = last_day(common);

	return last == DAY_NONE ? INT64_MAX : place_day_end(place, last);
}

struct input *people_beside(struct common *own, const struct common *common,
			    const char *path, const char *stream,
			    const struct input_column *columns, size_t n)
{
	char *files[] = { (char *)(uintptr_t)path, NULL };

	if (strcmp(path, "-") == 0)
		die_usage("standard input is where the transactions come "
			  "from; give the other file by its name");
	common_beside(own);
	own->until = last_day(common);
	own->tz = common->tz;
	return input_open(own, schema_find(text_of(stream)), columns, n, files,
			  1);
}

/* Whoever a column names has more to do with the house than to buy. */
static void read_social(struct people *p, const struct common *common,
			const char *path, const char *stream,
			const struct input_column *columns, size_t n)
{
	struct common own;
	struct input *in =
		people_beside(&own, common, path, stream, columns, n);
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *who = &row.cell[0];

		if (who->known && (n == 1 || row.cell[1].known)) {
			size_t i = number_of(p, who->text);

			people_person(p, i)->facts.social = true;
		}
	}
	input_close(in, 0);
}

static void read_acquaintance(struct people *p, const struct people_ask *ask)
{
	static const struct input_column referred[] = {
		{ "referred_by", COL_TEXT, INPUT_REQUIRED },
	};
	static const struct input_column responded[] = {
		{ "customer_id", COL_TEXT, INPUT_REQUIRED },
		{ "responded_on", COL_DAY, INPUT_REQUIRED },
	};

	if (ask->leads)
		read_social(p, ask->common, ask->leads, "leads", referred, 1);
	if (ask->members)
		read_social(p, ask->common, ask->members, "members", responded,
			    2);
}

void people_read(struct people *p, const struct people_ask *ask, char **files,
		 size_t nfiles)
{
	loyalty_ungrouped(ask->common);
	*p = (struct people){ .last = DAY_MIN };
	p->persons = group_new(sizeof(struct person), 0, NULL, NULL);
	p->purchases = group_new(sizeof(struct purchase), 0, NULL, NULL);
	read_transactions(p, ask, files, nfiles);
	read_acquaintance(p, ask);
	if (ask->surveys)
		answers_read(p, ask);
}

void people_close(struct people *p, uint64_t rows)
{
	input_close(p->in, rows);
	group_free(p->persons);
	group_free(p->purchases);
	free(p->event);
	buf_release(&p->key);
}
