/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all streams share: values by the plan, who it is, keys. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/msg.h"
#include "base/opt.h"
#include "canon/clean.h"
#include "canon/idno.h"
#include "canon/person.h"
#include "canon/project_in.h"
#include "canon/vin.h"

/* Room for the texts that are made besides readings. */
#define MADE_ROOM 4096

size_t project_columns(const struct schema *s, const struct extras *e,
		       struct project_column **columns)
{
	size_t n = 0;
	struct project_column *c =
		mem_alloc(s->n + e->n + 1, sizeof(struct project_column));

	for (size_t i = 0; i < s->n; i++)
		c[n++] = (struct project_column){ s->column[i].name,
						  s->column[i].type };
	if (plan_has_flags(s))
		c[n++] = (struct project_column){ "flags", COL_TEXT };
	for (size_t i = 0; i < e->n; i++)
		c[n++] = (struct project_column){ e->name[i].p, COL_TEXT };
	*columns = c;
	return n;
}

/* Names of the columns in enum project_at. */
static const char *const at_names[AT_COLUMNS] = {
	[AT_ACTOR] = "actor",
	[AT_AMOUNT] = "amount",
	[AT_AT] = "at",
	[AT_BIRTH_DATE] = "birth_date",
	[AT_CASE_ID] = "case_id",
	[AT_CATEGORY] = "category",
	[AT_CAUSE] = "cause",
	[AT_CHANNEL] = "channel",
	[AT_COMMENT] = "comment",
	[AT_COMPLAINANT_TYPE] = "complainant_type",
	[AT_CONTENT] = "content",
	[AT_COST] = "cost",
	[AT_CUSTOMER_ID] = "customer_id",
	[AT_DATE] = "date",
	[AT_DEMAND] = "demand",
	[AT_DEPARTMENT] = "department",
	[AT_DISCOUNT] = "discount",
	[AT_EVENT] = "event",
	[AT_FLAGS] = "flags",
	[AT_GENDER] = "gender",
	[AT_KIND] = "kind",
	[AT_LEAD_ID] = "lead_id",
	[AT_LINE_NO] = "line_no",
	[AT_NOTE] = "note",
	[AT_OUTCOME] = "outcome",
	[AT_OWNER] = "owner",
	[AT_PARTY_TYPE] = "party_type",
	[AT_PHONE] = "phone",
	[AT_PHONE_ALT] = "phone_alt",
	[AT_PRODUCT] = "product",
	[AT_QUANTITY] = "quantity",
	[AT_QUESTION] = "question",
	[AT_RESPONSE_ID] = "response_id",
	[AT_SCALE_MAX] = "scale_max",
	[AT_SCENE] = "scene",
	[AT_SCORE] = "score",
	[AT_SOLUTION] = "solution",
	[AT_SOURCE] = "source",
	[AT_SOURCE_FILE] = "source_file",
	[AT_STORE_ID] = "store_id",
	[AT_SUBCODE] = "subcode",
	[AT_TIME] = "time",
	[AT_TOUCHPOINT] = "touchpoint",
	[AT_TXN_ID] = "txn_id",
	[AT_VIN] = "vin",
};

/* A row an item: something of a single part or piece of work is told. */
static bool is_detailed(const struct plan *p)
{
	static const char *const signs[] = { "part_no", "part_name",
					     "item_code", "quantity",
					     "unit_price", "labor_hours" };

	for (size_t i = 0; i < NELEMS(signs); i++)
		if (plan_column_of(p, signs[i]) != PLAN_NONE)
			return true;
	return false;
}

void project_free(struct project *p)
{
	if (!p)
		return;
	group_free(p->ordinals);
	for (size_t i = 0; i < p->plan->columns; i++)
		memo_free(p->memo[i]);
	free(p->memo);
	free(p->copy);
	free(p->extra);
	free(p->worded);
	free(p->required);
	free(p->reading);
	free(p->wanted);
	free(p->known);
	free(p->out);
	free(p->when);
	buf_release(&p->scratch);
	buf_release(&p->key);
	codes_free(p->codes);
	free(p);
}

/* ---- readings ---- */

bool project_bad(struct project *p, enum reason reason, const char *column)
{
	*p->fault = (struct project_fault){ reason, text_of(column), { 0 } };
	return false;
}

/* A bad cell is judged again when it is looked at again: that is rare. */
const struct reading *project_read(struct project *p, size_t i)
{
	enum reason reason;

	reason = memo_take(p->memo[i], p->raw[i], &p->plan->column[i].reading,
			   &p->options->rules, p->scratch.p + p->scratch.n,
			   &p->reading[i]);
	if (reason) {
		*p->fault = (struct project_fault){
			reason, p->plan->column[i].name, p->raw[i]
		};
		return NULL;
	}
	p->scratch.n += READING_ROOM(p->raw[i].n);
	p->known[i] = true;
	return &p->reading[i];
}

static void list_field(struct project *p, struct project_list *l,
		       struct text word)
{
	const size_t *of = p->plan->of_field + 2 * field_find(word);

	for (int k = 0; k < 2 && of[k] != PLAN_NONE; k++) {
		if (l->n == PROJECT_LIST_MAX)
			bug("a list of more than %d columns",
			    PROJECT_LIST_MAX);
		l->column[l->n++] = of[k];
	}
}

static const struct project_list *columns_of(struct project *p,
					     const char *fields)
{
	size_t at = (uintptr_t)fields >> 2;
	struct text rest = text_of(fields), word;
	struct project_list *l;

	for (size_t i = 0; i < PROJECT_LISTS; i++) {
		l = &p->list[(at + i) % PROJECT_LISTS];
		if (l->fields == fields)
			return l;
		if (!l->fields)
			break;
	}
	if (l->fields)
		bug("more than %d lists of fields", PROJECT_LISTS);
	l->fields = fields;
	while (text_split(&rest, ' ', &word))
		list_field(p, l, word);
	return l;
}

bool project_find(struct project *p, const char *fields,
		  const struct reading **found)
{
	const struct project_list *l = columns_of(p, fields);

	*found = NULL;
	for (size_t i = 0; i < l->n; i++) {
		const struct reading *r = project_look(p, l->column[i]);

		if (!r)
			return false;
		if (r->text.n) {
			*found = r;
			return true;
		}
	}
	return true;
}

const struct reading *project_reading(struct project *p, const char *fields)
{
	static const struct reading nothing = { .birth = DAY_NONE };
	const struct project_list *l = columns_of(p, fields);

	for (size_t i = 0; i < l->n; i++) {
		const struct reading *r = project_look(p, l->column[i]);

		if (r && r->text.n)
			return r;
	}
	return &nothing;
}

struct text project_text(struct project *p, const char *fields)
{
	return project_reading(p, fields)->text;
}

bool project_money(struct project *p, const char *field, bool *known,
		   int64_t *fen)
{
	const struct reading *r;

	*known = false;
	*fen = 0;
	if (!project_find(p, field, &r))
		return false;
	*known = r && money_parse(r->text, fen);
	return true;
}

/* ---- texts that are made ---- */

struct text project_keep(struct project *p, struct text t)
{
	char *to = p->scratch.p + p->scratch.n;

	if (p->scratch.cap - p->scratch.n < t.n)
		bug("no room for what is made of a row");
	if (t.n)
		memcpy(to, t.p, t.n);
	p->scratch.n += t.n;
	return (struct text){ to, t.n };
}

struct text project_keep_money(struct project *p, int64_t fen)
{
	char to[MONEY_MAX_BYTES];

	return project_keep(p, (struct text){ to, money_format(fen, to) });
}

struct text project_keep_number(struct project *p, uint64_t v)
{
	char to[20];

	return project_keep(p, (struct text){ to, text_put_u64(to, v) });
}

/* The cells as they stand but for blanks at their ends: the same record in
 * another encoding, or from another file, is the same. */
static struct text record_text(struct project *p, struct buf *room)
{
	for (size_t i = 0; i < p->plan->columns; i++) {
		if (p->plan->column[i].match.field != FIELD_NONE &&
		    field_all[p->plan->column[i].match.field].about ==
			    ABOUT_LAYOUT)
			continue;
		buf_addt(room, clean_text(p->raw[i]));
		buf_addc(room, '\x1f');
	}
	return buf_text(room);
}

struct text project_hash(struct project *p, char letter)
{
	struct buf record = { 0 };
	char hash[IDENTITY_HASH];

	identity_hash("record", record_text(p, &record), hash);
	buf_release(&record);
	hash[0] = letter;
	return project_keep(p, (struct text){ hash, sizeof(hash) });
}

/* ---- rows ---- */

struct text *project_new_row(struct project *p)
{
	struct text *row;

	if (p->rows == p->cap) {
		p->cap = p->cap * 2 + 8;
		p->out = mem_resize(p->out, p->cap * p->columns,
				    sizeof(*p->out));
		p->when = mem_resize(p->when, p->cap, sizeof(*p->when));
	}
	row = p->out + p->rows * p->columns;
	for (size_t i = 0; i < p->columns; i++)
		row[i] = (struct text){ 0 };
	p->when[p->rows] = INT64_MIN;
	p->rows++;
	return row;
}

static bool copy_column(struct project *p, struct text *row,
			const struct project_copy *c)
{
	for (size_t k = c->first; k < c->last; k++) {
		const struct reading *r = project_look(p, p->plan->from[k]);

		if (!r)
			return false;
		if (r->text.n == 0)
			continue;
		row[c->to] = r->text;
		return true;
	}
	return true;
}

static void copy_extra(struct project *p, struct text *row,
		       const struct project_extra *e)
{
	/* What nobody needs is not judged: it passes as it stands. */
	const struct reading *r = e->judged ? project_look(p, e->from) : NULL;

	row[e->to] = r ? r->text : clean_text(p->raw[e->from]);
}

/* A column with a closed list of words: yes and no in any spelling. */
static bool check_word(struct project *p, struct text *row, size_t i)
{
	const char *words = p->plan->schema->column[i].words, *yes_no;

	if (row[i].n == 0 || opt_choice(words, row[i]) >= 0)
		return true;
	yes_no = person_yes_no(row[i]);
	if (!yes_no || opt_choice(words, text_of(yes_no)) < 0)
		return project_bad(p, REASON_BAD_VALUE,
				   p->plan->schema->column[i].name);
	row[i] = text_of(yes_no);
	return true;
}

bool project_fill(struct project *p, struct text *row)
{
	for (size_t i = 0; i < p->copies; i++)
		if (!copy_column(p, row, &p->copy[i]))
			return false;
	for (size_t i = 0; i < p->kept; i++)
		copy_extra(p, row, &p->extra[i]);
	for (size_t i = 0; i < p->worded_n; i++)
		if (!check_word(p, row, p->worded[i]))
			return false;
	return true;
}

/* ---- who ---- */

static void add_phone(struct who *w, struct text one, bool links)
{
	if (links && w->phones < IDENTITY_PHONES)
		w->phone[w->phones++] = one;
}

/* All numbers of the columns, those joined by / too. */
static void add_phones(struct project *p, struct who *w, const char *field)
{
	const struct project_list *l = columns_of(p, field);

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
		return record_text(p, room);
	buf_addt(room, document);
	buf_addc(room, '\x1f');
	buf_addt(room, project_text(p, "store_id store_name"));
	buf_addc(room, '\x1f');
	buf_addt(room, w->name);
	return buf_text(room);
}

static bool identify(struct project *p)
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

/* Whoever is in an earlier result keeps the id; its rows are not filled in. */
static void remember(struct project *p)
{
	struct who w;

	p->day = day_of_record(p);
	if (find_who(p, &w) && w.given.n)
		identity_add(p->identity, &w);
}

/* ---- keys ---- */

void project_key(struct project *p, struct text store, struct text document)
{
	buf_clear(&p->key);
	project_key_add(p, store);
	project_key_add(p, document);
}

void project_key_add(struct project *p, struct text t)
{
	char *to = text_put(buf_room(&p->key, t.n + 1), t);

	*to = '\x1f';
	p->key.n += t.n + 1;
}

uint32_t project_ordinal(struct project *p)
{
	uint32_t *n = group_entry(
		p->ordinals, group_intern(p->ordinals, buf_text(&p->key)));

	return ++*n;
}

/* ---- customers, vehicles, leads ---- */

static void add_lines(struct buf *to, const struct reading *r)
{
	struct text rest, one;

	if (!r || r->text.n == 0)
		return;
	buf_addt(to, r->text);
	buf_addc(to, '\n');
	rest = r->more;
	while (rest.n && text_split(&rest, '/', &one)) {
		buf_addt(to, one);
		buf_addc(to, '\n');
	}
}

/* All numbers of the record, the columns of phones first. */
static void settle_phones(struct project *p, struct text *row)
{
	const size_t *of[] = { p->plan->of_field + 2 * field_of("phone"),
			       p->plan->of_field + 2 * field_of("phone_alt") };
	struct buf all = { 0 }, others = { 0 };

	for (int i = 0; i < 4; i++)
		if (of[i / 2][i % 2] != PLAN_NONE)
			add_lines(&all, project_look(p, of[i / 2][i % 2]));
	*project_cell(p, row, AT_PHONE) =
		project_keep(p, phone_settle(buf_text(&all), &others));
	*project_cell(p, row, AT_PHONE_ALT) =
		project_keep(p, buf_text(&others));
	buf_release(&all);
	buf_release(&others);
}

static void settle_gender(struct project *p, struct text *row)
{
	struct text *gender = project_cell(p, row, AT_GENDER);
	char g = person_read(project_text(p, "name")).gender;
	size_t name = plan_column_of(p->plan, "name");
	const struct reading *r;

	if (gender->n)
		return;
	r = name == PLAN_NONE ? NULL : project_look(p, name);
	if (r && r->gender)
		g = r->gender;
	if (!g)
		g = idno_read(project_text(p, "id_no")).gender;
	*gender = g == 'F' ? TEXT("F") : g == 'M' ? TEXT("M") : TEXT("");
}

/* A title that goes from the name must be heard before: 李娜女士, male. */
static void settle_title(struct project *p, struct text *row)
{
	struct text gender = *project_cell(p, row, AT_GENDER);
	size_t name = plan_column_of(p->plan, "name");
	size_t flags = plan_column_of(p->plan, "flags");
	const struct reading *r =
		name == PLAN_NONE ? NULL : project_look(p, name);
	bool other = r && r->gender && gender.n == 1 &&
		     gender.p[0] != r->gender;

	if (p->plan->canonical && flags != PLAN_NONE)
		other |= text_find(p->raw[flags], READING_GENDER_TITLE) !=
			 SIZE_MAX;
	if (other)
		*project_cell(p, row, AT_FLAGS) = TEXT(READING_GENDER_TITLE);
}

static void settle_birth(struct project *p, struct text *row)
{
	struct text *birth = project_cell(p, row, AT_BIRTH_DATE);
	struct idno id = idno_read(project_text(p, "id_no"));
	char to[DAY_BYTES];

	if (birth->n || id.birth == DAY_NONE)
		return;
	*birth = project_keep(
		p, (struct text){ to, day_format(id.birth, to) });
}

static void settle_party(struct project *p, struct text *row)
{
	struct text *party = project_cell(p, row, AT_PARTY_TYPE);
	size_t name = plan_column_of(p->plan, "name");
	const struct reading *r =
		name == PLAN_NONE ? NULL : project_look(p, name);

	if (party->n == 0 && r && r->firm)
		*party = TEXT("organisation");
}

static enum project_result customer(struct project *p, struct project_unit *u)
{
	struct text *row = project_new_row(p);
	struct text *source;

	if (!project_fill(p, row))
		return PROJECT_BAD;
	settle_phones(p, row);
	settle_gender(p, row);
	settle_title(p, row);
	settle_birth(p, row);
	settle_party(p, row);
	source = project_cell(p, row, AT_SOURCE);
	if (source->n == 0)
		*source = text_of(p->options->source);
	if (!p->plan->canonical)
		*project_cell(p, row, AT_SOURCE_FILE) = text_of(p->file);
	buf_clear(&p->key);
	if (p->plan->canonical)
		buf_addt(&p->key, *project_cell(p, row, AT_CUSTOMER_ID));
	u->filled_in = true;
	return PROJECT_PUT;
}

static enum project_result vehicle(struct project *p, struct project_unit *u)
{
	struct text *row = project_new_row(p);
	struct text vin;

	if (!project_fill(p, row))
		return PROJECT_BAD;
	vin = *project_cell(p, row, AT_VIN);
	if (vin.n == 0 && p->plan->kind != EXPORT_VEHICLE)
		return PROJECT_NOTHING;
	buf_clear(&p->key);
	buf_addt(&p->key, vin);
	u->filled_in = true;
	return PROJECT_PUT;
}

static const char *lead_outcome(struct project *p)
{
	static const struct {
		const char *word, *outcome;
	} words[] = {
		{ "战败", "lost" }, { "流失", "lost" }, { "失控", "lost" },
		{ "无效", "lost" }, { "成交", "won" },	{ "订单", "won" },
		{ "订车", "won" },  { "赢单", "won" },	{ "交车", "won" },
	};
	struct text status = project_text(p, "lead_status");

	for (size_t i = 0; i < NELEMS(words) && status.n; i++)
		if (text_find(status, words[i].word) != SIZE_MAX &&
		    text_find(status, "未") == SIZE_MAX)
			return words[i].outcome;
	return project_text(p, "lost_date lost_reason").n ? "lost" : NULL;
}

static enum project_result lead(struct project *p, struct project_unit *u)
{
	struct text *row = project_new_row(p);
	struct text *id, *source, *outcome, store;

	if (!project_fill(p, row))
		return PROJECT_BAD;
	id = project_cell(p, row, AT_LEAD_ID);
	if (id->n == 0)
		*id = project_hash(p, 'l');
	source = project_cell(p, row, AT_SOURCE);
	if (source->n == 0)
		*source = text_of(p->options->source);
	outcome = project_cell(p, row, AT_OUTCOME);
	if (outcome->n == 0 && !p->plan->canonical)
		*outcome = text_of(lead_outcome(p));
	store = *project_cell(p, row, AT_STORE_ID);
	project_key(p, *id, store);
	u->filled_in = true;
	return PROJECT_PUT;
}

/* ---- the row ---- */

static void begin(struct project *p, const struct text *cell,
		  struct project_fault *fault)
{
	size_t room = MADE_ROOM;

	p->raw = cell;
	p->fault = fault;
	p->rows = 0;
	p->who = SHELF_NOBODY;
	p->about = (struct project_about){ .who = SHELF_NOBODY };
	p->day = DAY_NONE;
	for (size_t i = 0; i < p->plan->columns; i++)
		room += READING_ROOM(cell[i].n) + 2 * cell[i].n;
	buf_clear(&p->scratch);
	buf_room(&p->scratch, room);
	memset(p->known, 0, p->plan->columns * sizeof(*p->known));
	if (p->options->rules.nna == 0)
		reading_settle(p->wanted, p->wanted_n, cell, p->reading,
			       p->known);
}

static enum project_result deal(struct project *p, struct project_unit *u)
{
	if (p->plan->canonical || p->plan->kind == EXPORT_SALE)
		return project_sale(p, u);
	return project_service(p, u);
}

static const struct {
	const char *stream;
	enum project_result (*make)(struct project *, struct project_unit *);
} makers[] = {
	{ "customers", customer },	   { "vehicles", vehicle },
	{ "transactions", deal },	   { "surveys", project_survey },
	{ "complaints", project_complaint }, { "leads", lead },
};

static bool check_required(struct project *p)
{
	for (size_t i = 0; i < p->required_n; i++)
		for (size_t k = 0; k < p->rows; k++)
			if (p->out[k * p->columns + p->required[i]].n == 0)
				return project_bad(
					p, REASON_MISSING,
					p->plan->schema->column[p->required[i]]
						.name);
	return true;
}

/* Whose word on a customer counts before whose. */
static uint32_t rank_of(const struct plan *plan)
{
	static const uint32_t rank[] = {
		[EXPORT_CUSTOMER] = 1, [EXPORT_VEHICLE] = 2,
		[EXPORT_SALE] = 2,     [EXPORT_SERVICE] = 3,
		[EXPORT_COMPLAINT] = 4, [EXPORT_SURVEY] = 5,
		[EXPORT_LEAD] = 6,
	};

	if (plan->canonical || strcmp(plan->schema->name, "customers") != 0)
		return 0;
	return rank[plan->kind];
}

static size_t place_of(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->column[i].name, name) == 0)
			return i;
	return PLAN_NONE;
}

/* Lists what each row needs. Required columns that the command fills in
 * itself are not looked at. */
static void list_work(struct project *p)
{
	const struct plan *plan = p->plan;
	const struct schema *s = plan->schema;

	p->copy = mem_alloc(s->n, sizeof(*p->copy));
	p->worded = mem_alloc(s->n, sizeof(*p->worded));
	p->required = mem_alloc(s->n, sizeof(*p->required));
	p->extra = mem_alloc(plan->columns, sizeof(*p->extra));
	for (size_t i = 0; i < s->n; i++) {
		if (plan->first[i] < plan->first[i + 1])
			p->copy[p->copies++] = (struct project_copy){
				i, plan->first[i], plan->first[i + 1]
			};
		if (s->column[i].words)
			p->worded[p->worded_n++] = i;
		if (s->column[i].required &&
		    (plan->canonical || i != p->at[AT_CUSTOMER_ID]))
			p->required[p->required_n++] = i;
	}
	p->wanted = mem_alloc(plan->columns, sizeof(*p->wanted));
	for (size_t i = 0; i < plan->columns; i++) {
		const struct plan_column *c = &plan->column[i];

		if (c->consumed || plan->canonical)
			p->wanted[p->wanted_n++] = (struct reading_wanted){
				i, c->reading
			};
		if (c->extra != PLAN_NONE)
			p->extra[p->kept++] = (struct project_extra){
				i, p->extras_at + c->extra,
				!c->twin && c->match.field != FIELD_NONE
			};
	}
}

struct project *project_new(const struct plan *plan, const struct extras *e,
			    const struct project_options *options,
			    const char *file, struct identity *identity,
			    struct shelf *shelf)
{
	struct project *p = mem_zalloc(1, sizeof(*p));

	p->plan = plan;
	p->options = options;
	p->file = file;
	p->identity = identity;
	p->shelf = shelf;
	p->extras_at = plan->schema->n + plan_has_flags(plan->schema);
	p->columns = p->extras_at + e->n;
	p->detailed = is_detailed(plan);
	p->rank = rank_of(plan);
	for (size_t i = 0; i < NELEMS(makers); i++)
		if (strcmp(makers[i].stream, plan->schema->name) == 0)
			p->make = makers[i].make;
	for (size_t i = 0; i < AT_COLUMNS; i++)
		p->at[i] = place_of(plan->schema, at_names[i]);
	if (plan_has_flags(plan->schema))
		p->at[AT_FLAGS] = plan->schema->n;
	p->ordinals = group_new(sizeof(uint32_t), 0, NULL, NULL);
	p->reading = mem_zalloc(plan->columns, sizeof(*p->reading));
	p->known = mem_zalloc(plan->columns, sizeof(*p->known));
	p->memo = mem_alloc(plan->columns, sizeof(*p->memo));
	for (size_t i = 0; i < plan->columns; i++)
		p->memo[i] = memo_new();
	list_work(p);
	return p;
}

static void put(struct project *p, const struct project_unit *u)
{
	struct shelf_unit unit = {
		.key = buf_text(&p->key),
		.document = u->document,
		.when = u->when,
		.ordinal = u->ordinal,
		.who = p->who,
		.rank = p->rank,
	};

	if (u->filled_in)
		unit.when = p->day == DAY_NONE ? INT64_MIN : p->day;
	shelf_put(p->shelf, &unit, p->out, u->filled_in ? NULL : p->when,
		  p->rows);
}

/* A row that names nobody: no customer, a deal with a stranger, an event that
 * is about nobody known. */
static enum project_result nobody(struct project *p)
{
	const char *stream = p->plan->schema->name;

	if (strcmp(stream, "transactions") == 0)
		return PROJECT_PUT;
	p->who = SHELF_NOBODY;
	if (strcmp(stream, "customers") != 0)
		return PROJECT_PUT;
	if (p->plan->kind != EXPORT_CUSTOMER)
		return PROJECT_NOTHING;
	project_bad(p, REASON_MISSING, "name");
	return PROJECT_BAD;
}

struct project_about project_about(const struct project *p)
{
	return p->about;
}

enum project_result project_row(struct project *p, const struct text *cell,
				struct project_fault *fault)
{
	struct project_unit u = { .when = INT64_MIN };
	enum project_result result;
	bool known = true;

	begin(p, cell, fault);
	if (!p->plan->canonical)
		known = identify(p);
	else if (p->plan->base)
		remember(p);
	if (!p->plan->carries)
		return PROJECT_NOTHING;
	result = known ? PROJECT_PUT : nobody(p);
	if (result == PROJECT_PUT)
		result = p->make(p, &u);
	if (result != PROJECT_PUT)
		return result;
	if (!check_required(p))
		return PROJECT_BAD;
	put(p, &u);
	return PROJECT_PUT;
}
