/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of --by. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/by.h"

#define SEPARATOR '\x1f'

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

struct input *by_input(struct by *by, const struct common *common,
		       const struct schema *schema,
		       const struct input_column *columns, size_t n,
		       char *const *files, size_t nfiles)
{
	*by = (struct by){ .first = n };
	split(by, common->by);
	by->labels = group_new(0, 0, NULL, NULL);
	by->columns = mem_alloc(n + by->n, sizeof(*by->columns));
	memcpy(by->columns, columns, n * sizeof(*columns));
	for (size_t i = 0; i < by->n; i++)
		by->columns[n + i] = (struct input_column){
			by->name[i], COL_TEXT, INPUT_REQUIRED
		};
	return input_open(common, schema, by->columns, n + by->n, files,
			  nfiles);
}

struct output *by_open(const struct by *by, const struct common *common,
		       const struct output_column *columns, size_t n)
{
	struct output_column *all = mem_alloc(by->n + n, sizeof(*all));
	struct output *out;

	for (size_t i = 0; i < by->n; i++)
		all[i] = (struct output_column){ by->name[i], COL_TEXT };
	memcpy(all + by->n, columns, n * sizeof(*columns));
	out = output_open(common, all, by->n + n);
	free(all);
	return out;
}

size_t by_label(struct by *by, const struct cell *cell)
{
	if (!by->n)
		return 0;
	buf_clear(&by->key);
	for (size_t i = 0; i < by->n; i++) {
		if (i)
			buf_addc(&by->key, SEPARATOR);
		buf_addt(&by->key, cell[by->first + i].text);
	}
	return group_intern(by->labels, buf_text(&by->key));
}

size_t by_count(const struct by *by)
{
	return by->n ? group_count(by->labels) : 1;
}

size_t *by_order(const struct by *by)
{
	size_t n = by_count(by);
	size_t *order = mem_zalloc(n, sizeof(*order));
	uint32_t *sorted = group_sorted(by->labels);

	for (size_t i = 0; by->n && i < n; i++)
		order[i] = sorted[i];
	free(sorted);
	return order;
}

void by_put(const struct by *by, size_t label, struct output *out)
{
	struct text rest, part = { 0 };

	if (!by->n)
		return;
	rest = group_key(by->labels, label);
	for (size_t i = 0; i < by->n; i++) {
		text_split(&rest, SEPARATOR, &part);
		output_text(out, part);
	}
}

void by_release(struct by *by)
{
	group_free(by->labels);
	buf_release(&by->key);
	arena_release(&by->arena);
	free(by->columns);
}
