/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads: what came before a deal, and the people who bought elsewhere. */
#include "base/mem.h"
#include "model/sample_life.h"

static struct sample_lead *lead(struct sample_world *w, uint32_t party,
				int32_t day, struct rng *r)
{
	const struct sample_list *models = &w->list[SAMPLE_CARS];
	struct sample_lead *l;

	w->lead = mem_grow(w->lead, w->leads, &w->lead_cap, sizeof(*w->lead));
	l = &w->lead[w->leads];
	*l = (struct sample_lead){.serial = (uint32_t)w->leads++,
				  .party = party,
				  .day = day,
				  .test_drive = DAY_NONE,
				  .closed = DAY_NONE};
	l->source = sample_word_draw(w, "source", r);
	l->model =
		(uint32_t)sample_list_draw(models, sample_list_all(models), r);
	l->consultant = sample_staff_draw(w, SAMPLE_SALES, r);
	l->level = (uint32_t)rng_below(r, 4);
	l->lost = sample_word_draw(w, "lost", r);
	return l;
}

/* Two buyers in three were entered as a lead before. */
static void won(struct sample_world *w, const struct sample_deal *d,
		struct rng *r)
{
	struct sample_lead *l;
	int32_t day = d->day - (int32_t)rng_middling(r, 1, 45);

	if (day < w->o.first || !rng_chance(r, 650000))
		return;
	l = lead(w, d->party, day, r);
	l->model = w->car[d->car].model;
	l->source = d->source;
	l->consultant = d->consultant;
	l->level = (uint32_t)rng_below(r, 2);
	l->won = true;
	l->closed = d->day;
	if (rng_chance(r, 720000))
		l->test_drive = (int32_t)rng_between(r, day, d->day);
}

static void lost(struct sample_world *w, uint32_t party, int32_t day,
		 struct rng *r)
{
	struct sample_lead *l = lead(w, party, day, r);
	int32_t closed = day + (int32_t)rng_between(r, 3, 70);

	/* What has not ended by the window's last day is still open. */
	if (closed <= w->o.last)
		l->closed = closed;
	if (rng_chance(r, 260000) && day + 2 <= w->o.last)
		l->test_drive = day + (int32_t)rng_between(r, 0, 2);
}

void sample_leads_make(struct sample_world *w)
{
	uint32_t prospects = w->o.customers / 2;
	struct sample_season s = sample_season_new(w, w->o.first, w->o.last);

	for (size_t i = 0; i < w->deals; i++) {
		struct rng r = sample_rng(w, SAMPLE_STREAM_LEAD, i);

		won(w, &w->deal[i], &r);
	}
	for (uint32_t i = 0; i < prospects; i++) {
		uint32_t party = (uint32_t)w->parties;
		struct rng r = sample_rng(w, SAMPLE_STREAM_ENTRY, party);

		w->party = mem_grow(w->party, w->parties, &w->party_cap,
				    sizeof(*w->party));
		w->parties++;
		sample_party_make(w, party);
		w->party[party].entry = SAMPLE_PROSPECT;
		lost(w, party, sample_season_draw(&s, &r), &r);
	}
	sample_season_release(&s);
}
