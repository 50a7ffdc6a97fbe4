/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of the customers' club, which marketing keeps by hand. */
#include "model/sample_pages.h"
#include "model/sample_slip.h"

const char *const sample_club_header[] = {
	"序号",	    "会员编号", "姓名",	    "性别",	"生日", "手机号",
	"身份证号", "城市",	"会员等级", "建档日期", "备注", NULL};

static void club_row(struct sample_sheet *s, uint32_t party, unsigned number)
{
	const struct sample_party *p = &s->world->party[party];
	int32_t joined = p->since + (int32_t)rng_between(&s->rng, 0, 90);
	char id[SAMPLE_DOCUMENT];

	text_putf(id, sizeof(id), "VIP%07u", number);
	sample_sheet_begin(s, id, 1, party, UINT32_MAX);
	sample_cell_int(s, number);
	sample_cell_str(s, id);
	sample_cell_typed_name(s, party);
	if (p->firm || rng_chance(&s->rng, 200000))
		sample_cell_str(s, "");
	else
		sample_cell_str(s, p->gender == 'F' ? "女" : "男");
	sample_cell_typed_birth(s, party);
	sample_cell_typed_phone(s, party);
	sample_cell_str(s, rng_chance(&s->rng, 250000) ? p->id_no : "");
	sample_cell_of(s, SAMPLE_HOMES, p->home, HOME_CITY);
	sample_cell_word(s, sample_word_draw(s->world, "level", &s->rng));
	sample_cell_day(s, joined < s->world->o.last ? joined : p->since, 600);
	sample_cell_none(s);
	sample_sheet_end(s);
}

/* Two customers in five belong to it, some by two cards. */
void sample_page_club(struct sample_sheet *s)
{
	unsigned number = 0;

	sample_titles(s, "会员名单");
	sample_sheet_header(s);
	for (uint32_t i = 0; i < s->world->o.customers; i++) {
		if (!rng_chance(&s->rng, 400000))
			continue;
		club_row(s, i, ++number);
		if (rng_chance(&s->rng, 15000))
			club_row(s, i, ++number);
	}
	sample_footer(s);
}
