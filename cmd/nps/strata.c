/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --weights FILE: how large each stratum of the population is; one row a
 * stratum, told by all columns but `population`.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/answers.h"

#define SEPARATOR '\0'

struct strata {
	const char *path;
	char *name[STRATA_COLUMNS];
	size_t columns;
	struct group *keys;	/* the cells of a stratum, joined */
	double *population;
	size_t cap;
};

static void add_name(struct strata *s, struct text name)
{
	struct buf copy = { 0 };

	if (text_is(name, "population"))
		return;
	if (s->columns == STRATA_COLUMNS)
		die("%s: more than %d columns beside population", s->path,
		    STRATA_COLUMNS);
	buf_addt(&copy, name);
	s->name[s->columns++] = copy.p;
}

static void add_row(struct strata *s, const struct input *in,
		    const struct row *row)
{
	struct buf key = { 0 };
	size_t n, at;

	for (size_t i = 0; i < input_width(in); i++)
		if (!text_is(input_header(in, i), "population")) {
			buf_addt(&key, input_raw_cell(in, i));
			buf_addc(&key, SEPARATOR);
		}
	n = group_count(s->keys);
	at = group_intern(s->keys, buf_text(&key));
	if (at != n)
		die("%s:%llu: this stratum stands further up", s->path,
		    (unsigned long long)row->line);
	if (!(row->cell[0].real > 0))
		die("%s:%llu: population is a number above 0", s->path,
		    (unsigned long long)row->line);
	s->population = mem_grow(s->population, n, &s->cap,
				 sizeof(*s->population));
	s->population[n] = row->cell[0].real;
	buf_release(&key);
}

struct strata *strata_open(const char *path)
{
	static const struct input_column columns[] = {
		{ "population", COL_REAL, INPUT_FILLED },
	};
	char *files[] = { (char *)(uintptr_t)path, NULL };
	struct strata *s = mem_zalloc(1, sizeof(*s));
	struct common common;
	struct input *in;
	struct row row;

	if (strcmp(path, "-") == 0)
		die_usage("--weights: standard input is where the answers "
			  "come from; give the file by its name");
	common_beside(&common);
	s->path = path;
	s->keys = group_new(0, 0, NULL, NULL);
	in = input_open(&common, NULL, columns, NELEMS(columns), files, 1);
	while (input_next(in, &row)) {
		if (!s->columns)
			for (size_t i = 0; i < input_width(in); i++)
				add_name(s, input_header(in, i));
		add_row(s, in, &row);
	}
	input_close(in, 0);
	if (!s->columns)
		die("%s: no strata: it takes rows, and a column beside "
		    "population that tells them apart",
		    path);
	return s;
}

size_t strata_count(const struct strata *s)
{
	return group_count(s->keys);
}

void strata_columns(const struct strata *s, struct input_column *columns,
		    size_t *n)
{
	for (size_t i = 0; i < s->columns; i++)
		columns[(*n)++] = (struct input_column){ s->name[i], COL_TEXT,
							 INPUT_REQUIRED };
}

size_t strata_find(const struct strata *s, const struct cell *cell,
		   struct buf *room)
{
	buf_clear(room);
	for (size_t i = 0; i < s->columns; i++) {
		buf_addt(room, cell[i].text);
		buf_addc(room, SEPARATOR);
	}
	return group_find(s->keys, buf_text(room));
}

const double *strata_population(const struct strata *s)
{
	return s->population;
}

void strata_free(struct strata *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->columns; i++)
		free(s->name[i]);
	group_free(s->keys);
	free(s->population);
	free(s);
}
