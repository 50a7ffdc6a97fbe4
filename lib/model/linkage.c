/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records in; the order of the work. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/linkage_state.h"

/* One dictionary for each column, but given name and surname share one. */
static void open_values(struct linkage *l)
{
	size_t given, surname;
	bool names = linkage_view_names(l->column, l->columns, &given,
					&surname);

	l->values = mem_zalloc(l->columns, sizeof(*l->values));
	for (size_t c = 0; c < l->columns; c++)
		if (!names || c != given)
			l->values[c] = linkage_values_new(l->column[c].kind,
							  l->column[c].set);
	if (names)
		l->values[given] = l->values[surname];
}

struct linkage *linkage_new(const struct linkage_column *column, size_t n,
			    const struct linkage_options *o)
{
	struct linkage *l = mem_zalloc(1, sizeof(*l));

	l->columns = n < LINKAGE_COLUMNS_MAX ? n : LINKAGE_COLUMNS_MAX;
	l->o = *o;
	l->o.threads = o->threads > 0 ? o->threads : 1;
	l->column = mem_alloc(l->columns, sizeof(*l->column));
	for (size_t c = 0; c < l->columns; c++) {
		l->column[c] = column[c];
		l->column[c].name = mem_strdup(column[c].name);
	}
	open_values(l);
	linkage_items_init(&l->items, l->values, l->columns);
	return l;
}

static void free_values(struct linkage *l)
{
	for (size_t c = 0; c < l->columns; c++) {
		bool shared = false;

		for (size_t b = 0; b < c; b++)
			shared |= l->values[b] == l->values[c];
		if (!shared)
			linkage_values_free(l->values[c]);
	}
	free(l->values);
}

void linkage_free(struct linkage *l)
{
	if (l == NULL)
		return;
	linkage_rarity_release(&l->rarity);
	linkage_view_release(&l->view);
	linkage_cache_free(l->cache);
	linkage_looks_release(&l->kept);
	linkage_items_release(&l->items);
	free_values(l);
	for (size_t c = 0; c < l->columns; c++)
		free((void *)(uintptr_t)l->column[c].name);
	free(l->column);
	free(l->settled);
	free(l->ignored);
	free(l->odds);
	free(l->self);
	free(l->fixed);
	free(l->label);
	free(l->cluster);
	free(l->pair);
	free(l);
}

uint32_t linkage_add(struct linkage *l, const struct text *cell)
{
	uint32_t code[LINKAGE_COLUMNS_MAX];
	uint64_t hash = 0;

	for (size_t c = 0; c < l->columns; c++) {
		size_t sound = l->column[c].sound;
		struct text reading = { 0 };

		if (sound != LINKAGE_NONE && sound < l->columns)
			reading = cell[sound];
		code[c] = linkage_values_add(l->values[c], cell[c], reading);
		hash = linkage_items_hash(hash, cell[c]);
	}
	return linkage_items_add(&l->items, code, hash);
}

static void settle(struct linkage *l, struct linkage_settled pair)
{
	if (pair.a == pair.b)
		return;
	if (l->settled_n == l->settled_cap)
		l->settled = mem_grow(l->settled, l->settled_n,
				      &l->settled_cap, sizeof(*l->settled));
	l->settled[l->settled_n++] = pair;
	linkage_items_single(&l->items, pair.a);
	linkage_items_single(&l->items, pair.b);
}

void linkage_settle(struct linkage *l, uint32_t a, uint32_t b, bool same)
{
	settle(l, (struct linkage_settled){ a, b, same, .by_rule = false });
}

void linkage_rule(struct linkage *l, uint32_t a, uint32_t b)
{
	settle(l, (struct linkage_settled){ a, b, true, .by_rule = true });
}

void linkage_ignore(struct linkage *l, uint32_t a, uint32_t b, size_t column)
{
	if (l->ignored_n == l->ignored_cap)
		l->ignored = mem_grow(l->ignored, l->ignored_n,
				      &l->ignored_cap, sizeof(*l->ignored));
	l->ignored[l->ignored_n++] = (struct linkage_ignored){ a, b, column };
}

/* Ignored pairs of items; two records of one item have nothing to ignore. */
static void ignore_items(struct linkage *l)
{
	const uint32_t *item = l->items.item;

	l->view.ignored = mem_alloc(l->ignored_n, sizeof(*l->view.ignored));
	for (size_t i = 0; i < l->ignored_n; i++) {
		uint32_t a = item[l->ignored[i].a], b = item[l->ignored[i].b];
		struct linkage_ignored *to =
			&l->view.ignored[l->view.ignored_n];

		if (a == b)
			continue;
		to->a = a < b ? a : b;
		to->b = a < b ? b : a;
		to->column = l->ignored[i].column;
		l->view.ignored_n++;
	}
	linkage_view_ignore(&l->view);
}

static void finish_values(struct linkage *l)
{
	for (size_t c = 0; c < l->columns; c++) {
		bool shared = false;

		for (size_t b = 0; b < c; b++)
			shared |= l->values[b] == l->values[c];
		if (!shared)
			linkage_values_finish(l->values[c]);
	}
}

enum linkage_status linkage_run(struct linkage *l)
{
	finish_values(l);
	linkage_items_finish(&l->items);
	linkage_view_init(&l->view, &l->items, l->column);
	ignore_items(l);
	l->report.records = l->items.records;
	l->report.columns = l->view.features - (l->view.swap != LINKAGE_NONE);
	if (l->items.records < 2)
		l->status = LINKAGE_TOO_FEW;
	else if (l->view.features == 0)
		l->status = LINKAGE_NO_COLUMN;
	if (!linkage_group_fix(l))
		l->status = LINKAGE_CONFLICT;
	if (l->status == LINKAGE_DONE) {
		l->cache = linkage_cache_new(&l->view);
		linkage_learn(l);
	}
	linkage_group_finish(l, l->o.match_at);
	return l->status;
}

void linkage_recluster(struct linkage *l, double match_at)
{
	linkage_group_finish(l, match_at);
	l->o.match_at = match_at;
}

double linkage_match_at(const struct linkage *l)
{
	return l->o.match_at;
}

uint32_t linkage_cluster(const struct linkage *l, uint32_t record)
{
	return l->cluster[record];
}

size_t linkage_pairs(const struct linkage *l, const struct linkage_pair **pair)
{
	*pair = l->pair;
	return l->pairs;
}

const struct linkage_report *linkage_report(const struct linkage *l)
{
	return &l->report;
}
