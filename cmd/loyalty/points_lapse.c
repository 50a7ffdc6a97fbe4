/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty points lapse LOG: puts on record, as `expire` entries, the
 * points that have lapsed by the day. They stopped to count by themselves;
 * the record tells the customer, and the books, when and how many.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"

#include "cmd/loyalty/ledger.h"
#include "cmd/loyalty/points.h"

#define PREFIX "expire-"

/* An id of its own for the expiry of a lot; a lot that was filled again by a
 * redeem undone may lapse more than once. */
static void make_id(struct buf *id, const struct points *book, struct text earn)
{
	unsigned k = 1;

	do {
		buf_clear(id);
		buf_adds(id, PREFIX);
		buf_addt(id, earn);
		if (k > 1)
			buf_addf(id, "-%u", k);
		k++;
	} while (points_has(book, buf_text(id)));
}

/* The first lot of the customer that has lapsed. */
static bool put_one(struct ledger *l, struct text customer, int64_t at,
		    int32_t day, struct buf *id)
{
	size_t i = points_find(l->book, customer);
	struct points_balance b = points_balance(l->book, i, day);
	struct points_lapsed lot;
	struct points_entry e = { .kind = POINTS_EXPIRE,
				  .expires_on = POINTS_NEVER };

	if (points_lapsed(l->book, i, day, &lot, 1) == 0)
		return false;
	make_id(id, l->book, lot.entry_id);
	e.entry_id = buf_text(id);
	e.customer_id = customer;
	/* not the ledger's own text, which moves when an entry is added */
	e.ref = (struct text){ id->p + strlen(PREFIX), lot.entry_id.n };
	e.points = lot.points;
	e.at = b.last_at > at ? b.last_at : at;
	e.day = instant_day(e.at, place_zone(l->place, e.at));
	if (ledger_add(l, &e) != POINTS_FINE)
		bug("points that lapsed do not expire");
	return true;
}

static int run(const struct common *common, const char *path)
{
	int32_t day = common_today(common);
	struct buf id = { 0 };
	struct ledger l;
	uint32_t *order;
	int64_t at;
	size_t n;

	/* Nothing lapses in a log that is made by a slip of the pen. */
	if (access(path, F_OK) != 0)
		die_errno("%s", path);
	ledger_takes_all(common, false);
	ledger_write(&l, common, path);
	ledger_hold(&l);
	n = points_count(l.book);
	order = points_sorted(l.book);
	/* The first moment at which the points of the day before are gone. */
	at = place_day_end(l.place, day - 1);
	for (size_t k = 0; k < n; k++)
		while (put_one(&l, points_customer(l.book, order[k]), at, day,
			       &id))
			ledger_hold(&l);
	ledger_commit(&l);
	free(order);
	buf_release(&id);
	return ledger_written(&l);
}

int points_lapse(int argc, char **argv)
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
		"crm-loyalty points lapse", "[OPTION...] LOG",
		"Puts on record, as entries `expire`, the points whose last "
		"day is before today\n(--as-of DATE: before that day), and "
		"acknowledges them. Again it adds nothing.\n"
		"out: entry_id,seq,customer_id,balance",
		"crm-loyalty points lapse points.log", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	common_check_log(&common, files[0]);
	return run(&common, files[0]);
}
