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

/* The bands of each group of --by, a column of the vehicles. */
struct table {
	struct bands bands;
	struct by by;
	struct caryears (*item)[BANDS_MAX + 1];
	size_t n, cap;
	int64_t cars, unsold, broken;	/* told by -v */
};

enum { VIN, BOUGHT, REGISTERED, VEHICLE_COLUMNS };

static struct caryears *item_for(struct table *t, size_t label)
{
	while (t->n <= label) {
		t->item = mem_grow(t->item, t->n, &t->cap, sizeof(*t->item));
		for (size_t i = 0; i <= BANDS_MAX; i++)
			t->item[t->n][i] = (struct caryears){ 0 };
		t->n++;
	}
	return t->item[label];
}

/* Rows of the summary by vin: where each stands. */
static struct group *places_of(const struct deals *d)
{
	struct group *g = group_new(sizeof(size_t), 0, NULL, NULL);

	for (size_t i = 0; i < summary_count(d->summary); i++) {
		struct summary_row r = summary_row(d->summary, i);
		size_t at = group_intern(g, r.customer);

		*(size_t *)group_entry(g, at) = i;
	}
	return g;
}

static void add_car(struct table *t,
		    const struct deals *d, struct group *places,
		    const struct cell *c)
{
	size_t at = group_find(places, c[VIN].text), n = 0;
	const int32_t *day = NULL;
	int32_t sold = c[BOUGHT].known ? c[BOUGHT].day : c[REGISTERED].day;

	if (at != SIZE_MAX)
		day = summary_purchase_days(
			d->summary, *(size_t *)group_entry(places, at), &n);
	t->cars++;
	t->broken += caryears_add(&t->bands, sold, d->last, day, n,
				  item_for(t, by_label(&t->by, c)));
}

static void read_vehicles(const struct options *o, struct table *t,
			  const struct deals *d)
{
	static const struct input_column columns[VEHICLE_COLUMNS] = {
		[VIN] = { "vin", COL_TEXT, INPUT_FILLED },
		[BOUGHT] = { "purchased_on", COL_DAY, INPUT_OPTIONAL },
		[REGISTERED] = { "registered_on", COL_DAY, INPUT_OPTIONAL },
	};
	char *files[] = { (char *)(uintptr_t)o->vehicles, NULL };
	struct group *places = places_of(d);
	struct common common;
	struct row row;

	common_beside(&common);
	common.by = o->common.by;
	struct input *in = by_input(&t->by, &common,
				    schema_find(TEXT("vehicles")), columns,
				    VEHICLE_COLUMNS, files, 1);

	while (input_next(in, &row))
		if (row.cell[BOUGHT].known || row.cell[REGISTERED].known)
			add_car(t, d, places, row.cell);
		else
			t->unsold++;
	if (by_count(&t->by) > t->n)
		item_for(t, 0);
	input_close(in, 0);
	group_free(places);
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
	struct table t = { .n = 0 };
	struct deals d;

	if (!bands_parse(text_of(o->bands), &t.bands))
		die_usage("--bands %s: whole years, ascending, are expected",
			  o->bands);
	deals_read(&d, &ask, files, nfiles);
	read_vehicles(o, &t, &d);
	struct output *out =
		by_open(&t.by, &o->common, columns, NELEMS(columns));
	size_t *order = by_order(&t.by);

	for (size_t i = 0; i < t.n; i++)
		write_label(&t, order[i], t.item[order[i]], out);
	if (o->common.verbose)
		warn("%lld cars; %lld without a day of sale; %lld visits in a "
		     "year that is not over",
		     (long long)t.cars, (long long)t.unsold,
		     (long long)t.broken);
	free(order);
	free(t.item);
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
