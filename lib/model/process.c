/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events into cases, and what was found out of them. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/process_in.h"

struct process *process_new(void)
{
	struct process *p = mem_zalloc(1, sizeof(*p));

	p->cases = group_new(sizeof(struct process_chain), 0, NULL, NULL);
	p->names = group_new(sizeof(uint32_t), 0, NULL, NULL);
	return p;
}

static void free_answers(struct process *p)
{
	for (size_t i = 0; i < p->pairs; i++) {
		free(p->pair[i].wait.us);
		free(p->pair[i].working.us);
	}
	for (size_t i = 0; i < p->variants; i++)
		free(p->variant[i].duration.us);
	for (size_t i = 0; p->activity && i < p->totals.activities; i++) {
		free(p->activity[i].next.us);
		free(p->activity[i].loop.us);
	}
	free(p->totals.duration.us);
	free(p->pair);
	free(p->variant);
	free(p->activity);
	free(p->name);
	group_free(p->pair_keys);
	group_free(p->variant_keys);
	arena_release(&p->ways);
}

void process_free(struct process *p)
{
	if (p == NULL)
		return;
	free_answers(p);
	group_free(p->cases);
	group_free(p->names);
	mem_pages_free(p->event, p->cap * sizeof(*p->event));
	free(p);
}

/* Puts a chain of events behind what the case has. */
static void chain(struct process *p, struct process_chain *to,
		  struct process_chain more)
{
	if (to->last)
		p->event[to->last - 1].next = more.first - 1;
	else
		to->first = more.first;
	to->last = more.last;
}

static void put_event(struct process *p, const struct process_event *ev)
{
	p->event = mem_grow_pages(p->event, p->n, &p->cap, sizeof(*p->event));
	p->event[p->n++] = *ev;
}

bool process_add(struct process *p, struct text case_id, struct text activity,
		 int64_t at, uint64_t order)
{
	struct process_event ev = { .at = at, .order = order,
				    .next = PROCESS_END };
	size_t k;

	if (p->n >= PROCESS_END - 1)
		return false;
	ev.activity = (uint32_t)group_intern(p->names, activity);
	k = group_intern(p->cases, case_id);
	put_event(p, &ev);
	chain(p, group_entry(p->cases, k),
	      (struct process_chain){ (uint32_t)p->n, (uint32_t)p->n });
	return true;
}

/* The chains and names are brought over by number. */
static void leave(void *into, const void *from, void *ctx)
{
	(void)into;
	(void)from;
	(void)ctx;
}

static uint32_t *join_keys(struct group *into, const struct group *from)
{
	uint32_t *number = mem_alloc(group_count(from), sizeof(*number));

	group_join(into, from, leave, NULL, number);
	return number;
}

bool process_join(struct process *into, struct process *from)
{
	uint32_t *name = join_keys(into->names, from->names);
	uint32_t *number = join_keys(into->cases, from->cases);
	uint32_t shift = (uint32_t)into->n;
	bool fits = into->n + from->n < PROCESS_END;

	for (size_t i = 0; fits && i < from->n; i++) {
		struct process_event ev = from->event[i];

		ev.activity = name[ev.activity];
		if (ev.next != PROCESS_END)
			ev.next += shift;
		put_event(into, &ev);
	}
	for (size_t k = 0; fits && k < group_count(from->cases); k++) {
		struct process_chain c =
			*(struct process_chain *)group_entry(from->cases, k);

		chain(into, group_entry(into->cases, number[k]),
		      (struct process_chain){ c.first + shift,
					      c.last + shift });
	}
	free(name);
	free(number);
	process_free(from);
	return fits;
}

double process_mean(const struct process_times *t)
{
	return t->n ? (double)t->sum / (double)t->n : NAN;
}

double process_quantile(const struct process_times *t, int64_t ppm)
{
	unsigned __int128 rank;
	size_t i;
	double part;

	if (t->n == 0)
		return NAN;
	rank = (unsigned __int128)(t->n - 1) * (uint64_t)ppm;
	i = (size_t)(rank / PROCESS_ONE);
	part = (double)(uint64_t)(rank % PROCESS_ONE) / PROCESS_ONE;
	if (i + 1 >= t->n)
		return (double)t->us[t->n - 1];
	return (double)t->us[i] + part * (double)(t->us[i + 1] - t->us[i]);
}

const struct process_totals *process_totals(const struct process *p)
{
	return &p->totals;
}

struct text process_name(const struct process *p, uint32_t activity)
{
	return p->name[activity];
}

size_t process_pairs(const struct process *p)
{
	return p->pairs;
}

const struct process_pair *process_pair(const struct process *p, size_t i)
{
	return &p->pair[i];
}

size_t process_variants(const struct process *p)
{
	return p->variants;
}

const struct process_variant *process_variant(const struct process *p, size_t i)
{
	return &p->variant[i];
}

const struct process_activity *process_activity(const struct process *p,
						size_t i)
{
	return &p->activity[i];
}
