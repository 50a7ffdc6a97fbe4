/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run reads: which columns, and the rows of which days. */
#include <string.h>

#include "base/msg.h"
#include "cmd/tier/tier.h"

/* ---- columns ---- */

static size_t add_column(struct run *run, const char *name, enum col_type type,
			 enum input_need need)
{
	if (run->columns == COLUMNS_MAX)
		bug("too many columns");
	run->column[run->columns] = (struct input_column){ name, type, need };
	return run->columns++;
}

/* A table of any kind need not have days, unless days are counted. */
static enum input_need date_need(const struct run *run)
{
	bool counted = run->purchases || run->measure.kind == MEASURE_DAYS ||
		       run->moves_from;

	return (run->table || run->id) && !counted ? INPUT_OPTIONAL :
						     INPUT_FILLED;
}

/* Not every row of transactions is of a vehicle, a household, ...: what has
 * none is left out. A customer each has. */
static enum input_need id_need(const struct run *run)
{
	return run->id && !run->table &&
			       strcmp(run->id, "customer_id") != 0 ?
		       INPUT_REQUIRED :
		       INPUT_FILLED;
}

static void add_measure(struct run *run)
{
	static const enum col_type type[] = {
		[UNIT_FEN] = COL_MONEY,
		[UNIT_WHOLE] = COL_INT,
		[UNIT_MICRO] = COL_REAL,
	};
	const struct measure *m = &run->measure;

	if (m->kind == MEASURE_MARGIN)
		run->extra = add_column(run, "cost", COL_MONEY,
					run->margins ? INPUT_OPTIONAL :
						       INPUT_REQUIRED);
	if (m->kind == MEASURE_COLUMN)
		run->extra = add_column(run, m->column, type[m->unit],
					INPUT_REQUIRED);
}

static void add_columns(struct run *run)
{
	const struct scheme *s = run->scheme;

	add_column(run, run->id ? run->id : "customer_id", COL_TEXT,
		   id_need(run));
	add_column(run, run->value ? run->value : "amount", COL_MONEY,
		   INPUT_FILLED);
	add_column(run, "date", COL_DAY, date_need(run));
	add_column(run, "kind", COL_TEXT, INPUT_OPTIONAL);
	run->txn = run->buyer = run->extra = NO_COLUMN;
	if (run->purchases && !run->by_day)
		run->txn = add_column(run, "txn_id", COL_TEXT, INPUT_OPTIONAL);
	if (run->purchases && run->id)
		run->buyer = add_column(run, "customer_id", COL_TEXT,
					INPUT_OPTIONAL);
	add_measure(run);
	run->own = run->columns;
	for (size_t i = 0; i < s->columns; i++)
		add_column(run, s->column[i].name, s->column[i].type,
			   s->column[i].need);
}

/* ---- windows ---- */

/* A day means all rows up to it; any other period those that lie in it. */
static void earlier_window(struct run *run)
{
	struct common c = run->common;
	int32_t day;

	if (day_parse(text_of(run->moves_from), &day)) {
		run->window[THEN] = (struct day_range){ DAY_MIN, day };
		run->as_of[THEN] = day;
		return;
	}
	if (!day_period(text_of(run->moves_from), common_today(&c),
			&run->window[THEN]))
		die_usage("--moves-from: \"%s\" is neither a period (2025-09, "
			  "2025Q3, ...) nor a day",
			  run->moves_from);
}

/* The rows of both sides are read, whatever lies between them too. */
static void widen(struct run *run)
{
	const struct day_range *now = &run->window[NOW];
	const struct day_range *then = &run->window[THEN];
	int32_t first = now->first < then->first ? now->first : then->first;
	int32_t last = now->last > then->last ? now->last : then->last;

	run->scan.period = NULL;
	run->scan.since = first == DAY_MIN ? DAY_NONE : first;
	run->scan.until = last == DAY_MAX ? DAY_NONE : last;
}

static void set_windows(struct run *run)
{
	int32_t as_of = run->common.as_of;

	run->scan = run->common;
	run->sides[NOW] = true;
	run->sides[THEN] = run->moves_from != NULL;
	run->window[NOW] = run->moves_from ?
				   common_range(&run->common) :
				   (struct day_range){ DAY_MIN, DAY_MAX };
	if (as_of != DAY_NONE && as_of < run->window[NOW].last)
		run->window[NOW].last = as_of;
	run->as_of[NOW] = as_of;
	run->as_of[THEN] = DAY_NONE;
	if (!run->moves_from)
		return;
	earlier_window(run);
	widen(run);
}

void read_prepare(struct run *run)
{
	run->purchases = (run->scheme->purchases && !run->no_visits) ||
			 run->with_purchases ||
			 run->measure.kind == MEASURE_COUNT ||
			 run->result == RESULT_MOVERS;
	add_columns(run);
	set_windows(run);
}
