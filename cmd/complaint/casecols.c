/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of a case: every cell as text, so that all may be asked of it. */
#include <stdlib.h>

#include "base/day.h"
#include "base/msg.h"

#include "cmd/complaint/casecols.h"

const struct output_column casecols_fixed[CASE_COLUMNS] = {
	[CASE_CASE_ID] = { "case_id", COL_TEXT },
	[CASE_STATE] = { "state", COL_TEXT },
	[CASE_OPENED_AT] = { "opened_at", COL_INSTANT },
	[CASE_CLOSED_AT] = { "closed_at", COL_INSTANT },
	[CASE_OWNER] = { "owner", COL_TEXT },
	[CASE_SEVERITY] = { "severity", COL_TEXT },
	[CASE_DUE] = { "due", COL_INSTANT },
	[CASE_OVERDUE] = { "overdue", COL_TEXT },
	[CASE_REOPENED] = { "reopened", COL_INT },
	[CASE_MINUTES] = { "minutes", COL_INT },
	[CASE_WORKING_MINUTES] = { "working_minutes", COL_INT },
	[CASE_PAUSED] = { "paused", COL_TEXT },
	[CASE_AS_OF] = { "as_of", COL_DAY },
};

/* ---- which columns ---- */

size_t casecols_find(struct casecols *c, struct text name)
{
	for (size_t i = 0; i < CASE_COLUMNS; i++)
		if (text_is(name, casecols_fixed[i].name))
			return i;
	for (size_t i = 0; i < c->fields; i++)
		if (text_eq(name, c->field[i]))
			return CASE_COLUMNS + i;
	if (c->fields == CASECOLS_FIELDS)
		die_usage("more than %d columns of the events",
			  CASECOLS_FIELDS);
	c->field[c->fields] = text_of(arena_strdup(&c->names, name.p, name.n));
	return CASE_COLUMNS + c->fields++;
}

size_t casecols_list(struct casecols *c, const char *option, const char *list,
		     size_t **columns)
{
	struct text rest = text_of(list), part;
	size_t n = 0, cap = 0, *at = NULL;

	while (list && text_split(&rest, ',', &part)) {
		if (part.n == 0)
			die_usage("%s: \"%s\" has an empty name", option, list);
		at = mem_grow(at, n, &cap, sizeof(*at));
		at[n++] = casecols_find(c, part);
	}
	*columns = at;
	return n;
}

static enum col_type field_type(const struct casecols *c, size_t field)
{
	const struct schema_column *s = schema_column(c->schema,
						      c->field[field]);

	return s ? s->type : COL_TEXT;
}

struct output_column casecols_column(const struct casecols *c, size_t column)
{
	if (column < CASE_COLUMNS)
		return casecols_fixed[column];
	column -= CASE_COLUMNS;
	return (struct output_column){ c->field[column].p,
				       field_type(c, column) };
}

/* ---- the options ---- */

/* A time without a zone is one of the place. */
static void read_zone(struct cell *value, struct place *place)
{
	cell_parse(value->text, COL_INSTANT,
		   place_zone_local(place, value->us), value);
}

/* The type that a condition compares by: of the columns that cases have, then
 * of those that events have. */
static struct schema schema_of_cases(struct schema_column *column)
{
	for (size_t i = 0; i < CASE_COLUMNS; i++)
		column[i] = (struct schema_column){
			.name = casecols_fixed[i].name,
			.type = casecols_fixed[i].type
		};
	return (struct schema){ .column = column, .n = CASE_COLUMNS };
}

static struct condition read_condition(const struct casecols *c,
				       const struct schema *cases,
				       const char *text)
{
	struct condition w = pick_parse("--where", text, cases);

	if (!schema_column(cases, w.column))
		w = pick_parse("--where", text, c->schema);
	if (w.type == COL_INSTANT)
		read_zone(&w.value, c->place);
	return w;
}

static void read_wheres(struct casecols *c)
{
	const struct opt_list *list = &c->common->wheres;
	struct schema_column column[CASE_COLUMNS];
	struct schema cases = schema_of_cases(column);

	c->condition = mem_alloc(list->n, sizeof(*c->condition));
	c->at = mem_alloc(list->n, sizeof(*c->at));
	for (size_t i = 0; i < list->n; i++) {
		c->condition[i] = read_condition(c, &cases, list->item[i]);
		c->at[i] = casecols_find(c, c->condition[i].column);
	}
}

void casecols_init(struct casecols *c, const struct common *common,
		   struct place *place)
{
	*c = (struct casecols){ .common = common, .place = place };
	c->schema = schema_find(TEXT("complaints"));
	read_wheres(c);
	c->range = common_range(common);
	c->range_column = CASE_OPENED_AT;
	by_names(&c->by, common, 1);
	for (size_t i = 0; i < c->by.n; i++)
		c->by_column[i] = casecols_find(c, text_of(c->by.name[i]));
}

void casecols_release(struct casecols *c)
{
	free(c->condition);
	free(c->at);
	free(c->state);
	by_release(&c->by);
	arena_release(&c->names);
}

/* ---- cells ---- */

static struct text state_name(const struct workflow *w, int state,
			      const struct workflow *terms)
{
	struct text own = workflow_name(w), other = workflow_name(terms);
	int means = workflow_translate(w, state, terms);
	struct text name = workflow_state(w, state)->name;

	if (means == WORKFLOW_NOT)
		die_usage("--terms: %.*s does not say what its state %.*s is "
			  "in %.*s", (int)own.n, own.p, (int)name.n, name.p,
			  (int)other.n, other.p);
	return workflow_state(terms, means)->name;
}

void casecols_name_states(struct casecols *c, const struct workflow *terms)
{
	int n = workflow_states(c->workflow);

	c->state = mem_alloc((size_t)n, sizeof(*c->state));
	for (int i = 0; i < n; i++)
		c->state[i] = terms ? state_name(c->workflow, i, terms) :
				      workflow_state(c->workflow, i)->name;
	for (size_t i = 0; i < c->fields; i++)
		c->kept[i] = casework_find_field(c->cases, c->field[i]);
}

static struct text coded(const struct casecols *c, size_t field, struct text t)
{
	return c->codes && t.n ? codes_of(c->codes, c->field[field], t) : t;
}

void casecols_use_codes(struct casecols *c, const struct codes *codes)
{
	c->codes = codes;
	for (size_t i = 0; i < c->common->wheres.n; i++) {
		struct cell *value = &c->condition[i].value;

		if (c->at[i] >= CASE_COLUMNS)
			value->text = coded(c, c->at[i] - CASE_COLUMNS,
					    value->text);
	}
}

struct casecols_case casecols_case(const struct casecols *c, size_t i)
{
	return (struct casecols_case){
		.number = i,
		.k = timers_case(c->timers, i, c->asked.when),
	};
}

static struct text instant_text(const struct casecols *c, int64_t us,
				char room[CASECOLS_BYTES])
{
	_Static_assert(INSTANT_BYTES <= CASECOLS_BYTES, "room for an instant");

	if (us == CASEWORK_NO_TIME)
		return (struct text){ 0 };
	return (struct text){ room, instant_format(us, place_zone(c->place, us),
						   room) };
}

static struct text count_text(uint64_t v, char room[CASECOLS_BYTES])
{
	return (struct text){ room, text_put_u64(room, v) };
}

static struct text yes_no(bool yes)
{
	return yes ? TEXT("yes") : TEXT("no");
}

struct text casecols_text(const struct casecols *c,
			  const struct casecols_case *at, size_t column,
			  char room[CASECOLS_BYTES])
{
	const struct casework_case *k = &at->k;

	switch (column) {
	case CASE_CASE_ID:
		return k->case_id;
	case CASE_STATE:
		return c->state[k->state];
	case CASE_OPENED_AT:
		return instant_text(c, k->opened_at, room);
	case CASE_CLOSED_AT:
		return instant_text(c, k->closed_at, room);
	case CASE_OWNER:
		return k->owner;
	case CASE_SEVERITY:
		return k->severity;
	case CASE_DUE:
		return instant_text(c, k->due, room);
	case CASE_OVERDUE:
		return k->due == CASEWORK_NO_TIME ? (struct text){ 0 } :
						    yes_no(k->overdue);
	case CASE_REOPENED:
		return count_text(k->reopened, room);
	case CASE_MINUTES:
		return count_text((uint64_t)(k->elapsed / INSTANT_MINUTE),
				  room);
	case CASE_WORKING_MINUTES:
		return count_text((uint64_t)(k->working / INSTANT_MINUTE),
				  room);
	case CASE_PAUSED:
		return yes_no(k->paused);
	case CASE_AS_OF:
		return (struct text){ room, day_format(c->asked.day, room) };
	default:
		column -= CASE_COLUMNS;
		return coded(c, column, casework_field(c->cases, at->number,
						       c->kept[column]));
	}
}

/* ---- which cases ---- */

static bool case_day(const struct casecols *c, const struct casecols_case *k,
		     int32_t *day)
{
	char room[CASECOLS_BYTES];
	struct text t = casecols_text(c, k, c->range_column, room);

	return day_parse(t, day);
}

static bool in_period(const struct casecols *c, const struct casecols_case *k)
{
	int32_t day;

	if (c->range.first == DAY_MIN && c->range.last == DAY_MAX)
		return true;
	return case_day(c, k, &day) && day >= c->range.first &&
	       day <= c->range.last;
}

/* Whether --where and the period choose the case. */
static bool is_chosen(const struct casecols *c, const struct casecols_case *k)
{
	if (!in_period(c, k))
		return false;
	for (size_t i = 0; i < c->common->wheres.n; i++) {
		char room[CASECOLS_BYTES];
		struct text t = casecols_text(c, k, c->at[i], room);
		struct cell cell;

		/* A severity that is no number is smaller than any. */
		if (!cell_parse(t, c->condition[i].type, 0, &cell))
			cell.known = false;
		if (!pick_holds(&c->condition[i], &cell))
			return false;
	}
	return true;
}

uint32_t *casecols_choose(const struct casecols *c, size_t *n)
{
	uint32_t *order = casework_sorted(c->cases);
	size_t count = casework_count(c->cases), kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct casecols_case k = casecols_case(c, order[i]);

		if (is_chosen(c, &k))
			order[kept++] = order[i];
	}
	*n = kept;
	return order;
}

/* For a trend the first cell is the day that the period looks at, too. */
size_t casecols_label(struct casecols *c, const struct casecols_case *k)
{
	char room[BY_MAX + 1][CASECOLS_BYTES];
	struct cell cell[BY_MAX + 1];

	if (c->by.unit && !case_day(c, k, &cell[CASECOLS_BY_DAY].day))
		return SIZE_MAX;
	for (size_t i = 0; i < c->by.n; i++)
		cell[c->by.first + i].text =
			casecols_text(c, k, c->by_column[i], room[i]);
	return by_label(&c->by, cell);
}
