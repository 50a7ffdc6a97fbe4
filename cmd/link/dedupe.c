/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-link dedupe: any one table in; the same rows in their order out, with a
 * column customer_id that two rows share when they are about one person or
 * firm.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "canon/linkfield.h"
#include "stream/json_out.h"
#include "stream/output.h"

#include "cmd/link/run.h"
#include "cmd/link/verbs.h"

#define NONE SIZE_MAX

struct dedupe {
	struct link_options o;
	const char *id;
	struct opt_list compare, ignore;

	struct input *in;
	struct text *header;	/* trimmed */
	size_t width;
	size_t id_column;	/* whose values name the rows */
	size_t customer_id;	/* the column of that name, or NONE */
	size_t linked_from;	/* likewise */
	struct linkfield *fields;
	const struct linkage_column *column;
	size_t columns;

	struct link_record *record;
	uint32_t *row;		/* of each record */
	uint32_t *number;	/* of each row's record */
	struct arena arena;
};

/* ---- reading ---- */

static size_t find(const struct dedupe *d, const char *name)
{
	size_t found = NONE;

	for (size_t i = 0; i < d->width; i++) {
		if (!text_is(d->header[i], name))
			continue;
		if (found != NONE)
			die("the column \"%s\" stands twice in the header",
			    name);
		found = i;
	}
	return found;
}

static void read_header(struct dedupe *d)
{
	size_t width = input_width(d->in);

	/* JSON without an object has no header, and no rows. */
	d->width = width ? width : 1;
	d->header = mem_alloc(d->width, sizeof(*d->header));
	for (size_t i = 0; i < d->width; i++) {
		struct text t = width ? text_trim(input_header(d->in, i)) :
					text_of(d->id);

		d->header[i] = (struct text){
			arena_strdup(&d->arena, t.p, t.n), t.n
		};
	}
	d->id_column = find(d, d->id);
	if (d->id_column == NONE)
		die("no column \"%s\" (of --id) among the %zu of the header",
		    d->id, d->width);
	d->customer_id = find(d, "customer_id");
	d->linked_from = find(d, "linked_from");
	/* Its own earlier output: the rows' names stand beside. */
	if (d->id_column == d->customer_id && d->linked_from != NONE)
		d->id_column = d->linked_from;
}

/* --compare COL=KIND */
static void say_kind(struct dedupe *d, const char *said)
{
	const char *sign = strrchr(said, '=');
	enum linkage_kind kind = LINKAGE_KINDS;

	if (sign && sign != said)
		kind = linkfield_kind_of(text_of(sign + 1));
	if (kind == LINKAGE_KINDS)
		die_usage("--compare: \"%s\" is not COL=KIND with one of "
			  "given, surname, name, firm, date, phone, email, "
			  "idnum, postcode, number, address, place, gender, "
			  "category, text, vin, plate", said);
	if (!linkfield_say(d->fields, (struct text){ said,
						     (size_t)(sign - said) },
			   kind))
		die_usage("--compare: no column \"%.*s\"", (int)(sign - said),
			  said);
}

static void ignore(struct dedupe *d, size_t column)
{
	if (column != NONE)
		linkfield_ignore(d->fields, d->header[column]);
}

static void open_fields(struct dedupe *d)
{
	d->fields = linkfield_new(d->header, d->width);
	ignore(d, d->id_column);
	ignore(d, d->customer_id);
	ignore(d, d->linked_from);
	for (size_t i = 0; i < d->ignore.n; i++)
		if (!linkfield_ignore(d->fields,
				      text_of(d->ignore.item[i])))
			die_usage("--ignore: no column \"%s\"",
				  d->ignore.item[i]);
	for (size_t i = 0; i < d->compare.n; i++)
		say_kind(d, d->compare.item[i]);
}

/* Several files are one table; their columns may come in another order. */
static void match_columns(const struct dedupe *d, const char *file,
			  size_t *from)
{
	size_t width = input_width(d->in);

	for (size_t i = 0; i < d->width; i++) {
		size_t k = 0;

		while (k < width &&
		       !text_eq(text_trim(input_header(d->in, k)),
				d->header[i]))
			k++;
		if (k == width || width != d->width)
			die("%s: other columns than in the file before; "
			    "several files are one table", file);
		from[i] = k;
	}
}

static void read_rows(struct dedupe *d)
{
	struct text *cell = mem_alloc(d->width, sizeof(*cell));
	size_t *from = mem_alloc(d->width, sizeof(*from));
	const char *file = NULL;
	struct row row;

	while (input_next(d->in, &row)) {
		if (row.file != file)
			match_columns(d, row.file, from);
		file = row.file;
		for (size_t i = 0; i < d->width; i++)
			cell[i] = text_trim(
				input_raw_cell(d->in, from[i]));
		if (!cell[d->id_column].n) {
			input_reject(d->in, -1, REASON_MISSING,
				     "the column of --id is empty");
			continue;
		}
		linkfield_add(d->fields, cell);
	}
	free(cell);
	free(from);
}

/* ---- records ---- */

/* By value where both are whole numbers, else bytewise; numbers come first. */
static int by_number(struct text a, struct text b)
{
	int64_t x, y;
	bool nx = number_int(a, &x), ny = number_int(b, &y);

	if (nx != ny)
		return nx ? -1 : 1;
	if (nx && x != y)
		return x < y ? -1 : 1;
	return text_cmp(a, b);
}

struct named {
	struct text name;
	uint32_t row;
};

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int d = by_number(x->name, y->name);

	if (d)
		return d;
	return (x->row > y->row) - (x->row < y->row);
}

static void order_records(struct dedupe *d)
{
	uint32_t n = linkfield_rows(d->fields);
	struct named *named = mem_alloc(n, sizeof(*named));

	for (uint32_t i = 0; i < n; i++)
		named[i] = (struct named){
			linkfield_raw(d->fields, i, d->id_column), i
		};
	qsort(named, n, sizeof(*named), by_name);
	d->record = mem_alloc(n, sizeof(*d->record));
	d->row = mem_alloc(n, sizeof(*d->row));
	d->number = mem_alloc(n, sizeof(*d->number));
	for (uint32_t i = 0; i < n; i++) {
		d->record[i] = (struct link_record){
			d->header[d->id_column].p, named[i].name, false
		};
		d->row[i] = named[i].row;
		d->number[named[i].row] = i;
	}
	free(named);
}

static void cells_of(void *ctx, uint32_t record, struct text *cell)
{
	const struct dedupe *d = ctx;

	linkfield_record(d->fields, d->row[record], cell);
}

/* ---- writing ---- */

/* The column of ids is the one that stands there already, or a new one. The
 * output is left open. */
static struct output *write_rows(const struct dedupe *d,
				 const struct link_run *r)
{
	bool keeps_old = d->id_column == d->customer_id;
	bool adds = d->customer_id == NONE;
	size_t n = d->width + keeps_old + adds;
	struct output_column *c = mem_alloc(n, sizeof(*c));
	struct common common = d->o.common;
	struct output *out;

	for (size_t i = 0; i < d->width; i++)
		c[i] = (struct output_column){ d->header[i].p, COL_TEXT };
	if (adds || keeps_old)
		c[d->width] = (struct output_column){
			adds ? "customer_id" : "linked_from", COL_TEXT
		};
	common.private = true;
	out = output_open(&common, c, n);
	for (uint32_t i = 0; i < linkfield_rows(d->fields); i++) {
		struct text id = link_id(r, d->number[i]);

		for (size_t k = 0; k < d->width; k++)
			output_text(out, k == d->customer_id ?
						 id :
						 linkfield_raw(d->fields, i,
							       k));
		if (adds)
			output_text(out, id);
		if (keeps_old)
			output_text(out, linkfield_raw(d->fields, i,
						       d->id_column));
		output_end(out);
	}
	free(c);
	return out;
}

static const char *use_name(enum linkfield_use use)
{
	static const char *const names[] = {
		[LINKFIELD_COMPARED] = "compared",
		[LINKFIELD_IGNORED] = "left out as asked",
		[LINKFIELD_EMPTY] = "dropped: nearly always empty",
		[LINKFIELD_CONSTANT] = "dropped: always the same",
		[LINKFIELD_SERIAL] = "dropped: a number of its own in each row",
		[LINKFIELD_DERIVED] = "dropped: given name and surname again",
		[LINKFIELD_SPARE] = "dropped: too many columns",
	};

	return names[use];
}

static void tell_columns(const struct dedupe *d)
{
	const struct linkfield_column *c;
	size_t n = linkfield_columns(d->fields, &c);

	for (size_t i = 0; i < n; i++)
		if (c[i].use == LINKFIELD_COMPARED)
			warn("column %s: %s%s (%s), filled %u, distinct %u",
			     c[i].name.p, linkfield_kind_name(c[i].kind),
			     c[i].attribute ? ", attribute" : "", c[i].why,
			     c[i].filled, c[i].distinct);
		else
			warn("column %s: %s", c[i].name.p, use_name(c[i].use));
}

/* The same as JSON. */
static void put_columns(const struct dedupe *d, struct buf *b)
{
	const struct linkfield_column *c;
	size_t n = linkfield_columns(d->fields, &c);

	buf_addc(b, '[');
	for (size_t i = 0; i < n; i++) {
		buf_adds(b, i ? ",{\"name\":" : "{\"name\":");
		jsonout_string(b, c[i].name);
		buf_addf(b, ",\"use\":\"%s\",\"kind\":\"%s\",\"attribute\":%s,"
			 "\"why\":\"%s\",\"filled\":%u,\"distinct\":%u}",
			 use_name(c[i].use), linkfield_kind_name(c[i].kind),
			 c[i].attribute ? "true" : "false",
			 c[i].why ? c[i].why : "", c[i].filled, c[i].distinct);
	}
	buf_addc(b, ']');
}

static void write_beside(const struct dedupe *d, const struct link_run *r)
{
	struct buf columns = { 0 };

	if (d->o.links)
		link_write_links(r);
	if (d->o.review)
		link_write_review(r);
	if (d->o.model) {
		put_columns(d, &columns);
		link_write_model(r, buf_text(&columns));
	}
	buf_release(&columns);
}

static void tell(const struct dedupe *d, const struct link_run *r)
{
	if (d->o.common.verbose) {
		tell_columns(d);
		link_tell_model(r);
	}
	if (d->o.truth)
		link_tell_truth(r);
}

static int run(struct dedupe *d, char **files, size_t nfiles)
{
	struct link_run r = { .o = &d->o, .before = by_number,
			      .cells = cells_of, .ctx = d };
	struct output *out = NULL;
	int status = EXIT_DONE;

	d->in = input_open(&d->o.common, NULL, NULL, 0, files, nfiles);
	read_header(d);
	open_fields(d);
	read_rows(d);
	linkfield_decide(d->fields);
	order_records(d);
	r.record = d->record;
	r.n = linkfield_rows(d->fields);
	r.columns = linkfield_compared(d->fields, &r.column);
	link_begin(&r);
	link_finish(&r);
	tell(d, &r);
	if (!d->o.common.dry_run)
		out = write_rows(d, &r);
	input_close(d->in, out ? output_rows(out) : 0);
	if (out) {
		write_beside(d, &r);
		status = output_close(out);
	}
	link_end(&r);
	linkfield_free(d->fields);
	free(d->record);
	free(d->row);
	free(d->number);
	free(d->header);
	arena_release(&d->arena);
	return status;
}

int link_dedupe(int argc, char **argv)
{
	struct dedupe d = { 0 };
	struct opt shared[LINK_OPTS];
	size_t nfiles;
	char **files;

	link_options_init(&d.o);
	link_options_table(&d.o, shared);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "id", "COL", "names the rows", .to = &d.id },
		{ OPT_LIST, 0, "compare", "COL=KIND",
		  "what a column holds (else found by itself)",
		  .to = &d.compare },
		{ OPT_LIST, 0, "ignore", "COL", "a column not to link by",
		  .to = &d.ignore },
		{ OPT_FLAG, 0, "households", NULL,
		  "there are families: no name, no match",
		  .to = &d.o.households },
		{ .kind = OPT_INCLUDE, .to = shared },
		{ .kind = OPT_INCLUDE, .to = d.o.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-link dedupe", "--id COL [OPTION...] [FILE...]",
		"Finds the rows of any table that are about one person or "
		"firm.\nout: the rows in their order, with customer_id added",
		"crm-link dedupe --id customer_id --ignore flags "
		"customers.csv", opts
	};

	files = opt_parse(&program, argc, argv, &nfiles);
	link_options_check(&d.o);
	if (!d.id)
		die_usage("--id COL: which column names the rows?");
	link_check_places(&d.o, d.o.common.output ? d.o.common.output : "-",
			  files, nfiles);
	return run(&d, files, nfiles);
}
