/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-profile --values: the most frequent values of each column, and what
 * part of its rows the others and the empty cells are. */
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/profile/profile.h"
#include "model/mix.h"

static const struct output_column columns[] = {
	{ "column", COL_TEXT },
	{ "entry", COL_TEXT },
	{ "value", COL_TEXT },
	{ "count", COL_INT },
	{ "share_pct", COL_REAL },
};

struct entry {
	const char *kind;	/* value, others, empty */
	struct text value;
	uint64_t count;
};

/* In the order of output; those that nothing is in are left out. */
static size_t make_entries(const struct description *r, uint64_t rows,
			   struct entry *e)
{
	uint64_t counted = 0;
	size_t n = 0;

	for (size_t i = 0; i < r->tops; i++) {
		const struct describe_top *t = &r->top[i];

		e[n++] = (struct entry){ "value", { t->text, t->n },
					 t->count };
		counted += t->count;
	}
	if (r->filled > counted)
		e[n++] = (struct entry){ "others", { NULL, 0 },
					 r->filled - counted };
	if (rows > r->filled)
		e[n++] = (struct entry){ "empty", { NULL, 0 },
					 rows - r->filled };
	return n;
}

static void write_entries(const struct profile *p, struct output *out,
			  size_t label, size_t column, const struct entry *e,
			  size_t n)
{
	struct profile_writer w = profile_writer(p, out);
	money_wide *value = mem_alloc(n, sizeof(*value));
	int64_t *share = mem_zalloc(n, sizeof(*share));

	for (size_t i = 0; i < n; i++)
		value[i] = (money_wide)e[i].count;
	mix_shares(value, n, 1000, share);
	for (size_t i = 0; i < n; i++) {
		by_put(&p->by, label, out);
		output_str(out, p->column[column].name);
		output_str(out, e[i].kind);
		profile_put_value(&w, &p->column[column], e[i].value);
		output_int(out, (int64_t)e[i].count);
		output_tenths(out, share[i]);
		output_end(out);
	}
	free(value);
	free(share);
}

static void write_group(const struct profile *p, struct output *out,
			size_t label)
{
	for (size_t i = 0; i < p->columns; i++) {
		struct description r = profile_describe(
			p, label, i, (size_t)p->o->top);
		struct entry *e = mem_alloc(r.tops + 2, sizeof(*e));

		write_entries(p, out, label, i, e,
			      make_entries(&r, p->group[label].rows, e));
		free(e);
		description_release(&r);
	}
}

int profile_values(const struct profile_options *o, char *const *files,
		   size_t nfiles)
{
	struct profile p;
	struct output *out;
	size_t *order;

	profile_read(&p, o, files, nfiles, NULL);
	out = by_open(&p.by, &o->common, columns, NELEMS(columns));
	order = by_order(&p.by);
	for (size_t i = 0; i < by_count(&p.by); i++)
		write_group(&p, out, order[i]);
	free(order);
	profile_close(&p, output_rows(out));
	return output_close(out);
}
