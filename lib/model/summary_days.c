/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purchase days from the notes, in whatever order rows and lanes came. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parts.h"
#include "model/summary_in.h"

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* Most customers have a few days, and most of them in order. */
static void sort_days(int32_t *day, size_t n)
{
	if (n > 64) {
		qsort(day, n, sizeof(*day), by_day);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		int32_t d = day[i];
		size_t at = i;

		for (; at > 0 && day[at - 1] > d; at--)
			day[at] = day[at - 1];
		day[at] = d;
	}
}

/* Counts the distinct days of one customer's notes. */
static void recount(const struct summary *s, struct entry *e, int32_t *day,
		    size_t n)
{
	sort_days(day, n);
	e->days = e->holdout_days = 0;
	for (size_t i = 0; i < n; i++) {
		if (i && day[i] == day[i - 1])
			continue;
		if (day[i] <= s->end)
			e->days++;
		else
			e->holdout_days++;
	}
}

/* Every customer whose number ends in the bits `part`, `shift` of them: a
 * share of those who came early, and so have bought more often, too. */
struct share {
	unsigned part, shift;
};

static inline bool is_in(struct share w, uint64_t who)
{
	return (who & ((1u << w.shift) - 1)) == w.part;
}

/* The notes of a share's customers are brought together, customer by
 * customer, by a counting sort: where those of each end, in `end`. */
static int32_t *gather(const struct summary *s, struct share w, size_t *end)
{
	size_t customers = group_count(s->customers) >> w.shift;
	int32_t *day;

	for (size_t l = 0; l <= s->njoined; l++) {
		const struct notes *n = notes_of(s, l);

		for (size_t i = 0; i < n->n; i++)
			end[(n->at[i] >> 32 >> w.shift) + 1] +=
				is_in(w, n->at[i] >> 32);
	}
	for (size_t c = 0; c <= customers; c++)
		end[c + 1] += end[c];
	day = mem_alloc(end[customers + 1], sizeof(*day));
	/* end[c] is where customer c begins; it moves to where c ends. */
	for (size_t l = 0; l <= s->njoined; l++) {
		const struct notes *n = notes_of(s, l);

		for (size_t i = 0; i < n->n; i++)
			if (is_in(w, n->at[i] >> 32))
				day[end[n->at[i] >> 32 >> w.shift]++] =
					(int32_t)(uint32_t)n->at[i];
	}
	return day;
}

static unsigned recount_shift(void)
{
	return parts_allowed() >= 8 ? 3 : parts_allowed() >= 4 ? 2 :
	       parts_allowed() >= 2 ? 1 : 0;
}

static void recount_part(void *ctx, unsigned part)
{
	struct summary *s = ctx;
	struct share w = { part, recount_shift() };
	size_t n = group_count(s->customers), at = 0;
	size_t *end = mem_zalloc((n >> w.shift) + 2, sizeof(*end));
	int32_t *day = gather(s, w, end);

	for (size_t c = part; c < n; c += 1u << w.shift) {
		recount(s, group_entry(s->customers, c), day + at,
			end[c >> w.shift] - at);
		at = end[c >> w.shift];
	}
	free(day);
	free(end);
}

/* Sorts n days and leaves each once; returns how many. */
static size_t each_once(int32_t *day, size_t n)
{
	size_t distinct = 0;

	sort_days(day, n);
	for (size_t i = 0; i < n; i++)
		if (!distinct || day[i] != day[distinct - 1])
			day[distinct++] = day[i];
	return distinct;
}

/* All notes, customer by customer, by a counting sort. */
void summary_gather(struct summary *s)
{
	size_t customers = group_count(s->customers), from = 0, to = 0;
	size_t *end = mem_zalloc(customers + 2, sizeof(*end));

	s->day = gather(s, (struct share){ 0, 0 }, end);
	for (size_t i = 0; customers && i < end[customers - 1]; i++)
		s->day[i] -= DAY_BIAS;
	/* end[c] moved to where c ends; what each_once() leaves moves up */
	for (size_t c = 0; c < customers; c++) {
		size_t n = each_once(s->day + from, end[c] - from);

		memmove(s->day + to, s->day + from, n * sizeof(*s->day));
		from = end[c];
		end[c] = to += n;
	}
	s->day_end = end;
}

void summary_recount(struct summary *s)
{
	parts_run(1u << recount_shift(), recount_part, s);
}
