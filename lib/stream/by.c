/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of --by. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "stream/by.h"

/* The one byte that no cell can hold (a row with a NUL is set aside), and the
 * least, so that labels are in order cell by cell. */
#define SEPARATOR '\0'

static void split(struct by *by, const char *list)
{
	struct text rest = text_of(list), part;

	while (list && text_split(&rest, ',', &part)) {
		if (by->n == BY_MAX)
			die_usage("--by: at most %d columns", BY_MAX);
		if (!part.n)
			die_usage("--by: \"%s\" has an empty name", list);
		by->name[by->n++] = arena_strdup(&by->arena, part.p, part.n);
	}
}

void by_names(struct by *by, const struct common *common, size_t first)
{
	*by = (struct by){ .first = first };
	split(by, common->by);
	by->labels = group_new(0, 0, NULL, NULL);
}

struct input *by_input(struct by *by, const struct common *common,
		       const struct schema *schema,
		       const struct input_column *columns, size_t n,
		       char *const *files, size_t nfiles)
{
	by_names(by, common, n);
	by->columns = mem_alloc(n + by->n, sizeof(*by->columns));
	memcpy(by->columns, columns, n * sizeof(*columns));
	for (size_t i = 0; i < by->n; i++)
		by->columns[n + i] = (struct input_column){
			by->name[i], COL_TEXT, INPUT_REQUIRED
		};
	return input_open(common, schema, by->columns, n + by->n, files,
			  nfiles);
}

void by_trend(struct by *by, const char *unit, size_t day)
{
	by->unit = unit;
	by->day = day;
}

static size_t parts(const struct by *by)
{
	return by->n + (by->unit != NULL);
}

/* A name of --by that stands in the result already would stand there twice:
 * readers of JSON disagree on which one counts. */
static void check_names(const struct output_column *all, size_t n, size_t ours)
{
	for (size_t i = 0; i < ours; i++)
		for (size_t k = i + 1; k < n; k++)
			if (strcmp(all[i].name, all[k].name) == 0)
				die_usage("--by: the result would have two "
					  "columns \"%s\"; --col NAME=%s "
					  "reads it under another name",
					  all[i].name, all[i].name);
}

struct output *by_open(const struct by *by, const struct common *common,
		       const struct output_column *columns, size_t n)
{
	struct output_column *all = mem_alloc(parts(by) + n, sizeof(*all));
	struct output *out;
	size_t at = 0;

	if (by->unit)
		all[at++] = (struct output_column){ "period", COL_TEXT };
	for (size_t i = 0; i < by->n; i++)
		all[at++] = (struct output_column){ by->name[i], COL_TEXT };
	memcpy(all + at, columns, n * sizeof(*columns));
	check_names(all, at + n, at);
	out = output_open(common, all, at + n);
	free(all);
	return out;
}

#define DAYS_KEPT 4096

/* The text of the period that a day lies in; n == 0: none is kept here. */
struct by_day {
	int32_t day;
	uint8_t n;
	char p[DAY_BYTES];
};

static struct text period(struct by *by, int32_t day)
{
	struct by_day *kept;

	if (!by->days)
		by->days = mem_zalloc(DAYS_KEPT, sizeof(*by->days));
	kept = &by->days[(uint32_t)day % DAYS_KEPT];
	if (!kept->n || kept->day != day) {
		kept->day = day;
		kept->n = (uint8_t)day_label(day, by->unit, kept->p);
	}
	return (struct text){ kept->p, kept->n };
}

char *by_key(struct by *by, const struct cell *cell, size_t before, size_t *n)
{
	struct text part[1 + BY_MAX];
	size_t first = by->unit != NULL, count = parts(by);
	size_t bytes = before + count;
	char *p;

	if (by->unit)
		part[0] = period(by, cell[by->day].day);
	for (size_t i = 0; i < by->n; i++)
		part[first + i] = cell[by->first + i].text;
	for (size_t i = 0; i < count; i++)
		bytes += part[i].n;
	if (by->key.cap <= bytes)
		buf_room(&by->key, bytes);
	p = by->key.p + before;
	for (size_t i = 0; i < count; i++) {
		if (i)
			*p++ = SEPARATOR;
		p = text_put(p, part[i]);
	}
	*n = (size_t)(p - by->key.p);
	return by->key.p;
}

size_t by_number(struct by *by, struct text cells)
{
	return parts(by) ? group_intern(by->labels, cells) : 0;
}

size_t by_label(struct by *by, const struct cell *cell)
{
	struct text t;

	if (!parts(by))
		return 0;
	t.p = by_key(by, cell, 0, &t.n);
	return by_number(by, t);
}

size_t by_count(const struct by *by)
{
	return parts(by) ? group_count(by->labels) : 1;
}

size_t *by_order(const struct by *by)
{
	size_t n = by_count(by);
	size_t *order = mem_zalloc(n, sizeof(*order));
	uint32_t *sorted = group_sorted(by->labels);

	for (size_t i = 0; parts(by) && i < n; i++)
		order[i] = sorted[i];
	free(sorted);
	return order;
}

struct by *by_fork(const struct by *by)
{
	struct by *fork = mem_alloc(1, sizeof(*fork));

	*fork = *by;
	fork->labels = group_new(0, 0, NULL, NULL);
	fork->key = (struct buf){ 0 };
	fork->days = NULL;
	return fork;
}

void by_fork_free(struct by *fork)
{
	group_free(fork->labels);
	buf_release(&fork->key);
	free(fork->days);
	free(fork);
}

void by_join(struct by *by, const struct by *fork, uint32_t *number)
{
	if (parts(by))
		group_join(by->labels, fork->labels, NULL, NULL, number);
	else if (number)
		number[0] = 0;
}

void by_put(const struct by *by, size_t label, struct output *out)
{
	struct text rest, part = { 0 };

	if (!parts(by))
		return;
	rest = group_key(by->labels, label);
	for (size_t i = 0; i < parts(by); i++) {
		text_split(&rest, SEPARATOR, &part);
		output_text(out, part);
	}
}

void by_release(struct by *by)
{
	group_free(by->labels);
	buf_release(&by->key);
	free(by->days);
	arena_release(&by->arena);
	free(by->columns);
}
