/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as JSON, two blanks a level down to the blocks, one line each. */
#include "render/json.h"

#include <math.h>

#include "base/number.h"
#include "render/markup.h"

static void add_string(struct buf *b, const char *s)
{
	if (s)
		markup_json(b, s);
	else
		buf_adds(b, "null");
}

/* "key":"words" with a comma before it unless it opens an object. */
static void add_pair(struct buf *b, const char *key, const char *words)
{
	if (b->n > 0 && b->p[b->n - 1] != '{')
		buf_addc(b, ',');
	buf_addf(b, "\"%s\":", key);
	add_string(b, words);
}

static void add_value(struct buf *b, struct value v)
{
	struct buf plain = {0};

	switch (v.kind) {
	case VALUE_NONE:
		buf_adds(b, "null");
		break;
	case VALUE_TEXT:
		markup_json(b, v.text);
		break;
	case VALUE_DAY:
		value_plain(&plain, v);
		markup_json(b, plain.p);
		break;
	default:
		value_plain(b, v);
		break;
	}
	buf_release(&plain);
}

static void add_number(struct buf *b, double v)
{
	char text[NUMBER_MAX_BYTES];

	if (!isfinite(v))
		buf_adds(b, "null");
	else
		buf_add(b, text, number_format(v, text));
}

static void add_numbers(struct buf *b, const char *key, const double *v,
			size_t n)
{
	if (!v)
		return;
	buf_addf(b, ",\"%s\":[", key);
	for (size_t i = 0; i < n; i++) {
		buf_adds(b, i ? "," : "");
		add_number(b, v[i]);
	}
	buf_addc(b, ']');
}

static void add_origin(struct buf *b, const struct report *r,
		       const struct origin *o)
{
	add_pair(b, "command", o->command);
	buf_adds(b, ",\"inputs\":[");
	for (size_t i = 0; i < o->nsources; i++) {
		const struct report_source *s = &r->source[o->source[i]];
		buf_adds(b, i ? ",{" : "{");
		add_pair(b, "file", s->file);
		buf_addf(b, ",\"rows\":%llu", (unsigned long long)s->rows);
		add_pair(b, "sha256", s->sha256);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

static void add_table(struct buf *b, const struct table *t)
{
	buf_adds(b, ",\"columns\":[");
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_adds(b, i ? ",{" : "{");
		add_pair(b, "name", t->column[i].name);
		add_pair(b, "label", t->column[i].label);
		buf_addc(b, '}');
	}
	buf_adds(b, "],\"rows\":[");
	for (size_t row = 0; row < table_rows(t); row++) {
		buf_adds(b, row ? ",[" : "[");
		for (size_t i = 0; i < t->ncolumns; i++) {
			buf_adds(b, i ? "," : "");
			add_value(b, table_value(t, row, i));
		}
		buf_addc(b, ']');
	}
	buf_addc(b, ']');
}

static void add_chart(struct buf *b, const struct chart *c)
{
	static const char *const kinds[] = {"bars",    "line",	"heat",
					    "pyramid", "curve", "pareto"};

	buf_adds(b, ",\"chart\":{");
	add_pair(b, "kind", kinds[c->kind]);
	add_pair(b, "about", c->about);
	buf_adds(b, ",\"labels\":[");
	for (size_t i = 0; i < c->n; i++) {
		buf_adds(b, i ? "," : "");
		add_string(b, c->label[i]);
	}
	buf_adds(b, "],\"series\":[");
	for (size_t i = 0; i < c->nseries; i++) {
		const struct series *s = &c->series[i];
		buf_adds(b, i ? ",{" : "{");
		add_pair(b, "name", s->name);
		add_numbers(b, "x", s->x, s->n);
		add_numbers(b, "values", s->value, s->n);
		add_numbers(b, "low", s->low, s->n);
		add_numbers(b, "high", s->high, s->n);
		buf_addc(b, '}');
	}
	buf_adds(b, "]}");
}

static void add_cards(struct buf *b, const struct report *r,
		      const struct cards *c)
{
	buf_adds(b, ",\"cards\":[");
	for (size_t i = 0; i < c->n; i++) {
		const struct card *k = &c->card[i];
		buf_adds(b, i ? ",{" : "{");
		add_pair(b, "name", k->name);
		add_pair(b, "label", k->label);
		buf_adds(b, ",\"value\":");
		add_value(b, k->now);
		buf_adds(b, ",\"before\":");
		add_value(b, k->before);
		buf_adds(b, ",\"year_ago\":");
		add_value(b, k->year_ago);
		add_pair(b, "note", k->note);
		add_origin(b, r, &k->origin);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

static void add_words(struct buf *b, const struct report *r,
		      const struct block *k)
{
	(void)r;
	add_pair(b, "text", k->text);
}

static void add_list(struct buf *b, const struct report *r,
		     const struct block *k)
{
	(void)r;
	add_table(b, k->table);
}

static void add_card_block(struct buf *b, const struct report *r,
			   const struct block *k)
{
	add_cards(b, r, k->cards);
}

static void add_table_block(struct buf *b, const struct report *r,
			    const struct block *k)
{
	buf_addf(b, ",\"number\":%zu", k->table->number);
	add_pair(b, "caption", k->table->caption);
	add_table(b, k->table);
	add_origin(b, r, &k->origin);
}

static void add_figure_block(struct buf *b, const struct report *r,
			     const struct block *k)
{
	buf_addf(b, ",\"number\":%zu", k->figure->number);
	add_pair(b, "caption", k->figure->caption);
	add_chart(b, &k->figure->chart);
	add_origin(b, r, &k->origin);
}

static void add_advice_block(struct buf *b, const struct report *r,
			     const struct block *k)
{
	(void)r;
	add_pair(b, "finding", k->advice->finding);
	add_pair(b, "suggestion", k->advice->suggestion);
	add_pair(b, "rule", k->advice->rule);
	add_pair(b, "section", k->advice->section);
}

struct kind {
	const char *name;
	void (*add)(struct buf *, const struct report *, const struct block *);
};

static const struct kind kinds[] = {
	[BLOCK_TEXT] = {"text", add_words},
	[BLOCK_FACTS] = {"facts", add_list},
	[BLOCK_LIST] = {"list", add_list},
	[BLOCK_SOURCES] = {"sources", add_list},
	[BLOCK_CARDS] = {"cards", add_card_block},
	[BLOCK_TABLE] = {"table", add_table_block},
	[BLOCK_FIGURE] = {"figure", add_figure_block},
	[BLOCK_ADVICE] = {"advice", add_advice_block},
	[BLOCK_POINT] = {"point", add_words},
	[BLOCK_ABSENT] = {"absent", add_words},
	[BLOCK_NOTE] = {"note", add_words},
};

static void add_section(struct buf *b, const struct report *r,
			const struct section *s)
{
	buf_addc(b, '{');
	add_pair(b, "id", s->id);
	add_pair(b, "title", s->title);
	buf_adds(b, ",\"blocks\":[");
	for (size_t i = 0; i < s->n; i++) {
		const struct block *k = &s->block[i];
		buf_adds(b, i ? ",\n        {" : "\n        {");
		add_pair(b, "kind", kinds[k->kind].name);
		kinds[k->kind].add(b, r, k);
		buf_addc(b, '}');
	}
	buf_adds(b, "]}");
}

void json_write(struct buf *b, const struct report *r)
{
	buf_addc(b, '{');
	add_pair(b, "title", r->title);
	add_pair(b, "subtitle", r->subtitle);
	add_pair(b, "lang", r->lang);
	buf_adds(b, ",\"parts\":[");
	for (size_t p = 0; p < REPORT_PARTS; p++) {
		const struct part *part = &r->part[p];
		buf_adds(b, p ? ",\n  {" : "\n  {");
		add_pair(b, "id", part->id);
		add_pair(b, "title", part->title);
		buf_adds(b, ",\"sections\":[");
		for (size_t i = 0; i < part->n; i++) {
			buf_adds(b, i ? ",\n    " : "\n    ");
			add_section(b, r, part->section[i]);
		}
		buf_adds(b, "]}");
	}
	buf_adds(b, "]}\n");
}
