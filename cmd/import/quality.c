/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --quality: what the columns of each file hold, and how many departments
 * know the customers of each.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/number.h"
#include "canon/clean.h"
#include "canon/mask.h"
#include "canon/vin.h"
#include "cmd/import/import.h"
#include "stream/csv_out.h"
#include "stream/sink.h"

#define EXAMPLES 3
/* Files about more persons than this are treated apart by data rules. */
#define MANY_PERSONS 100000

enum { SALES = 1, SERVICE = 2, PARTS = 4, SURVEY = 8, DEPARTMENTS = 4 };

struct column_quality {
	uint64_t filled, valid;
	struct group *distinct;		/* 8 bytes of hash a value */
	struct text example[EXAMPLES];	/* masked */
	size_t examples;
};

struct sheet_quality {
	uint64_t rows, twice;
	struct group *seen;		/* hash of each row */
	struct column_quality *column;
	unsigned department;		/* bit; 0: none of the four */
	uint64_t customers, by[DEPARTMENTS + 1];
};

/* A customer in a file, before it is known who that is. */
struct sighting {
	uint32_t sheet, who;
};

struct about {
	unsigned departments;
	bool firm;
};

struct quality {
	const struct import *run;
	struct sheet_quality *sheet;
	struct group *sightings;	/* struct sighting -> bool: a firm */
	struct group *customers;	/* id -> struct about */
	struct buf room;
	struct sink *sink;
	struct arena hold;
};

/* ---- reading ---- */

static bool has(const struct plan *p, const char *fields)
{
	struct text rest = text_of(fields), word;

	while (text_split(&rest, ' ', &word))
		if (p->of_field[2 * field_find(word)] != PLAN_NONE)
			return true;
	return false;
}

/* Whose file is it? Parts over the counter have no labour. */
static unsigned department_of(const struct plan *p)
{
	if (p->canonical)
		return 0;
	switch (p->kind) {
	case EXPORT_SALE:
		return SALES;
	case EXPORT_SERVICE:
		if (has(p, "labor_amount labor_hours ro_no") ||
		    !has(p, "part_no part_name parts_amount"))
			return SERVICE;
		return PARTS;
	case EXPORT_SURVEY:
		return SURVEY;
	default:
		return 0;
	}
}

struct quality *quality_open(const struct import *run)
{
	struct quality *q;

	if (!run->o->quality)
		return NULL;
	q = mem_zalloc(1, sizeof(*q));
	q->run = run;
	q->sightings = group_new(sizeof(bool), 0, NULL, NULL);
	q->customers = group_new(sizeof(struct about), 0, NULL, NULL);
	q->sheet = mem_zalloc(run->sheets, sizeof(*q->sheet));
	for (size_t i = 0; i < run->sheets; i++) {
		struct sheet_quality *s = &q->sheet[i];
		const struct plan *p = &run->sheet[i].plan;

		s->department = department_of(p);
		s->seen = group_new(0, 0, NULL, NULL);
		s->column = mem_zalloc(p->columns, sizeof(*s->column));
		for (size_t k = 0; k < p->columns; k++)
			s->column[k].distinct = group_new(0, 0, NULL, NULL);
	}
	return q;
}

static bool add_hash(struct group *g, uint64_t hash)
{
	size_t n = group_count(g);

	group_intern(g, (struct text){ (const char *)&hash, sizeof(hash) });
	return group_count(g) > n;
}

/* Is a value that was read free of doubts? */
static bool is_sound(enum field_kind kind, struct text value)
{
	struct reading_doubts d = { 0 };
	struct buf flags = { 0 };
	bool sound;

	switch (kind) {
	case FIELD_PHONE:
		d.phone = value;
		break;
	case FIELD_VIN:
		/* A check digit that binds nowhere speaks against nothing. */
		return vin_links(vin_read(value));
	case FIELD_PLATE:
		d.plate_no = value;
		break;
	case FIELD_IDNO:
		d.id_no = value;
		break;
	case FIELD_EMAIL:
		d.email = value;
		break;
	default:
		return true;
	}
	reading_flags(&flags, &d);
	sound = flags.n == 0;
	buf_release(&flags);
	return sound;
}

static void add_example(struct quality *q, struct column_quality *c,
			size_t field, struct text value)
{
	struct buf masked = { 0 };
	struct text t;

	if (c->examples == EXAMPLES)
		return;
	mask_field(&masked, field, value);
	t = buf_text(&masked);
	for (size_t i = 0; i < c->examples; i++)
		if (text_eq(c->example[i], t))
			t.n = 0;
	if (t.n)
		c->example[c->examples++] = (struct text){
			arena_copy(&q->hold, t.p, t.n), t.n
		};
	buf_release(&masked);
}

static void take_cell(struct quality *q, struct column_quality *c,
		      const struct plan_column *p,
		      const struct reading_rules *rules, struct text raw)
{
	struct text plain = clean_text(raw), value = plain;
	struct reading r = { .text = plain };
	enum reason reason = REASON_NONE;

	buf_clear(&q->room);
	if (p->match.field != FIELD_NONE || p->question)
		reason = reading_take(raw, &p->reading, rules,
				      buf_room(&q->room, READING_ROOM(raw.n)),
				      &r);
	else if (clean_is_null(plain))
		r.text.n = 0;
	if (!reason && r.text.n == 0)
		return;
	if (!reason)
		value = r.text;
	c->filled++;
	add_hash(c->distinct, hash_bytes(value.p, value.n));
	if (!reason && is_sound(p->reading.kind, value))
		c->valid++;
	else
		add_example(q, c, p->match.field, value);
}

void quality_row(struct quality *q, const struct sheet *sheet,
		 const struct text *cell, const struct project *project)
{
	size_t at = (size_t)(sheet - q->run->sheet);
	struct sheet_quality *s = &q->sheet[at];
	struct project_about about = project_about(project);
	uint64_t hash = 0;

	s->rows++;
	for (size_t i = 0; i < sheet->columns; i++) {
		const struct plan_column *p = &sheet->plan.column[i];

		take_cell(q, &s->column[i], p, &sheet->project.rules, cell[i]);
		if (p->match.field == FIELD_NONE ||
		    field_all[p->match.field].about != ABOUT_LAYOUT)
			hash = hash_mix(hash ^ HASH_SALT_A,
					hash_bytes(cell[i].p, cell[i].n) + i);
	}
	s->twice += !add_hash(s->seen, hash);
	if (about.who != SHELF_NOBODY) {
		const struct sighting seen = { (uint32_t)at, about.who };
		bool *firm = group_entry(
			q->sightings,
			group_intern(q->sightings,
				     (struct text){ (const char *)&seen,
						    sizeof(seen) }));

		*firm |= about.firm;
	}
}

/* ---- who it was ---- */

static struct sighting sighting_of(const struct quality *q, size_t i)
{
	struct sighting s;

	memcpy(&s, group_key(q->sightings, i).p, sizeof(s));
	return s;
}

static struct about *about_of(struct quality *q, struct text id)
{
	return group_entry(q->customers, group_intern(q->customers, id));
}

static size_t bits(unsigned set)
{
	return (size_t)__builtin_popcount(set);
}

static void find_customers(struct quality *q, const struct identity *identity)
{
	for (size_t i = 0; i < group_count(q->sightings); i++) {
		struct sighting s = sighting_of(q, i);
		struct about *a = about_of(q, identity_id(identity, s.who));

		a->departments |= q->sheet[s.sheet].department;
		a->firm |= *(bool *)group_entry(q->sightings, i);
	}
}

/* Each customer once a file, by how many departments know it. */
static void count_coverage(struct quality *q, const struct identity *identity)
{
	struct group *pairs = group_new(0, 0, NULL, NULL);
	struct buf key = { 0 };

	for (size_t i = 0; i < group_count(q->sightings); i++) {
		struct sighting s = sighting_of(q, i);
		struct text id = identity_id(identity, s.who);
		size_t n = group_count(pairs);

		buf_clear(&key);
		buf_add(&key, (const char *)&s.sheet, sizeof(s.sheet));
		buf_addt(&key, id);
		group_intern(pairs, buf_text(&key));
		if (group_count(pairs) == n)
			continue;
		q->sheet[s.sheet].customers++;
		q->sheet[s.sheet].by[bits(about_of(q, id)->departments)]++;
	}
	group_free(pairs);
	buf_release(&key);
}

/* ---- writing ---- */

static void put_line(struct quality *q, const char *file, struct text column,
		     struct text canonical, const char *measure,
		     struct text value, const char *share)
{
	struct sink *s = q->sink;
	const struct text cell[] = { text_of(file), column, canonical,
				     text_of(measure), value };

	for (size_t i = 0; i < NELEMS(cell); i++) {
		csvout_cell(s, cell[i], ',');
		sink_put(s, ",", 1);
	}
	sink_puts(s, share);
	sink_put(s, "\n", 1);
}

/* A count, and its share of `of` when that is not nothing. */
static void put_count(struct quality *q, const char *file, struct text column,
		      struct text canonical, const char *measure, uint64_t n,
		      uint64_t of)
{
	char digits[20], share[NUMBER_MAX_BYTES] = "";

	if (of)
		number_format_share((double)n / (double)of, share);
	put_line(q, file, column, canonical, measure,
		 (struct text){ digits, text_put_u64(digits, n) }, share);
}

static void put_column(struct quality *q, const struct sheet *sheet, size_t i)
{
	const struct sheet_quality *s = &q->sheet[sheet - q->run->sheet];
	const struct column_quality *c = &s->column[i];
	struct text header = sheet->header[i], as = sheet->column[i].as;
	const char *file = sheet->shown.p;

	put_count(q, file, header, as, "filled", c->filled, s->rows);
	put_count(q, file, header, as, "valid", c->valid, c->filled);
	put_count(q, file, header, as, "distinct",
		  group_count(c->distinct), c->filled);
	for (size_t k = 0; k < c->examples; k++)
		put_line(q, file, header, as, "invalid", c->example[k], "");
}

static void put_coverage(struct quality *q, const char *file,
			 const uint64_t *by, uint64_t customers)
{
	static const char *const measure[] = { "departments_0",
					       "departments_1",
					       "departments_2",
					       "departments_3",
					       "departments_4" };

	put_count(q, file, TEXT(""), TEXT(""), "customers", customers, 0);
	for (size_t k = 0; k <= DEPARTMENTS; k++)
		put_count(q, file, TEXT(""), TEXT(""), measure[k], by[k],
			  customers);
}

static void put_sheet(struct quality *q, const struct sheet *sheet)
{
	const struct sheet_quality *s = &q->sheet[sheet - q->run->sheet];
	const char *file = sheet->shown.p;

	put_count(q, file, TEXT(""), TEXT(""), "rows", s->rows, 0);
	put_count(q, file, TEXT(""), TEXT(""), "duplicates", s->twice,
		  s->rows);
	put_coverage(q, file, s->by, s->customers);
	for (size_t i = 0; i < sheet->columns; i++)
		put_column(q, sheet, i);
}

static void put_run(struct quality *q)
{
	uint64_t by[DEPARTMENTS + 1] = { 0 }, persons = 0;
	const struct input_counts *c = &q->run->counts;
	uint64_t n = group_count(q->customers);

	for (size_t i = 0; i < n; i++) {
		const struct about *a = group_entry(q->customers, i);

		by[bits(a->departments)]++;
		persons += !a->firm;
	}
	put_count(q, "", TEXT(""), TEXT(""), "rows", c->in, 0);
	put_count(q, "", TEXT(""), TEXT(""), "duplicates", c->merged, c->in);
	put_count(q, "", TEXT(""), TEXT(""), "rejected", c->rejected, c->in);
	put_coverage(q, "", by, n);
	put_count(q, "", TEXT(""), TEXT(""), "persons", persons, 0);
	put_line(q, "", TEXT(""), TEXT(""), "persons_over_100000",
		 persons > MANY_PERSONS ? TEXT("yes") : TEXT("no"), "");
}

void quality_write(struct quality *q, const struct identity *identity)
{
	if (!q)
		return;
	find_customers(q, identity);
	count_coverage(q, identity);
	q->sink = sink_open(q->run->o->quality, SINK_PLAIN);
	sink_puts(q->sink, "file,column,canonical,measure,value,share\n");
	put_run(q);
	for (size_t i = 0; i < q->run->sheets; i++)
		put_sheet(q, &q->run->sheet[i]);
	sink_close(q->sink);
}

void quality_close(struct quality *q)
{
	if (!q)
		return;
	for (size_t i = 0; i < q->run->sheets; i++) {
		struct sheet_quality *s = &q->sheet[i];

		for (size_t k = 0; k < q->run->sheet[i].plan.columns; k++)
			group_free(s->column[k].distinct);
		free(s->column);
		group_free(s->seen);
	}
	group_free(q->sightings);
	group_free(q->customers);
	free(q->sheet);
	buf_release(&q->room);
	arena_release(&q->hold);
	free(q);
}
