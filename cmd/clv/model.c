/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models given or fitted. */
#include "base/msg.h"

#include "cmd/clv/model.h"
#include "cmd/clv/verbs.h"

struct fits model_open(const struct model_ask *ask)
{
	if (ask->params)
		return fits_read(ask->params);
	return (struct fits){ .unit = (enum unit)ask->unit };
}

bool model_wants_gaps(const struct model_ask *ask)
{
	return !ask->params && lifetime_find(text_of(ask->name))->paced;
}

/* -v: what is not as it should be about a fit, and the fit. */
static void tell(const struct model_ask *ask, const struct fit *f)
{
	struct buf reason = { 0 };

	if (!ask->verbose)
		return;
	fit_reason(f, &reason);
	warn("%s: converged %s, loglik %.2f, %.0f customers%s%s", f->model,
	     fit_converged(f), f->loglik, f->customers, reason.n ? ": " : "",
	     reason.n ? reason.p : "");
	buf_release(&reason);
}

void model_fit(struct fits *fits, const struct model_ask *ask,
	       const struct buyers *b)
{
	const struct lifetime_model *model = lifetime_find(text_of(ask->name));

	if (ask->params)
		return;
	struct histories h = histories_of(b->at, b->n);
	struct spenders s = spenders_of(b->at, b->n);

	h.log_gaps = b->log_gaps;
	struct fit fit = model->fit(&h), spend = gamgam_fit(&s);

	need_fit(&fit);
	tell(ask, &fit);
	tell(ask, &spend);
	histories_release(&h);
	spenders_release(&s);
	fits->models = fits_models(model, &fit,
				   spend.state == FIT_REFUSED ? NULL : &spend);
}
