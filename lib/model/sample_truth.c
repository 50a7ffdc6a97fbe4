/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The truth that lies beside the exports. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "model/sample_export.h"
#include "model/sample_sheet.h"

static void add_day(struct buf *to, int32_t day)
{
	if (day != DAY_NONE && day != DAY_MAX)
		to->n += day_format(day, buf_room(to, DAY_BYTES));
}

static void add_money(struct buf *to, int64_t fen)
{
	to->n += money_format(fen, buf_room(to, MONEY_MAX_BYTES));
}

/* Q32 times `unit`, with six decimals. */
static void add_real(struct buf *to, uint64_t q32, uint64_t unit_millionths)
{
	uint64_t v = (uint64_t)((unsigned __int128)q32 * unit_millionths >> 32);

	buf_addf(to, "%llu.%06llu", (unsigned long long)(v / 1000000),
		 (unsigned long long)(v % 1000000));
}

static void add_entity(struct buf *to, uint32_t party)
{
	char entity[16];

	sample_entity(entity, party);
	buf_adds(to, entity);
}

static void add_document(struct buf *to, const struct sample_world *w, size_t i,
			 void (*number)(const struct sample_world *, size_t,
					char[SAMPLE_DOCUMENT]))
{
	char document[SAMPLE_DOCUMENT];

	number(w, i, document);
	buf_adds(to, document);
}

static void customer(const struct sample_world *w, uint32_t i, struct buf *to)
{
	static const char *const entry[] = {
		[SAMPLE_BUYER] = "buyer",
		[SAMPLE_OLD_OWNER] = "old-owner",
		[SAMPLE_SECOND_HAND] = "second-hand",
		[SAMPLE_PROSPECT] = "prospect",
	};
	const struct sample_party *p = &w->party[i];

	add_entity(to, i);
	buf_addf(to, ",%s,%s,%s,%s,%s,%s,%s,", p->firm ? "firm" : "person",
		 entry[p->entry], p->name, p->phone, p->other_phone, p->id_no,
		 p->firm	    ? ""
		 : p->gender == 'F' ? "F"
				    : "M");
	if (!p->firm)
		add_day(to, p->born);
	buf_addc(to, ',');
	add_entity(to, p->household);
	buf_addc(to, ',');
	add_day(to, p->since);
	buf_addc(to, ',');
	add_day(to, p->until);
	buf_addf(to, ",%u,", p->repeats);
	/* lambda = rate / alpha a day, told per year */
	add_real(to, p->rate, 365250000 / sample_true.rate_days);
	buf_addc(to, ',');
	add_real(to, p->dropout, 1000000);
	buf_addc(to, ',');
	add_real(to, p->mood, 1000000);
	buf_addc(to, '\n');
}

static void customers(const struct sample_world *w, struct buf *to)
{
	buf_adds(to, "entity,kind,entry,name,phone,other_phone,id_no,gender,"
		     "born,household,since,until,repeats,visits_a_year,"
		     "dropout,mood\n");
	for (uint32_t i = 0; i < w->parties; i++)
		customer(w, i, to);
}

uint32_t *sample_keepers(const struct sample_world *w)
{
	uint32_t *keeper = mem_alloc(w->cars, sizeof(*keeper));

	memset(keeper, 0xff, w->cars * sizeof(*keeper));
	for (size_t i = 0; i < w->deals; i++)
		keeper[w->deal[i].car] = w->deal[i].party;
	for (size_t i = 0; i < w->visits; i++)
		keeper[w->visit[i].car] = w->visit[i].party;
	return keeper;
}

static void vehicles(const struct sample_world *w, struct buf *to)
{
	const struct sample_list *models = &w->list[SAMPLE_CARS];
	uint32_t *keeper = sample_keepers(w);

	buf_adds(to, "vin,entity,plate_no,series,model,energy,purchased_on,"
		     "seller\n");
	for (size_t i = 0; i < w->cars; i++) {
		const struct sample_car *c = &w->car[i];

		buf_addf(to, "%s,", c->vin);
		if (keeper[i] != UINT32_MAX)
			add_entity(to, keeper[i]);
		buf_addf(to, ",%s,", c->plate);
		for (size_t k = CAR_SERIES; k <= CAR_ENERGY; k++) {
			buf_addt(to, sample_list_get(models, c->model, k));
			buf_addc(to, ',');
		}
		add_day(to, c->sold);
		buf_addc(to, ',');
		if (c->seller != UINT32_MAX)
			add_entity(to, c->seller);
		buf_addc(to, '\n');
	}
	free(keeper);
}

static void deal_line(const struct sample_world *w, struct buf *to,
		      uint32_t party, int32_t day, const char *kind,
		      int64_t amount, uint32_t car)
{
	add_entity(to, party);
	buf_addc(to, ',');
	add_day(to, day);
	buf_addf(to, ",%s,", kind);
	add_money(to, amount);
	buf_addf(to, ",%s,", w->car[car].vin);
}

static void transactions(const struct sample_world *w, struct buf *to)
{
	buf_adds(to, "txn_id,line_no,customer_id,date,kind,amount,vin,"
		     "mileage_km\n");
	for (size_t i = 0; i < w->deals; i++) {
		const struct sample_deal *d = &w->deal[i];

		add_document(to, w, i, sample_deal_no);
		buf_adds(to, ",1,");
		deal_line(w, to, d->party, d->day, "sale", d->price, d->car);
		buf_addc(to, '\n');
	}
	for (size_t i = 0; i < w->visits; i++) {
		const struct sample_visit *v = &w->visit[i];

		add_document(to, w, i, sample_visit_no);
		buf_adds(to, ",1,");
		deal_line(w, to, v->party, v->day, "service", v->paid, v->car);
		buf_addf(to, "%u\n", v->km);
	}
	for (size_t i = 0; i < w->pieces; i++) {
		const struct sample_piece *p = &w->piece[i];

		add_document(to, w, i, sample_slip_no);
		buf_addf(to, ",%u,", p->line);
		deal_line(w, to, p->party, p->day, "parts", p->amount, p->car);
		buf_addc(to, '\n');
	}
}

static void add_instant(struct buf *to, int64_t minutes)
{
	add_day(to, (int32_t)(minutes / DAY_MINUTES));
	buf_addf(to, "T%02d:%02d:00+08:00", (int)(minutes % DAY_MINUTES / 60),
		 (int)(minutes % 60));
}

static void complaints(const struct sample_world *w, struct buf *to)
{
	const struct sample_list *texts = &w->list[SAMPLE_COMPLAINTS];

	buf_adds(to, "case_id,at,event,actor,customer_id,vin,category,cause,"
		     "severity,owner\n");
	for (size_t i = 0; i < w->cases; i++) {
		const struct sample_case *c = &w->casus[i];

		for (uint32_t k = c->first; k < c->first + c->steps; k++) {
			const struct sample_step *s = &w->step[k];

			add_document(to, w, i, sample_case_no);
			buf_addc(to, ',');
			add_instant(to, s->at);
			buf_addf(to, ",%s,%s,", sample_event_name[s->event],
				 w->staff[s->actor].name);
			add_entity(to, c->party);
			buf_addf(to, ",%s,", w->car[c->car].vin);
			buf_addt(to, sample_list_get(texts, c->text,
						     COMPLAINT_CATEGORY));
			buf_addc(to, ',');
			buf_addt(to, sample_list_get(texts, c->text,
						     COMPLAINT_CAUSE));
			buf_addf(to, ",%d,%s\n", c->severity,
				 w->staff[c->owner].name);
		}
	}
}

static void parameters(const struct sample_world *w, struct buf *to)
{
	const struct sample_truth *t = &sample_true;

	buf_addf(to,
		 "{\n\t\"seed\": \"%llu\",\n\t\"customers\": %u,\n"
		 "\t\"first\": \"",
		 (unsigned long long)w->o.seed, w->o.customers);
	add_day(to, w->o.first);
	buf_adds(to, "\",\n\t\"last\": \"");
	add_day(to, w->o.last);
	buf_addf(to,
		 "\",\n\t\"bad_millionths\": %u,\n"
		 "\t\"visits\": { \"model\": \"bgnbd\", \"unit\": \"day\", "
		 "\"r\": %u, \"alpha\": %u, \"a\": %u, \"b\": %u },\n"
		 "\t\"spend\": { \"model\": \"gg\", \"p\": %u, \"q\": %u, "
		 "\"v\": ",
		 w->o.bad_millionths, t->rate_shape, t->rate_days, t->dropout_a,
		 t->dropout_b, t->spend_shape, t->spend_mixing);
	add_money(to, t->spend_scale);
	buf_addf(to,
		 " },\n\t\"parties\": %zu,\n\t\"cars\": %zu,\n"
		 "\t\"sales\": %zu,\n\t\"visits_made\": %zu,\n"
		 "\t\"parts_lines\": %zu,\n\t\"answers\": %zu,\n"
		 "\t\"cases\": %zu,\n\t\"case_events\": %zu,\n"
		 "\t\"leads\": %zu\n}\n",
		 w->parties, w->cars, w->deals, w->visits, w->pieces,
		 w->answers, w->cases, w->steps, w->leads);
}

const struct sample_truth_file sample_truth_file[] = {
	{"customers.csv", customers},	    {"vehicles.csv", vehicles},
	{"transactions.csv", transactions}, {"complaints.csv", complaints},
	{"parameters.json", parameters},
};

const size_t sample_truth_files = NELEMS(sample_truth_file);
