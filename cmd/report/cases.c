/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints: how many, why, and what is still open. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/calendar_json.h"
#include "canon/codes_csv.h"
#include "canon/eventrows.h"
#include "canon/workflow_json.h"

#include "cmd/report/cases.h"
#include "cmd/report/tally.h"
#include "cmd/report/trend.h"

enum { CAUSE = EVENT_COLUMNS, COLUMNS };

int32_t cases_day(const struct cases *k, int64_t us)
{
	return instant_day(us, place_zone(k->place, us));
}

/* ---- reading ---- */

static void take_event(struct cases *k, struct input *in,
		       const struct row *row)
{
	struct casework_event ev = eventrows_event(row, k->place);
	int state;
	enum casework_verdict verdict = casework_add(k->work, &ev, &state);

	if (verdict != CASEWORK_FINE)
		eventrows_reject(in, verdict, &ev, k->work, k->workflow, state,
				 k->place);
}

/* As crm-mix takes it: the day of the event in its own words. */
static void take_cause(struct cases *k, const struct cell *c)
{
	int32_t day;

	if (!c[CAUSE].known || !day_parse(c[EVENT_AT].text, &day) ||
	    day < k->year.first || day > k->year.last)
		return;
	tally_add_once(k->cause, NOW, c[CAUSE].text, c[EVENT_CASE_ID].text);
}

static void read_rows(struct cases *k)
{
	struct input_column columns[COLUMNS] = {
		[CAUSE] = { "cause", COL_TEXT, INPUT_OPTIONAL },
	};
	struct reader *r;
	struct row row;

	memcpy(columns, eventrows_columns, sizeof(eventrows_columns));
	r = reader_open(k->build, COMPLAINTS, columns, COLUMNS, EVENT_AT);

	while (reader_next(r, &row)) {
		if (row.cell[EVENT_AT].us >= k->end) {
			input_skip(reader_input(r));
			continue;
		}
		take_cause(k, row.cell);
		take_event(k, reader_input(r), &row);
	}
	reader_close(r);
}

/* ---- what the cases come to ---- */

bool cases_is_open(const struct cases *k, const struct casework_case *c)
{
	return !workflow_state(k->workflow, c->state)->closed;
}

struct casework_case cases_case(const struct cases *k, size_t i)
{
	struct casework_when when = { .until = k->end,
				      .today = k->end - INSTANT_SECOND,
				      .zone_minutes =
					      place_zone(k->place, k->end) };

	return timers_case(k->timers, i, when);
}

static struct cases_sum sum_up(struct cases *k)
{
	struct cases_sum s = { .first_day = DAY_NONE };

	s.cases = casework_count(k->work);
	s.state = mem_zalloc((size_t)workflow_states(k->workflow),
			     sizeof(*s.state));
	for (size_t i = 0; i < s.cases; i++) {
		struct casework_case c = cases_case(k, i);
		int32_t day = cases_day(k, c.opened_at);

		for (int p = 0; p < SPANS; p++)
			s.opened[p] += day >= k->build->range[p].first &&
				       day <= k->build->range[p].last;
		if (s.first_day == DAY_NONE || day < s.first_day)
			s.first_day = day;
		s.state[c.state]++;
		s.open += cases_is_open(k, &c);
		s.overdue += cases_is_open(k, &c) && c.overdue;
		s.reopened += c.reopened > 0;
	}
	return s;
}

static const char *workflow_option(struct build *b)
{
	struct buf words = { 0 };
	const char *option;

	if (!b->workflow)
		return "";
	buf_adds(&words, " --workflow ");
	origin_quote(&words, b->workflow);
	option = report_str(b->report, buf_text(&words));
	buf_release(&words);
	return option;
}

struct origin cases_origin(struct build *b, const char *tail)
{
	return origin_of(b, COMPLAINTS, tail,
			 "crm-complaint replay%s --as-of %s",
			 workflow_option(b), origin_day(b, b->as_of));
}

static void write_card(struct build *b, const struct cases_sum *s)
{
	struct value opened[SPANS];

	for (int p = 0; p < SPANS; p++)
		opened[p] = p == NOW || s->first_day <= b->range[p].first ?
				    value_count((int64_t)s->opened[p]) :
				    value_none();
	struct origin o = cases_origin(
		b, report_fmt(b->report,
			      "| crm-mix --stream table --col date=opened_at "
			      "%s --get rows",
			      origin_period(b, b->range[NOW])));
	build_card(b, "complaints", tr("Complaints opened"), opened, -1,
		   report_fmt(b->report, tr("%llu open at the end"),
			      (unsigned long long)s->open), &o);
	build_name(b, "complaints_open", value_count((int64_t)s->open));
	build_name(b, "complaints_overdue", value_count((int64_t)s->overdue));
	build_name(b, "complaints_reopened",
		   value_count((int64_t)s->reopened));
	if (s->cases)
		build_name(b, "reopened_share",
			   value_share((int64_t)money_ratio(
				   (money_wide)s->reopened,
				   (money_wide)s->cases, 6)));
}

/* ---- opened by month ---- */

static void draw_trend(struct cases *k, struct section *s,
		       const struct cases_sum *sum)
{
	struct build *b = k->build;
	struct trend t = trend_of(b, sum->first_day);
	double *value = mem_zalloc(t.n, sizeof(*value));
	struct series series = { .name = tr("Complaints"), .value = value,
				 .n = t.n };
	struct chart c = trend_chart(b, &t, CHART_BARS);

	for (size_t i = 0; i < casework_count(k->work); i++) {
		struct casework_case one = cases_case(k, i);
		int32_t day = cases_day(k, one.opened_at);
		size_t at = trend_place(&t, cohort_period(day, b->unit));
		if (at < t.n)
			value[at]++;
	}
	c.title = trend_title(b, tr("Complaints opened by month"),
			      tr("Complaints opened by quarter"),
			      tr("Complaints opened by year"),
			      tr("Complaints opened by week"));
	c.about = tr("Bars of the number of complaints that were opened in "
		     "each period.");
	c.axis = tr("Complaints");
	c.whole = true;
	c.series = &series;
	c.nseries = 1;
	struct origin o = cases_origin(
		b, report_fmt(b->report,
			      "| crm-mix --stream table --col date=opened_at "
			      "--trend %s --since %s --until %s",
			      cohort_unit_name(b->unit),
			      origin_day(b, t.first_day),
			      origin_day(b, b->range[NOW].last)));
	report_figure(b->report, s, c.title, &c, &o);
	free(value);
	trend_release(&t);
}

/* ---- causes ---- */

static struct origin cause_origin(struct cases *k)
{
	struct build *b = k->build;

	return origin_of(b, COMPLAINTS, NULL,
			 "crm-mix --stream complaints --by cause "
			 "--where 'cause!=' --count case_id --since %s "
			 "--until %s", origin_day(b, k->year.first),
			 origin_day(b, k->year.last));
}

static void name_causes(struct build *b, const struct tally_row *top,
			int64_t total)
{
	build_name(b, "top_cause", value_text(top->word));
	build_name(b, "top_cause_cases", value_count(top->rows[NOW]));
	build_name(b, "caused_cases", value_count(total));
	build_name(b, "top_cause_share",
		   value_share((int64_t)money_ratio(top->rows[NOW], total,
						    6)));
}

/* Codes by their names in the report's language; other words as they are. */
static void name_codes(struct build *b, struct tally_row *row, size_t n)
{
	struct codes *codes = codes_csv_read(NULL);
	bool zh = strcmp(msg_lang(), "zh") == 0;

	for (size_t i = 0; i < n; i++) {
		struct text word = text_of(row[i].word);
		size_t code = codes_find(codes, TEXT("cause"), word);

		if (code != CODES_NONE &&
		    text_eq(codes_code(codes, code)->code, word))
			row[i].word = report_str(
				b->report,
				codes_name(codes, TEXT("cause"), word, zh));
	}
	codes_free(codes);
}

static void draw_causes(struct cases *k, struct section *s)
{
	size_t n;
	struct tally_row *row = tally_rows(k->build, k->cause, &n);
	const struct chart c = {
		.title = tr("Causes of complaints"),
		.about = tr("Bars of the number of cases of each cause, the "
			    "most frequent first, and a line of their "
			    "cumulative share."),
		.axis = tr("Cases"),
	};
	struct origin o = cause_origin(k);

	name_codes(k->build, row, n);
	name_causes(k->build, row, tally_total(k->cause, NOW));
	tally_figure(k->build, s,
		     tr("Causes of complaints in the last twelve months"), c,
		     tr("cases"), row, n, &o);
	free(row);
}

/* ---- the section ---- */

static void write_section(struct cases *k, struct section *s)
{
	struct build *b = k->build;
	struct cases_sum sum = sum_up(k);

	if (!sum.cases) {
		report_absent(b->report, s, "%s",
			      tr("There is no complaint up to the end of the "
				 "period."));
		free(sum.state);
		return;
	}
	write_card(b, &sum);
	draw_trend(k, s, &sum);
	if (tally_total(k->cause, NOW))
		draw_causes(k, s);
	else
		report_absent(b->report, s, "%s",
			      tr("No cause is recorded in the last twelve "
				 "months."));
	cases_write_states(k, s, &sum);
	if (sum.open)
		cases_write_open(k, s, &sum);
	free(sum.state);
}

void cases_read(struct build *b)
{
	struct section *s = report_section(b->report, REPORT_BODY,
					   "complaints", tr("Complaints"));
	struct cases k = { .build = b };

	if (!inputs_have(b, COMPLAINTS)) {
		report_absent(b->report, s, "%s",
			      tr("There are no complaints in the data: this "
				 "section is left out."));
		return;
	}
	k.workflow = workflow_json_read(b->workflow ? b->workflow :
						      "seven-step");
	k.place = place_new(&b->common);
	k.hours = calendar_json_read("business-hours", k.place);
	k.work = casework_new(k.workflow, k.hours);
	k.timers = timers_new(k.work, k.workflow, k.hours, false);
	k.cause = tally_new();
	k.end = place_day_end(k.place, b->as_of);
	k.year = (struct day_range){
		day_add_months(b->as_of + 1, -12), b->as_of
	};
	read_rows(&k);
	write_section(&k, s);
	casework_free(k.work);
	timers_free(k.timers);
	calendar_free(k.hours);
	workflow_free(k.workflow);
	tally_free(k.cause);
	place_free(k.place);
}
