/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows folded into customers. What a lane knows is sums, latest days and the
 * sets of purchases and days, so lanes may read any part of the rows and be
 * joined in any order.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/margins.h"
#include "stream/lanes.h"

/* The longest struct line of a scheme. */
#define LINE_MAX_BYTES 128

struct lane {
	const struct run *run;
	struct by *by;			/* its own numbering of groups */
	struct ranking *item[SIDES];	/* one a label of --by */
	size_t n[SIDES], cap[SIDES];
	int32_t last_day[SIDES];
	struct buf key;			/* of the purchase under way */
};

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

static struct ranking ranking_new(const struct run *run, enum side side)
{
	const struct scheme *s = run->scheme;
	size_t entry = s->entry_size ? s->entry_size : sizeof(struct customer);
	size_t line = s->line_size ? s->line_size : sizeof(struct line);
	struct ranking r = { .side = side };

	if (line > LINE_MAX_BYTES)
		bug("a line of %zu bytes", line);
	r.customers = group_new(entry, line, s->fold ? s->fold : fold, NULL);
	if (run->purchases)
		r.purchases = group_new(s->purchase ? sizeof(int64_t) : 0, 0,
					NULL, NULL);
	if (run->measure.kind == MEASURE_DAYS)
		r.days = group_new(0, 0, NULL, NULL);
	return r;
}

struct ranking *lane_ranking(struct lane *l, enum side s, size_t label)
{
	while (l->n[s] <= label) {
		l->item[s] = mem_grow(l->item[s], l->n[s], &l->cap[s],
				      sizeof(*l->item[s]));
		l->item[s][l->n[s]++] =
			ranking_new(l->run, s);
	}
	return &l->item[s][label];
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

/* Of a column by name: where it is empty the row adds nothing. */
static bool column_value(const struct run *run, const struct cell *c,
			 int64_t *value)
{
	const double limit = 9e12;	/* millionths in 64 bits */
	const struct cell *own = &c[run->extra];

	*value = 0;
	if (!own->known)
		return true;
	if (run->measure.unit == UNIT_FEN)
		*value = own->fen;
	else if (run->measure.unit == UNIT_WHOLE)
		*value = own->whole;
	else if (fabs(own->real) > limit)
		return false;
	else
		*value = llround(own->real * 1e6);
	return true;
}

static inline bool line_value(const struct run *run, const struct cell *c,
			      int64_t *value)
{
	*value = 0;
	switch (run->measure.kind) {
	case MEASURE_AMOUNT:
		*value = c[VALUE].fen;
		return true;
	case MEASURE_MARGIN:
		if (!c[run->extra].known) {
			*value = margins_profit(run->margins, c[KIND].text,
						c[VALUE].fen);
			return true;
		}
		return !__builtin_sub_overflow(c[VALUE].fen, c[run->extra].fen,
					       value);
	case MEASURE_COLUMN:
		return column_value(run, c, value);
	case MEASURE_COUNT:
	case MEASURE_DAYS:
		break;	/* counted when all of them are known */
	}
	return true;
}

static inline bool side_has(const struct run *run, enum side s,
			    const struct cell *date)
{
	return run->sides[s] &&
	       (date->known ? date->day >= run->window[s].first &&
				      date->day <= run->window[s].last :
			      s == NOW);
}

/* The row's part in one side. */
static inline void take_side(struct lane *l, enum side s, size_t label,
			     const struct cell *c, const void *add)
{
	struct ranking *r = lane_ranking(l, s, label);

	if (c[DATE].known && c[DATE].day > l->last_day[s])
		l->last_day[s] = c[DATE].day;
	group_add(r->customers, c[ID].text, add);
	if (r->purchases || r->days)
		purchases_add(l->run, r, c, &l->key);
}

bool line_without_day(const struct run *run, const struct cell *c, void *line)
{
	struct line *l = line;

	if (run->table && !c[DATE].known)
		l->day = DAY_MIN + DAY_BIAS;
	return true;
}

enum taken {
	TAKEN,
	TAKEN_NOT,		/* left out by a rule: input_skip() */
	TAKEN_NO_COST,		/* rejects: what a margin cannot be had from */
	TAKEN_TOO_LARGE		/* and what cannot be summed up */
};

static enum taken take(struct lane *l, const struct cell *c)
{
	const struct run *run = l->run;
	bool now = side_has(run, NOW, &c[DATE]);
	bool then = side_has(run, THEN, &c[DATE]);
	union {
		struct line line;
		char room[LINE_MAX_BYTES];
	} add;
	size_t label;

	if ((!now && !then) || !c[ID].known)
		return TAKEN_NOT;
	if (run->measure.kind == MEASURE_MARGIN && !c[run->extra].known &&
	    !run->margins)
		return TAKEN_NO_COST;
	add.line.day = deal_day(run, c);
	if (!line_value(run, c, &add.line.value) ||
	    (run->scheme->line && !run->scheme->line(run, c, &add)))
		return TAKEN_TOO_LARGE;
	label = by_label(l->by, c);
	if (now)
		take_side(l, NOW, label, c, &add);
	if (then)
		take_side(l, THEN, label, c, &add);
	return TAKEN;
}

/* ---- lanes ---- */

/* Adds what another lane knows of a customer. */
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

static void join_groups(struct group *to, struct group *from,
			group_merge *merge, const struct scheme *s)
{
	if (!to)
		return;
	group_finish(to);
	group_finish(from);
	group_join(to, from, merge, &s, NULL);
}

static void join_ranking(const struct scheme *s, struct ranking *to,
			 struct ranking *from)
{
	join_groups(to->customers, from->customers, join_customer, s);
	join_groups(to->purchases, from->purchases,
		    s->purchase ? join_purchase : NULL, s);
	join_groups(to->days, from->days, NULL, s);
}

/* In whatever order. */
static void join(void *into, void *other)
{
	struct lane *l = into, *from = other;
	uint32_t *label = mem_alloc(by_count(from->by), sizeof(*label));

	by_join(l->by, from->by, label);
	for (size_t s = 0; s < SIDES; s++) {
		for (size_t i = 0; i < from->n[s]; i++)
			join_ranking(l->run->scheme,
				     lane_ranking(l, (enum side)s, label[i]),
				     &from->item[s][i]);
		if (from->last_day[s] > l->last_day[s])
			l->last_day[s] = from->last_day[s];
	}
	free(label);
	lane_free(from);
}

static void finish_ranking(const struct run *run, struct ranking *r)
{
	group_finish(r->customers);
	r->buyers = group_count(r->customers);
	purchases_count(run, r);
}

static void finish(struct lane *l)
{
	/* Without --by there is one group, of no rows as well; and what is
	 * on one side only is compared with nothing. */
	for (size_t s = 0; s < SIDES; s++)
		if (l->run->sides[s] && by_count(l->by))
			lane_ranking(l, (enum side)s, by_count(l->by) - 1);
	for (size_t s = 0; s < SIDES; s++)
		for (size_t i = 0; i < l->n[s]; i++)
			finish_ranking(l->run, &l->item[s][i]);
}

int32_t lane_last_day(const struct lane *l, enum side s)
{
	return l->last_day[s];
}

void lane_free(struct lane *l)
{
	for (size_t s = 0; s < SIDES; s++) {
		for (size_t i = 0; i < l->n[s]; i++)
			ranking_release(&l->item[s][i]);
		free(l->item[s]);
	}
	by_fork_free(l->by);
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
	for (size_t s = 0; s < SIDES; s++)
		l->last_day[s] = DAY_NONE;
	return l;
}

static void read_rows(struct input *in, void *state)
{
	const struct lane *l = state;
	struct row row;

	while (input_next(in, &row)) {
		switch (take(state, row.cell)) {
		case TAKEN:
			break;
		case TAKEN_NOT:
			input_skip(in);
			break;
		case TAKEN_NO_COST:
			input_reject(in, (int)l->run->extra, REASON_MISSING,
				     "no cost; --margins FILE says what part "
				     "of such an amount is profit");
			break;
		case TAKEN_TOO_LARGE:
			input_reject(in, VALUE, REASON_OUT_OF_RANGE,
				     l->run->measure.kind == MEASURE_MARGIN ?
					     "amount less cost is too large" :
					     "it is too large");
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
