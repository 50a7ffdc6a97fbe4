/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows folded into customers. What a lane knows is sums, latest days and the
 * set of purchases, so lanes may read any part of the rows and be joined in
 * any order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "cmd/tier/tier.h"
#include "stream/lanes.h"

/* The longest struct line of a scheme. */
#define LINE_MAX_BYTES 128

struct lane {
	const struct run *run;
	struct by *by; /* its own numbering of groups */
	struct ranking *item; /* one a label of --by */
	size_t n, cap;
	int32_t last_day;
	struct buf key; /* of the purchase under way */
};

/* ---- columns ---- */

static size_t add_column(struct run *run, const char *name, enum col_type type,
			 enum input_need need)
{
	if (run->columns == COLUMNS_MAX)
		bug("too many columns");
	run->column[run->columns] = (struct input_column){name, type, need};
	return run->columns++;
}

void read_columns(struct run *run)
{
	const struct scheme *s = run->scheme;

	add_column(run, run->id ? run->id : "customer_id", COL_TEXT,
		   INPUT_FILLED);
	add_column(run, run->value ? run->value : "amount", COL_MONEY,
		   INPUT_FILLED);
	add_column(run, "date", COL_DAY,
		   run->table ? INPUT_OPTIONAL : INPUT_FILLED);
	add_column(run, "kind", COL_TEXT, INPUT_OPTIONAL);
	run->purchases = s->purchases || run->measure.kind == MEASURE_COUNT;
	run->txn = run->cost = NO_COLUMN;
	if (run->purchases && !run->by_day)
		run->txn = add_column(run, "txn_id", COL_TEXT, INPUT_OPTIONAL);
	if (run->measure.kind == MEASURE_MARGIN)
		run->cost = add_column(run, "cost", COL_MONEY, INPUT_FILLED);
	run->own = run->columns;
	for (size_t i = 0; i < s->columns; i++)
		add_column(run, s->column[i].name, s->column[i].type,
			   s->column[i].need);
}

/* ---- one row ---- */

static void fold(struct group *g, const uint32_t *index, const void *values,
		 size_t n, void *ctx)
{
	const struct group_span all = group_span(g);
	const struct line *line = values;

	(void)ctx;
	for (size_t i = 0; i < n; i++)
		customer_add(group_span_entry(all, index[i]), &line[i]);
}

static struct ranking ranking_new(const struct run *run)
{
	const struct scheme *s = run->scheme;
	size_t entry = s->entry_size ? s->entry_size : sizeof(struct customer);
	size_t line = s->line_size ? s->line_size : sizeof(struct line);
	struct ranking r = {0};

	if (line > LINE_MAX_BYTES)
		bug("a line of %zu bytes", line);
	r.customers = group_new(entry, line, s->fold ? s->fold : fold, NULL);
	if (run->purchases)
		r.purchases = group_new(s->purchase ? sizeof(int64_t) : 0, 0,
					NULL, NULL);
	return r;
}

static inline struct ranking *ranking_of(struct lane *l, size_t label)
{
	while (l->n <= label) {
		l->item = mem_grow(l->item, l->n, &l->cap, sizeof(*l->item));
		l->item[l->n++] = ranking_new(l->run);
	}
	return &l->item[label];
}

struct text row_purchase(const struct run *run, const struct cell *c)
{
	static const struct cell unknown;
	const struct cell *txn = run->txn == NO_COLUMN ? &unknown :
							 &c[run->txn];

	if (run->returns)
		return txn->known ? txn->text : c[DATE].text;
	return deal_purchase(&c[KIND], &c[VALUE], txn, &c[DATE]);
}

/* Keeps the purchase in the set of them. */
static void add_purchase(struct lane *l, struct ranking *r,
			 const struct cell *c)
{
	const struct run *run = l->run;
	struct text purchase = row_purchase(run, c);
	size_t at;

	if (!purchase.n)
		return;
	buf_clear(&l->key);
	buf_addt(&l->key, c[ID].text);
	buf_addc(&l->key, '\0');
	buf_addt(&l->key, purchase);
	at = group_intern(r->purchases, buf_text(&l->key));
	if (run->scheme->purchase) {
		int64_t *most = group_entry(r->purchases, at);
		int64_t one = run->scheme->purchase(run, c);

		*most = one > *most ? one : *most;
	}
}

/* The day of a deal. Money given back keeps nobody active. Without a kind a
 * negative amount may as well be a correction of the day's bill. */
static inline int32_t deal_day(const struct run *run, const struct cell *c)
{
	if (!c[DATE].known || (c[VALUE].fen < 0 && !run->table &&
			       text_is(c[KIND].text, "refund")))
		return 0;
	return c[DATE].day + DAY_BIAS;
}

static inline bool line_value(const struct run *run, const struct cell *c,
			      int64_t *value)
{
	*value = c[VALUE].fen;
	if (run->measure.kind == MEASURE_MARGIN)
		return !__builtin_sub_overflow(c[VALUE].fen, c[run->cost].fen,
					       value);
	if (run->measure.kind == MEASURE_COUNT)
		*value = 0; /* added when all purchases are known */
	return true;
}

enum taken {
	TAKEN,
	TAKEN_NOT, /* left out by a rule: input_skip() */
	TAKEN_TOO_LARGE /* a reject of the column VALUE */
};

static enum taken take(struct lane *l, const struct cell *c)
{
	const struct run *run = l->run;
	union {
		struct line line;
		char room[LINE_MAX_BYTES];
	} add;
	struct ranking *r;

	if (run->common.as_of != DAY_NONE && c[DATE].known &&
	    c[DATE].day > run->common.as_of)
		return TAKEN_NOT;
	add.line.day = deal_day(run, c);
	if (!line_value(run, c, &add.line.value) ||
	    (run->scheme->line && !run->scheme->line(run, c, &add)))
		return TAKEN_TOO_LARGE;
	if (c[DATE].known && c[DATE].day > l->last_day)
		l->last_day = c[DATE].day;
	r = ranking_of(l, by_label(l->by, c));
	group_add(r->customers, c[ID].text, &add);
	if (run->purchases)
		add_purchase(l, r, c);
	return TAKEN;
}

/* ---- lanes ---- */

static void join_customer(void *into, const void *from, void *ctx)
{
	const struct scheme *const *s = ctx;

	if ((*s)->join)
		(*s)->join(into, from);
	else
		customer_join(into, from);
}

static void join_purchase(void *into, const void *from, void *ctx)
{
	int64_t *most = into;
	const int64_t *other = from;

	(void)ctx;
	*most = *other > *most ? *other : *most;
}

static void join_ranking(const struct scheme *s, struct ranking *to,
			 struct ranking *from)
{
	group_finish(to->customers);
	group_finish(from->customers);
	group_join(to->customers, from->customers, join_customer, &s, NULL);
	if (to->purchases)
		group_join(to->purchases, from->purchases,
			   s->purchase ? join_purchase : NULL, NULL, NULL);
}

/* In whatever order. */
static void join(void *into, void *other)
{
	struct lane *l = into, *from = other;
	uint32_t *label = mem_alloc(by_count(from->by), sizeof(*label));

	by_join(l->by, from->by, label);
	for (size_t i = 0; i < from->n; i++)
		join_ranking(l->run->scheme, ranking_of(l, label[i]),
			     &from->item[i]);
	if (from->last_day > l->last_day)
		l->last_day = from->last_day;
	free(label);
	lane_free(from);
}

/* Counts each customer's purchases. */
static void count_purchases(const struct run *run, struct ranking *r)
{
	r->bought = mem_zalloc(group_count(r->customers), sizeof(*r->bought));
	for (size_t i = 0; i < group_count(r->purchases); i++) {
		struct text rest = group_key(r->purchases, i), who;
		size_t at;

		text_split(&rest, '\0', &who);
		at = group_find(r->customers, who);
		r->bought[at]++;
	}
	for (size_t i = 0; run->measure.kind == MEASURE_COUNT &&
			   i < group_count(r->customers);
	     i++) {
		struct customer *c = group_entry(r->customers, i);

		money_carry(&c->low, &c->high, r->bought[i]);
	}
}

static void finish(struct lane *l)
{
	/* Without --by there is one group, of no rows as well. */
	if (by_count(l->by) > l->n)
		ranking_of(l, 0);
	for (size_t i = 0; i < l->n; i++) {
		group_finish(l->item[i].customers);
		if (l->run->purchases)
			count_purchases(l->run, &l->item[i]);
	}
}

size_t lane_rankings(const struct lane *l)
{
	return l->n;
}

struct ranking *lane_ranking(struct lane *l, size_t label)
{
	return &l->item[label];
}

int32_t lane_last_day(const struct lane *l)
{
	return l->last_day;
}

void lane_free(struct lane *l)
{
	for (size_t i = 0; i < l->n; i++)
		ranking_release(l->run->scheme, &l->item[i]);
	by_fork_free(l->by);
	free(l->item);
	buf_release(&l->key);
	free(l);
}

/* ---- all rows ---- */

/* What the lanes begin with. */
struct ask {
	const struct run *run;
	const struct by *by;
};

static void *begin(void *ctx)
{
	const struct ask *ask = ctx;
	struct lane *l = mem_zalloc(1, sizeof(*l));

	l->run = ask->run;
	l->by = by_fork(ask->by);
	l->last_day = DAY_NONE;
	return l;
}

static void read_rows(struct input *in, void *state)
{
	struct row row;

	while (input_next(in, &row)) {
		switch (take(state, row.cell)) {
		case TAKEN:
			break;
		case TAKEN_NOT:
			input_skip(in);
			break;
		case TAKEN_TOO_LARGE:
			input_reject(in, VALUE, REASON_OUT_OF_RANGE,
				     "amount less cost is too large");
			break;
		}
	}
}

struct lane *read_all(const struct run *run, struct input *in, struct by *by)
{
	static const struct lanes_job job = { begin, read_rows, join };
	struct ask ask = { run, by };
	struct lane *l = lanes_fold(in, &job, &ask);

	by_join(by, l->by, NULL);
	finish(l);
	return l;
}
