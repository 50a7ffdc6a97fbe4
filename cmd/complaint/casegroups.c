/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases by group. */
#include <stdlib.h>

#include "base/msg.h"
#include "base/radix.h"

#include "cmd/complaint/casegroups.h"

static bool is_unit(struct text t)
{
	return text_is(t, "week") || text_is(t, "month") ||
	       text_is(t, "quarter") || text_is(t, "year");
}

const char *casegroups_unit(struct common *common, struct arena *names)
{
	struct text rest = text_of(common->by), part;
	const char *unit = NULL;
	struct buf left = { 0 };

	while (common->by && text_split(&rest, ',', &part)) {
		if (is_unit(part) && unit)
			die_usage("--by: two periods, %s and %.*s", unit,
				  (int)part.n, part.p);
		if (is_unit(part)) {
			unit = arena_strdup(names, part.p, part.n);
			continue;
		}
		if (left.n)
			buf_addc(&left, ',');
		buf_addt(&left, part);
	}
	if (unit)
		common->by = left.n ? arena_strdup(names, left.p, left.n) :
				      NULL;
	buf_release(&left);
	return unit;
}

size_t casegroups_wish(struct casesource *src, const char *name)
{
	size_t *column, at;

	casesource_wish(src, name, name, &column);
	at = column[0];
	free(column);
	return at;
}

uint32_t *casegroups_choose(struct casesource *src, size_t *n)
{
	uint32_t *at = casecols_choose(&src->cols, n);
	uint64_t left_out = 0;

	for (size_t i = 0; i < casework_count(src->cases); i++)
		left_out += casecols_case(&src->cols, i).k.events;
	for (size_t i = 0; i < *n; i++)
		left_out -= casecols_case(&src->cols, at[i]).k.events;
	casesource_unuse(src, left_out);
	return at;
}

void casegroups_make(struct casegroups *g, struct casesource *src)
{
	*g = (struct casegroups){ .src = src };
	g->at = casegroups_choose(src, &g->n);
	g->group = mem_alloc(g->n, sizeof(*g->group));
	for (size_t i = 0; i < g->n; i++) {
		struct casecols_case k = casecols_case(&src->cols, g->at[i]);

		g->group[i] = (uint32_t)casecols_label(&src->cols, &k);
	}
	g->groups = by_count(&src->cols.by);
	g->order = by_order(&src->cols.by);
}

void casegroups_release(struct casegroups *g)
{
	free(g->at);
	free(g->group);
	free(g->order);
}

struct group *casegroups_values(const struct casegroups *g, size_t column,
				uint32_t **value)
{
	const struct casecols *cols = &g->src->cols;
	struct group *values = group_new(0, 0, NULL, NULL);
	char room[CASECOLS_BYTES];

	group_intern(values, TEXT(""));
	*value = mem_alloc(g->n, sizeof(**value));
	for (size_t i = 0; i < g->n; i++) {
		struct casecols_case k = casecols_case(cols, g->at[i]);
		struct text t = casecols_text(cols, &k, column, room);

		(*value)[i] = (uint32_t)group_intern(values, t);
	}
	return values;
}

struct casegroups_pair *casegroups_pairs(const struct casegroups *g,
					 const uint32_t *value, size_t *n)
{
	struct casegroups_pair *pair = mem_alloc(g->n, sizeof(*pair));
	struct radix_item *item = radix_items(g->n);
	size_t pairs = 0;

	for (size_t i = 0; i < g->n; i++)
		item[i].key = (uint64_t)g->group[i] << 32 | value[i];
	radix_sort(item, g->n);
	for (size_t i = 0; i < g->n; i++) {
		if (i == 0 || item[i].key != item[i - 1].key)
			pair[pairs++] = (struct casegroups_pair){
				(uint32_t)(item[i].key >> 32),
				(uint32_t)item[i].key, 0
			};
		pair[pairs - 1].cases++;
	}
	radix_items_free(item, g->n);
	*n = pairs;
	return pair;
}
