/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv age: do cars come for service as they grow older? Transactions and
 * vehicles in; by band of age, how many of the car-years had a visit, out.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/caryears.h"
#include "stream/by.h"

#include "cmd/clv/deals.h"
#include "cmd/clv/verbs.h"

struct options {
	struct common common;
	const char *vehicles, *kinds, *bands;
};

/* A row of the vehicles that tells when one was sold. */
struct car {
	size_t vin;		/* its number among those met */
	int32_t sold;
	size_t group;		/* of --by, in the order of output */
};

/* The bands of each group of --by, a column of the vehicles. */
struct table {
	struct bands bands;
	struct by by;
	size_t *order;		/* its groups as they are written */
	struct caryears (*item)[BANDS_MAX + 1];
	struct car *car;
	size_t cars, cap;
	int64_t unsold, again, broken;	/* told by -v */
};

enum { VIN, BOUGHT, REGISTERED, VEHICLE_COLUMNS };

/* The vehicles of the summary by vin: the row of each, from 1 on. */
static struct group *places_of(const struct deals *d)
{
	struct group *g = group_new(sizeof(size_t), 0, NULL, NULL);

	for (size_t i = 0; i < summary_count(d->summary); i++) {
		struct summary_row r = summary_row(d->summary, i);
		size_t at = group_intern(g, r.customer);

		*(size_t *)group_entry(g, at) = i + 1;
	}
	return g;
}

static void read_row(struct table *t, struct group *places,
		     const struct cell *c)
{
	size_t group = by_label(&t->by, c);

	if (!c[BOUGHT].known && !c[REGISTERED].known) {
		t->unsold++;
		return;
	}
	t->car = mem_grow(t->car, t->cars, &t->cap, sizeof(*t->car));
	t->car[t->cars++] = (struct car){
		group_intern(places, c[VIN].text),
		c[BOUGHT].known ? c[BOUGHT].day : c[REGISTERED].day, group
	};
}

static void read_vehicles(const struct options *o, struct table *t,
			  struct group *places)
{
	static const struct input_column columns[VEHICLE_COLUMNS] = {
		[VIN] = { "vin", COL_TEXT, INPUT_FILLED },
		[BOUGHT] = { "purchased_on", COL_DAY, INPUT_OPTIONAL },
		[REGISTERED] = { "registered_on", COL_DAY, INPUT_OPTIONAL },
	};
	char *files[] = { (char *)(uintptr_t)o->vehicles, NULL };
	struct common common;
	struct row row;

	common_beside(&common);
	common.by = o->common.by;
	struct input *in = by_input(&t->by, &common,
				    schema_find(TEXT("vehicles")), columns,
				    VEHICLE_COLUMNS, files, 1);

	while (input_next(in, &row))
		read_row(t, places, row.cell);
	input_close(in, 0);
}

static int by_vin_and_day(const void *a, const void *b)
{
	const struct car *x = a, *y = b;

	if (x->vin != y->vin)
		return x->vin < y->vin ? -1 : 1;
	if (x->sold != y->sold)
		return x->sold < y->sold ? -1 : 1;
	return (x->group > y->group) - (x->group < y->group);
}

static void add_car(struct table *t, const struct deals *d,
		    struct group *places, const struct car *c)
{
	size_t row = *(size_t *)group_entry(places, c->vin), n = 0;
	const int32_t *day = NULL;

	if (row > 0)
		day = summary_purchase_days(d->summary, row - 1, &n);
	t->broken += caryears_add(&t->bands, c->sold, d->last, day, n,
				  t->item[c->group]);
}

/* A car that changed hands has rows of several owners: it is one car, and its
 * age counts from the first sale, whatever the order of rows. */
static void add_cars(struct table *t, const struct deals *d,
		     struct group *places)
{
	size_t groups = by_count(&t->by);
	size_t *rank = mem_alloc(groups, sizeof(*rank));

	t->order = by_order(&t->by);
	t->item = mem_zalloc(groups, sizeof(*t->item));
	for (size_t i = 0; i < groups; i++)
		rank[t->order[i]] = i;
	for (size_t i = 0; i < t->cars; i++)
		t->car[i].group = rank[t->car[i].group];
	if (t->cars > 0)
		qsort(t->car, t->cars, sizeof(*t->car), by_vin_and_day);
	for (size_t i = 0; i < t->cars; i++)
		if (i == 0 || t->car[i].vin != t->car[i - 1].vin)
			add_car(t, d, places, &t->car[i]);
		else
			t->again++;
	free(rank);
}

static void write_label(const struct table *t, size_t label,
			const struct caryears *band, struct output *out)
{
	char name[BANDS_LABEL];

	for (size_t i = 0; i <= t->bands.n; i++) {
		size_t n = bands_label(&t->bands, i, false, name);

		by_put(&t->by, label, out);
		output_text(out, (struct text){ name, n });
		output_int(out, band[i].cars);
		output_int(out, band[i].years);
		output_int(out, band[i].served);
		output_share(out, band[i].served, band[i].years);
		output_int(out, band[i].visits);
		output_real(out, (double)band[i].visits /
					 (double)band[i].years);
		output_end(out);
	}
}

static int run(const struct options *o, char **files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "age_band", COL_TEXT },  { "cars", COL_INT },
		{ "car_years", COL_INT },  { "served", COL_INT },
		{ "retention", COL_SHARE }, { "visits", COL_INT },
		{ "visits_a_year", COL_REAL },
	};
	const struct deals_ask ask = { .common = &o->common,
				       .who = "vin",
				       .calibration_end = DAY_NONE,
				       .kinds = o->kinds,
				       .keep_days = true };
	struct table t = { .cars = 0 };
	struct deals d;

	if (!bands_parse(text_of(o->bands), &t.bands))
		die_usage("--bands %s: whole years, ascending, are expected",
			  o->bands);
	deals_read(&d, &ask, files, nfiles);
	struct group *places = places_of(&d);

	read_vehicles(o, &t, places);
	add_cars(&t, &d, places);
	struct output *out =
		by_open(&t.by, &o->common, columns, NELEMS(columns));

	for (size_t i = 0; i < by_count(&t.by); i++)
		write_label(&t, t.order[i], t.item[i], out);
	if (o->common.verbose)
		warn("cars: %lld; rows without a day of sale: %lld, of a car "
		     "already met: %lld; visits in a year that is not over: "
		     "%lld",
		     (long long)t.cars - t.again, (long long)t.unsold,
		     (long long)t.again, (long long)t.broken);
	group_free(places);
	free(t.order);
	free(t.item);
	free(t.car);
	by_release(&t.by);
	deals_close(&d, output_rows(out));
	return output_close(out);
}

int clv_age(int argc, char **argv)
{
	struct options o = { .kinds = "service", .bands = "1,2,3" };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "vehicles", "FILE",
		  "vin, and purchased_on or registered_on", &o.vehicles },
		{ OPT_TEXT, 0, "kinds", "KIND,...",
		  "what counts as a visit (service)", &o.kinds },
		{ OPT_TEXT, 0, "bands", "YEARS,...",
		  "where bands end; the last one is open (1,2,3)", &o.bands },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-clv age", "--vehicles FILE [OPTION...] [FILE...]",
		"Do cars come for service as they grow older? --by names "
		"columns of the vehicles.\n"
		"in: transactions with vin\n"
		"out: age_band,cars,car_years,served,retention,visits,"
		"visits_a_year",
		"crm-clv age --vehicles vehicles.csv -t table "
		"transactions.csv",
		opts
	};
	size_t nfiles;

	common_init(&o.common);
	char **files = opt_parse(&program, argc, argv, &nfiles);

	if (!o.vehicles)
		die_usage("--vehicles FILE is needed: when each car was sold");
	return run(&o, files, nfiles);
}
