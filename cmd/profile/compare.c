/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-profile --compare: the groups of one column side by side, and by how
 * much they differ in each of the others.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "cmd/profile/compare.h"
#include "num/effect.h"
#include "num/rates.h"

/* More different words are no categories to compare. */
#define WORDS_MAX 1000

/* ---- what there is of a column ---- */

static void describe_groups(struct compared *c, const struct profile *p,
			    size_t column)
{
	size_t tops = WORDS_MAX;

	c->column = &p->column[column];
	for (size_t g = 0; g < c->groups; g++) {
		c->rows[g] = p->group[c->order[g]].rows;
		c->r[g] = profile_describe(p, c->order[g], column, tops);
	}
	c->type = c->column->type ? c->column->type : c->r[0].type;
}

static void release_groups(struct compared *c)
{
	for (size_t g = 0; g < c->groups; g++)
		description_release(&c->r[g]);
	c->effects = 0;
}

static bool is_numeric(enum describe_type t)
{
	return t == DESCRIBE_INTEGER || t == DESCRIBE_MONEY ||
	       t == DESCRIBE_NUMBER;
}

bool compared_numbers(const struct compared *c)
{
	return is_numeric(c->type);
}

bool compared_words(const struct compared *c)
{
	return c->type == DESCRIBE_CATEGORY || c->type == DESCRIBE_YESNO ||
	       c->type == DESCRIBE_TEXT;
}

/* ---- effects ---- */

static void add_effect(struct compared *c, const char *name, double value,
		       double error)
{
	if (!isfinite(value))
		return;
	c->effect[c->effects++] = (struct effect){
		name, value, value - RATES_Z * error, value + RATES_Z * error
	};
}

static struct effect_group group_of(const struct description *r)
{
	if (!r->numeric)
		return (struct effect_group){ 0, NAN, NAN };
	return (struct effect_group){ (double)r->n, r->mean, r->variance };
}

static void compare_two(struct compared *c)
{
	struct effect_group a = group_of(&c->r[0]), b = group_of(&c->r[1]);
	double error, g = effect_hedges_g(a, b, &error);

	add_effect(c, "hedges_g", g, error);
	add_effect(c, "cohens_d", effect_cohens_d(a, b), NAN);
	add_effect(c, "smd", effect_smd(a, b), NAN);
	add_effect(c, "cliffs_delta",
		   effect_cliffs_delta(c->r[0].step, c->r[0].steps,
				       c->r[1].step, c->r[1].steps),
		   NAN);
}

static void compare_numbers(struct compared *c)
{
	struct effect_group *g;

	if (c->groups == 2)
		compare_two(c);
	g = mem_alloc(c->groups, sizeof(*g));
	for (size_t i = 0; i < c->groups; i++)
		g[i] = group_of(&c->r[i]);
	add_effect(c, "eta_squared", effect_eta_squared(g, c->groups), NAN);
	free(g);
}

/* Counts by group and word, all words of all groups; NULL: too many. */
static uint64_t *cross(const struct compared *c, size_t *words)
{
	struct group *word = group_new(0, 0, NULL, NULL);
	uint64_t *count = NULL;
	bool all = true;

	for (size_t g = 0; g < c->groups; g++) {
		all = all && c->r[g].exact && c->r[g].distinct <= WORDS_MAX;
		for (size_t i = 0; all && i < c->r[g].tops; i++)
			group_intern(word,
				     (struct text){ c->r[g].top[i].text,
						    c->r[g].top[i].n });
	}
	*words = group_count(word);
	if (all && *words && *words <= WORDS_MAX)
		count = mem_zalloc(c->groups * *words, sizeof(*count));
	for (size_t g = 0; count && g < c->groups; g++)
		for (size_t i = 0; i < c->r[g].tops; i++) {
			const struct describe_top *t = &c->r[g].top[i];
			size_t k = group_find(word, (struct text){ t->text,
								   t->n });

			count[g * *words + k] = t->count;
		}
	group_free(word);
	return count;
}

static void compare_words(struct compared *c)
{
	size_t words;
	uint64_t *count = cross(c, &words);

	if (count)
		add_effect(c, "cramers_v",
			   effect_cramers_v(count, c->groups, words), NAN);
	free(count);
}

static void find_effects(struct compared *c)
{
	if (c->groups < 2)
		return;
	if (compared_numbers(c))
		compare_numbers(c);
	else if (compared_words(c))
		compare_words(c);
}

/* ---- as rows ---- */

static const struct output_column columns[] = {
	{ "column", COL_TEXT },	 { "type", COL_TEXT },
	{ "group", COL_TEXT },	 { "rows", COL_INT },
	{ "filled", COL_INT },	 { "mean", COL_REAL },
	{ "sd", COL_REAL },	 { "median", COL_REAL },
	{ "top", COL_TEXT },	 { "top_pct", COL_MONEY },
	{ "effect", COL_TEXT },	 { "value", COL_REAL },
	{ "ci_low", COL_REAL },	 { "ci_high", COL_REAL },
};

void compare_put_median(const struct profile_writer *w,
			const struct compared *c, size_t group)
{
	const struct description *r = &c->r[group];

	if (r->ordered)
		profile_put_figure(w, r,
				   steps_quantile(r->step, r->steps, r->n,
						  STEPS_ONE / 2,
						  c->between && r->numeric),
				   !r->exact);
	else
		output_empty(w->out);
}

static void put_top(const struct profile_writer *w,
		    const struct profile_column *c,
		    const struct description *r)
{
	struct text t = { 0 };

	if (r->tops)
		t = (struct text){ r->top[0].text, r->top[0].n };
	profile_put_value(w, c, t);
	profile_put_pct(w, r->tops ? r->top[0].count : 0, r->filled);
}

static void write_group(const struct profile_writer *w,
			const struct compared *c, size_t g)
{
	const struct description *r = &c->r[g];

	output_str(w->out, c->column->name);
	output_str(w->out, describe_type_name(r->type));
	output_text(w->out, c->name[g]);
	output_int(w->out, (int64_t)c->rows[g]);
	output_int(w->out, (int64_t)r->filled);
	profile_put_real(w, r->mean);
	profile_put_real(w, sqrt(r->variance));
	compare_put_median(w, c, g);
	put_top(w, c->column, r);
	for (int i = 0; i < 4; i++)
		output_empty(w->out);
	output_end(w->out);
}

static void write_effect(const struct profile_writer *w,
			 const struct compared *c, const struct effect *e)
{
	uint64_t rows = 0, filled = 0;

	for (size_t g = 0; g < c->groups; g++) {
		rows += c->rows[g];
		filled += c->r[g].filled;
	}
	output_str(w->out, c->column->name);
	output_str(w->out, describe_type_name(c->type));
	output_empty(w->out);
	output_int(w->out, (int64_t)rows);
	output_int(w->out, (int64_t)filled);
	for (int i = 0; i < 5; i++)
		output_empty(w->out);
	output_str(w->out, e->name);
	profile_put_real(w, e->value);
	profile_put_real(w, e->low);
	profile_put_real(w, e->high);
	output_end(w->out);
}

static void write_rows(const struct profile_writer *w,
		       const struct compared *c)
{
	for (size_t g = 0; g < c->groups; g++)
		write_group(w, c, g);
	for (size_t i = 0; i < c->effects; i++)
		write_effect(w, c, &c->effect[i]);
}

/* ---- the run ---- */

static void open_groups(struct compared *c, const struct profile *p)
{
	c->groups = by_count(&p->by);
	if (c->groups > COMPARE_GROUPS)
		die("--compare: %s has %zu different values; at most %d can "
		    "stand side by side",
		    p->o->compare, c->groups, COMPARE_GROUPS);
	c->order = by_order(&p->by);
	c->name = mem_alloc(c->groups, sizeof(*c->name));
	c->rows = mem_zalloc(c->groups, sizeof(*c->rows));
	c->r = mem_zalloc(c->groups, sizeof(*c->r));
	for (size_t g = 0; g < c->groups; g++)
		c->name[g] = group_key(p->by.labels, c->order[g]);
}

static void close_groups(struct compared *c)
{
	free(c->order);
	free(c->name);
	free(c->rows);
	free(c->r);
}

static struct output *open_output(const struct profile *p,
				  const struct compared *c)
{
	if (output_for_people(&p->o->common))
		return compare_open_beside(p, c);
	return output_open(&p->o->common, columns, NELEMS(columns));
}

int profile_compare(const struct profile_options *o, char *const *files,
		    size_t nfiles)
{
	struct compared c = { .between = o->between };
	struct profile_writer w;
	struct profile p;
	struct output *out;

	profile_read(&p, o, files, nfiles, NULL);
	open_groups(&c, &p);
	out = open_output(&p, &c);
	w = profile_writer(&p, out);
	for (size_t i = 0; c.groups && i < p.columns; i++) {
		describe_groups(&c, &p, i);
		find_effects(&c);
		if (w.people)
			compare_write_beside(&w, &c);
		else
			write_rows(&w, &c);
		release_groups(&c);
	}
	close_groups(&c);
	profile_close(&p, output_rows(out));
	return output_close(out);
}
