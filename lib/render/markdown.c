/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as Markdown. */
#include "render/markdown.h"

#include <string.h>

#include "base/msg.h"
#include "base/utf8.h"
#include "render/markup.h"
#include "render/outline.h"
#include "render/textchart.h"
#include "render/words.h"

static bool is_number(enum value_kind kind)
{
	return kind != VALUE_TEXT && kind != VALUE_DAY;
}

static void add_shown(struct buf *b, struct value v)
{
	struct buf words = {0};

	value_show(&words, v);
	buf_addc(&words, '\0');
	markup_markdown(b, words.p);
	buf_release(&words);
}

/* A span of code: as many backquotes around it as it takes. */
static void add_code(struct buf *b, const char *s)
{
	bool quoted = strchr(s, '`') != NULL;

	buf_adds(b, quoted ? "`` " : "`");
	utf8_show(b, text_of(s), SIZE_MAX);
	buf_adds(b, quoted ? " ``" : "`");
}

static void add_origin(struct buf *b, const struct report *r,
		       const struct origin *o)
{
	struct buf words = {0};

	add_code(b, o->command);
	for (size_t i = 0; i < o->nsources; i++) {
		buf_clear(&words);
		words_source(&words, &r->source[o->source[i]]);
		buf_adds(b, "  \n");
		markup_markdown(b, words.p);
	}
	buf_adds(b, "\n");
	buf_release(&words);
}

static void add_header(struct buf *b, const struct table *t)
{
	buf_addc(b, '|');
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_addc(b, ' ');
		markup_markdown(b, t->column[i].label);
		buf_adds(b, " |");
	}
	buf_adds(b, "\n|");
	for (size_t i = 0; i < t->ncolumns; i++)
		buf_adds(b,
			 is_number(t->column[i].kind) ? " ---: |" : " --- |");
	buf_addc(b, '\n');
}

static void add_table(struct buf *b, const struct table *t)
{
	add_header(b, t);
	for (size_t row = 0; row < table_rows(t); row++) {
		buf_addc(b, '|');
		for (size_t i = 0; i < t->ncolumns; i++) {
			struct value v = table_value(t, row, i);
			buf_addc(b, ' ');
			if (v.kind == VALUE_TEXT &&
			    strcmp(t->column[i].name, "command") == 0 &&
			    !strchr(v.text, '|'))
				add_code(b, v.text);
			else
				add_shown(b, v);
			buf_adds(b, " |");
		}
		buf_addc(b, '\n');
	}
}

static void add_facts(struct buf *b, const struct table *t)
{
	for (size_t row = 0; row < table_rows(t); row++) {
		buf_adds(b, "- ");
		add_shown(b, table_value(t, row, 0));
		buf_adds(b, ": ");
		add_shown(b, table_value(t, row, 1));
		buf_addc(b, '\n');
	}
}

static void add_change(struct buf *b, struct value now, struct value before)
{
	struct buf words = {0};

	if (value_show_change(&words, now, before))
		buf_adds(b, words.p);
	buf_adds(b, " | ");
	buf_release(&words);
}

static void add_cards(struct buf *b, const struct cards *c)
{
	buf_addf(b, "| %s | %s | %s | %s | |\n", tr("Key figure"), tr("Value"),
		 tr("vs previous"), tr("vs last year"));
	buf_adds(b, "| --- | ---: | ---: | ---: | --- |\n");
	for (size_t i = 0; i < c->n; i++) {
		const struct card *k = &c->card[i];
		buf_adds(b, "| ");
		markup_markdown(b, k->label);
		buf_adds(b, " | ");
		add_shown(b, k->now);
		buf_adds(b, " | ");
		add_change(b, k->now, k->before);
		add_change(b, k->now, k->year_ago);
		markup_markdown(b, k->note ? k->note : "");
		buf_adds(b, " |\n");
	}
}

static void add_advice(struct buf *b, const struct report *r,
		       const struct advice *a)
{
	struct buf words = {0};

	buf_adds(b, "- **");
	markup_markdown(b, a->finding);
	buf_adds(b, "**  \n  ");
	markup_markdown(b, a->suggestion);
	buf_addf(b, "  \n  *%s: ", tr("Rule"));
	markup_markdown(b, a->rule);
	if (a->section) {
		words_reference(&words, r, a->section);
		buf_adds(b, "; ");
		markup_markdown(b, words.p);
	}
	buf_adds(b, "*\n");
	buf_release(&words);
}

static void add_caption(struct buf *b, const char *number, const char *caption)
{
	buf_addf(b, "**%s** ", number);
	markup_markdown(b, caption);
	buf_adds(b, "\n\n");
}

static void add_numbered(struct buf *b, const struct report *r,
			 const struct block *block)
{
	struct buf number = {0};

	words_number(&number, block);
	if (block->kind == BLOCK_TABLE) {
		add_caption(b, number.p, block->table->caption);
		add_table(b, block->table);
		buf_addc(b, '\n');
	} else {
		add_caption(b, number.p, block->figure->caption);
		buf_adds(b, "```text\n");
		textchart_add(b, &block->figure->chart);
		buf_adds(b, "```\n\n");
	}
	add_origin(b, r, &block->origin);
	buf_release(&number);
}

static void add_words(struct buf *b, const char *before, const char *words,
		      const char *after)
{
	buf_adds(b, before);
	markup_markdown(b, words);
	buf_adds(b, after);
}

static void add_block(struct buf *b, const struct report *r,
		      const struct block *block)
{
	switch (block->kind) {
	case BLOCK_TEXT:
		add_words(b, "", block->text, "\n");
		break;
	case BLOCK_NOTE:
		add_words(b, "*", block->text, "*\n");
		break;
	case BLOCK_POINT:
		add_words(b, "- ", block->text, "\n");
		break;
	case BLOCK_ABSENT:
		add_words(b, "> ", block->text, "\n");
		break;
	case BLOCK_FACTS:
		add_facts(b, block->table);
		break;
	case BLOCK_LIST:
	case BLOCK_SOURCES:
		add_table(b, block->table);
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
	static const char *const mark[] = { "# ", "## ", "### " };

	add_words(b, mark[level], words, "\n\n");
}

static void add_subtitle(struct buf *b, const char *words)
{
	add_words(b, "", words, "\n\n");
}

static void add_entry(struct buf *b, const char *words,
		      enum outline_level level)
{
	add_words(b, level == OUTLINE_PART ? "- " : "  - ", words, "\n");
}

void markdown_write(struct buf *b, const struct report *r)
{
	static const struct outline markdown = { add_heading, add_subtitle,
						 add_entry, add_block };

	outline_write(b, r, &markdown);
}
