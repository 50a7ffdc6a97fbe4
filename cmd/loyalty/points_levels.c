/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-loyalty points levels LOG: on which level of the programme every
 * customer is, what that is worth, and what becomes of it at the next review.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "model/club.h"

#include "cmd/loyalty/ledger.h"
#include "cmd/loyalty/points.h"

struct level {
	struct text name, zh, privileges;
};

/* What came in of one customer. */
struct account {
	struct club_move *move;
	size_t n, cap;
	int64_t net; /* earned less reversed, so far */
};

struct levels {
	struct common common;
	const char *file;
	int64_t months, fall;

	struct club_rule rule;
	struct level *level;
	int64_t *points;
	size_t n, cap, points_cap;
	struct arena kept;

	struct ledger ledger;
	struct account *account; /* by the ledger's number */
	size_t accounts, accounts_cap;
};

/* ---- the levels ---- */

static struct text keep(struct levels *l, struct text t)
{
	return (struct text){arena_copy(&l->kept, t.p, t.n), t.n};
}

static bool is_known(const struct levels *l, struct text name)
{
	for (size_t i = 0; i < l->n; i++)
		if (text_eq(l->level[i].name, name))
			return true;
	return false;
}

enum { LEVEL, ZH, POINTS, PRIVILEGES, COLUMNS };

static void take_level(struct levels *l, struct input *in, const struct cell *c)
{
	int64_t points = c[POINTS].whole;

	if (is_known(l, c[LEVEL].text)) {
		input_reject(in, LEVEL, REASON_DUP_KEY, "the same level twice");
		return;
	}
	if (l->n ? points <= l->points[l->n - 1] : points != 0) {
		input_reject(in, POINTS, REASON_OUT_OF_RANGE,
			     "levels go up from one that needs 0 points");
		return;
	}
	l->points =
		mem_grow(l->points, l->n, &l->points_cap, sizeof(*l->points));
	l->level = mem_grow(l->level, l->n, &l->cap, sizeof(*l->level));
	l->points[l->n] = points;
	l->level[l->n++] =
		(struct level){keep(l, c[LEVEL].text), keep(l, c[ZH].text),
			       keep(l, c[PRIVILEGES].text)};
}

static void read_levels(struct levels *l)
{
	static const struct input_column columns[COLUMNS] = {
		[LEVEL] = {"level", COL_TEXT, INPUT_FILLED},
		[ZH] = {"zh", COL_TEXT, INPUT_OPTIONAL},
		[POINTS] = {"points", COL_INT, INPUT_FILLED},
		[PRIVILEGES] = {"privileges", COL_TEXT, INPUT_OPTIONAL},
	};
	char *path =
		l->file ? mem_strdup(l->file) : share_path("club-levels.csv");
	char *files[] = {path, NULL};
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, columns, COLUMNS, files, 1);
	while (input_next(in, &row))
		take_level(l, in, row.cell);
	input_close(in, 0);
	if (l->n == 0)
		die("%s: has no level", path);
	free(path);
	l->rule = (struct club_rule){l->points, l->n, (int)l->months,
				     (size_t)l->fall};
}

/* ---- what came in ---- */

static struct account *account_of(struct levels *l, size_t i)
{
	while (l->accounts <= i) {
		l->account = mem_grow(l->account, l->accounts, &l->accounts_cap,
				      sizeof(*l->account));
		l->account[l->accounts++] = (struct account){.n = 0};
	}
	return &l->account[i];
}

/* The ledger knows which reversals are of earns. */
static void after(void *ctx, const struct points_entry *e)
{
	struct levels *l = ctx;
	size_t i = points_find(l->ledger.book, e->customer_id);
	struct points_balance b = points_balance(l->ledger.book, i, e->day);
	struct account *a = account_of(l, i);
	int64_t came = b.earned - b.reversed - a->net;

	if (came == 0)
		return;
	a->move = mem_grow(a->move, a->n, &a->cap, sizeof(*a->move));
	a->move[a->n++] = (struct club_move){came, e->day};
	a->net += came;
}

/* ---- what comes of it ---- */

static const struct output_column columns[] = {
	{"customer_id", COL_TEXT}, {"level", COL_TEXT},
	{"zh", COL_TEXT},	   {"qualifying", COL_INT},
	{"next_level", COL_TEXT},  {"points_to_next", COL_INT},
	{"review_on", COL_DAY},	   {"would_fall_to", COL_TEXT},
	{"privileges", COL_TEXT},  {"as_of", COL_DAY},
	{"since", COL_DAY},	   {"points_to_keep", COL_INT},
};

static void put_next(struct output *out, const struct levels *l,
		     const struct club_standing *s)
{
	size_t next = s->level + 1;
	int64_t lacking;

	if (next < l->n) {
		lacking = l->points[next] - s->qualifying;
		output_text(out, l->level[next].name);
		output_int(out, lacking > 0 ? lacking : 0);
	} else {
		output_empty(out);
		output_empty(out);
	}
	output_day(out, s->review_on);
	if (s->then < s->level)
		output_text(out, l->level[s->then].name);
	else
		output_empty(out);
}

static void put_row(struct output *out, struct levels *l, size_t i, int32_t day)
{
	const struct account *a = account_of(l, i);
	struct club_standing s = club_stand(&l->rule, a->move, a->n, day);
	int64_t lacking = l->points[s.level] - s.held;

	output_text(out, points_customer(l->ledger.book, i));
	output_text(out, l->level[s.level].name);
	output_text(out, l->level[s.level].zh);
	output_int(out, s.qualifying);
	put_next(out, l, &s);
	output_text(out, l->level[s.level].privileges);
	output_day(out, day);
	output_day(out, s.since);
	if (s.review_on == DAY_NONE)
		output_empty(out);
	else
		output_int(out, lacking > 0 ? lacking : 0);
	output_end(out);
}

static int write_rows(struct levels *l)
{
	struct output *out = output_open(&l->common, columns, NELEMS(columns));
	uint32_t *order = points_sorted(l->ledger.book);
	int32_t day = ledger_day(&l->ledger);

	for (size_t k = 0; k < points_count(l->ledger.book); k++)
		put_row(out, l, order[k], day);
	free(order);
	ledger_settle(&l->ledger, output_rows(out));
	return output_close(out);
}

static int run(struct levels *l, const char *path)
{
	int status;

	read_levels(l);
	ledger_takes_all(&l->common, false);
	ledger_read(&l->ledger, &l->common, path);
	ledger_as_of(&l->ledger);
	l->ledger.after = after;
	l->ledger.ctx = l;
	ledger_catch_up(&l->ledger);
	status = write_rows(l);
	for (size_t i = 0; i < l->accounts; i++)
		free(l->account[i].move);
	free(l->account);
	free(l->points);
	free(l->level);
	arena_release(&l->kept);
	ledger_close(&l->ledger);
	return status;
}

int points_levels(int argc, char **argv)
{
	struct levels l = {.months = 12, .fall = 1};
	size_t n;
	char **files;

	common_init(&l.common);
	const struct opt opts[] = {
		{OPT_TEXT, 0, "levels", "FILE",
		 "level,zh,points,privileges,source", &l.file},
		{OPT_INT, 0, "months", "N",
		 "how long points count and a level is good (12)", &l.months, 1,
		 1200},
		{OPT_INT, 0, "fall", "N",
		 "so many levels down at most at a review (1)", &l.fall, 1,
		 1000},
		{.kind = OPT_INCLUDE, .to = l.common.opts},
		{.kind = OPT_END},
	};
	const struct program program = {
		"crm-loyalty points levels", "[OPTION...] LOG",
		"Tells every customer's level on the day of --as-of, or of the "
		"latest entry.\n"
		"out: customer_id,level,zh,qualifying,next_level,"
		"points_to_next,review_on,\n"
		"would_fall_to,privileges,as_of,since,points_to_keep",
		"crm-loyalty points levels points.log -t table", opts};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	common_check_log(&l.common, files[0]);
	return run(&l, files[0]);
}
