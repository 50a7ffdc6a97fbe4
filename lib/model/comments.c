/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words in comments. */
#include <math.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/group.h"
#include "base/mem.h"
#include "model/comments.h"

struct word {
	struct text text;
	bool open;		/* it may go on: it had an asterisk */
	bool whole;		/* the comment must be it */
};

struct words {
	struct word *word;
	size_t n, cap;
};

struct code {
	struct words words, except;
};

#define BITS 64

/* A response. */
struct said {
	size_t group;
	uint64_t codes[COMMENTS_CODES / BITS];
	int64_t units;		/* sum of its scores, in units of pairs.h */
	uint64_t scores;
};

struct comments {
	struct group *names;
	struct code code[COMMENTS_CODES];
	struct arena texts;
	struct group *responses;	/* struct said by group and id */
	struct buf key, folded;
};

struct comments *comments_new(void)
{
	struct comments *c = mem_zalloc(1, sizeof(*c));

	c->names = group_new(1, 0, NULL, NULL);
	c->responses = group_new(sizeof(struct said), 0, NULL, NULL);
	return c;
}

void comments_free(struct comments *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < group_count(c->names); i++) {
		free(c->code[i].words.word);
		free(c->code[i].except.word);
	}
	group_free(c->names);
	group_free(c->responses);
	arena_release(&c->texts);
	buf_release(&c->key);
	buf_release(&c->folded);
	free(c);
}

/* ---- codes ---- */

static void fold(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = ascii_lower(p[i]);
}

/* False: a word is empty. */
static bool take_words(struct comments *c, struct words *to, struct text list)
{
	struct text part;

	if (text_trim(list).n == 0)
		return true;
	while (text_split(&list, '|', &part)) {
		struct word w = { .text = text_trim(part) };
		char *copy;

		w.whole = text_take(&w.text, '=');
		w.open = text_ends(w.text, "*");
		w.text.n -= w.open;
		if (w.text.n == 0)
			return false;
		copy = arena_copy(&c->texts, w.text.p, w.text.n);
		fold(copy, w.text.n);
		w.text.p = copy;
		to->word = mem_grow(to->word, to->n, &to->cap,
				    sizeof(*to->word));
		to->word[to->n++] = w;
	}
	return true;
}

enum comments_fault comments_code(struct comments *c, struct text code,
				  struct text words, struct text exceptions)
{
	size_t n = group_count(c->names);
	struct code *to;

	if (group_find(c->names, code) != SIZE_MAX)
		return COMMENTS_TWICE;
	if (text_is(code, "uncoded") || text_is(code, "all"))
		return COMMENTS_RESERVED;
	if (n == COMMENTS_CODES)
		return COMMENTS_TOO_MANY;
	to = &c->code[group_intern(c->names, code)];
	if (!take_words(c, &to->words, words) || to->words.n == 0 ||
	    !take_words(c, &to->except, exceptions))
		return COMMENTS_WORDLESS;
	return COMMENTS_FINE;
}

size_t comments_codes(const struct comments *c)
{
	return group_count(c->names);
}

/* ---- comments ---- */

static bool is_latin(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Does no Latin word go on over this edge of the comment? */
static bool is_edge(struct text t, size_t at)
{
	return at == 0 || at == t.n || !is_latin(t.p[at - 1]) ||
	       !is_latin(t.p[at]);
}

/* Where the word stands next, from `from` on; SIZE_MAX. */
static size_t next_word(const struct word *w, struct text t, size_t from)
{
	size_t n = w->text.n;

	if (w->whole)
		return from == 0 && text_eq(t, w->text) ? 0 : SIZE_MAX;
	while (from + n <= t.n) {
		const char *at = memmem(t.p + from, t.n - from, w->text.p, n);
		size_t i;

		if (at == NULL)
			return SIZE_MAX;
		i = (size_t)(at - t.p);
		if (is_edge(t, i) && (w->open || is_edge(t, i + n)))
			return i;
		from = i + 1;
	}
	return SIZE_MAX;
}

/* Do the bytes from..to-1 lie within an exception? */
static bool is_excepted(const struct words *except, struct text t, size_t from,
			size_t to)
{
	for (size_t k = 0; k < except->n; k++) {
		const struct word *w = &except->word[k];
		size_t i = next_word(w, t, 0);

		while (i != SIZE_MAX && i <= from) {
			if (to <= i + w->text.n)
				return true;
			i = next_word(w, t, i + 1);
		}
	}
	return false;
}

static bool mentions(const struct code *code, struct text t)
{
	for (size_t k = 0; k < code->words.n; k++) {
		const struct word *w = &code->words.word[k];
		size_t i = next_word(w, t, 0);

		while (i != SIZE_MAX) {
			if (!is_excepted(&code->except, t, i, i + w->text.n))
				return true;
			i = next_word(w, t, i + 1);
		}
	}
	return false;
}

static struct said *said_of(struct comments *c, size_t group, struct text id)
{
	struct said *s;

	buf_clear(&c->key);
	buf_add(&c->key, (const char *)&group, sizeof(group));
	buf_addt(&c->key, id);
	s = group_entry(c->responses,
			group_intern(c->responses, buf_text(&c->key)));
	s->group = group;
	return s;
}

void comments_add(struct comments *c, size_t group, struct text response,
		  struct text comment, double score)
{
	struct said *s = said_of(c, group, response);
	struct text t;

	buf_clear(&c->folded);
	buf_addt(&c->folded, text_trim(comment));
	fold(c->folded.p, c->folded.n);
	t = buf_text(&c->folded);
	for (size_t i = 0; i < group_count(c->names); i++)
		if (mentions(&c->code[i], t))
			s->codes[i / BITS] |= (uint64_t)1 << i % BITS;
	if (isnan(score))
		return;
	s->units += llround(score * PAIRS_UNITS);
	s->scores++;
}

/* ---- figures ---- */

static void count(struct comments_count *to, const struct said *s)
{
	to->responses++;
	if (s->scores)
		pairs_add(&to->score,
			  (double)s->units / (double)s->scores / PAIRS_UNITS,
			  0);
}

struct comments_count *comments_finish(struct comments *c, size_t groups)
{
	size_t codes = group_count(c->names), width = codes + 2;
	struct comments_count *all = mem_zalloc(groups * width, sizeof(*all));

	for (size_t r = 0; r < group_count(c->responses); r++) {
		const struct said *s = group_entry(c->responses, r);
		struct comments_count *row = &all[s->group * width];
		bool any = false;

		for (size_t i = 0; i < codes; i++) {
			if (!(s->codes[i / BITS] >> i % BITS & 1))
				continue;
			count(&row[i], s);
			any = true;
		}
		if (!any)
			count(&row[codes], s);
		count(&row[codes + 1], s);
	}
	return all;
}
