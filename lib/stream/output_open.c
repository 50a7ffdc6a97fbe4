/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An output opened, in the format that was asked for, and closed. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
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
		right[i] = output_is_number(o->type[i]);
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
