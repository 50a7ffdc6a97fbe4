/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sales department, the workshop and the parts counter export. */
#include "model/sample_pages.h"

/* Sales. */

const char *const sample_sales_header[] = {
	"序号",	      "订单号",	  "销售日期", "客户名称", "客户类型",
	"证件号码",   "联系电话", "车架号",   "车牌号",	  "品牌",
	"车系",	      "车型",	  "车身颜色", "能源类型", "指导价",
	"优惠金额",   "成交价",	  "付款方式", "贷款金额", "保险公司",
	"保险到期日", "客户来源", "销售顾问", "备注",	  NULL};

static void sales_car(struct sample_sheet *s, const struct sample_deal *d)
{
	const struct sample_car *c = &s->world->car[d->car];

	sample_cell_vin(s, d->car);
	if (rng_chance(&s->rng, 400000))
		sample_cell_word(
			s, sample_word_draw(s->world, "unplated", &s->rng));
	else
		sample_cell_plate(s, d->car);
	sample_cell(s, sample_the_word(s->world, "brand"));
	sample_cell_of(s, SAMPLE_CARS, c->model, CAR_SERIES);
	sample_cell_of(s, SAMPLE_CARS, c->model, CAR_MODEL);
	sample_cell_word(s, c->colour);
	sample_cell_of(s, SAMPLE_CARS, c->model, CAR_ENERGY);
}

static void sales_money(struct sample_sheet *s, const struct sample_deal *d)
{
	s->amount = d->price;
	sample_cell_money(s, d->list);
	sample_cell_money(s, d->discount);
	sample_cell_money(s, d->price);
	sample_cell_word(s, d->payment);
	sample_cell_money(s, d->loan);
	sample_cell_word(s, d->insurer);
	sample_cell_day(s, day_add_months(d->day, 12) - 1, 0);
}

static void sales_row(struct sample_sheet *s, size_t i)
{
	const struct sample_deal *d = &s->world->deal[i];
	const struct sample_party *p = &s->world->party[d->party];
	char number[SAMPLE_DOCUMENT];

	sample_deal_no(s->world, i, number);
	sample_sheet_begin(s, number, 1, d->party, d->car);
	sample_cell_int(s, (int64_t)i + 1);
	sample_cell_str(s, number);
	sample_cell_day(s, d->day, d->minute);
	sample_cell_name(s, d->party);
	sample_cell_str(s, p->firm ? "单位" : "个人");
	if (rng_chance(&s->rng, 880000))
		sample_cell_str(s, p->id_no);
	else
		sample_cell_none(s);
	sample_cell_phone(s, d->party);
	sales_car(s, d);
	sales_money(s, d);
	sample_cell_word(s, d->source);
	sample_cell_staff(s, d->consultant);
	sample_cell_none(s);
	sample_sheet_end(s);
}

void sample_page_sales(struct sample_sheet *s)
{
	const struct sample_world *w = s->world;

	sample_titles(s, "整车销售明细表");
	sample_sheet_header(s);
	for (size_t i = 0; i < w->deals; i++) {
		sales_row(s, i);
		if (i + 1 < w->deals &&
		    day_civil(w->deal[i].day).year !=
			    day_civil(w->deal[i + 1].day).year)
			sample_sheet_total(s, false);
	}
	sample_sheet_total(s, true);
	sample_footer(s);
}

/* Repair orders. */

const char *const sample_service_header[] = {
	"序号",	    "结算单号", "工单号",   "工单类型", "进厂日期", "结算日期",
	"车主姓名", "送修人",	"联系电话", "车牌号",	"车架号",   "车型",
	"进厂里程", "维修项目", "工时费",   "配件费",	"其他费用", "优惠金额",
	"应收金额", "实收金额", "付费方式", "结算方式", "服务顾问", "维修技师",
	"故障描述", "备注",	NULL};

static void service_who(struct sample_sheet *s, const struct sample_visit *v)
{
	const struct sample_party *p = &s->world->party[v->party];

	sample_cell_name(s, v->party);
	/* Mostly the owner comes, and the cell is left empty. */
	if (p->firm)
		sample_cell_str(s, p->contact);
	else if (rng_chance(&s->rng, 250000))
		sample_cell_str(s, p->name);
	else
		sample_cell_none(s);
	sample_cell_phone(s, v->party);
	sample_cell_plate(s, v->car);
	sample_cell_vin(s, v->car);
	sample_cell_of(s, SAMPLE_CARS, s->world->car[v->car].model, CAR_MODEL);
}

static void service_money(struct sample_sheet *s, const struct sample_visit *v)
{
	static const char *const payer[] = {"客户自费", "厂家保修", "保险理赔"};

	s->amount = v->paid;
	sample_cell_money(s, v->labour);
	sample_cell_money(s, v->parts);
	sample_cell_money(s, v->other);
	sample_cell_money(s, v->discount);
	sample_cell_money(s, v->paid);
	sample_cell_money(s, v->paid);
	sample_cell_str(s, payer[v->payer]);
	sample_cell_word(s, v->settle);
}

static void service_mileage(struct sample_sheet *s, uint32_t km)
{
	char to[32];

	if (rng_chance(&s->rng, 30000))
		text_putf(to, sizeof(to), "%ukm", km);
	else if (rng_chance(&s->rng, 20000))
		text_putf(to, sizeof(to), "%u公里", km);
	else
		text_putf(to, sizeof(to), "%u", km);
	sample_cell_str(s, to);
}

static void service_row(struct sample_sheet *s, size_t i)
{
	const struct sample_visit *v = &s->world->visit[i];
	char number[SAMPLE_DOCUMENT], order[SAMPLE_DOCUMENT + 2];

	sample_visit_no(s->world, i, number);
	text_putf(order, sizeof(order), "RO%s", number + 2);
	sample_sheet_begin(s, number, 1, v->party, v->car);
	sample_cell_int(s, (int64_t)i + 1);
	sample_cell_str(s, number);
	sample_cell_str(s, order);
	sample_cell_of(s, SAMPLE_JOBS, v->job, JOB_TYPE);
	sample_cell_day(s, v->day, v->minute);
	sample_cell_day(s, v->day, v->minute + 60);
	service_who(s, v);
	service_mileage(s, v->km);
	sample_cell_of(s, SAMPLE_JOBS, v->job, JOB_ITEM);
	service_money(s, v);
	sample_cell_staff(s, v->advisor);
	sample_cell_staff(s, v->technician);
	sample_cell_of(s, SAMPLE_JOBS, v->job, JOB_SYMPTOM);
	sample_cell_none(s);
	sample_sheet_end(s);
}

void sample_page_service(struct sample_sheet *s)
{
	sample_titles(s, "维修结算单汇总");
	sample_sheet_header(s);
	for (size_t i = 0; i < s->world->visits; i++)
		service_row(s, i);
	sample_sheet_total(s, true);
	sample_footer(s);
}

/* The parts counter. */

const char *const sample_parts_header[] = {
	"结算单号", "明细行号", "结算日期", "客户名称", "联系电话",
	"车牌号",   "车架号",	"配件编码", "配件名称", "数量",
	"单价",	    "配件金额", "备注",	    NULL};

static void parts_row(struct sample_sheet *s, size_t i)
{
	const struct sample_piece *p = &s->world->piece[i];
	char number[SAMPLE_DOCUMENT];

	sample_slip_no(s->world, i, number);
	sample_sheet_begin(s, number, p->line, p->party, p->car);
	s->amount = p->amount;
	sample_cell_str(s, number);
	sample_cell_int(s, p->line);
	sample_cell_day(s, p->day, p->minute);
	sample_cell_name(s, p->party);
	sample_cell_phone(s, p->party);
	sample_cell_plate(s, p->car);
	sample_cell_vin(s, p->car);
	sample_cell_of(s, SAMPLE_PARTS, p->part, PART_NUMBER);
	sample_cell_of(s, SAMPLE_PARTS, p->part, PART_NAME);
	sample_cell_int(s, p->quantity);
	sample_cell_of(s, SAMPLE_PARTS, p->part, PART_PRICE);
	sample_cell_money(s, p->amount);
	sample_cell_none(s);
	sample_sheet_end(s);
}

void sample_page_parts(struct sample_sheet *s)
{
	sample_sheet_header(s);
	for (size_t i = 0; i < s->world->pieces; i++)
		parts_row(s, i);
}
