/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint process: what the cases of any event log went through. Which
 * activity follows which and after how long, variants, rework; as tables or
 * as a picture. No workflow is asked.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/calendar_json.h"
#include "stream/lanes.h"

#include "cmd/complaint/picture.h"
#include "cmd/complaint/processlog.h"
#include "cmd/complaint/processview.h"
#include "cmd/complaint/verbs.h"

#define ACTIVITY_MAX 8		/* columns that make an activity */
#define JOINT '/'		/* between them, where they are shown */
#define LINE_BITS 40		/* of a row's place in the input */

enum { CASE_ID, AT, ACTIVITY };

struct options {
	struct common common;
	const char *activity, *calendar;
	bool variants, rework, activities, totals, graph;
	int unit;
	int64_t top, min_count;
};

/* What all lanes read by. */
struct plan {
	struct input_column column[ACTIVITY + ACTIVITY_MAX];
	size_t columns;
	int64_t end;		/* of --as-of */
	char *const *file;
	size_t files;
	struct arena arena;
};

struct fold {
	const struct plan *plan;
	struct process *process;
	struct buf name;
};

/* ---- rows in ---- */

static void split_activity(struct plan *p, const char *list)
{
	struct text rest = text_of(list), part;

	while (text_split(&rest, ',', &part)) {
		if (part.n == 0)
			die_usage("--activity: \"%s\" has an empty name", list);
		if (p->columns == NELEMS(p->column))
			die_usage("--activity: more than %d columns",
				  ACTIVITY_MAX);
		p->column[p->columns++] = (struct input_column){
			arena_strdup(&p->arena, part.p, part.n), COL_TEXT,
			INPUT_REQUIRED
		};
	}
	if (p->columns == ACTIVITY + 1)
		p->column[ACTIVITY].need = INPUT_FILLED;
}

static void make_plan(struct plan *p, const char *activity, char *const *file,
		      size_t files)
{
	p->column[CASE_ID] =
		(struct input_column){ "case_id", COL_TEXT, INPUT_FILLED };
	p->column[AT] =
		(struct input_column){ "at", COL_INSTANT, INPUT_FILLED };
	p->columns = ACTIVITY;
	split_activity(p, activity);
	p->file = file;
	p->files = files;
}

/* Rows of one time in the order of the files and their lines. */
static uint64_t place_of(const struct plan *p, const struct row *row)
{
	uint64_t i = 0;

	while (i < p->files && p->file[i] != row->file)
		i++;
	return i << LINE_BITS | row->line;
}

/* The activity's name; several columns are kept apart by a NUL, which is in
 * no cell. False when all of them are empty. */
static bool name_of(struct fold *f, const struct cell *cell, struct text *name)
{
	size_t n = f->plan->columns - ACTIVITY;
	bool known = false;

	*name = cell[ACTIVITY].text;
	if (n == 1)
		return true;
	buf_clear(&f->name);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(&f->name, '\0');
		buf_addt(&f->name, cell[ACTIVITY + i].text);
		known |= cell[ACTIVITY + i].known;
	}
	*name = buf_text(&f->name);
	return known;
}

static _Noreturn void too_many(void)
{
	die("more than four thousand million events");
}

static void take(struct fold *f, struct input *in, const struct row *row)
{
	const struct cell *cell = row->cell;
	struct text name;

	if (cell[AT].us >= f->plan->end)
		input_skip(in);
	else if (!name_of(f, cell, &name))
		input_reject(in, ACTIVITY, REASON_MISSING, NULL);
	else if (!process_add(f->process, cell[CASE_ID].text, name,
			      cell[AT].us, place_of(f->plan, row)))
		too_many();
}

static void *begin(void *ctx)
{
	struct fold *f = mem_zalloc(1, sizeof(*f));

	f->plan = ctx;
	f->process = process_new();
	return f;
}

static void fold(struct input *in, void *state)
{
	struct row row;

	while (input_next(in, &row))
		take(state, in, &row);
}

static void join(void *into, void *from)
{
	struct fold *a = into, *b = from;

	if (!process_join(a->process, b->process))
		too_many();
	buf_release(&b->name);
	free(b);
}

static struct process *read_events(struct input *in, struct plan *p)
{
	static const struct lanes_job job = { begin, fold, join };
	struct fold *f = lanes_fold(in, &job, p);
	struct process *all = f->process;

	buf_release(&f->name);
	free(f);
	return all;
}

/* ---- the result ---- */

static struct text *shown_names(const struct process *p, struct arena *arena)
{
	size_t n = process_totals(p)->activities;
	struct text *name = arena_alloc(arena, n * sizeof(*name));

	for (size_t i = 0; i < n; i++) {
		struct text t = process_name(p, (uint32_t)i);
		char *shown = arena_copy(arena, t.p, t.n);

		for (size_t k = 0; k < t.n; k++)
			if (shown[k] == '\0')
				shown[k] = JOINT;
		name[i] = (struct text){ shown, t.n };
	}
	return name;
}

typedef int view_writer(const struct processview *);

/* The one view that was asked for. */
static view_writer *choose(const struct options *o)
{
	const struct {
		bool asked;
		view_writer *writer;
	} views[] = {
		{ o->variants, processview_variants },
		{ o->rework, processview_rework },
		{ o->activities, processview_activities },
		{ o->totals, processview_totals },
		{ o->graph, processview_graph },
	};
	view_writer *found = NULL;

	for (size_t i = 0; i < NELEMS(views); i++) {
		if (views[i].asked && found)
			die_usage("--variants, --rework, --activities, "
				  "--totals, --graph: one at a time");
		if (views[i].asked)
			found = views[i].writer;
	}
	if ((o->top || o->min_count) && !o->variants && !o->graph)
		die_usage("--top and --min-count are for --variants and "
			  "--graph");
	if (o->graph)
		picture_check(&o->common);
	return found ? found : processview_pairs;
}

static struct process *read_log(struct processview *v, const struct plan *p)
{
	const char *name[ACTIVITY_MAX];
	struct processlog log = {
		.common = v->common, .place = v->place, .path = p->file[0],
		.activity = name, .n = p->columns - ACTIVITY, .end = p->end,
		.process = process_new(),
	};

	for (size_t i = 0; i < log.n; i++)
		name[i] = p->column[ACTIVITY + i].name;
	processlog_read(&log);
	v->counts = log.counts;
	v->rejects = log.rejects;
	return log.process;
}

static struct process *read_all(struct processview *v, struct plan *p)
{
	if (processlog_is(p->file, p->files))
		return read_log(v, p);
	v->in = input_open(v->common, schema_find(TEXT("complaints")),
			   p->column, p->columns, p->file, p->files);
	return read_events(v->in, p);
}

static int run(const struct options *o, char *const *files, size_t nfiles)
{
	view_writer *write = choose(o);
	struct place *place = place_new(&o->common);
	struct calendar *hours = calendar_json_read(o->calendar, place);
	struct plan plan = { .columns = 0 };
	struct processview view = {
		.common = &o->common, .unit = o->unit, .top = o->top,
		.min_count = o->min_count, .place = place,
	};
	struct process *process;
	int status;

	make_plan(&plan, o->activity, files, nfiles);
	plan.end = place_asked(place, &o->common, CASEWORK_NO_TIME).end;
	process = read_all(&view, &plan);
	process_finish(process, write == processview_pairs ? hours : NULL);
	view.process = process;
	view.name = shown_names(process, &plan.arena);
	status = write(&view);
	process_free(process);
	place_free(place);
	calendar_free(hours);
	arena_release(&plan.arena);
	return status;
}

int process_main(int argc, char **argv)
{
	struct options o = { .activity = "event", .calendar = "business-hours",
			     .unit = PROCESSVIEW_HOUR };
	size_t nfiles;
	char **files;

	common_init(&o.common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "activity", "COL,...",
		  "columns that make an activity (event)", .to = &o.activity },
		{ OPT_FLAG, 0, "variants", NULL,
		  "ways through: cases, share, duration", .to = &o.variants },
		{ OPT_FLAG, 0, "rework", NULL,
		  "activities that come again in a case", .to = &o.rework },
		{ OPT_FLAG, 0, "activities", NULL,
		  "an activity a row", .to = &o.activities },
		{ OPT_FLAG, 0, "totals", NULL, "the whole log in one row",
		  .to = &o.totals },
		{ OPT_FLAG, 0, "graph", NULL,
		  "the steps as a picture: -t dot or svg", .to = &o.graph },
		{ OPT_INT, 0, "top", "N", "only the N most frequent",
		  .to = &o.top, .min = 1, .max = INT32_MAX },
		{ OPT_INT, 0, "min-count", "N", "only those of N or more",
		  .to = &o.min_count, .min = 1, .max = INT32_MAX },
		{ OPT_CHOICE, 0, "unit", PROCESSVIEW_UNITS,
		  "of times (hour)", .to = &o.unit },
		{ OPT_TEXT, 0, "calendar", "FILE",
		  "business hours for working_...", .to = &o.calendar },
		{ .kind = OPT_INCLUDE, .to = o.common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint process", "[OPTION...] [LOG | FILE...]",
		"Reads a complaint log, or any events (case_id,at,event), and "
		"writes what follows\nwhat: from,to,count,cases,wait_mean,...,"
		"working_mean,...\nAn empty `from` is the begin of a case, an "
		"empty `to` its end.",
		"crm-complaint process --variants --top 10 complaints.csv",
		opts
	};

	files = opt_parse(&program, argc, argv, &nfiles);
	if (o.common.by)
		die_usage("--by: a case cannot be cut into groups; choose "
			  "among the rows with --where");
	return run(&o, files, nfiles);
}
