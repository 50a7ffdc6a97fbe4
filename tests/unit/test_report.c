/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree of a report, and what all its writers must keep to. */
#include <check.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/day.h"
#include "base/msg.h"
#include "render/html.h"
#include "render/json.h"
#include "render/markdown.h"
#include "render/plain.h"
#include "render/report.h"
#include "render/style.h"

#define EVIL "<img src=x onerror=alert(1)>&\"'|`*\x1b[31m\xe2\x80\xae"
#define SHA "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static const double heights[] = { 3, 1 };

static void add_chart(struct report *r, struct section *s,
		      const struct origin *o)
{
	const char *labels[] = { EVIL, "b" };
	double value[] = { heights[0], heights[1] };
	struct series series = { .name = EVIL, .value = value, .n = 2 };
	struct chart chart = { .kind = CHART_PARETO,
			       .title = EVIL,
			       .about = EVIL,
			       .axis = EVIL,
			       .label = labels,
			       .n = 2,
			       .series = &series,
			       .nseries = 1,
			       .highlight = CHART_NONE,
			       .compare = CHART_NONE };

	report_figure(r, s, EVIL, &chart, o);
}

/* A small report in which every word of data is out to do harm. */
static struct report *evil_report(void)
{
	struct report *r = report_new();
	struct report_source from = { .stream = "transactions",
			       .label = EVIL,
			       .file = "transactions.csv",
			       .sha256 = SHA,
			       .rows = 48213,
			       .first_day = DAY_NONE,
			       .last_day = DAY_NONE };
	struct origin o = { .command = "crm-tier --where 'store_id=" EVIL "'",
			    .source = { report_source(r, &from) },
			    .nsources = 1 };
	struct section *s = report_section(r, REPORT_TITLE, NULL, NULL);
	report_title(r, EVIL, EVIL);
	struct table *t = report_facts(r, s);
	table_cell(r, t, value_text(EVIL));
	table_cell(r, t, value_text(EVIL));
	s = report_section(r, REPORT_SUMMARY, NULL, NULL);
	struct card card = { .name = "revenue",
			     .label = EVIL,
			     .now = value_money(123456),
			     .before = value_money(100000),
			     .note = EVIL,
			     .good = 1,
			     .origin = o };
	cards_add(r, report_cards(r, s), &card);
	report_text(r, s, "%s", EVIL);
	s = report_section(r, REPORT_BODY, "first", EVIL);
	t = report_table(r, s, EVIL, &o);
	table_column(r, t, "name", EVIL, VALUE_TEXT);
	table_column(r, t, "share", EVIL, VALUE_SHARE);
	table_cell(r, t, value_text(EVIL));
	table_cell(r, t, value_share(123456));
	add_chart(r, s, &o);
	report_absent(r, s, "%s", EVIL);
	report_note(r, s, "%s", EVIL);
	struct advice a = { EVIL, EVIL, "rule", "first" };
	s = report_section(r, REPORT_CONCLUSIONS, NULL, NULL);
	report_advice(r, s, &a);
	s = report_section(r, REPORT_APPENDIX, "data", EVIL);
	report_sources(r, s);
	report_origins(r, s);
	return r;
}

static const char *written(void (*write)(struct buf *, const struct report *),
			   struct buf *to)
{
	struct report *r = evil_report();

	buf_clear(to);
	write(to, r);
	report_free(r);
	return to->p;
}

static int count(const char *in, const char *what)
{
	int n = 0;

	for (const char *p = in; (p = strstr(p, what)); p += strlen(what))
		n++;
	return n;
}

START_TEST(html_lets_no_data_become_markup)
{
	struct buf b = { 0 };
	const char *html = written(html_write, &b);

	ck_assert_ptr_null(strstr(html, "<img"));
	ck_assert_ptr_null(strstr(html, "<script"));
	ck_assert_ptr_null(strstr(html, "\x1b"));
	ck_assert_ptr_null(strstr(html, "\xe2\x80\xae"));
	/* a quote of the data would end an attribute */
	ck_assert_ptr_null(strstr(html, "&\""));
	ck_assert_int_gt(count(html, "&lt;img src=x"), 10);
	buf_release(&b);
}
END_TEST

START_TEST(html_names_no_outside_address)
{
	struct buf b = { 0 };
	const char *html = written(html_write, &b);

	ck_assert_ptr_null(strstr(html, "http:"));
	ck_assert_ptr_null(strstr(html, "https:"));
	ck_assert_ptr_null(strstr(html, "url("));
	ck_assert_ptr_null(strstr(html, "@import"));
	ck_assert_ptr_null(strstr(html, " style=\""));
	ck_assert_ptr_nonnull(strstr(html, "default-src 'none'"));
	buf_release(&b);
}
END_TEST

START_TEST(the_policy_allows_the_style_sheet_that_is_there)
{
	struct buf b = { 0 };
	const char *html = written(html_write, &b);
	const char *from = strstr(html, "<style>") + 7;
	size_t n = (size_t)(strstr(from, "</style>") - from);
	unsigned char hash[crypto_hash_sha256_BYTES];
	char base64[64];

	crypto_hash_sha256(hash, (const unsigned char *)from, n);
	sodium_bin2base64(base64, sizeof(base64), hash, sizeof(hash),
			  sodium_base64_VARIANT_ORIGINAL);
	ck_assert_ptr_nonnull(strstr(html, base64));
	buf_release(&b);
}
END_TEST

START_TEST(html_links_lead_somewhere)
{
	struct buf b = { 0 };
	const char *html = written(html_write, &b);

	for (const char *p = html; (p = strstr(p, "href=\"#")); p++) {
		char id[80];
		struct buf name = { 0 };
		ck_assert_int_eq(sscanf(p, "href=\"#%70[^\"]", id), 1);
		buf_addf(&name, " id=\"%s\"", id);
		ck_assert_msg(count(html, name.p) == 1, "#%s", id);
		buf_release(&name);
	}
	buf_release(&b);
}
END_TEST

START_TEST(markdown_lets_no_data_become_markup)
{
	struct buf b = { 0 };
	const char *md = written(markdown_write, &b);

	/* outside of code every one of these has its backslash */
	const char *heading = strstr(md, "### 1 ");
	ck_assert_ptr_nonnull(heading);
	ck_assert_int_eq(strncmp(heading + 6, "\\<img", 5), 0);
	ck_assert_ptr_nonnull(strstr(md, "\\|\\`\\*"));
	ck_assert_ptr_null(strstr(md, "\x1b"));
	buf_release(&b);
}
END_TEST

START_TEST(text_holds_no_control_bytes)
{
	struct buf b = { 0 };
	const char *text = written(plain_write, &b);

	for (const char *p = text; *p; p++)
		ck_assert((unsigned char)*p >= 0x20 || *p == '\n');
	ck_assert_ptr_null(strstr(text, "\xe2\x80\xae"));
	buf_release(&b);
}
END_TEST

static void assert_origin(const cJSON *o)
{
	const cJSON *inputs = cJSON_GetObjectItem(o, "inputs");
	const cJSON *input = cJSON_GetArrayItem(inputs, 0);

	ck_assert_ptr_nonnull(cJSON_GetObjectItem(o, "command")->valuestring);
	ck_assert_str_eq(cJSON_GetObjectItem(input, "sha256")->valuestring,
			 SHA);
	ck_assert_int_eq(cJSON_GetObjectItem(input, "rows")->valueint, 48213);
}

/* Walks all blocks; returns how many tables and figures there were. */
static int assert_blocks(const cJSON *report)
{
	const cJSON *part, *section, *block;
	int figures = 0;

	cJSON_ArrayForEach(part, cJSON_GetObjectItem(report, "parts"))
	cJSON_ArrayForEach(section, cJSON_GetObjectItem(part, "sections"))
	cJSON_ArrayForEach(block, cJSON_GetObjectItem(section, "blocks")) {
		const char *kind =
			cJSON_GetObjectItem(block, "kind")->valuestring;
		if (strcmp(kind, "table") == 0 || strcmp(kind, "figure") == 0) {
			assert_origin(block);
			figures++;
		}
		if (strcmp(kind, "cards") == 0)
			assert_origin(cJSON_GetArrayItem(
				cJSON_GetObjectItem(block, "cards"), 0));
	}
	return figures;
}

START_TEST(json_is_the_tree_with_every_origin)
{
	struct buf b = { 0 };
	cJSON *report = cJSON_Parse(written(json_write, &b));

	ck_assert_ptr_nonnull(report);
	ck_assert_str_eq(cJSON_GetObjectItem(report, "title")->valuestring,
			 EVIL);
	ck_assert_int_eq(
		cJSON_GetArraySize(cJSON_GetObjectItem(report, "parts")), 6);
	ck_assert_int_eq(assert_blocks(report), 2);
	ck_assert_ptr_nonnull(strstr(b.p, "\"value\":1234.56"));
	ck_assert_ptr_nonnull(strstr(b.p, ",0.123456]"));
	cJSON_Delete(report);
	buf_release(&b);
}
END_TEST

static void (*const writers[])(struct buf *, const struct report *) = {
	html_write, markdown_write, plain_write, json_write
};

START_TEST(the_same_tree_gives_the_same_bytes)
{
	struct buf a = { 0 }, b = { 0 };

	ck_assert_str_eq(written(writers[_i], &a), written(writers[_i], &b));
	buf_release(&a);
	buf_release(&b);
}
END_TEST

START_TEST(figures_are_numbered_and_named_in_the_appendix)
{
	struct buf b = { 0 };
	const char *text = written(plain_write, &b);
	const char *appendix = strstr(text, "Command");

	ck_assert_ptr_nonnull(strstr(text, "Table 1"));
	ck_assert_ptr_nonnull(strstr(text, "Figure 1"));
	ck_assert_ptr_nonnull(strstr(appendix, "Table 1"));
	ck_assert_ptr_nonnull(strstr(appendix, "Figure 1"));
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("report");
	TCase *tc = tcase_create("report");
	SRunner *sr = srunner_create(s);

	msg_set_lang("en");
	tcase_add_test(tc, html_lets_no_data_become_markup);
	tcase_add_test(tc, html_names_no_outside_address);
	tcase_add_test(tc, the_policy_allows_the_style_sheet_that_is_there);
	tcase_add_test(tc, html_links_lead_somewhere);
	tcase_add_test(tc, markdown_lets_no_data_become_markup);
	tcase_add_test(tc, text_holds_no_control_bytes);
	tcase_add_test(tc, json_is_the_tree_with_every_origin);
	tcase_add_loop_test(tc, the_same_tree_gives_the_same_bytes, 0, 4);
	tcase_add_test(tc, figures_are_numbered_and_named_in_the_appendix);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
