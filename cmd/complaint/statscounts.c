/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often each cause and category came, crossed with one another, and which
 * customers came again. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "model/mix.h"

#include "cmd/complaint/stats.h"

#define TENTHS 1000		/* of the whole: tenths of a percent */
#define CROSS_MAX 1000		/* columns */

/* ---- pareto ---- */

/* A value in a group, and its cases. */
struct item {
	uint64_t cases;
	struct text text;
	int64_t tenths;
};

/* The most frequent first, equal ones bytewise; unknown ones are last. */
static int by_cases(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if ((x->text.n == 0) != (y->text.n == 0))
		return x->text.n == 0 ? 1 : -1;
	if (x->cases != y->cases)
		return x->cases > y->cases ? -1 : 1;
	return text_cmp(x->text, y->text);
}

static void share_out(struct item *item, size_t n)
{
	money_wide *value = mem_alloc(n, sizeof(*value));
	int64_t *tenths = mem_zalloc(n, sizeof(*tenths));

	for (size_t i = 0; i < n; i++)
		value[i] = (money_wide)item[i].cases;
	mix_shares(value, n, TENTHS, tenths);
	for (size_t i = 0; i < n; i++)
		item[i].tenths = tenths[i];
	free(value);
	free(tenths);
}

static void put_items(const struct stats *s, size_t g, const struct item *item,
		      size_t n, struct output *out)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		sum += item[i].tenths;
		by_put(&s->src.cols.by, g, out);
		output_text(out, item[i].text);
		if (item[i].text.n)
			output_int(out, (int64_t)i + 1);
		else
			output_empty(out);
		output_int(out, (int64_t)item[i].cases);
		output_tenths(out, item[i].tenths);
		output_tenths(out, sum);
		output_end(out);
	}
}

/* The items of a group, which are n of the pairs. */
static void put_group(const struct stats *s, const struct casegroups_pair *p,
		      size_t n, const struct group *values,
		      struct output *out)
{
	struct item *item = mem_alloc(n, sizeof(*item));

	for (size_t i = 0; i < n; i++)
		item[i] = (struct item){ p[i].cases,
					 group_key(values, p[i].value), 0 };
	qsort(item, n, sizeof(*item), by_cases);
	share_out(item, n);
	put_items(s, p->group, item, n, out);
	free(item);
}

/* Where the pairs of each group begin, and after the last group their end. */
static size_t *find_groups(const struct stats *s,
			   const struct casegroups_pair *p, size_t n)
{
	size_t *first = mem_alloc(s->g.groups + 1, sizeof(*first)), at = 0;

	for (size_t g = 0; g < s->g.groups; g++) {
		first[g] = at;
		while (at < n && p[at].group == g)
			at++;
	}
	first[s->g.groups] = at;
	return first;
}

struct output *stats_pareto(struct stats *s)
{
	const struct output_column columns[] = {
		casecols_column(&s->src.cols, s->column[0]),
		{ "rank", COL_INT },	    { "cases", COL_INT },
		{ "share_pct", COL_REAL }, { "cum_share_pct", COL_REAL },
	};
	struct output *out = by_open(&s->src.cols.by, &s->common, columns,
				     NELEMS(columns));
	uint32_t *value;
	struct group *values = casegroups_values(&s->g, s->column[0], &value);
	size_t n;
	struct casegroups_pair *pair = casegroups_pairs(&s->g, value, &n);
	size_t *first = find_groups(s, pair, n);

	for (size_t i = 0; i < s->g.groups; i++) {
		size_t g = s->g.order[i];

		if (first[g] < first[g + 1])
			put_group(s, pair + first[g], first[g + 1] - first[g],
				  values, out);
	}
	free(first);
	free(pair);
	free(value);
	group_free(values);
	return out;
}

/* ---- cross ---- */

struct cross {
	struct group *values[2];	/* of the rows and of the columns */
	uint32_t *order[2];
	uint64_t *sum[2];		/* of each row, of each column */
	size_t n[2];
	uint64_t *count;		/* [row * n[1] + column] */
};

/* Bytewise, but what is unknown is last. */
static uint32_t *order_values(const struct group *values)
{
	uint32_t *order = group_sorted(values);
	size_t n = group_count(values);

	memmove(order, order + 1, (n - 1) * sizeof(*order));
	order[n - 1] = 0;
	return order;
}

static void make_cross(const struct stats *s, struct cross *c)
{
	uint32_t *at[2];

	for (int k = 0; k < 2; k++) {
		c->values[k] = casegroups_values(&s->g, s->column[k], &at[k]);
		c->order[k] = order_values(c->values[k]);
		c->n[k] = group_count(c->values[k]);
		c->sum[k] = mem_zalloc(c->n[k], sizeof(*c->sum[k]));
	}
	if (c->n[1] > CROSS_MAX)
		die("--cross: %s has more than %d values; the table would be "
		    "too wide", s->cross, CROSS_MAX);
	c->count = mem_zalloc(c->n[0] * c->n[1], sizeof(*c->count));
	for (size_t i = 0; i < s->g.n; i++) {
		c->count[at[0][i] * c->n[1] + at[1][i]]++;
		c->sum[0][at[0][i]]++;
		c->sum[1][at[1][i]]++;
	}
	free(at[0]);
	free(at[1]);
}

static void release_cross(struct cross *c)
{
	for (int k = 0; k < 2; k++) {
		group_free(c->values[k]);
		free(c->order[k]);
		free(c->sum[k]);
	}
	free(c->count);
}

/* Value 0 is the unknown one: its column is there when it has cases. */
static bool is_column(const struct cross *c, size_t column)
{
	return column != 0 || c->sum[1][0] > 0;
}

/* A header that is none of the values: "total", or "(total)". */
static const char *header(struct stats *s, const struct cross *c,
			  const char *word)
{
	struct buf b = { 0 };

	buf_adds(&b, word);
	while (group_find(c->values[1], buf_text(&b)) != SIZE_MAX) {
		struct buf more = { 0 };

		buf_addf(&more, "(%.*s)", (int)b.n, b.p);
		buf_release(&b);
		b = more;
	}
	word = arena_strdup(&s->names, b.p, b.n);
	buf_release(&b);
	return word;
}

static struct output *open_cross(struct stats *s, const struct cross *c)
{
	struct output_column *columns = mem_alloc(c->n[1] + 2,
						  sizeof(*columns));
	struct output *out;
	size_t n = 0;

	columns[n++] = casecols_column(&s->src.cols, s->column[0]);
	for (size_t k = 0; k < c->n[1]; k++) {
		uint32_t v = c->order[1][k];
		struct text t = group_key(c->values[1], v);

		if (is_column(c, v))
			columns[n++] = (struct output_column){
				t.n ? arena_strdup(&s->names, t.p, t.n) :
				      header(s, c, "unknown"),
				COL_INT
			};
	}
	columns[n++] = (struct output_column){ header(s, c, "total"),
						COL_INT };
	out = output_open(&s->common, columns, n);
	free(columns);
	return out;
}

static void put_cross(const struct cross *c, size_t row, struct output *out)
{
	for (size_t k = 0; k < c->n[1]; k++) {
		uint32_t v = c->order[1][k];

		if (is_column(c, v))
			output_int(out, (int64_t)c->count[row * c->n[1] + v]);
	}
	output_int(out, (int64_t)c->sum[0][row]);
	output_end(out);
}

static void put_totals(const struct cross *c, size_t cases, struct output *out)
{
	output_str(out, "total");
	for (size_t k = 0; k < c->n[1]; k++) {
		uint32_t v = c->order[1][k];

		if (is_column(c, v))
			output_int(out, (int64_t)c->sum[1][v]);
	}
	output_int(out, (int64_t)cases);
	output_end(out);
}

struct output *stats_cross(struct stats *s)
{
	struct cross c;
	struct output *out;

	make_cross(s, &c);
	out = open_cross(s, &c);
	for (size_t r = 0; r < c.n[0]; r++) {
		uint32_t row = c.order[0][r];

		if (c.sum[0][row] == 0)
			continue;
		output_text(out, group_key(c.values[0], row));
		put_cross(&c, row, out);
	}
	put_totals(&c, s->g.n, out);
	release_cross(&c);
	return out;
}

/* ---- repeat ---- */

static struct output *open_repeat(const struct stats *s)
{
	static const struct output_column columns[] = {
		{ "at_least", COL_INT },
		{ "customers", COL_INT },
		{ "repeaters", COL_INT },
		{ "repeater_share", COL_SHARE },
		{ "cases", COL_INT },
		{ "repeater_cases", COL_INT },
		{ "repeater_case_share", COL_SHARE },
		{ "without_customer", COL_INT },
	};

	return by_open(&s->src.cols.by, &s->common, columns,
		       NELEMS(columns));
}

/* A group's customers, and how often each came; value 0 is nobody known. */
static void put_repeat(const struct stats *s, const struct casegroups_pair *p,
		       size_t n, struct output *out)
{
	uint32_t *cases = mem_alloc(n, sizeof(*cases));
	uint32_t nobody = 0;
	size_t known = 0;
	struct casestats_repeats r;

	for (size_t i = 0; i < n; i++) {
		if (p[i].value)
			cases[known++] = p[i].cases;
		else
			nobody = p[i].cases;
	}
	r = casestats_repeats(cases, known, (uint32_t)s->repeat);
	free(cases);
	output_int(out, s->repeat);
	output_int(out, (int64_t)r.customers);
	output_int(out, (int64_t)r.repeaters);
	output_share(out, (money_wide)r.repeaters, (money_wide)r.customers);
	output_int(out, (int64_t)r.cases);
	output_int(out, (int64_t)r.repeated);
	output_share(out, (money_wide)r.repeated, (money_wide)r.cases);
	output_int(out, nobody);
	output_end(out);
}

struct output *stats_repeat(struct stats *s)
{
	struct output *out = open_repeat(s);
	uint32_t *value;
	struct group *values = casegroups_values(&s->g, s->column[0], &value);
	size_t n;
	struct casegroups_pair *pair = casegroups_pairs(&s->g, value, &n);
	size_t *first = find_groups(s, pair, n);

	for (size_t i = 0; i < s->g.groups; i++) {
		size_t g = s->g.order[i];

		by_put(&s->src.cols.by, g, out);
		put_repeat(s, pair + first[g], first[g + 1] - first[g], out);
	}
	free(first);
	free(pair);
	free(value);
	group_free(values);
	return out;
}
