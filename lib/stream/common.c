/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of common options and the few questions it answers. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/common.h"

static void set_lang(const char *lang)
{
	if (opt_choice("zh|en", text_of(lang)) < 0)
		die_usage("--lang: \"%s\" is not one of zh|en", lang);
	msg_set_lang(lang);
}

static void set_quiet(const char *unused)
{
	(void)unused;
	msg_quiet(true);
}

static void check_color(const char *when)
{
	if (opt_choice("auto|always|never", text_of(when)) < 0)
		die_usage("--color: \"%s\" is not one of auto|always|never",
			  when);
	/* Nothing here is coloured but what a terminal is shown. */
	if (strcmp(when, "auto") != 0)
		setenv("CRM_COLOR", when, 1);
}

void common_init(struct common *c)
{
	const struct opt table[] = {
		{ OPT_TEXT, 'f', "from", "FORMAT",
		  "csv, tsv, ndjson or json (else by the first byte)",
		  &c->from },
		{ OPT_LIST, 0, "col", "NAME=HEADER",
		  "read NAME from the column HEADER", &c->cols },
		{ OPT_LIST, 0, "where", "COL=VALUE",
		  "keep matching rows (!= < <= > >= too)", &c->wheres },
		{ OPT_DAY, 0, "since", "DATE", "from this day on", &c->since },
		{ OPT_DAY, 0, "until", "DATE", "up to this day", &c->until },
		{ OPT_TEXT, 0, "period", "P",
		  "2025-10, 2025, 2025Q3, 2025W40, last-month, ...",
		  &c->period },
		{ OPT_DAY, 0, "as-of", "DATE",
		  "the day the question is asked on", &c->as_of },
		{ OPT_TEXT, 0, "tz", "ZONE", "time zone (Asia/Shanghai)",
		  &c->tz },
		{ OPT_TEXT, 0, "by", "COL,...", "one result per group",
		  &c->by },
		{ OPT_LIST, 0, "with", "FILE",
		  "join columns of another file by vin or customer_id",
		  &c->withs },
		{ OPT_TEXT, 't', "to", "FORMAT",
		  "csv, tsv, ndjson, json, table or markdown", &c->to },
		{ OPT_TEXT, 'o', "output", "FILE",
		  "write FILE, whole or not at all", &c->output },
		{ OPT_TEXT, 0, "get", "COL",
		  "print the one value of COL, bare", &c->get },
		{ OPT_LIST, 0, "fail-if", "COL<VALUE",
		  "exit 3 when a row is so", &c->fail_if },
		{ OPT_FLAG, 0, "spreadsheet", NULL,
		  "CSV whose cells no spreadsheet takes for formulas",
		  &c->spreadsheet },
		{ OPT_TEXT, 0, "rejects", "FILE",
		  "set bad rows aside in FILE and go on", &c->rejects },
		{ OPT_TEXT, 0, "max-rejects", "N",
		  "N or N%: more rejects fail the run (50%)",
		  &c->max_rejects },
		{ OPT_FLAG, 0, "summary", NULL,
		  "one line of counts on standard error", &c->summary },
		{ OPT_CALL, 0, "lang", "LANG",
		  "zh or en: words of reports and tables", set_lang },
		{ OPT_INT, 'j', "jobs", "N", "threads (default: all cores)",
		  &c->jobs, .min = 1, .max = 1024 },
		{ OPT_FLAG, 'n', "dry-run", NULL,
		  "say what would be written, write nothing", &c->dry_run },
		{ OPT_FLAG, 0, "progress", NULL, "show progress",
		  &c->progress },
		{ OPT_CALL, 'q', "quiet", NULL, "no warnings", set_quiet },
		{ OPT_FLAG, 'v', "verbose", NULL, "tell more", &c->verbose },
		{ OPT_CALL, 0, "color", "WHEN", "auto, always or never",
		  check_color },
		{ OPT_END },
	};

	*c = (struct common){ .since = DAY_NONE, .until = DAY_NONE,
			      .as_of = DAY_NONE, .tz = "Asia/Shanghai" };
	_Static_assert(NELEMS(table) <= COMMON_OPTS, "room for the table");
	memcpy(c->opts, table, sizeof(table));
	for (size_t i = 0; i < NELEMS(table); i++)
		c->opts[i].common = true;
}

void common_beside(struct common *c)
{
	common_init(c);
	c->jobs = 1;
	c->joined = true;
}

void common_check_places(const struct common *c)
{
	const char *output = c->output ? c->output : "-";

	if (c->rejects && strcmp(c->rejects, output) == 0)
		die_usage("--rejects: the result goes to \"%s\" too", output);
}

/* The folder that holds the path; of a bare name the working one. */
static bool stat_folder(const char *path, struct stat *st)
{
	char *folder = mem_strdup(path), *slash = strrchr(folder, '/');
	bool ok;

	if (slash)
		slash[1] = '\0';
	ok = stat(slash ? folder : ".", st) == 0;
	free(folder);
	return ok;
}

static const char *last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool same_inode(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* By whatever names, there or yet to be made. A device takes everything. */
static bool same_place(const char *a, const char *b)
{
	bool stream_a = strcmp(a, "-") == 0, stream_b = strcmp(b, "-") == 0;
	struct stat x, y;
	int there;

	if (stream_a || stream_b)
		return stream_a && stream_b;
	there = (stat(a, &x) == 0) + (stat(b, &y) == 0);
	if (there == 2)
		return S_ISREG(x.st_mode) && same_inode(&x, &y);
	return there == 0 && strcmp(last_name(a), last_name(b)) == 0 &&
	       stat_folder(a, &x) && stat_folder(b, &y) && same_inode(&x, &y);
}

void common_check_apart(const struct common_place *place, size_t n,
			char *const *files, size_t nfiles)
{
	for (size_t i = 0; i < n; i++) {
		if (!place[i].path)
			continue;
		for (size_t k = 0; k < i; k++)
			if (place[k].path &&
			    same_place(place[i].path, place[k].path))
				die_usage("%s and %s name one file; give "
					  "each its own",
					  place[k].option, place[i].option);
		for (size_t k = 0; !place[i].in_place && k < nfiles; k++)
			if (strcmp(files[k], "-") != 0 &&
			    same_place(place[i].path, files[k]))
				die_usage("%s names a file that is read",
					  place[i].option);
	}
}

void common_check_log(const struct common *common, char *log)
{
	const struct common_place place[] = {
		{ "-o", common->output, false },
		{ "--rejects", common->rejects, false },
	};

	common_check_apart(place, NELEMS(place), &log, 1);
}

unsigned common_jobs(const struct common *c)
{
	long cores = c->jobs ? 0 : sysconf(_SC_NPROCESSORS_ONLN);

	if (c->jobs)
		return (unsigned)c->jobs;
	return cores > 1 ? (unsigned)cores : 1;
}

bool common_threads(const struct common *c)
{
	return common_jobs(c) > 1;
}

int32_t common_today(const struct common *c)
{
	int64_t now;
	int minutes;

	if (c->as_of != DAY_NONE)
		return c->as_of;
	now = instant_now();
	if (!instant_zone(text_of(c->tz), now, &minutes))
		die_usage("--tz: \"%s\" is not a time zone known here", c->tz);
	return instant_day(now, minutes);
}

struct day_range common_range(const struct common *c)
{
	struct day_range r = { DAY_MIN, DAY_MAX };

	if (c->period) {
		struct text p = text_of(c->period);
		bool clock = text_starts(p, "last-") || text_is(p, "ytd");

		if (!day_period(p, clock ? common_today(c) : DAY_NONE, &r))
			die_usage("--period: \"%s\" is not a period (2025-10, "
				  "2025, 2025Q3, 2025W40, last-month, "
				  "last-quarter, ytd)",
				  c->period);
	}
	if (c->since != DAY_NONE && c->until != DAY_NONE &&
	    c->since > c->until)
		die_usage("--since is later than --until");
	if (c->since != DAY_NONE && c->since > r.first)
		r.first = c->since;
	if (c->until != DAY_NONE && c->until < r.last)
		r.last = c->until;
	return r;
}
