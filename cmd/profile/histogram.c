/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-profile --histogram: how one column spreads. Bins of one width for
 * numbers and dates, the most frequent values for words; people see bars.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/profile/profile.h"
#include "model/histogram.h"
#include "model/mix.h"

/* Columns of a terminal that the longest bar takes. */
#define BAR 40

struct bars {
	const struct profile *p;
	struct profile_writer w;
	struct description whole;	/* of all groups */
	struct figure width;
	int64_t origin;
	uint64_t most;			/* the longest bar */
};

static bool is_time(const struct description *r)
{
	return r->type == DESCRIBE_DATE || r->type == DESCRIBE_INSTANT;
}

/* Of what is known of a column, when it is empty. */
static bool has_edges(const struct bars *b)
{
	enum describe_type t = b->whole.type;

	if (t == DESCRIBE_EMPTY)
		t = b->p->column[0].settings.type;
	return t >= DESCRIBE_INTEGER && t <= DESCRIBE_INSTANT;
}

/* Instants are put in bins by their days. */
static void make_days(const struct profile *p, struct description *r)
{
	if (r->type != DESCRIBE_INSTANT)
		return;
	for (size_t i = 0; i < r->steps; i++)
		r->step[i].value.m = instant_day_by(p->clock,
						    r->step[i].value.m);
	r->steps = steps_sort(r->step, r->steps);
}

static struct figure told_width(const struct profile_options *o, bool days)
{
	struct figure w;

	if (!figure_parse(text_of(o->width), &w) || w.m <= 0)
		die_usage("--width: \"%s\" is not a number above 0",
			  o->width);
	if (days && figure_decimals(figure_short(w)) > 0)
		die_usage("--width: \"%s\" is not a whole number of days",
			  o->width);
	return w;
}

static void choose_width(struct bars *b)
{
	const struct profile_options *o = b->p->o;
	const struct description *r = &b->whole;
	size_t bins = (size_t)o->bins;

	if (o->width)
		b->width = told_width(o, is_time(r));
	else if (!r->steps)
		b->width = (struct figure){ 1, 0 };
	else if (is_time(r))
		b->width = histogram_days(r->step, r->steps, bins);
	else
		b->width = histogram_width(r->step, r->steps, r->decimals,
					   bins);
	if (is_time(r)) {
		while (b->width.e > 0) {
			b->width.m *= 10;
			b->width.e--;
		}
		b->origin = HISTOGRAM_MONDAY;
	}
}

/* ---- rows ---- */

static void put_bar(const struct bars *b, uint64_t count)
{
	static const char *const eighth[] = { "", "▏", "▎", "▍",
					      "▌", "▋", "▊", "▉" };
	struct buf bar = { 0 };
	uint64_t n = b->most ? (uint64_t)((unsigned __int128)count * BAR * 8 /
					  b->most) :
			       0;

	if (!b->w.people)
		return;
	/* What is there shows. */
	if (count && !n)
		n = 1;
	for (uint64_t i = 0; i < n / 8; i++)
		buf_adds(&bar, "█");
	buf_adds(&bar, eighth[n % 8]);
	output_text(b->w.out, buf_text(&bar));
	buf_release(&bar);
}

static void put_edge(const struct bars *b, struct figure edge)
{
	char s[FIGURE_BYTES];

	if (!is_time(&b->whole))
		output_json(b->w.out,
			    (struct text){ s, figure_format(
						      edge,
						      b->whole.type ==
						      DESCRIBE_MONEY ? 2 : 0,
						      s) });
	else if (edge.m >= DAY_MIN && edge.m <= DAY_MAX)
		output_day(b->w.out, (int32_t)edge.m);
	else
		output_empty(b->w.out);
}

/* The cells that are in no bin; their share is of nothing. */
static void put_rest(const struct bars *b, size_t label, size_t edges,
		     uint64_t count)
{
	if (!count)
		return;
	by_put(&b->p->by, label, b->w.out);
	for (size_t i = 0; i < edges; i++)
		output_empty(b->w.out);
	output_int(b->w.out, (int64_t)count);
	output_empty(b->w.out);
	put_bar(b, 0);
	output_end(b->w.out);
}

static int64_t *shares_of(const uint64_t *count, size_t n)
{
	money_wide *value = mem_alloc(n, sizeof(*value));
	int64_t *share = mem_zalloc(n, sizeof(*share));

	for (size_t i = 0; i < n; i++)
		value[i] = (money_wide)count[i];
	mix_shares(value, n, 1000000, share);
	free(value);
	return share;
}

static void make_bins(const struct bars *b, const struct description *r,
		      struct histogram *h)
{
	if (!histogram_make(h, r->step, r->steps, b->width, b->origin))
		die("--histogram: more than %d bins, or values too large to "
		    "have edges; --width says how wide they are",
		    HISTOGRAM_BINS);
}

static void write_bins(struct bars *b, size_t label,
		       const struct description *r)
{
	struct histogram h;
	int64_t *share;

	make_bins(b, r, &h);
	share = shares_of(h.count, h.bins);
	for (size_t i = 0; i < h.bins; i++) {
		by_put(&b->p->by, label, b->w.out);
		put_edge(b, histogram_edge(&h, i));
		put_edge(b, histogram_edge(&h, i + 1));
		output_int(b->w.out, (int64_t)h.count[i]);
		output_share(b->w.out, share[i], 1000000);
		put_bar(b, h.count[i]);
		output_end(b->w.out);
	}
	put_rest(b, label, 2, b->p->group[label].rows - r->n);
	free(share);
	histogram_release(&h);
}

static void write_words(struct bars *b, size_t label,
			const struct description *r)
{
	uint64_t *count = mem_alloc(r->tops + 1, sizeof(*count));
	int64_t *share;
	size_t n = r->tops;

	count[n] = r->filled;
	for (size_t i = 0; i < n; i++) {
		count[i] = r->top[i].count;
		count[n] -= count[i] < count[n] ? count[i] : count[n];
	}
	share = shares_of(count, n + 1);
	for (size_t i = 0; i < n; i++) {
		by_put(&b->p->by, label, b->w.out);
		profile_put_value(&b->w, &b->p->column[0],
				  (struct text){ r->top[i].text,
						 r->top[i].n });
		output_int(b->w.out, (int64_t)count[i]);
		output_share(b->w.out, share[i], 1000000);
		put_bar(b, count[i]);
		output_end(b->w.out);
	}
	put_rest(b, label, 1, b->p->group[label].rows - r->filled + count[n]);
	free(count);
	free(share);
}

/* ---- the longest bar ---- */

static uint64_t most_in(struct bars *b, const struct description *r)
{
	struct histogram h;
	uint64_t most = 0;

	if (!has_edges(b))
		return r->tops ? r->top[0].count : 0;
	make_bins(b, r, &h);
	for (size_t i = 0; i < h.bins; i++)
		most = h.count[i] > most ? h.count[i] : most;
	histogram_release(&h);
	return most;
}

static struct output *open_output(const struct bars *b)
{
	struct output_column c[5];
	size_t n = 0;

	if (has_edges(b)) {
		c[n++] = (struct output_column){ "lower", COL_REAL };
		c[n++] = (struct output_column){ "upper", COL_REAL };
	} else {
		c[n++] = (struct output_column){ "value", COL_TEXT };
	}
	c[n++] = (struct output_column){ "count", COL_INT };
	c[n++] = (struct output_column){ "share", COL_SHARE };
	if (output_for_people(&b->p->o->common))
		c[n++] = (struct output_column){ "bar", COL_TEXT };
	return by_open(&b->p->by, &b->p->o->common, c, n);
}

static struct description describe_group(const struct bars *b, size_t label)
{
	struct description r = profile_describe(
		b->p, label, 0, (size_t)b->p->o->top);

	make_days(b->p, &r);
	return r;
}

static void write_group(struct bars *b, size_t label)
{
	struct description r = describe_group(b, label);

	if (has_edges(b))
		write_bins(b, label, &r);
	else
		write_words(b, label, &r);
	description_release(&r);
}

static void find_most(struct bars *b)
{
	for (size_t i = 0; i < b->p->groups; i++) {
		struct description r = describe_group(b, i);
		uint64_t most = most_in(b, &r);

		b->most = most > b->most ? most : b->most;
		description_release(&r);
	}
}

int profile_histogram(const struct profile_options *o, char *const *files,
		      size_t nfiles)
{
	struct profile p;
	struct bars b = { .p = &p };
	struct describe *all;
	struct output *out;
	size_t *order;

	profile_read(&p, o, files, nfiles, o->histogram);
	all = profile_pool(&p, 0);
	b.whole = describe_finish(all, DESCRIBE_FOUND, (size_t)o->top);
	make_days(&p, &b.whole);
	choose_width(&b);
	out = open_output(&b);
	b.w = profile_writer(&p, out);
	find_most(&b);
	order = by_order(&p.by);
	for (size_t i = 0; i < by_count(&p.by); i++)
		write_group(&b, order[i]);
	free(order);
	description_release(&b.whole);
	describe_free(all);
	profile_close(&p, output_rows(out));
	return output_close(out);
}
