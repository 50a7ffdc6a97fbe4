/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contracts by how long they lasted. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "canon/tenures.h"

const struct input_column survivors_columns[SURVIVORS_COLUMNS] = {
	[SURVIVORS_PERIOD] = { "period", COL_INT, INPUT_FILLED },
	[SURVIVORS_COUNT] = { "survivors", COL_REAL, INPUT_FILLED },
};
const struct input_column step_columns[STEP_COLUMNS] = {
	[STEP_TIME] = { "time", COL_INT, INPUT_FILLED },
	[STEP_EVENTS] = { "events", COL_INT, INPUT_FILLED },
	[STEP_CENSORED] = { "censored", COL_INT, INPUT_FILLED },
};

/* So many lost in, and kept until the end of, a period 1 ... TENURES_MAX. */
static void add(struct tenure_list *t, size_t period, double lost, double kept)
{
	while (t->n < period) {
		t->at = mem_grow(t->at, t->n, &t->cap, sizeof(*t->at));
		t->at[t->n++] = (struct tenure){ 0, 0 };
	}
	t->at[period - 1].lost += lost;
	t->at[period - 1].kept += kept;
}

/* A period may end a little early, as years have 365 days or 366. */
#define NEARLY 0.02

bool tenures_add_buyer(struct tenure_list *t, const struct buyer *b)
{
	double whole = floor(b->t_x + NEARLY);

	if (whole >= TENURES_MAX)
		return false;
	if (b->T - b->t_x >= 1 - NEARLY)
		add(t, (size_t)whole + 1, 1, 0);
	else if (whole > 0)
		add(t, (size_t)whole, 0, 1);
	return true;
}

struct tenures tenures_view(const struct tenure_list *t)
{
	return (struct tenures){ t->at, t->n };
}

void tenures_release(struct tenure_list *t)
{
	free(t->at);
	*t = (struct tenure_list){ 0 };
}

static bool is_period(struct input *in, int column, const struct cell *c)
{
	if (c->whole >= 0 && c->whole < TENURES_MAX)
		return true;
	input_reject(in, column, REASON_OUT_OF_RANGE,
		     "periods are counted from 0 to %d", TENURES_MAX);
	return false;
}

bool survivors_read(struct input *in, const struct cell *c,
		    struct survivors *s)
{
	if (!is_period(in, SURVIVORS_PERIOD, &c[SURVIVORS_PERIOD]))
		return false;
	size_t period = (size_t)c[SURVIVORS_PERIOD].whole;

	if (!(c[SURVIVORS_COUNT].real >= 0)) {
		input_reject(in, SURVIVORS_COUNT, REASON_OUT_OF_RANGE,
			     "survivors are not fewer than none");
		return false;
	}
	while (s->n <= period) {
		s->count = mem_grow(s->count, s->n, &s->cap,
				    sizeof(*s->count));
		s->count[s->n++] = NAN;
	}
	if (!isnan(s->count[period])) {
		input_reject(in, SURVIVORS_PERIOD, REASON_OUT_OF_RANGE,
			     "the period is there twice");
		return false;
	}
	s->count[period] = c[SURVIVORS_COUNT].real;
	return true;
}

const char *survivors_tenures(struct survivors *s, double of,
			      struct tenure_list *to)
{
	const char *wrong = NULL;
	double scale = of > 0 && s->n && s->count[0] > 0 ? of / s->count[0] :
							   1;

	for (size_t t = 0; t < s->n && !wrong; t++) {
		if (isnan(s->count[t]))
			wrong = "a period is missing between 0 and the last";
		else if (t > 0 && s->count[t] > s->count[t - 1])
			wrong = "there are more survivors than a period "
				"before";
		else if (t > 0)
			add(to, t, scale * (s->count[t - 1] - s->count[t]),
			    t + 1 == s->n ? scale * s->count[t] : 0);
	}
	free(s->count);
	*s = (struct survivors){ 0 };
	return wrong;
}

bool step_read(struct input *in, const struct cell *c, struct tenure_list *to)
{
	if (!is_period(in, STEP_TIME, &c[STEP_TIME]))
		return false;
	size_t time = (size_t)c[STEP_TIME].whole;
	int64_t lost = c[STEP_EVENTS].whole, kept = c[STEP_CENSORED].whole;

	if (lost < 0 || kept < 0) {
		input_reject(in, lost < 0 ? STEP_EVENTS : STEP_CENSORED,
			     REASON_OUT_OF_RANGE, "a count is not negative");
		return false;
	}
	if (lost > 0)
		add(to, time + 1, (double)lost, 0);
	/* who was last seen within the first period tells nothing */
	if (kept > 0 && time > 0)
		add(to, time, 0, (double)kept);
	return true;
}
