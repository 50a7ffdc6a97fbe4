/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What follows from the figures. A rule is a row of a table (report-rules.csv
 * beside lib/render, or --rules FILE): a measure, a comparison, a threshold or
 * another measure, and a finding and a suggestion with places for figures. Of
 * the rules of one topic the first that holds is said; one whose figures are
 * not all known is passed over.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/share.h"

#include "cmd/report/build.h"

enum {
	TOPIC,
	RULE,
	SECTION,
	MEASURE,
	IS,
	THRESHOLD,
	FINDING,
	SUGGESTION,
	FINDING_ZH,
	SUGGESTION_ZH,
	ORIGIN,
	COLUMNS
};

static const struct input_column columns[COLUMNS] = {
	[TOPIC] = { "topic", COL_TEXT, INPUT_FILLED },
	[RULE] = { "rule", COL_TEXT, INPUT_FILLED },
	[SECTION] = { "section", COL_TEXT, INPUT_FILLED },
	[MEASURE] = { "measure", COL_TEXT, INPUT_FILLED },
	[IS] = { "is", COL_TEXT, INPUT_FILLED },
	[THRESHOLD] = { "threshold", COL_TEXT, INPUT_OPTIONAL },
	[FINDING] = { "finding", COL_TEXT, INPUT_FILLED },
	[SUGGESTION] = { "suggestion", COL_TEXT, INPUT_FILLED },
	[FINDING_ZH] = { "finding_zh", COL_TEXT, INPUT_OPTIONAL },
	[SUGGESTION_ZH] = { "suggestion_zh", COL_TEXT, INPUT_OPTIONAL },
	[ORIGIN] = { "source", COL_TEXT, INPUT_OPTIONAL },
};

/* The row's texts, kept by the report, and what came of it. */
struct rule {
	const char *text[COLUMNS];
	struct value value;		/* of the measure */
	bool known, holds, said;
	const char *finding, *suggestion;
};

struct rules {
	struct rule *item;
	size_t n, cap;
};

static void read_rules(struct build *b, struct rules *rules)
{
	char *shipped = b->rules ? NULL : share_path("report-rules.csv");
	char *own = b->rules ? mem_strdup(b->rules) : shipped;
	char *files[] = { own, NULL };
	struct common common;
	struct row row;

	common_init(&common);
	struct input *in = input_open(&common, NULL, columns, COLUMNS, files,
				      1);
	while (input_next(in, &row)) {
		rules->item = mem_grow(rules->item, rules->n, &rules->cap,
				       sizeof(*rules->item));
		struct rule *rule = &rules->item[rules->n++];
		*rule = (struct rule){ .value = value_none() };
		for (size_t i = 0; i < COLUMNS; i++)
			rule->text[i] = report_str(b->report,
						   row.cell[i].text);
	}
	input_close(in, 0);
	free(own);
}

/* ---- does it hold? ---- */

/* In the unit that thresholds are written in: yuan, a share of 1, points. */
static double size_of(struct value v)
{
	return v.kind == VALUE_SHARE ? (double)v.ppm / VALUE_PPM :
				       value_size(v);
}

static bool threshold_of(const struct build *b, const struct rule *rule,
			 double *size)
{
	const char *text = rule->text[THRESHOLD];
	struct value other;

	if (number_real(text_of(text), size))
		return true;
	other = build_value(b, text);
	*size = size_of(other);
	return value_known(other) && !isnan(*size);
}

static bool compare(const struct build *b, struct rule *rule)
{
	static const char words[] = "any|<|<=|>|>=|=";
	double size = size_of(rule->value), than = 0;

	switch (opt_choice(words, text_of(rule->text[IS]))) {
	case 0:
		rule->known = value_known(rule->value);
		return rule->known;
	case 1:
		rule->known = threshold_of(b, rule, &than);
		return size < than;
	case 2:
		rule->known = threshold_of(b, rule, &than);
		return size <= than;
	case 3:
		rule->known = threshold_of(b, rule, &than);
		return size > than;
	case 4:
		rule->known = threshold_of(b, rule, &than);
		return size >= than;
	case 5:
		rule->known = threshold_of(b, rule, &than);
		return size == than;
	default:
		die("rule %s: \"%s\" is none of any < <= > >= =",
		    rule->text[RULE], rule->text[IS]);
	}
}

/* ---- sentences ---- */

static struct value absolute(struct value v)
{
	switch (v.kind) {
	case VALUE_COUNT:
	case VALUE_MONEY:
	case VALUE_SHARE:
		v.count = v.count < 0 ? -v.count : v.count;
		break;
	case VALUE_SCORE:
	case VALUE_REAL:
		v.real = fabs(v.real);
		break;
	default:
		break;
	}
	return v;
}

/* The figure of {name}; {-name} without its sign. */
static bool add_figure(const struct build *b, struct buf *to,
		       const char *name, size_t n)
{
	bool bare = n > 0 && *name == '-';
	char known[64];
	struct value v;

	name += bare;
	n -= bare;
	if (n == 0 || n >= sizeof(known))
		return false;
	memcpy(known, name, n);
	known[n] = '\0';
	v = build_value(b, known);
	if (!value_known(v))
		return false;
	value_show_short(to, bare ? absolute(v) : v);
	return true;
}

/* NULL when a figure of the sentence is not known. */
static const char *sentence(struct build *b, const char *template)
{
	struct buf words = { 0 };
	const char *said = NULL;

	while (*template) {
		size_t n = strcspn(template, "{");
		buf_add(&words, template, n);
		template += n;
		if (!*template)
			break;
		n = strcspn(++template, "}");
		if (!add_figure(b, &words, template, n))
			goto unsaid;
		template += n + (template[n] == '}');
	}
	said = report_str(b->report, buf_text(&words));
unsaid:
	buf_release(&words);
	return said;
}

static const char *in_language(const struct rule *rule, int english,
			       int chinese)
{
	bool zh = strcmp(msg_lang(), "zh") == 0;

	return zh && *rule->text[chinese] ? rule->text[chinese] :
					    rule->text[english];
}

static void judge(struct build *b, struct rule *rule)
{
	rule->value = build_value(b, rule->text[MEASURE]);
	if (!value_known(rule->value))
		return;
	rule->holds = compare(b, rule) && rule->known;
	if (!rule->holds)
		return;
	rule->finding = sentence(b, in_language(rule, FINDING, FINDING_ZH));
	rule->suggestion = sentence(b, in_language(rule, SUGGESTION,
						   SUGGESTION_ZH));
	rule->holds = rule->finding && rule->suggestion;
}

/* ---- what is said ---- */

static bool topic_done(const struct rules *rules, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (rules->item[i].said &&
		    strcmp(rules->item[i].text[TOPIC],
			   rules->item[before].text[TOPIC]) == 0)
			return true;
	return false;
}

static void say(struct build *b, struct rule *rule, struct section *summary,
		struct section *conclusions)
{
	struct report *r = b->report;
	struct section *s = report_find(r, rule->text[SECTION]);
	struct advice a = { .finding = rule->finding,
			    .suggestion = rule->suggestion,
			    .rule = rule->text[RULE] };

	report_point(r, summary, "%s", rule->finding);
	if (s)
		report_advice(r, s, &a);
	a.section = s ? rule->text[SECTION] : NULL;
	report_advice(r, conclusions, &a);
	rule->said = true;
}

static void list_rules(struct build *b, const struct rules *rules)
{
	struct report *r = b->report;
	struct section *s = report_section(r, REPORT_APPENDIX, "rules",
					   tr("Rules"));
	report_text(r, s, "%s",
		    tr("What is said in the summary and the conclusions follows "
		       "from these rules; of the rules of one topic the first "
		       "that holds. The thresholds are data (report-rules.csv, "
		       "or --rules FILE), not laws of the trade."));
	struct table *t = report_list(r, s);

	table_column(r, t, "rule", tr("Rule"), VALUE_TEXT);
	table_column(r, t, "measure", tr("Measure"), VALUE_TEXT);
	table_column(r, t, "condition", tr("Condition"), VALUE_TEXT);
	table_column(r, t, "value", tr("Value"), VALUE_REAL);
	table_column(r, t, "holds", tr("Holds"), VALUE_TEXT);
	table_column(r, t, "source", tr("Source"), VALUE_TEXT);
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *rule = &rules->item[i];
		table_cell(r, t, value_text(rule->text[RULE]));
		table_cell(r, t, value_text(rule->text[MEASURE]));
		table_cell(r, t, value_text(report_fmt(
				 r, "%s %s", rule->text[IS],
				 rule->text[THRESHOLD])));
		table_cell(r, t, rule->value);
		table_cell(r, t, value_text(rule->said    ? tr("said") :
					    rule->holds   ? tr("yes") :
					    rule->known   ? tr("no") :
							    tr("unknown")));
		table_cell(r, t, value_text(tr(rule->text[ORIGIN])));
	}
}

void rules_apply(struct build *b)
{
	struct report *r = b->report;
	struct section *summary = report_find(r, "summary");
	struct section *conclusions = report_section(r, REPORT_CONCLUSIONS,
						     NULL, NULL);
	struct rules rules = { 0 };
	size_t said = 0;

	read_rules(b, &rules);
	for (size_t i = 0; i < rules.n; i++) {
		judge(b, &rules.item[i]);
		if (!rules.item[i].holds || topic_done(&rules, i))
			continue;
		say(b, &rules.item[i], summary, conclusions);
		said++;
	}
	if (!said)
		report_absent(r, conclusions, "%s",
			      tr("No rule could be applied: the data are too "
				 "few for a conclusion."));
	list_rules(b, &rules);
	free(rules.item);
}
