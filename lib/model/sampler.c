/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows drawn by the hash of their place. */
#include "model/sampler.h"

#include <stdlib.h>

void sampler_init(struct sampler *s, size_t limit, size_t rows)
{
	*s = (struct sampler){ .ceiling = UINT64_MAX, .limit = limit };
	/* That is where the ceiling will be by then. */
	for (; rows > limit; rows /= 2)
		s->ceiling /= 2;
}

static void copy_item(struct sampler *s, struct text t, uint64_t draw)
{
	struct sampler_item item = { .draw = draw };

	item.n = t.n < TALLY_KEEP ? (uint32_t)t.n : TALLY_KEEP;
	if (t.n <= HASH_WORDS)
		hash_load(t.p, t.n, item.word);
	else
		item.word[0] = (uintptr_t)arena_copy(&s->texts, t.p, item.n);
	s->item = mem_grow(s->item, s->n, &s->cap, sizeof(*s->item));
	s->item[s->n++] = item;
}

/* The texts that stay are copied, so that those that go leave no memory. */
static void lower(struct sampler *s, uint64_t ceiling)
{
	struct sampler less = { .ceiling = ceiling, .limit = s->limit };

	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].draw <= ceiling)
			copy_item(&less, sampler_text(&s->item[i]),
				  s->item[i].draw);
	sampler_release(s);
	*s = less;
}

void sampler_keep(struct sampler *s, struct text t, uint64_t draw)
{
	copy_item(s, t, draw);
	while (s->n > s->limit)
		lower(s, s->ceiling / 2);
}

void sampler_join(struct sampler *s, const struct sampler *from)
{
	if (from->ceiling < s->ceiling)
		lower(s, from->ceiling);
	for (size_t i = 0; i < from->n; i++)
		sampler_add(s, sampler_text(&from->item[i]),
			    from->item[i].draw);
}

void sampler_release(struct sampler *s)
{
	free(s->item);
	arena_release(&s->texts);
	s->item = NULL;
	s->n = s->cap = 0;
}
