/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Indicators, classes, total. */
#include <math.h>
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "model/indextree.h"
#include "num/student.h"

const char *const indextree_level_names[INDEXTREE_LEVELS] = {
	"indicator", "class", "total"
};

/* A node of the tree; an indicator is numbered as its question. */
struct node {
	struct text name, question;
	uint32_t class;			/* of an indicator */
	int64_t weight;
	double low, high, target;
	/* reckoned */
	uint64_t n, responses;
	double sum, mean, square;
	double covered;		/* weight of what is known below */
	double answered;	/* part of the whole weight, down to the
				 * indicators */
};

struct answer {
	uint32_t response, leaf;
	double y;			/* 0..100 */
};

struct indextree {
	struct node *class, *leaf;
	size_t classes, classes_cap, leaves, leaves_cap;
	struct node total;
	struct group *questions, *responses;
	struct answer *answer;
	size_t n, cap;
	struct indextree_row *row;
	size_t rows;
	struct arena texts;
};

struct indextree *indextree_new(void)
{
	struct indextree *t = mem_zalloc(1, sizeof(*t));

	t->questions = group_new(1, 0, NULL, NULL);
	t->responses = group_new(1, 0, NULL, NULL);
	t->total.target = NAN;
	return t;
}

void indextree_free(struct indextree *t)
{
	if (t == NULL)
		return;
	group_free(t->questions);
	group_free(t->responses);
	free(t->class);
	free(t->leaf);
	free(t->answer);
	free(t->row);
	arena_release(&t->texts);
	free(t);
}

/* ---- the tree ---- */

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
	t->class[t->classes++] = (struct node){ .name = keep(t, name),
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
	t->leaf[t->leaves++] = (struct node){
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

/* ---- answers ---- */

bool indextree_add(struct indextree *t, struct text response,
		   struct text question, double score, bool *outside)
{
	size_t i = group_find(t->questions, question);
	const struct node *leaf;

	*outside = false;
	if (i == SIZE_MAX)
		return false;
	leaf = &t->leaf[i];
	*outside = !(score >= leaf->low && score <= leaf->high);
	if (*outside)
		return false;
	t->answer = mem_grow(t->answer, t->n, &t->cap, sizeof(*t->answer));
	t->answer[t->n++] = (struct answer){
		.response = (uint32_t)group_intern(t->responses, response),
		.leaf = (uint32_t)i,
		.y = 100 * (score - leaf->low) / (leaf->high - leaf->low),
	};
	return true;
}

static int by_place(const void *left, const void *right)
{
	const struct answer *a = left, *b = right;

	if (a->response != b->response)
		return a->response < b->response ? -1 : 1;
	if (a->leaf != b->leaf)
		return a->leaf < b->leaf ? -1 : 1;
	return (a->y > b->y) - (a->y < b->y);
}

/* Responses in the order of their names, so that sums do not depend on the
 * order of the rows. */
static void put_in_order(struct indextree *t)
{
	uint32_t *rank = group_ranks(t->responses);

	for (size_t i = 0; i < t->n; i++)
		t->answer[i].response = rank[t->answer[i].response];
	free(rank);
	if (t->n > 0)
		qsort(t->answer, t->n, sizeof(*t->answer), by_place);
}

/* ---- scores ---- */

static void score_leaves(struct indextree *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct node *leaf = &t->leaf[t->answer[i].leaf];

		leaf->n++;
		leaf->sum += t->answer[i].y;
	}
	for (size_t i = 0; i < t->leaves; i++) {
		struct node *leaf = &t->leaf[i];

		leaf->covered = leaf->answered = leaf->n > 0;
		leaf->mean = leaf->n ? leaf->sum / (double)leaf->n : NAN;
	}
}

/* Adds what is below to what is above, in as far as it is known. */
static void roll_up(struct node *above, const struct node *below)
{
	double weight = (double)below->weight / INDEXTREE_ONE;

	if (isnan(below->mean))
		return;
	above->sum += weight * below->mean;
	above->covered += weight;
	above->answered += weight * below->answered;
}

static void finish_mean(struct node *v)
{
	v->mean = v->covered > 0 ? v->sum / v->covered : NAN;
}

static void score_above(struct indextree *t)
{
	for (size_t i = 0; i < t->leaves; i++)
		roll_up(&t->class[t->leaf[i].class], &t->leaf[i]);
	for (size_t k = 0; k < t->classes; k++) {
		finish_mean(&t->class[k]);
		roll_up(&t->total, &t->class[k]);
	}
	finish_mean(&t->total);
}

/* ---- errors ---- */

/* What one response adds to each score above the indicators. */
struct pull {
	double *class;		/* z of each class */
	bool *any;		/* did it answer any of the class? */
};

/* The answers of one response, from `at` on; returns where the next begin. */
static size_t pull_of(struct indextree *t, size_t at, struct pull *p)
{
	uint32_t response = t->answer[at].response;

	for (; at < t->n && t->answer[at].response == response; at++) {
		struct node *leaf = &t->leaf[t->answer[at].leaf];
		double z = (t->answer[at].y - leaf->mean) / (double)leaf->n;
		double weight = (double)leaf->weight / INDEXTREE_ONE /
				t->class[leaf->class].covered;

		leaf->square += z * z;
		p->any[leaf->class] = true;
		if (leaf->weight > 0)
			p->class[leaf->class] += weight * z;
	}
	return at;
}

static void add_squares(struct indextree *t, struct pull *p)
{
	double total = 0;

	for (size_t k = 0; k < t->classes; k++) {
		struct node *class = &t->class[k];

		if (p->any[k])
			class->responses++;
		class->square += p->class[k] * p->class[k];
		if (class->weight > 0)
			total += (double)class->weight / INDEXTREE_ONE /
				 t->total.covered * p->class[k];
		p->class[k] = 0;
		p->any[k] = false;
	}
	t->total.responses++;
	t->total.square += total * total;
}

static void find_errors(struct indextree *t)
{
	struct pull p = { mem_zalloc(t->classes, sizeof(*p.class)),
			  mem_zalloc(t->classes, sizeof(*p.any)) };

	for (size_t at = 0; at < t->n;) {
		at = pull_of(t, at, &p);
		add_squares(t, &p);
	}
	for (size_t i = 0; i < t->leaves; i++)
		t->leaf[i].responses = t->leaf[i].n;
	free(p.class);
	free(p.any);
}

/* ---- rows ---- */

static struct indextree_row row_of(const struct node *v,
				   enum indextree_level level)
{
	struct indextree_row row = {
		.level = level,
		.name = v->name,
		.question = v->question,
		.weight = (double)v->weight / INDEXTREE_ONE,
		.n = v->responses,
		.score = v->mean,
		.se = NAN,
		.low = NAN,
		.high = NAN,
		.covered = v->answered,
		.target = v->target,
		.below = v->mean < v->target,
	};
	double m = (double)v->responses, off;

	if (isnan(v->mean) || v->responses < 2)
		return row;
	row.se = sqrt(m / (m - 1) * v->square);
	off = student_t(m - 1, 0.975) * row.se;
	row.low = fmax(row.score - off, 0);
	row.high = fmin(row.score + off, 100);
	return row;
}

/* Whether a goes before b; both as in the tree when not. */
static bool goes_first(const struct node *a, const struct node *b)
{
	bool left = a->mean < a->target, right = b->mean < b->target;

	if (left != right)
		return left;
	return left && a->target - a->mean > b->target - b->mean;
}

/* Inserts number i into an order, stably. */
static void insert(size_t *order, size_t n, const struct node *node, size_t i)
{
	for (; n > 0 && goes_first(&node[i], &node[order[n - 1]]); n--)
		order[n] = order[n - 1];
	order[n] = i;
}

static void put_indicators(struct indextree *t, size_t class, size_t *order)
{
	size_t n = 0;

	for (size_t i = 0; i < t->leaves; i++)
		if (t->leaf[i].class == class)
			insert(order, n++, t->leaf, i);
	for (size_t k = 0; k < n; k++) {
		struct indextree_row row =
			row_of(&t->leaf[order[k]], INDEXTREE_INDICATOR);

		row.class = t->class[class].name;
		t->row[t->rows++] = row;
	}
}

static void put_rows(struct indextree *t)
{
	size_t *order = mem_alloc(t->classes, sizeof(*order));
	size_t *within = mem_alloc(t->leaves, sizeof(*within));

	t->row = mem_alloc(t->classes + t->leaves + 1, sizeof(*t->row));
	for (size_t k = 0; k < t->classes; k++)
		insert(order, k, t->class, k);
	for (size_t k = 0; k < t->classes; k++) {
		const struct node *class = &t->class[order[k]];
		struct indextree_row row = row_of(class, INDEXTREE_CLASS);

		row.class = class->name;
		row.name = (struct text){ 0 };
		t->row[t->rows++] = row;
		put_indicators(t, order[k], within);
	}
	t->total.weight = INDEXTREE_ONE;
	t->row[t->rows++] = row_of(&t->total, INDEXTREE_TOTAL);
	free(order);
	free(within);
}

void indextree_finish(struct indextree *t)
{
	put_in_order(t);
	score_leaves(t);
	score_above(t);
	find_errors(t);
	put_rows(t);
}

size_t indextree_rows(const struct indextree *t)
{
	return t->rows;
}

struct indextree_row indextree_row(const struct indextree *t, size_t i)
{
	return t->row[i];
}
