/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number formats told apart, day counts and digits written. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/day.h"
#include "base/mem.h"
#include "base/number.h"
#include "stream/xlsx_value.h"

/* ---- formats ---- */

static const struct {
	uint8_t first, last, shown;
} builtin[] = {
	{ 14, 17, XLSX_DAY },	    { 18, 21, XLSX_TIME },
	{ 22, 22, XLSX_DAY_TIME },  { 27, 31, XLSX_DAY },
	/* 34, 35, 55 and 56 are times in Chinese, dates in Japanese: TIME
	 * goes by the value. */
	{ 32, 35, XLSX_TIME },	    { 36, 36, XLSX_DAY },
	{ 45, 45, XLSX_TIME },	    { 46, 46, XLSX_DURATION },
	{ 47, 47, XLSX_TIME },	    { 50, 54, XLSX_DAY },
	{ 55, 56, XLSX_TIME },	    { 57, 58, XLSX_DAY },
};

enum xlsx_shown xlsx_shown_builtin(uint32_t id)
{
	for (size_t i = 0; i < NELEMS(builtin); i++)
		if (id >= builtin[i].first && id <= builtin[i].last)
			return (enum xlsx_shown)builtin[i].shown;
	return XLSX_NUMBER;
}

/* What the letters of a format have said so far. */
struct letters {
	bool day, time, duration;
	bool month;		/* m, of which is not known what it is */
	char before;		/* the letter before: y, m, d, h or s */
};

static void letter(struct letters *l, char c)
{
	switch (c) {
	case 'y':
	case 'd':
	case 'e':
		l->day = true;
		break;
	case 'h':
		l->time = true;
		break;
	case 's':
		l->time = true;
		/* mm:ss: it was minutes. */
		if (l->before == 'm')
			l->month = false;
		break;
	default:
		if (l->before != 'h' && l->before != 'm')
			l->month = true;
		break;
	}
	l->before = c;
}

/* [h], [mm], [ss]: a count that goes on; any other bracket is a colour, a
 * currency, a condition. Gives the bytes up to the closing one. */
static size_t bracket(struct letters *l, struct text t)
{
	const char *close = memchr(t.p, ']', t.n);
	size_t n = close ? (size_t)(close - t.p) : t.n, i = 1;

	if (i < n && strchr("hmsHMS", t.p[1])) {
		while (i < n && t.p[i] == t.p[1])
			i++;
		l->duration |= i == n;
	}
	return n;
}

static bool is_word(struct text t, const char *word)
{
	return t.n >= strlen(word) &&
	       strncasecmp(t.p, word, strlen(word)) == 0;
}

/* Words that are no letters of a date. */
static size_t skip_word(struct text t)
{
	static const char *const words[] = { "general", "am/pm", "a/p", "e+",
					     "e-" };

	for (size_t i = 0; i < NELEMS(words); i++)
		if (is_word(t, words[i]))
			return strlen(words[i]);
	return 0;
}

static size_t step(struct letters *l, struct text t)
{
	char c = ascii_lower(t.p[0]);
	const char *close;
	size_t n = skip_word(t);

	if (n)
		return n;
	/* The weekday. */
	if (is_word(t, "aaa")) {
		l->day = true;
		return 3;
	}
	switch (c) {
	case '"':
		close = t.n > 1 ? memchr(t.p + 1, '"', t.n - 1) : NULL;
		return close ? (size_t)(close - t.p) + 1 : t.n;
	case '\\':
	case '_':
	case '*':
		return 2;
	case '[':
		return bracket(l, t) + 1;
	case 'y':
	case 'm':
	case 'd':
	case 'h':
	case 's':
	case 'e':
		letter(l, c);
		return 1;
	default:
		return 1;
	}
}

/* 00000: as many digits as there are zeros; 0: another format. */
static size_t zeros(struct text code)
{
	size_t n = 0;

	while (n < code.n && code.p[n] == '0')
		n++;
	return n == code.n && n > 1 && n <= 20 ? n : 0;
}

enum xlsx_shown xlsx_shown_code(struct text code)
{
	struct letters l = { 0 };

	if (zeros(code))
		return (enum xlsx_shown)(XLSX_PADDED + zeros(code));
	while (code.n && code.p[0] != ';') {
		size_t n = step(&l, code);

		n = n < code.n ? n : code.n;
		code.p += n;
		code.n -= n;
	}
	if (l.duration)
		return XLSX_DURATION;
	if (l.day || l.month)
		return l.time ? XLSX_DAY_TIME : XLSX_DAY;
	return l.time ? XLSX_TIME : XLSX_NUMBER;
}

/* ---- digits ---- */

/* [-]digits[.digits] of at most 15 digits, as they would be written. */
static bool is_plain(struct text t)
{
	size_t i = t.n && t.p[0] == '-', first = i, point = 0;

	for (; i < t.n; i++) {
		if (t.p[i] == '.' && !point)
			point = i;
		else if (!ascii_is_digit(t.p[i]))
			return false;
	}
	if (t.n == first || t.n - first - (point > 0) > 15 || t.n > 17)
		return false;
	if (t.p[first] == '0' && t.n > first + 1 && point != first + 1)
		return false;
	if (point == first && point)
		return false;
	if (point && t.p[t.n - 1] == '0')
		return false;
	return t.p[t.n - 1] != '.' && t.p[first] != '.' &&
	       !(t.p[0] == '-' && t.n == 2 && t.p[1] == '0');
}

/* d.ddde±x as digits without an exponent. */
static size_t spell(const char *digits, size_t n, int exponent, char *to)
{
	char *p = to;
	int point = exponent + 1;

	if (point <= 0) {
		*p++ = '0';
		*p++ = '.';
		for (int i = point; i < 0; i++)
			*p++ = '0';
	}
	for (size_t i = 0; i < n; i++) {
		if (point > 0 && (int)i == point)
			*p++ = '.';
		*p++ = digits[i];
	}
	for (int i = (int)n; i < point; i++)
		*p++ = '0';
	return (size_t)(p - to);
}

static size_t put_number(double v, char to[XLSX_VALUE_BYTES])
{
	char s[32], digits[20] = "0";
	size_t n = text_putf(s, sizeof(s), "%.14e", fabs(v)), used = 0, out = 0;
	int exponent = 0;

	for (size_t i = 0; i < n && s[i] != 'e'; i++)
		if (s[i] != '.')
			digits[used++] = s[i];
	for (size_t i = used + 3; i < n; i++)
		exponent = exponent * 10 + (s[i] - '0');
	if (s[used + 2] == '-')
		exponent = -exponent;
	while (used > 1 && digits[used - 1] == '0')
		used--;
	if (digits[0] == '0') {
		to[0] = '0';
		return 1;
	}
	if (v < 0)
		to[out++] = '-';
	if (exponent > 20 || exponent < -9)
		return out + text_putf(to + out, XLSX_VALUE_BYTES - out,
				       "%.15g", fabs(v));
	return out + spell(digits, used, exponent, to + out);
}

static size_t put_padded(double v, size_t width, char to[XLSX_VALUE_BYTES])
{
	size_t n = put_number(v, to);

	if (n >= width || v < 0 || memchr(to, '.', n) || memchr(to, 'e', n))
		return n;
	memmove(to + width - n, to, n);
	memset(to, '0', width - n);
	return width;
}

/* ---- days ---- */

#define LAST_SERIAL 2958465	/* 9999-12-31 */
#define DAYS_1904 1462

static size_t put_clock(int64_t second, char *to, size_t room)
{
	return text_putf(to, room, "%02d:%02d:%02d", (int)(second / 3600),
			 (int)(second / 60 % 60), (int)(second % 60));
}

/* A day count of the 1900 system, at least 1. */
static size_t put_date(int64_t serial, char *to)
{
	static const int32_t epoch = -25569;	/* 1899-12-30 */

	if (serial == 60) {
		memcpy(to, "1900-02-29", 10);
		return 10;
	}
	return day_format(epoch + (int32_t)serial + (serial < 60), to);
}

static size_t put_days(double v, enum xlsx_shown shown, bool from_1904,
		       char to[XLSX_VALUE_BYTES])
{
	int64_t seconds = llround(v * DAY_SECONDS), day, second;
	size_t n;

	if (shown == XLSX_DURATION)
		return put_clock(seconds, to, XLSX_VALUE_BYTES);
	day = seconds / DAY_SECONDS;
	second = seconds % DAY_SECONDS;
	if (day == 0 && !from_1904) {
		if (second || shown == XLSX_TIME)
			return put_clock(second, to, XLSX_VALUE_BYTES);
		/* As Excel shows it: no such day. */
		memcpy(to, "1900-01-00", 10);
		return 10;
	}
	if (day == 0 && shown == XLSX_TIME)
		return put_clock(second, to, XLSX_VALUE_BYTES);
	n = put_date(day + (from_1904 ? DAYS_1904 : 0), to);
	if (second == 0 && shown != XLSX_DAY_TIME)
		return n;
	to[n++] = ' ';
	return n + put_clock(second, to + n, XLSX_VALUE_BYTES - n);
}

size_t xlsx_value(struct text stored, enum xlsx_shown shown, bool from_1904,
		  char to[XLSX_VALUE_BYTES])
{
	double v, last = LAST_SERIAL + 1 - (from_1904 ? DAYS_1904 : 0);

	if (shown == XLSX_NUMBER && is_plain(stored)) {
		memcpy(to, stored.p, stored.n);
		return stored.n;
	}
	if (!number_real(text_trim(stored), &v)) {
		size_t n = stored.n < XLSX_VALUE_BYTES ? stored.n :
							 XLSX_VALUE_BYTES;

		if (n)
			memcpy(to, stored.p, n);
		return n;
	}
	if (shown > XLSX_PADDED)
		return put_padded(v, (size_t)(shown - XLSX_PADDED), to);
	if (shown == XLSX_NUMBER || v < 0 ||
	    v * DAY_SECONDS + .5 >= last * DAY_SECONDS)
		return put_number(v, to);
	return put_days(v, shown, from_1904, to);
}

size_t xlsx_iso_date(char *p, size_t n, enum xlsx_shown shown)
{
	if (n <= 10 || p[10] != 'T')
		return n;
	if (n > 19)
		n = 19;
	if (shown != XLSX_DAY_TIME && n == 19 &&
	    memcmp(p + 10, "T00:00:00", 9) == 0)
		return 10;
	p[10] = ' ';
	return n;
}
