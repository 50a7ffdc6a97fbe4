/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-profile customers, crm-profile vehicles: what part of them is how old,
 * of which gender, from where. One row for each group of each dimension.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/profile/people.h"

/* ---- which dimensions ---- */

static size_t column_at(struct input_column *c, size_t *n, const char *name,
			enum col_type type, enum input_need need)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(c[i].name, name) == 0)
			return i;
	c[*n] = (struct input_column){ name, type, need };
	return (*n)++;
}

static void add_dimension(struct people *r, const struct known *k,
			  struct input_column *c, size_t *n, bool asked)
{
	enum col_type type = k->age ? COL_DAY : COL_TEXT;
	enum input_need need = asked && !k->instead ? INPUT_REQUIRED :
						      INPUT_OPTIONAL;
	struct dimension d = { k->name, k->age, 0, NONE, FIELD_NONE };

	if (!r->o->raw)
		d.mask = profile_personal(r->aliases, text_of(k->column));
	d.cell = column_at(c, n, k->column, type, need);
	if (k->instead)
		d.instead = column_at(c, n, k->instead, type, INPUT_OPTIONAL);
	r->dim[r->dims++] = d;
}

static const struct known *find_known(const struct verb_options *o,
				      struct text name)
{
	for (const struct known *k = o->known; k->name; k++)
		if (text_is(name, k->name))
			return k;
	return NULL;
}

/* --dimensions: known ones, and any column by its name. */
static void ask_dimensions(struct people *r, struct input_column *c, size_t *n)
{
	struct text rest = text_of(r->o->dimensions), part;

	while (text_split(&rest, ',', &part)) {
		const struct known *k = find_known(r->o, part);
		struct known other = { 0 };

		if (!part.n || r->dims == DIMENSIONS)
			die_usage("--dimensions: a list of at most %d names",
				  DIMENSIONS);
		other.name = other.column = arena_strdup(&r->names, part.p,
							 part.n);
		for (size_t i = 0; i < r->dims; i++)
			if (text_is(part, r->dim[i].name))
				die_usage("--dimensions: \"%s\" stands there "
					  "twice",
					  other.name);
		add_dimension(r, k ? k : &other, c, n, true);
	}
}

static void open_rows(struct people *r, char *const *files, size_t nfiles)
{
	const struct verb_options *o = r->o;
	struct input_column c[2 * DIMENSIONS + 1] = { 0 };
	size_t n = 0;

	/* The latest day of it is the default of --as-of. */
	column_at(c, &n, o->date, COL_DAY, INPUT_OPTIONAL);
	if (o->dimensions)
		ask_dimensions(r, c, &n);
	for (const struct known *k = o->known; !o->dimensions && k->name; k++)
		add_dimension(r, k, c, &n, false);
	r->in = by_input(&r->by, &o->common, schema_find(text_of(o->stream)),
			 c, n, files, nfiles);
}

/* ---- reading ---- */

static struct tally *group_tally(struct people *r, size_t label)
{
	while (r->groups <= label) {
		r->rows = mem_resize(r->rows, r->groups + 1,
				     sizeof(*r->rows));
		r->tally = mem_resize(r->tally, (r->groups + 1) * r->dims,
				      sizeof(*r->tally));
		memset(r->tally + r->groups * r->dims, 0,
		       r->dims * sizeof(*r->tally));
		r->rows[r->groups++] = 0;
	}
	return r->tally + label * r->dims;
}

static void count_row(struct people *r, const struct row *row)
{
	size_t label = by_label(&r->by, row->cell);
	struct tally *tally = group_tally(r, label);

	r->rows[label]++;
	for (size_t i = 0; i < r->dims; i++) {
		const struct dimension *d = &r->dim[i];
		struct text t = row->cell[d->cell].text;
		struct tally_key k;

		if (!t.n && d->instead != NONE)
			t = row->cell[d->instead].text;
		if (!t.n || text_is(t, "unknown"))
			continue;
		k = tally_key(t);
		tally_add(&tally[i], &k, 1, SIZE_MAX);
	}
}

static void read_rows(struct people *r)
{
	struct row row;

	while (input_next(r->in, &row))
		count_row(r, &row);
	if (by_count(&r->by))
		group_tally(r, by_count(&r->by) - 1);
	r->as_of = r->o->common.as_of;
	if (r->as_of == DAY_NONE)
		r->as_of = input_last_day(r->in);
}

/* A dimension that was not asked for is there when its column is. */
bool people_have(const struct people *r, const struct dimension *d)
{
	return r->o->dimensions || input_has(r->in, (int)d->cell) ||
	       (d->instead != NONE && input_has(r->in, (int)d->instead));
}

/* A table of something else is not a result of no rows. */
static void need_a_dimension(const struct people *r)
{
	struct buf names = { 0 };
	uint64_t rows = 0;

	for (size_t i = 0; i < r->groups; i++)
		rows += r->rows[i];
	for (size_t i = 0; i < r->dims; i++)
		if (!rows || people_have(r, &r->dim[i]))
			return;
	for (const struct known *k = r->o->known; k->name; k++)
		buf_addf(&names, "%s%s", names.n ? ", " : "", k->column);
	die("none of the columns %s is there; --dimensions names others",
	    names.p);
}

/* ---- the verbs ---- */

static int run(const struct verb_options *o, char *const *files, size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "dimension", COL_TEXT },  { "group", COL_TEXT },
		{ "count", COL_INT },	    { "share_pct", COL_REAL },
		{ "as_of", COL_DAY },
	};
	struct people r = { .o = o };
	size_t *order;

	if (!bands_parse(text_of(o->ages), &r.bands))
		die_usage("--ages: \"%s\" is not a list of at most %d ages "
			  "in years, ascending",
			  o->ages, BANDS_MAX);
	r.aliases = aliases_new();
	open_rows(&r, files, nfiles);
	read_rows(&r);
	need_a_dimension(&r);
	r.out = by_open(&r.by, &o->common, columns, NELEMS(columns));
	order = by_order(&r.by);
	for (size_t i = 0; i < by_count(&r.by); i++)
		people_write(&r, order[i]);
	free(order);
	input_close(r.in, output_rows(r.out));
	for (size_t i = 0; i < r.groups * r.dims; i++)
		tally_release(&r.tally[i]);
	free(r.tally);
	free(r.rows);
	by_release(&r.by);
	arena_release(&r.names);
	aliases_free(r.aliases);
	return output_close(r.out);
}

static int parse_and_run(struct verb_options *o, const char *name,
			 const char *about, const char *example, int argc,
			 char **argv)
{
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "dimensions", "NAME,...",
		  "these, or other columns", &o->dimensions },
		{ OPT_TEXT, 0, "ages", "YEARS,...",
		  "where the bands of the age begin", &o->ages },
		{ OPT_INT, 0, "top", "K", "largest groups of each (20)",
		  &o->top, .min = 1, .max = 1000000 },
		{ OPT_FLAG, 0, "raw", NULL, "names, phones, ... as they are",
		  &o->raw },
		{ OPT_INCLUDE, .to = o->common.opts },
		{ OPT_END },
	};
	const struct program program = { name, "[OPTION...] [FILE...]", about,
					 example, opts };
	size_t nfiles;
	char **files = opt_parse(&program, argc, argv, &nfiles);

	o->common.private = o->raw;
	return run(o, files, nfiles);
}

int profile_customers(int argc, char **argv)
{
	static const struct known known[] = {
		{ "age", "birth_date", NULL, true },
		{ "gender", "gender", NULL, false },
		{ "party_type", "party_type", NULL, false },
		{ "region", "region", NULL, false },
		{ "province", "province", NULL, false },
		{ "city", "city", NULL, false },
		{ "source", "source", NULL, false },
		{ NULL, NULL, NULL, false }
	};
	struct verb_options o = { .stream = "customers", .date = "created_on",
				  .known = known, .inclusive = true,
				  .ages = "18,25,35,45,55,65", .top = 20 };

	common_init(&o.common);
	return parse_and_run(&o, "crm-profile customers",
			     "Who the customers are.\n"
			     "in: customers\n"
			     "out: dimension,group,count,share_pct,as_of\n"
			     "dimensions: age, gender, party_type, region, "
			     "province, city, source; those\n"
			     "whose columns are there",
			     "crm-profile customers -t table customers.csv",
			     argc, argv);
}

int profile_vehicles(int argc, char **argv)
{
	static const struct known known[] = {
		{ "vehicle_age", "purchased_on", "registered_on", true },
		{ "brand", "brand", NULL, false },
		{ "series", "series", NULL, false },
		{ "energy", "energy", NULL, false },
		{ NULL, NULL, NULL, false }
	};
	struct verb_options o = { .stream = "vehicles",
				  .date = "purchased_on", .known = known,
				  .ages = "1,2,3", .top = 20 };

	common_init(&o.common);
	return parse_and_run(&o, "crm-profile vehicles",
			     "What the customers drive, by age of the car and "
			     "kind.\n"
			     "in: vehicles\n"
			     "out: dimension,group,count,share_pct,as_of\n"
			     "dimensions: vehicle_age, brand, series, energy; "
			     "those whose columns are there",
			     "crm-profile vehicles --as-of 2025-10-31 "
			     "vehicles.csv",
			     argc, argv);
}
