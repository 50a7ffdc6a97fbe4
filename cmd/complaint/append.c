/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint append LOG: events in, each checked against the workflow and
 * the state of its case, made durable in the log, then acknowledged. The
 * events that come in together share one write and one fdatasync; the lock is
 * held from the first check to it, and never while input is waited for.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "stream/output.h"
#include "canon/eventrows.h"

#include "cmd/complaint/caselist.h"
#include "cmd/complaint/verbs.h"

/* So many events wait for one fdatasync at most. */
#define BATCH_EVENTS 10000

/* An event that waits to be acknowledged. */
struct waiting {
	uint64_t seq;
	size_t case_id_at, case_id_n;	/* in `ids` */
	int event, state;
};

/* A column of the input that goes into the log. */
struct logged {
	struct text name;
	size_t at;		/* cell, or column of the file */
	enum col_type type;
};

struct append {
	const struct common *common;
	struct caselist list;
	struct input *in;
	struct output *out;
	bool locked, told;
	uint64_t dry_seq;	/* with -n: what the number would be */

	struct logged known[64];
	size_t knowns;
	const char *file;	/* whose further columns `more` has */
	struct logged *more;
	size_t mores;
	struct arena names;

	struct buf members;
	struct buf ids;
	struct waiting *waiting;
	size_t n, cap;
};

/* ---- columns ---- */

/* Who a person is stands in the customers' file; the log has the id. */
static const char *const personal[] = {
	"name", "phone", "phone_alt", "id_no", "email", "wechat", "qq",
	"address", "birth_date",
};
static const char *const reserved[] = { "seq", "log", "workflow", "torn",
					"sum" };

static bool is_one_of(struct text name, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_is(name, words[i]))
			return true;
	return false;
}

/* The columns of the stream: those that the cases need first, then the
 * rest, in the order of the schema. */
static size_t all_columns(struct append *a, struct input_column *columns,
			  const struct schema *schema)
{
	size_t n = EVENT_COLUMNS;

	memcpy(columns, eventrows_columns, sizeof(eventrows_columns));
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
	if (is_one_of(name, personal, NELEMS(personal)))
		die("%s: the column \"%.*s\" does not belong in the log, which "
		    "knows people by customer_id only; leave it out", file,
		    (int)name.n, name.p);
	if (is_one_of(name, reserved, NELEMS(reserved)))
		die("%s: the column \"%.*s\" is one that the log makes itself; "
		    "leave it out", file, (int)name.n, name.p);
}

/* The columns of a file that are not the stream's: kept as text. */
static void find_more(struct append *a, const char *file,
		      const struct schema *schema)
{
	size_t width = input_width(a->in);

	a->file = file;
	a->mores = 0;
	a->more = mem_resize(a->more, width, sizeof(*a->more));
	for (size_t i = 0; i < width; i++) {
		struct text name = input_header(a->in, i);

		check_name(file, name);
		if (name.n == 0 || schema_column(schema, name))
			continue;
		for (size_t k = 0; k < a->mores; k++)
			if (text_eq(a->more[k].name, name))
				die("%s: the same column twice in the header",
				    file);
		name.p = arena_copy(&a->names, name.p, name.n);
		a->more[a->mores++] = (struct logged){ name, i, COL_TEXT };
	}
}

/* ---- members ---- */

static void put_instant(struct append *a, struct text name, int64_t us)
{
	char at[INSTANT_BYTES];
	size_t n = instant_format(us, place_zone(a->list.place, us), at);

	caselog_put_text(&a->members, name, (struct text){ at, n });
}

static void put_cell(struct append *a, const struct logged *l,
		     const struct cell *cell, const struct casework_event *ev)
{
	char money[MONEY_MAX_BYTES];

	if (!cell->known)
		return;
	if (l->at == EVENT_DUE)
		put_instant(a, l->name, ev->due);
	else if (l->type == COL_INSTANT)
		put_instant(a, l->name, cell->us);
	else if (l->type == COL_MONEY)
		caselog_put_plain(&a->members, l->name,
				  (struct text){ money,
						 money_format(cell->fen,
							      money) });
	else
		caselog_put_text(&a->members, l->name, cell->text);
}

/* The row as the members of a line of the log. */
static void put_members(struct append *a, const struct row *row,
			const struct casework_event *ev)
{
	buf_clear(&a->members);
	for (size_t i = 0; i < a->knowns; i++)
		put_cell(a, &a->known[i], &row->cell[a->known[i].at], ev);
	for (size_t i = 0; i < a->mores; i++) {
		struct text t = input_raw_cell(a->in, a->more[i].at);

		if (t.n > 0)
			caselog_put_text(&a->members, a->more[i].name, t);
	}
}

/* ---- the log ---- */

static bool has_events(const struct append *a)
{
	return caselog_state(a->list.log).seq > 0;
}

/* Takes the lock, and knows every event that is in the log. */
static void take_log(struct append *a)
{
	struct caselist *l = &a->list;

	if (a->locked)
		return;
	if (!l->log)
		caselist_open(l, CASELOG_WRITE, INT64_MAX);
	caselog_lock(l->log);
	a->locked = true;
	caselist_catch_up(l);
	if (!a->told)
		caselist_tell_tail(l);
	a->told = true;
	caselist_begin(l);
}

/* With -n the log, when there is one, is only read. */
static void look_at_log(struct append *a)
{
	struct caselist *l = &a->list;

	if (a->locked)
		return;
	a->locked = true;
	if (access(l->path, F_OK) == 0) {
		caselist_open(l, CASELOG_READ, INT64_MAX);
		caselist_catch_up(l);
		caselist_tell_tail(l);
		a->dry_seq = caselog_state(l->log).seq;
	}
	caselist_begin(l);
}

static void acknowledge(struct append *a)
{
	const struct workflow *w = a->list.workflow;

	for (size_t i = 0; i < a->n; i++) {
		const struct waiting *e = &a->waiting[i];

		output_text(a->out, (struct text){ a->ids.p + e->case_id_at,
						   e->case_id_n });
		output_int(a->out, (int64_t)e->seq);
		output_text(a->out, workflow_event(w, e->event)->name);
		output_text(a->out, workflow_state(w, e->state)->name);
		output_end(a->out);
	}
	/* Nothing acknowledged, nothing said: how the bytes of a pipe come
	 * must not show. */
	if (a->n)
		output_flush(a->out);
	a->n = 0;
	buf_clear(&a->ids);
}

/* Makes durable what was checked, lets others at the log, acknowledges. */
static void commit(void *ctx)
{
	struct append *a = ctx;

	if (!a->locked || a->common->dry_run) {
		acknowledge(a);
		return;
	}
	if (!caselog_commit(a->list.log))
		die_errno("%s: nothing was added", a->list.path);
	caselog_unlock(a->list.log);
	a->locked = false;
	acknowledge(a);
}

static uint64_t add_to_log(struct append *a)
{
	struct text name = workflow_name(a->list.workflow);
	struct buf first = { 0 };
	uint64_t seq;

	if (a->common->dry_run)
		return ++a->dry_seq;
	if (has_events(a))
		return caselog_add(a->list.log, buf_text(&a->members));
	/* The first event says what the log was made with. */
	caselog_put_text(&first, TEXT("workflow"), name);
	buf_addc(&first, ',');
	buf_addt(&first, buf_text(&a->members));
	seq = caselog_add(a->list.log, buf_text(&first));
	buf_release(&first);
	a->list.own_workflow = name;
	return seq;
}

static void wait_for_commit(struct append *a, const struct casework_event *ev,
			    int state, uint64_t seq)
{
	a->waiting = mem_grow(a->waiting, a->n, &a->cap, sizeof(*a->waiting));
	a->waiting[a->n++] = (struct waiting){
		.seq = seq, .case_id_at = a->ids.n, .case_id_n = ev->case_id.n,
		.event = workflow_find_event(a->list.workflow, ev->event),
		.state = state,
	};
	buf_addt(&a->ids, ev->case_id);
}

static void take(struct append *a, const struct row *row,
		 const struct schema *schema)
{
	struct casework_event ev = eventrows_event(row, a->list.place);
	enum casework_verdict verdict;
	int state;

	if (row->file != a->file)
		find_more(a, row->file, schema);
	put_members(a, row, &ev);
	/* Room for what the first event has besides. */
	if (a->members.n > CASELOG_MEMBERS_MAX - 1024) {
		input_reject(a->in, -1, REASON_TOO_LONG,
			     "longer than an event in the log may be");
		return;
	}
	if (a->common->dry_run)
		look_at_log(a);
	else
		take_log(a);
	verdict = casework_add(a->list.cases, &ev, &state);
	if (verdict != CASEWORK_FINE) {
		eventrows_reject(a->in, verdict, &ev, a->list.cases,
				 a->list.workflow, state, a->list.place);
		return;
	}
	wait_for_commit(a, &ev, state, add_to_log(a));
	if (a->n == BATCH_EVENTS)
		commit(a);
}

static int run(struct append *a, char **files, size_t nfiles)
{
	static const struct output_column acknowledged[] = {
		{ "case_id", COL_TEXT }, { "seq", COL_INT },
		{ "event", COL_TEXT },	 { "state", COL_TEXT },
	};
	const struct schema *schema = schema_find(TEXT("complaints"));
	struct input_column columns[NELEMS(a->known)];
	struct row row;
	size_t n = all_columns(a, columns, schema);

	a->in = input_open(a->common, schema, columns, n, files, nfiles);
	a->out = output_open(a->common, acknowledged, NELEMS(acknowledged));
	find_more(a, a->file, schema);
	input_on_drain(a->in, commit, a);
	while (input_next(a->in, &row))
		take(a, &row, schema);
	commit(a);
	input_close(a->in, output_rows(a->out));
	return output_close(a->out);
}

int append_main(int argc, char **argv)
{
	struct append a = { .file = NULL };
	struct common common;
	size_t n;
	char **files;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "of a new log: seven-step, eight-step or FILE.json",
		  .to = &a.list.workflow_asked },
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
	if (n < 1)
		die_usage("which log?");
	caselist_guard(&common, files[0]);
	a.common = &common;
	a.list.path = files[0];
	/* The log keeps one workflow from its first event to its last. */
	a.list.own_only = true;
	a.list.place = place_new(&common);
	a.file = n > 1 ? files[1] : "-";
	status = run(&a, files + 1, n - 1);
	caselist_close(&a.list);
	place_free(a.list.place);
	arena_release(&a.names);
	buf_release(&a.members);
	buf_release(&a.ids);
	free(a.more);
	free(a.waiting);
	return status;
}
