/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-complaint codes: what the words of the register mean, one code a row. */
#include "base/mem.h"
#include "base/msg.h"
#include "canon/codes_csv.h"
#include "stream/output.h"

#include "cmd/complaint/verbs.h"

static const struct output_column columns[] = {
	{ "kind", COL_TEXT },	{ "code", COL_TEXT },  { "zh", COL_TEXT },
	{ "en", COL_TEXT },	{ "severity", COL_INT }, { "note", COL_TEXT },
	{ "source", COL_TEXT }, { "under", COL_TEXT }, { "also", COL_TEXT },
};

/* The words of a code besides its names, joined by |. */
static void join_words(struct buf *b, const struct codes *codes, size_t i)
{
	const struct code *c = codes_code(codes, i);
	struct text word;

	buf_clear(b);
	for (size_t k = 0; codes_word(codes, i, k, &word); k++) {
		if (text_eq(word, c->code) || text_eq(word, c->zh) ||
		    text_eq(word, c->en))
			continue;
		if (b->n)
			buf_addc(b, '|');
		buf_addt(b, word);
	}
}

static void write_row(struct output *out, const struct code *c,
		      struct text also)
{
	bool zh = text_is(TEXT("zh"), msg_lang());

	output_text(out, c->kind);
	output_text(out, c->code);
	output_text(out, c->zh);
	output_text(out, c->en);
	if (c->severity)
		output_int(out, c->severity);
	else
		output_empty(out);
	output_text(out, zh && c->note_zh.n ? c->note_zh : c->note);
	output_text(out, c->source);
	output_text(out, c->under);
	output_text(out, also);
	output_end(out);
}

static int write_codes(const struct common *common, const struct codes *codes,
		       const char *kind)
{
	struct output *out = output_open(common, columns, NELEMS(columns));
	struct buf also = { 0 };

	for (size_t i = 0; i < codes_count(codes); i++) {
		const struct code *c = codes_code(codes, i);

		if (kind && !text_is(c->kind, kind))
			continue;
		join_words(&also, codes, i);
		write_row(out, c, buf_text(&also));
	}
	buf_release(&also);
	return output_close(out);
}

int codes_main(int argc, char **argv)
{
	const char *file = NULL;
	struct codes *codes;
	struct common common;
	size_t n;
	char **kinds;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "codes", "FILE",
		  "other codes than the house's (kind,code,zh,...)",
		  .to = &file },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint codes", "[OPTION...] [KIND]",
		"Writes kind,code,zh,en,severity,note,source,under,also: the "
		"causes,\ncategories, sub-codes, types of complainant, scenes "
		"and channels, and how\nto handle them. KIND is one of these "
		"columns; without it all are written.",
		"crm-complaint codes scene --lang zh -t table", opts
	};

	kinds = opt_parse(&program, argc, argv, &n);
	if (n > 1)
		die_usage("one kind, not %zu", n);
	codes = codes_csv_read(file);
	if (n && !codes_has_kind(codes, text_of(kinds[0])))
		die_usage("there is no kind \"%s\" of codes", kinds[0]);
	status = write_codes(&common, codes, n ? kinds[0] : NULL);
	codes_free(codes);
	return status;
}
