/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check signs and what lies inside a citizen's number. */
#include <string.h>

#include "base/ascii.h"
#include "base/checksign.h"
#include "base/day.h"
#include "canon/idno.h"

static int number(const char *p, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + p[i] - '0';
	return v;
}

static int32_t birth_of(int year, const char *month_and_day)
{
	struct civil c = { year, number(month_and_day, 2),
			   number(month_and_day + 2, 2) };

	return year >= 1850 && year < 2100 && day_exists(c) ? day_of(c) :
							      DAY_NONE;
}

static char sex_of(char order)
{
	return (order - '0') % 2 ? 'M' : 'F';
}

static struct idno person(const char *p)
{
	struct idno id = { IDNO_PERSON, birth_of(number(p + 6, 4), p + 10),
			   sex_of(p[16]) };

	if (id.birth == DAY_NONE)
		return (struct idno){ IDNO_DATE, DAY_NONE, 0 };
	if (p[17] != checksign_citizen(p))
		return (struct idno){ IDNO_CHECK, DAY_NONE, 0 };
	return id;
}

/* ISO 7064 MOD 11,10 over 15 digits: how firms were registered before. */
static bool is_old_firm(const char *p)
{
	int product = 10;

	for (int i = 0; i < 14; i++) {
		int sum = (product + p[i] - '0') % 10;

		product = (sum ? sum : 10) * 2 % 11;
	}
	return (product + p[14] - '0') % 10 == 1;
}

static struct idno old_person(const char *p)
{
	struct idno id = { IDNO_OLD, birth_of(1900 + number(p + 6, 2), p + 8),
			   sex_of(p[14]) };

	if (id.birth != DAY_NONE)
		return id;
	return (struct idno){ is_old_firm(p) ? IDNO_OTHER : IDNO_DATE,
			      DAY_NONE, 0 };
}

/* OTHER when some sign is none of a code's, or a firm's place has no digit. */
static enum idno_kind firm(const char *p)
{
	char check = checksign_firm(p);

	if (!check || !ascii_are_digits(p + 2, 6) ||
	    checksign_firm_value(p[17]) < 0)
		return IDNO_OTHER;
	return p[17] == check ? IDNO_FIRM : IDNO_CHECK;
}

static bool is_destroyed(struct text t)
{
	size_t at = text_find(t, "E+");

	return at != SIZE_MAX && at > 0 && at + 2 < t.n &&
	       ascii_are_digits(t.p + at + 2, t.n - at - 2) &&
	       ascii_is_digit(t.p[0]);
}

/* 18 digits may satisfy both rules: a citizen's is the likelier by far. */
static struct idno eighteen(const char *p)
{
	struct idno id = { IDNO_OTHER, DAY_NONE, 0 };
	enum idno_kind as_firm = firm(p);

	if (ascii_are_digits(p, 17) &&
	    (p[17] == 'X' || ascii_are_digits(p + 17, 1)))
		id = person(p);
	if (id.kind == IDNO_OTHER ||
	    (id.kind != IDNO_PERSON && as_firm == IDNO_FIRM))
		return (struct idno){ as_firm, DAY_NONE, 0 };
	return id;
}

struct idno idno_read(struct text t)
{
	enum idno_kind kind = IDNO_OTHER;

	if (t.n == 0)
		kind = IDNO_NONE;
	else if (memchr(t.p, '*', t.n))
		kind = IDNO_MASKED;
	else if (is_destroyed(t))
		kind = IDNO_DESTROYED;
	else if (t.n == 15 && ascii_are_digits(t.p, 15))
		return old_person(t.p);
	else if (t.n == 18)
		return eighteen(t.p);
	else if (t.n >= 14 && ascii_are_digits(t.p, t.n - 1) &&
		 (t.p[t.n - 1] == 'X' || ascii_are_digits(t.p + t.n - 1, 1)))
		kind = IDNO_LENGTH;
	return (struct idno){ kind, DAY_NONE, 0 };
}

const char *idno_flag(enum idno_kind kind)
{
	static const char *const flag[] = {
		[IDNO_NONE] = NULL,
		[IDNO_PERSON] = NULL,
		[IDNO_OLD] = NULL,
		[IDNO_FIRM] = NULL,
		[IDNO_MASKED] = "id-masked",
		[IDNO_DESTROYED] = "id-destroyed",
		[IDNO_CHECK] = "id-check",
		[IDNO_DATE] = "id-date",
		[IDNO_LENGTH] = "id-length",
		[IDNO_OTHER] = NULL,
	};

	return flag[kind];
}
