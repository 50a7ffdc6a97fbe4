/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the sources of growth. */
#include "cmd/mix/sources.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/group.h"
#include "base/mem.h"
#include "base/share.h"
#include "stream/input.h"

enum { SOURCE, WORD, COLUMNS };

struct sources {
	struct group *names;
	struct group *words; /* entries: the number of the source */
	struct buf lower;
};

static struct text lower(struct sources *s, struct text word)
{
	word = text_trim(word);
	buf_clear(&s->lower);
	for (size_t i = 0; i < word.n; i++)
		buf_addc(&s->lower, ascii_lower(word.p[i]));
	return buf_text(&s->lower);
}

/* The first meaning of a word counts. */
static void add_word(struct sources *s, struct text word, size_t source)
{
	size_t known = group_count(s->words);
	size_t at = group_intern(s->words, lower(s, word));
	uint64_t *entry = group_entry(s->words, at);

	if (at == known)
		*entry = source;
}

struct sources *sources_open(const char *path)
{
	static const struct input_column columns[COLUMNS] = {
		[SOURCE] = {"source", COL_TEXT, INPUT_FILLED},
		[WORD] = {"word", COL_TEXT, INPUT_REQUIRED},
	};
	struct sources *s = mem_zalloc(1, sizeof(*s));
	char *own = path ? mem_strdup(path) : share_path("growth-sources.csv");
	char *files[] = {own, NULL};
	struct common common;
	struct input *in;
	struct row row;

	s->names = group_new(0, 0, NULL, NULL);
	s->words = group_new(sizeof(uint64_t), 0, NULL, NULL);
	common_beside(&common);
	in = input_open(&common, NULL, columns, COLUMNS, files, 1);
	while (input_next(in, &row)) {
		size_t at = group_intern(s->names, row.cell[SOURCE].text);

		add_word(s, row.cell[SOURCE].text, at);
		if (row.cell[WORD].known)
			add_word(s, row.cell[WORD].text, at);
	}
	input_close(in, 0);
	free(own);
	return s;
}

void sources_close(struct sources *s)
{
	if (!s)
		return;
	group_free(s->names);
	group_free(s->words);
	buf_release(&s->lower);
	free(s);
}

size_t sources_count(const struct sources *s)
{
	return group_count(s->names);
}

struct text sources_name(const struct sources *s, size_t i)
{
	return group_key(s->names, i);
}

size_t sources_find(struct sources *s, struct text word)
{
	size_t at = group_find(s->words, lower(s, word));
	const uint64_t *entry;

	if (at == SIZE_MAX)
		return SIZE_MAX;
	entry = group_entry(s->words, at);
	return (size_t)*entry;
}
