/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases as rows: every cell as text first, so that --where can look at it. */
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "stream/pick.h"

#include "cmd/complaint/caserows.h"

enum {
	CASE_ID, STATE, OPENED_AT, CLOSED_AT, OWNER, SEVERITY, DUE, OVERDUE,
	REOPENED, MINUTES, WORKING_MINUTES, PAUSED, AS_OF, COLUMNS
};

static const struct output_column columns[COLUMNS] = {
	[CASE_ID] = { "case_id", COL_TEXT },
	[STATE] = { "state", COL_TEXT },
	[OPENED_AT] = { "opened_at", COL_INSTANT },
	[CLOSED_AT] = { "closed_at", COL_INSTANT },
	[OWNER] = { "owner", COL_TEXT },
	[SEVERITY] = { "severity", COL_TEXT },
	[DUE] = { "due", COL_INSTANT },
	[OVERDUE] = { "overdue", COL_TEXT },
	[REOPENED] = { "reopened", COL_INT },
	[MINUTES] = { "minutes", COL_INT },
	[WORKING_MINUTES] = { "working_minutes", COL_INT },
	[PAUSED] = { "paused", COL_TEXT },
	[AS_OF] = { "as_of", COL_DAY },
};

#define CELL_BYTES 40

struct cells {
	struct text text[COLUMNS];
	char room[COLUMNS][CELL_BYTES];	/* of those that had to be written */
};

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

static void put_count(struct cells *c, int column, uint64_t v)
{
	c->text[column].p = c->room[column];
	c->text[column].n = text_put_u64(c->room[column], v);
}

static struct text yes_no(bool yes)
{
	return yes ? TEXT("yes") : TEXT("no");
}

static void fill(struct cells *c, const struct caserows *r,
		 const struct casework_case *k)
{
	*c = (struct cells){ .text[CASE_ID] = k->case_id };
	c->text[STATE] = workflow_state(r->workflow, k->state)->name;
	put_instant(c, OPENED_AT, r->place, k->opened_at);
	put_instant(c, CLOSED_AT, r->place, k->closed_at);
	c->text[OWNER] = k->owner;
	c->text[SEVERITY] = k->severity;
	put_instant(c, DUE, r->place, k->due);
	if (k->due != CASEWORK_NO_TIME)
		c->text[OVERDUE] = yes_no(k->overdue);
	put_count(c, REOPENED, k->reopened);
	put_count(c, MINUTES, (uint64_t)(k->elapsed / CALENDAR_MINUTE));
	put_count(c, WORKING_MINUTES,
		  (uint64_t)(k->working / CALENDAR_MINUTE));
	c->text[PAUSED] = yes_no(k->paused);
	c->text[AS_OF] = (struct text){ c->room[AS_OF],
					day_format(r->asked.day,
						   c->room[AS_OF]) };
}

/* The columns as a schema, so that --where compares by their types. */
struct wheres {
	struct schema_column column[COLUMNS];
	struct schema schema;
	struct condition *condition;
	size_t *at;		/* column of each condition */
	size_t n;
	struct day_range opened;
};

static size_t column_of(struct text name)
{
	for (size_t i = 0; i < COLUMNS; i++)
		if (text_is(name, columns[i].name))
			return i;
	die_usage("--where: a case has no column \"%.*s\"", (int)name.n,
		  name.p);
}

/* A time without a zone is one of the place. */
static void read_zone(struct cell *value, struct place *place)
{
	cell_parse(value->text, COL_INSTANT,
		   place_zone_local(place, value->us), value);
}

static void wheres_init(struct wheres *w, const struct common *common,
			struct place *place)
{
	const struct opt_list *list = &common->wheres;

	*w = (struct wheres){ .n = list->n };
	for (size_t i = 0; i < COLUMNS; i++)
		w->column[i] = (struct schema_column){
			.name = columns[i].name, .type = columns[i].type
		};
	w->schema = (struct schema){ .column = w->column, .n = COLUMNS };
	w->condition = mem_alloc(w->n, sizeof(*w->condition));
	w->at = mem_alloc(w->n, sizeof(*w->at));
	for (size_t i = 0; i < w->n; i++) {
		w->condition[i] = pick_parse("--where", list->item[i],
					     &w->schema);
		w->at[i] = column_of(w->condition[i].column);
		if (w->condition[i].type == COL_INSTANT)
			read_zone(&w->condition[i].value, place);
	}
	w->opened = common_range(common);
}

static void wheres_release(struct wheres *w)
{
	free(w->condition);
	free(w->at);
}

static bool is_chosen(const struct wheres *w, const struct cells *c)
{
	struct cell cell;

	if (!cell_parse(c->text[OPENED_AT], COL_DAY, 0, &cell) || !cell.known)
		bug("opened_at is no day");
	if (cell.day < w->opened.first || cell.day > w->opened.last)
		return false;
	for (size_t i = 0; i < w->n; i++) {
		struct text t = c->text[w->at[i]];

		/* A severity that is no number is smaller than any. */
		if (!cell_parse(t, w->condition[i].type, 0, &cell))
			cell.known = false;
		if (!pick_holds(&w->condition[i], &cell))
			return false;
	}
	return true;
}

void caserows_check(const struct common *common, struct place *place)
{
	struct wheres w;

	wheres_init(&w, common, place);
	wheres_release(&w);
}

struct output *caserows_open(const struct common *common)
{
	return output_open(common, columns, COLUMNS);
}

static void write_row(struct output *out, const struct cells *c)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (columns[i].type == COL_INT)
			output_json(out, c->text[i]);
		else
			output_text(out, c->text[i]);
	}
	output_end(out);
}

uint64_t caserows_write(const struct caserows *r, struct output *out)
{
	uint32_t *order = casework_sorted(r->cases);
	uint64_t left_out = 0;
	struct wheres w = { 0 };

	if (r->choose)
		wheres_init(&w, r->common, r->place);
	for (size_t i = 0; i < casework_count(r->cases); i++) {
		struct casework_case k = casework_case(r->cases, order[i],
						       r->asked.when);
		struct cells c;

		fill(&c, r, &k);
		if (!r->choose || is_chosen(&w, &c))
			write_row(out, &c);
		else
			left_out++;
	}
	wheres_release(&w);
	free(order);
	return left_out;
}
