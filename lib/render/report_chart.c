/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as the report owns it. */
#include "render/report_in.h"

#include <string.h>

static double *copy_numbers(struct report *r, const double *v, size_t n)
{
	if (!v)
		return NULL;
	double *copy = arena_alloc(&r->arena, (n ? n : 1) * sizeof(*copy));
	if (n)
		memcpy(copy, v, n * sizeof(*copy));
	return copy;
}

static struct series *copy_series(struct report *r, const struct chart *c)
{
	struct series *copy = arena_alloc(
		&r->arena, (c->nseries ? c->nseries : 1) * sizeof(*copy));

	for (size_t i = 0; i < c->nseries; i++) {
		const struct series *s = &c->series[i];
		copy[i] = (struct series){
			.name = report_copy(r, s->name),
			.value = copy_numbers(r, s->value, s->n),
			.low = copy_numbers(r, s->low, s->n),
			.high = copy_numbers(r, s->high, s->n),
			.x = copy_numbers(r, s->x, s->n),
			.n = s->n,
		};
	}
	return copy;
}

static const char *const *copy_labels(struct report *r, const struct chart *c)
{
	const char **copy =
		arena_alloc(&r->arena, (c->n ? c->n : 1) * sizeof(*copy));

	for (size_t i = 0; i < c->n; i++)
		copy[i] = report_copy(r, c->label[i]);
	return copy;
}

struct chart report_chart(struct report *r, const struct chart *c)
{
	struct chart copy = *c;

	copy.title = report_copy(r, c->title);
	copy.about = report_copy(r, c->about);
	copy.axis = report_copy(r, c->axis);
	copy.across = report_copy(r, c->across);
	copy.highlight_name = report_copy(r, c->highlight_name);
	copy.compare_name = report_copy(r, c->compare_name);
	copy.label = copy_labels(r, c);
	copy.series = copy_series(r, c);
	for (size_t i = 0; i < c->nmarks; i++)
		copy.mark[i].text = report_copy(r, c->mark[i].text);
	return copy;
}
