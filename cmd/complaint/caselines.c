/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of each case: a list from the last one to the first. */
#include <stdlib.h>

#include "base/mem.h"

#include "cmd/complaint/caselines.h"

void caselines_release(struct caselines *l)
{
	free(l->at);
	free(l->before);
	free(l->last);
	free(l->list);
	*l = (struct caselines){ .n = 0 };
}

void caselines_clear(struct caselines *l)
{
	l->n = l->cases = 0;
}

void caselines_add(struct caselines *l, size_t i, uint64_t at)
{
	/* The numbers end there: what has no list is read whole. */
	if (l->n == UINT32_MAX)
		return;
	l->at = mem_grow(l->at, l->n, &l->at_cap, sizeof(*l->at));
	l->before = mem_grow(l->before, l->n, &l->before_cap,
			     sizeof(*l->before));
	for (; l->cases <= i; l->cases++) {
		l->last = mem_grow(l->last, l->cases, &l->last_cap,
				   sizeof(*l->last));
		l->last[l->cases] = 0;
	}
	l->at[l->n] = at;
	l->before[l->n] = l->last[i];
	l->last[i] = (uint32_t)++l->n;
}

const uint64_t *caselines_of(struct caselines *l, size_t i, size_t *n)
{
	uint32_t last = i < l->cases ? l->last[i] : 0;
	size_t at = 0;

	if (l->n == UINT32_MAX) {
		*n = SIZE_MAX;
		return NULL;
	}
	for (uint32_t k = last; k > 0; k = l->before[k - 1])
		at++;
	*n = at;
	if (at > l->list_cap) {
		l->list_cap = 2 * at;
		l->list = mem_resize(l->list, l->list_cap, sizeof(*l->list));
	}
	for (uint32_t k = last; k > 0; k = l->before[k - 1])
		l->list[--at] = l->at[k - 1];
	return l->list;
}
