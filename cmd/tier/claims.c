/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Proverbs of the trade against the dealer's own figures: "the best 20 % of
 * the customers bring 80 % of the business". The claims are data.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/tier/tier.h"
#include "model/concentration.h"

#define PPM 1000000

struct claim {
	struct text name, source;
	int64_t top, share;		/* millionths */
};

struct claims {
	struct claim *item;
	size_t n, cap;
	struct arena arena;
};

static struct text keep(struct claims *c, struct text t)
{
	return (struct text){ arena_copy(&c->arena, t.p, t.n), t.n };
}

static void add_claim(struct claims *all, struct text name, struct text source,
		      int64_t top, int64_t share)
{
	all->item = mem_grow(all->item, all->n, &all->cap, sizeof(*all->item));
	all->item[all->n++] = (struct claim){ keep(all, name),
					      keep(all, source), top, share };
}

enum { CLAIM, SOURCE, TOP, SHARE, COLUMNS };

static void read_claims(const struct run *run, struct claims *all)
{
	static const struct input_column columns[COLUMNS] = {
		[CLAIM] = { "claim", COL_TEXT, INPUT_FILLED },
		[SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
		[TOP] = { "top_pct", COL_TEXT, INPUT_FILLED },
		[SHARE] = { "share_pct", COL_TEXT, INPUT_FILLED },
	};
	const char *path = run->claims_file;
	char *own = path ? mem_strdup(path) : share_path("tier-claims.csv");
	struct common common;
	struct input *in = side_open(run, &common, own, NULL, columns,
				     COLUMNS);
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		int64_t top, share;

		if (!tier_percent(c[TOP].text, &top))
			input_reject(in, TOP, REASON_BAD_NUMBER,
				     "it is no percentage, 0 to 100");
		else if (!tier_percent(c[SHARE].text, &share))
			input_reject(in, SHARE, REASON_BAD_NUMBER,
				     "it is no percentage, 0 to 100");
		else
			add_claim(all, c[CLAIM].text, c[SOURCE].text, top,
				  share);
	}
	input_close(in, 0);
	free(own);
}

/* "20:80" */
static bool split_claim(const char *given, int64_t *top, int64_t *share)
{
	struct text rest = text_of(given), part;

	return text_split(&rest, ':', &part) && rest.p &&
	       tier_percent(part, top) && tier_percent(rest, share);
}

struct claims *claims_open(const struct run *run)
{
	struct claims *all = mem_zalloc(1, sizeof(*all));
	int64_t top, share;

	/* Wrong usage is told before any file is read. */
	for (size_t i = 0; i < run->claims.n; i++)
		if (!split_claim(run->claims.item[i], &top, &share))
			die_usage("--claim: \"%s\" is not TOP:SHARE in "
				  "percent, such as 20:80",
				  run->claims.item[i]);
	read_claims(run, all);
	for (size_t i = 0; i < run->claims.n; i++) {
		split_claim(run->claims.item[i], &top, &share);
		add_claim(all, text_of(run->claims.item[i]), TEXT("--claim"),
			  top, share);
	}
	return all;
}

void claims_close(struct claims *all)
{
	if (!all)
		return;
	free(all->item);
	arena_release(&all->arena);
	free(all);
}

static void put_answer(const struct ranking *r, const struct claim *c,
		       struct output *out)
{
	money_wide own = concentration_top(r->at, r->n, c->top);
	money_wide ppm;

	if (r->total <= 0) {
		put_empty(out, 3);
		return;
	}
	ppm = money_ratio(own, r->total, 6);
	output_share(out, own, r->total);
	output_share(out, ppm - c->share, PPM);
	output_str(out, ppm >= c->share ? "yes" : "no");
}

static void put_needed(const struct ranking *r, const struct claim *c,
		       struct output *out)
{
	if (r->total <= 0)
		output_empty(out);
	else
		output_share(out,
			     (money_wide)concentration_needed(r->at, r->n,
							      c->share),
			     (money_wide)r->n);
}

void claims_write(const struct run *run, const struct by *by, size_t label,
		  const struct ranking *r, struct output *out)
{
	const struct claims *all = run->known;

	for (size_t i = 0; i < all->n; i++) {
		const struct claim *c = &all->item[i];

		by_put(by, label, out);
		output_text(out, c->name);
		output_text(out, c->source);
		output_share(out, c->top, PPM);
		output_share(out, c->share, PPM);
		put_answer(r, c, out);
		output_int(out, (int64_t)r->n);
		put_needed(r, c, out);
		output_end(out);
	}
}
