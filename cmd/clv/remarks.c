/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Causes of leaving and last events, from files beside the transactions. */
#include "stream/input.h"

#include "cmd/clv/remarks.h"

struct remarks remarks_new(void)
{
	return (struct remarks){ .who = group_new(sizeof(struct remark), 0,
						  NULL, NULL) };
}

void remarks_release(struct remarks *r)
{
	group_free(r->who);
	arena_release(&r->arena);
}

/* Opens a file beside the one that the options of `of` are for. */
static struct input *open_beside(const struct common *of,
				 struct common *common, const char *file,
				 const char *stream,
				 const struct input_column *columns, size_t n)
{
	char *files[] = { (char *)(uintptr_t)file, NULL };

	common_beside(common);
	common->tz = of->tz;
	return input_open(common, schema_find(text_of(stream)), columns, n,
			  files, 1);
}

static struct remark *remark_of(struct remarks *r, struct text who)
{
	size_t known = group_count(r->who), at = group_intern(r->who, who);
	struct remark *remark = group_entry(r->who, at);

	if (at == known)
		remark->day = DAY_NONE;
	return remark;
}

static struct text keep(struct remarks *r, struct text t)
{
	return (struct text){ arena_copy(&r->arena, t.p, t.n), t.n };
}

void remarks_read_causes(struct remarks *r, const struct common *of,
			 const char *file)
{
	static const struct input_column columns[] = {
		{ "customer_id", COL_TEXT, INPUT_FILLED },
		{ "lost_cause", COL_TEXT, INPUT_OPTIONAL },
	};
	struct common common;
	struct input *in = open_beside(of, &common, file, "customers",
				       columns, NELEMS(columns));
	struct row row;

	while (input_next(in, &row)) {
		struct text cause = row.cell[1].text;
		struct remark *m = remark_of(r, row.cell[0].text);

		/* of several rows the first cause bytewise */
		if (cause.n && (!m->cause.n || text_cmp(cause, m->cause) < 0))
			m->cause = keep(r, cause);
	}
	input_close(in, 0);
}

/* The last of a customer's contacts or complaints; of several on one day the
 * last word bytewise, whatever the order of rows. */
static void note_event(struct remarks *r, struct text who, int32_t day,
		       struct text event)
{
	struct remark *m = remark_of(r, who);

	if (m->day != DAY_NONE &&
	    (day < m->day ||
	     (day == m->day && text_cmp(event, m->event) <= 0)))
		return;
	m->day = day;
	m->event = keep(r, event);
}

void remarks_read_events(struct remarks *r, const struct common *of,
			 const char *file, int32_t last)
{
	enum { WHO, AT, EVENT, PURPOSE };
	static const struct input_column columns[] = {
		[WHO] = { "customer_id", COL_TEXT, INPUT_REQUIRED },
		[AT] = { "at", COL_DAY, INPUT_FILLED },
		[EVENT] = { "event", COL_TEXT, INPUT_OPTIONAL },
		[PURPOSE] = { "purpose", COL_TEXT, INPUT_OPTIONAL },
	};
	struct common common;
	struct input *in = open_beside(of, &common, file, "", columns,
				       NELEMS(columns));
	struct row row;

	while (input_next(in, &row)) {
		const struct cell *c = row.cell;

		if (c[WHO].known && c[AT].day <= last)
			note_event(r, c[WHO].text, c[AT].day,
				   c[EVENT].known ? c[EVENT].text :
						    c[PURPOSE].text);
	}
	input_close(in, 0);
}

const struct remark *remarks_of(const struct remarks *r, struct text who)
{
	size_t at = group_find(r->who, who);

	return at == SIZE_MAX ? NULL : group_entry(r->who, at);
}
