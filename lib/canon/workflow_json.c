/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows from JSON. */
#include <stdio.h>

#include "base/hash.h"
#include "base/mem.h"
#include "canon/workflow_json.h"
#include "canon/workflow_json_in.h"

/* Where in the document a fault is told to be. */
struct place {
	char text[64];
};

static struct place place_of(const char *list, size_t i)
{
	struct place p;

	snprintf(p.text, sizeof(p.text), "%s %zu", list, i + 1);
	return p;
}

bool workflow_json_true(const struct json_value *v)
{
	return v->kind == JSON_BOOL && text_is(v->text, "true");
}

bool workflow_json_check(const struct json_doc *d, const char *place,
			 enum workflow_fault fault, struct text what)
{
	if (fault == WORKFLOW_FINE)
		return true;
	if (what.n == 0 || fault == WORKFLOW_BAD_NAME)
		json_doc_fault(d, workflow_fault_code(fault), place, "%s",
			       workflow_strerror(fault));
	else
		json_doc_fault(d, workflow_fault_code(fault), place,
			       "\"%.*s\": %s",
			       (int)(what.n < 40 ? what.n : 40), what.p,
			       workflow_strerror(fault));
	return false;
}

static void add_state(const struct json_doc *d, struct workflow *w,
		      struct text item, const char *place)
{
	enum { NAME, ZH, CLOSED, PAUSED, N };
	static const struct json_key keys[N] = {
		[NAME] = { "name", JSON_STRING, true },
		[ZH] = { "zh", JSON_STRING, false },
		[CLOSED] = { "closed", JSON_BOOL, false },
		[PAUSED] = { "paused", JSON_BOOL, false },
	};
	struct json_value v[N];
	struct jsonin *hold;

	json_doc_object(d, item, place, keys, N, v, &hold);
	workflow_json_check(d, place, workflow_add_state(w,
		(struct workflow_state){
			.name = v[NAME].text, .zh = v[ZH].text,
			.closed = workflow_json_true(&v[CLOSED]),
			.paused = workflow_json_true(&v[PAUSED]),
		}), v[NAME].text);
	jsonin_free(hold);
}

static enum workflow_clock clock_of(const struct json_doc *d,
				    const struct json_value *v,
				    const char *place)
{
	if (text_is(v->text, "pause"))
		return WORKFLOW_CLOCK_PAUSE;
	if (text_is(v->text, "resume"))
		return WORKFLOW_CLOCK_RESUME;
	if (v->kind != JSON_ABSENT)
		json_doc_fault(d, "bad-value", place,
			       "\"clock\" is neither pause nor resume");
	return WORKFLOW_CLOCK_RUNS;
}

static void add_event(const struct json_doc *d, struct workflow *w,
		      struct text item, const char *place)
{
	enum { NAME, ZH, CLOCK, LOWERS, FORM, N };
	static const struct json_key keys[N] = {
		[NAME] = { "name", JSON_STRING, true },
		[ZH] = { "zh", JSON_STRING, false },
		[CLOCK] = { "clock", JSON_STRING, false },
		[LOWERS] = { "lowers_severity", JSON_BOOL, false },
		[FORM] = { "form", JSON_ABSENT, false },
	};
	struct json_value v[N];
	struct jsonin *hold;
	struct json_list form;

	json_doc_object(d, item, place, keys, N, v, &hold);
	form = workflow_json_names(d, &v[FORM], place, "form");
	workflow_json_check(d, place, workflow_add_event(w,
		(struct workflow_event){
			.name = v[NAME].text, .zh = v[ZH].text,
			.clock = clock_of(d, &v[CLOCK], place),
			.lowers = workflow_json_true(&v[LOWERS]),
			.form = form.item, .forms = form.n,
		}), v[NAME].text);
	json_list_release(&form);
	jsonin_free(hold);
}

struct json_list workflow_json_names(const struct json_doc *d,
				     const struct json_value *v,
				     const char *place, const char *key)
{
	struct json_list list = { 0 };

	if (v->kind == JSON_ABSENT)
		return list;
	if (v->kind == JSON_NESTED) {
		json_doc_list(d, v->text, place, &list);
		for (size_t i = 0; i < list.n; i++)
			list.item[i] = json_doc_plain(d, list.item[i], place);
		return list;
	}
	if (v->kind != JSON_STRING) {
		json_doc_fault(d, "bad-shape", place,
			       "\"%s\" is a name or a list of names", key);
		return list;
	}
	list.item = mem_alloc(1, sizeof(*list.item));
	list.item[0] = v->text;
	list.n = 1;
	return list;
}

/* The name that a transition's fault is about. */
static struct text culprit(enum workflow_fault fault, struct text from,
			   struct text event, struct text to,
			   const struct workflow *w)
{
	if (fault == WORKFLOW_NO_EVENT || fault == WORKFLOW_TWICE)
		return event;
	if (fault != WORKFLOW_NO_STATE)
		return TEXT("");
	return to.n && workflow_find_state(w, to) == WORKFLOW_NOT ? to : from;
}

static void add_transition(const struct json_doc *d, struct workflow *w,
			   struct text item, const char *place)
{
	enum { FROM, EVENT, TO, ROLES, REQUIRED, GUARDS, N };
	static const struct json_key keys[N] = {
		[FROM] = { "from", JSON_ABSENT, true },
		[EVENT] = { "event", JSON_ABSENT, true },
		[TO] = { "to", JSON_STRING, false },
		[ROLES] = { "roles", JSON_ABSENT, false },
		[REQUIRED] = { "required", JSON_ABSENT, false },
		[GUARDS] = { "guards", JSON_NESTED, false },
	};
	struct json_value v[N];
	struct jsonin *hold;
	struct json_list from, event;
	int rule;

	json_doc_object(d, item, place, keys, N, v, &hold);
	from = workflow_json_names(d, &v[FROM], place, "from");
	event = workflow_json_names(d, &v[EVENT], place, "event");
	rule = workflow_json_rule(d, w, place, &v[ROLES], &v[REQUIRED],
				  &v[GUARDS]);
	for (size_t f = 0; f < from.n; f++) {
		for (size_t e = 0; e < event.n; e++) {
			enum workflow_fault fault = workflow_allow_under(
				w, from.item[f], event.item[e], v[TO].text,
				rule);

			workflow_json_check(d, place, fault,
					    culprit(fault, from.item[f],
						    event.item[e], v[TO].text,
						    w));
		}
	}
	json_list_release(&from);
	json_list_release(&event);
	jsonin_free(hold);
}

/* Calls `add` for every element of the list called `what`, if there is one. */
static void add_all(struct json_doc *d, struct workflow *w,
		    const struct json_value *v, const char *what,
		    void (*add)(const struct json_doc *, struct workflow *,
				struct text, const char *))
{
	struct json_list list;

	if (v->kind == JSON_ABSENT)
		return;
	json_doc_line(d, what, SIZE_MAX);
	json_doc_list(d, v->text, what, &list);
	for (size_t i = 0; i < list.n; i++) {
		json_doc_line(d, what, i);
		add(d, w, list.item[i], place_of(what, i).text);
	}
	json_list_release(&list);
	json_doc_line(d, NULL, 0);
}

static void check(struct json_doc *d, const struct workflow *w)
{
	int state;
	enum workflow_fault fault = workflow_check(w, &state);

	if (fault == WORKFLOW_UNREACHED) {
		json_doc_line(d, "states", (size_t)state - 1);
		workflow_json_check(d, place_of("states", (size_t)state - 1)
					       .text, fault,
				    workflow_state(w, state)->name);
	}
	json_doc_line(d, fault == WORKFLOW_BAD_NAME ? "name" : "transitions",
		      SIZE_MAX);
	workflow_json_check(d, fault == WORKFLOW_BAD_NAME ? "\"name\"" :
							    "transitions",
			    fault, TEXT(""));
}

enum key {
	NAME, NOTE, ROLES, ROLES_REQUIRED, STATES, EVENTS, TRANSITIONS,
	SEVERITY, TIMERS, MAPS, KEYS
};

static void read_parts(struct json_doc *d, struct workflow *w,
		       const struct json_value *v)
{
	add_all(d, w, &v[ROLES], "roles", workflow_json_role);
	if (workflow_json_true(&v[ROLES_REQUIRED]))
		workflow_require_roles(w);
	add_all(d, w, &v[STATES], "states", add_state);
	add_all(d, w, &v[EVENTS], "events", add_event);
	add_all(d, w, &v[TRANSITIONS], "transitions", add_transition);
	add_all(d, w, &v[TIMERS], "timers", workflow_json_timer);
	if (v[SEVERITY].kind != JSON_ABSENT) {
		json_doc_line(d, "severity", SIZE_MAX);
		workflow_json_severity(d, w, v[SEVERITY].text);
	}
	if (v[MAPS].kind != JSON_ABSENT) {
		json_doc_line(d, "maps", SIZE_MAX);
		workflow_json_maps(d, w, v[MAPS].text);
	}
}

static struct workflow *read_doc(struct json_doc *d, bool reached)
{
	static const struct json_key keys[KEYS] = {
		[NAME] = { "name", JSON_STRING, true },
		[NOTE] = { "note", JSON_STRING, false },
		[ROLES] = { "roles", JSON_NESTED, false },
		[ROLES_REQUIRED] = { "roles_required", JSON_BOOL, false },
		[STATES] = { "states", JSON_NESTED, true },
		[EVENTS] = { "events", JSON_NESTED, true },
		[TRANSITIONS] = { "transitions", JSON_NESTED, true },
		[SEVERITY] = { "severity", JSON_NESTED, false },
		[TIMERS] = { "timers", JSON_NESTED, false },
		[MAPS] = { "maps", JSON_NESTED, false },
	};
	struct json_value v[KEYS];
	struct jsonin *hold;
	struct workflow *w;

	json_doc_object(d, buf_text(&d->bytes), "the workflow", keys, KEYS, v,
			&hold);
	w = workflow_new(v[NAME].text);
	workflow_set_content(w, hash_bytes(d->bytes.p, d->bytes.n));
	read_parts(d, w, v);
	if (reached)
		check(d, w);
	jsonin_free(hold);
	return w;
}

struct workflow *workflow_json_read(const char *name)
{
	struct json_doc d = { .tell = NULL };
	struct workflow *w;

	json_doc_read(&d, name, "workflow");
	w = read_doc(&d, true);
	json_doc_release(&d);
	return w;
}

struct workflow *workflow_json_parse(struct text text,
				     workflow_json_tell *tell, void *ctx)
{
	struct json_doc d = { .tell = tell, .ctx = ctx };
	struct workflow *w;

	json_doc_take(&d, text, "the workflow");
	w = read_doc(&d, false);
	json_doc_release(&d);
	return w;
}

struct workflow *workflow_json_try(const char *name, workflow_json_tell *tell,
				   void *ctx)
{
	struct json_doc d = { .tell = tell, .ctx = ctx };
	struct workflow *w;

	json_doc_read(&d, name, "workflow");
	w = read_doc(&d, false);
	json_doc_release(&d);
	return w;
}
