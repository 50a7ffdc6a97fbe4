/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points ledger as a fold: lots (lots.h) by customer, entries by id. */
#include <stdlib.h>

#include "base/group.h"
#include "base/msg.h"
#include "model/lots.h"
#include "model/points.h"

const char *const points_kind_names[POINTS_KINDS] = {
	"earn",
	"redeem",
	"expire",
	"reverse",
};

struct customer {
	struct lots lots;
	struct points_balance sums; /* but for what depends on the day */
};

struct entry {
	int64_t at, points, undone;
	uint32_t customer;
	uint32_t about;		/* of about_of() */
	int32_t expires_on;
	enum points_kind kind;
	size_t draws_at, draws; /* of a redeem: in points->draws */
};

struct points {
	struct group *customers, *entries;
	struct lots_draws draws;
};

int64_t points_worth(money_wide fen, int64_t per, int64_t minimum)
{
	money_wide points = (fen < 0 ? -fen : fen) / per;

	if (fen >= 0 && fen < minimum)
		return 0;
	return points > INT64_MAX ? INT64_MAX : (int64_t)points;
}

struct points *points_new(void)
{
	struct points *p = mem_zalloc(1, sizeof(*p));

	p->customers = group_new(sizeof(struct customer), 0, NULL, NULL);
	p->entries = group_new(sizeof(struct entry), 0, NULL, NULL);
	return p;
}

static struct customer *customer_of(const struct points *p, size_t i)
{
	return group_entry(p->customers, i);
}

static struct entry *entry_of(const struct points *p, size_t i)
{
	return group_entry(p->entries, i);
}

void points_free(struct points *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < group_count(p->customers); i++)
		lots_release(&customer_of(p, i)->lots);
	group_free(p->customers);
	group_free(p->entries);
	free(p->draws.at);
	free(p);
}

/* What is owed is kept back from what there is. */
static void settle(struct customer *c, int32_t day)
{
	if (c->sums.owed > 0)
		c->sums.owed -= lots_take(&c->lots, day, c->sums.owed, NULL);
}

/* ---- what may be done ---- */

/* The entry that is referred to, when it is one of the customer's. */
static struct entry *referred(const struct points *p,
			      const struct points_entry *e, size_t *number)
{
	struct entry *to;

	*number = e->ref.n > 0 ? group_find(p->entries, e->ref) : SIZE_MAX;
	if (*number == SIZE_MAX)
		return NULL;
	to = entry_of(p, *number);
	if (!text_eq(group_key(p->customers, to->customer), e->customer_id))
		return NULL;
	return to;
}

/* `e` names the earn whose lot lapsed. */
static enum points_verdict may_expire_one(const struct points *p,
					  const struct customer *c,
					  const struct points_entry *e)
{
	size_t number;
	struct entry *earn = referred(p, e, &number);
	const struct lot *lot;

	if (!earn)
		return POINTS_NO_REF;
	if (earn->kind != POINTS_EARN)
		return POINTS_FINAL;
	lot = c ? lots_find(&c->lots, (uint32_t)number, earn->expires_on)
		: NULL;
	if (!lot || lot->left < e->points)
		return POINTS_TOO_FEW;
	return lots_lapsed(lot, e->day) ? POINTS_FINE : POINTS_NOT_LAPSED;
}

static enum points_verdict may_expire(const struct points *p,
				      const struct customer *c,
				      const struct points_entry *e)
{
	int64_t there = 0;

	if (e->ref.n > 0)
		return may_expire_one(p, c, e);
	for (size_t i = 0; c && i < c->lots.n; i++)
		if (lots_lapsed(lots_at(&c->lots, i), e->day) ||
		    lots_at(&c->lots, i)->expires_on == POINTS_NEVER)
			there += lots_at(&c->lots, i)->left;
	return there < e->points ? POINTS_TOO_FEW : POINTS_FINE;
}

static enum points_verdict may_reverse(const struct points *p,
				       const struct customer *c,
				       const struct points_entry *e)
{
	/* Of earns that were undone without being named nobody knows which. */
	int64_t left = c ? c->sums.earned - c->sums.reversed : 0;
	struct entry *to;
	size_t number;

	if (e->ref.n > 0) {
		to = referred(p, e, &number);
		if (!to)
			return POINTS_NO_REF;
		if (to->kind != POINTS_EARN && to->kind != POINTS_REDEEM)
			return POINTS_FINAL;
		if (e->points > to->points - to->undone)
			return POINTS_UNDONE;
		if (to->kind == POINTS_REDEEM)
			return POINTS_FINE;
	}
	return e->points > left ? POINTS_UNDONE : POINTS_FINE;
}

/* The entry that one is about; LOTS_NO_EARN: none that is known. */
static uint32_t about_of(const struct points *p, const struct points_entry *e)
{
	size_t i = e->ref.n > 0 ? group_find(p->entries, e->ref) : SIZE_MAX;

	return i == SIZE_MAX ? LOTS_NO_EARN : (uint32_t)i;
}

/* Whether the entry of that id is this one. */
static enum points_verdict judge_id(const struct points *p, size_t number,
				    const struct points_entry *e)
{
	const struct entry *there = entry_of(p, number);
	struct text whose = group_key(p->customers, there->customer);

	return there->kind == e->kind && there->points == e->points &&
			       there->at == e->at &&
			       there->expires_on == e->expires_on &&
			       there->about == about_of(p, e) &&
			       text_eq(whose, e->customer_id)
		       ? POINTS_AGAIN
		       : POINTS_REPEATED;
}

static enum points_verdict judge(const struct points *p,
				 const struct customer *c,
				 const struct points_entry *e)
{
	size_t same = group_find(p->entries, e->entry_id);

	if (e->points < 1 || e->points > POINTS_MAX)
		return POINTS_AMOUNT;
	if (same != SIZE_MAX)
		return judge_id(p, same, e);
	if (c && e->at < c->sums.last_at)
		return POINTS_BACKWARDS;
	switch (e->kind) {
	case POINTS_EARN:
		return e->expires_on < e->day ? POINTS_LATE : POINTS_FINE;
	case POINTS_REDEEM:
		return !c || lots_sum(&c->lots, e->day, true) < e->points
			       ? POINTS_TOO_FEW
			       : POINTS_FINE;
	case POINTS_EXPIRE:
		return may_expire(p, c, e);
	case POINTS_REVERSE:
		return may_reverse(p, c, e);
	case POINTS_KINDS:
		break;
	}
	bug("points_add: no such kind of entry");
}

/* ---- what is done ---- */

static void expire(const struct points *p, struct customer *c,
		   const struct points_entry *e)
{
	uint32_t earn = about_of(p, e);

	if (earn != LOTS_NO_EARN)
		lots_take_of(&c->lots, earn, entry_of(p, earn)->expires_on,
			     e->points);
	else
		lots_lapse(&c->lots, e->day, POINTS_NEVER, e->points);
	c->sums.expired += e->points;
}

/* Points earned by a purchase that was undone, from their own lot first. */
static void take_back(const struct points *p, struct customer *c,
		      uint32_t earn, const struct points_entry *e)
{
	int64_t left = e->points;

	if (earn != LOTS_NO_EARN)
		left -= lots_take_of(&c->lots, earn,
				     entry_of(p, earn)->expires_on, left);
	left -= lots_take(&c->lots, e->day, left, NULL);
	c->sums.owed += left;
	c->sums.reversed += e->points;
}

/* Points of a redeem that was undone, to the lots that lapse last first. */
static void give_back(struct points *p, struct customer *c,
		      const struct entry *redeem, const struct points_entry *e)
{
	int64_t left = e->points;

	for (size_t i = redeem->draws; i-- > 0 && left > 0;) {
		struct lots_draw *d = &p->draws.at[redeem->draws_at + i];
		int64_t some = d->points < left ? d->points : left;

		if (some > 0)
			lots_put(&c->lots, d->earn,
				 entry_of(p, d->earn)->expires_on, some);
		d->points -= some;
		left -= some;
	}
	c->sums.returned += e->points;
}

static void reverse(struct points *p, struct customer *c,
		    const struct points_entry *e)
{
	size_t number;
	struct entry *to = referred(p, e, &number);

	if (to)
		to->undone += e->points;
	if (to && to->kind == POINTS_REDEEM)
		give_back(p, c, to, e);
	else
		take_back(p, c, to ? (uint32_t)number : LOTS_NO_EARN, e);
}

static void apply(struct points *p, struct customer *c, struct entry *new,
		  uint32_t number, const struct points_entry *e)
{
	switch (e->kind) {
	case POINTS_EARN:
		lots_put(&c->lots, number, e->expires_on, e->points);
		c->sums.earned += e->points;
		break;
	case POINTS_REDEEM:
		new->draws_at = p->draws.n;
		lots_take(&c->lots, e->day, e->points, &p->draws);
		new->draws = p->draws.n - new->draws_at;
		c->sums.redeemed += e->points;
		break;
	case POINTS_EXPIRE:
		expire(p, c, e);
		break;
	case POINTS_REVERSE:
		reverse(p, c, e);
		break;
	case POINTS_KINDS:
		break;
	}
	settle(c, e->day);
}

enum points_verdict points_add(struct points *p, const struct points_entry *e)
{
	size_t i = group_find(p->customers, e->customer_id), number;
	uint32_t about = about_of(p, e);
	enum points_verdict v;
	struct customer *c;
	struct entry *new;

	v = judge(p, i == SIZE_MAX ? NULL : customer_of(p, i), e);
	if (v != POINTS_FINE)
		return v;
	i = group_intern(p->customers, e->customer_id);
	number = group_intern(p->entries, e->entry_id);
	c = customer_of(p, i);
	new = entry_of(p, number);
	*new = (struct entry){ .points = e->points,
			       .kind = e->kind,
			       .at = e->at,
			       .customer = (uint32_t)i,
			       .about = about,
			       .expires_on = e->expires_on };
	apply(p, c, new, (uint32_t)number, e);
	c->sums.entries++;
	c->sums.last_at = e->at;
	return POINTS_FINE;
}

/* ---- what is asked ---- */

size_t points_count(const struct points *p)
{
	return group_count(p->customers);
}

struct text points_customer(const struct points *p, size_t i)
{
	return group_key(p->customers, i);
}

size_t points_find(const struct points *p, struct text customer_id)
{
	return group_find(p->customers, customer_id);
}

bool points_has(const struct points *p, struct text entry_id)
{
	return group_find(p->entries, entry_id) != SIZE_MAX;
}

uint32_t *points_sorted(const struct points *p)
{
	return group_sorted(p->customers);
}

struct points_balance points_balance(const struct points *p, size_t i,
				     int32_t day)
{
	const struct customer *c = customer_of(p, i);
	struct points_balance b = c->sums;

	b.available = lots_sum(&c->lots, day, true);
	b.lapsed = lots_sum(&c->lots, day, false);
	return b;
}

struct points_next points_next(const struct points *p, size_t i, int32_t day)
{
	const struct lots *l = &customer_of(p, i)->lots;
	struct points_next next = { 0, POINTS_NEVER };

	for (size_t k = 0; k < l->n; k++) {
		const struct lot *one = lots_at(l, k);

		if (lots_lapsed(one, day))
			continue;
		if (one->expires_on > next.day ||
		    one->expires_on == POINTS_NEVER)
			break;
		next.day = one->expires_on;
		next.points += one->left;
	}
	return next;
}

size_t points_lapsed(const struct points *p, size_t i, int32_t day,
		     struct points_lapsed *lot, size_t max)
{
	const struct lots *l = &customer_of(p, i)->lots;
	size_t n = 0;

	for (; n < l->n && lots_lapsed(lots_at(l, n), day); n++)
		if (n < max)
			lot[n] = (struct points_lapsed){
				group_key(p->entries, lots_at(l, n)->earn),
				lots_at(l, n)->left,
				lots_at(l, n)->expires_on,
			};
	return n;
}
