/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Indicators, classes, total: how they hang together. */
#include <math.h>
#include <stdlib.h>

#include "model/indextree_in.h"

struct indextree *indextree_new(void)
{
	struct indextree *t = mem_zalloc(1, sizeof(*t));

	t->questions = group_new(1, 0, NULL, NULL);
	t->total.weight = INDEXTREE_ONE;
	t->total.target = NAN;
	return t;
}

void indextree_free(struct indextree *t)
{
	if (t == NULL)
		return;
	group_free(t->questions);
	free(t->class);
	free(t->leaf);
	arena_release(&t->texts);
	free(t);
}

const char *indextree_strerror(enum indextree_fault fault)
{
	static const char *const why[] = {
		[INDEXTREE_FINE] = "nothing is wrong",
		[INDEXTREE_TWICE] = "the class, indicator or question is "
				    "given twice",
		[INDEXTREE_NO_CLASS] = "its class is not given before it",
		[INDEXTREE_MANY] = "more than 1000 of them",
		[INDEXTREE_SCALE] = "low is not below high",
		[INDEXTREE_WEIGHT] = "a weight is from 0 to 1, with at most "
				     "six decimals",
		[INDEXTREE_SUM] = "the weights are not 1 together",
	};

	return why[fault];
}

static struct text keep(struct indextree *t, struct text s)
{
	return (struct text){ arena_copy(&t->texts, s.p, s.n), s.n };
}

static size_t find_class(const struct indextree *t, struct text name)
{
	size_t i = 0;

	while (i < t->classes && !text_eq(t->class[i].name, name))
		i++;
	return i;
}

enum indextree_fault indextree_class(struct indextree *t, struct text name,
				     int64_t weight, double target)
{
	if (find_class(t, name) < t->classes)
		return INDEXTREE_TWICE;
	if (t->classes == INDEXTREE_MAX)
		return INDEXTREE_MANY;
	if (weight < 0 || weight > INDEXTREE_ONE)
		return INDEXTREE_WEIGHT;
	t->class = mem_grow(t->class, t->classes, &t->classes_cap,
			    sizeof(*t->class));
	t->class[t->classes++] = (struct indextree_node){ .name = keep(t, name),
						.weight = weight,
						.target = target };
	return INDEXTREE_FINE;
}

static bool has_indicator(const struct indextree *t, size_t class,
			  struct text name)
{
	for (size_t i = 0; i < t->leaves; i++)
		if (t->leaf[i].class == class &&
		    text_eq(t->leaf[i].name, name))
			return true;
	return false;
}

enum indextree_fault indextree_indicator(struct indextree *t,
					 const struct indextree_leaf *leaf)
{
	size_t class = find_class(t, leaf->class);

	if (class == t->classes)
		return INDEXTREE_NO_CLASS;
	if (t->leaves == INDEXTREE_MAX)
		return INDEXTREE_MANY;
	if (!(leaf->low < leaf->high))
		return INDEXTREE_SCALE;
	if (leaf->weight < 0 || leaf->weight > INDEXTREE_ONE)
		return INDEXTREE_WEIGHT;
	if (has_indicator(t, class, leaf->name) ||
	    group_find(t->questions, leaf->question) != SIZE_MAX)
		return INDEXTREE_TWICE;
	group_intern(t->questions, leaf->question);
	t->leaf = mem_grow(t->leaf, t->leaves, &t->leaves_cap,
			   sizeof(*t->leaf));
	t->leaf[t->leaves++] = (struct indextree_node){
		.name = keep(t, leaf->name),
		.question = keep(t, leaf->question),
		.class = (uint32_t)class,
		.weight = leaf->weight,
		.low = leaf->low,
		.high = leaf->high,
		.target = leaf->target,
	};
	return INDEXTREE_FINE;
}

void indextree_target(struct indextree *t, double total)
{
	t->total.target = total;
}

enum indextree_fault indextree_check(const struct indextree *t,
				     struct text *class)
{
	int64_t all = 0;

	for (size_t k = 0; k < t->classes; k++) {
		int64_t sum = 0;

		for (size_t i = 0; i < t->leaves; i++)
			sum += t->leaf[i].class == k ? t->leaf[i].weight : 0;
		*class = t->class[k].name;
		if (sum != INDEXTREE_ONE)
			return INDEXTREE_SUM;
		all += t->class[k].weight;
	}
	*class = (struct text){ 0 };
	return all == INDEXTREE_ONE ? INDEXTREE_FINE : INDEXTREE_SUM;
}

size_t indextree_question(const struct indextree *t, struct text question)
{
	return group_find(t->questions, question);
}

bool indextree_on_scale(const struct indextree *t, size_t question,
			double score, double scale_max)
{
	const struct indextree_node *leaf = &t->leaf[question];

	return score >= leaf->low && score <= leaf->high &&
	       (scale_max == 0 || scale_max == leaf->high);
}
