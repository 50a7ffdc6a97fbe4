/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decided, what the last run gave, what is true: tables to read
 * beside the streams. */
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "model/linkage_truth.h"

#include "cmd/link/run.h"

/* Options of a file that is read beside the streams: none but its own. */
static struct common beside(void)
{
	struct common c;

	common_beside(&c);
	return c;
}

static struct input *open_beside(const struct common *c, const char *path,
				 const struct input_column *columns, size_t n)
{
	char *files[] = { (char *)(uintptr_t)path, NULL };
	struct input *in;

	in = input_open(c, NULL, columns, n, files, 1);
	return in;
}

/* ---- decisions ---- */

enum { SOURCE_A, RECORD_A, SOURCE_B, RECORD_B, VERDICT, DECISION_COLUMNS };

struct pair {
	uint32_t a, b;
};

static struct text pair_key(struct pair *p, uint32_t a, uint32_t b)
{
	*p = (struct pair){ a < b ? a : b, a < b ? b : a };
	return (struct text){ (const char *)p, sizeof(*p) };
}

static bool is_in(const struct group *pairs, uint32_t a, uint32_t b)
{
	struct pair p;

	return group_find(pairs, pair_key(&p, a, b)) != SIZE_MAX;
}

bool link_is_settled(const struct link_run *r, uint32_t a, uint32_t b)
{
	return is_in(r->settled, a, b);
}

bool link_is_ruled(const struct link_run *r, uint32_t a, uint32_t b)
{
	return is_in(r->ruled, a, b);
}

void link_rule(struct link_run *r, uint32_t a, uint32_t b)
{
	struct pair p;

	linkage_rule(r->linkage, a, b);
	group_intern(r->ruled, pair_key(&p, a, b));
}

static void settle(struct link_run *r, const struct cell *c, bool same)
{
	uint32_t a = link_find(r, c[SOURCE_A].text, c[RECORD_A].text);
	uint32_t b = link_find(r, c[SOURCE_B].text, c[RECORD_B].text);
	struct pair p;

	/* Records that are not in these files: it holds when they are back. */
	if (a == UINT32_MAX || b == UINT32_MAX)
		return;
	linkage_settle(r->linkage, a, b, same);
	group_intern(r->settled, pair_key(&p, a, b));
}

void link_read_decisions(struct link_run *r)
{
	static const struct input_column columns[DECISION_COLUMNS] = {
		[SOURCE_A] = { "source_a", COL_TEXT, INPUT_FILLED },
		[RECORD_A] = { "record_a", COL_TEXT, INPUT_FILLED },
		[SOURCE_B] = { "source_b", COL_TEXT, INPUT_FILLED },
		[RECORD_B] = { "record_b", COL_TEXT, INPUT_FILLED },
		[VERDICT] = { "verdict", COL_TEXT, INPUT_REQUIRED },
	};
	struct common common = beside();
	struct input *in = open_beside(&common, r->o->decisions, columns,
				       DECISION_COLUMNS);
	struct row row;

	while (input_next(in, &row)) {
		struct text verdict = row.cell[VERDICT].text;
		bool same = text_is(verdict, "same");

		/* A line of --review that nobody has decided yet. */
		if (!verdict.n)
			continue;
		if (!same && !text_is(verdict, "different"))
			die("%s:%llu: the verdict is same or different, or "
			    "empty while there is none", row.file,
			    (unsigned long long)row.line);
		settle(r, row.cell, same);
	}
	input_close(in, 0);
}

/* ---- the last run's links ---- */

enum { SOURCE, RECORD, ID, PROBABILITY, REASON, LINK_COLUMNS };

static struct text keep(struct link_run *r, const struct cell *c)
{
	struct text t = c->text;

	return (struct text){ arena_copy(&r->arena, t.p, t.n), t.n };
}

/* Somebody who is not in these files may be back next month. */
static void keep_old(struct link_run *r, const struct cell *c)
{
	stable_ids_taken(r->ids, c[ID].text);
	r->old = mem_grow(r->old, r->nold, &r->old_cap, sizeof(*r->old));
	r->old[r->nold++] = (struct link_old){
		keep(r, &c[SOURCE]), keep(r, &c[RECORD]), keep(r, &c[ID]),
		keep(r, &c[PROBABILITY]), keep(r, &c[REASON])
	};
}

void link_read_previous(struct link_run *r)
{
	static const struct input_column columns[LINK_COLUMNS] = {
		[SOURCE] = { "source", COL_TEXT, INPUT_FILLED },
		[RECORD] = { "record", COL_TEXT, INPUT_FILLED },
		[ID] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[PROBABILITY] = { "probability", COL_TEXT, INPUT_OPTIONAL },
		[REASON] = { "reason", COL_TEXT, INPUT_OPTIONAL },
	};
	struct common common = beside();
	struct input *in = open_beside(&common, r->o->previous, columns,
				       LINK_COLUMNS);
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		uint32_t record;

		if (text_is(c[SOURCE].text, "merged")) {
			stable_ids_merged(r->ids, c[RECORD].text, c[ID].text);
			continue;
		}
		record = link_find(r, c[SOURCE].text, c[RECORD].text);
		if (record == UINT32_MAX)
			keep_old(r, c);
		else
			stable_ids_had(r->ids, record, c[ID].text);
	}
	input_close(in, 0);
}

/* ---- the truth ---- */

uint32_t *link_read_truth(const struct link_run *r)
{
	static const struct input_column columns[] = {
		{ "record", COL_TEXT, INPUT_FILLED },
		{ "entity", COL_TEXT, INPUT_FILLED },
		{ "source", COL_TEXT, INPUT_OPTIONAL },
	};
	struct common common = beside();
	struct input *in = open_beside(&common, r->o->truth, columns,
				       NELEMS(columns));
	struct group *names = group_new(0, 0, NULL, NULL);
	uint32_t *entity = mem_alloc(r->n, sizeof(*entity));
	struct row row;

	for (uint32_t i = 0; i < r->n; i++)
		entity[i] = LINKAGE_UNKNOWN;
	while (input_next(in, &row)) {
		uint32_t record = link_find_any(r, row.cell[2].text,
						row.cell[0].text);

		if (record != UINT32_MAX)
			entity[record] = (uint32_t)group_intern(
				names, row.cell[1].text);
	}
	/* Rows of one name are one record, found by the first of them. */
	for (uint32_t i = 1; i < r->n; i++)
		if (text_eq(r->record[i].name, r->record[i - 1].name) &&
		    r->record[i].source == r->record[i - 1].source)
			entity[i] = entity[i - 1];
	input_close(in, 0);
	group_free(names);
	return entity;
}
