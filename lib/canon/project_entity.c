/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers, vehicles and leads: a record of each from whatever tells of it. */
#include "base/day.h"
#include "base/mem.h"
#include "canon/idno.h"
#include "canon/person.h"
#include "canon/project_in.h"

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

enum project_result project_customer(struct project *p, struct project_unit *u)
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

enum project_result project_vehicle(struct project *p, struct project_unit *u)
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

enum project_result project_lead(struct project *p, struct project_unit *u)
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
