/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a command line as one stream of typed, filtered rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/msg.h"
#include "stream/input_state.h"

static void reject(struct input *in, const char *column, enum reason reason,
		   const char *message)
{
	table_await_turn(&in->table);
	if (!in->common->rejects)
		table_drained(&in->table);
	in->counts.rejected++;
	if (in->lanes)
		lanes_wipe_progress(in);
	else
		progress_close(&in->progress);
	rejects_row(in->rejects, table_line(&in->table), column, reason,
		    message, table_raw(&in->table));
}

/* YYYY-MM-DD, and what may follow. */
static bool shaped_as_day(struct text t)
{
	static const char shape[] = "0000-00-00";
	size_t i = 0;

	while (i < t.n && shape[i] &&
	       (shape[i] == '0' ? ascii_is_digit(t.p[i]) : t.p[i] == shape[i]))
		i++;
	return shape[i] == '\0';
}

/* Is it a number or a day as other programs write it, so that the cleaning of
 * a raw table may mend it? A day that no month has is none. */
static bool spelt_otherwise(enum reason reason, struct text t)
{
	if (reason != REASON_BAD_NUMBER && reason != REASON_BAD_DATE &&
	    reason != REASON_BAD_TIME)
		return false;
	if (reason != REASON_BAD_NUMBER && shaped_as_day(t))
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (ascii_is_digit(t.p[i]) || (unsigned char)t.p[i] >= 0x80)
			return true;
	return false;
}

static void advise(struct input *in, enum reason reason)
{
	table_await_turn(&in->table);
	if (!in->common->rejects)
		rejects_remedy(in->rejects,
			       reason == REASON_BAD_NUMBER ?
				       "`crm-import table FILE` brings such "
				       "values into shape; --rejects FILE sets "
				       "such rows aside" :
				       "`crm-import table [--dates dmy] FILE` "
				       "brings such values into shape; "
				       "--rejects FILE sets such rows aside");
}

static void reject_value(struct input *in, const struct want *w,
			 enum reason reason)
{
	const struct cell *c = &in->cell[w - in->want];
	struct buf message = { 0 };

	reject_quote(&message, c->text);
	if (reason == REASON_NESTED)
		buf_adds(&message, " is an object or a list");
	else if (c->text.n)
		buf_addf(&message, " is %s", reason_sentence(reason));
	if (spelt_otherwise(reason, c->text))
		advise(in, reason);
	reject(in, w->name, reason, message.p);
	buf_release(&message);
}

/* Text of a want's cell in the record under way. */
static inline bool want_text(const struct input *in, const struct want *w,
			     struct text *t)
{
	*t = (struct text){ 0 };
	if (w->column != NONE)
		return table_value(&in->table, w->column, t);
	if (w->join)
		*t = join_value(w->join, in->cell[w->key].text,
				w->join_column);
	return true;
}

/* Reads one cell as most are; false leaves it to read_cell(). */
static inline bool read_plain_cell(const struct table *t,
				   const struct want *w, struct cell *c)
{
	if (w->column == NONE)
		return false;
	if (t->json && t->json[w->column].kind == JSON_NESTED)
		return false;
	c->text = t->json ? t->json[w->column].text :
			    csvin_plain(&t->block->frames, t->rec,
					t->block->bytes, w->column);
	c->known = c->text.n > 0;
	if (!c->known)
		return w->need != INPUT_FILLED;
	switch (w->type) {
	case COL_TEXT:
		return true;
	case COL_DAY:
		return day_parse(c->text, &c->day);
	case COL_MONEY:
		return money_parse(c->text, &c->fen);
	default:
		return false;
	}
}

/* Reads one cell; false when the row was set aside for it. */
static __attribute__((noinline)) bool read_cell(struct input *in, size_t i)
{
	const struct want *w = &in->want[i];
	struct cell *c = &in->cell[i];
	struct text t;

	if (!want_text(in, w, &t)) {
		reject(in, w->name, REASON_BAD_QUOTE, NULL);
		return false;
	}
	if (!input_parse(in, t, w->type, c)) {
		reject_value(in, w, cell_fault(w->type));
		return false;
	}
	if (!c->known && w->need == INPUT_FILLED) {
		reject_value(in, w,
			     w->type == COL_TEXT ? REASON_MISSING :
						   cell_fault(w->type));
		return false;
	}
	if (in->table.json && w->column != NONE &&
	    in->table.json[w->column].kind == JSON_NESTED) {
		reject_value(in, w, REASON_NESTED);
		return false;
	}
	return true;
}

enum picked { PICKED, LEFT_OUT, SET_ASIDE };

/* Conditions first: a row that is not asked about is not judged further. */
static enum picked pick(struct input *in)
{
	/* Backwards: a join's key stands behind what is joined by it. */
	for (size_t i = in->wants; i-- > in->caller_wants;)
		if (!read_cell(in, i))
			return SET_ASIDE;
	if (in->range_want != NONE) {
		int32_t day = in->cell[in->range_want].day;

		if (day < in->range.first || day > in->range.last)
			return LEFT_OUT;
	}
	for (size_t i = 0; i < in->conditions; i++)
		if (!pick_holds(&in->condition[i],
				&in->cell[in->condition_want[i]]))
			return LEFT_OUT;
	return PICKED;
}

static enum picked read_row(struct input *in)
{
	bool plain;

	if (in->table.fault) {
		reject(in, NULL, in->table.fault, in->table.message.p);
		return SET_ASIDE;
	}
	if (in->wants > in->caller_wants) {
		enum picked p = pick(in);

		if (p != PICKED)
			return p;
	}
	plain = in->table.json || !csvin_is_doubtful(in->table.rec);
	for (size_t i = 0; i < in->caller_wants; i++)
		if (!(plain && read_plain_cell(&in->table, &in->want[i],
					       &in->cell[i])) &&
		    !read_cell(in, i))
			return SET_ASIDE;
	return PICKED;
}

static bool next_file(struct input *in)
{
	if (in->lanes)
		return lanes_next_file(in);
	if (input_next_file(in))
		return true;
	progress_close(&in->progress);
	return false;
}

static void show_progress(struct input *in)
{
	if (in->lanes)
		lanes_progress(in);
	else
		progress_show(&in->progress, in->counts.in);
}

/* ---- rows ahead ---- */

/*
 * Plain rows of which all are wanted are read some at a time, column by
 * column: loops over cells of one type are short, and the processor guesses
 * them right. A cell that is not sound ends it: that row is read by itself.
 */
static inline __attribute__((always_inline)) size_t
read_column(const struct input *in, size_t i, size_t n, enum col_type type)
{
	const struct want *w = &in->want[i];
	const struct block *b = in->table.block;
	const struct framed *rec = &b->frames.rec[in->table.next];
	bool filled = w->need == INPUT_FILLED;

	for (size_t k = 0; k < n; k++) {
		struct cell *c = &in->ahead[k * in->wants + i];
		struct text t = { 0 };

		if (w->column != NONE)
			t = csvin_plain(&b->frames, &rec[k], b->bytes,
					w->column);
		if (!input_parse(in, t, type, c) ||
		    (filled && !c->known))
			return k;
	}
	return n;
}

static size_t read_cells(const struct input *in, size_t i, size_t n)
{
	switch (in->want[i].type) {
	case COL_TEXT:
		return read_column(in, i, n, COL_TEXT);
	case COL_DAY:
		return read_column(in, i, n, COL_DAY);
	case COL_MONEY:
		return read_column(in, i, n, COL_MONEY);
	case COL_REAL:
		return read_column(in, i, n, COL_REAL);
	default:
		return read_column(in, i, n, in->want[i].type);
	}
}

/* False: the next row must be read by itself. */
static bool read_ahead(struct input *in)
{
	size_t n;

	in->given = in->ready = 0;
	if (!in->asks_nothing)
		return false;
	n = table_plain(&in->table, INPUT_AHEAD);
	for (size_t i = 0; i < in->caller_wants && n; i++)
		n = read_cells(in, i, n);
	in->ready = n;
	return n > 0;
}

/* ---- rows ---- */

/* The day of a row that was left out; of the date column, if it is read. */
static int32_t day_left_out(const struct input *in)
{
	struct cell c = { 0 };
	struct text t;

	if (in->range_want != NONE)
		return in->cell[in->range_want].day;
	if (in->day_want == NONE ||
	    !want_text(in, &in->want[in->day_want], &t) ||
	    !input_parse(in, t, COL_DAY, &c) || !c.known)
		return DAY_MAX;
	return c.day;
}

static void leave_out(struct input *in)
{
	int32_t day = in->seeks_first_day ? day_left_out(in) : DAY_MAX;

	in->counts.filtered++;
	if (day < in->first_day)
		in->first_day = day;
}

static void count_row(struct input *in)
{
	if (++in->counts.in % PROGRESS_ROWS == 0)
		show_progress(in);
}

/* One row by itself, whatever it is. False: there are no more. */
static bool next_single(struct input *in)
{
	enum picked p;

	in->cell = in->single;
	do {
		while (!table_next(&in->table))
			if (!next_file(in))
				return false;
		count_row(in);
		p = read_row(in);
		if (p == LEFT_OUT)
			leave_out(in);
	} while (p != PICKED);
	return true;
}

bool input_next(struct input *in, struct row *row)
{
	if (in->given < in->ready || read_ahead(in)) {
		table_next(&in->table);
		count_row(in);
		in->cell = in->ahead + in->given++ * in->wants;
	} else if (!next_single(in)) {
		return in->used = false;
	}
	in->counts.used++;
	in->used = true;
	if (in->day_want != NONE) {
		const struct cell *c = &in->cell[in->day_want];

		if (c->known && c->day > in->last_day)
			in->last_day = c->day;
		if (c->known && c->day < in->first_day)
			in->first_day = c->day;
	}
	row->cell = in->cell;
	row->file = in->table.path;
	row->line = table_line(&in->table);
	return true;
}

void input_reject(struct input *in, int column, enum reason reason,
		  const char *fmt, ...)
{
	struct buf message = { 0 };
	va_list args;

	if (!in->used)
		bug("a row was set aside twice");
	in->used = false;
	in->counts.used--;
	if (fmt) {
		va_start(args, fmt);
		buf_vaddf(&message, fmt, args);
		va_end(args);
	}
	reject(in, column < 0 ? NULL : in->want[column].name, reason,
	       fmt ? message.p : NULL);
	buf_release(&message);
}

void input_on_drain(struct input *in, void (*fn)(void *), void *ctx)
{
	in->table.drained = fn;
	in->table.drained_ctx = ctx;
}

void input_skip(struct input *in)
{
	in->used = false;
	in->counts.used--;
	in->counts.filtered++;
}

void input_unuse(struct input *in, uint64_t n)
{
	in->counts.used -= n;
	in->counts.filtered += n;
}

void input_merge(struct input *in, uint64_t n)
{
	in->counts.used -= n;
	in->counts.merged += n;
}

bool input_has(const struct input *in, int column)
{
	const struct want *w = &in->want[column];

	return in->seen[column] || w->join;
}

int32_t input_last_day(const struct input *in)
{
	return in->last_day;
}

void input_seek_first_day(struct input *in)
{
	in->seeks_first_day = true;
}

int32_t input_first_day(const struct input *in)
{
	return in->first_day < DAY_MAX ? in->first_day : DAY_NONE;
}

size_t input_width(const struct input *in)
{
	return in->table.columns;
}

struct text input_header(const struct input *in, size_t i)
{
	const struct opt_list *cols = &in->common->cols;

	/* A column read as NAME passes on under that name. */
	for (size_t k = cols->n; k-- > 0;) {
		const char *sign = strchr(cols->item[k], '=');

		if (text_eq(in->table.name[i], text_of(sign + 1)))
			return (struct text){ cols->item[k],
					      (size_t)(sign -
						       cols->item[k]) };
	}
	return in->table.name[i];
}

bool input_hidden(const struct input *in, size_t i)
{
	const struct opt_list *cols = &in->common->cols;
	struct text name = in->table.name[i];

	/* It goes by another name itself. */
	if (!text_eq(input_header(in, i), name))
		return false;
	for (size_t k = 0; k < cols->n; k++) {
		const char *sign = strchr(cols->item[k], '=');
		struct text hides = { cols->item[k],
				      (size_t)(sign - cols->item[k]) };

		if (text_eq(hides, name) && !text_is(name, sign + 1))
			return true;
	}
	return false;
}

struct text input_raw_cell(const struct input *in, size_t i)
{
	struct text t = { 0 };

	table_value(&in->table, i, &t);
	return t;
}

struct input_counts input_counts(const struct input *in)
{
	return in->counts;
}

void input_print_summary(const struct input_counts *c, uint64_t out)
{
	fprintf(stderr,
		"%s: in=%llu used=%llu filtered=%llu not_data=%llu "
		"merged=%llu rejected=%llu out=%llu\n",
		msg_program(), (unsigned long long)c->in,
		(unsigned long long)c->used, (unsigned long long)c->filtered,
		(unsigned long long)c->not_data, (unsigned long long)c->merged,
		(unsigned long long)c->rejected, (unsigned long long)out);
}

void input_settle(const struct common *common, struct rejects *rejects,
		  const struct input_counts *c, uint64_t out)
{
	const char *max = common->max_rejects;

	if (common->summary)
		input_print_summary(c, out);
	rejects_close(rejects);
	if (rejects_too_many(max, c->rejected, c->in))
		die("%llu of %llu rows were rejected, more than "
		    "--max-rejects %s allows",
		    (unsigned long long)c->rejected,
		    (unsigned long long)c->in, max ? max : "50%");
}

void input_close(struct input *in, uint64_t out)
{
	if (in->open)
		table_close(&in->table);
	input_settle(in->common, in->rejects, &in->counts, out);
	for (size_t i = 0; i < in->joins; i++)
		join_free(in->join[i]);
	arena_release(&in->names);
	free(in->join);
	free(in->condition);
	free(in->condition_want);
	free(in->want);
	free(in->single);
	free(in->ahead);
	free(in->seen);
	free(in->key);
	free(in->zone);
	free(in);
}
