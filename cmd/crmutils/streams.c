/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crmutils streams [NAME]: the canonical streams, or the columns of one with
 * their types and meanings; as a JSON Schema with -t json.
 */
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/opt.h"
#include "base/text.h"
#include "stream/common.h"
#include "stream/output.h"
#include "stream/schema.h"
#include "stream/sink.h"

#include "cmd/crmutils/verbs.h"

static int list_streams(const struct common *common)
{
	static const struct output_column columns[] = {
		{ "stream", COL_TEXT },
		{ "columns", COL_INT },
		{ "date_column", COL_TEXT },
		{ "row", COL_TEXT },
	};
	struct output *out = output_open(common, columns, NELEMS(columns));

	for (size_t i = 0; i < schema_count; i++) {
		output_str(out, schema_all[i].name);
		output_int(out, (int64_t)schema_all[i].n);
		output_str(out, schema_all[i].date_column);
		output_str(out, schema_all[i].about);
		output_end(out);
	}
	return output_close(out);
}

static int list_columns(const struct common *common, const struct schema *s)
{
	static const struct output_column columns[] = {
		{ "column", COL_TEXT },
		{ "type", COL_TEXT },
		{ "required", COL_TEXT },
		{ "words", COL_TEXT },
		{ "meaning", COL_TEXT },
	};
	struct output *out = output_open(common, columns, NELEMS(columns));

	for (size_t i = 0; i < s->n; i++) {
		const struct schema_column *c = &s->column[i];

		output_str(out, c->name);
		output_str(out, schema_type_name(c->type));
		output_str(out, c->required ? "yes" : "no");
		output_str(out, c->words);
		output_str(out, c->meaning);
		output_end(out);
	}
	return output_close(out);
}

/* The words of "F|M" as JSON strings; an optional cell may be null too. */
static void add_enum(struct buf *to, const struct schema_column *c)
{
	struct text rest = text_of(c->words), word;
	const char *comma = "";

	buf_adds(to, ", \"enum\": [");
	while (text_split(&rest, '|', &word)) {
		buf_addf(to, "%s\"%.*s\"", comma, (int)word.n, word.p);
		comma = ", ";
	}
	buf_addf(to, "%s]", c->required ? "" : ", null");
}

static void add_property(struct buf *to, const struct schema_column *c)
{
	static const struct {
		const char *type, *more;
	} json[] = {
		[COL_TEXT] = { "string", "" },
		[COL_DAY] = { "string", ", \"format\": \"date\"" },
		/* A bare day will do, which "date-time" would not allow. */
		[COL_INSTANT] = { "string",
				  ", \"pattern\": "
				  "\"^[0-9]{4}-[0-9]{2}-[0-9]{2}\"" },
		[COL_MONEY] = { "number", "" },
		[COL_INT] = { "integer", "" },
		[COL_REAL] = { "number", "" },
		[COL_SHARE] = { "number", "" },
		[COL_FIXED4] = { "number", "" },
	};

	buf_addf(to, "    \"%s\": { \"type\": ", c->name);
	buf_addf(to, c->required ? "\"%s\"" : "[\"%s\", \"null\"]",
		 json[c->type].type);
	buf_adds(to, json[c->type].more);
	if (c->words)
		add_enum(to, c);
	buf_addf(to, ", \"description\": \"%s\" }", c->meaning);
}

static int write_schema(const struct common *common, const struct schema *s)
{
	struct sink *out = sink_open(common->output, SINK_PLAIN);
	struct buf to = { 0 };
	const char *comma = "";

	buf_addf(&to,
		 "{\n  \"$schema\": "
		 "\"https://json-schema.org/draft/2020-12/schema\",\n"
		 "  \"title\": \"%s\",\n  \"description\": \"%s\",\n"
		 "  \"type\": \"object\",\n  \"properties\": {\n",
		 s->name, s->about);
	for (size_t i = 0; i < s->n; i++) {
		add_property(&to, &s->column[i]);
		buf_adds(&to, i + 1 < s->n ? ",\n" : "\n");
	}
	buf_adds(&to, "  },\n  \"required\": [");
	for (size_t i = 0; i < s->n; i++) {
		if (!s->column[i].required)
			continue;
		buf_addf(&to, "%s\"%s\"", comma, s->column[i].name);
		comma = ", ";
	}
	buf_adds(&to, "]\n}\n");
	sink_put(out, to.p, to.n);
	sink_close(out);
	buf_release(&to);
	return EXIT_DONE;
}

static bool wants_json(const struct common *common)
{
	if (common->to)
		return strcmp(common->to, "json") == 0;
	return common->output && text_ends(text_of(common->output), ".json");
}

int streams_main(int argc, char **argv)
{
	struct common common;
	const struct schema *schema;
	size_t operands;
	char **name;

	common_init(&common);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crmutils streams", "[OPTION...] [NAME]",
		"Prints stream,columns,date_column,row of every stream, or\n"
		"column,type,required,words,meaning of the stream NAME\n"
		"(-t json: as a JSON Schema).",
		"crmutils streams transactions -t json", opts
	};

	name = opt_parse(&program, argc, argv, &operands);
	if (operands > 1)
		die_usage("streams takes one name at most");
	if (operands == 0)
		return list_streams(&common);
	schema = schema_find(text_of(name[0]));
	if (!schema)
		die_usage("\"%s\" is not a stream", name[0]);
	return wants_json(&common) ? write_schema(&common, schema)
				   : list_columns(&common, schema);
}
