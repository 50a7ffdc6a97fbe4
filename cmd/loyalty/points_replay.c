/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty points replay: a stream of entries in, its balances out,
 * without a log. What the ledger does not allow is a reject.
 */
#include "base/mem.h"
#include "base/msg.h"
#include "canon/pointrows.h"

#include "cmd/loyalty/points.h"
#include "cmd/loyalty/verbs.h"

struct replay {
	struct input *in;
	struct place *place;
	struct points *book;
	int64_t valid, end, last_at;
};

static void take(struct replay *r, const struct row *row)
{
	enum points_verdict v;
	struct points_entry e;

	if (!pointrows_entry(r->in, row, r->place, r->valid, &e))
		return;
	if (e.at >= r->end) {
		input_skip(r->in);
		return;
	}
	v = points_add(r->book, &e);
	if (v == POINTS_AGAIN)
		input_merge(r->in, 1);
	else if (v != POINTS_FINE)
		pointrows_reject(r->in, v, &e);
	else if (e.at > r->last_at)
		r->last_at = e.at;
}

static int32_t day_asked(const struct common *common, struct replay *r)
{
	if (common->as_of != DAY_NONE || r->last_at == INT64_MIN)
		return common->as_of;
	return instant_day(r->last_at, place_zone(r->place, r->last_at));
}

static int run(const struct common *common, struct replay *r, char **files,
	       size_t nfiles)
{
	struct output *out;
	struct row row;

	if (common->as_of != DAY_NONE)
		r->end = place_day_end(r->place, common->as_of);
	r->in = input_open(common, schema_find(TEXT("points")),
			   pointrows_columns, POINT_COLUMNS, files, nfiles);
	while (input_next(r->in, &row))
		take(r, &row);
	out = balances_open(common);
	balances_write(out, r->book, r->place, day_asked(common, r));
	input_close(r->in, output_rows(out));
	return output_close(out);
}

int points_replay(int argc, char **argv)
{
	struct replay r = { .end = INT64_MAX, .last_at = INT64_MIN };
	struct common common;
	size_t n;
	char **files;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_INT, 0, "valid", "MONTHS",
		  "how long points without expires_on are good",
		  &r.valid, 1, 1200 },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty points replay", "[OPTION...] [FILE...]",
		"Writes the balances of a stream of entries, without a log; "
		"columns as those\nof `points balances`. What the ledger does "
		"not allow is a reject.\n"
		"in: points (entry_id, customer_id, at, entry, points, "
		"expires_on, ref)",
		"crm-loyalty points replay entries.csv --rejects bad.csv", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	loyalty_ungrouped(&common);
	r.place = place_new(&common);
	r.book = points_new();
	status = run(&common, &r, files, n);
	points_free(r.book);
	place_free(r.place);
	return status;
}
