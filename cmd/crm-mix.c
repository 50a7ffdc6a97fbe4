/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix: what the whole is made of. Transactions (or another stream) in;
 * out, by group or by period, rows, purchases, customers and money, the
 * group's share of the whole, and what it was before.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/deal.h"
#include "model/cohort.h"
#include "model/mix.h"
#include "model/period.h"
#include "stream/by.h"
#include "stream/input.h"
#include "stream/output.h"

enum { DATE, CUSTOMER, AMOUNT, KIND, TXN, COUNTED, COLUMNS };

enum measure { MEASURE_AUTO, AMOUNTS, PURCHASES, CUSTOMERS, ROWS, DISTINCT };

/* The three spans that --compare tells apart. */
enum span { NOW, BEFORE, YEAR_BEFORE, SPANS };

struct options {
	struct common common;
	const char *stream, *count;
	int measure;
	int trend;		/* of TREND_WORDS, 0: none */
	bool compare;
};

#define TREND_WORDS "none|week|month|quarter|year"

/* What is known of one group and period, in each of the spans. */
struct item {
	size_t label;
	int32_t period;
	struct mix_group span[SPANS];
};

struct run {
	const struct options *o;
	const struct schema *schema;
	bool deals;		/* the stream is one of transactions */
	struct day_range range[SPANS];
	struct by by;
	struct mix *mix[SPANS];
	struct item *item;
	size_t n, cap;
	money_wide *value;	/* the measure of each item, and its share */
	int64_t *share;
	bool shared;
};

static enum cohort_unit trend_unit(const struct options *o)
{
	return (enum cohort_unit)(o->trend - 1);
}

/* A group of the mix: the label of --by and the period of --trend. */
static uint64_t group_of(size_t label, int32_t period)
{
	return (uint64_t)label << 32 | (uint32_t)period;
}

/* ---- reading ---- */

static const char *date_column(const struct run *r)
{
	return r->schema && r->schema->date_column ? r->schema->date_column :
						     "date";
}

static bool has_column(const struct run *r, const char *name)
{
	return r->schema && schema_column(r->schema, text_of(name));
}

static enum input_need need(bool needed)
{
	return needed ? INPUT_FILLED : INPUT_OPTIONAL;
}

static struct input *open_rows(struct run *r, char *const *files,
			       size_t nfiles)
{
	const struct options *o = r->o;
	bool dated = r->deals || o->trend || o->compare;
	const struct input_column columns[COLUMNS] = {
		[DATE] = { date_column(r), COL_DAY, need(dated) },
		[CUSTOMER] = { "customer_id", COL_TEXT, need(r->deals) },
		[AMOUNT] = { "amount", COL_MONEY, need(r->deals) },
		[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
		[TXN] = { "txn_id", COL_TEXT, INPUT_OPTIONAL },
		[COUNTED] = { o->count ? o->count : "customer_id", COL_TEXT,
			      INPUT_OPTIONAL },
	};

	return by_input(&r->by, &o->common, r->schema, columns, COLUMNS,
			files, nfiles);
}

static bool in_range(struct day_range range, const struct cell *date)
{
	return !date->known ||
	       (date->day >= range.first && date->day <= range.last);
}

/* Which spans a row belongs to, a bit each: they may overlap. */
static unsigned spans_of(const struct run *r, const struct cell *date)
{
	int spans = r->o->compare ? SPANS : 1;
	unsigned in = 0;

	for (int s = 0; s < spans; s++)
		in |= (unsigned)in_range(r->range[s], date) << s;
	return in;
}

static struct mix_line line_of(const struct run *r, const struct cell *c,
			       size_t label)
{
	struct mix_line l = { .customer = c[CUSTOMER].text };
	int32_t period = 0;

	if (r->o->trend)
		period = cohort_period(c[DATE].day, trend_unit(r->o));
	l.group = group_of(label, period);
	if (r->o->count)
		l.distinct = c[COUNTED].text;
	if (!r->deals)
		return l;
	l.fen = c[AMOUNT].fen;
	l.purchase = deal_purchase(&c[KIND], &c[AMOUNT], &c[TXN], &c[DATE]);
	/* customers are those who bought */
	if (!l.purchase.n)
		l.customer = l.purchase;
	return l;
}

static void read_rows(struct run *r, struct input *in)
{
	struct row row;

	while (input_next(in, &row)) {
		unsigned spans = spans_of(r, &row.cell[DATE]);

		if (!spans) {
			input_skip(in);
			continue;
		}
		struct mix_line l = line_of(r, row.cell,
					    by_label(&r->by, row.cell));
		for (int s = 0; s < SPANS; s++)
			if (spans >> s & 1)
				mix_add(r->mix[s], &l);
	}
}

/* ---- items ---- */

static void add_item(struct run *r, size_t label, int32_t period)
{
	r->item = mem_grow(r->item, r->n, &r->cap, sizeof(*r->item));
	r->item[r->n++] = (struct item){ .label = label, .period = period };
}

static int by_place(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->label != y->label)
		return x->label < y->label ? -1 : 1;
	return (x->period > y->period) - (x->period < y->period);
}

static struct item *find_item(struct run *r, uint64_t group)
{
	struct item key = { .label = (size_t)(group >> 32),
			    .period = (int32_t)(uint32_t)group };

	if (!r->n)
		return NULL;
	return bsearch(&key, r->item, r->n, sizeof(key), by_place);
}

/* The periods from the first to the last that have rows, or of the range. */
static void period_bounds(const struct run *r, int32_t *first, int32_t *last)
{
	*first = INT32_MAX;
	*last = INT32_MIN;
	for (size_t i = 0; i < mix_groups(r->mix[NOW]); i++) {
		int32_t period = (int32_t)(uint32_t)mix_group(r->mix[NOW], i)
					 .group;
		*first = period < *first ? period : *first;
		*last = period > *last ? period : *last;
	}
	if (r->range[NOW].first != DAY_MIN)
		*first = cohort_period(r->range[NOW].first, trend_unit(r->o));
	if (r->range[NOW].last != DAY_MAX)
		*last = cohort_period(r->range[NOW].last, trend_unit(r->o));
}

/* A period without rows is a row of zeros. Without --by and --trend there is
 * always one row. */
static void make_items(struct run *r)
{
	size_t labels = by_count(&r->by);
	int32_t first = 0, last = 0;

	if (r->o->trend)
		period_bounds(r, &first, &last);
	for (size_t label = 0; label < labels; label++)
		for (int32_t p = first; p <= last; p++)
			add_item(r, label, p);
	for (int s = 0; s < SPANS; s++)
		for (size_t i = 0; i < mix_groups(r->mix[s]); i++) {
			struct mix_group g = mix_group(r->mix[s], i);
			struct item *it = find_item(r, g.group);
			if (it)
				it->span[s] = g;
		}
}

static money_wide measured(const struct run *r, const struct mix_group *g)
{
	switch (r->o->measure) {
	case AMOUNTS:
		return g->amount;
	case PURCHASES:
		return (money_wide)g->purchases;
	case CUSTOMERS:
		return (money_wide)g->customers;
	case DISTINCT:
		return (money_wide)g->distinct;
	default:
		return (money_wide)g->rows;
	}
}

/* For qsort: the order of labels, and the measure, of the run under way. */
struct sorter {
	const struct run *r;
	size_t *rank;		/* of each label, bytewise */
};

static int by_size(const void *a, const void *b, void *ctx)
{
	const struct item *x = a, *y = b;
	const struct sorter *s = ctx;
	money_wide vx = measured(s->r, &x->span[NOW]);
	money_wide vy = measured(s->r, &y->span[NOW]);

	if (x->period != y->period)
		return x->period < y->period ? -1 : 1;
	if (!s->r->o->trend && vx != vy)
		return vx > vy ? -1 : 1;
	return (s->rank[x->label] > s->rank[y->label]) -
	       (s->rank[x->label] < s->rank[y->label]);
}

/* In time's order for a trend, else the largest first. */
static void sort_items(struct run *r)
{
	size_t *order = by_order(&r->by), n = by_count(&r->by);
	struct sorter s = { r, mem_alloc(n, sizeof(size_t)) };

	for (size_t i = 0; i < n; i++)
		s.rank[order[i]] = i;
	if (r->n > 0)
		qsort_r(r->item, r->n, sizeof(*r->item), by_size, &s);
	free(order);
	free(s.rank);
}

static void make_shares(struct run *r)
{
	r->value = mem_alloc(r->n, sizeof(*r->value));
	r->share = mem_zalloc(r->n, sizeof(*r->share));
	for (size_t i = 0; i < r->n; i++)
		r->value[i] = measured(r, &r->item[i].span[NOW]);
	r->shared = mix_shares(r->value, r->n, 1000000, r->share);
}

/* ---- writing ---- */

#define OUT_MAX (16 + BY_MAX)

static struct output *open_output(struct run *r)
{
	enum col_type measure = r->o->measure == AMOUNTS ? COL_MONEY : COL_INT;
	struct output_column c[OUT_MAX];
	size_t n = 0;

	if (r->o->trend)
		c[n++] = (struct output_column){ "period", COL_TEXT };
	for (size_t i = 0; i < r->by.n; i++)
		c[n++] = (struct output_column){ r->by.name[i], COL_TEXT };
	c[n++] = (struct output_column){ "rows", COL_INT };
	if (r->deals)
		c[n++] = (struct output_column){ "purchases", COL_INT };
	if (has_column(r, "customer_id"))
		c[n++] = (struct output_column){ "customers", COL_INT };
	if (r->deals) {
		c[n++] = (struct output_column){ "amount", COL_MONEY };
		c[n++] = (struct output_column){ "mean_purchase", COL_MONEY };
	}
	if (r->o->count)
		c[n++] = (struct output_column){ "distinct", COL_INT };
	c[n++] = (struct output_column){ "share", COL_SHARE };
	c[n++] = (struct output_column){ "cum_share", COL_SHARE };
	if (r->o->compare) {
		c[n++] = (struct output_column){ "previous", measure };
		c[n++] = (struct output_column){ "change_pct", COL_REAL };
		c[n++] = (struct output_column){ "year_ago", measure };
		c[n++] = (struct output_column){ "year_change_pct", COL_REAL };
	}
	return output_open(&r->o->common, c, n);
}

static void put_money(struct output *out, money_wide value)
{
	int64_t fen;

	if (!money_narrow(value, &fen))
		die("a total is too large");
	output_money(out, fen);
}

static void put_measure(const struct run *r, struct output *out,
			money_wide value)
{
	if (r->o->measure == AMOUNTS)
		put_money(out, value);
	else
		output_int(out, (int64_t)value);
}

static void put_change(struct output *out, money_wide now, money_wide then)
{
	if (then > 0)
		output_real(out, (double)money_ratio((now - then) * 100, then,
						     2) / 100.0);
	else
		output_empty(out);
}

static void put_compared(const struct run *r, struct output *out,
			 const struct item *it, money_wide now)
{
	for (int s = BEFORE; s < SPANS; s++) {
		money_wide then = measured(r, &it->span[s]);
		put_measure(r, out, then);
		put_change(out, now, then);
	}
}

static void put_counts(const struct run *r, struct output *out,
		       const struct mix_group *g)
{
	output_int(out, (int64_t)g->rows);
	if (r->deals)
		output_int(out, (int64_t)g->purchases);
	if (has_column(r, "customer_id"))
		output_int(out, (int64_t)g->customers);
	if (r->deals) {
		put_money(out, g->amount);
		if (g->purchases)
			put_money(out, money_ratio(g->amount,
						   (money_wide)g->purchases,
						   0));
		else
			output_empty(out);
	}
	if (r->o->count)
		output_int(out, (int64_t)g->distinct);
}

static void put_period(const struct run *r, struct output *out,
		       int32_t period)
{
	enum cohort_unit unit = trend_unit(r->o);
	char label[DAY_BYTES];
	size_t n = day_label(cohort_period_start(period, unit),
			     cohort_unit_name(unit), label);

	output_text(out, (struct text){ label, n });
}

static void write_items(struct run *r, struct output *out)
{
	int64_t sum = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct item *it = &r->item[i];

		if (r->o->trend)
			put_period(r, out, it->period);
		by_put(&r->by, it->label, out);
		put_counts(r, out, &it->span[NOW]);
		sum += r->share[i];
		output_share(out, r->share[i], r->shared ? 1000000 : 0);
		output_share(out, sum, r->shared ? 1000000 : 0);
		if (r->o->compare)
			put_compared(r, out, it, r->value[i]);
		output_end(out);
	}
}

/* ---- the run ---- */

/* What is later than --as-of is not known yet; the periods to compare need
 * rows that --period would leave out. */
static void set_ranges(struct run *r, struct common *common)
{
	r->range[NOW] = common_range(common);
	if (common->as_of != DAY_NONE &&
	    common->as_of < r->range[NOW].last)
		r->range[NOW].last = common->until = common->as_of;
	if (!r->o->compare)
		return;
	if (r->range[NOW].first == DAY_MIN || r->range[NOW].last == DAY_MAX)
		die_usage("--compare: which period? --period, or --since and "
			  "--until, say it");
	r->range[BEFORE] = period_before(r->range[NOW]);
	r->range[YEAR_BEFORE] = period_year_before(r->range[NOW]);
	common->period = NULL;
	common->until = r->range[NOW].last;
	common->since = r->range[NOW].first;
	for (int s = BEFORE; s < SPANS; s++)
		if (r->range[s].first < common->since)
			common->since = r->range[s].first;
}

static int run(struct options *o, char **files, size_t nfiles)
{
	struct run r = { .o = o };
	struct input *in;
	struct output *out;

	bool table = strcmp(o->stream, "table") == 0;
	r.schema = schema_find(text_of(o->stream));
	if (!r.schema && !table)
		die_usage("--stream: there is no stream \"%s\"; `crmutils "
			  "streams` lists them, `table` is any table",
			  o->stream);
	r.deals = strcmp(o->stream, "transactions") == 0;
	if (!o->measure)
		o->measure = r.deals ? AMOUNTS : o->count ? DISTINCT : ROWS;
	if (!r.deals && (o->measure == AMOUNTS || o->measure == PURCHASES))
		die_usage("--measure: amount and purchases are of "
			  "transactions");
	if (o->measure == DISTINCT && !o->count)
		die_usage("--measure distinct goes with --count COL");
	if (o->trend && o->compare)
		die_usage("--trend shows every period already; --compare goes "
			  "without it");
	set_ranges(&r, &o->common);
	for (int s = 0; s < SPANS; s++)
		r.mix[s] = mix_new();
	in = open_rows(&r, files, nfiles);
	out = open_output(&r);
	read_rows(&r, in);
	make_items(&r);
	sort_items(&r);
	make_shares(&r);
	write_items(&r, out);
	input_close(in, output_rows(out));
	for (int s = 0; s < SPANS; s++)
		mix_free(r.mix[s]);
	by_release(&r.by);
	free(r.item);
	free(r.value);
	free(r.share);
	return output_close(out);
}

int main(int argc, char **argv)
{
	struct options o = { .stream = "transactions" };
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "stream", "NAME",
		  "what the rows are (transactions)", &o.stream },
		{ OPT_CHOICE, 0, "trend", TREND_WORDS,
		  "one result per period", &o.trend },
		{ OPT_CHOICE, 0, "measure",
		  "auto|amount|purchases|customers|rows|distinct",
		  "of shares", &o.measure },
		{ OPT_TEXT, 0, "count", "COL",
		  "count the distinct values of COL too", &o.count },
		{ OPT_FLAG, 0, "compare", NULL,
		  "with the period before and the year before", &o.compare },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-mix", "[OPTION...] [FILE...]",
		"What the whole is made of, by --by or --trend.\n"
		"in: transactions, or the stream of --stream\n"
		"out: rows,purchases,customers,amount,mean_purchase,share,"
		"cum_share",
		"crm-mix --period 2025-10 --by kind -t table transactions.csv",
		opts
	};
	size_t nfiles;
	char **files;

	msg_init("crm-mix");
	common_init(&o.common);
	files = opt_parse(&program, argc, argv, &nfiles);
	return run(&o, files, nfiles);
}
