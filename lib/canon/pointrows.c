/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the points ledger, as rows and as lines of its log. */
#include "base/mem.h"
#include "base/number.h"
#include "canon/pointrows.h"

const struct input_column pointrows_columns[POINT_COLUMNS] = {
	[POINT_ENTRY_ID] = { "entry_id", COL_TEXT, INPUT_FILLED },
	[POINT_CUSTOMER_ID] = { "customer_id", COL_TEXT, INPUT_FILLED },
	[POINT_AT] = { "at", COL_INSTANT, INPUT_FILLED },
	[POINT_ENTRY] = { "entry", COL_TEXT, INPUT_FILLED },
	[POINT_POINTS] = { "points", COL_INT, INPUT_FILLED },
	[POINT_EXPIRES_ON] = { "expires_on", COL_DAY, INPUT_OPTIONAL },
	[POINT_REF] = { "ref", COL_TEXT, INPUT_OPTIONAL },
};

static bool kind_of(struct text word, enum points_kind *kind)
{
	int i = 0;

	while (i < POINTS_KINDS && !text_is(word, points_kind_names[i]))
		i++;
	*kind = (enum points_kind)i;
	return i < POINTS_KINDS;
}

static int32_t last_day(const struct cell *c, int32_t from, int64_t valid)
{
	if (c->known)
		return c->day;
	return valid ? day_add_months(from, (int)valid) : POINTS_NEVER;
}

bool pointrows_entry(struct input *in, const struct row *row,
		     struct place *place, int64_t valid, struct points_entry *e)
{
	const struct cell *c = row->cell;
	int64_t at = c[POINT_AT].us;

	*e = (struct points_entry){
		.entry_id = c[POINT_ENTRY_ID].text,
		.customer_id = c[POINT_CUSTOMER_ID].text,
		.ref = c[POINT_REF].text,
		.at = at,
		.day = instant_day(at, place_zone(place, at)),
		.points = c[POINT_POINTS].whole,
		.expires_on = POINTS_NEVER,
	};
	if (!kind_of(c[POINT_ENTRY].text, &e->kind)) {
		input_reject(in, POINT_ENTRY, REASON_BAD_VALUE,
			     "earn, redeem, expire or reverse is meant");
		return false;
	}
	if (e->kind == POINTS_EARN)
		e->expires_on = last_day(&c[POINT_EXPIRES_ON], e->day, valid);
	return true;
}

void pointrows_reject(struct input *in, enum points_verdict v,
		      const struct points_entry *e)
{
	static const struct {
		int column;
		enum reason reason;
		const char *why; /* NULL: the reason's own sentence */
	} table[POINTS_VERDICTS] = {
		[POINTS_AMOUNT] = { POINT_POINTS, REASON_OUT_OF_RANGE,
				    "points are 1 to 1000000000" },
		[POINTS_AGAIN] = { POINT_ENTRY_ID, REASON_DUP_ID, NULL },
		[POINTS_REPEATED] = { POINT_ENTRY_ID, REASON_DUP_ID, NULL },
		[POINTS_BACKWARDS] = { POINT_AT, REASON_TIME_BACKWARDS,
				       "earlier than the customer's last "
				       "entry" },
		[POINTS_LATE] = { POINT_EXPIRES_ON, REASON_OUT_OF_RANGE,
				  "the last day is before the day itself" },
		[POINTS_TOO_FEW] = { POINT_POINTS, REASON_TOO_FEW_POINTS,
				     NULL },
		[POINTS_NOT_LAPSED] = { POINT_REF, REASON_NOT_LAPSED, NULL },
		[POINTS_NO_REF] = { POINT_REF, REASON_BAD_REF,
				    "the customer has no such entry" },
		[POINTS_FINAL] = { POINT_REF, REASON_BAD_REF,
				   "that entry cannot be undone or lapse" },
		[POINTS_UNDONE] = { POINT_POINTS, REASON_BAD_REF,
				    "not so much is left to undo" },
	};
	const char *why = table[v].why;

	if (v == POINTS_TOO_FEW && e->kind == POINTS_EXPIRE)
		why = "not so many points have lapsed";
	input_reject(in, table[v].column, table[v].reason, why ? "%s" : NULL,
		     why);
}

/* ---- lines of the log ---- */

static void put_day(struct buf *b, struct text key, int32_t day)
{
	char to[DAY_BYTES];

	caselog_put_text(b, key, (struct text){ to, day_format(day, to) });
}

void pointrows_put(struct buf *b, const struct points_entry *e,
		   struct place *place)
{
	char at[INSTANT_BYTES], points[24];
	size_t n = instant_format(e->at, place_zone(place, e->at), at);

	caselog_put_text(b, TEXT("entry_id"), e->entry_id);
	caselog_put_text(b, TEXT("customer_id"), e->customer_id);
	caselog_put_text(b, TEXT("at"), (struct text){ at, n });
	caselog_put_text(b, TEXT("entry"), text_of(points_kind_names[e->kind]));
	text_putf(points, sizeof(points), "%lld", (long long)e->points);
	caselog_put_plain(b, TEXT("points"), text_of(points));
	if (e->expires_on != POINTS_NEVER)
		put_day(b, TEXT("expires_on"), e->expires_on);
	if (e->ref.n > 0)
		caselog_put_text(b, TEXT("ref"), e->ref);
}

/* The value of a member, unescaped; false when that is not possible. */
static bool value_of(const struct caselog_member *m, struct arena *texts,
		     struct text *value)
{
	struct buf b = { 0 };

	*value = m->value;
	if (!m->escaped)
		return true;
	if (!caselog_unescape(&b, m->value))
		return false;
	*value = (struct text){ arena_copy(texts, b.p, b.n), b.n };
	buf_release(&b);
	return true;
}

/* One member into the entry; those of other names pass by. `kind` is set when
 * the kind is known. */
static bool take_member(const struct caselog_member *m, struct text value,
			struct points_entry *e, bool *kind)
{
	if (text_is(m->key, "entry_id"))
		e->entry_id = value;
	else if (text_is(m->key, "customer_id"))
		e->customer_id = value;
	else if (text_is(m->key, "ref"))
		e->ref = value;
	else if (text_is(m->key, "at"))
		return instant_parse(value, 0, &e->at);
	else if (text_is(m->key, "points"))
		return number_int(value, &e->points);
	else if (text_is(m->key, "expires_on"))
		return day_parse(value, &e->expires_on);
	else if (text_is(m->key, "entry"))
		*kind = kind_of(value, &e->kind);
	return true;
}

const char *pointrows_take(struct text members, struct place *place,
			   struct arena *texts, struct points_entry *e)
{
	struct caselog_member m;
	bool kind = false;

	*e = (struct points_entry){ .at = INT64_MIN,
				    .expires_on = POINTS_NEVER };
	while (caselog_member(&members, &m)) {
		struct text value;

		if (!value_of(&m, texts, &value))
			return "an escape that the log does not use";
		if (!take_member(&m, value, e, &kind))
			return "a value that is none";
	}
	if (members.n > 0 || !kind || e->at == INT64_MIN ||
	    e->entry_id.n == 0 || e->customer_id.n == 0)
		return "not an entry of the points ledger";
	e->day = instant_day(e->at, place_zone(place, e->at));
	return NULL;
}
