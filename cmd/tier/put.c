/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a measure, as they are printed. */
#include "cmd/tier/tier.h"

#define MICRO 1e6

enum col_type unit_type(enum unit unit)
{
	static const enum col_type type[] = {
		[UNIT_FEN] = COL_MONEY,
		[UNIT_WHOLE] = COL_INT,
		[UNIT_MICRO] = COL_REAL,
	};

	return type[unit];
}

enum col_type mean_type(enum unit unit)
{
	return unit == UNIT_FEN ? COL_MONEY : COL_REAL;
}

void put_value(const struct run *run, struct output *out, int64_t value)
{
	switch (run->measure.unit) {
	case UNIT_FEN:
		output_money(out, value);
		break;
	case UNIT_WHOLE:
		output_int(out, value);
		break;
	case UNIT_MICRO:
		output_real(out, (double)value / MICRO);
		break;
	}
}

void put_wide(const struct run *run, struct output *out, money_wide value)
{
	put_value(run, out, output_narrow(value));
}

void put_mean(const struct run *run, struct output *out, money_wide value,
	      size_t n)
{
	if (!n)
		output_empty(out);
	else if (run->measure.unit == UNIT_FEN)
		put_wide(run, out, money_ratio(value, (money_wide)n, 0));
	else
		output_real(out, (double)value / (double)n /
					 (run->measure.unit == UNIT_MICRO ?
						  MICRO :
						  1));
}

void put_empty(struct output *out, size_t n)
{
	while (n--)
		output_empty(out);
}

void put_id(const struct ranking *r, uint32_t who, struct output *out)
{
	struct text key = group_key(r->customers, who);

	if (id_is_lead(key))
		output_empty(out);
	else
		output_text(out, key);
}
