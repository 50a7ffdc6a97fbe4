/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases from a log or a stream, beside the purchases of their customers. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/codes_csv.h"
#include "canon/eventrows.h"
#include "canon/json_doc.h"
#include "canon/scenes.h"
#include "canon/workflow_json.h"
#include "stream/caselog_tell.h"

#include "cmd/loyalty/cases.h"

struct cases {
	const struct common *common;
	const char *path;
	const char *workflow_asked;
	struct place *place;
	int64_t end; /* events from here on are not known yet */
	struct workflow *workflow;
	struct scenes scenes;
	struct casework *work; /* NULL: a log without events */
	struct caselog *log;
	struct arena scratch; /* texts of the line under way */
};

static void begin(struct cases *k, const char *workflow)
{
	static const struct text kept[] = {
		{ "customer_id", 11 },
		{ "cause", 5 },
	};

	if (k->workflow_asked)
		workflow = k->workflow_asked;
	k->workflow = workflow_json_read(workflow);
	k->work = casework_new(k->workflow, NULL);
	scenes_ask(&k->scenes, k->work, k->workflow);
	if (!casework_fields(k->work, kept, NELEMS(kept)))
		bug("no room for two columns of cases");
}

/* ---- a stream ---- */

static void take_row(struct cases *k, struct input *in, const struct row *row)
{
	struct casework_event ev = eventrows_event(row, k->place);
	struct text field[CASEWORK_FIELDS];
	enum casework_verdict verdict;
	int state;

	eventrows_fields(row, k->work, field);
	ev.field = field;
	verdict = casework_add(k->work, &ev, &state);
	if (verdict != CASEWORK_FINE)
		eventrows_reject(in, verdict, &ev, k->work, k->workflow, state,
				 k->place);
}

static void read_stream(struct cases *k)
{
	struct input_column columns[EVENTROWS_MAX];
	struct common own;
	struct input *in;
	struct row row;
	size_t n;

	begin(k, "seven-step");
	n = eventrows_all(k->work, columns);
	in = people_beside(&own, k->common, k->path, "complaints", columns, n);
	while (input_next(in, &row))
		take_row(k, in, &row);
	input_close(in, 0);
}

/* ---- a log ---- */

static void begin_by_line(struct cases *k, const struct caselog_line *line)
{
	struct text rest = line->members, own = { 0 };
	struct caselog_member m;

	while (caselog_member(&rest, &m))
		if (text_is(m.key, "workflow"))
			own = caselog_text(k->log, line->line, &m,
					   &k->scratch);
	if (own.n == 0)
		caselog_bad_line(k->log, line->line, "names no workflow");
	if (!k->workflow_asked && !json_doc_shipped(own))
		die("%s: made with a workflow that is not shipped; name its "
		    "file with --workflow",
		    k->path);
	begin(k, arena_strdup(&k->scratch, own.p, own.n));
}

static void take_field(const struct cases *k, struct text *field,
		       struct text key, struct text value)
{
	for (size_t i = 0; i < casework_columns(k->work); i++)
		if (text_eq(casework_column(k->work, i), key))
			field[i] = value;
}

static void take_line(struct cases *k, const struct caselog_line *line)
{
	struct casework_event ev = { .at = CASEWORK_NO_TIME,
				     .due = CASEWORK_NO_TIME,
				     .recorded = true };
	struct text field[CASEWORK_FIELDS] = { { 0 } }, rest = line->members;
	struct caselog_member m;
	bool timed = false;
	int state;

	while (caselog_member(&rest, &m)) {
		struct text value =
			caselog_text(k->log, line->line, &m, &k->scratch);

		if (text_is(m.key, "case_id"))
			ev.case_id = value;
		else if (text_is(m.key, "event"))
			ev.event = value;
		else if (text_is(m.key, "at"))
			timed = instant_parse(value, 0, &ev.at);
		take_field(k, field, m.key, value);
	}
	if (rest.n > 0 || !timed || ev.case_id.n == 0 || ev.event.n == 0)
		caselog_bad_line(k->log, line->line,
				 "not an event of this kind of log");
	if (ev.at >= k->end)
		return;
	ev.field = field;
	if (casework_add(k->work, &ev, &state) != CASEWORK_FINE)
		caselog_bad_line(k->log, line->line,
				 "the workflow does not allow this event");
}

static void read_log(struct cases *k)
{
	struct caselog_line line;
	int got;

	common_check_log(k->common, (char *)(uintptr_t)k->path);
	k->log = caselog_open(k->path, "complaints", CASELOG_READ);
	while ((got = caselog_next(k->log, &line)) > 0) {
		if (!k->work)
			begin_by_line(k, &line);
		take_line(k, &line);
		arena_release(&k->scratch);
	}
	if (got < 0)
		caselog_damaged(k->log);
	caselog_tell_tail(k->log);
	caselog_close(k->log);
}

/* ---- what they come to ---- */

/* Purchases of everybody, sorted; the caller frees. */
static struct comeback_visit *visits_of(const struct people *p, size_t *n)
{
	struct comeback_visit *v = mem_alloc(p->events, sizeof(*v));

	*n = 0;
	for (size_t i = 0; i < p->events; i++)
		if (!p->event[i].refund)
			v[(*n)++] = (struct comeback_visit){
				p->event[i].customer, p->event[i].day
			};
	comeback_sort(v, *n);
	return v;
}

/* The day from which a return is waited for: that of the closing, or of the
 * opening while the case is open. */
static int32_t left_on(struct cases *k, const struct casework_case *c)
{
	int64_t at = c->closed_at == CASEWORK_NO_TIME ? c->opened_at
						      : c->closed_at;

	return instant_day(at, place_zone(k->place, at));
}

static void count_back(struct cases *k, const struct people *p,
		       struct cases_told *told)
{
	const int64_t spot = CASESTATS_ON_SPOT_HOURS * INSTANT_HOUR;
	const struct casework_when when = { 0 };
	size_t column = casework_find_field(k->work, TEXT("customer_id")), n;
	struct comeback_visit *visit = visits_of(p, &n);
	struct text missing;
	bool *unsolved = casestats_unsolved(
		k->workflow, TEXT(CASESTATS_UNSOLVED_STATES), &missing);

	for (size_t i = 0; i < casework_count(k->work); i++) {
		struct casework_case c = casework_case(k->work, i, when);
		struct text who = casework_field(k->work, i, column);
		size_t at = group_find(p->persons, who);
		struct comeback_visit left = { UINT32_MAX, left_on(k, &c) };

		/* Who has no transaction did not come back. */
		if (at != SIZE_MAX)
			left.customer = (uint32_t)at;
		if (who.n > 0)
			comeback_count(&told->back[casestats_outcome(
					       &c, unsolved, spot)],
				       visit, n, left, COMEBACK_MONTHS,
				       p->last);
	}
	free(visit);
	free(unsolved);
}

static void count_causes(const struct cases *k, struct cases_told *told)
{
	size_t column = casework_find_field(k->work, TEXT("cause"));
	struct codes *codes = codes_csv_read(NULL);

	for (size_t i = 0; i < casework_count(k->work); i++) {
		struct text cause = casework_field(k->work, i, column);

		told->caused += cause.n > 0;
		told->attitude += text_is(codes_of(codes, TEXT("cause"), cause),
					  "attitude");
	}
	codes_free(codes);
}

struct cases_told cases_read(const struct people *p,
			     const struct common *common, const char *path,
			     const char *workflow)
{
	struct cases k = { .common = common,
			   .path = path,
			   .workflow_asked = workflow };
	struct cases_told told = { .caused = 0 };

	k.place = place_new(common);
	k.end = people_end(k.place, common);
	if (caselog_is(path))
		read_log(&k);
	else
		read_stream(&k);
	if (k.work) {
		count_back(&k, p, &told);
		count_causes(&k, &told);
	}
	casework_free(k.work);
	workflow_free(k.workflow);
	scenes_release(&k.scenes);
	place_free(k.place);
	return told;
}
