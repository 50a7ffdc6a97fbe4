/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of a report: it is built here, and written elsewhere. */
#include "render/report.h"

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

/* A string that may be missing. */
static const char *copy_str(struct report *r, const char *s)
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
	s->stream = copy_str(r, source->stream);
	s->label = copy_str(r, source->label);
	s->file = copy_str(r, source->file);
	return r->nsources++;
}

struct section *report_section(struct report *r, enum report_part part,
			       const char *id, const char *title)
{
	struct part *p = &r->part[part];
	struct section *s = arena_alloc(&r->arena, sizeof(*s));

	*s = (struct section){.id = copy_str(r, id ? id : p->id),
			      .title = copy_str(r, title)};
	p->section = mem_grow(p->section, p->n, &p->cap, sizeof(*p->section));
	p->section[p->n++] = s;
	return s;
}

static struct block *add_block(struct section *s, enum block_kind kind)
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

	add_block(s, kind)->text = words;
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
		.finding = copy_str(r, a->finding),
		.suggestion = copy_str(r, a->suggestion),
		.rule = copy_str(r, a->rule),
		.section = copy_str(r, a->section),
	};
	add_block(s, BLOCK_ADVICE)->advice = copy;
}

static struct origin copy_origin(struct report *r, const struct origin *o)
{
	struct origin copy = *o;

	if (!o->command || !*o->command || o->nsources == 0)
		bug("a figure of the report without its origin");
	copy.command = copy_str(r, o->command);
	return copy;
}

static struct table *new_table(struct report *r, struct block *b)
{
	b->table = arena_alloc(&r->arena, sizeof(*b->table));
	*b->table = (struct table){.highlight = CHART_NONE};
	return b->table;
}

struct table *report_table(struct report *r, struct section *s,
			   const char *caption, const struct origin *origin)
{
	struct origin from = copy_origin(r, origin);
	struct block *b = add_block(s, BLOCK_TABLE);
	struct table *t = new_table(r, b);

	b->origin = from;
	t->caption = copy_str(r, caption);
	t->number = ++r->tables;
	return t;
}

struct table *report_facts(struct report *r, struct section *s)
{
	struct table *t = new_table(r, add_block(s, BLOCK_FACTS));

	table_column(r, t, "name", "", VALUE_TEXT);
	table_column(r, t, "value", "", VALUE_TEXT);
	return t;
}

struct table *report_list(struct report *r, struct section *s)
{
	return new_table(r, add_block(s, BLOCK_LIST));
}

void report_sources(struct report *r, struct section *s)
{
	struct table *t = new_table(r, add_block(s, BLOCK_SOURCES));

	table_column(r, t, "stream", tr("Stream"), VALUE_TEXT);
	table_column(r, t, "file", tr("File"), VALUE_TEXT);
	table_column(r, t, "rows", tr("Rows"), VALUE_COUNT);
	table_column(r, t, "rejected", tr("Set aside"), VALUE_COUNT);
	table_column(r, t, "first", tr("First day"), VALUE_DAY);
	table_column(r, t, "last", tr("Last day"), VALUE_DAY);
	table_column(r, t, "sha256", "SHA-256", VALUE_TEXT);
	for (size_t i = 0; i < r->nsources; i++) {
		const struct report_source *from = &r->source[i];
		table_cell(r, t, value_text(from->label));
		table_cell(r, t, value_text(from->file));
		table_cell(r, t, value_count((int64_t)from->rows));
		table_cell(r, t, value_count((int64_t)from->rejected));
		table_cell(r, t, value_day(from->first_day));
		table_cell(r, t, value_day(from->last_day));
		table_cell(r, t, value_text(from->sha256));
	}
}

/* The inputs of a figure, by name. */
static const char *origin_files(struct report *r, const struct origin *o)
{
	struct buf b = {0};

	for (size_t i = 0; i < o->nsources; i++) {
		buf_adds(&b, i ? ", " : "");
		buf_adds(&b, r->source[o->source[i]].file);
	}
	const char *files = report_str(r, buf_text(&b));
	buf_release(&b);
	return files;
}

static void origin_row(struct report *r, struct table *t, const char *what,
		       const struct origin *o)
{
	table_cell(r, t, value_text(what));
	table_cell(r, t, value_text(o->command));
	table_cell(r, t, value_text(origin_files(r, o)));
}

static void origins_of(struct report *r, struct table *t, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_CARDS:
		for (size_t i = 0; i < b->cards->n; i++)
			origin_row(r, t, b->cards->card[i].label,
				   &b->cards->card[i].origin);
		break;
	case BLOCK_TABLE:
		origin_row(r, t,
			   report_fmt(r, tr("Table %zu"), b->table->number),
			   &b->origin);
		break;
	case BLOCK_FIGURE:
		origin_row(r, t,
			   report_fmt(r, tr("Figure %zu"), b->figure->number),
			   &b->origin);
		break;
	default:
		break;
	}
}

void report_origins(struct report *r, struct section *s)
{
	struct table *t = report_list(r, s);

	table_column(r, t, "figure", tr("What"), VALUE_TEXT);
	table_column(r, t, "command", tr("Command"), VALUE_TEXT);
	table_column(r, t, "inputs", tr("Inputs"), VALUE_TEXT);
	for (size_t p = 0; p < REPORT_PARTS; p++)
		for (size_t i = 0; i < r->part[p].n; i++) {
			const struct section *from = r->part[p].section[i];
			for (size_t k = 0; k < from->n; k++)
				origins_of(r, t, &from->block[k]);
		}
}

void table_column(struct report *r, struct table *t, const char *name,
		  const char *label, enum value_kind kind)
{
	t->column = mem_grow(t->column, t->ncolumns, &t->column_cap,
			     sizeof(*t->column));
	t->column[t->ncolumns++] = (struct table_column){
		.name = copy_str(r, name),
		.label = copy_str(r, label),
		.kind = kind,
	};
}

/* A value as the report owns it. */
static struct value copy_value(struct report *r, struct value v)
{
	if (v.kind == VALUE_TEXT)
		v.text = copy_str(r, v.text);
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

static double *copy_numbers(struct report *r, const double *v, size_t n)
{
	if (!v)
		return NULL;
	double *copy = arena_alloc(&r->arena, (n ? n : 1) * sizeof(*copy));
	if (n)
		memcpy(copy, v, n * sizeof(*copy));
	return copy;
}

static struct series *copy_series(struct report *r, const struct chart *c)
{
	struct series *copy = arena_alloc(
		&r->arena, (c->nseries ? c->nseries : 1) * sizeof(*copy));

	for (size_t i = 0; i < c->nseries; i++) {
		const struct series *s = &c->series[i];
		copy[i] = (struct series){
			.name = copy_str(r, s->name),
			.value = copy_numbers(r, s->value, s->n),
			.low = copy_numbers(r, s->low, s->n),
			.high = copy_numbers(r, s->high, s->n),
			.x = copy_numbers(r, s->x, s->n),
			.n = s->n,
		};
	}
	return copy;
}

static const char *const *copy_labels(struct report *r, const struct chart *c)
{
	const char **copy =
		arena_alloc(&r->arena, (c->n ? c->n : 1) * sizeof(*copy));

	for (size_t i = 0; i < c->n; i++)
		copy[i] = copy_str(r, c->label[i]);
	return copy;
}

static struct chart copy_chart(struct report *r, const struct chart *c)
{
	struct chart copy = *c;

	copy.title = copy_str(r, c->title);
	copy.about = copy_str(r, c->about);
	copy.axis = copy_str(r, c->axis);
	copy.across = copy_str(r, c->across);
	copy.highlight_name = copy_str(r, c->highlight_name);
	copy.compare_name = copy_str(r, c->compare_name);
	copy.label = copy_labels(r, c);
	copy.series = copy_series(r, c);
	for (size_t i = 0; i < c->nmarks; i++)
		copy.mark[i].text = copy_str(r, c->mark[i].text);
	return copy;
}

void report_figure(struct report *r, struct section *s, const char *caption,
		   const struct chart *chart, const struct origin *origin)
{
	struct origin from = copy_origin(r, origin);
	struct figure *f = arena_alloc(&r->arena, sizeof(*f));
	struct block *b = add_block(s, BLOCK_FIGURE);

	b->figure = f;
	b->origin = from;
	*f = (struct figure){.caption = copy_str(r, caption),
			     .number = ++r->figures,
			     .chart = copy_chart(r, chart)};
}

struct cards *report_cards(struct report *r, struct section *s)
{
	struct cards *c = arena_alloc(&r->arena, sizeof(*c));

	*c = (struct cards){0};
	add_block(s, BLOCK_CARDS)->cards = c;
	return c;
}

void cards_add(struct report *r, struct cards *c, const struct card *card)
{
	c->card = mem_grow(c->card, c->n, &c->cap, sizeof(*c->card));
	struct card *to = &c->card[c->n++];
	*to = *card;
	to->origin = copy_origin(r, &card->origin);
	to->name = copy_str(r, card->name);
	to->label = copy_str(r, card->label);
	to->note = copy_str(r, card->note);
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
