/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-profile: reading. Every lane describes the rows that it reads, column by
 * column and group by group; in the end columns are matched by name and groups
 * by their cells.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/header.h"
#include "cmd/profile/profile.h"
#include "stream/lanes.h"

/* Values that all columns together may keep exact, and one of them. */
#define EXACT_ALL ((size_t)1 << 21)
#define EXACT_MAX ((size_t)1 << 16)
#define EXACT_MIN 64
/* With groups each of them has its own: so many are thought of. */
#define GROUPS 16

#define NONE SIZE_MAX

/* What all lanes know and none changes. */
struct plan {
	const struct profile_options *o;
	const struct schema *schema;	/* NULL: types are found */
	struct aliases *aliases;	/* what exports call their columns */
	const struct by *by;
	const char **name;		/* of --column, in order */
	size_t names;			/* 0: all columns */
	size_t exact;
	int zone_minutes;
	const struct text *header;	/* of the first file; p NULL: hidden */
	size_t width;
	char *const *files;
	size_t nfiles;
};

struct state {
	const struct plan *plan;
	struct by *by;
	struct group *names;		/* of columns: number, as in `column` */
	struct profile_column *column;
	size_t columns, cap;
	struct profile_group *group;
	size_t groups, groups_cap;
	/* of the file being read */
	const char *file;
	size_t *map;			/* column of each of the header, NONE */
	size_t width;
	struct describe_cell *cell;	/* of a row, one a column */
};

/* ---- types ---- */

static enum describe_type type_of(const struct schema_column *c)
{
	static const enum describe_type type[] = {
		[COL_TEXT] = DESCRIBE_TEXT,
		[COL_DAY] = DESCRIBE_DATE,
		[COL_INSTANT] = DESCRIBE_INSTANT,
		[COL_MONEY] = DESCRIBE_MONEY,
		[COL_INT] = DESCRIBE_INTEGER,
		[COL_REAL] = DESCRIBE_NUMBER,
		[COL_SHARE] = DESCRIBE_NUMBER,
		[COL_FIXED4] = DESCRIBE_NUMBER,
	};

	if (!c->words)
		return type[c->type];
	return strstr(c->words, "yes") ? DESCRIBE_YESNO : DESCRIBE_CATEGORY;
}

/* --type COL=TYPE, a type by the name that the result has for it. */
static bool told_type(const struct profile_options *o, struct text name,
		      enum describe_type *type)
{
	for (size_t i = o->types.n; i-- > 0;) {
		const char *item = o->types.item[i], *sign = strchr(item, '=');

		if (!sign ||
		    !text_eq(name, (struct text){ item,
						  (size_t)(sign - item) }))
			continue;
		for (int t = DESCRIBE_INTEGER; t <= DESCRIBE_TEXT; t++)
			if (strcmp(describe_type_name((enum describe_type)t),
				   sign + 1) == 0) {
				*type = (enum describe_type)t;
				return true;
			}
	}
	return false;
}

static void check_types(const struct profile_options *o)
{
	for (size_t i = 0; i < o->types.n; i++) {
		const char *item = o->types.item[i], *sign = strchr(item, '=');
		enum describe_type type;

		if (!sign || sign == item ||
		    !told_type(o, (struct text){ item, (size_t)(sign - item) },
			       &type))
			die_usage("--type: \"%s\" is not COL=TYPE, TYPE being "
				  "integer, money, number, date, instant, "
				  "yes-no, category or text",
				  item);
	}
}

/* Numbers of documents, phones and the like are no figures. */
static bool is_word(enum field_kind kind)
{
	static const bool word[] = {
		[FIELD_TEXT] = true,  [FIELD_WORD] = true,
		[FIELD_CODE] = true,  [FIELD_PERSON] = true,
		[FIELD_PHONE] = true, [FIELD_VIN] = true,
		[FIELD_PLATE] = true, [FIELD_IDNO] = true,
		[FIELD_EMAIL] = true, [FIELD_YESNO] = false,
	};

	return kind < NELEMS(word) && word[kind];
}

static enum describe_type field_type(size_t field)
{
	return field != FIELD_NONE && is_word(field_all[field].kind) ?
		       DESCRIBE_TEXT :
		       DESCRIBE_FOUND;
}

/* The field that a person could be known by; else FIELD_NONE. */
static size_t personal(size_t field)
{
	static const char *const others[] = { "address", "wechat", "qq" };
	static const bool kind[] = {
		[FIELD_PERSON] = true, [FIELD_PHONE] = true,
		[FIELD_VIN] = true,    [FIELD_PLATE] = true,
		[FIELD_IDNO] = true,   [FIELD_EMAIL] = true,
		[FIELD_YESNO] = false,
	};

	if (field == FIELD_NONE)
		return FIELD_NONE;
	for (size_t i = 0; i < NELEMS(others); i++)
		if (field == field_of(others[i]))
			return field;
	return field_all[field].kind < NELEMS(kind) &&
			       kind[field_all[field].kind] ?
		       field :
		       FIELD_NONE;
}

/* By the canonical name, or as an export of any kind calls it. */
static size_t find_field(const struct plan *p, struct text name)
{
	size_t field = field_find(name);

	for (int kind = 0; field == FIELD_NONE && kind < EXPORT_KINDS; kind++)
		field = header_match(p->aliases, (enum export)kind, name)
				.field;
	return field;
}

static struct describe_settings settings_of(const struct plan *p,
					    struct text name, size_t field)
{
	const struct schema_column *c =
		p->schema ? schema_column(p->schema, name) : NULL;
	struct describe_settings s = { DESCRIBE_FOUND, p->exact,
				       p->zone_minutes };

	if (!told_type(p->o, name, &s.type))
		s.type = c ? type_of(c) : field_type(field);
	return s;
}

/* ---- columns ---- */

static size_t column_number(struct state *s, struct text name, uint64_t place)
{
	size_t i = group_intern(s->names, name), field;

	if (i < s->columns)
		return i;
	field = find_field(s->plan, name);
	s->column = mem_grow(s->column, s->columns, &s->cap,
			     sizeof(*s->column));
	s->column[s->columns++] = (struct profile_column){
		.name = mem_alloc(name.n + 1, 1), .place = place,
		.settings = settings_of(s->plan, name, field),
		.mask = s->plan->o->raw ? FIELD_NONE : personal(field),
	};
	memcpy(s->column[i].name, name.p, name.n);
	s->column[i].name[name.n] = '\0';
	return i;
}

static bool is_group_column(const struct by *by, struct text name)
{
	for (size_t i = 0; i < by->n; i++)
		if (text_is(name, by->name[i]))
			return true;
	return false;
}

static size_t file_number(const struct plan *p, const char *file)
{
	for (size_t i = 0; i < p->nfiles; i++)
		if (strcmp(p->files[i], file) == 0)
			return i;
	return 0;
}

/* A column without a name is called by its number. */
static size_t map_column(struct state *s, struct text name, size_t i,
			 uint64_t file)
{
	uint64_t place = file << 32 | i;
	char number[32];
	size_t column;

	if (is_group_column(s->by, name))
		return NONE;
	if (name.n)
		return column_number(s, name, place);
	name.n = text_putf(number, sizeof(number), "(%zu)", i + 1);
	name.p = number;
	column = column_number(s, name, place);
	s->column[column].unnamed = true;
	return column;
}

/* Name of a column that the file has two of, or NULL. */
static const char *column_twice(const struct state *s)
{
	bool *seen = mem_zalloc(s->columns, sizeof(*seen));
	const char *twice = NULL;

	for (size_t i = 0; i < s->width; i++) {
		if (s->map[i] == NONE)
			continue;
		if (seen[s->map[i]])
			twice = s->column[s->map[i]].name;
		seen[s->map[i]] = true;
	}
	free(seen);
	return twice;
}

static void map_file(struct state *s, const struct input *in, const char *file)
{
	uint64_t number = file_number(s->plan, file);
	const char *twice;

	s->file = file;
	s->width = input_width(in);
	s->map = mem_resize(s->map, s->width, sizeof(*s->map));
	for (size_t i = 0; i < s->width; i++)
		s->map[i] = input_hidden(in, i) ?
				    NONE :
				    map_column(s, input_header(in, i), i,
					       number);
	s->cell = mem_resize(s->cell, s->columns, sizeof(*s->cell));
	twice = column_twice(s);
	if (twice)
		die("%s: the column \"%s\" stands twice in the header", file,
		    twice);
}

/* ---- rows ---- */

static void *begin(void *ctx)
{
	const struct plan *p = ctx;
	struct state *s = mem_zalloc(1, sizeof(*s));

	s->plan = p;
	s->by = by_fork(p->by);
	s->names = group_new(0, 0, NULL, NULL);
	for (size_t i = 0; i < p->names; i++)
		column_number(s, text_of(p->name[i]), i);
	for (size_t i = 0; i < p->width; i++)
		if (p->header[i].p)
			map_column(s, p->header[i], i, 0);
	s->cell = mem_alloc(s->columns, sizeof(*s->cell));
	return s;
}

static struct profile_group *group_number(struct state *s, size_t i)
{
	while (s->groups <= i) {
		s->group = mem_grow(s->group, s->groups, &s->groups_cap,
				    sizeof(*s->group));
		s->group[s->groups++] = (struct profile_group){ 0 };
	}
	return &s->group[i];
}

static void widen(struct profile_group *g, size_t columns)
{
	if (g->columns >= columns)
		return;
	g->column = mem_resize(g->column, columns, sizeof(*g->column));
	memset(g->column + g->columns, 0,
	       (columns - g->columns) * sizeof(*g->column));
	g->columns = columns;
}

static struct describe *describe_of(const struct state *s,
				    struct profile_group *g, size_t column)
{
	if (!g->column[column])
		g->column[column] = describe_new(s->column[column].settings);
	return g->column[column];
}

/* All cells first, so that nobody waits for the memory of one of them. */
static void add_row(struct state *s, struct profile_group *g,
		    const struct input *in, const struct row *row)
{
	size_t cells = s->plan->names ? s->columns : s->width, n = 0;
	uint64_t draw = describe_draw(row->line);

	for (size_t i = 0; i < cells; i++) {
		size_t column = s->plan->names ? i : s->map[i];
		struct text t;

		if (column == NONE)
			continue;
		t = s->plan->names ? row->cell[i].text : input_raw_cell(in, i);
		if (t.n)
			n += describe_prepare(describe_of(s, g, column), t,
					      &s->cell[n]);
	}
	for (size_t i = 0; i < n; i++)
		describe_take(&s->cell[i], draw);
}

static void fold(struct input *in, void *state)
{
	struct state *s = state;
	struct row row;

	while (input_next(in, &row)) {
		struct profile_group *g;

		if (row.file != s->file && !s->plan->names)
			map_file(s, in, row.file);
		g = group_number(s, by_label(s->by, row.cell));
		g->rows++;
		widen(g, s->columns);
		add_row(s, g, in, &row);
	}
}

/* ---- joining ---- */

static void join_group(struct profile_group *g, struct profile_group *from,
		       const size_t *number)
{
	g->rows += from->rows;
	for (size_t i = 0; i < from->columns; i++) {
		struct describe **to = &g->column[number[i]];

		if (*to && from->column[i])
			describe_join(*to, from->column[i]);
		if (*to)
			describe_free(from->column[i]);
		else
			*to = from->column[i];
	}
	free(from->column);
}

static void release_names(struct state *s)
{
	for (size_t i = 0; i < s->columns; i++)
		free(s->column[i].name);
	group_free(s->names);
	free(s->column);
	free(s->map);
	free(s->cell);
	free(s->group);
	free(s);
}

static void join(void *into, void *of)
{
	struct state *s = into, *from = of;
	size_t *number = mem_alloc(from->columns, sizeof(*number));
	uint32_t *label = mem_zalloc(by_count(from->by), sizeof(*label));

	for (size_t i = 0; i < from->columns; i++) {
		const struct profile_column *c = &from->column[i];

		number[i] = column_number(s, text_of(c->name), c->place);
		s->column[number[i]].unnamed = c->unnamed;
		if (c->place < s->column[number[i]].place)
			s->column[number[i]].place = c->place;
	}
	by_join(s->by, from->by, label);
	for (size_t i = 0; i < from->groups; i++) {
		struct profile_group *g = group_number(s, label[i]);

		widen(g, s->columns);
		join_group(g, &from->group[i], number);
	}
	by_fork_free(from->by);
	release_names(from);
	free(number);
	free(label);
}

/* ---- the run ---- */

/* The stream that knows all of the columns, or whose required ones all are
 * there; of several the one that knows the most of them. */
static const struct schema *find_schema(const struct input *in)
{
	const struct schema *best = NULL;
	size_t most = 0;

	for (size_t k = 0; k < schema_count; k++) {
		const struct schema *s = &schema_all[k];
		size_t required = 0, met = 0, known = 0;

		for (size_t i = 0; i < s->n; i++)
			required += s->column[i].required;
		for (size_t i = 0; i < input_width(in); i++) {
			const struct schema_column *c =
				schema_column(s, input_header(in, i));

			known += c != NULL;
			met += c && c->required;
		}
		if ((met == required || known == input_width(in)) &&
		    known > most) {
			best = s;
			most = known;
		}
	}
	return best;
}

static const struct schema *told_schema(const struct profile_options *o)
{
	const struct schema *s;

	if (!o->stream || strcmp(o->stream, "table") == 0)
		return NULL;
	s = schema_find(text_of(o->stream));
	if (!s)
		die_usage("--stream: there is no stream \"%s\"; `crmutils "
			  "streams` lists them, `table` is any table",
			  o->stream);
	return s;
}

static size_t split_names(const char *list, const char ***name,
			  struct arena *arena)
{
	struct text rest = text_of(list), part;
	size_t n = 0, cap = 0;

	while (list && text_split(&rest, ',', &part)) {
		if (!part.n)
			die_usage("--column: \"%s\" has an empty name", list);
		for (size_t i = 0; i < n; i++)
			if (text_is(part, (*name)[i]))
				die_usage("--column: \"%s\" stands there "
					  "twice",
					  (*name)[i]);
		*name = mem_grow(*name, n, &cap, sizeof(**name));
		(*name)[n++] = arena_strdup(arena, part.p, part.n);
	}
	return n;
}

static size_t exact_limit(const struct profile_options *o, size_t columns)
{
	size_t exact = EXACT_MAX;

	if (o->exact)
		return (size_t)o->exact;
	/* Powers of two fill their tables. */
	while (exact > EXACT_MIN && exact * columns > EXACT_ALL)
		exact /= 2;
	return exact;
}

static struct input *open_rows(struct profile *p, struct plan *plan,
			       const struct schema *schema,
			       char *const *files, size_t nfiles)
{
	struct input_column *c = mem_alloc(plan->names, sizeof(*c));
	struct input *in;

	for (size_t i = 0; i < plan->names; i++)
		c[i] = (struct input_column){ plan->name[i], COL_TEXT,
					      INPUT_REQUIRED };
	in = by_input(&p->by, &p->o->common, schema, c, plan->names, files,
		      nfiles);
	free(c);
	return in;
}

/* A file without rows has columns, too. */
static void keep_header(struct plan *plan, const struct input *in,
			struct arena *arena)
{
	size_t n = input_width(in);
	struct text *header = arena_alloc(arena, n * sizeof(*header));

	for (size_t i = 0; i < n; i++) {
		struct text name = input_header(in, i);

		name.p = input_hidden(in, i) ? NULL :
					       arena_copy(arena, name.p,
							  name.n);
		header[i] = name;
	}
	plan->header = header;
	plan->width = n;
}

static int by_place(const void *a, const void *b)
{
	const struct profile_column *x = a, *y = b;

	return (x->place > y->place) - (x->place < y->place);
}

/* Where each column went in the order of places. */
static void sort_columns(struct state *s)
{
	struct describe **row = mem_alloc(s->columns, sizeof(*row));
	size_t *from = mem_alloc(s->columns, sizeof(*from));

	qsort(s->column, s->columns, sizeof(*s->column), by_place);
	for (size_t i = 0; i < s->columns; i++)
		from[i] = group_find(s->names, text_of(s->column[i].name));
	for (size_t g = 0; g < s->groups; g++) {
		struct profile_group *group = &s->group[g];

		widen(group, s->columns);
		for (size_t i = 0; i < s->columns; i++)
			row[i] = group->column[from[i]];
		memcpy(group->column, row, s->columns * sizeof(*row));
	}
	free(row);
	free(from);
}

/* Columns without a name and without a value end every line of some tables. */
static bool is_blank(const struct state *s, size_t column)
{
	for (size_t g = 0; g < s->groups; g++)
		if (s->group[g].column[column])
			return false;
	return s->column[column].unnamed;
}

static void take_over(struct profile *p, struct state *s)
{
	if (s->columns)
		sort_columns(s);
	while (s->columns && is_blank(s, s->columns - 1))
		free(s->column[--s->columns].name);
	by_join(&p->by, s->by, NULL);
	by_fork_free(s->by);
	if (by_count(&p->by))
		group_number(s, by_count(&p->by) - 1);
	p->group = s->group;
	p->groups = s->groups;
	p->column = s->column;
	p->columns = s->columns;
	group_free(s->names);
	free(s->map);
	free(s->cell);
	free(s);
}

/* What holds for all groups: a column has one type, whichever it is. */
static void find_types(struct profile *p)
{
	for (size_t i = 0; p->groups > 1 && i < p->columns; i++) {
		struct describe *d = profile_pool(p, i);
		struct description r = describe_finish(d, DESCRIBE_FOUND, 0);

		p->column[i].type = r.type;
		description_release(&r);
		describe_free(d);
	}
}

void profile_read(struct profile *p, const struct profile_options *o,
		  char *const *files, size_t nfiles, const char *needed)
{
	static const struct lanes_job job = { begin, fold, join };
	const struct schema *schema = told_schema(o);
	struct plan plan = { .o = o, .by = &p->by, .files = files,
			     .nfiles = nfiles, .aliases = aliases_new() };
	struct arena names = { 0 };
	struct state *s;

	*p = (struct profile){ .o = o };
	check_types(o);
	plan.names = split_names(needed ? needed : o->columns, &plan.name,
				 &names);
	p->zone_minutes = plan.zone_minutes = common_zone_minutes(&o->common);
	p->in = open_rows(p, &plan, schema, files, nfiles);
	plan.schema = schema || o->stream ? schema : find_schema(p->in);
	plan.exact = exact_limit(o, (plan.names ? plan.names :
						  input_width(p->in)) *
					    (p->by.n ? GROUPS : 1));
	if (!plan.names)
		keep_header(&plan, p->in, &names);
	s = lanes_fold(p->in, &job, &plan);
	take_over(p, s);
	find_types(p);
	aliases_free(plan.aliases);
	free(plan.name);
	arena_release(&names);
}

struct describe *profile_pool(const struct profile *p, size_t column)
{
	struct describe *all = describe_new(p->column[column].settings);

	for (size_t g = 0; g < p->groups; g++)
		if (column < p->group[g].columns && p->group[g].column[column])
			describe_join(all, p->group[g].column[column]);
	return all;
}

struct description profile_describe(const struct profile *p, size_t group,
				    size_t column, size_t tops)
{
	const struct profile_group *g = &p->group[group];
	const struct profile_column *c = &p->column[column];
	struct describe *none, *d;
	struct description r;

	d = column < g->columns ? g->column[column] : NULL;
	if (d)
		return describe_finish(d, c->type, tops);
	none = describe_new(c->settings);
	r = describe_finish(none, c->type, tops);
	describe_free(none);
	return r;
}

void profile_close(struct profile *p, uint64_t out)
{
	input_close(p->in, out);
	by_release(&p->by);
	for (size_t g = 0; g < p->groups; g++) {
		for (size_t i = 0; i < p->group[g].columns; i++)
			describe_free(p->group[g].column[i]);
		free(p->group[g].column);
	}
	for (size_t i = 0; i < p->columns; i++)
		free(p->column[i].name);
	free(p->group);
	free(p->column);
}
