/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wordings in a table, samples one by one. */
#include "canon/question.h"

#include "base/ascii.h"
#include "base/mem.h"
#include "base/number.h"
#include "canon/answer.h"
#include "canon/clean.h"
#include "canon/decimal.h"
#include "canon/plan.h"

/* ---- headers ---- */

static void drop_front(struct text *t, size_t n)
{
	t->p += n;
	t->n -= n;
}

static bool drop_any(struct text *t, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_starts(*t, words[i])) {
			drop_front(t, text_of(words[i]).n);
			return true;
		}
	return false;
}

static bool drop_figures(struct text *t)
{
	size_t n = 0;

	while (n < t->n && ascii_is_digit(t->p[n]))
		n++;
	drop_front(t, n);
	return n > 0;
}

static struct text without_mark(struct text t)
{
	static const char *const marks[] = { "?", "。", ":", "!" };

	for (size_t i = 0; i < NELEMS(marks); i++)
		if (text_ends(t, marks[i]))
			t.n -= text_of(marks[i]).n;
	return t;
}

struct text question_bare(struct text folded)
{
	static const char *const before[] = { "question", "第", "q", "(", "[" };
	static const char *const after[] = { "、", ".", ":", ")", "]", "-",
					     "_", ",", "題", "题", "|" };
	struct text t = folded;
	bool lead = drop_any(&t, before, NELEMS(before)), sign = false;

	if (!drop_figures(&t))
		return without_mark(folded);
	while (drop_any(&t, after, NELEMS(after)))
		sign = true;
	if (t.n == 0 || !(lead || sign))
		return folded;
	return without_mark(t);
}

/* Figures at the front, without them; their value, -1 for none or many. */
static int take_figures(struct text *t)
{
	int v = 0;
	size_t n = 0;

	for (; n < t->n && t->p[n] >= '0' && t->p[n] <= '9'; n++)
		v = n < 4 ? 10 * v + t->p[n] - '0' : -1;
	drop_front(t, n);
	return n > 0 && n < 4 ? v : -1;
}

/* What follows the first figure of a scale, "-10分)"; else {NULL, 0}. */
static struct text highest_of(struct text t)
{
	static const char *const to[] = { "-", "~", "–", "—", "至", "到",
					  "to" };
	struct text high;
	int v;

	if (!drop_any(&t, to, NELEMS(to)))
		return (struct text){ 0 };
	high = t;
	v = take_figures(&t);
	if (!((v >= 4 && v <= 10) || v == 100))
		return (struct text){ 0 };
	high.n -= t.n;
	return high;
}

struct text question_highest(struct text folded)
{
	struct text t = question_bare(folded);

	while (t.n) {
		struct text high = { 0 };
		int v;

		if (t.p[0] < '0' || t.p[0] > '9') {
			drop_front(&t, 1);
			continue;
		}
		v = take_figures(&t);
		if (v == 0 || v == 1)
			high = highest_of(t);
		if (high.n)
			return high;
	}
	return (struct text){ 0 };
}

bool question_is_number(struct text folded)
{
	static const char *const words[] = { "id", "#", "no", "no.", "nr",
					     "nr.", "index", "unnamed:0" };

	for (size_t i = 0; i < NELEMS(words); i++)
		if (text_is(folded, words[i]))
			return true;
	return false;
}

bool question_recommends(struct text folded)
{
	/* Both words of a line, in any order. */
	static const char *const asks[][2] = {
		{ "推荐", "可能" },
		{ "推荐", "意愿" },
		{ "推荐", "多大" },
		{ "推荐", "程度" },
		{ "推荐", "愿意向" },
		{ "推荐给", "愿意" },
		{ "recommend", "likely" },
		{ "recommend", "likelihood" },
		{ "recommend", "willing" },
		{ "recommand", "probab" },
		{ "recomend", "probab" },
		{ "empfehl", "wahrscheinlich" },
	};
	static const char *const others[] = { "原因", "为什么", "理由", "why",
					      "reason", "group", "分类" };

	for (size_t i = 0; i < NELEMS(others); i++)
		if (text_find(folded, others[i]) != SIZE_MAX)
			return false;
	for (size_t i = 0; i < NELEMS(asks); i++)
		if (text_find(folded, asks[i][0]) != SIZE_MAX &&
		    text_find(folded, asks[i][1]) != SIZE_MAX)
			return true;
	return false;
}

/* ---- samples ---- */

enum sample { NO_SCORE, SCORE, MIDDLE_WORD, NEGATIVE };

static enum sample judge(struct text raw, double most, bool labels, double *v)
{
	char number[DECIMAL_BYTES];
	struct buf room = { 0 };
	struct text t = clean_code(raw, buf_room(&room, raw.n));
	struct text score = answer_word(t);
	enum sample what = NO_SCORE;

	if (score.n) {
		what = text_is(score, "3") ? MIDDLE_WORD : SCORE;
		*v = 0;
	} else {
		size_t n = decimal_read(labels ? answer_figure(t) : t,
					DECIMAL_SCORE, false, number);

		if (n && number_real((struct text){ number, n }, v) &&
		    *v <= most)
			what = *v < 0 ? NEGATIVE : SCORE;
	}
	buf_release(&room);
	return what;
}

/* The cell, cleaned; empty where the row has none or is no data. */
static struct text sample_of(const struct plan_file *f, size_t r, size_t i)
{
	const struct grid *g = f->grid;

	if (i >= g->width[r] ||
	    layout_not_data(g->cell[r], g->width[r], f->header, f->columns))
		return (struct text){ 0 };
	return clean_text(g->cell[r][i]);
}

bool question_scored(const struct plan_file *f, size_t i,
		     const struct reading_rules *rules, double most,
		     bool labels, double *highest)
{
	size_t scores = 0, steps = 0;
	double before = 0, v = 0;

	*highest = 0;
	for (size_t r = f->first_sample; r < f->grid->rows; r++) {
		struct text t = sample_of(f, r, i);
		enum sample what;

		if (clean_is_null(t) || reading_is_na(rules, t))
			continue;
		what = judge(t, most, labels, &v);
		if (what == NO_SCORE)
			return false;
		if (what != SCORE)
			continue;
		steps += scores && v == before + 1;
		before = v;
		*highest = v > *highest ? v : *highest;
		scores++;
	}
	return scores > 0 && !(scores > 3 && steps == scores - 1);
}
