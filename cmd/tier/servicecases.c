/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What complaints cost: their events folded to cases, these to customers. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/service_in.h"

enum { CASE_ID, CASE_AT, CASE_WHO, CASE_SEVERITY, CASE_COLUMNS };

/* One case: begun on its first day, dealt with at the dearest of the
 * severities that it had, and of the customer whom its latest event names. */
struct complaint {
	int32_t first;	  /* BIAS less the day; 0: none */
	int64_t named_at; /* of who, biased; 0: nobody */
	int64_t fen;
	bool rated;
	struct text who;
};

#define FIRST_BIAS (DAY_MAX + 1)

static void name_customer(struct service *s, struct complaint *one,
			  const struct cell *c)
{
	int64_t at = c[CASE_AT].us - INT64_MIN / 2;

	if (!c[CASE_WHO].known || at < one->named_at ||
	    (at == one->named_at && text_cmp(c[CASE_WHO].text, one->who) <= 0))
		return;
	one->named_at = at;
	one->who = side_keep(&s->hold, &c[CASE_WHO]);
}

static void add_event(struct service *s, struct complaint *one,
		      const struct row *row)
{
	const struct cell *c = row->cell;
	int32_t day, first;

	day_parse(c[CASE_AT].text, &day);
	first = FIRST_BIAS - day;
	if (first > one->first)
		one->first = first;
	name_customer(s, one, c);
	if (c[CASE_SEVERITY].known) {
		int64_t fen = service_rate(s, SERVICECOST_COMPLAINT, row,
				      &c[CASE_SEVERITY]);

		one->rated = true;
		one->fen = fen > one->fen ? fen : one->fen;
	}
}

static void settle_case(const struct run *run, struct service *s,
			const struct complaint *one)
{
	int32_t day = FIRST_BIAS - one->first;
	int64_t fen = one->fen;
	struct served *who;

	if (day < s->range.first || day > s->range.last ||
	    (run->common.as_of != DAY_NONE && day > run->common.as_of))
		return;
	if (!one->rated && !servicecost_rate(&s->rates, SERVICECOST_COMPLAINT,
					     TEXT("*"), &fen))
		die("--rates has no rate for a complaint without severity "
		    "(complaint,*)");
	who = service_served(s, one->who, fen);
	if (who)
		who->complaints++;
}

void service_read_cases(const struct run *run, struct service *s,
			const char *path)
{
	const struct input_column columns[CASE_COLUMNS] = {
		[CASE_ID] = { "case_id", COL_TEXT, INPUT_FILLED },
		[CASE_AT] = { "at", COL_INSTANT, INPUT_FILLED },
		[CASE_WHO] = { side_id(run), COL_TEXT, INPUT_REQUIRED },
		[CASE_SEVERITY] = { "severity", COL_TEXT, INPUT_OPTIONAL },
	};
	struct group *cases =
		group_new(sizeof(struct complaint), 0, NULL, NULL);
	struct common common;
	struct input *in = side_open(run, &common, path, NULL,
				     columns, CASE_COLUMNS);
	struct row row;

	while (input_next(in, &row)) {
		size_t at = group_intern(cases, row.cell[CASE_ID].text);

		add_event(s, group_entry(cases, at), &row);
	}
	input_close(in, 0);
	for (size_t i = 0; i < group_count(cases); i++)
		settle_case(run, s, group_entry(cases, i));
	group_free(cases);
}
