/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Histories folded row by row. As long as a customer's days come in order,
 * counting distinct ones takes a comparison with the last; every new day is
 * noted too (8 bytes), for those whose days turn out to come out of order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "model/summary.h"

/* Days from a start before all days, so that 0 in a fresh entry means none. */
#define DAY_BIAS 1000000
/* Entries asked for from memory before their turn in the order of ids. */
#define AHEAD 16

struct line {
	int64_t fen;
	int32_t day;		/* biased */
	bool refund;
};

struct entry {
	/* 96 bits wide (money_carry()): calibration, its first day, holdout */
	uint64_t fen, first_fen, holdout_fen;
	int32_t fen_high, first_high, holdout_high;
	int32_t first, last;		/* biased; 0: none */
	int32_t holdout_last;
	uint32_t days, holdout_days;
	bool disorder;
};

/* A customer (upper half) bought on a day (lower half). */
struct notes {
	uint64_t *at;
	size_t n, cap;
};

struct refund {
	uint32_t who;
	int32_t day;
	int64_t fen;
};

struct summary {
	struct group *customers;
	int32_t end;			/* biased, or INT32_MAX */
	struct notes notes;
	struct refund *refund;
	size_t refunds, refunds_cap;
	uint32_t *order;		/* observed customers, by id */
	size_t count;
	uint64_t days;
	bool keep;			/* the days themselves are wanted */
	int32_t *day;			/* of all customers, one after the other */
	size_t *day_end;		/* where customer c's end; c: entry */
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
static bool add_day(struct entry *e, int32_t day, int32_t *last,
		    uint32_t *days)
{
	if (day == *last)
		return false;
	if (day < *last)
		e->disorder = true;
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
			fresh = add_day(e, l->day, &e->last, &e->days);
		} else {
			money_carry(&e->holdout_fen, &e->holdout_high, l->fen);
			fresh = add_day(e, l->day, &e->holdout_last,
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
 * twice, else they are counted again by the notes. */
static void join_days(struct entry *e, const struct entry *f)
{
	bool apart = f->first > e->last || f->last < e->first;

	e->disorder |= f->disorder || (e->days && f->days && !apart) ||
		       (e->holdout_days && f->holdout_days);
	e->days += f->days;
	e->holdout_days += f->holdout_days;
	if (f->last > e->last)
		e->last = f->last;
	if (f->holdout_last > e->holdout_last)
		e->holdout_last = f->holdout_last;
}

static void join_entry(void *into, const void *from, void *ctx)
{
	struct entry *e = into;
	const struct entry *f = from;

	(void)ctx;
	join_days(e, f);
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

void summary_join(struct summary *into, struct summary *from)
{
	uint32_t *number;

	group_finish(into->customers);
	group_finish(from->customers);
	number = mem_alloc(group_count(from->customers), sizeof(*number));
	group_join(into->customers, from->customers, join_entry, NULL, number);
	for (size_t i = 0; i < from->notes.n; i++) {
		uint64_t n = from->notes.at[i];

		note(&into->notes, number[n >> 32], (int32_t)(uint32_t)n);
	}
	for (size_t i = 0; i < from->refunds; i++) {
		const struct refund *r = &from->refund[i];

		keep_refund(into, number[r->who], r->day, r->fen);
	}
	free(number);
	summary_free(from);
}

/* ---- after the last row ---- */

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* Counts the distinct days of one customer's notes. */
static void recount(const struct summary *s, struct entry *e, int32_t *day,
		    size_t n)
{
	qsort(day, n, sizeof(*day), by_day);
	e->days = e->holdout_days = 0;
	for (size_t i = 0; i < n; i++) {
		if (i && day[i] == day[i - 1])
			continue;
		if (day[i] <= s->end)
			e->days++;
		else
			e->holdout_days++;
	}
}

static bool in_disorder(const struct summary *s, uint64_t note)
{
	const struct entry *e =
		group_entry(s->customers, (uint32_t)(note >> 32));

	return e->disorder;
}

/* Customers whose days came out of order: their notes are brought together
 * by a counting sort, customer by customer. */
static void count_disordered(struct summary *s)
{
	size_t customers = group_count(s->customers), total = 0;
	size_t *end = mem_zalloc(customers + 1, sizeof(*end));
	const struct notes *notes = &s->notes;
	int32_t *day;

	for (size_t i = 0; i < notes->n; i++)
		if (in_disorder(s, notes->at[i]))
			end[(notes->at[i] >> 32) + 1]++, total++;
	for (size_t c = 0; c < customers; c++)
		end[c + 1] += end[c];
	day = mem_alloc(total, sizeof(*day));
	/* end[c] is where customer c begins; it moves to where c ends. */
	for (size_t i = 0; i < notes->n; i++)
		if (in_disorder(s, notes->at[i]))
			day[end[notes->at[i] >> 32]++] =
				(int32_t)(uint32_t)notes->at[i];
	for (size_t c = 0, from = 0; c < customers; from = end[c++])
		if (end[c] > from)
			recount(s, group_entry(s->customers, c), day + from,
				end[c] - from);
	free(day);
	free(end);
}

/* Sorts n days and leaves each once; returns how many. */
static size_t each_once(int32_t *day, size_t n)
{
	size_t distinct = 0;

	qsort(day, n, sizeof(*day), by_day);
	for (size_t i = 0; i < n; i++)
		if (!distinct || day[i] != day[distinct - 1])
			day[distinct++] = day[i];
	return distinct;
}

/* All notes, customer by customer, by a counting sort. */
static void keep_days(struct summary *s)
{
	size_t customers = group_count(s->customers), from = 0, to = 0;
	size_t *end = mem_zalloc(customers + 1, sizeof(*end));
	const struct notes *notes = &s->notes;

	for (size_t i = 0; i < notes->n; i++)
		end[(notes->at[i] >> 32) + 1]++;
	for (size_t c = 0; c < customers; c++)
		end[c + 1] += end[c];
	s->day = mem_alloc(notes->n, sizeof(*s->day));
	for (size_t i = 0; i < notes->n; i++)
		s->day[end[notes->at[i] >> 32]++] =
			(int32_t)(uint32_t)notes->at[i] - DAY_BIAS;
	/* end[c] moved to where c ends; what each_once() leaves moves up */
	for (size_t c = 0; c < customers; c++) {
		size_t n = each_once(s->day + from, end[c] - from);

		memmove(s->day + to, s->day + from, n * sizeof(*s->day));
		from = end[c];
		end[c] = to += n;
	}
	s->day_end = end;
}

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

bool summary_finish(struct summary *s)
{
	bool good = true;
	size_t n;

	group_finish(s->customers);
	count_disordered(s);
	if (s->keep)
		keep_days(s);
	mem_pages_free(s->notes.at, s->notes.cap * sizeof(*s->notes.at));
	s->notes = (struct notes){ 0 };
	apply_refunds(s);
	n = group_count(s->customers);
	s->order = group_sorted(s->customers);
	for (size_t i = 0; i < n; i++) {
		const struct entry *e =
			group_entry(s->customers, s->order[i]);

		if (i + AHEAD < n)
			group_prefetch(s->customers, s->order[i + AHEAD]);
		good = good && money_fits(e);
		s->days += e->days + e->holdout_days;
		if (e->days)
			s->order[s->count++] = s->order[i];
	}
	return good;
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
	mem_pages_free(s->notes.at, s->notes.cap * sizeof(*s->notes.at));
	free(s->refund);
	free(s->order);
	free(s->day);
	free(s->day_end);
	free(s);
}
