/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points ledger as a fold: lots by customer, entries by id. */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/msg.h"
#include "model/points.h"

const char *const points_kind_names[POINTS_KINDS] = {
	"earn",
	"redeem",
	"expire",
	"reverse",
};

/* Points of one earn that are there; never 0. */
struct lot {
	int64_t left;
	int32_t expires_on;
	uint32_t earn; /* number of the entry */
};

struct customer {
	/* In the order in which they are taken. */
	struct lot *lot;
	size_t n, cap;
	struct points_balance sums; /* but for what depends on the day */
};

struct entry {
	int64_t at, points, undone;
	uint32_t customer;
	uint32_t about;		/* of about_of() */
	int32_t expires_on;
	enum points_kind kind;
	size_t draws_at, draws; /* of a redeem: in points->draw */
};

/* What a redeem took from a lot. */
struct draw {
	uint32_t earn;
	int64_t points;
};

struct points {
	struct group *customers, *entries;
	struct draw *draw;
	size_t draws, draws_cap;
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
		free(customer_of(p, i)->lot);
	group_free(p->customers);
	group_free(p->entries);
	free(p->draw);
	free(p);
}

/* ---- lots ---- */

static bool lapsed(const struct lot *l, int32_t day)
{
	return l->expires_on < day;
}

/* Points of the lots that are good on the day, or that are not. */
static int64_t in_lots(const struct customer *c, int32_t day, bool good)
{
	int64_t sum = 0;

	for (size_t i = 0; i < c->n; i++)
		if (lapsed(&c->lot[i], day) != good)
			sum += c->lot[i].left;
	return sum;
}

/* Whether `a` is taken before `b`. */
static bool goes_first(const struct lot *a, const struct lot *b)
{
	if (a->expires_on != b->expires_on)
		return a->expires_on < b->expires_on;
	return a->earn < b->earn;
}

/* The place of an earn's lot: where it is, or would be. */
static size_t lot_place(const struct customer *c, uint32_t earn,
			int32_t expires_on)
{
	const struct lot one = { 0, expires_on, earn };
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (goes_first(&c->lot[middle], &one))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* NULL when the earn has no points left, or nobody has any. */
static struct lot *find_lot(const struct points *p, const struct customer *c,
			    uint32_t earn)
{
	size_t at;

	if (!c)
		return NULL;
	at = lot_place(c, earn, entry_of(p, earn)->expires_on);
	return at < c->n && c->lot[at].earn == earn ? &c->lot[at] : NULL;
}

/* Adds points to the lot of an earn, which may have been used up. */
static void put_in(struct customer *c, uint32_t earn, int32_t expires_on,
		   int64_t points)
{
	size_t at = lot_place(c, earn, expires_on);

	if (at < c->n && c->lot[at].earn == earn) {
		c->lot[at].left += points;
		return;
	}
	c->lot = mem_grow(c->lot, c->n, &c->cap, sizeof(*c->lot));
	memmove(&c->lot[at + 1], &c->lot[at], (c->n - at) * sizeof(*c->lot));
	c->lot[at] = (struct lot){ points, expires_on, earn };
	c->n++;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void drop_empty(struct customer *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->lot[i].left > 0)
			c->lot[kept++] = c->lot[i];
	c->n = kept;
}

static void note_draw(struct points *p, uint32_t earn, int64_t points)
{
	p->draw = mem_grow(p->draw, p->draws, &p->draws_cap, sizeof(*p->draw));
	p->draw[p->draws++] = (struct draw){ earn, points };
}

/* Takes up to so many points that are good on the day, and returns how many
 * there were. What came from where is noted when `noted`. */
static int64_t take_good(struct points *p, struct customer *c, int32_t day,
			 int64_t points, bool noted)
{
	int64_t left = points;

	for (size_t i = 0; i < c->n && left > 0; i++) {
		struct lot *l = &c->lot[i];
		int64_t some = smaller(l->left, left);

		if (lapsed(l, day))
			continue;
		if (noted)
			note_draw(p, l->earn, some);
		l->left -= some;
		left -= some;
	}
	drop_empty(c);
	return points - left;
}

/* What is owed is kept back from what there is. */
static void settle(struct points *p, struct customer *c, int32_t day)
{
	if (c->sums.owed > 0)
		c->sums.owed -= take_good(p, c, day, c->sums.owed, false);
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

static enum points_verdict may_expire(const struct points *p,
				      const struct customer *c,
				      const struct points_entry *e)
{
	int64_t there = 0;
	struct entry *earn;
	struct lot *lot;
	size_t number;

	if (e->ref.n > 0) {
		earn = referred(p, e, &number);
		if (!earn)
			return POINTS_NO_REF;
		if (earn->kind != POINTS_EARN)
			return POINTS_FINAL;
		lot = find_lot(p, c, (uint32_t)number);
		if (!lot || lot->left < e->points)
			return POINTS_TOO_FEW;
		return lapsed(lot, e->day) ? POINTS_FINE : POINTS_NOT_LAPSED;
	}
	for (size_t i = 0; c && i < c->n; i++)
		if (lapsed(&c->lot[i], e->day) ||
		    c->lot[i].expires_on == POINTS_NEVER)
			there += c->lot[i].left;
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

/* The entry that one is about; UINT32_MAX: none that is known. */
static uint32_t about_of(const struct points *p, const struct points_entry *e)
{
	size_t i = e->ref.n > 0 ? group_find(p->entries, e->ref) : SIZE_MAX;

	return i == SIZE_MAX ? UINT32_MAX : (uint32_t)i;
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
		return !c || in_lots(c, e->day, true) < e->points
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
	size_t number =
		e->ref.n > 0 ? group_find(p->entries, e->ref) : SIZE_MAX;
	int64_t left = e->points;

	for (size_t i = 0; i < c->n && left > 0; i++) {
		struct lot *l = &c->lot[i];
		int64_t some = smaller(l->left, left);

		if (number != SIZE_MAX ? l->earn != number
				       : !lapsed(l, e->day) &&
						 l->expires_on != POINTS_NEVER)
			continue;
		l->left -= some;
		left -= some;
	}
	drop_empty(c);
	c->sums.expired += e->points;
}

/* Points earned by a purchase that was undone; `own` is their lot, if any. */
static void take_back(struct points *p, struct customer *c, struct lot *own,
		      const struct points_entry *e)
{
	int64_t left = e->points;

	if (own) {
		int64_t some = smaller(own->left, left);

		own->left -= some;
		left -= some;
	}
	drop_empty(c);
	left -= take_good(p, c, e->day, left, false);
	c->sums.owed += left;
	c->sums.reversed += e->points;
}

/* Points of a redeem that was undone, to the lots that lapse last first. */
static void give_back(struct points *p, struct customer *c,
		      const struct entry *redeem, const struct points_entry *e)
{
	int64_t left = e->points;

	for (size_t i = redeem->draws; i-- > 0 && left > 0;) {
		struct draw *d = &p->draw[redeem->draws_at + i];
		int64_t some = smaller(d->points, left);

		if (some > 0)
			put_in(c, d->earn, entry_of(p, d->earn)->expires_on,
			       some);
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
	if (!to)
		take_back(p, c, NULL, e);
	else if (to->kind == POINTS_EARN)
		take_back(p, c, find_lot(p, c, (uint32_t)number), e);
	else
		give_back(p, c, to, e);
}

static void apply(struct points *p, struct customer *c, struct entry *new,
		  uint32_t number, const struct points_entry *e)
{
	switch (e->kind) {
	case POINTS_EARN:
		put_in(c, number, e->expires_on, e->points);
		c->sums.earned += e->points;
		break;
	case POINTS_REDEEM:
		new->draws_at = p->draws;
		take_good(p, c, e->day, e->points, true);
		new->draws = p->draws - new->draws_at;
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
	settle(p, c, e->day);
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

	b.available = in_lots(c, day, true);
	b.lapsed = in_lots(c, day, false);
	b.next_day = POINTS_NEVER;
	for (size_t k = 0; k < c->n; k++) {
		const struct lot *l = &c->lot[k];

		if (lapsed(l, day) || l->expires_on > b.next_day)
			continue;
		b.next_day = l->expires_on;
		if (l->expires_on < POINTS_NEVER)
			b.next_points += l->left;
	}
	return b;
}

size_t points_lapsed(const struct points *p, size_t i, int32_t day,
		     struct points_lapsed *lot, size_t max)
{
	const struct customer *c = customer_of(p, i);
	size_t n = 0;

	for (; n < c->n && lapsed(&c->lot[n], day); n++)
		if (n < max)
			lot[n] = (struct points_lapsed){
				group_key(p->entries, c->lot[n].earn),
				c->lot[n].left,
				c->lot[n].expires_on,
			};
	return n;
}
