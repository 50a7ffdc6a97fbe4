/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is who, and who may be: the links and the pairs in doubt as rows. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/output.h"

#include "cmd/link/run.h"

/* ---- links ---- */

/* The best partner of each record in its cluster. */
struct partner {
	uint32_t record;	/* UINT32_MAX: nobody */
	float probability;
};

static void offer(struct partner *p, uint32_t record, float probability)
{
	if (p->record == UINT32_MAX || probability > p->probability)
		*p = (struct partner){ record, probability };
}

/* Two records of one cluster that no pair shows: by its smallest member. */
static void fill_in(const struct link_run *r, struct partner *best)
{
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t head = r->stable[i].cluster;
		float p;

		if (head == i)
			continue;
		p = (float)linkage_probability(r->linkage, head, i);
		if (best[i].record == UINT32_MAX)
			offer(&best[i], head, p);
		if (best[head].record == UINT32_MAX)
			offer(&best[head], i, p);
	}
}

static struct partner *partners(const struct link_run *r)
{
	struct partner *best = mem_alloc(r->n, sizeof(*best));
	const struct linkage_pair *pair;
	size_t n = linkage_pairs(r->linkage, &pair);

	for (uint32_t i = 0; i < r->n; i++)
		best[i].record = UINT32_MAX;
	/* Pairs come in order, so that of equal ones the first stays. */
	for (size_t i = 0; i < n; i++)
		if (pair[i].band == LINKAGE_MATCH) {
			offer(&best[pair[i].a], pair[i].b,
			      pair[i].probability);
			offer(&best[pair[i].b], pair[i].a,
			      pair[i].probability);
		}
	fill_in(r, best);
	return best;
}

static void put_reason(const struct link_run *r, uint32_t a, uint32_t b,
		       struct buf *reason)
{
	struct text name = r->record[b].name;

	buf_clear(reason);
	buf_addf(reason, "with %s %.*s: ", r->record[b].source, (int)name.n,
		 name.p);
	if (link_is_settled(r, a, b))
		buf_adds(reason, "decided; ");
	else if (link_is_ruled(r, a, b))
		buf_adds(reason, "the one of that surname at that phone; ");
	linkage_reason(r->linkage, a < b ? a : b, a < b ? b : a, reason);
}

static void put_link(const struct link_run *r, uint32_t i,
		     const struct partner *p, struct buf *reason,
		     struct output *out)
{
	output_str(out, r->record[i].source);
	output_text(out, r->record[i].name);
	output_text(out, link_id(r, i));
	if (p->record == UINT32_MAX) {
		output_empty(out);
		output_empty(out);
	} else {
		put_reason(r, i, p->record, reason);
		output_share_real(out, (double)p->probability);
		output_text(out, buf_text(reason));
	}
	output_end(out);
}

/* Records of the last run that are not here keep what they had. */
static void put_old(const struct link_run *r, struct output *out)
{
	for (size_t i = 0; i < r->nold; i++) {
		const struct link_old *old = &r->old[i];

		output_text(out, old->source);
		output_text(out, old->name);
		output_text(out, stable_ids_now(r->ids, old->id));
		output_text(out, old->probability);
		output_text(out, old->reason);
		output_end(out);
	}
}

/* Ids that were given once and are another one now. */
static void put_gone(const struct link_run *r, struct output *out)
{
	for (size_t i = 0; i < stable_ids_gone(r->ids); i++) {
		struct text id = stable_ids_gone_one(r->ids, i);

		output_str(out, "merged");
		output_text(out, id);
		output_text(out, stable_ids_now(r->ids, id));
		output_empty(out);
		output_str(out, "this id was given once and is the other now");
		output_end(out);
	}
}

static const struct output_column link_columns[] = {
	{ "source", COL_TEXT },	       { "record", COL_TEXT },
	{ "customer_id", COL_TEXT },   { "probability", COL_SHARE },
	{ "reason", COL_TEXT },
};

struct output *link_put_links(const struct link_run *r,
			      const struct common *common)
{
	struct partner *best = partners(r);
	struct buf reason = { 0 };
	struct output *out;

	out = output_open(common, link_columns, NELEMS(link_columns));
	for (uint32_t i = 0; i < r->n; i++)
		put_link(r, i, &best[i], &reason, out);
	put_old(r, out);
	put_gone(r, out);
	buf_release(&reason);
	free(best);
	return out;
}

void link_write_links(const struct link_run *r)
{
	struct common common = link_private(r, r->o->links);

	output_close(link_put_links(r, &common));
}

/* ---- review ---- */

static int by_doubt(const void *a, const void *b)
{
	const struct linkage_pair *x = a, *y = b;

	if (x->probability != y->probability)
		return x->probability > y->probability ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* The pairs in doubt, the likeliest first; the caller frees. */
static struct linkage_pair *in_doubt(const struct link_run *r, size_t *n)
{
	const struct linkage_pair *pair;
	size_t all = linkage_pairs(r->linkage, &pair);
	struct linkage_pair *some = mem_alloc(all, sizeof(*some));

	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (pair[i].band != LINKAGE_MATCH &&
		    !link_is_settled(r, pair[i].a, pair[i].b))
			some[(*n)++] = pair[i];
	qsort(some, *n, sizeof(*some), by_doubt);
	return some;
}

enum { FIXED = 8 };

/* Columns that were compared and say something to people. */
static bool is_shown(const struct link_run *r, size_t column)
{
	return linkage_levels(r->linkage, column) > 0 &&
	       r->column[column].kind != LINKAGE_SOUND &&
	       !r->column[column].proof;
}

/* source_a ... verdict, then each compared column twice. */
static struct output *open_review(const struct link_run *r,
				  const struct common *common,
				  struct arena *names)
{
	static const struct output_column fixed[FIXED] = {
		{ "source_a", COL_TEXT },     { "record_a", COL_TEXT },
		{ "source_b", COL_TEXT },     { "record_b", COL_TEXT },
		{ "verdict", COL_TEXT },      { "probability", COL_SHARE },
		{ "band", COL_TEXT },	      { "reason", COL_TEXT },
	};
	size_t n = FIXED;
	struct output_column *c =
		mem_alloc(FIXED + 2 * r->columns, sizeof(*c));
	struct output *out;

	memcpy(c, fixed, sizeof(fixed));
	for (size_t i = 0; i < r->columns; i++) {
		struct buf b = { 0 };

		if (!is_shown(r, i))
			continue;
		for (const char *side = "ab"; *side; side++) {
			buf_clear(&b);
			buf_addf(&b, "%s_%c", r->column[i].name, *side);
			c[n++] = (struct output_column){
				arena_strdup(names, b.p, b.n), COL_TEXT
			};
		}
		buf_release(&b);
	}
	out = output_open(common, c, n);
	free(c);
	return out;
}

/* Both records' cells, side by side; a's are copied first, since those of b
 * take their place. */
static void put_cells(const struct link_run *r, uint32_t a, uint32_t b,
		      struct output *out)
{
	struct arena kept = { 0 };
	struct text *x = mem_zalloc(r->columns, sizeof(*x));
	struct text *y = mem_zalloc(r->columns, sizeof(*y));

	r->cells(r->ctx, a, x);
	for (size_t i = 0; i < r->columns; i++)
		x[i].p = arena_copy(&kept, x[i].p, x[i].n);
	r->cells(r->ctx, b, y);
	for (size_t i = 0; i < r->columns; i++) {
		if (!is_shown(r, i))
			continue;
		output_text(out, x[i]);
		output_text(out, y[i]);
	}
	arena_release(&kept);
	free(x);
	free(y);
}

static const char *band_name(enum linkage_band band)
{
	return band == LINKAGE_REVIEW ? "review" : "cut";
}

void link_write_review(const struct link_run *r)
{
	struct common common = link_private(r, r->o->review);
	struct arena names = { 0 };
	struct output *out = open_review(r, &common, &names);
	struct buf reason = { 0 };
	struct linkage_pair *pair;
	size_t n;

	pair = in_doubt(r, &n);
	for (size_t i = 0; i < n; i++) {
		const struct link_record *a = &r->record[pair[i].a];
		const struct link_record *b = &r->record[pair[i].b];

		buf_clear(&reason);
		linkage_reason(r->linkage, pair[i].a, pair[i].b, &reason);
		output_str(out, a->source);
		output_text(out, a->name);
		output_str(out, b->source);
		output_text(out, b->name);
		output_empty(out);
		output_share_real(out, (double)pair[i].probability);
		output_str(out, band_name(pair[i].band));
		output_text(out, buf_text(&reason));
		put_cells(r, pair[i].a, pair[i].b, out);
		output_end(out);
	}
	output_close(out);
	buf_release(&reason);
	arena_release(&names);
	free(pair);
}
