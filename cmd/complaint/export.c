/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint export: a row a case, with all that the register has of it,
 * how long each step took, and which timers were kept.
 */
#include <stdlib.h>

#include "base/msg.h"
#include "canon/codes_csv.h"
#include "model/casestats.h"

#include "cmd/complaint/casegroups.h"
#include "cmd/complaint/verbs.h"

/* The register, unless --columns says otherwise. */
#define REGISTER                                                               \
	"customer_id,vin,txn_id,store_id,department,channel,object,content,"   \
	"demand,category,subcode,cause,scene,complainant_type,solution,amount"

struct export {
	struct common common;
	struct casesource src;
	struct casestats *times;
	struct codes *codes;
	const char *columns;
	int on;				/* --on: opened, closed */
	bool words;
	size_t *field;			/* columns of the register */
	size_t fields;
	struct arena names;
};

enum { ON_OPENED, ON_CLOSED };

/* Columns of the cases that stand before the register's. */
static const size_t first_columns[] = {
	CASE_CASE_ID, CASE_STATE, CASE_OPENED_AT, CASE_CLOSED_AT, CASE_OWNER,
	CASE_SEVERITY, CASE_DUE, CASE_OVERDUE, CASE_REOPENED, CASE_MINUTES,
	CASE_WORKING_MINUTES,
};

/* ---- the header ---- */

struct header {
	struct output_column *column;
	size_t n, cap;
};

static void add_column(struct header *h, const char *name, enum col_type type)
{
	h->column = mem_grow(h->column, h->n, &h->cap, sizeof(*h->column));
	h->column[h->n++] = (struct output_column){ name, type };
}

static void add_named(struct export *x, struct header *h, struct text name,
		      const char *suffix, enum col_type type)
{
	struct buf b = { 0 };

	buf_addf(&b, "%.*s_%s", (int)name.n, name.p, suffix);
	add_column(h, arena_strdup(&x->names, b.p, b.n), type);
	buf_release(&b);
}

static bool is_step(const struct export *x, int state)
{
	return state != WORKFLOW_NEW &&
	       !workflow_state(x->src.workflow, state)->closed;
}

static struct output *open_output(struct export *x)
{
	struct header h = { .n = 0 };
	struct output *out;

	for (size_t i = 0; i < NELEMS(first_columns); i++)
		add_column(&h, casecols_fixed[first_columns[i]].name,
			   casecols_fixed[first_columns[i]].type);
	add_column(&h, "within", COL_TEXT);
	add_column(&h, "response_minutes", COL_INT);
	add_column(&h, "response_working_minutes", COL_INT);
	for (size_t i = 0; i < x->fields; i++) {
		struct output_column c = casecols_column(&x->src.cols,
							 x->field[i]);

		add_column(&h, c.name, c.type);
	}
	for (int s = 0; s < workflow_states(x->src.workflow); s++) {
		if (!is_step(x, s))
			continue;
		add_named(x, &h, x->src.cols.state[s], "minutes", COL_INT);
		add_named(x, &h, x->src.cols.state[s], "working_minutes",
			  COL_INT);
	}
	for (size_t k = 0; k < timers_count(x->src.timers); k++) {
		struct text name = timers_timer(x->src.timers, k)->name;

		add_named(x, &h, name, "due", COL_INSTANT);
		add_named(x, &h, name, "within", COL_TEXT);
	}
	add_column(&h, "as_of", COL_DAY);
	out = output_open(&x->common, h.column, h.n);
	free(h.column);
	return out;
}

/* ---- cells ---- */

static struct text in_words(const struct export *x, size_t column,
			    struct text t)
{
	if (!x->words || column < CASE_COLUMNS || t.n == 0)
		return t;
	return codes_name(x->codes, x->src.cols.field[column - CASE_COLUMNS],
			  t, text_is(TEXT("zh"), msg_lang()));
}

static void put_cell(const struct export *x, const struct casecols_case *k,
		     size_t column, struct output *out)
{
	enum col_type type = casecols_column(&x->src.cols, column).type;
	char room[CASECOLS_BYTES];
	struct text t = casecols_text(&x->src.cols, k, column, room);
	int64_t fen;

	if (t.n == 0)
		output_empty(out);
	else if (type == COL_INT)
		output_json(out, t);
	else if (type == COL_MONEY && money_parse(t, &fen))
		output_money(out, fen);
	else
		output_text(out, in_words(x, column, t));
}

static void put_minutes(struct output *out, bool known, int64_t us)
{
	if (known)
		output_int(out, us / INSTANT_MINUTE);
	else
		output_empty(out);
}

static const char *yes_no(enum casestats_verdict v)
{
	static const char *const word[] = {
		[CASESTATS_UNKNOWN] = NULL,
		[CASESTATS_WITHIN] = "yes",
		[CASESTATS_LATE] = "no",
	};

	return word[v];
}

static void put_response(const struct export *x, size_t i, struct output *out)
{
	struct casestats_response r = casestats_response(x->times, i);

	put_minutes(out, r.given, r.elapsed);
	put_minutes(out, r.given, r.working);
}

static void put_steps(const struct export *x, size_t i, struct output *out)
{
	for (int s = 0; s < workflow_states(x->src.workflow); s++) {
		struct casestats_dwell d;

		if (!is_step(x, s))
			continue;
		d = casestats_dwell(x->times, i, s);
		put_minutes(out, d.stays > 0, d.elapsed);
		put_minutes(out, d.stays > 0, d.working);
	}
}

/* A timer that runs still is not kept yet. */
static enum casestats_verdict timer_verdict(const struct timers_status *t)
{
	if (t->late)
		return CASESTATS_LATE;
	return t->state == TIMERS_STOPPED && t->due != CASEWORK_NO_TIME ?
		       CASESTATS_WITHIN : CASESTATS_UNKNOWN;
}

static void put_timers(const struct export *x, size_t i, struct output *out)
{
	for (size_t k = 0; k < timers_count(x->src.timers); k++) {
		struct timers_status t =
			timers_status(x->src.timers, i, k, x->src.asked.when);

		if (t.due == CASEWORK_NO_TIME)
			output_empty(out);
		else
			output_instant(out, t.due,
				       place_zone(x->src.place, t.due));
		output_str(out, yes_no(timer_verdict(&t)));
	}
}

static void put_case(const struct export *x, size_t i, struct output *out)
{
	struct casecols_case k = casecols_case(&x->src.cols, i);

	for (size_t c = 0; c < NELEMS(first_columns); c++)
		put_cell(x, &k, first_columns[c], out);
	output_str(out, yes_no(casestats_verdict(&k.k)));
	put_response(x, i, out);
	for (size_t f = 0; f < x->fields; f++)
		put_cell(x, &k, x->field[f], out);
	put_steps(x, i, out);
	put_timers(x, i, out);
	output_day(out, x->src.asked.day);
	output_end(out);
}

/* ---- the run ---- */

static void name_columns(struct export *x)
{
	x->fields = casesource_wish(&x->src, "--columns",
				    x->columns ? x->columns : REGISTER,
				    &x->field);
	for (size_t i = 0; i < x->fields; i++)
		for (size_t k = 0; k < NELEMS(first_columns); k++)
			if (x->field[i] == first_columns[k])
				die_usage("--columns: %s is in every export",
					  casecols_fixed[x->field[i]].name);
}

static int run(struct export *x, char **files, size_t n)
{
	struct output *out;
	uint32_t *order;
	size_t chosen;

	name_columns(x);
	x->src.all_timers = true;
	x->src.no_empty_log = true;
	casesource_open(&x->src, files, n);
	casecols_use_codes(&x->src.cols, x->codes);
	if (x->on == ON_CLOSED)
		x->src.cols.range_column = CASE_CLOSED_AT;
	x->times = casestats_watch(x->src.cases, x->src.workflow, NULL, true);
	casesource_read(&x->src);
	out = open_output(x);
	order = casegroups_choose(&x->src, &chosen);
	for (size_t i = 0; i < chosen; i++)
		put_case(x, order[i], out);
	free(order);
	free(x->field);
	casestats_free(x->times);
	codes_free(x->codes);
	casesource_close(&x->src, output_rows(out));
	arena_release(&x->names);
	return output_close(out);
}

int export_main(int argc, char **argv)
{
	struct export x = { .on = ON_OPENED };
	size_t n;
	char **files;

	common_init(&x.common);
	casesource_init(&x.src, &x.common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "columns", "COL,...",
		  "of the events, in place of the register's",
		  .to = &x.columns },
		{ OPT_CHOICE, 0, "on", "opened|closed",
		  "the period is that of the opening (or closing)",
		  .to = &x.on },
		{ OPT_FLAG, 0, "words", NULL,
		  "codes by their words in --lang", .to = &x.words },
		{ .kind = OPT_INCLUDE, .to = x.src.opts },
		{ .kind = OPT_INCLUDE, .to = x.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint export", "[OPTION...] LOG | [FILE...]",
		"Writes a row a case: what the register has of it, whether it "
		"was in time,\nminutes to the response and in each state, and "
		"for each timer of the workflow\nwhen it was due and whether "
		"it was kept.",
		"crm-complaint export cases.log --period 2025-10 --on closed",
		opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (x.common.by)
		die_usage("--by: a row is a case; crm-complaint stats has "
			  "groups");
	x.codes = codes_csv_read(NULL);
	return run(&x, files, n);
}
