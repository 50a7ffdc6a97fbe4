/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --invitations FILE: who was asked, and how many of them answered. */
#include <stdlib.h>

#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "cmd/nps/answers.h"

enum { RESPONSE, CUSTOMER, DATE, COLUMNS };

struct invited {
	const struct nps_options *o;
	struct common common;
	struct input *in;
	struct by by;
	struct invited_count *count;	/* by group of the answers */
	size_t groups, cap;
};

struct invited *invited_open(const struct answers *a)
{
	static const struct input_column columns[COLUMNS] = {
		[RESPONSE] = { "response_id", COL_TEXT, INPUT_OPTIONAL },
		[CUSTOMER] = { "customer_id", COL_TEXT, INPUT_OPTIONAL },
		[DATE] = { "date", COL_DAY, INPUT_FILLED },
	};
	const char *path = a->o->invitations;
	char *files[] = { (char *)(uintptr_t)path, NULL };
	struct invited *v = mem_zalloc(1, sizeof(*v));

	v->o = a->o;
	options_beside(&v->common, a->o, "invitations", path);
	v->in = by_input(&v->by, &v->common, schema_find(TEXT("invitations")),
			 columns, is_dated(a->o) ? COLUMNS : DATE, files, 1);
	if (a->o->trend)
		by_trend(&v->by, trend_unit(a->o), DATE);
	if (!input_has(v->in, RESPONSE) && !input_has(v->in, CUSTOMER))
		die("%s: neither response_id nor customer_id tells who "
		    "answered",
		    path);
	return v;
}

bool invited_by_customer(const struct invited *v)
{
	return !input_has(v->in, RESPONSE);
}

static bool has_answered(const struct invited *v, const struct cell *c,
			 struct group *who)
{
	if (!invited_by_customer(v))
		return c[RESPONSE].known;
	return c[CUSTOMER].known &&
	       group_find(who, c[CUSTOMER].text) != SIZE_MAX;
}

static struct invited_count *count_at(struct invited *v, size_t group)
{
	while (v->groups <= group) {
		v->count = mem_grow(v->count, v->groups, &v->cap,
				    sizeof(*v->count));
		v->count[v->groups++] = (struct invited_count){ 0 };
	}
	return &v->count[group];
}

void invited_read(struct invited *v, struct by *by, struct group *who)
{
	struct invited_count *count;
	struct text label;
	struct row row;

	while (input_next(v->in, &row)) {
		if (v->o->common.as_of != DAY_NONE &&
		    is_later(v->o, &row.cell[DATE]))
			continue;
		label.p = by_key(&v->by, row.cell, 0, &label.n);
		count = count_at(v, by_number(by, label));
		count->invited++;
		count->answered += has_answered(v, row.cell, who);
	}
	input_close(v->in, 0);
	v->in = NULL;
}

struct invited_count invited_of(const struct invited *v, size_t group)
{
	return group < v->groups ? v->count[group] :
				   (struct invited_count){ 0 };
}

void invited_free(struct invited *v)
{
	if (!v)
		return;
	by_release(&v->by);
	free(v->count);
	free(v);
}
