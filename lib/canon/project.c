/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a row: whose it is, what its stream makes of it, the shelf. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "canon/project_in.h"

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

/* Must each row have it? Not what the command fills in itself, and a survey
 * may be without dates: then none has one. */
static bool is_required(const struct project *p, size_t i)
{
	const struct plan *plan = p->plan;

	if (!plan->schema->column[i].required)
		return false;
	if (strcmp(plan->schema->name, "surveys") == 0 && i == p->at[AT_DATE])
		return !plan->canonical && plan->first[i] < plan->first[i + 1];
	return plan->canonical || i != p->at[AT_CUSTOMER_ID];
}

/* Lists what each row needs. */
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
		if (is_required(p, i))
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
	{ "customers", project_customer }, { "vehicles", project_vehicle },
	{ "transactions", deal },	   { "surveys", project_survey },
	{ "complaints", project_complaint }, { "leads", project_lead },
};

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
		known = project_identify(p);
	else if (p->plan->base)
		project_remember(p);
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
