/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --chain FILE: who bought at a unit, who came back, and what was earned. */
#include "base/msg.h"
#include "canon/deal.h"
#include "cmd/nps/chain.h"

enum { CUSTOMER, DATE, AMOUNT, COST, KIND, TXN_ID, COLUMNS };

struct buyer {
	size_t unit;
	uint64_t purchases;
};

struct document {
	struct deal_net net;
	size_t buyer;
};

struct deals {
	struct chain *chain;
	struct group *buyers;		/* unit, customer -> struct buyer */
	struct group *documents;	/* buyer, document -> struct document */
	struct buf key;
	uint64_t costless;		/* rows */
};

/* Number of the key that is made of a number and a text. */
static size_t numbered(struct deals *t, struct group *g, size_t n,
		       struct text rest)
{
	buf_clear(&t->key);
	buf_add(&t->key, (const char *)&n, sizeof(n));
	buf_addt(&t->key, rest);
	return group_intern(g, buf_text(&t->key));
}

static void take(struct deals *t, size_t unit, const struct cell *c)
{
	size_t i = numbered(t, t->buyers, unit, c[CUSTOMER].text);
	size_t k = numbered(t, t->documents, i,
			    deal_document(&c[TXN_ID], &c[DATE]));
	struct document *d = group_entry(t->documents, k);
	struct buyer *b = group_entry(t->buyers, i);
	struct profitchain_unit *u;

	b->unit = unit;
	d->buyer = i;
	deal_net_add(&d->net, &c[KIND], &c[AMOUNT]);
	chain_units(t->chain, unit + 1);
	u = &t->chain->unit[unit];
	if (c[COST].known) {
		u->margins++;
		u->margin += (money_wide)c[AMOUNT].fen - c[COST].fen;
	} else {
		t->costless++;
	}
}

static void count_buyers(struct deals *t)
{
	for (size_t i = 0; i < group_count(t->documents); i++) {
		const struct document *d = group_entry(t->documents, i);
		struct buyer *b = group_entry(t->buyers, d->buyer);

		b->purchases += deal_net_is_purchase(&d->net);
	}
	for (size_t i = 0; i < group_count(t->buyers); i++) {
		const struct buyer *b = group_entry(t->buyers, i);
		struct profitchain_unit *u = &t->chain->unit[b->unit];

		u->customers += b->purchases > 0;
		u->repeating += b->purchases > 1;
	}
}

static void read_rows(struct deals *t, struct input *in, struct by *by)
{
	const struct nps_options *o = t->chain->o;
	struct text label;
	struct row row;

	while (input_next(in, &row)) {
		if (is_later(o, &row.cell[DATE]))
			continue;
		label.p = by_key(by, row.cell, 0, &label.n);
		take(t, by_number(&t->chain->by, label), row.cell);
	}
}

void chain_deals(struct chain *h, const char *path)
{
	static const struct input_column columns[COLUMNS] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
		[COST] = { "cost", COL_MONEY, INPUT_OPTIONAL },
		[KIND] = { "kind", COL_TEXT, INPUT_OPTIONAL },
		[TXN_ID] = { "txn_id", COL_TEXT, INPUT_OPTIONAL },
	};
	char *files[] = { (char *)(uintptr_t)path, NULL };
	struct deals t = {
		.chain = h,
		.buyers = group_new(sizeof(struct buyer), 0, NULL, NULL),
		.documents = group_new(sizeof(struct document), 0, NULL, NULL),
	};
	struct common common;
	struct input *in;
	struct by by;

	options_beside(&common, h->o, "chain", path);
	in = by_input(&by, &common, schema_find(TEXT("transactions")), columns,
		      COLUMNS, files, 1);
	read_rows(&t, in, &by);
	count_buyers(&t);
	if (t.costless && input_has(in, COST))
		warn("%s: rows without a cost, of which no profit is known: "
		     "%llu", path, (unsigned long long)t.costless);
	input_close(in, 0);
	by_release(&by);
	group_free(t.buyers);
	group_free(t.documents);
	buf_release(&t.key);
}
