/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of any kind of column are compared with each other: symmetric, equal
 * only to themselves, within the levels of the kind; and brought together by
 * blocking, each pair once. The first byte says the kind and whether the
 * values are sets; the values stand in lines, a TAB parts those of a set and
 * a VT a value from its reading.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/linkage_block.h"
#include "model/similar.h"
#include "tests/fuzz/fuzz.h"

#define VALUES_MAX 12

static unsigned longer(struct text a, struct text b)
{
	return (unsigned)(a.n > b.n ? a.n : b.n);
}

/* The measures by themselves. */
static void try_measures(struct text a, struct text b)
{
	unsigned all = similar_edits(a, b, UINT32_MAX);
	double jw = similar_jaro_winkler(a, b);
	char code[5];

	must(all <= longer(a, b));
	must(all == similar_edits(b, a, UINT32_MAX));
	for (unsigned max = 0; max < 4; max++)
		must(similar_edits(a, b, max) == (all > max ? max + 1 : all));
	must(jw >= 0 && jw <= 1 && similar_jaro_winkler(b, a) == jw);
	must(similar_edits(a, a, 0) == 0 && similar_jaro_winkler(a, a) == 1);
	similar_soundex(a, code);
	must(strlen(code) == 0 || strlen(code) == 4);
}

struct input {
	enum linkage_kind kind;
	bool set;
	struct text value[VALUES_MAX], sound[VALUES_MAX];
	size_t n;
};

static void cut(struct input *in, char *p, size_t n)
{
	struct text rest = { p, n }, line;

	for (size_t i = 0; i < n; i++)
		if (p[i] == '\0')
			p[i] = ' ';
	while (in->n < VALUES_MAX && text_split(&rest, '\n', &line)) {
		text_split(&line, '\v', &in->value[in->n]);
		in->sound[in->n++] = line;
	}
	for (size_t i = 0; i < n; i++)
		if (p[i] == '\t')
			p[i] = in->set ? '\n' : ' ';
}

static void try_levels(const struct input *in, const struct linkage_values *v,
		       const uint32_t *code)
{
	unsigned levels = linkage_level_count(in->kind);

	for (size_t i = 0; i < in->n; i++)
		for (size_t j = 0; j < in->n; j++) {
			unsigned level;

			if (code[i] == LINKAGE_EMPTY ||
			    code[j] == LINKAGE_EMPTY)
				continue;
			level = linkage_compare(v, code[i], code[j]);
			must(level < levels);
			must(level == linkage_compare(v, code[j], code[i]));
			must(in->set || (level == 0) == (code[i] == code[j]));
			must(code[i] != code[j] || level == 0);
			linkage_shared_frequency(v, code[i], code[j]);
		}
}

static void try_blocks(const struct input *in, const struct linkage_values *v,
		       const uint32_t *code)
{
	struct linkage_block_column column = { in->kind, false, v, code };
	struct linkage_block *b =
		linkage_block_new(&column, 1, (uint32_t)in->n, 60);
	bool met[VALUES_MAX][VALUES_MAX] = { { false } };

	for (size_t p = 0; p < linkage_block_passes(b); p++) {
		struct linkage_candidate pair;
		struct linkage_walk w;

		linkage_block_open(b, p);
		linkage_walk_start(b, &w, 0, 1);
		while (linkage_walk_next(b, &w, &pair, 1)) {
			must(pair.a < pair.b && pair.b < in->n);
			must(!met[pair.a][pair.b]);
			met[pair.a][pair.b] = true;
		}
	}
	linkage_block_free(b);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct input in = { .n = 0 };
	struct linkage_values *v;
	uint32_t code[VALUES_MAX];
	char *copy;

	if (size < 2 || size > 4096)
		return 0;
	in.kind = (enum linkage_kind)((data[0] & 31) % LINKAGE_KINDS);
	in.set = data[0] & 32;
	copy = mem_alloc(size, 1);
	memcpy(copy, data + 1, size - 1);
	cut(&in, copy, size - 1);
	for (size_t i = 1; i < in.n; i++)
		try_measures(in.value[i - 1], in.value[i]);
	if (in.kind != LINKAGE_SOUND) {
		v = linkage_values_new(in.kind, in.set);
		for (size_t i = 0; i < in.n; i++)
			code[i] = linkage_values_add(v, in.value[i],
						     in.sound[i]);
		linkage_values_finish(v);
		try_levels(&in, v, code);
		try_blocks(&in, v, code);
		linkage_values_free(v);
	}
	free(copy);
	return 0;
}
