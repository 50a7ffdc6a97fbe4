/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a workflow has besides its transitions: roles, rules, timers, maps. */
#include "base/ascii.h"
#include "base/number.h"
#include "model/workflow_in.h"

#define RULES_MAX 10000
#define LIMIT_MAX 9999

/* ---- roles ---- */

enum workflow_fault workflow_add_role(struct workflow *w,
				      struct workflow_role r)
{
	if (!workflow_name_fine(r.name))
		return WORKFLOW_BAD_NAME;
	if (r.level < 1 || r.level > WORKFLOW_LEVELS)
		return WORKFLOW_BAD_LEVEL;
	if (workflow_find_role(w, r.name) != WORKFLOW_NOT ||
	    (r.zh.n && workflow_find_role(w, r.zh) != WORKFLOW_NOT))
		return WORKFLOW_TWICE;
	if (w->roles == WORKFLOW_ROLES)
		return WORKFLOW_TOO_MANY;
	r.name = workflow_keep(w, r.name);
	r.zh = workflow_keep(w, r.zh);
	w->role[w->roles++] = r;
	return WORKFLOW_FINE;
}

int workflow_roles(const struct workflow *w)
{
	return (int)w->roles;
}

const struct workflow_role *workflow_role(const struct workflow *w, int r)
{
	return &w->role[r];
}

int workflow_find_role(const struct workflow *w, struct text name)
{
	for (size_t r = 0; r < w->roles; r++)
		if (text_eq(w->role[r].name, name) ||
		    (name.n && text_eq(w->role[r].zh, name)))
			return (int)r;
	return WORKFLOW_NOT;
}

void workflow_require_roles(struct workflow *w)
{
	w->roles_required = true;
}

bool workflow_roles_required(const struct workflow *w)
{
	return w->roles_required;
}

/* ---- columns and rules ---- */

static int find_field(const struct workflow *w, struct text name)
{
	for (size_t k = 0; k < w->fields; k++)
		if (text_eq(w->field[k].name, name))
			return (int)k;
	return WORKFLOW_NOT;
}

int workflow_add_field(struct workflow *w, struct text name, bool kept)
{
	int k = find_field(w, name);

	if (k == WORKFLOW_NOT) {
		if (!workflow_name_fine(name) || w->fields == WORKFLOW_FIELDS)
			return WORKFLOW_NOT;
		k = (int)w->fields++;
		w->field[k].name = workflow_keep(w, name);
	}
	w->field[k].kept = w->field[k].kept || kept;
	return k;
}

int workflow_fields(const struct workflow *w)
{
	return (int)w->fields;
}

struct text workflow_field(const struct workflow *w, int k)
{
	return w->field[k].name;
}

bool workflow_field_kept(const struct workflow *w, int k)
{
	return w->field[k].kept;
}

const char *workflow_op_name(enum workflow_op op)
{
	static const char *const name[] = {
		[WORKFLOW_EQ] = "=", [WORKFLOW_NE] = "!=",
		[WORKFLOW_LT] = "<", [WORKFLOW_LE] = "<=",
		[WORKFLOW_GT] = ">", [WORKFLOW_GE] = ">=",
		[WORKFLOW_IN] = "in",
	};

	return name[op];
}

bool workflow_compare(int order, enum workflow_op op)
{
	/* Bit 0: less, bit 1: equal, bit 2: more. */
	static const unsigned char holds[] = {
		[WORKFLOW_EQ] = 2, [WORKFLOW_NE] = 5, [WORKFLOW_LT] = 1,
		[WORKFLOW_LE] = 3, [WORKFLOW_GT] = 4, [WORKFLOW_GE] = 6,
		[WORKFLOW_IN] = 2,
	};

	return holds[op] >> ((order > 0) - (order < 0) + 1) & 1;
}

static bool guard_fine(const struct workflow *w, const struct workflow_guard *g)
{
	if (g->field < 0 || (size_t)g->field >= w->fields)
		return false;
	return g->op == WORKFLOW_IN ? g->values > 0 : g->values == 1;
}

static struct workflow_guard keep_guard(struct workflow *w,
					struct workflow_guard g)
{
	struct text *value = arena_alloc(&w->texts, g.values * sizeof(*value));

	for (size_t i = 0; i < g.values; i++)
		value[i] = workflow_keep(w, g.value[i]);
	g.value = value;
	return g;
}

enum workflow_fault workflow_add_rule(struct workflow *w,
				      const struct workflow_rule *rule,
				      int *number)
{
	struct workflow_rule r = *rule;
	struct workflow_guard *guard;

	if (w->rules == RULES_MAX)
		return WORKFLOW_TOO_MANY;
	for (size_t i = 0; i < r.guards; i++)
		if (!guard_fine(w, &r.guard[i]))
			return WORKFLOW_BAD_GUARD;
	guard = arena_alloc(&w->texts, r.guards * sizeof(*guard));
	for (size_t i = 0; i < r.guards; i++) {
		guard[i] = keep_guard(w, r.guard[i]);
		w->field[guard[i].field].kept = true;
	}
	r.guard = guard;
	if (w->rules == w->rule_cap)
		w->rule = mem_grow(w->rule, w->rules, &w->rule_cap,
				   sizeof(*w->rule));
	*number = (int)w->rules;
	w->rule[w->rules++] = r;
	return WORKFLOW_FINE;
}

/* ---- severity ---- */

enum workflow_fault
workflow_set_levels(struct workflow *w,
		    const int level[WORKFLOW_SEVERITIES + 1])
{
	for (int s = 1; s <= WORKFLOW_SEVERITIES; s++)
		if (level[s] < 1 || level[s] > WORKFLOW_LEVELS ||
		    (s > 1 && level[s] < level[s - 1]))
			return WORKFLOW_BAD_LEVEL;
	for (int s = 1; s <= WORKFLOW_SEVERITIES; s++)
		w->level[s] = level[s];
	return WORKFLOW_FINE;
}

bool workflow_has_levels(const struct workflow *w)
{
	return w->level[1] > 0;
}

int workflow_level(const struct workflow *w, int severity)
{
	return w->level[severity] > 0 ? w->level[severity] : 1;
}

int workflow_severity(struct text t)
{
	if (t.n != 1 || t.p[0] < '1' || t.p[0] > '0' + WORKFLOW_SEVERITIES)
		return 0;
	return t.p[0] - '0';
}

/* ---- timers ---- */

static const char units[] = {
	[WORKFLOW_MINUTES] = 'm', [WORKFLOW_HOURS] = 'h',
	[WORKFLOW_DAYS] = 'd',	  [WORKFLOW_WEEKS] = 'w',
};

bool workflow_limit_parse(struct text t, struct workflow_limit *limit)
{
	int64_t n;

	if (t.n < 2 || !ascii_is_digit(t.p[0]) ||
	    !number_int((struct text){ t.p, t.n - 1 }, &n) || n < 1 ||
	    n > LIMIT_MAX)
		return false;
	for (size_t u = 0; u < NELEMS(units); u++) {
		if (t.p[t.n - 1] != units[u])
			continue;
		*limit = (struct workflow_limit){ (int32_t)n,
						  (enum workflow_unit)u };
		return true;
	}
	return false;
}

size_t workflow_limit_format(struct workflow_limit limit, char *to)
{
	size_t n = text_put_u64(to, (uint64_t)limit.n);

	to[n] = units[limit.unit];
	return n + 1;
}

static bool *keep_states(struct workflow *w, const bool *in)
{
	bool *to = arena_alloc(&w->texts, w->states * sizeof(*to));

	memcpy(to, in, w->states * sizeof(*to));
	return to;
}

/* Every state but those. */
static bool *keep_others(struct workflow *w, const bool *but)
{
	bool *to = keep_states(w, but);

	for (size_t s = 0; s < w->states; s++)
		to[s] = s != WORKFLOW_NEW && !but[s];
	return to;
}

/* It must start somewhere, and not stop there. */
static enum workflow_fault states_fault(const struct workflow *w,
					const struct workflow_timer *t)
{
	bool starts = false;

	for (size_t s = 1; s < w->states; s++) {
		if (t->from[s] && t->until && t->until[s])
			return WORKFLOW_OVERLAP;
		starts = starts || t->from[s];
	}
	return starts ? WORKFLOW_FINE : WORKFLOW_NO_STATE;
}

enum workflow_fault workflow_add_timer(struct workflow *w,
				       const struct workflow_timer *timer)
{
	struct workflow_timer t = *timer;
	enum workflow_fault fault = states_fault(w, timer);

	if (!workflow_name_fine(t.name))
		return WORKFLOW_BAD_NAME;
	if (fault != WORKFLOW_FINE)
		return fault;
	for (size_t i = 0; i < w->timers; i++)
		if (text_eq(w->timer[i].name, t.name))
			return WORKFLOW_TWICE;
	if (t.deadline && workflow_deadline(w) != WORKFLOW_NOT)
		return WORKFLOW_DEADLINES;
	if (w->timers == WORKFLOW_MAX)
		return WORKFLOW_TOO_MANY;
	t.name = workflow_keep(w, t.name);
	t.zh = workflow_keep(w, t.zh);
	t.until = t.until ? keep_states(w, t.until) : keep_others(w, t.from);
	t.from = keep_states(w, t.from);
	if (w->timers == w->timer_cap)
		w->timer = mem_grow(w->timer, w->timers, &w->timer_cap,
				    sizeof(*w->timer));
	w->timer[w->timers++] = t;
	return WORKFLOW_FINE;
}

int workflow_timers(const struct workflow *w)
{
	return (int)w->timers;
}

const struct workflow_timer *workflow_timer(const struct workflow *w, int i)
{
	return &w->timer[i];
}

int workflow_deadline(const struct workflow *w)
{
	for (size_t i = 0; i < w->timers; i++)
		if (w->timer[i].deadline)
			return (int)i;
	return WORKFLOW_NOT;
}

/* ---- maps ---- */

enum workflow_fault workflow_add_map(struct workflow *w, struct text other,
				     struct text state, struct text means)
{
	int s = workflow_find_state(w, state);

	if (!workflow_name_fine(other) || !workflow_name_fine(means))
		return WORKFLOW_BAD_NAME;
	if (s == WORKFLOW_NOT)
		return WORKFLOW_NO_STATE;
	for (size_t i = 0; i < w->pairs; i++)
		if (w->pair[i].state == s && text_eq(w->pair[i].other, other))
			return WORKFLOW_TWICE;
	if (w->pairs == w->pair_cap)
		w->pair = mem_grow(w->pair, w->pairs, &w->pair_cap,
				   sizeof(*w->pair));
	w->pair[w->pairs++] = (struct workflow_pair){
		.other = workflow_keep(w, other),
		.state = s,
		.means = workflow_keep(w, means),
	};
	return WORKFLOW_FINE;
}

size_t workflow_maps(const struct workflow *w)
{
	return w->pairs;
}

const struct workflow_pair *workflow_map(const struct workflow *w, size_t i)
{
	return &w->pair[i];
}

int workflow_translate(const struct workflow *w, int state,
		       const struct workflow *other)
{
	if (state == WORKFLOW_NEW)
		return WORKFLOW_NEW;
	if (text_eq(w->name, other->name))
		return workflow_find_state(other, w->state[state].name);
	for (size_t i = 0; i < w->pairs; i++)
		if (w->pair[i].state == state &&
		    text_eq(w->pair[i].other, other->name))
			return workflow_find_state(other, w->pair[i].means);
	return WORKFLOW_NOT;
}
