/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Histories folded row by row. As long as a customer's days come in order,
 * counting distinct ones takes a comparison with the last; every new day is
 * noted too (8 bytes): should anybody's days come out of order, or from two
 * lanes, all are counted again by the notes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/parts.h"
#include "model/summary_in.h"

/* Entries asked for from memory before their turn in the order of ids. */
#define AHEAD 16

struct line {
	int64_t fen;
	int32_t day;		/* biased */
	bool refund;
};

static void note(struct notes *n, uint32_t who, int32_t day)
{
	if (n->n == n->cap) {
		size_t cap = n->cap + n->cap / 2 + 4096;

		n->at = mem_pages(n->at, n->cap * sizeof(*n->at),
				  cap * sizeof(*n->at));
		n->cap = cap;
	}
	n->at[n->n++] = (uint64_t)who << 32 | (uint32_t)day;
}

/* True when the day is a new one as far as can be seen. */
static bool add_day(struct summary *s, int32_t day, int32_t *last,
		    uint32_t *days)
{
	if (day == *last)
		return false;
	if (day < *last)
		atomic_store_explicit(&s->disorder, true,
				      memory_order_relaxed);
	else
		*last = day;
	(*days)++;
	return true;
}

static void calibration(struct entry *e, const struct line *l)
{
	money_carry(&e->fen, &e->fen_high, l->fen);
	if (!e->first || l->day < e->first) {
		e->first = l->day;
		e->first_fen = 0;
		e->first_high = 0;
	}
	if (l->day == e->first)
		money_carry(&e->first_fen, &e->first_high, l->fen);
}

static void keep_refund(struct summary *s, uint32_t who, int32_t day,
			int64_t fen)
{
	s->refund = mem_grow(s->refund, s->refunds, &s->refunds_cap,
			     sizeof(*s->refund));
	s->refund[s->refunds++] = (struct refund){ who, day, fen };
}

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct line *line = values;
	struct summary *s = ctx;

	for (size_t i = 0; i < n; i++) {
		const struct line *l = &line[i];
		struct entry *e = group_span_entry(all, index[i]);
		bool fresh;

		if (l->refund) {
			keep_refund(s, index[i], l->day, l->fen);
			continue;
		}
		if (l->day <= s->end) {
			calibration(e, l);
			fresh = add_day(s, l->day, &e->last, &e->days);
		} else {
			money_carry(&e->holdout_fen, &e->holdout_high, l->fen);
			fresh = add_day(s, l->day, &e->holdout_last,
					&e->holdout_days);
		}
		if (fresh)
			note(&s->notes, index[i], l->day);
	}
}

struct summary *summary_new(int32_t calibration_end)
{
	struct summary *s = mem_zalloc(1, sizeof(*s));

	s->end = calibration_end == INT32_MAX ? INT32_MAX :
						calibration_end + DAY_BIAS;
	s->customers = group_new(sizeof(struct entry), sizeof(struct line),
				 fold, s);
	return s;
}

void summary_keep_days(struct summary *s)
{
	s->keep = true;
}

void summary_add(struct summary *s, struct text customer, int32_t day,
		 int64_t fen, bool refund)
{
	const struct line l = { fen, day + DAY_BIAS, refund };

	group_add(s->customers, customer, &l);
}

/* ---- joining ---- */

/* Days of both: where one's all come after the other's none is counted
 * twice. */
static bool join_days(struct entry *e, const struct entry *f)
{
	bool apart = f->first > e->last || f->last < e->first;
	bool doubt = (e->days && f->days && !apart) ||
		     (e->holdout_days && f->holdout_days);

	e->days += f->days;
	e->holdout_days += f->holdout_days;
	if (f->last > e->last)
		e->last = f->last;
	if (f->holdout_last > e->holdout_last)
		e->holdout_last = f->holdout_last;
	return !doubt;
}

static void join_entry(void *into, const void *from, void *ctx)
{
	struct entry *e = into;
	const struct entry *f = from;
	struct summary *s = ctx;

	if (!join_days(e, f) &&
	    !atomic_load_explicit(&s->disorder, memory_order_relaxed))
		s->disorder = true;
	money_carry_sum(&e->fen, &e->fen_high, f->fen, f->fen_high);
	money_carry_sum(&e->holdout_fen, &e->holdout_high, f->holdout_fen,
			f->holdout_high);
	if (!f->first)
		return;
	if (!e->first || f->first < e->first) {
		e->first = f->first;
		e->first_fen = 0;
		e->first_high = 0;
	}
	if (f->first == e->first)
		money_carry_sum(&e->first_fen, &e->first_high, f->first_fen,
				f->first_high);
}

/* Notes of another lane, and what it called the customers. */
struct renaming {
	struct notes *notes;
	const uint32_t *number;
	unsigned parts;
};

static void rename_part(void *ctx, unsigned part)
{
	const struct renaming *r = ctx;
	struct notes *n = r->notes;
	size_t end = n->n * (part + 1) / r->parts;

	for (size_t i = n->n * part / r->parts; i < end; i++)
		n->at[i] = (uint64_t)r->number[n->at[i] >> 32] << 32 |
			   (uint32_t)n->at[i];
}

static void join_notes(struct summary *s, struct notes *notes,
		       const uint32_t *number)
{
	struct renaming r = { notes, number, parts_allowed() > 1 ? 2 : 1 };

	parts_run(r.parts, rename_part, &r);
	s->joined = mem_grow(s->joined, s->njoined, &s->joined_cap,
			     sizeof(*s->joined));
	s->joined[s->njoined++] = *notes;
	*notes = (struct notes){ 0 };
}

void summary_join(struct summary *into, struct summary *from)
{
	uint32_t *number;

	group_finish(into->customers);
	group_finish(from->customers);
	if (from->disorder)
		into->disorder = true;
	number = mem_alloc(group_count(from->customers), sizeof(*number));
	group_join(into->customers, from->customers, join_entry, into, number);
	for (size_t i = 0; i < from->njoined; i++)
		join_notes(into, &from->joined[i], number);
	join_notes(into, &from->notes, number);
	for (size_t i = 0; i < from->refunds; i++) {
		const struct refund *r = &from->refund[i];

		keep_refund(into, number[r->who], r->day, r->fen);
	}
	free(number);
	summary_free(from);
}

/* ---- after the last row ---- */

const int32_t *summary_purchase_days(const struct summary *s, size_t i,
				     size_t *n)
{
	uint32_t who = s->order[i];
	size_t from = who ? s->day_end[who - 1] : 0;

	*n = s->day_end[who] - from;
	return s->day + from;
}

static void apply_refunds(struct summary *s)
{
	for (size_t i = 0; i < s->refunds; i++) {
		const struct refund *r = &s->refund[i];
		struct entry *e = group_entry(s->customers, r->who);

		if (i + AHEAD < s->refunds)
			group_prefetch(s->customers,
				       s->refund[i + AHEAD].who);
		if (r->day > s->end) {
			money_carry(&e->holdout_fen, &e->holdout_high, r->fen);
			continue;
		}
		money_carry(&e->fen, &e->fen_high, r->fen);
		if (r->day <= e->first)
			money_carry(&e->first_fen, &e->first_high, r->fen);
	}
}

static bool money_fits(const struct entry *e)
{
	money_wide all = money_carried(e->fen, e->fen_high);
	int64_t narrow;

	return money_narrow(all, &narrow) &&
	       money_narrow(all - money_carried(e->first_fen, e->first_high),
			    &narrow) &&
	       money_narrow(money_carried(e->holdout_fen, e->holdout_high),
			    &narrow);
}

/* Notes are of no more use. */
static void drop_notes(struct summary *s)
{
	for (size_t l = 0; l <= s->njoined; l++)
		mem_pages_free(notes_of(s, l)->at,
			       notes_of(s, l)->cap * sizeof(uint64_t));
	free(s->joined);
	s->joined = NULL;
	s->njoined = 0;
	s->notes = (struct notes){ 0 };
}

/* What comes out of the entries, whatever their order: `good` tells whether
 * all sums fit. */
static void look_over(struct summary *s)
{
	size_t n = group_count(s->customers);

	apply_refunds(s);
	s->good = true;
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = group_entry(s->customers, i);

		s->good = s->good && money_fits(e);
		s->days += e->days + e->holdout_days;
		s->count += e->days > 0;
	}
}

static void finish_part(void *ctx, unsigned part)
{
	struct summary *s = ctx;

	if (part)
		look_over(s);
	else
		s->order = group_sorted(s->customers);
}

/* Leaves those who were not observed in calibration out of the order. */
static void leave_out(struct summary *s)
{
	size_t n = group_count(s->customers), count = 0;

	for (size_t i = 0; s->count < n && i < n; i++) {
		const struct entry *e =
			group_entry(s->customers, s->order[i]);

		if (i + AHEAD < n)
			group_prefetch(s->customers, s->order[i + AHEAD]);
		if (e->days)
			s->order[count++] = s->order[i];
	}
}

bool summary_finish(struct summary *s)
{
	group_finish(s->customers);
	if (s->disorder)
		summary_recount(s);
	if (s->keep)
		summary_gather(s);
	drop_notes(s);
	parts_share(2, finish_part, s);
	leave_out(s);
	return s->good;
}

size_t summary_count(const struct summary *s)
{
	return s->count;
}

struct summary_row summary_row(const struct summary *s, size_t i)
{
	const struct entry *e = group_entry(s->customers, s->order[i]);

	if (i + AHEAD < s->count)
		group_prefetch(s->customers, s->order[i + AHEAD]);
	return (struct summary_row){
		.customer = group_key(s->customers, s->order[i]),
		.first = e->first - DAY_BIAS,
		.last = e->last - DAY_BIAS,
		.frequency = e->days - 1,
		.repeat_fen = (int64_t)(e->fen - e->first_fen),
		.fen = (int64_t)e->fen,
		.holdout_frequency = e->holdout_days,
		.holdout_fen = (int64_t)e->holdout_fen,
	};
}

uint64_t summary_days(const struct summary *s)
{
	return s->days;
}

void summary_free(struct summary *s)
{
	if (!s)
		return;
	group_free(s->customers);
	drop_notes(s);
	free(s->refund);
	free(s->order);
	free(s->day);
	free(s->day_end);
	free(s);
}
