/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger's log: read, checked, made durable, acknowledged. */
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog_verify.h"

#include "cmd/loyalty/ledger.h"

#define LEDGER_KIND "points"
/* So many entries wait for one fdatasync at most. */
#define BATCH_ENTRIES 10000

void ledger_open(struct ledger *l, const struct common *common,
		 const char *path, enum caselog_mode mode)
{
	*l = (struct ledger){ .common = common,
			      .path = path,
			      .end = INT64_MAX,
			      .last_at = INT64_MIN };
	l->place = place_new(common);
	l->book = points_new();
	if (mode == CASELOG_WRITE && common->dry_run) {
		if (access(path, F_OK) != 0)
			return;
		mode = CASELOG_READ;
	}
	l->log = caselog_open(path, LEDGER_KIND, mode);
}

void ledger_acknowledges(struct ledger *l)
{
	static const struct output_column columns[] = {
		{ "entry_id", COL_TEXT },
		{ "seq", COL_INT },
		{ "customer_id", COL_TEXT },
		{ "balance", COL_INT },
	};

	l->out = output_open(l->common, columns, NELEMS(columns));
}

void ledger_close(struct ledger *l)
{
	caselog_close(l->log);
	points_free(l->book);
	place_free(l->place);
	arena_release(&l->scratch);
	buf_release(&l->members);
	buf_release(&l->texts);
	free(l->waiting);
}

/* ---- reading ---- */

static _Noreturn void bad_line(const struct ledger *l, uint64_t line,
			       const char *why)
{
	die("%s:%llu: %s", l->path, (unsigned long long)line, why);
}

static void take_line(struct ledger *l, const struct caselog_line *line)
{
	struct points_entry e;
	const char *why =
		pointrows_take(line->members, l->place, &l->scratch, &e);

	if (why)
		bad_line(l, line->line, why);
	if (e.at >= l->end)
		return;
	if (l->before)
		l->before(l->ctx, &e);
	if (points_add(l->book, &e) != POINTS_FINE)
		bad_line(l, line->line,
			 "the entries before do not allow this one");
	if (l->after)
		l->after(l->ctx, &e);
	if (e.at > l->last_at)
		l->last_at = e.at;
}

void ledger_catch_up(struct ledger *l)
{
	struct caselog_line line;
	struct caselog_fault fault;
	int got;

	while ((got = caselog_next(l->log, &line)) > 0) {
		take_line(l, &line);
		if (l->scratch.last)
			arena_release(&l->scratch);
	}
	if (got < 0) {
		fault = caselog_fault(l->log);
		die("%s:%llu: damaged: %s; nothing is taken from or added to "
		    "a log that is not whole",
		    l->path, (unsigned long long)fault.line, fault.why);
	}
	if (!l->told)
		caselog_tell_tail(l->log);
	l->told = true;
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
	if (l->held)
		return;
	l->held = true;
	if (!l->common->dry_run)
		caselog_lock(l->log);
	if (!l->log || (l->common->dry_run && l->told))
		return;
	ledger_catch_up(l);
	l->dry_seq = caselog_state(l->log).seq;
}

static uint64_t add_line(struct ledger *l, const struct points_entry *e)
{
	if (l->common->dry_run)
		return ++l->dry_seq;
	buf_clear(&l->members);
	pointrows_put(&l->members, e, l->place);
	return caselog_add(l->log, buf_text(&l->members));
}

static void wait_for_commit(struct ledger *l, const struct points_entry *e,
			    uint64_t seq)
{
	size_t i = points_find(l->book, e->customer_id);
	struct ledger_waiting w = {
		.id_at = l->texts.n,
		.id_n = e->entry_id.n,
		.seq = seq,
		.customer_at = l->texts.n + e->entry_id.n,
		.customer_n = e->customer_id.n,
		.balance = points_balance(l->book, i, e->day).available,
	};

	buf_addt(&l->texts, e->entry_id);
	buf_addt(&l->texts, e->customer_id);
	l->waiting = mem_grow(l->waiting, l->n, &l->cap, sizeof(*l->waiting));
	l->waiting[l->n++] = w;
}

enum points_verdict ledger_add(struct ledger *l, const struct points_entry *e)
{
	enum points_verdict v = points_add(l->book, e);

	if (v == POINTS_AGAIN)
		wait_for_commit(l, e, 0);
	if (v != POINTS_FINE)
		return v;
	wait_for_commit(l, e, add_line(l, e));
	if (e->at > l->last_at)
		l->last_at = e->at;
	if (l->n == BATCH_ENTRIES)
		ledger_commit(l);
	return v;
}

static void acknowledge(struct ledger *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct ledger_waiting *w = &l->waiting[i];
		const char *p = l->texts.p;

		output_text(l->out, (struct text){ p + w->id_at, w->id_n });
		if (w->seq)
			output_int(l->out, (int64_t)w->seq);
		else
			output_empty(l->out);
		output_text(l->out,
			    (struct text){ p + w->customer_at, w->customer_n });
		output_int(l->out, w->balance);
		output_end(l->out);
	}
	if (l->n)
		output_flush(l->out);
	l->n = 0;
	buf_clear(&l->texts);
}

void ledger_commit(void *ledger)
{
	struct ledger *l = ledger;

	if (l->held && !l->common->dry_run) {
		if (!caselog_commit(l->log))
			die_errno("%s: nothing was added", l->path);
		caselog_unlock(l->log);
	}
	l->held = false;
	acknowledge(l);
}
