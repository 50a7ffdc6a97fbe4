/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customer care and marketing export: the customer file, return visits,
 * complaints, leads. */
#include "model/sample_pages.h"

/* The customer file. */

const char *const sample_customers_header[] = {
	"客户编号", "客户名称", "客户类型", "性别",	"出生日期", "身份证号",
	"手机",	    "备用电话", "省份",	    "城市",	"区县",	    "详细地址",
	"职业",	    "客户来源", "客户级别", "建档日期", "备注",	    NULL};

static void customers_where(struct sample_sheet *s,
			    const struct sample_party *p)
{
	sample_cell_of(s, SAMPLE_HOMES, p->home, HOME_PROVINCE);
	sample_cell_of(s, SAMPLE_HOMES, p->home, HOME_CITY);
	sample_cell_of(s, SAMPLE_HOMES, p->home, HOME_DISTRICT);
	if (rng_chance(&s->rng, 850000))
		sample_cell_str(s, p->address);
	else
		sample_cell_none(s);
}

static void customers_row(struct sample_sheet *s, uint32_t party,
			  unsigned number)
{
	const struct sample_party *p = &s->world->party[party];
	char id[SAMPLE_DOCUMENT];

	text_putf(id, sizeof(id), "KH%07u", number);
	sample_sheet_begin(s, id, 1, party, UINT32_MAX);
	sample_cell_str(s, id);
	sample_cell_name(s, party);
	sample_cell_str(s, p->firm ? "单位" : "个人");
	sample_cell_str(s, p->firm ? "" : p->gender == 'F' ? "女" : "男");
	if (!p->firm && rng_chance(&s->rng, 700000))
		sample_cell_day(s, p->born, 0);
	else
		sample_cell_none(s);
	if (rng_chance(&s->rng, 800000))
		sample_cell_str(s, p->id_no);
	else
		sample_cell_none(s);
	sample_cell_phone(s, party);
	if (rng_chance(&s->rng, 200000))
		sample_cell_str(s, p->other_phone);
	else
		sample_cell_none(s);
	customers_where(s, p);
	sample_cell_word(s, sample_word_draw(s->world, "job", &s->rng));
	sample_cell_word(s, sample_word_draw(s->world, "source", &s->rng));
	sample_cell_word(s, sample_word_draw(s->world, "level", &s->rng));
	sample_cell_day(s, p->since, 600);
	sample_cell_none(s);
	sample_sheet_end(s);
}

/* Some were never entered, some twice. */
void sample_page_customers(struct sample_sheet *s)
{
	unsigned number = 0;

	sample_sheet_header(s);
	for (uint32_t i = 0; i < s->world->o.customers; i++) {
		if (rng_chance(&s->rng, 60000))
			continue;
		customers_row(s, i, ++number);
		if (rng_chance(&s->rng, 20000))
			customers_row(s, i, ++number);
	}
}

/* Return visits. */

const char *const sample_survey_header[] = {
	"问卷编号", "回访日期", "回访类型",   "客户姓名", "手机号",
	"车架号",   "推荐意愿", "总体满意度", "服务态度", "服务质量",
	"等待时间", "意见建议", "回访员",     NULL};

static void cell_rating(struct sample_sheet *s, int rating)
{
	if (rating)
		sample_cell_int(s, rating);
	else
		sample_cell_none(s);
}

static void survey_row(struct sample_sheet *s, size_t i)
{
	const struct sample_answer *a = &s->world->answer[i];
	struct rng r = sample_rng(s->world, SAMPLE_STREAM_STAFF, i + 1);
	char number[SAMPLE_DOCUMENT];

	sample_document(number, "HF", a->day, i);
	sample_sheet_begin(s, number, 1, a->party, a->car);
	sample_cell_str(s, number);
	sample_cell_day(s, a->day, a->minute);
	sample_cell_str(s, a->service ? "售后回访" : "销售回访");
	sample_cell_name(s, a->party);
	sample_cell_phone(s, a->party);
	sample_cell_vin(s, a->car);
	sample_cell_int(s, a->nps);
	cell_rating(s, a->csi);
	cell_rating(s, a->attitude);
	cell_rating(s, a->quality);
	cell_rating(s, a->speed);
	if (a->comment == UINT32_MAX)
		sample_cell_none(s);
	else
		sample_cell_word(s, a->comment);
	sample_cell_staff(s, sample_staff_draw(s->world, SAMPLE_CARE, &r));
	sample_sheet_end(s);
}

void sample_page_survey(struct sample_sheet *s)
{
	sample_sheet_header(s);
	for (size_t i = 0; i < s->world->answers; i++)
		survey_row(s, i);
}

/* The register of complaints: a row for each case, as it stands on the last
 * day. */

const char *const sample_complaints_header[] = {
	"投诉编号",	"受理时间", "投诉渠道", "客户姓名",	"联系电话",
	"车架号",	"投诉类型", "投诉等级", "责任部门",	"投诉内容",
	"客户诉求",	"投诉原因", "派单时间", "首次响应时间", "处理人",
	"处理方案",	"处理时间", "结案时间", "处理状态",	"赔偿金额",
	"是否重复投诉", NULL};

/* The state that the last step leaves the case in, in the words of the
 * seven-step workflow. */
static const char *const state_word[SAMPLE_EVENTS] = {
	[SAMPLE_RECEIVE] = "已受理",
	[SAMPLE_JUDGE_VALID] = "投诉成立",
	[SAMPLE_JUDGE_INVALID] = "已解释说明",
	[SAMPLE_ASSIGN] = "已分派",
	[SAMPLE_ANALYSE] = "已查明原因",
	[SAMPLE_PROPOSE] = "已提方案",
	[SAMPLE_RETURN] = "已查明原因",
	[SAMPLE_APPROVE] = "已批准",
	[SAMPLE_IMPLEMENT] = "已实施",
	[SAMPLE_NOTIFY] = "已通知客户",
	[SAMPLE_FEEDBACK] = "已结案",
	[SAMPLE_ESCALATE] = NULL,
	[SAMPLE_WITHDRAW] = "已撤诉",
	[SAMPLE_REOPEN] = "已受理",
};

static const char *case_state(const struct sample_world *w,
			      const struct sample_case *c)
{
	uint32_t i = c->steps;
	const char *state = NULL;

	while (!state)
		state = state_word[w->step[c->first + --i].event];
	return state;
}

/* When the event last happened in the case; -1: it has not. */
static int64_t when(const struct sample_world *w, const struct sample_case *c,
		    enum sample_event event)
{
	int64_t at = -1;

	for (uint32_t i = 0; i < c->steps; i++)
		if (w->step[c->first + i].event == event)
			at = w->step[c->first + i].at;
	return at;
}

static void cell_when(struct sample_sheet *s, const struct sample_case *c,
		      enum sample_event event)
{
	int64_t at = when(s->world, c, event);

	if (at < 0)
		sample_cell_str(s, "");
	else
		sample_cell_time(s, at);
}

/* A case that was taken up again has no end until it ends again. */
static void cell_closed(struct sample_sheet *s, const struct sample_case *c)
{
	enum sample_event last = s->world->step[c->first + c->steps - 1].event;

	if (last == SAMPLE_FEEDBACK || last == SAMPLE_WITHDRAW ||
	    last == SAMPLE_JUDGE_INVALID)
		cell_when(s, c, last);
	else
		sample_cell_str(s, "");
}

/* Some are typed on two lines. */
static void cell_content(struct sample_sheet *s, struct text words)
{
	size_t comma = text_find(words, "，");
	struct buf two = {0};

	if (comma == SIZE_MAX || !rng_chance(&s->rng, 40000)) {
		sample_cell(s, words);
		return;
	}
	buf_add(&two, words.p, comma);
	buf_addc(&two, '\n');
	buf_add(&two, words.p + comma + 3, words.n - comma - 3);
	sample_cell(s, buf_text(&two));
	buf_release(&two);
}

static void complaint_words(struct sample_sheet *s, const struct sample_case *c)
{
	static const char *const grade[] = {"一般", "较重", "严重"};

	sample_cell_of(s, SAMPLE_COMPLAINTS, c->text, COMPLAINT_CATEGORY);
	sample_cell_str(s, grade[c->severity - 1]);
	sample_cell_of(s, SAMPLE_COMPLAINTS, c->text, COMPLAINT_DEPARTMENT);
	cell_content(s, sample_list_get(&s->world->list[SAMPLE_COMPLAINTS],
					c->text, COMPLAINT_CONTENT));
	sample_cell_of(s, SAMPLE_COMPLAINTS, c->text, COMPLAINT_DEMAND);
	if (when(s->world, c, SAMPLE_ANALYSE) < 0)
		sample_cell_str(s, "");
	else
		sample_cell_of(s, SAMPLE_COMPLAINTS, c->text, COMPLAINT_CAUSE);
}

static void complaint_course(struct sample_sheet *s,
			     const struct sample_case *c)
{
	bool solved = when(s->world, c, SAMPLE_PROPOSE) >= 0;

	cell_when(s, c, SAMPLE_ASSIGN);
	/* The customer hears of it first when it is judged: the step after it
	 * was received, however often the case comes back. */
	if (c->steps > 1)
		sample_cell_time(s, s->world->step[c->first + 1].at);
	else
		sample_cell_str(s, "");
	sample_cell_staff(s, c->owner);
	if (solved)
		sample_cell_of(s, SAMPLE_COMPLAINTS, c->text,
			       COMPLAINT_SOLUTION);
	else
		sample_cell_str(s, "");
	cell_when(s, c, SAMPLE_IMPLEMENT);
	cell_closed(s, c);
	sample_cell_str(s, case_state(s->world, c));
	s->amount = when(s->world, c, SAMPLE_IMPLEMENT) >= 0 ? c->amount : 0;
	sample_cell_money(s, s->amount);
	sample_cell_str(s, when(s->world, c, SAMPLE_REOPEN) < 0 ? "否" : "是");
}

static void complaint_row(struct sample_sheet *s, size_t i)
{
	const struct sample_case *c = &s->world->casus[i];
	char number[SAMPLE_DOCUMENT];

	sample_case_no(s->world, i, number);
	sample_sheet_begin(s, number, 1, c->party, c->car);
	sample_cell_str(s, number);
	sample_cell_time(s, c->opened);
	sample_cell_word(s, c->channel);
	sample_cell_name(s, c->party);
	sample_cell_phone(s, c->party);
	sample_cell_vin(s, c->car);
	complaint_words(s, c);
	complaint_course(s, c);
	sample_sheet_end(s);
}

void sample_page_complaints(struct sample_sheet *s)
{
	sample_titles(s, "客户投诉登记表");
	sample_sheet_header(s);
	for (size_t i = 0; i < s->world->cases; i++)
		complaint_row(s, i);
}

/* Leads. */

const char *const sample_leads_header[] = {
	"线索编号", "线索日期", "客户姓名", "手机号",	"线索渠道",
	"意向级别", "意向车型", "是否试驾", "试驾日期", "购车预算",
	"线索状态", "战败原因", "战败日期", "销售顾问", NULL};

static void lead_end(struct sample_sheet *s, const struct sample_lead *l)
{
	bool lost = !l->won && l->closed != DAY_NONE;

	sample_cell_str(s, l->won ? "成交" : lost ? "战败" : "跟进中");
	if (lost) {
		sample_cell_word(s, l->lost);
		sample_cell_day(s, l->closed, 1020);
	} else {
		sample_cell_none(s);
		sample_cell_none(s);
	}
	sample_cell_staff(s, l->consultant);
}

static void lead_row(struct sample_sheet *s, size_t i)
{
	static const char *const level[] = {"H", "A", "B", "C"};
	const struct sample_lead *l = &s->world->lead[i];
	char number[SAMPLE_DOCUMENT];
	int64_t price = sample_list_int(&s->world->list[SAMPLE_CARS], l->model,
					CAR_PRICE);

	sample_document(number, "XQ", l->day, i);
	sample_sheet_begin(s, number, 1, l->party, UINT32_MAX);
	sample_cell_str(s, number);
	sample_cell_day(s, l->day, 660);
	sample_cell_name(s, l->party);
	sample_cell_phone(s, l->party);
	sample_cell_word(s, l->source);
	sample_cell_str(s, level[l->level]);
	sample_cell_of(s, SAMPLE_CARS, l->model, CAR_SERIES);
	sample_cell_str(s, l->test_drive == DAY_NONE ? "否" : "是");
	if (l->test_drive == DAY_NONE)
		sample_cell_none(s);
	else
		sample_cell_day(s, l->test_drive, 900);
	sample_cell_money(s, (price / 10000 + 1) * 1000000);
	lead_end(s, l);
	sample_sheet_end(s);
}

void sample_page_leads(struct sample_sheet *s)
{
	sample_sheet_header(s);
	for (size_t i = 0; i < s->world->leads; i++)
		lead_row(s, i);
}
