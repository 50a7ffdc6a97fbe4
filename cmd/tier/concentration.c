/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of the whole a few hold: figures, and the Lorenz curve. */
#include "base/mem.h"
#include "cmd/tier/tier.h"
#include "model/concentration.h"

static void begin(const struct by *by, size_t label, const char *name,
		  struct output *out)
{
	by_put(by, label, out);
	output_str(out, name);
}

static void write_count(const struct by *by, size_t label, const char *name,
			size_t n, struct output *out)
{
	begin(by, label, name, out);
	output_int(out, (int64_t)n);
	output_end(out);
}

/* Empty where it is not defined. */
static void write_gini(const struct by *by, size_t label, const char *name,
		       bool (*index)(const struct ranked *, size_t, double *),
		       const struct ranking *r, struct output *out)
{
	double gini;

	begin(by, label, name, out);
	if (index(r->at, r->n, &gini))
		output_real(out, gini);
	else
		output_empty(out);
	output_end(out);
}

void concentration_write(const struct run *run, const struct by *by,
			 size_t label, const struct ranking *r,
			 struct output *out)
{
	static const struct {
		const char *name;
		int64_t ppm;
	} tops[] = { { "top_1_share", 10000 },
		     { "top_4_share", 40000 },
		     { "top_20_share", 200000 },
		     { "top_22_share", 220000 } };
	const struct concentration_signs signs =
		concentration_signs(r->at, r->n);

	write_gini(by, label, "gini", concentration_gini, r, out);
	for (size_t i = 0; i < NELEMS(tops); i++) {
		begin(by, label, tops[i].name, out);
		output_share(out,
			     concentration_top(r->at, r->n, tops[i].ppm),
			     r->total);
		output_end(out);
	}
	write_count(by, label, "customers", r->n, out);
	begin(by, label, "total", out);
	put_wide(run, out, r->total);
	output_end(out);
	write_gini(by, label, "gini_sample", concentration_gini_sample, r,
		   out);
	write_gini(by, label, "gini_normalised", concentration_gini_normalised,
		   r, out);
	write_count(by, label, "zeros", signs.zeros, out);
	write_count(by, label, "negatives", signs.negatives, out);
	begin(by, label, "negative_total", out);
	put_wide(run, out, signs.negative);
	output_end(out);
}

#define CURVE_STEPS 100

static void write_point(const struct by *by, size_t label,
			const struct ranking *r, size_t customers,
			money_wide value, struct output *out)
{
	by_put(by, label, out);
	output_share(out, (money_wide)customers, (money_wide)r->n);
	output_share(out, value, r->total);
	output_end(out);
}

void curve_write(const struct run *run, const struct by *by, size_t label,
		 const struct ranking *r, struct output *out)
{
	size_t customers[CURVE_STEPS + 1];
	money_wide value[CURVE_STEPS + 1];

	(void)run;
	if (!r->n)
		return;
	concentration_curve(r->at, r->n, CURVE_STEPS, customers, value);
	for (size_t k = 0; k <= CURVE_STEPS; k++)
		if (!k || customers[k] != customers[k - 1])
			write_point(by, label, r, customers[k], value[k], out);
}

void whale_write(const struct run *run, const struct by *by, size_t label,
		 const struct ranking *r, struct output *out)
{
	size_t customers[CURVE_STEPS + 2], n;
	money_wide value[CURVE_STEPS + 2];

	(void)run;
	if (!r->n)
		return;
	n = concentration_whale(r->at, r->n, CURVE_STEPS, customers, value);
	for (size_t k = 0; k < n; k++)
		write_point(by, label, r, customers[k], value[k], out);
}
