/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty points statement LOG CUSTOMER: the customer's entries with what
 * each left, and between them the points that lapsed, so that every change of
 * the balance has a row.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"

#include "cmd/loyalty/ledger.h"
#include "cmd/loyalty/points.h"

struct statement {
	struct ledger *ledger;
	struct text customer;
	struct output *out;
	struct day_range range; /* of which rows are wanted */
	int32_t from; /* lots that lapsed before are told already */
	int64_t balance;
};

static const struct output_column columns[] = {
	{ "at", COL_INSTANT }, { "entry_id", COL_TEXT },  { "entry", COL_TEXT },
	{ "points", COL_INT }, { "expires_on", COL_DAY }, { "ref", COL_TEXT },
	{ "change", COL_INT }, { "balance", COL_INT },	  { "owed", COL_INT },
};

static struct points_balance balance_on(const struct statement *s, int32_t day)
{
	const struct points *book = s->ledger->book;
	size_t i = points_find(book, s->customer);

	if (i == SIZE_MAX)
		return (struct points_balance){ .available = 0 };
	return points_balance(book, i, day);
}

static void put_row(struct statement *s, int64_t at, const char *entry,
		    const struct points_entry *e, struct points_balance b)
{
	struct output *out = s->out;
	int zone = place_zone(s->ledger->place, at);
	int32_t day = instant_day(at, zone);
	int64_t change = b.available - s->balance;

	s->balance = b.available;
	if (day < s->range.first || day > s->range.last)
		return;
	output_instant(out, at, zone);
	output_text(out, e->entry_id);
	output_str(out, entry);
	output_int(out, e->points);
	output_day(out,
		   e->expires_on == POINTS_NEVER ? DAY_NONE : e->expires_on);
	output_text(out, e->ref);
	output_int(out, change);
	output_int(out, b.available);
	output_int(out, b.owed);
	output_end(out);
}

/* The lots that have lapsed since and are good no more on the day. */
static void put_lapsed(struct statement *s, int32_t day)
{
	const struct points *book = s->ledger->book;
	size_t i = points_find(book, s->customer), n;
	struct points_lapsed *lot;

	if (i == SIZE_MAX)
		return;
	n = points_lapsed(book, i, day, NULL, 0);
	lot = mem_alloc(n, sizeof(*lot));
	points_lapsed(book, i, day, lot, n);
	for (size_t k = 0; k < n; k++) {
		const struct points_entry e = {
			.ref = lot[k].entry_id,
			.points = lot[k].points,
			.expires_on = lot[k].expires_on,
		};
		bool last = k + 1 == n || lot[k + 1].expires_on > e.expires_on;
		struct points_balance b;

		if (e.expires_on < s->from)
			continue;
		b = balance_on(s, e.expires_on + 1);
		/* Lots of one day go one after the other. */
		if (!last)
			b.available = s->balance - e.points;
		put_row(s, place_day_end(s->ledger->place, e.expires_on),
			"lapse", &e, b);
	}
	free(lot);
	s->from = day;
}

static void before(void *ctx, const struct points_entry *e)
{
	struct statement *s = ctx;

	if (text_eq(e->customer_id, s->customer))
		put_lapsed(s, e->day);
}

static void after(void *ctx, const struct points_entry *e)
{
	struct statement *s = ctx;

	if (text_eq(e->customer_id, s->customer))
		put_row(s, e->at, points_kind_names[e->kind], e,
			balance_on(s, e->day));
}

static int run(const struct common *common, const char *path,
	       const char *customer)
{
	struct ledger l;
	struct statement s = { .ledger = &l,
			       .customer = text_of(customer),
			       .range = common_range(common),
			       .from = DAY_MIN };
	bool known;
	int status;

	ledger_takes_all(common, true);
	ledger_read(&l, common, path);
	ledger_as_of(&l);
	l.before = before;
	l.after = after;
	l.ctx = &s;
	s.out = output_open(common, columns, NELEMS(columns));
	ledger_catch_up(&l);
	known = points_find(l.book, s.customer) != SIZE_MAX;
	if (known)
		put_lapsed(&s, ledger_day(&l));
	else
		warn("%s: has no entry of this customer", path);
	ledger_settle(&l, output_rows(s.out));
	status = output_close(s.out);
	ledger_close(&l);
	return known ? status : EXIT_BAD;
}

int points_statement(int argc, char **argv)
{
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty points statement", "[OPTION...] LOG CUSTOMER",
		"Writes a customer's entries, oldest first, and the points "
		"that lapsed between\nthem (entry `lapse`): every change of "
		"the balance has a row.\n"
		"out: at,entry_id,entry,points,expires_on,ref,change,balance,"
		"owed",
		"crm-loyalty points statement points.log C00042 -t table", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 2)
		die_usage("a log and a customer_id are needed");
	common_check_log(&common, files[0]);
	return run(&common, files[0], files[1]);
}
