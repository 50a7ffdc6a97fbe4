/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models of repeat buying by name, with what each can tell. */
#ifndef MODEL_LIFETIME_H
#define MODEL_LIFETIME_H

#include "base/text.h"
#include "model/fit.h"
#include "model/history.h"

struct lifetime_model {
	const char *name;		/* "bgnbd" */
	const char *title;		/* "BG/NBD" */
	const char *simpler;		/* name of the model that it becomes
					 * in the limit, or NULL */
	size_t n;
	const char *const *parameter;	/* names, in the order of the arrays */
	struct fit (*fit)(const struct histories *);
	/* P(alive at T | history) */
	double (*alive)(const double *parameter, const struct buyer *);
	/* purchases expected in (0, t] of a new customer */
	double (*fresh)(const double *parameter, double t);
	/* P(alive at T+t | history, alive at T) */
	double (*stay)(const double *parameter, const struct buyer *,
		       double t);
	/* purchases expected in (T, T+t], given that alive at T */
	double (*if_alive)(const double *parameter, const struct buyer *,
			   double t);
	/* P(y purchases in (T, T+t] | history, alive at T) */
	double (*later)(const double *parameter, const struct buyer *,
			double y, double t);
	bool paced;	/* the latter depends on t_x: purchases keep a pace */
	/* time on which the latter bends, for integrals over t */
	double (*bend)(const double *parameter, double T);
	/* P(x purchases in a time t from the first) */
	double (*pmf)(const double *parameter, double x, double t);
};

extern const struct lifetime_model lifetime_models[];
extern const size_t lifetime_count;

/* Appends the names, ", " between them. */
void lifetime_names(struct buf *);
const struct lifetime_model *lifetime_find(struct text name); /* or NULL */

#endif
