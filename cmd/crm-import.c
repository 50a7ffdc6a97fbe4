/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-import: any export of a dealer's systems in, a canonical stream out. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/import/import.h"

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
	if (strcmp(o->stream, "table") == 0 &&
	    (o->bases.n || o->changes || o->quality))
		die_usage("--base, --changes, --quality: nothing is known of "
			  "a table's columns");
	if (!from)
		return;
	if (opt_choice("csv|tsv|ndjson|json", text_of(from)) < 0)
		die_usage("--from: \"%s\" is not one of csv, tsv, ndjson, "
			  "json", from);
	if (strcmp(from, "tsv") == 0)
		o->delimiter_byte = '\t';
}

/* For times without one; until the end of the run. */
static void set_zone(struct import_options *o)
{
	struct reading_rules *rules = &o->project.rules;

	rules->zone = instant_changes(text_of(o->common.tz), &rules->zones);
	if (!rules->zone)
		die_usage("--tz: \"%s\" is not a time zone known here",
			  o->common.tz);
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
	rules->zone_minutes = WHEN_NO_ZONE;
	if (strcmp(o->stream, "table") != 0)
		set_zone(o);
	o->project.eight_steps = o->workflow == 1;
	return na;
}

/* ---- the user's words ---- */

static void add_aliases(struct aliases *a, const char *path)
{
	struct buf csv = { 0 };
	size_t line = 1;
	const char *why;

	share_read_file(path, MAPS_MIB, &csv);
	why = aliases_add(a, buf_text(&csv), &line);
	if (why)
		die("%s:%zu: %s", path, line, why);
	buf_release(&csv);
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

/* ---- the run ---- */

/* Columns that are not the map's are not guessed at. */
static void check_changed(const struct import *run)
{
	size_t changed = 0;

	for (size_t i = 0; i < run->sheets; i++)
		changed += run->sheet[i].changed;
	if (changed)
		die("%zu of %zu files have other columns than %s; see "
		    "--show-map, and --save-map for a new one",
		    changed, run->sheets, run->maps.path);
}

static int run_on(struct import *run)
{
	const struct import_options *o = run->o;
	const struct schema *schema = schema_find(text_of(o->stream));

	if (strcmp(o->stream, "table") == 0)
		return import_table(run);
	return o->show_map ? import_show_stream(run, schema) :
			     import_stream(run, schema);
}

/* A dry run leaves standard output to what is asked for. */
static void check_written(const struct import_options *o, char *const *files,
			  size_t n)
{
	const struct common *c = &o->common;
	const char *result = c->output ? c->output : "-";
	const struct common_place place[] = {
		{ "-o", c->dry_run ? NULL : result, true },
		{ "--changes", o->changes, false },
		{ "--quality", o->quality, false },
		{ "--save-map", o->save_map, false },
		{ "--rejects", c->rejects, false },
	};

	common_check_places(c);
	common_check_apart(place, NELEMS(place), files, n);
}

static int run_import(struct import_options *o, char **files, size_t n)
{
	static char standard[] = "-";
	static char *only_standard[] = { standard };
	struct import run = { .o = o };
	int status;

	check_written(o, files, n);
	run.sheets = n ? n : 1;
	run.aliases = aliases_new();
	for (size_t i = 0; i < o->aliases.n; i++)
		add_aliases(run.aliases, o->aliases.item[i]);
	for (size_t i = 0; i < o->maps.n; i++)
		maps_read(&run.maps, run.aliases, o->maps.item[i]);
	add_cols(run.aliases, &o->common.cols);
	run.sheet = mem_alloc(run.sheets, sizeof(*run.sheet));
	for (size_t i = 0; i < run.sheets; i++)
		sheet_open(&run.sheet[i], (n ? files : only_standard)[i], &run);
	check_changed(&run);
	if (!o->show_map)
		run.rejects = rejects_open(o->common.rejects);
	filldown_begin(&run);
	progress_open(&run.progress, o->common.progress);
	status = run_on(&run);
	for (size_t i = 0; i < run.sheets; i++)
		sheet_close(&run.sheet[i]);
	aliases_free(run.aliases);
	maps_release(&run.maps);
	extras_release(&run.extras);
	free(run.fill_used);
	free(run.sheet);
	return status;
}

#define OPTIONS 24

/* The table of a verb, which is o->stream. */
static void fill_options(struct import_options *o, struct opt to[OPTIONS])
{
	/* -h tells what the verb has a use for, --help-all the rest as well. */
	const bool table = strcmp(o->stream, "table") == 0;
	const bool cases = strcmp(o->stream, "complaints") == 0;
	const bool people = strcmp(o->stream, "customers") == 0 ||
			    strcmp(o->stream, "leads") == 0;
	const struct opt opts[OPTIONS] = {
		{ OPT_CHOICE, 0, "kind",
		  "auto|customer|vehicle|sale|service|complaint|survey|lead",
		  "of the files", &o->kind, .common = table },
		{ OPT_CHOICE, 0, "encoding",
		  "auto|utf-8|gb18030|utf-16|latin1", "of all files",
		  &o->encoding },
		{ OPT_TEXT, 0, "delimiter", "C", "between fields (or: tab)",
		  &o->delimiter },
		{ OPT_INT, 0, "skip", "N",
		  "lines above the header to leave out",
		  &o->skip, .min = 0, .max = 1000000 },
		{ OPT_TEXT, 0, "header", "NAMES",
		  "the files have none: these, with commas", &o->header },
		{ OPT_TEXT, 0, "sheet", "NAME",
		  "of a workbook, or its number", &o->sheet },
		{ OPT_FLAG, 0, "fill-merged", NULL,
		  "merged cells: the value in each of them",
		  &o->fill_merged },
		{ OPT_LIST, 0, "fill-down", "COL,...",
		  "empty cells take the value above (*: no figures)",
		  &o->fill_down },
		{ OPT_TEXT, 0, "dates", "ORDER",
		  "ymd, dmy or mdy; serial for day counts", &o->dates },
		{ OPT_LIST, 0, "na", "TEXT", "one more word for unknown",
		  &o->na, .common = !table },
		{ OPT_LIST, 0, "aliases", "FILE",
		  "more header words: canonical,alias,stream", &o->aliases },
		{ OPT_LIST, 0, "map", "FILE",
		  "what columns are: JSON, by hand or saved", &o->maps },
		{ OPT_TEXT, 0, "save-map", "FILE",
		  "keep what was understood, for --map", &o->save_map },
		{ OPT_FLAG, 0, "show-map", NULL,
		  "show what each column was taken for", &o->show_map },
		{ OPT_LIST, 0, "base", "FILE",
		  "an earlier result, brought up to date", &o->bases,
		  .common = table },
		{ OPT_CHOICE, 0, "policy", "update|keep|fill",
		  "what the base's values are worth", &o->policy,
		  .common = table },
		{ OPT_TEXT, 0, "changes", "FILE",
		  "what changed, old and new, as CSV", &o->changes,
		  .common = table },
		{ OPT_TEXT, 0, "quality", "FILE",
		  "how good columns and files are, as CSV", &o->quality,
		  .common = table },
		{ OPT_TEXT, 0, "source", "NAME",
		  "source of customers and leads", &o->project.source,
		  .common = !people },
		{ OPT_CHOICE, 0, "workflow", "seven-step|eight-step",
		  "events of a complaint register", &o->workflow,
		  .common = !cases },
		{ OPT_INCLUDE, .to = o->common.opts },
		{ OPT_END },
	};

	memcpy(to, opts, sizeof(opts));
}

static int stream_main(int argc, char **argv)
{
	struct import_options o = { .stream = argv[0] };
	struct buf name = { 0 }, example = { 0 };
	struct opt opts[OPTIONS];
	char **files;
	size_t n;

	common_init(&o.common);
	fill_options(&o, opts);
	buf_addf(&name, "crm-import %s", argv[0]);
	buf_addf(&example, "crm-import %s exports/*.csv --rejects bad.csv",
		 argv[0]);
	const struct program program = {
		name.p, "[OPTION...] [FILE...]",
		"Reads exports as they are and writes the stream.",
		example.p, opts
	};

	files = opt_parse(&program, argc, argv, &n);
	struct text *na = settle_options(&o);
	int status = run_import(&o, files, n);

	free(na);
	free(o.project.rules.zone);
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
