/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts over all customers, and over the files beside the transactions. */
#include <stdlib.h>

#include "base/mem.h"
#include "canon/codes_csv.h"
#include "stream/caselog_tell.h"

#include "cmd/loyalty/totals.h"

static void add_answer(struct loyalty_answers *to, const struct answer *a)
{
	if (a->day == DAY_NONE)
		return;
	to->n++;
	to->sum += a->share;
}

static void add_person(struct loyalty_totals *t, const struct person *person)
{
	const struct loyalty_facts *f = &person->facts;
	const struct answer *a = person->answer;

	t->elsewhere += f->elsewhere;
	if (f->purchases == 0)
		return;
	t->customers++;
	t->repeating += f->purchases > 1;
	t->purchases += f->purchases;
	t->discounted += f->discounted;
	t->then += person->before > 0;
	t->kept += person->before > 0 && person->fresh > 0;
	add_answer(&t->need, &a[ASPECT_NEED]);
	add_answer(&t->prefers, &a[ASPECT_PREFERS]);
	add_answer(&t->attention, &a[ASPECT_ATTENTION]);
	add_answer(&t->price, &a[ASPECT_PRICE]);
	add_answer(&t->rivals, &a[ASPECT_COMPETITORS]);
	add_answer(&t->identification, &a[ASPECT_IDENTIFICATION]);
	add_answer(&t->tolerance, &a[ASPECT_TOLERANCE]);
}

/* ---- contacts: who gets in touch ---- */

static void read_contacts(struct loyalty_totals *t, const struct people *p,
			  const struct totals_ask *ask)
{
	enum { CUSTOMER, DIRECTION };
	static const struct input_column columns[] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_REQUIRED },
		[DIRECTION] = { "direction", COL_TEXT, INPUT_REQUIRED },
	};
	struct common own;
	struct input *in =
		people_beside(&own, ask->people.common, ask->contacts,
			      "contacts", columns, NELEMS(columns));
	/* entry: 1 touched, 2 by the customer as well */
	struct group *seen = group_new(1, 0, NULL, NULL);
	struct row row;

	while (input_next(in, &row)) {
		struct text who = row.cell[CUSTOMER].text;

		if (group_find(p->persons, who) != SIZE_MAX)
			*(char *)group_entry(seen, group_intern(seen, who)) |=
				text_is(row.cell[DIRECTION].text, "in") ? 3 : 1;
	}
	input_close(in, 0);
	t->touched = group_count(seen);
	for (size_t i = 0; i < group_count(seen); i++)
		t->callers += *(const char *)group_entry(seen, i) == 3;
	group_free(seen);
}

/* ---- leads: how long they choose ---- */

enum { CREATED, CLOSED, OUTCOME, BUYER, LEAD_COLUMNS };

/* The day on which a lead that was won had chosen: when it was closed, else
 * when its customer bought first. DAY_NONE: nothing tells. */
static int32_t chosen_on(const struct people *p, const struct cell *c)
{
	size_t i = group_find(p->persons, c[BUYER].text);
	int32_t first;

	if (c[CLOSED].known || i == SIZE_MAX)
		return c[CLOSED].known ? c[CLOSED].day : DAY_NONE;
	first = people_person(p, i)->facts.first;
	return first < c[CREATED].day ? DAY_NONE : first;
}

static void read_leads(struct loyalty_totals *t, const struct people *p,
		       const struct totals_ask *ask)
{
	static const struct input_column columns[LEAD_COLUMNS] = {
		[CREATED] = { "created_on", COL_DAY, INPUT_FILLED },
		[CLOSED] = { "closed_on", COL_DAY, INPUT_OPTIONAL },
		[OUTCOME] = { "outcome", COL_TEXT, INPUT_REQUIRED },
		[BUYER] = { "customer_id", COL_TEXT, INPUT_OPTIONAL },
	};
	struct common own;
	struct input *in =
		people_beside(&own, ask->people.common, ask->leads,
			      "leads", columns, LEAD_COLUMNS);
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		int32_t chosen = chosen_on(p, c);

		if (!text_is(c[OUTCOME].text, "won") || chosen == DAY_NONE)
			continue;
		if (chosen < c[CREATED].day) {
			input_reject(in, CLOSED, REASON_OUT_OF_RANGE,
				     "closed before it was created");
			continue;
		}
		t->won++;
		t->won_days += chosen - c[CREATED].day;
	}
	input_close(in, 0);
}

/* ---- complaints about the product: who stays ---- */

struct faults {
	const struct people *people;
	struct codes *codes;
	struct place *place;
	struct group *first; /* customer -> int32_t, day of the first */
};

static void take_fault(struct faults *f, struct text customer,
		       struct text category, int64_t at)
{
	int32_t day = instant_day(at, place_zone(f->place, at)), *entry;
	size_t before = group_count(f->first);

	if (!text_is(codes_of(f->codes, TEXT("category"), category),
		     "product") ||
	    group_find(f->people->persons, customer) == SIZE_MAX)
		return;
	entry = group_entry(f->first, group_intern(f->first, customer));
	if (group_count(f->first) > before || day < *entry)
		*entry = day;
}

static void read_fault_stream(struct faults *f, const struct totals_ask *ask)
{
	enum { CUSTOMER, AT, CATEGORY };
	static const struct input_column columns[] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_REQUIRED },
		[AT] = { "at", COL_INSTANT, INPUT_FILLED },
		[CATEGORY] = { "category", COL_TEXT, INPUT_REQUIRED },
	};
	struct common own;
	struct input *in =
		people_beside(&own, ask->people.common, ask->complaints,
			      "complaints", columns, NELEMS(columns));
	struct row row;

	while (input_next(in, &row))
		take_fault(f, row.cell[CUSTOMER].text, row.cell[CATEGORY].text,
			   row.cell[AT].us);
	input_close(in, 0);
}

static void take_fault_line(struct faults *f, const struct caselog *log,
			    const struct caselog_line *line, int64_t end)
{
	struct text rest = line->members, customer = { 0 }, category = { 0 };
	struct caselog_member m;
	struct arena texts = { 0 };
	int64_t at = INT64_MIN;

	while (caselog_member(&rest, &m)) {
		struct text value = caselog_text(log, line->line, &m, &texts);

		if (text_is(m.key, "customer_id"))
			customer = value;
		else if (text_is(m.key, "category"))
			category = value;
		else if (text_is(m.key, "at") && !instant_parse(value, 0, &at))
			caselog_bad_line(log, line->line,
					 "a time that is none");
	}
	if (rest.n > 0 || at == INT64_MIN)
		caselog_bad_line(log, line->line,
				 "not an event of this kind of log");
	if (at < end)
		take_fault(f, customer, category, at);
	arena_release(&texts);
}

static void read_fault_log(struct faults *f, const struct totals_ask *ask)
{
	const struct common *common = ask->people.common;
	int64_t end = people_end(f->place, common);
	struct caselog_line line;
	struct caselog *log;
	int got;

	common_check_log(common, (char *)(uintptr_t)ask->complaints);
	log = caselog_open(ask->complaints, "complaints", CASELOG_READ);
	while ((got = caselog_next(log, &line)) > 0)
		take_fault_line(f, log, &line, end);
	if (got < 0)
		caselog_damaged(log);
	caselog_tell_tail(log);
	caselog_close(log);
}

static void read_complaints(struct loyalty_totals *t, const struct people *p,
			    const struct totals_ask *ask)
{
	struct faults f = { .people = p,
			    .codes = codes_csv_read(NULL),
			    .place = place_new(ask->people.common),
			    .first = group_new(sizeof(int32_t), 0, NULL,
					       NULL) };

	if (caselog_is(ask->complaints))
		read_fault_log(&f, ask);
	else
		read_fault_stream(&f, ask);
	for (size_t i = 0; i < group_count(f.first); i++) {
		size_t k = group_find(p->persons, group_key(f.first, i));
		const int32_t *day = group_entry(f.first, i);

		t->faults++;
		t->stayed += people_person(p, k)->facts.last > *day;
	}
	group_free(f.first);
	codes_free(f.codes);
	place_free(f.place);
}

struct loyalty_totals totals_of(struct people *p, const struct totals_ask *ask)
{
	struct loyalty_totals t = { .discounts = p->discounts,
				    .competitors = p->competitors };
	/* The sums are of fractions: always in the same order. */
	uint32_t *order = group_sorted(p->persons);

	for (size_t k = 0; k < group_count(p->persons); k++)
		add_person(&t, people_person(p, order[k]));
	free(order);
	if (ask->contacts)
		read_contacts(&t, p, ask);
	if (ask->leads)
		read_leads(&t, p, ask);
	if (ask->complaints)
		read_complaints(&t, p, ask);
	return t;
}
