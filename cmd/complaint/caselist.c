/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the log to cases. */
#include <string.h>

#include "base/day.h"
#include "base/msg.h"
#include "canon/json_doc.h"
#include "canon/workflow_json.h"
#include "model/casework_keep.h"

#include "cmd/complaint/caselist.h"

const struct caselist_kind caselist_complaints = {
	CASELIST_KIND, "complaints", "case_id", "event", "seven-step", 'C'
};

const struct caselist_kind caselist_actions = {
	"actions", "actions", "action_id", "entry", "action-steps", 'A'
};

void caselist_guard(const struct common *common, char *log)
{
	const struct common_place place[] = {
		{ "-o", common->output, false },
		{ "--rejects", common->rejects, false },
	};

	common_check_apart(place, NELEMS(place), &log, 1);
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
	arena_release(&l->scratch);
	arena_release(&l->kept);
}

static void begin_with(struct caselist *l, const char *workflow)
{
	casework_free(l->cases);
	workflow_free(l->workflow);
	l->workflow = workflow_json_read(workflow);
	l->cases = casework_new(l->workflow, l->calendar);
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

static _Noreturn void bad_line(const struct caselist *l, uint64_t line,
			       const char *why)
{
	die("%s:%llu: %s", l->path, (unsigned long long)line, why);
}

static struct text text_of_member(struct caselist *l,
				  const struct caselog_member *m,
				  uint64_t line)
{
	struct buf b = { 0 };
	struct text t;

	if (!m->escaped)
		return m->value;
	if (!caselog_unescape(&b, m->value))
		bad_line(l, line, "an escape that the log does not use");
	t = (struct text){ arena_copy(&l->scratch, b.p, b.n), b.n };
	buf_release(&b);
	return t;
}

static int64_t instant_of_member(const struct caselist *l,
				 const struct caselog_member *m, uint64_t line)
{
	int64_t us;

	if (!instant_parse(m->value, 0, &us))
		bad_line(l, line, "a time that is none");
	return us;
}

enum member { CASE_ID, AT, EVENT, OWNER, SEVERITY, DUE, WORKFLOW, OTHER };

static enum member member_of(struct text key)
{
	static const struct text names[OTHER] = {
		[CASE_ID] = { "case_id", 7 },   [AT] = { "at", 2 },
		[EVENT] = { "event", 5 },       [OWNER] = { "owner", 5 },
		[SEVERITY] = { "severity", 8 }, [DUE] = { "due", 3 },
		[WORKFLOW] = { "workflow", 8 },
	};
	int i = 0;

	while (i < OTHER && (names[i].n != key.n || !text_eq(names[i], key)))
		i++;
	return (enum member)i;
}

/* A member by its name among the complaints. */
static struct text own_key(const struct caselist *l, struct text key)
{
	if (l->kind == &caselist_complaints)
		return key;
	if (text_is(key, l->kind->id))
		return TEXT("case_id");
	return text_is(key, l->kind->event) ? TEXT("event") : key;
}

/* One member into the event; those that the cases do not need pass by. */
static void take_member(struct caselist *l, const struct caselog_member *m,
			uint64_t line, struct casework_event *ev)
{
	switch (member_of(own_key(l, m->key))) {
	case CASE_ID:
		ev->case_id = text_of_member(l, m, line);
		break;
	case AT:
		ev->at = instant_of_member(l, m, line);
		break;
	case EVENT:
		ev->event = text_of_member(l, m, line);
		break;
	case OWNER:
		ev->owner = text_of_member(l, m, line);
		break;
	case SEVERITY:
		ev->severity = text_of_member(l, m, line);
		break;
	case DUE:
		ev->due = instant_of_member(l, m, line);
		break;
	case WORKFLOW:
		begin_as(l, text_of_member(l, m, line));
		break;
	case OTHER:
		break;
	}
}

/* The event of a line; its texts are the line's. */
static struct casework_event read_event(struct caselist *l,
					const struct caselog_line *line)
{
	struct casework_event ev = { .at = CASEWORK_NO_TIME,
				     .due = CASEWORK_NO_TIME,
				     .recorded = true };
	struct text rest = line->members;
	struct caselog_member m;

	while (caselog_member(&rest, &m))
		take_member(l, &m, line->line, &ev);
	if (rest.n > 0 || ev.case_id.n == 0 || ev.event.n == 0 ||
	    ev.at == CASEWORK_NO_TIME || !l->workflow)
		bad_line(l, line->line, "not an event of this kind of log");
	ev.zone_minutes = place_zone(l->place, ev.at);
	return ev;
}

static void apply(struct caselist *l, const struct caselog_line *line)
{
	struct casework_event ev = read_event(l, line);
	int state;

	if (ev.at >= l->end) {
		l->left_out++;
		return;
	}
	if (casework_add(l->cases, &ev, &state) != CASEWORK_FINE)
		bad_line(l, line->line,
			 text_eq(workflow_name(l->workflow), l->own_workflow) ?
				 "the workflow does not allow this event" :
				 "the workflow does not allow this event; the "
				 "log was made with another");
	l->used++;
	if (ev.at > l->last_at)
		l->last_at = ev.at;
}

static _Noreturn void tell_damage(const struct caselist *l)
{
	struct caselog_fault fault = caselog_fault(l->log);

	die("%s:%llu: damaged: %s; nothing is taken from or added to a log "
	    "that is not whole", l->path, (unsigned long long)fault.line,
	    fault.why);
}

void caselist_start(struct caselist *l)
{
	int got = caselog_next(l->log, &l->first);

	if (got < 0)
		tell_damage(l);
	if (got > 0)
		read_event(l, &l->first);
	else
		l->first.seq = 0;
}

void caselist_catch_up(struct caselist *l)
{
	struct caselog_line line = l->first;
	int got = line.seq > 0;

	l->first.seq = 0;
	if (!got)
		got = caselog_next(l->log, &line);
	for (; got > 0; got = caselog_next(l->log, &line)) {
		apply(l, &line);
		if (l->scratch.last)
			arena_release(&l->scratch);
	}
	if (got < 0)
		tell_damage(l);
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
	struct casework_event ev = read_event(l, line);
	bool good = true;
	int state;

	if (text_eq(ev.case_id, case_id))
		good = casework_add(l->cases, &ev, &state) == CASEWORK_FINE;
	if (l->scratch.last)
		arena_release(&l->scratch);
	return good;
}

void caselist_tell_tail(const struct caselist *l)
{
	struct caselog_state s = caselog_state(l->log);

	if (s.tail_bytes > 0)
		warn("%s:%llu: a torn last line of %llu bytes, never "
		     "acknowledged; it is not counted", l->path,
		     (unsigned long long)s.tail_line,
		     (unsigned long long)s.tail_bytes);
}
