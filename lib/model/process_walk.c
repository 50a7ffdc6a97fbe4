/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every case walked through once, in the order of its events. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/parts.h"
#include "model/process_in.h"

/* An activity in the case that it was seen in last. */
struct here {
	uint32_t serial;	/* of that case, from 1 */
	uint32_t count;
	int64_t first_at, last_at;
};

struct walk {
	struct process *p;
	const struct calendar *calendar;
	uint32_t *rank;		/* an activity's number by name */
	struct process_event *step;
	size_t n, cap;		/* of the case at hand */
	uint32_t serial;
	struct here *here;
	uint32_t *pair_serial;	/* last case that had a pair */
	size_t pair_serials;
	struct buf key;
};

static void add_time(struct process_times *t, int64_t us)
{
	t->us = mem_grow(t->us, t->n, &t->cap, sizeof(*t->us));
	t->us[t->n++] = us;
	t->sum += us;
}

/* ---- the events of a case, in order ---- */

static int by_order(const void *a, const void *b)
{
	const struct process_event *x = a, *y = b;

	return (x->order > y->order) - (x->order < y->order);
}

static int by_time(const void *a, const void *b)
{
	const struct process_event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return by_order(a, b);
}

/* Sorts what mostly is in order already; false when it was. */
static bool settle(struct walk *w, int (*cmp)(const void *, const void *))
{
	for (size_t i = 1; i < w->n; i++) {
		if (cmp(&w->step[i - 1], &w->step[i]) > 0) {
			qsort(w->step, w->n, sizeof(*w->step), cmp);
			return true;
		}
	}
	return false;
}

static void gather(struct walk *w, const struct process_chain *c)
{
	uint32_t i = c->first - 1;

	w->n = 0;
	do {	/* a case has one event at least */
		w->step = mem_grow(w->step, w->n, &w->cap, sizeof(*w->step));
		w->step[w->n] = w->p->event[i];
		i = w->step[w->n].next;
		w->step[w->n].activity = w->rank[w->step[w->n].activity];
		w->n++;
	} while (i != PROCESS_END);
	settle(w, by_order);
	w->p->totals.out_of_order += settle(w, by_time);
}

/* ---- which follows which ---- */

static struct process_pair *pair_of(struct walk *w, uint32_t from, uint32_t to)
{
	struct process *p = w->p;
	uint32_t words[2] = { from, to };
	size_t i = group_intern(p->pair_keys,
				(struct text){ (const char *)words,
					       sizeof(words) });

	if (i == p->pairs) {
		p->pair = mem_grow(p->pair, p->pairs, &p->pair_cap,
				   sizeof(*p->pair));
		p->pair[p->pairs++] = (struct process_pair){ .from = from,
							     .to = to };
		w->pair_serial = mem_grow(w->pair_serial, i, &w->pair_serials,
					  sizeof(*w->pair_serial));
		w->pair_serial[i] = 0;
	}
	p->pair[i].count++;
	p->pair[i].cases += w->pair_serial[i] != w->serial;
	w->pair_serial[i] = w->serial;
	return &p->pair[i];
}

static void add_step(struct walk *w, const struct process_event *from,
		     const struct process_event *to)
{
	struct process_pair *pair = pair_of(w, from->activity, to->activity);

	add_time(&pair->wait, to->at - from->at);
	if (w->calendar)
		add_time(&pair->working,
			 calendar_between(w->calendar, from->at, to->at));
	add_time(&w->p->activity[from->activity].next, to->at - from->at);
}

static void add_pairs(struct walk *w)
{
	const struct process_event *last = &w->step[w->n - 1];

	pair_of(w, PROCESS_EDGE, w->step[0].activity);
	for (size_t i = 1; i < w->n; i++)
		add_step(w, &w->step[i - 1], &w->step[i]);
	pair_of(w, last->activity, PROCESS_EDGE);
	w->p->activity[w->step[0].activity].first++;
	w->p->activity[last->activity].last++;
	w->p->totals.steps += w->n - 1;
}

/* ---- what comes again ---- */

static void meet(struct walk *w, size_t i)
{
	const struct process_event *s = &w->step[i];
	struct here *h = &w->here[s->activity];
	struct process_activity *a = &w->p->activity[s->activity];

	a->events++;
	if (h->serial != w->serial) {
		*h = (struct here){ .serial = w->serial, .first_at = s->at };
		a->cases++;
	} else {
		a->again++;
		a->again_cases += h->count == 1;
		if (s[-1].activity == s->activity)
			a->itself++;
		else if (i > 1 && s[-2].activity == s->activity)
			a->one_between++;
	}
	h->count++;
	h->last_at = s->at;
}

static void add_rework(struct walk *w)
{
	bool again = false;

	for (size_t i = 0; i < w->n; i++)
		meet(w, i);
	for (size_t i = 0; i < w->n; i++) {
		uint32_t activity = w->step[i].activity;
		struct here *h = &w->here[activity];

		if (h->count < 2)
			continue;
		add_time(&w->p->activity[activity].loop,
			 h->last_at - h->first_at);
		h->count = 0;	/* once a case */
		again = true;
	}
	w->p->totals.reworked += again;
}

/* ---- ways through ---- */

static void new_variant(struct walk *w)
{
	struct process *p = w->p;
	uint32_t *activity = arena_alloc(&p->ways, w->n * sizeof(*activity));

	memcpy(activity, w->key.p, w->key.n);
	p->variant = mem_grow(p->variant, p->variants, &p->variant_cap,
			      sizeof(*p->variant));
	p->variant[p->variants++] =
		(struct process_variant){ .activity = activity, .n = w->n };
}

static void add_variant(struct walk *w, int64_t duration)
{
	struct process *p = w->p;
	size_t i;

	buf_clear(&w->key);
	for (size_t k = 0; k < w->n; k++)
		buf_add(&w->key, (const char *)&w->step[k].activity,
			sizeof(w->step[k].activity));
	i = group_intern(p->variant_keys, buf_text(&w->key));
	if (i == p->variants)
		new_variant(w);
	add_time(&p->variant[i].duration, duration);
}

static void walk_case(struct walk *w, size_t k)
{
	struct process_totals *t = &w->p->totals;
	int64_t first, last;

	gather(w, group_entry(w->p->cases, k));
	w->serial++;
	first = w->step[0].at;
	last = w->step[w->n - 1].at;
	if (t->cases == 0 || first < t->first_at)
		t->first_at = first;
	if (t->cases == 0 || last > t->last_at)
		t->last_at = last;
	t->cases++;
	add_time(&t->duration, last - first);
	add_pairs(w);
	add_rework(w);
	add_variant(w, last - first);
}

/* ---- the answers, in an order of their own ---- */

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void sort_times(struct process_times *t)
{
	if (t->n > 1)
		qsort(t->us, t->n, sizeof(*t->us), by_size);
}

/* Begins, steps, ends. */
static int part_of(const struct process_pair *p)
{
	return p->from == PROCESS_EDGE ? 0 : p->to == PROCESS_EDGE ? 2 : 1;
}

static int by_pair(const void *a, const void *b)
{
	const struct process_pair *x = a, *y = b;

	if (part_of(x) != part_of(y))
		return part_of(x) - part_of(y);
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

static int by_variant(const void *a, const void *b)
{
	const struct process_variant *x = a, *y = b;
	size_t i = 0;

	if (x->duration.n != y->duration.n)
		return x->duration.n < y->duration.n ? 1 : -1;
	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	while (i + 1 < x->n && x->activity[i] == y->activity[i])
		i++;
	return (x->activity[i] > y->activity[i]) -
	       (x->activity[i] < y->activity[i]);
}

static int by_activity(const void *a, const void *b)
{
	const struct process_activity *x = a, *y = b;

	if (x->events != y->events)
		return x->events < y->events ? 1 : -1;
	return (x->activity > y->activity) - (x->activity < y->activity);
}

static void sort_pair(void *ctx, unsigned i)
{
	struct process *p = ctx;

	sort_times(&p->pair[i].wait);
	sort_times(&p->pair[i].working);
}

static void sort_variant(void *ctx, unsigned i)
{
	sort_times(&((struct process *)ctx)->variant[i].duration);
}

static void sort_activity(void *ctx, unsigned i)
{
	struct process *p = ctx;

	sort_times(&p->activity[i].next);
	sort_times(&p->activity[i].loop);
}

static void settle_answers(struct process *p)
{
	struct process_totals *t = &p->totals;

	for (size_t i = 0; i < p->pairs; i++)
		t->transitions += part_of(&p->pair[i]) == 1;
	t->variants = p->variants;
	sort_times(&t->duration);
	parts_share((unsigned)p->pairs, sort_pair, p);
	parts_share((unsigned)p->variants, sort_variant, p);
	parts_share((unsigned)t->activities, sort_activity, p);
	if (p->pairs)
		qsort(p->pair, p->pairs, sizeof(*p->pair), by_pair);
	if (p->variants)
		qsort(p->variant, p->variants, sizeof(*p->variant), by_variant);
	if (t->activities)
		qsort(p->activity, t->activities, sizeof(*p->activity),
		      by_activity);
}

/* Numbers the activities by their names. */
static uint32_t *rank_names(struct process *p)
{
	size_t n = group_count(p->names);
	uint32_t *sorted = group_sorted(p->names);
	uint32_t *rank = mem_alloc(n, sizeof(*rank));

	p->name = mem_alloc(n, sizeof(*p->name));
	p->activity = mem_zalloc(n, sizeof(*p->activity));
	for (size_t i = 0; i < n; i++) {
		rank[sorted[i]] = (uint32_t)i;
		p->name[i] = group_key(p->names, sorted[i]);
		p->activity[i].activity = (uint32_t)i;
	}
	free(sorted);
	p->totals.activities = n;
	return rank;
}

void process_finish(struct process *p, const struct calendar *calendar)
{
	struct walk w = { .p = p, .calendar = calendar,
			  .rank = rank_names(p) };

	p->totals.events = p->n;
	p->pair_keys = group_new(1, 0, NULL, NULL);
	p->variant_keys = group_new(1, 0, NULL, NULL);
	w.here = mem_zalloc(p->totals.activities, sizeof(*w.here));
	for (size_t k = 0; k < group_count(p->cases); k++)
		walk_case(&w, k);
	settle_answers(p);
	buf_release(&w.key);
	free(w.pair_serial);
	free(w.here);
	free(w.step);
	free(w.rank);
}
