/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint lint: what is wrong with workflows, a finding a row. Status 3
 * when one of them is an error.
 */
#include <stdio.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/json_doc.h"
#include "canon/workflow_json.h"
#include "model/workflow_lint.h"
#include "stream/output.h"
#include "stream/schema.h"

#include "cmd/complaint/verbs.h"

static const struct output_column columns[] = {
	{ "severity", COL_TEXT }, { "rule", COL_TEXT }, { "where", COL_TEXT },
	{ "message", COL_TEXT },  { "file", COL_TEXT },
};

struct linter {
	struct output *out;
	const char *file;
	uint64_t errors;		/* of all files */
};

static void found(void *ctx, bool error, const char *rule, const char *where,
		  const char *message)
{
	struct linter *l = ctx;

	l->errors += error;
	output_str(l->out, error ? "error" : "warning");
	output_str(l->out, rule);
	output_str(l->out, where);
	output_str(l->out, message);
	output_str(l->out, l->file);
	output_end(l->out);
}

/* A fault of the file as such. */
static void unreadable(void *ctx, unsigned long line, const char *rule,
		       const char *place, const char *why)
{
	char where[128];

	if (line)
		snprintf(where, sizeof(where), "line %lu: %s", line, place);
	else
		snprintf(where, sizeof(where), "%s", place);
	found(ctx, true, rule, where, why);
}

static enum workflow_column_kind kind_of(void *ctx, struct text name)
{
	const struct schema_column *c =
		schema_column(schema_find(TEXT("complaints")), name);

	(void)ctx;
	if (!c)
		return WORKFLOW_COLUMN_NONE;
	return c->type == COL_MONEY || c->type == COL_INT ||
			       c->type == COL_REAL ?
		       WORKFLOW_COLUMN_NUMBER :
		       WORKFLOW_COLUMN_TEXT;
}

/* Every workflow that this one has a map onto, once; those that are not
 * shipped cannot be looked at. */
static void lint_maps(const struct workflow *w, const struct workflow_lint *to)
{
	for (size_t i = 0; i < workflow_maps(w); i++) {
		struct text name = workflow_map(w, i)->other;
		struct workflow *other;
		struct buf file = { 0 };

		if ((i > 0 && text_eq(workflow_map(w, i - 1)->other, name)) ||
		    !json_doc_shipped(name))
			continue;
		buf_addt(&file, name);
		other = workflow_json_read(file.p);
		workflow_lint_map(w, other, to);
		workflow_free(other);
		buf_release(&file);
	}
}

static void lint_file(struct linter *l, const char *name)
{
	struct workflow_lint to = { kind_of, found, l };
	uint64_t before = l->errors;
	struct workflow *w;

	l->file = name;
	w = workflow_json_try(name, unreadable, l);
	/* What was left out as faulty would be missed everywhere. */
	if (l->errors == before) {
		workflow_lint(w, &to);
		lint_maps(w, &to);
	}
	workflow_free(w);
}

int lint_main(int argc, char **argv)
{
	struct linter l = { .file = NULL };
	struct common common;
	size_t n;
	char **files;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint lint", "[OPTION...] WORKFLOW...",
		"Looks for what is wrong with workflows (a shipped one's name, "
		"or FILE.json) and\nwrites severity,rule,where,message,file. "
		"Status 3 when there is an error,\n0 when there are warnings "
		"only or nothing.",
		"crm-complaint lint my-steps.json", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n == 0)
		die_usage("which workflow?");
	l.out = output_open(&common, columns, NELEMS(columns));
	for (size_t i = 0; i < n; i++)
		lint_file(&l, files[i]);
	status = output_close(l.out);
	return l.errors ? EXIT_FOUND : status;
}
