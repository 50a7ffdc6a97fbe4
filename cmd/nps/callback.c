/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --callback DAYS: the detractors who are to be called back, each with the
 * last day for it; with --contacts who was called, and whether in time.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "canon/place.h"
#include "cmd/nps/nps.h"

enum {
	RESPONSE, CUSTOMER, DATE, SCORE, SCALE_MAX, QUESTION, TOUCHPOINT,
	STORE, STAFF, COLUMNS
};

struct call {
	struct text response, customer, touchpoint, store, staff;
	int32_t day;
	int64_t score;
	int32_t called;		/* DAY_NONE: not yet */
};

struct calls {
	const struct nps_options *o;
	struct nps_scale scale;
	int64_t days;
	struct call *call;
	size_t n, cap;
	struct arena texts;
	int32_t today;
};

static const char *contacts;	/* --contacts */

static struct text keep(struct calls *k, const struct cell *c)
{
	return (struct text){ arena_copy(&k->texts, c->text.p, c->text.n),
			      c->text.n };
}

static bool asked_for(const struct nps_options *o, struct text question)
{
	if (o->question)
		return text_is(question, o->question);
	for (size_t i = 0; usual_nps[i]; i++)
		if (text_is(question, usual_nps[i]))
			return true;
	return question.n == 0;
}

static void take(struct calls *k, struct input *in, const struct cell *c)
{
	enum reason reason;

	if (!c[SCORE].known || is_later(k->o, &c[DATE]) ||
	    !asked_for(k->o, c[QUESTION].text)) {
		input_skip(in);
		return;
	}
	reason = survey_judge(&k->scale, &c[SCORE], &c[SCALE_MAX]);
	if (reason != REASON_NONE) {
		scale_reject(in, &k->scale, c, SCORE, SCALE_MAX, reason);
		return;
	}
	if (c[SCORE].real > (double)k->scale.detractor)
		return;
	k->call = mem_grow(k->call, k->n, &k->cap, sizeof(*k->call));
	k->call[k->n++] = (struct call){
		keep(k, &c[RESPONSE]), keep(k, &c[CUSTOMER]),
		keep(k, &c[TOUCHPOINT]), keep(k, &c[STORE]),
		keep(k, &c[STAFF]), c[DATE].day, (int64_t)c[SCORE].real,
		DAY_NONE,
	};
}

/* ---- who was called ---- */

static int by_customer(const void *left, const void *right)
{
	const struct call *a = left, *b = right;
	int order = text_cmp(a->customer, b->customer);

	if (order)
		return order;
	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return text_cmp(a->response, b->response);
}

/* A call answers all that the customer said up to then. */
static void note_call(struct calls *k, struct text customer, int32_t day)
{
	const struct call wanted = { .customer = customer, .day = DAY_MIN };
	size_t low = 0, high = k->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_customer(&k->call[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < k->n && text_eq(k->call[low].customer, customer); low++) {
		struct call *c = &k->call[low];

		if (c->day <= day &&
		    (c->called == DAY_NONE || day < c->called))
			c->called = day;
	}
}

static void read_contacts(struct calls *k)
{
	enum { WHO, AT, DIRECTION, CONTACT_COLUMNS };
	static const struct input_column columns[CONTACT_COLUMNS] = {
		[WHO] = { "customer_id", COL_TEXT, INPUT_REQUIRED },
		[AT] = { "at", COL_INSTANT, INPUT_FILLED },
		[DIRECTION] = { "direction", COL_TEXT, INPUT_OPTIONAL },
	};
	char *files[] = { (char *)(uintptr_t)contacts, NULL };
	struct common common;
	struct input *in;
	struct row row;
	struct place *place;

	common_beside(&common);
	common.tz = k->o->common.tz;
	place = place_new(&common);
	if (k->n > 0)
		qsort(k->call, k->n, sizeof(*k->call), by_customer);
	in = input_open(&common, schema_find(TEXT("contacts")), columns,
			CONTACT_COLUMNS, files, 1);
	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		int64_t at = c[AT].us;
		int32_t day = instant_day(at, place_zone(place, at));

		if (day <= k->today && !text_is(c[DIRECTION].text, "in"))
			note_call(k, c[WHO].text, day);
	}
	input_close(in, 0);
	place_free(place);
}

/* ---- the list ---- */

/* Those without a name, too, stand in one order. */
static int by_due(const void *left, const void *right)
{
	const struct call *a = left, *b = right;
	const struct text pairs[][2] = {
		{ a->response, b->response },
		{ a->customer, b->customer },
		{ a->touchpoint, b->touchpoint },
		{ a->store, b->store },
		{ a->staff, b->staff },
	};
	int order = 0;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	for (size_t i = 0; i < NELEMS(pairs) && order == 0; i++)
		order = text_cmp(pairs[i][0], pairs[i][1]);
	return order ? order : (a->score > b->score) - (a->score < b->score);
}

static void put_call(struct output *out, const struct calls *k,
		     const struct call *c)
{
	int32_t due = c->day + (int32_t)k->days;
	int32_t done = c->called == DAY_NONE ? k->today : c->called;

	output_text(out, c->response);
	output_text(out, c->customer);
	output_day(out, c->day);
	output_int(out, c->score);
	output_text(out, c->touchpoint);
	output_text(out, c->store);
	output_text(out, c->staff);
	output_day(out, due);
	output_day(out, c->called);
	output_str(out, done > due ? "yes" : "no");
	output_day(out, k->today);
	output_end(out);
}

static struct input *read_answers(struct calls *k, char **files, size_t nfiles)
{
	static const struct input_column columns[COLUMNS] = {
		[RESPONSE] = { "response_id", COL_TEXT, INPUT_OPTIONAL },
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_OPTIONAL },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[SCORE] = { "score", COL_REAL, INPUT_REQUIRED },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
		[QUESTION] = { "question", COL_TEXT, INPUT_OPTIONAL },
		[TOUCHPOINT] = { "touchpoint", COL_TEXT, INPUT_OPTIONAL },
		[STORE] = { "store_id", COL_TEXT, INPUT_OPTIONAL },
		[STAFF] = { "staff_id", COL_TEXT, INPUT_OPTIONAL },
	};
	struct input *in = input_open(&k->o->common,
				      schema_find(TEXT("surveys")), columns,
				      COLUMNS, files, nfiles);
	struct row row;

	while (input_next(in, &row))
		take(k, in, row.cell);
	return in;
}

static int run(const struct nps_options *o, const char *value, char **files,
	       size_t nfiles)
{
	static const struct output_column columns[] = {
		{ "response_id", COL_TEXT }, { "customer_id", COL_TEXT },
		{ "date", COL_DAY },	     { "score", COL_INT },
		{ "touchpoint", COL_TEXT },  { "store_id", COL_TEXT },
		{ "staff_id", COL_TEXT },    { "due", COL_DAY },
		{ "called_on", COL_DAY },    { "overdue", COL_TEXT },
		{ "as_of", COL_DAY },
	};
	struct calls k = { .o = o, .scale = scale_cuts(o, "0-10"),
			   .today = common_today(&o->common) };
	struct output *out;
	struct input *in;

	if (!number_int(text_of(value), &k.days) || k.days < 0 ||
	    k.days > 3650)
		die_usage("--callback: \"%s\" is no number of days", value);
	if (o->common.by || o->trend)
		die_usage("--callback is a row a response; choose some by "
			  "--where and --period");
	in = read_answers(&k, files, nfiles);
	if (contacts)
		read_contacts(&k);
	if (k.n > 0)
		qsort(k.call, k.n, sizeof(*k.call), by_due);
	out = output_open(&o->common, columns, NELEMS(columns));
	for (size_t i = 0; i < k.n; i++)
		put_call(out, &k, &k.call[i]);
	input_close(in, output_rows(out));
	free(k.call);
	arena_release(&k.texts);
	return output_close(out);
}

static const struct opt contacts_opts[] = {
	{ OPT_TEXT, 0, "contacts", "FILE", "who was called, and when",
	  &contacts, .common = true },
	{ OPT_END },
};

const struct analysis analysis_callback = {
	.name = "callback",
	.arg = "DAYS",
	.help = "detractors to be called",
	.takes = TAKES_QUESTION | TAKES_SCALE | TAKES_CUTS,
	.uses = { contacts_opts },
	.run = run,
};
