/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was learned, for people (-v) and for programs (--model). */

#include "base/msg.h"
#include "canon/linkfield.h"
#include "stream/json_out.h"
#include "stream/sink.h"

#include "cmd/link/run.h"

/* ---- as JSON ---- */

static void put_key(struct buf *b, const char *key)
{
	if (b->n && b->p[b->n - 1] != '{')
		buf_addc(b, ',');
	buf_addf(b, "\"%s\":", key);
}

static void put_number(struct buf *b, const char *key, double v)
{
	put_key(b, key);
	jsonout_number(b, v);
}

static void put_text(struct buf *b, const char *key, const char *v)
{
	put_key(b, key);
	jsonout_string(b, text_of(v));
}

static void put_flag(struct buf *b, const char *key, bool v)
{
	put_key(b, key);
	buf_adds(b, v ? "true" : "false");
}

static void put_level(const struct link_run *r, size_t column, size_t level,
		      struct buf *b)
{
	struct linkage_level l;

	linkage_level(r->linkage, column, level, &l);
	buf_addc(b, '{');
	put_text(b, "agreement", l.words);
	put_number(b, "m", l.m);
	put_number(b, "u", l.u);
	put_number(b, "h", l.h);
	put_number(b, "weight", l.weight);
	buf_addc(b, '}');
}

static void put_column(const struct link_run *r, size_t column, struct buf *b)
{
	const struct linkage_column *c = &r->column[column];

	buf_addc(b, '{');
	put_text(b, "name", c->name);
	put_text(b, "kind", linkfield_kind_name(c->kind));
	put_flag(b, "attribute", c->attribute);
	put_flag(b, "proof", c->proof);
	put_key(b, "levels");
	buf_addc(b, '[');
	for (size_t i = 0; i < linkage_levels(r->linkage, column); i++) {
		if (i)
			buf_addc(b, ',');
		put_level(r, column, i, b);
	}
	buf_adds(b, "]}");
}

static void put_report(const struct link_run *r, struct buf *b)
{
	const struct linkage_report *p = linkage_report(r->linkage);

	put_number(b, "match_at", r->o->match_at);
	put_number(b, "review_at", r->o->review_at);
	put_number(b, "records", (double)p->records);
	put_number(b, "keys", (double)p->keys);
	put_number(b, "blocks", (double)p->blocks);
	put_number(b, "blocks_skipped", (double)p->blocks_skipped);
	put_number(b, "largest_block", (double)p->largest_block);
	put_number(b, "pairs_compared", (double)p->pairs_compared);
	put_number(b, "pairs_kept", (double)p->pairs_kept);
	put_number(b, "lambda", p->lambda);
	put_number(b, "expected_matches", p->expected_matches);
	put_number(b, "home_share", p->home_share);
	put_number(b, "rounds", (double)p->rounds);
	put_flag(b, "converged", p->converged);
	put_number(b, "swap_m", p->swap_m);
	put_number(b, "swap_u", p->swap_u);
	put_number(b, "clusters", (double)p->clusters);
	put_number(b, "largest_cluster", (double)p->largest_cluster);
	put_number(b, "components_cut", (double)p->components_cut);
	put_number(b, "contradictions", (double)p->contradictions);
}

void link_write_model(const struct link_run *r, struct text table)
{
	struct buf b = { 0 };
	struct sink *out = sink_open(r->o->model, SINK_PLAIN);

	buf_addc(&b, '{');
	put_report(r, &b);
	if (table.n) {
		put_key(&b, "table");
		buf_addt(&b, table);
	}
	put_key(&b, "columns");
	buf_addc(&b, '[');
	for (size_t i = 0; i < r->columns; i++) {
		if (i)
			buf_addc(&b, ',');
		put_column(r, i, &b);
	}
	buf_adds(&b, "]}\n");
	sink_put(out, b.p, b.n);
	sink_close(out);
	buf_release(&b);
}

/* ---- for people ---- */

static void tell_column(const struct link_run *r, size_t column)
{
	const struct linkage_column *c = &r->column[column];
	struct buf b = { 0 };

	buf_addf(&b, "%s (%s%s%s):", c->name, linkfield_kind_name(c->kind),
		 c->attribute ? ", attribute" : "", c->proof ? ", proof" : "");
	for (size_t i = 0; i < linkage_levels(r->linkage, column); i++) {
		struct linkage_level l;

		linkage_level(r->linkage, column, i, &l);
		buf_addf(&b, "%s %s m=%.4g u=%.4g %+.2f", i ? ";" : "",
			 l.words, l.m, l.u, l.weight);
	}
	if (!linkage_levels(r->linkage, column))
		buf_adds(&b, " not used");
	warn("%s", b.p);
	buf_release(&b);
}

void link_tell_model(const struct link_run *r)
{
	const struct linkage_report *p = linkage_report(r->linkage);
	double seconds = (double)r->us / 1e6;

	warn("%llu records, %llu columns, %llu blocking keys: %llu blocks, "
	     "%llu of more than 60 records skipped, the largest of %llu",
	     (unsigned long long)p->records, (unsigned long long)p->columns,
	     (unsigned long long)p->keys, (unsigned long long)p->blocks,
	     (unsigned long long)p->blocks_skipped,
	     (unsigned long long)p->largest_block);
	warn("%llu pairs compared in %.2f s, %.0f a second; lambda %.3g, %.1f "
	     "matches expected, %u rounds%s",
	     (unsigned long long)p->pairs_compared, seconds,
	     seconds > 0 ? (double)p->pairs_compared / seconds : 0.,
	     p->lambda, p->expected_matches, p->rounds,
	     p->converged ? "" : ", not converged");
	warn("%llu clusters, the largest of %llu; %llu chains cut, %llu "
	     "merges refused",
	     (unsigned long long)p->clusters,
	     (unsigned long long)p->largest_cluster,
	     (unsigned long long)p->components_cut,
	     (unsigned long long)p->contradictions);
	for (size_t i = 0; i < r->columns; i++)
		if (r->column[i].kind != LINKAGE_SOUND)
			tell_column(r, i);
}
