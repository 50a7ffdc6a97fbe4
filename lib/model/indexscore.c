/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers up the tree: means, then errors, then rows in order. */
#include "model/indexscore.h"

#include <math.h>
#include <stdlib.h>

#include "model/indextree_in.h"
#include "num/student.h"

const char *const indexscore_level_names[INDEXSCORE_LEVELS] = {
	"indicator", "class", "total"
};

/* What is reckoned of a node. */
struct figures {
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

struct indexscore {
	const struct indextree *tree;
	struct figures *class, *leaf, total;
	struct group *responses;
	struct answer *answer;
	size_t n, cap;
	struct indexscore_row *row;
	size_t rows;
};

struct indexscore *indexscore_new(const struct indextree *tree)
{
	struct indexscore *s = mem_zalloc(1, sizeof(*s));

	s->tree = tree;
	s->class = mem_zalloc(tree->classes, sizeof(*s->class));
	s->leaf = mem_zalloc(tree->leaves, sizeof(*s->leaf));
	s->responses = group_new(1, 0, NULL, NULL);
	return s;
}

void indexscore_free(struct indexscore *s)
{
	if (s == NULL)
		return;
	group_free(s->responses);
	free(s->class);
	free(s->leaf);
	free(s->answer);
	free(s->row);
	free(s);
}

static double part(int64_t weight)
{
	return (double)weight / INDEXTREE_ONE;
}

/* ---- answers ---- */

void indexscore_add(struct indexscore *s, struct text response,
		    size_t question, double score)
{
	const struct indextree_node *leaf = &s->tree->leaf[question];

	s->answer = mem_grow(s->answer, s->n, &s->cap, sizeof(*s->answer));
	s->answer[s->n++] = (struct answer){
		.response = (uint32_t)group_intern(s->responses, response),
		.leaf = (uint32_t)question,
		.y = 100 * (score - leaf->low) / (leaf->high - leaf->low),
	};
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
static void put_in_order(struct indexscore *s)
{
	uint32_t *rank = group_ranks(s->responses);

	for (size_t i = 0; i < s->n; i++)
		s->answer[i].response = rank[s->answer[i].response];
	free(rank);
	if (s->n > 0)
		qsort(s->answer, s->n, sizeof(*s->answer), by_place);
}

/* ---- scores ---- */

static void score_leaves(struct indexscore *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct figures *leaf = &s->leaf[s->answer[i].leaf];

		leaf->n++;
		leaf->sum += s->answer[i].y;
	}
	for (size_t i = 0; i < s->tree->leaves; i++) {
		struct figures *leaf = &s->leaf[i];

		leaf->covered = leaf->answered = leaf->n > 0;
		leaf->mean = leaf->n ? leaf->sum / (double)leaf->n : NAN;
	}
}

/* Adds what is below to what is above, in as far as it is known. */
static void roll_up(struct figures *above, const struct figures *below,
		    double weight)
{
	if (isnan(below->mean))
		return;
	above->sum += weight * below->mean;
	above->covered += weight;
	above->answered += weight * below->answered;
}

static void finish_mean(struct figures *f)
{
	f->mean = f->covered > 0 ? f->sum / f->covered : NAN;
}

static void score_above(struct indexscore *s)
{
	const struct indextree *t = s->tree;

	for (size_t i = 0; i < t->leaves; i++)
		roll_up(&s->class[t->leaf[i].class], &s->leaf[i],
			part(t->leaf[i].weight));
	for (size_t k = 0; k < t->classes; k++) {
		finish_mean(&s->class[k]);
		roll_up(&s->total, &s->class[k], part(t->class[k].weight));
	}
	finish_mean(&s->total);
}

/* ---- errors ---- */

/* What one response adds to each score above the indicators. */
struct pull {
	double *class;		/* z of each class */
	bool *any;		/* did it answer any of the class? */
};

/* The answers of one response, from `at` on; returns where the next begin. */
static size_t pull_of(struct indexscore *s, size_t at, struct pull *p)
{
	uint32_t response = s->answer[at].response;

	for (; at < s->n && s->answer[at].response == response; at++) {
		const struct answer *a = &s->answer[at];
		const struct indextree_node *node = &s->tree->leaf[a->leaf];
		struct figures *leaf = &s->leaf[a->leaf];
		double z = (a->y - leaf->mean) / (double)leaf->n;

		leaf->square += z * z;
		p->any[node->class] = true;
		if (node->weight > 0)
			p->class[node->class] +=
				part(node->weight) /
				s->class[node->class].covered * z;
	}
	return at;
}

static void add_squares(struct indexscore *s, struct pull *p)
{
	double total = 0;

	for (size_t k = 0; k < s->tree->classes; k++) {
		struct figures *class = &s->class[k];
		int64_t weight = s->tree->class[k].weight;

		if (p->any[k])
			class->responses++;
		class->square += p->class[k] * p->class[k];
		if (weight > 0)
			total += part(weight) / s->total.covered * p->class[k];
		p->class[k] = 0;
		p->any[k] = false;
	}
	s->total.responses++;
	s->total.square += total * total;
}

static void find_errors(struct indexscore *s)
{
	size_t classes = s->tree->classes;
	struct pull p = { mem_zalloc(classes, sizeof(*p.class)),
			  mem_zalloc(classes, sizeof(*p.any)) };

	for (size_t at = 0; at < s->n;) {
		at = pull_of(s, at, &p);
		add_squares(s, &p);
	}
	for (size_t i = 0; i < s->tree->leaves; i++)
		s->leaf[i].responses = s->leaf[i].n;
	free(p.class);
	free(p.any);
}

/* ---- rows ---- */

static struct indexscore_row row_of(const struct indextree_node *node,
				    const struct figures *f,
				    enum indexscore_level level)
{
	struct indexscore_row row = {
		.level = level,
		.name = node->name,
		.question = node->question,
		.weight = part(node->weight),
		.n = f->responses,
		.score = f->mean,
		.se = NAN,
		.low = NAN,
		.high = NAN,
		.covered = f->answered,
		.target = node->target,
		.below = f->mean < node->target,
	};
	double m = (double)f->responses, off;

	if (isnan(f->mean) || f->responses < 2)
		return row;
	row.se = sqrt(m / (m - 1) * f->square);
	off = student_t(m - 1, 0.975) * row.se;
	row.low = fmax(row.score - off, 0);
	row.high = fmin(row.score + off, 100);
	return row;
}

/* By how much a node is below its target; 0 where it is not. */
static double lack(const struct indextree_node *node, const struct figures *f)
{
	return f->mean < node->target ? node->target - f->mean : 0;
}

/* Inserts number i into an order: what is below its target first, the
 * farthest before the others; else as in the tree. */
static void insert(size_t *order, size_t n, const struct indextree_node *node,
		   const struct figures *f, size_t i)
{
	for (; n > 0 && lack(&node[i], &f[i]) > lack(&node[order[n - 1]],
						     &f[order[n - 1]]);
	     n--)
		order[n] = order[n - 1];
	order[n] = i;
}

static void put_indicators(struct indexscore *s, size_t class, size_t *order)
{
	const struct indextree *t = s->tree;
	size_t n = 0;

	for (size_t i = 0; i < t->leaves; i++)
		if (t->leaf[i].class == class)
			insert(order, n++, t->leaf, s->leaf, i);
	for (size_t k = 0; k < n; k++) {
		struct indexscore_row row =
			row_of(&t->leaf[order[k]], &s->leaf[order[k]],
			       INDEXSCORE_INDICATOR);

		row.class = t->class[class].name;
		s->row[s->rows++] = row;
	}
}

static void put_rows(struct indexscore *s)
{
	const struct indextree *t = s->tree;
	size_t *order = mem_alloc(t->classes, sizeof(*order));
	size_t *within = mem_alloc(t->leaves, sizeof(*within));

	s->row = mem_alloc(t->classes + t->leaves + 1, sizeof(*s->row));
	for (size_t k = 0; k < t->classes; k++)
		insert(order, k, t->class, s->class, k);
	for (size_t k = 0; k < t->classes; k++) {
		const struct indextree_node *class = &t->class[order[k]];
		struct indexscore_row row = row_of(class, &s->class[order[k]],
						   INDEXSCORE_CLASS);

		row.class = class->name;
		row.name = (struct text){ 0 };
		s->row[s->rows++] = row;
		put_indicators(s, order[k], within);
	}
	s->row[s->rows++] = row_of(&t->total, &s->total, INDEXSCORE_TOTAL);
	free(order);
	free(within);
}

void indexscore_finish(struct indexscore *s)
{
	put_in_order(s);
	score_leaves(s);
	score_above(s);
	find_errors(s);
	put_rows(s);
}

size_t indexscore_rows(const struct indexscore *s)
{
	return s->rows;
}

struct indexscore_row indexscore_row(const struct indexscore *s, size_t i)
{
	return s->row[i];
}
