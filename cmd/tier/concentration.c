/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of the whole a few hold: figures, and the Lorenz curve. */
#include "base/mem.h"
#include "cmd/tier/tier.h"
#include "model/concentration.h"

static void write_measure(const struct by *by, size_t label, const char *name,
			  struct output *out)
{
	by_put(by, label, out);
	output_str(out, name);
}

void concentration_write(const struct run *run, const struct by *by,
			 size_t label, const struct ranking *r,
			 struct output *out)
{
	static const struct {
		const char *name;
		int64_t ppm;
	} tops[] = {{"top_1_share", 10000},
		    {"top_4_share", 40000},
		    {"top_20_share", 200000},
		    {"top_22_share", 220000}};
	double gini;

	write_measure(by, label, "gini", out);
	if (concentration_gini(r->at, r->n, &gini))
		output_real(out, gini);
	else
		output_empty(out);
	output_end(out);
	for (size_t i = 0; i < NELEMS(tops); i++) {
		write_measure(by, label, tops[i].name, out);
		output_share(out, concentration_top(r->at, r->n, tops[i].ppm),
			     r->total);
		output_end(out);
	}
	write_measure(by, label, "customers", out);
	output_int(out, (int64_t)r->n);
	output_end(out);
	write_measure(by, label, "total", out);
	put_wide(run, out, r->total);
	output_end(out);
}

#define CURVE_STEPS 100

void curve_write(const struct run *run, const struct by *by, size_t label,
		 const struct ranking *r, struct output *out)
{
	size_t customers[CURVE_STEPS + 1];
	money_wide value[CURVE_STEPS + 1];

	(void)run;
	if (!r->n)
		return;
	concentration_curve(r->at, r->n, CURVE_STEPS, customers, value);
	for (size_t k = 0; k <= CURVE_STEPS; k++) {
		if (k && customers[k] == customers[k - 1])
			continue;
		by_put(by, label, out);
		output_share(out, (money_wide)customers[k], (money_wide)r->n);
		output_share(out, value[k], r->total);
		output_end(out);
	}
}
