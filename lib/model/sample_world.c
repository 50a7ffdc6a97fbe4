/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world: its lists, its people, and putting its years in order. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/sample_life.h"
#include "model/sample_world.h"

const char *const sample_list_file[SAMPLE_LISTS] = {
	[SAMPLE_SURNAMES] = "sample-surnames.csv",
	[SAMPLE_GIVEN] = "sample-given.csv",
	[SAMPLE_ORIGINS] = "sample-origins.csv",
	[SAMPLE_HOMES] = "sample-homes.csv",
	[SAMPLE_CARS] = "sample-cars.csv",
	[SAMPLE_JOBS] = "sample-jobs.csv",
	[SAMPLE_PARTS] = "sample-parts.csv",
	[SAMPLE_COMPLAINTS] = "sample-complaints.csv",
	[SAMPLE_WORDS] = "sample-words.csv",
	[SAMPLE_FESTIVALS] = "sample-festivals.csv",
	[SAMPLE_HOMOPHONES] = "sample-homophones.csv",
};

/*
 * Two visits a year while an owner stays (the mean gap is alpha / (r - 1) =
 * 247 days over owners, 165 for the typical one), one in eight leaves after a
 * visit, and a visit costs 900 yuan on average (p gamma / (q - 1)). Ours,
 * chosen to look like a 4S shop; no source.
 */
const struct sample_truth sample_true = {
	.rate_shape = 3,
	.rate_days = 495,
	.dropout_a = 1,
	.dropout_b = 7,
	.spend_shape = 3,
	.spend_mixing = 4,
	.spend_scale = 90000,
};

struct text sample_word(const struct sample_world *w, uint32_t row)
{
	return sample_list_get(&w->list[SAMPLE_WORDS], row, 1);
}

uint32_t sample_word_draw(const struct sample_world *w, const char *kind,
			  struct rng *r)
{
	const struct sample_list *l = &w->list[SAMPLE_WORDS];
	struct sample_range range = sample_list_range(l, 0, text_of(kind));

	return (uint32_t)sample_list_draw(l, range, r);
}

struct rng sample_rng(const struct sample_world *w, enum sample_draws kind,
		      uint64_t i)
{
	struct rng r;

	rng_init(&r, w->o.seed, ((uint64_t)kind << 56) | i);
	return r;
}

/* Order of time; what is left equal is told apart by who it happened to. */
static int order(int32_t day_a, int32_t day_b, int64_t a, int64_t b)
{
	if (day_a != day_b)
		return day_a < day_b ? -1 : 1;
	return (a > b) - (a < b);
}

/* minute of the day, party and what else makes it one of a kind, in 63 bits */
static int64_t key(int32_t minute, uint32_t party, uint32_t more)
{
	return ((int64_t)minute << 52) + ((int64_t)party << 22) +
	       more % 4194304;
}

static int deal_order(const void *a, const void *b)
{
	const struct sample_deal *x = a, *y = b;

	return order(x->day, y->day, key(x->minute, x->party, x->car),
		     key(y->minute, y->party, y->car));
}

static int visit_order(const void *a, const void *b)
{
	const struct sample_visit *x = a, *y = b;

	return order(x->day, y->day, key(x->minute, x->party, x->car),
		     key(y->minute, y->party, y->car));
}

static int piece_order(const void *a, const void *b)
{
	const struct sample_piece *x = a, *y = b;

	return order(x->day, y->day,
		     key(x->minute, x->party, x->document * 8 + x->line),
		     key(y->minute, y->party, y->document * 8 + y->line));
}

static int answer_order(const void *a, const void *b)
{
	const struct sample_answer *x = a, *y = b;

	return order(x->day, y->day, key(x->minute, x->serial, 0),
		     key(y->minute, y->serial, 0));
}

static int lead_order(const void *a, const void *b)
{
	const struct sample_lead *x = a, *y = b;

	return order(x->day, y->day, x->serial, y->serial);
}

static int case_order(const void *a, const void *b)
{
	const struct sample_case *x = a, *y = b;

	if (x->opened != y->opened)
		return x->opened < y->opened ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

/* Cases are numbered as they come in. */
static void number_cases(struct sample_world *w)
{
	if (w->cases)
		qsort(w->casus, w->cases, sizeof(*w->casus), case_order);
	for (uint32_t i = 0; i < w->cases; i++)
		for (uint32_t s = 0; s < w->casus[i].steps; s++)
			w->step[w->casus[i].first + s].case_no = i;
}

/* Slips of the parts counter are numbered as they are written. */
static void number_slips(struct sample_world *w)
{
	uint32_t document = UINT32_MAX, number = 0;

	for (size_t i = 0; i < w->pieces; i++) {
		struct sample_piece *p = &w->piece[i];

		number += p->document != document;
		document = p->document;
		p->document = number;
	}
}

static void put_in_order(struct sample_world *w)
{
	if (w->deals)
		qsort(w->deal, w->deals, sizeof(*w->deal), deal_order);
	if (w->visits)
		qsort(w->visit, w->visits, sizeof(*w->visit), visit_order);
	if (w->pieces)
		qsort(w->piece, w->pieces, sizeof(*w->piece), piece_order);
	number_slips(w);
}

static bool read_lists(struct sample_world *w, const struct text *csv, int *bad)
{
	for (*bad = 0; *bad < SAMPLE_LISTS; ++*bad)
		if (!sample_list_read(&w->list[*bad], csv[*bad]))
			return false;
	return true;
}

struct sample_world *sample_world_new(const struct sample_options *o,
				      const struct text csv[SAMPLE_LISTS],
				      int *bad)
{
	struct sample_world *w = mem_zalloc(1, sizeof(*w));

	w->o = *o;
	if (!read_lists(w, csv, bad)) {
		sample_world_free(w);
		return NULL;
	}
	sample_staff_make(w);
	sample_life_make(w);
	put_in_order(w);
	sample_care_make(w);
	number_cases(w);
	sample_leads_make(w);
	if (w->answers)
		qsort(w->answer, w->answers, sizeof(*w->answer), answer_order);
	if (w->leads)
		qsort(w->lead, w->leads, sizeof(*w->lead), lead_order);
	return w;
}

void sample_world_free(struct sample_world *w)
{
	if (!w)
		return;
	for (int i = 0; i < SAMPLE_LISTS; i++)
		sample_list_release(&w->list[i]);
	free(w->staff);
	free(w->party);
	free(w->car);
	free(w->deal);
	free(w->visit);
	free(w->piece);
	free(w->answer);
	free(w->casus);
	free(w->step);
	free(w->lead);
	free(w);
}
