/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-report: the canonical streams of a period in, one report out, in six
 * parts: title, contents, summary, body, conclusions and recommendations,
 * appendix.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "render/html.h"
#include "render/json.h"
#include "render/markdown.h"
#include "render/plain.h"
#include "stream/sink.h"

#include "cmd/report/build.h"

struct format {
	const char *name, *suffix;
	void (*write)(struct buf *, const struct report *);
};

static const struct format formats[] = {
	{ "html", ".html", html_write },
	{ "md", ".md", markdown_write },
	{ "txt", ".txt", plain_write },
	{ "json", ".json", json_write },
};

/* ---- the question ---- */

static const struct format *find_format(const char *name)
{
	for (size_t i = 0; i < NELEMS(formats); i++)
		if (strcmp(name, formats[i].name) == 0)
			return &formats[i];
	if (strcmp(name, "xlsx") == 0)
		die_usage("workbooks (xlsx) are not written by this version; "
			  "html, md, txt and json are");
	if (strcmp(name, "markdown") == 0)
		return find_format("md");
	die_usage("--to: \"%s\" is not one of html|md|txt|json", name);
}

/* By --to, else by the suffix of -o, else text. */
static const struct format *format_of(const struct common *c)
{
	struct text path = text_of(c->output);

	if (c->to)
		return find_format(c->to);
	for (size_t i = 0; c->output && i < NELEMS(formats); i++)
		if (text_ends(path, formats[i].suffix))
			return &formats[i];
	if (c->output && text_ends(path, ".xlsx"))
		return find_format("xlsx");
	if (c->output && strcmp(c->output, "-") != 0)
		die_usage("-o %s: the suffix is none of .html .md .txt .json; "
			  "-t says the format", c->output);
	return find_format("txt");
}

static enum cohort_unit unit_of(struct day_range r)
{
	switch (period_months(r)) {
	case 3:
		return COHORT_QUARTER;
	case 12:
		return COHORT_YEAR;
	default:
		break;
	}
	return period_days(r) == 7 && day_weekday(r.first) == 1 ?
		       COHORT_WEEK :
		       COHORT_MONTH;
}

/* How far back trends go: so that the year before is in them. */
static int32_t trend_first(struct day_range r, enum cohort_unit unit)
{
	static const int periods[] = {
		[COHORT_WEEK] = 27,
		[COHORT_MONTH] = 25,
		[COHORT_QUARTER] = 13,
		[COHORT_YEAR] = 6,
	};
	int32_t last = cohort_period(r.last, unit);

	return cohort_period_start(last - periods[unit] + 1, unit);
}

static const char *label_of(struct build *b, struct day_range r)
{
	char label[PERIOD_LABEL_BYTES];
	size_t n = period_label(r, label);

	return report_str(b->report, (struct text){ label, n });
}

/* "October 2025" for people, where it is a month; else the label. */
static const char *long_label(struct build *b, struct day_range r)
{
	static const char *const months[] = {
		"January %d", "February %d", "March %d",     "April %d",
		"May %d",     "June %d",     "July %d",	     "August %d",
		"September %d", "October %d", "November %d", "December %d",
	};
	struct civil c = day_civil(r.first);

	if (period_months(r) != 1)
		return label_of(b, r);
	return report_fmt(b->report, tr(months[c.month - 1]), c.year);
}

static struct day_range asked_range(const struct common *c)
{
	struct day_range r;

	if (!c->period && (c->since == DAY_NONE || c->until == DAY_NONE))
		die_usage("which period? --period, or --since and --until, "
			  "say it");
	r = common_range(c);
	if (c->as_of != DAY_NONE && c->as_of < r.last)
		r.last = c->as_of;
	if (r.last < r.first)
		die_usage("the period is empty");
	if (r.first < DAY_MIN + 800)
		die_usage("the period lies too early to be compared");
	return r;
}

static void set_period(struct build *b, struct day_range r)
{
	b->range[NOW] = r;
	b->range[BEFORE] = period_before(r);
	b->range[YEAR_BEFORE] = period_year_before(r);
	b->as_of = r.last;
	b->unit = unit_of(r);
	b->trend_first = trend_first(r, b->unit);
	for (int s = 0; s < SPANS; s++)
		b->label[s] = label_of(b, b->range[s]);
	/* one of the unit's periods, whole or up to --as-of */
	b->single = cohort_period(r.first, b->unit) ==
			    cohort_period(r.last, b->unit) &&
		    cohort_period_start(cohort_period(r.first, b->unit),
					b->unit) == r.first;
}

static void check(const struct build *b)
{
	const struct common *c = &b->common;
	bool any = false;

	if (c->by)
		die_usage("--by: a report is about one whole; --where "
			  "COL=VALUE makes one about a part");
	if (c->get || c->fail_if.n)
		die_usage("--get and --fail-if are for tables, not for "
			  "reports");
	for (size_t i = 0; i < STREAMS; i++)
		any |= inputs_have(b, (enum stream_number)i);
	if (!any)
		die_usage("no data: --data DIR, or --transactions FILE and "
			  "the like, say where they are");
}

/* ---- the report ---- */

static void build_report(struct build *b)
{
	struct section *summary = report_section(b->report, REPORT_SUMMARY,
						 NULL, NULL);

	b->cards = report_cards(b->report, summary);
	names_read(b);
	deals_read(b);
	opinion_read(b);
	cases_read(b);
	leads_read(b);
	park_read(b);
	title_write(b);
	appendix_write(b);
	rules_apply(b);
	definitions_write(b);
	names_free(b);
}

static void write_report(const struct build *b, const struct format *f)
{
	struct sink *sink = sink_open(b->common.output, b->unmasked ?
						       SINK_PRIVATE :
						       SINK_PLAIN);
	struct buf out = { 0 };

	f->write(&out, b->report);
	sink_put(sink, out.p, out.n);
	sink_close(sink);
	buf_release(&out);
}

static int run(struct build *b, const char *dir)
{
	const struct format *f = format_of(&b->common);
	struct day_range r = asked_range(&b->common);

	b->report = report_new();
	report_title(b->report,
		     report_fmt(b->report, tr("Customer report, %s"),
				long_label(b, r)),
		     b->title ? b->title : "");
	if (dir)
		inputs_find(b, dir);
	check(b);
	set_period(b, r);
	build_report(b);
	if (!b->common.dry_run)
		write_report(b, f);
	if (b->common.summary)
		input_print_summary(&b->counts, b->common.dry_run ? 0 : 1);
	report_free(b->report);
	free(b->named);
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	const char *dir = NULL;
	struct build b = {
		.stream = {
			[CUSTOMERS] = { "customers", "Customer file" },
			[VEHICLES] = { "vehicles", "Vehicle file" },
			[TRANSACTIONS] = { "transactions", "Transactions" },
			[SURVEYS] = { "surveys", "Surveys" },
			[COMPLAINTS] = { "complaints", "Complaint register" },
			[LEADS] = { "leads", "Lead list" },
		},
		.inactive_after = 12,
		.last_data_day = DAY_NONE,
	};
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "data", "DIR",
		  "DIR/STREAM.csv or .ndjson of each stream", &dir },
		{ OPT_LIST, 0, "customers", "FILE", "customers",
		  &b.stream[CUSTOMERS].files },
		{ OPT_LIST, 0, "vehicles", "FILE", "vehicles",
		  &b.stream[VEHICLES].files },
		{ OPT_LIST, 0, "transactions", "FILE", "transactions",
		  &b.stream[TRANSACTIONS].files },
		{ OPT_LIST, 0, "surveys", "FILE", "surveys",
		  &b.stream[SURVEYS].files },
		{ OPT_LIST, 0, "complaints", "FILE", "complaint events",
		  &b.stream[COMPLAINTS].files },
		{ OPT_LIST, 0, "leads", "FILE", "leads",
		  &b.stream[LEADS].files },
		{ OPT_TEXT, 0, "title", "TEXT", "a line below the title",
		  &b.title },
		{ OPT_TEXT, 0, "question", "ID",
		  "of the surveys (nps, recommend or the only one)",
		  &b.question },
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "of complaints (seven-step)", &b.workflow },
		{ OPT_INT, 0, "inactive-after", "MONTHS",
		  "no deal for so long: inactive, lost (12)",
		  &b.inactive_after, 1, 1200 },
		{ OPT_TEXT, 0, "rules", "FILE",
		  "rules for findings instead of those that ship",
		  &b.rules },
		{ OPT_FLAG, 0, "unmasked", NULL, "names in full",
		  &b.unmasked },
		{ OPT_INCLUDE, .to = b.common.opts },
		{ OPT_END },
	};
	const struct program program = {
		"crm-report", "--period P --data DIR [OPTION...]",
		"Makes a report of a period from the canonical streams.\n"
		"out: -o report.html, .md, .txt or .json",
		"crm-report --period 2025-10 --data . --lang zh -o report.html",
		opts
	};
	size_t n;
	char **operands;

	msg_init("crm-report");
	common_init(&b.common);
	operands = opt_parse(&program, argc, argv, &n);
	if (n)
		die_usage("%s: streams are given by --data, --transactions "
			  "and the like", operands[0]);
	return run(&b, dir);
}
