/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A complaint log's lines as events of a process. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog_tell.h"
#include "stream/pick.h"

#include "cmd/complaint/caselist.h"
#include "cmd/complaint/casesource.h"
#include "cmd/complaint/processlog.h"

/* A member that is asked for, and what it is in the line at hand. */
struct wanted {
	struct text name, value;
	struct buf plain;	/* where escapes had to be undone */
};

struct reading {
	struct processlog *log;
	struct caselist list;	/* for what it says of torn and bad lines */
	struct wanted *wanted;	/* case_id, at, the activities, --where */
	size_t n;
	struct condition *condition;
	struct day_range range;
	struct buf name;
};

enum { CASE_ID, AT, ACTIVITY };

/* An empty file is an empty stream here, and refused as one. */
bool processlog_is(char *const *files, size_t n)
{
	struct stat st;
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= caselog_is(files[i]) &&
		       stat(files[i], &st) == 0 && st.st_size > 0;
	if (any && n > 1)
		die_usage("a log is read by itself");
	return any;
}

static void want(struct reading *r, struct text name)
{
	r->wanted[r->n++] = (struct wanted){ .name = name };
}

static void begin(struct reading *r)
{
	struct processlog *p = r->log;
	size_t wheres = p->common->wheres.n;
	const struct schema *schema = schema_find(TEXT("complaints"));

	if (p->common->cols.n || p->common->withs.n)
		die_usage("--col and --with are not for a log");
	r->wanted = mem_zalloc(ACTIVITY + p->n + wheres, sizeof(*r->wanted));
	r->condition = mem_zalloc(wheres, sizeof(*r->condition));
	r->range = common_range(p->common);
	rejects_too_many(p->common->max_rejects, 0, 0);
	p->rejects = rejects_open(p->common->rejects);
	rejects_file(p->rejects, p->path, TEXT(""), 0);
	want(r, TEXT("case_id"));
	want(r, TEXT("at"));
	for (size_t i = 0; i < p->n; i++)
		want(r, text_of(p->activity[i]));
	for (size_t i = 0; i < wheres; i++) {
		r->condition[i] = pick_parse(
			"--where", p->common->wheres.item[i], schema);
		want(r, r->condition[i].column);
	}
}

static void keep(struct reading *r, struct wanted *w,
		 const struct caselog_member *m, uint64_t line)
{
	w->value = m->value;
	if (!m->escaped)
		return;
	buf_clear(&w->plain);
	if (!caselog_unescape(&w->plain, m->value))
		caselog_bad_line(r->list.log, line,
				 "an escape that the log does not use");
	w->value = buf_text(&w->plain);
}

static void split(struct reading *r, const struct caselog_line *line)
{
	struct text rest = line->members;
	struct caselog_member m;

	for (size_t i = 0; i < r->n; i++)
		r->wanted[i].value = (struct text){ 0 };
	while (caselog_member(&rest, &m))
		for (size_t i = 0; i < r->n; i++)
			if (text_eq(r->wanted[i].name, m.key))
				keep(r, &r->wanted[i], &m, line->line);
}

static void set_aside(struct reading *r, const struct caselog_line *line,
		      struct text column, enum reason reason,
		      const char *message)
{
	struct buf record = { 0 }, name = { 0 };

	buf_addt(&name, column);
	caselist_put_record(&record, line);
	rejects_row(r->log->rejects, line->line, name.p, reason, message,
		    buf_text(&record));
	r->log->counts.rejected++;
	buf_release(&record);
	buf_release(&name);
}

static void set_value_aside(struct reading *r, const struct caselog_line *line,
			    const struct condition *c, struct text value)
{
	enum reason reason = cell_fault(c->type);
	struct buf message = { 0 };

	reject_quote(&message, value);
	buf_addf(&message, " is %s", reason_sentence(reason));
	set_aside(r, line, c->column, reason, message.p);
	buf_release(&message);
}

/* Counts the event as left out or rejected, unless it is chosen. */
static bool chosen(struct reading *r, int64_t at,
		   const struct caselog_line *line)
{
	const struct wanted *w = r->wanted + ACTIVITY + r->log->n;
	int zone = place_zone(r->log->place, at);
	bool is = true;
	struct cell cell;
	int32_t day;

	/* Values are judged first, as in a stream; and the day is the one
	 * that is written there. */
	for (size_t i = 0; i < r->log->common->wheres.n; i++) {
		const struct condition *c = &r->condition[i];

		if (!cell_parse(w[i].value, c->type, zone, &cell)) {
			set_value_aside(r, line, c, w[i].value);
			return false;
		}
		is = is && pick_holds(c, &cell);
	}
	is = is && day_parse(r->wanted[AT].value, &day) && at < r->log->end &&
	     day >= r->range.first && day <= r->range.last;
	r->log->counts.filtered += !is;
	return is;
}

/* The activity; several members are kept apart by a NUL. False: there is
 * none. */
static bool name_of(struct reading *r, struct text *name)
{
	const struct wanted *w = r->wanted + ACTIVITY;
	bool known = false;

	buf_clear(&r->name);
	for (size_t i = 0; i < r->log->n; i++) {
		if (i > 0)
			buf_addc(&r->name, '\0');
		buf_addt(&r->name, w[i].value);
		known |= w[i].value.n > 0;
	}
	*name = buf_text(&r->name);
	return known;
}

static void take(struct reading *r, const struct caselog_line *line)
{
	const struct wanted *w = r->wanted;
	struct text name;
	int64_t at;

	split(r, line);
	if (w[CASE_ID].value.n == 0 || !instant_parse(w[AT].value, 0, &at))
		caselog_bad_line(r->list.log, line->line,
				 "not an event of a complaint");
	r->log->counts.in++;
	if (!chosen(r, at, line))
		return;
	if (!name_of(r, &name)) {
		set_aside(r, line, w[ACTIVITY].name, REASON_MISSING, NULL);
		return;
	}
	r->log->counts.used++;
	if (!process_add(r->log->process, w[CASE_ID].value, name, at,
			 line->seq))
		die("%s: more than four thousand million events",
		    r->log->path);
}

void processlog_read(struct processlog *p)
{
	struct reading r = { .log = p, .list = { .path = p->path } };
	struct caselog_line line;
	int got;

	common_check_log(p->common, p->path);
	begin(&r);
	r.list.log = caselog_open(p->path, CASELIST_KIND, CASELOG_READ);
	while ((got = caselog_next(r.list.log, &line)) > 0)
		take(&r, &line);
	if (got < 0)
		caselog_damaged(r.list.log);
	caselist_tell_tail(&r.list);
	caselog_close(r.list.log);
	for (size_t i = 0; i < r.n; i++)
		buf_release(&r.wanted[i].plain);
	buf_release(&r.name);
	free(r.wanted);
	free(r.condition);
}
