/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models given or fitted. */
#include <math.h>
#include <stdlib.h>

#include "base/msg.h"
#include "model/choose.h"
#include "model/rhythm.h"

#include "cmd/clv/model.h"
#include "cmd/clv/verbs.h"

struct fits model_open(const struct model_ask *ask)
{
	if (ask->params)
		return fits_read(ask->params);
	return (struct fits){ .unit = ask->unit < 0 ? UNIT_WEEK :
						      (enum unit)ask->unit };
}

static bool is_auto(const struct model_ask *ask)
{
	return text_is(text_of(ask->name), "auto");
}

void model_check(struct model_ask *ask)
{
	if (ask->params && ask->name)
		die_usage("--model: that of --params is taken");
	if (!ask->name)
		ask->name = "mbgnbd";
	if (!is_auto(ask))
		need_model(text_of(ask->name), ", auto");
}

bool model_wants_days(const struct model_ask *ask)
{
	return !ask->params &&
	       (is_auto(ask) || lifetime_find(text_of(ask->name))->paced);
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

/* By the last third of the time from the first purchase of all. */
static const struct lifetime_model *choose(const struct fits *fits,
					   const struct model_ask *ask,
					   const struct deals *d, int32_t end)
{
	double unit = unit_days(fits->unit), *later;
	int32_t first = end;
	struct rhythm_test pace = { 0 };
	struct buf why = { 0 };

	for (size_t i = 0; i < summary_count(d->summary); i++) {
		size_t n;
		const int32_t *day = summary_purchase_days(d->summary, i, &n);

		first = day[0] < first ? day[0] : first;
		while (n > 0 && day[n - 1] > end)
			n--;
		rhythm_add(&pace, day, n);
	}
	int32_t cut = first + (end - first) / 3 * 2;
	struct buyers b = deals_earlier(d, cut, end, unit, &later);
	struct choice c = choose_by_holdout(b.at, later, b.n, b.log_gaps,
					    (end - cut) / unit);

	choose_reason(&c, &why);
	if (isfinite(rhythm_k(&pace)))
		buf_addf(&why, "; the last two gaps of %.0f customers say "
			       "k = %.1f", pace.customers, rhythm_k(&pace));
	if (!c.model)
		die("--model auto: %s", why.p);
	if (ask->verbose)
		warn("--model auto: %s", why.p);
	buf_release(&why);
	buyers_release(&b);
	free(later);
	return c.model;
}

void model_fit(struct fits *fits, const struct model_ask *ask,
	       const struct deals *d, int32_t end, const struct buyers *b)
{
	const struct lifetime_model *model;

	if (ask->params)
		return;
	model = is_auto(ask) ? choose(fits, ask, d, end) :
			       lifetime_find(text_of(ask->name));
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
