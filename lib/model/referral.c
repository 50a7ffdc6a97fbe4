/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A graph of people, an edge a lead. Where nobody has two referrers and
 * nothing goes in a circle, which is the rule, what is below a person is the
 * sum of what is below those whom the person sent: each is looked at once, from
 * the bottom up. From the others on it is walked by breadth, level by level.
 */
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "model/referral.h"

#define NOBODY UINT32_MAX

struct lead {
	uint32_t from, to; /* people; NOBODY: not a customer (yet) */
	bool won;
};

struct person {
	uint32_t first, leads; /* in `lead`, once it is sorted */
	/* distinct people who sent this one, the last of them, and those whom
	 * this one sent and who are not summed up yet */
	uint32_t referrers, referrer, open;
	bool summed; /* and then: */
	uint32_t depth;
	uint64_t below;
};

struct referral {
	struct group *people;
	struct lead *lead;
	size_t n, cap;
	uint32_t *referrer; /* in order of id */
	size_t referrers;
	/* for a walk: who was met in walk number `walk` */
	uint32_t *met, *queue;
	uint32_t walk;
};

struct referral *referral_new(void)
{
	struct referral *r = mem_zalloc(1, sizeof(*r));

	r->people = group_new(sizeof(struct person), 0, NULL, NULL);
	return r;
}

void referral_free(struct referral *r)
{
	if (r == NULL)
		return;
	group_free(r->people);
	free(r->lead);
	free(r->referrer);
	free(r->met);
	free(r->queue);
	free(r);
}

bool referral_add(struct referral *r, struct text referrer,
		  struct text customer, bool won)
{
	struct lead new = { .to = NOBODY, .won = won };

	if (text_eq(referrer, customer))
		return false;
	new.from = (uint32_t)group_intern(r->people, referrer);
	if (customer.n > 0)
		new.to = (uint32_t)group_intern(r->people, customer);
	r->lead = mem_grow(r->lead, r->n, &r->cap, sizeof(*r->lead));
	r->lead[r->n++] = new;
	return true;
}

static int by_people(const void *left, const void *right)
{
	const struct lead *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return a->won - b->won;
}

static struct person *person_of(const struct referral *r, size_t i)
{
	return group_entry(r->people, i);
}

/* ---- from the bottom up ---- */

static void link_people(struct referral *r)
{
	for (size_t k = 0; k < r->n; k++) {
		const struct lead *l = &r->lead[k];
		bool again = k > 0 && l[-1].from == l->from &&
			     l[-1].to == l->to;

		if (l->to == NOBODY || again)
			continue;
		person_of(r, l->to)->referrers++;
		person_of(r, l->to)->referrer = l->from;
		person_of(r, l->from)->open++;
	}
}

/* All below the person are summed up, and nobody else sent any of them. */
static void sum_one(struct person *p)
{
	p->summed = true;
	p->below += p->leads;
	p->depth += p->leads > 0;
}

/* Each person is queued once, when the last of those below is done. */
static void sum_up(struct referral *r)
{
	size_t n = 0;

	for (size_t i = 0; i < group_count(r->people); i++)
		if (person_of(r, i)->open == 0)
			r->queue[n++] = (uint32_t)i;
	for (size_t at = 0; at < n; at++) {
		struct person *p = person_of(r, r->queue[at]), *up;

		sum_one(p);
		if (p->referrers != 1)
			continue;
		up = person_of(r, p->referrer);
		up->below += p->below;
		if (p->depth > up->depth)
			up->depth = p->depth;
		if (--up->open == 0)
			r->queue[n++] = p->referrer;
	}
}

size_t referral_count(struct referral *r)
{
	uint32_t *order;

	if (r->referrer)
		return r->referrers;
	if (r->n > 0)
		qsort(r->lead, r->n, sizeof(*r->lead), by_people);
	for (size_t k = r->n; k-- > 0;) {
		struct person *p = person_of(r, r->lead[k].from);

		p->first = (uint32_t)k;
		p->leads++;
	}
	r->met = mem_zalloc(group_count(r->people), sizeof(*r->met));
	r->queue = mem_alloc(group_count(r->people), sizeof(*r->queue));
	link_people(r);
	sum_up(r);
	order = group_sorted(r->people);
	for (size_t k = 0; k < group_count(r->people); k++)
		if (person_of(r, order[k])->leads > 0)
			order[r->referrers++] = order[k];
	r->referrer = order;
	return r->referrers;
}

/* Those whom a person referred and who were not met yet, to the queue. */
static size_t queue_up(struct referral *r, const struct person *p, size_t n)
{
	for (uint32_t k = 0; k < p->leads; k++) {
		uint32_t to = r->lead[p->first + k].to;

		if (to == NOBODY || r->met[to] == r->walk)
			continue;
		r->met[to] = r->walk;
		r->queue[n++] = to;
	}
	return n;
}

/* Leads below a person, and how many levels of people give some. */
static void walk(struct referral *r, uint32_t from, struct referral_row *row)
{
	size_t at = 0, n = 1, level_ends = 1;
	uint32_t depth = 0;
	bool gave = false;

	r->walk++;
	r->met[from] = r->walk;
	r->queue[0] = from;
	while (at < n) {
		const struct person *p = person_of(r, r->queue[at++]);

		gave |= p->leads > 0;
		row->below += p->leads;
		n = queue_up(r, p, n);
		if (at == level_ends) {
			depth += gave;
			gave = false;
			level_ends = n;
		}
	}
	row->depth = depth;
}

struct referral_row referral_row(struct referral *r, size_t i)
{
	uint32_t from = r->referrer[i];
	const struct person *p = person_of(r, from);
	struct referral_row row = { .person = group_key(r->people, from),
				    .leads = p->leads };

	for (uint32_t k = 0; k < p->leads; k++)
		row.won += r->lead[p->first + k].won;
	if (!p->summed) {
		walk(r, from, &row);
		return row;
	}
	row.below = p->below;
	row.depth = p->depth;
	return row;
}

/* Leads to one customer stand together, those that were won last. */
bool referral_won(const struct referral *r, size_t i, uint32_t *at,
		  struct text *customer)
{
	const struct person *p = person_of(r, r->referrer[i]);

	while (*at < p->leads) {
		const struct lead *l = &r->lead[p->first + (*at)++];
		bool again = *at < p->leads && l[1].to == l->to;

		if (!l->won || l->to == NOBODY || again)
			continue;
		*customer = group_key(r->people, l->to);
		return true;
	}
	return false;
}
