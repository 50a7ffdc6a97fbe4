/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-profile: the most frequent values of a column in one cell. */
#include "cmd/profile/profile.h"
#include "stream/json_out.h"

/* What stands in a table of the most frequent values: so many, so wide. */
#define PEOPLE_TOPS 3
#define PEOPLE_WIDTH 16

static void add_json(struct buf *b, const struct profile_column *c,
		     struct text value)
{
	struct buf shown = { 0 };

	profile_add_value(&shown, c, value);
	jsonout_string(b, buf_text(&shown));
	buf_release(&shown);
}

/* A value of a column of numbers, when it is one. */
static bool add_number(struct buf *b, struct text value)
{
	char s[FIGURE_BYTES];
	struct figure f;

	if (!figure_parse(value, &f))
		return false;
	buf_add(b, s, figure_format(f, 0, s));
	return true;
}

static void top_as_json(struct buf *b, const struct profile_column *c,
			const struct description *r)
{
	buf_addc(b, '[');
	for (size_t i = 0; i < r->tops; i++) {
		const struct describe_top *t = &r->top[i];
		struct text value = { t->text, t->n };

		buf_adds(b, i ? ",{\"value\":" : "{\"value\":");
		if (!r->numeric || !add_number(b, value))
			add_json(b, c, value);
		buf_addf(b, ",\"count\":%llu}", (unsigned long long)t->count);
	}
	buf_addc(b, ']');
}

/* "service 40.2%, sale 33.1%": for what repeats. */
static void top_for_people(struct buf *b, const struct profile_column *c,
			   const struct description *r)
{
	for (size_t i = 0; i < r->tops && i < PEOPLE_TOPS; i++) {
		const struct describe_top *t = &r->top[i];
		int64_t tenths = (int64_t)money_ratio(
			(money_wide)t->count * 1000, (money_wide)r->filled, 0);

		if (t->count < 2 || !tenths)
			break;
		buf_adds(b, i ? ", " : "");
		profile_show(b, c, (struct text){ t->text, t->n },
			     PEOPLE_WIDTH);
		buf_addf(b, " %lld.%d%%", (long long)(tenths / 10),
			 (int)(tenths % 10));
	}
}

void profile_put_top(const struct profile_writer *w,
		     const struct profile_column *c,
		     const struct description *r)
{
	struct buf b = { 0 };

	if (w->people) {
		top_for_people(&b, c, r);
		output_text(w->out, buf_text(&b));
	} else {
		top_as_json(&b, c, r);
		output_json(w->out, buf_text(&b));
	}
	buf_release(&b);
}
