/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-profile: how single figures are written. */
#include <math.h>

#include "base/number.h"
#include "base/utf8.h"
#include "canon/mask.h"
#include "cmd/profile/profile.h"

/* Digits behind the point that people are shown of what was reckoned. */
#define PEOPLE_DECIMALS 2

struct profile_writer profile_writer(const struct profile *p,
				     struct output *out)
{
	return (struct profile_writer){ out,
					output_for_people(&p->o->common),
					p->clock };
}

static void put_money(struct output *out, struct figure f)
{
	char s[FIGURE_BYTES];
	int64_t fen;

	if (figure_scale(f, 2, &fen))
		output_money(out, fen);
	else
		output_json(out, (struct text){ s, figure_format(f, 2, s) });
}

static void put_time(const struct profile_writer *w,
		     const struct description *r, struct figure f, bool about)
{
	if (r->type == DESCRIBE_DATE)
		output_day(w->out, (int32_t)f.m);
	else if (about)
		output_day(w->out, instant_day_by(w->clock, f.m));
	else
		output_instant(w->out, f.m,
			       instant_offset(w->clock.change, w->clock.n,
					      f.m));
}

void profile_put_figure(const struct profile_writer *w,
			const struct description *r, struct figure f,
			bool about)
{
	char s[FIGURE_BYTES];

	if (!r->numeric) {
		put_time(w, r, f, about);
	} else if (r->type == DESCRIBE_MONEY) {
		put_money(w->out, f);
	} else {
		/* 10 and 10.00 are one value, whichever came first. */
		f = figure_short(f);
		output_json(w->out, (struct text){ s, figure_format(f, 0, s) });
	}
}

void profile_put_real(const struct profile_writer *w, double v)
{
	char s[NUMBER_MAX_BYTES];

	if (w->people && isfinite(v) && fabs(v) >= 0.1)
		output_json(w->out,
			    (struct text){ s, number_format_fixed(
						      v, PEOPLE_DECIMALS,
						      s) });
	else
		output_real(w->out, v);
}

void profile_put_pct(const struct profile_writer *w, uint64_t part,
		     uint64_t whole)
{
	money_wide hundredths;

	if (!whole) {
		output_empty(w->out);
		return;
	}
	hundredths = money_ratio((money_wide)part * 10000, (money_wide)whole,
				 0);
	if (hundredths == 0 && part)
		hundredths = 1;
	if (hundredths == 10000 && part < whole)
		hundredths = 9999;
	output_money(w->out, (int64_t)hundredths);
}

void profile_add_value(struct buf *b, const struct profile_column *c,
		       struct text t)
{
	if (c->mask == FIELD_NONE)
		buf_addt(b, t);
	else
		mask_field(b, c->mask, t);
}

void profile_show(struct buf *b, const struct profile_column *c, struct text t,
		  size_t width)
{
	struct buf value = { 0 };

	profile_add_value(&value, c, t);
	utf8_show(b, buf_text(&value), width);
	buf_release(&value);
}

void profile_put_value(const struct profile_writer *w,
		       const struct profile_column *c, struct text t)
{
	struct buf value = { 0 };

	profile_add_value(&value, c, t);
	output_text(w->out, buf_text(&value));
	buf_release(&value);
}
