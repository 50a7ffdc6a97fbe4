/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of trend --actions, from their log or from a stream. */
#include <stdlib.h>

#include "base/day.h"
#include "base/msg.h"
#include "stream/caselog_tell.h"

#include "cmd/complaint/trend.h"

/* One entry of the register; its texts are borrowed. */
struct entry {
	struct text id, word, issue;
	int64_t at;
};

int64_t trend_day(const struct trend *t, int64_t at)
{
	return (int64_t)instant_day(at, place_zone(t->src.place, at)) -
	       DAY_NONE;
}

/* The entries of an action may come in any order: earliest and latest. */
static void take_entry(const struct trend *t, struct trend_actions *all,
		       const struct entry *e)
{
	int64_t day = trend_day(t, e->at), at = e->at - INT64_MIN / 2;
	struct trend_action *a;

	if (day + DAY_NONE > t->last_day)
		return;
	a = group_entry(all->by_id, group_intern(all->by_id, e->id));
	if (!a->begun || day < a->begun)
		a->begun = day;
	if (text_is(e->word, "done") && at > a->done_at) {
		a->done_at = at;
		a->done = day;
	}
	if (text_is(e->word, "return") && at > a->returned_at)
		a->returned_at = at;
	if (e->issue.n == 0 || at < a->issue_at)
		return;
	a->issue_at = at;
	a->issue = (uint32_t)group_intern(
		all->issues, codes_of(t->src.cols.codes, text_of(t->cause),
				      e->issue));
}

/* ---- a stream ---- */

enum { ID, AT, ENTRY, ISSUE, COLUMNS };

static void read_stream(const struct trend *t, struct trend_actions *all)
{
	static const struct input_column columns[COLUMNS] = {
		[ID] = { "action_id", COL_TEXT, INPUT_FILLED },
		[AT] = { "at", COL_INSTANT, INPUT_FILLED },
		[ENTRY] = { "entry", COL_TEXT, INPUT_REQUIRED },
		[ISSUE] = { "issue", COL_TEXT, INPUT_REQUIRED },
	};
	char *files[1] = { mem_strdup(t->actions) };
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	common.tz = t->common.tz;
	in = input_open(&common, schema_find(TEXT("actions")), columns,
			COLUMNS, files, 1);
	while (input_next(in, &row))
		take_entry(t, all, &(struct entry){
					   .id = row.cell[ID].text,
					   .word = row.cell[ENTRY].text,
					   .issue = row.cell[ISSUE].text,
					   .at = row.cell[AT].us,
				   });
	input_close(in, 0);
	free(files[0]);
}

/* ---- a log ---- */

/* The value of a member; what was escaped is put into `room`. */
static struct text value_of(const struct caselog_member *m, struct buf *room)
{
	if (!m->escaped)
		return m->value;
	buf_clear(room);
	return caselog_unescape(room, m->value) ? buf_text(room) :
						  (struct text){ 0 };
}

static void take_line(const struct trend *t, struct trend_actions *all,
		      const struct caselog *log,
		      const struct caselog_line *line)
{
	struct buf room[COLUMNS] = { { 0 } };
	struct entry e = { .id.n = 0 };
	struct text rest = line->members;
	struct caselog_member m;
	bool timed = false;

	while (caselog_member(&rest, &m)) {
		if (text_is(m.key, "action_id"))
			e.id = value_of(&m, &room[ID]);
		else if (text_is(m.key, "entry"))
			e.word = value_of(&m, &room[ENTRY]);
		else if (text_is(m.key, "issue"))
			e.issue = value_of(&m, &room[ISSUE]);
		else if (text_is(m.key, "at"))
			timed = instant_parse(m.value, 0, &e.at);
	}
	if (e.id.n == 0 || !timed)
		caselog_bad_line(log, line->line, "not an entry of an action");
	take_entry(t, all, &e);
	for (int i = 0; i < COLUMNS; i++)
		buf_release(&room[i]);
}

static void read_log(const struct trend *t, struct trend_actions *all)
{
	struct caselog *log = caselog_open(t->actions, "actions",
					   CASELOG_READ);
	struct caselog_line line;
	int got;

	while ((got = caselog_next(log, &line)) > 0)
		take_line(t, all, log, &line);
	if (got < 0)
		caselog_damaged(log);
	caselog_close(log);
}

/* What was sent back after it was done is not done. */
static void take_back(struct trend_actions *all)
{
	for (size_t i = 0; i < group_count(all->by_id); i++) {
		struct trend_action *a = group_entry(all->by_id, i);

		if (a->returned_at > a->done_at)
			a->done = 0;
	}
}

struct trend_actions trend_read_actions(const struct trend *t)
{
	struct trend_actions all = {
		.by_id = group_new(sizeof(struct trend_action), 0, NULL,
				   NULL),
		.issues = group_new(0, 0, NULL, NULL),
	};

	group_intern(all.issues, TEXT(""));
	if (caselog_is(t->actions))
		read_log(t, &all);
	else
		read_stream(t, &all);
	take_back(&all);
	return all;
}
