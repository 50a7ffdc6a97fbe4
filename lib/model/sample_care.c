/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers say: answers to return visits, and complaints with their
 * handling in the seven steps. */
#include "base/mem.h"
#include "model/sample_world.h"

#define OPENS	510 /* 08:30 */
#define HOURS	540 /* the office works until 17:30 */
#define PERCENT (RNG_ONE / 100)

const char *const sample_event_name[SAMPLE_EVENTS] = {
	[SAMPLE_RECEIVE] = "receive",
	[SAMPLE_JUDGE_VALID] = "judge_valid",
	[SAMPLE_JUDGE_INVALID] = "judge_invalid",
	[SAMPLE_ASSIGN] = "assign",
	[SAMPLE_ANALYSE] = "analyse",
	[SAMPLE_PROPOSE] = "propose",
	[SAMPLE_RETURN] = "return",
	[SAMPLE_APPROVE] = "approve",
	[SAMPLE_IMPLEMENT] = "implement",
	[SAMPLE_NOTIFY] = "notify",
	[SAMPLE_FEEDBACK] = "feedback",
	[SAMPLE_ESCALATE] = "escalate",
	[SAMPLE_WITHDRAW] = "withdraw",
	[SAMPLE_REOPEN] = "reopen",
};

/* How long after the event before it, in working minutes, and by whom. */
static const struct {
	enum sample_role role;
	int least, most;
} pace[SAMPLE_EVENTS] = {
	[SAMPLE_RECEIVE] = {SAMPLE_CARE, 5, 60},
	[SAMPLE_JUDGE_VALID] = {SAMPLE_CARE, 10, 300},
	[SAMPLE_JUDGE_INVALID] = {SAMPLE_CARE, 30, 600},
	[SAMPLE_ASSIGN] = {SAMPLE_CARE, 10, 240},
	[SAMPLE_ANALYSE] = {SAMPLE_ADVISOR, 60, 1000},
	[SAMPLE_PROPOSE] = {SAMPLE_ADVISOR, 30, 500},
	[SAMPLE_RETURN] = {SAMPLE_MANAGER, 30, 300},
	[SAMPLE_APPROVE] = {SAMPLE_MANAGER, 20, 500},
	[SAMPLE_IMPLEMENT] = {SAMPLE_ADVISOR, 200, 2700},
	[SAMPLE_NOTIFY] = {SAMPLE_CARE, 10, 300},
	[SAMPLE_FEEDBACK] = {SAMPLE_CARE, 300, 1600},
	[SAMPLE_ESCALATE] = {SAMPLE_MANAGER, 30, 600},
	[SAMPLE_WITHDRAW] = {SAMPLE_CARE, 60, 900},
	[SAMPLE_REOPEN] = {SAMPLE_CARE, 1000, 5000},
};

static int64_t working_time_after(int64_t at, int64_t minutes)
{
	int64_t day = at / DAY_MINUTES, into = at % DAY_MINUTES - OPENS;

	if (into < 0)
		into = 0;
	if (into > HOURS)
		into = HOURS;
	into += minutes;
	return (day + into / HOURS) * DAY_MINUTES + OPENS + into % HOURS;
}

/* A case on its way; it stops by itself at the end of the window. */
struct walk {
	struct sample_world *w;
	struct sample_case *c;
	struct rng *r;
	int64_t at;
	uint32_t number;
	bool open; /* the window has not ended */
};

static void step(struct walk *k, enum sample_event event)
{
	struct sample_world *w = k->w;
	struct sample_step *s;
	enum sample_role role = pace[event].role;

	k->at = working_time_after(
		k->at, rng_middling(k->r, pace[event].least, pace[event].most));
	k->open = k->open && k->at / DAY_MINUTES <= w->o.last;
	if (!k->open)
		return;
	w->step = mem_grow(w->step, w->steps, &w->step_cap, sizeof(*w->step));
	s = &w->step[w->steps++];
	*s = (struct sample_step){k->number, event, k->at, k->c->owner};
	if (role != SAMPLE_ADVISOR)
		s->actor = sample_staff_draw(w, role, k->r);
	k->c->steps++;
}

static void handle(struct walk *k)
{
	step(k, SAMPLE_JUDGE_VALID);
	step(k, SAMPLE_ASSIGN);
	if (k->c->severity == 3)
		step(k, SAMPLE_ESCALATE);
	if (rng_chance(k->r, 25000)) {
		step(k, SAMPLE_WITHDRAW);
		return;
	}
	step(k, SAMPLE_ANALYSE);
	step(k, SAMPLE_PROPOSE);
	if (rng_chance(k->r, 120000)) {
		step(k, SAMPLE_RETURN);
		step(k, SAMPLE_PROPOSE);
	}
	step(k, SAMPLE_APPROVE);
	step(k, SAMPLE_IMPLEMENT);
	step(k, SAMPLE_NOTIFY);
	step(k, SAMPLE_FEEDBACK);
	if (rng_chance(k->r, 50000)) {
		step(k, SAMPLE_REOPEN);
		handle(k);
	}
}

static int severity(struct rng *r)
{
	uint64_t u = rng_below(r, 100);

	return u < 62 ? 1 : u < 91 ? 2 : 3;
}

static void complain(struct sample_world *w, uint32_t party, uint32_t car,
		     int64_t at, struct rng *r)
{
	const struct sample_list *texts = &w->list[SAMPLE_COMPLAINTS];
	struct sample_case *c;
	struct walk k;

	w->casus =
		mem_grow(w->casus, w->cases, &w->case_cap, sizeof(*w->casus));
	c = &w->casus[w->cases];
	*c = (struct sample_case){.party = party, .car = car};
	c->text = (uint32_t)sample_list_draw(texts, sample_list_all(texts), r);
	c->channel = sample_word_draw(w, "channel", r);
	c->owner = sample_staff_draw(w, SAMPLE_ADVISOR, r);
	c->severity = severity(r);
	c->first = (uint32_t)w->steps;
	if (rng_chance(r, 250000))
		c->amount = rng_between(r, 1, 30) * 5000;
	k = (struct walk){w, c, r, at, (uint32_t)w->cases, true};
	step(&k, SAMPLE_RECEIVE);
	if (!k.open)
		return;
	w->cases++;
	c->opened = k.at;
	if (rng_chance(r, 70000))
		step(&k, SAMPLE_JUDGE_INVALID);
	else
		handle(&k);
}

/* Two parts the owner's mood, one part the moment; less when the owner has
 * just complained. Q32. */
static uint64_t feeling(const struct sample_party *p, bool upset, struct rng *r)
{
	uint64_t z = (2 * p->mood + (rng_next(r) >> 32)) / 3;

	return upset ? z / 3 : z;
}

static int nps(uint64_t z, struct rng *r)
{
	if (z < 9 * PERCENT)
		return (int)rng_between(r, 0, 4);
	if (z < 16 * PERCENT)
		return 5;
	if (z < 23 * PERCENT)
		return 6;
	if (z < 35 * PERCENT)
		return 7;
	if (z < 51 * PERCENT)
		return 8;
	return z < 68 * PERCENT ? 9 : 10;
}

/* One in twelve leaves a question out. */
static int rating(uint64_t z, struct rng *r)
{
	int64_t shift = rng_between(r, -12, 12);
	int64_t percent = (int64_t)(z / PERCENT) + shift;

	if (rng_chance(r, 80000))
		return 0;
	if (percent < 8)
		return 1;
	if (percent < 18)
		return 2;
	if (percent < 34)
		return 3;
	return percent < 58 ? 4 : 5;
}

static uint32_t comment(const struct sample_world *w, int score, struct rng *r)
{
	if (!rng_chance(r, 350000))
		return UINT32_MAX;
	return sample_word_draw(w,
				score >= 9   ? "praise"
				: score >= 7 ? "neutral"
					     : "gripe",
				r);
}

static void answer(struct sample_world *w, uint32_t party, uint32_t car,
		   int32_t day, bool service, bool upset, struct rng *r)
{
	uint64_t z = feeling(&w->party[party], upset, r);
	struct sample_answer *a;

	if (day > w->o.last)
		return;
	w->answer = mem_grow(w->answer, w->answers, &w->answer_cap,
			     sizeof(*w->answer));
	a = &w->answer[w->answers];
	*a = (struct sample_answer){.serial = (uint32_t)w->answers++,
				    .party = party,
				    .car = car,
				    .day = day,
				    .service = service};
	a->minute = (int32_t)rng_between(r, 540, 1140);
	a->nps = nps(z, r);
	a->csi = rating(z, r);
	a->attitude = rating(z, r);
	a->quality = rating(z, r);
	a->speed = rating(z, r);
	a->comment = comment(w, a->nps, r);
}

/* millionths: the unhappy complain more */
static uint32_t complaint_chance(const struct sample_party *p, uint32_t least,
				 uint64_t more)
{
	return least + (uint32_t)((RNG_ONE - p->mood) * more >> 32);
}

static void after_deal(struct sample_world *w, const struct sample_deal *d,
		       struct rng *r)
{
	const struct sample_party *p = &w->party[d->party];
	bool upset = rng_chance(r, complaint_chance(p, 5000, 40000));

	if (upset)
		complain(w, d->party, d->car,
			 (int64_t)(d->day + rng_between(r, 0, 20)) *
				 DAY_MINUTES +
				 d->minute,
			 r);
	if (rng_chance(r, 400000))
		answer(w, d->party, d->car,
		       d->day + (int32_t)rng_between(r, 3, 9), false, upset, r);
}

static void after_visit(struct sample_world *w, const struct sample_visit *v,
			struct rng *r)
{
	const struct sample_party *p = &w->party[v->party];
	bool upset = rng_chance(r, complaint_chance(p, 5000, 60000));

	if (upset)
		complain(w, v->party, v->car,
			 (int64_t)(v->day + rng_between(r, 0, 6)) *
				 DAY_MINUTES +
				 v->minute,
			 r);
	if (rng_chance(r, 220000))
		answer(w, v->party, v->car,
		       v->day + (int32_t)rng_between(r, 2, 5), true, upset, r);
}

void sample_care_make(struct sample_world *w)
{
	for (size_t i = 0; i < w->deals; i++) {
		struct rng r = sample_rng(w, SAMPLE_STREAM_ANSWER, i);

		after_deal(w, &w->deal[i], &r);
	}
	for (size_t i = 0; i < w->visits; i++) {
		struct rng r = sample_rng(w, SAMPLE_STREAM_CASE, i);

		after_visit(w, &w->visit[i], &r);
	}
}
