/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as one HTML file. */
#include "render/html.h"

#include <sodium.h>
#include <string.h>

#include "base/msg.h"
#include "render/markup.h"
#include "render/style.h"
#include "render/svg.h"
#include "render/words.h"

static void element(struct buf *b, const char *tag, const char *class,
		    const char *words)
{
	if (class)
		buf_addf(b, "<%s class=\"%s\">", tag, class);
	else
		buf_addf(b, "<%s>", tag);
	markup_html(b, words);
	buf_addf(b, "</%s>\n", tag);
}

static void shown_value(struct buf *b, struct value v)
{
	struct buf words = {0};

	value_show(&words, v);
	buf_addc(&words, '\0');
	markup_html(b, words.p);
	buf_release(&words);
}

/* "sha256-..." of the style sheet, so that nothing else styles the page. */
static void add_style_hash(struct buf *b)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char base64[64];

	crypto_hash_sha256(hash, (const unsigned char *)style_sheet,
			   strlen(style_sheet));
	sodium_bin2base64(base64, sizeof(base64), hash, sizeof(hash),
			  sodium_base64_VARIANT_ORIGINAL);
	buf_addf(b, "'sha256-%s'", base64);
}

static void write_head(struct buf *b, const struct report *r)
{
	bool zh = strcmp(r->lang, "zh") == 0;

	buf_addf(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n",
		 zh ? "zh-CN" : "en");
	buf_adds(b, "<meta charset=\"utf-8\">\n"
		    "<meta http-equiv=\"Content-Security-Policy\" content=\""
		    "default-src 'none'; style-src ");
	add_style_hash(b);
	buf_adds(b, "; base-uri 'none'; form-action 'none'\">\n"
		    "<meta name=\"viewport\" content=\""
		    "width=device-width, initial-scale=1\">\n"
		    "<meta name=\"referrer\" content=\"no-referrer\">\n");
	buf_addf(b, "<meta name=\"generator\" content=\"crm-report %s\">\n",
		 CRM_VERSION);
	element(b, "title", NULL, r->title);
	buf_addf(b, "<style>%s</style>\n</head>\n<body>\n<main>\n",
		 style_sheet);
}

static void write_title(struct buf *b, const struct report *r)
{
	const struct part *p = &r->part[REPORT_TITLE];

	buf_adds(b, "<header id=\"title\">\n");
	element(b, "h1", NULL, r->title);
	if (*r->subtitle)
		element(b, "p", "sub", r->subtitle);
	for (size_t s = 0; s < p->n; s++)
		for (size_t i = 0; i < p->section[s]->n; i++) {
			const struct table *t = p->section[s]->block[i].table;
			buf_adds(b, "<dl>\n");
			for (size_t row = 0; row < table_rows(t); row++) {
				buf_adds(b, "<div><dt>");
				shown_value(b, table_value(t, row, 0));
				buf_adds(b, "</dt><dd>");
				shown_value(b, table_value(t, row, 1));
				buf_adds(b, "</dd></div>\n");
			}
			buf_adds(b, "</dl>\n");
		}
	buf_adds(b, "</header>\n");
}

static void write_entry(struct buf *b, const char *class, const char *id,
			const char *words)
{
	buf_addf(b, "<li%s><a href=\"#%s\">", class, id);
	markup_html(b, words);
	buf_adds(b, "</a></li>\n");
}

static void write_contents(struct buf *b, const struct report *r)
{
	struct buf words = {0};

	buf_adds(b, "<section class=\"part\" id=\"contents\">\n");
	element(b, "h2", NULL, r->part[REPORT_CONTENTS].title);
	buf_adds(b, "<ul class=\"contents\">\n");
	for (size_t p = REPORT_SUMMARY; p < REPORT_PARTS; p++) {
		const struct part *part = &r->part[p];
		write_entry(b, "", part->id, part->title);
		for (size_t i = 0; i < part->n; i++) {
			if (!part->section[i]->title)
				continue;
			buf_clear(&words);
			words_heading(&words, r, p, i);
			write_entry(b, " class=\"sub\"", part->section[i]->id,
				    words.p);
		}
	}
	buf_adds(b, "</ul>\n</section>\n");
	buf_release(&words);
}

/* ---- blocks ---- */

static void write_source(struct buf *b, const struct report *r, size_t number)
{
	const struct report_source *s = &r->source[number];
	struct buf rows = {0};

	markup_html(b, s->file);
	words_rows(&rows, s->rows);
	buf_addf(b, " · %s · SHA-256 ", rows.p);
	buf_addf(b,
		 "<a href=\"#source-%zu\" title=\"%s\"><code>%.12s…</code></a>",
		 number + 1, s->sha256, s->sha256);
	buf_release(&rows);
}

static void write_origin(struct buf *b, const struct report *r,
			 const struct origin *o)
{
	buf_adds(b, "<p class=\"origin\"><code>");
	markup_html(b, o->command);
	buf_adds(b, "</code>");
	for (size_t i = 0; i < o->nsources; i++) {
		buf_adds(b, "<br>");
		write_source(b, r, o->source[i]);
	}
	buf_adds(b, "</p>\n");
}

static void write_change(struct buf *b, const struct card *c,
			 struct value before, const char *against)
{
	static const char *const arrows[] = {"▼", "●", "▲"};
	static const char *const classes[] = {"bad", "even", "good"};
	struct buf words = {0};

	if (value_show_change(&words, c->now, before)) {
		/* what is too little to be shown is no change */
		bool none = strncmp(words.p, "0.0", 3) == 0;
		int way = none ? 0 : value_compare(c->now, before);
		buf_addf(b, "<div class=\"change\"><span class=\"%s\">%s ",
			 classes[way * c->good + 1], arrows[way + 1]);
		markup_html(b, words.p);
		buf_adds(b, "</span> ");
		markup_html(b, against);
		buf_adds(b, "</div>\n");
	}
	buf_release(&words);
}

static void write_card(struct buf *b, const struct card *c)
{
	struct buf words = {0};

	buf_adds(b, "<div class=\"card\" title=\"");
	markup_html(b, c->origin.command);
	buf_adds(b, "\">\n");
	element(b, "div", "label", c->label);
	value_show_short(&words, c->now);
	element(b, "div", "number", words.p);
	write_change(b, c, c->before, tr("vs previous"));
	write_change(b, c, c->year_ago, tr("vs last year"));
	if (c->note)
		element(b, "div", "change", c->note);
	buf_adds(b, "</div>\n");
	buf_release(&words);
}

static void write_caption(struct buf *b, const char *tag, const char *number,
			  const char *caption)
{
	buf_addf(b, "<%s><span class=\"no\">", tag);
	markup_html(b, number);
	buf_adds(b, "</span>");
	markup_html(b, caption);
	buf_addf(b, "</%s>\n", tag);
}

static bool is_number(enum value_kind kind)
{
	return kind != VALUE_TEXT && kind != VALUE_DAY;
}

static void write_header_row(struct buf *b, const struct table *t)
{
	buf_adds(b, "<thead><tr>");
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_addf(b, "<th scope=\"col\"%s>",
			 is_number(t->column[i].kind) ? " class=\"r\"" : "");
		markup_html(b, t->column[i].label);
		buf_adds(b, "</th>");
	}
	buf_adds(b, "</tr></thead>\n");
}

static bool is_code(const struct table_column *c)
{
	return strcmp(c->name, "sha256") == 0 ||
	       strcmp(c->name, "command") == 0;
}

static void write_cell(struct buf *b, const struct table_column *c,
		       struct value v)
{
	bool code = is_code(c);

	buf_adds(b, c->kind == VALUE_TEXT ? "<td>"
		    : is_number(c->kind)  ? "<td class=\"r\">"
					  : "<td class=\"day\">");
	buf_adds(b, code ? "<code>" : "");
	shown_value(b, v);
	buf_adds(b, code ? "</code></td>" : "</td>");
}

/* `id` names the rows ("source" gives source-1 and so on), or is NULL. */
static void write_rows(struct buf *b, const struct table *t, const char *id)
{
	buf_adds(b, "<tbody>\n");
	for (size_t row = 0; row < table_rows(t); row++) {
		buf_adds(b, "<tr");
		if (id)
			buf_addf(b, " id=\"%s-%zu\"", id, row + 1);
		if (row == t->highlight)
			buf_adds(b, " class=\"now\"");
		buf_adds(b, ">");
		for (size_t i = 0; i < t->ncolumns; i++)
			write_cell(b, &t->column[i], table_value(t, row, i));
		buf_adds(b, "</tr>\n");
	}
	buf_adds(b, "</tbody>\n");
}

static void write_table(struct buf *b, const struct report *r,
			const struct block *block)
{
	const struct table *t = block->table;
	struct buf number = {0};

	words_number(&number, block);
	buf_addf(b,
		 "<div class=\"block\" id=\"table-%zu\">\n"
		 "<div class=\"scroll\"><table>\n",
		 t->number);
	write_caption(b, "caption", number.p, t->caption);
	write_header_row(b, t);
	write_rows(b, t, NULL);
	buf_adds(b, "</table></div>\n");
	write_origin(b, r, &block->origin);
	buf_adds(b, "</div>\n");
	buf_release(&number);
}

static void write_facts(struct buf *b, const struct block *block)
{
	buf_adds(b, "<div class=\"block\"><table class=\"facts\">\n");
	write_rows(b, block->table, NULL);
	buf_adds(b, "</table></div>\n");
}

static void write_list(struct buf *b, const struct block *block)
{
	buf_adds(b, "<div class=\"block long scroll\"><table>\n");
	write_header_row(b, block->table);
	write_rows(b, block->table,
		   block->kind == BLOCK_SOURCES ? "source" : NULL);
	buf_adds(b, "</table></div>\n");
}

static void write_figure(struct buf *b, const struct report *r,
			 const struct block *block)
{
	const struct figure *f = block->figure;
	struct buf number = {0}, id = {0};

	words_number(&number, block);
	buf_addf(&id, "figure-%zu", f->number);
	buf_addf(b, "<figure id=\"%s\">\n", id.p);
	write_caption(b, "figcaption", number.p, f->caption);
	svg_chart(b, &f->chart, id.p);
	write_origin(b, r, &block->origin);
	buf_adds(b, "</figure>\n");
	buf_release(&number);
	buf_release(&id);
}

static void write_cards(struct buf *b, const struct block *block)
{
	buf_adds(b, "<div class=\"cards\">\n");
	for (size_t i = 0; i < block->cards->n; i++)
		write_card(b, &block->cards->card[i]);
	buf_adds(b, "</div>\n");
}

static void write_advice(struct buf *b, const struct report *r,
			 const struct block *block)
{
	const struct advice *a = block->advice;

	buf_adds(b, "<div class=\"advice\">\n");
	element(b, "p", "finding", a->finding);
	element(b, "p", NULL, a->suggestion);
	buf_adds(b, "<p class=\"rule\">");
	markup_html(b, tr("Rule"));
	buf_adds(b, ": ");
	markup_html(b, a->rule);
	if (a->section) {
		struct buf words = {0};
		words_reference(&words, r, a->section);
		buf_addf(b, " · <a href=\"#%s\">", a->section);
		markup_html(b, words.p);
		buf_adds(b, "</a>");
		buf_release(&words);
	}
	buf_adds(b, "</p>\n</div>\n");
}

static void write_block(struct buf *b, const struct report *r,
			const struct block *block)
{
	switch (block->kind) {
	case BLOCK_TEXT:
		element(b, "p", NULL, block->text);
		break;
	case BLOCK_POINT:
		element(b, "p", "point", block->text);
		break;
	case BLOCK_ABSENT:
		element(b, "p", "absent", block->text);
		break;
	case BLOCK_NOTE:
		element(b, "p", "note", block->text);
		break;
	case BLOCK_FACTS:
		write_facts(b, block);
		break;
	case BLOCK_LIST:
	case BLOCK_SOURCES:
		write_list(b, block);
		break;
	case BLOCK_CARDS:
		write_cards(b, block);
		break;
	case BLOCK_TABLE:
		write_table(b, r, block);
		break;
	case BLOCK_FIGURE:
		write_figure(b, r, block);
		break;
	case BLOCK_ADVICE:
		write_advice(b, r, block);
		break;
	}
}

static void write_part(struct buf *b, const struct report *r,
		       enum report_part which)
{
	const struct part *p = &r->part[which];
	struct buf words = {0};

	buf_addf(b, "<section class=\"part\" id=\"%s\">\n", p->id);
	element(b, "h2", NULL, p->title);
	for (size_t i = 0; i < p->n; i++) {
		const struct section *s = p->section[i];
		if (s->title) {
			buf_clear(&words);
			words_heading(&words, r, which, i);
			buf_addf(b, "<section id=\"%s\">\n", s->id);
			element(b, "h3", NULL, words.p);
		}
		for (size_t k = 0; k < s->n; k++)
			write_block(b, r, &s->block[k]);
		if (s->title)
			buf_adds(b, "</section>\n");
	}
	buf_adds(b, "</section>\n");
	buf_release(&words);
}

void html_write(struct buf *b, const struct report *r)
{
	write_head(b, r);
	write_title(b, r);
	write_contents(b, r);
	for (int p = REPORT_SUMMARY; p < REPORT_PARTS; p++)
		write_part(b, r, (enum report_part)p);
	buf_adds(b, "</main>\n</body>\n</html>\n");
}
