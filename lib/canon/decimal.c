/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A string of digits and the place of the point in it. */
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "canon/decimal.h"

#define DIGITS_MAX 40

struct digits {
	char digit[DIGITS_MAX];
	size_t n;
	size_t whole;		/* how many stand before the point */
	bool negative;
};

struct unit_word {
	const char *word;
	unsigned units;		/* bit mask of enum decimal_unit */
	int shift;		/* power of ten; -1: says nothing of size, so that
				 * the header's 万 holds */
};

#define IN(unit) (1U << (unit))

/* The longest of two that end alike comes first. */
static const struct unit_word suffixes[] = {
	{ "亿元", IN(DECIMAL_MONEY), 8 },
	{ "万元整", IN(DECIMAL_MONEY), 4 },
	{ "万元", IN(DECIMAL_MONEY), 4 },
	{ "元整", IN(DECIMAL_MONEY), 0 },
	{ "人民币", IN(DECIMAL_MONEY), -1 },
	{ "元", IN(DECIMAL_MONEY), 0 },
	{ "圆", IN(DECIMAL_MONEY), 0 },
	{ "块", IN(DECIMAL_MONEY), 0 },
	{ "RMB", IN(DECIMAL_MONEY), -1 },
	{ "CNY", IN(DECIMAL_MONEY), -1 },
	{ "万公里", IN(DECIMAL_KM), 4 },
	{ "万千米", IN(DECIMAL_KM), 4 },
	{ "公里", IN(DECIMAL_KM), 0 },
	{ "千米", IN(DECIMAL_KM), 0 },
	{ "万km", IN(DECIMAL_KM), 4 },
	{ "万KM", IN(DECIMAL_KM), 4 },
	{ "km", IN(DECIMAL_KM), 0 },
	{ "KM", IN(DECIMAL_KM), 0 },
	{ "Km", IN(DECIMAL_KM), 0 },
	{ "小时", IN(DECIMAL_HOURS), -1 },
	{ "工时", IN(DECIMAL_HOURS), -1 },
	{ "h", IN(DECIMAL_HOURS), -1 },
	{ "H", IN(DECIMAL_HOURS), -1 },
	{ "分", IN(DECIMAL_SCORE), -1 },
	{ "亿", IN(DECIMAL_MONEY), 8 },
	{ "万", IN(DECIMAL_MONEY) | IN(DECIMAL_KM), 4 },
	{ "w", IN(DECIMAL_KM), 4 },
};

static const struct unit_word prefixes[] = {
	{ "¥", IN(DECIMAL_MONEY), -1 },
	{ "$", IN(DECIMAL_MONEY), -1 },
	{ "RMB", IN(DECIMAL_MONEY), -1 },
	{ "CNY", IN(DECIMAL_MONEY), -1 },
	{ "人民币", IN(DECIMAL_MONEY), -1 },
};

static void drop_front(struct text *t, size_t n)
{
	t->p += n;
	t->n -= n;
	*t = text_trim(*t);
}

static void drop_back(struct text *t, size_t n)
{
	t->n -= n;
	*t = text_trim(*t);
}

/* A sign, "+" or "-" (also U+2212), at the front. */
static bool take_sign(struct text *t, bool *negative)
{
	if (text_starts(*t, "-")) {
		*negative = true;
		drop_front(t, 1);
		return true;
	}
	if (text_starts(*t, "\u2212")) {
		*negative = true;
		drop_front(t, strlen("\u2212"));
		return true;
	}
	if (text_starts(*t, "+")) {
		drop_front(t, 1);
		return true;
	}
	return false;
}

/* Accountants' brackets: (123.00) is -123.00. */
static bool take_brackets(struct text *t, enum decimal_unit unit)
{
	if (unit != DECIMAL_MONEY || t->n < 3 || t->p[0] != '(' ||
	    t->p[t->n - 1] != ')')
		return false;
	drop_front(t, 1);
	drop_back(t, 1);
	return true;
}

static void take_prefix(struct text *t, enum decimal_unit unit)
{
	for (size_t i = 0; i < NELEMS(prefixes); i++) {
		const struct unit_word *u = &prefixes[i];

		if ((u->units & IN(unit)) && text_starts(*t, u->word)) {
			drop_front(t, strlen(u->word));
			return;
		}
	}
}

/* Returns the shift that the unit asks for, -1 when it says nothing. */
static int take_suffix(struct text *t, enum decimal_unit unit)
{
	for (size_t i = 0; i < NELEMS(suffixes); i++) {
		const struct unit_word *u = &suffixes[i];

		if ((u->units & IN(unit)) && text_ends(*t, u->word)) {
			drop_back(t, strlen(u->word));
			return u->shift;
		}
	}
	return -1;
}

static bool add_digit(struct digits *d, char c)
{
	if (d->n == 0 && c == '0')
		return true;		/* leading zeros say nothing */
	if (d->n == DIGITS_MAX)
		return false;
	d->digit[d->n++] = c;
	return true;
}

/* digits, or digits in groups of three with commas. */
static bool read_whole(struct text *t, struct digits *d, bool *any)
{
	size_t run = 0, i = 0;
	bool grouped = false;

	for (; i < t->n && (ascii_is_digit(t->p[i]) || t->p[i] == ','); i++) {
		if (ascii_is_digit(t->p[i])) {
			run++;
			*any = true;
			if (!add_digit(d, t->p[i]))
				return false;
		} else {
			if (grouped ? run != 3 : run < 1 || run > 3)
				return false;
			grouped = true;
			run = 0;
		}
	}
	if (grouped && run != 3)
		return false;
	d->whole = d->n;
	t->p += i;
	t->n -= i;
	return true;
}

static bool read_fraction(struct text *t, struct digits *d, bool *any)
{
	size_t lead = 0, i = 1;

	if (t->n == 0 || t->p[0] != '.')
		return t->n == 0;
	for (; i < t->n && ascii_is_digit(t->p[i]); i++) {
		*any = true;
		/* 0.05: the point stands before the first digit kept */
		if (d->n == 0 && t->p[i] == '0')
			lead++;
		else if (!add_digit(d, t->p[i]))
			return false;
	}
	if (i == 1 || i != t->n)
		return false;
	if (lead == 0 || d->n == 0)
		return true;
	if (lead + d->n > DIGITS_MAX)
		return false;
	memmove(d->digit + lead, d->digit, d->n);
	memset(d->digit, '0', lead);
	d->n += lead;
	return true;
}

static bool move_point(struct digits *d, int places)
{
	while (places-- > 0) {
		if (d->whole == d->n) {
			if (d->n == 0)
				continue;
			if (d->n == DIGITS_MAX)
				return false;
			d->digit[d->n++] = '0';
		}
		d->whole++;
	}
	return true;
}

static size_t write_digits(const struct digits *d, char *to)
{
	size_t n = 0, first = 0, last = d->n;

	while (last > d->whole && d->digit[last - 1] == '0')
		last--;
	while (first < d->whole && first < last && d->digit[first] == '0')
		first++;
	if (d->negative && last > first)
		to[n++] = '-';
	if (first == d->whole)
		to[n++] = '0';
	for (size_t i = first; i < d->whole; i++)
		to[n++] = d->digit[i];
	if (last > d->whole)
		to[n++] = '.';
	for (size_t i = d->whole; i < last; i++)
		to[n++] = d->digit[i];
	return n;
}

/* What stands before and after the figures; false when it contradicts
 * itself. *shift: as take_suffix() gives it. */
static bool take_affixes(struct text *t, enum decimal_unit unit, bool *negative,
			 int *shift)
{
	bool brackets = take_brackets(t, unit);
	bool sign = take_sign(t, negative);

	take_prefix(t, unit);
	if (!sign)
		sign = take_sign(t, negative);
	*shift = take_suffix(t, unit);
	*negative |= brackets;
	return !(brackets && sign);
}

size_t decimal_read(struct text t, enum decimal_unit unit, bool in_wan,
		    char to[DECIMAL_BYTES])
{
	struct digits d = { 0 };
	bool any = false;
	int shift = -1;

	t = text_trim(t);
	/* Most are figures from the first byte to the last. */
	if ((t.n == 0 || !ascii_is_digit(t.p[0]) ||
	     !ascii_is_digit(t.p[t.n - 1])) &&
	    !take_affixes(&t, unit, &d.negative, &shift))
		return 0;
	if (!read_whole(&t, &d, &any) || !read_fraction(&t, &d, &any) || !any)
		return 0;
	if (!move_point(&d, shift >= 0 ? shift : in_wan ? 4 : 0))
		return 0;
	return write_digits(&d, to);
}
