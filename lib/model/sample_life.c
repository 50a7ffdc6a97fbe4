/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers come, buy, visit the workshop, stay away, sell their cars. */
#include "base/mem.h"
#include "base/money.h"
#include "model/sample_life.h"

#define YUAN	100
/* The brand and its world manufacturer identifier are invented. */
#define MAKER "LYU"

struct life {
	struct sample_world *w;
	struct sample_season season;
};

/* The first open day from this one on, but within the window. */
static int32_t open_by_the_end(const struct sample_world *w, int32_t day)
{
	int32_t open = sample_open_day(w, day);

	return open < w->o.last ? open : w->o.last;
}

static int64_t cell_int(const struct sample_world *w, enum sample_lists list,
			uint32_t row, size_t column)
{
	return sample_list_int(&w->list[list], row, column);
}

static enum sample_energy energy_of(const struct sample_world *w,
				    uint32_t model)
{
	struct text t =
		sample_list_get(&w->list[SAMPLE_CARS], model, CAR_ENERGY);

	if (text_is(t, "纯电动"))
		return SAMPLE_BATTERY;
	return text_is(t, "插电混动") ? SAMPLE_HYBRID : SAMPLE_FUEL;
}

static uint32_t new_car(struct sample_world *w, uint32_t party, int32_t sold,
			struct rng *r)
{
	const struct sample_list *models = &w->list[SAMPLE_CARS];
	const struct sample_list *homes = &w->list[SAMPLE_HOMES];
	struct sample_car *c;
	int year = day_civil(sold - (int32_t)rng_between(r, 10, 120)).year;

	w->car = mem_grow(w->car, w->cars, &w->car_cap, sizeof(*w->car));
	c = &w->car[w->cars];
	*c = (struct sample_car){.sold = sold, .seller = UINT32_MAX};
	c->model =
		(uint32_t)sample_list_draw(models, sample_list_all(models), r);
	c->colour = sample_word_draw(w, "colour", r);
	c->km_a_day = (uint32_t)rng_middling(r, 12, 70);
	sample_vin(c->vin, MAKER, sample_list_get(models, c->model, CAR_VDS),
		   year, (unsigned)(100000 + w->cars));
	sample_plate(c->plate,
		     sample_list_get(homes, w->party[party].home, HOME_PLATE),
		     energy_of(w, c->model), r);
	w->party[party].car = (uint32_t)w->cars;
	return (uint32_t)w->cars++;
}

static void piece(struct sample_world *w, uint32_t party, int32_t day,
		  int32_t minute, const char *kind, struct rng *r)
{
	const struct sample_list *l = &w->list[SAMPLE_PARTS];
	struct sample_range range =
		sample_list_range(l, PART_KIND, text_of(kind));
	uint32_t document =
		w->pieces ? w->piece[w->pieces - 1].document + 1 : 0;
	uint32_t lines = (uint32_t)rng_between(r, 1, 3);
	uint32_t part = (uint32_t)sample_list_draw(l, range, r);

	for (uint32_t i = 0; i < lines; i++) {
		struct sample_piece *p;
		int64_t fen = 0;

		w->piece = mem_grow(w->piece, w->pieces, &w->piece_cap,
				    sizeof(*w->piece));
		p = &w->piece[w->pieces++];
		*p = (struct sample_piece){.party = party,
					   .car = w->party[party].car,
					   .day = day,
					   .minute = minute,
					   .document = document,
					   .line = i + 1,
					   .part = part};
		p->quantity = rng_chance(r, 150000) ? 2 : 1;
		money_parse(sample_list_get(l, part, PART_PRICE), &fen);
		p->amount = fen * p->quantity;
		/* the next one in the list: no part twice on a slip */
		part = (uint32_t)(range.first +
				  (part - range.first + 1) % range.n);
	}
}

static void price(struct sample_world *w, struct sample_deal *d, struct rng *r)
{
	d->list = cell_int(w, SAMPLE_CARS, w->car[d->car].model, CAR_PRICE) *
		  YUAN;
	d->discount = d->list * rng_middling(r, 10, 110) / 1000 / (100 * YUAN) *
		      (100 * YUAN);
	d->price = d->list - d->discount;
	d->payment = sample_word_draw(w, "payment", r);
	if (!text_is(sample_word(w, d->payment), "全款"))
		d->loan = d->price * rng_between(r, 4, 8) / 10 / (1000 * YUAN) *
			  (1000 * YUAN);
}

static void deal(struct sample_world *w, uint32_t party, int32_t day,
		 struct rng *r)
{
	struct sample_deal *d;

	w->deal = mem_grow(w->deal, w->deals, &w->deal_cap, sizeof(*w->deal));
	d = &w->deal[w->deals++];
	*d = (struct sample_deal){.party = party, .day = day};
	d->minute = (int32_t)rng_between(r, 570, 1110);
	d->car = new_car(w, party, day, r);
	price(w, d, r);
	d->insurer = sample_word_draw(w, "insurer", r);
	d->source = sample_word_draw(w, "source", r);
	d->consultant = sample_staff_draw(w, SAMPLE_SALES, r);
	if (w->party[party].since == DAY_NONE)
		w->party[party].since = day;
	if (rng_chance(r, 300000))
		piece(w, party, day, d->minute, "精品", r);
}

/* Gamma-Gamma: scale x Gamma(p) / (the owner's Gamma(q)), in half yuan. */
static int64_t visit_cost(const struct sample_party *p, struct rng *r)
{
	const struct sample_truth *t = &sample_true;
	unsigned __int128 fen =
		(unsigned __int128)rng_gamma(r, t->spend_shape) *
		(uint64_t)t->spend_scale;
	uint64_t most = 55000 * YUAN;

	fen /= p->spend ? p->spend : 1;
	if (fen > most)
		fen = most;
	return ((int64_t)fen + 3000) / 50 * 50;
}

static uint32_t job_for(const struct sample_world *w, int64_t fen,
			struct rng *r)
{
	const struct sample_list *l = &w->list[SAMPLE_JOBS];
	size_t job;

	do
		job = sample_list_draw(l, sample_list_all(l), r);
	while (fen < sample_list_int(l, job, JOB_LOW) * YUAN ||
	       fen > sample_list_int(l, job, JOB_HIGH) * YUAN);
	return (uint32_t)job;
}

static enum sample_payer payer_of(const struct sample_world *w, uint32_t job,
				  struct rng *r)
{
	struct text type =
		sample_list_get(&w->list[SAMPLE_JOBS], job, JOB_TYPE);

	if (text_is(type, "保修"))
		return SAMPLE_MAKER_PAYS;
	if (text_is(type, "事故") && rng_chance(r, 800000))
		return SAMPLE_INSURED;
	return SAMPLE_CUSTOMER_PAYS;
}

static void bill(struct sample_world *w, struct sample_visit *v, struct rng *r)
{
	int64_t whole;

	v->paid = visit_cost(&w->party[v->party], r);
	v->job = job_for(w, v->paid, r);
	v->payer = payer_of(w, v->job, r);
	if (v->payer == SAMPLE_CUSTOMER_PAYS && rng_chance(r, 350000))
		v->discount =
			v->paid * rng_between(r, 1, 3) * 5 / 100 / YUAN * YUAN;
	whole = v->paid + v->discount;
	v->labour = whole *
		    (cell_int(w, SAMPLE_JOBS, v->job, JOB_LABOUR) +
		     rng_between(r, -5, 5)) /
		    100 / YUAN * YUAN;
	v->other = whole * cell_int(w, SAMPLE_JOBS, v->job, JOB_OTHER) / 100 /
		   YUAN * YUAN;
	v->parts = whole - v->labour - v->other;
}

static void visit(struct sample_world *w, uint32_t party, uint32_t car,
		  int32_t day, struct rng *r)
{
	struct sample_visit *v;
	int32_t age = day - w->car[car].sold;

	w->visit =
		mem_grow(w->visit, w->visits, &w->visit_cap, sizeof(*w->visit));
	v = &w->visit[w->visits++];
	*v = (struct sample_visit){.party = party, .car = car, .day = day};
	v->minute = (int32_t)rng_between(r, 510, 1020);
	v->km = (uint32_t)(age < 0 ? 0 : age) * w->car[car].km_a_day +
		(uint32_t)rng_between(r, 20, 120);
	v->advisor = sample_staff_draw(w, SAMPLE_ADVISOR, r);
	v->technician = sample_staff_draw(w, SAMPLE_TECHNICIAN, r);
	v->settle = sample_word_draw(w, "settle", r);
	bill(w, v, r);
	if (w->party[party].since == DAY_NONE)
		w->party[party].since = day;
	if (rng_chance(r, 90000))
		piece(w, party, day, v->minute, "配件", r);
}

static int64_t gap_minutes(const struct sample_party *p, struct rng *r)
{
	unsigned __int128 gap = (unsigned __int128)rng_exponential(r) *
				((uint64_t)sample_true.rate_days * DAY_MINUTES);
	uint64_t long_gap = (uint64_t)1 << 40;

	gap /= p->rate ? p->rate : 1;
	return (int64_t)(gap < long_gap ? gap : long_gap);
}

/* Visits from a day on until the owner stays away, sells the car, or the
 * window ends. `dropout` in Q32. */
static void walk(struct sample_world *w, uint32_t party, uint32_t car,
		 int32_t from, uint64_t dropout, struct rng *r)
{
	int32_t end = w->party[party].until - 1, day, before = from;
	int64_t at = (int64_t)from * DAY_MINUTES + DAY_MINUTES / 2;

	if (end > w->o.last)
		end = w->o.last;
	for (;;) {
		at += gap_minutes(&w->party[party], r);
		day = sample_open_day(w, (int32_t)(at / DAY_MINUTES));
		if (at / DAY_MINUTES > end || day > end)
			return;
		/* Two on one day are one visit. */
		if (day == before)
			continue;
		before = day;
		visit(w, party, car, day, r);
		w->party[party].repeats++;
		if (rng_next(r) >> 32 < dropout)
			return;
	}
}

/* An owner who came often may buy again: the visits that follow are the new
 * car's. */
static void buy_again(struct sample_world *w, uint32_t party, size_t first,
		      struct rng *r)
{
	size_t n = w->visits - first, k;
	int32_t early, late;

	if (n < 3 || w->party[party].mood < RNG_ONE / 2 ||
	    !rng_chance(r, 250000))
		return;
	k = first + (size_t)rng_between(r, 2, (int64_t)n - 1);
	early = w->visit[k - 1].day + 1;
	late = w->visit[k].day - 1;
	if (late - early < 5)
		return;
	deal(w, party,
	     sample_open_day(w, (int32_t)rng_between(r, early, late - 3)), r);
	w->party[party].repeats++;
	for (; k < w->visits; k++) {
		uint32_t car = w->party[party].car;
		int32_t age = w->visit[k].day - w->car[car].sold;

		w->visit[k].car = car;
		w->visit[k].km = (uint32_t)age * w->car[car].km_a_day + 50;
	}
}

static uint32_t fleet_size(struct rng *r)
{
	uint64_t n = 2 + (rng_exponential(r) * 2 >> 32);

	return (uint32_t)(n < 30 ? n : 30);
}

/* A firm buys its cars on one day; each is kept up on its own, and the
 * firm leaves less lightly than a person. */
static void live_firm(struct life *l, uint32_t party, struct rng *r)
{
	struct sample_world *w = l->w;
	uint32_t n = fleet_size(r);
	int32_t day = sample_season_draw(&l->season, r);

	for (uint32_t i = 0; i < n; i++) {
		deal(w, party, day, r);
		walk(w, party, w->party[party].car, day,
		     w->party[party].dropout / 3, r);
	}
}

static void live_person(struct life *l, uint32_t party, struct rng *r)
{
	struct sample_world *w = l->w;
	struct sample_party *p = &w->party[party];
	size_t first = w->visits;

	/* The day of a buyer was settled on entry, so that the car could be
	 * sold on to somebody else. */
	if (p->entry == SAMPLE_BUYER)
		deal(w, party, p->since, r);
	else
		visit(w, party, p->car, p->since, r);
	walk(w, party, p->car, p->since, p->dropout, r);
	if (p->until == DAY_MAX && p->entry != SAMPLE_SECOND_HAND)
		buy_again(w, party, first, r);
}

static void enter_old_owner(struct sample_world *w, uint32_t party,
			    struct rng *r)
{
	struct sample_party *p = &w->party[party];
	int64_t span = w->o.last - w->o.first;
	int64_t a = rng_between(r, 0, span), b = rng_between(r, 0, span);

	p->entry = SAMPLE_OLD_OWNER;
	p->since = open_by_the_end(w, w->o.first + (int32_t)(a < b ? a : b));
	new_car(w, party, w->o.first - (int32_t)rng_between(r, 60, 1800), r);
}

/* Takes over the car of somebody who bought here; false when nobody is
 * found who has had one for long enough. */
static bool enter_second_hand(struct sample_world *w, uint32_t party,
			      struct rng *r)
{
	struct sample_party *p = &w->party[party];

	for (int tries = 0; party > 0 && tries < 50; tries++) {
		uint32_t i = (uint32_t)rng_below(r, party);
		struct sample_party *seller = &w->party[i];

		if (seller->firm || seller->entry != SAMPLE_BUYER ||
		    seller->until != DAY_MAX ||
		    seller->since + 200 > w->o.last || seller->household != i ||
		    p->household == i)
			continue;
		seller->until = (int32_t)rng_between(r, seller->since + 180,
						     w->o.last - 1);
		p->entry = SAMPLE_SECOND_HAND;
		p->since = seller->until + (int32_t)rng_between(r, 1, 60);
		p->since = open_by_the_end(w, p->since);
		/* for the moment, who the car comes from */
		p->car = i;
		return true;
	}
	return false;
}

static void enter(struct life *l, uint32_t party)
{
	struct sample_world *w = l->w;
	struct sample_party *p = &w->party[party];
	struct rng r = sample_rng(w, SAMPLE_STREAM_ENTRY, party);
	uint64_t which = rng_below(&r, 100);

	if (p->firm)
		return;
	if (which >= 95 && enter_second_hand(w, party, &r))
		return;
	if (which >= 78 && which < 95)
		enter_old_owner(w, party, &r);
	else
		p->since = sample_season_draw(&l->season, &r);
}

static void live(struct life *l, uint32_t party)
{
	struct sample_world *w = l->w;
	struct sample_party *p = &w->party[party];
	struct rng r = sample_rng(w, SAMPLE_STREAM_LIFE, party);

	if (p->firm) {
		live_firm(l, party, &r);
		return;
	}
	if (p->entry == SAMPLE_SECOND_HAND) {
		uint32_t seller = p->car;

		p->car = w->party[seller].car;
		w->car[p->car].seller = seller;
	}
	live_person(l, party, &r);
}

void sample_life_make(struct sample_world *w)
{
	struct life l = {w, sample_season_new(w, w->o.first, w->o.last)};

	for (uint32_t i = 0; i < w->o.customers; i++) {
		w->party = mem_grow(w->party, w->parties, &w->party_cap,
				    sizeof(*w->party));
		w->parties++;
		sample_party_make(w, i);
	}
	for (uint32_t i = 0; i < w->o.customers; i++)
		enter(&l, i);
	/* A seller comes before whoever takes over the car. */
	for (uint32_t i = 0; i < w->o.customers; i++)
		live(&l, i);
	sample_season_release(&l.season);
}
