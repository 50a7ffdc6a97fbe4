/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty points append LOG: entries in, each checked against what the
 * customer has, made durable, then acknowledged. The lock is held from the
 * check to fdatasync, and never while input is waited for.
 */
#include "base/mem.h"
#include "base/msg.h"

#include "cmd/loyalty/ledger.h"
#include "cmd/loyalty/points.h"
#include "cmd/loyalty/verbs.h"

static void take(struct ledger *l, struct input *in, const struct row *row,
		 int64_t valid)
{
	enum points_verdict v;
	struct points_entry e;

	if (!pointrows_entry(in, row, l->place, valid, &e))
		return;
	ledger_hold(l);
	v = ledger_add(l, &e);
	if (v == POINTS_AGAIN)
		input_merge(in, 1);
	else if (v != POINTS_FINE)
		pointrows_reject(in, v, &e);
}

static int run(const struct common *common, int64_t valid, char **files,
	       size_t nfiles)
{
	struct ledger l;
	struct input *in;
	struct row row;

	ledger_write(&l, common, files[0]);
	in = input_open(common, schema_find(TEXT("points")), pointrows_columns,
			POINT_COLUMNS, files + 1, nfiles - 1);
	input_on_drain(in, ledger_commit, &l);
	while (input_next(in, &row))
		take(&l, in, &row, valid);
	ledger_commit(&l);
	input_close(in, output_rows(l.turn.out));
	return ledger_written(&l);
}

int points_append(int argc, char **argv)
{
	struct common common;
	int64_t valid = 0;
	size_t n;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_INT, 0, "valid", "MONTHS",
		  "how long points without expires_on are good",
		  &valid, 1, 1200 },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty points append", "[OPTION...] LOG [FILE...]",
		"Reads entries of the points ledger, checks each against the "
		"customer's points,\nmakes it durable in LOG, then "
		"acknowledges it. The same entry again is merged.\n"
		"in: points (entry_id, customer_id, at, entry, points, "
		"expires_on, ref)\n"
		"out: entry_id,seq,customer_id,balance",
		"crm-loyalty points append points.log <entries.csv", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	loyalty_ungrouped(&common);
	if (n < 1)
		die_usage("which log?");
	common_check_log(&common, files[0]);
	return run(&common, valid, files, n);
}
