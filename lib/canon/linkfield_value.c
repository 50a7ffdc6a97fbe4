/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells in the form in which they are compared, kind by kind. */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "canon/linkfield_in.h"
#include "canon/person.h"
#include "canon/vin.h"

/* ---- nothing known ---- */

static const char *const nulls[] = { "nan", "na", "unknown", "unk", "missing",
				     "?", "??", ".", "..", "x", "xx", "xxx",
				     "no name", "not known", "not available",
				     "undefined", "tbd", "test" };

bool linkfield_is_null(struct text t)
{
	if (clean_is_null(t))
		return true;
	for (size_t i = 0; i < NELEMS(nulls); i++)
		if (text_is(t, nulls[i]))
			return true;
	return false;
}

/* ---- text with its signs settled ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z');
}

/* Signs inside a word, which some write and some leave out. */
static bool is_inner(char c)
{
	return c == '\'' || c == '`' || c == '.' || c == '"';
}

static bool is_sign(uint32_t c)
{
	return (c < 0x80 && !is_alnum((char)c) && c != ' ') ||
	       (c >= 0x2010 && c <= 0x2027) || c == 0xB7 || c == 0x30FB ||
	       (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011);
}

static bool is_han(uint32_t c)
{
	return c >= 0x3400 && c <= 0x9FFF;
}

/* Words with one blank between: signs within words go (o'brien, st.), other
 * signs part words. Chinese has no blanks, only careless typists. */
static void put_words(struct buf *to, struct text plain)
{
	bool gap = false, begun = false;
	uint32_t before = 0;

	for (size_t i = 0, len; i < plain.n; i += len) {
		uint32_t c = utf8_decode(plain.p + i, plain.n - i, &len);

		if (c == 0x2019 || (c < 0x80 && is_inner((char)c)))
			continue;
		if (c <= ' ' || is_sign(c)) {
			gap = begun;
			continue;
		}
		if (gap && !(is_han(before) && is_han(c)))
			buf_addc(to, ' ');
		gap = false;
		begun = true;
		before = c;
		buf_add(to, plain.p + i, len);
	}
}

static void put_alnum(struct buf *to, struct text plain)
{
	for (size_t i = 0, len; i < plain.n; i += len) {
		uint32_t c = utf8_decode(plain.p + i, plain.n - i, &len);

		if (c != ' ' && !is_sign(c))
			buf_add(to, plain.p + i, len);
	}
}

static void put_digits(struct buf *to, struct text plain)
{
	for (size_t i = 0; i < plain.n; i++)
		if (is_digit(plain.p[i]))
			buf_addc(to, plain.p[i]);
}

/* Since `at`; one character over and over fills a field and says nothing. */
static bool is_one_sign(const struct buf *b, size_t at)
{
	for (size_t i = at + 1; i < b->n; i++)
		if (b->p[i] != b->p[at])
			return false;
	return true;
}

static void cut(struct buf *b, size_t n)
{
	b->n = n;
	if (b->p)
		b->p[n] = '\0';
}

/* ---- kinds ---- */

static void put_text(struct buf *to, struct text plain)
{
	put_words(to, plain);
}

/* "smith, john" is john smith */
static void put_name(struct buf *to, struct text plain)
{
	struct text rest = plain, family;
	struct person p = person_read(plain);

	/* What clerks type to fill the field; 王先生 is known by 王 only. */
	if (!person_links(&p) && !p.title_only && plain.n > 4)
		return;
	if (p.title_only) {
		size_t len;

		utf8_decode(p.name.p, p.name.n, &len);
		buf_add(to, p.name.p, len);
		return;
	}
	text_split(&rest, ',', &family);
	if (rest.n && !memchr(rest.p, ',', rest.n)) {
		put_words(to, rest);
		buf_addc(to, ' ');
		put_words(to, family);
		return;
	}
	put_words(to, p.name);
}

/* Forms that firms are written with and without. */
static const char *const forms[] = {
	"股份有限公司", "有限责任公司", "有限公司", "分公司", "公司",
	" limited", " ltd", " incorporated", " inc", " corporation", " corp",
	" company", " co", " llc", " llp", " plc", " gmbh", " ag", " kg",
	" sa", " srl", " bv", " pty",
};

static void put_firm(struct buf *to, struct text plain)
{
	size_t at = to->n;
	bool again = true;

	put_words(to, person_read(plain).name);
	while (again) {
		struct text t = { to->p + at, to->n - at };

		again = false;
		for (size_t i = 0; i < NELEMS(forms) && !again; i++) {
			size_t n = strlen(forms[i]);

			again = t.n > n + 2 && text_ends(t, forms[i]);
			if (again)
				cut(to, to->n - n);
		}
	}
}

static void put_phone(struct buf *to, struct text plain)
{
	size_t at = to->n, n;

	/* Masked, or eaten by a spreadsheet (1.38e+10). */
	if (plain.n && (memchr(plain.p, '*', plain.n) ||
			text_find(plain, "e+") != SIZE_MAX))
		return;
	put_digits(to, plain);
	n = to->n - at;
	if (n < 5 || is_one_sign(to, at))
		cut(to, at);
	else if (n > 10) {
		memmove(to->p + at, to->p + to->n - 10, 10);
		cut(to, at + 10);
	}
}

static void put_email(struct buf *to, struct text plain)
{
	for (size_t i = 0; i < plain.n; i++)
		if (plain.p[i] != ' ')
			buf_addc(to, plain.p[i]);
}

static void put_idnum(struct buf *to, struct text plain)
{
	size_t at = to->n;

	if (plain.n && memchr(plain.p, '*', plain.n))
		return;
	put_alnum(to, plain);
	if (to->n - at > 3 && is_one_sign(to, at))
		cut(to, at);
}

static void put_vin(struct buf *to, struct text plain)
{
	char key[VIN_BYTES];
	size_t at = to->n;

	put_alnum(to, plain);
	if (to->n - at == VIN_BYTES) {
		for (size_t i = 0; i < VIN_BYTES; i++) {
			char c = to->p[at + i];

			key[i] = c >= 'a' ? (char)(c - 'a' + 'A') : c;
		}
		if (vin_links(vin_read((struct text){ key, VIN_BYTES })))
			return;
	}
	cut(to, at);
}

static void put_postcode(struct buf *to, struct text plain)
{
	size_t at = to->n;

	put_alnum(to, plain);
	if (to->n - at == 9)
		cut(to, at + 5);
	if (to->n > at && is_one_sign(to, at) && to->p[at] == '0')
		cut(to, at);
}

/* 007 is 7, 1,234.50 is 1234.5. */
static void put_number(struct buf *to, struct text plain)
{
	size_t at = to->n;
	bool point = false;

	for (size_t i = 0; i < plain.n; i++) {
		char c = plain.p[i];

		if (c == ',' || c == ' ' || (c == '0' && to->n == at &&
					     i + 1 < plain.n &&
					     is_digit(plain.p[i + 1])))
			continue;
		point |= c == '.';
		buf_addc(to, c);
	}
	while (point && to->n > at && to->p[to->n - 1] == '0')
		cut(to, to->n - 1);
	if (point && to->n > at && to->p[to->n - 1] == '.')
		cut(to, to->n - 1);
}

static void put_gender(struct buf *to, struct text plain)
{
	int g = person_gender(plain);

	if (g > 0)
		buf_addc(to, g == 'F' ? 'f' : 'm');
	else if (g < 0)
		buf_addt(to, plain);
}

static void put_date(struct buf *to, struct text plain)
{
	linkfield_date(to, LINKFIELD_YMD, plain);
}

static void (*const put[LINKAGE_KINDS])(struct buf *, struct text) = {
	[LINKAGE_GIVEN] = put_text,	   [LINKAGE_SURNAME] = put_text,
	[LINKAGE_NAME] = put_name,	   [LINKAGE_FIRM] = put_firm,
	[LINKAGE_DATE] = put_date,	   [LINKAGE_PHONE] = put_phone,
	[LINKAGE_EMAIL] = put_email,	   [LINKAGE_IDNUM] = put_idnum,
	[LINKAGE_POSTCODE] = put_postcode, [LINKAGE_NUMBER] = put_number,
	[LINKAGE_ADDRESS] = put_text,	   [LINKAGE_PLACE] = put_text,
	[LINKAGE_GENDER] = put_gender,	   [LINKAGE_CATEGORY] = put_text,
	[LINKAGE_TEXT] = put_text,	   [LINKAGE_VIN] = put_vin,
	[LINKAGE_PLATE] = put_idnum,	   [LINKAGE_SOUND] = put_text,
};

void linkfield_value(struct buf *to, enum linkage_kind kind, struct text cell)
{
	struct buf plain = { 0 };
	struct text t;

	utf8_plain(&plain, clean_text(cell));
	t = clean_text(buf_text(&plain));
	if (t.n && !linkfield_is_null(t))
		put[kind](to, t);
	buf_release(&plain);
}

/* ---- dates ---- */

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
	*letters = !is_digit(t.p[*at]);
	while (*at < t.n && is_alnum(t.p[*at]) &&
	       is_digit(t.p[*at]) != *letters)
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
