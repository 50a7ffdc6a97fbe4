/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions of two periods. */
#include "cmd/mix/sides.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "canon/deal.h"
#include "stream/lanes.h"

enum { DATE, CUSTOMER, AMOUNT, KIND, TXN, RIVAL, PART, SOURCE, COLUMNS };
static_assert(COLUMNS == SIDES_COLUMNS, "room for the columns read");

#define SEPARATOR '\0'

/* ---- the periods ---- */

static struct day_range range_against(const struct common *common,
				      struct day_range now, const char *word,
				      const char *option)
{
	struct day_range r;

	if (!word || strcmp(word, "previous") == 0)
		return period_before(now);
	if (strcmp(word, "year-before") == 0)
		return period_year_before(now);
	if (!day_period(text_of(word), DAY_NONE, &r) &&
	    !day_period(text_of(word), common_today(common), &r))
		die_usage("%s: --against \"%s\" is none of previous, "
			  "year-before and a period such as 2025-10 or 2025Q3",
			  option, word);
	return r;
}

static int32_t earlier(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static void set_ranges(struct sides *s, struct common *common,
		       const char *against)
{
	struct day_range *r = s->range;

	r[1] = common_range(common);
	if (common->as_of != DAY_NONE && common->as_of < r[1].last)
		r[1].last = common->as_of;
	if (r[1].first == DAY_MIN || r[1].last == DAY_MAX)
		die_usage("%s: which period? --period, or --since and "
			  "--until, say it",
			  s->option);
	if (r[1].first > r[1].last)
		die_usage("%s: the period begins after --as-of", s->option);
	r[0] = range_against(common, r[1], against, s->option);
	common->period = NULL;
	common->until = later(r[0].last, r[1].last);
	if (common->as_of != DAY_NONE)
		common->until = earlier(common->until, common->as_of);
	common->since = earlier(r[0].first, r[1].first);
	if (s->want & SIDES_HISTORY)
		common->since = DAY_NONE;
	for (int i = 0; i < 2; i++)
		s->name[i][period_label(r[i], s->name[i])] = '\0';
}

struct sides sides_make(struct mix_options *o, const char *option,
			unsigned want, const char *against)
{
	struct sides s = {.o = o, .option = option, .want = want};

	results_check(o, option, want & SIDES_MEASURED);
	dims_split(&s.dims, o->common.by, NULL);
	set_ranges(&s, &o->common, against);
	return s;
}

struct input *sides_open(struct sides *s, char *const *files, size_t nfiles)
{
	const char *part = s->o->mix_of;
	const struct input_column c[COLUMNS] = {
		[DATE] = {"date", COL_DAY, INPUT_FILLED},
		[CUSTOMER] = {"customer_id", COL_TEXT, INPUT_FILLED},
		[AMOUNT] = {"amount", COL_MONEY, INPUT_FILLED},
		[KIND] = {"kind", COL_TEXT, INPUT_OPTIONAL},
		[TXN] = {"txn_id", COL_TEXT, INPUT_OPTIONAL},
		[RIVAL] = {"competitor", COL_TEXT, INPUT_OPTIONAL},
		[PART] = {part ? part : "kind", COL_TEXT,
			  part ? INPUT_REQUIRED : INPUT_OPTIONAL},
		[SOURCE] = {"growth_source", COL_TEXT, INPUT_OPTIONAL},
	};
	size_t n = COLUMNS;
	struct input *in;

	memcpy(s->columns, c, sizeof(c));
	dims_columns(&s->dims, s->columns, &n);
	in = input_open(&s->o->common, schema_find(TEXT("transactions")),
			s->columns, n, files, nfiles);
	dims_settle(&s->dims, in);
	results_refuse_late(&s->dims, s->option);
	s->tagged = input_has(in, SOURCE);
	s->rivals = input_has(in, RIVAL);
	return in;
}

/* ---- a row ---- */

/* The state of one thread. */
struct lane {
	const struct sides *s;
	struct mix *mix;
	struct purses *purses;
	struct dims_memory *memory;
	struct buf label, key;
	int32_t first_day;
};

/* What a row is, for all parts that it belongs to. */
struct deal {
	const struct cell *c;
	struct text purchase; /* empty: none was made */
	int side;
};

static void add(struct lane *l, const struct deal *d, enum sides_part part,
		struct text detail)
{
	struct mix_line line = {.customer = d->c[CUSTOMER].text,
				.purchase = d->purchase,
				.fen = d->c[AMOUNT].fen,
				.day = d->c[DATE].day,
				.absent = !d->purchase.n};

	/* whose it is makes no difference to sums of money alone */
	if (part == PART_REFUNDS || part == PART_SOURCE) {
		line.purchase = (struct text){0};
		line.absent = true;
	}
	buf_clear(&l->key);
	buf_addc(&l->key, (char)part);
	buf_addc(&l->key, (char)('0' + d->side));
	buf_addt(&l->key, buf_text(&l->label));
	buf_addc(&l->key, SEPARATOR);
	buf_addt(&l->key, detail);
	line.group = buf_text(&l->key);
	mix_add(l->mix, &line);
}

static void add_buyer(struct lane *l, const struct deal *d)
{
	uint32_t met = d->purchase.n ? (uint32_t)BOUGHT_0 << d->side : 0;

	purses_add(l->purses, buf_text(&l->label), d->c[CUSTOMER].text, d->side,
		   d->c[AMOUNT].fen, met);
}

static void add_deal(struct lane *l, const struct deal *d)
{
	unsigned want = l->s->want;
	struct text none = {0};

	if (want & SIDES_WHOLE)
		add(l, d, PART_WHOLE, none);
	if (want & SIDES_KINDS && d->purchase.n)
		add(l, d, PART_KIND, d->c[PART].text);
	if (want & SIDES_KINDS && !d->purchase.n)
		add(l, d, PART_REFUNDS, none);
	if (want & SIDES_SOURCES && l->s->tagged)
		add(l, d, PART_SOURCE, d->c[SOURCE].text);
	if (want & SIDES_BUYERS)
		add_buyer(l, d);
}

static bool is_within(struct day_range r, int32_t day)
{
	return day >= r.first && day <= r.last;
}

/* False: the row is none of what is summed up. */
static bool take(struct lane *l, const struct cell *c, bool rival)
{
	const struct sides *s = l->s;
	int32_t day = c[DATE].day;
	struct deal d = {
		c, deal_purchase(&c[KIND], &c[AMOUNT], &c[TXN], &c[DATE]), 0};
	bool before = s->want & SIDES_HISTORY && day < s->range[1].first;
	bool used = before;

	if (rival && !(s->want & SIDES_RIVALS))
		return false;
	buf_clear(&l->label);
	dims_label(&s->dims, l->memory, c, day, &l->label);
	if (before && d.purchase.n)
		purses_add(l->purses, buf_text(&l->label), c[CUSTOMER].text, 0,
			   0, BOUGHT_BEFORE);
	for (d.side = 0; d.side < 2; d.side++) {
		if (!is_within(s->range[d.side], day))
			continue;
		used = true;
		if (rival)
			add(l, &d, PART_RIVALS, (struct text){0});
		else
			add_deal(l, &d);
	}
	if (used && day < l->first_day)
		l->first_day = day;
	return used;
}

/* ---- all rows ---- */

static void *begin(void *ctx)
{
	struct lane *l = mem_zalloc(1, sizeof(*l));

	l->s = ctx;
	l->mix = mix_new(MIX_PLAIN);
	l->purses = purses_new();
	l->memory = dims_memory_new();
	l->first_day = INT32_MAX;
	return l;
}

static void fold(struct input *in, void *state)
{
	struct lane *l = state;
	struct row row;
	bool rival;

	while (input_next(in, &row))
		if (results_rival(in, row.cell, RIVAL, &rival) &&
		    !take(l, row.cell, rival))
			input_skip(in);
}

static void release(struct lane *l)
{
	mix_free(l->mix);
	purses_free(l->purses);
	dims_memory_free(l->memory);
	buf_release(&l->label);
	buf_release(&l->key);
	free(l);
}

static void join(void *into, void *from)
{
	struct lane *l = into, *other = from;

	mix_join(l->mix, other->mix);
	purses_join(l->purses, other->purses);
	l->first_day = earlier(l->first_day, other->first_day);
	release(other);
}

static const struct lanes_job job = {begin, fold, join};

/* "W1", the label, NUL, the detail */
static struct text label_of(struct text key, struct text *detail)
{
	const char *end = memrchr(key.p, SEPARATOR, key.n);

	*detail = (struct text){end + 1, (size_t)(key.p + key.n - end - 1)};
	return (struct text){key.p + 2, (size_t)(end - key.p - 2)};
}

bool sides_counts(const struct purse *p)
{
	return p->met & (BOUGHT_0 | BOUGHT_1) || p->fen[0] || p->fen[1];
}

static void collect_labels(struct sides *s)
{
	struct text detail;
	uint32_t *sorted;

	s->labels = group_new(0, 0, NULL, NULL);
	if (!s->dims.n)
		group_intern(s->labels, (struct text){0});
	for (size_t i = 0; i < mix_groups(s->mix); i++)
		group_intern(s->labels, label_of(mix_key(s->mix, i), &detail));
	for (size_t i = 0; i < purses_count(s->purses); i++) {
		struct purse p = purses_at(s->purses, i);

		if (sides_counts(&p))
			group_intern(s->labels, p.label);
	}
	s->order = mem_alloc(group_count(s->labels), sizeof(*s->order));
	sorted = group_sorted(s->labels);
	for (size_t i = 0; i < group_count(s->labels); i++)
		s->order[i] = sorted[i];
	free(sorted);
}

void sides_read(struct sides *s, struct input *in)
{
	struct lane *l = lanes_fold(in, &job, s);

	mix_finish(l->mix, common_jobs(&s->o->common));
	purses_finish(l->purses);
	s->mix = l->mix;
	s->purses = l->purses;
	s->first_day = l->first_day == INT32_MAX ? DAY_NONE : l->first_day;
	l->mix = NULL;
	l->purses = NULL;
	release(l);
	collect_labels(s);
}

void sides_release(struct sides *s)
{
	mix_free(s->mix);
	purses_free(s->purses);
	group_free(s->labels);
	free(s->order);
	dims_release(&s->dims);
}

struct sides_key sides_key(const struct sides *s, size_t i)
{
	struct text key = mix_key(s->mix, i), detail;
	struct text label = label_of(key, &detail);

	return (struct sides_key){
		.part = (enum sides_part)key.p[0],
		.side = key.p[1] - '0',
		.label = (uint32_t)group_find(s->labels, label),
		.detail = detail,
		.rest = {key.p + 2, key.n - 2},
	};
}

/* ---- the result ---- */

struct output *sides_output(const struct sides *s,
			    const struct output_column *columns, size_t n)
{
	static const struct output_column periods[] = {
		{"period", COL_TEXT},
		{"against", COL_TEXT},
	};

	return results_open(&s->o->common, &s->dims, periods, NELEMS(periods),
			    columns, n);
}

void sides_put(const struct sides *s, uint32_t label, struct output *out)
{
	output_str(out, s->name[1]);
	output_str(out, s->name[0]);
	results_put_label(&s->dims, group_key(s->labels, label), out);
}
