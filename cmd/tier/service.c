/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that say what service cost, folded by customer. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/tier/service_in.h"

static struct {
	const char *rates, *contacts, *complaints, *given;
} asked;

const struct opt service_options[] = {
	{ OPT_TEXT, 0, "rates", "FILE", "metal, mvc: what service costs",
	  &asked.rates, .common = true },
	{ OPT_TEXT, 0, "contacts", "FILE", "metal, mvc: contacts, by channel",
	  &asked.contacts, .common = true },
	{ OPT_TEXT, 0, "complaints", "FILE",
	  "metal, mvc: complaints, by severity", &asked.complaints,
	  .common = true },
	{ OPT_TEXT, 0, "service-costs", "FILE",
	  "metal, mvc: customer_id,cost as given", &asked.given,
	  .common = true },
	{ OPT_END },
};

/* ---- rates ---- */

enum { RATE_KIND, RATE_WHAT, RATE_RATE, RATE_SOURCE, RATE_COLUMNS };

static void add_rate(struct service *s, const struct row *row)
{
	int kind =
		opt_choice(SERVICECOST_KIND_WORDS, row->cell[RATE_KIND].text);
	const char *wrong;

	if (kind < 0)
		side_refuse(row, "the kind is contact, complaint or visit");
	wrong = servicecost_add(&s->rates, (enum servicecost_kind)kind,
				side_keep(&s->hold, &row->cell[RATE_WHAT]),
				row->cell[RATE_RATE].fen);
	if (wrong)
		side_refuse(row, wrong);
	if (!s->source.n)
		s->source = side_keep(&s->hold, &row->cell[RATE_SOURCE]);
}

static void read_rates(const struct run *run, struct service *s)
{
	static const struct input_column columns[RATE_COLUMNS] = {
		[RATE_KIND] = { "kind", COL_TEXT, INPUT_FILLED },
		[RATE_WHAT] = { "what", COL_TEXT, INPUT_FILLED },
		[RATE_RATE] = { "rate", COL_MONEY, INPUT_FILLED },
		[RATE_SOURCE] = { "source", COL_TEXT, INPUT_OPTIONAL },
	};
	char *shipped = asked.rates ? NULL : share_path("cost-rates.csv");
	struct common common;
	struct input *in =
		side_open(run, &common, shipped ? shipped : asked.rates, NULL,
			  columns, RATE_COLUMNS);
	struct row row;

	while (input_next(in, &row))
		add_rate(s, &row);
	input_close(in, 0);
	free(shipped);
}

void service_source(const struct run *run, struct buf *b)
{
	const struct service *s = run->service;

	if (run->margins_file)
		buf_addf(b, "profit without a cost: %s; ", run->margins_file);
	buf_addf(b, "rates: %s", asked.rates ? asked.rates : "cost-rates.csv");
	if (s->source.n) {
		buf_adds(b, " (");
		buf_addt(b, s->source);
		buf_addc(b, ')');
	}
}

/* ---- who is served ---- */

/* Dies when the sum is too large. */
static void add_fen(int64_t *sum, int64_t fen)
{
	if (!money_add(sum, fen))
		die("the cost of service is too large");
}

/* The customer's entry; NULL, and counted, where no name stands. */
struct served *service_served(struct service *s, struct text who, int64_t fen)
{
	struct served *one;

	if (!who.n) {
		s->nobody++;
		add_fen(&s->nobody_fen, fen);
		return NULL;
	}
	one = group_entry(s->cost, group_intern(s->cost, who));
	add_fen(&one->fen, fen);
	return one;
}

int64_t service_rate(const struct service *s, enum servicecost_kind kind,
		       const struct row *row, const struct cell *what)
{
	int64_t fen;

	if (!servicecost_rate(&s->rates, kind, what->text, &fen))
		side_refuse(row, "there is no rate for this, and none for *");
	return fen;
}

/* Rows of a later day than --as-of are not known yet. */
static bool is_later(const struct run *run, const struct cell *day)
{
	return run->common.as_of != DAY_NONE && day->day > run->common.as_of;
}

enum { CONTACT_WHO, CONTACT_AT, CONTACT_CHANNEL, CONTACT_COLUMNS };

static void read_contacts(const struct run *run, struct service *s)
{
	const struct input_column columns[CONTACT_COLUMNS] = {
		[CONTACT_WHO] = { side_id(run), COL_TEXT, INPUT_REQUIRED },
		[CONTACT_AT] = { "at", COL_DAY, INPUT_FILLED },
		[CONTACT_CHANNEL] = { "channel", COL_TEXT, INPUT_OPTIONAL },
	};
	struct common common;
	struct input *in = side_open(run, &common, asked.contacts,
				     schema_find(TEXT("contacts")), columns,
				     CONTACT_COLUMNS);
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		struct served *one;

		if (is_later(run, &c[CONTACT_AT]))
			continue;
		one = service_served(s, c[CONTACT_WHO].text,
			     service_rate(s, SERVICECOST_CONTACT, &row,
				     &c[CONTACT_CHANNEL]));
		if (one)
			one->contacts++;
	}
	input_close(in, 0);
}

/* ---- costs as given ---- */

static void read_given(const struct run *run, struct service *s)
{
	const struct input_column columns[] = {
		{ side_id(run), COL_TEXT, INPUT_REQUIRED },
		{ "cost", COL_MONEY, INPUT_FILLED },
	};
	struct common common;
	struct input *in = side_open(run, &common, asked.given, NULL, columns,
				     NELEMS(columns));
	struct row row;

	while (input_next(in, &row)) {
		if (row.cell[1].fen < 0)
			side_refuse(&row, "a cost is not negative");
		service_served(s, row.cell[0].text, row.cell[1].fen);
	}
	input_close(in, 0);
}

/* ---- all of it ---- */

static void go_by_margin(struct run *run)
{
	if (run->measured && run->measure.kind != MEASURE_MARGIN)
		die_usage("--scheme %s goes by the margin, which is what "
			  "--measure cannot change",
			  run->scheme->name);
	/* Of any table the value is the profit itself. */
	if (!run->table)
		run->measure.kind = MEASURE_MARGIN;
	run->measure.unit = UNIT_FEN;
}

void service_open(struct run *run)
{
	struct service *s = mem_zalloc(1, sizeof(*s));

	go_by_margin(run);
	if (run->moves_from &&
	    (asked.contacts || asked.complaints || asked.given))
		die_usage("--moves-from does not part what --contacts, "
			  "--complaints and --service-costs hold; compare two "
			  "results by --moves");
	s->cost = group_new(sizeof(struct served), 0, NULL, NULL);
	s->range = common_range(&run->common);
	read_rates(run, s);
	run->no_visits =
		run->table || !servicecost_has(&s->rates, SERVICECOST_VISIT);
	if (asked.contacts)
		read_contacts(run, s);
	if (asked.complaints)
		service_read_cases(run, s, asked.complaints);
	if (asked.given)
		read_given(run, s);
	run->service = s;
}

int64_t service_visit(const struct run *run, const struct cell *c)
{
	int64_t fen;

	return servicecost_rate(&run->service->rates, SERVICECOST_VISIT, c[KIND].text,
				&fen)
		       ? fen
		       : 0;
}

/* Purchases whose visit costs something. */
static void add_visits(const struct ranking *r, struct served *of)
{
	for (size_t i = 0; r->purchases && i < group_count(r->purchases); i++) {
		int64_t fen = *(int64_t *)group_entry(r->purchases, i);
		struct text rest = group_key(r->purchases, i), who;
		size_t at;

		if (!fen)
			continue;
		text_split(&rest, '\0', &who);
		at = group_find(r->customers, who);
		of[at].visits++;
		add_fen(&of[at].fen, fen);
	}
}

/* Those who cost something and never bought: entries without a deal, where
 * they are nobody else's affair. */
static void add_strangers(const struct run *run, const struct service *s,
			  struct ranking *r)
{
	size_t before = group_count(r->customers), n;

	if (run->common.by || run->leads || run->customers)
		return;
	for (size_t i = 0; i < group_count(s->cost); i++)
		group_intern(r->customers, group_key(s->cost, i));
	r->buyers = n = group_count(r->customers);
	if (r->bought) {
		r->bought = mem_resize(r->bought, n, sizeof(*r->bought));
		for (size_t i = before; i < n; i++)
			r->bought[i] = 0;
	}
}

struct served *service_settle(const struct run *run, struct ranking *r)
{
	struct service *s = run->service;
	struct served *of;

	add_strangers(run, s, r);
	of = mem_zalloc(group_count(r->customers), sizeof(*of));
	for (size_t i = 0; i < group_count(s->cost); i++) {
		struct served *one = group_entry(s->cost, i);
		size_t at = group_find(r->customers, group_key(s->cost, i));

		if (at >= r->buyers)
			continue;
		if (one->used)
			die("a customer stands in two groups of --by %s: what "
			    "serving him cost cannot be shared out",
			    run->common.by);
		of[at] = *one;
		one->used = true;
	}
	add_visits(r, of);
	return of;
}

/* -v, after the last group: what could not be laid to anybody. */
static void tell(const struct service *s)
{
	int64_t fen = 0;
	size_t others = 0;
	char money[MONEY_MAX_BYTES];
	size_t n;

	for (size_t i = 0; i < group_count(s->cost); i++) {
		const struct served *one = group_entry(s->cost, i);

		if (one->used)
			continue;
		others++;
		add_fen(&fen, one->fen);
	}
	n = money_format(s->nobody_fen, money);
	if (s->nobody)
		warn("cost of service of nobody named: %.*s (%llu contacts "
		     "and cases)",
		     (int)n, money, (unsigned long long)s->nobody);
	n = money_format(fen, money);
	if (others)
		warn("cost of service of people without a deal: %.*s (%zu of "
		     "them)",
		     (int)n, money, others);
}

void service_close(struct run *run)
{
	struct service *s = run->service;

	if (run->common.verbose)
		tell(s);
	group_free(s->cost);
	arena_release(&s->hold);
	free(s);
}

int64_t service_net(int64_t profit, int64_t cost)
{
	int64_t net;

	if (__builtin_sub_overflow(profit, cost, &net))
		die("a customer's profit less the cost of service is too "
		    "large");
	return net;
}

void service_put(const struct served *s, struct output *out)
{
	output_int(out, s->contacts);
	output_int(out, s->complaints);
	output_int(out, s->visits);
}
