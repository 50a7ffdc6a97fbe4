/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits of the periods before. */
#include <math.h>

#include "model/control.h"

const char *const control_alert_names[CONTROL_ALERTS] = {
	"", "low", "high", "run-low", "run-high"
};

static uint64_t answers(const struct nps_counts *c)
{
	return c->promoters + c->passives + c->detractors;
}

static int64_t balance(const struct nps_counts *c)
{
	return (int64_t)c->promoters - (int64_t)c->detractors;
}

static void set_limits(struct control_point *p, const struct control *c,
		       uint64_t n)
{
	double off;

	p->centre = p->low = p->high = NAN;
	p->base = c->n;
	if (c->periods < CONTROL_PERIODS || c->n < CONTROL_ANSWERS)
		return;
	off = 100 * CONTROL_SIGMAS *
	      sqrt(c->squares / (double)(c->n - c->periods) / (double)n);
	p->centre = 100 * (double)c->sum / (double)c->n;
	p->low = fmax(p->centre - off, -100);
	p->high = fmin(p->centre + off, 100);
}

/* Periods in a row on this side of their centres. */
static int run_on(int run, const struct control_point *p)
{
	if (isnan(p->centre) || p->nps == p->centre)
		return 0;
	if (p->nps > p->centre)
		return run > 0 ? run + 1 : 1;
	return run < 0 ? run - 1 : -1;
}

static enum control_alert alert_of(const struct control_point *p)
{
	if (isnan(p->centre))
		return CONTROL_NONE;
	if (p->nps < p->low)
		return CONTROL_LOW;
	if (p->nps > p->high)
		return CONTROL_HIGH;
	if (p->run <= -CONTROL_RUN)
		return CONTROL_RUN_LOW;
	return p->run >= CONTROL_RUN ? CONTROL_RUN_HIGH : CONTROL_NONE;
}

static void count_in(struct control *c, const struct nps_counts *counts,
		     uint64_t n)
{
	double sum = (double)balance(counts);

	c->periods++;
	c->n += n;
	c->sum += balance(counts);
	c->squares += (double)(counts->promoters + counts->detractors) -
		      sum * sum / (double)n;
}

struct control_point control_next(struct control *c,
				  const struct nps_counts *counts)
{
	uint64_t n = answers(counts);
	struct control_point p = {
		.nps = 100 * (double)balance(counts) / (double)n
	};

	set_limits(&p, c, n);
	c->run = p.run = run_on(c->run, &p);
	p.alert = alert_of(&p);
	count_in(c, counts, n);
	return p;
}
