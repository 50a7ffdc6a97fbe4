/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-link FILE...: canonical streams in, who is who out: the links, the pairs
 * in doubt, the streams with their ids.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/output.h"

#include "cmd/link/stream.h"
#include "cmd/link/verbs.h"

enum column {
	CUSTOMER_ID,
	LEAD_ID,
	LINKED_FROM,
	/* of customers and leads */
	NAME,
	PHONE,
	PHONE_ALT,
	ID_NO,
	BIRTH,
	GENDER,
	EMAIL,
	WECHAT,
	ADDRESS,
	/* of all that concerns a car */
	VIN,
	PLATE,
	DATE,
	AT,
	/* which stream it is */
	TXN_ID,
	RESPONSE_ID,
	CASE_ID,
	COLUMNS
};

static const struct input_column columns[COLUMNS] = {
	[CUSTOMER_ID] = { "customer_id", COL_TEXT, INPUT_OPTIONAL },
	[LEAD_ID] = { "lead_id", COL_TEXT, INPUT_OPTIONAL },
	[LINKED_FROM] = { "linked_from", COL_TEXT, INPUT_OPTIONAL },
	[NAME] = { "name", COL_TEXT, INPUT_OPTIONAL },
	[PHONE] = { "phone", COL_TEXT, INPUT_OPTIONAL },
	[PHONE_ALT] = { "phone_alt", COL_TEXT, INPUT_OPTIONAL },
	[ID_NO] = { "id_no", COL_TEXT, INPUT_OPTIONAL },
	[BIRTH] = { "birth_date", COL_TEXT, INPUT_OPTIONAL },
	[GENDER] = { "gender", COL_TEXT, INPUT_OPTIONAL },
	[EMAIL] = { "email", COL_TEXT, INPUT_OPTIONAL },
	[WECHAT] = { "wechat", COL_TEXT, INPUT_OPTIONAL },
	[ADDRESS] = { "address", COL_TEXT, INPUT_OPTIONAL },
	[VIN] = { "vin", COL_TEXT, INPUT_OPTIONAL },
	[PLATE] = { "plate_no", COL_TEXT, INPUT_OPTIONAL },
	[DATE] = { "date", COL_TEXT, INPUT_OPTIONAL },
	[AT] = { "at", COL_TEXT, INPUT_OPTIONAL },
	[TXN_ID] = { "txn_id", COL_TEXT, INPUT_OPTIONAL },
	[RESPONSE_ID] = { "response_id", COL_TEXT, INPUT_OPTIONAL },
	[CASE_ID] = { "case_id", COL_TEXT, INPUT_OPTIONAL },
};

/* What the cells of customers and leads tell. */
static const struct {
	enum column column;
	enum people_field field;
} personal[] = {
	{ NAME, PEOPLE_NAME },	     { PHONE, PEOPLE_PHONE },
	{ PHONE_ALT, PEOPLE_PHONE }, { ID_NO, PEOPLE_ID_NO },
	{ BIRTH, PEOPLE_BIRTH },     { GENDER, PEOPLE_GENDER },
	{ EMAIL, PEOPLE_EMAIL },     { WECHAT, PEOPLE_WECHAT },
	{ ADDRESS, PEOPLE_ADDRESS },
};

/* An id that a record was given before, until the records have numbers. */
struct had {
	enum people_source source;
	struct text name, id;
};

struct streams {
	struct link_options o;
	const char *stamp_dir;
	struct input *in;
	struct people *people;
	struct stamp *stamp;
	struct link_record *record;
	struct had *had;
	size_t nhad, had_cap;
	struct group *had_seen;
	struct arena arena;
};

/* ---- whom a row is about ---- */

struct stream_row stream_row_of(struct text customer_id, struct text lead_id,
				struct text linked_from, bool stamped)
{
	struct stream_row row = { PEOPLE_CUSTOMER, customer_id, { NULL, 0 } };

	if (stamped) {
		row.had = customer_id;
		row.name = linked_from;
	}
	if (!row.name.n && lead_id.n) {
		row.source = PEOPLE_LEAD;
		row.name = lead_id;
	}
	return row;
}

/* ---- reading ---- */

/* The columns of one file, looked up once. */
struct file {
	const char *path;
	bool stamped;		/* has linked_from */
	bool is_about_people;	/* customers or leads, or the like */
};

static bool has(const struct input *in, const char *name)
{
	for (size_t i = 0; i < input_width(in); i++)
		if (text_is(input_header(in, i), name))
			return true;
	return false;
}

static struct file look_at(const struct streams *s, const char *path)
{
	const struct input *in = s->in;

	if (!has(in, "customer_id") && !has(in, "lead_id"))
		die("%s: no column customer_id or lead_id: not a canonical "
		    "stream of customers; crm-link dedupe --id COL links any "
		    "one table", path);
	return (struct file){ path, has(in, "linked_from"),
			      !has(in, "txn_id") && !has(in, "response_id") &&
				      !has(in, "case_id") };
}

static void keep_had(struct streams *s, const struct stream_row *row)
{
	struct buf key = { 0 };
	size_t known = group_count(s->had_seen), at;

	buf_addf(&key, "%d", row->source);
	buf_addt(&key, row->name);
	buf_addc(&key, '\0');
	buf_addt(&key, row->had);
	at = group_intern(s->had_seen, buf_text(&key));
	buf_release(&key);
	if (at != known)
		return;
	s->had = mem_grow(s->had, s->nhad, &s->had_cap, sizeof(*s->had));
	s->had[s->nhad++] = (struct had){
		row->source,
		{ arena_copy(&s->arena, row->name.p, row->name.n),
		  row->name.n },
		{ arena_copy(&s->arena, row->had.p, row->had.n), row->had.n }
	};
}

static int32_t day_of_row(const struct cell *c)
{
	int32_t day;

	if (c[DATE].known && day_parse(c[DATE].text, &day))
		return day;
	if (c[AT].known && day_parse(c[AT].text, &day))
		return day;
	return DAY_NONE;
}

static void take_row(struct streams *s, const struct file *f,
		     const struct cell *c)
{
	struct stream_row row = stream_row_of(c[CUSTOMER_ID].text,
					      c[LEAD_ID].text,
					      c[LINKED_FROM].text, f->stamped);
	uint32_t r;

	if (!row.name.n)
		return;
	r = people_record(s->people, row.source, row.name);
	if (row.had.n)
		keep_had(s, &row);
	if (f->is_about_people)
		for (size_t i = 0; i < NELEMS(personal); i++)
			people_tell(s->people, r, personal[i].field,
				    c[personal[i].column].text);
	people_tell(s->people, r, PEOPLE_PLATE, c[PLATE].text);
	people_drive(s->people, r, c[VIN].text, day_of_row(c));
}

static void read_rows(struct streams *s)
{
	struct file file = { 0 };
	struct row row;

	while (input_next(s->in, &row)) {
		if (row.file != file.path)
			file = look_at(s, row.file);
		take_row(s, &file, row.cell);
	}
}

/* ---- records ---- */

static void name_records(struct streams *s)
{
	uint32_t n = people_count(s->people);

	s->record = mem_alloc(n, sizeof(*s->record));
	for (uint32_t i = 0; i < n; i++) {
		enum people_source source = people_source(s->people, i);

		s->record[i] = (struct link_record){
			people_source_name(source), people_id(s->people, i),
			source == PEOPLE_LEAD
		};
	}
}

static void cells_of(void *ctx, uint32_t record, struct text *cell)
{
	people_cells(ctx, record, cell);
}

static void ignore_sales(struct streams *s, struct link_run *r)
{
	size_t n;
	struct people_pair *sale = people_sales(s->people, &n);

	for (size_t i = 0; i < n; i++) {
		linkage_ignore(r->linkage, sale[i].a, sale[i].b, PEOPLE_VIN);
		linkage_ignore(r->linkage, sale[i].a, sale[i].b, PEOPLE_PLATE);
	}
	free(sale);
}

static void join_titles(struct streams *s, struct link_run *r)
{
	size_t n;
	struct people_pair *title = people_titles(s->people, &n);

	for (size_t i = 0; i < n; i++)
		link_rule(r, title[i].a, title[i].b);
	free(title);
}

static void tell_had(const struct streams *s, struct link_run *r)
{
	for (size_t i = 0; i < s->nhad; i++)
		link_had(r, people_find(s->people, s->had[i].source,
					s->had[i].name), s->had[i].id);
}

/* ---- the run ---- */

/* The links go to standard output (or -o) unless something else was asked
 * for. */
static bool wants_links(const struct streams *s)
{
	return s->o.common.output || (!s->o.links && !s->stamp_dir);
}

static void tell(const struct streams *s, const struct link_run *r)
{
	if (s->o.common.verbose)
		link_tell_model(r);
	if (s->o.truth)
		link_tell_truth(r);
}

static int write_all(struct streams *s, struct link_run *r)
{
	struct common common = s->o.common;
	struct output *out = NULL;
	int status = EXIT_DONE;

	if (wants_links(s))
		out = link_put_links(r, &common);
	if (s->stamp)
		stamp_write(s->stamp, r);
	input_close(s->in, out ? output_rows(out) : r->n);
	if (s->o.links)
		link_write_links(r);
	if (s->o.review)
		link_write_review(r);
	if (s->o.model)
		link_write_model(r, (struct text){ NULL, 0 });
	if (s->stamp)
		stamp_close(s->stamp);
	if (out)
		status = output_close(out);
	return status;
}

static int run(struct streams *s, char **files, size_t nfiles)
{
	struct link_run r = { .o = &s->o, .before = text_cmp,
			      .columns = PEOPLE_COLUMNS, .cells = cells_of };
	int status = EXIT_DONE;

	s->people = people_new();
	s->had_seen = group_new(0, 0, NULL, NULL);
	if (s->stamp_dir && !s->o.common.dry_run)
		s->stamp = stamp_open(&s->o, s->stamp_dir, files, nfiles);
	s->in = input_open(&s->o.common, NULL, columns, COLUMNS, files,
			   nfiles);
	read_rows(s);
	people_finish(s->people);
	name_records(s);
	r.column = people_columns(s->people);
	r.record = s->record;
	r.n = people_count(s->people);
	r.ctx = s->people;
	link_begin(&r);
	ignore_sales(s, &r);
	join_titles(s, &r);
	tell_had(s, &r);
	link_finish(&r);
	tell(s, &r);
	if (s->o.common.dry_run)
		input_close(s->in, 0);
	else
		status = write_all(s, &r);
	link_end(&r);
	people_free(s->people);
	group_free(s->had_seen);
	arena_release(&s->arena);
	free(s->record);
	free(s->had);
	return status;
}

int link_streams(int argc, char **argv)
{
	struct streams s = { 0 };
	struct opt shared[LINK_OPTS];
	const char *result;
	size_t nfiles;
	char **files;

	link_options_init(&s.o);
	/* A dealer's customers bring their families. */
	s.o.households = true;
	link_options_table(&s.o, shared);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "stamp", "DIR",
		  "each file once more, with customer_id filled in",
		  .to = &s.stamp_dir },
		{ .kind = OPT_INCLUDE, .to = shared },
		{ .kind = OPT_INCLUDE, .to = s.o.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-link", "[OPTION...] [FILE...]",
		"Finds the records of one person or firm across canonical "
		"files (customers,\nvehicles, transactions, surveys, "
		"complaints, leads).\n"
		"out: source,record,customer_id,probability,reason",
		"crm-link --stamp linked --links links.csv customers.csv "
		"leads.csv", opts
	};

	files = opt_parse(&program, argc, argv, &nfiles);
	link_options_check(&s.o);
	result = s.o.common.output ? s.o.common.output : "-";
	link_check_places(&s.o, wants_links(&s) ? result : NULL, files,
			  nfiles);
	return run(&s, files, nfiles);
}
