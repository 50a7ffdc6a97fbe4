/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-profile --compare for people: a column for each group, a line for each
 * measure or word, the effect at the end of the first. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "cmd/profile/compare.h"

/* Words of a column that are shown, by how many rows of all groups have
 * them. */
#define WORDS_SHOWN 8

struct output *compare_open_beside(const struct profile *p,
				   const struct compared *c)
{
	struct output_column *col = mem_alloc(c->groups + 3, sizeof(*col));
	char **name = mem_alloc(c->groups, sizeof(*name));
	struct output *out;
	size_t n = 0;

	col[n++] = (struct output_column){ "column", COL_TEXT };
	col[n++] = (struct output_column){ "measure", COL_TEXT };
	for (size_t g = 0; g < c->groups; g++) {
		struct buf b = { 0 };

		/* Names of columns may not be equal, or empty. */
		buf_addf(&b, "%s=%.*s", p->o->compare, (int)c->name[g].n,
			 c->name[g].p);
		name[g] = b.p;
		col[n++] = (struct output_column){ name[g], COL_REAL };
	}
	col[n++] = (struct output_column){ "effect", COL_TEXT };
	out = output_open(&p->o->common, col, n);
	for (size_t g = 0; g < c->groups; g++)
		free(name[g]);
	free(name);
	free(col);
	return out;
}

static void add_rounded(struct buf *b, double v)
{
	char s[NUMBER_MAX_BYTES];

	buf_add(b, s, number_format_fixed(v, 2, s));
}

/* Small means keep their digits. */
static void add_real(struct buf *b, double v)
{
	char s[NUMBER_MAX_BYTES];

	if (isfinite(v) && v != 0 && fabs(v) < 0.1)
		buf_add(b, s, number_format(v, s));
	else if (isfinite(v))
		add_rounded(b, v);
}

/* "hedges_g -0.71 [-1.20, -0.22]" */
static void put_effect(const struct profile_writer *w,
		       const struct compared *c, bool first)
{
	struct buf b = { 0 };

	if (first && c->effects) {
		const struct effect *e = &c->effect[0];

		buf_addf(&b, "%s ", e->name);
		add_rounded(&b, e->value);
		if (isfinite(e->low)) {
			buf_adds(&b, " [");
			add_rounded(&b, e->low);
			buf_adds(&b, ", ");
			add_rounded(&b, e->high);
			buf_addc(&b, ']');
		}
	}
	output_text(w->out, buf_text(&b));
	buf_release(&b);
}

static void begin_line(const struct profile_writer *w,
		       const struct compared *c, struct text measure,
		       bool first)
{
	output_str(w->out, first ? c->column->name : NULL);
	output_text(w->out, measure);
}

static void end_line(const struct profile_writer *w, const struct compared *c,
		     bool first)
{
	put_effect(w, c, first);
	output_end(w->out);
}

/* Of all rows of the group, so that what is missing shows. */
static void write_filled(const struct profile_writer *w,
			 const struct compared *c)
{
	begin_line(w, c, TEXT("n"), true);
	for (size_t g = 0; g < c->groups; g++)
		output_int(w->out, (int64_t)c->r[g].filled);
	end_line(w, c, true);
}

static void write_means(const struct profile_writer *w,
			const struct compared *c)
{
	begin_line(w, c, TEXT("mean (sd)"), false);
	for (size_t g = 0; g < c->groups; g++) {
		struct buf b = { 0 };

		if (c->r[g].numeric) {
			add_real(&b, c->r[g].mean);
			buf_adds(&b, " (");
			add_real(&b, sqrt(c->r[g].variance));
			buf_addc(&b, ')');
		}
		output_text(w->out, buf_text(&b));
		buf_release(&b);
	}
	end_line(w, c, false);
}

static void write_medians(const struct profile_writer *w,
			  const struct compared *c)
{
	begin_line(w, c, TEXT("median"), false);
	for (size_t g = 0; g < c->groups; g++)
		compare_put_median(w, c, g);
	end_line(w, c, false);
}

/* ---- words ---- */

struct word {
	struct text text;
	uint64_t count;		/* in all groups */
};

static int by_count_then_text(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return text_cmp(x->text, y->text);
}

static uint64_t count_in(const struct description *r, struct text t)
{
	for (size_t i = 0; i < r->tops; i++)
		if (text_eq(t, (struct text){ r->top[i].text, r->top[i].n }))
			return r->top[i].count;
	return 0;
}

/* Room for the words of all groups, each once. */
static struct word *word_room(const struct compared *c)
{
	size_t most = 1;

	for (size_t g = 0; g < c->groups; g++)
		most += c->r[g].tops;
	return mem_zalloc(most, sizeof(struct word));
}

static size_t find_words(const struct compared *c, struct word **words)
{
	struct group *seen = group_new(0, 0, NULL, NULL);
	struct word *w = word_room(c);
	size_t n;

	for (size_t g = 0; g < c->groups; g++)
		for (size_t i = 0; i < c->r[g].tops; i++) {
			const struct describe_top *t = &c->r[g].top[i];
			struct text text = { t->text, t->n };
			size_t k = group_intern(seen, text);

			w[k].text = text;
			w[k].count += t->count;
		}
	n = group_count(seen);
	group_free(seen);
	if (n)
		qsort(w, n, sizeof(*w), by_count_then_text);
	*words = w;
	return n;
}

static void put_share(const struct profile_writer *w,
		      const struct description *r, uint64_t count)
{
	char s[48];
	int64_t tenths;

	if (!r->filled) {
		output_empty(w->out);
		return;
	}
	tenths = (int64_t)money_ratio((money_wide)count * 1000,
				      (money_wide)r->filled, 0);
	output_text(w->out,
		    (struct text){ s, text_putf(s, sizeof(s), "%llu (%d.%d%%)",
						(unsigned long long)count,
						(int)(tenths / 10),
						(int)(tenths % 10)) });
}

static void write_words(const struct profile_writer *w,
			const struct compared *c)
{
	struct word *words;
	size_t n = find_words(c, &words);

	for (size_t i = 0; i < n && i < WORDS_SHOWN; i++) {
		struct buf b = { 0 };

		profile_show(&b, c->column, words[i].text, 24);
		begin_line(w, c, buf_text(&b), false);
		for (size_t g = 0; g < c->groups; g++)
			put_share(w, &c->r[g],
				  count_in(&c->r[g], words[i].text));
		end_line(w, c, false);
		buf_release(&b);
	}
	free(words);
}

void compare_write_beside(const struct profile_writer *w,
			  const struct compared *c)
{
	write_filled(w, c);
	if (compared_numbers(c))
		write_means(w, c);
	if (!compared_words(c) && c->type != DESCRIBE_EMPTY)
		write_medians(w, c);
	/* Texts that hardly repeat have no words to compare. */
	if (c->type == DESCRIBE_CATEGORY || c->type == DESCRIBE_YESNO)
		write_words(w, c);
}
