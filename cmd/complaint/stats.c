/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint stats: how many cases, how long they took, and whether in
 * time; what they were about, and who complained again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "canon/codes_csv.h"

#include "cmd/complaint/stats.h"
#include "cmd/complaint/verbs.h"

/* The results, of which a run writes one. */
enum {
	SUMMARY, BY_TIME, SLA, DWELL, PARETO, CROSS, REPEAT, ATTITUDE, RESULTS
};

struct asked_for {
	bool times, sla, dwell, attitude;
};

static const struct result {
	const char *option;
	struct output *(*write)(struct stats *);
} results[RESULTS] = {
	[SUMMARY] = { "", stats_summary },
	[BY_TIME] = { "--times", stats_times },
	[SLA] = { "--sla", stats_sla },
	[DWELL] = { "--dwell", stats_dwell },
	[PARETO] = { "--pareto", stats_pareto },
	[CROSS] = { "--cross", stats_cross },
	[REPEAT] = { "--repeat", stats_repeat },
	[ATTITUDE] = { "--attitude", stats_attitude },
};

static int choose(const struct stats *s, const struct asked_for *a)
{
	const bool given[RESULTS] = {
		[BY_TIME] = a->times,	  [SLA] = a->sla,
		[DWELL] = a->dwell,	  [PARETO] = s->pareto,
		[CROSS] = s->cross,	  [REPEAT] = s->repeat > 0,
		[ATTITUDE] = a->attitude,
	};
	int result = SUMMARY;

	for (int i = 0; i < RESULTS; i++) {
		if (given[i] && result != SUMMARY)
			die_usage("%s and %s: one result at a time",
				  results[result].option, results[i].option);
		if (given[i])
			result = i;
	}
	if (s->response && result != SUMMARY && result != BY_TIME)
		die_usage("--response goes with --times, or with none of the "
			  "other results");
	return result;
}

static void name_cross(struct stats *s)
{
	size_t *column, n;

	if (s->common.by || s->unit)
		die_usage("--cross is of all the cases, without --by");
	n = casesource_columns(&s->src, "--cross", s->cross, &column);
	if (n != 2)
		die_usage("--cross: \"%s\" is not two columns, such as "
			  "category,cause", s->cross);
	memcpy(s->column, column, sizeof(s->column));
	free(column);
}

/* The columns that a result looks at, before any event is read. */
static void name_columns(struct stats *s, int result)
{
	if (result == PARETO)
		s->column[0] = casesource_column(&s->src, s->pareto);
	else if (result == REPEAT)
		s->column[0] = casesource_column(&s->src, "customer_id");
	else if (result == ATTITUDE)
		s->column[0] = casesource_column(&s->src, "cause");
	else if (result == CROSS)
		name_cross(s);
}

/* --response: which events count. */
static void read_response(struct stats *s)
{
	const struct workflow *w = s->src.workflow;
	struct text rest = text_of(s->response), part;

	if (!s->response)
		return;
	s->responds = mem_zalloc((size_t)workflow_events(w),
				 sizeof(*s->responds));
	while (text_split(&rest, ',', &part)) {
		int event = workflow_find_event(w, part);

		if (event == WORKFLOW_NOT)
			die_usage("--response: the workflow has no event "
				  "\"%.*s\"", (int)part.n, part.p);
		s->responds[event] = true;
	}
}

static int run(struct stats *s, int result, char **files, size_t n)
{
	struct output *out;
	int status;

	s->codes = codes_csv_read(NULL);
	s->unit = casegroups_unit(&s->common, &s->names);
	name_columns(s, result);
	s->src.all_timers = result == SLA;
	s->src.no_empty_log = true;
	casesource_open(&s->src, files, n);
	casecols_use_codes(&s->src.cols, s->codes);
	if (s->unit)
		by_trend(&s->src.cols.by, s->unit, CASECOLS_BY_DAY);
	read_response(s);
	s->times = casestats_watch(s->src.cases, s->src.workflow, s->responds,
				   result == DWELL);
	casesource_read(&s->src);
	casegroups_make(&s->g, &s->src);
	out = results[result].write(s);
	casegroups_release(&s->g);
	casestats_free(s->times);
	free(s->responds);
	codes_free(s->codes);
	casesource_close(&s->src, output_rows(out));
	status = output_close(out);
	arena_release(&s->names);
	return status;
}

int stats_main(int argc, char **argv)
{
	struct stats s = { .attitude = "attitude" };
	struct asked_for asked = { false };
	size_t n;
	char **files;

	common_init(&s.common);
	casesource_init(&s.src, &s.common);
	const struct opt opts[] = {
		{ OPT_FLAG, 0, "times", NULL,
		  "a row a time: n, mean, percentiles", .to = &asked.times },
		{ OPT_TEXT, 0, "response", "EVENT,...",
		  "what responds; else any event that moves",
		  .to = &s.response },
		{ OPT_FLAG, 0, "sla", NULL, "each timer: kept, late, used",
		  .to = &asked.sla },
		{ OPT_FLAG, 0, "dwell", NULL, "how long cases were in a state",
		  .to = &asked.dwell },
		{ OPT_TEXT, 0, "pareto", "COL",
		  "values of COL (cause, category) by frequency",
		  .to = &s.pareto },
		{ OPT_TEXT, 0, "cross", "ROW,COL",
		  "cases by two columns, crossed", .to = &s.cross },
		{ OPT_INT, 0, "repeat", "K", "customers with K cases or more",
		  .to = &s.repeat, .min = 1, .max = 1000000 },
		{ OPT_FLAG, 0, "attitude", NULL,
		  "share caused by attitude, beside the claim",
		  .to = &asked.attitude },
		{ OPT_TEXT, 0, "attitude-cause", "CODE",
		  "the cause that it is (attitude)", .to = &s.attitude },
		{ OPT_TEXT, 0, "claims-file", "FILE", "other claims",
		  .to = &s.claims_file },
		{ .kind = OPT_INCLUDE, .to = s.src.opts },
		{ .kind = OPT_INCLUDE, .to = s.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint stats", "[OPTION...] LOG | [FILE...]",
		"Writes a row a group (--by month, owner, store_id, "
		"category...): cases, open,\nclosed, reopened, within due, "
		"handling and response times in minutes.\nOr one of the "
		"results that the options name.",
		"crm-complaint stats cases.log --by store_id", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	return run(&s, choose(&s, &asked), files, n);
}
