/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who it is that a row is about. */
#include "base/day.h"
#include "canon/clean.h"
#include "canon/person.h"
#include "canon/project_in.h"

static void add_phone(struct who *w, struct text one, bool links)
{
	if (links && w->phones < IDENTITY_PHONES)
		w->phone[w->phones++] = one;
}

/* All numbers of the columns, those joined by / too. */
static void add_phones(struct project *p, struct who *w, const char *field)
{
	const struct project_list *l = project_list(p, field);

	for (size_t i = 0; i < l->n; i++) {
		const struct reading *r = project_look(p, l->column[i]);
		struct text rest, one;

		if (!r || r->text.n == 0)
			continue;
		add_phone(w, r->text, r->links);
		rest = r->more;
		while (rest.n && text_split(&rest, '/', &one))
			add_phone(w, one, reading_phone_links(one));
	}
}

/* The day of the record, for whose turn it was with a vehicle. */
static const char *const day_fields[] = {
	[EXPORT_CUSTOMER] = "created_on",
	[EXPORT_VEHICLE] = "purchased_on registered_on",
	[EXPORT_SALE] =
		"purchased_on delivery_date invoice_date order_date date",
	[EXPORT_SERVICE] =
		"settlement_date finish_date leave_date open_date date",
	[EXPORT_COMPLAINT] = "complaint_date at",
	[EXPORT_SURVEY] = "date",
	[EXPORT_LEAD] = "created_on",
};

static int32_t day_of_record(struct project *p)
{
	const struct reading *r = project_reading(p, day_fields[p->plan->kind]);

	return r->text.n ? r->when.day : DAY_NONE;
}

/* A text that may tell who it is, or none. */
static struct text linking(const struct reading *r)
{
	return r->links ? r->text : (struct text){ 0 };
}

/* False when the row names nobody at all. */
static bool find_who(struct project *p, struct who *w)
{
	const struct reading *name = project_reading(p, "name contact_name");

	/* A list of vehicles tells who has them, not since when: the day on
	 * which a car was registered may be an earlier owner's. */
	*w = (struct who){ .day = p->plan->kind == EXPORT_VEHICLE ? DAY_NONE :
								    p->day,
			   .prospect = p->plan->kind == EXPORT_LEAD };
	w->number = project_text(p, "customer_id");
	if (clean_is_null_code(w->number))
		w->number.n = 0;
	if (p->plan->base) {
		w->given = w->number;
		/* A hash is nobody's number. */
		if (identity_is_hash(w->number))
			w->number.n = 0;
	}
	w->id_no = linking(project_reading(p, "id_no"));
	w->name = name->text;
	w->name_links = name->links;
	add_phones(p, w, "phone");
	add_phones(p, w, "phone_alt");
	w->vin = linking(project_reading(p, "vin"));
	return w->given.n || !identity_needs_record(w) || w->name.n;
}

/* The number of the row's document; a register has rows and no documents. */
static const char *const document_fields[] = {
	[EXPORT_CUSTOMER] = NULL,
	[EXPORT_VEHICLE] = NULL,
	[EXPORT_SALE] = "txn_id order_no invoice_no",
	[EXPORT_SERVICE] = "txn_id settlement_no ro_no",
	[EXPORT_COMPLAINT] = "case_id",
	[EXPORT_SURVEY] = "response_id",
	[EXPORT_LEAD] = "lead_id",
};

/* All that tells who it is when there is nothing else: the document and the
 * name, so that all its lines are one customer's, and its next state too. */
static struct text what_is_left(struct project *p, const struct who *w,
				struct buf *room)
{
	const char *fields = document_fields[p->plan->kind];
	struct text document = { 0 };

	if (fields)
		document = project_text(p, fields);
	if (document.n == 0)
		return project_record(p, room);
	buf_addt(room, document);
	buf_addc(room, '\x1f');
	buf_addt(room, project_text(p, "store_id store_name"));
	buf_addc(room, '\x1f');
	buf_addt(room, w->name);
	return buf_text(room);
}

bool project_identify(struct project *p)
{
	struct buf record = { 0 };
	struct who w;
	bool known;

	p->day = day_of_record(p);
	known = find_who(p, &w);
	p->about.firm = known && person_read(w.name).firm;
	if (identity_needs_record(&w))
		w.record = what_is_left(p, &w, &record);
	p->who = identity_add(p->identity, &w);
	p->about.who = known ? p->who : SHELF_NOBODY;
	buf_release(&record);
	return known;
}

void project_remember(struct project *p)
{
	struct who w;

	p->day = day_of_record(p);
	if (find_who(p, &w) && w.given.n)
		identity_add(p->identity, &w);
}
