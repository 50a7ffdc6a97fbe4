/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-profile: the input, from the options to columns and groups. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/profile/fold.h"

/* Values that all columns together may keep exact, and one of them. */
#define EXACT_ALL ((size_t)1 << 21)
#define EXACT_MAX ((size_t)1 << 16)
#define EXACT_MIN 64
/* With groups each of them has its own: so many are thought of. */
#define GROUPS 16

static size_t split_names(const char *list, const char ***name,
			  struct arena *arena)
{
	struct text rest = text_of(list), part;
	size_t n = 0, cap = 0;

	while (list && text_split(&rest, ',', &part)) {
		if (!part.n)
			die_usage("--column: \"%s\" has an empty name", list);
		for (size_t i = 0; i < n; i++)
			if (text_is(part, (*name)[i]))
				die_usage("--column: \"%s\" stands there "
					  "twice",
					  (*name)[i]);
		*name = mem_grow(*name, n, &cap, sizeof(**name));
		(*name)[n++] = arena_strdup(arena, part.p, part.n);
	}
	return n;
}

static size_t exact_limit(const struct profile_options *o, size_t columns)
{
	size_t exact = EXACT_MAX;

	if (o->exact)
		return (size_t)o->exact;
	/* Powers of two fill their tables. */
	while (exact > EXACT_MIN && exact * columns > EXACT_ALL)
		exact /= 2;
	return exact;
}

static struct input *open_rows(struct profile *p, struct profile_plan *plan,
			       const struct schema *schema,
			       char *const *files, size_t nfiles)
{
	struct input_column *c = mem_alloc(plan->names, sizeof(*c));
	struct input *in;

	for (size_t i = 0; i < plan->names; i++)
		c[i] = (struct input_column){ plan->name[i], COL_TEXT,
					      INPUT_REQUIRED };
	in = by_input(&p->by, &p->o->common, schema, c, plan->names, files,
		      nfiles);
	free(c);
	return in;
}

/* A file without rows has columns, too. */
static void keep_header(struct profile_plan *plan, const struct input *in,
			struct arena *arena)
{
	size_t n = input_width(in);
	struct text *header = arena_alloc(arena, n * sizeof(*header));

	for (size_t i = 0; i < n; i++) {
		struct text name = input_header(in, i);

		name.p = input_hidden(in, i) ? NULL :
					       arena_copy(arena, name.p,
							  name.n);
		header[i] = name;
	}
	plan->header = header;
	plan->width = n;
}

/* What holds for all groups: a column has one type, whichever it is. */
static void find_types(struct profile *p)
{
	for (size_t i = 0; p->groups > 1 && i < p->columns; i++) {
		struct describe *d = profile_pool(p, i);
		struct description r = describe_finish(d, DESCRIBE_FOUND, 0);

		p->column[i].type = r.type;
		description_release(&r);
		describe_free(d);
	}
}

void profile_read(struct profile *p, const struct profile_options *o,
		  char *const *files, size_t nfiles, const char *needed)
{
	const struct schema *schema = profile_told_schema(o);
	struct profile_plan plan = { .o = o, .by = &p->by, .files = files,
			     .nfiles = nfiles, .aliases = aliases_new() };
	struct arena names = { 0 };
	void *s;

	*p = (struct profile){ .o = o };
	profile_check_types(o);
	plan.names = split_names(needed ? needed : o->columns, &plan.name,
				 &names);
	p->place = place_new(&o->common);
	p->clock.change = place_changes(p->place, &p->clock.n);
	plan.clock = p->clock;
	p->in = open_rows(p, &plan, schema, files, nfiles);
	plan.schema = schema || o->stream ? schema : profile_find_schema(p->in);
	plan.exact = exact_limit(o, (plan.names ? plan.names :
						  input_width(p->in)) *
					    (p->by.n ? GROUPS : 1));
	if (!plan.names)
		keep_header(&plan, p->in, &names);
	s = lanes_fold(p->in, &profile_job, &plan);
	profile_take_over(p, s);
	find_types(p);
	aliases_free(plan.aliases);
	free(plan.name);
	arena_release(&names);
}

struct describe *profile_pool(const struct profile *p, size_t column)
{
	struct describe *all = describe_new(p->column[column].settings);

	for (size_t g = 0; g < p->groups; g++)
		if (column < p->group[g].columns && p->group[g].column[column])
			describe_join(all, p->group[g].column[column]);
	return all;
}

struct description profile_describe(const struct profile *p, size_t group,
				    size_t column, size_t tops)
{
	const struct profile_group *g = &p->group[group];
	const struct profile_column *c = &p->column[column];
	struct describe *none, *d;
	struct description r;

	d = column < g->columns ? g->column[column] : NULL;
	if (d)
		return describe_finish(d, c->type, tops);
	none = describe_new(c->settings);
	r = describe_finish(none, c->type, tops);
	describe_free(none);
	return r;
}

void profile_close(struct profile *p, uint64_t out)
{
	input_close(p->in, out);
	by_release(&p->by);
	for (size_t g = 0; g < p->groups; g++) {
		for (size_t i = 0; i < p->group[g].columns; i++)
			describe_free(p->group[g].column[i]);
		free(p->group[g].column);
	}
	for (size_t i = 0; i < p->columns; i++)
		free(p->column[i].name);
	free(p->group);
	free(p->column);
	place_free(p->place);
}
