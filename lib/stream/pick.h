/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --where: conditions on cells. */
#ifndef STREAM_PICK_H
#define STREAM_PICK_H

#include "base/day.h"
#include "base/money.h"
#include "base/number.h"
#include "stream/input.h"

enum pick_op { PICK_EQ, PICK_NE, PICK_LT, PICK_LE, PICK_GT, PICK_GE };

struct condition {
	struct text column;
	enum pick_op op;
	struct cell value;	/* as `type` */
	enum col_type type;	/* numbers and days by value, else bytewise */
};

/*
 * Reads "COL=VALUE" (or != < <= > >=); dies with `option` in the message when
 * it is none. The type is the schema's for that column; without one, a VALUE
 * that is a number or a day is compared as such by < <= > >=.
 */
struct condition pick_parse(const char *option, const char *text,
			    const struct schema *);
/* An unknown cell meets only `COL=` (equal to nothing) and != VALUE. */
bool pick_holds(const struct condition *, const struct cell *);

/*
 * Reads a cell's text as `type`; false when it is no such value. An empty
 * text is a cell not known. zone_minutes is for COL_INSTANT.
 */
static inline bool cell_parse(struct text t, enum col_type type,
			      int zone_minutes, struct cell *c)
{
	c->text = t;
	c->known = t.n > 0;
	if (!c->known)
		return true;
	switch (type) {
	case COL_TEXT:
		return true;
	case COL_DAY:
		return day_parse(t, &c->day);
	case COL_INSTANT:
		return instant_parse(t, zone_minutes, &c->us);
	case COL_MONEY:
		return money_parse(t, &c->fen);
	case COL_INT:
		return number_int(t, &c->whole);
	case COL_REAL:
	case COL_SHARE:
	case COL_FIXED4:
		break;
	}
	return number_short(t, &c->real) || number_real(t, &c->real);
}

/* Why a text is no value of that type. */
static inline enum reason cell_fault(enum col_type type)
{
	if (type == COL_DAY)
		return REASON_BAD_DATE;
	if (type == COL_INSTANT)
		return REASON_BAD_TIME;
	return REASON_BAD_NUMBER;
}

#endif
