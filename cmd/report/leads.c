/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads: where they come from, and why they are lost. */
#include <stdlib.h>

#include "base/msg.h"
#include "base/money.h"

#include "cmd/report/tally.h"

enum { CREATED, SOURCE, OUTCOME, LOST_REASON, COLUMNS };


struct leads {
	struct tally *source;	/* of the period and those before */
	struct tally *outcome;	/* of twelve months, in NOW */
	struct tally *reason;	/* the same */
	struct day_range year;
	int32_t first_day;
	bool has_source, has_outcome;
	uint64_t rows;
};

static bool lies_in(int32_t day, struct day_range r)
{
	return day >= r.first && day <= r.last;
}

static void add_row(const struct build *b, struct leads *l,
		    const struct cell *c)
{
	int32_t day = c[CREATED].day;

	l->rows++;
	if (l->first_day == DAY_NONE || day < l->first_day)
		l->first_day = day;
	for (int s = 0; s < SPANS; s++)
		if (lies_in(day, b->range[s]))
			tally_add(l->source, (enum span)s, c[SOURCE].text);
	if (!lies_in(day, l->year))
		return;
	tally_add(l->outcome, NOW, c[OUTCOME].text);
	if (c[LOST_REASON].known)
		tally_add(l->reason, NOW, c[LOST_REASON].text);
}

static void read_rows(struct build *b, struct leads *l)
{
	static const struct input_column columns[COLUMNS] = {
		[CREATED] = { "created_on", COL_DAY, INPUT_FILLED },
		[SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
		[OUTCOME] = { "outcome", COL_TEXT, INPUT_OPTIONAL },
		[LOST_REASON] = { "lost_reason", COL_TEXT, INPUT_OPTIONAL },
	};
	struct reader *r = reader_open(b, LEADS, columns, COLUMNS, CREATED);
	struct row row;

	while (reader_next(r, &row)) {
		if (row.cell[CREATED].day > b->as_of)
			input_skip(reader_input(r));
		else
			add_row(b, l, row.cell);
	}
	l->has_source = reader_has(r, SOURCE);
	l->has_outcome = reader_has(r, OUTCOME);
	reader_close(r);
}

static bool covers(const struct leads *l, struct day_range r)
{
	return l->first_day != DAY_NONE && l->first_day <= r.first;
}

static void write_card(struct build *b, const struct leads *l)
{
	struct value value[SPANS];
	struct origin o = origin_of(b, LEADS, NULL,
				    "crm-mix --stream leads %s --get rows",
				    origin_period(b, b->range[NOW]));

	for (int s = 0; s < SPANS; s++)
		value[s] = s == NOW || covers(l, b->range[s]) ?
				   value_count(tally_total(l->source,
							   (enum span)s)) :
				   value_none();
	build_card(b, "leads", tr("New leads"), value, 1, NULL, &o);
}

static struct value percent_change(int64_t now, int64_t then)
{
	if (then <= 0)
		return value_none();
	return value_real((double)money_ratio((money_wide)(now - then) * 100,
					      then, 2) / 100.0);
}

static void write_sources(struct build *b, struct section *s,
			  const struct leads *l)
{
	struct report *r = b->report;
	size_t n;
	struct tally_row *row = tally_rows(b, l->source, &n);
	struct origin o = origin_of(
		b, LEADS, NULL, "crm-mix --stream leads --by source --compare %s",
		origin_period(b, b->range[NOW]));
	struct table *t = report_table(
		r, s, report_fmt(r, tr("New leads by source, %s"),
				 b->label[NOW]), &o);

	table_column(r, t, "source", tr("Source"), VALUE_TEXT);
	table_column(r, t, "rows", tr("Leads"), VALUE_COUNT);
	table_column(r, t, "share", tr("Share"), VALUE_SHARE);
	table_column(r, t, "previous", b->label[BEFORE], VALUE_COUNT);
	table_column(r, t, "change_pct", tr("Change, %"), VALUE_REAL);
	table_column(r, t, "year_ago", b->label[YEAR_BEFORE], VALUE_COUNT);
	table_column(r, t, "year_change_pct", tr("Change, %"), VALUE_REAL);
	for (size_t i = 0; i < n; i++) {
		table_cell(r, t, value_text(row[i].word));
		table_cell(r, t, value_count(row[i].rows[NOW]));
		table_cell(r, t, value_share(row[i].share));
		for (int p = BEFORE; p < SPANS; p++) {
			bool known = covers(l, b->range[p]);
			table_cell(r, t, known ?
						 value_count(row[i].rows[p]) :
						 value_none());
			table_cell(r, t, known ?
						 percent_change(
							 row[i].rows[NOW],
							 row[i].rows[p]) :
						 value_none());
		}
	}
	free(row);
}

static const char *year_options(struct build *b, const struct leads *l)
{
	return report_fmt(b->report, "--since %s --until %s",
			  origin_day(b, l->year.first),
			  origin_day(b, l->year.last));
}

static void write_outcomes(struct build *b, struct section *s,
			   const struct leads *l)
{
	struct report *r = b->report;
	size_t n;
	struct tally_row *row = tally_rows(b, l->outcome, &n);
	struct origin o = origin_of(b, LEADS, NULL,
				    "crm-mix --stream leads --by outcome %s",
				    year_options(b, l));
	struct table *t = report_table(
		r, s, tr("What became of the leads of twelve months"), &o);

	table_column(r, t, "outcome", tr("Outcome"), VALUE_TEXT);
	table_column(r, t, "rows", tr("Leads"), VALUE_COUNT);
	table_column(r, t, "share", tr("Share"), VALUE_SHARE);
	for (size_t i = 0; i < n; i++) {
		table_cell(r, t, value_text(row[i].word));
		table_cell(r, t, value_count(row[i].rows[NOW]));
		table_cell(r, t, value_share(row[i].share));
	}
	free(row);
}

static void name_reasons(struct build *b, const struct tally_row *row)
{
	build_name(b, "top_lost_reason", value_text(row[0].word));
	build_name(b, "top_lost_reason_leads", value_count(row[0].rows[NOW]));
	build_name(b, "top_lost_reason_share", value_share(row[0].share));
}

static void draw_reasons(struct build *b, struct section *s,
			 const struct leads *l)
{
	size_t n;
	struct tally_row *row = tally_rows(b, l->reason, &n);
	const struct chart c = {
		.title = tr("Why leads were lost"),
		.about = tr("Bars of the number of lost leads for each "
			    "reason, the most frequent first, and a line of "
			    "their cumulative share."),
		.axis = tr("Leads"),
	};

	name_reasons(b, row);
	struct origin o = origin_of(
		b, LEADS, NULL,
		"crm-mix --stream leads --by lost_reason "
		"--where 'lost_reason!=' %s", year_options(b, l));
	tally_figure(b, s, tr("Why leads of the last twelve months were lost"),
		     c, tr("lost leads"), row, n, &o);
	free(row);
}

static void write_section(struct build *b, struct section *s,
			  const struct leads *l)
{
	if (!l->rows) {
		report_absent(b->report, s, "%s",
			      tr("There is no lead up to the end of the "
				 "period."));
		return;
	}
	write_card(b, l);
	if (l->has_source && tally_total(l->source, NOW))
		write_sources(b, s, l);
	if (l->has_outcome && tally_total(l->outcome, NOW))
		write_outcomes(b, s, l);
	if (tally_total(l->reason, NOW))
		draw_reasons(b, s, l);
	else
		report_absent(b->report, s, "%s",
			      tr("No reason for losing a lead is recorded in "
				 "the last twelve months."));
}

void leads_read(struct build *b)
{
	struct section *s = report_section(b->report, REPORT_BODY, "leads",
					   tr("Leads"));
	struct leads l = { .first_day = DAY_NONE };

	if (!inputs_have(b, LEADS)) {
		report_absent(b->report, s, "%s",
			      tr("There are no leads in the data: this section "
				 "is left out."));
		return;
	}
	l.year = (struct day_range){ day_add_months(b->as_of + 1, -12),
				     b->as_of };
	l.source = tally_new();
	l.outcome = tally_new();
	l.reason = tally_new();
	read_rows(b, &l);
	write_section(b, s, &l);
	tally_free(l.source);
	tally_free(l.outcome);
	tally_free(l.reason);
}
