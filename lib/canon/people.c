/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts told of records, each once, however many rows tell it. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/checksign.h"
#include "canon/clean.h"
#include "canon/idno.h"
#include "canon/linkfield.h"
#include "canon/people_in.h"
#include "canon/person.h"
#include "canon/phone.h"

static const struct linkage_column columns[PEOPLE_COLUMNS] = {
	[PEOPLE_NAME] = { "name", LINKAGE_NAME, .sound = PEOPLE_SOUND },
	[PEOPLE_SOUND] = { "sound", LINKAGE_SOUND, .sound = LINKAGE_NONE },
	[PEOPLE_PHONE] = { "phone", LINKAGE_PHONE, .sound = LINKAGE_NONE },
	/* Six digits one of which may be wrong say nothing: all or none. */
	[PEOPLE_MASKED] = { "masked phone", LINKAGE_CATEGORY,
			    .sound = LINKAGE_NONE },
	[PEOPLE_ID_NO] = { "id_no", LINKAGE_IDNUM, .sound = LINKAGE_NONE },
	[PEOPLE_PROOF] = { "valid id_no", LINKAGE_IDNUM, .proof = true,
			   .sound = LINKAGE_NONE },
	[PEOPLE_BIRTH] = { "birth_date", LINKAGE_DATE, .sound = LINKAGE_NONE },
	[PEOPLE_GENDER] = { "gender", LINKAGE_GENDER, .attribute = true,
			    .sound = LINKAGE_NONE },
	[PEOPLE_EMAIL] = { "email", LINKAGE_EMAIL, .sound = LINKAGE_NONE },
	[PEOPLE_WECHAT] = { "wechat", LINKAGE_IDNUM, .sound = LINKAGE_NONE },
	[PEOPLE_ADDRESS] = { "address", LINKAGE_ADDRESS,
			     .sound = LINKAGE_NONE },
	[PEOPLE_VIN] = { "vin", LINKAGE_VIN, .sound = LINKAGE_NONE },
	[PEOPLE_PLATE] = { "plate_no", LINKAGE_PLATE, .sound = LINKAGE_NONE },
};

#define NOTHING UINT32_MAX

/* What a raw cell comes to; kept, since most stand in many rows. */
struct known {
	uint32_t seen;		/* 0: not looked at yet */
	uint32_t value;		/* in values[field], or NOTHING */
	uint32_t proof;		/* likewise, of PEOPLE_PROOF */
	uint32_t masked;	/* likewise, of PEOPLE_MASKED */
	uint32_t gender;	/* 'F', 'M' or 0 */
};

struct fact_key {
	uint32_t record, field, value;
};

const char *people_source_name(enum people_source source)
{
	return source == PEOPLE_LEAD ? "lead_id" : "customer_id";
}

struct people *people_new(void)
{
	struct people *p = mem_zalloc(1, sizeof(*p));

	p->records = group_new(0, 0, NULL, NULL);
	p->facts = group_new(sizeof(struct people_days), 0, NULL, NULL);
	for (size_t i = 0; i < PEOPLE_COLUMNS; i++) {
		p->raw[i] = group_new(sizeof(struct known), 0, NULL, NULL);
		p->values[i] = group_new(0, 0, NULL, NULL);
	}
	p->pinyin = pinyin_new();
	return p;
}

void people_free(struct people *p)
{
	for (size_t i = 0; i < PEOPLE_COLUMNS; i++) {
		group_free(p->raw[i]);
		group_free(p->values[i]);
	}
	group_free(p->records);
	group_free(p->facts);
	pinyin_free(p->pinyin);
	buf_release(&p->key);
	buf_release(&p->form);
	buf_release(&p->cells);
	free(p->order);
	free(p->number);
	free(p->fact);
	free(p->start);
	free(p);
}

/* A sign for the source goes before the id: customers sort before leads. */
static struct text key_of(struct people *p, enum people_source source,
			  struct text id)
{
	buf_clear(&p->key);
	buf_addc(&p->key, source == PEOPLE_LEAD ? 'L' : 'C');
	buf_addt(&p->key, id);
	return buf_text(&p->key);
}

uint32_t people_record(struct people *p, enum people_source source,
		       struct text id)
{
	return (uint32_t)group_intern(p->records, key_of(p, source, id));
}

/* ---- cells ---- */

static uint32_t intern(struct people *p, enum people_field field,
		       enum linkage_kind kind, struct text cell)
{
	buf_clear(&p->form);
	linkfield_value(&p->form, kind, cell);
	if (!p->form.n)
		return NOTHING;
	return (uint32_t)group_intern(p->values[field], buf_text(&p->form));
}

static void know_name(struct people *p, struct text cell, struct known *k)
{
	struct person who = person_read(cell);

	k->gender = (uint32_t)(unsigned char)who.gender;
	k->value = intern(p, PEOPLE_NAME, who.firm ? LINKAGE_FIRM :
						     LINKAGE_NAME, cell);
}

/* 15 digits of before 1999 are 18 without the century and the check sign. */
static struct text in_full(struct text key, char to[18])
{
	memcpy(to, key.p, 6);
	memcpy(to + 6, "19", 2);
	memcpy(to + 8, key.p + 6, 9);
	to[17] = checksign_citizen(to);
	return (struct text){ to, 18 };
}

static void know_id_no(struct people *p, struct text cell, struct known *k)
{
	struct idno id;
	char full[18];

	if (clean_is_null_code(cell))
		return;
	id = idno_read(cell);
	if (id.kind == IDNO_MASKED || id.kind == IDNO_DESTROYED)
		return;
	if (id.kind == IDNO_OLD)
		cell = in_full(cell, full);
	k->value = intern(p, PEOPLE_ID_NO, LINKAGE_IDNUM, cell);
	if (k->value != NOTHING &&
	    (id.kind == IDNO_PERSON || id.kind == IDNO_OLD ||
	     id.kind == IDNO_FIRM))
		k->proof = (uint32_t)group_intern(
			p->values[PEOPLE_PROOF],
			group_key(p->values[PEOPLE_ID_NO], k->value));
}

/* The first three and the last four digits of a mobile, without the 1 in
 * front that all have: as much as 138****8000 shows. */
#define ENDS 6

static bool masked_ends(struct text t, char ends[ENDS])
{
	if (t.n != 11 || t.p[0] != '1')
		return false;
	memcpy(ends, t.p + 1, 2);
	memcpy(ends + 2, t.p + 7, 4);
	for (size_t i = 0; i < ENDS; i++)
		if (!ascii_is_digit(ends[i]))
			return false;
	return true;
}

static void know_phone(struct people *p, struct text cell, struct known *k)
{
	char room[PHONE_BYTES], ends[ENDS];
	struct phone phone = phone_read(cell, room);

	if (phone.kind == PHONE_MASKED && masked_ends(phone.text, ends))
		k->masked = (uint32_t)group_intern(
			p->values[PEOPLE_MASKED],
			(struct text){ ends, ENDS });
	if (phone_links(phone) || phone.kind == PHONE_LANDLINE ||
	    phone.kind == PHONE_FOREIGN)
		k->value = intern(p, PEOPLE_PHONE, LINKAGE_PHONE, phone.text);
}

static void know(struct people *p, enum people_field field, struct text cell,
		 struct known *k)
{
	k->seen = 1;
	k->value = k->proof = k->masked = NOTHING;
	k->gender = 0;
	if (field == PEOPLE_NAME)
		know_name(p, cell, k);
	else if (field == PEOPLE_ID_NO)
		know_id_no(p, cell, k);
	else if (field == PEOPLE_PHONE)
		know_phone(p, cell, k);
	else
		k->value = intern(p, field, columns[field].kind, cell);
}

static struct known look_up(struct people *p, enum people_field field,
			    struct text cell)
{
	size_t i = group_intern(p->raw[field], cell);
	struct known *k = group_entry(p->raw[field], i);

	if (!k->seen)
		know(p, field, cell, k);
	return *k;
}

/* ---- facts ---- */

static void add_fact(struct people *p, uint32_t record, enum people_field field,
		     uint32_t value, int32_t day)
{
	const struct fact_key key = { record, (uint32_t)field, value };
	struct people_days *days;

	if (value == NOTHING)
		return;
	days = group_entry(p->facts,
			   group_intern(p->facts,
					(struct text){ (const char *)&key,
						       sizeof(key) }));
	if (day == DAY_NONE)
		return;
	day += PEOPLE_DAY_BIAS;
	if (!days->first || day < days->first)
		days->first = day;
	if (day > days->last)
		days->last = day;
}

static void tell(struct people *p, uint32_t record, enum people_field field,
		 struct text cell, int32_t day)
{
	static const char sexes[] = "f\0m";
	struct known k;

	if (!cell.n)
		return;
	k = look_up(p, field, cell);
	add_fact(p, record, field, k.value, day);
	add_fact(p, record, PEOPLE_PROOF, k.proof, DAY_NONE);
	add_fact(p, record, PEOPLE_MASKED, k.masked, DAY_NONE);
	if (k.gender)
		tell(p, record, PEOPLE_GENDER,
		     text_of(sexes + (k.gender == 'M' ? 2 : 0)), DAY_NONE);
}

void people_tell(struct people *p, uint32_t record, enum people_field field,
		 struct text cell)
{
	struct text one;

	if (field != PEOPLE_PHONE) {
		tell(p, record, field, cell, DAY_NONE);
		return;
	}
	/* phone_alt holds several. */
	while (text_split(&cell, '/', &one))
		tell(p, record, field, one, DAY_NONE);
}

void people_drive(struct people *p, uint32_t record, struct text vin,
		  int32_t day)
{
	tell(p, record, PEOPLE_VIN, vin, day);
}

/* ---- order ---- */

/* A value's place in the bytewise order of its field. */
static uint32_t *ranks(const struct group *g)
{
	uint32_t *sorted = group_sorted(g);
	uint32_t *rank = mem_alloc(group_count(g), sizeof(*rank));

	for (size_t i = 0; i < group_count(g); i++)
		rank[sorted[i]] = (uint32_t)i;
	free(sorted);
	return rank;
}

static int by_place(const void *a, const void *b)
{
	const struct people_fact *x = a, *y = b;

	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	if (x->field != y->field)
		return x->field < y->field ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

/* Facts with their values' ranks in place of the values, sorted, and back. */
static void sort_facts(struct people *p)
{
	uint32_t *rank[PEOPLE_COLUMNS], *value[PEOPLE_COLUMNS];

	for (size_t i = 0; i < PEOPLE_COLUMNS; i++) {
		rank[i] = ranks(p->values[i]);
		value[i] = group_sorted(p->values[i]);
	}
	for (size_t i = 0; i < p->nfacts; i++)
		p->fact[i].value = rank[p->fact[i].field][p->fact[i].value];
	qsort(p->fact, p->nfacts, sizeof(*p->fact), by_place);
	for (size_t i = 0; i < p->nfacts; i++)
		p->fact[i].value = value[p->fact[i].field][p->fact[i].value];
	for (size_t i = 0; i < PEOPLE_COLUMNS; i++) {
		free(rank[i]);
		free(value[i]);
	}
}

/* A whole phone has the ends of a masked one: the ends are told of it, too.
 * (Phones that nobody masked would only say everything twice.) */
static void tell_ends(struct people *p)
{
	size_t n = group_count(p->facts);

	for (size_t i = 0; i < n; i++) {
		struct fact_key key;
		struct text phone;
		char ends[ENDS];
		size_t masked;

		memcpy(&key, group_key(p->facts, i).p, sizeof(key));
		if (key.field != PEOPLE_PHONE)
			continue;
		phone = group_key(p->values[PEOPLE_PHONE], key.value);
		if (phone.n != 10)
			continue;
		memcpy(ends, phone.p, 2);
		memcpy(ends + 2, phone.p + 6, 4);
		masked = group_find(p->values[PEOPLE_MASKED],
				    (struct text){ ends, ENDS });
		if (masked != SIZE_MAX)
			add_fact(p, key.record, PEOPLE_MASKED,
				 (uint32_t)masked, DAY_NONE);
	}
}

static void find_sets(struct people *p)
{
	memcpy(p->column, columns, sizeof(columns));
	for (size_t i = 1; i < p->nfacts; i++)
		if (p->fact[i].record == p->fact[i - 1].record &&
		    p->fact[i].field == p->fact[i - 1].field)
			p->column[p->fact[i].field].set = true;
	/* Who has two proofs has none. */
	p->column[PEOPLE_PROOF].set = false;
	p->column[PEOPLE_SOUND].set = p->column[PEOPLE_NAME].set;
}

const struct linkage_column *people_columns(const struct people *p)
{
	return p->column;
}

void people_finish(struct people *p)
{
	size_t n = group_count(p->records), at = 0;

	tell_ends(p);
	p->order = group_sorted(p->records);
	p->number = mem_alloc(n, sizeof(*p->number));
	for (size_t i = 0; i < n; i++)
		p->number[p->order[i]] = (uint32_t)i;
	p->nfacts = group_count(p->facts);
	p->fact = mem_alloc(p->nfacts, sizeof(*p->fact));
	for (size_t i = 0; i < p->nfacts; i++) {
		struct fact_key key;

		memcpy(&key, group_key(p->facts, i).p, sizeof(key));
		p->fact[i] = (struct people_fact){
			p->number[key.record], key.field, key.value,
			*(struct people_days *)group_entry(p->facts, i)
		};
	}
	sort_facts(p);
	find_sets(p);
	p->start = mem_alloc(n + 1, sizeof(*p->start));
	for (size_t i = 0; i <= n; i++) {
		while (at < p->nfacts && p->fact[at].record < i)
			at++;
		p->start[i] = at;
	}
}

uint32_t people_count(const struct people *p)
{
	return (uint32_t)group_count(p->records);
}

enum people_source people_source(const struct people *p, uint32_t record)
{
	return *group_key(p->records, p->order[record]).p == 'L' ?
		       PEOPLE_LEAD :
		       PEOPLE_CUSTOMER;
}

struct text people_id(const struct people *p, uint32_t record)
{
	struct text key = group_key(p->records, p->order[record]);

	return (struct text){ key.p + 1, key.n - 1 };
}

uint32_t people_find(const struct people *p, enum people_source source,
		     struct text id)
{
	struct buf key = { 0 };
	size_t i;

	buf_addc(&key, source == PEOPLE_LEAD ? 'L' : 'C');
	buf_addt(&key, id);
	i = group_find(p->records, buf_text(&key));
	buf_release(&key);
	return i == SIZE_MAX ? NOTHING : p->number[i];
}

/* ---- cells out ---- */

struct text people_value(const struct people *p, const struct people_fact *f)
{
	return group_key(p->values[f->field], f->value);
}

/* The readings of all names, line by line as they stand. */
static void put_sounds(struct people *p, const struct people_fact *f, size_t n)
{
	bool any = false;
	size_t at = p->cells.n;

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(&p->cells, '\n');
		any |= pinyin_name(p->pinyin, people_value(p, f + i),
				   &p->cells);
	}
	if (!any)
		p->cells.n = at;
}

void people_cells(struct people *p, uint32_t record, struct text *cell)
{
	const struct people_fact *f = p->fact + p->start[record];
	const struct people_fact *end = p->fact + p->start[record + 1];
	size_t from[PEOPLE_COLUMNS] = { 0 }, to[PEOPLE_COLUMNS] = { 0 };

	buf_clear(&p->cells);
	while (f < end) {
		size_t field = f->field, n = 0;

		from[field] = to[field] = p->cells.n;
		for (; f + n < end && f[n].field == field; n++) {
			if (n)
				buf_addc(&p->cells, '\n');
			buf_addt(&p->cells, people_value(p, f + n));
		}
		if (field != PEOPLE_PROOF || n == 1)
			to[field] = p->cells.n;
		if (field == PEOPLE_NAME) {
			from[PEOPLE_SOUND] = p->cells.n;
			put_sounds(p, f, n);
			to[PEOPLE_SOUND] = p->cells.n;
		}
		f += n;
	}
	for (size_t i = 0; i < PEOPLE_COLUMNS; i++)
		cell[i] = (struct text){ p->cells.p + from[i],
					 to[i] - from[i] };
}
