/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions: sales as one line, repair orders as lines that sum up. */
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/money.h"
#include "canon/bill.h"
#include "canon/project_in.h"

/* Documents that were never valid, and those that were taken back. */
static const char *const void_words[] = { "作废", "已取消", "取消", "废单",
					  "退订", "已退订" };
static const char *const refund_words[] = { "退车", "退货", "退款", "红冲",
					    "冲红" };
/* Work that the maker pays. */
static const char *const warranty_words[] = { "保修", "质保", "三包", "索赔",
					      "厂家" };

/* Do the first three bytes agree? All words above have as many. */
static bool begins(const char *p, const char *word)
{
	return p[0] == word[0] && p[1] == word[1] && p[2] == word[2];
}

static bool holds_word(struct text t, const char *const *words, size_t n)
{
	for (; t.n >= 3; t.p++, t.n--)
		for (size_t i = 0; i < n; i++)
			if (begins(t.p, words[i]) && text_starts(t, words[i]))
				return true;
	return false;
}

/* The reading that the date was taken from; NULL when there is none. */
static const struct reading *date_of(struct project *p,
				     const struct text *row)
{
	const struct plan *plan = p->plan;
	size_t date = p->at[AT_DATE];

	for (size_t k = plan->first[date];
	     k < plan->first[date + 1] && row[date].n; k++) {
		const struct reading *r = project_look(p, plan->from[k]);

		if (r && r->text.p == row[date].p)
			return r;
	}
	return NULL;
}

/* The time of day of the column that the date was taken from. */
static void set_time(struct project *p, struct text *row,
		     const struct reading *date)
{
	struct text *time = project_cell(p, row, AT_TIME);
	char to[WHEN_BYTES];
	size_t n;

	if (time->n || !date)
		return;
	n = when_put_time(&date->when, to);
	*time = project_keep(p, (struct text){ to, n });
}

#define LINE_PARTS 10		/* lines made of one row are fewer */

static void set_document(struct project *p, struct text *row,
			 struct project_unit *u)
{
	const struct reading *date = date_of(p, row);
	struct text *txn = project_cell(p, row, AT_TXN_ID);

	set_time(p, row, date);
	if (txn->n == 0)
		*txn = project_hash(p, 't');
	project_key(p, *project_cell(p, row, AT_STORE_ID), *txn);
	u->document = p->key.n;
	u->when = date ? date->when.day : INT64_MIN;
	p->when[0] = u->when;
}

/* "12" or "12.3", the third part of the twelfth line: its place in order. */
static bool line_place(struct text t, uint32_t *place)
{
	uint32_t n[2] = { 0, 0 };
	size_t part = 0;

	if (t.n == 0 || t.n > 10)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '.' && part == 0 && i > 0) {
			part = 1;
			continue;
		}
		if (!ascii_is_digit(t.p[i]))
			return false;
		n[part] = n[part] * 10 + (uint32_t)(t.p[i] - '0');
		if (n[0] > 99999999 || n[1] >= LINE_PARTS)
			return false;
	}
	*place = n[0] * LINE_PARTS + n[1];
	return true;
}

/* A line that has no number gets one when it comes out (import's command);
 * here it is the next of its document. */
static void key_line(struct project *p, struct text line,
		     struct project_unit *u)
{
	if (!line_place(line, &u->ordinal))
		u->ordinal = project_ordinal(p) * LINE_PARTS;
	if (line.n)
		project_key_add(p, line);
	else
		buf_addf(&p->key, "#%u\x1f", u->ordinal);
}

static void set_refund(struct project *p, struct text *row)
{
	struct text *amount = project_cell(p, row, AT_AMOUNT);
	struct text *kind = project_cell(p, row, AT_KIND);
	bool back = holds_word(project_text(p, "sale_status"), refund_words,
			       NELEMS(refund_words));
	int64_t fen;

	if (!money_parse(*amount, &fen))
		fen = 0;
	if (back && fen > 0) {
		fen = -fen;
		*amount = project_keep_money(p, fen);
	}
	if (kind->n == 0)
		*kind = back || fen < 0 ? TEXT("refund") : TEXT("sale");
}

enum project_result project_sale(struct project *p, struct project_unit *u)
{
	struct text *row = project_new_row(p), vin, part;

	if (!project_fill(p, row))
		return PROJECT_BAD;
	set_document(p, row, u);
	if (p->plan->canonical) {
		key_line(p, *project_cell(p, row, AT_LINE_NO), u);
		project_key_add(p, *project_cell(p, row, AT_KIND));
		return PROJECT_PUT;
	}
	if (holds_word(project_text(p, "sale_status"), void_words,
		       NELEMS(void_words)))
		return PROJECT_NOTHING;
	set_refund(p, row);
	if (project_cell(p, row, AT_DEPARTMENT)->n == 0)
		*project_cell(p, row, AT_DEPARTMENT) = TEXT("sales");
	/* A fleet's order has many vehicles. */
	vin = *project_cell(p, row, AT_VIN);
	part = vin.n ? vin : *project_cell(p, row, AT_PRODUCT);
	u->ordinal = project_ordinal(p);
	project_key_add(p, TEXT("sale"));
	project_key_add(p, part);
	return PROJECT_PUT;
}

/* ---- repair orders ---- */

static bool read_bill(struct project *p, struct bill *bill)
{
	static const char *const field[BILL_AMOUNTS] = {
		[BILL_LABOUR] = "labor_amount",
		[BILL_PARTS] = "parts_amount",
		[BILL_OUTSOURCED] = "outsourced_amount",
		[BILL_OTHER] = "other_amount",
		[BILL_DISCOUNT] = "discount_amount",
		[BILL_RECEIVABLE] = "receivable_amount",
		[BILL_PAID] = "paid_amount",
		[BILL_UNPAID] = "unpaid_amount",
	};

	*bill = (struct bill){ 0 };
	for (size_t i = 0; i < BILL_AMOUNTS; i++)
		if (!project_money(p, field[i], &bill->known[i],
				   &bill->fen[i]))
			return false;
	return true;
}

/* quantity x unit price, for a line that has no amount. */
static bool multiply(struct project *p, int64_t *fen)
{
	struct text quantity = project_text(p, "quantity");
	int64_t price, hundredths, whole;
	money_wide product;
	bool known;

	if (!project_money(p, "unit_price", &known, &price) || !known)
		return false;
	/* a quantity has two decimals, like money */
	if (quantity.n == 0 || !money_parse(quantity, &hundredths))
		return false;
	product = (money_wide)price * hundredths;
	return money_narrow(money_ratio(product, 100, 0), &whole) &&
	       (*fen = whole, true);
}

/* A row an item: its own amounts are the bill; totals of the whole document
 * that stand in each row say nothing of the item. */
static void item_bill(struct project *p, struct bill *bill)
{
	bool own = bill->known[BILL_LABOUR] || bill->known[BILL_PARTS] ||
		   bill->known[BILL_OUTSOURCED] || bill->known[BILL_OTHER];
	bool part = project_text(p, "part_no part_name").n > 0;
	int64_t fen;

	if (!bill->known[BILL_PARTS] && (part || !own) && multiply(p, &fen)) {
		bill->known[BILL_PARTS] = own = true;
		bill->fen[BILL_PARTS] = fen;
	}
	if (own)
		bill->known[BILL_RECEIVABLE] = bill->known[BILL_PAID] =
			bill->known[BILL_UNPAID] = false;
}

/* What hangs on one of the lines alone: hours on labour, pieces and cost on
 * parts, else on the first. */
static void set_line(struct project *p, struct text *row,
		     const struct bill_line *line, bool first, bool has_parts)
{
	bool labour = strcmp(line->category, "labour") == 0;
	bool parts = strcmp(line->category, "parts") == 0;
	struct text *quantity = project_cell(p, row, AT_QUANTITY);
	struct text *category = project_cell(p, row, AT_CATEGORY);

	*project_cell(p, row, AT_AMOUNT) = project_keep_money(p, line->fen);
	if (line->category[0])
		*category = text_of(line->category);
	if (labour)
		*quantity = project_text(p, "labor_hours");
	else if (!parts)
		quantity->n = 0;
	if (has_parts ? !parts : !first)
		project_cell(p, row, AT_COST)->n = 0;
	if (!first)
		project_cell(p, row, AT_DISCOUNT)->n = 0;
}

static struct text kind_of(const struct bill_line *l, bool warranty,
			   bool refund)
{
	if (refund)
		return TEXT("refund");
	return warranty ? TEXT("warranty") : text_of(l->kind);
}

static bool has_category(const struct bill_line *lines, size_t n,
			 const char *category)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(lines[i].category, category) == 0)
			return true;
	return false;
}

static void make_lines(struct project *p, const struct bill_line *lines,
		       size_t n)
{
	bool warranty = holds_word(project_text(p, "payer"), warranty_words,
				   NELEMS(warranty_words)) ||
			holds_word(project_text(p, "ro_type"), warranty_words,
				   NELEMS(warranty_words));
	bool has_parts = has_category(lines, n, "parts");
	money_wide sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += lines[i].fen;
	for (size_t i = 1; i < n; i++) {
		struct text *row = project_new_row(p);

		memcpy(row, p->out, p->columns * sizeof(*row));
		p->when[i] = p->when[0];
	}
	for (size_t i = 0; i < n; i++) {
		struct text *row = p->out + i * p->columns;
		struct text *department = project_cell(p, row, AT_DEPARTMENT);

		set_line(p, row, &lines[i], i == 0, has_parts);
		*project_cell(p, row, AT_KIND) =
			kind_of(&lines[i], warranty, sum < 0);
		if (department->n == 0)
			*department = has_category(lines, n, "labour") ||
						      !has_parts ?
					      TEXT("service") :
					      TEXT("parts");
	}
}

/* The document's own number of an item's row. */
static struct text own_line(struct project *p)
{
	struct text line = project_text(p, "line_no");

	if (line.n == 0 && p->plan->own_lines)
		line = project_text(p, "row_no");
	return p->detailed ? line : (struct text){ 0 };
}

static void key_service(struct project *p, struct text line,
			struct project_unit *u)
{
	if (!p->detailed) {
		project_key_add(p, TEXT("bill"));
		return;
	}
	key_line(p, line, u);
	project_key_add(p, TEXT("item"));
}

/* 12 for the first line of row 12, 12.2 for the second. */
static void number_lines(struct project *p, struct text line)
{
	for (size_t i = 0; i < p->rows; i++) {
		struct text *cell = project_cell(p, p->out + i * p->columns,
						 AT_LINE_NO);

		*cell = line;
		if (line.n == 0 || i == 0)
			continue;
		*cell = project_keep(p, line);
		cell->n += project_keep(p, TEXT(".")).n;
		cell->n += project_keep_number(p, i + 1).n;
	}
}

enum project_result project_service(struct project *p, struct project_unit *u)
{
	struct text *row = project_new_row(p), line;
	struct bill_line lines[BILL_LINES];
	struct bill bill;
	size_t n;

	if (!project_fill(p, row) || !read_bill(p, &bill))
		return PROJECT_BAD;
	if (p->detailed)
		item_bill(p, &bill);
	if (holds_word(project_text(p, "ro_status"), void_words,
		       NELEMS(void_words)))
		return PROJECT_NOTHING;
	set_document(p, row, u);
	line = own_line(p);
	key_service(p, line, u);
	n = bill_lines(&bill, lines);
	if (n == 0) {
		project_bad(p, REASON_MISSING, "amount");
		return PROJECT_BAD;
	}
	make_lines(p, lines, n);
	number_lines(p, line);
	return PROJECT_PUT;
}
