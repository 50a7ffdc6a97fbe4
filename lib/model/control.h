/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A control chart of net promoter scores, period by period: is the score of a
 * period what the periods before lead one to expect? The limits of a period
 * are made of the earlier ones alone, so that no later figure changes what was
 * said:
 *
 *	centre	the score of all answers before
 *	sigma^2	the variance of one answer (100, 0 or -100), within periods
 *	limits	centre -+ 3 sigma / sqrt(n), within -100..100
 *
 * (Shewhart's chart of means with samples of different sizes; Montgomery,
 * Introduction to Statistical Quality Control, 6.3.) Besides, eight periods in
 * a row on one side of their centres are a run (Western Electric, Statistical
 * Quality Control Handbook, 1956).
 */
#ifndef MODEL_CONTROL_H
#define MODEL_CONTROL_H

#include "model/nps.h"

#define CONTROL_SIGMAS 3
#define CONTROL_RUN 8
/* So many answers and periods make a base for limits. */
#define CONTROL_ANSWERS 30
#define CONTROL_PERIODS 2

/* What the periods so far amount to; zero bytes are valid: none. */
struct control {
	uint64_t periods, n;
	int64_t sum;		/* of answers, in hundreds: +1, 0, -1 */
	/* sum over the periods of (n - 1) times their variance */
	double squares;
	int run;		/* periods in a row: > 0 above, < 0 below */
};

enum control_alert {
	CONTROL_NONE, CONTROL_LOW, CONTROL_HIGH, CONTROL_RUN_LOW,
	CONTROL_RUN_HIGH,
	CONTROL_ALERTS
};
extern const char *const control_alert_names[CONTROL_ALERTS];

struct control_point {
	uint64_t base;		/* answers that the limits are made of */
	double nps;
	double centre, low, high;	/* NAN: no base yet */
	int run;
	enum control_alert alert;
};

/* Judges a period, which must have answers, and then counts it in. */
struct control_point control_next(struct control *, const struct nps_counts *);

#endif
