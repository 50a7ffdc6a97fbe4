/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases from a log or from an event stream. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/msg.h"
#include "base/parts.h"
#include "canon/calendar_json.h"
#include "canon/eventrows.h"
#include "canon/workflow_json.h"

#include "cmd/complaint/casesource.h"

void casesource_init(struct casesource *s, const struct common *common)
{
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "seven-step, eight-step or FILE.json",
		  .to = &s->workflow_asked },
		{ OPT_TEXT, 0, "calendar", "FILE",
		  "business hours for working time", .to = &s->calendar_name },
		{ OPT_TEXT, 0, "terms", "NAME",
		  "states by the names of this workflow",
		  .to = &s->terms_name },
		{ OPT_FLAG, 0, "events", NULL, "no log, but files of events",
		  .to = &s->events },
		{ .kind = OPT_END },
	};

	_Static_assert(NELEMS(opts) <= CASESOURCE_OPTS, "room for the options");
	*s = (struct casesource){ .common = common,
				  .calendar_name = "business-hours",
				  .last_at = CASEWORK_NO_TIME };
	memcpy(s->opts, opts, sizeof(opts));
}

/* Without the conditions on rows. */
static struct common unconditional(const struct common *common)
{
	struct common c = *common;

	c.wheres = (struct opt_list){ 0 };
	c.since = c.until = DAY_NONE;
	c.period = NULL;
	c.by = NULL;
	return c;
}

/* The options are read: what they ask, and of whom. */
static void begin(struct casesource *s)
{
	if (s->place)
		return;
	s->place = place_new(s->common);
	s->without = unconditional(s->common);
	casecols_init(&s->cols, s->pick_events ? &s->without : s->common,
		      s->place);
}

size_t casesource_column(struct casesource *s, const char *name)
{
	begin(s);
	return casecols_find(&s->cols, text_of(name));
}

size_t casesource_columns(struct casesource *s, const char *option,
			  const char *list, size_t **columns)
{
	begin(s);
	return casecols_list(&s->cols, option, list, columns);
}

size_t casesource_wish(struct casesource *s, const char *option,
		       const char *list, size_t **columns)
{
	size_t before, n;

	begin(s);
	before = s->cols.fields;
	n = casecols_list(&s->cols, option, list, columns);
	for (size_t i = before; i < s->cols.fields; i++)
		s->cols.wished[i] = true;
	return n;
}

/* ---- log or events? ---- */

static bool is_empty(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == 0;
}

/* A file that standard input comes from has a path, too. */
static char standard_input[] = "/dev/stdin";

static bool is_stdin(char **files, size_t n)
{
	return n == 0 || (n == 1 && strcmp(files[0], "-") == 0);
}

static void find_kind(struct casesource *s, char **files, size_t n)
{
	bool no_empty = s->no_empty_log || s->pick_events;

	if (s->events)
		return;
	s->is_log = is_stdin(files, n) && caselog_is(standard_input) &&
		    !is_empty(standard_input);
	for (size_t i = 0; i < n; i++)
		s->is_log |= caselog_is(files[i]) &&
			     !(no_empty && is_empty(files[i]));
	if (s->is_log && s->pick_events)
		die_usage("%s is a log, for crm-complaint cases; replay reads "
			  "events", n ? files[0] : "-");
	if (s->is_log && n > 1)
		die_usage("a log is read by itself, or --events says that "
			  "none of the files is one");
}

/* ---- opening ---- */

static void open_log(struct casesource *s, char *path)
{
	struct caselist *l = &s->list;

	if (s->common->withs.n)
		die_usage("--with: not with a log; pipe the cases on");
	common_check_log(s->common, path);
	*l = (struct caselist){ .path = path, .place = s->place,
				.workflow_asked = s->workflow_asked,
				.calendar = s->calendar, .only = s->only };
	caselist_read(l, s->common);
	s->workflow = l->workflow;
	s->cases = l->cases;
}

static void open_events(struct casesource *s)
{
	s->owned = workflow_json_read(s->workflow_asked ? s->workflow_asked :
							  "seven-step");
	s->workflow = s->owned;
	s->cases = casework_new(s->workflow, s->calendar);
	scenes_ask(&s->list.scenes, s->cases, s->workflow);
}

static void name_columns(struct casesource *s)
{
	struct casecols *c = &s->cols;

	if (!casework_fields(s->cases, c->field, c->fields))
		die_usage("more than %d columns of the events",
			  CASEWORK_FIELDS);
	c->cases = s->cases;
	c->workflow = s->workflow;
	if (s->terms_name)
		s->terms = workflow_json_read(s->terms_name);
	casecols_name_states(c, s->terms);
}

void casesource_open(struct casesource *s, char **files, size_t n)
{
	begin(s);
	parts_allow(common_jobs(s->common));
	find_kind(s, files, n);
	s->files = files;
	s->nfiles = n;
	s->calendar = calendar_json_read(s->calendar_name, s->place);
	if (s->is_log)
		open_log(s, is_stdin(files, n) ? standard_input : files[0]);
	else
		open_events(s);
	name_columns(s);
	s->timers = timers_new(s->cases, s->workflow, s->calendar,
			       s->all_timers);
	s->cols.timers = s->timers;
}

/* ---- reading ---- */

/* Whether the user asks for the column of the events: then it must be there.
 * The workflow's own rules look at what there is. */
static bool is_asked(const struct casesource *s, struct text name)
{
	for (size_t i = 0; i < s->cols.fields; i++)
		if (text_eq(s->cols.field[i], name))
			return !s->cols.wished[i];
	return false;
}

/* A log that comes through a pipe shows by its first line: what is in it was
 * checked when it came there, and must not be checked as if it were new. */
static void refuse_log(const struct casesource *s)
{
	size_t n = input_width(s->in);

	if (!s->events && n > 2 && text_is(input_header(s->in, 0), "seq") &&
	    text_is(input_header(s->in, n - 1), "sum"))
		die_usage("%s: a log is read from its file, not through a "
			  "pipe; name the file",
			  s->nfiles ? s->files[0] : "-");
}

static struct input *open_input(struct casesource *s)
{
	const struct common *common = s->pick_events ? s->common : &s->without;
	size_t n = eventrows_all(s->cases, s->column);

	s->fields = n - EVENT_COLUMNS;
	for (size_t i = EVENT_COLUMNS; i < n; i++) {
		if (is_asked(s, text_of(s->column[i].name)))
			s->column[i].need = INPUT_REQUIRED;
		s->has_money |= s->column[i].type == COL_MONEY;
	}
	return input_open(common, s->cols.schema, s->column, n, s->files,
			  s->nfiles);
}

/* Money as a log has it, however it was written: 80 is 80.00. */
static void money_fields(struct casesource *s, const struct row *row,
			 struct text field[CASEWORK_FIELDS])
{
	for (size_t k = 0; k < s->fields; k++) {
		const struct cell *c = &row->cell[EVENT_COLUMNS + k];

		if (s->column[EVENT_COLUMNS + k].type != COL_MONEY || !c->known)
			continue;
		field[k].p = s->money[k];
		field[k].n = money_format(c->fen, s->money[k]);
	}
}

static void take_row(struct casesource *s, const struct row *row, int64_t end,
		     struct text field[CASEWORK_FIELDS])
{
	struct casework_event ev = eventrows_event(row, s->place);
	enum casework_verdict verdict;
	int state;

	if (ev.at >= end ||
	    (s->only.n > 0 && !text_eq(ev.case_id, s->only))) {
		input_skip(s->in);
		return;
	}
	eventrows_fields(row, s->cases, field);
	if (s->has_money)
		money_fields(s, row, field);
	ev.field = field;
	verdict = casework_add(s->cases, &ev, &state);
	if (verdict != CASEWORK_FINE)
		eventrows_reject(s->in, verdict, &ev, s->cases, s->workflow,
				 state, s->place);
	else if (ev.at > s->last_at)
		s->last_at = ev.at;
}

static void read_events(struct casesource *s)
{
	int64_t end = place_asked(s->place, s->common, CASEWORK_NO_TIME).end;
	struct text field[CASEWORK_FIELDS];
	struct row row;

	s->in = open_input(s);
	refuse_log(s);
	while (input_next(s->in, &row))
		take_row(s, &row, end, field);
}

static bool any_has(const struct casesource *s, size_t field)
{
	for (size_t i = 0; i < casework_count(s->cases); i++)
		if (casework_field_word(s->cases, i, field))
			return true;
	return false;
}

/* A log's columns are in its events: a name that the stream does not have and
 * no event either is a slip of the pen. */
static void check_known(const struct casesource *s)
{
	for (size_t i = 0; i < s->cols.fields; i++) {
		struct text name = s->cols.field[i];

		if (!schema_column(s->cols.schema, name) &&
		    casework_count(s->cases) > 0 &&
		    !any_has(s, s->cols.kept[i]))
			die_usage("a case has no column \"%.*s\"", (int)name.n,
				  name.p);
	}
}

static void read_log(struct casesource *s)
{
	caselist_look_up(&s->list);
	caselist_tell_tail(&s->list);
	s->last_at = s->list.last_at;
	check_known(s);
}

void casesource_read(struct casesource *s)
{
	if (s->is_log)
		read_log(s);
	else
		read_events(s);
	s->asked = place_asked(s->place, s->common, s->last_at);
	s->cols.asked = s->asked;
}

uint64_t casesource_seq(const struct casesource *s)
{
	return s->list.seq;
}

void casesource_unuse(struct casesource *s, uint64_t n)
{
	if (s->in) {
		input_unuse(s->in, n);
		return;
	}
	caselist_unuse(&s->list, n);
}

void casesource_close(struct casesource *s, uint64_t out)
{
	if (s->in)
		input_close(s->in, out);
	else
		caselist_settle(&s->list, s->common, out);
	if (s->is_log)
		caselist_close(&s->list);
	else
		casework_free(s->cases);
	scenes_release(&s->list.scenes);
	timers_free(s->timers);
	workflow_free(s->owned);
	workflow_free(s->terms);
	calendar_free(s->calendar);
	casecols_release(&s->cols);
	place_free(s->place);
}
