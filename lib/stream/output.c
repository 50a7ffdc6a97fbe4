/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows out, in the format that was asked for. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "stream/csv_out.h"
#include "stream/json_out.h"
#include "stream/output_state.h"

static const char formats[] = "csv|tsv|ndjson|json|table|markdown";

/* By how the name ends, whatever the case; -1: it says nothing of the kind.
 * What by its name would be opened as something else is refused, rather than
 * be CSV in disguise. */
static int by_suffix(const char *path)
{
	static const struct {
		const char *suffix;
		enum format format;
	} known[] = {
		{ ".csv", CSV },      { ".tsv", TSV },	 { ".ndjson", NDJSON },
		{ ".jsonl", NDJSON }, { ".json", JSON }, { ".md", MARKDOWN },
		{ ".txt", TABLE },
	};
	static const char *const other[] = {
		".xlsx", ".xlsm", ".xlsb", ".xls", ".ods",     ".html",
		".htm",	 ".xml",  ".pdf",  ".doc", ".docx",    ".svg",
		".png",	 ".gz",	  ".bz2",  ".xz",  ".zst",     ".zip",
		".7z",	 ".rar",  ".db",   ".dot", ".parquet",
	};
	const char *slash = strrchr(path, '/');
	const char *suffix = strrchr(slash ? slash : path, '.');

	for (size_t i = 0; suffix && i < NELEMS(known); i++)
		if (strcasecmp(suffix, known[i].suffix) == 0)
			return (int)known[i].format;
	for (size_t i = 0; suffix && i < NELEMS(other); i++)
		if (strcasecmp(suffix, other[i]) == 0)
			die_usage("-o %s: %s is not written here; a name may "
				  "end in .csv .tsv .ndjson .jsonl .json .md "
				  ".txt, else -t says the format",
				  path, other[i]);
	return -1;
}

/* The format that --to or the name of -o tells, else -1. */
static int told_format(const struct common *c)
{
	int i;

	if (c->to) {
		i = opt_choice(formats, text_of(c->to));
		if (i < 0)
			die_usage("--to: \"%s\" is not one of %s", c->to,
				  formats);
		return i;
	}
	if (c->output && strcmp(c->output, "-") != 0)
		return by_suffix(c->output);
	return -1;
}

static enum format choose_format(const struct common *c)
{
	int told = told_format(c);

	if (told >= 0)
		return (enum format)told;
	if (c->output && strcmp(c->output, "-") != 0)
		return CSV;
	return isatty(STDOUT_FILENO) ? TABLE : CSV;
}

bool output_format_told(const struct common *c)
{
	return told_format(c) >= 0;
}

bool output_for_people(const struct common *c)
{
	return choose_format(c) >= TABLE;
}

static bool is_number(enum col_type type)
{
	return type == COL_MONEY || type == COL_INT || type == COL_REAL ||
	       type == COL_SHARE || type == COL_FIXED4;
}

static size_t find_column(const struct output *o, const char *option,
			  struct text name)
{
	for (size_t i = 0; i < o->columns; i++)
		if (text_is(name, o->name[i]))
			return i;
	die_usage("%s: the result has no column \"%.*s\"", option, (int)name.n,
		  name.p);
}

/* A column of the result as a schema of its own, so that --fail-if compares
 * by its type. */
static void add_alarm(struct output *o, const char *text)
{
	struct text name = { text, strcspn(text, "!<>=") };
	size_t column = find_column(o, "--fail-if", name);
	struct schema_column one = { .name = o->name[column],
				     .type = o->type[column] };
	struct schema schema = { .column = &one, .n = 1 };

	o->alarm[o->alarms++] = (struct alarm){
		pick_parse("--fail-if", text, &schema), column
	};
}

/* The first name begins the file: with one of these it would be JSON. */
static bool looks_like_json(const char *name)
{
	name += strspn(name, " \t\r\n");
	return *name == '{' || *name == '[';
}

static void write_header(struct output *o)
{
	char delimiter = o->format == TSV ? '\t' : ',';

	if (o->format == JSON)
		sink_puts(o->sink, "[");
	if (o->format != CSV && o->format != TSV)
		return;
	for (size_t i = 0; i < o->columns; i++) {
		if (i)
			sink_put(o->sink, &delimiter, 1);
		if (i == 0 && looks_like_json(o->name[i]))
			csvout_quoted(o->sink, text_of(o->name[i]));
		else
			csvout_cell(o->sink, text_of(o->name[i]), delimiter);
	}
	sink_puts(o->sink, "\n");
}

/* Two columns of one name could not be told apart again. Only --by adds
 * columns of the user's. */
static void check_names(const struct output_column *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(c[i].name, c[k].name) == 0)
				die_usage("--by: the result would have two "
					  "columns \"%s\"; --col NAME=%s gives "
					  "one another name", c[i].name,
					  c[i].name);
}

static void name_columns(struct output *o, const struct output_column *c,
			 size_t n)
{
	check_names(c, n);
	o->columns = n;
	o->name = mem_alloc(n, sizeof(*o->name));
	o->type = mem_alloc(n, sizeof(*o->type));
	o->json_name = mem_zalloc(n, sizeof(*o->json_name));
	for (size_t i = 0; i < n; i++) {
		o->name[i] = mem_strdup(c[i].name);
		o->type[i] = c[i].type;
		buf_addc(&o->json_name[i], i ? ',' : '{');
		jsonout_string(&o->json_name[i], text_of(c[i].name));
		buf_addc(&o->json_name[i], ':');
	}
}

static void open_table(struct output *o)
{
	bool *right = mem_alloc(o->columns, sizeof(*right));

	for (size_t i = 0; i < o->columns; i++)
		right[i] = is_number(o->type[i]);
	o->table = tableout_new(o->sink, o->format == MARKDOWN,
				(const char *const *)o->name, right,
				o->columns);
	free(right);
}

struct output *output_open(const struct common *common,
			   const struct output_column *columns, size_t n)
{
	struct output *o = mem_zalloc(1, sizeof(*o));

	o->format = choose_format(common);
	o->threads = common_jobs(common);
	o->spreadsheet = common->spreadsheet;
	o->get = common->get;
	name_columns(o, columns, n);
	if (o->get)
		o->get_column = find_column(o, "--get", text_of(o->get));
	o->alarm = mem_alloc(common->fail_if.n, sizeof(*o->alarm));
	for (size_t i = 0; i < common->fail_if.n; i++)
		add_alarm(o, common->fail_if.item[i]);
	o->sink = sink_open(common->output,
			    common->private ? SINK_PERSONAL : SINK_PLAIN);
	if (o->get)
		return o;
	if (o->format == TABLE || o->format == MARKDOWN)
		open_table(o);
	else
		write_header(o);
	return o;
}

/* ---- cells ---- */

static void watch(struct output *o, struct text t)
{
	if (o->get && o->at == o->get_column) {
		buf_clear(&o->got);
		buf_addt(&o->got, t);
	}
	for (size_t i = 0; i < o->alarms; i++) {
		const struct condition *c = &o->alarm[i].condition;
		struct cell cell;

		if (o->alarm[i].column == o->at &&
		    cell_parse(t, c->type, 0, &cell) && pick_holds(c, &cell))
			o->alarmed = true;
	}
}

static void put_csv(struct output *o, struct text t)
{
	char delimiter = o->format == TSV ? '\t' : ',';
	bool bare = is_number(o->type[o->at]);

	/* A line without a byte would be taken for a blank one. */
	if (o->columns == 1 && t.n == 0) {
		sink_puts(o->sink, "\"\"");
	} else if (o->spreadsheet && !bare) {
		if (o->at)
			sink_put(o->sink, &delimiter, 1);
		csvout_spreadsheet_cell(o->sink, t, delimiter);
	} else {
		csvout_next(o->sink, t, delimiter, !o->at, bare);
	}
}

static void put_json(struct output *o, struct text t, bool bare)
{
	if (!o->at && o->format == JSON)
		sink_puts(o->sink, o->rows ? ",\n" : "\n");
	sink_put(o->sink, o->json_name[o->at].p, o->json_name[o->at].n);
	if (t.n == 0) {
		sink_puts(o->sink, "null");
	} else if (bare) {
		sink_put(o->sink, t.p, t.n);
	} else {
		buf_clear(&o->scratch);
		jsonout_string(&o->scratch, t);
		sink_put(o->sink, o->scratch.p, o->scratch.n);
	}
}

/* Every cell comes through here as text; `bare`: JSON takes it unquoted. */
static void put(struct output *o, struct text t, bool bare)
{
	if (o->at == o->columns)
		bug("a row has more cells than columns");
	if (o->get || o->alarms)
		watch(o, t);
	if (o->get)
		;
	else if (o->table)
		tableout_cell(o->table, t);
	else if (o->format == CSV || o->format == TSV)
		put_csv(o, t);
	else
		put_json(o, t, bare);
	o->at++;
}

void output_empty(struct output *o)
{
	put(o, (struct text){ 0 }, true);
}

void output_text(struct output *o, struct text t)
{
	put(o, t, false);
}

void output_str(struct output *o, const char *s)
{
	put(o, text_of(s), false);
}

void output_int(struct output *o, int64_t v)
{
	char s[24];
	size_t n = 0;

	if (v < 0)
		s[n++] = '-';
	n += text_put_u64(s + n, v < 0 ? -(uint64_t)v : (uint64_t)v);
	put(o, (struct text){ s, n }, true);
}

void output_money(struct output *o, int64_t fen)
{
	char s[MONEY_MAX_BYTES];

	put(o, (struct text){ s, money_format(fen, s) }, true);
}

int64_t output_narrow(money_wide fen)
{
	int64_t narrow;

	if (!money_narrow(fen, &narrow))
		die("a total is too large");
	return narrow;
}

void output_money_wide(struct output *o, money_wide fen)
{
	output_money(o, output_narrow(fen));
}

void output_real(struct output *o, double v)
{
	char s[NUMBER_MAX_BYTES];

	if (isfinite(v))
		put(o, (struct text){ s, number_format(v, s) }, true);
	else
		output_empty(o);
}

void output_share(struct output *o, money_wide numerator,
		  money_wide denominator)
{
	char s[MONEY_SHARE_BYTES];
	size_t n = money_format_share(numerator, denominator, s);

	put(o, (struct text){ s, n }, true);
}

void output_share_real(struct output *o, double share)
{
	char s[NUMBER_MAX_BYTES];

	if (isfinite(share))
		put(o, (struct text){ s, number_format_share(share, s) },
		    true);
	else
		output_empty(o);
}

void output_fixed4(struct output *o, double v)
{
	char s[NUMBER_MAX_BYTES];

	if (isfinite(v))
		put(o, (struct text){ s, number_format_fixed(v, 4, s) },
		    true);
	else
		output_empty(o);
}

void output_tenths(struct output *o, int64_t tenths)
{
	uint64_t size = tenths < 0 ? -(uint64_t)tenths : (uint64_t)tenths;
	char s[NUMBER_MAX_BYTES];
	size_t n = 0;

	if (tenths < 0)
		s[n++] = '-';
	n += text_put_u64(s + n, size / 10);
	s[n++] = '.';
	s[n++] = (char)('0' + size % 10);
	put(o, (struct text){ s, n }, true);
}

void output_day(struct output *o, int32_t day)
{
	char s[DAY_BYTES];

	if (day == DAY_NONE)
		output_empty(o);
	else
		put(o, (struct text){ s, day_format(day, s) }, false);
}

void output_instant(struct output *o, int64_t us, int zone_minutes)
{
	char s[INSTANT_BYTES];

	put(o, (struct text){ s, instant_format(us, zone_minutes, s) }, false);
}

void output_json(struct output *o, struct text json)
{
	put(o, json, true);
}

void output_end(struct output *o)
{
	if (o->at != o->columns)
		bug("a row has %zu cells under %zu columns", o->at,
		    o->columns);
	o->at = 0;
	o->rows++;
	if (o->get)
		return;
	if (o->table)
		tableout_end(o->table);
	else if (o->format == CSV || o->format == TSV)
		csvout_end(o->sink);
	else
		sink_puts(o->sink, o->format == JSON ? "}" : "}\n");
}

/* Nothing is asked of single cells, and they stand as they are. */
static bool is_plain(const struct output *o)
{
	return (o->format == CSV || o->format == TSV) && !o->get &&
	       !o->alarms && !o->spreadsheet && o->columns > 1;
}

void output_row(struct output *o, const struct text *cell)
{
	if (is_plain(o)) {
		csvout_row(o->sink, cell, o->columns,
			   o->format == TSV ? '\t' : ',');
		o->rows++;
		return;
	}
	for (size_t i = 0; i < o->columns; i++)
		put(o, cell[i], cell[i].n == 0 || is_number(o->type[i]));
	output_end(o);
}

bool output_takes_lines(const struct output *o)
{
	return o->format == CSV && is_plain(o);
}

void output_line(struct output *o, const struct text *piece, size_t n,
		 size_t empty)
{
	size_t room = empty + 1;
	char *to;

	for (size_t i = 0; i < n; i++)
		room += piece[i].n;
	to = sink_room(o->sink, room);
	for (size_t i = 0; i < n; i++)
		to = text_put(to, piece[i]);
	memset(to, ',', empty);
	to[empty] = '\n';
	sink_wrote(o->sink, room);
	o->rows++;
}

uint64_t output_rows(const struct output *o)
{
	return o->rows;
}

void output_flush(struct output *o)
{
	if (!o->table)
		sink_flush(o->sink);
}

static void finish(struct output *o)
{
	if (o->get) {
		if (o->rows != 1)
			die("--get %s: the result has %llu rows, not one",
			    o->get, (unsigned long long)o->rows);
		sink_put(o->sink, o->got.p, o->got.n);
		sink_puts(o->sink, "\n");
	} else if (o->table) {
		tableout_free(o->table);
	} else if (o->format == JSON) {
		sink_puts(o->sink, o->rows ? "\n]\n" : "]\n");
	}
	sink_close(o->sink);
}

int output_close(struct output *o)
{
	int status = o->alarmed ? EXIT_FOUND : EXIT_DONE;

	finish(o);
	for (size_t i = 0; i < o->columns; i++) {
		free(o->name[i]);
		buf_release(&o->json_name[i]);
	}
	free(o->name);
	free(o->type);
	free(o->json_name);
	free(o->alarm);
	buf_release(&o->scratch);
	buf_release(&o->got);
	free(o);
	return status;
}
