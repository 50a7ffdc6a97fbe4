/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the streams tell about each customer: purchases from the transactions
 * that the command reads, and from files beside them what was answered, who
 * was recommended, who came to events. The verbs of crm-loyalty ask of it.
 */
#ifndef CMD_LOYALTY_PEOPLE_H
#define CMD_LOYALTY_PEOPLE_H

#include "base/group.h"
#include "canon/place.h"
#include "model/churn.h"
#include "model/loyalty.h"
#include "stream/input.h"

/* What a survey's question is about; lib/model/loyalty-questions.csv. */
enum aspect {
	ASPECT_NEED, ASPECT_SATISFIED, ASPECT_PREFERS, ASPECT_ATTENTION,
	ASPECT_PRICE, ASPECT_COMPETITORS, ASPECT_IDENTIFICATION,
	ASPECT_TOLERANCE,
	ASPECTS
};

/* A customer's latest answer about an aspect. */
struct answer {
	double share;		/* of the way from lowest to highest score */
	int32_t day;		/* DAY_NONE: none */
	bool yes;		/* the score is one that says so */
};

struct person {
	struct loyalty_facts facts;
	/* of the last twelve months, and of the twelve before them */
	uint32_t fresh, before;
	struct answer answer[ASPECTS];
};

struct people_ask {
	const struct common *common;
	const char *questions;	/* NULL: the shipped file */
	const char *surveys, *leads, *members;	/* or NULL */
	bool keep_events;
	bool own;		/* what was bought elsewhere is left out */
};

struct people {
	struct input *in;		/* the transactions */
	struct group *persons;		/* customer_id -> struct person */
	struct group *purchases;	/* of all, so that each counts once */
	bool discounts;			/* the column was there */
	bool competitors;
	/* Of ours, with keep_events: by the number of the person. */
	struct churn_event *event;
	size_t events, events_cap;
	struct buf key;
	int32_t last;			/* --as-of, else the latest day */
};

/* Reads the transactions and what was named beside them. */
void people_read(struct people *, const struct people_ask *, char **files,
		 size_t nfiles);
struct person *people_person(const struct people *, size_t i);
/* input_close() and the rest. */
void people_close(struct people *, uint64_t rows);

/* Opens a file beside the transactions, with their days and zone. */
struct input *people_beside(struct common *own, const struct common *common,
			    const char *path, const char *stream,
			    const struct input_column *, size_t n);
/* The first instant that is not known any more, for a log beside them. */
int64_t people_end(struct place *, const struct common *);

/* ---- answers.c ---- */

void answers_read(struct people *, const struct people_ask *);

#endif
