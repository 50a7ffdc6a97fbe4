/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a measure, as they are printed. */
#include "base/msg.h"
#include "cmd/tier/tier.h"

enum col_type unit_type(enum unit unit)
{
	return unit == UNIT_WHOLE ? COL_INT : COL_MONEY;
}

enum col_type mean_type(enum unit unit)
{
	return unit == UNIT_WHOLE ? COL_REAL : COL_MONEY;
}

void put_value(const struct run *run, struct output *out, int64_t value)
{
	if (run->measure.unit == UNIT_WHOLE)
		output_int(out, value);
	else
		output_money(out, value);
}

void put_wide(const struct run *run, struct output *out, money_wide value)
{
	int64_t narrow;

	if (!money_narrow(value, &narrow))
		die("a total is too large");
	put_value(run, out, narrow);
}

void put_mean(const struct run *run, struct output *out, money_wide value,
	      size_t n)
{
	if (!n)
		output_empty(out);
	else if (run->measure.unit == UNIT_WHOLE)
		output_real(out, (double)value / (double)n);
	else
		put_wide(run, out, money_ratio(value, (money_wide)n, 0));
}
