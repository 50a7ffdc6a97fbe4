/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A uniform sample of rows, of a size that is bounded: the rows whose draw (a
 * hash of the line that they stand on) is at most a ceiling, which is halved
 * whenever there are too many (the adaptive sampling of Wegman, see Flajolet,
 * Computing 43 (1990) 391, of rows instead of values). The same rows give the
 * same sample, whoever read which of them.
 */
#ifndef MODEL_SAMPLER_H
#define MODEL_SAMPLER_H

#include "model/tally.h"

/* Short texts lie in the item, of long ones the first TALLY_KEEP bytes. */
struct sampler_item {
	uint64_t draw;
	uint64_t word[2];
	uint32_t n;
};

struct sampler {
	uint64_t ceiling;
	size_t limit;
	struct sampler_item *item;
	size_t n, cap;
	struct arena texts;
};

static inline struct text sampler_text(const struct sampler_item *i)
{
	return (struct text){ i->n <= HASH_WORDS ?
				      (const char *)i->word :
				      (const char *)(uintptr_t)i->word[0],
			      i->n };
}

/* `rows`: nobody will ask before so many were added, at least as many as the
 * limit. */
void sampler_init(struct sampler *, size_t limit, size_t rows);
void sampler_keep(struct sampler *, struct text, uint64_t draw);
void sampler_join(struct sampler *, const struct sampler *from);
void sampler_release(struct sampler *);

static inline void sampler_add(struct sampler *s, struct text t, uint64_t draw)
{
	if (draw <= s->ceiling)
		sampler_keep(s, t, draw);
}

#endif
