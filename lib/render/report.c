/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of a report: it is built here, and written elsewhere. */
#include "render/report_in.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

struct part_name {
	const char *id, *title;
};

static const struct part_name part_names[REPORT_PARTS] = {
	[REPORT_TITLE] = {"title", "Title"},
	[REPORT_CONTENTS] = {"contents", "Contents"},
	[REPORT_SUMMARY] = {"summary", "Summary"},
	[REPORT_BODY] = {"body", "Findings"},
	[REPORT_CONCLUSIONS] = {"conclusions",
				"Conclusions and recommendations"},
	[REPORT_APPENDIX] = {"appendix", "Appendix"},
};

struct report *report_new(void)
{
	struct report *r = mem_zalloc(1, sizeof(*r));

	r->lang = strcmp(msg_lang(), "zh") == 0 ? "zh" : "en";
	r->title = r->subtitle = "";
	for (size_t i = 0; i < REPORT_PARTS; i++) {
		r->part[i].id = part_names[i].id;
		r->part[i].title = tr(part_names[i].title);
	}
	return r;
}

bool report_lists_on(const struct section *s, size_t i)
{
	return i + 1 < s->n && s->block[i].kind == BLOCK_POINT &&
	       s->block[i + 1].kind == BLOCK_POINT;
}

void report_title(struct report *r, const char *title, const char *subtitle)
{
	r->title = report_str(r, text_of(title));
	r->subtitle = report_str(r, text_of(subtitle));
}

static void block_release(struct block *b)
{
	switch (b->kind) {
	case BLOCK_TABLE:
	case BLOCK_FACTS:
	case BLOCK_LIST:
	case BLOCK_SOURCES:
		free(b->table->column);
		free(b->table->cell);
		break;
	case BLOCK_CARDS:
		free(b->cards->card);
		break;
	default:
		break;
	}
}

static void section_release(struct section *s)
{
	for (size_t i = 0; i < s->n; i++)
		block_release(&s->block[i]);
	free(s->block);
}

void report_free(struct report *r)
{
	if (!r)
		return;
	for (size_t p = 0; p < REPORT_PARTS; p++) {
		for (size_t i = 0; i < r->part[p].n; i++)
			section_release(r->part[p].section[i]);
		free(r->part[p].section);
	}
	free(r->source);
	arena_release(&r->arena);
	free(r);
}

const char *report_str(struct report *r, struct text t)
{
	return arena_strdup(&r->arena, t.p, t.n);
}

const char *report_copy(struct report *r, const char *s)
{
	return s ? report_str(r, text_of(s)) : NULL;
}

static const char *format(struct report *r, const char *fmt, va_list ap)
{
	struct buf b = {0};

	buf_vaddf(&b, fmt, ap);
	const char *s = report_str(r, buf_text(&b));
	buf_release(&b);
	return s;
}

const char *report_fmt(struct report *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const char *s = format(r, fmt, ap);
	va_end(ap);
	return s;
}

size_t report_source(struct report *r, const struct report_source *source)
{
	r->source = mem_grow(r->source, r->nsources, &r->source_cap,
			     sizeof(*r->source));
	struct report_source *s = &r->source[r->nsources];
	*s = *source;
	s->stream = report_copy(r, source->stream);
	s->label = report_copy(r, source->label);
	s->file = report_copy(r, source->file);
	return r->nsources++;
}

struct section *report_section(struct report *r, enum report_part part,
			       const char *id, const char *title)
{
	struct part *p = &r->part[part];
	struct section *s = arena_alloc(&r->arena, sizeof(*s));

	*s = (struct section){.id = report_copy(r, id ? id : p->id),
			      .title = report_copy(r, title)};
	p->section = mem_grow(p->section, p->n, &p->cap, sizeof(*p->section));
	p->section[p->n++] = s;
	return s;
}

struct block *report_block(struct section *s, enum block_kind kind)
{
	s->block = mem_grow(s->block, s->n, &s->cap, sizeof(*s->block));
	struct block *b = &s->block[s->n++];
	*b = (struct block){.kind = kind};
	return b;
}

static void add_words(struct report *r, struct section *s, enum block_kind kind,
		      const char *fmt, va_list ap)
{
	const char *words = format(r, fmt, ap);

	report_block(s, kind)->text = words;
}

void report_text(struct report *r, struct section *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_words(r, s, BLOCK_TEXT, fmt, ap);
	va_end(ap);
}

void report_absent(struct report *r, struct section *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_words(r, s, BLOCK_ABSENT, fmt, ap);
	va_end(ap);
}

void report_point(struct report *r, struct section *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_words(r, s, BLOCK_POINT, fmt, ap);
	va_end(ap);
}

void report_note(struct report *r, struct section *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_words(r, s, BLOCK_NOTE, fmt, ap);
	va_end(ap);
}

void report_advice(struct report *r, struct section *s, const struct advice *a)
{
	struct advice *copy = arena_alloc(&r->arena, sizeof(*copy));

	*copy = (struct advice){
		.finding = report_copy(r, a->finding),
		.suggestion = report_copy(r, a->suggestion),
		.rule = report_copy(r, a->rule),
		.section = report_copy(r, a->section),
	};
	report_block(s, BLOCK_ADVICE)->advice = copy;
}

static struct origin copy_origin(struct report *r, const struct origin *o)
{
	struct origin copy = *o;

	if (!o->command || !*o->command || o->nsources == 0)
		bug("a figure of the report without its origin");
	copy.command = report_copy(r, o->command);
	return copy;
}

struct table *report_new_table(struct report *r, struct block *b)
{
	b->table = arena_alloc(&r->arena, sizeof(*b->table));
	*b->table = (struct table){.highlight = CHART_NONE};
	return b->table;
}

struct table *report_table(struct report *r, struct section *s,
			   const char *caption, const struct origin *origin)
{
	struct origin from = copy_origin(r, origin);
	struct block *b = report_block(s, BLOCK_TABLE);
	struct table *t = report_new_table(r, b);

	b->origin = from;
	t->caption = report_copy(r, caption);
	t->number = ++r->tables;
	return t;
}

struct table *report_facts(struct report *r, struct section *s)
{
	struct table *t = report_new_table(r, report_block(s, BLOCK_FACTS));

	table_column(r, t, "name", "", VALUE_TEXT);
	table_column(r, t, "value", "", VALUE_TEXT);
	return t;
}

struct table *report_list(struct report *r, struct section *s)
{
	return report_new_table(r, report_block(s, BLOCK_LIST));
}

void table_column(struct report *r, struct table *t, const char *name,
		  const char *label, enum value_kind kind)
{
	t->column = mem_grow(t->column, t->ncolumns, &t->column_cap,
			     sizeof(*t->column));
	t->column[t->ncolumns++] = (struct table_column){
		.name = report_copy(r, name),
		.label = report_copy(r, label),
		.kind = kind,
	};
}

/* A value as the report owns it. */
static struct value copy_value(struct report *r, struct value v)
{
	if (v.kind == VALUE_TEXT)
		v.text = report_copy(r, v.text);
	return v;
}

void table_cell(struct report *r, struct table *t, struct value v)
{
	t->cell = mem_grow(t->cell, t->ncells, &t->cell_cap, sizeof(*t->cell));
	t->cell[t->ncells++] = copy_value(r, v);
}

size_t table_rows(const struct table *t)
{
	return t->ncolumns ? t->ncells / t->ncolumns : 0;
}

struct value table_value(const struct table *t, size_t row, size_t column)
{
	return t->cell[row * t->ncolumns + column];
}

void report_figure(struct report *r, struct section *s, const char *caption,
		   const struct chart *chart, const struct origin *origin)
{
	struct origin from = copy_origin(r, origin);
	struct figure *f = arena_alloc(&r->arena, sizeof(*f));
	struct block *b = report_block(s, BLOCK_FIGURE);

	b->figure = f;
	b->origin = from;
	*f = (struct figure){.caption = report_copy(r, caption),
			     .number = ++r->figures,
			     .chart = report_chart(r, chart)};
}

struct cards *report_cards(struct report *r, struct section *s)
{
	struct cards *c = arena_alloc(&r->arena, sizeof(*c));

	*c = (struct cards){0};
	report_block(s, BLOCK_CARDS)->cards = c;
	return c;
}

void cards_add(struct report *r, struct cards *c, const struct card *card)
{
	c->card = mem_grow(c->card, c->n, &c->cap, sizeof(*c->card));
	struct card *to = &c->card[c->n++];
	*to = *card;
	to->origin = copy_origin(r, &card->origin);
	to->name = report_copy(r, card->name);
	to->label = report_copy(r, card->label);
	to->note = report_copy(r, card->note);
	to->now = copy_value(r, card->now);
	to->before = copy_value(r, card->before);
	to->year_ago = copy_value(r, card->year_ago);
}

struct section *report_find(const struct report *r, const char *id)
{
	for (size_t p = 0; p < REPORT_PARTS; p++)
		for (size_t i = 0; i < r->part[p].n; i++)
			if (strcmp(r->part[p].section[i]->id, id) == 0)
				return r->part[p].section[i];
	return NULL;
}
