/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who and what is on file: names for the table of the best customers, and
 * counts of customers and vehicles. */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/mask.h"
#include "canon/person.h"

#include "cmd/report/tally.h"

#define ROWS 10

enum { CUSTOMER, NAME, PARTY, CITY, CUSTOMER_COLUMNS };
enum { SERIES, VEHICLE_COLUMNS };

struct names {
	struct group *ids;
	const char **name;	/* by number of the id; the report's */
	size_t cap;
	struct tally *city;
	bool has_city;
};

/* ---- names ---- */

/* A firm is no person, and its name no secret. Of an employee, or where the
 * word says something else, the name tells. */
static bool is_firm(const struct cell *c)
{
	struct text party = c[PARTY].text;

	if (text_is(party, "person"))
		return false;
	return text_listed(TEXT("organisation|dealer|supplier|agency"), '|',
			   party) ||
	       person_read(c[NAME].text).firm;
}

static const char *shown_name(struct build *b, const struct cell *c)
{
	struct text name = c[NAME].text;
	struct buf masked = { 0 };
	const char *shown;

	if (b->unmasked || is_firm(c))
		return report_str(b->report, name);
	mask_name(&masked, name);
	shown = report_str(b->report, buf_text(&masked));
	buf_release(&masked);
	return shown;
}

static void add_name(struct build *b, struct names *n, const struct cell *c)
{
	size_t known = group_count(n->ids);
	size_t id = group_intern(n->ids, c[CUSTOMER].text);

	if (id < known || !c[NAME].known)
		return;
	while (id >= n->cap) {
		size_t old = n->cap;
		n->name = mem_grow(n->name, n->cap, &n->cap,
				   sizeof(*n->name));
		for (size_t i = old; i < n->cap; i++)
			n->name[i] = NULL;
	}
	n->name[id] = shown_name(b, c);
}

void names_read(struct build *b)
{
	static const struct input_column columns[CUSTOMER_COLUMNS] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[NAME] = { "name", COL_TEXT, INPUT_OPTIONAL },
		[PARTY] = { "party_type", COL_TEXT, INPUT_OPTIONAL },
		[CITY] = { "city", COL_TEXT, INPUT_OPTIONAL },
	};
	struct reader *r;
	struct row row;

	if (!inputs_have(b, CUSTOMERS))
		return;
	b->names = mem_zalloc(1, sizeof(*b->names));
	b->names->ids = group_new(0, 0, NULL, NULL);
	b->names->city = tally_new();
	r = reader_open(b, CUSTOMERS, columns, CUSTOMER_COLUMNS, -1);
	while (reader_next(r, &row)) {
		add_name(b, b->names, row.cell);
		tally_add(b->names->city, NOW, row.cell[CITY].text);
	}
	b->names->has_city = reader_has(r, CITY);
	reader_close(r);
}

const char *names_of(struct build *b, struct text id)
{
	const char *shown = report_str(b->report, id);
	size_t at = b->names ? group_find(b->names->ids, id) : SIZE_MAX;

	if (at >= (b->names ? b->names->cap : 0) || !b->names->name[at])
		return shown;
	return report_fmt(b->report, "%s · %s", b->names->name[at], shown);
}

void names_free(struct build *b)
{
	if (!b->names)
		return;
	group_free(b->names->ids);
	tally_free(b->names->city);
	free(b->names->name);
	free(b->names);
	b->names = NULL;
}

/* ---- counts ---- */

static void write_counts(struct build *b, struct section *s,
			 const struct tally *tally, enum stream_number stream,
			 const char *column, const char *label,
			 const char *caption)
{
	struct report *r = b->report;
	size_t n;
	struct tally_row *row = tally_rows(b, tally, &n);
	const char *head = NULL;

	if (n > ROWS) {
		n = ROWS;
		head = report_fmt(r, "| head -n %d", ROWS + 1);
	}
	struct origin o = origin_of(b, stream, head,
				    "crm-mix --stream %s --by %s",
				    b->stream[stream].name, column);
	struct table *t = report_table(r, s, caption, &o);
	table_column(r, t, column, label, VALUE_TEXT);
	table_column(r, t, "rows", tr("Rows"), VALUE_COUNT);
	table_column(r, t, "share", tr("Share"), VALUE_SHARE);
	for (size_t i = 0; i < n; i++) {
		table_cell(r, t, value_text(row[i].word));
		table_cell(r, t, value_count(row[i].rows[NOW]));
		table_cell(r, t, value_share(row[i].share));
	}
	free(row);
}

static void write_vehicles(struct build *b, struct section *s)
{
	static const struct input_column columns[VEHICLE_COLUMNS] = {
		[SERIES] = { "series", COL_TEXT, INPUT_OPTIONAL },
	};
	struct reader *r = reader_open(b, VEHICLES, columns, VEHICLE_COLUMNS,
				       -1);
	struct tally *series = tally_new();
	struct row row;

	while (reader_next(r, &row))
		tally_add(series, NOW, row.cell[SERIES].text);
	if (reader_has(r, SERIES) && tally_total(series, NOW))
		write_counts(b, s, series, VEHICLES, "series", tr("Series"),
			     tr("Vehicles on file by series"));
	else
		report_absent(b->report, s, "%s",
			      tr("The vehicles have no series."));
	reader_close(r);
	tally_free(series);
}

void park_read(struct build *b)
{
	struct section *s = report_section(b->report, REPORT_BODY, "park",
					   tr("Customers and vehicles on "
					      "file"));

	if (!b->names)
		report_absent(b->report, s, "%s",
			      tr("There is no customer file in the data: "
				 "customers are shown by their numbers."));
	else if (b->names->has_city && tally_total(b->names->city, NOW))
		write_counts(b, s, b->names->city, CUSTOMERS, "city",
			     tr("City"), tr("Customers on file by city"));
	else
		report_absent(b->report, s, "%s",
			      tr("The customer file has no cities."));
	if (inputs_have(b, VEHICLES))
		write_vehicles(b, s);
	else
		report_absent(b->report, s, "%s",
			      tr("There are no vehicles in the data."));
}
