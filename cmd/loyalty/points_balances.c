/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-loyalty points balances LOG: what every customer has. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"

#include "cmd/loyalty/ledger.h"
#include "cmd/loyalty/points.h"

struct output *balances_open(const struct common *common)
{
	static const struct output_column columns[] = {
		{ "customer_id", COL_TEXT }, { "balance", COL_INT },
		{ "earned", COL_INT },	     { "reversed", COL_INT },
		{ "redeemed", COL_INT },     { "returned", COL_INT },
		{ "expired", COL_INT },	     { "lapsed", COL_INT },
		{ "owed", COL_INT },	     { "next_expiry", COL_DAY },
		{ "next_points", COL_INT },  { "entries", COL_INT },
		{ "last_at", COL_INSTANT },  { "as_of", COL_DAY },
	};

	return output_open(common, columns, NELEMS(columns));
}

static void write_row(struct output *out, const struct points *book, size_t i,
		      struct place *place, int32_t day)
{
	struct points_balance b = points_balance(book, i, day);
	struct points_next next = points_next(book, i, day);

	output_text(out, points_customer(book, i));
	output_int(out, b.available);
	output_int(out, b.earned);
	output_int(out, b.reversed);
	output_int(out, b.redeemed);
	output_int(out, b.returned);
	output_int(out, b.expired);
	output_int(out, b.lapsed);
	output_int(out, b.owed);
	output_day(out, next.day == POINTS_NEVER ? DAY_NONE : next.day);
	output_int(out, next.points);
	output_int(out, (int64_t)b.entries);
	output_instant(out, b.last_at, place_zone(place, b.last_at));
	output_day(out, day);
	output_end(out);
}

void balances_write(struct output *out, const struct points *book,
		    struct place *place, int32_t day)
{
	uint32_t *order = points_sorted(book);

	for (size_t k = 0; k < points_count(book); k++)
		write_row(out, book, order[k], place, day);
	free(order);
}

static int run(const struct common *common, const char *path)
{
	struct ledger l;
	struct output *out;
	int status;

	ledger_takes_all(common, false);
	ledger_read(&l, common, path);
	ledger_as_of(&l);
	ledger_catch_up(&l);
	out = balances_open(common);
	balances_write(out, l.book, l.place, ledger_day(&l));
	ledger_settle(&l, output_rows(out));
	status = output_close(out);
	ledger_close(&l);
	return status;
}

int points_balances(int argc, char **argv)
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
		"crm-loyalty points balances", "[OPTION...] LOG",
		"Writes what every customer has on the day of --as-of, or of "
		"the latest entry:\n"
		"customer_id,balance,earned,reversed,redeemed,returned,"
		"expired,lapsed,owed,\n"
		"next_expiry,next_points,entries,last_at,as_of",
		"crm-loyalty points balances points.log -t table", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	common_check_log(&common, files[0]);
	return run(&common, files[0]);
}
