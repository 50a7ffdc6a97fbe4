/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linking itself, from records to ids. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/progress.h"

#include "cmd/link/run.h"

void link_options_init(struct link_options *o)
{
	const struct linkage_options usual = LINKAGE_DEFAULTS;

	*o = (struct link_options){ .match_at = usual.match_at,
				    .review_at = usual.review_at };
	common_init(&o->common);
}

void link_options_table(struct link_options *o, struct opt to[LINK_OPTS])
{
	const struct opt table[] = {
		{ OPT_TEXT, 0, "links", "FILE", "who is who, a row a record",
		  .to = &o->links },
		{ OPT_TEXT, 0, "review", "FILE",
		  "pairs in doubt, for a person to decide", .to = &o->review },
		{ OPT_TEXT, 0, "decisions", "FILE",
		  "pairs that are decided, for ever", .to = &o->decisions },
		{ OPT_TEXT, 0, "previous", "LINKS",
		  "the last run's links: ids stay", .to = &o->previous },
		{ OPT_REAL, 0, "match-at", "P",
		  "one person from this probability on (0.7)",
		  .to = &o->match_at },
		{ OPT_REAL, 0, "review-at", "P",
		  "in doubt from this probability on (0.1)",
		  .to = &o->review_at },
		{ OPT_TEXT, 0, "truth", "FILE",
		  "record,entity: tell how right it is", .to = &o->truth },
		{ OPT_TEXT, 0, "model", "FILE", "what was learned, as JSON",
		  .to = &o->model },
		{ .kind = OPT_END },
	};

	_Static_assert(NELEMS(table) <= LINK_OPTS, "room for the table");
	memcpy(to, table, sizeof(table));
}

void link_options_check(const struct link_options *o)
{
	/* Pairs below .01 are not kept. */
	if (o->match_at <= .01 || o->match_at >= 1)
		die_usage("--match-at: a probability between 0.01 and 1");
	if (o->review_at <= 0 || o->review_at > o->match_at)
		die_usage("--review-at: a probability above 0, at most that "
			  "of --match-at");
	if (o->common.by || o->common.withs.n)
		die_usage("--by and --with are not for crm-link");
}

void link_check_places(const struct link_options *o, const char *result,
		       char *const *files, size_t n)
{
	/* Decisions cannot be computed again: nothing replaces them. */
	const struct common_place place[] = {
		{ "-o", result, true },
		{ "--links", o->links, false },
		{ "--review", o->review, false },
		{ "--model", o->model, false },
		{ "--rejects", o->common.rejects, false },
		{ "--decisions", o->decisions, true },
		{ "--truth", o->truth, true },
	};

	common_check_places(&o->common);
	common_check_apart(place, NELEMS(place), files, n);
}

/* ---- names ---- */

static struct text key_of(struct buf *b, struct text source, struct text name)
{
	buf_clear(b);
	buf_addt(b, source);
	buf_addc(b, '\0');
	buf_addt(b, name);
	return buf_text(b);
}

static void index_records(struct link_run *r)
{
	struct buf key = { 0 };

	r->index = group_new(sizeof(uint32_t), 0, NULL, NULL);
	for (uint32_t i = 0; i < r->n; i++) {
		size_t known = group_count(r->index);
		size_t at = group_intern(
			r->index, key_of(&key, text_of(r->record[i].source),
					 r->record[i].name));

		if (at == known)
			*(uint32_t *)group_entry(r->index, at) = i;
	}
	buf_release(&key);
}

uint32_t link_find(const struct link_run *r, struct text source,
		   struct text name)
{
	struct buf key = { 0 };
	size_t at = group_find(r->index, key_of(&key, source, name));

	buf_release(&key);
	return at == SIZE_MAX ? UINT32_MAX :
				*(uint32_t *)group_entry(r->index, at);
}

uint32_t link_find_any(const struct link_run *r, struct text source,
		       struct text name)
{
	uint32_t found = UINT32_MAX;

	if (source.n)
		return link_find(r, source, name);
	for (uint32_t i = 0; i < r->n && found == UINT32_MAX; i++) {
		/* Records of one source stand together. */
		if (i && r->record[i].source == r->record[i - 1].source)
			continue;
		found = link_find(r, text_of(r->record[i].source), name);
	}
	return found;
}

/* ---- the run ---- */

static void add_records(struct link_run *r)
{
	struct text *cell = mem_zalloc(r->columns + 1, sizeof(*cell));

	for (uint32_t i = 0; i < r->n; i++) {
		r->cells(r->ctx, i, cell);
		linkage_add(r->linkage, cell);
		/* Rows of one name are one record that was written twice. */
		if (i && text_eq(r->record[i].name, r->record[i - 1].name) &&
		    strcmp(r->record[i].source, r->record[i - 1].source) == 0)
			linkage_settle(r->linkage, i - 1, i, true);
	}
	free(cell);
}

/* A table of which no column can be used still has rows: one that is empty
 * in all of them. */
static const struct linkage_column no_column = { "none", LINKAGE_TEXT,
						 .sound = LINKAGE_NONE };

void link_begin(struct link_run *r)
{
	struct linkage_options options = LINKAGE_DEFAULTS;

	options.match_at = r->o->match_at;
	options.review_at = r->o->review_at;
	options.threads = common_jobs(&r->o->common);
	options.homes = r->o->households;
	r->linkage = r->columns ?
			     linkage_new(r->column, r->columns, &options) :
			     linkage_new(&no_column, 1, &options);
	r->settled = group_new(0, 0, NULL, NULL);
	r->ruled = group_new(0, 0, NULL, NULL);
	index_records(r);
	add_records(r);
	r->stable = mem_zalloc(r->n, sizeof(*r->stable));
	for (uint32_t i = 0; i < r->n; i++)
		r->stable[i] = (struct stable_record){ r->record[i].name,
						       r->record[i].second, i };
	r->ids = stable_ids_new(r->stable, r->n, r->before);
	if (r->o->decisions)
		link_read_decisions(r);
	if (r->o->previous)
		link_read_previous(r);
}

void link_had(struct link_run *r, uint32_t record, struct text id)
{
	stable_ids_had(r->ids, record, id);
}

/* Fewer records than these are linked before anybody wonders. */
#define MANY 20000

static enum linkage_status run_it(const struct link_run *r)
{
	struct progress progress;
	enum linkage_status status;
	char what[64];

	progress_open(&progress, r->o->common.progress);
	snprintf(what, sizeof(what), "linking %u records", r->n);
	if (r->n >= MANY)
		progress_say(&progress, what);
	status = linkage_run(r->linkage);
	progress_close(&progress);
	return status;
}

void link_finish(struct link_run *r)
{
	int64_t before = instant_now();
	enum linkage_status status = run_it(r);

	r->us = instant_now() - before;
	r->learned = status == LINKAGE_DONE;
	if (status == LINKAGE_CONFLICT)
		die("%s: the decisions contradict each other: some records "
		    "are the same by one chain of them and different by "
		    "another", r->o->decisions);
	if (status == LINKAGE_NO_COLUMN && r->o->common.verbose)
		warn("no column says anything of whom the records are about: "
		     "each is somebody of its own");
	for (uint32_t i = 0; i < r->n; i++)
		r->stable[i].cluster = linkage_cluster(r->linkage, i);
	stable_ids_settle(r->ids);
}

struct text link_id(const struct link_run *r, uint32_t record)
{
	return stable_ids_of(r->ids, r->stable[record].cluster);
}

void link_end(struct link_run *r)
{
	linkage_free(r->linkage);
	stable_ids_free(r->ids);
	group_free(r->index);
	group_free(r->settled);
	group_free(r->ruled);
	arena_release(&r->arena);
	free(r->stable);
	free(r->old);
}

struct common link_private(const struct link_run *r, const char *path)
{
	struct common c = r->o->common;

	c.output = path;
	c.get = NULL;
	c.fail_if.n = 0;
	c.private = true;
	/* By the suffix of the name. */
	c.to = NULL;
	return c;
}
