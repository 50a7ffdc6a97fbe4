/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix --newness: what part of a period's income is that of existing
 * customers, and what more of them, or more new ones, would bring. Seed 004
 * says that 85 % to 95 % of a service firm's income come from customers it
 * has, and that selling them 10 % more is easier than finding 10 % more.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "cmd/mix/sides.h"
#include "model/tier.h"

#define PPM 1000000

enum who { EXISTING, NEW, UNKNOWN, WHO };

struct part {
	money_wide amount;
	uint64_t customers; /* with a purchase in the period */
};

struct newness {
	struct sides sides;
	const char *claimed;
	int64_t low, high, more; /* millionths */
	struct part (*of)[WHO];	 /* of each label */
	size_t n;
};

/* ---- options ---- */

/* What seed 004 says. */
#define CLAIMED "85-95"
#define MORE	10

static void set_claim(struct newness *w, const struct mix_options *o)
{
	double more = isnan(o->more) ? MORE : o->more;
	struct text rest, low;

	w->claimed = o->claimed ? o->claimed : CLAIMED;
	rest = text_of(w->claimed);

	if (!text_split(&rest, '-', &low) || !rest.p ||
	    !tier_percent(low, &w->low) || !tier_percent(rest, &w->high) ||
	    w->low > w->high)
		die_usage("--claimed: \"%s\" is not LOW-HIGH in percent, such "
			  "as 85-95",
			  w->claimed);
	if (!(more >= 0 && more <= 1000))
		die_usage("--more: not 0 to 1000 percent");
	w->more = (int64_t)(more * PPM / 100 + 0.5);
}

/* ---- sums ---- */

/* Whose first purchase lies before the period, in whatever group, is an
 * existing customer, as --by customer_age has it; who only got money back in
 * it, and never bought in these rows, is unknown. */
struct buyers {
	struct group *before, *within;
};

static struct buyers buyers_of(const struct purses *all)
{
	struct buyers b = {group_new(0, 0, NULL, NULL),
			   group_new(0, 0, NULL, NULL)};

	for (size_t i = 0; i < purses_count(all); i++) {
		struct purse p = purses_at(all, i);

		if (p.met & BOUGHT_BEFORE)
			group_intern(b.before, p.customer);
		if (p.met & BOUGHT_1)
			group_intern(b.within, p.customer);
	}
	return b;
}

static enum who who_is(const struct buyers *b, struct text customer)
{
	if (group_find(b->before, customer) != SIZE_MAX)
		return EXISTING;
	return group_find(b->within, customer) != SIZE_MAX ? NEW : UNKNOWN;
}

static void add_up(struct newness *w)
{
	const struct sides *s = &w->sides;
	struct buyers b = buyers_of(s->purses);

	w->n = group_count(s->labels);
	w->of = mem_zalloc(w->n, sizeof(*w->of));
	for (size_t i = 0; i < purses_count(s->purses); i++) {
		struct purse p = purses_at(s->purses, i);
		struct part *part;

		if (!sides_counts(&p))
			continue;
		part = &w->of[group_find(s->labels, p.label)]
			     [who_is(&b, p.customer)];
		part->amount += p.fen[1];
		part->customers += (p.met & BOUGHT_1) != 0;
	}
	group_free(b.before);
	group_free(b.within);
}

/* ---- the result ---- */

static struct output *open_result(const struct newness *w)
{
	static const struct output_column before[] = {
		{"period", COL_TEXT},
		{"history_from", COL_DAY},
	};
	static const struct output_column after[] = {
		{"who", COL_TEXT},
		{"customers", COL_INT},
		{"amount", COL_MONEY},
		{"share_pct", COL_REAL},
		{"mean_customer", COL_MONEY},
		{"more_pct", COL_REAL},
		{"more_amount", COL_MONEY},
		{"claimed_pct", COL_TEXT},
		{"answer", COL_TEXT},
		{"source", COL_TEXT},
	};

	return results_open(&w->sides.o->common, &w->sides.dims, before,
			    NELEMS(before), after, NELEMS(after));
}

static const char *answer(const struct newness *w, const struct part *of)
{
	money_wide total =
		of[EXISTING].amount + of[NEW].amount + of[UNKNOWN].amount;
	money_wide own = of[EXISTING].amount * PPM;

	if (total <= 0)
		return NULL;
	if (own < total * w->low)
		return "below";
	return own > total * w->high ? "above" : "within";
}

static void put_claim(const struct newness *w, const struct part *of, int who,
		      struct output *out)
{
	if (who == EXISTING) {
		output_str(out, w->claimed);
		output_str(out, answer(w, of));
		output_str(out,
			   w->sides.o->claimed ? "as given" : "seed 004");
	} else {
		output_empty(out);
		output_empty(out);
		output_empty(out);
	}
}

static void put_what_if(const struct newness *w, const struct part *p, int who,
			struct output *out)
{
	if (who == UNKNOWN) {
		output_empty(out);
		output_empty(out);
		return;
	}
	output_real(out, (double)w->more * 100 / PPM);
	output_money_wide(out, money_ratio(p->amount * w->more, PPM, 0));
}

static void write_part(const struct newness *w, uint32_t label, int who,
		       const int64_t *tenths, struct output *out)
{
	const struct sides *s = &w->sides;
	const struct part *p = &w->of[label][who];
	static const char *const name[WHO] = {"existing", "new", "unknown"};

	output_str(out, s->name[1]);
	output_day(out, s->first_day);
	results_put_label(&s->dims, group_key(s->labels, label), out);
	output_str(out, name[who]);
	output_int(out, (int64_t)p->customers);
	output_money_wide(out, p->amount);
	if (tenths)
		output_tenths(out, tenths[who]);
	else
		output_empty(out);
	if (p->customers)
		output_money_wide(
			out,
			money_ratio(p->amount, (money_wide)p->customers, 0));
	else
		output_empty(out);
	put_what_if(w, p, who, out);
	put_claim(w, w->of[label], who, out);
	output_end(out);
}

static void write_result(const struct newness *w, struct output *out)
{
	for (size_t i = 0; i < w->n; i++) {
		uint32_t label = (uint32_t)w->sides.order[i];
		money_wide amount[WHO];
		int64_t tenths[WHO];
		bool shared;

		for (int k = 0; k < WHO; k++)
			amount[k] = w->of[label][k].amount;
		shared = mix_shares(amount, WHO, 1000, tenths);
		for (int k = 0; k < WHO; k++)
			write_part(w, label, k, shared ? tenths : NULL, out);
	}
}

int newness_run(struct mix_options *o, char **files, size_t nfiles)
{
	struct newness w = {0};
	struct input *in;
	struct output *out;

	set_claim(&w, o);
	w.sides =
		sides_make(o, "--newness", SIDES_BUYERS | SIDES_HISTORY, NULL);
	/* the period before is history as all before it is */
	w.sides.range[0] = (struct day_range){DAY_MAX, DAY_MIN};
	in = sides_open(&w.sides, files, nfiles);
	out = open_result(&w);
	sides_read(&w.sides, in);
	add_up(&w);
	write_result(&w, out);
	input_close(in, output_rows(out));
	sides_release(&w.sides);
	free(w.of);
	return output_close(out);
}
