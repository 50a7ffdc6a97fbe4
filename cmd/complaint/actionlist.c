/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-complaint actions list and overdue: the register, one action a row. */
#include "cmd/complaint/actionlist.h"

#include <math.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "model/actions.h"
#include "stream/output.h"
#include "stream/pick.h"

#include "cmd/complaint/caselist.h"

enum {
	ACTION_ID, STATE, ISSUE, OWNER, DUE, OVERDUE, LATE_DAYS, OPENED_AT,
	PLANNED_AT, DONE_AT, EVALUATED_AT, DAYS, ROUNDS, MEASURE,
	EFFECT_MEASURE, BEFORE, AFTER, CHANGE, TARGET, EFFECT, AS_OF, COLUMNS
};

static const struct output_column columns[COLUMNS] = {
	[ACTION_ID] = { "action_id", COL_TEXT },
	[STATE] = { "state", COL_TEXT },
	[ISSUE] = { "issue", COL_TEXT },
	[OWNER] = { "owner", COL_TEXT },
	[DUE] = { "due", COL_INSTANT },
	[OVERDUE] = { "overdue", COL_TEXT },
	[LATE_DAYS] = { "late_days", COL_INT },
	[OPENED_AT] = { "opened_at", COL_INSTANT },
	[PLANNED_AT] = { "planned_at", COL_INSTANT },
	[DONE_AT] = { "done_at", COL_INSTANT },
	[EVALUATED_AT] = { "evaluated_at", COL_INSTANT },
	[DAYS] = { "days", COL_INT },
	[ROUNDS] = { "rounds", COL_INT },
	[MEASURE] = { "measure", COL_TEXT },
	[EFFECT_MEASURE] = { "effect_measure", COL_TEXT },
	[BEFORE] = { "before", COL_REAL },
	[AFTER] = { "after", COL_REAL },
	[CHANGE] = { "change", COL_REAL },
	[TARGET] = { "target", COL_REAL },
	[EFFECT] = { "effect", COL_TEXT },
	[AS_OF] = { "as_of", COL_DAY },
};

/* The columns of the entries whose last value counts. */
static const struct {
	int column;
	const char *name;
} kept[] = {
	{ ISSUE, "issue" },   { MEASURE, "measure" },
	{ EFFECT_MEASURE, "effect_measure" }, { BEFORE, "before" },
	{ AFTER, "after" },   { TARGET, "target" },
};

#define CELL_BYTES 40

struct cells {
	struct text text[COLUMNS];
	char room[COLUMNS][CELL_BYTES];	/* of those that had to be written */
	uint64_t events;
	bool open_late;		/* not done yet, and late */
};

struct listing {
	const struct common *common;
	struct caselist list;
	struct actions *actions;
	struct asked asked;
	struct schema schema;
	struct schema_column column[COLUMNS];
	bool overdue_only;
};

/* ---- cells ---- */

static void put_instant(struct cells *c, int column, struct place *p,
			int64_t us)
{
	_Static_assert(INSTANT_BYTES <= CELL_BYTES, "room for an instant");

	if (us == CASEWORK_NO_TIME)
		return;
	c->text[column].p = c->room[column];
	c->text[column].n = instant_format(us, place_zone(p, us),
					   c->room[column]);
}

static void put_count(struct cells *c, int column, int64_t v)
{
	c->text[column].p = c->room[column];
	c->text[column].n = text_putf(c->room[column], CELL_BYTES, "%lld",
				      (long long)v);
}

static void put_real(struct cells *c, int column, double v)
{
	if (!isfinite(v))
		return;
	c->text[column].p = c->room[column];
	c->text[column].n = text_putf(c->room[column], CELL_BYTES, "%.10g", v);
}

static int64_t days_between(struct place *p, int64_t from, int64_t to)
{
	return (int64_t)instant_day(to, place_zone(p, to)) -
	       instant_day(from, place_zone(p, from));
}

static void fill_times(struct cells *c, struct listing *l,
		       const struct casework_case *k,
		       const struct actions_action *a)
{
	struct place *p = l->list.place;
	int64_t end = actions_end(a, k->closed_at, l->asked.when.today);
	bool late = k->due != CASEWORK_NO_TIME && end > k->due;

	put_instant(c, DUE, p, k->due);
	put_instant(c, OPENED_AT, p, k->opened_at);
	put_instant(c, PLANNED_AT, p, a->planned_at);
	put_instant(c, DONE_AT, p, a->done_at);
	put_instant(c, EVALUATED_AT, p, a->evaluated_at);
	put_count(c, DAYS, days_between(p, k->opened_at, end));
	put_count(c, ROUNDS, a->rounds);
	c->open_late = late && a->done_at == CASEWORK_NO_TIME && !a->dropped;
	if (k->due == CASEWORK_NO_TIME)
		return;
	c->text[OVERDUE] = late ? TEXT("yes") : TEXT("no");
	put_count(c, LATE_DAYS, late ? days_between(p, k->due, end) : 0);
}

static double figure(const struct cells *c, int column)
{
	struct cell cell;

	if (!cell_parse(c->text[column], COL_REAL, 0, &cell) || !cell.known)
		return NAN;
	return cell.real;
}

/* The figures as numbers of one form, and what came of the action. */
static void fill_effect(struct cells *c)
{
	double before = figure(c, BEFORE), after = figure(c, AFTER);
	double target = figure(c, TARGET);

	c->text[BEFORE].n = c->text[AFTER].n = c->text[TARGET].n = 0;
	put_real(c, BEFORE, before);
	put_real(c, AFTER, after);
	put_real(c, TARGET, target);
	put_real(c, CHANGE, after - before);
	c->text[EFFECT] = text_of(actions_effect_name(
		actions_effect(before, after, target)));
}

static void fill(struct cells *c, struct listing *l, size_t i)
{
	const struct casework *cases = l->list.cases;
	struct casework_case k = casework_case(cases, i, l->asked.when);
	struct actions_action a = actions_action(l->actions, i);

	*c = (struct cells){ .text[ACTION_ID] = k.case_id,
			     .events = k.events };
	c->text[STATE] = workflow_state(l->list.workflow, k.state)->name;
	c->text[OWNER] = k.owner;
	for (size_t f = 0; f < NELEMS(kept); f++)
		c->text[kept[f].column] = casework_field(
			cases, i, casework_find_field(cases,
						      text_of(kept[f].name)));
	fill_times(c, l, &k, &a);
	fill_effect(c);
	c->text[AS_OF] = (struct text){ c->room[AS_OF],
					day_format(l->asked.day,
						   c->room[AS_OF]) };
}

/* ---- which ---- */

static bool holds(const struct condition *w,
		  const struct cells *c)
{
	struct cell cell;

	for (size_t i = 0; i < COLUMNS; i++) {
		if (!text_is(w->column, columns[i].name))
			continue;
		if (!cell_parse(c->text[i], w->type, 0, &cell))
			cell.known = false;
		return pick_holds(w, &cell);
	}
	die_usage("--where: the actions have no column \"%.*s\"",
		  (int)w->column.n, w->column.p);
}

static bool is_chosen(const struct listing *l, const struct condition *wheres,
		      const struct cells *c)
{
	struct day_range days = common_range(l->common);
	struct cell opened;

	if (l->overdue_only && !c->open_late)
		return false;
	if (!cell_parse(c->text[OPENED_AT], COL_DAY, 0, &opened) ||
	    !opened.known)
		bug("opened_at is no day");
	if (opened.day < days.first || opened.day > days.last)
		return false;
	for (size_t i = 0; i < l->common->wheres.n; i++)
		if (!holds(&wheres[i], c))
			return false;
	return true;
}

static struct condition *read_wheres(struct listing *l)
{
	const struct opt_list *list = &l->common->wheres;
	struct condition *w = mem_alloc(list->n, sizeof(*w));

	for (size_t i = 0; i < COLUMNS; i++)
		l->column[i] = (struct schema_column){
			.name = columns[i].name, .type = columns[i].type
		};
	l->schema = (struct schema){ .column = l->column, .n = COLUMNS };
	for (size_t i = 0; i < list->n; i++) {
		w[i] = pick_parse("--where", list->item[i], &l->schema);
		/* A time without a zone is one of the place. */
		if (w[i].type == COL_INSTANT)
			cell_parse(w[i].value.text, COL_INSTANT,
				   place_zone_local(l->list.place,
						    w[i].value.us),
				   &w[i].value);
	}
	return w;
}

/* ---- in which order ---- */

struct late {
	int64_t due;
	size_t at;		/* in bytewise order of the ids */
};

static int by_due(const void *a, const void *b)
{
	const struct late *x = a, *y = b;

	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* The ids in order; of what is overdue, the longest first. */
static void sort(struct listing *l, uint32_t *order)
{
	size_t n = casework_count(l->list.cases);
	struct late *late = mem_alloc(n, sizeof(*late));
	uint32_t *ids = mem_alloc(n, sizeof(*ids));

	for (size_t i = 0; i < n; i++)
		late[i] = (struct late){
			casework_case(l->list.cases, order[i],
				      l->asked.when).due, i
		};
	qsort(late, n, sizeof(*late), by_due);
	for (size_t i = 0; i < n; i++)
		ids[i] = order[late[i].at];
	if (n)
		memcpy(order, ids, n * sizeof(*ids));
	free(late);
	free(ids);
}

static void write_row(struct output *out, const struct cells *c)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (columns[i].type == COL_INT || columns[i].type == COL_REAL)
			output_json(out, c->text[i]);
		else
			output_text(out, c->text[i]);
	}
	output_end(out);
}

static int write_rows(struct listing *l)
{
	struct output *out = output_open(l->common, columns, COLUMNS);
	struct condition *wheres = read_wheres(l);
	uint32_t *order = casework_sorted(l->list.cases);
	struct cells c;

	if (l->overdue_only)
		sort(l, order);
	for (size_t i = 0; i < casework_count(l->list.cases); i++) {
		fill(&c, l, order[i]);
		if (is_chosen(l, wheres, &c))
			write_row(out, &c);
		else
			caselist_unuse(&l->list, c.events);
	}
	free(order);
	free(wheres);
	caselist_settle(&l->list, l->common, output_rows(out));
	return output_close(out);
}

/* ---- the verbs ---- */

static int list_log(struct listing *l, char *path)
{
	struct text names[NELEMS(kept)];
	int status;

	for (size_t f = 0; f < NELEMS(kept); f++)
		names[f] = text_of(kept[f].name);
	common_check_log(l->common, path);
	if (l->common->by || l->common->withs.n)
		die_usage("--by and --with: pipe the actions on");
	l->list.kind = &caselist_actions;
	l->list.path = path;
	l->list.place = place_new(l->common);
	caselist_read(&l->list, l->common);
	casework_fields(l->list.cases, names, NELEMS(names));
	l->actions = actions_new(l->list.cases, l->list.workflow);
	caselist_catch_up(&l->list);
	caselist_tell_tail(&l->list);
	l->asked = place_asked(l->list.place, l->common, l->list.last_at);
	status = write_rows(l);
	actions_free(l->actions);
	place_free(l->list.place);
	caselist_close(&l->list);
	return status;
}

static int run(int argc, char **argv, struct program program,
	       bool overdue_only)
{
	struct listing l = { .overdue_only = overdue_only };
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "another than the log's own",
		  .to = &l.list.workflow_asked },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};

	program.opts = opts;
	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	l.common = &common;
	return list_log(&l, files[0]);
}

int actions_list_main(int argc, char **argv)
{
	const struct program program = {
		"crm-complaint actions list", "[OPTION...] LOG",
		"Writes a row an action: action_id,state,issue,owner,due,"
		"overdue,late_days,\nopened_at,planned_at,done_at,"
		"evaluated_at,days,rounds,measure,\neffect_measure,before,"
		"after,change,target,effect,as_of.",
		"crm-complaint actions list actions.log --where state=done",
		NULL
	};

	return run(argc, argv, program, false);
}

int actions_overdue_main(int argc, char **argv)
{
	const struct program program = {
		"crm-complaint actions overdue", "[OPTION...] LOG",
		"Writes the actions that are not done and past their due "
		"time, the longest\nfirst, as list does.",
		"crm-complaint actions overdue actions.log -t table", NULL
	};

	return run(argc, argv, program, true);
}
