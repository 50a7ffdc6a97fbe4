/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims from a file, and which of them are taken. */
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/share.h"
#include "num/figure.h"
#include "stream/input.h"

#include "cmd/complaint/claims.h"

enum {
	CLAIM, MEASURE, OUTCOME, PART, LOW, HIGH, CHOSEN, SOURCE, WORDS, NOTE,
	COLUMNS
};

static const struct input_column columns[COLUMNS] = {
	[CLAIM] = { "claim", COL_TEXT, INPUT_FILLED },
	[MEASURE] = { "measure", COL_TEXT, INPUT_FILLED },
	[OUTCOME] = { "outcome", COL_TEXT, INPUT_OPTIONAL },
	[PART] = { "part_pct", COL_TEXT, INPUT_OPTIONAL },
	[LOW] = { "low", COL_TEXT, INPUT_FILLED },
	[HIGH] = { "high", COL_TEXT, INPUT_FILLED },
	[CHOSEN] = { "chosen", COL_TEXT, INPUT_OPTIONAL },
	[SOURCE] = { "source", COL_TEXT, INPUT_FILLED },
	[WORDS] = { "words", COL_TEXT, INPUT_OPTIONAL },
	[NOTE] = { "note", COL_TEXT, INPUT_OPTIONAL },
};

/* What the measures of the file are. */
static const struct measure {
	const char *name, *outcome;
	enum claim_slot slot;
	bool people;
	int64_t most;		/* ICEBERG_UNITs; 0: no limit */
} measures[] = {
	{ "silent_pct", "", CLAIM_HEARD, false, ICEBERG_WHOLE - 1 },
	{ "people_per_heard", "", CLAIM_HEARD, true, 0 },
	{ "gone_pct", "", CLAIM_GONE, false, ICEBERG_WHOLE },
	{ "told", "", CLAIM_TOLD, false, 0 },
	{ "attitude_pct", "", CLAIM_ATTITUDE, false, ICEBERG_WHOLE },
	{ "return_pct", "on-spot", CLAIM_RETURN + CASESTATS_ON_SPOT, false,
	  ICEBERG_WHOLE },
	{ "return_pct", "solved", CLAIM_RETURN + CASESTATS_SOLVED, false,
	  ICEBERG_WHOLE },
	{ "return_pct", "unsolved", CLAIM_RETURN + CASESTATS_UNSOLVED, false,
	  ICEBERG_WHOLE },
};

static const struct measure *measure_of(const struct cell *c)
{
	for (size_t i = 0; i < NELEMS(measures); i++)
		if (text_is(c[MEASURE].text, measures[i].name) &&
		    text_is(c[OUTCOME].text, measures[i].outcome))
			return &measures[i];
	return NULL;
}

static bool read_figure(struct text t, int64_t *units)
{
	struct figure f;

	return figure_parse(t, &f) && figure_decimals(f) <= 4 &&
	       figure_scale(f, 4, units) && *units >= 0;
}

/* A row's figures; an empty part is the whole. */
static bool read_part(const struct cell *c, const struct measure *m,
		      struct iceberg_part *p)
{
	p->part = ICEBERG_WHOLE;
	if (c[PART].known && !read_figure(c[PART].text, &p->part))
		return false;
	return read_figure(c[LOW].text, &p->figure.low) &&
	       read_figure(c[HIGH].text, &p->figure.high) &&
	       p->figure.low <= p->figure.high &&
	       (!m || !m->most || p->figure.high <= m->most);
}

static struct text keep(struct claims *all, struct text t)
{
	return (struct text){ arena_copy(&all->arena, t.p, t.n), t.n };
}

static struct claim *find(const struct claims *all, struct text name)
{
	for (size_t i = 0; i < all->n; i++)
		if (text_eq(all->at[i].name, name))
			return &all->at[i];
	return NULL;
}

static struct claim *claim_of(struct claims *all, const struct cell *c,
			      const struct measure *m)
{
	struct claim *claim = find(all, c[CLAIM].text);

	if (claim)
		return claim;
	all->at = mem_grow(all->at, all->n, &all->cap, sizeof(*all->at));
	claim = &all->at[all->n++];
	*claim = (struct claim){
		.name = keep(all, c[CLAIM].text),
		.measure = keep(all, c[MEASURE].text),
		.source = keep(all, c[SOURCE].text),
		.slot = m ? m->slot : CLAIM_OTHER,
		.people = m && m->people,
		.chosen = text_is(c[CHOSEN].text, "yes"),
	};
	return claim;
}

static void take_row(struct claims *all, struct input *in,
		     const struct cell *c)
{
	const struct measure *m = measure_of(c);
	struct iceberg_part p;
	struct claim *claim;

	if (!read_part(c, m, &p)) {
		input_reject(in, LOW, REASON_BAD_NUMBER,
			     "low and high are no figures that such a claim "
			     "can have");
		return;
	}
	claim = claim_of(all, c, m);
	if (claim->parts == CLAIM_PARTS ||
	    !text_eq(claim->measure, c[MEASURE].text)) {
		input_reject(in, CLAIM, REASON_BAD_VALUE,
			     "another claim has this name");
		return;
	}
	claim->part[claim->parts++] = p;
}

static void check_claim(const char *path, struct claim *c)
{
	if (!iceberg_expect(c->part, c->parts, &c->range))
		die("%s: the parts of the claim \"%.*s\" do not add up to 100",
		    path, (int)c->name.n, c->name.p);
	if (c->slot >= CLAIM_RETURN && c->slot < CLAIM_SLOTS &&
	    c->range.low != c->range.high)
		die("%s: the claim \"%.*s\" is a range; the share that comes "
		    "back is one figure", path, (int)c->name.n, c->name.p);
}

static void take_marked(struct claims *all, const char *path)
{
	for (size_t i = 0; i < all->n; i++) {
		struct claim *c = &all->at[i];

		check_claim(path, c);
		if (!c->chosen || c->slot == CLAIM_OTHER)
			continue;
		if (all->taken[c->slot])
			die("%s: two claims are chosen for the same: \"%.*s\" "
			    "is the second", path, (int)c->name.n, c->name.p);
		all->taken[c->slot] = c;
	}
}

static void take_asked(struct claims *all, const struct opt_list *asked)
{
	bool once[CLAIM_SLOTS] = { false };

	for (size_t i = 0; i < asked->n; i++) {
		const struct claim *c = find(all, text_of(asked->item[i]));

		if (!c || c->slot == CLAIM_OTHER)
			die_usage("--claim: there is no claim \"%s\" to "
				  "reckon with; impact --claims lists them",
				  asked->item[i]);
		if (once[c->slot])
			die_usage("--claim: \"%s\" is the second one for the "
				  "same", asked->item[i]);
		once[c->slot] = true;
		all->taken[c->slot] = c;
	}
}

static struct input *open_file(struct common *common, char **path)
{
	common_beside(common);
	return input_open(common, NULL, columns, COLUMNS, path, 1);
}

void claims_open(struct claims *all, const char *path,
		 const struct opt_list *asked)
{
	char *own = path ? mem_strdup(path) :
			   share_path("complaint-claims.csv");
	struct common common;
	struct input *in = open_file(&common, &own);
	struct row row;

	*all = (struct claims){ .n = 0 };
	while (input_next(in, &row))
		take_row(all, in, row.cell);
	input_close(in, 0);
	take_marked(all, own);
	take_asked(all, asked);
	free(own);
}

void claims_close(struct claims *all)
{
	free(all->at);
	arena_release(&all->arena);
}

const struct claim *claims_need(const struct claims *all,
				enum claim_slot slot, const char *what)
{
	if (!all->taken[slot])
		die("the file of claims has none chosen for %s; --claim names "
		    "one", what);
	return all->taken[slot];
}

void claims_put(const struct claim *c, struct output *out)
{
	output_text(out, c->name);
	output_text(out, c->source);
}

/* ---- the list ---- */

static const char *is_taken(const struct claims *all, struct text name)
{
	const struct claim *c = find(all, name);

	if (c->slot == CLAIM_OTHER)
		return "";
	return all->taken[c->slot] == c ? "yes" : "no";
}

int claims_list(const struct common *common, const char *path,
		const struct opt_list *asked)
{
	static const struct output_column listed[] = {
		{ "claim", COL_TEXT },	 { "measure", COL_TEXT },
		{ "outcome", COL_TEXT }, { "part_pct", COL_REAL },
		{ "low", COL_REAL },	 { "high", COL_REAL },
		{ "taken", COL_TEXT },	 { "source", COL_TEXT },
		{ "words", COL_TEXT },	 { "note", COL_TEXT },
	};
	char *own = path ? mem_strdup(path) :
			   share_path("complaint-claims.csv");
	struct output *out = output_open(common, listed, NELEMS(listed));
	struct common beside;
	struct claims all;
	struct input *in;
	struct row row;

	claims_open(&all, path, asked);
	in = open_file(&beside, &own);
	while (input_next(in, &row)) {
		struct text cell[COLUMNS];

		for (int i = 0; i < COLUMNS; i++)
			cell[i] = row.cell[i].text;
		cell[CHOSEN] = text_of(is_taken(&all, cell[CLAIM]));
		output_row(out, cell);
	}
	input_close(in, output_rows(out));
	claims_close(&all);
	free(own);
	return output_close(out);
}
