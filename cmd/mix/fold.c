/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows read and summed up by group. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "cmd/mix/mix.h"
#include "stream/lanes.h"

enum { DATE, CUSTOMER, AMOUNT, KIND, TXN, COUNTED, COLUMNS };
static_assert(COLUMNS == FOLD_COLUMNS, "room for the columns read");

/* ---- what is read ---- */

/* May the date column hold a time of day? */
static bool has_times(const struct plan *p)
{
	const struct schema_column *c = NULL;

	if (p->schema)
		c = schema_column(p->schema,
				  text_of(p->schema->date_column));
	return !p->schema || (c && c->type == COL_INSTANT);
}

static enum input_need need(bool needed)
{
	return needed ? INPUT_FILLED : INPUT_OPTIONAL;
}

static bool by_customer(const struct plan *p)
{
	return dims_have(&p->dims, LATE_TIER) || dims_have(&p->dims, LATE_NEW);
}

static void check_late(struct plan *p)
{
	if (!by_customer(p))
		return;
	if (!p->deals)
		die_usage("--by: tier and customer_age are worked out of "
			  "transactions");
	if (!dims_have(&p->dims, LATE_NEW))
		return;
	p->new_unit = p->o->trend ? cohort_unit_name(plan_unit(p))
				  : dims_period(&p->dims);
	if (!p->new_unit && p->range[NOW].first == DAY_MIN)
		die_usage("--by customer_age: new in which period? --period, "
			  "--since, --trend or a calendar word in --by says "
			  "it");
}

struct input *fold_open(struct plan *p, char *const *files, size_t nfiles)
{
	const struct mix_options *o = p->o;
	bool dated = p->deals || o->trend || o->compare;
	const struct input_column c[COLUMNS] = {
		[DATE] = {input_date, COL_DAY, need(dated)},
		[CUSTOMER] = {"customer_id", COL_TEXT, need(p->deals)},
		[AMOUNT] = {"amount", COL_MONEY, need(p->deals)},
		[KIND] = {"kind", COL_TEXT, INPUT_OPTIONAL},
		[TXN] = {"txn_id", COL_TEXT, INPUT_OPTIONAL},
		[COUNTED] = {o->count ? o->count : "customer_id", COL_TEXT,
			     INPUT_OPTIONAL},
	};
	size_t n = COLUMNS;
	struct input *in;

	p->dims.date = DATE;
	p->dims.timed = has_times(p);
	memcpy(p->columns, c, sizeof(c));
	dims_columns(&p->dims, p->columns, &n);
	in = input_open(&o->common, p->schema, p->columns, n, files, nfiles);
	if (o->compare)
		input_seek_first_day(in);
	dims_settle(&p->dims, in);
	check_late(p);
	p->place_bytes = dims_have(&p->dims, LATE_NEW) ? 8 :
			 o->trend || o->compare		 ? 4 : 0;
	return in;
}

/* ---- a row ---- */

/* The state of one thread. */
struct fold {
	const struct plan *p;
	struct mix *mix;
	struct dims_memory *memory;
	struct buf key;
	bool seeing; /* who bought before is asked */
};

static bool in_range(struct day_range range, int32_t day)
{
	return day == DAY_NONE || (day >= range.first && day <= range.last);
}

/* With --trend the periods before the first one shown are compared too. */
static bool in_trend(const struct plan *p, int32_t day)
{
	return in_range(p->range[NOW], day) ||
	       (p->o->compare && day < p->range[NOW].first &&
		cohort_period(day, plan_unit(p)) < p->first_period);
}

/* Which spans a row belongs to, a bit each: they may overlap. */
static unsigned spans_of(const struct plan *p, int32_t day)
{
	int spans = p->o->compare ? SPANS : 1;
	unsigned in = 0;

	if (p->o->trend)
		return in_trend(p, day);
	for (int s = 0; s < spans; s++)
		in |= (unsigned)in_range(p->range[s], day) << s;
	return in;
}

static struct mix_line line_of(const struct plan *p, const struct cell *c)
{
	struct mix_line l = {
		.customer = c[CUSTOMER].text,
		.day = c[DATE].known ? c[DATE].day : DAY_NONE,
	};

	if (p->o->count)
		l.distinct = c[COUNTED].text;
	if (!p->deals)
		return l;
	l.fen = c[AMOUNT].fen;
	l.back = c[AMOUNT].fen < 0 && text_is(c[KIND].text, "refund");
	l.purchase = deal_purchase(&c[KIND], &c[AMOUNT], &c[TXN], &c[DATE]);
	/* customers are those who bought */
	l.absent = !l.purchase.n;
	return l;
}

static int32_t period_start(int32_t day, const char *unit)
{
	enum cohort_unit u =
		(enum cohort_unit)(opt_choice(TREND_WORDS, text_of(unit)) - 1);

	return cohort_period_start(cohort_period(day, u), u);
}

static struct place place_of(const struct fold *f, int32_t day, int span)
{
	const struct plan *p = f->p;
	struct place at = { .span = span };

	if (p->o->trend)
		at.period = cohort_period(day, plan_unit(p));
	if (f->seeing)
		at.start = p->new_unit ? period_start(day, p->new_unit)
				       : p->range[span].first;
	return at;
}

static void add_row(struct fold *f, const struct cell *c, int32_t day, int span)
{
	struct mix_line l = line_of(f->p, c);

	buf_clear(&f->key);
	if (f->p->place_bytes)
		fold_key(f->p, place_of(f, day, span), &f->key);
	dims_label(&f->p->dims, f->memory, c, day, &f->key);
	l.group = buf_text(&f->key);
	mix_add(f->mix, &l);
}

static void see_customer(struct fold *f, const struct cell *c)
{
	if (deal_purchase(&c[KIND], &c[AMOUNT], &c[TXN], &c[DATE]).n)
		mix_seen(f->mix, c[CUSTOMER].text, c[DATE].day);
}

/* False: the row is not summed up. */
static bool fold_row(struct fold *f, const struct cell *c)
{
	int32_t day = c[DATE].known ? c[DATE].day : DAY_NONE;
	unsigned spans = spans_of(f->p, day);

	if (!spans && f->seeing)
		see_customer(f, c);
	for (int s = 0; s < SPANS; s++)
		if (spans >> s & 1)
			add_row(f, c, day, s);
	return spans;
}

/* ---- all rows ---- */

static void *begin(void *ctx)
{
	const struct plan *p = ctx;
	struct fold *f = mem_zalloc(1, sizeof(*f));

	f->p = p;
	f->mix = mix_new(by_customer(p) ? MIX_CELLS : MIX_PLAIN);
	f->memory = dims_memory_new();
	f->seeing = dims_have(&p->dims, LATE_NEW);
	return f;
}

static void fold(struct input *in, void *state)
{
	struct fold *f = state;
	struct row row;

	while (input_next(in, &row))
		if (!fold_row(f, row.cell))
			input_skip(in);
}

static void release(struct fold *f)
{
	mix_free(f->mix);
	dims_memory_free(f->memory);
	buf_release(&f->key);
	free(f);
}

static void join(void *into, void *from)
{
	struct fold *f = into, *other = from;

	mix_join(f->mix, other->mix);
	release(other);
}

static const struct lanes_job job = { begin, fold, join };

struct mix *fold_rows(const struct plan *p, struct input *in)
{
	union {
		const struct plan *in;
		void *out;
	} ctx = { p };
	struct fold *f = lanes_fold(in, &job, ctx.out);
	struct mix *mix = f->mix;
	unsigned jobs = common_jobs(&p->o->common);

	mix_finish(mix, jobs < LANES_MAX ? jobs : LANES_MAX);
	f->mix = NULL;
	release(f);
	return mix;
}

/* In a key: span and period in four bytes, the start in four more where it
 * tells who is new. The shorter the key, the quicker it is found. */
#define PERIOD_BIAS (1 << 28)
#define SPAN_BITS 2

struct place fold_place(const struct plan *p, struct text key,
			struct text *label)
{
	size_t n = p->place_bytes;
	struct place at = { 0 };
	uint32_t head;

	if (n) {
		memcpy(&head, key.p, sizeof(head));
		at.span = head & ((1 << SPAN_BITS) - 1);
		at.period = (int32_t)(head >> SPAN_BITS) - PERIOD_BIAS;
	}
	if (n > sizeof(head))
		memcpy(&at.start, key.p + sizeof(head), sizeof(at.start));
	*label = (struct text){ key.p + n, key.n - n };
	return at;
}

void fold_key(const struct plan *p, struct place at, struct buf *to)
{
	size_t n = p->place_bytes;
	uint32_t head = (uint32_t)(at.period + PERIOD_BIAS) << SPAN_BITS |
			(uint32_t)at.span;

	if (n)
		buf_add(to, (const char *)&head, sizeof(head));
	if (n > sizeof(head))
		buf_add(to, (const char *)&at.start, sizeof(at.start));
}
