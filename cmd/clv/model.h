/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models that a verb predicts with: those of a file that crm-clv fit
 * wrote, or fitted to the customers at hand. */
#ifndef CMD_CLV_MODEL_H
#define CMD_CLV_MODEL_H

#include "canon/buyers.h"
#include "canon/fits.h"

#include "cmd/clv/deals.h"

struct model_ask {
	const char *params;	/* --params FILE, or NULL: */
	const char *name;	/* --model; NULL: mbgnbd */
	int unit;		/* --unit of the fit; -1: week */
	bool verbose;		/* tell of the fits on standard error */
};

/* Reads --params, if given; else the models are still to be fitted, and only
 * their unit is known. */
struct fits model_open(const struct model_ask *);
/* Wrong usage unless --model is one of repeat buying, or `auto`, and not
 * beside --params. Sets the default. */
void model_check(struct model_ask *);
/* True when fitting the model needs the purchase days to be kept. */
bool model_wants_days(const struct model_ask *);
/* Fits what --params did not give to the customers, who were watched until
 * `end`. `auto` is chosen by what came in the last third of the time
 * (model/choose.h). Dies with the reason when the model of repeat buying is
 * refused; without one of spend, that is left out. */
void model_fit(struct fits *, const struct model_ask *, const struct deals *,
	       int32_t end, const struct buyers *);

#endif
