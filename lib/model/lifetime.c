/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of models of repeat buying. */
#include "base/mem.h"
#include "model/bgnbd.h"
#include "model/lifetime.h"
#include "model/mbgnbd.h"

static const char *const betageo[] = { "r", "alpha", "a", "b" };

const struct lifetime_model lifetime_models[] = {
	{ "bgnbd", "BG/NBD", 4, betageo, bgnbd_fit, bgnbd_alive, bgnbd_new,
	  bgnbd_if_alive, betageo_bend, bgnbd_pmf },
	{ "mbgnbd", "MBG/NBD", 4, betageo, mbgnbd_fit, mbgnbd_alive,
	  mbgnbd_new, mbgnbd_if_alive, betageo_bend, mbgnbd_pmf },
};
const size_t lifetime_count = NELEMS(lifetime_models);

const struct lifetime_model *lifetime_find(struct text name)
{
	for (size_t i = 0; i < lifetime_count; i++)
		if (text_is(name, lifetime_models[i].name))
			return &lifetime_models[i];
	return NULL;
}
