/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a report, written for people and for machines. */
#include "render/value.h"

#include <math.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/msg.h"
#include "base/number.h"

#define DASH	   "\xe2\x80\x93"
#define MINUS	   "\xe2\x88\x92"
#define DIGITS_MAX 64

struct value value_none(void)
{
	return (struct value){.kind = VALUE_NONE};
}

struct value value_text(const char *text)
{
	if (!text)
		return value_none();
	return (struct value){.kind = VALUE_TEXT, .text = text};
}

struct value value_count(int64_t count)
{
	return (struct value){.kind = VALUE_COUNT, .count = count};
}

struct value value_money(int64_t fen)
{
	return (struct value){.kind = VALUE_MONEY, .fen = fen};
}

struct value value_share(int64_t ppm)
{
	return (struct value){.kind = VALUE_SHARE, .ppm = ppm};
}

struct value value_score(double score)
{
	return (struct value){.kind = VALUE_SCORE, .real = score};
}

struct value value_real(double real)
{
	return (struct value){.kind = VALUE_REAL, .real = real};
}

struct value value_day(int32_t day)
{
	if (day == DAY_NONE)
		return value_none();
	return (struct value){.kind = VALUE_DAY, .day = day};
}

bool value_known(struct value v)
{
	return v.kind != VALUE_NONE;
}

double value_size(struct value v)
{
	switch (v.kind) {
	case VALUE_COUNT:
		return (double)v.count;
	case VALUE_MONEY:
		return (double)v.fen / 100.0;
	case VALUE_SHARE:
		return (double)v.ppm * 100.0 / VALUE_PPM;
	case VALUE_SCORE:
	case VALUE_REAL:
		return v.real;
	case VALUE_NONE:
	case VALUE_TEXT:
	case VALUE_DAY:
		break;
	}
	return (double)NAN;
}

/* -1234567.50, which stands from `start` on, becomes −1,234,567.50. */
static void group_digits(struct buf *b, size_t start)
{
	char digits[DIGITS_MAX];
	size_t n = b->n - start;
	size_t i = 0;

	if (n > sizeof(digits))
		return;
	memcpy(digits, b->p + start, n);
	b->n = start;
	if (digits[0] == '-') {
		buf_adds(b, MINUS);
		i = 1;
	}
	size_t first = i, whole = i;
	while (whole < n && digits[whole] != '.')
		whole++;
	for (; i < n; i++) {
		if (i > first && i < whole && (whole - i) % 3 == 0)
			buf_addc(b, ',');
		buf_addc(b, digits[i]);
	}
}

/* Rounded half away from zero, as the tables of the commands are. */
static double rounded(double v, int decimals)
{
	double scale = 1.0;

	for (int i = 0; i < decimals; i++)
		scale *= 10.0;
	if (fabs(v) < 1e12)
		v = round(v * scale) / scale;
	return v == 0.0 ? 0.0 : v; /* no -0 */
}

static void add_fixed(struct buf *b, double v, int decimals)
{
	size_t start = b->n;

	buf_addf(b, "%.*f", decimals, rounded(v, decimals));
	group_digits(b, start);
}

static void add_count(struct buf *b, int64_t count)
{
	size_t start = b->n;

	buf_addf(b, "%lld", (long long)count);
	group_digits(b, start);
}

static void add_money(struct buf *b, int64_t fen)
{
	char text[MONEY_MAX_BYTES];
	size_t start = b->n;

	buf_add(b, text, money_format(fen, text));
	group_digits(b, start);
}

/* Tenths of a percent or of a point: 123 is "12.3". */
static void add_tenths(struct buf *b, int64_t tenths)
{
	size_t start = b->n;
	int64_t size = tenths < 0 ? -tenths : tenths;

	buf_addf(b, "%s%lld.%lld", tenths < 0 ? "-" : "",
		 (long long)(size / 10), (long long)(size % 10));
	group_digits(b, start);
}

static int64_t share_tenths(int64_t ppm)
{
	return (int64_t)money_ratio(ppm, VALUE_PPM / 1000, 0);
}

static void add_day(struct buf *b, int32_t day)
{
	char text[DAY_BYTES];

	buf_add(b, text, day_format(day, text));
}

void value_show(struct buf *b, struct value v)
{
	switch (v.kind) {
	case VALUE_NONE:
		buf_adds(b, DASH);
		break;
	case VALUE_TEXT:
		buf_adds(b, v.text);
		break;
	case VALUE_COUNT:
		add_count(b, v.count);
		break;
	case VALUE_MONEY:
		add_money(b, v.fen);
		break;
	case VALUE_SHARE:
		add_tenths(b, share_tenths(v.ppm));
		buf_addc(b, '%');
		break;
	case VALUE_SCORE:
		add_fixed(b, v.real, 1);
		break;
	case VALUE_REAL:
		add_fixed(b, v.real, 2);
		break;
	case VALUE_DAY:
		add_day(b, v.day);
		break;
	}
}

/* The steps in which people count: by ten thousand in Chinese. */
struct step {
	double size;
	const char *word;
};

static const struct step steps_zh[] = {
	{1e8, "亿"},
	{1e4, "万"},
};

static const struct step steps_en[] = {
	{1e9, " bn"},
	{1e6, " M"},
	{1e3, " k"},
};

/* Three significant digits, and no zeros after the point. */
static void add_three_digits(struct buf *b, double v)
{
	double size = fabs(v);
	int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
	size_t start = b->n;

	buf_addf(b, "%.*f", decimals, rounded(v, decimals));
	if (decimals > 0) {
		while (b->p[b->n - 1] == '0')
			b->n--;
		if (b->p[b->n - 1] == '.')
			b->n--;
	}
	group_digits(b, start);
}

void value_short_number(struct buf *b, double v)
{
	bool zh = strcmp(msg_lang(), "zh") == 0;
	const struct step *step = zh ? steps_zh : steps_en;
	size_t n = zh ? NELEMS(steps_zh) : NELEMS(steps_en);

	for (size_t i = 0; i < n; i++)
		/* 999,999 is 1 M, not 1,000 k */
		if (fabs(v) >= step[i].size * 0.9995) {
			add_three_digits(b, v / step[i].size);
			buf_adds(b, step[i].word);
			return;
		}
	add_three_digits(b, v);
}

void value_show_short(struct buf *b, struct value v)
{
	switch (v.kind) {
	case VALUE_MONEY:
		if (value_size(v) < 0)
			buf_adds(b, MINUS);
		buf_adds(b, "¥");
		value_short_number(b, fabs(value_size(v)));
		break;
	default:
		value_show(b, v);
		break;
	}
}

int value_compare(struct value now, struct value before)
{
	if (now.kind != before.kind)
		return 0;
	switch (now.kind) {
	case VALUE_COUNT:
	case VALUE_MONEY:
	case VALUE_SHARE:
		return (now.count > before.count) - (now.count < before.count);
	case VALUE_SCORE:
	case VALUE_REAL:
		return (now.real > before.real) - (now.real < before.real);
	case VALUE_DAY:
		return (now.day > before.day) - (now.day < before.day);
	case VALUE_NONE:
	case VALUE_TEXT:
		break;
	}
	return 0;
}

static void add_signed_tenths(struct buf *b, int64_t tenths)
{
	if (tenths > 0)
		buf_addc(b, '+');
	add_tenths(b, tenths);
}

bool value_show_change(struct buf *b, struct value now, struct value before)
{
	if (now.kind != before.kind)
		return false;
	switch (now.kind) {
	case VALUE_COUNT:
	case VALUE_MONEY:
		if (before.count <= 0)
			return false;
		money_wide tenths = money_ratio(
			((money_wide)now.count - before.count) * 1000,
			before.count, 0);
		if (tenths > INT32_MAX || tenths < INT32_MIN)
			return false;
		add_signed_tenths(b, (int64_t)tenths);
		buf_addc(b, '%');
		return true;
	case VALUE_SHARE:
		add_signed_tenths(b, share_tenths(now.ppm - before.ppm));
		buf_adds(b, tr(" pp"));
		return true;
	case VALUE_SCORE:
		add_signed_tenths(b, llround((now.real - before.real) * 10.0));
		buf_adds(b, tr(" pts"));
		return true;
	default:
		return false;
	}
}

void value_plain(struct buf *b, struct value v)
{
	char text[NUMBER_MAX_BYTES];

	switch (v.kind) {
	case VALUE_NONE:
		break;
	case VALUE_TEXT:
		buf_adds(b, v.text);
		break;
	case VALUE_COUNT:
		buf_addf(b, "%lld", (long long)v.count);
		break;
	case VALUE_MONEY:
		buf_add(b, text, money_format(v.fen, text));
		break;
	case VALUE_SHARE:
		buf_addf(b, "%s%lld.%06lld", v.ppm < 0 ? "-" : "",
			 (long long)(v.ppm < 0 ? -v.ppm : v.ppm) / VALUE_PPM,
			 (long long)(v.ppm < 0 ? -v.ppm : v.ppm) % VALUE_PPM);
		break;
	case VALUE_SCORE:
		buf_addf(b, "%.4f", rounded(v.real, 4));
		break;
	case VALUE_REAL:
		buf_add(b, text, number_format(v.real, text));
		break;
	case VALUE_DAY:
		add_day(b, v.day);
		break;
	}
}
