/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another file's columns by key. */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "stream/join.h"

struct join {
	char *files[2];		/* its path, as the input wants it */
	struct common common;	/* an input of its own, without options */
	struct input *in;
	struct group *keys;
	size_t *column;		/* the file's number of each kept column */
	size_t kept, cap;
	struct text *values;	/* kept columns of entry 0, of entry 1, ... */
	size_t values_cap;
	struct arena arena;
};

struct join *join_open(const char *path)
{
	struct join *j = mem_zalloc(1, sizeof(*j));

	j->files[0] = mem_strdup(path);
	common_beside(&j->common);
	j->in = input_open(&j->common, NULL, NULL, 0, j->files, 1);
	j->keys = group_new(0, 0, NULL, NULL);
	return j;
}

static size_t find(const struct join *j, const char *column)
{
	for (size_t i = 0; i < input_width(j->in); i++)
		if (text_is(input_header(j->in, i), column))
			return i;
	return SIZE_MAX;
}

bool join_has(const struct join *j, const char *column)
{
	return find(j, column) != SIZE_MAX;
}

/* As find(), for a column that is used: it must stand in the header once. */
static size_t find_once(const struct join *j, const char *column)
{
	size_t at = find(j, column);

	for (size_t i = at + 1; at != SIZE_MAX && i < input_width(j->in); i++)
		if (text_is(input_header(j->in, i), column))
			die("%s: the column \"%s\" stands twice in the header",
			    j->files[0], column);
	return at;
}

size_t join_keep(struct join *j, const char *column)
{
	size_t at = find_once(j, column);

	for (size_t i = 0; i < j->kept; i++)
		if (j->column[i] == at)
			return i;
	j->column = mem_grow(j->column, j->kept, &j->cap, sizeof(*j->column));
	j->column[j->kept] = at;
	return j->kept++;
}

static void keep_row(struct join *j, size_t entry)
{
	if ((entry + 1) * j->kept > j->values_cap) {
		j->values_cap = (entry + 1) * j->kept * 2;
		j->values = mem_resize(j->values, j->values_cap,
				       sizeof(*j->values));
	}
	for (size_t i = 0; i < j->kept; i++) {
		struct text v = input_raw_cell(j->in, j->column[i]);

		j->values[entry * j->kept + i] = (struct text){
			arena_copy(&j->arena, v.p, v.n), v.n
		};
	}
}

void join_load(struct join *j, const char *key)
{
	size_t at = find_once(j, key);
	struct row row;

	if (at == SIZE_MAX)
		die("%s: no column \"%s\" to join by", j->files[0], key);
	while (input_next(j->in, &row)) {
		struct text k = input_raw_cell(j->in, at);
		size_t known = group_count(j->keys);

		if (k.n && group_intern(j->keys, k) == known)
			keep_row(j, known);
	}
	input_close(j->in, 0);
	j->in = NULL;
}

struct text join_value(const struct join *j, struct text key, size_t column)
{
	size_t entry = key.n ? group_find(j->keys, key) : SIZE_MAX;

	if (entry == SIZE_MAX)
		return (struct text){ 0 };
	return j->values[entry * j->kept + column];
}

void join_free(struct join *j)
{
	if (j->in)
		input_close(j->in, 0);
	group_free(j->keys);
	arena_release(&j->arena);
	free(j->values);
	free(j->column);
	free(j->files[0]);
	free(j);
}
