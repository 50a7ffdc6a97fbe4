/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report as a tree, before it becomes HTML, Markdown, text or JSON:
 *
 *	report > six parts > sections > blocks
 *
 * A command builds it in the order of reading and hands it to a writer
 * (html.h, markdown.h, plain.h, json.h). A table, figure or card cannot be
 * made without an origin: the command that prints the same figures and the
 * inputs that it read. Everything is owned by the report and freed with it;
 * strings given to it are copied unless said otherwise. Words come
 * translated (tr); data comes as it is, and is escaped by the writers.
 */
#ifndef RENDER_REPORT_H
#define RENDER_REPORT_H

#include "base/mem.h"
#include "base/text.h"
#include "render/chart.h"
#include "render/value.h"

enum report_part {
	REPORT_TITLE,
	REPORT_CONTENTS,	/* made by the writers */
	REPORT_SUMMARY,
	REPORT_BODY,
	REPORT_CONCLUSIONS,
	REPORT_APPENDIX,
	REPORT_PARTS
};

/* An input of the report. */
struct report_source {
	const char *stream;	/* "transactions" */
	const char *label;	/* the same for people */
	const char *file;	/* name without its folder */
	char sha256[65];	/* of its bytes */
	uint64_t rows;		/* rows in, as --summary has them */
	uint64_t rejected;
	int32_t first_day, last_day;	/* DAY_NONE: no date column */
};

#define ORIGIN_SOURCES 8

/* Where figures come from. */
struct origin {
	const char *command;	/* to be run in the data folder */
	size_t source[ORIGIN_SOURCES];	/* numbers in report.source */
	size_t nsources;
};

struct table_column {
	const char *name;	/* as the command prints it */
	const char *label;	/* for people */
	enum value_kind kind;	/* sets the alignment */
};

struct table {
	const char *caption;
	size_t number;		/* Table 1, Table 2, ... */
	struct table_column *column;
	size_t ncolumns, column_cap;
	struct value *cell;	/* row by row */
	size_t ncells, cell_cap;
	size_t highlight;	/* row, or CHART_NONE */
};

struct figure {
	const char *caption;
	size_t number;
	struct chart chart;
};

/* A key figure. */
struct card {
	const char *name;	/* stable, for JSON: "revenue" */
	const char *label;
	struct value now, before, year_ago;	/* year_ago may be none */
	int good;		/* 1: more is better, -1: less, 0: neither */
	const char *note;	/* a few words beneath, or NULL */
	struct origin origin;
};

struct cards {
	struct card *card;
	size_t n, cap;
};

/* What was found and what follows from it, by the rule that is named. */
struct advice {
	const char *finding, *suggestion;
	const char *rule;
	const char *section;	/* id of the section with the figures */
};

enum block_kind {
	BLOCK_TEXT,
	BLOCK_FACTS,		/* a table of names and values, no header */
	BLOCK_LIST,		/* a table about the report, of no origin */
	BLOCK_SOURCES,		/* a list, row i about source i */
	BLOCK_CARDS,
	BLOCK_TABLE,
	BLOCK_FIGURE,
	BLOCK_ADVICE,
	BLOCK_POINT,		/* one of a list of sentences */
	BLOCK_ABSENT,		/* why a figure is left out */
	BLOCK_NOTE		/* small print */
};

struct block {
	enum block_kind kind;
	struct origin origin;	/* TABLE, FIGURE */
	union {
		const char *text;	/* TEXT, POINT, ABSENT, NOTE */
		struct table *table;	/* TABLE, FACTS, LIST, SOURCES */
		struct figure *figure;
		struct cards *cards;
		struct advice *advice;
	};
};

struct section {
	const char *id;		/* [a-z-]+, unique in the report */
	const char *title;	/* NULL: the part's own blocks */
	struct block *block;
	size_t n, cap;
};

/* Blocks stand with a blank line between them, but for the points of a list:
 * true when block i and the next one are such. */
bool report_lists_on(const struct section *, size_t i);

struct part {
	const char *id, *title;
	struct section **section;
	size_t n, cap;
};

struct report {
	const char *title, *subtitle;
	const char *lang;	/* "en", "zh" */
	struct part part[REPORT_PARTS];
	struct report_source *source;
	size_t nsources, source_cap;
	size_t tables, figures;	/* numbers given so far */
	struct arena arena;
};

/* Parts get their titles in the language of msg_lang(). */
struct report *report_new(void);
void report_title(struct report *, const char *title, const char *subtitle);
void report_free(struct report *);

/* Copies into the report. */
const char *report_str(struct report *, struct text);
const char *report_fmt(struct report *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Returns the source's number, for origins. */
size_t report_source(struct report *, const struct report_source *);

/* id NULL: the one untitled section of a part (title NULL). */
struct section *report_section(struct report *, enum report_part,
			       const char *id, const char *title);

void report_text(struct report *, struct section *, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void report_absent(struct report *, struct section *, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void report_point(struct report *, struct section *, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void report_note(struct report *, struct section *, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void report_advice(struct report *, struct section *, const struct advice *);

/* The origin's command must not be empty: a figure that nobody can compute
 * again is a bug() of ours. It is copied. */
struct table *report_table(struct report *, struct section *,
			   const char *caption, const struct origin *);
/* Names and values without a header row; needs no origin. */
struct table *report_facts(struct report *, struct section *);
/* A table about the report itself (its rules, its words); no origin. */
struct table *report_list(struct report *, struct section *);
/* All sources, and all figures with their commands: made from the tree as it
 * stands, so call them last. */
void report_sources(struct report *, struct section *);
void report_origins(struct report *, struct section *);
void table_column(struct report *, struct table *, const char *name,
		  const char *label, enum value_kind);
/* Cells row by row, in the order of the columns; text is copied. */
void table_cell(struct report *, struct table *, struct value);
size_t table_rows(const struct table *);
struct value table_value(const struct table *, size_t row, size_t column);

/* The chart is copied with all that hangs on it. */
void report_figure(struct report *, struct section *, const char *caption,
		   const struct chart *, const struct origin *);

struct cards *report_cards(struct report *, struct section *);
void cards_add(struct report *, struct cards *, const struct card *);

/* The section of that id, or NULL. */
struct section *report_find(const struct report *, const char *id);

#endif
