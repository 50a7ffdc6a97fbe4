/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workflow as data: which events a case admits in which state, and where
 * they lead. Nothing about a particular workflow is in the code; the two of
 * the house are seven-step.json and eight-step.json beside this file, and
 * canon/workflow_json.h reads those and a user's own.
 *
 * States and events are small numbers, in the order in which they were
 * added. State 0 is "there is no such case yet".
 */
#ifndef MODEL_WORKFLOW_H
#define MODEL_WORKFLOW_H

#include "base/text.h"

#define WORKFLOW_NEW 0		/* the state before a case's first event */
#define WORKFLOW_NOT (-1)	/* no such state, event or transition */
#define WORKFLOW_MAX 1000	/* states, events, timers: at most */

struct workflow_state {
	struct text name;
	struct text zh;		/* its name in Chinese, may be empty */
	bool closed;		/* the case rests; only a reopening leaves */
	bool paused;		/* the clock of working time stands still */
};

/* What an event does to the clock besides moving the case. */
enum workflow_clock {
	WORKFLOW_CLOCK_RUNS,
	WORKFLOW_CLOCK_PAUSE,	/* stands still until it is resumed, or until
				 * the case moves to another state */
	WORKFLOW_CLOCK_RESUME
};

struct workflow_event {
	struct text name;
	struct text zh;
	enum workflow_clock clock;
	bool lowers;		/* it may lower the case's severity */
	/* What a person who gives the event by hand (verb `new`) is asked
	 * for; the columns are not insisted on anywhere else. */
	const struct text *form;
	size_t forms;
};

struct workflow;

/* Why a definition cannot be taken. */
enum workflow_fault {
	WORKFLOW_FINE,
	WORKFLOW_BAD_NAME,	/* empty, too long, beginning with @, or with
				 * control bytes */
	WORKFLOW_TWICE,		/* state, event or transition given twice */
	WORKFLOW_TOO_MANY,	/* more than WORKFLOW_MAX */
	WORKFLOW_NO_STATE,	/* a transition names a state not given */
	WORKFLOW_NO_EVENT,	/* or an event not given */
	WORKFLOW_NO_TARGET,	/* a new case has no state to stay in */
	WORKFLOW_NO_START,	/* no event is allowed on a new case */
	WORKFLOW_UNREACHED,	/* no event leads to some state */
	WORKFLOW_NO_ROLE,	/* a transition or guard names no role given */
	WORKFLOW_BAD_LEVEL,	/* a level outside 1..WORKFLOW_LEVELS */
	WORKFLOW_BAD_GUARD,	/* no value, or several where one belongs */
	WORKFLOW_BAD_LIMIT,	/* a time limit that is none, or too long */
	WORKFLOW_OVERLAP,	/* a timer that stops where it starts */
	WORKFLOW_DEADLINES	/* a second timer that is the deadline */
};

const char *workflow_strerror(enum workflow_fault);
const char *workflow_fault_code(enum workflow_fault);	/* "unknown-state" */

/* All texts are copied; workflow_free() frees everything. */
struct workflow *workflow_new(struct text name);
void workflow_free(struct workflow *);

/*
 * First all states and events, then the transitions. `from` is a state's
 * name or a class of states:
 *	@new	no case yet		@open	every state not closed
 *	@closed	every closed state	@any	@open and @closed
 * An empty `to` leaves the case in the state it is in. A pair of state and
 * event can be given only once, whether by name or by class.
 */
enum workflow_fault workflow_add_state(struct workflow *,
				       struct workflow_state);
enum workflow_fault workflow_add_event(struct workflow *,
				       struct workflow_event);
enum workflow_fault workflow_allow(struct workflow *, struct text from,
				   struct text event, struct text to);
/* The same under a rule of workflow_add_rule(). */
enum workflow_fault workflow_allow_under(struct workflow *, struct text from,
					 struct text event, struct text to,
					 int rule);
/* What is wrong with the whole, its own name included; for
 * WORKFLOW_UNREACHED *state is the first such state. */
enum workflow_fault workflow_check(const struct workflow *, int *state);

/* What tells this definition from any other, said by whoever read it: a hash
 * of its bytes. 0 until then. */
void workflow_set_content(struct workflow *, uint64_t);
uint64_t workflow_content(const struct workflow *);

struct text workflow_name(const struct workflow *);
/* Numbers run from 0 up to these; state 0 is WORKFLOW_NEW, named "". */
int workflow_states(const struct workflow *);
int workflow_events(const struct workflow *);
const struct workflow_state *workflow_state(const struct workflow *, int);
const struct workflow_event *workflow_event(const struct workflow *, int);
/* The number of a name, or WORKFLOW_NOT. */
int workflow_find_state(const struct workflow *, struct text name);
int workflow_find_event(const struct workflow *, struct text name);

/* Where an event leads from a state, or WORKFLOW_NOT when it is not
 * allowed there. Both numbers are valid. */
int workflow_step(const struct workflow *, int state, int event);

/*
 * ---- who may ----
 *
 * Roles have levels: the higher, the more a person answers for. Sets of roles
 * are masks, bit r for the role numbered r.
 */
#define WORKFLOW_ROLES 64
#define WORKFLOW_LEVELS 9

struct workflow_role {
	struct text name;
	struct text zh;
	int level;		/* 1..WORKFLOW_LEVELS */
};

/* Before the rules that name them. */
enum workflow_fault workflow_add_role(struct workflow *, struct workflow_role);
int workflow_roles(const struct workflow *);
const struct workflow_role *workflow_role(const struct workflow *, int);
/* By its name or its Chinese name, or WORKFLOW_NOT. */
int workflow_find_role(const struct workflow *, struct text name);
/* Whether an event must say the role of who acts; else one that does not
 * passes wherever roles are asked for. */
void workflow_require_roles(struct workflow *);
bool workflow_roles_required(const struct workflow *);

/*
 * ---- rules of a transition ----
 *
 * Columns that rules name are numbered in the order in which they were first
 * named; sets of them are masks.
 */
#define WORKFLOW_FIELDS 64

enum workflow_op {
	WORKFLOW_EQ, WORKFLOW_NE, WORKFLOW_LT, WORKFLOW_LE, WORKFLOW_GT,
	WORKFLOW_GE, WORKFLOW_IN
};

const char *workflow_op_name(enum workflow_op);	/* "=", ..., "in" */
/* Whether what is less (-1), equal (0) or more (1) than a value stands so to
 * it. */
bool workflow_compare(int order, enum workflow_op);

/*
 * Holds when the column (the event's, else what the case has) stands so to
 * the value: as numbers where both are, else bytewise. It does not hold where
 * there is no value. When it holds, only `roles` may make the event, and must
 * say so; without roles nobody may.
 */
struct workflow_guard {
	int field;
	enum workflow_op op;
	const struct text *value;
	size_t values;		/* 1, or with WORKFLOW_IN more */
	uint64_t roles;
};

struct workflow_rule {
	uint64_t roles;		/* who may; 0: anybody */
	uint64_t required;	/* columns that the event must have, unless the
				 * case has had them */
	const struct workflow_guard *guard;
	size_t guards;
};

/* The number of a column, made when new; WORKFLOW_NOT when there are too many
 * or the name is not plain. `kept`: its value matters, not only whether there
 * has been one. */
int workflow_add_field(struct workflow *, struct text name, bool kept);
int workflow_fields(const struct workflow *);
struct text workflow_field(const struct workflow *, int);
bool workflow_field_kept(const struct workflow *, int);

/* Copies the rule with its guards; *number is for workflow_allow_under(). */
enum workflow_fault workflow_add_rule(struct workflow *,
				      const struct workflow_rule *,
				      int *number);
/* What a transition is under; never NULL, without rule all zero. */
const struct workflow_rule *workflow_rule(const struct workflow *, int state,
					  int event);
/* Its number, up to workflow_rules(); transitions that were given together
 * are under one rule, number 0 is no rule. */
int workflow_rules(const struct workflow *);
int workflow_rule_number(const struct workflow *, int state, int event);

/*
 * ---- severity ----
 *
 * 1..WORKFLOW_SEVERITIES, the highest being the worst. Where a workflow has
 * levels for them, a higher severity may come with any event, but a lower one
 * only with an event that `lowers`; and where a transition has roles, a role
 * that is given must have at least the level of the case's severity.
 */
#define WORKFLOW_SEVERITIES 5

/* level[s] for severity s, rising; level[0] is not used. */
enum workflow_fault
workflow_set_levels(struct workflow *,
		    const int level[WORKFLOW_SEVERITIES + 1]);
/* Whether the workflow has rules about severity at all. */
bool workflow_has_levels(const struct workflow *);
/* The level for a severity; 1 when there are no levels, or for 0 (none). */
int workflow_level(const struct workflow *, int severity);
/* "1".."5" as a number; 0 for all else, which takes part in no rule. */
int workflow_severity(struct text);

/*
 * ---- timers ----
 *
 * A timer starts when the case comes into a state of `from` (and does not run
 * already), and stops when it comes into one of `until`. model/timers.h
 * computes with them.
 */
enum workflow_unit {
	WORKFLOW_MINUTES, WORKFLOW_HOURS, WORKFLOW_DAYS, WORKFLOW_WEEKS
};

/* n of a unit; n is 0 where there is no limit. */
struct workflow_limit {
	int32_t n;
	enum workflow_unit unit;
};

struct workflow_timer {
	struct text name;
	struct text zh;
	bool working;		/* business hours, standing still while the
				 * case is paused; else the clock on the wall,
				 * which never stands still */
	bool deadline;		/* its end is the case's due: one at most */
	const bool *from, *until; /* [state] */
	/* By severity; [0] for a case without one. */
	struct workflow_limit within[WORKFLOW_SEVERITIES + 1];
};

/* After all states. `from` and `until` are copied; until NULL: every state
 * that is not in `from`. */
enum workflow_fault workflow_add_timer(struct workflow *,
				       const struct workflow_timer *);
int workflow_timers(const struct workflow *);
const struct workflow_timer *workflow_timer(const struct workflow *, int);
/* The number of the deadline, or WORKFLOW_NOT. */
int workflow_deadline(const struct workflow *);
/* Reads "30m", "4h", "3d", "2w": 1 to 9999 of the unit. */
bool workflow_limit_parse(struct text, struct workflow_limit *);
/* Writes it so; TEXT_U64_BYTES + 1 bytes are enough. No NUL. */
size_t workflow_limit_format(struct workflow_limit, char *to);
/* Sets in[state] for the states that a name or a class of workflow_allow()
 * stands for; WORKFLOW_NO_STATE when there is none. */
enum workflow_fault workflow_mark(const struct workflow *, struct text from,
				  bool *in);

/*
 * ---- in another workflow's terms ----
 *
 * A workflow may say which state of another one each of its own amounts to.
 */
enum workflow_fault workflow_add_map(struct workflow *, struct text other,
				     struct text state, struct text means);
/* How many such pairs there are, and one of them. */
struct workflow_pair {
	struct text other;	/* the other workflow's name */
	int state;
	struct text means;	/* the name of its state */
};

size_t workflow_maps(const struct workflow *);
const struct workflow_pair *workflow_map(const struct workflow *, size_t);
/*
 * What a state is called in `other`: its number there. WORKFLOW_NEW stays
 * what it is, and so does every state when both workflows have one name;
 * WORKFLOW_NOT when there is no map, or it names a state that `other` lacks.
 */
int workflow_translate(const struct workflow *, int state,
		       const struct workflow *other);

#endif
