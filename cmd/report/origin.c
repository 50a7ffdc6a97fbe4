/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that print the same figures, for people to run again. */
#include <string.h>

#include "base/msg.h"

#include "cmd/report/build.h"

void origin_quote(struct buf *b, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_./:=,+-@%";

	if (*word && word[strspn(word, plain)] == '\0') {
		buf_adds(b, word);
		return;
	}
	buf_addc(b, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_adds(b, "'\\''");
		else
			buf_addc(b, *word);
	}
	buf_addc(b, '\'');
}

static void add_lists(struct buf *b, const char *option,
		      const struct opt_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		buf_addf(b, " --%s ", option);
		origin_quote(b, list->item[i]);
	}
}

static void add_option(struct buf *b, const char *option, const char *value)
{
	if (!value)
		return;
	buf_addf(b, " --%s ", option);
	origin_quote(b, value);
}

/* A name that looks like an option is none behind "./". */
static void add_files(struct buf *b, const struct build *build,
		      const struct stream *s)
{
	for (size_t i = 0; i < s->nsources; i++) {
		const char *file = build->report->source[s->source + i].file;

		buf_adds(b, *file == '-' ? " ./" : " ");
		origin_quote(b, file);
	}
}

struct origin origin_of(struct build *build, enum stream_number stream,
			const char *tail, const char *fmt, ...)
{
	struct stream *s = &build->stream[stream];
	struct origin o = { .nsources = s->nsources };
	struct buf b = { 0 };
	va_list ap;

	if (s->nsources > ORIGIN_SOURCES)
		die("--%s: at most %d files in one report", s->name,
		    ORIGIN_SOURCES);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	add_option(&b, "from", build->common.from);
	add_lists(&b, "col", &build->common.cols);
	add_lists(&b, "where", &build->common.wheres);
	if (s->rejected)
		buf_addf(&b, " --rejects %s-rejects.csv", s->name);
	add_files(&b, build, s);
	if (tail)
		buf_addf(&b, " %s", tail);
	o.command = report_str(build->report, buf_text(&b));
	for (size_t i = 0; i < s->nsources; i++)
		o.source[i] = s->source + i;
	buf_release(&b);
	return o;
}

const char *origin_day(struct build *b, int32_t day)
{
	char text[DAY_BYTES];

	return report_str(b->report,
			  (struct text){ text, day_format(day, text) });
}

const char *origin_period(struct build *b, struct day_range range)
{
	char label[PERIOD_LABEL_BYTES];
	struct text t = { label, period_label(range, label) };

	if (text_find(t, "..") == SIZE_MAX)
		return report_fmt(b->report, "--period %.*s", (int)t.n, t.p);
	return report_fmt(b->report, "--since %s --until %s",
			  origin_day(b, range.first),
			  origin_day(b, range.last));
}
