/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each stream takes from which kind of export, in tables. */
#include <string.h>

#include "base/mem.h"
#include "canon/plan_in.h"

#define K(kind) (1u << EXPORT_##kind)
#define ALL ((1u << EXPORT_KINDS) - 1)
#define DEALS (K(SALE) | K(SERVICE))
#define TALKS (K(COMPLAINT) | K(SURVEY) | K(LEAD))

/*
 * Where a column of a stream comes from in exports of these kinds: the first
 * of these fields that is not empty. A column without a line here comes from
 * the field of its own name; an empty list means that such an export does not
 * tell.
 */
static const struct {
	const char *stream;
	unsigned kinds;
	const char *column, *from;
} sources[] = {
	{ "customers", ALL, "name", "name contact_name" },
	{ "customers", ALL, "store_id", "store_id store_name" },
	{ "customers", K(CUSTOMER), "owner_staff_id",
	  "owner_staff_id sales_consultant service_advisor" },
	{ "customers", ALL & ~K(CUSTOMER), "created_on", "" },
	{ "customers", ALL & ~(K(CUSTOMER) | K(SALE)), "source", "" },
	{ "customers", ALL & ~(K(CUSTOMER) | K(SALE)), "payment_method", "" },
	{ "vehicles", ALL & ~DEALS & ~TALKS, "store_id",
	  "store_id store_name" },
	{ "vehicles", K(SALE), "store_id", "store_id store_name" },
	{ "vehicles", K(SERVICE) | TALKS, "store_id", "" },
	{ "vehicles", K(SALE), "purchased_on",
	  "purchased_on delivery_date invoice_date" },
	{ "vehicles", K(SALE) | K(CUSTOMER) | K(VEHICLE), "price",
	  "price sale_price" },
	{ "vehicles", ALL, "model", "model model_code" },
	{ "vehicles", ALL, "series", "series series_code" },
	{ "transactions", K(SALE), "txn_id", "txn_id order_no invoice_no" },
	{ "transactions", K(SALE), "date",
	  "date purchased_on delivery_date invoice_date order_date" },
	{ "transactions", K(SALE), "amount", "amount sale_price price" },
	{ "transactions", K(SALE), "product", "product model model_code" },
	{ "transactions", K(SALE), "category", "category series series_code" },
	{ "transactions", K(SALE), "staff_id", "staff_id sales_consultant" },
	{ "transactions", K(SALE), "channel", "channel source" },
	{ "transactions", K(SERVICE), "txn_id", "txn_id settlement_no ro_no" },
	{ "transactions", K(SERVICE), "date",
	  "date settlement_date finish_date leave_date open_date" },
	{ "transactions", K(SERVICE), "amount", "amount" },
	{ "transactions", K(SERVICE), "line_no", "line_no" },
	{ "transactions", K(SERVICE), "product",
	  "product item_name part_name item_code part_no" },
	{ "transactions", K(SERVICE), "staff_id",
	  "staff_id service_advisor technician" },
	{ "transactions", DEALS, "cost", "cost cost_amount" },
	{ "transactions", DEALS, "store_id", "store_id store_name" },
	{ "surveys", ALL, "store_id", "store_id store_name" },
	{ "surveys", ALL, "touchpoint", "touchpoint survey_type" },
	{ "surveys", ALL, "staff_id",
	  "staff_id service_advisor sales_consultant" },
	{ "complaints", ALL, "at", "at complaint_date" },
	{ "complaints", ALL, "store_id", "store_id store_name" },
	{ "complaints", ALL, "solution", "solution resolution" },
	{ "complaints", ALL, "amount", "amount compensation_amount" },
	{ "complaints", ALL, "txn_id", "txn_id ro_no settlement_no order_no" },
	{ "complaints", ALL, "actor", "actor owner created_by" },
	{ "leads", ALL, "stage", "stage lead_status" },
	{ "leads", ALL, "owner_staff_id", "owner_staff_id sales_consultant" },
	{ "leads", ALL, "closed_on", "closed_on lost_date" },
	{ "leads", ALL, "store_id", "store_id store_name" },
};

/* Which kinds of export hold which stream, and what fields about what are
 * kept when no column of the stream takes them. */
static const struct {
	const char *stream;
	unsigned kinds;		/* it is in these, when `one_of` is there */
	const char *one_of;
	unsigned own;		/* kinds whose rows are its rows: of these
				 * all is kept but what describes people and
				 * vehicles, which have streams of their own */
	unsigned about;		/* bit mask of enum field_group */
} holds[] = {
	{ "customers", ALL & ~K(LEAD), "name phone customer_id id_no vin",
	  K(CUSTOMER), 1u << ABOUT_CUSTOMER },
	{ "vehicles", K(CUSTOMER) | K(VEHICLE) | DEALS, "vin", K(VEHICLE),
	  1u << ABOUT_VEHICLE },
	{ "transactions", DEALS,
	  "amount sale_price price labor_amount parts_amount other_amount "
	  "outsourced_amount paid_amount receivable_amount unit_price",
	  DEALS, 1u << ABOUT_DEAL },
	{ "surveys", K(SURVEY), NULL, K(SURVEY), 1u << ABOUT_SURVEY },
	{ "complaints", K(COMPLAINT), "case_id complaint_date at content",
	  K(COMPLAINT), 1u << ABOUT_COMPLAINT },
	{ "leads", K(LEAD), "lead_id name phone", K(LEAD),
	  1u << ABOUT_LEAD | 1u << ABOUT_CUSTOMER },
};

/* What a stream's rows are made from by more than taking it over. */
static const struct {
	const char *stream;
	unsigned kinds;
	const char *fields;
} made_from[] = {
	{ "transactions", K(SERVICE),
	  "labor_amount parts_amount outsourced_amount other_amount "
	  "discount_amount paid_amount unpaid_amount labor_hours" },
	{ "complaints", K(COMPLAINT),
	  "complaint_date first_response_date assigned_date resolved_date "
	  "closed_date" },
};

static bool next_word(struct text *rest, struct text *word)
{
	return text_split(rest, ' ', word);
}

static const char *source_of(const struct plan *p, const char *column)
{
	for (size_t i = 0; i < NELEMS(sources) && !p->canonical; i++)
		if (strcmp(sources[i].stream, p->schema->name) == 0 &&
		    (sources[i].kinds & 1u << p->kind) &&
		    strcmp(sources[i].column, column) == 0)
			return sources[i].from;
	return column;
}

/* The first field that is there is taken over; the others stand in where its
 * cell is empty, and are kept for themselves too. */
static void add_sources(struct plan *p, const char *from, size_t *n)
{
	struct text rest = text_of(from), word;
	size_t before = *n;

	while (rest.n && next_word(&rest, &word)) {
		size_t field = field_find(word);
		bool taken = *n > before;

		for (size_t i = 0; i < p->columns; i++) {
			struct plan_column *c = &p->column[i];

			if (c->match.field != field || c->question)
				continue;
			c->consumed = c->consumed || !taken;
			p->from[(*n)++] = i;
		}
	}
}

static void note_made_from(struct plan *p, const char *fields)
{
	struct text rest = text_of(fields), word;

	while (next_word(&rest, &word))
		for (size_t i = 0; i < p->columns; i++)
			if (p->column[i].match.field == field_find(word))
				p->column[i].consumed = true;
}

void plan_find_sources(struct plan *p)
{
	const struct schema *s = p->schema;
	size_t n = 0;

	p->first = mem_alloc(s->n + 1, sizeof(*p->first));
	p->from = mem_alloc((s->n + 1) * (p->columns + 1), sizeof(*p->from));
	for (size_t i = 0; i < s->n; i++) {
		p->first[i] = n;
		add_sources(p, source_of(p, s->column[i].name), &n);
	}
	p->first[s->n] = n;
	for (size_t i = 0; i < NELEMS(made_from) && !p->canonical; i++)
		if (strcmp(made_from[i].stream, s->name) == 0 &&
		    (made_from[i].kinds & 1u << p->kind))
			note_made_from(p, made_from[i].fields);
}

/* ---- is it in there? ---- */

static bool has_one_of(const struct plan *p, const char *fields)
{
	struct text rest, word;

	if (!fields)
		return true;
	rest = text_of(fields);
	while (next_word(&rest, &word))
		if (p->of_field[2 * field_find(word)] != PLAN_NONE)
			return true;
	return false;
}

bool plan_is_carried(const struct plan *p)
{
	for (size_t i = 0; i < NELEMS(holds); i++)
		if (strcmp(holds[i].stream, p->schema->name) == 0)
			return p->canonical ||
			       ((holds[i].kinds & 1u << p->kind) &&
				has_one_of(p, holds[i].one_of));
	return false;
}

bool plan_has_flags(const struct schema *s)
{
	static const char *const streams[] = { "customers", "vehicles",
					       "leads" };

	for (size_t i = 0; i < NELEMS(streams); i++)
		if (strcmp(s->name, streams[i]) == 0)
			return true;
	return false;
}

bool plan_is_kept(const struct plan *p, const struct plan_column *c)
{
	const struct field *f;

	if (c->question)
		return false;
	if (c->match.field == FIELD_NONE)
		return c->as.n > 0;
	f = &field_all[c->match.field];
	/* The second phone goes to phone_alt, any other second column of a
	 * field stays under its own header. */
	if (c->twin)
		return c->reading.kind != FIELD_PHONE;
	if (c->consumed || f->about == ABOUT_LAYOUT ||
	    (strcmp(f->name, "flags") == 0 && plan_has_flags(p->schema)) ||
	    schema_column(p->schema, text_of(f->name)))
		return false;
	if (p->canonical)
		return true;
	for (size_t i = 0; i < NELEMS(holds); i++)
		if (strcmp(holds[i].stream, p->schema->name) == 0)
			return (holds[i].about & 1u << f->about) ||
			       ((holds[i].own & 1u << p->kind) &&
				f->about != ABOUT_CUSTOMER &&
				f->about != ABOUT_VEHICLE);
	return false;
}

enum export plan_usual_kind(const struct schema *s)
{
	static const struct {
		const char *stream;
		enum export kind;
	} usual[] = {
		{ "vehicles", EXPORT_VEHICLE },
		{ "transactions", EXPORT_SALE },
		{ "surveys", EXPORT_SURVEY },
		{ "complaints", EXPORT_COMPLAINT },
		{ "leads", EXPORT_LEAD },
	};

	for (size_t i = 0; i < NELEMS(usual); i++)
		if (strcmp(usual[i].stream, s->name) == 0)
			return usual[i].kind;
	return EXPORT_CUSTOMER;
}
