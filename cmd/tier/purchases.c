/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purchases and days with one: sets of customer NUL what tells one from
 * another, counted when all are known, whatever lanes they came by. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "canon/deal.h"
#include "cmd/tier/tier.h"

static struct text row_document(const struct run *run, const struct cell *c)
{
	return run->txn == NO_COLUMN ? (struct text){ 0 } : c[run->txn].text;
}

struct text row_purchase(const struct run *run, const struct cell *c)
{
	static const struct cell unknown;
	struct text document = row_document(run, c);

	if (run->returns)
		return document.n ? document : c[DATE].text;
	return deal_purchase(&c[KIND], &c[VALUE],
			     document.n ? &c[run->txn] : &unknown, &c[DATE]);
}

/* The customer whose purchase it is, where another one's of the same day
 * counts by itself. */
static struct text buyer(const struct run *run, const struct cell *c)
{
	if (run->buyer == NO_COLUMN || row_document(run, c).n)
		return (struct text){ 0 };
	return c[run->buyer].text;
}

/* What a row says of its purchase: the greatest counts. */
static void mark_purchase(const struct run *run, struct ranking *r,
			  const struct cell *c, struct text key)
{
	size_t at = group_intern(r->purchases, key);
	int64_t *most = group_entry(r->purchases, at);
	int64_t one = run->scheme->purchase(run, c);

	*most = one > *most ? one : *most;
}

/* Keeps the purchase in the set of them. */
static void add_purchase(const struct run *run, struct ranking *r,
			 const struct cell *c, struct buf *key)
{
	struct text purchase = row_purchase(run, c);
	struct text who = buyer(run, c);

	if (!purchase.n)
		return;
	buf_clear(key);
	buf_addt(key, c[ID].text);
	buf_addc(key, '\0');
	buf_addt(key, purchase);
	if (who.n) {
		buf_addc(key, '\0');
		buf_addt(key, who);
	}
	if (run->scheme->purchase)
		mark_purchase(run, r, c, buf_text(key));
	else
		group_add(r->purchases, buf_text(key), "");
}

/* A day with a purchase: four bytes of it. */
static void add_day(struct ranking *r, const struct cell *c, struct buf *key)
{
	uint32_t day = (uint32_t)(c[DATE].day + DAY_BIAS);
	char bytes[sizeof(day)];

	if (deal_is_refund(&c[KIND], &c[VALUE]))
		return;
	memcpy(bytes, &day, sizeof(day));
	buf_clear(key);
	buf_addt(key, c[ID].text);
	buf_addc(key, '\0');
	buf_add(key, bytes, sizeof(bytes));
	group_add(r->days, buf_text(key), "");
}

void purchases_add(const struct run *run, struct ranking *r,
		   const struct cell *c, struct buf *key)
{
	if (r->purchases)
		add_purchase(run, r, c, key);
	if (r->days)
		add_day(r, c, key);
}

/* ---- counting ---- */

/* Of each customer, how many the set holds. */
static uint32_t *count_set(struct group *set, const struct group *customers)
{
	uint32_t *count = mem_zalloc(group_count(customers), sizeof(*count));

	group_finish(set);
	for (size_t i = 0; i < group_count(set); i++) {
		struct text rest = group_key(set, i), who;

		text_split(&rest, '\0', &who);
		count[group_find(customers, who)]++;
	}
	return count;
}

static void add_counts(struct group *customers, const uint32_t *count)
{
	for (size_t i = 0; i < group_count(customers); i++) {
		struct customer *c = group_entry(customers, i);

		money_carry(&c->low, &c->high, count[i]);
	}
}

void purchases_count(const struct run *run, struct ranking *r)
{
	if (r->purchases)
		r->bought = count_set(r->purchases, r->customers);
	if (run->measure.kind == MEASURE_COUNT)
		add_counts(r->customers, r->bought);
	if (r->days) {
		uint32_t *days = count_set(r->days, r->customers);

		add_counts(r->customers, days);
		free(days);
	}
}
