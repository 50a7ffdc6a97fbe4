/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows with an expectation, by group and item. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/pairing.h"

enum { SCORE, EXPECTED, DATE, QUESTION, ITEM, IDEAL, PROMISE, COLUMNS };

void pairing_open(struct pairing *p, char *const *files, size_t nfiles)
{
	const struct nps_options *o = p->o;
	const struct input_column columns[COLUMNS] = {
		[SCORE] = { "score", COL_REAL, INPUT_REQUIRED },
		[EXPECTED] = { "expected", COL_REAL,
			       p->promises ? INPUT_OPTIONAL : INPUT_REQUIRED },
		[DATE] = { "date", COL_DAY,
			   is_dated(o) ? INPUT_FILLED : INPUT_OPTIONAL },
		[QUESTION] = { "question", COL_TEXT, INPUT_OPTIONAL },
		[ITEM] = { p->item, COL_TEXT, INPUT_OPTIONAL },
		[IDEAL] = { p->ideal ? p->ideal : "ideal", COL_REAL,
			    p->ideal ? INPUT_REQUIRED : INPUT_OPTIONAL },
		[PROMISE] = { "promise_kept", COL_TEXT, INPUT_OPTIONAL },
	};

	memcpy(p->column, columns, sizeof(columns));
	p->in = by_input(&p->by, &o->common, schema_find(TEXT("surveys")),
			 p->column, COLUMNS, files, nfiles);
	if (trend_unit(o))
		by_trend(&p->by, trend_unit(o), DATE);
	p->items = group_new(sizeof(size_t), 0, NULL, NULL);
}

static struct item *item_of(struct pairing *p, const struct cell *c)
{
	size_t label = by_label(&p->by, c), i;
	struct text name = c[ITEM].text;
	struct buf key = { 0 };

	buf_add(&key, (const char *)&label, sizeof(label));
	buf_addt(&key, name);
	i = group_intern(p->items, buf_text(&key));
	buf_release(&key);
	if (i == p->n) {
		p->list = mem_grow(p->list, p->n, &p->cap, sizeof(*p->list));
		p->list[p->n++] = (struct item){
			.label = label,
			.name = { arena_copy(&p->names, name.p, name.n),
				  name.n },
		};
	}
	return &p->list[i];
}

/* What was promised: 1 kept, 0 broken, -1 nothing is said. */
static int promise_of(const struct cell *c)
{
	if (text_is(c->text, "yes"))
		return 1;
	return text_is(c->text, "no") ? 0 : -1;
}

/* Perceived against the expectations: met is what lies from the basic one up
 * to the ideal one; without the latter, what equals the basic one. */
static void weigh(struct item *item, const struct cell *c, bool ideal)
{
	double perceived = c[SCORE].real, expected = c[EXPECTED].real;
	double top = ideal && c[IDEAL].known ? c[IDEAL].real : expected;

	if (perceived < expected)
		item->below++;
	else if (perceived > top)
		item->above++;
	else
		item->met++;
}

static void take(struct pairing *p, const struct cell *c)
{
	bool both = c[SCORE].known && c[EXPECTED].known;
	int promise = p->promises ? promise_of(&c[PROMISE]) : -1;
	struct item *item;

	if (!both && promise < 0) {
		input_skip(p->in);
		return;
	}
	item = item_of(p, c);
	if (both &&
	    !pairs_add(&item->pairs, c[EXPECTED].real, c[SCORE].real)) {
		input_reject(p->in, SCORE, REASON_OUT_OF_RANGE,
			     "greater than a score can be");
		return;
	}
	if (both)
		weigh(item, c, p->ideal != NULL);
	if (both && p->ideal && c[IDEAL].known)
		pairs_add(&item->ideal, c[IDEAL].real, c[SCORE].real);
	item->promises += promise >= 0;
	item->kept += promise == 1;
}

void pairing_read(struct pairing *p)
{
	const struct nps_options *o = p->o;
	struct row row;

	while (input_next(p->in, &row)) {
		const struct cell *c = row.cell;

		if (is_later(o, &c[DATE]) ||
		    (o->question && !text_is(c[QUESTION].text, o->question)))
			input_skip(p->in);
		else
			take(p, c);
	}
}

/* Insertion: there are as many items as there are questions. */
static void insert(const struct pairing *p, size_t *order, size_t n, size_t i,
		   bool (*before)(const struct item *, const struct item *))
{
	while (n > 0 && p->list[order[n - 1]].label == p->list[i].label &&
	       before(&p->list[i], &p->list[order[n - 1]])) {
		order[n] = order[n - 1];
		n--;
	}
	order[n] = i;
}

size_t *pairing_order(const struct pairing *p,
		      bool (*before)(const struct item *, const struct item *))
{
	size_t *order = mem_alloc(p->n, sizeof(*order)), n = 0;
	size_t *groups = by_order(&p->by);

	for (size_t g = 0; g < by_count(&p->by); g++)
		for (size_t i = 0; i < p->n; i++)
			if (p->list[i].label == groups[g])
				insert(p, order, n++, i, before);
	free(groups);
	return order;
}

void pairing_close(struct pairing *p, uint64_t rows)
{
	input_close(p->in, rows);
	by_release(&p->by);
	group_free(p->items);
	free(p->list);
	arena_release(&p->names);
}
