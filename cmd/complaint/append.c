/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint append LOG: events in, each checked against the workflow and
 * the state of its case, made durable in the log, then acknowledged. The
 * events that come in together share one write and one fdatasync; the lock is
 * held from the first check to it, and never while input is waited for.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "canon/eventrows.h"

#include "cmd/complaint/append.h"
#include "cmd/complaint/entry.h"
#include "cmd/complaint/verbs.h"

/* A column of the input that goes into the log. */
struct logged {
	struct text name;
	size_t at;		/* cell, or column of the file */
	enum col_type type;
};

struct append {
	struct entry entry;
	struct input *in;

	struct logged known[64];
	size_t knowns;
	const char *file;	/* whose further columns `more` has */
	struct logged *more;
	size_t mores;
	struct arena names;
	uint64_t again;		/* alarms that have their action already */
};

/* ---- columns ---- */

/* The columns of the stream: those that the cases need first, then the
 * rest, in the order of the schema. */
static size_t all_columns(struct append *a, struct input_column *columns,
			  const struct schema *schema)
{
	size_t n = EVENT_COLUMNS;

	if (EVENT_COLUMNS + schema->n > NELEMS(a->known))
		bug("a stream of more columns than append has room for");
	memcpy(columns, eventrows_columns, sizeof(eventrows_columns));
	for (size_t i = 0; i < EVENT_COLUMNS; i++)
		columns[i].name = caselist_column(a->entry.list.kind, i);
	for (size_t i = 0; i < schema->n; i++) {
		const struct schema_column *c = &schema->column[i];
		size_t at = 0;

		while (at < EVENT_COLUMNS &&
		       strcmp(columns[at].name, c->name) != 0)
			at++;
		if (at == EVENT_COLUMNS)
			at = n++;
		if (at >= EVENT_COLUMNS)
			columns[at] = (struct input_column){ c->name, c->type,
							     INPUT_OPTIONAL };
		a->known[a->knowns++] = (struct logged){ text_of(c->name), at,
							 c->type };
	}
	return n;
}

static void check_name(const char *file, struct text name)
{
	const char *why = entry_unfit(name);

	if (why)
		die("%s: the column \"%.*s\" %s", file, (int)name.n, name.p,
		    why);
}

/* The columns of a file that are not the stream's: kept as text. */
static void find_more(struct append *a, const char *file,
		      const struct schema *schema)
{
	size_t width = input_width(a->in);
	struct group *names = group_new(1, 0, NULL, NULL);

	a->file = file;
	a->mores = 0;
	a->more = mem_resize(a->more, width, sizeof(*a->more));
	for (size_t i = 0; i < width; i++) {
		struct text name = input_header(a->in, i);

		check_name(file, name);
		if (name.n == 0 || schema_column(schema, name))
			continue;
		if (group_intern(names, name) < a->mores)
			die("%s: the same column twice in the header", file);
		name.p = arena_copy(&a->names, name.p, name.n);
		a->more[a->mores++] = (struct logged){ name, i, COL_TEXT };
	}
	group_free(names);
}

/* ---- events ---- */

static void put_cell(struct append *a, const struct logged *l,
		     const struct cell *cell, const struct casework_event *ev)
{
	struct entry *e = &a->entry;

	if (!cell->known)
		return;
	if (l->at == EVENT_DUE)
		entry_put_instant(e, l->name, ev->due);
	else if (l->type == COL_INSTANT)
		entry_put_instant(e, l->name, cell->us);
	else if (l->type == COL_MONEY)
		entry_put_money(e, l->name, cell->fen);
	else
		entry_put_text(e, l->name, cell->text);
}

/* The row as the members of a line of the log. */
static void put_members(struct append *a, const struct row *row,
			const struct casework_event *ev)
{
	entry_begin(&a->entry);
	for (size_t i = 0; i < a->knowns; i++)
		put_cell(a, &a->known[i], &row->cell[a->known[i].at], ev);
	for (size_t i = 0; i < a->mores; i++)
		entry_put_words(&a->entry, a->more[i].name,
				input_raw_cell(a->in, a->more[i].at));
}

/* Where the row has a column that the cases ask for. */
static struct text column_text(const struct append *a, const struct row *row,
			       struct text name)
{
	for (size_t i = 0; i < a->knowns; i++)
		if (text_eq(a->known[i].name, name))
			return row->cell[a->known[i].at].text;
	for (size_t i = 0; i < a->mores; i++)
		if (text_eq(a->more[i].name, name))
			return input_raw_cell(a->in, a->more[i].at);
	return (struct text){ 0 };
}

/* Another program raises the same alarm each time that it is run. */
static bool is_again(struct append *a, const struct casework_event *ev)
{
	const char *again = a->entry.list.kind->again;

	return again && text_is(ev->event, again) &&
	       entry_has_case(&a->entry, ev->case_id);
}

static void take(struct append *a, const struct row *row,
		 const struct schema *schema)
{
	struct caselist *l = &a->entry.list;
	struct casework_event ev = eventrows_event(row, l->place);
	struct text field[CASEWORK_FIELDS];
	enum casework_verdict verdict;
	int state;

	if (row->file != a->file)
		find_more(a, row->file, schema);
	put_members(a, row, &ev);
	if (!entry_fits(&a->entry)) {
		input_reject(a->in, -1, REASON_TOO_LONG,
			     "longer than an event in the log may be");
		return;
	}
	entry_hold(&a->entry);
	for (size_t k = 0; k < casework_columns(l->cases); k++)
		field[k] = column_text(a, row, casework_column(l->cases, k));
	ev.field = field;
	verdict = entry_add(&a->entry, &ev, &state);
	if (verdict == CASEWORK_FINE)
		return;
	if (is_again(a, &ev))
		a->again++;
	else
		eventrows_reject(a->in, verdict, &ev, l->cases, l->workflow,
				 state, l->place);
}

static int run(struct append *a, char **files, size_t nfiles)
{
	struct entry *e = &a->entry;
	const struct schema *schema =
		schema_find(text_of(e->list.kind->schema));
	struct input_column columns[NELEMS(a->known)];
	struct row row;
	size_t n = all_columns(a, columns, schema);

	a->in = input_open(&e->common, schema, columns, n, files, nfiles);
	find_more(a, a->file, schema);
	input_on_drain(a->in, entry_commit, e);
	while (input_next(a->in, &row))
		take(a, &row, schema);
	entry_commit(e);
	input_merge(a->in, a->again);
	input_close(a->in, output_rows(e->turn.out));
	return entry_close(e);
}

int append_events(const struct caselist_kind *kind,
		  const struct common *common, const char *workflow,
		  char **files, size_t n)
{
	struct append a = { .file = NULL };
	int status;

	if (n < 1)
		die_usage("which log?");
	common_check_log(common, files[0]);
	entry_open(&a.entry, common, kind, files[0], workflow);
	a.file = n > 1 ? files[1] : "-";
	status = run(&a, files + 1, n - 1);
	if (a.again)
		warn("%llu %s there already: not opened again",
		     (unsigned long long)a.again,
		     a.again == 1 ? "action is" : "actions are");
	arena_release(&a.names);
	free(a.more);
	return status;
}

int append_main(int argc, char **argv)
{
	const char *workflow = NULL;
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "of a new log: seven-step, eight-step or FILE.json",
		  .to = &workflow },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint append", "[OPTION...] LOG [FILE...]",
		"Reads complaint events, checks each against the state of its "
		"case, makes it\ndurable in LOG, then acknowledges it as "
		"case_id,seq,event,state. An event\nthat is not allowed ends "
		"the run, or is set aside by --rejects; those\nacknowledged "
		"stay.",
		"crm-complaint append cases.log <events.csv", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	return append_events(&caselist_complaints, &common, workflow, files,
			     n);
}
