/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Services from a file of transactions: what complaints are counted against.
 * Of the columns of --by those that the file has tell services apart, and so
 * do the conditions of --where; by the others (category, cause) every group
 * stands against all services.
 */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "canon/deal.h"
#include "model/mix.h"

#include "cmd/complaint/trend.h"

enum { CUSTOMER, DATE, TXN, KIND, AMOUNT, BY };

struct counting {
	const struct trend *t;
	const struct by *by;
	struct input_column *columns;
	struct input *in;
	struct mix *mix;
	struct group *first;	/* or: the first day of each service */
	struct buf key;
};

/* Entry of `first`: a day counted from DAY_NONE, 0 where there is none. */
struct first_day {
	int64_t day;
};

/* A group and period as the mix knows it: the period's number, and the cells
 * of the columns that the file has, each behind a NUL. */
static void begin_key(struct buf *key, int32_t period)
{
	buf_clear(key);
	buf_addf(key, "%d", period);
}

static void add_key(struct buf *key, struct text cell)
{
	buf_addc(key, '\0');
	buf_addt(key, cell);
}

/* A cell as the cases have it: the code for any of its words. */
static struct text coded(const struct counting *c, const char *name,
			 struct text t)
{
	return codes_of(c->t->src.cols.codes, text_of(name), t);
}

/* Column of the k-th condition of --where; it may not be in the file. */
static size_t where_column(const struct counting *c, size_t k)
{
	return BY + c->by->n + k;
}

static bool is_chosen(const struct counting *c, const struct cell *cell)
{
	const struct casecols *cols = &c->t->src.cols;

	for (size_t k = 0; k < c->t->common.wheres.n; k++) {
		const struct condition *w = &cols->condition[k];
		size_t at = where_column(c, k);
		struct cell value;

		if (cols->at[k] < CASE_COLUMNS || !input_has(c->in, (int)at))
			continue;
		if (!cell_parse(coded(c, c->columns[at].name, cell[at].text),
				w->type, 0, &value))
			value.known = false;
		if (!pick_holds(w, &value))
			return false;
	}
	return true;
}

/* Is the row one of a service? Then `order` tells whose of a customer's. */
static bool is_service(const struct counting *c, const struct cell *cell,
		       struct text *order)
{
	*order = deal_purchase(&cell[KIND], &cell[AMOUNT], &cell[TXN],
			       &cell[DATE]);
	return order->n > 0 &&
	       text_listed(text_of(c->t->kinds), ',', cell[KIND].text) &&
	       cell[DATE].day <= c->t->last_day && is_chosen(c, cell);
}

static void add_to_period(struct counting *c, const struct cell *cell,
			  struct text order)
{
	begin_key(&c->key, cohort_period(cell[DATE].day, c->t->unit));
	for (size_t i = 0; i < c->by->n; i++)
		if (input_has(c->in, (int)(BY + i)))
			add_key(&c->key, coded(c, c->by->name[i],
					       cell[BY + i].text));
	mix_add(c->mix, &(struct mix_line){
				.group = buf_text(&c->key),
				.customer = cell[CUSTOMER].text,
				.purchase = order,
				.day = cell[DATE].day,
			});
}

static void note_day(struct counting *c, const struct cell *cell,
		     struct text order)
{
	int64_t day = (int64_t)cell[DATE].day - DAY_NONE;
	struct first_day *first;

	buf_clear(&c->key);
	buf_addt(&c->key, cell[CUSTOMER].text);
	add_key(&c->key, order);
	first = group_entry(c->first,
			    group_intern(c->first, buf_text(&c->key)));
	if (first->day == 0 || day < first->day)
		first->day = day;
}

static void take_row(struct counting *c, const struct cell *cell)
{
	struct text order;

	if (!is_service(c, cell, &order))
		input_skip(c->in);
	else if (c->mix)
		add_to_period(c, cell, order);
	else
		note_day(c, cell, order);
}

/* Orders by key. */
static struct group *order_counts(struct mix *mix)
{
	struct group *counts = group_new(sizeof(uint64_t), 0, NULL, NULL);

	mix_finish(mix, 1);
	for (size_t i = 0; i < mix_groups(mix); i++) {
		struct mix_group g = mix_group(mix, i);
		size_t at = group_intern(counts, g.key);

		*(uint64_t *)group_entry(counts, at) = g.purchases;
	}
	return counts;
}

static uint64_t look_up(struct group *counts, struct text key)
{
	size_t at = group_find(counts, key);

	return at == SIZE_MAX ? 0 : *(uint64_t *)group_entry(counts, at);
}

static void lay_out(struct counting *c, const bool *has, uint64_t *services)
{
	struct group *counts = order_counts(c->mix);
	size_t periods = trend_periods(c->t);

	for (size_t i = 0; i < c->t->g.groups * periods; i++) {
		size_t group = i / periods;
		struct text rest = c->by->n ? group_key(c->by->labels, group) :
					      (struct text){ 0 };
		struct text part;

		begin_key(&c->key, c->t->first + (int32_t)(i % periods));
		for (size_t k = 0; k < c->by->n; k++) {
			text_split(&rest, '\0', &part);
			if (has[k])
				add_key(&c->key, part);
		}
		services[i] = look_up(counts, buf_text(&c->key));
	}
	group_free(counts);
}

static void name_columns(struct counting *c)
{
	static const struct input_column own[BY] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_REQUIRED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[TXN] = { "txn_id", COL_TEXT, INPUT_OPTIONAL },
		[KIND] = { "kind", COL_TEXT, INPUT_REQUIRED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_OPTIONAL },
	};
	const struct casecols *cols = &c->t->src.cols;
	size_t wheres = c->t->common.wheres.n;

	c->columns = mem_alloc(where_column(c, wheres), sizeof(*c->columns));
	memcpy(c->columns, own, sizeof(own));
	for (size_t i = 0; i < c->by->n; i++)
		c->columns[BY + i] = (struct input_column){
			c->by->name[i], COL_TEXT, INPUT_OPTIONAL
		};
	for (size_t k = 0; k < wheres; k++)
		c->columns[where_column(c, k)] = (struct input_column){
			casecols_column(cols, cols->at[k]).name, COL_TEXT,
			INPUT_OPTIONAL
		};
}

/* Reads them all; has[i]: they have the i-th column of --by. */
static void read_services(struct counting *c, bool *has)
{
	char *files[1] = { mem_strdup(c->t->services) };
	struct common common;
	struct row row;

	common_beside(&common);
	name_columns(c);
	c->in = input_open(&common, schema_find(TEXT("transactions")),
			   c->columns,
			   where_column(c, c->t->common.wheres.n), files, 1);
	while (input_next(c->in, &row))
		take_row(c, row.cell);
	for (size_t i = 0; i < c->by->n; i++)
		has[i] = input_has(c->in, (int)(BY + i));
	input_close(c->in, 0);
	free(c->columns);
	free(files[0]);
}

uint64_t *trend_services(const struct trend *t)
{
	struct counting c = { .t = t, .by = &t->src.cols.by,
			      .mix = mix_new(MIX_PLAIN) };
	bool has[BY_MAX] = { false };
	uint64_t *services = mem_zalloc(t->g.groups * trend_periods(t),
					sizeof(*services));

	read_services(&c, has);
	lay_out(&c, has, services);
	mix_free(c.mix);
	buf_release(&c.key);
	return services;
}

static int by_day(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

struct trend_days trend_service_days(const struct trend *t)
{
	struct counting c = { .t = t, .by = &t->src.cols.by,
			      .first = group_new(sizeof(struct first_day), 0,
						 NULL, NULL) };
	bool has[BY_MAX] = { false };
	struct trend_days days;

	read_services(&c, has);
	days.n = group_count(c.first);
	days.day = mem_alloc(days.n, sizeof(*days.day));
	for (size_t i = 0; i < days.n; i++) {
		const struct first_day *f = group_entry(c.first, i);

		days.day[i] = (int32_t)(f->day + DAY_NONE);
	}
	if (days.n > 0)
		qsort(days.day, days.n, sizeof(*days.day), by_day);
	group_free(c.first);
	buf_release(&c.key);
	return days;
}
