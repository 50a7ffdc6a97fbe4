/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telephone numbers: prefixes, area codes, several in one cell. */
#include <string.h>

#include "base/ascii.h"
#include "canon/phone.h"

#define MOBILE_DIGITS 11
/* With the country's code; ITU-T E.164 allows 15. */
#define ABROAD_LEAST 7
#define ABROAD_MOST 15

static bool is_mask(char c)
{
	return c == '*' || c == 'x' || c == 'X' || c == '#';
}

static bool is_punctuation(char c)
{
	return c == ' ' || c == '-' || c == '(' || c == ')' || c == '.';
}

/* Dashes and dots beyond ASCII that part a number (— – ‐ − ·): their bytes,
 * or 0. */
static size_t wide_dash(struct text t)
{
	const unsigned char *p = (const unsigned char *)t.p;

	if (t.n >= 2 && p[0] == 0xC2 && p[1] == 0xB7)
		return 2;
	if (t.n < 3 || p[0] != 0xE2)
		return 0;
	if (p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0x95)
		return 3;
	return p[1] == 0x88 && p[2] == 0x92 ? 3 : 0;
}

/* What may stand before the extension of a landline. */
static const char *const extension_words[] = { "转", "ext.", "ext", "x" };

/* A number taken apart: its digits, those of an extension after them. */
struct parts {
	char digit[PHONE_BYTES];
	size_t n;
	char extension[6];
	size_t extension_n;
	size_t hyphens, hyphen_at[3];	/* digits before each hyphen */
	bool plus;
};

static bool add_digits(char *to, size_t *n, size_t max, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (is_punctuation(t.p[i]))
			continue;
		if (!ascii_is_digit(t.p[i]) || *n == max)
			return false;
		to[(*n)++] = t.p[i];
	}
	return true;
}

static struct text cut_extension(struct text t, struct text *extension)
{
	for (size_t i = 0; i < sizeof(extension_words) / sizeof(char *); i++) {
		size_t at = text_find(t, extension_words[i]);
		size_t n = strlen(extension_words[i]);

		if (at == SIZE_MAX || at == 0)
			continue;
		*extension = (struct text){ t.p + at + n, t.n - at - n };
		return (struct text){ t.p, at };
	}
	*extension = (struct text){ 0 };
	return t;
}

static bool take_apart(struct text t, struct parts *p)
{
	struct text extension;

	*p = (struct parts){ 0 };
	t = cut_extension(t, &extension);
	if (!add_digits(p->extension, &p->extension_n, sizeof(p->extension),
			extension))
		return false;
	while (t.n && is_punctuation(t.p[0]))
		t.p++, t.n--;
	if (t.n && t.p[0] == '+') {
		p->plus = true;
		t.p++;
		t.n--;
	}
	for (size_t i = 0, len; i < t.n; i += len) {
		size_t wide = wide_dash((struct text){ t.p + i, t.n - i });

		if ((wide || t.p[i] == '-') && p->hyphens < 3)
			p->hyphen_at[p->hyphens++] = p->n;
		len = wide ? wide : 1;
		if (!wide && !add_digits(p->digit, &p->n, sizeof(p->digit),
					 (struct text){ t.p + i, 1 }))
			return false;
	}
	return p->n > 0;
}

static void drop_front(struct parts *p, size_t n)
{
	memmove(p->digit, p->digit + n, p->n - n);
	p->n -= n;
	for (size_t i = 0; i < p->hyphens; i++)
		p->hyphen_at[i] -= p->hyphen_at[i] < n ? p->hyphen_at[i] : n;
}

/* 86, 0086 and +86 go; any other country after a + stays foreign. */
static bool drop_country(struct parts *p)
{
	if (p->n > 4 && memcmp(p->digit, "0086", 4) == 0)
		drop_front(p, 4);
	else if (p->n > 2 && memcmp(p->digit, "86", 2) == 0 &&
		 (p->plus || p->n > MOBILE_DIGITS))
		drop_front(p, 2);
	else
		return !p->plus;
	p->plus = true;
	return true;
}

static bool is_mobile(const struct parts *p)
{
	return p->n == MOBILE_DIGITS && p->extension_n == 0 &&
	       p->digit[0] == '1' && p->digit[1] >= '3';
}

/* 010 and 02x have three digits, the other areas (03xx to 09xx) four. */
static size_t area_digits(const struct parts *p)
{
	if (p->digit[0] != '0' || p->n < 10)
		return 0;
	if (p->digit[1] == '1')
		return p->digit[2] == '0' ? 3 : 0;
	if (p->digit[1] == '2')
		return 3;
	return p->digit[1] >= '3' ? 4 : 0;
}

/* 0755-12345678-801: a last group after a whole number is the extension. */
static void cut_last_group(struct parts *p, size_t area)
{
	size_t local;

	if (p->extension_n || p->hyphens < 2 || p->hyphen_at[0] != area)
		return;
	local = p->hyphen_at[1] - area;
	if (local < 7 || local > 8 || p->n - p->hyphen_at[1] > 6)
		return;
	p->extension_n = p->n - p->hyphen_at[1];
	memcpy(p->extension, p->digit + p->hyphen_at[1], p->extension_n);
	p->n = p->hyphen_at[1];
}

static bool is_landline(struct parts *p, size_t *area)
{
	size_t local;
	char least;

	*area = area_digits(p);
	if (*area == 0)
		return false;
	cut_last_group(p, *area);
	local = p->n - *area;
	/* No local number begins with 0 or 1, but where a hyphen sets the area
	 * apart what was typed is plain. */
	least = p->hyphens && p->hyphen_at[0] == *area ? '1' : '2';
	return (local == 7 || local == 8) && p->digit[*area] >= least;
}

static struct text write_landline(const struct parts *p, size_t area, char *to)
{
	size_t n = area;

	memcpy(to, p->digit, area);
	to[n++] = '-';
	memcpy(to + n, p->digit + area, p->n - area);
	n += p->n - area;
	if (p->extension_n) {
		to[n++] = '-';
		memcpy(to + n, p->extension, p->extension_n);
		n += p->extension_n;
	}
	return (struct text){ to, n };
}

/* 138****8000, 138xxxx8000: at least two digits masked, among digits. */
static bool is_masked(struct text t)
{
	size_t masks = 0, digits = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (is_mask(t.p[i]))
			masks++;
		else if (ascii_is_digit(t.p[i]))
			digits++;
		else if (!is_punctuation(t.p[i]) && t.p[i] != '+')
			return false;
	}
	return masks >= 2 && digits + masks >= 7;
}

/* 1.38001E+10 */
static bool is_destroyed(struct text t)
{
	size_t i = 0, e;

	while (i < t.n && (ascii_is_digit(t.p[i]) || t.p[i] == '.'))
		i++;
	if (i == 0 || i >= t.n || (t.p[i] != 'E' && t.p[i] != 'e'))
		return false;
	e = ++i;
	if (i < t.n && t.p[i] == '+')
		i++;
	while (i < t.n && ascii_is_digit(t.p[i]))
		i++;
	return i == t.n && i > e;
}

/* A spreadsheet that made a number of a mobile may have left ".0" behind. */
static struct text drop_point_zero(struct text t)
{
	if (t.n != MOBILE_DIGITS + 2 || !text_ends(t, ".0") || t.p[1] < '3' ||
	    t.p[0] != '1')
		return t;
	for (size_t i = 0; i < MOBILE_DIGITS; i++)
		if (!ascii_is_digit(t.p[i]))
			return t;
	t.n -= 2;
	return t;
}

static struct phone as_it_stands(enum phone_kind kind, struct text t)
{
	return (struct phone){ kind, t };
}

static struct phone other_kind(const struct parts *p, struct text t)
{
	if (p->n == 10 && (memcmp(p->digit, "400", 3) == 0 ||
			   memcmp(p->digit, "800", 3) == 0))
		return as_it_stands(PHONE_SERVICE, t);
	if ((p->n == 7 || p->n == 8) && p->digit[0] >= '2')
		return as_it_stands(PHONE_LOCAL, t);
	return as_it_stands(PHONE_BAD, t);
}

struct phone phone_read(struct text t, char to[PHONE_BYTES])
{
	struct text whole = t = drop_point_zero(text_trim(t));
	struct parts p;
	size_t area;

	if (t.n == 0)
		return as_it_stands(PHONE_NONE, t);
	if (is_destroyed(t))
		return as_it_stands(PHONE_DESTROYED, t);
	if (is_masked(t))
		return as_it_stands(PHONE_MASKED, t);
	if (!take_apart(t, &p))
		return as_it_stands(PHONE_BAD, t);
	if (!drop_country(&p))
		return as_it_stands(p.n < ABROAD_LEAST || p.n > ABROAD_MOST ?
					    PHONE_BAD :
					    PHONE_FOREIGN,
				    whole);
	if (is_mobile(&p)) {
		memcpy(to, p.digit, p.n);
		return (struct phone){ PHONE_MOBILE, { to, p.n } };
	}
	/* +86 755 1234 5678: abroad the 0 of the area is not dialled */
	if (p.plus && p.n > 7 && p.n < 12 && p.digit[0] != '0') {
		memmove(p.digit + 1, p.digit, p.n);
		p.digit[0] = '0';
		p.n++;
	}
	if (is_landline(&p, &area))
		return (struct phone){ PHONE_LANDLINE,
				       write_landline(&p, area, to) };
	return other_kind(&p, whole);
}

bool phone_links(struct phone phone)
{
	const char *p = phone.text.p;

	if (phone.kind != PHONE_MOBILE)
		return false;
	for (size_t i = 4; i < MOBILE_DIGITS; i++)
		if (p[i] != p[3])
			return true;
	return false;
}

const char *phone_flag(enum phone_kind kind)
{
	static const char *const flag[] = {
		[PHONE_NONE] = NULL,
		[PHONE_MOBILE] = NULL,
		[PHONE_LANDLINE] = NULL,
		[PHONE_SERVICE] = "phone-service",
		[PHONE_FOREIGN] = "phone-foreign",
		[PHONE_LOCAL] = "phone-local",
		[PHONE_MASKED] = "phone-masked",
		[PHONE_DESTROYED] = "phone-destroyed",
		[PHONE_BAD] = "phone-bad",
	};

	return flag[kind];
}
