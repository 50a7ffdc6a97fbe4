/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty points award: transactions in, the ledger entries that they are
 * worth out. A purchase (a document; without one what a customer bought in a
 * day) earns a point for every --per of its net amount; one that gives money
 * back takes points back. The ids are made from the documents, so that the
 * same purchases can be appended again without earning twice.
 */
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "model/points.h"
#include "stream/input.h"

#include "cmd/loyalty/points.h"
#include "cmd/loyalty/verbs.h"

enum { CUSTOMER, DATE, AMOUNT, KIND, TXN_ID, COLUMNS };

struct award {
	struct common common;
	const char *kinds, *per_text, *minimum_text;
	int64_t per, minimum; /* fen */
	int64_t valid;	      /* months; 0: for ever */
	struct input *in;
	struct group *purchases;
	struct group *documents; /* of a number -> uint32_t customers */
	struct buf key;
};

struct purchase {
	uint64_t fen;		/* 96 bits wide (money_carry()) */
	int32_t fen_high;
	int32_t day; /* the earliest */
	uint32_t rows;
	uint32_t customer_n; /* bytes of the key that are the customer */
};

static int64_t money_option(const char *name, const char *text, int64_t least)
{
	int64_t fen;

	if (!money_parse(text_of(text), &fen) || fen < least)
		die_usage("--%s: \"%s\" is no such amount", name, text);
	return fen;
}

/* Customer, a byte that no id has, and the document or the day. */
static struct text key_of(struct award *a, const struct cell *c)
{
	const struct cell *what = &c[c[TXN_ID].known ? TXN_ID : DATE];

	buf_clear(&a->key);
	buf_addt(&a->key, c[CUSTOMER].text);
	buf_addc(&a->key, c[TXN_ID].known ? '\1' : '\2');
	buf_addt(&a->key, what->text);
	return buf_text(&a->key);
}

static uint32_t *customers_of(const struct award *a, struct text document)
{
	return group_entry(a->documents, group_intern(a->documents, document));
}

static void take(struct award *a, const struct cell *c)
{
	struct purchase *p;

	if (a->kinds && !text_listed(text_of(a->kinds), ',', c[KIND].text)) {
		input_skip(a->in);
		return;
	}
	p = group_entry(a->purchases, group_intern(a->purchases, key_of(a, c)));
	if (p->rows == 0 && c[TXN_ID].known)
		++*customers_of(a, c[TXN_ID].text);
	if (p->rows == 0 || c[DATE].day < p->day)
		p->day = c[DATE].day;
	p->rows++;
	p->customer_n = (uint32_t)c[CUSTOMER].text.n;
	money_carry(&p->fen, &p->fen_high, c[AMOUNT].fen);
}

/* ---- entries out ---- */

struct listed {
	const struct purchase *purchase;
	struct text key;
};

static int by_day(const void *left, const void *right)
{
	const struct listed *a = left, *b = right;

	if (a->purchase->day != b->purchase->day)
		return a->purchase->day < b->purchase->day ? -1 : 1;
	return text_cmp(a->key, b->key);
}

static money_wide amount_of(const struct purchase *p)
{
	return money_carried(p->fen, p->fen_high);
}

static int64_t points_of(const struct award *a, money_wide fen)
{
	return points_worth(fen, a->per, a->minimum);
}

/* The document; with the customer before it where that alone is no id. What
 * is given back of it may come later, and more than once, under the number of
 * the purchase, and has its day besides. */
static void put_id(const struct award *a, struct output *out, struct buf *id,
		   const struct listed *l)
{
	struct text what = l->key;
	size_t n = l->purchase->customer_n;
	bool numbered = l->key.p[n] == '\1';
	bool back = amount_of(l->purchase) < 0;
	char day[DAY_BYTES];

	what.p += n + 1;
	what.n -= n + 1;
	buf_clear(id);
	if (back)
		buf_adds(id, "reverse-");
	if (!numbered || *customers_of(a, what) > 1) {
		buf_add(id, l->key.p, n);
		buf_addc(id, '@');
	}
	buf_addt(id, what);
	if (back && numbered) {
		buf_addc(id, '@');
		buf_add(id, day, day_format(l->purchase->day, day));
	}
	output_text(out, buf_text(id));
}

static void put_row(const struct award *a, struct output *out, struct buf *id,
		    const struct listed *l)
{
	const struct purchase *p = l->purchase;
	money_wide fen = amount_of(p);
	int64_t points = points_of(a, fen);
	char day[DAY_BYTES];

	if (points == 0)
		return;
	put_id(a, out, id, l);
	output_text(out, (struct text){ l->key.p, p->customer_n });
	output_text(out, (struct text){ day, day_format(p->day, day) });
	output_str(
		out,
		points_kind_names[fen < 0 ? POINTS_REVERSE : POINTS_EARN]);
	output_int(out, points);
	output_day(out, fen < 0 || a->valid == 0
				? DAY_NONE
				: day_add_months(p->day, (int)a->valid));
	output_empty(out);
	output_end(out);
}

static void put_all(struct award *a, struct output *out)
{
	size_t n = group_count(a->purchases);
	struct listed *list = mem_alloc(n, sizeof(*list));
	struct buf id = { 0 };

	for (size_t i = 0; i < n; i++)
		list[i] = (struct listed){ group_entry(a->purchases, i),
					   group_key(a->purchases, i) };
	qsort(list, n, sizeof(*list), by_day);
	for (size_t i = 0; i < n; i++) {
		put_row(a, out, &id, &list[i]);
		if (points_of(a, amount_of(list[i].purchase)) == 0)
			input_unuse(a->in, list[i].purchase->rows);
	}
	buf_release(&id);
	free(list);
}

static int run(struct award *a, char **files, size_t nfiles)
{
	static const struct input_column columns[COLUMNS] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
		[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
		[TXN_ID] = { "txn_id", COL_TEXT, INPUT_OPTIONAL },
	};
	static const struct output_column entries[] = {
		{ "entry_id", COL_TEXT }, { "customer_id", COL_TEXT },
		{ "at", COL_TEXT },	  { "entry", COL_TEXT },
		{ "points", COL_INT },	  { "expires_on", COL_DAY },
		{ "ref", COL_TEXT },
	};
	struct output *out;
	struct row row;

	a->in = input_open(&a->common, schema_find(TEXT("transactions")),
			   columns, COLUMNS, files, nfiles);
	a->purchases = group_new(sizeof(struct purchase), 0, NULL, NULL);
	a->documents = group_new(sizeof(uint32_t), 0, NULL, NULL);
	while (input_next(a->in, &row))
		take(a, row.cell);
	out = output_open(&a->common, entries, NELEMS(entries));
	put_all(a, out);
	input_close(a->in, output_rows(out));
	group_free(a->purchases);
	group_free(a->documents);
	buf_release(&a->key);
	return output_close(out);
}

int points_award(int argc, char **argv)
{
	struct award a = { .per_text = "10", .minimum_text = "0" };

	common_init(&a.common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "per", "YUAN", "that earn one point (10)",
		  &a.per_text },
		{ OPT_TEXT, 0, "minimum", "YUAN",
		  "a smaller purchase earns nothing (0)", &a.minimum_text },
		{ OPT_INT, 0, "valid", "MONTHS",
		  "how long the points are good (for ever)", &a.valid, 1,
		  1200 },
		{ OPT_TEXT, 0, "kinds", "KIND,...", "of these kinds only",
		  &a.kinds },
		{ .kind = OPT_INCLUDE, .to = a.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-loyalty points award", "[OPTION...] [FILE...]",
		"Writes the entries of the points ledger that purchases are "
		"worth, for `points\nappend`: net of discounts, refunds take "
		"points back.\n"
		"in: transactions (customer_id, date, amount, kind, txn_id)\n"
		"out: entry_id,customer_id,at,entry,points,expires_on,ref",
		"crm-loyalty points award --per 10 --valid 24 transactions.csv",
		opts
	};
	size_t nfiles;
	char **files = opt_parse(&program, argc, argv, &nfiles);

	loyalty_ungrouped(&a.common);
	a.per = money_option("per", a.per_text, 1);
	a.minimum = money_option("minimum", a.minimum_text, 0);
	return run(&a, files, nfiles);
}
