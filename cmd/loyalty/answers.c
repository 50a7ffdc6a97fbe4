/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers answered about the aspects of loyalty: which question is
 * about which aspect, and which score means yes, is data. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"

#include "cmd/loyalty/people.h"

struct question {
	enum aspect aspect;
	double low, high, yes_from;
};

struct questions {
	struct group *names; /* entry: struct question */
};

static enum aspect aspect_of(struct text word)
{
	static const char *const names[ASPECTS] = {
		[ASPECT_NEED] = "need",
		[ASPECT_SATISFIED] = "satisfied",
		[ASPECT_PREFERS] = "prefers",
		[ASPECT_ATTENTION] = "attention",
		[ASPECT_PRICE] = "price",
		[ASPECT_COMPETITORS] = "competitors",
		[ASPECT_IDENTIFICATION] = "identification",
		[ASPECT_TOLERANCE] = "tolerance",
	};
	int i = 0;

	while (i < ASPECTS && !text_is(word, names[i]))
		i++;
	return (enum aspect)i;
}

enum { ASPECT, QUESTION, LOW, HIGH, YES_FROM, QUESTION_COLUMNS };

static void add_question(struct questions *q, struct input *in,
			 const struct cell *c)
{
	struct question *new;
	struct question asked = { aspect_of(c[ASPECT].text), c[LOW].real,
				  c[HIGH].real, c[YES_FROM].real };

	if (asked.aspect == ASPECTS) {
		input_reject(in, ASPECT, REASON_BAD_VALUE, NULL);
		return;
	}
	if (!(asked.low < asked.high && asked.yes_from > asked.low &&
	      asked.yes_from <= asked.high)) {
		input_reject(in, YES_FROM, REASON_OUT_OF_RANGE,
			     "low < yes_from <= high must hold");
		return;
	}
	new = group_entry(q->names, group_intern(q->names, c[QUESTION].text));
	if (new->high > new->low) {
		input_reject(in, QUESTION, REASON_DUP_KEY,
			     "the same question twice");
		return;
	}
	*new = asked;
}

static void read_questions(struct questions *q, const struct people_ask *ask)
{
	static const struct input_column columns[QUESTION_COLUMNS] = {
		[ASPECT] = { "aspect", COL_TEXT, INPUT_FILLED },
		[QUESTION] = { "question", COL_TEXT, INPUT_FILLED },
		[LOW] = { "low", COL_REAL, INPUT_FILLED },
		[HIGH] = { "high", COL_REAL, INPUT_FILLED },
		[YES_FROM] = { "yes_from", COL_REAL, INPUT_FILLED },
	};
	char *path = ask->questions ? mem_strdup(ask->questions)
				    : share_path("loyalty-questions.csv");
	char *files[] = { path, NULL };
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, columns, QUESTION_COLUMNS, files, 1);
	while (input_next(in, &row))
		add_question(q, in, row.cell);
	input_close(in, 0);
	free(path);
}

enum { CUSTOMER, DATE, ASKED, SCORE, SCALE_MAX, ANSWER_COLUMNS };

/* The latest answer counts; of one day, the lower, so that the order of rows
 * does not matter. */
static void take(struct people *p, const struct question *q,
		 const struct cell *c)
{
	size_t i = group_find(p->persons, c[CUSTOMER].text);
	struct answer new = {
		.day = c[DATE].day,
		.share = (c[SCORE].real - q->low) / (q->high - q->low),
		.yes = c[SCORE].real >= q->yes_from,
	};
	struct answer *a;

	/* Who never bought is no customer whose loyalty is asked about. */
	if (i == SIZE_MAX)
		return;
	a = &people_person(p, i)->answer[q->aspect];
	if (a->day == DAY_NONE || new.day > a->day ||
	    (new.day == a->day &&
	     (new.share < a->share || (new.share == a->share && a->yes))))
		*a = new;
}

static enum loyalty_known said(const struct answer *a)
{
	if (a->day == DAY_NONE)
		return LOYALTY_UNKNOWN;
	return a->yes ? LOYALTY_YES : LOYALTY_NO;
}

static void settle(struct people *p)
{
	for (size_t i = 0; i < group_count(p->persons); i++) {
		struct person *person = people_person(p, i);
		const struct answer *a = person->answer;

		person->facts.need_met = said(&a[ASPECT_NEED]);
		person->facts.satisfied = said(&a[ASPECT_SATISFIED]);
		person->facts.prefers = said(&a[ASPECT_PREFERS]);
	}
}

void answers_read(struct people *p, const struct people_ask *ask)
{
	static const struct input_column columns[ANSWER_COLUMNS] = {
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_REQUIRED },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
		[ASKED] = { "question", COL_TEXT, INPUT_REQUIRED },
		[SCORE] = { "score", COL_REAL, INPUT_REQUIRED },
		[SCALE_MAX] = { "scale_max", COL_REAL, INPUT_OPTIONAL },
	};
	struct questions q = { group_new(sizeof(struct question), 0, NULL,
					 NULL) };
	struct common common;
	struct input *in;
	struct row row;

	read_questions(&q, ask);
	in = people_beside(&common, ask->common, ask->surveys, "surveys",
			   columns, ANSWER_COLUMNS);
	while (input_next(in, &row)) {
		const struct cell *c = row.cell;
		size_t k = group_find(q.names, c[ASKED].text);
		const struct question *one;

		if (k == SIZE_MAX || !c[SCORE].known || !c[CUSTOMER].known)
			continue;
		one = group_entry(q.names, k);
		if (c[SCORE].real < one->low || c[SCORE].real > one->high ||
		    (c[SCALE_MAX].known && c[SCALE_MAX].real != one->high))
			input_reject(in, SCORE, REASON_OUT_OF_RANGE,
				     "not on the scale that --questions gives "
				     "for this question");
		else
			take(p, one, c);
	}
	input_close(in, 0);
	group_free(q.names);
	settle(p);
}
