/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists of the cars that are driven, an owner's cars together: whom to remind
 * of the service, and whose insurance ends. The owner's name and phone stand
 * beside the first car only, merged over the others.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/sample_pages.h"
#include "model/sample_slip.h"

struct kept {
	uint32_t party, car;
};

static int by_party(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->party != y->party)
		return x->party < y->party ? -1 : 1;
	return (x->car > y->car) - (x->car < y->car);
}

/* The cars with a known owner, by owner. */
static struct kept *kept_cars(const struct sample_world *w, size_t *n)
{
	uint32_t *keeper = sample_keepers(w);
	struct kept *k = mem_alloc(w->cars + 1, sizeof(*k));

	*n = 0;
	for (uint32_t car = 0; car < w->cars; car++)
		if (keeper[car] != UINT32_MAX)
			k[(*n)++] = (struct kept){keeper[car], car};
	free(keeper);
	qsort(k, *n, sizeof(*k), by_party);
	return k;
}

static void owner(struct sample_sheet *s, uint32_t party, bool first)
{
	if (first) {
		sample_cell_typed_name(s, party);
		sample_cell_typed_phone(s, party);
	} else {
		sample_cell_above(s);
		sample_cell_above(s);
	}
}

/* Where the car stands by now, or what it was at the last visit. */
static uint32_t mileage(const struct sample_world *w,
			const struct sample_car *c)
{
	int32_t age = w->o.last - c->sold;

	return (uint32_t)(age < 0 ? 0 : age) * c->km_a_day + 80;
}

/* A day beside whose spelling day counts of a spreadsheet stand. */
static void cell_count(struct sample_sheet *s, int32_t day)
{
	if (rng_chance(&s->rng, 300000))
		sample_cell_serial(s, day, rng_chance(&s->rng, 100000));
	else
		sample_cell_day(s, day, 0);
}

/* Services that are due. */

const char *const sample_remind_header[] = {
	"姓名",	      "手机号",	  "车架号",   "车牌号",
	"车型",	      "上牌日期", "发动机号", "质保到期日",
	"保险到期日", "行驶里程", "提醒编号", NULL};
static const char *const remind_above[] = {
	"客户", "", "车辆", "", "", "", "", "期限", "", "行驶里程", "提醒编号"};
static const char *const remind_below[] = {
	"姓名",	    "手机号",	  "车架号",	"车牌号", "车型", "上牌日期",
	"发动机号", "质保到期日", "保险到期日", "",	  "",
};

static void remind_row(struct sample_sheet *s, const struct kept *k, bool first,
		       unsigned number)
{
	const struct sample_world *w = s->world;
	const struct sample_car *c = &w->car[k->car];
	char id[SAMPLE_DOCUMENT], engine[SAMPLE_DOCUMENT], km[32];

	text_putf(id, sizeof(id), "TX%07u", number);
	text_putf(engine, sizeof(engine), "EN%.8s", c->vin + 9);
	sample_sheet_begin(s, id, 1, k->party, k->car);
	owner(s, k->party, first);
	sample_cell_vin(s, k->car);
	sample_cell_plate(s, k->car);
	sample_cell_of(s, SAMPLE_CARS, c->model, CAR_MODEL);
	cell_count(s, c->sold + 6);
	sample_cell_str(s, engine);
	cell_count(s, day_add_months(c->sold, 36) - 1);
	cell_count(s, day_add_months(w->o.last, (int)(k->car % 12)));
	text_putf(km, sizeof(km), "%u", mileage(w, c));
	sample_cell_str(s, km);
	sample_cell_str(s, id);
	sample_sheet_end(s);
}

/* Seven cars in ten. */
void sample_page_remind(struct sample_sheet *s)
{
	size_t n, last = SIZE_MAX;
	struct kept *k = kept_cars(s->world, &n);
	unsigned number = 0;

	sample_titles(s, "保养提醒表");
	sample_sheet_level(s, remind_above);
	sample_sheet_level(s, remind_below);
	for (size_t i = 0; i < n; i++) {
		if (!rng_chance(&s->rng, 700000))
			continue;
		remind_row(s, &k[i],
			   last == SIZE_MAX || k[last].party != k[i].party,
			   ++number);
		last = i;
	}
	sample_footer(s);
	free(k);
}

/* Insurances that end: a workbook. */

const char *const sample_renewal_header[] = {
	"客户名称", "联系电话", "车架号",   "车牌号",	"品牌",
	"车系",	    "上牌日期", "发动机号", "保险公司", "保险到期日",
	"上年保费", "台账编号", NULL};

static void renewal_row(struct sample_sheet *s, const struct kept *k,
			bool first, unsigned number)
{
	const struct sample_world *w = s->world;
	const struct sample_car *c = &w->car[k->car];
	char id[SAMPLE_DOCUMENT], engine[SAMPLE_DOCUMENT];

	text_putf(id, sizeof(id), "XB%07u", number);
	text_putf(engine, sizeof(engine), "EN%.8s", c->vin + 9);
	sample_sheet_begin(s, id, 1, k->party, k->car);
	owner(s, k->party, first);
	sample_cell_vin(s, k->car);
	sample_cell_plate(s, k->car);
	sample_cell(s, sample_the_word(w, "brand"));
	sample_cell_of(s, SAMPLE_CARS, c->model, CAR_SERIES);
	sample_cell_serial(s, c->sold + 6, false);
	sample_cell_str(s, engine);
	sample_cell_word(s, sample_word_draw(w, "insurer", &s->rng));
	sample_cell_serial(s, day_add_months(w->o.last, (int)(k->car % 12)),
			   false);
	s->amount = rng_between(&s->rng, 2100, 9800) * 100;
	sample_cell_figure(s, s->amount);
	sample_cell_str(s, id);
	sample_sheet_end(s);
}

/* Half of the cars. */
void sample_page_renewal(struct sample_sheet *s)
{
	size_t n, last = SIZE_MAX;
	struct kept *k = kept_cars(s->world, &n);
	unsigned number = 0;

	sample_titles(s, "续保台账");
	sample_sheet_header(s);
	for (size_t i = 0; i < n; i++) {
		if (!rng_chance(&s->rng, 500000))
			continue;
		renewal_row(s, &k[i],
			    last == SIZE_MAX || k[last].party != k[i].party,
			    ++number);
		last = i;
	}
	free(k);
}
