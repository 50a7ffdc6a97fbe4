/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the customers and the staff are: names, numbers, addresses, habits. */
#include <string.h>

#include "base/mem.h"
#include "model/sample_world.h"

static void copy(char *to, size_t room, struct text t)
{
	size_t n = t.n < room ? t.n : room - 1;

	memcpy(to, t.p, n);
	to[n] = '\0';
}

static void join(char *to, size_t room, struct text t)
{
	size_t at = strlen(to);

	copy(to + at, room - at, t);
}

static struct text drawn(const struct sample_list *l, struct sample_range range,
			 size_t column, struct rng *r)
{
	return sample_list_get(l, sample_list_draw(l, range, r), column);
}

/* A given name: one character or two different ones of the cohort. */
static void given_name(const struct sample_world *w, char gender, int born_year,
		       char *to, size_t room, struct rng *r)
{
	enum { BORN, GENDER, CHARACTER };
	const struct sample_list *l = &w->list[SAMPLE_GIVEN];
	char cohort[8];
	struct sample_range range;
	struct text first, second;
	int decade = born_year < 1960 ? 1960 : born_year - born_year % 10;

	text_putf(cohort, sizeof(cohort), "%d", decade > 2000 ? 2000 : decade);
	range = sample_list_range(l, BORN, text_of(cohort));
	range = sample_list_within(l, range, GENDER, (struct text){&gender, 1});
	first = drawn(l, range, CHARACTER, r);
	join(to, room, first);
	if (rng_chance(r, 170000))
		return;
	do
		second = drawn(l, range, CHARACTER, r);
	while (text_eq(first, second));
	join(to, room, second);
}

static void whole_name(const struct sample_world *w, char gender,
		       int born_year, char *to, size_t room, struct rng *r)
{
	const struct sample_list *l = &w->list[SAMPLE_SURNAMES];

	copy(to, room, drawn(l, sample_list_all(l), 0, r));
	given_name(w, gender, born_year, to, room, r);
}

/*
 * Eight digits that no other `n` below 100 million has: a walk through all of
 * them in steps of a number that shares no factor with 10^8.
 */
static unsigned distinct_digits(const struct sample_world *w, uint64_t n)
{
	const uint64_t all = 100000000;
	struct rng r = sample_rng(w, SAMPLE_STREAM_DIGITS, 0);
	uint64_t start = rng_below(&r, all);
	uint64_t stride = rng_below(&r, all / 10) * 10 + 3;

	while (stride % 5 == 0 || stride < 10000000)
		stride = rng_below(&r, all / 10) * 10 + 3;
	return (unsigned)((start + (n % all) * stride) % all);
}

static void mobile(const struct sample_world *w, char to[SAMPLE_PHONE],
		   uint64_t n, struct rng *r)
{
	struct text prefix = sample_word(w, sample_word_draw(w, "mobile", r));

	text_putf(to, SAMPLE_PHONE, "%.3s%08u", prefix.p,
		  distinct_digits(w, n));
}

static void address(const struct sample_world *w, struct sample_party *p,
		    struct rng *r)
{
	struct text road = sample_word(w, sample_word_draw(w, "road", r));
	struct text estate = sample_word(w, sample_word_draw(w, "estate", r));

	text_putf(p->address, sizeof(p->address), "%.*s%d号%.*s%d栋%d0%d",
		  (int)road.n, road.p, (int)rng_between(r, 1, 399),
		  (int)estate.n, estate.p, (int)rng_between(r, 1, 28),
		  (int)rng_between(r, 1, 33), (int)rng_between(r, 1, 8));
}

static void person(struct sample_world *w, uint32_t i, struct rng *r)
{
	const struct sample_list *origins = &w->list[SAMPLE_ORIGINS];
	struct sample_party *p = &w->party[i];
	struct text area = drawn(origins, sample_list_all(origins), 0, r);
	struct civil born;

	p->gender = rng_chance(r, 380000) ? 'F' : 'M';
	p->born = w->o.last - (int32_t)rng_middling(r, 21 * 365, 62 * 365);
	born = day_civil(p->born);
	whole_name(w, p->gender, born.year, p->name, sizeof(p->name), r);
	/* The last of the three digits is odd for men. */
	sample_id(p->id_no, area, born.year, born.month, born.day,
		  (unsigned)rng_below(r, 500) * 2 + (p->gender == 'M'));
}

static void firm(struct sample_world *w, uint32_t i, struct rng *r)
{
	struct sample_party *p = &w->party[i];
	struct text city =
		sample_list_get(&w->list[SAMPLE_HOMES], p->home, HOME_CITY);
	struct text head = sample_word(w, sample_word_draw(w, "firm", r));
	struct text trade = sample_word(w, sample_word_draw(w, "trade", r));

	p->firm = true;
	p->gender = rng_chance(r, 300000) ? 'F' : 'M';
	/* The city's last character, 市, is left out; two firms of one name
	 * do not exist in one city, so some have a second word. */
	text_putf(p->name, sizeof(p->name), "%.*s%.*s", (int)city.n - 3, city.p,
		  (int)head.n, head.p);
	given_name(w, 'M', 1990, p->name, sizeof(p->name), r);
	join(p->name, sizeof(p->name), trade);
	join(p->name, sizeof(p->name), TEXT("有限公司"));
	whole_name(w, p->gender, 1985, p->contact, sizeof(p->contact), r);
	sample_credit(p->id_no, "440300", distinct_digits(w, i));
}

static void habits(struct sample_party *p, struct rng *r)
{
	const struct sample_truth *t = &sample_true;
	uint64_t stays = RNG_ONE, keep;

	p->rate = rng_gamma(r, t->rate_shape);
	p->spend = rng_gamma(r, t->spend_mixing);
	p->dropout = rng_beta(r, t->dropout_a, t->dropout_b);
	/* With a = 1 the share of owners likelier to leave than this one is
	 * (1 - p)^b, which makes the mood uniform. */
	keep = RNG_ONE - p->dropout;
	for (unsigned i = 0; i < t->dropout_b; i++)
		stays = stays * keep >> 32;
	p->mood = stays < RNG_ONE ? stays : RNG_ONE - 1;
}

/* One in eleven shares phone and address with the customer before: a couple,
 * or a grown-up child of the same surname. */
static void family(struct sample_world *w, uint32_t i, struct rng *r)
{
	struct sample_party *p = &w->party[i], *other = p - 1;

	if (i == 0 || p->firm || other->firm || other->household != i - 1 ||
	    !rng_chance(r, 90000))
		return;
	p->household = i - 1;
	memcpy(p->phone, other->phone, sizeof(p->phone));
	memcpy(p->address, other->address, sizeof(p->address));
	p->home = other->home;
}

void sample_party_make(struct sample_world *w, uint32_t i)
{
	struct sample_party *p = &w->party[i];
	struct rng r = sample_rng(w, SAMPLE_STREAM_PARTY, i);
	const struct sample_list *homes = &w->list[SAMPLE_HOMES];
	uint64_t distinct = 2 * (uint64_t)i;

	*p = (struct sample_party){.household = i,
				   .since = DAY_NONE,
				   .until = DAY_MAX,
				   .car = UINT32_MAX};
	p->home = (uint32_t)sample_list_draw(homes, sample_list_all(homes), &r);
	if (rng_chance(&r, 45000))
		firm(w, i, &r);
	else
		person(w, i, &r);
	mobile(w, p->phone, distinct, &r);
	mobile(w, p->other_phone, distinct + 1, &r);
	address(w, p, &r);
	habits(p, &r);
	family(w, i, &r);
}

void sample_staff_make(struct sample_world *w)
{
	static const size_t strength[SAMPLE_ROLES] = {10, 8, 14, 4, 3};
	struct rng r = sample_rng(w, SAMPLE_STREAM_STAFF, 0);
	size_t cap = 0;

	for (int role = 0; role < SAMPLE_ROLES; role++) {
		w->role_first[role] = w->staffs;
		for (size_t i = 0; i < strength[role]; i++) {
			struct sample_staff *s;

			w->staff = mem_grow(w->staff, w->staffs, &cap,
					    sizeof(*w->staff));
			s = &w->staff[w->staffs++];
			s->role = (enum sample_role)role;
			whole_name(w, rng_chance(&r, 400000) ? 'F' : 'M', 1990,
				    s->name, sizeof(s->name), &r);
		}
	}
	w->role_first[SAMPLE_ROLES] = w->staffs;
}

uint32_t sample_staff_draw(const struct sample_world *w, enum sample_role role,
			   struct rng *r)
{
	size_t first = w->role_first[role];

	return (uint32_t)(first +
			  rng_below(r, w->role_first[role + 1] - first));
}
