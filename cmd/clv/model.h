/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models that a verb predicts with: those of a file that crm-clv fit
 * wrote, or fitted to the customers at hand. */
#ifndef CMD_CLV_MODEL_H
#define CMD_CLV_MODEL_H

#include "canon/buyers.h"
#include "canon/fits.h"

struct model_ask {
	const char *params;	/* --params FILE, or NULL: */
	const char *name;	/* --model: need_model() was asked */
	int unit;		/* --unit of the fit */
	bool verbose;		/* tell of the fits on standard error */
};

/* Reads --params, if given; else
 * the models are still to be fitted, and only their unit is known. */
struct fits model_open(const struct model_ask *);
/* True when the model to fit asks for the gaps between purchases. */
bool model_wants_gaps(const struct model_ask *);
/* Fits what --params did not give. Dies with the reason when the model of
 * repeat buying is refused; without one of spend, that is left out. */
void model_fit(struct fits *, const struct model_ask *,
	       const struct buyers *);

#endif
