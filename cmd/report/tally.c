/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a stream counted by the words of one column. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"

#include "cmd/report/tally.h"

#define BARS 10

struct tally *tally_new(void)
{
	struct tally *t = mem_zalloc(1, sizeof(*t));

	t->words = group_new(0, 0, NULL, NULL);
	for (int s = 0; s < SPANS; s++)
		t->span[s] = mix_new(MIX_PLAIN);
	return t;
}

void tally_free(struct tally *t)
{
	group_free(t->words);
	for (int s = 0; s < SPANS; s++)
		mix_free(t->span[s]);
	free(t);
}

void tally_add_once(struct tally *t, enum span span, struct text word,
		    struct text id)
{
	group_intern(t->words, word);
	mix_add(t->span[span], &(struct mix_line){
				       .group = word,
				       .distinct = id,
			       });
}

void tally_add(struct tally *t, enum span span, struct text word)
{
	tally_add_once(t, span, word, (struct text){ 0 });
}

static int64_t count_of(const struct mix_group *g)
{
	return (int64_t)(g->distinct ? g->distinct : g->rows);
}

int64_t tally_total(const struct tally *t, enum span span)
{
	int64_t total = 0;

	mix_finish(t->span[span], 1);
	for (size_t i = 0; i < mix_groups(t->span[span]); i++) {
		struct mix_group g = mix_group(t->span[span], i);
		total += count_of(&g);
	}
	return total;
}

/* Sorted by the words of the data, which the translated ones may not be. */
struct sortable {
	struct text word;
	struct tally_row row;
};

static int by_rows(const void *a, const void *b)
{
	const struct sortable *x = a, *y = b;

	if (x->row.rows[NOW] != y->row.rows[NOW])
		return x->row.rows[NOW] > y->row.rows[NOW] ? -1 : 1;
	return text_cmp(x->word, y->word);
}

static void fill_shares(struct tally_row *row, size_t n)
{
	money_wide *value = mem_alloc(n, sizeof(*value));
	int64_t *share = mem_zalloc(n, sizeof(*share));

	for (size_t i = 0; i < n; i++)
		value[i] = row[i].rows[NOW];
	mix_shares(value, n, VALUE_PPM, share);
	for (size_t i = 0; i < n; i++)
		row[i].share = share[i];
	free(value);
	free(share);
}

struct tally_row *tally_rows(struct build *b, const struct tally *t, size_t *n)
{
	size_t all = group_count(t->words);
	struct sortable *s = mem_zalloc(all, sizeof(*s));
	struct tally_row *row = mem_alloc(all, sizeof(*row));

	for (size_t i = 0; i < all; i++) {
		s[i].word = group_key(t->words, i);
		s[i].row.word = s[i].word.n ?
					tr(report_str(b->report, s[i].word)) :
					tr("(none)");
	}
	for (int p = 0; p < SPANS; p++) {
		mix_finish(t->span[p], 1);
		for (size_t i = 0; i < mix_groups(t->span[p]); i++) {
			struct mix_group g = mix_group(t->span[p], i);
			size_t word = group_find(t->words, g.key);
			s[word].row.rows[p] = count_of(&g);
		}
	}
	qsort(s, all, sizeof(*s), by_rows);
	for (size_t i = 0; i < all; i++)
		row[i] = s[i].row;
	fill_shares(row, all);
	free(s);
	*n = all;
	return row;
}

void tally_figure(struct build *b, struct section *s, const char *caption,
		  struct chart c, const char *what,
		  const struct tally_row *row, size_t n,
		  const struct origin *origin)
{
	const char *label[BARS];
	double value[BARS] = { 0 };
	struct series series = { .name = what, .value = value,
				 .n = n < BARS ? n : BARS };

	for (size_t i = 0; i < n; i++) {
		size_t at = i < BARS ? i : BARS - 1;
		value[at] += (double)row[i].rows[NOW];
		label[at] = i < BARS ? row[i].word : tr("all others");
	}
	c.kind = CHART_PARETO;
	c.label = label;
	c.n = series.n;
	c.series = &series;
	c.nseries = 1;
	c.whole = true;
	c.highlight = c.compare = CHART_NONE;
	report_figure(b->report, s, caption, &c, origin);
}
