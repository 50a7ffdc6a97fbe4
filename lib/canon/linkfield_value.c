/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells in the form in which they are compared, kind by kind. */
#include <string.h>

#include "base/ascii.h"
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

static bool is_alnum(char c)
{
	return ascii_is_digit(c) || ascii_is_lower(c);
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
		if (ascii_is_digit(plain.p[i]))
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
		struct buf turned = { 0 };

		buf_addt(&turned, rest);
		buf_addc(&turned, ' ');
		buf_addt(&turned, family);
		put_words(to, buf_text(&turned));
		buf_release(&turned);
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
	while (again && to->n > at) {
		struct text t = { to->p + at, to->n - at };

		again = false;
		for (size_t i = 0; i < NELEMS(forms) && !again; i++) {
			size_t n = strlen(forms[i]);

			again = t.n > n + 2 && text_ends(t, forms[i]);
			if (again)
				cut(to, at + text_trim((struct text){
						     t.p, t.n - n }).n);
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
		if (plain.p[i] < 0 || plain.p[i] > ' ')
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
	/* 12345-6789 */
	if (to->n - at == 9 && ascii_are_digits(to->p + at, 9))
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

		if (c == ',' || (c >= 0 && c <= ' '))
			continue;
		if (c == '0' && to->n == at && i + 1 < plain.n &&
		    ascii_is_digit(plain.p[i + 1]))
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

/* What was put since `at`. */
static struct text since(const struct buf *b, size_t at)
{
	if (b->n == at)
		return (struct text){ NULL, 0 };
	return (struct text){ b->p + at, b->n - at };
}

void linkfield_value(struct buf *to, enum linkage_kind kind, struct text cell)
{
	struct buf plain = { 0 };
	size_t at = to->n;
	struct text t;

	utf8_plain(&plain, clean_text(cell));
	t = clean_text(buf_text(&plain));
	if (t.n && !linkfield_is_null(t))
		put[kind](to, t);
	/* Without its signs N.A. is na. */
	if (to->n > at && linkfield_is_null(since(to, at)))
		cut(to, at);
	buf_release(&plain);
}
