/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a command line as one stream of typed, filtered rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/input.h"
#include "stream/join.h"
#include "stream/pick.h"
#include "stream/progress.h"
#include "stream/reject.h"
#include "stream/table.h"

/* A column that somebody reads: first the caller's, then those of the
 * conditions, the period and the join keys. */
struct want {
	const char *name;
	enum col_type type;
	enum input_need need;
	size_t column;			/* of this file; NONE: not there */
	const struct join *join;	/* where it comes from instead */
	size_t join_column;
	size_t key;			/* the want that holds the join's key */
};

#define NONE SIZE_MAX

struct input {
	const struct common *common;
	const struct schema *schema;
	char *const *files;
	size_t nfiles, file;		/* the one being read */
	struct table table;
	bool open;
	bool threaded;
	int zone_minutes;

	struct want *want;
	struct cell *cell;		/* one a want */
	size_t caller_wants, wants, wants_cap;
	struct arena names;		/* of the wants that are not theirs */
	bool *seen;			/* the caller's column was in a file */

	struct condition *condition;
	size_t *condition_want;
	size_t conditions;
	struct day_range range;
	size_t range_want;		/* NONE: no period asked for */
	size_t day_want;		/* the caller's date column, or NONE */
	int32_t last_day;

	struct join **join;
	size_t joins;

	struct text *key;		/* HEADERs of --col: known JSON keys */
	size_t keys;
	struct rejects *rejects;
	struct input_counts counts;
	struct progress progress;
	bool used;			/* the row given out last was counted */
};

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

static void want_conditions(struct input *in)
{
	const struct opt_list *wheres = &in->common->wheres;

	in->condition = mem_alloc(wheres->n, sizeof(*in->condition));
	in->condition_want = mem_alloc(wheres->n, sizeof(*in->condition_want));
	for (size_t i = 0; i < wheres->n; i++) {
		struct condition c = pick_parse("--where", wheres->item[i],
						in->schema);

		/* A time without a zone is one of --tz, as in the cells. */
		cell_parse(c.value.text, c.type, in->zone_minutes, &c.value);
		in->condition[i] = c;
		in->condition_want[i] =
			add_want(in, keep_name(in, c.column), c.type,
				 INPUT_REQUIRED);
		in->conditions++;
	}
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

/* Which of the caller's columns is the stream's date. */
static void find_day(struct input *in)
{
	const char *name = in->schema ? in->schema->date_column : "date";

	for (size_t i = 0; i < in->caller_wants; i++)
		if (name && in->want[i].type == COL_DAY &&
		    strcmp(in->want[i].name, name) == 0)
			in->day_want = i;
}

static _Noreturn void no_column(const struct input *in, const char *name)
{
	const char *stream = in->schema ? in->schema->name : "table";
	struct text header = header_of(in->common, name);

	if (!text_is(header, name))
		die("%s: no column \"%.*s\", which --col has for %s, among "
		    "the %zu of the header",
		    in->table.path, (int)header.n, header.p, name,
		    in->table.columns);
	die("%s: no column \"%s\" among the %zu of the header; --col "
	    "%s=HEADER reads it from another, `crm-import %s %s` brings an "
	    "export into shape",
	    in->table.path, name, in->table.columns, name, stream,
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
	static const char *const keys[] = { "customer_id", "vin" };
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

static void begin_file(struct input *in)
{
	find_columns(in);
	rejects_file(in->rejects, in->table.path, in->table.header,
		     in->table.header_line);
}

static bool next_file(struct input *in)
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

struct input *input_open(const struct common *common,
			 const struct schema *schema,
			 const struct input_column *columns, size_t n,
			 char *const *files, size_t nfiles)
{
	static char standard[] = "-";
	static char *const only_standard[] = { standard, NULL };
	struct input *in = mem_zalloc(1, sizeof(*in));

	in->common = common;
	in->schema = schema;
	in->files = nfiles ? files : only_standard;
	in->nfiles = nfiles ? nfiles : 1;
	in->threaded = common_threads(common);
	in->range_want = in->day_want = NONE;
	in->last_day = DAY_NONE;
	in->seen = mem_zalloc(n, sizeof(*in->seen));
	check_cols(in);
	check_places(common, in->files, in->nfiles);
	/* A zone that is not known is wrong, needed or not. */
	in->zone_minutes = common_zone_minutes(common);
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
		add_want(in, columns[i].name, columns[i].type,
			 columns[i].need);
	in->caller_wants = n;
	want_conditions(in);
	want_period(in);
	find_day(in);
	in->join = mem_alloc(common->withs.n, sizeof(struct join *));
	for (size_t i = 0; i < common->withs.n; i++)
		in->join[in->joins++] = join_open(common->withs.item[i]);
	want_joins(in);
	in->cell = mem_zalloc(in->wants, sizeof(*in->cell));
	begin_file(in);
	return in;
}

/* ---- rows ---- */

static void reject(struct input *in, const char *column, enum reason reason,
		   const char *message)
{
	if (!in->common->rejects)
		table_drained(&in->table);
	in->counts.rejected++;
	progress_close(&in->progress);
	rejects_row(in->rejects, table_line(&in->table), column, reason,
		    message, table_raw(&in->table));
}

static enum reason bad_reason(enum col_type type)
{
	if (type == COL_DAY)
		return REASON_BAD_DATE;
	if (type == COL_INSTANT)
		return REASON_BAD_TIME;
	return REASON_BAD_NUMBER;
}

static void reject_value(struct input *in, const struct want *w,
			 enum reason reason)
{
	const struct cell *c = &in->cell[w - in->want];
	struct buf message = { 0 };

	reject_quote(&message, c->text);
	if (reason == REASON_NESTED)
		buf_adds(&message, " is an object or a list");
	else if (c->text.n)
		buf_addf(&message, " is %s", reason_sentence(reason));
	reject(in, w->name, reason, message.p);
	buf_release(&message);
}

/* Text of a want's cell in the record under way. */
static inline bool want_text(const struct input *in, const struct want *w,
			     struct text *t)
{
	*t = (struct text){ 0 };
	if (w->column != NONE)
		return table_value(&in->table, w->column, t);
	if (w->join)
		*t = join_value(w->join, in->cell[w->key].text,
				w->join_column);
	return true;
}

/* Reads one cell; false when the row was set aside for it. */
static inline bool read_cell(struct input *in, size_t i)
{
	const struct want *w = &in->want[i];
	struct cell *c = &in->cell[i];
	struct text t;

	if (!want_text(in, w, &t)) {
		reject(in, w->name, REASON_BAD_QUOTE, NULL);
		return false;
	}
	if (!cell_parse(t, w->type, in->zone_minutes, c)) {
		reject_value(in, w, bad_reason(w->type));
		return false;
	}
	if (!c->known && w->need == INPUT_FILLED) {
		reject_value(in, w,
			     w->type == COL_TEXT ? REASON_MISSING :
						   bad_reason(w->type));
		return false;
	}
	if (in->table.json && w->column != NONE &&
	    in->table.json[w->column].kind == JSON_NESTED) {
		reject_value(in, w, REASON_NESTED);
		return false;
	}
	return true;
}

enum picked { PICKED, LEFT_OUT, SET_ASIDE };

/* Conditions first: a row that is not asked about is not judged further. */
static enum picked pick(struct input *in)
{
	/* Backwards: a join's key stands behind what is joined by it. */
	for (size_t i = in->wants; i-- > in->caller_wants;)
		if (!read_cell(in, i))
			return SET_ASIDE;
	if (in->range_want != NONE) {
		int32_t day = in->cell[in->range_want].day;

		if (day < in->range.first || day > in->range.last)
			return LEFT_OUT;
	}
	for (size_t i = 0; i < in->conditions; i++)
		if (!pick_holds(&in->condition[i],
				&in->cell[in->condition_want[i]]))
			return LEFT_OUT;
	return PICKED;
}

static enum picked read_row(struct input *in)
{
	if (in->table.fault) {
		reject(in, NULL, in->table.fault, in->table.message.p);
		return SET_ASIDE;
	}
	if (in->wants > in->caller_wants) {
		enum picked p = pick(in);

		if (p != PICKED)
			return p;
	}
	for (size_t i = 0; i < in->caller_wants; i++)
		if (!read_cell(in, i))
			return SET_ASIDE;
	return PICKED;
}

bool input_next(struct input *in, struct row *row)
{
	for (;;) {
		enum picked p;

		while (!table_next(&in->table))
			if (!next_file(in)) {
				progress_close(&in->progress);
				return in->used = false;
			}
		if (++in->counts.in % PROGRESS_ROWS == 0)
			progress_show(&in->progress, in->counts.in);
		p = read_row(in);
		if (p == PICKED)
			break;
		in->counts.filtered += p == LEFT_OUT;
	}
	in->counts.used++;
	in->used = true;
	if (in->day_want != NONE) {
		const struct cell *c = &in->cell[in->day_want];

		if (c->known && c->day > in->last_day)
			in->last_day = c->day;
	}
	row->cell = in->cell;
	row->file = in->table.path;
	row->line = table_line(&in->table);
	return true;
}

void input_reject(struct input *in, int column, enum reason reason,
		  const char *fmt, ...)
{
	struct buf message = { 0 };
	va_list args;

	if (!in->used)
		bug("a row was set aside twice");
	in->used = false;
	in->counts.used--;
	if (fmt) {
		va_start(args, fmt);
		buf_vaddf(&message, fmt, args);
		va_end(args);
	}
	reject(in, column < 0 ? NULL : in->want[column].name, reason,
	       fmt ? message.p : NULL);
	buf_release(&message);
}

void input_on_drain(struct input *in, void (*fn)(void *), void *ctx)
{
	in->table.drained = fn;
	in->table.drained_ctx = ctx;
}

void input_skip(struct input *in)
{
	in->used = false;
	in->counts.used--;
	in->counts.filtered++;
}

void input_unuse(struct input *in, uint64_t n)
{
	in->counts.used -= n;
	in->counts.filtered += n;
}

bool input_has(const struct input *in, int column)
{
	const struct want *w = &in->want[column];

	return in->seen[column] || w->join;
}

int32_t input_last_day(const struct input *in)
{
	return in->last_day;
}

size_t input_width(const struct input *in)
{
	return in->table.columns;
}

struct text input_header(const struct input *in, size_t i)
{
	const struct opt_list *cols = &in->common->cols;

	/* A column read as NAME passes on under that name. */
	for (size_t k = cols->n; k-- > 0;) {
		const char *sign = strchr(cols->item[k], '=');

		if (text_eq(in->table.name[i], text_of(sign + 1)))
			return (struct text){ cols->item[k],
					      (size_t)(sign -
						       cols->item[k]) };
	}
	return in->table.name[i];
}

struct text input_raw_cell(const struct input *in, size_t i)
{
	struct text t = { 0 };

	table_value(&in->table, i, &t);
	return t;
}

struct text input_raw(const struct input *in)
{
	return table_raw(&in->table);
}

struct input_counts input_counts(const struct input *in)
{
	return in->counts;
}

void input_print_summary(const struct input_counts *c, uint64_t out)
{
	fprintf(stderr,
		"%s: in=%llu used=%llu filtered=%llu not_data=%llu "
		"merged=%llu rejected=%llu out=%llu\n",
		msg_program(), (unsigned long long)c->in,
		(unsigned long long)c->used, (unsigned long long)c->filtered,
		(unsigned long long)c->not_data, (unsigned long long)c->merged,
		(unsigned long long)c->rejected, (unsigned long long)out);
}

void input_settle(const struct common *common, struct rejects *rejects,
		  const struct input_counts *c, uint64_t out)
{
	const char *max = common->max_rejects;

	if (common->summary)
		input_print_summary(c, out);
	rejects_close(rejects);
	if (rejects_too_many(max, c->rejected, c->in))
		die("%llu of %llu rows were rejected, more than "
		    "--max-rejects %s allows",
		    (unsigned long long)c->rejected,
		    (unsigned long long)c->in, max ? max : "50%");
}

void input_close(struct input *in, uint64_t out)
{
	if (in->open)
		table_close(&in->table);
	input_settle(in->common, in->rejects, &in->counts, out);
	for (size_t i = 0; i < in->joins; i++)
		join_free(in->join[i]);
	arena_release(&in->names);
	free(in->join);
	free(in->condition);
	free(in->condition_want);
	free(in->want);
	free(in->cell);
	free(in->seen);
	free(in->key);
	free(in);
}
