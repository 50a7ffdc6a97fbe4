/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of digits, and what they may be together. */
#include "canon/personal.h"

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/idno.h"
#include "canon/mask.h"

#define GROUPS 3		/* the most that one number has */
#define GROUP_DIGITS 18		/* the most that are kept of a group */

/* Digits without anything between. */
struct group_of {
	size_t at, end;		/* bytes */
	size_t n;		/* digits, more than GROUP_DIGITS too */
	size_t byte[GROUP_DIGITS + 1];	/* where each begins */
	char digit[GROUP_DIGITS];
};

/* The digit that begins at `at`, -1 when none does; *n its bytes. */
static int digit_at(struct text t, size_t at, size_t *n)
{
	uint32_t c;

	*n = 1;
	if (at >= t.n)
		return -1;
	c = (unsigned char)t.p[at];
	if (c >= '0' && c <= '9')
		return (int)c - '0';
	if (c != 0xEF)
		return -1;
	c = utf8_decode(t.p + at, t.n - at, n);
	return c >= 0xFF10 && c <= 0xFF19 ? (int)(c - 0xFF10) : -1;
}

/* The digits that begin at `at`; false when none do. */
static bool read_group(struct text t, size_t at, struct group_of *g)
{
	size_t bytes;
	int digit;

	*g = (struct group_of){ .at = at, .end = at };
	while ((digit = digit_at(t, g->end, &bytes)) >= 0) {
		if (g->n < GROUP_DIGITS) {
			g->byte[g->n] = g->end;
			g->digit[g->n] = (char)('0' + digit);
		}
		g->n++;
		g->end += bytes;
	}
	return g->n > 0;
}

/* What may stand between two groups of a number: its bytes, 0 for none. */
static size_t joint_at(struct text t, size_t at, bool *bracket)
{
	static const struct {
		struct text sign;
		bool bracket;
	} joints[] = {
		{ { "-", 1 }, false },	 { { " ", 1 }, false },
		{ { "－", 3 }, false },	 { { "　", 3 }, false },
		{ { ")", 1 }, true },	 { { "）", 3 }, true },
	};

	for (size_t i = 0; i < NELEMS(joints); i++) {
		struct text sign = joints[i].sign;

		if (at + sign.n > t.n || memcmp(t.p + at, sign.p, sign.n) != 0)
			continue;
		*bracket = joints[i].bracket;
		return sign.n;
	}
	return 0;
}

static bool ends_well(struct text t, size_t end)
{
	return end >= t.n || !ascii_is_letter(t.p[end]);
}

/* ---- the numbers ---- */

static bool is_mobile(const char *digits)
{
	return digits[0] == '1' && digits[1] >= '3';
}

/* 11 digits, the country's code before them or not. */
static bool find_mobile(struct text t, const struct group_of *g,
			struct personal *p)
{
	static const char *const codes[] = { "", "86", "086", "0086" };
	size_t head;

	if (g->n < 11 || g->n > 15 || !ends_well(t, g->end))
		return false;
	head = g->n - 11;
	for (size_t i = 0; i < NELEMS(codes); i++)
		if (strlen(codes[i]) == head &&
		    memcmp(g->digit, codes[i], head) == 0 &&
		    is_mobile(g->digit + head)) {
			*p = (struct personal){ PERSONAL_PHONE, g->byte[head],
						g->end - g->byte[head] };
			return true;
		}
	return false;
}

/* A citizen's number: 18 digits, or 17 and an X. */
static bool find_idno(struct text t, const struct group_of *g,
		      struct personal *p)
{
	char key[18];
	size_t end = g->end;

	if (g->n != 17 && g->n != 18)
		return false;
	memcpy(key, g->digit, g->n);
	if (g->n == 17) {
		if (end >= t.n || (t.p[end] != 'x' && t.p[end] != 'X'))
			return false;
		key[17] = 'X';
		end++;
	}
	if (!ends_well(t, end) ||
	    idno_read((struct text){ key, 18 }).kind != IDNO_PERSON)
		return false;
	*p = (struct personal){ PERSONAL_IDNO, g->at, end - g->at };
	return true;
}

/* Groups with a joint between: 3, 4 and 4 of a mobile, or area and number. */
static bool find_joined(struct text t, const struct group_of *first,
			struct personal *p)
{
	struct group_of g[GROUPS];
	bool bracket = false, other;
	size_t n = 1, joint;

	g[0] = *first;
	while (n < GROUPS &&
	       (joint = joint_at(t, g[n - 1].end, n == 1 ? &bracket :
							  &other)) > 0 &&
	       read_group(t, g[n - 1].end + joint, &g[n]))
		n++;
	if (n == 3 && !bracket && g[0].n == 3 && g[1].n == 4 && g[2].n == 4 &&
	    is_mobile(g[0].digit) && ends_well(t, g[2].end)) {
		*p = (struct personal){ PERSONAL_PHONE, g[0].at,
					g[2].end - g[0].at };
		return true;
	}
	if (n < 2 || g[0].digit[0] != '0' || g[0].n < 3 || g[0].n > 4 ||
	    g[1].n < 7 || g[1].n > 8 || !ends_well(t, g[1].end))
		return false;
	*p = (struct personal){ PERSONAL_PHONE, g[0].at, g[1].end - g[0].at };
	return true;
}

struct personal personal_find(struct text t, size_t from)
{
	struct personal p = { PERSONAL_NONE, t.n, 0 };
	struct group_of g;

	for (size_t i = from; i < t.n; i++) {
		size_t bytes;

		if (digit_at(t, i, &bytes) < 0)
			continue;
		read_group(t, i, &g);
		if ((i == 0 || !ascii_is_letter(t.p[i - 1])) &&
		    (find_mobile(t, &g, &p) || find_idno(t, &g, &p) ||
		     find_joined(t, &g, &p)))
			return p;
		i = g.end - 1;
	}
	return p;
}

size_t personal_mask(struct buf *b, struct text t)
{
	size_t at = 0, n = 0;
	struct personal p;

	while ((p = personal_find(t, at)).kind != PERSONAL_NONE) {
		struct text number = { t.p + p.at, p.n };

		buf_add(b, t.p + at, p.at - at);
		if (p.kind == PERSONAL_PHONE)
			mask_phone(b, number);
		else
			mask_idno(b, number);
		at = p.at + p.n;
		n++;
	}
	buf_add(b, t.p + at, t.n - at);
	return n;
}
