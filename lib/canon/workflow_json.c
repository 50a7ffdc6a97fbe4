/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows from JSON. */
#include <stdio.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/json_doc.h"
#include "canon/workflow_json.h"

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

static bool is_true(const struct json_value *v)
{
	return v->kind == JSON_BOOL && text_is(v->text, "true");
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
	enum workflow_fault fault;

	json_doc_object(d, item, place, keys, N, v, &hold);
	fault = workflow_add_state(w, (struct workflow_state){
		.name = v[NAME].text,
		.zh = v[ZH].text,
		.closed = is_true(&v[CLOSED]),
		.paused = is_true(&v[PAUSED]),
	});
	if (fault != WORKFLOW_FINE)
		json_doc_refuse(d, place, workflow_strerror(fault));
	jsonin_free(hold);
}

static enum workflow_clock clock_of(const struct json_doc *d,
				    const struct json_value *v,
				    const char *place)
{
	if (v->kind == JSON_ABSENT)
		return WORKFLOW_CLOCK_RUNS;
	if (text_is(v->text, "pause"))
		return WORKFLOW_CLOCK_PAUSE;
	if (text_is(v->text, "resume"))
		return WORKFLOW_CLOCK_RESUME;
	json_doc_refuse(d, place, "\"clock\" is neither pause nor resume");
}

static void add_event(const struct json_doc *d, struct workflow *w,
		      struct text item, const char *place)
{
	enum { NAME, ZH, CLOCK, N };
	static const struct json_key keys[N] = {
		[NAME] = { "name", JSON_STRING, true },
		[ZH] = { "zh", JSON_STRING, false },
		[CLOCK] = { "clock", JSON_STRING, false },
	};
	struct json_value v[N];
	struct jsonin *hold;
	enum workflow_fault fault;

	json_doc_object(d, item, place, keys, N, v, &hold);
	fault = workflow_add_event(w, (struct workflow_event){
		.name = v[NAME].text,
		.zh = v[ZH].text,
		.clock = clock_of(d, &v[CLOCK], place),
	});
	if (fault != WORKFLOW_FINE)
		json_doc_refuse(d, place, workflow_strerror(fault));
	jsonin_free(hold);
}

/* One name or a list of names, as a list. */
static struct json_list names(const struct json_doc *d,
			      const struct json_value *v, const char *place)
{
	struct json_list list;

	if (v->kind == JSON_NESTED) {
		json_doc_list(d, v->text, place, &list);
		for (size_t i = 0; i < list.n; i++)
			list.item[i] = json_doc_plain(d, list.item[i], place);
		return list;
	}
	if (v->kind != JSON_STRING)
		json_doc_refuse(d, place, "\"from\" and \"event\" are a name "
					  "or a list of names");
	list.item = mem_alloc(1, sizeof(*list.item));
	list.item[0] = v->text;
	list.n = 1;
	return list;
}

static void add_transition(const struct json_doc *d, struct workflow *w,
			   struct text item, const char *place)
{
	enum { FROM, EVENT, TO, N };
	static const struct json_key keys[N] = {
		[FROM] = { "from", JSON_ABSENT, true },
		[EVENT] = { "event", JSON_ABSENT, true },
		[TO] = { "to", JSON_STRING, false },
	};
	struct json_value v[N];
	struct jsonin *hold;
	struct json_list from, event;

	json_doc_object(d, item, place, keys, N, v, &hold);
	from = names(d, &v[FROM], place);
	event = names(d, &v[EVENT], place);
	for (size_t f = 0; f < from.n; f++) {
		for (size_t e = 0; e < event.n; e++) {
			enum workflow_fault fault = workflow_allow(
				w, from.item[f], event.item[e], v[TO].text);

			if (fault != WORKFLOW_FINE)
				json_doc_refuse(d, place,
						workflow_strerror(fault));
		}
	}
	json_list_release(&from);
	json_list_release(&event);
	jsonin_free(hold);
}

/* Calls `add` for every element of the list called `what`. */
static void add_all(const struct json_doc *d, struct workflow *w,
		    struct text text, const char *what,
		    void (*add)(const struct json_doc *, struct workflow *,
				struct text, const char *))
{
	struct json_list list;

	json_doc_list(d, text, what, &list);
	for (size_t i = 0; i < list.n; i++)
		add(d, w, list.item[i], place_of(what, i).text);
	json_list_release(&list);
}

static void check(const struct json_doc *d, const struct workflow *w)
{
	int state;
	enum workflow_fault fault = workflow_check(w, &state);

	if (fault == WORKFLOW_UNREACHED)
		json_doc_refuse(d, place_of("states", (size_t)state - 1).text,
				workflow_strerror(fault));
	if (fault == WORKFLOW_BAD_NAME)
		json_doc_refuse(d, "\"name\"", workflow_strerror(fault));
	if (fault != WORKFLOW_FINE)
		json_doc_refuse(d, "transitions", workflow_strerror(fault));
}

struct workflow *workflow_json_read(const char *name)
{
	enum { NAME, NOTE, STATES, EVENTS, TRANSITIONS, N };
	static const struct json_key keys[N] = {
		[NAME] = { "name", JSON_STRING, true },
		[NOTE] = { "note", JSON_STRING, false },
		[STATES] = { "states", JSON_NESTED, true },
		[EVENTS] = { "events", JSON_NESTED, true },
		[TRANSITIONS] = { "transitions", JSON_NESTED, true },
	};
	struct json_doc d;
	struct json_value v[N];
	struct jsonin *hold;
	struct workflow *w;

	json_doc_read(&d, name, "workflow");
	json_doc_object(&d, buf_text(&d.bytes), "the workflow", keys, N, v,
			&hold);
	w = workflow_new(v[NAME].text);
	workflow_set_content(w, hash_bytes(d.bytes.p, d.bytes.n));
	add_all(&d, w, v[STATES].text, "states", add_state);
	add_all(&d, w, v[EVENTS].text, "events", add_event);
	add_all(&d, w, v[TRANSITIONS].text, "transitions", add_transition);
	check(&d, w);
	jsonin_free(hold);
	json_doc_release(&d);
	return w;
}
