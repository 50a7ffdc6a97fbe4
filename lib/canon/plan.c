/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: the tables that say what becomes of which column. */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "canon/clean.h"
#include "canon/plan.h"
#include "canon/question.h"

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

/* ---- columns ---- */

size_t plan_column_of(const struct plan *p, const char *field)
{
	return p->of_field[2 * field_of(field)];
}

static void note_field(struct plan *p, size_t i)
{
	struct plan_column *c = &p->column[i];
	size_t *of = p->of_field + 2 * c->match.field;

	if (of[0] == PLAN_NONE)
		of[0] = i;
	else if (of[1] == PLAN_NONE)
		of[1] = i;
	c->twin = of[0] != i;
}

/* A column of dates by its field: day counts among them are dates when one of
 * the samples is plainly a date. */
static bool holds_dates(const struct grid *g, size_t first, size_t i,
			const struct reading_rules *rules)
{
	for (size_t r = first; r < g->rows; r++) {
		struct when when;
		struct buf room = { 0 };
		struct text raw = { 0 };
		enum when_state state;

		if (i < g->width[r])
			raw = g->cell[r][i];
		state = when_read(clean_code(raw, buf_room(&room, raw.n)),
				  rules->dates, &when);
		buf_release(&room);
		if (state == WHEN_GOOD)
			return true;
	}
	return false;
}

static bool is_date(enum field_kind kind)
{
	return kind == FIELD_DAY || kind == FIELD_INSTANT;
}

/* A canonical name in any case and width. */
static size_t by_name(struct text header)
{
	struct buf folded = { 0 };
	size_t field;

	header_fold(&folded, header);
	field = field_find(buf_text(&folded));
	buf_release(&folded);
	return field;
}

/* What the command line says holds before what a map says, and that before
 * what is found. */
static struct header_match match(const struct plan *p, const struct aliases *a,
				 const struct plan_column *c)
{
	struct header_match m = header_match(a, p->kind, c->name);

	if (c->given)
		return m.rule == HEADER_COL || m.rule == HEADER_MAP ?
			       m :
			       header_given(c->name, c->given->name);
	if (c->repeated)
		return (struct header_match){ .field = FIELD_NONE,
					      .rule = HEADER_REPEATED };
	if (m.rule == HEADER_COL || m.rule == HEADER_MAP)
		return m;
	if (!p->canonical)
		return m;
	m = (struct header_match){ .field = by_name(c->name) };
	if (m.field != FIELD_NONE)
		m.rule = HEADER_NAME;
	return m;
}

static void match_column(struct plan *p, const struct aliases *a, size_t i,
			 const struct plan_file *f,
			 const struct reading_rules *rules)
{
	struct plan_column *c = &p->column[i];

	c->match = match(p, a, c);
	c->reading.kind = FIELD_TEXT;
	c->reading.in_wan = c->match.in_wan;
	if (c->match.field == FIELD_NONE)
		return;
	c->reading.kind = field_all[c->match.field].kind;
	if (is_date(c->reading.kind))
		c->reading.serials =
			c->given ? c->given->holds == PLAN_DAY_COUNTS :
				   holds_dates(f->grid, f->first_sample, i,
					       rules);
	note_field(p, i);
}

/* ---- questions of a survey ---- */

/* The highest score that a column may have which no word explains, and that of
 * the question of recommending. */
#define SCORE_MOST 100
#define RECOMMEND_MOST 10

/* A question that no word explains is asked how likely one is to recommend
 * when its wording and its answers say so, and no column is known for it. */
static void find_recommending(struct plan *p, const struct plan_file *f,
			      const struct reading_rules *rules)
{
	size_t nps = field_of("nps");

	for (size_t i = 0; i < p->columns; i++) {
		struct plan_column *c = &p->column[i];
		struct buf folded = { 0 };

		if (p->of_field[2 * nps] != PLAN_NONE)
			return;
		if (c->given || c->match.rule != HEADER_UNKNOWN)
			continue;
		header_fold(&folded, c->name);
		if (question_recommends(buf_text(&folded)) &&
		    question_scored(f, i, rules, RECOMMEND_MOST, true)) {
			c->match = (struct header_match){
				.field = nps, .rule = HEADER_WORDING
			};
			note_field(p, i);
		}
		buf_release(&folded);
	}
}

/* A column that no word explains is a question when all its samples are
 * scores, and it has a name that is none of a number. */
static bool is_question(const struct plan_file *f,
			const struct reading_rules *rules, size_t i)
{
	struct buf folded = { 0 };
	bool number;

	header_fold(&folded, f->header[i]);
	number = question_is_number(buf_text(&folded));
	buf_release(&folded);
	return !number && question_scored(f, i, rules, SCORE_MOST, false);
}

/* By what is known of the column, or what is in it. */
static bool asks(const struct plan *p, size_t i, const struct plan_file *f,
		 const struct reading_rules *rules)
{
	static const char *const scores[] = { "nps", "csi" };
	const struct plan_column *c = &p->column[i];

	if (c->given)
		return c->given->holds == PLAN_SCORES;
	for (size_t k = 0; k < NELEMS(scores); k++)
		if (c->match.field == field_of(scores[k]) && !c->twin)
			return true;
	/* A table in long form is not asked here: this is of one question. */
	return c->match.field == field_of("question") ||
	       (c->match.field == field_of("score") && !c->twin) ||
	       (c->match.rule == HEADER_UNKNOWN && is_question(f, rules, i));
}

static void find_questions(struct plan *p, const struct plan_file *f,
			   const struct reading_rules *rules)
{
	if (p->kind != EXPORT_SURVEY || p->canonical)
		return;
	/* A table in long form says which question each row answers. */
	if (plan_column_of(p, "question") != PLAN_NONE &&
	    plan_column_of(p, "score") != PLAN_NONE)
		return;
	find_recommending(p, f, rules);
	for (size_t i = 0; i < p->columns; i++) {
		p->column[i].question = asks(p, i, f, rules);
		if (p->column[i].question)
			p->column[i].reading.kind = FIELD_SCORE;
	}
}

bool plan_has_questions(const struct plan *p)
{
	for (size_t i = 0; i < p->columns; i++)
		if (p->column[i].question)
			return true;
	return false;
}

/* ---- numbers of lines ---- */

static bool find_own_lines(const struct plan *p, const struct plan_file *f)
{
	size_t column = plan_column_of(p, "row_no"), ones = 0;
	const struct grid *g = f->grid;

	if (column == PLAN_NONE)
		return false;
	if (p->column[column].given)
		return p->column[column].given->holds == PLAN_DOCUMENT_LINES;
	for (size_t r = f->first_sample; r < g->rows; r++)
		if (column < g->width[r])
			ones += text_is(clean_text(g->cell[r][column]), "1");
	return ones > 1;
}

/* ---- from where ---- */

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

static void find_sources(struct plan *p)
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

bool plan_has_flags(const struct schema *s)
{
	static const char *const streams[] = { "customers", "vehicles",
					       "leads" };

	for (size_t i = 0; i < NELEMS(streams); i++)
		if (strcmp(s->name, streams[i]) == 0)
			return true;
	return false;
}

static bool is_kept(const struct plan *p, const struct plan_column *c)
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

/* A column without a header counts when something stands in it. */
static bool has_cells(const struct grid *g, size_t first, size_t i)
{
	for (size_t r = first; r < g->rows; r++)
		if (i < g->width[r] && clean_text(g->cell[r][i]).n)
			return true;
	return false;
}

struct text plan_unique(struct arena *hold, const struct text *taken, size_t n,
			struct text name)
{
	struct buf b = { 0 };
	struct text t;

	buf_addt(&b, name);
	if (name.n == 0)
		buf_addf(&b, "column_%zu", n + 1);
	for (unsigned k = 2;; k++) {
		size_t i = 0;

		while (i < n && !text_eq(taken[i], buf_text(&b)))
			i++;
		if (i == n)
			break;
		buf_clear(&b);
		buf_addt(&b, name);
		buf_addf(&b, "_%u", k);
	}
	t = (struct text){ arena_copy(hold, b.p, b.n), b.n };
	buf_release(&b);
	return t;
}

/* Under which name each column goes on. */
static void name_columns(struct plan *p, const struct plan_file *f)
{
	struct text *taken = mem_alloc(p->columns, sizeof(*taken));

	for (size_t i = 0; i < p->columns; i++) {
		struct plan_column *c = &p->column[i];
		struct text name = c->name;

		if (c->match.rename.n)
			name = c->match.rename;
		else if (c->match.field != FIELD_NONE && !c->twin)
			name = text_of(field_all[c->match.field].name);
		taken[i] = plan_unique(&p->hold, taken, i, name);
		if (name.n || (!c->given &&
			       has_cells(f->grid, f->first_sample, i)))
			c->as = taken[i];
	}
	free(taken);
}

/* A file whose words say little is what the stream is mostly made of. */
static enum export usual_kind(const struct schema *s)
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

bool plan_is_canonical(const struct schema *s, const struct text *header,
		       size_t n)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t k = 0;

		if (!s->column[i].required)
			continue;
		while (k < n && !text_is(header[k], s->column[i].name))
			k++;
		if (k == n)
			return false;
	}
	return true;
}

const char *plan_holds_name(enum plan_holds h)
{
	static const char *const name[PLAN_HOLDS] = {
		[PLAN_AS_NAMED] = "",	     [PLAN_DAY_COUNTS] = "day-counts",
		[PLAN_SCORES] = "scores",    [PLAN_DATES] = "dates",
		[PLAN_TIMES] = "times",	     [PLAN_MONEY] = "money",
		[PLAN_DOCUMENT_LINES] = "document-lines",
	};

	return name[h];
}

struct plan_given plan_settled(const struct plan *p, size_t i)
{
	const struct plan_column *c = &p->column[i];
	struct plan_given g = { .name = c->match.rename };

	if (c->match.field != FIELD_NONE)
		g.name = text_of(field_all[c->match.field].name);
	else if (c->name.n == 0)
		g.name = c->as;
	if (c->question)
		g.holds = PLAN_SCORES;
	else if (c->reading.serials)
		g.holds = PLAN_DAY_COUNTS;
	else if (p->own_lines && plan_column_of(p, "row_no") == i)
		g.holds = PLAN_DOCUMENT_LINES;
	return g;
}

static void set_kind(struct plan *p, const struct aliases *a,
		     const struct plan_file *f, int evidence[EXPORT_KINDS])
{
	p->kind = layout_kind(a, f->header, f->columns, evidence);
	if (f->stream)
		p->kind = usual_kind(f->stream);
	else if (f->kind != EXPORT_COMMON)
		p->kind = f->kind;
	else if (evidence[p->kind] < LAYOUT_SURE)
		p->kind = usual_kind(p->schema);
	p->canonical = f->stream ? f->stream == p->schema :
				   f->kind == EXPORT_COMMON &&
					   plan_is_canonical(p->schema,
							     f->header,
							     f->columns);
}

static void set_columns(struct plan *p, const struct plan_file *f)
{
	struct group *seen = group_new(0, 0, NULL, NULL);
	struct buf folded = { 0 };

	for (size_t i = 0; i < f->columns; i++) {
		struct plan_column *c = &p->column[i];
		size_t n = group_count(seen);

		c->name = f->header[i];
		c->given = f->given ? &f->given[i] : NULL;
		c->extra = PLAN_NONE;
		buf_clear(&folded);
		header_fold(&folded, c->name);
		group_intern(seen, buf_text(&folded));
		c->repeated = folded.n && group_count(seen) == n;
	}
	group_free(seen);
	buf_release(&folded);
}

static bool is_carried(const struct plan *p)
{
	for (size_t i = 0; i < NELEMS(holds); i++)
		if (strcmp(holds[i].stream, p->schema->name) == 0)
			return p->canonical ||
			       ((holds[i].kinds & 1u << p->kind) &&
				has_one_of(p, holds[i].one_of));
	return false;
}

void plan_make(struct plan *p, const struct aliases *a,
	       const struct schema *schema, const struct plan_file *f,
	       const struct reading_rules *rules, struct extras *extras,
	       int evidence[EXPORT_KINDS])
{
	*p = (struct plan){ .schema = schema, .columns = f->columns };
	set_kind(p, a, f, evidence);
	p->column = mem_zalloc(f->columns, sizeof(*p->column));
	p->of_field = mem_alloc(2 * field_count, sizeof(*p->of_field));
	for (size_t i = 0; i < 2 * field_count; i++)
		p->of_field[i] = PLAN_NONE;
	set_columns(p, f);
	for (size_t i = 0; i < f->columns; i++)
		match_column(p, a, i, f, rules);
	name_columns(p, f);
	find_questions(p, f, rules);
	p->own_lines = find_own_lines(p, f);
	find_sources(p);
	p->carries = is_carried(p);
	for (size_t i = 0; i < f->columns && p->carries; i++)
		if (is_kept(p, &p->column[i]))
			extras_add(extras, p->column[i].as);
}

void plan_release(struct plan *p)
{
	free(p->column);
	free(p->from);
	free(p->first);
	free(p->of_field);
	arena_release(&p->hold);
}

void plan_extras(struct plan *p, const struct extras *e)
{
	for (size_t i = 0; i < p->columns; i++)
		if (p->carries && is_kept(p, &p->column[i]))
			p->column[i].extra = extras_find(e, p->column[i].as);
}
