/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: what becomes of which column. */
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "canon/clean.h"
#include "canon/plan_in.h"

size_t plan_column_of(const struct plan *p, const char *field)
{
	return p->of_field[2 * field_of(field)];
}

bool plan_is_canonical(const struct schema *s, const struct text *header,
		       size_t n)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t k = 0;

		if (!s->column[i].required)
			continue;
		while (k < n && !text_is(header[k], s->column[i].name))
			k++;
		if (k == n)
			return false;
	}
	return true;
}

const char *plan_holds_name(enum plan_holds h)
{
	static const char *const name[PLAN_HOLDS] = {
		[PLAN_AS_NAMED] = "",	     [PLAN_DAY_COUNTS] = "day-counts",
		[PLAN_SCORES] = "scores",    [PLAN_DATES] = "dates",
		[PLAN_TIMES] = "times",	     [PLAN_MONEY] = "money",
		[PLAN_DOCUMENT_LINES] = "document-lines",
	};

	return name[h];
}

struct plan_given plan_settled(const struct plan *p, size_t i)
{
	const struct plan_column *c = &p->column[i];
	struct plan_given g = { .name = c->match.rename };

	if (c->match.field != FIELD_NONE)
		g.name = text_of(field_all[c->match.field].name);
	else if (c->name.n == 0)
		g.name = c->as;
	if (c->question)
		g.holds = PLAN_SCORES;
	else if (c->reading.serials)
		g.holds = PLAN_DAY_COUNTS;
	else if (p->own_lines && plan_column_of(p, "row_no") == i)
		g.holds = PLAN_DOCUMENT_LINES;
	return g;
}

static void set_kind(struct plan *p, const struct aliases *a,
		     const struct plan_file *f, int evidence[EXPORT_KINDS])
{
	p->kind = layout_kind(a, f->header, f->columns, evidence);
	if (f->stream)
		p->kind = plan_usual_kind(f->stream);
	else if (f->kind != EXPORT_COMMON)
		p->kind = f->kind;
	else if (evidence[p->kind] < LAYOUT_SURE)
		p->kind = plan_usual_kind(p->schema);
	p->canonical = f->stream ? f->stream == p->schema :
				   f->kind == EXPORT_COMMON &&
					   plan_is_canonical(p->schema,
							     f->header,
							     f->columns);
}

static void set_columns(struct plan *p, const struct plan_file *f)
{
	struct group *seen = group_new(0, 0, NULL, NULL);
	struct buf folded = { 0 };

	for (size_t i = 0; i < f->columns; i++) {
		struct plan_column *c = &p->column[i];
		size_t n = group_count(seen);

		c->name = f->header[i];
		c->given = f->given ? &f->given[i] : NULL;
		c->extra = PLAN_NONE;
		buf_clear(&folded);
		header_fold(&folded, c->name);
		group_intern(seen, buf_text(&folded));
		c->repeated = folded.n && group_count(seen) == n;
	}
	group_free(seen);
	buf_release(&folded);
}

/* ---- names ---- */

/* A column without a header counts when something stands in it. */
static bool has_cells(const struct grid *g, size_t first, size_t i)
{
	for (size_t r = first; r < g->rows; r++)
		if (i < g->width[r] && clean_text(g->cell[r][i]).n)
			return true;
	return false;
}

struct text plan_unique(struct arena *hold, const struct text *taken, size_t n,
			struct text name)
{
	struct buf b = { 0 };
	struct text t;

	buf_addt(&b, name);
	if (name.n == 0)
		buf_addf(&b, "column_%zu", n + 1);
	for (unsigned k = 2;; k++) {
		size_t i = 0;

		while (i < n && !text_eq(taken[i], buf_text(&b)))
			i++;
		if (i == n)
			break;
		buf_clear(&b);
		buf_addt(&b, name);
		buf_addf(&b, "_%u", k);
	}
	t = (struct text){ arena_copy(hold, b.p, b.n), b.n };
	buf_release(&b);
	return t;
}

/* Under which name each column goes on. */
static void name_columns(struct plan *p, const struct plan_file *f)
{
	struct text *taken = mem_alloc(p->columns, sizeof(*taken));

	for (size_t i = 0; i < p->columns; i++) {
		struct plan_column *c = &p->column[i];
		struct text name = c->name;

		if (c->match.rename.n)
			name = c->match.rename;
		else if (c->match.field != FIELD_NONE && !c->twin)
			name = text_of(field_all[c->match.field].name);
		taken[i] = plan_unique(&p->hold, taken, i, name);
		if (name.n || (!c->given &&
			       has_cells(f->grid, f->first_sample, i)))
			c->as = taken[i];
	}
	free(taken);
}

/* ---- the whole ---- */

void plan_make(struct plan *p, const struct aliases *a,
	       const struct schema *schema, const struct plan_file *f,
	       const struct reading_rules *rules, struct extras *extras,
	       int evidence[EXPORT_KINDS])
{
	*p = (struct plan){ .schema = schema, .columns = f->columns };
	set_kind(p, a, f, evidence);
	p->column = mem_zalloc(f->columns, sizeof(*p->column));
	p->of_field = mem_alloc(2 * field_count, sizeof(*p->of_field));
	for (size_t i = 0; i < 2 * field_count; i++)
		p->of_field[i] = PLAN_NONE;
	set_columns(p, f);
	for (size_t i = 0; i < f->columns; i++)
		plan_match_column(p, a, i, f, rules);
	name_columns(p, f);
	plan_find_questions(p, f, rules);
	p->own_lines = plan_numbers_lines(p, f);
	plan_find_sources(p);
	p->carries = plan_is_carried(p);
	for (size_t i = 0; i < f->columns && p->carries; i++)
		if (plan_is_kept(p, &p->column[i]))
			extras_add(extras, p->column[i].as);
}

void plan_release(struct plan *p)
{
	free(p->column);
	free(p->from);
	free(p->first);
	free(p->of_field);
	arena_release(&p->hold);
}

void plan_extras(struct plan *p, const struct extras *e)
{
	for (size_t i = 0; i < p->columns; i++)
		if (p->carries && plan_is_kept(p, &p->column[i]))
			p->column[i].extra = extras_find(e, p->column[i].as);
}
