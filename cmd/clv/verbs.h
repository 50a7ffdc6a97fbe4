/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of crm-clv, a file each, and what they share. */
#ifndef CMD_CLV_VERBS_H
#define CMD_CLV_VERBS_H

#include <math.h>

#include "base/opt.h"
#include "model/fit.h"
#include "model/scorer.h"
#include "model/unit.h"
#include "stream/output.h"

int clv_whole(int argc, char **argv);
int clv_summary(int argc, char **argv);
int clv_fit(int argc, char **argv);
int clv_predict(int argc, char **argv);
int clv_cohort(int argc, char **argv);
int clv_churn(int argc, char **argv);
int clv_expect(int argc, char **argv);
int clv_validate(int argc, char **argv);
int clv_pmf(int argc, char **argv);
int clv_age(int argc, char **argv);
int clv_lost(int argc, char **argv);
int clv_survival(int argc, char **argv);
int clv_what_if(int argc, char **argv);

/* How far ahead and at which rate predict and the whole look; the options
 * that set it, and what they mean in units of the model's time. */
struct ahead {
	double horizon;		/* --horizon; NAN: one year */
	int unit;		/* --unit of the horizon; -1: the model's */
	double annual;		/* --discount, a year: 0.1 is 10 % */
	double every;		/* --discount-every, in the horizon's unit */
};

#define AHEAD_BY_DEFAULT { .horizon = NAN, .unit = -1, .annual = 0.1 }

struct discount ahead_discount(const struct ahead *, enum unit model);

/* The output of scores: customer_id,p_alive,...; with the columns of their
 * details too, then scores_write() wants the details. */
struct output *scores_open(const struct common *, bool details);
void scores_write(struct output *, struct text id, const struct score *,
		  const struct score_details *);

/* An expectation of money, to the nearest fen; unknown when it is none. */
void put_expected_money(struct output *, double yuan);

/* Ends the program when the fit is none, saying why. */
void need_fit(const struct fit *);
/* Wrong usage unless it is a model of repeat buying; `besides` goes behind the
 * names that are. */
void need_model(struct text name, const char *besides);

#endif
