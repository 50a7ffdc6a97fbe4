/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of cases, and what a workflow's rules ask of an event. */
#include <stdlib.h>

#include "base/msg.h"
#include "base/number.h"
#include "model/casework_in.h"

/* ---- making ---- */

struct casework *casework_new(const struct workflow *workflow,
			      const struct calendar *calendar)
{
	struct casework *cw = mem_zalloc(1, sizeof(*cw));

	cw->workflow = workflow;
	cw->calendar = calendar;
	cw->words = group_new(1, 0, NULL, NULL);
	group_intern(cw->words, TEXT(""));
	for (int k = 0; k < workflow_fields(workflow); k++) {
		struct text name = workflow_field(workflow, k);

		casework_fields(cw, &name, 1);
		cw->column[k].kept = workflow_field_kept(workflow, k);
	}
	return cw;
}

void casework_free(struct casework *cw)
{
	if (cw == NULL)
		return;
	group_free(cw->cases);
	group_free(cw->words);
	free(cw->watcher);
	arena_release(&cw->texts);
	free(cw);
}

static const struct {
	struct text name;
	enum source source;
} own_place[] = {
	{ { "owner", 5 }, FROM_OWNER }, { { "severity", 8 }, FROM_SEVERITY },
	{ { "due", 3 }, FROM_DUE },	{ { "role", 4 }, FROM_ROLE },
	{ { "actor", 5 }, FROM_ACTOR },
};

static enum source source_of(struct text name)
{
	for (size_t i = 0; i < NELEMS(own_place); i++)
		if (text_eq(own_place[i].name, name))
			return own_place[i].source;
	return FROM_FIELD;
}

static size_t find_column(const struct casework *cw, struct text name)
{
	for (size_t k = 0; k < cw->columns; k++)
		if (text_eq(cw->column[k].name, name))
			return k;
	return CASEWORK_NO_FIELD;
}

static size_t add_column(struct casework *cw, struct text name)
{
	struct column *c = &cw->column[cw->columns];

	*c = (struct column){
		.name = { arena_strdup(&cw->texts, name.p, name.n), name.n },
		.source = source_of(name),
	};
	if (c->source == FROM_FIELD) {
		c->read = cw->reads;
		cw->read[cw->reads++] = cw->columns;
	}
	return cw->columns++;
}

/* The column, made when new. */
static size_t want_column(struct casework *cw, struct text name)
{
	size_t k = find_column(cw, name);

	if (cw->cases)
		bug("columns of cases named after the first event");
	if (k != CASEWORK_NO_FIELD)
		return k;
	return cw->columns == CASEWORK_FIELDS ? CASEWORK_NO_FIELD :
						add_column(cw, name);
}

bool casework_fields(struct casework *cw, const struct text *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = want_column(cw, names[i]);

		if (k == CASEWORK_NO_FIELD)
			return false;
		cw->column[k].kept = true;
	}
	return true;
}

size_t casework_watch(struct casework *cw, size_t bytes,
		      void (*step)(void *, void *,
				   const struct casework_change *), void *ctx)
{
	if (cw->cases)
		bug("a watcher of cases after the first event");
	cw->watcher = mem_grow(cw->watcher, cw->watchers, &cw->watcher_cap,
			       sizeof(*cw->watcher));
	cw->watcher[cw->watchers] = (struct watcher){ step, ctx, bytes, 0 };
	return cw->watchers++;
}

bool casework_scenes(struct casework *cw, int (*severity)(void *, struct text),
		     void *ctx, uint64_t digest)
{
	cw->scene = want_column(cw, TEXT("scene"));
	if (cw->scene == CASEWORK_NO_FIELD)
		return false;
	cw->severity_of = severity;
	cw->severity_ctx = ctx;
	cw->severity_digest = digest;
	return true;
}

static size_t aligned(size_t n)
{
	return (n + 7) & ~(size_t)7;
}

void casework_lay_out(struct casework *cw)
{
	size_t at = sizeof(struct entry);

	_Static_assert(sizeof(struct entry) % 8 == 0, "words are aligned");
	for (int k = 0; k < workflow_fields(cw->workflow); k++)
		if (!cw->column[k].kept)
			cw->has = at;
	if (cw->has)
		at += sizeof(uint64_t);
	for (size_t k = 0; k < cw->columns; k++) {
		struct column *c = &cw->column[k];

		if (!c->kept || c->source == FROM_OWNER ||
		    c->source == FROM_SEVERITY || c->source == FROM_DUE)
			continue;
		c->word = at;
		at += sizeof(uint32_t);
	}
	for (size_t k = 0; k < cw->watchers; k++) {
		cw->watcher[k].at = aligned(at);
		at = cw->watcher[k].at + cw->watcher[k].bytes;
	}
	cw->cases = group_new(at, 0, NULL, NULL);
}

/* ---- asking ---- */

size_t casework_columns(const struct casework *cw)
{
	return cw->reads;
}

struct text casework_column(const struct casework *cw, size_t k)
{
	return cw->column[cw->read[k]].name;
}

size_t casework_find_field(const struct casework *cw, struct text name)
{
	size_t k = find_column(cw, name);

	return k != CASEWORK_NO_FIELD && cw->column[k].kept ? k :
							CASEWORK_NO_FIELD;
}

static uint32_t word_of(const struct column *c, const struct entry *e)
{
	if (c->source == FROM_OWNER)
		return e->owner;
	if (c->source == FROM_SEVERITY)
		return e->severity;
	return c->word ? *casework_word_at(e, c->word) : 0;
}

uint32_t casework_field_word(const struct casework *cw, size_t i, size_t field)
{
	return word_of(&cw->column[field], group_entry(cw->cases, i));
}

struct text casework_word(const struct casework *cw, uint32_t word)
{
	return group_key(cw->words, word);
}

struct text casework_field(const struct casework *cw, size_t i, size_t field)
{
	return casework_word(cw, casework_field_word(cw, i, field));
}

void *casework_mine(const struct casework *cw, size_t watcher, size_t i)
{
	char *e = group_entry(cw->cases, i);

	return e + cw->watcher[watcher].at;
}

struct casework_refusal casework_refusal(const struct casework *cw)
{
	return cw->refusal;
}

/* ---- keeping ---- */

void casework_set_word(struct casework *cw, uint32_t *to, struct text word)
{
	if (word.n > 0)
		*to = (uint32_t)group_intern(cw->words, word);
}

/* What the event itself gives; a `due` only has to be there. */
static struct text given(const struct column *c,
			 const struct casework_event *ev)
{
	switch (c->source) {
	case FROM_OWNER:
		return ev->owner;
	case FROM_SEVERITY:
		return ev->severity;
	case FROM_ROLE:
		return ev->role;
	case FROM_ACTOR:
		return ev->actor;
	case FROM_DUE:
		return ev->due == CASEWORK_NO_TIME ? TEXT("") : TEXT("due");
	case FROM_FIELD:
		break;
	}
	return ev->field ? ev->field[c->read] : TEXT("");
}

int casework_scene_of(const struct casework *cw,
		      const struct casework_event *ev)
{
	struct text scene;

	if (!cw->severity_of || !ev->field)
		return 0;
	scene = ev->field[cw->column[cw->scene].read];
	return scene.n ? cw->severity_of(cw->severity_ctx, scene) : 0;
}

void casework_keep(struct casework *cw, struct entry *e,
		   const struct casework_event *ev)
{
	for (size_t k = 0; k < cw->columns; k++) {
		const struct column *c = &cw->column[k];
		struct text t = given(c, ev);

		if (t.n == 0)
			continue;
		if (c->word)
			casework_set_word(cw, casework_word_at(e, c->word), t);
		if (cw->has)
			*casework_has_at(cw, e) |= UINT64_C(1) << k;
	}
}

/* ---- judging ---- */

static bool role_fine(struct casework *cw, const struct casework_event *ev,
		      uint64_t roles, int level)
{
	int r = workflow_find_role(cw->workflow, ev->role);

	cw->refusal.level = level;
	if (ev->role.n == 0)
		return !workflow_roles_required(cw->workflow);
	if (roles == 0)
		return true;
	return r != WORKFLOW_NOT && (roles >> r & 1) &&
	       workflow_role(cw->workflow, r)->level >= level;
}

/* Whether the column stands to one value so; both are there. */
static bool compares(struct text a, enum workflow_op op, struct text b)
{
	double x, y;
	int order;

	if (number_real(a, &x) && number_real(b, &y))
		order = (x > y) - (x < y);
	else
		order = text_cmp(a, b);
	return workflow_compare(order, op);
}

static struct text value_of(const struct casework *cw, size_t k,
			    const struct entry *e,
			    const struct casework_event *ev)
{
	struct text t = given(&cw->column[k], ev);

	if (t.n > 0 || !e)
		return t;
	return casework_word(cw, word_of(&cw->column[k], e));
}

static bool guard_holds(const struct casework *cw,
			const struct workflow_guard *g, const struct entry *e,
			const struct casework_event *ev)
{
	struct text t = value_of(cw, (size_t)g->field, e, ev);

	for (size_t i = 0; t.n > 0 && i < g->values; i++)
		if (compares(t, g->op, g->value[i]))
			return true;
	return false;
}

static bool guards_fine(struct casework *cw, const struct workflow_rule *rule,
			const struct entry *e, const struct casework_event *ev)
{
	int r = workflow_find_role(cw->workflow, ev->role);

	for (size_t i = 0; i < rule->guards; i++) {
		const struct workflow_guard *g = &rule->guard[i];

		if ((r != WORKFLOW_NOT && (g->roles >> r & 1)) ||
		    !guard_holds(cw, g, e, ev))
			continue;
		cw->refusal.guard = g;
		return false;
	}
	return true;
}

static bool has_column(const struct casework *cw, size_t k,
		       const struct entry *e, const struct casework_event *ev)
{
	const struct column *c = &cw->column[k];

	if (given(c, ev).n > 0)
		return true;
	if (!e)
		return false;
	if (c->source == FROM_DUE)
		return e->due != CASEWORK_NO_TIME;
	return c->kept ? word_of(c, e) != 0 : *casework_has_at(cw, e) >> k & 1;
}

static bool required_fine(struct casework *cw, uint64_t required,
			  const struct entry *e,
			  const struct casework_event *ev)
{
	for (size_t k = 0; required >> k; k++) {
		cw->refusal.field = (int)k;
		if ((required >> k & 1) && !has_column(cw, k, e, ev))
			return false;
		if (k == WORKFLOW_FIELDS - 1)
			break;
	}
	return true;
}

enum casework_verdict casework_judge(struct casework *cw, const struct entry *e,
				     const struct casework_event *ev,
				     int state, int event)
{
	const struct workflow *w = cw->workflow;
	const struct workflow_rule *rule = workflow_rule(w, state, event);
	int now = e ? e->severe : 0, wanted = workflow_severity(ev->severity);
	int worst = wanted > now ? wanted : now;

	cw->refusal = (struct casework_refusal){ .rule = rule,
						 .severity = now };
	if (!role_fine(cw, ev, rule->roles,
		       rule->roles ? workflow_level(w, worst) : 0))
		return CASEWORK_FORBIDDEN_ROLE;
	/* A text that is no severity would take the case's away. */
	if (workflow_has_levels(w) && ev->severity.n > 0 && wanted < now &&
	    !workflow_event(w, event)->lowers)
		return CASEWORK_NEEDS_APPROVAL;
	if (!required_fine(cw, rule->required, e, ev))
		return CASEWORK_MISSING_FIELD;
	if (rule->guards && !guards_fine(cw, rule, e, ev))
		return CASEWORK_GUARDED;
	return CASEWORK_FINE;
}
