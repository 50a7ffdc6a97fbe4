/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options to an event, and the event into the log. */
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "stream/pick.h"
#include "canon/codes_csv.h"
#include "canon/eventrows.h"

#include "cmd/complaint/byhand_in.h"

/* Who makes the event, and when: the same of every event by hand. Not every
 * stream has roles. */
static void who_opts(struct byhand *b)
{
	bool roles = schema_column(b->schema, TEXT("role"));
	const struct opt all[] = {
		{ OPT_TEXT, 0, "actor", "ID", "who does it",
		  .to = byhand_slot(b, "actor") },
		{ OPT_TEXT, 0, "role", "ROLE", "in which role",
		  .to = roles ? byhand_slot(b, "role") : NULL },
		{ OPT_TEXT, 0, "at", "TIME", "when, else now",
		  .to = byhand_slot(b, "at") },
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "of a new log, or of one whose own is a file",
		  .to = &b->workflow },
		{ .kind = OPT_END },
	};
	struct opt *to = b->who;

	_Static_assert(NELEMS(all) <= BYHAND_WHO, "room for the options");
	for (size_t i = 0; i < NELEMS(all); i++)
		if (all[i].to || all[i].kind == OPT_END)
			*to++ = all[i];
}

void byhand_init(struct byhand *b, const struct caselist_kind *kind)
{
	*b = (struct byhand){
		.kind = kind, .schema = schema_find(text_of(kind->schema)),
	};
	if (b->schema->n > BYHAND_COLUMNS)
		bug("a stream of more columns than an event by hand has");
	who_opts(b);
}

/* ---- cells ---- */

struct cells {
	struct cell cell[BYHAND_COLUMNS];
	struct text field[CASEWORK_FIELDS];
	struct cell event[EVENT_COLUMNS];
};

static void read_cell(const struct byhand *b, size_t i, struct text t,
		      struct cell *cell)
{
	static const enum reason reasons[] = {
		[COL_DAY] = REASON_BAD_DATE,   [COL_INSTANT] = REASON_BAD_TIME,
		[COL_MONEY] = REASON_BAD_NUMBER, [COL_INT] = REASON_BAD_NUMBER,
		[COL_REAL] = REASON_BAD_NUMBER, [COL_SHARE] = REASON_BAD_NUMBER,
		[COL_FIXED4] = REASON_BAD_NUMBER,
	};
	const struct schema_column *c = &b->schema->column[i];
	struct place *place = b->entry.list.place;

	if (!cell_parse(t, c->type, 0, cell))
		die_usage("%s: %s", c->name, reason_sentence(reasons[c->type]));
	/* A time without a zone is one of the place. */
	if (cell->known && c->type == COL_INSTANT)
		cell_parse(t, c->type, place_zone_local(place, cell->us), cell);
}

/* A stream may have words of its own; by hand there are those of the rules. */
static void check_severity(struct text t)
{
	if (t.n && !(t.n == 1 && t.p[0] >= '1' &&
		     t.p[0] <= '0' + WORKFLOW_SEVERITIES))
		die_usage("severity: \"%.*s\" is not 1 to %d", (int)t.n, t.p,
			  WORKFLOW_SEVERITIES);
}

/* What is known by a code is written as the code. */
static void read_cells(const struct byhand *b, struct cells *cells,
		       const struct codes *codes)
{
	for (size_t i = 0; i < b->schema->n; i++) {
		struct text name = text_of(b->schema->column[i].name);
		struct text t = text_of(b->value[i]);

		if (codes_has_kind(codes, name))
			t = codes_of(codes, name, t);
		if (text_is(name, "severity"))
			check_severity(t);
		read_cell(b, i, t, &cells->cell[i]);
	}
}

static struct cell *cell_of(const struct byhand *b, struct cells *cells,
			    const char *column)
{
	return &cells->cell[byhand_column(b, text_of(column))];
}

static struct text value_of(const struct byhand *b, struct cells *cells,
			    struct text name)
{
	size_t i = byhand_column(b, name);

	if (i < b->schema->n)
		return cells->cell[i].text;
	for (size_t k = 0; k < b->sets.n; k++) {
		const char *value;

		if (text_eq(byhand_set(b->sets.item[k], &value), name))
			return text_of(value);
	}
	return (struct text){ 0 };
}

/* As if the cells were a row of a stream. */
static struct casework_event event_of(const struct byhand *b,
				      struct cells *cells)
{
	const struct casework *cases = b->entry.list.cases;
	const struct row row = { .cell = cells->event };
	struct casework_event ev;

	for (size_t i = 0; i < EVENT_COLUMNS; i++) {
		size_t at =
			byhand_column(b, text_of(caselist_column(b->kind, i)));

		cells->event[i] = (struct cell){ .known = false };
		if (at < b->schema->n)
			cells->event[i] = cells->cell[at];
	}
	for (size_t k = 0; k < casework_columns(cases); k++)
		cells->field[k] = value_of(b, cells,
					   casework_column(cases, k));
	ev = eventrows_event(&row, b->entry.list.place);
	ev.field = cells->field;
	return ev;
}

/* ---- the form ---- */

static struct text opening_event(const struct workflow *w)
{
	for (int e = 0; e < workflow_events(w); e++)
		if (workflow_step(w, WORKFLOW_NEW, e) != WORKFLOW_NOT)
			return workflow_event(w, e)->name;
	bug("a workflow that opens no case");
}

/* Adds the columns that the event's form asks for and nobody gave. */
static void add_missing(const struct byhand *b, struct cells *cells,
			struct text event, struct buf *missing)
{
	const struct workflow *w = b->entry.list.workflow;
	int number = workflow_find_event(w, event);

	if (number == WORKFLOW_NOT)
		return;
	for (size_t k = 0; k < workflow_event(w, number)->forms; k++) {
		struct text name = workflow_event(w, number)->form[k];

		if (value_of(b, cells, name).n > 0)
			continue;
		buf_adds(missing, missing->n ? ", " : "");
		buf_addt(missing, name);
	}
}

/* All that is missing is named at once: of this event, and of the one that
 * it takes the place of when it opens a case. */
static void check_form(const struct byhand *b, struct cells *cells,
		       struct text event, bool opens)
{
	struct text opening = opening_event(b->entry.list.workflow);
	struct buf missing = { 0 };

	if (opens && !text_eq(event, opening))
		add_missing(b, cells, opening, &missing);
	add_missing(b, cells, event, &missing);
	if (missing.n)
		die_usage("the form asks for %.*s, too", (int)missing.n,
			  missing.p);
}

/* ---- the case's number ---- */

#define ID_BYTES 40

static struct text number_id(const struct byhand *b, char id[ID_BYTES],
			     const char *day, uint64_t n)
{
	size_t used = text_putf(id, ID_BYTES, "%c%.4s%.2s%.2s-%03llu",
				b->kind->letter, day, day + 5, day + 8,
				(unsigned long long)n);

	return (struct text){ id, used };
}

/*
 * C20251003-001 and on, by the day of the event where it happened. The log is
 * held, so nobody else can take the number. The first free one is found by
 * doubling and halving: a day with many costs few questions.
 */
static struct text new_id(struct byhand *b, int64_t us, char id[ID_BYTES])
{
	struct entry *e = &b->entry;
	uint64_t used = 0, step = 1;
	char day[DAY_BYTES];

	day_format(instant_day(us, place_zone(e->list.place, us)), day);
	while (entry_has_case(e, number_id(b, id, day, used + step))) {
		used += step;
		step *= 2;
	}
	for (; step > 1; step /= 2)
		if (entry_has_case(e, number_id(b, id, day, used + step / 2)))
			used += step / 2;
	return number_id(b, id, day, used + 1);
}

/* ---- into the log ---- */

static void put_member(struct byhand *b, size_t i, const struct cell *cell,
		       const struct casework_event *ev)
{
	const struct schema_column *c = &b->schema->column[i];
	struct text name = text_of(c->name);
	struct entry *e = &b->entry;

	if (!cell->known)
		return;
	if (text_is(name, eventrows_columns[EVENT_DUE].name))
		entry_put_instant(e, name, ev->due);
	else if (c->type == COL_INSTANT)
		entry_put_instant(e, name, cell->us);
	else if (c->type == COL_MONEY)
		entry_put_money(e, name, cell->fen);
	else
		entry_put_text(e, name, cell->text);
}

static void put_members(struct byhand *b, const struct cells *cells,
			const struct casework_event *ev)
{
	entry_begin(&b->entry);
	for (size_t i = 0; i < b->schema->n; i++)
		put_member(b, i, &cells->cell[i], ev);
	for (size_t k = 0; k < b->sets.n; k++) {
		const char *value;
		struct text name = byhand_set(b->sets.item[k], &value);

		if (byhand_column(b, name) == b->schema->n)
			entry_put_text(&b->entry, name, text_of(value));
	}
	if (!entry_fits(&b->entry))
		die("longer than an event in the log may be");
}

static _Noreturn void refuse(const struct byhand *b,
			     enum casework_verdict verdict,
			     const struct casework_event *ev, int state)
{
	const struct caselist *l = &b->entry.list;
	struct buf why = { 0 };
	struct eventrows_refusal r =
		eventrows_refuse(&why, verdict, ev, l->cases, l->workflow,
				 state, l->place);

	die("%s: %s: %.*s", l->path, reason_code(r.reason), (int)why.n, why.p);
}

static void add(struct byhand *b, struct cells *cells)
{
	struct casework_event ev = event_of(b, cells);
	enum casework_verdict verdict;
	int state;

	put_members(b, cells, &ev);
	verdict = entry_add(&b->entry, &ev, &state);
	if (verdict != CASEWORK_FINE)
		refuse(b, verdict, &ev, state);
	entry_commit(&b->entry);
}

/* A new log is not made before it is known that there is an event for it. */
static void know_workflow(struct byhand *b)
{
	if (access(b->entry.list.path, F_OK) == 0)
		entry_hold(&b->entry);
	else
		caselist_begin(&b->entry.list);
}

/* Every event names who made it. */
#define NOBODY "unknown"

static void set_text(struct cell *cell, struct text t)
{
	*cell = (struct cell){ .text = t, .known = t.n > 0 };
}

/* Who, if the stream asks for it. */
static void fill_actor(const struct byhand *b, struct cells *cells)
{
	size_t actor = byhand_column(b, TEXT("actor"));

	if (actor < b->schema->n && !cells->cell[actor].known)
		set_text(&cells->cell[actor], TEXT(NOBODY));
}

/* The event, and all that its form asks for, by the workflow known now. */
static void take_event(const struct byhand *b, struct cells *cells,
		       const char *event, bool opens)
{
	struct cell *ev = cell_of(b, cells, b->kind->event);

	set_text(ev, event ? text_of(event) :
			     opening_event(b->entry.list.workflow));
	if (b->asks_form)
		check_form(b, cells, ev->text, opens);
}

/* What nobody gave; the log is held after it. */
static void fill(struct byhand *b, struct cells *cells, const char *event,
		 const char *case_id, char made[ID_BYTES])
{
	struct cell *id = cell_of(b, cells, b->kind->id);
	struct cell *at = cell_of(b, cells, "at");

	take_event(b, cells, event, !case_id);
	entry_hold(&b->entry);
	/* Somebody may have made the log meanwhile, with another workflow. */
	take_event(b, cells, event, !case_id);
	if (!at->known)
		*at = (struct cell){ .known = true,
				     .us = instant_now() / INSTANT_SECOND *
					   INSTANT_SECOND };
	fill_actor(b, cells);
	if (case_id)
		set_text(id, text_of(case_id));
	if (!id->known)
		set_text(id, new_id(b, at->us, made));
}

int byhand_write(struct byhand *b, const struct common *common,
		 const char *log, const char *event, const char *case_id)
{
	struct cells cells = { .field = { { 0 } } };
	struct codes *codes = codes_csv_read(NULL);
	char made[ID_BYTES];
	int status;

	byhand_take(b);
	entry_open(&b->entry, common, b->kind, log, b->workflow);
	read_cells(b, &cells, codes);
	know_workflow(b);
	fill(b, &cells, event, case_id, made);
	add(b, &cells);
	status = entry_close(&b->entry);
	for (size_t i = 0; i < b->schema->n; i++)
		buf_release(&b->text[i]);
	codes_free(codes);
	return status;
}
