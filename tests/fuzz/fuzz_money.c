/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Amounts and numbers against a slow and simple reading of the same text:
 * digit by digit in 128 bits for money, strtod for reals.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "base/number.h"
#include "tests/fuzz/fuzz.h"

/* [+-]digits[.digits], rounded to two places; stops growing past 64 bits. */
static bool slow_money(const char *s, money_wide *fen)
{
	const money_wide enough = (money_wide)1 << 80;
	const char *sign = s;
	money_wide v = 0;
	size_t n, places;

	s += *s == '-' || *s == '+';
	n = strspn(s, "0123456789");
	if (n == 0)
		return false;
	for (size_t i = 0; i < n; i++)
		v = v > enough ? v : v * 10 + (s[i] - '0');
	s += n;
	places = *s == '.' ? strspn(s + 1, "0123456789") : 0;
	if (*s == '.' && places == 0)
		return false;
	for (size_t i = 0; i < 2; i++)
		v = v * 10 + (i < places ? s[1 + i] - '0' : 0);
	if (places > 2 && s[3] >= '5')
		v++;
	if (s[places + (*s == '.')] != '\0')
		return false;
	*fen = *sign == '-' ? -v : v;
	return true;
}

static void try_money(struct text t, const char *s)
{
	money_wide want;
	int64_t fen = 0, narrow;
	char printed[MONEY_MAX_BYTES];
	bool good = strlen(s) == t.n && slow_money(s, &want) &&
		    money_narrow(want, &narrow);

	must(money_parse(t, &fen) == good);
	if (!good)
		return;
	must(fen == narrow);
	t = (struct text){ printed, money_format(fen, printed) };
	must(t.n < MONEY_MAX_BYTES && money_parse(t, &fen) && fen == narrow);
}

static void try_real(struct text t, const char *s)
{
	char printed[NUMBER_MAX_BYTES];
	int64_t whole;
	double v;

	if (!number_real(t, &v)) {
		must(!number_int(t, &whole) || t.n > 400);
		return;
	}
	must(isfinite(v) && strlen(s) == t.n && v == strtod(s, NULL));
	must(!(v == 0 && signbit(v)));
	must(strspn(s, "+-.0123456789eE") == t.n);
	must(number_format(v, printed) < NUMBER_MAX_BYTES);
	for (int decimals = 0; decimals <= 6; decimals++)
		must(number_format_fixed(v, decimals, printed) <
		     NUMBER_MAX_BYTES);
	if (number_int(t, &whole))
		must((double)whole == v);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct text t = { (const char *)data, size };
	struct buf copy = { 0 };

	buf_add(&copy, t.p, t.n);
	buf_addc(&copy, '\0');
	try_money(t, copy.p);
	try_real(t, copy.p);
	buf_release(&copy);
	return 0;
}
