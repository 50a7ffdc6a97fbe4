/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of models of repeat buying. */
#include "base/mem.h"
#include "model/bb.h"
#include "model/bgbb.h"
#include "model/bgnbd.h"
#include "model/lifetime.h"
#include "model/mbgcnbd.h"
#include "model/mbgnbd.h"
#include "model/nbd.h"
#include "model/pnbd.h"

static const char *const gamma_poisson[] = { "r", "alpha" };
static const char *const betageo[] = { "r", "alpha", "a", "b" };
static const char *const keeping_pace[] = { "r", "alpha", "a", "b", "k" };
static const char *const occasions[] = { "alpha", "beta", "gamma", "delta" };
static const char *const beta_binomial[] = { "alpha", "beta" };
static const char *const pareto[] = { "r", "alpha", "s", "beta" };

const struct lifetime_model lifetime_models[] = {
	{ "nbd", "NBD", NULL, 2, gamma_poisson, nbd_fit, nbd_alive, nbd_new,
	  nbd_stay, nbd_if_alive, nbd_later, false, nbd_bend, nbd_pmf },
	{ "bgnbd", "BG/NBD", "nbd", 4, betageo, bgnbd_fit, bgnbd_alive,
	  bgnbd_new, bgnbd_stay, bgnbd_if_alive, bgnbd_later, false,
	  betageo_bend, bgnbd_pmf },
	{ "mbgnbd", "MBG/NBD", "nbd", 4, betageo, mbgnbd_fit, mbgnbd_alive,
	  mbgnbd_new, mbgnbd_stay, mbgnbd_if_alive, mbgnbd_later, false,
	  betageo_bend, mbgnbd_pmf },
	{ "pnbd", "Pareto/NBD", "nbd", 4, pareto, pnbd_fit, pnbd_alive,
	  pnbd_new, pnbd_stay, pnbd_if_alive, pnbd_later, false, pnbd_bend,
	  pnbd_pmf },
	{ "mbgcnbd", "MBG/CNBD-k", "mbgnbd", 5, keeping_pace, mbgcnbd_fit,
	  mbgcnbd_alive, mbgcnbd_new, mbgcnbd_stay, mbgcnbd_if_alive,
	  mbgcnbd_later, true, mbgcnbd_bend, mbgcnbd_pmf },
	/* nobody leaves: as in the NBD */
	{ "bb", "BB", NULL, 2, beta_binomial, bb_fit, nbd_alive, bb_new,
	  nbd_stay, bb_if_alive, bb_later, false, bb_bend, bb_pmf },
	{ "bgbb", "BG/BB", "bb", 4, occasions, bgbb_fit, bgbb_alive, bgbb_new,
	  bgbb_stay, bgbb_if_alive, bgbb_later, false, bgbb_bend, bgbb_pmf },
};
const size_t lifetime_count = NELEMS(lifetime_models);

void lifetime_names(struct buf *to)
{
	for (size_t i = 0; i < lifetime_count; i++)
		buf_addf(to, "%s%s", i ? ", " : "", lifetime_models[i].name);
}

const struct lifetime_model *lifetime_find(struct text name)
{
	for (size_t i = 0; i < lifetime_count; i++)
		if (text_is(name, lifetime_models[i].name))
			return &lifetime_models[i];
	return NULL;
}
