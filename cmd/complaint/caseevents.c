/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of the log to an event of its case. */
#include <stdlib.h>

#include "base/day.h"
#include "stream/caselog_tell.h"
#include "canon/eventrows.h"

#include "cmd/complaint/caselist_in.h"

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

/* Without what the log put round it. */
void caselist_put_record(struct buf *b, const struct caselog_line *line)
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
	caselist_put_record(&record, line);
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
	size_t i;
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
	if (l->lines && casework_find(l->cases, m->ev.case_id, &i))
		caselines_add(l->lines, i, line->at);
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
struct caselog_job caselist_job(struct caselist *l)
{
	if (l->keys == 0)
		lay_out(l);
	return (struct caselog_job){
		.size = made_bytes(l),
		.make = make_event, .take = take_event,
		.expect = expect_events,
	};
}

void caselist_take_line(struct caselist *l, const struct caselog_line *line)
{
	struct arena arena = { 0 };
	struct made *m = mem_zalloc(1, caselist_job(l).size);

	make_event(l, line, m, &arena);
	take_event(l, line, m);
	arena_release(&arena);
	free(m);
}

bool caselist_take(struct caselist *l, const struct caselog_line *line,
		   struct text case_id)
{
	struct arena arena = { 0 };
	struct made *m = mem_zalloc(1, caselist_job(l).size);
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

bool caselist_id(const struct caselist *l, const struct caselog_line *line,
		 struct buf *id)
{
	struct text rest = line->members;
	struct caselog_member m;

	while (caselog_member(&rest, &m)) {
		if (!text_is(m.key, l->kind->id))
			continue;
		if (m.escaped)
			return caselog_unescape(id, m.value);
		buf_addt(id, m.value);
		return true;
	}
	return false;
}
