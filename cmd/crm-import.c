/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-import: any export of a dealer's systems in, a canonical stream out. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cmd/import/import.h"
#include "stream/json_in.h"

#define MAP_LIMIT ((size_t)1 << 20)

/* ---- options ---- */

static char delimiter_of(const char *word)
{
	if (!word)
		return '\0';
	if (strcmp(word, "tab") == 0 || strcmp(word, "\\t") == 0)
		return '\t';
	if (strlen(word) != 1 || (unsigned char)word[0] >= 0x80 ||
	    strchr("\"\r\n", word[0]))
		die_usage("--delimiter: \"%s\" is not one ASCII character, or "
			  "tab",
			  word);
	return word[0];
}

/* What other commands have and an importer cannot use. */
static void check_common(struct import_options *o)
{
	const char *from = o->common.from;

	if (o->common.by)
		die_usage("--by: crm-import does not group rows");
	if (o->common.withs.n)
		die_usage("--with: crm-import joins nothing");
	if (!from)
		return;
	if (strcmp(from, "tsv") == 0)
		o->delimiter_byte = '\t';
	else if (strcmp(from, "csv") != 0)
		die_usage("--from: crm-import reads delimited text, not \"%s\"",
			  from);
}

/* Gives the words of --na, which last as long as the rules do. */
static struct text *settle_options(struct import_options *o)
{
	struct reading_rules *rules = &o->project.rules;
	struct text *na = mem_alloc(o->na.n, sizeof(*na));

	o->delimiter_byte = delimiter_of(o->delimiter);
	check_common(o);
	if (o->dates && !reading_dates(text_of(o->dates), rules))
		die_usage("--dates: \"%s\" is not ymd, dmy, mdy or serial (or "
			  "two of them with a comma)",
			  o->dates);
	for (size_t i = 0; i < o->na.n; i++)
		na[i] = text_of(o->na.item[i]);
	rules->na = na;
	rules->nna = o->na.n;
	/* A table's times stay as they are; a stream's stand in a zone. */
	rules->zone_minutes = strcmp(o->stream, "table") == 0 ?
				      WHEN_NO_ZONE :
				      common_zone_minutes(&o->common);
	o->project.eight_steps = o->workflow == 1;
	return na;
}

/* ---- the user's words ---- */

static void read_file(const char *path, struct buf *to)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		die_errno("%s", path);
	while ((n = read(fd, buf_room(to, 65536), 65536)) > 0) {
		to->n += (size_t)n;
		if (to->n > MAP_LIMIT)
			die("%s: more than 1 MiB", path);
	}
	if (n < 0)
		die_errno("%s", path);
	close(fd);
	buf_add(to, "", 0);
}

static void add_aliases(struct aliases *a, const char *path)
{
	struct buf csv = { 0 };
	size_t line = 1;
	const char *why;

	read_file(path, &csv);
	why = aliases_add(a, buf_text(&csv), &line);
	if (why)
		die("%s:%zu: %s", path, line, why);
	buf_release(&csv);
}

/* --map: a JSON object, header -> canonical name. */
static void add_map(struct aliases *a, const char *path)
{
	struct jsonin *json = jsonin_new();
	const struct json_value *values;
	struct json_fault fault;
	struct buf bytes = { 0 };
	struct text object;

	read_file(path, &bytes);
	object = text_trim(buf_text(&bytes));
	if (text_starts(object, "\xef\xbb\xbf"))
		object.p += 3, object.n -= 3;
	if (utf8_bad(object.p, object.n) < object.n)
		die("%s: not valid UTF-8", path);
	if (!jsonin_parse(json, object, true, &values, &fault))
		die("%s: not a JSON object of headers and names (%s at byte "
		    "%zu)",
		    path, reason_code(fault.reason), fault.offset + 1);
	for (size_t i = 0; i < jsonin_columns(json); i++) {
		if (values[i].kind != JSON_STRING)
			die("%s: the name of a column is text", path);
		aliases_say(a, jsonin_key(json, i), values[i].text,
			    HEADER_MAP);
	}
	jsonin_free(json);
	buf_release(&bytes);
}

static void add_cols(struct aliases *a, const struct opt_list *cols)
{
	for (size_t i = 0; i < cols->n; i++) {
		const char *col = cols->item[i], *sign = strchr(col, '=');

		if (!sign || sign == col || !sign[1])
			die_usage("--col: \"%s\" is not NAME=HEADER", col);
		aliases_say(a, text_of(sign + 1),
			    (struct text){ col, (size_t)(sign - col) },
			    HEADER_COL);
	}
}

void import_check_said(const struct aliases *a)
{
	struct text unused = aliases_unused(a);
	struct buf name = { 0 };

	if (!unused.p)
		return;
	utf8_show(&name, unused, 60);
	die("no file has the column \"%s\" that --col or --map names",
	    name.p);
}

/* ---- the run ---- */

static int run_import(struct import_options *o, char **files, size_t n)
{
	static char standard[] = "-";
	static char *only_standard[] = { standard };
	struct import run = { .o = o };
	int status;

	run.sheets = n ? n : 1;
	run.aliases = aliases_new();
	for (size_t i = 0; i < o->aliases.n; i++)
		add_aliases(run.aliases, o->aliases.item[i]);
	if (o->map)
		add_map(run.aliases, o->map);
	add_cols(run.aliases, &o->common.cols);
	run.sheet = mem_alloc(run.sheets, sizeof(*run.sheet));
	for (size_t i = 0; i < run.sheets; i++)
		sheet_open(&run.sheet[i], (n ? files : only_standard)[i], &run);
	common_check_places(&o->common);
	if (!o->show_map)
		run.rejects = rejects_open(o->common.rejects);
	if (o->show_map)
		status = import_show_map(&run);
	else if (strcmp(o->stream, "table") == 0)
		status = import_table(&run);
	else
		status = import_stream(&run,
				       schema_find(text_of(o->stream)));
	aliases_free(run.aliases);
	extras_release(&run.extras);
	free(run.sheet);
	return status;
}

static int stream_main(int argc, char **argv)
{
	struct import_options o = { .stream = argv[0] };
	struct buf name = { 0 }, example = { 0 };
	char **files;
	size_t n;

	common_init(&o.common);
	const struct opt opts[] = {
		{ OPT_CHOICE, 0, "kind",
		  "auto|customer|vehicle|sale|service|complaint|survey|lead",
		  "what the files are", &o.kind },
		{ OPT_CHOICE, 0, "encoding",
		  "auto|utf-8|gb18030|utf-16|latin1", "of all files",
		  &o.encoding },
		{ OPT_TEXT, 0, "delimiter", "C", "between fields (or: tab)",
		  &o.delimiter },
		{ OPT_INT, 0, "skip", "N", "lines above the header to leave out",
		  &o.skip, .min = 0, .max = 1000000 },
		{ OPT_TEXT, 0, "header", "NAMES",
		  "the files have none: these, with commas", &o.header },
		{ OPT_TEXT, 0, "dates", "ORDER",
		  "ymd, dmy or mdy; serial for day counts", &o.dates },
		{ OPT_LIST, 0, "na", "TEXT", "one more word for unknown",
		  &o.na },
		{ OPT_LIST, 0, "aliases", "FILE",
		  "more header words: canonical,alias,stream", &o.aliases },
		{ OPT_TEXT, 0, "map", "FILE",
		  "JSON: header -> canonical name", &o.map },
		{ OPT_FLAG, 0, "show-map", NULL,
		  "show what each column was taken for", &o.show_map },
		{ OPT_TEXT, 0, "source", "NAME",
		  "source of customers and leads", &o.project.source },
		{ OPT_CHOICE, 0, "workflow", "seven-step|eight-step",
		  "events of a complaint register", &o.workflow },
		{ OPT_INCLUDE, .to = o.common.opts },
		{ OPT_END },
	};

	buf_addf(&name, "crm-import %s", argv[0]);
	buf_addf(&example, "crm-import %s exports/*.csv --rejects bad.csv",
		 argv[0]);
	const struct program program = {
		name.p, "[OPTION...] [FILE...]",
		"Reads exports as they are and writes the stream.",
		example.p, opts
	};

	msg_init("crm-import");
	files = opt_parse(&program, argc, argv, &n);
	struct text *na = settle_options(&o);
	int status = run_import(&o, files, n);

	free(na);
	buf_release(&name);
	buf_release(&example);
	return status;
}

int main(int argc, char **argv)
{
	static const struct program program = {
		"crm-import", "STREAM [OPTION...] [FILE...]",
		"Reads exports of dealer systems (GB18030, UTF-16, titles, "
		"totals and all)\nand writes one canonical stream.",
		"crm-import transactions 维修结算单.csv --rejects bad.csv",
		NULL
	};
	static const struct verb verbs[] = {
		{ "customers", "one row a customer", stream_main },
		{ "vehicles", "one row a vehicle", stream_main },
		{ "transactions", "sales, and repair orders line by line",
		  stream_main },
		{ "surveys", "one row an answer", stream_main },
		{ "complaints", "one row an event of a case", stream_main },
		{ "leads", "one row a lead", stream_main },
		{ "table", "any table, cleaned, its columns as they are",
		  stream_main },
		{ NULL, NULL, NULL }
	};

	msg_init("crm-import");
	return opt_verbs(&program, verbs, argc, argv);
}
