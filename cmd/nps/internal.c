/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --internal: departments as each other's customers, a matrix of those that
 * rate and those that are rated. The lecture's rule is that the department
 * nearer to the firm's customers is the customer of the other one, and rates.
 */
#include <stdlib.h>
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/figures.h"
#include "model/score.h"

enum { SCORE, SCALE_MAX, QUESTION, DATE, RATED, RATER, COLUMNS };

static const char *nearest;	/* --nearest */

/* How the rater stands to the rated, in the order of output. */
enum relation { CUSTOMER, SUPPLIER, UNPLACED, OWN, RELATIONS };

static const char *const relation_names[RELATIONS] = {
	"customer", "supplier", "unplaced", "own"
};

/* One of the matrix. */
struct place {
	size_t label, rated, rater;
	enum relation relation;
};

struct matrix {
	const struct nps_options *o;
	struct nps_scale scale;
	struct score_shape shape;
	struct input *in;
	struct by by;
	struct group *departments;	/* those of --nearest first, in order */
	size_t placed;
	struct group *places;		/* struct place without relation: a
					 * cell of score.h */
};

static void place_departments(struct matrix *m)
{
	struct text rest = text_of(nearest), name;

	while (nearest && text_split(&rest, ',', &name)) {
		if (name.n == 0)
			die_usage("--nearest: \"%s\" has an empty name",
				  nearest);
		if (group_intern(m->departments, name) < m->placed)
			die_usage("--nearest: \"%s\" names a department twice",
				  nearest);
		m->placed++;
	}
}

/* ---- rows ---- */

static void count(struct matrix *m, const struct cell *c)
{
	const size_t key[3] = {
		by_label(&m->by, c),
		group_intern(m->departments, c[RATED].text),
		group_intern(m->departments, c[RATER].text),
	};
	struct text bytes = { (const char *)key, sizeof(key) };
	uint64_t *cell = group_entry(m->places, group_intern(m->places, bytes));

	cell[score_slot(&m->scale, c[SCORE].real)]++;
}

static void take(struct matrix *m, const struct cell *c)
{
	const struct nps_options *o = m->o;
	enum reason reason;

	if (!c[SCORE].known || !c[RATED].known || !c[RATER].known ||
	    is_later(o, &c[DATE]) ||
	    (o->question && !text_is(c[QUESTION].text, o->question))) {
		input_skip(m->in);
		return;
	}
	reason = survey_judge(&m->scale, &c[SCORE], &c[SCALE_MAX]);
	if (reason == REASON_NONE)
		count(m, c);
	else
		scale_reject(m->in, &m->scale, c, SCORE, SCALE_MAX, reason);
}

/* ---- the matrix ---- */

static enum relation relation_of(const struct matrix *m, size_t rated,
				 size_t rater)
{
	if (rated == rater)
		return OWN;
	if (m->placed == 0)
		return CUSTOMER;
	if (rated >= m->placed || rater >= m->placed)
		return UNPLACED;
	return rater < rated ? CUSTOMER : SUPPLIER;
}

static struct place place_of(const struct matrix *m, size_t i)
{
	struct place p;
	size_t key[3];

	memcpy(key, group_key(m->places, i).p, sizeof(key));
	p = (struct place){ key[0], key[1], key[2],
			    relation_of(m, key[1], key[2]) };
	return p;
}

static int by_name(const struct matrix *m, size_t a, size_t b)
{
	return text_cmp(group_key(m->departments, a),
			group_key(m->departments, b));
}

/* Those that are placed as they are, then the others by name. */
static int by_nearness(const struct matrix *m, size_t a, size_t b)
{
	if (a < m->placed || b < m->placed)
		return (a > b) - (a < b);
	return by_name(m, a, b);
}

static int by_place(const void *left, const void *right, void *ctx)
{
	const struct matrix *m = ctx;
	struct place a = place_of(m, *(const size_t *)left);
	struct place b = place_of(m, *(const size_t *)right);
	int order = by_nearness(m, a.rated, b.rated);

	if (a.label != b.label)
		return text_cmp(group_key(m->by.labels, a.label),
				group_key(m->by.labels, b.label));
	if (order)
		return order;
	if (a.relation != b.relation)
		return a.relation < b.relation ? -1 : 1;
	return by_nearness(m, a.rater, b.rater);
}

static size_t *order_of(struct matrix *m)
{
	size_t n = group_count(m->places);
	size_t *order = mem_alloc(n, sizeof(*order));

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	if (n > 1)
		qsort_r(order, n, sizeof(*order), by_place, m);
	return order;
}

static void put_row(struct output *out, const struct matrix *m,
		    const struct place *p, struct text rater,
		    const char *relation, const uint64_t *cell)
{
	struct score_group g = score_group(&m->shape, cell);
	bool known = g.n > 0 && g.n >= (uint64_t)m->o->min_n;
	struct score_mean f = { 0 };

	if (known)
		f = score_mean(&g);
	by_put(&m->by, p->label, out);
	output_text(out, group_key(m->departments, p->rated));
	output_text(out, rater);
	output_str(out, relation);
	output_int(out, (int64_t)g.n);
	put_fixed4(out, known, f.mean);
	put_fixed4(out, known, f.sd);
	put_fixed4(out, known, f.se);
	put_fixed4(out, known, f.low);
	put_fixed4(out, known, f.high);
	output_end(out);
	score_release(&g);
}

static bool same_rated(const struct place *a, const struct place *b)
{
	return a->label == b->label && a->rated == b->rated;
}

/* The row of all customers of a department, then one for each rater; what
 * follows them. */
static size_t put_department(struct output *out, struct matrix *m,
			     const size_t *order, size_t i)
{
	size_t n = group_count(m->places), words = score_words(&m->shape);
	struct place first = place_of(m, order[i]), p = first;
	uint64_t *all = mem_zalloc(words, sizeof(*all));
	size_t end = i;

	for (; end < n; end++) {
		p = place_of(m, order[end]);
		if (!same_rated(&first, &p))
			break;
		if (p.relation == CUSTOMER)
			score_merge(&m->shape, all,
				    group_entry(m->places, order[end]));
	}
	put_row(out, m, &first, (struct text){ 0 }, "customers", all);
	free(all);
	for (; i < end; i++) {
		p = place_of(m, order[i]);
		put_row(out, m, &p, group_key(m->departments, p.rater),
			relation_names[p.relation],
			group_entry(m->places, order[i]));
	}
	return end;
}

static void open_input(struct matrix *m, char **files, size_t nfiles)
{
	const struct input_column columns[COLUMNS] = {
		[SCORE] = { "score", COL_REAL, INPUT_REQUIRED },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
		[QUESTION] = { "question", COL_TEXT, INPUT_OPTIONAL },
		[DATE] = { "date", COL_DAY,
			   is_dated(m->o) ? INPUT_FILLED : INPUT_OPTIONAL },
		[RATED] = { "department", COL_TEXT, INPUT_REQUIRED },
		[RATER] = { "rater_department", COL_TEXT, INPUT_REQUIRED },
	};

	m->in = by_input(&m->by, &m->o->common, schema_find(TEXT("surveys")),
			 columns, COLUMNS, files, nfiles);
	if (trend_unit(m->o))
		by_trend(&m->by, trend_unit(m->o), DATE);
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "department", COL_TEXT }, { "rater_department", COL_TEXT },
		{ "relation", COL_TEXT },   { "n", COL_INT },
		{ "mean", COL_FIXED4 },	    { "sd", COL_FIXED4 },
		{ "se", COL_FIXED4 },	    { "ci_low", COL_FIXED4 },
		{ "ci_high", COL_FIXED4 },
	};
	struct matrix m = { .o = o, .scale = scale_range(o, "1-5"),
			    .departments = group_new(1, 0, NULL, NULL) };
	struct output *out;
	struct row row;
	size_t *order;

	(void)value;
	m.shape = (struct score_shape){ m.scale, false };
	m.places = group_new(score_words(&m.shape) * sizeof(uint64_t), 0, NULL,
			     NULL);
	place_departments(&m);
	open_input(&m, files, nfiles);
	out = by_open(&m.by, &o->common, columns, NELEMS(columns));
	while (input_next(m.in, &row))
		take(&m, row.cell);
	order = order_of(&m);
	for (size_t i = 0; i < group_count(m.places);)
		i = put_department(out, &m, order, i);
	free(order);
	input_close(m.in, output_rows(out));
	by_release(&m.by);
	group_free(m.departments);
	group_free(m.places);
	return output_close(out);
}

static const struct opt nearest_opts[] = {
	{ OPT_TEXT, 0, "nearest", "DEPT,...",
	  "departments, those nearest to the customer first", &nearest,
	  .common = true },
	{ OPT_END },
};

const struct analysis analysis_internal = {
	.name = "internal",
	.help = "departments that rate each other (1-5)",
	.advanced = true,
	.takes = TAKES_QUESTION | TAKES_SCALE | TAKES_MIN_N,
	.uses = { nearest_opts },
	.run = run,
};
