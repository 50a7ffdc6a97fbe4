/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans for all files of a run, and what is to be told about them. */
#include <string.h>
#include <unistd.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "cmd/import/import.h"

static void say_kind(const struct sheet *s, const int *points)
{
	struct buf b = { 0 };

	for (int k = 0; k < EXPORT_KINDS; k++)
		buf_addf(&b, "%s%s %d", k ? ", " : "",
			 export_name((enum export)k), points[k]);
	if (s->plan.canonical)
		warn("%s: canonical %s", s->path, s->plan.schema->name);
	else if (s->mapped)
		warn("%s: a %s export by the map%s", s->path, s->kind,
		     s->plan.carries ? "" : "; used to tell customers apart");
	else
		warn("%s: a %s export by its headers (%s)%s", s->path, s->kind,
		     b.p,
		     s->plan.carries ? "" : "; used to tell customers apart");
	buf_release(&b);
}

/* What a reader of the output would not expect of a column; NULL: nothing. */
static const char *surprise(const struct plan_column *c)
{
	if (c->match.rule == HEADER_REPEATED)
		return "is there twice; the first counts";
	if (c->match.rule == HEADER_UNKNOWN && c->as.n && !c->question)
		return "is kept under its own name";
	if (c->match.rule == HEADER_UNKNOWN && c->question)
		return "is taken for a question by its values";
	if (c->match.rule == HEADER_WORDING)
		return "is taken for the question nps by its wording";
	return NULL;
}

/* Each header once, however many files have it. */
static void say_columns(const struct sheet *s, struct group *told)
{
	struct buf name = { 0 };

	for (size_t i = 0; i < s->plan.columns; i++) {
		const struct plan_column *c = &s->plan.column[i];
		const char *what = surprise(c);
		size_t n = group_count(told);

		if (!what && !c->twin)
			continue;
		buf_clear(&name);
		utf8_show(&name, c->name, 60);
		group_intern(told, c->name);
		if (group_count(told) == n)
			continue;
		if (c->twin)
			warn("%s: the column \"%s\" is one more of %s; the "
			     "first that is not empty counts",
			     s->path, name.p,
			     field_all[c->match.field].name);
		else
			warn("%s: the column \"%s\" %s", s->path,
			     name.p ? name.p : "", what);
	}
	buf_release(&name);
}

/* Answers count without a date as well; only over time they can't. */
static void say_undated(const struct sheet *s)
{
	const struct plan *p = &s->plan;
	size_t c = 0;

	if (!p->carries || strcmp(p->schema->name, "surveys") != 0)
		return;
	while (strcmp(p->schema->column[c].name, "date") != 0)
		c++;
	if (p->first[c] == p->first[c + 1])
		warn("%s: no column is known for the date: the answers have "
		     "none; --col date=HEADER names it", s->path);
}

/* A column that must be there and that nothing else can stand in for. */
static void check_plan(const struct sheet *s)
{
	static const struct {
		const char *stream, *column;
	} needs[] = {
		{ "transactions", "date" },
		{ "complaints", "at" },
		{ "leads", "created_on" },
	};
	const struct plan *p = &s->plan;

	for (size_t i = 0; i < NELEMS(needs) && p->carries; i++) {
		size_t c = 0;

		if (strcmp(needs[i].stream, p->schema->name) != 0)
			continue;
		while (strcmp(p->schema->column[c].name, needs[i].column) != 0)
			c++;
		if (p->first[c] == p->first[c + 1])
			die("%s: no column of this %s export is known for "
			    "\"%s\"; --col %s=HEADER or --map names it",
			    s->path, export_name(p->kind), needs[i].column,
			    needs[i].column);
	}
}

/* A survey that has rows must have answers, too. */
static void check_answers(const struct sheet *s)
{
	const struct plan *p = &s->plan;

	if (p->carries && !p->canonical &&
	    strcmp(p->schema->name, "surveys") == 0 &&
	    !plan_has_questions(p) &&
	    plan_column_of(p, "score") == PLAN_NONE &&
	    s->grid.rows > s->first_sample)
		die("%s: no column of this survey export holds scores from 0 "
		    "to 100 only; --col nps=HEADER, csi=HEADER or "
		    "score=HEADER names one, --na what stands for no answer",
		    s->path);
}

void import_check_said(const struct aliases *a)
{
	struct text unused = aliases_unused(a);
	struct buf name = { 0 };

	if (!unused.p)
		return;
	utf8_show(&name, unused, 60);
	die("no file has the column \"%s\" that --col or --map names",
	    name.p);
}

void import_plans(struct import *run, const struct schema *schema)
{
	const struct common *common = &run->o->common;
	struct group *told = group_new(0, 0, NULL, NULL);
	bool any = false, unknown = true;

	for (size_t i = 0; i < run->sheets; i++) {
		struct sheet *s = &run->sheet[i];
		int points[EXPORT_KINDS] = { 0 };

		sheet_plan(s, run, schema, points);
		if (common->verbose)
			say_kind(s, points);
		if (common->verbose || isatty(STDERR_FILENO)) {
			say_columns(s, told);
			say_undated(s);
		}
		/* JSON without an object has no rows, whatever it holds. */
		any |= s->plan.carries || s->columns == 0;
		for (size_t k = 0; k < EXPORT_KINDS; k++)
			unknown &= points[k] == 0;
		if (s->columns)
			check_plan(s);
		if (s->columns)
			check_answers(s);
	}
	group_free(told);
	import_check_said(run->aliases);
	if (!any && unknown)
		die("%s: none of its headers is known; --map and --col tell "
		    "what they are, --header that there are none",
		    run->sheet[0].path);
	if (!any)
		die("%s: by its headers this is a %s export, which holds no "
		    "%s; --kind and --map tell otherwise, --show-map shows "
		    "what was understood",
		    run->sheet[0].path, export_name(run->sheet[0].plan.kind),
		    schema->name);
	extras_sort(&run->extras);
	for (size_t i = 0; i < run->sheets; i++)
		plan_extras(&run->sheet[i].plan, &run->extras);
}

int import_show_stream(struct import *run, const struct schema *schema)
{
	int points[EXPORT_KINDS], status;

	for (size_t i = 0; i < run->sheets; i++)
		sheet_plan(&run->sheet[i], run, schema, points);
	import_check_said(run->aliases);
	status = import_show_map(run);
	import_save_map(run);
	return status;
}
