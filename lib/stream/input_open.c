/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an input, and where in each its columns are. */
#include <string.h>
#include <sys/stat.h>

#include "base/msg.h"
#include "base/near.h"
#include "base/parts.h"
#include "stream/input_state.h"

/* ---- columns ---- */

/* --col NAME=HEADER: the header that stands for a name, or the name. */
static struct text header_of(const struct common *c, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = c->cols.n; i-- > 0;) {
		const char *col = c->cols.item[i];

		if (strncmp(col, name, n) == 0 && col[n] == '=')
			return text_of(col + n + 1);
	}
	return text_of(name);
}

static void check_cols(struct input *in)
{
	const struct opt_list *cols = &in->common->cols;

	in->key = mem_alloc(cols->n, sizeof(*in->key));
	for (size_t i = 0; i < cols->n; i++) {
		const char *sign = strchr(cols->item[i], '=');

		if (!sign || sign == cols->item[i] || !sign[1])
			die_usage("--col: \"%s\" is not NAME=HEADER",
				  cols->item[i]);
		in->key[in->keys++] = text_of(sign + 1);
	}
}

static size_t add_want(struct input *in, const char *name, enum col_type type,
		       enum input_need need)
{
	in->want = mem_grow(in->want, in->wants, &in->wants_cap,
			    sizeof(*in->want));
	in->want[in->wants] = (struct want){
		.name = name, .type = type, .need = need,
		.column = NONE, .key = NONE,
	};
	return in->wants++;
}

static const char *keep_name(struct input *in, struct text name)
{
	return arena_strdup(&in->names, name.p, name.n);
}

const char input_date[] = "date";

/* The period's column: the schema's, else date, at, or the first ..._on. */
static const char *date_column(struct input *in)
{
	static const char *const usual[] = { "date", "at" };
	bool twice;

	if (in->schema)
		return in->schema->date_column;
	for (size_t i = 0; i < NELEMS(usual); i++)
		if (table_find(&in->table, header_of(in->common, usual[i]),
			       &twice) != NONE)
			return usual[i];
	for (size_t i = 0; i < in->table.columns; i++)
		if (text_ends(in->table.name[i], "_on"))
			return keep_name(in, in->table.name[i]);
	return NULL;
}

#define RIVAL "competitor"

/* True when what was bought elsewhere is none of the rows: nobody asks for it
 * by name. */
static bool leaves_rivals(const struct input *in)
{
	if (in->common->as_is || !in->schema ||
	    strcmp(in->schema->name, "transactions") != 0)
		return false;
	for (size_t i = 0; i < in->caller_wants; i++)
		if (strcmp(in->want[i].name, RIVAL) == 0)
			return false;
	for (size_t i = 0; i < in->conditions; i++)
		if (text_is(in->condition[i].column, RIVAL))
			return false;
	return true;
}

static void want_conditions(struct input *in)
{
	const struct opt_list *wheres = &in->common->wheres;

	in->condition = mem_alloc(wheres->n + 1, sizeof(*in->condition));
	in->condition_want =
		mem_alloc(wheres->n + 1, sizeof(*in->condition_want));
	for (size_t i = 0; i < wheres->n; i++) {
		struct condition c = pick_parse("--where", wheres->item[i],
						in->schema);

		/* A time without a zone is one of --tz, as in the cells. */
		input_parse(in, c.value.text, c.type, &c.value);
		in->condition[i] = c;
		in->condition_want[i] =
			add_want(in, keep_name(in, c.column), c.type,
				 INPUT_REQUIRED);
		in->conditions++;
	}
	if (!leaves_rivals(in))
		return;
	in->condition[in->conditions] =
		pick_parse("--where", RIVAL "!=yes", in->schema);
	in->condition_want[in->conditions++] =
		add_want(in, RIVAL, COL_TEXT, INPUT_OPTIONAL);
}

static void want_period(struct input *in)
{
	const char *name;

	in->range = common_range(in->common);
	if (in->range.first == DAY_MIN && in->range.last == DAY_MAX)
		return;
	name = date_column(in);
	if (!name)
		die_usage("a period was asked for, but this stream has no "
			  "date column");
	in->range_want = add_want(in, name, COL_DAY, INPUT_FILLED);
}

static void want_caller(struct input *in, const struct input_column *c)
{
	const char *name = c->name == input_date ? date_column(in) : c->name;

	add_want(in, name ? name : input_date, c->type, c->need);
}

/* Which of the caller's columns is the stream's date. */
static void find_day(struct input *in)
{
	const char *name = date_column(in);

	for (size_t i = 0; i < in->caller_wants; i++)
		if (name && in->want[i].type == COL_DAY &&
		    strcmp(in->want[i].name, name) == 0)
			in->day_want = i;
}

/* ` (did you mean "amount"?)`, or nothing. */
static void add_meant(struct buf *to, const struct table *t, struct text name)
{
	struct near near;

	near_begin(&near, name);
	for (size_t i = 0; i < t->columns; i++)
		near_try(&near, t->name[i]);
	if (near.best.p)
		buf_addf(to, " (did you mean \"%.*s\"?)", (int)near.best.n,
			 near.best.p);
}

static _Noreturn void no_column(const struct input *in, const char *name)
{
	const char *stream =
		in->schema && in->schema->exported ? in->schema->name : "table";
	struct text header = header_of(in->common, name);
	struct buf said = { 0 };

	buf_addf(&said, "no column \"%.*s\"", (int)header.n, header.p);
	add_meant(&said, &in->table, header);
	if (!text_is(header, name))
		die("%s: %s, which --col has for %s, among the %zu of the "
		    "header",
		    in->table.path, said.p, name, in->table.columns);
	die("%s: %s among the %zu of the header; --col %s=HEADER reads it from "
	    "another, `crm-import %s %s` brings an export into shape",
	    in->table.path, said.p, in->table.columns, name, stream,
	    in->table.path);
}

/* ---- joins ---- */

static bool has_header(struct input *in, const char *name)
{
	bool twice;

	return table_find(&in->table, header_of(in->common, name), &twice) !=
	       NONE;
}

/* Wants that the file itself cannot serve are looked for in the joins. */
static void want_joins(struct input *in)
{
	/* A customer may have two cars: the car says more. */
	static const char *const keys[] = { "vin", "customer_id" };
	size_t wants = in->wants;

	for (size_t k = 0; k < in->joins; k++) {
		struct join *j = in->join[k];
		const char *key = NULL;

		for (size_t i = 0; i < NELEMS(keys) && !key; i++)
			if (has_header(in, keys[i]) && join_has(j, keys[i]))
				key = keys[i];
		if (!key)
			die("--with %s: neither customer_id nor vin is in "
			    "both files",
			    in->common->withs.item[k]);
		size_t key_want = add_want(in, key, COL_TEXT, INPUT_REQUIRED);

		for (size_t i = 0; i < wants; i++) {
			struct want *w = &in->want[i];

			if (w->join || has_header(in, w->name) ||
			    !join_has(j, w->name))
				continue;
			w->join = j;
			w->join_column = join_keep(j, w->name);
			w->key = key_want;
		}
		join_load(j, key);
	}
}

/* ---- files ---- */

/* JSON without a single object: there are no rows, so no column is missed. */
static bool is_bare(const struct table *t)
{
	return (t->format == TABLE_NDJSON || t->format == TABLE_JSON) &&
	       !t->peeked;
}

static void find_columns(struct input *in)
{
	for (size_t i = 0; i < in->wants; i++) {
		struct want *w = &in->want[i];
		bool twice;

		if (w->join)
			continue;
		w->column = table_find(&in->table,
				       header_of(in->common, w->name), &twice);
		if (twice)
			die("%s: the column \"%s\" stands twice in the header",
			    in->table.path, w->name);
		if (w->column == NONE && w->need != INPUT_OPTIONAL &&
		    !is_bare(&in->table))
			no_column(in, w->name);
		if (i < in->caller_wants && w->column != NONE)
			in->seen[i] = true;
	}
}

static void open_file(struct input *in)
{
	table_open(&in->table, in->files[in->file], in->common->from,
		   in->threaded, in->key, in->keys);
	in->open = true;
}

/* No period, no join, and no condition but on a column that may be missing
 * and is. */
static bool asks_nothing(const struct input *in)
{
	for (size_t i = in->caller_wants; i < in->wants; i++)
		if (in->want[i].column != NONE ||
		    in->want[i].need != INPUT_OPTIONAL)
			return false;
	return true;
}

static void begin_file(struct input *in)
{
	find_columns(in);
	in->asks_nothing = asks_nothing(in);
	rejects_file(in->rejects, in->table.path, in->table.header,
		     in->table.header_line);
}

bool input_next_file(struct input *in)
{
	if (in->open)
		table_close(&in->table);
	in->open = false;
	if (++in->file >= in->nfiles)
		return false;
	table_drained(&in->table);
	open_file(in);
	begin_file(in);
	return true;
}

/* The rejects replace their file at the end: not one that is being read. */
static void check_places(const struct common *common, char *const *files,
			 size_t n)
{
	struct stat rejects, file;

	if (!common->rejects || stat(common->rejects, &rejects) < 0 ||
	    !S_ISREG(rejects.st_mode))
		return;
	for (size_t i = 0; i < n; i++)
		if (stat(files[i], &file) == 0 &&
		    file.st_dev == rejects.st_dev &&
		    file.st_ino == rejects.st_ino)
			die_usage("--rejects names a file that is read");
}

void input_make_cells(struct input *in)
{
	in->single = mem_apart(in->wants, sizeof(*in->single));
	in->ahead = mem_apart(INPUT_AHEAD * in->wants, sizeof(*in->ahead));
	in->cell = in->single;
}

struct input *input_open(const struct common *common,
			 const struct schema *schema,
			 const struct input_column *columns, size_t n,
			 char *const *files, size_t nfiles)
{
	static char standard[] = "-";
	static char *const only_standard[] = { standard, NULL };
	struct input *in = mem_apart(1, sizeof(*in));

	in->common = common;
	in->schema = schema;
	in->files = nfiles ? files : only_standard;
	in->nfiles = nfiles ? nfiles : 1;
	in->threaded = common_threads(common);
	/* The files that an option names are read by one thread. */
	if (!common->joined)
		parts_allow(common_jobs(common));
	in->range_want = in->day_want = NONE;
	in->first_day = DAY_MAX;
	in->last_day = DAY_NONE;
	in->seen = mem_zalloc(n, sizeof(*in->seen));
	check_cols(in);
	check_places(common, in->files, in->nfiles);
	/* A zone that is not known is wrong, needed or not. */
	in->zone = instant_changes(text_of(common->tz), &in->zones);
	if (!in->zone)
		die_usage("--tz: \"%s\" is not a time zone known here",
			  common->tz);
	in->zone_minutes = in->zone[in->zones - 1].zone_minutes;
	common_check_places(common);
	/* Wrong usage is told before any row is read. */
	rejects_too_many(common->max_rejects, 0, 0);
	in->rejects = rejects_open(common->rejects);
	if (common->joined)
		rejects_remedy(in->rejects,
			       "a file that an option names must be sound");
	progress_open(&in->progress, common->progress);
	open_file(in);
	for (size_t i = 0; i < n; i++)
		want_caller(in, &columns[i]);
	in->caller_wants = n;
	want_conditions(in);
	want_period(in);
	find_day(in);
	in->join = mem_alloc(common->withs.n, sizeof(struct join *));
	for (size_t i = 0; i < common->withs.n; i++)
		in->join[in->joins++] = join_open(common->withs.item[i]);
	want_joins(in);
	input_make_cells(in);
	begin_file(in);
	return in;
}
