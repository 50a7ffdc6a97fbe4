/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns kept besides those of a stream (plan.h). */
#include <stdlib.h>

#include "base/mem.h"
#include "canon/plan.h"

size_t extras_find(const struct extras *e, struct text name)
{
	for (size_t i = 0; i < e->n; i++)
		if (text_eq(e->name[i], name))
			return i;
	return PLAN_NONE;
}

void extras_add(struct extras *e, struct text name)
{
	if (extras_find(e, name) != PLAN_NONE)
		return;
	e->name = mem_grow(e->name, e->n, &e->cap, sizeof(*e->name));
	e->name[e->n++] = (struct text){ arena_strdup(&e->hold, name.p, name.n),
					 name.n };
}

static int by_bytes(const void *a, const void *b)
{
	return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

void extras_sort(struct extras *e)
{
	if (e->n > 0)
		qsort(e->name, e->n, sizeof(*e->name), by_bytes);
}

void extras_release(struct extras *e)
{
	free(e->name);
	arena_release(&e->hold);
	*e = (struct extras){ 0 };
}
