/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates in any order of their parts, with signs, letters or nothing between. */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "canon/linkfield_in.h"

static bool is_alnum(char c)
{
	return ascii_is_digit(c) || ascii_is_lower(c);
}

static const char *const months[12] = { "jan", "feb", "mar", "apr",
					"may", "jun", "jul", "aug",
					"sep", "oct", "nov", "dec" };

static int month_of(const char *p, size_t n)
{
	if (n < 3)
		return 0;
	for (int m = 0; m < 12; m++)
		if (memcmp(p, months[m], 3) == 0)
			return m + 1;
	return 0;
}

/* Eight digits: 19560409 or 09041956. */
static void cut_run(const char *p, enum linkfield_order order,
		    struct linkfield_parts *d)
{
	static const size_t width[][3] = { [LINKFIELD_YMD] = { 4, 2, 2 },
					   [LINKFIELD_DMY] = { 2, 2, 4 },
					   [LINKFIELD_MDY] = { 2, 2, 4 } };

	for (size_t k = 0; k < 3; k++) {
		d->digits[k] = width[order][k];
		d->part[k] = 0;
		for (size_t i = 0; i < width[order][k]; i++)
			d->part[k] = d->part[k] * 10 + *p++ - '0';
	}
}

/* A run of at most 8 digits or letters from *at on. */
static bool next_run(struct text t, size_t *at, size_t *from, bool *letters)
{
	while (*at < t.n && !is_alnum(t.p[*at]))
		++*at;
	*from = *at;
	if (*at == t.n)
		return false;
	*letters = !ascii_is_digit(t.p[*at]);
	while (*at < t.n && is_alnum(t.p[*at]) &&
	       ascii_is_digit(t.p[*at]) != *letters)
		++*at;
	return true;
}

/* The month in front or in the middle: 12 mar 1980, mar 12 1980. */
static void settle_named(struct linkfield_parts *d, size_t named)
{
	int month = d->part[named];

	if (named == 0) {
		d->part[0] = d->part[1];
		d->digits[0] = d->digits[1];
		d->part[1] = month;
	}
	d->named_month = true;
}

bool linkfield_parts(struct text t, enum linkfield_order order,
		     struct linkfield_parts *d)
{
	size_t at = 0, from, n = 0, named = SIZE_MAX;
	bool letters;

	d->named_month = false;
	while (n < 3 && next_run(t, &at, &from, &letters)) {
		size_t len = at - from;
		int v = 0;

		if (letters) {
			v = month_of(t.p + from, len);
			if (!v || named != SIZE_MAX || n == 2)
				return false;
			named = n;
		} else if (n == 0 && len == 8) {
			cut_run(t.p + from, order, d);
			return true;
		} else if (len > 4) {
			return false;
		} else {
			for (size_t i = from; i < at; i++)
				v = v * 10 + t.p[i] - '0';
		}
		d->part[n] = v;
		d->digits[n++] = len;
	}
	if (n == 3 && named != SIZE_MAX)
		settle_named(d, named);
	return n == 3;
}

/* 00 to 30 is this century, as most births and deals lie. */
static int full_year(const struct linkfield_parts *d, size_t at)
{
	int y = d->part[at];

	if (d->digits[at] > 2)
		return y;
	return y <= 30 ? 2000 + y : 1900 + y;
}

static bool is_filler_day(int y, int m, int d)
{
	return (y == 1900 && m == 1 && d == 1) || y == 0 ||
	       (y == 1899 && m == 12 && d == 30) ||
	       (y == 9999 && m == 12 && d == 31) ||
	       (y == 1111 && m == 11 && d == 11);
}

void linkfield_date(struct buf *to, enum linkfield_order order,
		    struct text cell)
{
	struct buf plain = { 0 };
	struct linkfield_parts d;
	int y, m, day;
	size_t year;

	utf8_plain(&plain, clean_text(cell));
	struct text t = clean_text(buf_text(&plain));

	if (!t.n || linkfield_is_null(t)) {
		buf_release(&plain);
		return;
	}
	if (!linkfield_parts(t, order, &d)) {
		buf_addt(to, t);
		buf_release(&plain);
		return;
	}
	/* A year of four digits is known for one wherever it stands. */
	year = d.digits[0] > 2 ? 0 :
	       d.digits[2] > 2 || order != LINKFIELD_YMD || d.named_month ? 2 :
									   0;
	y = full_year(&d, year);
	m = d.part[1];
	day = year == 0 ? d.part[2] : d.part[0];
	if (year == 2 && order == LINKFIELD_MDY && !d.named_month) {
		m = d.part[0];
		day = d.part[1];
	}
	if (!is_filler_day(y, m, day))
		buf_addf(to, "%04d-%02d-%02d", y, m, day);
	buf_release(&plain);
}
