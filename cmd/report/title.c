/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The title, and the appendix: data, commands, definitions. */
#include "base/msg.h"

#include "cmd/report/build.h"

static void fact(struct build *b, struct table *t, const char *name,
		 const char *value)
{
	table_cell(b->report, t, value_text(name));
	table_cell(b->report, t, value_text(value));
}

void title_write(struct build *b)
{
	struct report *r = b->report;
	struct section *s = report_section(r, REPORT_TITLE, NULL, NULL);
	struct table *t = report_facts(r, s);

	fact(b, t, tr("Period"),
	     report_fmt(r, tr("%s to %s"),
			origin_day(b, b->range[NOW].first),
			origin_day(b, b->range[NOW].last)));
	fact(b, t, tr("Compared with"),
	     report_fmt(r, tr("%s and %s"), b->label[BEFORE],
			b->label[YEAR_BEFORE]));
	fact(b, t, tr("Figures as of"), origin_day(b, b->as_of));
	if (b->last_data_day != DAY_NONE)
		fact(b, t, tr("Last deal in the data"),
		     origin_day(b, b->last_data_day));
	fact(b, t, tr("Made by"), "crmutils " CRM_VERSION);
	if (b->last_data_day != DAY_NONE &&
	    b->last_data_day < b->range[NOW].first)
		report_absent(r, report_find(r, "summary"),
			      tr("The transactions end on %s, before the "
				 "period begins."),
			      origin_day(b, b->last_data_day));
}

static void write_data(struct build *b)
{
	struct report *r = b->report;
	struct section *s = report_section(r, REPORT_APPENDIX, "data",
					   tr("Data"));

	report_text(r, s, "%s",
		    tr("Each file was read once for its rows; its SHA-256 "
		       "tells whether another file is the same, byte for "
		       "byte. The same files and options give the same "
		       "report."));
	report_sources(r, s);
	for (size_t i = 0; i < STREAMS; i++)
		if (!inputs_have(b, (enum stream_number)i))
			report_absent(r, s, tr("Not in the data: %s."),
				      tr(b->stream[i].label));
	report_note(r, s, "%s",
		    b->unmasked ?
			    tr("Names are shown in full, as was asked.") :
			    tr("The names of persons are masked."));
}

static void write_commands(struct build *b)
{
	struct report *r = b->report;
	struct section *s = report_section(r, REPORT_APPENDIX, "commands",
					   tr("Where each figure comes "
					      "from"));

	report_text(r, s, "%s",
		    tr("Run in the folder of the data, these commands print "
		       "the same figures."));
	report_origins(r, s);
}

struct definition {
	const char *word, *meaning;
};

/* Marked for translation by hand: tr() below. */
static const struct definition definitions[] = {
	{ "Purchase",
	  "A document number of a customer, else a day with a deal. Money "
	  "given back is part of the revenue, but no purchase." },
	{ "Revenue", "The sum of the amounts, refunds taken off." },
	{ "Pyramid of customers",
	  "Customers with a deal in the window, ranked by the sum of their "
	  "amounts: VIP the first 1%, large the next 4%, medium the next 15%, "
	  "small the other 80%; the limits are rounded up." },
	{ "Gini index",
	  "G = sum of (2i - n - 1) x_i / (n sum of x), with the values x in "
	  "ascending order; 0 when all bring the same, near 1 when one "
	  "brings all." },
	{ "Churn",
	  "Customers lost in the period by those at its beginning; lost is "
	  "who has had no purchase within the window." },
	{ "Net promoter score",
	  "The percentage of scores 9 and 10 less that of 0 to 6 (Reichheld "
	  "2003); the interval is a score interval for the difference of two "
	  "shares (see crm-nps)." },
	{ "Comparison",
	  "A period is held against the one before it and the same one a "
	  "year earlier, when the data reach back that far." },
};

void definitions_write(struct build *b)
{
	struct report *r = b->report;
	struct section *s = report_section(r, REPORT_APPENDIX, "definitions",
					   tr("Definitions"));
	struct table *t = report_facts(r, s);

	for (size_t i = 0; i < NELEMS(definitions); i++)
		fact(b, t, tr(definitions[i].word),
		     tr(definitions[i].meaning));
}

void appendix_write(struct build *b)
{
	write_data(b);
	write_commands(b);
}
