/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workflows from JSON: roles, rules of transitions, severity, timers, maps. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "canon/workflow_json_in.h"

static int whole_of(const struct json_doc *d, const struct json_value *v,
		    const char *place, const char *key)
{
	int64_t n;

	if (v->kind == JSON_ABSENT)
		return 0;	/* told already */
	if (number_int(v->text, &n) && n >= 0 && n <= 1000)
		return (int)n;
	json_doc_fault(d, "bad-value", place, "\"%s\" is not a whole number",
		       key);
	return 0;
}

void workflow_json_role(const struct json_doc *d, struct workflow *w,
			struct text item, const char *place)
{
	enum { NAME, ZH, LEVEL, N };
	static const struct json_key keys[N] = {
		[NAME] = { "name", JSON_STRING, true },
		[ZH] = { "zh", JSON_STRING, false },
		[LEVEL] = { "level", JSON_NUMBER, true },
	};
	struct json_value v[N];
	struct jsonin *hold;

	json_doc_object(d, item, place, keys, N, v, &hold);
	workflow_json_check(d, place, workflow_add_role(w,
		(struct workflow_role){
			.name = v[NAME].text, .zh = v[ZH].text,
			.level = whole_of(d, &v[LEVEL], place, "level"),
		}), v[NAME].text);
	jsonin_free(hold);
}

/* ---- rules ---- */

static uint64_t role_mask(const struct json_doc *d, const struct workflow *w,
			  const struct json_value *v, const char *place)
{
	struct json_list names = workflow_json_names(d, v, place, "roles");
	uint64_t mask = 0;

	if (v->kind != JSON_ABSENT && names.n == 0)
		json_doc_fault(d, "bad-value", place,
			       "\"roles\" is empty: nobody may");
	for (size_t i = 0; i < names.n; i++) {
		int r = workflow_find_role(w, names.item[i]);

		if (r != WORKFLOW_NOT)
			mask |= UINT64_C(1) << r;
		else
			workflow_json_check(d, place, WORKFLOW_NO_ROLE,
					    names.item[i]);
	}
	json_list_release(&names);
	return mask;
}

static int field_of(const struct json_doc *d, struct workflow *w,
		    struct text name, bool kept, const char *place)
{
	int k = workflow_add_field(w, name, kept);

	if (k == WORKFLOW_NOT)
		workflow_json_check(d, place, WORKFLOW_BAD_NAME, name);
	return k;
}

static uint64_t field_mask(const struct json_doc *d, struct workflow *w,
			   const struct json_value *v, const char *place)
{
	struct json_list names = workflow_json_names(d, v, place, "required");
	uint64_t mask = 0;

	for (size_t i = 0; i < names.n; i++) {
		int k = field_of(d, w, names.item[i], false, place);

		if (k != WORKFLOW_NOT)
			mask |= UINT64_C(1) << k;
	}
	json_list_release(&names);
	return mask;
}

static enum workflow_op op_of(const struct json_doc *d, struct text word,
			      const char *place)
{
	for (int op = 0; op <= WORKFLOW_IN; op++)
		if (text_is(word, workflow_op_name((enum workflow_op)op)))
			return (enum workflow_op)op;
	json_doc_fault(d, "bad-value", place,
		       "\"op\" is one of = != < <= > >= in");
	return WORKFLOW_EQ;
}

/* The value or the values of a guard: strings, or numbers as written. */
static struct json_list values_of(const struct json_doc *d,
				  const struct json_value *v, const char *place)
{
	struct json_list list = { 0 };

	if (v->kind != JSON_NESTED && v->kind != JSON_NUMBER &&
	    v->kind != JSON_STRING) {
		json_doc_fault(d, "bad-shape", place, "\"value\" is a string, "
			       "a number or a list of them");
		return list;
	}
	if (v->kind != JSON_NESTED) {
		list.item = mem_alloc(1, sizeof(*list.item));
		list.item[0] = v->text;
		list.n = 1;
		return list;
	}
	json_doc_list(d, v->text, place, &list);
	for (size_t i = 0; i < list.n; i++)
		if (!number_real(list.item[i], &(double){ 0 }))
			list.item[i] = json_doc_plain(d, list.item[i], place);
	return list;
}

/* Its values stay where the text of the rule lies until the rule is added. */
static struct workflow_guard guard_of(const struct json_doc *d,
				      struct workflow *w, struct text item,
				      const char *place, struct jsonin **hold)
{
	enum { FIELD, OP, VALUE, ROLES, REFUSE, N };
	static const struct json_key keys[N] = {
		[FIELD] = { "field", JSON_STRING, true },
		[OP] = { "op", JSON_STRING, true },
		[VALUE] = { "value", JSON_ABSENT, true },
		[ROLES] = { "roles", JSON_ABSENT, false },
		[REFUSE] = { "refuse", JSON_BOOL, false },
	};
	struct workflow_guard g = { .field = 0 };
	struct json_value v[N];
	struct json_list values;

	json_doc_object(d, item, place, keys, N, v, hold);
	if (workflow_json_true(&v[REFUSE]) == (v[ROLES].kind != JSON_ABSENT))
		json_doc_fault(d, "bad-shape", place, "a guard has either "
			       "\"roles\" or \"refuse\": true");
	values = values_of(d, &v[VALUE], place);
	g.field = field_of(d, w, v[FIELD].text, true, place);
	g.op = op_of(d, v[OP].text, place);
	g.value = values.item;
	g.values = values.n;
	g.roles = role_mask(d, w, &v[ROLES], place);
	return g;
}

int workflow_json_rule(const struct json_doc *d, struct workflow *w,
		       const char *place, const struct json_value *roles,
		       const struct json_value *required,
		       const struct json_value *guards)
{
	struct workflow_rule rule = {
		.roles = role_mask(d, w, roles, place),
		.required = field_mask(d, w, required, place),
	};
	struct json_list list = { 0 };
	struct workflow_guard *guard;
	struct jsonin **hold;
	int number = 0;

	if (guards->kind != JSON_ABSENT)
		json_doc_list(d, guards->text, place, &list);
	guard = mem_alloc(list.n, sizeof(*guard));
	hold = mem_alloc(list.n, sizeof(struct jsonin *));
	for (size_t i = 0; i < list.n; i++)
		guard[i] = guard_of(d, w, list.item[i], place, &hold[i]);
	rule.guard = guard;
	rule.guards = list.n;
	workflow_json_check(d, place, workflow_add_rule(w, &rule, &number),
			    TEXT(""));
	for (size_t i = 0; i < list.n; i++) {
		free((void *)(uintptr_t)guard[i].value);
		jsonin_free(hold[i]);
	}
	free(guard);
	free(hold);
	json_list_release(&list);
	return number;
}

void workflow_json_severity(const struct json_doc *d, struct workflow *w,
			    struct text object)
{
	enum { LEVELS, NOTE, N };
	static const struct json_key keys[N] = {
		[LEVELS] = { "levels", JSON_NESTED, true },
		[NOTE] = { "note", JSON_STRING, false },
	};
	static const struct json_key each[WORKFLOW_SEVERITIES] = {
		{ "1", JSON_NUMBER, true }, { "2", JSON_NUMBER, true },
		{ "3", JSON_NUMBER, true }, { "4", JSON_NUMBER, true },
		{ "5", JSON_NUMBER, true },
	};
	int level[WORKFLOW_SEVERITIES + 1] = { 0 };
	struct json_value v[N], s[WORKFLOW_SEVERITIES];
	struct jsonin *hold, *inner;

	json_doc_object(d, object, "severity", keys, N, v, &hold);
	if (v[LEVELS].kind == JSON_ABSENT) {
		jsonin_free(hold);
		return;
	}
	json_doc_object(d, v[LEVELS].text, "severity levels", each,
			WORKFLOW_SEVERITIES, s, &inner);
	for (int i = 0; i < WORKFLOW_SEVERITIES; i++)
		level[i + 1] = whole_of(d, &s[i], "severity levels",
					each[i].name);
	workflow_json_check(d, "severity levels",
			    workflow_set_levels(w, level), TEXT(""));
	jsonin_free(inner);
	jsonin_free(hold);
}

/* ---- timers ---- */

static void set_limits(const struct json_doc *d, struct workflow_timer *t,
		       struct text object, const char *place)
{
	static const struct json_key keys[WORKFLOW_SEVERITIES + 1] = {
		{ "", JSON_STRING, false },  { "1", JSON_STRING, false },
		{ "2", JSON_STRING, false }, { "3", JSON_STRING, false },
		{ "4", JSON_STRING, false }, { "5", JSON_STRING, false },
	};
	struct json_value v[WORKFLOW_SEVERITIES + 1];
	struct jsonin *hold;
	bool some = false;

	json_doc_object(d, object, place, keys, WORKFLOW_SEVERITIES + 1, v,
			&hold);
	for (int s = 0; s <= WORKFLOW_SEVERITIES; s++) {
		if (v[s].kind == JSON_ABSENT)
			continue;
		some = true;
		if (!workflow_limit_parse(v[s].text, &t->within[s]))
			workflow_json_check(d, place, WORKFLOW_BAD_LIMIT,
					    v[s].text);
	}
	for (int s = 1; s <= WORKFLOW_SEVERITIES; s++)
		if (v[s].kind == JSON_ABSENT)
			t->within[s] = t->within[0];
	if (!some)
		json_doc_fault(d, "bad-value", place,
			       "\"within\" has no limit");
	jsonin_free(hold);
}

/* Which states are named; NULL when the value is absent. */
static bool *states_of(const struct json_doc *d, const struct workflow *w,
		       const struct json_value *v, const char *place,
		       const char *key)
{
	struct json_list names = workflow_json_names(d, v, place, key);
	bool *in;

	if (v->kind == JSON_ABSENT)
		return NULL;
	in = mem_zalloc((size_t)workflow_states(w), sizeof(*in));
	for (size_t i = 0; i < names.n; i++)
		workflow_json_check(d, place,
				    workflow_mark(w, names.item[i], in),
				    names.item[i]);
	json_list_release(&names);
	return in;
}

static bool is_working(const struct json_doc *d, const struct json_value *v,
		       const char *place)
{
	if (text_is(v->text, "wall"))
		return false;
	if (v->kind != JSON_ABSENT && !text_is(v->text, "working"))
		json_doc_fault(d, "bad-value", place,
			       "\"clock\" is neither working nor wall");
	return true;
}

void workflow_json_timer(const struct json_doc *d, struct workflow *w,
			 struct text item, const char *place)
{
	enum { NAME, ZH, FROM, UNTIL, WITHIN, CLOCK, DEADLINE, N };
	static const struct json_key keys[N] = {
		[NAME] = { "name", JSON_STRING, true },
		[ZH] = { "zh", JSON_STRING, false },
		[FROM] = { "from", JSON_ABSENT, true },
		[UNTIL] = { "until", JSON_ABSENT, false },
		[WITHIN] = { "within", JSON_NESTED, true },
		[CLOCK] = { "clock", JSON_STRING, false },
		[DEADLINE] = { "deadline", JSON_BOOL, false },
	};
	struct workflow_timer t = { .working = true };
	struct json_value v[N];
	struct jsonin *hold;
	bool *from, *until;

	json_doc_object(d, item, place, keys, N, v, &hold);
	from = states_of(d, w, &v[FROM], place, "from");
	until = states_of(d, w, &v[UNTIL], place, "until");
	t.name = v[NAME].text;
	t.zh = v[ZH].text;
	t.working = is_working(d, &v[CLOCK], place);
	t.deadline = workflow_json_true(&v[DEADLINE]);
	t.from = from;
	t.until = until;
	if (v[WITHIN].kind != JSON_ABSENT)
		set_limits(d, &t, v[WITHIN].text, place);
	if (from)
		workflow_json_check(d, place, workflow_add_timer(w, &t),
				    t.name);
	free(from);
	free(until);
	jsonin_free(hold);
}

/* ---- maps ---- */

static void add_map(const struct json_doc *d, struct workflow *w,
		    struct text other, const struct json_value *map)
{
	const struct json_value *v;
	struct jsonin *in;

	if (map->kind != JSON_NESTED) {
		json_doc_fault(d, "bad-shape", "maps",
			       "not an object of states");
		return;
	}
	in = json_doc_any(d, map->text, "maps", &v);
	for (size_t i = 0; in && i < jsonin_columns(in); i++) {
		if (v[i].kind != JSON_STRING)
			json_doc_fault(d, "bad-shape", "maps",
				       "a state is not a string");
		else
			workflow_json_check(d, "maps",
					    workflow_add_map(w, other,
						jsonin_key(in, i), v[i].text),
					    jsonin_key(in, i));
	}
	jsonin_free(in);
}

void workflow_json_maps(const struct json_doc *d, struct workflow *w,
			struct text object)
{
	const struct json_value *v;
	struct jsonin *in = json_doc_any(d, object, "maps", &v);

	for (size_t i = 0; in && i < jsonin_columns(in); i++)
		add_map(d, w, jsonin_key(in, i), &v[i]);
	jsonin_free(in);
}
