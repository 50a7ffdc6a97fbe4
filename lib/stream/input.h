/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows in: the files of a command line as one stream of typed rows.
 *
 *	struct input_column columns[] = {
 *		[ID] = { "customer_id", COL_TEXT, INPUT_FILLED },
 *		[AMOUNT] = { "amount", COL_MONEY, INPUT_FILLED },
 *	};
 *	struct input *in = input_open(&common, schema, columns, 2, files, n);
 *	while (input_next(in, &row))
 *		add(row.cell[ID].text, row.cell[AMOUNT].fen);
 *	input_close(in);
 *
 * A row that is malformed, or whose wanted values are, never reaches the
 * caller: it is set aside (--rejects) or ends the run, and so is one that
 * --where or the period leaves out. Columns are matched by name; the columns
 * not asked for cost nothing. What cannot be read ends the program.
 */
#ifndef STREAM_INPUT_H
#define STREAM_INPUT_H

#include "base/text.h"
#include "stream/common.h"
#include "stream/reason.h"
#include "stream/reject.h"
#include "stream/schema.h"

enum input_need {
	INPUT_OPTIONAL,		/* the column may be missing: cells unknown */
	INPUT_REQUIRED,		/* the column must be there, cells may be empty */
	INPUT_FILLED		/* and an empty cell is a reject `missing` */
};

/* As a column's name: the date column of the stream; of a table of any kind
 * that is date, at or the first ..._on. */
extern const char input_date[];

struct input_column {
	const char *name;
	enum col_type type;
	enum input_need need;
};

/* One value. `known` is false for an empty cell or a missing column. */
struct cell {
	struct text text;	/* borrowed until the next input_next() */
	bool known;
	union {
		int64_t fen;	/* COL_MONEY */
		int64_t whole;	/* COL_INT */
		int32_t day;	/* COL_DAY */
		int64_t us;	/* COL_INSTANT */
		double real;	/* COL_REAL */
	};
};

struct row {
	const struct cell *cell;	/* as the columns asked for, in order */
	const char *file;		/* "-" for standard input */
	uint64_t line;			/* physical line where the row starts */
};

struct input;

/*
 * Opens the files (none, or "-": standard input). `schema` gives the types of
 * columns that --where names and the date column of the period; NULL: a table
 * of any kind. `columns` and its names must live as long as the input.
 *
 * Transactions that were bought elsewhere (competitor yes) are none of the own
 * income: they are left out, unless --where names that column, the caller reads
 * it (--by is among what is read), or common->as_is.
 */
struct input *input_open(const struct common *, const struct schema *schema,
			 const struct input_column *columns, size_t n,
			 char *const *files, size_t nfiles);
bool input_next(struct input *, struct row *);
/* Sets the row just read aside (or ends the run): `column` is the caller's
 * column number, or -1. fmt may be NULL: the reason's own sentence. */
void input_reject(struct input *, int column, enum reason, const char *fmt,
		  ...) __attribute__((format(printf, 4, 5)));
/* Counts the row just read as left out by the command's own rule. */
void input_skip(struct input *);
/* Counts n rows given out before as left out, where only the end of the data
 * tells that they are. */
void input_unuse(struct input *, uint64_t n);
/* The same of rows that gave way to others of the same thing: merged. */
void input_merge(struct input *, uint64_t n);
/*
 * For a command that must finish what it was given before anything can stop
 * it (crm-complaint append): calls fn(ctx) whenever all rows whose bytes are
 * here were given out, before more bytes are waited for, and before a bad row
 * or another file can end the run.
 */
void input_on_drain(struct input *, void (*fn)(void *), void *ctx);
/* True when the column (the caller's number) is in at least one file so far */
bool input_has(const struct input *, int column);
/* The latest day of the date column among the rows given out; DAY_NONE. */
int32_t input_last_day(const struct input *);
/* The earliest one, of the rows that --where and the period leave out as
 * well: where the data begin. DAY_NONE. To be asked for before the first row.
 * Both want the stream's date column to be among the caller's. */
void input_seek_first_day(struct input *);
int32_t input_first_day(const struct input *);

/* The columns of the file being read, for commands that pass rows on whole:
 * another file (row.file) may have others, or these in another order. */
size_t input_width(const struct input *);
struct text input_header(const struct input *, size_t i);
/* True when --col reads what column i is called from another one. */
bool input_hidden(const struct input *, size_t i);
/* Cell i of the row just read, of any column of the header. */
struct text input_raw_cell(const struct input *, size_t i);

/* Ends the stream: writes the rejects, fails the run when there were too
 * many, frees. `out`: rows that went out, for --summary. */
void input_close(struct input *, uint64_t out);

/* What became of the rows: in = used + filtered + not_data + merged +
 * rejected. */
struct input_counts {
	uint64_t in, used, filtered, not_data, merged, rejected;
};
struct input_counts input_counts(const struct input *);
/* The line of --summary, for commands that read something else. */
void input_print_summary(const struct input_counts *, uint64_t out);
/* What input_close() does last, for commands that read rows their own way:
 * the line of --summary if asked for, the rejects written and freed, the run
 * failed when there were too many. */
void input_settle(const struct common *, struct rejects *,
		  const struct input_counts *, uint64_t out);

#endif
