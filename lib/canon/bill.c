/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Line items of a bill. */
#include "base/money.h"
#include "canon/bill.h"

static const struct {
	enum bill_amount amount;
	const char *category, *kind;
} items[] = {
	{ BILL_LABOUR, "labour", "service" },
	{ BILL_PARTS, "parts", "parts" },
	{ BILL_OUTSOURCED, "outsourced", "service" },
	{ BILL_OTHER, "other", "service" },
};

enum { ITEMS = sizeof(items) / sizeof(items[0]) };

static bool any_known(const struct bill *b)
{
	for (size_t i = 0; i < BILL_AMOUNTS; i++)
		if (b->known[i] && i != BILL_DISCOUNT && i != BILL_UNPAID)
			return true;
	return false;
}

/* False on overflow. */
static bool total_of(const struct bill *b, int64_t items_sum, int64_t *total)
{
	if (b->known[BILL_PAID]) {
		*total = b->fen[BILL_PAID];
		return !b->known[BILL_UNPAID] ||
		       money_add(total, b->fen[BILL_UNPAID]);
	}
	if (b->known[BILL_RECEIVABLE]) {
		*total = b->fen[BILL_RECEIVABLE];
		return true;
	}
	*total = items_sum;
	return !b->known[BILL_DISCOUNT] ||
	       !__builtin_sub_overflow(*total, b->fen[BILL_DISCOUNT], total);
}

static void add_line(struct bill_line *lines, size_t *n, const char *category,
		     const char *kind, int64_t fen)
{
	if (fen)
		lines[(*n)++] = (struct bill_line){ category, kind, fen };
}

/* A shop's counter sells parts alone. */
static const char *main_kind(const struct bill *b)
{
	return b->known[BILL_PARTS] && !b->known[BILL_LABOUR] ? "parts" :
								"service";
}

size_t bill_lines(const struct bill *b, struct bill_line lines[BILL_LINES])
{
	int64_t sum = 0, total, rest, discount = 0;
	size_t n = 0;

	if (!any_known(b))
		return 0;
	for (size_t i = 0; i < ITEMS; i++) {
		if (!b->known[items[i].amount])
			continue;
		if (!money_add(&sum, b->fen[items[i].amount]))
			return 0;
		add_line(lines, &n, items[i].category, items[i].kind,
			 b->fen[items[i].amount]);
	}
	if (!total_of(b, sum, &total) ||
	    __builtin_sub_overflow(total, sum, &rest))
		return 0;
	/* A discount that the items are already net of is none here. */
	if (rest < 0 && b->known[BILL_DISCOUNT] && b->fen[BILL_DISCOUNT] > 0)
		discount = -b->fen[BILL_DISCOUNT];
	if (n == 0)
		discount = 0;
	add_line(lines, &n, "discount", main_kind(b), discount);
	if (__builtin_sub_overflow(rest, discount, &rest))
		return 0;
	add_line(lines, &n, "remainder", main_kind(b), rest);
	if (n == 0)
		lines[n++] = (struct bill_line){ "", main_kind(b), 0 };
	return n;
}
