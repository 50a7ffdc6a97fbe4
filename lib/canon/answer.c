/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of answers, in a table. */
#include "canon/answer.h"

#include "base/ascii.h"
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

struct text answer_word(struct text clean)
{
	for (size_t i = 0; i < NELEMS(words); i++)
		if (text_is_word(clean, text_of(words[i].word)))
			return text_of(words[i].score);
	return (struct text){ 0 };
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
	return ascii_is_letter(c) || (unsigned char)c >= 0x80;
}

struct text answer_figure(struct text clean)
{
	struct text rest = clean;
	size_t n = 0;

	while (n < clean.n && ascii_is_digit(clean.p[n]))
		n++;
	rest.p += n;
	rest.n -= n;
	if (n == 0 || n > 3 || !skip_signs(&rest) || rest.n == 0 ||
	    !is_letter(rest.p[0]))
		return clean;
	return (struct text){ clean.p, n };
}
