/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files that options name, beside the rows and the result. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/tier/tier.h"

void side_common(struct common *common, const char *path)
{
	if (strcmp(path, "-") == 0)
		die_usage("standard input is where the rows come from; give "
			  "the other file by its name");
	common_beside(common);
}

struct input *side_open(const struct run *run, struct common *common,
			const char *path, const struct schema *schema,
			const struct input_column *columns, size_t n)
{
	char *files[] = { (char *)(uintptr_t)path, NULL };

	side_common(common, path);
	if (schema) {
		common->since = run->common.since;
		common->until = run->common.until;
		common->period = run->common.period;
		common->as_of = run->common.as_of;
		common->tz = run->common.tz;
	}
	return input_open(common, schema, columns, n, files, 1);
}

char *side_path(const char *option, const char *word, const char *prefix)
{
	struct buf name = { 0 };
	char *path;

	if (strchr(word, '/') || text_ends(text_of(word), ".csv"))
		return mem_strdup(word);
	buf_addf(&name, "%s%s.csv", prefix, word);
	path = share_path(name.p);
	buf_release(&name);
	if (access(path, R_OK) != 0)
		die_usage("%s %s: none such is shipped; a file of one's own "
			  "ends in .csv",
			  option, word);
	return path;
}

struct output *side_create(const struct run *run, struct common *common,
			   const char *option, const char *path,
			   const struct output_column *columns, size_t n)
{
	const struct common_place place[] = {
		{ "-o", run->common.output ? run->common.output : "-", true },
		{ "--rejects", run->common.rejects, false },
		{ option, path, false },
	};

	common_check_apart(place, NELEMS(place), run->files, run->nfiles);
	common_init(common);
	common->output = path;
	common->to = "csv";
	return output_open(common, columns, n);
}

const char *side_id(const struct run *run)
{
	return run->id ? run->id : "customer_id";
}

_Noreturn void side_refuse(const struct row *row, const char *why)
{
	die("%s:%llu: %s", row->file, (unsigned long long)row->line, why);
}

struct text side_keep(struct arena *hold, const struct cell *c)
{
	return (struct text){ arena_copy(hold, c->text.p, c->text.n),
			      c->text.n };
}
