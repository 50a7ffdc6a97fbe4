/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as plain text. */
#include "render/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "render/outline.h"
#include "render/textchart.h"
#include "render/words.h"

#define COLUMNS 76

/* Breaks between words, and after any wide letter. */
static size_t line_bytes(const char *s, size_t n, size_t columns)
{
	size_t used, end = 0, width = 0, breakable = 0;

	while (end < n) {
		utf8_decode(s + end, n - end, &used);
		size_t w = utf8_width((struct text){s + end, used});
		if (width + w > columns && breakable > 0)
			return breakable;
		width += w;
		end += used;
		if (w > 1 || s[end - used] == ' ')
			breakable = end;
	}
	return end;
}

static void add_paragraph(struct buf *b, const char *words, const char *first,
			  const char *other)
{
	struct buf shown = {0};
	const char *indent = first;

	utf8_show(&shown, text_of(words), SIZE_MAX);
	buf_addc(&shown, '\0');
	const char *s = shown.p;
	for (size_t n = strlen(s); n > 0;) {
		size_t used = line_bytes(s, n, COLUMNS - strlen(other));
		buf_adds(b, indent);
		buf_addt(b, text_trim((struct text){s, used}));
		buf_addc(b, '\n');
		s += used;
		n -= used;
		indent = other;
	}
	buf_release(&shown);
}

static void add_line(struct buf *b, const char *indent, const char *words)
{
	buf_adds(b, indent);
	utf8_show(b, text_of(words), SIZE_MAX);
	buf_addc(b, '\n');
}

static void add_rule(struct buf *b, const char *heading, char with)
{
	struct buf shown = {0};

	utf8_show(&shown, text_of(heading), SIZE_MAX);
	buf_addt(b, buf_text(&shown));
	buf_addc(b, '\n');
	for (size_t i = utf8_width(buf_text(&shown)); i > 0; i--)
		buf_addc(b, with);
	buf_adds(b, "\n\n");
	buf_release(&shown);
}

/* ---- tables ---- */

static bool is_number(enum value_kind kind)
{
	return kind != VALUE_TEXT && kind != VALUE_DAY;
}

static size_t shown_width(struct value v)
{
	struct buf words = {0}, shown = {0};

	value_show(&words, v);
	utf8_show(&shown, buf_text(&words), SIZE_MAX);
	size_t width = utf8_width(buf_text(&shown));
	buf_release(&words);
	buf_release(&shown);
	return width;
}

static size_t *column_widths(const struct table *t, bool header)
{
	size_t *width = mem_zalloc(t->ncolumns, sizeof(*width));

	for (size_t i = 0; i < t->ncolumns; i++) {
		if (header)
			width[i] = utf8_width(text_of(t->column[i].label));
		for (size_t row = 0; row < table_rows(t); row++) {
			size_t w = shown_width(table_value(t, row, i));
			width[i] = w > width[i] ? w : width[i];
		}
	}
	return width;
}

static void end_row(struct buf *b)
{
	while (b->n > 0 && b->p[b->n - 1] == ' ')
		b->n--;
	buf_addc(b, '\n');
}

static void add_header(struct buf *b, const struct table *t,
		       const size_t *width)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_adds(b, i ? "  " : "");
		textchart_cell(b, text_of(t->column[i].label), width[i],
			       is_number(t->column[i].kind));
	}
	end_row(b);
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_adds(b, i ? "  " : "");
		for (size_t k = 0; k < width[i]; k++)
			buf_adds(b, "─");
	}
	buf_addc(b, '\n');
}

static void add_table(struct buf *b, const struct table *t, bool header)
{
	size_t *width = column_widths(t, header);
	struct buf words = {0};

	if (header)
		add_header(b, t, width);
	for (size_t row = 0; row < table_rows(t); row++) {
		for (size_t i = 0; i < t->ncolumns; i++) {
			buf_clear(&words);
			value_show(&words, table_value(t, row, i));
			buf_adds(b, i ? "  " : "");
			textchart_cell(b, buf_text(&words), width[i],
				       is_number(t->column[i].kind));
		}
		end_row(b);
	}
	buf_release(&words);
	free(width);
}

/* ---- blocks ---- */

static void add_origin(struct buf *b, const struct report *r,
		       const struct origin *o)
{
	struct buf words = {0};

	add_line(b, "  $ ", o->command);
	for (size_t i = 0; i < o->nsources; i++) {
		buf_clear(&words);
		words_source(&words, &r->source[o->source[i]]);
		add_line(b, "    ", words.p);
	}
	buf_release(&words);
}

static void add_caption(struct buf *b, const char *number, const char *caption)
{
	struct buf words = {0};

	buf_addf(&words, "%s  %s", number, caption);
	add_paragraph(b, words.p, "", "  ");
	buf_release(&words);
}

static void add_change(struct buf *b, struct value now, struct value before,
		       const char *against)
{
	struct buf words = {0};

	if (value_show_change(&words, now, before))
		buf_addf(b, "  %s %s", words.p, against);
	buf_release(&words);
}

static void add_cards(struct buf *b, const struct cards *c)
{
	struct buf words = {0};
	size_t label = 0, number = 0;

	for (size_t i = 0; i < c->n; i++) {
		size_t w = utf8_width(text_of(c->card[i].label));
		label = w > label ? w : label;
		w = shown_width(c->card[i].now);
		number = w > number ? w : number;
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct card *k = &c->card[i];
		buf_clear(&words);
		value_show(&words, k->now);
		textchart_cell(b, text_of(k->label), label + 2, false);
		textchart_cell(b, buf_text(&words), number, true);
		add_change(b, k->now, k->before, tr("vs previous"));
		add_change(b, k->now, k->year_ago, tr("vs last year"));
		if (k->note) {
			buf_adds(b, "  (");
			utf8_show(b, text_of(k->note), SIZE_MAX);
			buf_addc(b, ')');
		}
		end_row(b);
	}
	buf_release(&words);
}

static void add_advice(struct buf *b, const struct report *r,
		       const struct advice *a)
{
	struct buf words = {0};

	add_paragraph(b, a->finding, "* ", "  ");
	add_paragraph(b, a->suggestion, "  ", "  ");
	buf_addf(&words, "[%s: %s", tr("Rule"), a->rule);
	if (a->section) {
		buf_adds(&words, "; ");
		words_reference(&words, r, a->section);
	}
	buf_addc(&words, ']');
	add_paragraph(b, words.p, "  ", "  ");
	buf_release(&words);
}

static void add_numbered(struct buf *b, const struct report *r,
			 const struct block *block)
{
	struct buf number = {0};

	words_number(&number, block);
	if (block->kind == BLOCK_TABLE) {
		add_caption(b, number.p, block->table->caption);
		add_table(b, block->table, true);
	} else {
		add_caption(b, number.p, block->figure->caption);
		textchart_add(b, &block->figure->chart);
	}
	add_origin(b, r, &block->origin);
	buf_release(&number);
}

static void add_block(struct buf *b, const struct report *r,
		      const struct block *block)
{
	switch (block->kind) {
	case BLOCK_TEXT:
	case BLOCK_NOTE:
		add_paragraph(b, block->text, "", "");
		break;
	case BLOCK_POINT:
		add_paragraph(b, block->text, "- ", "  ");
		break;
	case BLOCK_ABSENT:
		add_paragraph(b, block->text, "-- ", "   ");
		break;
	case BLOCK_FACTS:
		add_table(b, block->table, false);
		break;
	case BLOCK_LIST:
	case BLOCK_SOURCES:
		add_table(b, block->table, true);
		break;
	case BLOCK_CARDS:
		add_cards(b, block->cards);
		break;
	case BLOCK_TABLE:
	case BLOCK_FIGURE:
		add_numbered(b, r, block);
		break;
	case BLOCK_ADVICE:
		add_advice(b, r, block->advice);
		break;
	}
}

static void add_heading(struct buf *b, const char *words,
			enum outline_level level)
{
	add_rule(b, words, level == OUTLINE_SECTION ? '-' : '=');
}

static void add_subtitle(struct buf *b, const char *words)
{
	add_line(b, "", words);
	buf_addc(b, '\n');
}

static void add_entry(struct buf *b, const char *words,
		      enum outline_level level)
{
	add_line(b, level == OUTLINE_PART ? "" : "    ", words);
}

void plain_write(struct buf *b, const struct report *r)
{
	static const struct outline plain = { add_heading, add_subtitle,
					      add_entry, add_block };

	outline_write(b, r, &plain);
}
