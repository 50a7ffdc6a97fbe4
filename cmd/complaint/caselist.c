/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the log to cases. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/parts.h"
#include "stream/caselog_tell.h"
#include "canon/eventrows.h"
#include "canon/json_doc.h"
#include "canon/workflow_json.h"
#include "model/casework_keep.h"

#include "cmd/complaint/caselist_in.h"

const struct caselist_kind caselist_complaints = {
	CASELIST_KIND, "complaints", "case_id", "event", "seven-step", 'C',
	NULL
};

const struct caselist_kind caselist_actions = {
	"actions", "actions", "action_id", "entry", "action-steps", 'A',
	"open"
};

const char *caselist_column(const struct caselist_kind *kind, size_t column)
{
	if (column == EVENT_CASE_ID)
		return kind->id;
	return column == EVENT_EVENT ? kind->event :
				       eventrows_columns[column].name;
}

void caselist_open(struct caselist *l, enum caselog_mode mode, int64_t end)
{
	l->end = end;
	l->last_at = CASEWORK_NO_TIME;
	if (!l->kind)
		l->kind = &caselist_complaints;
	l->log = caselog_open(l->path, l->kind->log, mode);
}

void caselist_close(struct caselist *l)
{
	caselog_close(l->log);
	casework_free(l->cases);
	workflow_free(l->workflow);
	scenes_release(&l->scenes);
	arena_release(&l->kept);
}

static void begin_with(struct caselist *l, const char *workflow)
{
	casework_free(l->cases);
	workflow_free(l->workflow);
	l->workflow = workflow_json_read(workflow);
	l->keys = 0;
	memset(l->key, 0, sizeof(l->key));
	l->cases = casework_new(l->workflow, l->calendar);
	scenes_ask(&l->scenes, l->cases, l->workflow);
}

void caselist_begin(struct caselist *l)
{
	if (!l->kind)
		l->kind = &caselist_complaints;
	if (!l->workflow)
		begin_with(l, l->workflow_asked ? l->workflow_asked :
						  l->kind->workflow);
}

static void check_own(const struct caselist *l)
{
	struct text now = workflow_name(l->workflow);

	if (l->own_workflow.n > 0 && !text_eq(l->own_workflow, now))
		die("%s: made with another workflow than %.*s, and keeps to it",
		    l->path, (int)now.n, now.p);
}

/* The log's own workflow, named by its first event, unless another was asked
 * for. */
static void begin_as(struct caselist *l, struct text name)
{
	const char *own = arena_strdup(&l->kept, name.p, name.n);

	if (l->own_workflow.n > 0)
		return;
	l->own_workflow = text_of(own);
	if (!l->workflow_asked && !json_doc_shipped(name))
		die("%s: made with a workflow that is not shipped; name its "
		    "file with --workflow", l->path);
	begin_with(l, l->workflow_asked ? l->workflow_asked : own);
	if (l->own_only)
		check_own(l);
}

/* ---- reading ---- */

/* The first line names the workflow, for all of them. */
static void begin_by_line(struct caselist *l, const struct caselog_line *line)
{
	struct text rest = line->members;
	struct caselog_member m;

	while (caselog_member(&rest, &m))
		if (text_is(m.key, "workflow") && !m.escaped)
			begin_as(l, m.value);
	if (!l->workflow)
		caselog_bad_line(l->log, line->line,
				 "not an event of this kind of log");
}

/* The next line, which may be the log's first. 0: there is none. */
static int first_line(struct caselist *l)
{
	int got = caselog_next(l->log, &l->first);

	if (got < 0)
		caselog_damaged(l->log);
	if (got == 0)
		l->first.seq = 0;
	else if (l->first.seq == 1)
		begin_by_line(l, &l->first);
	return got;
}

void caselist_start(struct caselist *l)
{
	first_line(l);
}

void caselist_read(struct caselist *l, const struct common *common)
{
	common_check_places(common);
	rejects_too_many(common->max_rejects, 0, 0);
	l->rejects = rejects_open(common->rejects);
	rejects_file(l->rejects, l->path, TEXT(""), 0);
	caselist_open(l, CASELOG_READ,
		      place_asked(l->place, common, CASEWORK_NO_TIME).end);
	caselist_start(l);
	caselist_begin(l);
	if (!text_eq(workflow_name(l->workflow), l->own_workflow))
		rejects_remedy(l->rejects, "the log was made with another "
			       "workflow; --rejects FILE sets such events "
			       "aside");
}

void caselist_unuse(struct caselist *l, uint64_t n)
{
	l->used -= n;
	l->left_out += n;
}

void caselist_settle(struct caselist *l, const struct common *common,
		     uint64_t out)
{
	const struct input_counts counts = {
		.in = l->used + l->left_out + l->refused, .used = l->used,
		.filtered = l->left_out, .rejected = l->refused,
	};

	input_settle(common, l->rejects, &counts, out);
}

void caselist_catch_up(struct caselist *l)
{
	struct caselog_job job;

	if (l->first.seq == 0 && !first_line(l))
		return;
	caselist_take_line(l, &l->first);
	l->first.seq = 0;
	job = caselist_job(l);
	if (caselog_each(l->log, parts_allowed(), &job, l) < 0)
		caselog_damaged(l->log);
}

void caselist_forget(struct caselist *l)
{
	if (l->cases)
		casework_forget(l->cases);
	l->first.seq = 0;
	l->used = l->left_out = 0;
	if (l->lines)
		caselines_clear(l->lines);
}

void caselist_tell_tail(const struct caselist *l)
{
	caselog_tell_tail(l->log);
}
