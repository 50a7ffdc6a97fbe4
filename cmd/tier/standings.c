/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where customers stood earlier: by a ranking of today's rows, or by a file
 * that crm-tier wrote then. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/tier.h"

static struct standings *standings_new(void)
{
	struct standings *s = mem_zalloc(1, sizeof(*s));

	s->who = group_new(sizeof(struct standing), 0, NULL, NULL);
	return s;
}

void standings_free(struct standings *s)
{
	if (!s)
		return;
	group_free(s->who);
	arena_release(&s->arena);
	free(s);
}

static unsigned char name_number(struct standings *s, struct text name)
{
	for (size_t i = 0; i < s->names; i++)
		if (text_eq(s->name[i], name))
			return (unsigned char)i;
	if (s->names == TIERS_MAX)
		die("--moves: more than %d tiers", TIERS_MAX);
	s->name[s->names] = (struct text){
		arena_copy(&s->arena, name.p, name.n), name.n
	};
	return (unsigned char)s->names++;
}

struct standings *standings_of(const struct ranking *r)
{
	struct standings *s = standings_new();
	unsigned char number[TIERS_MAX] = { 0 };

	for (size_t t = 0; t < r->names; t++)
		number[t] = name_number(s, r->name[t]);
	for (size_t i = 0; i < r->n + r->outside; i++) {
		uint32_t who = r->at[i].who;
		size_t at = group_intern(s->who, group_key(r->customers, who));
		struct standing *one = group_entry(s->who, at);

		one->value = r->at[i].value;
		one->bought = r->bought ? (int64_t)r->bought[who] : -1;
		one->tier = number[r->tier[i]];
	}
	return s;
}

/* ---- a file ---- */

enum { WHO, TIER, VALUE_THEN, PURCHASES, LEAD, COLUMNS };

static int64_t cell_value(const struct run *run, const struct cell *c)
{
	switch (run->measure.unit) {
	case UNIT_FEN:
		return c->fen;
	case UNIT_WHOLE:
		return c->whole;
	case UNIT_MICRO:
		break;
	}
	return llround(c->real * 1e6);
}

/* False: somebody stands in the file twice. */
static bool add_row(const struct run *run, struct standings *s,
		    struct text who, const struct cell *c)
{
	size_t known = group_count(s->who);
	size_t at = group_intern(s->who, who);
	struct standing *one = group_entry(s->who, at);

	/* Several leads of one customer do no harm. */
	if (at < known)
		return !c[WHO].known;
	one->value = cell_value(run, &c[VALUE_THEN]);
	one->bought = c[PURCHASES].known ? c[PURCHASES].whole : -1;
	one->tier = name_number(s, c[TIER].text);
	return true;
}

/* The standings of the row's group: its number among those of the rows, or
 * a new one. */
static struct standings *standings_for(struct by *ours, struct by *theirs,
				       const struct cell *c,
				       struct standings ***all, size_t *n,
				       size_t *cap)
{
	size_t label = by_label(theirs, c);

	if (group_count(theirs->labels))
		label = group_intern(ours->labels,
				     group_key(theirs->labels, label));
	while (*n <= label) {
		*all = mem_grow(*all, *n, cap, sizeof(**all));
		(*all)[(*n)++] = standings_new();
	}
	return (*all)[label];
}

/* One for each group that there is by now. */
static struct standings **fill_up(struct standings **all, size_t n, size_t cap,
				  const struct by *by)
{
	while (n < by_count(by)) {
		all = mem_grow(all, n, &cap, sizeof(struct standings *));
		all[n++] = standings_new();
	}
	return all;
}

/* A lead that was no customer then may be one now. */
static struct text customer_of(const struct leads *leads, const struct cell *c)
{
	if (c[WHO].known || !c[LEAD].known)
		return c[WHO].text;
	return leads_customer(leads, c[LEAD].text);
}

struct standings **standings_read(const struct run *run, struct by *by,
				  const struct leads *leads)
{
	const struct input_column columns[COLUMNS] = {
		[WHO] = { "customer_id", COL_TEXT, INPUT_REQUIRED },
		[TIER] = { "tier", COL_TEXT, INPUT_FILLED },
		[VALUE_THEN] = { "value", unit_type(run->measure.unit),
				 INPUT_FILLED },
		[PURCHASES] = { "purchases", COL_INT, INPUT_OPTIONAL },
		[LEAD] = { "lead_id", COL_TEXT, INPUT_OPTIONAL },
	};
	struct common common;
	char *path = mem_strdup(run->moves);
	char *files[] = { path, NULL };
	struct standings **all = NULL;
	size_t n = 0, cap = 0;
	struct by theirs;
	struct input *in;
	struct row row;

	side_common(&common, path);
	common.by = run->common.by;
	in = by_input(&theirs, &common, NULL, columns, COLUMNS, files, 1);
	while (input_next(in, &row)) {
		struct text who = customer_of(leads, row.cell);

		if (!who.n)
			input_skip(in);
		else if (!add_row(run,
				  standings_for(by, &theirs, row.cell, &all,
						&n, &cap),
				  who, row.cell))
			input_reject(in, WHO, REASON_OUT_OF_RANGE,
				     "the customer stands there twice");
	}
	input_close(in, 0);
	by_release(&theirs);
	free(path);
	return fill_up(all, n, cap, by);
}
