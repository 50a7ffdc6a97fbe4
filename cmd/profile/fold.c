/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-profile: rows. Every lane describes the rows that it reads, column by
 * column and group by group; in the end columns are matched by name and groups
 * by their cells.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/profile/fold.h"

#define NONE SIZE_MAX

struct state {
	const struct profile_plan *plan;
	struct by *by;
	struct group *names;		/* of columns: number, as in `column` */
	struct profile_column *column;
	size_t columns, cap;
	struct profile_group *group;
	size_t groups, groups_cap;
	/* of the file being read */
	const char *file;
	size_t *map;			/* column of each of the header, NONE */
	size_t width;
	struct describe_cell *cell;	/* of a row, one a column */
};

/* ---- columns ---- */

static size_t column_number(struct state *s, struct text name, uint64_t place)
{
	size_t i = group_intern(s->names, name);
	struct profile_column *c;

	if (i < s->columns)
		return i;
	s->column = mem_grow(s->column, s->columns, &s->cap,
			     sizeof(*s->column));
	c = &s->column[s->columns++];
	*c = (struct profile_column){ .name = mem_alloc(name.n + 1, 1),
				      .place = place };
	memcpy(c->name, name.p, name.n);
	c->name[name.n] = '\0';
	profile_know_column(s->plan, c);
	return i;
}

static bool is_group_column(const struct by *by, struct text name)
{
	for (size_t i = 0; i < by->n; i++)
		if (text_is(name, by->name[i]))
			return true;
	return false;
}

static size_t file_number(const struct profile_plan *p, const char *file)
{
	for (size_t i = 0; i < p->nfiles; i++)
		if (strcmp(p->files[i], file) == 0)
			return i;
	return 0;
}

/* A column without a name is called by its number. */
static size_t map_column(struct state *s, struct text name, size_t i,
			 uint64_t file)
{
	uint64_t place = file << 32 | i;
	char number[32];
	size_t column;

	if (is_group_column(s->by, name))
		return NONE;
	if (name.n)
		return column_number(s, name, place);
	name.n = text_putf(number, sizeof(number), "(%zu)", i + 1);
	name.p = number;
	column = column_number(s, name, place);
	s->column[column].unnamed = true;
	return column;
}

/* Name of a column that the file has two of, or NULL. */
static const char *column_twice(const struct state *s)
{
	bool *seen = mem_zalloc(s->columns, sizeof(*seen));
	const char *twice = NULL;

	for (size_t i = 0; i < s->width; i++) {
		if (s->map[i] == NONE)
			continue;
		if (seen[s->map[i]])
			twice = s->column[s->map[i]].name;
		seen[s->map[i]] = true;
	}
	free(seen);
	return twice;
}

static void map_file(struct state *s, const struct input *in, const char *file)
{
	uint64_t number = file_number(s->plan, file);
	const char *twice;

	s->file = file;
	s->width = input_width(in);
	s->map = mem_resize(s->map, s->width, sizeof(*s->map));
	for (size_t i = 0; i < s->width; i++)
		s->map[i] = input_hidden(in, i) ?
				    NONE :
				    map_column(s, input_header(in, i), i,
					       number);
	s->cell = mem_resize(s->cell, s->columns, sizeof(*s->cell));
	twice = column_twice(s);
	if (twice)
		die("%s: the column \"%s\" stands twice in the header", file,
		    twice);
}

/* ---- rows ---- */

static void *begin(void *ctx)
{
	const struct profile_plan *p = ctx;
	struct state *s = mem_zalloc(1, sizeof(*s));

	s->plan = p;
	s->by = by_fork(p->by);
	s->names = group_new(0, 0, NULL, NULL);
	for (size_t i = 0; i < p->names; i++)
		column_number(s, text_of(p->name[i]), i);
	for (size_t i = 0; i < p->width; i++)
		if (p->header[i].p)
			map_column(s, p->header[i], i, 0);
	s->cell = mem_alloc(s->columns, sizeof(*s->cell));
	return s;
}

static struct profile_group *group_number(struct state *s, size_t i)
{
	while (s->groups <= i) {
		s->group = mem_grow(s->group, s->groups, &s->groups_cap,
				    sizeof(*s->group));
		s->group[s->groups++] = (struct profile_group){ 0 };
	}
	return &s->group[i];
}

static void widen(struct profile_group *g, size_t columns)
{
	if (g->columns >= columns)
		return;
	g->column = mem_resize(g->column, columns, sizeof(*g->column));
	memset(g->column + g->columns, 0,
	       (columns - g->columns) * sizeof(*g->column));
	g->columns = columns;
}

static struct describe *describe_of(const struct state *s,
				    struct profile_group *g, size_t column)
{
	if (!g->column[column])
		g->column[column] = describe_new(s->column[column].settings);
	return g->column[column];
}

/* All cells first, so that nobody waits for the memory of one of them. */
static void add_row(struct state *s, struct profile_group *g,
		    const struct input *in, const struct row *row)
{
	size_t cells = s->plan->names ? s->columns : s->width, n = 0;
	uint64_t draw = describe_draw(row->line);

	for (size_t i = 0; i < cells; i++) {
		size_t column = s->plan->names ? i : s->map[i];
		struct text t;

		if (column == NONE)
			continue;
		t = s->plan->names ? row->cell[i].text : input_raw_cell(in, i);
		if (t.n)
			n += describe_prepare(describe_of(s, g, column), t,
					      &s->cell[n]);
	}
	for (size_t i = 0; i < n; i++)
		describe_take(&s->cell[i], draw);
}

static void fold(struct input *in, void *state)
{
	struct state *s = state;
	struct row row;

	while (input_next(in, &row)) {
		struct profile_group *g;

		if (row.file != s->file && !s->plan->names)
			map_file(s, in, row.file);
		g = group_number(s, by_label(s->by, row.cell));
		g->rows++;
		widen(g, s->columns);
		add_row(s, g, in, &row);
	}
}

/* ---- joining ---- */

static void join_group(struct profile_group *g, struct profile_group *from,
		       const size_t *number)
{
	g->rows += from->rows;
	for (size_t i = 0; i < from->columns; i++) {
		struct describe **to = &g->column[number[i]];

		if (*to && from->column[i])
			describe_join(*to, from->column[i]);
		if (*to)
			describe_free(from->column[i]);
		else
			*to = from->column[i];
	}
	free(from->column);
}

static void release_names(struct state *s)
{
	for (size_t i = 0; i < s->columns; i++)
		free(s->column[i].name);
	group_free(s->names);
	free(s->column);
	free(s->map);
	free(s->cell);
	free(s->group);
	free(s);
}

static void join(void *into, void *of)
{
	struct state *s = into, *from = of;
	size_t *number = mem_alloc(from->columns, sizeof(*number));
	uint32_t *label = mem_zalloc(by_count(from->by), sizeof(*label));

	for (size_t i = 0; i < from->columns; i++) {
		const struct profile_column *c = &from->column[i];

		number[i] = column_number(s, text_of(c->name), c->place);
		s->column[number[i]].unnamed = c->unnamed;
		if (c->place < s->column[number[i]].place)
			s->column[number[i]].place = c->place;
	}
	by_join(s->by, from->by, label);
	for (size_t i = 0; i < from->groups; i++) {
		struct profile_group *g = group_number(s, label[i]);

		widen(g, s->columns);
		join_group(g, &from->group[i], number);
	}
	by_fork_free(from->by);
	release_names(from);
	free(number);
	free(label);
}

const struct lanes_job profile_job = { begin, fold, join };

/* ---- in order ---- */

static int by_place(const void *a, const void *b)
{
	const struct profile_column *x = a, *y = b;

	return (x->place > y->place) - (x->place < y->place);
}

/* Where each column went in the order of places. */
static void sort_columns(struct state *s)
{
	struct describe **row = mem_alloc(s->columns, sizeof(*row));
	size_t *from = mem_alloc(s->columns, sizeof(*from));

	qsort(s->column, s->columns, sizeof(*s->column), by_place);
	for (size_t i = 0; i < s->columns; i++)
		from[i] = group_find(s->names, text_of(s->column[i].name));
	for (size_t g = 0; g < s->groups; g++) {
		struct profile_group *group = &s->group[g];

		widen(group, s->columns);
		for (size_t i = 0; i < s->columns; i++)
			row[i] = group->column[from[i]];
		memcpy(group->column, row, s->columns * sizeof(*row));
	}
	free(row);
	free(from);
}

/* Columns without a name and without a value end every line of some tables. */
static bool is_blank(const struct state *s, size_t column)
{
	for (size_t g = 0; g < s->groups; g++)
		if (s->group[g].column[column])
			return false;
	return s->column[column].unnamed;
}

void profile_take_over(struct profile *p, void *state)
{
	struct state *s = state;

	if (s->columns)
		sort_columns(s);
	while (s->columns && is_blank(s, s->columns - 1))
		free(s->column[--s->columns].name);
	by_join(&p->by, s->by, NULL);
	by_fork_free(s->by);
	if (by_count(&p->by))
		group_number(s, by_count(&p->by) - 1);
	p->group = s->group;
	p->groups = s->groups;
	p->column = s->column;
	p->columns = s->columns;
	group_free(s->names);
	free(s->map);
	free(s->cell);
	free(s);
}
