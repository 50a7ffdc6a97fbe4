/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of the whole a few hold: figures, and the Lorenz curve. */
#include "base/mem.h"
#include "base/msg.h"
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

static void write_top(const struct by *by, size_t label, const char *pct,
		      int64_t ppm, const struct ranking *r, struct output *out)
{
	struct buf name = { 0 };

	buf_addf(&name, "top_%s_share", pct);
	begin(by, label, name.p, out);
	output_share(out, concentration_top(r->at, r->n, ppm), r->total);
	output_end(out);
	buf_release(&name);
}

void tops_check(const char *list)
{
	struct text rest = text_of(list), pct;
	int64_t ppm;

	while (text_split(&rest, ',', &pct))
		if (!tier_percent(pct, &ppm))
			die_usage("--top: \"%s\" is not PCT,..., percentages "
				  "from 0 to 100",
				  list);
}

/* The shares that --top asks for. */
static void write_tops(const char *list, const struct by *by, size_t label,
		       const struct ranking *r, struct output *out)
{
	struct text rest = text_of(list), pct;
	struct buf name = { 0 };
	int64_t ppm = 0;

	while (list && text_split(&rest, ',', &pct)) {
		tier_percent(pct, &ppm);
		buf_clear(&name);
		buf_addt(&name, pct);
		write_top(by, label, name.p, ppm, r, out);
	}
	buf_release(&name);
}

void concentration_write(const struct run *run, const struct by *by,
			 size_t label, const struct ranking *r,
			 struct output *out)
{
	static const struct {
		const char *pct;
		int64_t ppm;
	} tops[] = { { "1", 10000 },
		     { "4", 40000 },
		     { "20", 200000 },
		     { "22", 220000 } };
	const struct concentration_signs signs =
		concentration_signs(r->at, r->n);

	write_gini(by, label, "gini", concentration_gini, r, out);
	for (size_t i = 0; i < NELEMS(tops); i++)
		write_top(by, label, tops[i].pct, tops[i].ppm, r, out);
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
	write_tops(run->tops, by, label, r, out);
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
