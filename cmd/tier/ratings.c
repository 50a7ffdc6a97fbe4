/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratings of customers, by number or by word. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/ratings.h"

static const char *weights;

const struct opt ratings_options[] = {
	{ OPT_TEXT, 0, "weights", "W,... or FILE",
	  "mvc, key: how much each counts", &weights, .common = true },
	{ OPT_END },
};

struct ratings {
	struct group *of;    /* struct rating by customer_id */
	struct group *words; /* int64_t by word; NULL: numbers only */
};

const char *ratings_weights(void)
{
	return weights;
}

static void read_words(const struct run *run, struct ratings *r,
		       const char *path)
{
	static const struct input_column columns[] = {
		{ "word", COL_TEXT, INPUT_FILLED },
		{ "value", COL_MONEY, INPUT_FILLED },
	};
	struct common common;
	struct input *in =
		side_open(run, &common, path, NULL, columns, NELEMS(columns));
	struct row row;

	r->words = group_new(sizeof(int64_t), 0, NULL, NULL);
	while (input_next(in, &row)) {
		size_t known = group_count(r->words);
		size_t at = group_intern(r->words, row.cell[0].text);

		if (at != known)
			side_refuse(&row, "the word stands further up");
		*(int64_t *)group_entry(r->words, at) = row.cell[1].fen;
	}
	input_close(in, 0);
}

static int64_t value_of(const struct ratings *r, const struct row *row,
			const struct cell *c)
{
	int64_t value;
	size_t at;

	if (money_parse(c->text, &value))
		return value;
	at = r->words ? group_find(r->words, c->text) : SIZE_MAX;
	if (at == SIZE_MAX)
		side_refuse(row,
			    r->words ? "a rating is a number, or a word that "
				       "--rating-words knows"
				     : "the potential is an amount of money");
	return *(int64_t *)group_entry(r->words, at);
}

enum { WHO, FIRST };

/* The same customer twice must be rated alike. */
static void add_customer(struct ratings *r, const struct row *row)
{
	size_t known = group_count(r->of);
	size_t at = group_intern(r->of, row->cell[WHO].text);
	struct rating *old = group_entry(r->of, at);
	struct rating one = { 0 };

	for (size_t i = 0; i < RATINGS; i++) {
		const struct cell *c = &row->cell[FIRST + i];

		one.known[i] = c->known;
		if (c->known)
			one.value[i] = value_of(r, row, c);
	}
	if (at == known)
		*old = one;
	for (size_t i = 0; i < RATINGS; i++)
		if (old->known[i] != one.known[i] ||
		    old->value[i] != one.value[i])
			side_refuse(row, "this customer stands further up "
					 "with other ratings");
}

struct ratings *ratings_open(const struct run *run, const bool need[RATINGS],
			     const char *words)
{
	static const char *const name[RATINGS] = { "potential", "bargaining",
						   "cooperation" };
	struct input_column columns[FIRST + RATINGS] = {
		[WHO] = { side_id(run), COL_TEXT, INPUT_FILLED },
	};
	struct ratings *r = mem_zalloc(1, sizeof(*r));
	struct common common;
	struct input *in;
	struct row row;

	for (size_t i = 0; i < RATINGS; i++)
		columns[FIRST + i] =
			(struct input_column){ name[i], COL_TEXT,
					       need[i] ? INPUT_REQUIRED
						       : INPUT_OPTIONAL };
	if (words)
		read_words(run, r, words);
	r->of = group_new(sizeof(struct rating), 0, NULL, NULL);
	in = side_open(run, &common, run->customers, NULL, columns,
		       FIRST + RATINGS);
	while (input_next(in, &row))
		add_customer(r, &row);
	input_close(in, 0);
	return r;
}

struct rating ratings_of(const struct ratings *r, struct text who)
{
	size_t at = group_find(r->of, who);

	return at == SIZE_MAX ? (struct rating){ 0 }
			      : *(struct rating *)group_entry(r->of, at);
}

void ratings_free(struct ratings *r)
{
	if (!r)
		return;
	group_free(r->of);
	group_free(r->words);
	free(r);
}
