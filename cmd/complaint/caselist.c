/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the log to cases. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/msg.h"
#include "base/parts.h"
#include "stream/caselog_lanes.h"
#include "stream/caselog_tell.h"
#include "canon/eventrows.h"
#include "canon/json_doc.h"
#include "canon/workflow_json.h"
#include "model/casework_keep.h"

#include "cmd/complaint/caselist.h"

const struct caselist_kind caselist_complaints = {
	CASELIST_KIND, "complaints", "case_id", "event", "seven-step", 'C',
	NULL
};

const struct caselist_kind caselist_actions = {
	"actions", "actions", "action_id", "entry", "action-steps", 'A',
	"open"
};

const char *caselist_column(const struct caselist_kind *kind, size_t column)
{
	if (column == EVENT_CASE_ID)
		return kind->id;
	return column == EVENT_EVENT ? kind->event :
				       eventrows_columns[column].name;
}

void caselist_open(struct caselist *l, enum caselog_mode mode, int64_t end)
{
	l->end = end;
	l->last_at = CASEWORK_NO_TIME;
	if (!l->kind)
		l->kind = &caselist_complaints;
	l->log = caselog_open(l->path, l->kind->log, mode);
}

void caselist_close(struct caselist *l)
{
	caselog_close(l->log);
	casework_free(l->cases);
	workflow_free(l->workflow);
	scenes_release(&l->scenes);
	arena_release(&l->kept);
}

static void begin_with(struct caselist *l, const char *workflow)
{
	casework_free(l->cases);
	workflow_free(l->workflow);
	l->workflow = workflow_json_read(workflow);
	l->keys = 0;
	memset(l->key, 0, sizeof(l->key));
	l->cases = casework_new(l->workflow, l->calendar);
	scenes_ask(&l->scenes, l->cases, l->workflow);
}

void caselist_begin(struct caselist *l)
{
	if (!l->kind)
		l->kind = &caselist_complaints;
	if (!l->workflow)
		begin_with(l, l->workflow_asked ? l->workflow_asked :
						  l->kind->workflow);
}

static void check_own(const struct caselist *l)
{
	struct text now = workflow_name(l->workflow);

	if (l->own_workflow.n > 0 && !text_eq(l->own_workflow, now))
		die("%s: made with another workflow than %.*s, and keeps to it",
		    l->path, (int)now.n, now.p);
}

/* The log's own workflow, named by its first event, unless another was asked
 * for. */
static void begin_as(struct caselist *l, struct text name)
{
	const char *own = arena_strdup(&l->kept, name.p, name.n);

	if (l->own_workflow.n > 0)
		return;
	l->own_workflow = text_of(own);
	if (!l->workflow_asked && !json_doc_shipped(name))
		die("%s: made with a workflow that is not shipped; name its "
		    "file with --workflow", l->path);
	begin_with(l, l->workflow_asked ? l->workflow_asked : own);
	if (l->own_only)
		check_own(l);
}

/* ---- members ---- */

enum member {
	CASE_ID, AT, EVENT, OWNER, SEVERITY, DUE, ROLE, ACTOR, WORKFLOW, MEMBERS
};

/* What a log of the caller's own kind is asked for line after line: a slot by
 * three bytes of the key is mostly the right one. */
static size_t slot_of(const struct caselist *l, struct text key)
{
	size_t at = key.n;

	if (key.n > 0)
		at += (unsigned char)key.p[0] * 5u +
		      (unsigned char)key.p[key.n - 1] * 11u;
	at %= CASELIST_SLOTS;
	while (l->key[at].name.p && !text_eq(l->key[at].name, key))
		at = (at + 1) % CASELIST_SLOTS;
	return at;
}

static struct caselist_key *add_key(struct caselist *l, struct text name)
{
	struct caselist_key *k = &l->key[slot_of(l, name)];

	_Static_assert((MEMBERS + CASEWORK_FIELDS) * 2 < CASELIST_SLOTS,
		       "slots enough");
	if (k->name.p)
		return k;
	*k = (struct caselist_key){ name, MEMBERS, -1 };
	l->keys++;
	return k;
}

static void lay_out(struct caselist *l)
{
	const char *const names[MEMBERS] = {
		[CASE_ID] = l->kind->id, [AT] = "at", [EVENT] = l->kind->event,
		[OWNER] = "owner",	 [SEVERITY] = "severity",
		[DUE] = "due",		 [ROLE] = "role",
		[ACTOR] = "actor",	 [WORKFLOW] = "workflow",
	};

	for (int i = 0; i < MEMBERS; i++)
		add_key(l, text_of(names[i]))->member = i;
	for (size_t k = 0; k < casework_columns(l->cases); k++)
		add_key(l, casework_column(l->cases, k))->field = (int)k;
}

/* ---- events ---- */

/* A line as an event; `why` when it is none. */
struct made {
	struct casework_event ev;
	const char *why;
	struct text field[];		/* as many as the cases ask for */
};

static void take_text(struct made *m, struct text *to,
		      const struct caselog_member *member, struct arena *arena)
{
	struct buf b = { 0 };

	*to = member->value;
	if (!member->escaped)
		return;
	if (!caselog_unescape(&b, member->value))
		m->why = "an escape that the log does not use";
	*to = (struct text){ arena_copy(arena, b.p, b.n), b.n };
	buf_release(&b);
}

static void take_instant(struct made *m, int64_t *to,
			 const struct caselog_member *member)
{
	if (!instant_parse(member->value, 0, to))
		m->why = "a time that is none";
}

/* One member into the event; those that the cases do not need pass by. */
static void take_member(const struct caselist *l, struct made *m,
			const struct caselog_member *member,
			struct arena *arena)
{
	const struct caselist_key *k = &l->key[slot_of(l, member->key)];
	struct casework_event *ev = &m->ev;
	struct text *const texts[MEMBERS] = {
		[CASE_ID] = &ev->case_id, [EVENT] = &ev->event,
		[OWNER] = &ev->owner,	  [SEVERITY] = &ev->severity,
		[ROLE] = &ev->role,	  [ACTOR] = &ev->actor,
	};

	if (!k->name.p)
		return;
	if (k->member == AT)
		take_instant(m, &ev->at, member);
	else if (k->member == DUE)
		take_instant(m, &ev->due, member);
	else if (k->member < MEMBERS && texts[k->member])
		take_text(m, texts[k->member], member, arena);
	if (k->field >= 0)
		take_text(m, &m->field[k->field], member, arena);
}

static void make_event(void *ctx, const struct caselog_line *line, void *made,
		       struct arena *arena)
{
	const struct caselist *l = ctx;
	struct made *m = made;
	struct text rest = line->members;
	struct caselog_member member;

	m->ev.at = m->ev.due = CASEWORK_NO_TIME;
	while (caselog_member(&rest, &member))
		take_member(l, m, &member, arena);
	if (!m->why && (rest.n > 0 || m->ev.case_id.n == 0 ||
			m->ev.event.n == 0 || m->ev.at == CASEWORK_NO_TIME))
		m->why = "not an event of this kind of log";
}

/* What its texts are, now that it stays where it is. */
static void complete(const struct caselist *l, struct made *m)
{
	m->ev.field = m->field;
	m->ev.recorded = true;
	m->ev.zone_minutes = place_zone(l->place, m->ev.at);
}

/* The event as it was given, to be fed in again: without what the log put
 * round it. */
static void put_record(struct buf *b, const struct caselog_line *line)
{
	struct text rest = line->members, own = rest;
	struct caselog_member m;

	if (caselog_member(&rest, &m) && text_is(m.key, "workflow"))
		own = rest;
	buf_addc(b, '{');
	buf_addt(b, own);
	buf_addc(b, '}');
}

static void refuse(struct caselist *l, const struct caselog_line *line,
		   const struct casework_event *ev,
		   enum casework_verdict verdict, int state)
{
	struct buf why = { 0 }, record = { 0 };
	struct eventrows_refusal r;

	if (!l->rejects)
		caselog_bad_line(l->log, line->line,
			 "the workflow does not allow this event");
	r = eventrows_refuse(&why, verdict, ev, l->cases, l->workflow, state,
			     l->place);
	put_record(&record, line);
	rejects_row(l->rejects, line->line,
		    r.column < 0 ? NULL :
				   caselist_column(l->kind, (size_t)r.column),
		    r.reason, why.p, buf_text(&record));
	l->refused++;
	buf_release(&why);
	buf_release(&record);
}

static void take_event(void *ctx, const struct caselog_line *line,
		       void *made)
{
	struct caselist *l = ctx;
	struct made *m = made;
	enum casework_verdict verdict;
	int state;

	if (m->why)
		caselog_bad_line(l->log, line->line, m->why);
	if (m->ev.at >= l->end ||
	    (l->only.n > 0 && !text_eq(m->ev.case_id, l->only))) {
		l->left_out++;
		return;
	}
	complete(l, m);
	l->seq = line->seq;
	verdict = casework_add(l->cases, &m->ev, &state);
	if (verdict != CASEWORK_FINE) {
		refuse(l, line, &m->ev, verdict, state);
		return;
	}
	l->used++;
	if (m->ev.at > l->last_at)
		l->last_at = m->ev.at;
}

/* ---- reading ---- */

/* The first line names the workflow, for all of them. */
static void begin_by_line(struct caselist *l, const struct caselog_line *line)
{
	struct text rest = line->members;
	struct caselog_member m;

	while (caselog_member(&rest, &m))
		if (text_is(m.key, "workflow") && !m.escaped)
			begin_as(l, m.value);
	if (!l->workflow)
		caselog_bad_line(l->log, line->line,
				 "not an event of this kind of log");
}

/* The next line, which may be the log's first. 0: there is none. */
static int first_line(struct caselist *l)
{
	int got = caselog_next(l->log, &l->first);

	if (got < 0)
		caselog_damaged(l->log);
	if (got == 0)
		l->first.seq = 0;
	else if (l->first.seq == 1)
		begin_by_line(l, &l->first);
	return got;
}

void caselist_start(struct caselist *l)
{
	first_line(l);
}

void caselist_read(struct caselist *l, const struct common *common)
{
	common_check_places(common);
	rejects_too_many(common->max_rejects, 0, 0);
	l->rejects = rejects_open(common->rejects);
	rejects_file(l->rejects, l->path, TEXT(""), 0);
	caselist_open(l, CASELOG_READ,
		      place_asked(l->place, common, CASEWORK_NO_TIME).end);
	caselist_start(l);
	caselist_begin(l);
	if (!text_eq(workflow_name(l->workflow), l->own_workflow))
		rejects_remedy(l->rejects, "the log was made with another "
			       "workflow; --rejects FILE sets such events "
			       "aside");
}

void caselist_unuse(struct caselist *l, uint64_t n)
{
	l->used -= n;
	l->left_out += n;
}

void caselist_settle(struct caselist *l, const struct common *common,
		     uint64_t out)
{
	const struct input_counts counts = {
		.in = l->used + l->left_out + l->refused, .used = l->used,
		.filtered = l->left_out, .rejected = l->refused,
	};

	input_settle(common, l->rejects, &counts, out);
}

static size_t made_bytes(const struct caselist *l)
{
	return sizeof(struct made) +
	       casework_columns(l->cases) * sizeof(struct text);
}

/* The cases of the next events, together. */
static void expect_events(void *ctx, const void *made, size_t n)
{
	const struct caselist *l = ctx;
	size_t size = made_bytes(l);
	struct text id[CASEWORK_EXPECT];

	_Static_assert(CASEWORK_EXPECT >= CASELOG_EXPECT, "room for them");
	for (size_t i = 0; i < n; i++)
		id[i] = ((const struct made *)(const void *)((const char *)made
							   + i * size))
				->ev.case_id;
	if (l->only.n == 0)
		casework_expect(l->cases, id, n);
}

/* What a line becomes, now that it is known what the cases ask for. */
static struct caselog_job job_of(struct caselist *l)
{
	if (l->keys == 0)
		lay_out(l);
	return (struct caselog_job){
		.size = made_bytes(l),
		.make = make_event, .take = take_event,
		.expect = expect_events,
	};
}

static void take_first(struct caselist *l, const struct caselog_job *job)
{
	struct arena arena = { 0 };
	struct made *m = mem_zalloc(1, job->size);

	make_event(l, &l->first, m, &arena);
	take_event(l, &l->first, m);
	l->first.seq = 0;
	arena_release(&arena);
	free(m);
}

void caselist_catch_up(struct caselist *l)
{
	struct caselog_job job;

	if (l->first.seq == 0 && !first_line(l))
		return;
	job = job_of(l);
	take_first(l, &job);
	if (caselog_each(l->log, parts_allowed(), &job, l) < 0)
		caselog_damaged(l->log);
}

void caselist_forget(struct caselist *l)
{
	if (l->cases)
		casework_forget(l->cases);
	l->first.seq = 0;
	l->used = l->left_out = 0;
}

bool caselist_take(struct caselist *l, const struct caselog_line *line,
		   struct text case_id)
{
	struct arena arena = { 0 };
	struct made *m = mem_zalloc(1, job_of(l).size);
	bool good = true;
	int state;

	make_event(l, line, m, &arena);
	if (m->why)
		caselog_bad_line(l->log, line->line, m->why);
	if (text_eq(m->ev.case_id, case_id)) {
		complete(l, m);
		good = casework_add(l->cases, &m->ev, &state) == CASEWORK_FINE;
	}
	arena_release(&arena);
	free(m);
	return good;
}

void caselist_tell_tail(const struct caselist *l)
{
	caselog_tell_tail(l->log);
}
