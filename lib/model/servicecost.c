/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rates of service; a handful, so they are looked through in order. */
#include "model/servicecost.h"

static bool find(const struct servicecost *c, enum servicecost_kind kind,
		 struct text what, int64_t *fen)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->rate[i].kind == kind &&
		    text_eq(c->rate[i].what, what)) {
			*fen = c->rate[i].fen;
			return true;
		}
	return false;
}

const char *servicecost_add(struct servicecost *c, enum servicecost_kind kind,
			    struct text what, int64_t fen)
{
	int64_t before;

	if (c->n == SERVICECOST_RATES_MAX)
		return "too many rates";
	if (fen < 0)
		return "a rate is not negative";
	if (find(c, kind, what, &before))
		return "this rate stands there already";
	c->rate[c->n].kind = kind;
	c->rate[c->n].what = what;
	c->rate[c->n++].fen = fen;
	return NULL;
}

bool servicecost_rate(const struct servicecost *c, enum servicecost_kind kind,
		      struct text what, int64_t *fen)
{
	return find(c, kind, what, fen) || find(c, kind, TEXT("*"), fen);
}

bool servicecost_has(const struct servicecost *c, enum servicecost_kind kind)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->rate[i].kind == kind && c->rate[i].fen > 0)
			return true;
	return false;
}
