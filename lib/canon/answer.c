/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of answers, in a table. */
#include "canon/answer.h"

#include "base/mem.h"

/* What forms offer; the words in between are left out where one cannot tell
 * how many there are. */
static const struct {
	const char *word, *score;
} words[] = {
	{ "非常满意", "5" },
	{ "很满意", "5" },
	{ "十分满意", "5" },
	{ "满意", "4" },
	{ "比较满意", "4" },
	{ "较满意", "4" },
	{ "一般", "3" },
	{ "不满意", "2" },
	{ "不太满意", "2" },
	{ "较不满意", "2" },
	{ "比较不满意", "2" },
	{ "非常不满意", "1" },
	{ "很不满意", "1" },
	{ "十分不满意", "1" },
	{ "very satisfied", "5" },
	{ "extremely satisfied", "5" },
	{ "satisfied", "4" },
	{ "somewhat satisfied", "4" },
	{ "neutral", "3" },
	{ "neither satisfied nor dissatisfied", "3" },
	{ "dissatisfied", "2" },
	{ "unsatisfied", "2" },
	{ "somewhat dissatisfied", "2" },
	{ "very dissatisfied", "1" },
	{ "very unsatisfied", "1" },
	{ "extremely dissatisfied", "1" },
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(struct text t, struct text word)
{
	if (t.n != word.n)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (lower(t.p[i]) != word.p[i])
			return false;
	return true;
}

struct text answer_word(struct text clean)
{
	for (size_t i = 0; i < NELEMS(words); i++)
		if (is_word(clean, text_of(words[i].word)))
			return text_of(words[i].score);
	return (struct text){ 0 };
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Blanks and the signs between a figure and its label; false: none. */
static bool skip_signs(struct text *t)
{
	static const char *const signs[] = { " ", "-", "–", "—", ":",
					     "(", "=", ".", "、" };
	size_t before = t->n;

	for (size_t i = 0; i < NELEMS(signs) && t->n;) {
		size_t n = text_of(signs[i]).n;

		if (!text_starts(*t, signs[i])) {
			i++;
			continue;
		}
		t->p += n;
		t->n -= n;
		i = 0;
	}
	return t->n < before;
}

static bool is_letter(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

struct text answer_figure(struct text clean)
{
	struct text rest = clean;
	size_t n = 0;

	while (n < clean.n && is_digit(clean.p[n]))
		n++;
	rest.p += n;
	rest.n -= n;
	if (n == 0 || n > 3 || !skip_signs(&rest) || rest.n == 0 ||
	    !is_letter(rest.p[0]))
		return clean;
	return (struct text){ clean.p, n };
}
