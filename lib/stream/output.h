/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows out, in the format of --to, to standard output or the file of -o
 * (which appears whole or not at all). Cells are given in the order of the
 * columns, then the row is ended:
 *
 *	output_text(out, id); output_money(out, fen); output_end(out);
 *
 * --get and --fail-if are answered here too.
 */
#ifndef STREAM_OUTPUT_H
#define STREAM_OUTPUT_H

#include "base/money.h"
#include "base/text.h"
#include "stream/common.h"
#include "stream/schema.h"

struct output_column {
	const char *name;
	enum col_type type;
};

struct output;

/* The columns are copied. */
struct output *output_open(const struct common *,
			   const struct output_column *, size_t n);

/* Is the result of these options for people: a table or Markdown? */
bool output_for_people(const struct common *);
/* Do these options tell a format, by --to or the name of -o? A name that ends
 * like that of a format which is not written (.xlsx) is wrong usage. */
bool output_format_told(const struct common *);

void output_empty(struct output *);	/* unknown: "" in CSV, null in JSON */
void output_text(struct output *, struct text);
void output_str(struct output *, const char *);	/* NULL: unknown */
void output_int(struct output *, int64_t);
void output_money(struct output *, int64_t fen);
/* A sum as it is printed: ends the run when it is more than 64 bits hold. */
int64_t output_narrow(money_wide fen);
void output_money_wide(struct output *, money_wide fen);
/* NAN and the infinities are unknown, here and in the next two. */
void output_real(struct output *, double);
/* numerator / denominator with six decimals; denominator <= 0: unknown */
void output_share(struct output *, money_wide numerator,
		  money_wide denominator);
void output_share_real(struct output *, double share);
/* Four decimals, half away from zero: scores */
void output_fixed4(struct output *, double);
/* One decimal: percentages that add up to 100.0 */
void output_tenths(struct output *, int64_t tenths);
void output_day(struct output *, int32_t day);	/* DAY_NONE: unknown */
void output_instant(struct output *, int64_t us, int zone_minutes);
/* Compact JSON text that the caller made and that is valid: nested as it is
 * in JSON, as text in CSV. */
void output_json(struct output *, struct text);
void output_end(struct output *);
/* A whole row at once, its end too: canonical texts, empty ones unknown; in a
 * column of numbers they are JSON numbers. */
void output_row(struct output *, const struct text *cell);
/* Are rows wanted as lines of CSV with quotes only where needed, and nothing
 * of their cells? Then a whole one may be given, in n pieces, without its
 * end and the commas before `empty` cells that end it. */
bool output_takes_lines(const struct output *);
void output_line(struct output *, const struct text *piece, size_t n,
		 size_t empty);
/*
 * The next n rows, written by all cores: write() is called with a part of the
 * output and the numbers from .. to-1 of the rows that belong there, one for
 * each; several at once, in threads of their own. What they have written is
 * put together in order, so it is the same whatever -j. `from` is a multiple
 * of OUTPUT_PART; where the rows cannot be had in parts (tables, --get,
 * --fail-if) there is one call, for all of them.
 */
#define OUTPUT_PART 8192
typedef void output_writer(struct output *, size_t from, size_t to, void *ctx);
void output_parts(struct output *, size_t n, output_writer *, void *ctx);
uint64_t output_rows(const struct output *);
/* Hands on the rows ended so far, so that a reader at the other end of a
 * pipe has them now. A table, whose widths need all rows, is left as it is. */
void output_flush(struct output *);

/* Last of all (after input_close(), which may yet fail the run, so that then
 * nothing new stands at -o): checks that all was written and puts the file in
 * its place; gives the exit status: EXIT_DONE, or EXIT_FOUND when a row met
 * --fail-if. */
int output_close(struct output *);

#endif
