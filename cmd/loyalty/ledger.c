/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger's log: read, checked, made durable, acknowledged. */
#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog_tell.h"

#include "cmd/loyalty/ledger.h"
#include "cmd/loyalty/verbs.h"

#define LEDGER_KIND "points"

static struct caselog *open_log(void *ledger, enum caselog_mode mode)
{
	struct ledger *l = ledger;

	l->log = caselog_open(l->path, LEDGER_KIND, mode);
	return l->log;
}

static void read_log(void *ledger)
{
	ledger_catch_up(ledger);
}

static void init(struct ledger *l, const struct common *common,
		 const char *path)
{
	*l = (struct ledger){ .common = common,
			      .path = path,
			      .end = INT64_MAX,
			      .last_at = INT64_MIN };
	l->place = place_new(common);
	l->book = points_new();
}

void ledger_takes_all(const struct common *common, bool period)
{
	loyalty_ungrouped(common);
	common_check_places(common);
	if (common->withs.n || common->wheres.n)
		die_usage("--with and --where: points are reckoned of all "
			  "entries; pipe the rows on");
	if (!period && (common->period || common->since != DAY_NONE ||
			common->until != DAY_NONE))
		die_usage("--since, --until and --period: points are "
			  "reckoned of all entries; --as-of leaves out later "
			  "ones");
}

void ledger_read(struct ledger *l, const struct common *common,
		 const char *path)
{
	init(l, common, path);
	open_log(l, CASELOG_READ);
}

void ledger_write(struct ledger *l, const struct common *common,
		  const char *path)
{
	static const struct output_column columns[LOGTURN_COLUMNS] = {
		{ "entry_id", COL_TEXT },
		{ "seq", COL_INT },
		{ "customer_id", COL_TEXT },
		{ "balance", COL_INT },
	};

	init(l, common, path);
	l->turn = (struct logturn){ .common = common,
				    .path = path,
				    .open = open_log,
				    .read = read_log,
				    .ctx = l };
	logturn_open(&l->turn, columns);
}

void ledger_settle(struct ledger *l, uint64_t out)
{
	/* What is in a log was checked when it came there. */
	input_settle(l->common, rejects_open(l->common->rejects), &l->counts,
		     out);
}

void ledger_close(struct ledger *l)
{
	caselog_close(l->log);
	points_free(l->book);
	place_free(l->place);
	arena_release(&l->scratch);
	buf_release(&l->members);
}

/* ---- reading ---- */

static void take_line(struct ledger *l, const struct caselog_line *line)
{
	struct points_entry e;
	const char *why =
		pointrows_take(line->members, l->place, &l->scratch, &e);

	if (why)
		caselog_bad_line(l->log, line->line, why);
	l->counts.in++;
	if (e.at >= l->end) {
		l->counts.filtered++;
		return;
	}
	l->counts.used++;
	if (l->before)
		l->before(l->ctx, &e);
	if (points_add(l->book, &e) != POINTS_FINE)
		caselog_bad_line(l->log, line->line,
				 "the entries before do not allow this one");
	if (l->after)
		l->after(l->ctx, &e);
	if (e.at > l->last_at)
		l->last_at = e.at;
}

void ledger_catch_up(struct ledger *l)
{
	struct caselog_line line;
	int got;

	while ((got = caselog_next(l->log, &line)) > 0) {
		take_line(l, &line);
		if (l->scratch.last)
			arena_release(&l->scratch);
	}
	if (got < 0)
		caselog_damaged(l->log);
	if (!l->turn.held)
		caselog_tell_tail(l->log);
}

void ledger_as_of(struct ledger *l)
{
	if (l->common->as_of != DAY_NONE)
		l->end = place_day_end(l->place, l->common->as_of);
}

int32_t ledger_day(const struct ledger *l)
{
	if (l->common->as_of != DAY_NONE)
		return l->common->as_of;
	if (l->last_at == INT64_MIN)
		return DAY_NONE;
	return instant_day(l->last_at, place_zone(l->place, l->last_at));
}

/* ---- writing ---- */

void ledger_hold(struct ledger *l)
{
	logturn_hold(&l->turn);
}

/* `seq` 0: it was there before. */
static void acknowledge(struct ledger *l, const struct points_entry *e,
			uint64_t seq)
{
	size_t i = points_find(l->book, e->customer_id);
	long long left = points_balance(l->book, i, e->day).available;
	char number[24], balance[24];
	const struct text cell[LOGTURN_COLUMNS] = {
		e->entry_id,
		{ number, seq ? text_putf(number, sizeof(number), "%llu",
					  (unsigned long long)seq)
			      : 0 },
		e->customer_id,
		{ balance, text_putf(balance, sizeof(balance), "%lld", left) },
	};

	logturn_wait(&l->turn, cell);
}

enum points_verdict ledger_add(struct ledger *l, const struct points_entry *e)
{
	enum points_verdict v = points_add(l->book, e);

	if (v == POINTS_AGAIN)
		acknowledge(l, e, 0);
	if (v != POINTS_FINE)
		return v;
	if (e->at > l->last_at)
		l->last_at = e->at;
	buf_clear(&l->members);
	pointrows_put(&l->members, e, l->place);
	acknowledge(l, e, logturn_add(&l->turn, buf_text(&l->members)));
	return v;
}

void ledger_commit(void *ledger)
{
	struct ledger *l = ledger;

	logturn_commit(&l->turn);
}

int ledger_written(struct ledger *l)
{
	int status = logturn_close(&l->turn);

	ledger_close(l);
	return status;
}
