/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all streams share: values by the plan, texts made of them, rows, keys. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/msg.h"
#include "base/opt.h"
#include "canon/clean.h"
#include "canon/person.h"
#include "canon/project_in.h"

/* ---- readings ---- */

bool project_bad(struct project *p, enum reason reason, const char *column)
{
	*p->fault = (struct project_fault){ reason, text_of(column), { 0 } };
	return false;
}

/* A bad cell is judged again when it is looked at again: that is rare. */
const struct reading *project_read(struct project *p, size_t i)
{
	enum reason reason;

	reason = memo_take(p->memo[i], p->raw[i], &p->plan->column[i].reading,
			   &p->options->rules, p->scratch.p + p->scratch.n,
			   &p->reading[i]);
	if (reason) {
		*p->fault = (struct project_fault){
			reason, p->plan->column[i].name, p->raw[i]
		};
		return NULL;
	}
	p->scratch.n += READING_ROOM(p->raw[i].n);
	p->known[i] = true;
	return &p->reading[i];
}

static void list_field(struct project *p, struct project_list *l,
		       struct text word)
{
	const size_t *of = p->plan->of_field + 2 * field_find(word);

	for (int k = 0; k < 2 && of[k] != PLAN_NONE; k++) {
		if (l->n == PROJECT_LIST_MAX)
			bug("a list of more than %d columns",
			    PROJECT_LIST_MAX);
		l->column[l->n++] = of[k];
	}
}

const struct project_list *project_list(struct project *p, const char *fields)
{
	size_t at = (uintptr_t)fields >> 2;
	struct text rest = text_of(fields), word;
	struct project_list *l;

	for (size_t i = 0; i < PROJECT_LISTS; i++) {
		l = &p->list[(at + i) % PROJECT_LISTS];
		if (l->fields == fields)
			return l;
		if (!l->fields)
			break;
	}
	if (l->fields)
		bug("more than %d lists of fields", PROJECT_LISTS);
	l->fields = fields;
	while (text_split(&rest, ' ', &word))
		list_field(p, l, word);
	return l;
}

bool project_find(struct project *p, const char *fields,
		  const struct reading **found)
{
	const struct project_list *l = project_list(p, fields);

	*found = NULL;
	for (size_t i = 0; i < l->n; i++) {
		const struct reading *r = project_look(p, l->column[i]);

		if (!r)
			return false;
		if (r->text.n) {
			*found = r;
			return true;
		}
	}
	return true;
}

const struct reading *project_reading(struct project *p, const char *fields)
{
	static const struct reading nothing = { .birth = DAY_NONE };
	const struct project_list *l = project_list(p, fields);

	for (size_t i = 0; i < l->n; i++) {
		const struct reading *r = project_look(p, l->column[i]);

		if (r && r->text.n)
			return r;
	}
	return &nothing;
}

struct text project_text(struct project *p, const char *fields)
{
	return project_reading(p, fields)->text;
}

bool project_money(struct project *p, const char *field, bool *known,
		   int64_t *fen)
{
	const struct reading *r;

	*known = false;
	*fen = 0;
	if (!project_find(p, field, &r))
		return false;
	*known = r && money_parse(r->text, fen);
	return true;
}

/* ---- texts that are made ---- */

struct text project_keep(struct project *p, struct text t)
{
	char *to = p->scratch.p + p->scratch.n;

	if (p->scratch.cap - p->scratch.n < t.n)
		bug("no room for what is made of a row");
	if (t.n)
		memcpy(to, t.p, t.n);
	p->scratch.n += t.n;
	return (struct text){ to, t.n };
}

struct text project_keep_money(struct project *p, int64_t fen)
{
	char to[MONEY_MAX_BYTES];

	return project_keep(p, (struct text){ to, money_format(fen, to) });
}

struct text project_keep_number(struct project *p, uint64_t v)
{
	char to[20];

	return project_keep(p, (struct text){ to, text_put_u64(to, v) });
}

struct text project_record(struct project *p, struct buf *room)
{
	for (size_t i = 0; i < p->plan->columns; i++) {
		if (p->plan->column[i].match.field != FIELD_NONE &&
		    field_all[p->plan->column[i].match.field].about ==
			    ABOUT_LAYOUT)
			continue;
		buf_addt(room, clean_text(p->raw[i]));
		buf_addc(room, '\x1f');
	}
	return buf_text(room);
}

struct text project_hash(struct project *p, char letter)
{
	struct buf record = { 0 };
	char hash[IDENTITY_HASH];

	identity_hash("record", project_record(p, &record), hash);
	buf_release(&record);
	hash[0] = letter;
	return project_keep(p, (struct text){ hash, sizeof(hash) });
}

/* ---- rows ---- */

struct text *project_new_row(struct project *p)
{
	struct text *row;

	if (p->rows == p->cap) {
		p->cap = p->cap * 2 + 8;
		p->out = mem_resize(p->out, p->cap * p->columns,
				    sizeof(*p->out));
		p->when = mem_resize(p->when, p->cap, sizeof(*p->when));
	}
	row = p->out + p->rows * p->columns;
	for (size_t i = 0; i < p->columns; i++)
		row[i] = (struct text){ 0 };
	p->when[p->rows] = INT64_MIN;
	p->rows++;
	return row;
}

static bool copy_column(struct project *p, struct text *row,
			const struct project_copy *c)
{
	for (size_t k = c->first; k < c->last; k++) {
		const struct reading *r = project_look(p, p->plan->from[k]);

		if (!r)
			return false;
		if (r->text.n == 0)
			continue;
		row[c->to] = r->text;
		return true;
	}
	return true;
}

static void copy_extra(struct project *p, struct text *row,
		       const struct project_extra *e)
{
	/* What nobody needs is not judged: it passes as it stands. */
	const struct reading *r = e->judged ? project_look(p, e->from) : NULL;

	row[e->to] = r ? r->text : clean_text(p->raw[e->from]);
}

/* A column with a closed list of words: yes and no in any spelling. */
static bool check_word(struct project *p, struct text *row, size_t i)
{
	const char *words = p->plan->schema->column[i].words, *yes_no;

	if (row[i].n == 0 || opt_choice(words, row[i]) >= 0)
		return true;
	yes_no = person_yes_no(row[i]);
	if (!yes_no || opt_choice(words, text_of(yes_no)) < 0)
		return project_bad(p, REASON_BAD_VALUE,
				   p->plan->schema->column[i].name);
	row[i] = text_of(yes_no);
	return true;
}

bool project_fill(struct project *p, struct text *row)
{
	for (size_t i = 0; i < p->copies; i++)
		if (!copy_column(p, row, &p->copy[i]))
			return false;
	for (size_t i = 0; i < p->kept; i++)
		copy_extra(p, row, &p->extra[i]);
	for (size_t i = 0; i < p->worded_n; i++)
		if (!check_word(p, row, p->worded[i]))
			return false;
	return true;
}

/* ---- keys ---- */

void project_key(struct project *p, struct text store, struct text document)
{
	buf_clear(&p->key);
	project_key_add(p, store);
	project_key_add(p, document);
}

void project_key_add(struct project *p, struct text t)
{
	char *to = text_put(buf_room(&p->key, t.n + 1), t);

	*to = '\x1f';
	p->key.n += t.n + 1;
}

uint32_t project_ordinal(struct project *p)
{
	uint32_t *n = group_entry(
		p->ordinals, group_intern(p->ordinals, buf_text(&p->key)));

	return ++*n;
}
