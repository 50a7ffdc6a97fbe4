/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --fill-down: cells that were merged and saved as CSV stand empty below the
 * first; they take the value above, in the same file and column.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "cmd/import/import.h"

struct filldown {
	size_t *column;
	struct buf *last;	/* the value above */
	size_t n;
};

/* Figures are summed: without being named none is doubled. */
static bool is_figure(const struct sheet_column *c)
{
	enum field_kind kind;

	if (c->settled.holds == PLAN_MONEY || c->settled.holds == PLAN_SCORES)
		return true;
	if (c->match.field == FIELD_NONE)
		return false;
	kind = field_all[c->match.field].kind;
	return kind == FIELD_MONEY || kind == FIELD_NUMBER ||
	       kind == FIELD_KM || kind == FIELD_SCORE;
}

/* By its header or the name under which it goes on. */
static bool is_called(const struct sheet *s, size_t i, struct text name)
{
	struct buf a = { 0 }, b = { 0 };
	bool same;

	header_fold(&a, s->header[i]);
	header_fold(&b, name);
	same = text_eq(buf_text(&a), buf_text(&b)) ||
	       text_eq(s->column[i].as, name);
	buf_release(&a);
	buf_release(&b);
	return same;
}

/* True when the words of one --fill-down mean column i; used[] notes which
 * word did. */
static bool is_meant(const struct sheet *s, size_t i, struct import *run)
{
	const struct opt_list *lists = &run->o->fill_down;
	bool meant = false;
	size_t at = 0;

	for (size_t k = 0; k < lists->n; k++) {
		struct text rest = text_of(lists->item[k]), name;

		for (; text_split(&rest, ',', &name); at++) {
			name = text_trim(name);
			if (text_is(name, "*") ? is_figure(&s->column[i]) :
						 !is_called(s, i, name))
				continue;
			run->fill_used[at] = true;
			meant = true;
		}
	}
	return meant;
}

struct filldown *filldown_new(const struct sheet *s, struct import *run)
{
	struct filldown *f;

	if (run->o->fill_down.n == 0)
		return NULL;
	f = mem_zalloc(1, sizeof(*f));
	f->column = mem_alloc(s->columns, sizeof(*f->column));
	f->last = mem_zalloc(s->columns, sizeof(*f->last));
	for (size_t i = 0; i < s->columns; i++)
		if (is_meant(s, i, run))
			f->column[f->n++] = i;
	return f;
}

void filldown_free(struct filldown *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->n; i++)
		buf_release(&f->last[i]);
	free(f->last);
	free(f->column);
	free(f);
}

uint64_t filldown_row(struct filldown *f, struct text *cell)
{
	uint64_t filled = 0;

	for (size_t i = 0; i < f->n; i++) {
		struct text *c = &cell[f->column[i]];

		if (clean_text(*c).n) {
			buf_clear(&f->last[i]);
			buf_addt(&f->last[i], *c);
		} else if (f->last[i].n) {
			*c = buf_text(&f->last[i]);
			filled++;
		}
	}
	return filled;
}

/* Number of names in all --fill-down together. */
static size_t names_of(const struct opt_list *lists)
{
	size_t n = lists->n;

	for (size_t k = 0; k < lists->n; k++)
		for (const char *p = lists->item[k]; *p; p++)
			n += *p == ',';
	return n;
}

void filldown_begin(struct import *run)
{
	run->fill_used = mem_zalloc(names_of(&run->o->fill_down), 1);
}

void filldown_end(struct import *run)
{
	const struct opt_list *lists = &run->o->fill_down;
	struct buf shown = { 0 };
	size_t at = 0;

	for (size_t k = 0; k < lists->n; k++) {
		struct text rest = text_of(lists->item[k]), name;

		for (; text_split(&rest, ',', &name); at++) {
			if (run->fill_used[at] || text_is(name, "*"))
				continue;
			utf8_show(&shown, name, 60);
			die("no file has the column \"%s\" that --fill-down "
			    "names",
			    shown.p ? shown.p : "");
		}
	}
	if (lists->n && run->o->common.summary)
		fprintf(stderr, "%s: --fill-down filled %llu cells\n",
			msg_program(), (unsigned long long)run->filled);

}
