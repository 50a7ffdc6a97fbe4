/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several numbers in one cell, or of one customer. */
#include <string.h>

#include "base/mem.h"
#include "canon/clean.h"
#include "canon/phone.h"

static const char *const separators[] = { "/",	";",  "、", ",",
					  "|",	"\n", "或" };

/* Length of a separator at the front of t, or 0. */
static size_t separator(struct text t, bool blanks)
{
	if (blanks)
		return t.p[0] == ' ';
	for (size_t i = 0; i < NELEMS(separators); i++)
		if (text_starts(t, separators[i]))
			return strlen(separators[i]);
	return 0;
}

/* What a cell's parts are read into. */
struct reader {
	char *to;
	struct phone *phones;
	size_t n;
	bool any;		/* one that is a number */
};

static bool take_parts(struct reader *, struct text, bool blanks);

/* False when there are too many, or between blanks one that is no number. */
static bool take_part(struct reader *r, struct text part, bool blanks)
{
	struct reader was = *r;
	struct phone one;

	part = clean_text(part);
	if (clean_is_null_code(part))
		return true;
	if (r->n == PHONE_MAX)
		return false;
	one = phone_read(part, r->to + r->n * PHONE_BYTES);
	if (one.kind == PHONE_BAD) {
		if (blanks)
			return false;
		if (take_parts(r, part, true) && r->n > was.n)
			return true;
		*r = was;
	}
	r->any |= one.kind != PHONE_BAD;
	r->phones[r->n++] = one;
	return true;
}

/* Between separators a part that is no number stays as it is; between blanks
 * each must be one, else they only pad. */
static bool take_parts(struct reader *r, struct text t, bool blanks)
{
	size_t from = 0;

	for (size_t i = 0; i <= t.n; i++) {
		struct text rest = { t.p + i, t.n - i };
		size_t len = i < t.n ? separator(rest, blanks) : 1;

		if (len == 0)
			continue;
		if (!take_part(r, (struct text){ t.p + from, i - from },
			       blanks))
			return false;
		from = i + len;
		i += len - 1;
	}
	return true;
}

static void mobile_first(struct phone *phones, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct phone mobile = phones[i];

		if (phones[0].kind == PHONE_MOBILE)
			return;
		if (mobile.kind != PHONE_MOBILE)
			continue;
		memmove(phones + 1, phones, i * sizeof(*phones));
		phones[0] = mobile;
	}
}

/* The same number twice is one. */
static size_t distinct(struct phone *phones, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < kept && !text_eq(phones[k].text, phones[i].text))
			k++;
		if (k == kept)
			phones[kept++] = phones[i];
	}
	return kept;
}

size_t phone_read_all(struct text t, char *to, struct phone phones[PHONE_MAX])
{
	struct reader r = { .to = to, .phones = phones };

	phones[0] = phone_read(t, to);
	if (phones[0].kind == PHONE_NONE)
		return 0;
	if (phones[0].kind != PHONE_BAD)
		return 1;
	if (!take_parts(&r, t, false) || !r.any) {
		phones[0] = (struct phone){ PHONE_BAD, text_trim(t) };
		return 1;
	}
	mobile_first(phones, r.n);
	return distinct(phones, r.n);
}

static bool is_in(struct text list, struct text one)
{
	struct text part;

	while (list.n && text_split(&list, '/', &part))
		if (text_eq(part, one))
			return true;
	return false;
}

struct text phone_settle(struct text numbers, struct buf *others)
{
	struct text rest = numbers, one, best = { 0 };
	char room[PHONE_BYTES];
	size_t from = others->n;
	bool mobile = false;

	while (rest.n && !mobile && text_split(&rest, '\n', &one)) {
		if (one.n == 0)
			continue;
		mobile = phone_read(one, room).kind == PHONE_MOBILE;
		if (best.n == 0 || mobile)
			best = one;
	}
	rest = numbers;
	while (rest.n && text_split(&rest, '\n', &one)) {
		struct text so_far = { others->p ? others->p + from : NULL,
				       others->n - from };

		if (one.n == 0 || text_eq(one, best) || is_in(so_far, one))
			continue;
		if (so_far.n)
			buf_addc(others, '/');
		buf_addt(others, one);
	}
	return best;
}
