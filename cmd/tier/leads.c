/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who never bought: leads (--leads) and customers on file (--customers) join
 * the customers as entries of their own, outside the hundred per cent.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/tier/tier.h"
#include "model/prospect.h"

enum {
	WHO,
	CREATED,
	LEAD,
	STAGE,
	OUTCOME,
	MONEY,
	AUTHORITY,
	NEED,
	LEAD_COLUMNS
};

struct leads {
	const struct run *run;
	struct lane *lane;
	struct by *by;		/* the transactions' groups */
	struct group *stages;	/* words of stages, each a prospect_stage */
	struct group *became;	/* leads, each a struct text: its customer */
	struct arena arena;	/* lead ids and customers' */
	struct buf key;
	int32_t until;		/* later ones were not known yet */
	uint64_t rows, later, bought, more;	/* what became of a file's */
};

/* ---- files ---- */

static void read_stages(struct leads *l)
{
	static const struct input_column columns[] = {
		{ "stage", COL_TEXT, INPUT_FILLED },
		{ "state", COL_TEXT, INPUT_FILLED },
	};
	struct common common;
	char *path = l->run->stages ? mem_strdup(l->run->stages) :
				      share_path("lead-stages.csv");
	struct input *in = side_open(l->run, &common, path, NULL, columns,
				     NELEMS(columns));
	struct row row;

	l->stages = group_new(sizeof(enum prospect_stage), 0, NULL, NULL);
	l->became = group_new(sizeof(struct text), 0, NULL, NULL);
	while (input_next(in, &row)) {
		size_t known = group_count(l->stages);
		size_t at = group_intern(l->stages, row.cell[0].text);

		if (at != known)
			side_refuse(&row, "this stage stands further up");
		if (!prospect_stage(row.cell[1].text,
				    group_entry(l->stages, at)))
			input_reject(in, 1, REASON_OUT_OF_RANGE,
				     "a state is new, open, won or lost");
	}
	input_close(in, 0);
	free(path);
}

/* The outcome, else what the words of the stage mean, else new. */
static enum prospect_stage stage_of(const struct leads *l,
				    const struct cell *c)
{
	enum prospect_stage stage = STAGE_NEW;
	size_t at;

	if (prospect_stage(c[OUTCOME].text, &stage))
		return stage;
	at = group_find(l->stages, c[STAGE].text);
	return at == SIZE_MAX ?
		       STAGE_NEW :
		       *(enum prospect_stage *)group_entry(l->stages, at);
}

/* ---- entries ---- */

static struct text keep(struct leads *l, struct text t)
{
	return (struct text){ arena_copy(&l->arena, t.p, t.n), t.n };
}

/* One more lead of somebody: the best state counts, and the first id. */
static void add(struct leads *l, struct ranking *r, struct text key,
		enum prospect_state state, struct text lead)
{
	size_t at = group_find(r->customers, key);
	struct prospect *p;

	if (at != SIZE_MAX && at < r->buyers) {
		l->bought++;
		return;
	}
	at = group_intern(r->customers, key) - r->buyers;
	if (at == r->prospects) {
		r->prospect = mem_grow(r->prospect, r->prospects,
				       &r->prospect_cap, sizeof(*r->prospect));
		r->prospect[r->prospects++] = (struct prospect){ 0 };
	} else {
		l->more++;
	}
	p = &r->prospect[at];
	if (state > p->state)
		p->state = (unsigned char)state;
	if (lead.n && (!p->lead.n || text_cmp(lead, p->lead) < 0))
		p->lead = keep(l, lead);
}

/* The customers of the row's group; groups that have no deals are new. */
static struct ranking *ranking_for(struct leads *l, struct by *by,
				   const struct cell *c)
{
	size_t label = by_label(by, c);

	if (group_count(by->labels))
		label = group_intern(l->by->labels,
				     group_key(by->labels, label));
	return lane_ranking(l->lane, NOW, label);
}

/* A lead that has several customers became the first of them. */
static void note_customer(struct leads *l, struct text lead, struct text who)
{
	struct text *known = group_entry(l->became,
					 group_intern(l->became, lead));

	if (!known->n || text_cmp(who, *known) < 0)
		*known = keep(l, who);
}

struct text leads_customer(const struct leads *l, struct text lead)
{
	size_t at = l && l->became ? group_find(l->became, lead) : SIZE_MAX;

	return at == SIZE_MAX ? (struct text){ 0 } :
				*(struct text *)group_entry(l->became, at);
}

static void add_lead(struct leads *l, struct by *by, const struct cell *c)
{
	const struct prospect_man man = {
		prospect_answer(c[MONEY].text),
		prospect_answer(c[AUTHORITY].text),
		prospect_answer(c[NEED].text),
	};
	struct ranking *r = ranking_for(l, by, c);

	buf_clear(&l->key);
	if (c[WHO].known) {
		buf_addt(&l->key, c[WHO].text);
		note_customer(l, c[LEAD].text, c[WHO].text);
	} else {
		buf_addc(&l->key, '\0');
		buf_addt(&l->key, c[LEAD].text);
	}
	add(l, r, buf_text(&l->key), prospect_state(&man, stage_of(l, c)),
	    c[LEAD].text);
}

static bool is_later(struct leads *l, const struct cell *c)
{
	bool later = l->until != DAY_NONE && c[CREATED].known &&
		     c[CREATED].day > l->until;

	l->rows++;
	l->later += later;
	return later;
}

/* -v: no row of a file gets lost. */
static void tell(struct leads *l, const char *path)
{
	if (l->run->common.verbose)
		warn("%s: %llu rows, %llu listed; left out: %llu too late, "
		     "%llu of buyers, %llu of one listed already",
		     path, (unsigned long long)l->rows,
		     (unsigned long long)(l->rows - l->later - l->bought -
					  l->more),
		     (unsigned long long)l->later,
		     (unsigned long long)l->bought,
		     (unsigned long long)l->more);
	l->rows = l->later = l->bought = l->more = 0;
}

static void read_leads(struct leads *l)
{
	static const struct input_column columns[LEAD_COLUMNS] = {
		[WHO] = { "customer_id", COL_TEXT, INPUT_OPTIONAL },
		[CREATED] = { "created_on", COL_DAY, INPUT_OPTIONAL },
		[LEAD] = { "lead_id", COL_TEXT, INPUT_FILLED },
		[STAGE] = { "stage", COL_TEXT, INPUT_OPTIONAL },
		[OUTCOME] = { "outcome", COL_TEXT, INPUT_OPTIONAL },
		[MONEY] = { "money", COL_TEXT, INPUT_OPTIONAL },
		[AUTHORITY] = { "authority", COL_TEXT, INPUT_OPTIONAL },
		[NEED] = { "need", COL_TEXT, INPUT_OPTIONAL },
	};
	struct common common;
	char *path = mem_strdup(l->run->leads);
	char *files[] = { path, NULL };
	struct by by;
	struct row row;
	struct input *in;

	read_stages(l);
	side_common(&common, path);
	common.by = l->run->common.by;
	in = by_input(&by, &common, schema_find(TEXT("leads")), columns,
		      LEAD_COLUMNS, files, 1);
	while (input_next(in, &row)) {
		if (is_later(l, row.cell))
			input_skip(in);
		else
			add_lead(l, &by, row.cell);
	}
	input_close(in, 0);
	by_release(&by);
	tell(l, path);
	free(path);
}

/* Of those on file nothing more is known. */
static void read_customers(struct leads *l)
{
	static const struct input_column columns[] = {
		[WHO] = { "customer_id", COL_TEXT, INPUT_FILLED },
		[CREATED] = { "created_on", COL_DAY, INPUT_OPTIONAL },
	};
	struct common common;
	char *path = mem_strdup(l->run->customers);
	char *files[] = { path, NULL };
	struct by by;
	struct row row;
	struct input *in;

	side_common(&common, path);
	common.by = l->run->common.by;
	in = by_input(&by, &common, schema_find(TEXT("customers")), columns,
		      NELEMS(columns), files, 1);
	while (input_next(in, &row)) {
		if (is_later(l, row.cell))
			input_skip(in);
		else
			add(l, ranking_for(l, &by, row.cell),
			    row.cell[WHO].text, PROSPECT_SUSPECT,
			    (struct text){ 0 });
	}
	input_close(in, 0);
	by_release(&by);
	tell(l, path);
	free(path);
}

/* The last day that is asked about. */
static int32_t last_known(const struct run *run, const struct lane *lane)
{
	const struct common *c = &run->common;
	int32_t last;

	if (c->as_of != DAY_NONE)
		return c->as_of;
	last = common_range(c).last;
	return last != DAY_MAX ? last : lane_last_day(lane, NOW);
}

struct leads *leads_read(const struct run *run, struct lane *lane,
			 struct by *by)
{
	struct leads *l;

	if (!run->leads && !run->customers)
		return NULL;
	l = mem_zalloc(1, sizeof(*l));
	l->run = run;
	l->lane = lane;
	l->by = by;
	l->until = last_known(run, lane);
	if (run->leads)
		read_leads(l);
	if (run->customers)
		read_customers(l);
	return l;
}

void leads_free(struct leads *l)
{
	if (!l)
		return;
	group_free(l->stages);
	group_free(l->became);
	arena_release(&l->arena);
	buf_release(&l->key);
	free(l);
}

/* ---- their places ---- */

/* Those of one status among r->at[from..to) come first, by id; how many. */
static size_t gather(struct ranking *r, size_t from, size_t to,
		     unsigned char tier)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		struct ranked one = r->at[i];
		unsigned char was = r->tier[i];

		if (was != tier)
			continue;
		r->at[i] = r->at[from + n];
		r->tier[i] = r->tier[from + n];
		r->at[from + n] = one;
		r->tier[from + n] = was;
		n++;
	}
	ranking_by_id(r->at + from, n, r->customers);
	return n;
}

void leads_place(struct ranking *r)
{
	unsigned char tier[PROSPECT_WON + 1];
	size_t end = r->n + r->outside, at = r->n;

	/* In the order of output. */
	tier[PROSPECT_WON] = ranking_status(r, TEXT("inactive"));
	tier[PROSPECT_POTENTIAL] = ranking_status(r, TEXT("potential"));
	tier[PROSPECT_SUSPECT] = ranking_status(r, TEXT("suspect"));
	for (size_t i = 0; i < r->prospects; i++, end++) {
		r->at[end] = (struct ranked){ 0, (uint32_t)(r->buyers + i) };
		r->tier[end] = tier[r->prospect[i].state];
	}
	r->outside = end - r->n;
	for (size_t t = r->names - r->statuses; t < r->names; t++)
		at += gather(r, at, end, (unsigned char)t);
}
