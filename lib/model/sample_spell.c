/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same value written in many ways. */
#include <string.h>

#include "base/ascii.h"
#include "base/money.h"
#include "base/utf8.h"
#include "model/sample_sheet.h"

#define CELL 160

/* A number out of a hundred: which of the ways this cell is written. */
static int64_t way(struct sample_sheet *s)
{
	return rng_between(&s->rng, 0, 99);
}

static bool spoil(struct sample_sheet *s, enum sample_fault fault)
{
	if (s->fault != fault || s->spoiled)
		return false;
	s->spoiled = true;
	return true;
}

void sample_cell_none(struct sample_sheet *s)
{
	uint32_t row;

	if (way(s) < 60) {
		sample_cell_str(s, "");
		return;
	}
	row = sample_word_draw(s->world, "null", &s->rng);
	sample_cell(s, sample_word(s->world, row));
}

static void wide_digits(struct buf *to, const char *from)
{
	for (; *from; from++) {
		char code[4];
		size_t n = 1;

		if (*from > ' ' && *from <= '~')
			n = utf8_encode((uint32_t)*from + 0xfee0, code);
		else
			code[0] = *from;
		buf_add(to, code, n);
	}
}

static void cell_wide(struct sample_sheet *s, const char *words)
{
	struct buf wide = {0};

	wide_digits(&wide, words);
	sample_cell(s, buf_text(&wide));
	buf_release(&wide);
}

static void write_day(char *to, size_t room, enum sample_dates style,
		      struct civil c, int32_t minute, int second)
{
	switch (style) {
	case SAMPLE_CHINESE:
		text_putf(to, room, "%d年%d月%d日", c.year, c.month, c.day);
		break;
	case SAMPLE_SLASH:
		text_putf(to, room, "%d/%d/%d", c.year, c.month, c.day);
		break;
	case SAMPLE_DASH:
		text_putf(to, room, "%04d-%02d-%02d", c.year, c.month, c.day);
		break;
	case SAMPLE_CLOCK:
		text_putf(to, room, "%04d-%02d-%02d %02d:%02d:%02d", c.year,
			  c.month, c.day, minute / 60, minute % 60, second);
		break;
	case SAMPLE_COMPACT:
		text_putf(to, room, "%04d%02d%02d", c.year, c.month, c.day);
		break;
	}
}

void sample_cell_day(struct sample_sheet *s, int32_t day, int32_t minute)
{
	enum sample_dates style = s->dates;
	struct civil c = day_civil(day);
	char to[CELL];

	if (way(s) < 6)
		style = (enum sample_dates)rng_between(&s->rng, SAMPLE_CHINESE,
						       SAMPLE_COMPACT);
	if (spoil(s, SAMPLE_BAD_DATE)) {
		if (c.day < 15)
			c.month = 13;
		else
			c = (struct civil){c.year, 2, 30};
	}
	write_day(to, sizeof(to), style, c, minute,
		  (int)rng_between(&s->rng, 0, 59));
	if (way(s) == 0)
		cell_wide(s, to);
	else
		sample_cell_str(s, to);
}

/* Day 0 of the count that spreadsheets keep, from March 1900 on. */
#define SERIAL_ZERO (-25569)

void sample_cell_serial(struct sample_sheet *s, int32_t day, bool clock)
{
	int32_t count = day - SERIAL_ZERO;
	char to[CELL];

	if (s->workbook)
		text_putf(to, sizeof(to), "%c%d", SAMPLE_AS_DAY, count);
	else if (clock)
		text_putf(to, sizeof(to), "%d.%04d", count,
			  (int)rng_between(&s->rng, 3500, 7400));
	else
		text_putf(to, sizeof(to), "%d", count);
	sample_cell_str(s, to);
}

void sample_cell_figure(struct sample_sheet *s, int64_t fen)
{
	char to[CELL], money[MONEY_MAX_BYTES];

	s->sum[s->at].money = true;
	s->row[s->at] = fen;
	money[money_format(fen, money)] = '\0';
	text_putf(to, sizeof(to), "%c%s", SAMPLE_AS_NUMBER, money);
	sample_cell_str(s, s->workbook ? to : money);
}

void sample_cell_time(struct sample_sheet *s, int64_t minutes)
{
	struct civil c = day_civil((int32_t)(minutes / DAY_MINUTES));
	int32_t minute = (int32_t)(minutes % DAY_MINUTES);
	char to[CELL];

	if (spoil(s, SAMPLE_BAD_DATE))
		c.month = 13;
	if (way(s) < 12)
		text_putf(to, sizeof(to), "%d/%d/%d %d:%02d", c.year, c.month,
			  c.day, minute / 60, minute % 60);
	else
		write_day(to, sizeof(to), SAMPLE_CLOCK, c, minute, 0);
	sample_cell_str(s, to);
}

/* 1234567.80 as 1,234,567.80 */
static void group_digits(struct buf *to, struct text plain)
{
	size_t point = text_find(plain, ".");
	size_t digits = point < plain.n ? point : plain.n;

	for (size_t i = 0; i < plain.n; i++) {
		if (i && i < digits && (digits - i) % 3 == 0 &&
		    plain.p[i - 1] != '-')
			buf_addc(to, ',');
		buf_addc(to, plain.p[i]);
	}
}

static void write_money(struct sample_sheet *s, struct buf *to, int64_t fen)
{
	char plain[MONEY_MAX_BYTES];
	int64_t which = way(s);
	struct text t;

	plain[money_format(fen, plain)] = '\0';
	t = text_of(plain);
	if (fen % 100 == 0 && which % 2)
		t.n -= 3;
	if (which < 6) {
		group_digits(to, t);
	} else if (which < 9) {
		buf_adds(to, "￥");
		group_digits(to, t);
	} else if (which < 12) {
		buf_addt(to, t);
		buf_adds(to, "元");
	} else if (which < 13) {
		wide_digits(to, plain);
	} else {
		buf_addt(to, t);
	}
}

void sample_cell_money(struct sample_sheet *s, int64_t fen)
{
	struct buf to = {0};

	s->sum[s->at].money = true;
	s->row[s->at] = fen;
	if (fen == 0 && way(s) < 40) {
		sample_cell_none(s);
		return;
	}
	write_money(s, &to, fen);
	sample_cell(s, buf_text(&to));
	buf_release(&to);
}

size_t sample_surname_bytes(const struct sample_world *w, const char *name)
{
	const struct sample_list *l = &w->list[SAMPLE_SURNAMES];
	size_t best = 3;

	for (size_t i = 0; i < l->rows; i++) {
		struct text t = sample_list_get(l, i, 0);

		if (t.n > best && strncmp(name, t.p, t.n) == 0)
			best = t.n;
	}
	return best;
}

static void cell_firm(struct sample_sheet *s, const char *name)
{
	int64_t which = way(s);
	char to[CELL];
	int n = (int)strlen(name), tail = (int)strlen("有限公司");

	if (which < 8)
		text_putf(to, sizeof(to), "%.*s", n - tail, name);
	else if (which < 12)
		text_putf(to, sizeof(to), "(公司)%s", name);
	else
		text_putf(to, sizeof(to), "%s%s", name, which < 15 ? " " : "");
	sample_cell_str(s, to);
}

void sample_cell_name(struct sample_sheet *s, uint32_t party)
{
	const struct sample_party *p = &s->world->party[party];
	const char *name = p->name;
	int64_t which = way(s);
	char to[CELL];
	int first = (int)sample_surname_bytes(s->world, name);

	if (p->firm) {
		cell_firm(s, name);
		return;
	}
	if (which < 3)
		text_putf(to, sizeof(to), "%.*s%s", first, name,
			  p->gender == 'F' ? "女士" : "先生");
	else if (which < 6)
		text_putf(to, sizeof(to), "%.*s %s", first, name, name + first);
	else if (which < 8)
		text_putf(to, sizeof(to), "%.*s\u3000%s", first, name,
			  name + first);
	else
		text_putf(to, sizeof(to), "%s%s", name, which < 12 ? " " : "");
	sample_cell_str(s, to);
}

/* How phones are typed; %1 the first three digits, then four, then four. */
static const struct {
	int upto;
	const char *form;
} phone_way[] = {
	{4, "%.3s-%.4s-%.4s"},	 {7, "%.3s %.4s %.4s"},
	{9, "+86 %.3s%.4s%.4s"}, {10, "0086%.3s%.4s%.4s"},
	{11, "'%.3s%.4s%.4s"},	 {12, "=\"%.3s%.4s%.4s\""},
	{13, "%.3s%.4s%.4s "},	 {100, "%.3s%.4s%.4s"},
};

static void typed_phone(struct sample_sheet *s, const char *phone)
{
	int64_t which = way(s);
	size_t i = 0;
	char to[CELL];

	while (which >= phone_way[i].upto)
		i++;
	text_putf(to, sizeof(to), phone_way[i].form, phone, phone + 3,
		  phone + 7);
	sample_cell_str(s, to);
}

void sample_cell_phone(struct sample_sheet *s, uint32_t party)
{
	const struct sample_party *p = &s->world->party[party];
	int64_t which = way(s);
	char to[CELL];

	if (spoil(s, SAMPLE_BAD_PHONE)) {
		text_putf(to, sizeof(to), "%c.%.2sE+10", p->phone[0],
			  p->phone + 1);
		sample_cell_str(s, to);
	} else if (which == 0) {
		sample_cell_none(s);
	} else if (which == 1) {
		text_putf(to, sizeof(to), "%.3s****%s", p->phone, p->phone + 7);
		sample_cell_str(s, to);
	} else if (which == 2) {
		text_putf(to, sizeof(to), "%s/%s", p->phone, p->other_phone);
		sample_cell_str(s, to);
	} else if (which == 3) {
		cell_wide(s, p->phone);
	} else {
		typed_phone(s, which == 4 ? p->other_phone : p->phone);
	}
}

static void lower(char *to, const char *from)
{
	for (; *from; from++)
		*to++ = ascii_lower(*from);
	*to = '\0';
}

void sample_cell_vin(struct sample_sheet *s, uint32_t car)
{
	const char *vin = s->world->car[car].vin;
	int64_t which = way(s);
	char to[CELL];

	text_putf(to, sizeof(to), "%s", vin);
	if (spoil(s, SAMPLE_BAD_VIN))
		to[15] = (char)(to[15] == '9' ? '0' : to[15] + 1);
	else if (which < 4)
		lower(to, vin);
	else if (which < 6)
		text_putf(to, sizeof(to), "%.8s %s", vin, vin + 8);
	else if (which < 7)
		text_putf(to, sizeof(to), "%s", vin + 9);
	else if (which < 8)
		to[0] = '\0';
	sample_cell_str(s, to);
}

void sample_cell_plate(struct sample_sheet *s, uint32_t car)
{
	const char *plate = s->world->car[car].plate;
	const char *between = "";
	int64_t which = way(s);
	char to[CELL];

	if (which < 6)
		between = "·";
	else if (which < 10)
		between = "-";
	/* three bytes of the province and a letter, then the number */
	text_putf(to, sizeof(to), "%.4s%s%s", plate, between, plate + 4);
	if (which == 10)
		lower(to, to);
	if (which == 11)
		cell_wide(s, to);
	else
		sample_cell_str(s, to);
}
