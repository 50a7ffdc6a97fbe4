/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of crm-report share: the question that is asked, the tree
 * that is built, and the figures that rules look at. Each stream has a file
 * that reads it once and makes its sections.
 */
#ifndef CMD_REPORT_BUILD_H
#define CMD_REPORT_BUILD_H

#include "model/cohort.h"
#include "model/period.h"
#include "render/report.h"
#include "stream/input.h"

enum stream_number {
	CUSTOMERS,
	VEHICLES,
	TRANSACTIONS,
	SURVEYS,
	COMPLAINTS,
	LEADS,
	STREAMS
};

/* What the figures are held against. */
enum span { NOW, BEFORE, YEAR_BEFORE, SPANS };

struct stream {
	const char *name;
	const char *label;		/* in English; tr() */
	struct opt_list files;		/* none: the stream is absent */
	size_t source, nsources;	/* in the report, once it was read */
	uint64_t rejected;
};

/* A figure by its name, for the rules and their sentences. */
struct named {
	const char *name;
	struct value value;
};

struct build {
	struct common common;		/* as given */
	struct stream stream[STREAMS];
	const char *title;
	const char *question;		/* of the surveys; NULL: nps, else
					 * recommend, else the only one */
	const char *rules;		/* file, NULL: those that ship */
	const char *workflow;		/* of complaints; NULL: seven-step */
	int64_t inactive_after;		/* months */
	bool unmasked;

	struct report *report;
	int32_t as_of;			/* the last day that is looked at */
	struct day_range range[SPANS];
	const char *label[SPANS];	/* "2025-10" */
	enum cohort_unit unit;		/* of trends */
	bool single;			/* the period is one of that unit */
	int32_t trend_first;		/* day on which trends may begin */
	int32_t last_data_day;		/* of transactions; DAY_NONE */

	struct named *named;
	size_t nnamed, named_cap;
	struct input_counts counts;	/* of all inputs together */

	struct cards *cards;		/* of the summary */
	struct names *names;		/* of customers; NULL: unknown */
};

/* ---- inputs.c ---- */

/* Finds DIR/STREAM.csv or .ndjson of every stream that was not given. */
void inputs_find(struct build *, const char *dir);
bool inputs_have(const struct build *, enum stream_number);

/* One stream, file after file, each hashed and counted. `day` is the number
 * of the column with the date, or -1. */
struct reader;
struct reader *reader_open(struct build *, enum stream_number,
			   const struct input_column *, size_t n, int day);
bool reader_next(struct reader *, struct row *);
/* The file being read, for input_skip() and input_reject(). */
struct input *reader_input(struct reader *);
/* Whether any file had the column. */
bool reader_has(const struct reader *, int column);
/* Makes the sources known to the report. */
void reader_close(struct reader *);

/* ---- origin.c ---- */

/* "crm-tier --as-of 2025-10-31" with --where, --rejects and the stream's
 * files behind it, to be run in the folder of the data; then `tail`, such as
 * a pipe, or NULL. */
struct origin origin_of(struct build *, enum stream_number, const char *tail,
			const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* "--period 2025-10", or "--since ... --until ..." */
const char *origin_period(struct build *, struct day_range);
const char *origin_day(struct build *, int32_t day);
/* A word as the shell takes it. */
void origin_quote(struct buf *, const char *);

/* ---- figures for rules and cards ---- */

void build_name(struct build *, const char *name, struct value);
struct value build_value(const struct build *, const char *name);
/* The measure, and name_before, name_year_ago, name_change and
 * name_year_change (shares) where they can be said. */
void build_name_spans(struct build *, const char *name,
		      const struct value value[SPANS]);
/* A card of the summary; values by span. */
void build_card(struct build *, const char *name, const char *label,
		const struct value value[SPANS], int good, const char *note,
		const struct origin *);

/* ---- sections, in the order of the body ---- */

void deals_read(struct build *);	/* transactions: three sections */
void opinion_read(struct build *);	/* surveys */
void cases_read(struct build *);	/* complaints */
void leads_read(struct build *);
void park_read(struct build *);		/* customers and vehicles */

/* ---- the other parts ---- */

/* The names of customers, for the table of the best. */
void names_read(struct build *);
/* Masked unless it was asked otherwise; the id where there is no name. */
const char *names_of(struct build *, struct text customer_id);
void names_free(struct build *);

/* What follows from the figures: findings into the summary, advice into the
 * sections and the conclusions, the rules into the appendix. */
void rules_apply(struct build *);
void title_write(struct build *);
/* The appendix: data and commands, which must know all figures; and, behind
 * the rules, the definitions. */
void appendix_write(struct build *);
void definitions_write(struct build *);

#endif
