/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and the words for them, by one table of kind and word. */
#include "model/codes.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/group.h"
#include "base/mem.h"

struct words {
	struct text *word;
	size_t n, cap;
};

struct codes {
	struct code *code;
	struct words *words;	/* of each code */
	size_t n, cap, words_cap;
	struct group *meaning;	/* kind, NUL, word -> number of the code */
	struct group *kinds;
	struct arena texts;
};

/* A kind and a word as one key. */
struct key {
	char bytes[2 * CODES_WORD + 1];
	struct text text;
};

struct codes *codes_new(void)
{
	struct codes *c = mem_zalloc(1, sizeof(*c));

	c->meaning = group_new(sizeof(uint64_t), 0, NULL, NULL);
	c->kinds = group_new(0, 0, NULL, NULL);
	return c;
}

void codes_free(struct codes *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++)
		free(c->words[i].word);
	free(c->words);
	free(c->code);
	group_free(c->meaning);
	group_free(c->kinds);
	arena_release(&c->texts);
	free(c);
}

/* False: too long, or nothing, to be a word. */
static bool key_of(struct key *k, struct text kind, struct text word)
{
	char *to = k->bytes;

	word = text_trim(word);
	if (kind.n == 0 || word.n == 0 || kind.n > CODES_WORD ||
	    word.n > CODES_WORD)
		return false;
	memcpy(to, kind.p, kind.n);
	to += kind.n;
	*to++ = '\0';
	for (size_t i = 0; i < word.n; i++)
		*to++ = ascii_lower(word.p[i]);
	k->text = (struct text){ k->bytes, (size_t)(to - k->bytes) };
	return true;
}

size_t codes_find(const struct codes *c, struct text kind, struct text word)
{
	const uint64_t *number;
	struct key key = { .text = { 0 } };
	size_t at;

	if (!key_of(&key, kind, word))
		return CODES_NONE;
	at = group_find(c->meaning, key.text);
	if (at == SIZE_MAX)
		return CODES_NONE;
	number = group_entry(c->meaning, at);
	return (size_t)*number;
}

static struct text keep(struct codes *c, struct text t)
{
	return (struct text){ arena_copy(&c->texts, t.p, t.n), t.n };
}

bool codes_also(struct codes *c, size_t i, struct text word)
{
	struct words *w = &c->words[i];
	size_t known = codes_find(c, c->code[i].kind, word);
	uint64_t *number;
	struct key key = { .text = { 0 } };

	if (known != CODES_NONE)
		return known == i;
	if (!key_of(&key, c->code[i].kind, word))
		return word.n == 0;
	number = group_entry(c->meaning, group_intern(c->meaning, key.text));
	*number = i;
	w->word = mem_grow(w->word, w->n, &w->cap, sizeof(*w->word));
	w->word[w->n++] = keep(c, text_trim(word));
	return true;
}

/* Whether a code may have these words. */
static bool is_fit(const struct codes *c, const struct code *code)
{
	struct key key = { .text = { 0 } };

	return key_of(&key, code->kind, code->code) &&
	       codes_find(c, code->kind, code->code) == CODES_NONE &&
	       codes_find(c, code->kind, code->zh) == CODES_NONE &&
	       codes_find(c, code->kind, code->en) == CODES_NONE;
}

size_t codes_add(struct codes *c, const struct code *code)
{
	size_t i = c->n;
	struct code *to;

	if (!is_fit(c, code))
		return CODES_NONE;
	c->code = mem_grow(c->code, c->n, &c->cap, sizeof(*c->code));
	c->words = mem_grow(c->words, c->n, &c->words_cap, sizeof(*c->words));
	to = &c->code[c->n];
	c->words[c->n++] = (struct words){ 0 };
	*to = (struct code){
		.kind = keep(c, code->kind), .code = keep(c, code->code),
		.zh = keep(c, code->zh), .en = keep(c, code->en),
		.severity = code->severity, .note = keep(c, code->note),
		.note_zh = keep(c, code->note_zh),
		.source = keep(c, code->source),
		.under = keep(c, code->under),
	};
	group_intern(c->kinds, code->kind);
	codes_also(c, i, code->code);
	codes_also(c, i, code->zh);
	codes_also(c, i, code->en);
	return i;
}

size_t codes_count(const struct codes *c)
{
	return c->n;
}

const struct code *codes_code(const struct codes *c, size_t i)
{
	return &c->code[i];
}

bool codes_word(const struct codes *c, size_t i, size_t k, struct text *word)
{
	if (k >= c->words[i].n)
		return false;
	*word = c->words[i].word[k];
	return true;
}

bool codes_has_kind(const struct codes *c, struct text kind)
{
	return group_find(c->kinds, kind) != SIZE_MAX;
}

struct text codes_of(const struct codes *c, struct text kind, struct text word)
{
	size_t i = codes_find(c, kind, word);

	return i == CODES_NONE ? word : c->code[i].code;
}

struct text codes_name(const struct codes *c, struct text kind,
		       struct text word, bool zh)
{
	size_t i = codes_find(c, kind, word);
	struct text name;

	if (i == CODES_NONE)
		return word;
	name = zh ? c->code[i].zh : c->code[i].en;
	return name.n ? name : c->code[i].code;
}
